"""What admins look through and correct: one source, the queues, a document's facts and versions, the generations.

What brings words in or takes them out stands in `holdings`: add, refresh, pause, resume, take, remove, purge, reindex,
rollback.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.asking.cards import SourceState
from bot.errors import BadRequest
from bot.keeping.corrections import changed_facts, parsed, speaker_by_hand, speaker_of
from bot.keeping.diff import Hunk, diff
from bot.lock import WriterLock
from bot.roles import Person, may_read, require_admin
from bot.source_names import source_named
from bot.store.archive import Archive
from bot.store.asking import Feedback
from bot.store.audit import Audit, AuditEntry
from bot.store.documents import StoredVersion
from bot.store.edits import Edit, Fact, has_turns
from bot.store.sources import SourceRecord
from bot.store.tasks import Queue, Task, Tasks, Unanswered
from index import sync
from index.hit import Stamp
from index.port import Engine
from sources.document import Document
from sources.port import Refused

NEWEST = 10
"""So many documents are shown of a source."""


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source: its record (settings, last sync, problem) and counts, its newest documents (without their texts),
    and what of it can't be read, and why."""

    state: SourceState
    newest: tuple[Document, ...]
    unreadable: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as it stands, edits laid over, and the edits; `speaker` is the one person whose words all of it is.

    `has_turns`: the record names its speakers turn by turn, so none can be set by hand.
    """

    stored: StoredVersion
    edits: tuple[Edit, ...]
    speaker: str | None
    has_turns: bool


@dataclass(frozen=True, slots=True)
class TaskPage:
    """Rows of a queue; `cursor` asks for the next ones, None at the end. `sources` are the rows' sources' names by
    id."""

    tasks: tuple[Task, ...]
    cursor: str | None
    sources: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed of a document from version `old` to version `new`."""

    document: Document
    old: int
    new: int
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True, slots=True)
class Generation:
    """An index generation; `behind` is the number of changes that came after it. A rollback goes to the one not
    live."""

    stamp: Stamp
    live: bool
    behind: int


