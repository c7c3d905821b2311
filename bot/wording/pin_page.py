"""What the pin board and a pin's page say. Plain text; templates escape it."""

from bot.wording.words import counted

TITLE = "Pin board"
HEADING = "Pin board"
PIN_TITLE = "Pin"
FILTER = "Filter"
SHOW = "Show Pins"
MORE_FILTERS = "More filters"
CLEAR = "Show All Pins"
ALL = "All"
STORY = "Story"
TAG = "Tag"
PERSON = "Who said it"
OWNER = "Owner"
MINE = "My own"
EVERYBODYS = "Everybody's"
STATUS = "Status"
ANY_STATUS = "Any but taken down"
WORDS = "Words"
WORDS_HINT = "As in a search; also what /quote pins takes, such as orphan or expiring."
VERIFIED = "Verified"
VERIFIED_ANSWERS = {"yes": "Verified", "no": "Not verified"}
EITHER = "Either"
SINCE = "Said or published from"
UNTIL = "Until"
DATE_HINT = "2019, July 2019 or 2019-07-25"
EXPORT = "Export these pins"
FORMS = {"markdown": "Markdown", "csv": "CSV", "json": "JSON", "docx": "Word"}
PAGES = "Pages of pins"
EARLIER = "Newer Pins"
LATER = "Older Pins"
EMPTY_TITLE = "Nothing is pinned yet"
EMPTY = (
    "A pin keeps a passage with its note, story and proof, whatever becomes of its source. "
    "Pin Excerpt stands in the menu of every card in Slack; Pin Quote in the menu of every message."
)
EMPTY_FIRST = "Find a passage to pin"
NONE_MATCH = "No pin is like that."
NO_STATUS = "There is no such status of a pin."
NO_FORM = "Pins can be exported as Markdown, CSV, JSON or Word."
NEEDS_A_LOOK = "Lost or moved"
OPEN_PIN = "Open Pin"
READ = "Read in Context"
NOT_VERIFIED = "not verified"
OWN = "you"

# One pin
PROVENANCE = "Where it comes from"
DOCUMENT = "Document"
SOURCE = "Source"
SAID = "Said"
PUBLISHED = "Published"
ADDED = "Added here"
PLACE = "Place"
VERSION = "Stored version"
HASH = "SHA-256 of its text"
CHARACTERS = "Characters"
PINNED = "Pinned"
CHANGED = "Last changed"
EXPIRES = "Use it until"
NOTE = "Note"
TAGS = "Tags"
VERIFIER = "Verified"
HISTORY = "What was done to it"
WHO = "Who"
WHEN = "When"
WHAT = "What"
ITSELF = "Quotedesk"
WHAT_CHANGED = "What stands there now"
NOTHING_NEAR = "Nothing like these words stands there now."
KEPT_COPY = "These are the words as they were kept when they were pinned."
ACT = "Look after it"
EDIT = "Edit note, story, tags and expiry"
SAVE = "Save Pin"
FIELD_TOO_LONG = "That is too long: at most {:,} characters."
UNDATED = "undated"
WAS = "no longer there:"
IS = "there now:"


def total(number: int) -> str:
    """How many are listed.

    >>> total(1), total(1200)
    ('1 pin', '1,200 pins')
    """
    return counted(number, "pin")


def verified(who: str, day: str) -> str:
    """Who vouches for it, and since when."""
    return f"verified by {who}, {day}"


def owned(who: str) -> str:
    """Whose it is."""
    return f"owner {who}"


def until(day: str) -> str:
    """When it is no longer to be used."""
    return f"until {day}"


def characters(start: int, end: int) -> str:
    """Which characters of the text."""
    return f"{start:,} to {end:,}"
