"""Whether the record's speaker is the one whom a quotation is given to. Pure."""

from collections.abc import Iterator
from enum import StrEnum

from index.passage import Passage
from sources.document import Speaker
from sources.people import People, bare_name


class Whose(StrEnum):
    """How the record's speaker stands to the claimed one. `UNKNOWN`: one of them names nobody who can be compared."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


def speakers(passage: Passage, start: int, end: int) -> tuple[Speaker, ...]:
    """Who says `document.text[start:end]`: whom the text itself quotes there, else the passage's speaker."""
    quoted = [
        quote.speaker
        for quote in passage.quotes
        if quote.start <= start - passage.start + _MARKS and end - passage.start - _MARKS <= quote.end
    ]
    return tuple(quoted) or tuple(each for each in (passage.speaker,) if each)


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


def _by_words(claimed: list[str], known: list[str]) -> Whose:
    """By surname, and by first name or initial where both have one."""
    if not claimed or not known:
        return Whose.UNKNOWN
    if claimed[-1] != known[-1]:
        return Whose.OTHER
    if len(claimed) < 2 or len(known) < 2:
        return Whose.SAME
    one, other = claimed[0].rstrip("."), known[0].rstrip(".")
    return Whose.SAME if one.startswith(other) or other.startswith(one) else Whose.OTHER