class Admin:
    """For admins alone, and of the sources that they may read. Every method raises NotAllowed and StoreUnavailable;
    BadRequest, with a sentence, for what is not there."""

    def __init__(
        self,
        archive: Archive,
        engine: Engine,
        audit: Audit,
        tasks: Tasks,
        unanswered: Unanswered,
        feedback: Feedback,
        clock: Callable[[], datetime],
        *,
        lock: WriterLock,
    ) -> None:
        self._archive = archive
        self._engine = engine
        self._audit = audit
        self._tasks = tasks
        self._unanswered = unanswered
        self._feedback = feedback
        self._clock = clock
        self._lock = lock

    async def show(self, person: Person, name: str) -> SourceView:
        """The source of that name."""
        record = source_named(name, list((await self._readable(person)).values()))
        counts = await self._archive.counts(record.id)
        documents = await self._archive.documents(record.id)
        return SourceView(
            SourceState(record, counts.documents, counts.undated, counts.unreadable),
            tuple(sorted(documents, key=lambda document: document.added, reverse=True)[:NEWEST]),
            tuple(await self._archive.refused(record.id)),
        )

    async def queues(self, person: Person) -> Mapping[Queue, int]:
        """How many rows each queue has, in the order of `Queue`."""
        readable = await self._readable(person)
        counts = await self._tasks.counts(person.workspace_id, readable)
        return {queue: counts[queue] for queue in Queue}

    async def queue(self, person: Person, queue: Queue, *, limit: int = 20, cursor: str | None = None) -> TaskPage:
        """One page of a queue. Raises BadRequest for a cursor that is none."""
        readable = await self._readable(person)
        if cursor is not None and not (cursor.isascii() and cursor.isdigit() and len(cursor) < _LONGEST_CURSOR):
            raise BadRequest("That page of the queue is not there; begin with its first one.")
        first = int(cursor or 0)
        found = await self._tasks.rows(person.workspace_id, readable, queue, limit + 1, first)
        further = str(first + limit) if len(found) > limit else None
        return TaskPage(tuple(found[:limit]), further, {record.id: record.name for record in readable.values()})

    async def dismiss(self, person: Person, question: str) -> int:
        """Take a question out of the unanswered ones. Returns how often it was asked."""
        require_admin(person)
        asked = await self._unanswered.dismiss(person.workspace_id, question)
        await self._note(person, "dismiss question", question, f"asked {asked} times")
        return asked

    async def dismiss_feedback(self, person: Person, question: str, passage: str | None = None) -> int:
        """Take what people thought of a question's passages, or of this one, out of the queue, as far as this person
        may read them. Returns how many opinions there were."""
        readable = await self._readable(person)
        return await self._feedback.dismiss(person.workspace_id, readable, question, passage)

    async def document(self, person: Person, document_id: str) -> DocumentView:
        """A document with its edits: what a form to correct it begins with."""
        return await self._view(await self._stored(person, document_id))

    async def edit(self, person: Person, document_id: str, values: Mapping[Fact, str | None]) -> DocumentView:
        """Set facts by hand: kept over refreshes, searchable when this returns, in the audit trail.

        A date may be written in any form that says one date (`Dec. 5, 2019`, `2019-12`). None takes the edit back; a
        value that stands there already is no edit. All are taken or none: raises BadRequest for a date that is not
        one, an empty value, a speaker of a document with turns.
        """
        stored = await self._stored(person, document_id)
        held = await self._archive.edits(person.workspace_id, document_id)
        new = changed_facts(stored.document, held, parsed(values))
        taken_back = [edit.fact for edit in held if edit.fact in values and values[edit.fact] is None]
        if new or taken_back:
            edits = [Edit(document_id, fact, value, person.user_id, self._clock()) for fact, value in new.items()]
            await self._archive.edit(document_id, edits, taken_back)
            await self._note(person, "edit document", document_id, _told([*new], taken_back))
            async with self._lock.hold("correcting a document"):
                await sync.drain(self._archive, self._engine)
        return await self.document(person, document_id)

    async def diff(
        self, person: Person, document_id: str, old: int | None = None, new: int | None = None
    ) -> Difference:
        """What changed between two versions; by default the newest (`new`) and the one before it (`old`)."""
        after = await self._stored(person, document_id, new)
        if old is None and after.number == 1:
            raise BadRequest("The document has one version only, so there is nothing to compare it with.")
        before = await self._stored(person, document_id, after.number - 1 if old is None else old)
        hunks = await asyncio.to_thread(diff, before.document.text, after.document.text)
        return Difference(after.document, before.number, after.number, hunks)

    async def generations(self, person: Person) -> tuple[Generation, ...]:
        """The index's generations, the live one first, then the one that `Holdings.rollback` goes back to.

        Raises IndexUnavailable too.
        """
        require_admin(person)
        status, head = await self._engine.status(), await self._archive.head()
        return tuple(
            Generation(stamp, stamp is status.live, head - stamp.sequence)
            for stamp in (status.live, status.previous)
            if stamp is not None
        )

    async def _readable(self, person: Person) -> dict[str, SourceRecord]:
        require_admin(person)
        records = await self._archive.sources(person.workspace_id)
        return {record.id: record for record in records if may_read(person, record)}

    async def _stored(self, person: Person, document_id: str, number: int | None = None) -> StoredVersion:
        """A version of a live document of a source that this person may read."""
        readable = await self._readable(person)
        stored = await self._archive.version(person.workspace_id, document_id, number)
        if stored is None and number is not None and await self._archive.version(person.workspace_id, document_id):
            raise BadRequest(f"The document has no version {number}.")
        if stored is None or stored.removed or stored.document.source_id not in readable:
            raise BadRequest(f"There is no document “{document_id}” here, or you may not read it.")
        return stored

    async def _view(self, stored: StoredVersion) -> DocumentView:
        document = stored.document
        edits = await self._archive.edits(document.workspace_id, document.id)
        by_hand = speaker_by_hand(edits)
        turns = has_turns(document, by_hand)
        return DocumentView(stored, tuple(edits), None if turns else by_hand or speaker_of(document), turns)

    async def _note(self, person: Person, action: str, subject: str, detail: str) -> None:
        await self._audit.write(AuditEntry(person.workspace_id, self._clock(), person.user_id, action, subject, detail))


_LONGEST_CURSOR = 9  # digits


def _told(new: list[Fact], taken_back: list[Fact]) -> str:
    """Which facts, for the audit trail; what they were set to stands with the edits."""
    parts = [f"{what} {', '.join(facts)}" for what, facts in (("set", new), ("took back", taken_back)) if facts]
    return "; ".join(parts)
