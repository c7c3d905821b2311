"""Whether the record's speaker is the one whom a quotation is given to. Pure."""

from collections.abc import Iterator
from enum import StrEnum

from bot.checks.first_names import same_first_name
from index.analysis import term_of
from index.passage import Passage
from sources.document import Speaker
from sources.people import People, bare_name
from sources.quotations import paragraphs


class Whose(StrEnum):
    """How the record's speaker stands to the claimed one. `UNKNOWN`: one of them names nobody who can be compared."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


def speakers(passage: Passage, start: int, end: int, *, quoted: bool = False) -> tuple[Speaker, ...]:
    """Who says `document.text[start:end]`: whom the text itself quotes there, else the passage's speaker; of words that
    are `quoted` there from nobody knows whom, nobody.
    """
    named = [
        quote.speaker
        for quote in passage.quotes
        if quote.start <= start - passage.start + _MARKS and end - passage.start - _MARKS <= quote.end
    ]
    return tuple(named) or tuple(each for each in (passage.speaker,) if each and not quoted)


def stand_quoted(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` stands within quotation marks of its paragraph.

    >>> text = 'He wrote, "Do us a favor, though." And he meant it.'
    >>> stand_quoted(text, 11, 25), stand_quoted(text, 36, 50)
    (True, False)
    """
    begin, stop = text.rfind("\n\n", 0, start) + 1, text.find("\n\n", end)
    around = text[begin : stop if stop >= 0 else None]
    first, last = start - begin + _MARKS, end - begin - _MARKS
    within = (each for paragraph in paragraphs(around) for each in paragraph.quotations)
    return any(each.start <= first and last <= each.end for each in within)


_MARKS = 3
"""Signs around quoted words that may count as theirs or not."""


def compare(claimed: str, said_by: tuple[Speaker, ...], people: People, text: str) -> Whose:
    """Compare by the table of people where it knows both, else by the names; `text` may tell which of a shared name.

    >>> from sources.people import Person
    >>> people = People([Person("William Barr", ("Bill Barr",))])
    >>> said_by = (Speaker("MR. BARR"),)
    >>> [compare(name, said_by, people, "").value for name in ("Bill Barr", "Adam Schiff", "the senator")]
    ['same', 'other', 'unknown']
    """
    judged = {_one(claimed, speaker, people, text) for speaker in said_by}
    if Whose.SAME in judged:
        return Whose.SAME
    return Whose.OTHER if Whose.OTHER in judged and Whose.UNKNOWN not in judged else Whose.UNKNOWN


def _one(claimed: str, speaker: Speaker, people: People, text: str) -> Whose:
    meant = people.who(claimed, text)
    judged: set[Whose] = set()
    for name in _names(speaker):
        person = people.who(name, text)
        if meant and person:
            judged.add(Whose.SAME if meant == person else Whose.OTHER)
        else:
            judged.add(_by_words(bare_name(claimed), bare_name(name)))
    for each in (Whose.SAME, Whose.OTHER):
        if each in judged:
            return each
    return Whose.UNKNOWN


def _names(speaker: Speaker) -> Iterator[str]:
    return (name for name in (speaker.person, speaker.label) if name)


_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def _by_words(claimed: list[str], known: list[str]) -> Whose:
    """By surname, and by first name where both have one. A son is not his father, where both are named in full.

    >>> [_by_words(["bob", "smith"], known.split()).value for known in ("robert smith", "b smith", "ann smith")]
    ['same', 'same', 'other']
    """
    one, other = _parts(claimed), _parts(known)
    if not one or not other:
        return Whose.UNKNOWN
    if one[-1] != other[-1]:
        return Whose.OTHER
    if len(one) < 2 or len(other) < 2:
        return Whose.SAME
    suffixes = [{*words} & _SUFFIXES for words in (claimed, known)]
    return Whose.SAME if suffixes[0] == suffixes[1] and _first_names(one[:-1], other[:-1]) else Whose.OTHER


def _parts(words: list[str]) -> list[str]:
    """The parts of a name without accents, hyphens and what tells a son from his father."""
    folded = (term_of(part).removesuffix("'s") for word in words for part in word.split("-"))
    return [part for part in folded if part and part not in _SUFFIXES]


def _first_names(one: list[str], other: list[str]) -> bool:
    """Whether two people's first names may be one's: any of them is the same, or the first is the other's initial."""
    if len(one[0]) == 1 or len(other[0]) == 1:
        shorter, longer = sorted((one[0], other[0]), key=len)
        if longer.startswith(shorter):
            return True
    return any(same_first_name(first, second) for first in one for second in other if min(len(first), len(second)) > 1)
