"""What admins are shown: as JSON for scripts, as lines for people. Pure but for the printing."""

from collections.abc import Mapping

from rich.console import Console
from rich.text import Text

from bot.cli.render_json import Json, date_json, source_json, stamp_json
from bot.cli.render_text import show_source
from bot.cli.terminal import harmless, show
from bot.keeping.admin import Difference, DocumentView, Generation, SourceView, TaskPage
from bot.keeping.diff import Hunk, Piece
from bot.store.edits import Edit
from bot.store.tasks import Queue, Task
from bot.wording import asking_words, words
from bot.wording.dates import written
from sources.document import Document, PartialDate

_QUEUES = {
    Queue.UNDATED: ("document", "without a date"),
    Queue.UNREADABLE: ("item", "unreadable, or with a new reading held back"),
    Queue.DUPLICATE: ("text", "in more than one document"),
    Queue.DEAD_LINK: ("link", "leading nowhere"),
    Queue.UNANSWERED: ("question", "without an answer"),
    Queue.FEEDBACK: ("passage", "called useful, or not what was asked"),
}
_SIGNS = {Piece.KEPT: ("", "", ""), Piece.REMOVED: ("[-", "-]", "red"), Piece.ADDED: ("{+", "+}", "green")}


def view_json(view: SourceView) -> Json:
    """One source with its newest documents."""
    record = view.state.record
    return source_json(view.state, list(view.unreadable)) | {
        "connector": record.connector,
        "manifest": record.manifest,
        "added": record.added.isoformat(),
        "synced": record.synced.isoformat() if record.synced else None,
        "newest": [_document_json(document) for document in view.newest],
    }


def _document_json(document: Document) -> Json:
    return {
        "id": document.id,
        "title": document.title,
        "location": document.location,
        "publisher": document.publisher,
        "published": date_json(document.published),
        "added": document.added.isoformat(),
    }


def show_view(target: Console, view: SourceView) -> None:
    """The source, its settings and last walk, and its newest documents."""
    record = view.state.record
    show_source(target, view.state, list(view.unreadable))
    read = f"last read {record.synced:%Y-%m-%d %H:%M} UTC" if record.synced else "never read to its end"
    show(target, f"{'paused, ' if record.paused else ''}{read}, added {record.added:%Y-%m-%d}", indent=3)
    for document in view.newest:
        dated = written(document.published) if document.published else words.UNDATED
        show(target, harmless(f"{document.id}  {document.title or document.location} ({dated})"), indent=3)


def document_json(view: DocumentView) -> Json:
    """A document with what was set by hand."""
    return _document_json(view.stored.document) | {
        "archived_url": view.stored.document.archived_url,
        "version": view.stored.number,
        "speaker": view.speaker,
        "has_turns": view.has_turns,
        "edits": [
            {"fact": edit.fact.value, "value": _value(edit), "by": edit.by, "at": edit.at.isoformat()}
            for edit in view.edits
        ],
    }


def _value(edit: Edit) -> Json | str | None:
    return date_json(edit.value) if isinstance(edit.value, PartialDate) else edit.value


def show_document(target: Console, view: DocumentView) -> None:
    """A document's facts, those set by hand marked as such."""
    document = view.stored.document
    by_hand = {edit.fact.value for edit in view.edits}
    facts = {
        "title": document.title,
        "published": written(document.published) if document.published else None,
        "speaker": "turn by turn" if view.has_turns else view.speaker,
        "publisher": document.publisher,
        "archived_url": document.archived_url,
    }
    show(target, harmless(f"{document.id}  {document.location}, version {view.stored.number}"))
    for fact, value in facts.items():
        mark = "  (set by hand)" if fact in by_hand else ""
        show(target, harmless(f"{fact}: {value or 'not known'}{mark}"), indent=3)


def queues_json(counts: Mapping[Queue, int]) -> Json:
    """How many rows each queue has."""
    return {queue.value: count for queue, count in counts.items()}


def show_queues(target: Console, counts: Mapping[Queue, int]) -> None:
    """A line a queue."""
    for queue, count in counts.items():
        thing, which = _QUEUES[queue]
        show(target, f"{queue.value}: {words.counted(count, thing)} {which}")


def dismissed_json(times: int) -> Json:
    """How often a question had been asked that is out of the queue now."""
    return {"dismissed": times}


