"""What is said of pins in Slack: the form, the list, the notices. Plain text: nothing is markup."""

from collections.abc import Mapping

from bot.store.pins import NoticeKind, PinStatus
from bot.wording import pin_words
from bot.wording.words import counted

PIN = "Pin Excerpt"
VERIFY = "Verify"
CONFIRM = "Confirm Words"
EDIT = "Edit Pin"
UNPIN = "Unpin"
UNDO = "Undo"
FILTER = "Filter Pins"
NEXT = "More Pins"
FIRST = "First Page"

TITLE = "Pin an Excerpt"
EDIT_TITLE = "Edit Pin"
FILTER_TITLE = "Filter Pins"
SUBMIT = "Pin Excerpt"
SAVE = "Save Pin"
SHOW = "Show Pins"

EXCERPT = "Excerpt"
EXCERPT_HINT = (
    "Exactly as it stands in the passage or next to it: cut it shorter, or paste what stands before or after."
)
RECUT_HINT = "Other words of the same place are to be verified anew."
NOTE = "Note"
STORY = "Story"
STORY_HINT = "What the pin is for, such as Harbor inquiry."
TAGS = "Tags"
TAGS_HINT = "With commas between them, such as tide, pilots."
EXPIRES = "Use it until"
EXPIRES_HINT = "The last day, in your time zone. Left empty: for good."
OWNER = "Owner"
OWNER_HINT = "Who is told when the source changes."
WORDS = "Words"
WHOSE = "Whose"
ANYBODYS = "Everybody's"
MINE = "My own"
STATUS = "Status"
ANY_STATUS = "All but those taken down"

PINNED = "Pinned."
SAVED = "Saved."
VERIFIED = "Verified."
CONFIRMED = "Confirmed."
TAKEN_DOWN = "Taken down."
PUT_UP = "Put up again."

EXAMPLES = (
    ("/quote tide", f"then {PIN} in the menu of a card"),
    ("/quote pins", "lists what is pinned"),
)

MARK = "Pinned"
VERIFIED_BY = "verified by "
NOT_VERIFIED = "not verified"
OWNED_BY = "owner "
STORY_OF = "story "
TAGGED = "tags "
UNTIL = "until "

QUOTATIONS_FOUND = "Pin one of these exact quotations:"
NO_EXACT = (
    "No quotation of this message stands so, letter for letter, in what you can read, so there is nothing to pin."
)

NOTICES: Mapping[NoticeKind, str] = {
    NoticeKind.MOVED: "A source of your pin has changed. Please look at it.",
    NoticeKind.ORPHANED: "A source of your pin has changed, and the pinned words are not there any more.",
    NoticeKind.RETURNED: "The words of your pin stand in its source again.",
    NoticeKind.EXPIRED: "Your pin has expired.",
    NoticeKind.SHARE: "The source of this passage has changed since it was shared.",
}
WAS_AND_IS = "What was there (struck through) and what stands there now:"
NOTHING_NEAR = "Nothing like these words stands there now."


def heading(total: int) -> str:
    """How many there are.

    >>> heading(1), heading(7)
    ('1 pin.', '7 pins.')
    """
    return f"{counted(total, 'pin')}."


def status(of: PinStatus) -> str:
    """A status as the beginning of a line.

    >>> status(PinStatus.ORPHAN)
    'Orphan'
    """
    return pin_words.STATUSES[of].capitalize()
