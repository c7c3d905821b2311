"""Writing an index: batches become segments, segments are merged, and a manifest makes them count."""

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

import numpy as np

from index.entries import Entry, Uncut, superseded_entries
from index.hit import Stamp
from index.port import Batch
from index.whoosh_engine.bulk.crew import Crew
from index.whoosh_engine.bulk.merge import Part
from index.whoosh_engine.bulk.runs import Plan, Runs
from index.whoosh_engine.segment import schema
from index.whoosh_engine.segment.arrays import DIRECTORY, Arrays, opened
from index.whoosh_engine.segment.rows import card_key
from index.whoosh_engine.writing.generations import Generations, folder_size
from index.whoosh_engine.writing.manifest import Manifest, SegmentRecord
from index.whoosh_engine.writing.tiers import to_merge
from sources.people import People

HERE = Plan(workers=0, letters=40_000_000)
"""Everything in this process."""


class Writer:
    """Adds batches to one generation. Each call leaves the generation whole, before and after. Close it."""

    def __init__(
        self, generations: Generations, name: str, people: People, manifest: Manifest | None = None, plan: Plan = HERE
    ) -> None:
        self._generations = generations
        self._folder = generations.folder(name)
        self._crew = Crew(plan.workers, people)
        # Older versions are few; they must not mix with what the workers count.
        self._runs = {
            False: Runs(self._folder, people, generations.disk, self._crew, plan.letters),
            True: Runs(self._folder, people, generations.disk, Crew(0), plan.letters),
        }
        self._made = 0
        self.name = name
        self.manifest = manifest or Manifest(Stamp(name, 0, schema.stamp(people), datetime.now(UTC), 0, 0))
        self._committed = manifest

    def apply(self, batch: Batch) -> None:
        """Put the batch's documents in the place of what was there of them, and write the manifest."""
        gone = frozenset((*batch.removed, *map(_document_of, batch.replaced)))
        segments = tuple(self._without(each, gone) for each in self.manifest.segments)
        self.manifest = replace(self.manifest, segments=segments)
        self.add(batch.replaced)
        self._flush()
        for superseded in (False, True):
            chosen = to_merge([each for each in self.manifest.segments if each.superseded is superseded])
            if chosen:
                self._merge(chosen)
        self.commit(batch.sequence)

    def add(self, documents: Iterable[Entry | Uncut]) -> None:
        """Add documents that the generation does not hold yet. They count from `commit` on."""
        for each in documents:
            if isinstance(each, Entry):
                self._runs[each.superseded].add(each)
                continue
            self._runs[False].add(each.present)
            for older in superseded_entries(each.present.document, each.older):
                self._runs[True].add(older)

    def commit(self, sequence: int) -> Stamp:
        """Write what was added and make it count."""
        self._flush()
        self.manifest = self.manifest.reaching(sequence)
        self._generations.write(self.name, self.manifest)
        self._committed = self.manifest
        return self.manifest.stamp

    def close(self) -> None:
        """End the processes that help, and remove what was added and not committed: a full disk needs the room."""
        self._crew.close()
        if self._committed is None:
            self._generations.drop(self.name)
        else:
            self._generations.sweep(self.name, self._committed)

    def _without(self, record: SegmentRecord, gone: frozenset[str]) -> SegmentRecord:
        """The segment without these documents."""
        arrays = opened(self._folder / record.name)
        keys = np.fromiter(map(card_key, gone), np.uint64, len(gone))
        alike = np.flatnonzero(np.isin(arrays["card_key"], keys)).tolist()
        found = {number for number in alike if number not in record.gone and _id_of(arrays, number) in gone}
        bounds = np.array([(number, number + 1) for number in found], arrays["row_card"].dtype).reshape(-1, 2)
        rows = np.diff(np.searchsorted(arrays["row_card"], bounds)).sum()
        return replace(record, gone=record.gone | found, gone_rows=record.gone_rows + int(rows))

    def _flush(self) -> None:
        for superseded, runs in self._runs.items():
            if runs.documents:
                made = self._new_folder()
                runs.finish(made)
                self._take_in(made, superseded)

    def _merge(self, chosen: tuple[SegmentRecord, ...]) -> None:
        kept = tuple(each for each in self.manifest.segments if each not in chosen)
        self.manifest = replace(self.manifest, segments=kept)
        if all(len(each.gone) == each.documents for each in chosen):
            return
        parts = [Part(self._folder / each.name, sorted(each.gone)) for each in chosen]
        made = self._new_folder()
        self._crew.merge(parts, made, self._generations.disk, sum(each.live_rows for each in chosen))
        self._take_in(made, chosen[0].superseded)

    def _new_folder(self) -> Path:
        """A folder of this process's own: what a killed one still does, it does elsewhere."""
        self._made += 1
        return self._folder / f"new-{os.getpid()}-{id(self):x}-{self._made}"

    def _take_in(self, made: Path, superseded: bool) -> None:
        """Give a new segment its name."""
        number = self.manifest.numbered + 1
        folder = self._folder / f"s{number:06}"
        disk = self._generations.disk
        # A crash may have left a folder of this name; no manifest has ever named it.
        disk.remove(folder)
        disk.replace(made, folder)
        disk.sync_folder(self._folder)
        content = (folder / DIRECTORY).read_bytes()
        told = json.loads(content)
        record = SegmentRecord(
            folder.name,
            folder_size(folder),
            crc32(content),
            told["documents"],
            told["rows"],
            superseded=superseded,
        )
        self.manifest = replace(self.manifest, segments=(*self.manifest.segments, record), numbered=number)


def _document_of(given: Entry | Uncut) -> str:
    return given.card.id if isinstance(given, Entry) else given.present.document.id


def _id_of(arrays: Arrays, number: int) -> str:
    first, last = arrays["cards_ptr"][number : number + 2].tolist()
    return str(json.loads(arrays["cards"][first:last].tobytes())["id"])
