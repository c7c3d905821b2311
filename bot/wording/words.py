"""Every sentence that a person sees in Slack. Plain words, sentence case; buttons name what they do in Title Case.

What stands here is plain text: nothing is markup and nothing is escaped (that is `blocks/`' work).
"""

from collections.abc import Sequence

from index.hit import MOST_COPIES

# Buttons
SHARE = "Share to Channel"
CONTEXT = "Show Context"
MORE = "More Passages"
SEARCH_INSTEAD = "Search These Words"
BACK = "Back to Passages"
CITE = "Copy Citation"
CHECK_ONE = "Show the Record"
CHECK_NEAREST = "Show the Nearest"

# Around the words of a source
CUT = "[cut]"
UNATTRIBUTED = "unattributed"
UNDATED = "undated"
UNTITLED = "untitled"
GUESSED_SPEAKER = "(the attribution is a guess)"
QUOTING = "quoting {} (attributed in the text)"
QUOTED_BY = "quoted by {}"
AND_MORE = "and {} more"
READ_FROM_TEXT = "(date read from the text)"
SET_BY_HAND = "(date set by the newsroom)"
SUPERSEDED = "These words are from an earlier version of the source; it has changed since."
ONLY_NEAREST = "The nearest here; not the quotation itself."
OPEN = "Open at the words"
PERMALINK = "Permalink"
PLACE = "Place"
ARCHIVED = "Archived copy"
NO_ADDRESS = "no public address"
ADDRESS_TOO_LONG = "its address is too long to show here"
BEFORE = "Before"
AFTER = "After"
CONTEXT_TITLE = "The passage in its context"
DOCUMENT_BEGINS = "The document begins here."
DOCUMENT_ENDS = "The document ends here."

# Citations
CITATION_TITLE = "Copy Citation"
CITATION_HOW = "Select the form you need and copy it. The quotation is letter for letter the stored words."
CITATION_CUT = "The passage is too long to be shown whole here, so the citation quotes a part of it and says [cut]."
CITATION_FORMS = {
    "ap": "AP",
    "chicago": "Chicago",
    "markdown": "Markdown",
    "plain": "Plain text",
    "html": "HTML",
}
SAID = "said"
PUBLISHED = "published"
ACCORDING_TO = "according to"
NOBODYS_WORDS = "Unattributed words"
BY_THE_TEXT = "(as attributed by the text)"
SOURCE = "Source"
OWN_PUBLISHER = "Quotedesk (summary)"
OWN_SUMMARY = "summary by Quotedesk"
BASED_ON = "based on"
OFFICIAL = "official record"
CAPTIONS = "captions"
MACHINE_MADE = "machine transcript"
PREPARED = "prepared text"

# Answers
NEAREST = "Nothing here answers this; the nearest are below."
MOST_WORDS = "No passage has all these words; those that have most of them are below."
NOT_FOUND = "Not found in this corpus."
NOT_FOUND_MEANS = "That says nothing about whether it was ever said or written elsewhere."
MORE_TOO_LONG = "The question is too long for a More button; ask it again in fewer words to page on."
NO_MORE = "There are no more passages."

# Sharing
SHARED = "Shared."
SHARED_AS_REPLY = (
    "Shared. Quotedesk is not a member here, so this message can't be marked later should its source change. "
    "Invite @Quotedesk to the channel before sharing to have that."
)
NOT_SHARED_UNSEEN = (
    "This source is not open to everyone, and Quotedesk can't see who reads this channel. "
    "Invite @Quotedesk to the channel, then share again."
)
TOO_MANY_READERS = (
    "This source is not open to everyone, and the channel has too many members "
    "to know of each whether they may read it."
)
SHARE_NEEDS_CHANNEL = "A passage can be shared in a channel, not in this conversation. Ask there with /quote."

SHARED_BY = "Shared from Quotedesk by "
SHARED_PASSAGE = "A passage shared from Quotedesk:"

