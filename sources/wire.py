"""Marks, dates and extracts as JSON: between the extracting processes and the desk, and in the store.

Every function gives and takes what `json` does; the `..._from_json` raise ValueError for anything that was not
written here.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Protocol, TypeVar, runtime_checkable

from sources.document import (
    Certainty,
    Cue,
    Extract,
    Heading,
    Mark,
    MarkValue,
    Origin,
    Page,
    PartialDate,
    Precision,
    Quoted,
    Speaker,
)

JsonObject = dict[str, Any]
Value = TypeVar("Value")

_DATED = ("published", "modified")


def date_to_json(value: PartialDate | None) -> JsonObject | None:
    """`{"value", "precision", "origin", "end"}`, or None for an unknown date."""
    if value is None:
        return None
    return {"value": value.value, "precision": value.precision, "origin": value.origin, "end": value.end}


def date_from_json(data: Mapping[str, Any] | None) -> PartialDate | None:
    """The inverse of `date_to_json`."""
    return None if data is None else _reading(_date, data)


def marks_to_json(marks: Iterable[Mark]) -> list[JsonObject]:
    """One `{"kind", "start", "end", "value"}` a mark, in order; `value` holds the fields of the mark's value."""
    return [
        {"kind": KIND_OF[type(mark.value)], "start": mark.start, "end": mark.end, "value": asdict(mark.value)}
        for mark in marks
    ]


def marks_from_json(data: Iterable[Mapping[str, Any]]) -> tuple[Mark, ...]:
    """The inverse of `marks_to_json`."""
    return tuple(_reading(_mark, entry) for entry in data)


@runtime_checkable
class Packed(Protocol):
    """Marks that are kept as the text that `pack_marks` makes of them."""

    @property
    def packed(self) -> str:
        """The text."""
        ...


def pack_marks(marks: Iterable[Mark]) -> str:
    """The marks as one JSON text: the same marks always give the same text."""
    if isinstance(marks, Packed):
        return marks.packed
    return json.dumps(marks_to_json(marks), ensure_ascii=False, separators=(",", ":"))


def unpack_marks(packed: str | bytes) -> tuple[Mark, ...]:
    """The inverse of `pack_marks`."""
    return marks_from_json(json.loads(packed))


def extract_to_json(extract: Extract) -> JsonObject:
    """Every field by its name; marks and dates in their own forms."""
    data: JsonObject = {field.name: getattr(extract, field.name) for field in fields(extract)}
    data |= {name: date_to_json(data[name]) for name in _DATED}
    data["marks"] = marks_to_json(extract.marks)
    data["warnings"] = list(extract.warnings)
    return data


def extract_from_json(data: Mapping[str, Any]) -> Extract:
    """The inverse of `extract_to_json`; the marks are checked against the text."""
    return _reading(_extract, data)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of mark is called, and how its value is read back."""

    name: str
    read: Callable[[Mapping[str, Any]], MarkValue]


def _date(data: Mapping[str, Any]) -> PartialDate:
    return PartialDate(data["value"], Precision(data["precision"]), Origin(data["origin"]), data["end"])


def _speaker(data: Mapping[str, Any]) -> Speaker:
    return Speaker(data["label"], data["person"], Certainty(data["certainty"]))


_KINDS: dict[type[MarkValue], _Kind] = {
    Page: _Kind("page", lambda data: Page(data["file"], data["printed"])),
    Speaker: _Kind("speaker", _speaker),
    Quoted: _Kind("quoted", lambda data: Quoted(_speaker(data["speaker"]))),
    Cue: _Kind("cue", lambda data: Cue(data["start"], data["end"])),
    Heading: _Kind("heading", lambda data: Heading(data["level"])),
    PartialDate: _Kind("said", _date),
}
KIND_OF = {kind: row.name for kind, row in _KINDS.items()}
"""What each kind of mark is called."""

_READERS = {row.name: row.read for row in _KINDS.values()}


def _mark(data: Mapping[str, Any]) -> Mark:
    return Mark(data["start"], data["end"], _READERS[data["kind"]](data["value"]))


def _extract(data: Mapping[str, Any]) -> Extract:
    known = {field.name for field in fields(Extract)}
    if set(data) != known:
        raise ValueError(f"the fields differ: {sorted(set(data) ^ known)}")
    values = dict(data)
    values |= {name: date_from_json(values[name]) for name in _DATED}
    values["marks"] = marks_from_json(values["marks"])
    values["warnings"] = tuple(values["warnings"])
    _check_strings(values)
    return Extract(**values)


def _check_strings(values: Mapping[str, Any]) -> None:
    """Dataclasses don't check types: what is not a string where one belongs must not reach the store."""
    words = [
        value for name, value in values.items() if name not in {"marks", "warnings", *_DATED} and value is not None
    ]
    words += [values["text"], values["part"], *values["warnings"]]
    if not all(isinstance(word, str) for word in words):
        raise ValueError("a field that should be text is not")


def _reading(read: Callable[[Mapping[str, Any]], Value], data: Mapping[str, Any]) -> Value:
    try:
        return read(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this JSON is not one of ours: {error!r}") from error
