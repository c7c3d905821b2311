"""What stands on the home tab. Plain text, nothing is markup and nothing is escaped."""

from bot.store.pins import PinStatus
from bot.wording.words import counted

WAITS = "Waiting for you"
NOTHING_WAITS = "Nothing waits for you."
PINS = "Your pins"
NO_PINS = "You have pinned nothing yet. What you pin stays readable here whatever becomes of its source. To begin:"
STORIES = "Stories: "
WATCHES = "Your watches"
NO_WATCHES = "You watch for nothing yet. To be told of new passages:"
RECENT = "Ask again"
ANSWERS_COME = "The answer comes as a direct message."
NO_RECENT = "Ask in any channel, in a direct message to Quotedesk, or with a command:"
RECENT_EXAMPLES = (
    ("/quote Barr foreign dirt", "passages with all the words first, then the nearest"),
    ('/quote check "foreign dirt"', "whether a quotation is exact"),
    ("/quote help", "everything that can be asked"),
)
CAME = "New in the corpus"
NOTHING_CAME = "There is nothing that you can search yet. An admin adds a source:"
CAME_EXAMPLES = (("/sources add https://…", "a page, a PDF, a feed or a sitemap"),)
ADDED = " · added "
FROM = " · from "
OFFICE = "The desk"
NO_PROBLEMS = "Every source can be read."
UPDATED = "Updated "
EXPIRED = "expired "

ANSWERED = "The answer is in the direct messages, under Messages."

ALL_PINS = "List My Pins"
SEE_TO = {
    PinStatus.ORPHAN: "See to Lost Pins",
    PinStatus.MOVED: "See to Moved Pins",
    PinStatus.EXPIRED: "See to Expired Pins",
    PinStatus.ACTIVE: "See to Active Pins",
}

_WAITING = {
    PinStatus.ORPHAN: "lost: the pinned words are not in the source any more",
    PinStatus.MOVED: "moved: is this still your quote?",
    PinStatus.EXPIRED: "expired",
    PinStatus.ACTIVE: "to expire within a week",
}


def waiting(status: PinStatus, total: int) -> str:
    """How many pins wait, and for what.

    >>> waiting(PinStatus.ACTIVE, 2)
    '2 pins to expire within a week'
    """
    return f"{counted(total, 'pin')} {_WAITING[status]}"


def watches_more(number: int) -> str:
    """How many watches are not shown.

    >>> watches_more(3)
    'And 3 more: /quote watch lists all.'
    """
    return f"And {number:,} more: /quote watch lists all."


def unreadable(number: int) -> str:
    """What of a source can't be read.

    >>> unreadable(1)
    '1 unreadable item'
    """
    return counted(number, "unreadable item")
