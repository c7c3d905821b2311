"""What the search page says beside the words of an answer. Plain text; templates escape it."""

from bot.asking.commands import Command
from bot.wording.words import counted, passages
from index.query import FieldName, Sort

TITLE = "Search"
HEADING = "Find the exact words"
LABEL = "Words, exact words in quotation marks, or a question"
SUBMIT = "Search"
HELP = "What can be written"
RECENT = "Your recent searches"
NO_RECENT = "What you ask is listed here, for you alone."
FORGET = "Clear Recent Searches"
FORGOTTEN = "Quotedesk has forgotten what you asked lately."
NOTHING_TO_READ = (
    "There is nothing that you can search yet. An admin adds a source with /sources add https://… in Slack."
)
PINS = "Pinned"
PASSAGES = "Passages"
NEAREST = "The nearest passages"
FIRSTS = "Who said it first"
FURTHER = "Next Passages"
BACK = "First Passages"
PAGES = "Pages of passages"
EXPLAIN = "Why This Rank"
EXPLAIN_NOT = "Hide Why"
SEARCH_INSTEAD = "Search These Words"

# Beside the passages
NARROW = "Narrow down"
NARROWED = "Narrowed to"
ORDER = "Order"
FACETS = {
    FieldName.SPEAKER: "Speaker",
    FieldName.PUBLISHER: "Publisher",
    FieldName.TYPE: "Kind of document",
}
YEARS = "Year"
YEARS_TABLE = "Years as a list"
REMOVE = "Take out"
SORTS = {Sort.RELEVANCE: "Best first", Sort.NEWEST: "Newest first", Sort.OLDEST: "Oldest first"}
COUNTS_ARE = "Passages that have all the words and that you may read; copies count."

COMMANDS = {
    Command.PINS: ("What is pinned stands on the pin board.", "Open Pin Board", "/pins"),
    Command.CHECK: ("A quotation is checked on a page of its own.", "Open Check Page", "/check"),
    Command.WATCH: (
        "A watch tells you in Slack, so it is set up there: /quote watch and the question.",
        "",
        "",
    ),
    Command.HELP: ("What can be written stands below the search box.", "Open Help", "/"),
}
"""What a word means that is a command in Slack: a sentence, and the way there. The words are searched all the same."""


def range_of(first: int, last: int, total: int) -> str:
    """Where a page of passages stands; after those that have all that was asked for come some that have most of it.

    >>> range_of(11, 20, 1200), range_of(21, 27, 23), range_of(24, 30, 23), range_of(1, 1, 2)
    ('11 to 20 of 1,200', '21 to 23 of 23, then the nearest', 'the nearest', '1 of 2')
    """
    if first > total:
        return "the nearest" if total else ""
    until = f" to {min(last, total):,}" if min(last, total) > first else ""
    return f"{first:,}{until} of {total:,}" + (", then the nearest" if last > total else "")


def histogram(first: str, last: str, total: int) -> str:
    """What the drawing of years shows, for those who do not see it.

    >>> histogram("2016", "2019", 12)
    '12 passages by year, 2016 to 2019; the list below has each.'
    """
    span = first if first == last else f"{first} to {last}"
    return f"{passages(total)} by year, {span}; the list below has each."


def without_year(undated: int, vague: int) -> str:
    """What the years leave out.

    >>> without_year(2, 0), without_year(0, 0)
    ('2 undated passages have no year.', '')
    """
    parts = [counted(undated, "undated passage")] * bool(undated)
    parts += [f"{passages(vague)} of more than one year"] * bool(vague)
    return f"{' and '.join(parts)} {'has' if undated + vague == 1 else 'have'} no year." if parts else ""


def remove(part: str) -> str:
    """A link that takes a filter out of the question."""
    return f"{REMOVE} {part}"
