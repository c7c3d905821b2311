"""The JSON that scripts rely on (README, "Command line"). Pure: values in, plain dicts out."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.asking.cards import Answer, Card, Place, SourceState, Status
from bot.citations import Style, cite
from bot.keeping.intake import Remark
from bot.keeping.schedule import due_at, written_every
from bot.keeping.walks import Refreshed
from bot.store.sources import SourceRecord
from index.hit import DocumentCard, Stamp
from sources.document import PartialDate, Speaker
from sources.port import Refused

Json = dict[str, Any]


def answer_json(answer: Answer, style: Style | None = None) -> Json:
    """One question's answer. Offsets are code points; `spans` lie within `text`. With a style, hits are cited too."""
    return {
        "answered": answer.answered,
        "understood": answer.understood,
        "total": answer.total,
        "left_out": {"undated": answer.left_out.undated, "vague": answer.left_out.vague},
        "hits": [card_json(card, style) for card in answer.cards],
    }


def card_json(card: Card, style: Style | None = None) -> Json:
    """A hit. Offsets are code points; `spans` lie within `text`; `citation` is there only with a style."""
    return {
        **({"citation": cite(card, style)} if style else {}),
        "text": card.text,
        "start": card.ref.start,
        "end": card.ref.end,
        "version": card.ref.version,
        "speaker": _speaker(card.speaker),
        "quoted": [{"start": quote.start, "end": quote.end, **_named(quote.speaker)} for quote in card.quotes],
        "said": date_json(card.said),
        "pages": [{"file": page.file, "printed": page.printed} for page in card.pages],
        "cue": {"start": card.cue.start, "end": card.cue.end} if card.cue else None,
        "spans": [[span.start, span.end] for span in card.spans],
        "missing": list(card.missing),
        "match": card.match.value,
        "score": card.score,
        **_explained(card),
        "link": card.link,
        "document": _document(card.document),
        "also_in": [_place(place) for place in card.also_in],
        "elsewhere": [_place(place) for place in card.elsewhere],
    }


def _explained(card: Card) -> Json:
    """Only where it was asked for: `points` add up to `score`."""
    return {"explain": [asdict(reason) for reason in card.reasons]} if card.reasons else {}


def _place(place: Place) -> Json:
    return {
        "document": _document(place.document),
        "start": place.start,
        "end": place.end,
        "version": place.document.version,
        "link": place.link,
    }


def _document(document: DocumentCard) -> Json:
    return {
        "id": document.id,
        "title": document.title,
        "publisher": document.publisher,
        "kind": document.kind,
        "url": document.url,
        "location": document.location,
        "published": date_json(document.published),
    }


def date_json(day: PartialDate | None) -> Json | None:
    """A date as scripts get it; null where it is not known."""
    if day is None:
        return None
    return {"value": day.value, "precision": day.precision.value, "origin": day.origin.value, "end": day.end}


def _speaker(speaker: Speaker | None) -> Json | None:
    return None if speaker is None else _named(speaker)


def _named(speaker: Speaker) -> Json:
    return {"label": speaker.label, "person": speaker.person, "certainty": speaker.certainty.value}


def source_json(state: SourceState, unreadable: list[Refused]) -> Json:
    """One source with what it holds and what of it can't be read, and why."""
    record = state.record
    return {
        "id": record.id,
        "name": record.name,
        "place": record.place,
        "visible_to": sorted(record.visible_to),
        "paused": record.paused,
        **schedule_json(record),
        "problem": record.problem,
        "documents": state.documents,
        "undated": state.undated,
        "unreadable": _refused(unreadable),
    }


def schedule_json(record: SourceRecord) -> Json:
    """How often a source is read by itself, as `sources schedule` takes it, and when next; null where nothing tells."""
    due = due_at(record)
    return {"every": written_every(record.every), "due": due.isoformat() if due else None}


def refreshed_json(refreshed: Refreshed) -> Json:
    """What walking one source brought; counts are null where it could not be walked."""
    record, summary = refreshed.record, refreshed.summary
    counts = ("documents", "new", "changed", "removed", "unchanged")
    return {
        "id": record.id,
        "name": record.name,
        "place": record.place,
        "problem": refreshed.problem,
        **{name: getattr(summary, name, None) for name in counts},
        "unreadable": _refused(summary.unreadable) if summary else None,
        "remarks": _remarks(summary.remarks) if summary else None,
    }


def _refused(unreadable: Sequence[Refused]) -> list[Json]:
    return [{"location": one.location, "reason": one.reason} for one in unreadable]


def _remarks(remarks: Sequence[Remark]) -> list[Json]:
    return [{"location": one.location, "remark": one.sentence} for one in remarks]


def status_json(status: Status) -> Json:
    """The index and the sources; `unreadable` is a number here, `sources list` tells each."""
    index = status.index
    engine = index.engine if index else None
    return {
        "generation": stamp_json(engine.live) if engine else None,
        "previous": stamp_json(engine.previous) if engine else None,
        "size": engine.size if engine else None,
        "outdated": engine.outdated if engine else None,
        "behind": index.behind if index else None,
        "sources": [
            {
                "id": state.record.id,
                "name": state.record.name,
                "documents": state.documents,
                "undated": state.undated,
                "unreadable": state.unreadable,
                "problem": state.record.problem,
            }
            for state in status.sources
        ],
    }


def stamp_json(stamp: Stamp | None) -> Json | None:
    """An index generation."""
    return None if stamp is None else {**asdict(stamp), "built_at": stamp.built_at.isoformat()}
