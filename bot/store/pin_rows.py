"""Between pins, their history and notices, and the rows of their tables."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from bot.store.pins import Deed, Doubt, Notice, NoticeKind, Pin, PinChange, Snapshot, Where
from index.analysis import stem_of, terms
from sources.document import Certainty, Cue, Page, Speaker
from sources.wire import date_from_json, date_to_json

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


def pin_from(row: Mapping[str, Any]) -> Pin:
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


def searched(pin: Pin) -> str:
    """All words by which a pin is found."""
    told = pin.snapshot
    speaker = (told.speaker.label, told.speaker.person) if told.speaker else ()
    parts = (pin.quote, pin.note, *pin.tags, pin.story, told.title, told.publisher, told.author, *speaker)
    return "\n".join(part for part in parts if part)


def stems(text: str) -> str:
    """The stems of a text, once each, with a blank on both sides of each."""
    return f" {' '.join(dict.fromkeys(stem_of(term) for term in terms(text)))} "


def key_of(name: str) -> str:
    """The same for tags, and for stories, that differ only in blanks and capitals."""
    return " ".join(name.casefold().split())


def keys_of(tags: Iterable[str]) -> str:
    """The keys of tags, each a line of its own."""
    return "\n" + "".join(f"{key_of(tag)}\n" for tag in tags)


def snapshot_to_json(snapshot: Snapshot) -> dict[str, Any]:
    """Every field by its name."""
    data: dict[str, Any] = {field.name: getattr(snapshot, field.name) for field in fields(Snapshot)}
    data |= {name: date_to_json(data[name]) for name in ("published", "said")}
    data |= {name: asdict(data[name]) if data[name] else None for name in ("speaker", "cue")}
    return data | {"added": snapshot.added.isoformat(), "pages": [asdict(page) for page in snapshot.pages]}


def snapshot_from_json(data: Mapping[str, Any]) -> Snapshot:
    """The inverse of `snapshot_to_json`. Raises ValueError for anything that was not written there."""
    try:
        values = dict(data)
        values |= {name: date_from_json(values[name]) for name in ("published", "said")}
        speaker, cue = values["speaker"], values["cue"]
        values["speaker"] = speaker and Speaker(speaker["label"], speaker["person"], Certainty(speaker["certainty"]))
        values["cue"] = cue and Cue(cue["start"], cue["end"])
        values["pages"] = tuple(Page(page["file"], page["printed"]) for page in values["pages"])
        values["added"] = datetime.fromisoformat(values["added"])
        return Snapshot(**values)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this JSON is no snapshot of ours: {error!r}") from error


def change_row(change: PinChange) -> dict[str, Any]:
    """All columns of a line of history."""
    detail = {name: list(values) for name, values in change.detail.items()}
    return {"pin_id": change.pin_id, "at": change.at, "who": change.who, "deed": change.deed.value, "detail": detail}


def change_from(row: Mapping[str, Any]) -> PinChange:
    """The inverse of `change_row`."""
    detail = {name: (before, after) for name, (before, after) in row["detail"].items()}
    return PinChange(row["pin_id"], row["at"], row["who"], Deed(row["deed"]), detail)


def notice_row(notice: Notice) -> dict[str, Any]:
    """All columns of a notice but its number."""
    row: dict[str, Any] = {name: getattr(notice, name) for name in _TOLD}
    row |= {**_where("was", notice.was), **_where("now", notice.now), "kind": notice.kind.value}
    return row | {"doubt": notice.doubt.value if notice.doubt else None}


def notice_from(row: Mapping[str, Any]) -> Notice:
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


def _where_from(name: str, row: Mapping[str, Any]) -> Where | None:
    if row[f"{name}_version"] is None:
        return None
    return Where(row[f"{name}_version"], row[f"{name}_start"], row[f"{name}_end"])
