"""Long work: how far it is, and what came of it."""

from collections.abc import Sequence
from itertools import groupby

from bot.keeping.walks import Refreshed
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.message import Message
from bot.slack.blocks.notice import notice_message
from bot.slack.blocks.rich import Json, actions, line, rich_text, text
from bot.slack.blocks.spoken import spoken
from bot.wording import admin_words, words
from bot.wording.source import clipped
from sources.port import Refused

SOURCES_TOLD = 10
UNREADABLE_TOLD = 5


def progress_message(doing: str, done: int, total: int) -> Message:
    """One line that changes in place."""
    return notice_message(admin_words.progress(doing, done, total))


def refreshed_message(refreshed: Sequence[Refreshed], closing: str = "") -> Message:
    """What walking sources brought, and the first items that can't be read; `closing` is said at the end."""
    said = [_sentence(one, 200) for one in refreshed[:SOURCES_TOLD]] or [admin_words.NOTHING_TO_READ]
    blocks = laid_out(lambda room: _layout(refreshed, closing, room))
    return Message(spoken(" ".join([*said, closing]), ()), blocks)


def _layout(refreshed: Sequence[Refreshed], closing: str, room: Room) -> list[Json]:
    lines: list[Json] = []
    for one in refreshed[:SOURCES_TOLD]:
        lines += [line(text(_sentence(one, room.name), bold=True)), *unreadable_lines(_unreadable(one), room)]
        lines += _remark_lines(one, room)
    if len(refreshed) > SOURCES_TOLD:
        lines.append(line(text(words.and_more(len(refreshed) - SOURCES_TOLD).strip())))
    lines += [line(text(sentence)) for sentence in (closing,) if sentence]
    found = rich_text(*(lines or [line(text(admin_words.NOTHING_TO_READ))]))
    show = _show(refreshed)
    return [found, actions(*show)] if show else [found]


def unreadable_lines(refused: Sequence[Refused], room: Room) -> list[Json]:
    """How many items can't be read, and the first of them; several below each other with one reason share it."""
    return _told(admin_words.unreadable(len(refused)), [(one.location, one.reason) for one in refused], room)


def _remark_lines(one: Refreshed, room: Room) -> list[Json]:
    remarks = one.summary.remarks if one.summary else ()
    return _told(admin_words.remarked(len(remarks)), [(one.location, one.sentence) for one in remarks], room)


def _told(heading: str, sentences: Sequence[tuple[str, str]], room: Room) -> list[Json]:
    if not sentences:
        return []
    alike = groupby(sentences[:UNREADABLE_TOLD], key=lambda one: one[1])
    named = [
        told for reason, those in alike for told in _with_reason(list(those), clipped(reason, room.name * 2), room)
    ]
    more = len(sentences) - UNREADABLE_TOLD
    rest = [line(text(words.and_more(more).strip()))] if more > 0 else []
    return [line(text(heading)), *named, *rest]


def _with_reason(sentences: Sequence[tuple[str, str]], reason: str, room: Room) -> list[Json]:
    named = [clipped(location, room.name) or words.UNTITLED for location, _ in sentences]
    if len(named) == 1 or not reason:
        return [line(text(f"{name}: {reason}")) for name in named]
    return [line(text(reason)), *(line(text(f"• {name}")) for name in named)]


def _sentence(one: Refreshed, room: int) -> str:
    name, summary = clipped(one.record.name, room), one.summary
    if summary is None:
        return f"{name}: {admin_words.kept_unread(clipped(one.problem or '', room * 3))}"
    return f"{name}: {admin_words.brought(summary.documents, summary.new, summary.changed, summary.removed)}"


def _unreadable(one: Refreshed) -> Sequence[Refused]:
    return one.summary.unreadable if one.summary else ()


def _show(refreshed: Sequence[Refreshed]) -> list[Json]:
    """Where all of it is to be seen."""
    if len(refreshed) == 1:
        return admin_buttons.of_source(admin_words.SHOW, admin_buttons.SHOW, refreshed[0].record.name)
    return [admin_buttons.all_sources()]