def show_dismissed(target: Console, times: int) -> None:
    """The same for people."""
    show(
        target,
        f"The question is out of the queue; it was asked {words.counted(times, 'time')}."
        if times
        else "Nobody asked that.",
    )


def show_feedback_dismissed(target: Console, times: int) -> None:
    """That feedback left its queue."""
    what = words.counted(times, "opinion")
    show(target, f"{what} of its passages left the queue." if times else "Nobody thought anything of its passages.")


def page_json(page: TaskPage) -> Json:
    """Rows of a queue; give `cursor` again for the next ones."""
    return {"tasks": [_task_json(task, page.sources) for task in page.tasks], "cursor": page.cursor}


def _task_json(task: Task, sources: Mapping[str, str]) -> Json:
    return {
        "title": task.title,
        "source": sources.get(task.source_id or ""),
        "location": task.location,
        "document": task.document_id,
        "problem": task.problem,
        "held_back": task.held_back,
        "times": task.times,
        "at": task.at.isoformat() if task.at else None,
        "twins": [
            {"document": twin.document_id, "source": sources.get(twin.source_id), "title": twin.title}
            for twin in task.twins
        ],
        "askers": list(task.askers),
        "passage": task.passage,
        "useful": task.useful,
        "not_asked": task.not_asked,
    }


def show_page(target: Console, page: TaskPage) -> None:
    """Rows of a queue."""
    for task in page.tasks:
        named = "  ".join(part for part in (task.document_id, page.sources.get(task.source_id or "")) if part)
        show(target, harmless(f"{task.title}{f'  [{named}]' if named else ''}"))
        for line in _details(task, page.sources):
            show(target, harmless(line), indent=3)
    if not page.tasks:
        show(target, "Nothing is left to work off here.")
    if page.cursor:
        show(target, f"There is more: add --cursor {page.cursor}.")


def _details(task: Task, sources: Mapping[str, str]) -> list[str]:
    lines = [task.problem] if task.problem else []
    lines += [f"Take it anyway: quotedesk sources take SOURCE {task.location}"] if task.held_back else []
    lines += [asking_words.verdicts(task.useful, task.not_asked)] if task.passage else []
    lines += [f"{task.times:,} times"] if task.times > 1 else []
    lines += [f"also: {twin.title}  [{twin.document_id}  {sources.get(twin.source_id)}]" for twin in task.twins]
    lines += [f"asked by {', '.join(task.askers)}"] if task.askers else []
    return lines


def difference_json(found: Difference) -> Json:
    """The hunks; offsets are code points into each version's text."""
    return {"document": found.document.id, "from": found.old, "to": found.new, "hunks": [*map(_hunk_json, found.hunks)]}


def _hunk_json(hunk: Hunk) -> Json:
    pieces = [{"what": what.value, "text": text} for what, text in hunk.pieces]
    return {"old_start": hunk.old_start, "new_start": hunk.new_start, "pieces": pieces}


def show_difference(target: Console, found: Difference) -> None:
    """The changed paragraphs, with what was taken out [-so-] and what came in {+so+}."""
    title = found.document.title or found.document.location
    show(target, harmless(f"{title}: version {found.old} to version {found.new}"))
    for hunk in found.hunks:
        show(target, "")
        show(target, Text.assemble(*((_signed(what, text), _SIGNS[what][2]) for what, text in hunk.pieces)))
    if not found.hunks:
        show(target, "The texts are the same.")


def _signed(what: Piece, text: str) -> str:
    """The marks hug the words: blanks around them stay outside."""
    before, after, _ = _SIGNS[what]
    bare = text.strip()
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return harmless(f"{lead}{before}{bare}{after}{tail}" if bare else text)


def generations_json(generations: tuple[Generation, ...]) -> list[Json]:
    """The live generation first."""
    return [(stamp_json(one.stamp) or {}) | {"live": one.live, "behind": one.behind} for one in generations]


def show_generations(target: Console, generations: tuple[Generation, ...]) -> None:
    """A line a generation."""
    for one in generations:
        stamp = one.stamp
        role = "live" if one.live else "kept for rollback"
        built = f"{stamp.built_at:%Y-%m-%d %H:%M} UTC"
        held = words.counted(stamp.documents, "document")
        show(target, f"{stamp.generation}  {role}, of {built}, {held}, {one.behind:,} behind")
    if not generations:
        show(target, "There is no index yet: `quotedesk reindex` builds it.")
