"""What a place or a file would bring, shown before it is kept."""

from collections.abc import Sequence

from bot.keeping.preview import Preview
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.budget import ROOMS, Room, laid_out
from bot.slack.blocks.message import Message
from bot.slack.blocks.progress import unreadable_lines
from bot.slack.blocks.rich import Json, actions, button, line, quotation, rich_text, text
from bot.slack.blocks.spoken import spoken
from bot.wording import admin_words, words
from bot.wording.dates import written
from bot.wording.source import clipped
from sources.document import Certainty, Document, Page, PartialDate, Speaker

DOCUMENTS_SHOWN = 3
SPEAKERS_SHOWN = 6
WARNINGS_SHOWN = 4
TWINS_SHOWN = 4
FIRST_LINES = 400


def preview_blocks(preview: Preview, room: Room = ROOMS[0]) -> list[Json]:
    """What was read: of each document what is known of it, its first lines and what to mind; then possible duplicates
    and what could not be read."""
    heading = [
        line(text(clipped(preview.name, room.name) or words.UNTITLED, bold=True)),
        line(text(admin_words.previewed(preview.items, len(preview.documents)))),
        line(text(admin_words.NOTHING_KEPT_YET, italic=True)),
    ]
    blocks = [rich_text(*heading)]
    blocks += [_document(document, room) for document in preview.documents[:DOCUMENTS_SHOWN]]
    closing = [*_twins(preview, room), *unreadable_lines(preview.refused, room)]
    if not preview.documents:
        closing.insert(0, line(text(admin_words.UNPREVIEWED, bold=True)))
    return [*blocks, rich_text(*closing)] if closing else blocks


def handed_in_message(preview: Preview, held: str, notes: Sequence[str]) -> Message:
    """A file that somebody handed in, to be kept or discarded; one that can't be read can only be discarded."""
    blocks = laid_out(lambda room: _handed_in(preview, held, notes, room))
    first = preview.documents[0] if preview.documents else None
    facts = "; ".join(_facts(first, 200)) if first else admin_words.UNPREVIEWED
    return Message(spoken(f"{preview.name}: {facts}. {' '.join(notes)}", ()), blocks)


def _handed_in(preview: Preview, held: str, notes: Sequence[str], room: Room) -> list[Json]:
    keep = [{**button(admin_words.KEEP, admin_buttons.KEEP, held), "style": "primary"}] if preview.documents else []
    row = actions(*keep, button(admin_words.DISCARD, admin_buttons.DISCARD, held))
    said = [rich_text(*(line(text(note)) for note in notes))] if notes and preview.documents else []
    return [*preview_blocks(preview, room), *said, row]


def _document(document: Document, room: Room) -> Json:
    return rich_text(
        line(text(clipped(document.title or document.location, room.name) or words.UNTITLED, bold=True)),
        *(line(text(fact)) for fact in _facts(document, room.name)),
        quotation(*_first_lines(document.text, min(FIRST_LINES, room.passage))),
        *(line(text(clipped(warning, room.name * 2), bold=True)) for warning in _warnings(document)),
    )


def _facts(document: Document, room: int) -> list[str]:
    """Date, speakers, pages and publisher, each told as sure as it is known."""
    return [
        _date(document),
        _speakers(document, room),
        *([words.counted(pages, "page")] if (pages := _pages(document)) else []),
        *([clipped(document.publisher, room)] if document.publisher and clipped(document.publisher, room) else []),
        *([f"{admin_words.ARCHIVED_LABEL}: {clipped(document.archived_url, room)}"] if document.archived_url else []),
    ]


def _date(document: Document) -> str:
    said = next((mark.value for mark in document.marks if isinstance(mark.value, PartialDate)), None)
    known = [
        f"{what} {written(day)}" for what, day in (("said", said), ("published", document.published)) if day is not None
    ]
    return "; ".join(known) or admin_words.NO_DATE_FOUND


def _speakers(document: Document, room: int) -> str:
    """Those who speak, in the order of their first words; a guess is called one."""
    found = dict.fromkeys(
        clipped(mark.value.label, room)
        + (f" {words.GUESSED_SPEAKER}" if mark.value.certainty is Certainty.GUESS else "")
        for mark in document.marks
        if isinstance(mark.value, Speaker) and mark.value.label.strip()
    )
    named = list(found)[:SPEAKERS_SHOWN]
    if not named:
        return admin_words.NO_SPEAKERS
    more = words.and_more(len(found) - len(named)) if len(found) > len(named) else ""
    return admin_words.speakers(named) + more


def _pages(document: Document) -> int:
    return sum(isinstance(mark.value, Page) for mark in document.marks)


def _first_lines(whole: str, room: int) -> list[Json]:
    """The text's beginning, letter for letter but for blanks around it."""
    begin = whole.strip()[:room]
    if not begin:
        return [text(words.UNTITLED, italic=True)]
    return [text(begin), *([text(f" {words.CUT}", italic=True)] if len(whole.strip()) > room else [])]


def _warnings(document: Document) -> list[str]:
    return [warning for warning in document.warnings[:WARNINGS_SHOWN] if warning.strip()]


def _twins(preview: Preview, room: Room) -> list[Json]:
    if not preview.twins:
        return []
    named = [
        f"{clipped(twin.title, room.name) or words.UNTITLED} ({clipped(twin.source, room.name)}"
        f"{f', {admin_words.SAME_TEXT}' if twin.same_text else ''})"
        for twin in preview.twins[:TWINS_SHOWN]
    ]
    more = words.and_more(len(preview.twins) - len(named)) if len(preview.twins) > len(named) else ""
    return [line(text(f"{admin_words.POSSIBLE_DUPLICATES} {'; '.join(named)}{more}", bold=True))]
