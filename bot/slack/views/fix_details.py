"""The form to set a document's facts by hand."""

import json
from dataclasses import dataclass

from bot.asking.links import web_address
from bot.keeping.admin import DocumentView
from bot.slack.blocks.admin_buttons import Looked
from bot.slack.blocks.rich import Json, line, rich_text, text
from bot.slack.views.modal import MAX_INPUT, field, initial_of, modal, typed_in, typing
from bot.store.edits import Fact
from bot.wording import admin_words, words
from bot.wording.source import clipped
from sources.dates import read_date
from sources.document import Origin, PartialDate

FORM = "fix_details"


@dataclass(frozen=True, slots=True)
class Fixing:
    """Which document, the queue it was found in, and where the queue's message is reached."""

    document_id: str
    at: Looked
    response_url: str

    def __str__(self) -> str:
        return json.dumps([self.document_id, str(self.at), self.response_url])

    @classmethod
    def parse(cls, metadata: str) -> "Fixing":
        """Read what `str()` wrote."""
        document_id, at, response_url = json.loads(metadata)
        return cls(document_id, Looked.parse(at), response_url)


def form(view: DocumentView, fixing: Fixing) -> Json:
    """The form as the facts stand now. Where the record names its speakers turn by turn there is no one speaker."""
    document = view.stored.document
    speaker = [] if view.has_turns else [_field(Fact.SPEAKER, view.speaker or "", admin_words.SPEAKER_HINT)]
    return modal(
        admin_words.FIX_TITLE,
        [
            rich_text(
                line(text(clipped(document.title or document.location, 200) or words.UNTITLED, bold=True)),
                line(text(clipped(document.text, 300) or words.UNTITLED, italic=True)),
            ),
            _field(Fact.PUBLISHED, _written(document.published), admin_words.DATE_HINT),
            _field(Fact.TITLE, document.title or ""),
            *speaker,
            _field(Fact.PUBLISHER, document.publisher or ""),
            _field(Fact.ARCHIVED, document.archived_url or "", admin_words.ARCHIVED_HINT),
        ],
        close=admin_words.CANCEL,
        submit=admin_words.FIX_SUBMIT,
        callback_id=FORM,
        metadata=str(fixing),
    )


def changes(view: Json) -> dict[Fact, str | None]:
    """What a submitted form changes; None takes back what was set by hand before."""
    found: dict[Fact, str | None] = {}
    for fact in _LABELS:
        before, now = initial_of(view, fact.value), typed_in(view, fact.value)
        if before is not None and now != before.strip():
            found[fact] = now or None
    return found


def problems(wanted: dict[Fact, str | None]) -> dict[str, str]:
    """What can be told wrong of the fields, by field."""
    date, copy = wanted.get(Fact.PUBLISHED), wanted.get(Fact.ARCHIVED)
    found = {Fact.PUBLISHED.value: admin_words.NOT_A_DATE} if date and not read_date(date, Origin.EDITED) else {}
    return found | ({Fact.ARCHIVED.value: admin_words.NOT_A_COPY} if copy and not web_address(copy) else {})


def _field(fact: Fact, initial: str, hint: str = "") -> Json:
    return field(fact.value, _LABELS[fact], typing(" ".join(initial.split())[:MAX_INPUT]), hint)


def _written(day: PartialDate | None) -> str:
    """As it is stored; a range by both its ends."""
    if day is None:
        return ""
    return f"{day.value} to {day.end}" if day.end else day.value


_LABELS = {
    Fact.PUBLISHED: admin_words.DATE_LABEL,
    Fact.TITLE: admin_words.TITLE_LABEL,
    Fact.SPEAKER: admin_words.SPEAKER_LABEL,
    Fact.PUBLISHER: admin_words.PUBLISHER_LABEL,
    Fact.ARCHIVED: admin_words.ARCHIVED_LABEL,
}
