"""The desk page, for admins: what needs doing first, the sources, the queues, the index, and how it all goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from aiohttp import web

from bot import metrics
from bot.asking import links
from bot.asking.cards import PassageRef
from bot.errors import BadRequest
from bot.keeping.overview import Overview
from bot.keeping.schedule import due_at
from bot.roles import require_admin
from bot.store.tasks import Queue, Task
from bot.web import plots
from bot.web.plots import Figure
from bot.web.visit import Route, Visit
from bot.wording import admin_words, asking_words, desk_page, schedule_words, words

PATH = "/desk"
ROWS = 3
A_PAGE = 25


@dataclass(frozen=True, slots=True)
class Todo:
    """Something that waits for an admin: how bad it is (a tone of the stylesheet), and where on the page it stands."""

    told: str
    address: str
    tone: str = ""


async def desk(visit: Visit) -> web.Response:
    """All of it, of the sources that this admin may read."""
    found = await visit.app.overviews.overview(visit.person, rows=ROWS)
    grown = plots.grown(found.growth, found.at.date())
    took = plots.told(metrics.times(metrics.ANSWER_SECONDS))
    return visit.page(
        "desk.html",
        say=desk_page,
        admin=admin_words,
        schedule=schedule_words,
        found=found,
        todo=first_things(found),
        queues_told=[(each, found.counts[each]) for each, _ in _URGENT],
        done=desk_page.DONE_NOW.get(visit.query.get("done", ""), "").format(visit.query.get("name", "")),
        due=due_at,
        facts=facts,
        read=reader,
        grown=grown,
        growth_bars=plots.bars(grown),
        took=took,
        took_bars=plots.bars(took),
        middle=middle(took),
        names={state.record.id: state.record.name for state in found.status.sources},
    )


async def queue(visit: Visit) -> web.Response:
    """One queue, a page at a time."""
    which, cursor = _queue(visit.part("queue")), visit.query.get("cursor")
    page = await visit.app.admin.queue(visit.person, which, limit=A_PAGE, cursor=cursor)
    there = f"{PATH}/queue/{which}"
    return visit.page(
        "queue.html",
        say=desk_page,
        admin=admin_words,
        queue=which,
        page=page,
        facts=facts,
        read=reader,
        first=there if cursor else None,
        later=f"{there}?{urlencode({'cursor': page.cursor})}" if page.cursor else None,
    )


async def refresh(visit: Visit) -> web.Response:
    """Begin to read a source; how far it is stands on the page."""
    name = visit.form.get("name", "")
    record = (await visit.app.admin.show(visit.person, name)).state.record
    if record.paused:
        raise BadRequest(desk_page.PAUSED_FIRST.format(name))

    async def read() -> None:
        try:
            await visit.app.holdings.refresh(visit.person, name)
        except Exception as error:  # the outermost place of a task: it is kept as the source's problem
            await visit.app.scheduler.failed(record, error)

    if not visit.later(read):
        raise BadRequest(desk_page.BUSY)
    return _done(visit, "begun", name)


async def _pause(visit: Visit, *, paused: bool) -> web.Response:
    name, holdings = visit.form.get("name", ""), visit.app.holdings
    await (holdings.pause if paused else holdings.resume)(visit.person, name)
    return _done(visit, "paused" if paused else "resumed", name)


async def dismiss(visit: Visit) -> web.Response:
    """Take a question, or what was thought of a passage for it, out of its queue."""
    require_admin(visit.person)
    question, passage = visit.form.get("question", ""), visit.form.get("passage")
    if passage:
        await visit.app.admin.dismiss_feedback(visit.person, question, passage)
    else:
        await visit.app.admin.dismiss(visit.person, question)
    return _done(visit, "dismissed")


def _done(visit: Visit, what: str, name: str = "") -> web.Response:
    return visit.see_other(f"{PATH}?{urlencode({'done': what, 'name': name} if name else {'done': what})}")


def first_things(found: Overview) -> list[Todo]:
    """The index first, then sources that can't be read, then the queues in the order of their loss to those who ask."""
    index = found.status.index
    live = index.engine.live if index else None
    stand = [
        *([Todo(words.NO_INDEX, "#generations", "bad")] if live is None else []),
        *([Todo(words.INDEX_OUTDATED, "#generations", "bad")] if index and index.engine.outdated else []),
        *([Todo(desk_page.behind(index.behind), "#generations", "warn")] if live and index and index.behind else []),
    ]
    sources = [
        Todo(desk_page.troubled(state.record.name, state.record.problem), "#sources", "bad")
        for state in found.status.sources
        if state.record.problem
    ]
    waiting = [
        Todo(desk_page.waiting(each, found.counts[each]), f"#{each}", tone)
        for each, tone in _URGENT
        if found.counts[each]
    ]
    return [*stand, *sources, *waiting]


_URGENT: Sequence[tuple[Queue, str]] = (
    (Queue.UNREADABLE, "warn"),
    (Queue.DEAD_LINK, "warn"),
    (Queue.UNANSWERED, "warn"),
    (Queue.FEEDBACK, ""),
    (Queue.UNDATED, ""),
    (Queue.DUPLICATE, ""),
)


def facts(task: Task, sources: Mapping[str, str]) -> str:
    """What a row of a queue says beside its title."""
    twins = "; ".join(twin.title for twin in task.twins[:ROWS])
    more = words.and_more(len(task.twins) - ROWS) if len(task.twins) > ROWS else ""
    told = (
        sources.get(task.source_id or "", ""),
        task.problem or "",
        asking_words.verdicts(task.useful, task.not_asked),
        admin_words.same_as(twins) + more if twins else "",
        admin_words.times(task.queue, task.times) if task.times > 1 else "",
    )
    return " · ".join(part for part in told if part)


def reader(task: Task) -> str | None:
    """Where what a row is about can be read; None where there is nothing to read."""
    if task.passage:
        return links.permalink("", PassageRef.parse(task.passage))
    return links.document_path(task.document_id) if task.document_id else None


def middle(took: Sequence[Figure]) -> str:
    """The bound up to which half of them took.

    >>> middle([Figure("up to 50 ms", 1), Figure("up to 1 s", 3)])
    'up to 1 s'
    """
    total, upto = sum(figure.number for figure in took), 0
    for figure in took:
        upto += figure.number
        if upto and 2 * upto >= total:
            return figure.label
    return ""


def _queue(name: str) -> Queue:
    """Raises BadRequest."""
    try:
        return Queue(name)
    except ValueError as error:
        raise BadRequest(desk_page.NO_QUEUE) from error


ROUTES = (
    Route("GET", PATH, desk),
    Route("GET", f"{PATH}/queue/{{queue}}", queue),
    Route("POST", f"{PATH}/refresh", refresh),
    Route("POST", f"{PATH}/pause", partial(_pause, paused=True)),
    Route("POST", f"{PATH}/resume", partial(_pause, paused=False)),
    Route("POST", f"{PATH}/dismiss", dismiss),
)
