"""A folder's sidecar `manifest.jsonl`: what its keeper says of the files, one JSON object a line.

    {"path": "briefs/a.md", "title": "…", "date": "2019-06", "publisher": "…", "url": "https://…", "kind": "brief",
     "author": "…", "speaker": "…", "archived_url": "https://…", "language": "en"}

Only `path` is needed; it is relative to the folder, with `/`. Other keys are left alone. A fault costs the line or the
field it is in and nothing else: it is told, with the line's number, and reading goes on.
"""

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from sources.dates import read_date
from sources.document import Origin, PartialDate
from sources.errors import BadDeclaration
from sources.extract.clean import clean, line
from sources.port import Declared, Refused

NAME = "manifest.jsonl"
"""How the file is called; it lies in the folder's root."""

MAX_FAULTS = 1000
"""After so many faults the rest is not read: it is hardly a manifest."""

MAX_LENGTH = 4096
"""Code points that a value may have: as many as a path has bytes."""

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is declared, by location, and what could not be used (`location` is `manifest.jsonl:12`, lines from 1)."""

    declared: Mapping[str, Declared]
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """One line read: a fault beside a path means that the rest of the line holds."""

    path: str | None
    declared: Declared
    faults: tuple[str, ...]


def read_manifest(content: bytes) -> Manifest:
    """Read the lines of a manifest in UTF-8. Never raises; of two lines for one path the later one holds."""
    declared: dict[str, Declared] = {}
    refused: list[Refused] = []
    for number, written in enumerate(io.BytesIO(content.removeprefix(_BOM)), 1):
        if not written.strip():
            continue
        found = _read_line(written)
        faults = list(found.faults)
        if found.path is not None:
            if found.path in declared:
                faults.append(f"{found.path} has an earlier line; this one is used.")
            declared[found.path] = found.declared
        refused += [Refused(f"{NAME}:{number}", fault) for fault in faults]
        if len(refused) >= MAX_FAULTS:
            refused.append(
                Refused(NAME, f"It has {MAX_FAULTS:,} faults or more; what follows line {number} was not read.")
            )
            break
    return Manifest(declared, tuple(refused))


def _read_line(written: bytes) -> _Line:
    try:
        entry = _json_object(written)
        path = _path(entry.get("path"))
    except BadDeclaration as error:
        return _Line(None, Declared(), (str(error),))
    values: dict[str, object] = {}
    faults: list[str] = []
    for key, (name, read) in _FIELDS.items():
        try:
            values[name] = read(key, entry.get(key))
        except BadDeclaration as error:
            faults.append(str(error))
    return _Line(path, Declared(**values), tuple(faults))  # pyright: ignore[reportArgumentType]  # _FIELDS pairs them


def _json_object(written: bytes) -> Mapping[str, object]:
    try:
        entry: object = json.loads(written.decode())
    except UnicodeDecodeError as error:
        raise BadDeclaration("This line is not UTF-8 text.") from error
    except (ValueError, RecursionError) as error:  # RecursionError: a hostile depth of brackets
        raise BadDeclaration("This line is not JSON.") from error
    if not isinstance(entry, dict):
        raise BadDeclaration("This line is not a JSON object.")
    return entry  # pyright: ignore[reportUnknownVariableType]  # a JSON object's keys are strings


def _path(value: object) -> str:
    text = _string("path", value or "")
    if not text:
        raise BadDeclaration("This line names no path.")
    if clean(text) != text:
        raise BadDeclaration("The path holds characters that no name here has.")
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise BadDeclaration(f"The path {text[:80]!r} does not lie inside the folder.")
    return str(path)


def _text(key: str, value: object) -> str | None:
    return None if value is None else line(_string(key, value))


def _string(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise BadDeclaration(f"`{key}` is not text.")
    if len(value) > MAX_LENGTH:
        raise BadDeclaration(f"`{key}` is longer than {MAX_LENGTH:,} characters.")
    return value


def _speaker(key: str, value: object) -> str | None:
    """One name speaks throughout. A list tells who takes part, which is no attribution."""
    return None if isinstance(value, list) else _text(key, value)


def _address(key: str, value: object) -> str | None:
    text = _text(key, value)
    if text is None:
        return None
    try:
        parts = urlsplit(text)
        sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in text
    except ValueError:
        sound = False
    if not sound:
        raise BadDeclaration(f"`{key}` is not a web address that begins with http:// or https://.")
    return text


def _date(key: str, value: object) -> PartialDate | None:
    text = _text(key, str(value) if type(value) is int else value)  # a bare 2019 is a year
    date = read_date(text, Origin.DECLARED) if text else None
    if text and date is None:
        raise BadDeclaration(f"`{key}` is {text[:80]!r}, which is not a date.")
    return date


_FIELDS: Mapping[str, tuple[str, Callable[[str, object], object]]] = {
    **{name: (name, _text) for name in ("title", "publisher", "author", "kind", "language")},
    "url": ("url", _address),
    "archived_url": ("archived_url", _address),
    "date": ("published", _date),
    "speaker": ("speaker", _speaker),
}
"""By the manifest's key: the field of `Declared` that it fills, and how it is read."""
