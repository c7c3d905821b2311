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
HISTORY = "History"
EXPORT = "Export Pins"
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
PINNED_ALREADY = "These very words are pinned already:"
PIN_AGAIN = "Cut or add words to pin others, or send the form to pin these once more. /quote pins lists all pins."
PINNED_AT = "pinned "
OPEN_PIN = "Open Pin"
RECUT_HINT = "Other words of the same place are to be verified anew."
NOTE = "Note"
STORY = "Story"
STORY_HINT = "What the pin is for, such as Election inquiry."
TAGS = "Tags"
TAGS_HINT = "With commas between them, such as hearing, ethics."
EXPIRES = "Use it until"
EXPIRES_HINT = "The last day, in your time zone. Left empty: for good."
OWNER = "Owner"
OWNER_HINT = "Who is told when the source changes."
WORDS = "Words"
WORDS_HINT = "As you would ask /quote: words, exact words, person:name, before:2019."
VERIFIED_FIELD = "Verified"
ANY_VERIFIED = "Verified or not"
VERIFIED_ANSWERS = {"yes": "Verified", "no": "Not verified"}
EXPIRING = "To expire within a week"
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
    ("/quote Barr foreign dirt", f"then {PIN} in the menu of a card"),
    ("/quote pins", "lists what is pinned"),
    ('/quote pins story:"Election inquiry" verified:no', "and by tag:, owner:me, person:, before:, orphan, expiring"),
)

MARK = "Pinned"
VERIFIED_BY = "verified by "
NOT_VERIFIED = "not verified"
OWNED_BY = "owner "
STORY_OF = "story "
TAGGED = "tags "
UNTIL = "until "

HISTORY_TITLE = "History of a Pin"
EXPORT_TITLE = "Export Pins"
EXPORT_WHAT = "The pins of this list, with their citations and hashes. "
EXPORT_AS = "As"
EXPORT_FORMS = {
    "docx": "Word document",
    "markdown": "Markdown",
    "csv": "Spreadsheet (CSV)",
    "json": "JSON, to take in elsewhere",
}
EXPORT_WHERE = "Send it"
TO_ME = "in a direct message to me"
TO_CHANNEL = "in this channel"
EXPORT_COMES = "An export of pins from Quotedesk:"
EXPORTED = "The file is in the channel."
EXPORTED_TO_YOU = "The file came as a direct message."
EXPORT_NO_MEMBER = "Quotedesk can't put files there. Invite @Quotedesk to the channel, or export for yourself."

QUOTATIONS_FOUND = "Pin one of these exact quotations:"
NO_EXACT = (
    "No quotation of this message stands so, letter for letter, in what you can read, so there is nothing to pin."
)

TOO_LONG = "Pins are asked for with up to {} characters."
VERIFIED_HOW = "“verified:” takes yes or no; “{}” is neither."
STATUS_HOW = "“status:” takes {}; “{}” is none of them."
NO_SUCH_OWNER = "Nobody called “{}” has pinned anything that you can see."
WHICH_OWNER = "“{}” may be several people: {}. Give the whole name."
OWNER_HOW = "Choose the person from Slack's list after “owner:@”, or write owner:me, so that it is clear who is meant."

NOTICES: Mapping[NoticeKind, str] = {
    NoticeKind.MOVED: "A source of your pin has changed. Please look at it.",
    NoticeKind.ORPHANED: "A source of your pin has changed, and the pinned words are not there any more.",
    NoticeKind.RETURNED: "The words of your pin stand in its source again.",
    NoticeKind.EXPIRED: "Your pin has expired.",
    NoticeKind.SHARE: "The source of this passage has changed since it was shared.",
}
WAS_AND_IS = "What was there (struck through) and what stands there now:"
NOTHING_NEAR = "Nothing like these words stands there now."


def earlier(number: int) -> str:
    """How many deeds are not shown.

    >>> earlier(3)
    'And 3 earlier ones: quotedesk pins history lists all.'
    """
    return f"And {number:,} earlier {'one' if number == 1 else 'ones'}: quotedesk pins history lists all."


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