# Status
PAUSED = "paused"
NO_INDEX = (
    "There is nothing to search yet: an admin adds a source with /sources add https://…, or builds the index with "
    "quotedesk reindex."
)
INDEX_OUTDATED = "The index was built by an older version and needs a rebuild."

# When something can't be done
BUSY = "The desk has its hands full just now. Please ask again in a minute."
INDEX_DOWN = "Search is down, so nothing was searched. Please try again in a few minutes."
STORE_DOWN = "The store of sources can't be reached, so nothing can be shown. Please try again in a few minutes."
SLACK_REFUSED = "Slack did not let that through. Please try again."
UNEXPECTED = "Something went wrong here, and it is not your doing."
UNREADABLE_BUTTON = "That button belongs to an older message. Please ask again."
NOT_INSTALLED = "Quotedesk is not set up for this workspace. Please ask an admin."

# Help
HELP_TITLE = "Ask for words; get the exact passages, who said them, when, and a link."
HELP_EXAMPLES = (
    ("/quote Barr foreign dirt", "passages with all the words first, then the nearest"),
    ('/quote "foreign dirt"', "exactly these words, in this order"),
    ("/quote collusion OR conspiracy", "either word"),
    ("/quote foreign -dirt", "without a word"),
    ('/quote "foreign interference"~8', "at most eight words between them"),
    ("/quote investigat*", "all words that begin so"),
    ("/quote speaker:Mueller report", "said by; also source: publisher: title: type: page: tag: story:"),
    ("/quote obstruction after:2019-03", "also before: on: during:, with 2019, July 2019 or 2018..2020"),
    ("/quote Mueller sort:newest", "also sort:oldest"),
    ('/quote first "foreign dirt"', "where exactly these words stand, earliest first"),
    ("/quote watch Barr -dirt", "be told when new passages come; alone it lists your watches"),
    (
        '/quote check "there was no collusion"',
        "whether a quotation is exact; Check Quotes in a message's menu checks a draft",
    ),
    ("/quote pins", "what is pinned, to verify, edit, share and export; pin from the menu of a card"),
    ('/quote pins story:"Election inquiry" verified:no', "and by tag:, owner:, person:, before:, orphan, expiring"),
)
HELP_PLACES = (
    "Only you see an answer until you share it. In threads, where commands don't work, write @Quotedesk and your "
    "question; or write to Quotedesk directly. The shortcut Find a Quote opens a form from anywhere."
)
HELP_STATUS = "Write /quote status to see what you can search here."
HELP_FALLBACK = "Quotedesk finds exact passages. Write /quote and the words, for example: /quote Barr foreign dirt"


def passages(total: int) -> str:
    """How many there are.

    >>> passages(1), passages(1200)
    ('1 passage', '1,200 passages')
    """
    return counted(total, "passage")


def further(first: int, last: int, total: int) -> str:
    """Where a later page stands; after all that have everything that was asked for come the nearest.

    >>> further(4, 6, 1200), further(22, 24, 23)
    ('Passages 4 to 6 of 1,200.', 'Passages 22 to 23 of 23, then the nearest.')
    >>> further(24, 26, 23)
    'The nearest, after all 23 passages.'
    """
    if first > total:
        return f"The nearest, after all {passages(total)}." if total else NEAREST
    nearest = ", then the nearest" if last > total else ""
    last = min(last, total)
    where = f"Passages {first:,} to {last:,}" if last > first else f"Passage {first:,}"
    return f"{where} of {total:,}{nearest}."


def shown_first(shown: int, total: int) -> str:
    """That the command line shows no more.

    >>> shown_first(3, 1200)
    'The first 3 of 1,200; --limit shows more.'
    """
    return f"The first {shown:,} of {total:,}; --limit shows more."


