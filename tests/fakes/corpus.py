"""Small documents for tests, and a change log in memory."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from index.entries import Versioned, entry
from index.port import Access, Batch, Change
from sources.document import Document, Mark, PartialDate, Speaker, document_id

ADDED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def made(
    location: str,
    text: str,
    *,
    workspace: str = "w",
    source: str = "s",
    published: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    kind: str | None = None,
    marks: Iterable[Mark] = (),
) -> Document:
    """A document with a lasting id."""
    return Document(
        id=document_id(workspace, source, location),
        workspace_id=workspace,
        source_id=source,
        location=location,
        text=text,
        added=ADDED,
        title=title,
        publisher=publisher,
        kind=kind,
        published=PartialDate.parse(published) if published else None,
        marks=tuple(marks),
    )


def spoken(location: str, turns: Sequence[tuple[str, str]], published: str | None = None) -> Document:
    """A transcript: each turn is a label and its words, in a paragraph of its own."""
    text, marks = "", list[Mark]()
    for label, words in turns:
        start = len(text)
        text += f"{label}: {words}"
        marks.append(Mark(start, len(text), Speaker(label)))
        text += "\n\n"
    return made(location, text, published=published, marks=marks)


def reader(*sources: str, workspace: str = "w") -> Access:
    """Access to these sources; to `s` when none is named."""
    return Access(workspace, frozenset(sources or ("s",)))


def batch(documents: Iterable[Document], removed: Sequence[str] = (), sequence: int = 1, version: int = 1) -> Batch:
    """The documents as the index takes them."""
    return Batch([entry(document, version) for document in documents], removed, sequence)


async def batches(*given: Batch) -> AsyncIterator[Batch]:
    """What `Engine.rebuild` and `rollback` read."""
    for each in given:
        yield each


@dataclass
class FakeChanges:
    """A change log in memory."""

    documents: dict[str, Versioned] = field(default_factory=dict[str, Versioned])
    log: list[Change] = field(default_factory=list[Change])
    older: dict[str, list[Versioned]] = field(default_factory=dict[str, list[Versioned]])

    def put(self, document: Document) -> None:
        """Add or change a document."""
        before = self.documents.get(document.id)
        if before:
            self.older.setdefault(document.id, []).insert(0, before)
        self.documents[document.id] = Versioned(document, before.version + 1 if before else 1)
        self._note(document.id)

    def remove(self, document: Document) -> None:
        """Take a document away."""
        del self.documents[document.id]
        self._note(document.id)

    def _note(self, document_id: str) -> None:
        self.log.append(Change(len(self.log) + 1, document_id))

    async def head(self) -> int:
        return len(self.log)

    async def since(self, sequence: int, limit: int) -> Sequence[Change]:
        return self.log[sequence : sequence + limit]

    async def current(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        return [replace(self.documents[each]) for each in document_ids if each in self.documents]

    async def superseded(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        kept = [old for each in document_ids if each in self.documents for old in self.older.get(each, [])]
        return [old for old in kept if old.document.text != self.documents[old.document.id].document.text]

    async def live_ids(self) -> Sequence[str]:
        return sorted(self.documents)
