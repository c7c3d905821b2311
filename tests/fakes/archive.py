"""An archive in memory. It decides as the real one does, and passes the same contract suite."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import AlreadyThere, BadRequest
from bot.store import recording
from bot.store.documents import History, StoredVersion, VersionRecord
from bot.store.edits import Edit, Fact, edited
from bot.store.readings import Known, Outcome, Reading, SourceCount
from bot.store.rows import facts_of
from bot.store.sources import SourceRecord
from index.entries import Versioned
from index.port import Change
from sources.document import Document
from sources.port import Refused, Trouble
from sources.wire import pack_marks


@dataclass(frozen=True, slots=True)
class _Item:
    fingerprint: str
    extractor: str
    raw_sha256: str | None
    problem: str | None = None
    trouble: Trouble = Trouble.UNREADABLE
    times: int = 0


@dataclass(slots=True)
class _Kept:
    """`document` carries the facts of now; each version its own text and marks."""

    document: Document
    item_location: str
    versions: list[StoredVersion]
    removed: bool = False


class FakeArchive:
    """See `bot.store.archive.Archive`. `raws` are the raw bytes by their hash."""

    def __init__(self) -> None:
        self.raws: dict[str, bytes] = {}
        self._sources: dict[str, SourceRecord] = {}
        self._removed: dict[str, SourceRecord] = {}
        self._edits: defaultdict[str, dict[Fact, Edit]] = defaultdict(dict)
        self._items: defaultdict[str, dict[str, _Item]] = defaultdict(dict)
        self._kept: dict[str, _Kept] = {}
        self._log: list[str] = []
        self._listings: dict[str, str] = {}

    async def add_source(self, source: SourceRecord) -> None:
        self._check_free(source)
        self._sources[source.id] = source

    async def sources(self, workspace_id: str | None = None) -> Sequence[SourceRecord]:
        found = (one for one in self._sources.values() if workspace_id in (None, one.workspace_id))
        return sorted(found, key=lambda source: (source.name, source.id))

    async def update_source(self, source: SourceRecord) -> None:
        before = self._live_source(source)
        self._check_free(source)
        self._sources[source.id] = source
        if before.visible_to != source.visible_to:
            self._log += [kept.document.id for kept in self._live(source.id)]

    async def note_sync(self, source_id: str, at: datetime, problem: str | None) -> None:
        if source := self._sources.get(source_id):
            ended = replace(source, attempted=at, problem=problem, failures=source.failures + 1)
            self._sources[source_id] = ended if problem else replace(ended, synced=at, failures=0)

    async def remove_source(self, source_id: str) -> int:
        source = self._sources.pop(source_id, None)
        if source is None:
            return 0
        self._removed[source_id] = source
        self._listings.pop(source_id, None)
        self._items.pop(source_id, None)
        return self._bury([kept.document.id for kept in self._live(source_id)])

    async def removed_sources(self, workspace_id: str) -> Sequence[SourceRecord]:
        found = (one for one in self._removed.values() if one.workspace_id == workspace_id)
        return sorted(found, key=lambda source: (source.name, source.id))

    async def kept_sources(self, workspace_id: str) -> Sequence[SourceRecord]:
        found = [*await self.sources(workspace_id), *await self.removed_sources(workspace_id)]
        return sorted(found, key=lambda source: (source.name, source.id))

    async def purge_source(self, source_id: str) -> int:
        if self._removed.pop(source_id, None) is None:
            raise BadRequest("A source is removed before it is purged.")
        its = {name: kept for name, kept in self._kept.items() if kept.document.source_id == source_id}
        brought = {version.raw_sha256 for kept in its.values() for version in kept.versions}
        for name, kept in its.items():
            self._kept[name] = _blank(kept)
            self._edits.pop(name, None)
        still = {version.raw_sha256 for kept in self._kept.values() for version in kept.versions}
        for sha256 in brought - still:
            self.raws.pop(sha256, None)
        return len(its)

    async def known(self, source_id: str) -> Mapping[str, Known]:
        return {place: Known(item.fingerprint, item.extractor) for place, item in self._items[source_id].items()}

    async def record(self, source: SourceRecord, readings: Sequence[Reading]) -> Mapping[str, Outcome]:
        recording.check(source, readings)
        self._live_source(source)
        items = self._items[source.id]
        hashes = [reading.raw.sha256 for reading in readings]
        self.raws |= {reading.raw.sha256: reading.raw.content for reading in readings}
        found = recording.find(readings, hashes)
        held = {name: _held(kept) for name, kept in self._kept.items() if kept.document.source_id == source.id}
        last = {place: item.raw_sha256 for place, item in items.items()}
        steps = [recording.decide(one, held.get(one.document.id), last.get(one.reading.location)) for one in found]
        gone = recording.gone(held.values(), found, {reading.location for reading in readings})
        for step in steps:
            self._write(step)
        for reading, sha256 in zip(readings, hashes, strict=True):
            items[reading.location] = _Item(reading.fingerprint, reading.extractor, sha256)
        self._bury(gone)
        return {step.found.document.id: step.outcome for step in steps} | dict.fromkeys(gone, Outcome.REMOVED)

    async def refuse(
        self,
        source: SourceRecord,
        refused: Sequence[Refused],
        fingerprints: Mapping[str, str],
        extractor: str,
        gone: Collection[str] = (),
    ) -> int:
        self._live_source(source)
        items = self._items[source.id]
        for one in refused:
            raw_sha256 = items[one.location].raw_sha256 if one.location in items else None
            last = items.get(one.location)
            again = last is not None and last.problem is not None and last.trouble is one.trouble
            times = last.times + 1 if last is not None and again else 1
            fingerprint = fingerprints.get(one.location, "")
            items[one.location] = _Item(fingerprint, extractor, raw_sha256, one.reason, one.trouble, times)
        return self._bury([k.document.id for k in self._live(source.id) if k.item_location in gone])

    async def forget(self, source_id: str, locations: Sequence[str]) -> int:
        for location in locations:
            self._items[source_id].pop(location, None)
        return self._bury([k.document.id for k in self._live(source_id) if k.item_location in locations])

    async def refused(self, source_id: str) -> Sequence[Refused]:
        items = sorted(self._items[source_id].items())
        return [
            Refused(location, item.problem, trouble=item.trouble, times=item.times)
            for location, item in items
            if item.problem is not None
        ]

    async def counts(self, source_id: str) -> SourceCount:
        live = self._live(source_id)
        undated = sum(self._now(kept.document).published is None for kept in live)
        return SourceCount(len(live), undated, len(await self.refused(source_id)))

    async def version(self, workspace_id: str, document_id: str, number: int | None = None) -> StoredVersion | None:
        kept = self._kept.get(document_id)
        newest = len(kept.versions) if kept else 0
        number = newest if number is None else number
        if kept is None or kept.document.workspace_id != workspace_id or not 1 <= number <= newest:
            return None
        version = kept.versions[number - 1]
        now = replace(kept.document, text=version.document.text, marks=version.document.marks)
        return replace(version, document=self._now(now), current=number == newest, removed=kept.removed)

    async def versions(
        self, workspace_id: str, wanted: Collection[tuple[str, int]]
    ) -> Mapping[tuple[str, int], StoredVersion]:
        found = {key: await self.version(workspace_id, *key) for key in wanted}
        return {key: version for key, version in found.items() if version is not None}

    async def evidence(
        self, workspace_id: str, wanted: Collection[tuple[str, int]]
    ) -> tuple[Sequence[SourceRecord], Mapping[tuple[str, int], StoredVersion]]:
        return await self.sources(workspace_id), await self.versions(workspace_id, wanted)

    async def history(self, workspace_id: str, document_id: str) -> History | None:
        kept = self._kept.get(document_id)
        if kept is None or kept.document.workspace_id != workspace_id:
            return None
        told = [
            VersionRecord(one.number, one.raw_sha256, one.text_sha256, one.extractor, one.observed)
            for one in reversed(kept.versions)
        ]
        return History(kept.document.source_id, kept.removed, tuple(told))

    async def edit(self, document_id: str, edits: Sequence[Edit], taken_back: Collection[Fact] = ()) -> None:
        kept = self._kept.get(document_id)
        if kept is None or kept.removed:
            raise BadRequest("That document is not here any more.")
        for fact in taken_back:
            self._edits[document_id].pop(fact, None)
        self._edits[document_id] |= {edit.fact: edit for edit in edits}
        self._log.append(document_id)

    async def edits(self, workspace_id: str, document_id: str) -> Sequence[Edit]:
        kept = self._kept.get(document_id)
        its = self._edits[document_id] if kept and kept.document.workspace_id == workspace_id else {}
        return [its[fact] for fact in Fact if fact in its]

    async def documents(self, source_id: str) -> Sequence[Document]:
        live = sorted((kept.document for kept in self._live(source_id)), key=lambda document: document.location)
        return [self._now(replace(document, text="", marks=())) for document in live]

    async def same_text(self, workspace_id: str, text_sha256s: Collection[str]) -> Sequence[Document]:
        live = [kept for kept in self._kept.values() if not kept.removed and kept.document.workspace_id == workspace_id]
        found = [kept.document for kept in live if kept.versions[-1].text_sha256 in text_sha256s]
        found.sort(key=lambda document: (document.added, document.id))
        return [self._now(replace(document, text="", marks=())) for document in found]

    async def newest(self, workspace_id: str, source_ids: Collection[str], limit: int) -> Sequence[Document]:
        live = [kept for kept in self._kept.values() if not kept.removed and kept.document.workspace_id == workspace_id]
        found = sorted((kept.document for kept in live if kept.document.source_id in source_ids), key=lambda d: d.id)
        found.sort(key=lambda document: document.added, reverse=True)
        return [self._now(replace(document, text="", marks=())) for document in found[:limit]]

    async def listing(self, source_id: str) -> str | None:
        return self._listings.get(source_id)

    async def keep_listing(self, source_id: str, cursor: str | None) -> None:
        self._listings.pop(source_id, None)
        if cursor is not None and source_id in self._sources:
            self._listings[source_id] = cursor

    async def head(self) -> int:
        return len(self._log)

    async def since(self, sequence: int, limit: int) -> Sequence[Change]:
        return [Change(n, name) for n, name in enumerate(self._log, 1) if n > sequence][:limit]

    async def current(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        live = [kept for name in document_ids if (kept := self._kept.get(name)) and not kept.removed]
        return [Versioned(self._now(kept.document), len(kept.versions)) for kept in live]

    async def superseded(self, document_ids: Sequence[str]) -> Sequence[Versioned]:
        live = [kept for name in document_ids if (kept := self._kept.get(name)) and not kept.removed]
        return [
            Versioned(self._now(replace(kept.document, text=old.document.text, marks=old.document.marks)), old.number)
            for kept in live
            for old in reversed(kept.versions[:-1])
            if old.document.text and old.text_sha256 != kept.versions[-1].text_sha256
        ]

    async def live_ids(self) -> Sequence[str]:
        return sorted(name for name, kept in self._kept.items() if not kept.removed)

    async def close(self) -> None:
        """Nothing is held open."""

    def _now(self, document: Document) -> Document:
        return edited(document, self._edits[document.id].values())

    def _write(self, step: recording.Step) -> None:
        found, name = step.found, step.found.document.id
        versions = self._kept[name].versions if step.known else []
        document = replace(found.document, added=versions[0].document.added) if versions else found.document
        version = StoredVersion(
            document=document,
            number=step.number,
            raw_sha256=found.raw_sha256,
            text_sha256=found.text_sha256,
            extractor=found.reading.extractor,
            observed=found.reading.raw.fetched_at,
            current=True,
            removed=False,
        )
        if step.new_version:
            versions.append(version)
        elif step.new_marks:
            versions[-1] = replace(version, observed=versions[-1].observed)
        self._kept[name] = _Kept(document, found.reading.location, versions)
        self._log += [name] if step.outcome is not Outcome.UNCHANGED else []

    def _live(self, source_id: str) -> Sequence[_Kept]:
        return [kept for kept in self._kept.values() if kept.document.source_id == source_id and not kept.removed]

    def _bury(self, document_ids: Sequence[str]) -> int:
        for name in document_ids:
            self._kept[name].removed = True
        self._log += document_ids
        return len(document_ids)

    def _live_source(self, source: SourceRecord) -> SourceRecord:
        found = self._sources.get(source.id)
        if found is None or found.workspace_id != source.workspace_id:
            raise BadRequest(f"There is no source {source.name!r} any more.")
        return found

    def _check_free(self, source: SourceRecord) -> None:
        others = [
            one for one in self._sources.values() if one.id != source.id and one.workspace_id == source.workspace_id
        ]
        if any(one.name == source.name or one.place == source.place for one in others):
            raise AlreadyThere("There is a source of that name or place already.")


def _held(kept: _Kept) -> recording.Held:
    version = kept.versions[-1]
    return recording.Held(
        document_id=kept.document.id,
        number=version.number,
        text_sha256=version.text_sha256,
        marks=pack_marks(version.document.marks),
        facts=facts_of(kept.document, kept.item_location),
        removed=kept.removed,
    )


def _blank(kept: _Kept) -> _Kept:
    old = kept.document
    bare = Document(old.id, old.workspace_id, old.source_id, "", "", old.added)
    versions = [replace(one, document=bare, raw_sha256="", text_sha256="") for one in kept.versions]
    return _Kept(bare, "", versions, removed=True)
