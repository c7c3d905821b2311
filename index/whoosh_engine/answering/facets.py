"""What a field can be narrowed to: the speakers, sources, titles, publishers and kinds of what may be read, counted.

Theory of operation. Speakers and those quoted are kept with each passage and resolved by the table of people; passages
that name the same people share one value of the speaker fields, so each distinct pair of those values is read once.
The other fields are the documents'. Counting is one `bincount` over the rows that the asker may read.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from index.analysis import terms
from index.port import Access, Choice
from index.query.nodes import FieldName
from index.whoosh_engine.segment import schema
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.segment import Segment
from sources.document import Speaker
from sources.people import People

_KEPT = 64

_Column = tuple[Ints, Sequence[str]]
"""The number of each row's value, and the values."""


def _label(name: str) -> Callable[[Segment], _Column]:
    return lambda segment: (segment.labels[name].of_row, segment.labels[name].values)


def _publisher(segment: Segment) -> _Column:
    return segment.card_publisher.take(segment.row_card), segment.publishers


_COLUMNS: Mapping[FieldName, Callable[[Segment], _Column]] = {
    FieldName.SOURCE: _label(schema.SOURCE),
    FieldName.TITLE: _label(schema.TITLE),
    FieldName.PUBLISHER: _publisher,
    FieldName.TYPE: _label(schema.KIND),
}


@dataclass(frozen=True, slots=True)
class _Name:
    """A value as it is shown, and all forms that it is found by."""

    shown: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Counted:
    """A choice with its folded words, each after a blank: one search of a string finds where a word begins."""

    choice: Choice
    folded: str


class Facets:
    """The choices of one snapshot. `readable` gives a mask of rows for each leaf; counts are kept by access."""

    def __init__(self, leaves: Sequence[Leaf], people: People, readable: Callable[[Access], tuple[Mask, ...]]) -> None:
        self._leaves, self._people, self._readable = leaves, people, readable
        self._counted = lru_cache(maxsize=_KEPT)(self._count)

    def choices(self, field: FieldName, typed: str, access: Access, most: int) -> list[Choice]:
        """See `index.port.Engine.facet`."""
        words = terms(typed)
        whole = f" {' '.join(words)}"
        found = [one for one in self._counted(field, access) if all(f" {word}" in one.folded for word in words)]
        found.sort(key=lambda one: not one.folded.startswith(whole))
        return [one.choice for one in found[:most]]

    def most(self, field: FieldName, masks: Sequence[Mask], limit: int) -> tuple[Choice, ...]:
        """The values that most of the masked rows have."""
        return tuple(one.choice for one in self._tallied(field, masks)[:limit])

    def _count(self, field: FieldName, access: Access) -> tuple[_Counted, ...]:
        return self._tallied(field, self._readable(access))

    def _tallied(self, field: FieldName, masks: Sequence[Mask]) -> tuple[_Counted, ...]:
        """All choices, those with the most passages first; values that differ in capitals and signs only are one."""
        passages, shown, forms = Counter[str](), dict[str, Counter[str]](), dict[str, dict[str, None]]()
        for name, count in self._named(field, masks).items():
            key = _folded(name.shown)
            if key and count:
                passages[key] += count
                shown.setdefault(key, Counter())[name.shown] += count
                forms.setdefault(key, {}).update(dict.fromkeys((name.shown, *name.forms)))
        counted = [
            _Counted(Choice(_most_common(shown[key]), count), "".join(map(_folded, forms[key])))
            for key, count in passages.items()
        ]
        return tuple(sorted(counted, key=lambda one: (-one.choice.passages, one.choice.value)))

    def _named(self, field: FieldName, masks: Sequence[Mask]) -> Counter[_Name]:
        """Each value with its masked passages."""
        columns, found = _COLUMNS.get(field), Counter[_Name]()
        if columns is not None:
            for leaf, mask in zip(self._leaves, masks, strict=True):
                of_row, values = columns(leaf.segment)
                for value, count in enumerate(_tally(of_row, mask)):
                    found[_Name(values[value])] += count
        elif field is FieldName.SPEAKER:
            for voices, mask in zip(self._voices, masks, strict=True):
                for names, count in zip(voices.names, _tally(voices.of_row, mask), strict=False):
                    for name in names:
                        found[name] += count
        return found

    @cached_property
    def _voices(self) -> "tuple[_Voices, ...]":
        return tuple(_voices(leaf.segment, self._people) for leaf in self._leaves)


@dataclass(frozen=True, slots=True)
class _Voices:
    """For each row the number of a group of names: who speaks there and who is quoted."""

    of_row: Ints
    names: tuple[tuple[_Name, ...], ...]


def _voices(segment: Segment, people: People) -> _Voices:
    said, who = segment.labels[schema.SPEAKER], segment.labels[schema.WHO]
    pairs = said.of_row.astype(np.int64) * max(len(who.values), 1) + who.of_row
    _, rows, of_row = np.unique(pairs, return_index=True, return_inverse=True)
    named = tuple(tuple(_names(segment, int(row), who.values[int(who.of_row[row])], people)) for row in rows.tolist())
    return _Voices(of_row.reshape(-1).astype(np.uint32), named)


def _names(segment: Segment, row: int, who: str, people: People) -> Iterable[_Name]:
    """Those who speak or are quoted in a row. `who` holds every form of the names of those whom the table knows: it
    stands for the text that told them from others of their name."""
    passage = segment.passage(row)
    speakers = [*([passage.speaker] if passage.speaker else []), *(quote.speaker for quote in passage.quotes)]
    return {_folded(name.shown): name for name in (_name(speaker, who, people) for speaker in speakers)}.values()


def _name(speaker: Speaker, who: str, people: People) -> _Name:
    person = people.who(speaker.person or speaker.label, who) or people.who(speaker.label, who)
    if person is not None:
        return _Name(person.name, (*person.names, speaker.label))
    return _Name(speaker.person or speaker.label, (speaker.label,))


def _most_common(shown: Counter[str]) -> str:
    """Of equally frequent ones the first by its letters, however the index has them."""
    return min(shown, key=lambda value: (-shown[value], value))


def _tally(of_row: Ints, mask: Mask) -> list[int]:
    """How many of the masked rows have each value, up to the last value that any has."""
    return np.bincount(of_row[mask]).tolist()


@lru_cache(maxsize=100_000)
def _folded(value: str) -> str:
    """The words of a value, each after a blank; the same for values that differ in capitals, accents and signs only."""
    return "".join(f" {word}" for word in terms(value))
