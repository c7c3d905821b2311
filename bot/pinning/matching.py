"""Whether a pin has all that was asked for. Pure.

Words may stand in the pin or in what is told of it, as in a search; phrases and near words in the pinned words alone.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from bot.source_names import names
from bot.store.pin_values import searched
from bot.store.pins import Pin
from bot.store.sources import SourceRecord
from index.analysis import terms
from index.hit import Span
from index.query import (
    DateField,
    DateFilter,
    DateTest,
    Either,
    Every,
    Field,
    FieldName,
    Near,
    Node,
    Phrase,
    Query,
    Scope,
    Word,
)
from index.sentences import ends
from index.spans import spans
from sources.document import PartialDate

Sources = Mapping[str, SourceRecord]


def certain(query: Query) -> str:
    """Words that every pin has which has all that was asked for: those by which the others need no look.

    >>> from index.query import parse
    >>> certain(parse('foreign "of value" help* OR aid -dirt speaker:Barr'))
    'foreign of value Barr'
    """
    nodes = (*query.wanted, *query.required)
    asked = (node.node if isinstance(node, Field) and node.name in _SEARCHED else node for node in nodes)
    return " ".join(node.text for node in asked if isinstance(node, Word | Phrase))


def matches(query: Query, pin: Pin, sources: Sources) -> bool:
    """Whether nothing that was asked for is missing, and nothing excluded is there. `sources` by their ids."""
    return (
        all(_has(node, pin, sources) for node in (*query.wanted, *query.required))
        and not any(_has(node, pin, sources) for node in query.excluded)
        and all(_lies(dates, pin) for dates in query.dates)
    )


def _has(node: Node, pin: Pin, sources: Sources) -> bool:
    match node:
        case Either(nodes):
            return any(_has(one, pin, sources) for one in nodes)
        case Every(nodes, excluded):
            return all(_has(one, pin, sources) for one in nodes) and not any(
                _has(one, pin, sources) for one in excluded
            )
        case Field(name, asked):
            stands = names if name in _NAMES else _in
            return any(stands(asked, text) for text in _FIELDS[name](pin, sources))
        case Phrase():
            return _in(node, pin.quote)
        case Near(parts, distance, scope):
            return _near(parts, distance, scope, pin.quote)
        case _:
            return _in(node, searched(pin))


def _in(node: Node, text: str) -> bool:
    """Whether something stands in a text."""
    match node:
        case Either(nodes):
            return any(_in(one, text) for one in nodes)
        case Every(nodes, excluded):
            return all(_in(one, text) for one in nodes) and not any(_in(one, text) for one in excluded)
        case _:
            return bool(spans(text, [node]))


def _near(parts: Sequence[Node], distance: int, scope: Scope, text: str) -> bool:
    """Whether all parts stand close together."""
    if scope is Scope.SENTENCE:
        stops = [0, *ends(text), len(text)]
        return any(all(_in(part, text[start:end]) for part in parts) for start, end in pairwise(stops))
    found = [spans(text, [part]) for part in parts]
    if scope is Scope.PASSAGE or not all(found):
        return all(found)
    return any(_side_by_side(one, found[1:], text, distance) for one in found[0])


def _side_by_side(one: Span, others: Sequence[Sequence[Span]], text: str, distance: int) -> bool:
    """Whether the nearest of each of the others leave at most so many words between neighbours."""
    nearest = [min(each, key=lambda span: abs(span.start - one.start)) for each in others]
    places = sorted((one, *nearest), key=lambda span: span.start)
    return all(len(terms(text[left.end : right.start])) <= distance for left, right in pairwise(places))


def _lies(asked: DateFilter, pin: Pin) -> bool:
    told = pin.snapshot
    if asked.field is DateField.ADDED:
        day = told.added.date()
        return _inside(asked, day, day)
    dates: Mapping[DateField, PartialDate | None] = {
        DateField.SAID: told.said,
        DateField.PUBLISHED: told.published,
    }
    found = dates.get(asked.field, told.said or told.published)
    return found is not None and _inside(asked, found.first, found.last)


def _inside(asked: DateFilter, first: date, last: date) -> bool:
    low, high = asked.first or date.min, asked.last or date.max
    if asked.test is DateTest.BEFORE:
        return last < low
    if asked.test is DateTest.AFTER:
        return first > high
    return low <= first and last <= high


def _speakers(pin: Pin, _sources: Sources) -> Sequence[str]:
    speaker = pin.snapshot.speaker
    return [name for name in (speaker.label, speaker.person) if name] if speaker else []


_FIELDS: Mapping[FieldName, Callable[[Pin, Sources], Sequence[str]]] = {
    FieldName.SPEAKER: _speakers,
    FieldName.SOURCE: lambda pin, sources: [sources[pin.source_id].name] if pin.source_id in sources else [],
    FieldName.PUBLISHER: lambda pin, _: [pin.snapshot.publisher or ""],
    FieldName.TYPE: lambda pin, _: [pin.snapshot.kind or ""],
    FieldName.TITLE: lambda pin, _: [pin.snapshot.title or ""],
    FieldName.TAG: lambda pin, _: pin.tags,
    FieldName.STORY: lambda pin, _: [pin.story] if pin.story else [],
    FieldName.PAGE: lambda pin, _: [
        text for page in pin.snapshot.pages for text in (str(page.file), page.printed) if text
    ],
}
_SEARCHED = frozenset({FieldName.SPEAKER, FieldName.PUBLISHER, FieldName.TITLE})
"""Their words are among those by which a pin is found."""
_NAMES = frozenset({FieldName.TAG, FieldName.STORY})
"""They go by words of a name, as in a search."""
