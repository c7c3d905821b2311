"""Writing an index: batches become segments, small segments are joined, and a manifest makes them count."""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from index.hit import Stamp
from index.port import Batch, Entry
from index.whoosh_engine import schema
from index.whoosh_engine.build import SegmentBuilder
from index.whoosh_engine.generations import Generations, Manifest, SegmentRecord, folder_size
from index.whoosh_engine.segment import Segment
from sources.people import People

ROWS = 200_000
"""A segment is written when it has so many passages: this bounds the memory of a build."""

_SEGMENTS = 8
"""More segments than this are joined: each costs every search a little."""


class Writer:
    """Adds batches to one generation. Each call leaves the generation whole, before and after."""

    def __init__(self, generations: Generations, name: str, people: People, manifest: Manifest | None = None) -> None:
        self._generations = generations
        self._people = people
        self.name = name
        self.manifest = manifest or Manifest(Stamp(name, 0, schema.stamp(people), datetime.now(UTC), 0, 0))
        self._builders = {superseded: SegmentBuilder(people) for superseded in (False, True)}

    def apply(self, batch: Batch) -> None:
        """Put the batch's documents in the place of what was there of them, and write the manifest."""
        gone = frozenset(batch.removed) | {entry.card.id for entry in batch.replaced}
        manifest = self.manifest
        segments = tuple(replace(each, gone=each.gone | (gone & self._ids(each))) for each in manifest.segments)
        self.manifest = manifest.with_segments(segments, sequence=batch.sequence)
        self.add(batch.replaced)
        self._flush()
        for superseded in (False, True):
            if sum(each.superseded is superseded for each in self.manifest.segments) > _SEGMENTS:
                self._join(superseded)
        self.commit(batch.sequence)

    def add(self, entries: Iterable[Entry]) -> None:
        """Add documents that the generation does not hold yet. They count from `commit` on."""
        for entry in entries:
            builder = self._builders[entry.superseded]
            builder.add(entry)
            if builder.rows >= ROWS:
                self._flush()

    def commit(self, sequence: int) -> Stamp:
        """Write what was added and make it count."""
        self._flush()
        documents = passages = 0
        for each in self.manifest.segments:
            if each.superseded:
                continue
            segment = self._open(each)
            live = [card.id not in each.gone for card in segment.cards]
            documents += sum(live)
            passages += int(np.array(live, bool)[segment.row_card].sum())
        self.manifest = self.manifest.with_segments(
            self.manifest.segments, sequence=sequence, documents=documents, passages=passages
        )
        self._generations.write(self.name, self.manifest)
        return self.manifest.stamp

    def _open(self, record: SegmentRecord) -> Segment:
        return Segment(self._generations.folder(self.name) / record.name)

    def _ids(self, record: SegmentRecord) -> frozenset[str]:
        return frozenset(card.id for card in self._open(record).cards)

    def _flush(self) -> None:
        for superseded, builder in self._builders.items():
            self._builders[superseded] = SegmentBuilder(self._people)
            if builder.documents:
                self._write(builder, superseded)

    def _write(self, builder: SegmentBuilder, superseded: bool) -> None:
        number = self.manifest.numbered + 1
        folder = self._generations.folder(self.name) / f"s{number:06}"
        # A crash may have left a folder of this name, half written; no manifest has ever named it.
        shutil.rmtree(folder, ignore_errors=True)
        builder.write(folder)
        record = SegmentRecord(folder.name, folder_size(folder), superseded=superseded)
        self.manifest = replace(self.manifest, segments=(*self.manifest.segments, record), numbered=number)

    def _join(self, superseded: bool) -> None:
        """Join the small segments into one; a large one is rewritten only when half of it is gone."""
        opened = [(each, self._open(each)) for each in self.manifest.segments if each.superseded is superseded]
        largest = max(segment.rows for _, segment in opened)
        small = [(each, segment) for each, segment in opened if _worn(each, segment) or segment.rows * 4 < largest]
        chosen: Sequence[tuple[SegmentRecord, Segment]] = small if len(small) > 1 else opened
        names = {each.name for each, _ in chosen}
        kept = tuple(each for each in self.manifest.segments if each.name not in names)
        self.manifest = replace(self.manifest, segments=kept)
        for each, segment in chosen:
            self.add(replace(entry, superseded=superseded) for entry in segment.entries(each.gone))
        self._flush()


def _worn(record: SegmentRecord, segment: Segment) -> bool:
    return len(record.gone) * 2 > len(segment.cards)
