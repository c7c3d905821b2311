"""A file of pins, read: every field is checked, and nothing in it decides who may see what. Pure."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from bot.errors import BadRequest
from bot.pinning.desk import MOST
from bot.pinning.texts import FORMAT
from bot.store.pin_values import snapshot_from_json
from bot.store.pins import Snapshot, Where

_MOST_PINS, _MOST_BYTES = 10_000, 64 * 1024 * 1024
_LONGEST = {"note": 10_000, "story": 200, "prefix": 200, "suffix": 200}
_MOST_TAGS, _LONGEST_TAG = 50, 100
_ID, _SHA = re.compile(r"[0-9a-f]{32}"), re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Record:
    """A pin of a file; `number` counts from 1."""

    number: int
    document_id: str
    at: Where
    quote: str
    prefix: str
    suffix: str
    snapshot: Snapshot
    note: str
    tags: tuple[str, ...]
    story: str | None
    expires: datetime | None


def read(data: bytes) -> list[Record]:
    """The pins of a file. Raises BadRequest, which says which one is wrong."""
    if len(data) > _MOST_BYTES:
        raise BadRequest("This file is too large to be one of pins.")
    try:
        whole: Any = json.loads(data)
        pins = whole["pins"] if whole["format"] == FORMAT else None
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadRequest("This file is no export of pins as JSON.") from error
    if not isinstance(pins, list) or len(cast("list[Any]", pins)) > _MOST_PINS:
        raise BadRequest(f"This file is no export of up to {_MOST_PINS:,} pins as JSON.")
    return [_record(number, pin) for number, pin in enumerate(cast("list[Any]", pins), 1)]


def _record(number: int, data: Any) -> Record:
    try:
        quote, position = data["selector"]
        record = Record(
            number=number,
            document_id=_matching(_ID, data["document"]),
            at=Where(_number(data["version"]), _number(position["start"]), _number(position["end"])),
            quote=_text(quote["exact"], MOST),
            prefix=_text(quote["prefix"], _LONGEST["prefix"]),
            suffix=_text(quote["suffix"], _LONGEST["suffix"]),
            snapshot=_snapshot(data["snapshot"]),
            note=_text(data["note"], _LONGEST["note"]),
            tags=_tags(data["tags"]),
            story=_text(data["story"], _LONGEST["story"]) if data["story"] is not None else None,
            expires=_time(data["expires"]) if data["expires"] is not None else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRequest(f"Pin {number} of the file is not as an export has it; nothing was taken in.") from error
    if record.at.version < 1 or record.at.end - record.at.start != len(record.quote) or not record.quote:
        raise BadRequest(f"Pin {number} of the file has other words than its place; nothing was taken in.")
    return record


def _snapshot(data: Any) -> Snapshot:
    """Dataclasses don't check types: what is not words where words belong must not reach the store."""
    snapshot = snapshot_from_json(data)
    names = ("title", "publisher", "author", "kind", "url", "archived_url", "heading", "link")
    words = [getattr(snapshot, name) for name in names if getattr(snapshot, name) is not None]
    speaker, cue = snapshot.speaker, snapshot.cue
    words += [snapshot.location, *((speaker.label, speaker.person or "") if speaker else ())]
    words += [page.printed for page in snapshot.pages if page.printed is not None]
    for word in words:
        _text(word, 10_000)
    for number in (*(page.file for page in snapshot.pages), *((cue.start, cue.end or 0) if cue else ())):
        if isinstance(number, bool) or not isinstance(number, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise TypeError("a number that is none")
    _matching(_SHA, snapshot.text_sha256)
    if snapshot.added.tzinfo is None:
        raise ValueError("a time without its zone")
    return snapshot


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError("a text that is none, or too long")
    value.encode()  # raises ValueError for lone surrogates
    return value


def _matching(pattern: re.Pattern[str], value: Any) -> str:
    if not pattern.fullmatch(value):
        raise ValueError("an id that is none")
    return str(value)


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
        raise ValueError("a number that is none")
    return value


def _tags(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(cast("list[Any]", value)) > _MOST_TAGS:
        raise ValueError("tags that are none")
    return tuple(_text(tag, _LONGEST_TAG) for tag in cast("list[Any]", value))


def _time(value: Any) -> datetime:
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return at
