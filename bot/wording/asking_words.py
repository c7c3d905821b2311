"""Every sentence of the search form, of first utterances and of feedback. As in `words`: plain text, no markup."""

from bot.wording.words import counted
from index.query import DateField, Sort

# The form
FORM_TITLE = "Find a Quote"
SUBMIT = "Search"
CANCEL = "Cancel"
WORDS_LABEL = "Words"
WORDS_HINT = "In any order, inflections included; all that /quote understands works here too: OR, -word, investigat*."
PHRASE_LABEL = "Exact words"
PHRASE_HINT = "Exactly these words, in this order."
SPEAKER_LABEL = "Speaker"
SPEAKER_HINT = "Found by any known form of the name; those whom an article quotes as well."
SOURCE_LABEL = "Source"
TITLE_LABEL = "Title"
PUBLISHER_LABEL = "Publisher"
TYPE_LABEL = "Kind of document"
SINCE_LABEL = "From"
UNTIL_LABEL = "To"
DATE_HINT = "2019, July 2019 or 2019-07-25; the day itself counts."
DATED_LABEL = "Which date"
SORT_LABEL = "Order"
PLACE_LABEL = "Answer in"
PLACE_HINT = "Only you see the answer there. Left empty, it comes to your direct messages with Quotedesk."
CHOOSE = "Type to choose"
DATED = {
    DateField.WHEN: "Said, or published where that is not known",
    DateField.SAID: "Said",
    DateField.PUBLISHED: "Published",
    DateField.ADDED: "Added here",
    DateField.DURING: "Said, published or mentioned",
}
SORTS = {Sort.RELEVANCE: "Best first", Sort.NEWEST: "Newest first", Sort.OLDEST: "Oldest first"}
MORE_FILTERS = "More Filters"
ASK_AGAIN = "Ask again"
CLEAR_RECENT = "Clear Recent Searches"
CLEAR_TITLE = "Clear your searches?"
CLEAR_MEANS = "Quotedesk forgets what you asked lately. Nobody but you could see it."
ASKED_AS = "The same by command: "
OPEN_FORM = "Open Search Form"

# What has to be mended in it
EMPTY = "Write words or exact words, or choose a speaker, source, title, publisher or kind."
UNCLOSED = "A quotation mark is opened and never closed: close it, or take it out."
NO_WORD = "There is no word here to look for."
NOT_A_DATE = "This is no date that can be read. Write it as 2019-07-25, July 2019 or 2019."
UPSIDE_DOWN = "This lies before the date it should follow."

# First utterances
WHO_FIRST = "Who Said It First"
EARLIEST_SURE = "The first one is the earliest dated in this corpus."
EARLIEST_UNSURE = "Which one is the earliest can't be told: their dates are the same, or too vague."
ONLY_DATED = "It is the only dated place in this corpus."
NONE_DATED = "None of them is dated, so which one came first can't be told."
EACH_ONCE = "Each speaker of a document is listed once."
ELSEWHERE = "That says nothing about what was said or written elsewhere."
UNDATED_TITLE = "Undated"
NO_WORDS = "Give the exact words to look for, as in /quote first “foreign dirt”."

# Feedback
USEFUL = "Useful"
NOT_ASKED = "Not what I asked"
THANKS = "Thank you, the desk's admins see it with the question. You can change it as long as the answer stands."
OPINION_OF = {True: "Noted as useful.", False: "Noted as not what you asked."}

# Other words
INSTEAD = "Search instead"


def places_of(words: str, dated: int, undated: int) -> str:
    """Heads the places of exact words.

    >>> places_of("foreign dirt", 2, 1)
    '“foreign dirt” stands in 3 places here, 1 of them undated.'
    """
    apart = f", {undated:,} of them undated" if undated and dated else ""
    total = dated + undated
    return f"“{words}” stands in {counted(total, 'place')} here{apart}."


def nowhere(words: str) -> str:
    """That exact words stand nowhere."""
    return f"“{words}” stands nowhere in this corpus, in exactly these words."


def undated_may_be_earlier(undated: int) -> str:
    """That the order of time is not all known."""
    return f"{counted(undated, 'undated place')} may be earlier." if undated else ""


def more_places(later: int, undated: int) -> str:
    """What is not listed any more; empty where all is.

    >>> more_places(12, 1)
    '12 later places and 1 more undated place are not listed.'
    """
    parts = [f"{counted(later, 'later place')}"] * bool(later)
    parts += [f"{counted(undated, 'more undated place')}"] * bool(undated)
    return f"{' and '.join(parts)} {'is' if later + undated == 1 else 'are'} not listed." if parts else ""


def choice_note(passages: int) -> str:
    """Stands below a choice of the form."""
    return counted(passages, "passage")


def search_instead(words: str) -> str:
    """A button that searches another spelling."""
    return f"Search “{words}” Instead"


def verdicts(useful: int, not_asked: int) -> str:
    """What people thought of a passage as an answer.

    >>> verdicts(1, 2)
    'not what was asked: 2; useful: 1'
    """
    named = ((not_asked, "not what was asked"), (useful, "useful"))
    return "; ".join(f"{what}: {count:,}" for count, what in named if count)