def counted(number: int, thing: str) -> str:
    """A number with its noun.

    >>> counted(2, "document")
    '2 documents'
    """
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def left_out(undated: int, vague: int) -> str:
    """What a date filter could not judge; empty when there is nothing.

    >>> left_out(2, 1)
    'Left out by the date: 2 undated passages and 1 passage dated too vaguely.'
    """
    parts: list[str] = []
    if undated:
        parts.append(counted(undated, "undated passage"))
    if vague:
        parts.append(f"{passages(vague)} dated too vaguely")
    return f"Left out by the date: {' and '.join(parts)}." if parts else ""


def found(total: int, *, answered: bool) -> str:
    """The point of an answer that has passages: how many have all that was asked for, or that these are less.

    >>> found(2, answered=True), found(0, answered=True) == MOST_WORDS, found(0, answered=False) == NEAREST
    ('2 passages.', True, True)
    """
    if not answered:
        return NEAREST
    return f"{passages(total)}." if total else MOST_WORDS


def corrected(typed: str, searched: str) -> str:
    """That another word was searched."""
    return f"“{typed}” occurs nowhere here; “{searched}” was searched instead."


def suggested(typed: str, meant: str) -> str:
    """That another word may be meant."""
    return f"Did you mean “{meant}” where you wrote “{typed}”?"


def missing(words: Sequence[str]) -> str:
    """Which words the passage lacks."""
    return f"Missing: {', '.join(words)}"


def turns(opening: str) -> str:
    """That the next sentence turns the meaning."""
    return f"Mind the next sentence, it begins: “{opening}”"


def also_in(copies: int) -> str:
    """Opens the list of other places with the same words. There may be more than are told of."""
    return f"Also in {_told(copies)}{counted(copies, 'other document')}: "


def elsewhere(places: int) -> str:
    """Opens the list of further places of the words in the same document. There may be more than are told of."""
    return f"Also in {_told(places)}{counted(places, 'other place')} of this document: "


EARLIER, LATER = "earlier", "further on"
"""Where in the document, when it has neither pages nor times."""


def similar_in(places: int) -> str:
    """Opens the list of documents that hold something alike. There may be more than are told of."""
    return f"Similar in {_told(places)}{counted(places, 'other document')}: "


def _told(places: int) -> str:
    return "at least " if places >= MOST_COPIES else ""


EARLIEST = "The earliest dated of these."
"""Said of a card only where all its copies are dated, and later."""


def and_more(number: int) -> str:
    """Closes a list that was shortened."""
    return f" and {number:,} more"


def searchable(documents: int, sources: int) -> str:
    """What can be searched.

    >>> searchable(1200, 1)
    'You can search 1,200 documents of 1 source here.'
    """
    return f"You can search {counted(documents, 'document')} of {counted(sources, 'source')} here."


def index_holds(passages_held: int, generation: str) -> str:
    """What the live index holds."""
    return f"The index holds {passages(passages_held)} (generation {generation})."


def index_behind(changes: int) -> str:
    """How far the index is behind the store."""
    return f"{counted(changes, 'change')} still to be taken in." if changes else "It is up to date."


def archived_at(captured: str | None) -> str:
    """Names the archived copy, by the time of its capture where that is known.

    >>> archived_at("July 25, 2019"), archived_at(None)
    ('Archived July 25, 2019', 'Archived')
    """
    return f"Archived {captured}" if captured else "Archived"


def version(number: int, digest: str | None, start: int, end: int) -> str:
    """Which stored version, by the beginning of its text's SHA-256 where that is known, and which characters of it.

    >>> version(2, "1a2b3c4d5e6f", 10, 25)
    'Stored version 2 (SHA-256 1a2b3c4d5e6f), characters 10-25'
    """
    return f"Stored version {number}{f' (SHA-256 {digest})' if digest else ''}, characters {start}-{end}"


def with_id(sentence: str, error_id: str) -> str:
    """A failure's sentence with the id under which it is in the log."""
    return f"{sentence} (Error {error_id})"
