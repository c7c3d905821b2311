"""The sources as an admin sees them: all, a page at a time, and one of them."""

from collections.abc import Sequence

from bot.asking.cards import SourceState
from bot.keeping.admin import SourceView
from bot.keeping.schedule import due_at
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.message import Message
from bot.slack.blocks.progress import unreadable_lines
from bot.slack.blocks.rich import Json, actions, button, divider, line, moment, rich_text, text
from bot.slack.blocks.spoken import spoken
from bot.store.sources import SourceRecord
from bot.wording import admin_words, schedule_words, words
from bot.wording.dates import written
from bot.wording.source import clipped
from sources.document import Document

PAGE = 8
NEWEST = 5
LIMITED_TO = 20


def sources_message(states: Sequence[SourceState], page: int = 0, opening: str = "") -> Message:
    """A page of the list, counted from 0; past the end it is the last one. `opening` is said before it."""
    last = max(0, (len(states) - 1) // PAGE)
    page = min(max(page, 0), last)
    shown = states[page * PAGE : page * PAGE + PAGE]
    heading = _heading(len(states), page, len(shown))
    said = " ".join([opening, heading, *(f"{one.record.name}: {facts(one, 60)}." for one in shown)])
    blocks = laid_out(lambda room: _list(shown, heading, opening, page, last, room))
    return Message(spoken(said.strip(), ()), blocks)


def _heading(total: int, page: int, shown: int) -> str:
    if not total:
        return admin_words.NO_SOURCES
    counted = admin_words.sources_total(total)
    where = admin_words.page_of(page * PAGE + 1, page * PAGE + shown, total)
    return counted if shown == total else f"{counted} · {where}"


def _list(shown: Sequence[SourceState], heading: str, opening: str, page: int, last: int, room: Room) -> list[Json]:
    said = [line(text(clipped(opening, room.name * 3)))] if opening else []
    blocks = [rich_text(*said, line(text(heading, bold=True)))]
    for state in shown:
        name = state.record.name
        row = [
            *admin_buttons.of_source(admin_words.SHOW, admin_buttons.SHOW, name),
            *admin_buttons.of_source(admin_words.REFRESH, admin_buttons.REFRESH, name),
        ]
        blocks += [_entry(state, room), *([actions(*row)] if row else [])]
    paging = [
        *([button(admin_words.PREVIOUS, admin_buttons.PREVIOUS, str(page - 1))] if page else []),
        *([button(admin_words.NEXT, admin_buttons.NEXT, str(page + 1))] if page < last else []),
        *([button(admin_words.REFRESH_ALL, admin_buttons.REFRESH_ALL, "all")] if shown else []),
        *([admin_buttons.queues()] if shown else []),
        button(admin_words.ADD, admin_buttons.ADD, "new"),
    ]
    return [*blocks, divider(), actions(*paging)]


def _entry(state: SourceState, room: Room) -> Json:
    name = clipped(state.record.name, room.name) or words.UNTITLED
    return rich_text(
        line(text(name, bold=True), text(f" · {facts(state, room.name)} · "), *_synced(state)),
    )


def facts(state: SourceState, room: int) -> str:
    """What a source holds and how it stands, on one line."""
    record = state.record
    found = [
        words.counted(state.documents, "document"),
        *([f"{state.undated:,} undated"] if state.undated else []),
        *([f"{state.unreadable:,} unreadable"] if state.unreadable else []),
        *([words.PAUSED] if record.paused else []),
        *([clipped(record.problem, room)] if record.problem else []),
    ]
    return ", ".join(found)


def _synced(state: SourceState) -> list[Json]:
    synced = state.record.synced
    return [text("read "), moment(synced)] if synced else [text(admin_words.NEVER_SYNCED)]


def source_message(view: SourceView, opening: str = "") -> Message:
    """One source: where it lies, who may read it, what it holds, what of it can't be read, and what can be done."""
    blocks = laid_out(lambda room: _one(view, opening, room))
    record = view.state.record
    often = schedule_words.interval(record.every, paused=record.paused)
    said = f"{opening} {record.name}: {facts(view.state, 200)}, {often}. {record.place}"
    return Message(spoken(said.strip(), ()), blocks)


def _one(view: SourceView, opening: str, room: Room) -> list[Json]:
    record = view.state.record
    said = [line(text(clipped(opening, room.name * 3)))] if opening else []
    what = rich_text(
        *said,
        line(
            text(clipped(record.name, room.name) or words.UNTITLED, bold=True),
            text(f" · {facts(view.state, room.name)}"),
        ),
        line(text(f"{record.connector}: {clipped(record.place, room.name * 2)}")),
        line(text("added "), moment(record.added), text(" · "), *_synced(view.state)),
        line(*_schedule(record)),
        line(*_readers(record.visible_to)),
        *unreadable_lines(view.unreadable, room),
        *_newest(view.newest, room),
    )
    paused = (admin_words.RESUME, admin_buttons.RESUME) if record.paused else (admin_words.PAUSE, admin_buttons.PAUSE)
    row = [
        *admin_buttons.of_source(admin_words.REFRESH, admin_buttons.REFRESH, record.name),
        *admin_buttons.of_source(*paused, record.name),
        *admin_buttons.of_source(schedule_words.CHANGE, admin_buttons.SCHEDULE, record.name),
        *admin_buttons.remove(record.name),
        admin_buttons.all_sources(),
    ]
    return [what, actions(*row)]


def _schedule(record: SourceRecord) -> list[Json]:
    """How often it is read by itself, and when next."""
    due = due_at(record)
    often = text(schedule_words.interval(record.every, paused=record.paused))
    return [often, text(f", {schedule_words.NEXT} "), moment(due)] if due else [often]


def _readers(visible_to: frozenset[str]) -> list[Json]:
    """Who may read it, by the names that Slack fills in."""
    if not visible_to:
        return [text(admin_words.readable_by(admin_words.EVERYONE))]
    named: list[Json] = []
    for one in sorted(visible_to)[:LIMITED_TO]:
        named += [text(", ")] * bool(named) + [_reader(one)]
    more = len(visible_to) - LIMITED_TO
    return [text(admin_words.readable_by("")), *named, *([text(words.and_more(more))] if more > 0 else [])]


def _reader(slack_id: str) -> Json:
    kind, key = _KINDS.get(slack_id[:1], ("text", "text"))
    return {"type": kind, key: slack_id}


_KINDS = {
    "U": ("user", "user_id"),
    "W": ("user", "user_id"),
    "C": ("channel", "channel_id"),
    "G": ("channel", "channel_id"),
    "S": ("usergroup", "usergroup_id"),
}


def _newest(documents: Sequence[Document], room: Room) -> list[Json]:
    if not documents:
        return []
    named = [line(text(f"• {_titled(document, room.name)}")) for document in documents[:NEWEST]]
    return [line(text(admin_words.NEWEST)), *named]


def _titled(document: Document, room: int) -> str:
    title = clipped(document.title or document.location, room) or words.UNTITLED
    return f"{title} · {written(document.published) if document.published else words.UNDATED}"


def remove_message(name: str, documents: int) -> Message:
    """Asks before a typed removal: a command can't open a dialog of its own."""
    question = admin_words.ask_remove(clipped(name, 200), documents)
    row = admin_buttons.remove(name)
    return Message(spoken(question, ()), [rich_text(line(text(question))), *([actions(*row)] if row else [])])
