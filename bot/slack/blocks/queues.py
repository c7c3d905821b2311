"""The queues to work off: how much waits in each, and the rows of one."""

from collections.abc import Mapping

from bot.keeping.admin import TaskPage
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.admin_buttons import Looked, Row
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import Json, actions, button, divider, line, moment, rich_text, text
from bot.slack.blocks.spoken import spoken
from bot.store.tasks import Queue, Task
from bot.wording import admin_words, asking_words, words
from bot.wording.source import clipped

PAGE = 8
TWINS_TOLD = 3


def queues_message(counts: Mapping[Queue, int]) -> Message:
    """Every queue with its count; those that hold something can be opened."""
    lines = [line(text(f"{admin_words.QUEUE_NAMES[queue]}: {count:,}")) for queue, count in counts.items()]
    row = [
        button(admin_words.QUEUE_NAMES[queue], open_action(queue), str(Looked(queue)))
        for queue in counts
        if counts[queue]
    ]
    said = ". ".join(f"{admin_words.QUEUE_NAMES[queue]}: {count:,}" for queue, count in counts.items())
    blocks = [
        rich_text(line(text(admin_words.QUEUES_TITLE, bold=True)), *lines),
        actions(*row, admin_buttons.all_sources()),
    ]
    return Message(spoken(f"{admin_words.QUEUES_TITLE}. {said}", ()), blocks)


def open_action(queue: Queue) -> str:
    """The buttons stand side by side, so each has an action_id of its own."""
    return f"{admin_buttons.OPEN_QUEUE}_{queue.value}"


def queue_message(page: TaskPage, at: Looked, opening: str = "") -> Message:
    """A page of one queue, each row with what can be done about it. `opening` is said before it."""
    blocks = laid_out(lambda room: _layout(page, at, opening, room))
    title = admin_words.QUEUE_NAMES[at.queue]
    rows = [". ".join(_facts(task, page, 80)) for task in page.tasks] or [admin_words.QUEUE_EMPTY]
    return Message(spoken(" ".join([opening, f"{title}.", *rows]).strip(), ()), blocks)


def _layout(page: TaskPage, at: Looked, opening: str, room: Room) -> list[Json]:
    said = [line(text(clipped(opening, room.name * 3)))] if opening else []
    title = line(text(admin_words.QUEUE_NAMES[at.queue], bold=True))
    blocks = [rich_text(*said, title, *([] if page.tasks else [line(text(admin_words.QUEUE_EMPTY))]))]
    for task in page.tasks[:PAGE]:
        row = _buttons(task, page, at)
        blocks += [_entry(task, page, room), *([actions(*row)] if row else [])]
    further = Looked(at.queue, page.cursor)
    paging = [
        *([button(admin_words.NEXT, admin_buttons.OPEN_QUEUE, str(further))] if page.cursor else []),
        button(admin_words.ALL_QUEUES, admin_buttons.QUEUES, "all"),
    ]
    return [*blocks, divider(), actions(*paging)]


def _entry(task: Task, page: TaskPage, room: Room) -> Json:
    first, *rest = _facts(task, page, room.name)
    at = [text(f" · {admin_words.SINCE[task.queue]} "), moment(task.at)] if task.at else []
    return rich_text(line(text(first, bold=True), *at), *(line(text(fact)) for fact in rest))


def _facts(task: Task, page: TaskPage, room: int) -> list[str]:
    """What the row says, the point first."""
    source = clipped(page.sources.get(task.source_id or "", ""), room)
    where = " · ".join(part for part in (source, clipped(task.location or "", room)) if part)
    twins = "; ".join(_twin(twin.title, page.sources.get(twin.source_id, ""), room) for twin in task.twins[:TWINS_TOLD])
    more = len(task.twins) - TWINS_TOLD
    found = [
        clipped(task.title, room) or words.UNTITLED,
        where,
        clipped(task.problem or "", room * 2),
        asking_words.verdicts(task.useful, task.not_asked),
        admin_words.same_as(twins) + (words.and_more(more) if more > 0 else "") if twins else "",
        admin_words.times(task.queue, task.times) if task.times > 1 else "",
    ]
    return [fact for fact in found if fact]


def _twin(title: str, source: str, room: int) -> str:
    name = clipped(source, room)
    return (clipped(title, room) or words.UNTITLED) + (f" ({name})" if name else "")


def _buttons(task: Task, page: TaskPage, at: Looked) -> list[Json]:
    found: list[Json] = []
    if task.document_id:
        found += admin_buttons.of_row(admin_words.FIX, admin_buttons.FIX, Row(at, task.document_id))
    if task.held_back and task.location and (name := page.sources.get(task.source_id or "")):
        found += admin_buttons.of_row(admin_words.TAKE, admin_buttons.TAKE, Row(at, name, task.location))
    if task.queue is Queue.UNANSWERED:
        found += admin_buttons.of_row(admin_words.DISMISS, admin_buttons.DISMISS, Row(at, task.title))
    if task.passage:
        row = Row(at, task.title, task.passage)
        found += admin_buttons.of_row(admin_words.DISMISS_FEEDBACK, admin_buttons.DISMISS_FEEDBACK, row)
    return found
