"""What is made of a pin's values: the words it is found by, its keys, its snapshot as JSON. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from bot.store.pins import Pin, Snapshot
from index.analysis import stem_of, terms
from sources.document import Certainty, Cue, Page, Speaker
from sources.wire import date_from_json, date_to_json


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
