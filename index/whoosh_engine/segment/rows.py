"""What is kept of a passage beside its words: days as numbers for filtering, the rest as JSON for showing."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import lru_cache
from typing import Any

from index.hit import DocumentCard
from index.passage import Passage, Quote
from sources.document import Certainty, Cue, Page, PartialDate, Speaker
from sources.people import People, Person
from sources.wire import date_from_json, date_to_json

NO_DAY = -(2**31)
"""Stands for an unknown day."""

_OF_CARD = tuple(field.name for field in fields(DocumentCard))

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def days(value: PartialDate | None) -> tuple[int, int]:
    """First and last day as proleptic ordinals, both included."""
    return (NO_DAY, NO_DAY) if value is None else (value.first.toordinal(), value.last.toordinal())


def written(values: Iterable[PartialDate | None]) -> str:
    """Dates in the words that people search them by.

    >>> written([PartialDate.parse("2019-07-25"), None])
    'July Jul 25 2019 2019-07-25'
    """
    return " ".join(map(_written, filter(None, values)))


@lru_cache(maxsize=2_000)
def _written(value: PartialDate) -> str:
    """Many passages and documents have the same date."""
    return " ".join((*_named(value.first, value), value.value[:10]))


def _named(day: date, value: PartialDate) -> Iterable[str]:
    if len(value.value) > len("2019"):
        yield from (_MONTHS[day.month - 1], _MONTHS[day.month - 1][:3])
    if len(value.value) > len("2019-07"):
        yield str(day.day)
    if len(value.value) > len("2019"):
        yield str(day.year)


def passage_to_json(passage: Passage) -> bytes:
    """Everything of a passage but its place and its words."""
    data = {
        "version": passage.version,
        "speaker": passage.speaker and _speaker_to_json(passage.speaker),
        "quotes": [[quote.start, quote.end, *_speaker_to_json(quote.speaker)] for quote in passage.quotes],
        "said": date_to_json(passage.said),
        "mentioned": [date_to_json(day) for day in passage.mentioned],
        "pages": [[page.file, page.printed] for page in passage.pages],
        "cue": passage.cue and [passage.cue.start, passage.cue.end],
        "heading": passage.heading,
    }
    return json.dumps({name: value for name, value in data.items() if value}, ensure_ascii=False).encode()


def passage_from_json(data: bytes, document_id: str, start: int, end: int, text: str) -> Passage:
    """The inverse of `passage_to_json`, given the place and the words."""
    read: dict[str, Any] = json.loads(data)
    return Passage(
        document_id=document_id,
        version=read["version"],
        start=start,
        end=end,
        text=text,
        speaker=_speaker(*read["speaker"]) if "speaker" in read else None,
        said=date_from_json(read.get("said")),
        mentioned=tuple(day for entry in read.get("mentioned", ()) if (day := date_from_json(entry))),
        pages=tuple(Page(*page) for page in read.get("pages", ())),
        cue=Cue(*read["cue"]) if "cue" in read else None,
        heading=read.get("heading"),
        quotes=tuple(Quote(start, end, _speaker(*who)) for start, end, *who in read.get("quotes", ())),
    )


def card_to_json(card: DocumentCard) -> dict[str, Any]:
    """A card as `segment.card_from_json` reads it."""
    data = {name: getattr(card, name) for name in _OF_CARD}
    return data | {"added": card.added.isoformat(), "published": date_to_json(card.published)}


def card_key(document_id: str) -> int:
    """A hash of a document's id, by which a segment finds it without reading its documents."""
    return int.from_bytes(hashlib.blake2b(document_id.encode(), digest_size=8).digest(), "little")


def _speaker_to_json(speaker: Speaker) -> list[str | None]:
    return [speaker.label, speaker.person, speaker.certainty]


def _speaker(label: str, person: str | None, certainty: str) -> Speaker:
    return Speaker(label, person, Certainty(certainty))


def speaker_words(speaker: Speaker | None) -> str:
    """What a speaker is found by: the record's label and the person's name."""
    return " ".join(dict.fromkeys(name for name in (speaker.label, speaker.person) if name)) if speaker else ""


def page_words(pages: Iterable[Page]) -> str:
    """What pages are found by: the numbers in the file and those printed."""
    return " ".join(dict.fromkeys(str(name) for page in pages for name in (page.file, page.printed) if name))


def people_words(speakers: Iterable[Speaker], people: People, text: str) -> str:
    """What else speakers are found by: who they are by the table of people, by every form of their names."""
    words: dict[str, None] = {}
    for speaker in speakers:
        person = people.who(speaker.person or speaker.label, text) or people.who(speaker.label, text)
        words |= dict.fromkeys((person_term(person), *person.names) if person else _names(speaker))
    return " ".join(words)


def _names(speaker: Speaker) -> Iterable[str]:
    return (name for name in (speaker.label, speaker.person) if name)


def person_term(person: Person) -> str:
    """One word that stands for a person of the table.

    >>> person_term(Person("Donald Trump Jr."))
    'donaldtrumpjr'
    """
    return "".join(filter(str.isalnum, person.name)).casefold()


def label_words(card: DocumentCard, passage: Passage, who: str) -> tuple[str, ...]:
    """The values of the label fields, in the order of `schema.LABELS`; `who` is what `people_words` gives."""
    return (
        card.title or "",
        speaker_words(passage.speaker),
        " ".join(filter(None, (card.publisher, card.author))),
        written((passage.said, card.published)),
        card.kind or "",
        card.source_id,
        page_words(passage.pages),
        who,
    )
