"""Between pins, their history and notices, and the rows of their tables."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from bot.store.pin_values import key_of, keys_of, searched, snapshot_from_json, snapshot_to_json, stems
from bot.store.pins import Deed, Doubt, Notice, NoticeKind, Pin, PinChange, Where

_SAME = (
    *("id", "workspace_id", "source_id", "document_id", "quote", "prefix", "suffix", "owner", "created", "changed"),
    *("note", "story", "verifier", "verified", "expires", "unpinned", "revision"),
)
_TOLD = ("workspace_id", "key", "recipient", "at", "document_id", "pin_id", "channel", "ts")


def pin_row(pin: Pin) -> dict[str, Any]:
    """All columns of a pin."""
    row: dict[str, Any] = {name: getattr(pin, name) for name in _SAME}
    row |= {"version": pin.at.version, "start": pin.at.start, "end": pin.at.end}
    row |= {
        "tags": list(pin.tags),
        "tag_keys": keys_of(pin.tags),
        "story_key": key_of(pin.story) if pin.story else None,
    }
    row |= {"doubt": pin.doubt.value if pin.doubt else None, **_where("now", pin.now)}
    return row | {"snapshot": snapshot_to_json(pin.snapshot), "stems": stems(searched(pin))}


def stem_rows(row: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of the words by which the pin of that row is found."""
    key = {"workspace_id": row["workspace_id"], "pin_id": row["id"]}
    return [{**key, "stem": stem} for stem in row["stems"].split()]


def pin_from(row: Mapping[Any, Any]) -> Pin:
    """The inverse of `pin_row`."""
    values: dict[str, Any] = {name: row[name] for name in _SAME}
    return Pin(
        **values,
        at=Where(row["version"], row["start"], row["end"]),
        tags=tuple(row["tags"]),
        doubt=Doubt(row["doubt"]) if row["doubt"] else None,
        now=_where_from("now", row),
        snapshot=snapshot_from_json(row["snapshot"]),
    )


def change_row(change: PinChange) -> dict[str, Any]:
    """All columns of a line of history."""
    detail = {name: list(values) for name, values in change.detail.items()}
    return {"pin_id": change.pin_id, "at": change.at, "who": change.who, "deed": change.deed.value, "detail": detail}


def change_from(row: Mapping[Any, Any]) -> PinChange:
    """The inverse of `change_row`."""
    detail = {name: (before, after) for name, (before, after) in row["detail"].items()}
    return PinChange(row["pin_id"], row["at"], row["who"], Deed(row["deed"]), detail)


def notice_row(notice: Notice) -> dict[str, Any]:
    """All columns of a notice but its number."""
    row: dict[str, Any] = {name: getattr(notice, name) for name in _TOLD}
    row |= {**_where("was", notice.was), **_where("now", notice.now), "kind": notice.kind.value}
    return row | {"doubt": notice.doubt.value if notice.doubt else None}


def notice_from(row: Mapping[Any, Any]) -> Notice:
    """The inverse of `notice_row`."""
    values: dict[str, Any] = {name: row[name] for name in _TOLD}
    was = Where(row["was_version"], row["was_start"], row["was_end"])
    doubt = Doubt(row["doubt"]) if row["doubt"] else None
    return Notice(
        **values,
        kind=NoticeKind(row["kind"]),
        was=was,
        now=_where_from("now", row),
        doubt=doubt,
        number=row["number"],
    )


def _where(name: str, place: Where | None) -> dict[str, Any]:
    return {f"{name}_{field.name}": getattr(place, field.name, None) for field in fields(Where)}


def _where_from(name: str, row: Mapping[Any, Any]) -> Where | None:
    if row[f"{name}_version"] is None:
        return None
    return Where(row[f"{name}_version"], row[f"{name}_start"], row[f"{name}_end"])
