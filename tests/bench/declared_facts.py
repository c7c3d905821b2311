"""Reads a folder without its manifest, then compares what was found with what the manifest says.

    python -m tests.bench.declared_facts FOLDER [errors shown of each kind]

Of each fact it prints, by folder and in all: how many documents claim it and how many of the claims are right
(precision), and in how many the manifest's value occurs in the file's own words or metadata, and how many of these
have it right (recall). The first errors of each kind follow.
"""

import asyncio
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath

from bot.keeping.documents import documents_of
from bot.store.sources import SourceRecord
from sources.connectors.folder import FolderSource
from sources.document import Document, Raw
from sources.errors import Unreadable
from sources.extract import Extractors

_NOBODY = SourceRecord("bench", "local", "bench", "folder", "", datetime(2000, 1, 1, tzinfo=UTC))
Row = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Read:
    """A file as it was read without the manifest: its document, and all it holds as one string of words."""

    document: Document
    everything: str


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the manifest says: its column, what a document claims of it, whether the claim is the manifest's
    value, and whether that value occurs in a file."""

    column: str
    claimed: Callable[[Document], str | None]
    agrees: Callable[[str, str], bool]
    occurs: Callable[[str, str], bool]


def written_forms(iso: str) -> re.Pattern[str]:
    """All the ways in which people write the day `iso`; independent of the table in `sources.dates`."""
    day = date.fromisoformat(iso)
    month = rf"(?:{day:%B}|{day:%b}|sept)\.?" if day.month == 9 else rf"(?:{day:%B}|{day:%b})\.?"
    number = rf"0?{day.day}(?:st|nd|rd|th|d)?"
    forms = (
        rf"{month},? (?:the )?{number},? (?:a\.? ?d\.? )?{day.year}",
        rf"{number}(?: day)?(?: of)? {month},?(?: a\.? ?d\.?,?)? {day.year}",
        rf"{day.year}([-/.])0?{day.month}(?:\1)0?{day.day}",
        rf"0?{day.month}([-/.])0?{day.day}(?:\2){day.year}",
        rf"0?{day.day}([-/.])0?{day.month}(?:\3){day.year}",
        rf"{day:%Y%m%d}",
    )
    return re.compile(rf"(?<![0-9a-z])(?:{'|'.join(forms)})(?![0-9])", re.IGNORECASE)


def published(document: Document) -> str | None:
    """The day or span that a document claims as its date."""
    found = document.published
    return None if found is None else found.value[:10] + (f"..{found.end[:10]}" if found.end else "")


FACTS = (
    Fact(
        "date",
        published,
        lambda claim, truth: claim == truth,
        lambda truth, text: bool(written_forms(truth).search(text)),
    ),
)
"""What is measured; another fact is another row."""


def rows_of(folder: Path) -> list[Row]:
    """The lines of a folder's manifest."""
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


async def read(folder: Path) -> Mapping[str, Read]:
    """Every file of the folder that can be read, by its path; a file of several documents is told by its first."""
    source = FolderSource(folder, manifest=False)
    found: dict[str, Read] = {}
    waiting = iter((await source.discover()).items)

    async def work(extractors: Extractors) -> None:
        for item in waiting:
            raw = await source.fetch(item)
            try:
                extracts = await extractors.extract(raw)
            except Unreadable:
                continue
            (document, *_) = documents_of(_NOBODY, item, extracts, raw.fetched_at)
            found[item.location] = Read(document, everything(raw, document))

    async with Extractors() as extractors, asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(work(extractors))
    return found


def everything(raw: Raw, document: Document) -> str:
    """The file's bytes as text where they are text, its metadata, and the text that was read of it."""
    return " ".join(f"{_bytes(raw)} {document.text}".split())


def _bytes(raw: Raw) -> str:
    if zipfile.is_zipfile(BytesIO(raw.content)):
        with zipfile.ZipFile(BytesIO(raw.content)) as archive:
            parts = [name for name in archive.namelist() if name.endswith(("core.xml", ".opf"))]
            return " ".join(archive.read(name).decode("utf-8", "replace") for name in parts)
    if raw.content.startswith(b"%PDF"):
        return " ".join(re.findall(r"\(D:\d{8}", raw.content.decode("latin-1")))
    return raw.content.decode("utf-8", "replace")


@dataclass(slots=True)
class Score:
    """Counts of one fact in one folder."""

    documents: int = 0
    claimed: int = 0
    right: int = 0
    occurring: int = 0
    found: int = 0

    def add(self, other: "Score") -> None:
        """Count another folder in."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self, name: str) -> str:
        """One line of the table."""
        precision = f"{self.right / self.claimed:.3f}" if self.claimed else "–"
        recall = f"{self.found / self.occurring:.3f}" if self.occurring else "–"
        return (
            f"{name:34}{self.documents:6}{self.claimed:9}{self.right:7}{precision:>11}"
            f"{self.occurring:11}{self.found:7}{recall:>8}"
        )


def measure(
    fact: Fact, rows: Sequence[Row], found: Mapping[str, Read]
) -> tuple[dict[str, Score], dict[str, list[str]]]:
    """The score by folder, and the errors by their kind."""
    scores: dict[str, Score] = defaultdict(Score)
    errors: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        path, truth = row["path"] or "", row[fact.column]
        score = scores[str(PurePosixPath(path).parent)]
        score.documents += 1
        if path not in found:
            continue
        claim = fact.claimed(found[path].document)
        right = claim is not None and truth is not None and fact.agrees(claim, truth)
        occurs = truth is not None and fact.occurs(truth, found[path].everything)
        score.claimed += claim is not None
        score.right += right
        score.occurring += occurs
        score.found += occurs and right
        if claim is not None and not right:
            errors["claimed and wrong"].append(f"{path}: {claim}, not {truth}")
        elif occurs and not right:
            errors["occurs and not claimed"].append(f"{path}: {truth}")
    return scores, errors


def table(fact: Fact, scores: Mapping[str, Score]) -> str:
    """Precision and recall by folder, and of all."""
    total = Score()
    for score in scores.values():
        total.add(score)
    head = f"{fact.column:34}{'files':>6}{'claimed':>9}{'right':>7}{'precision':>11}"
    head += f"{'occurring':>11}{'found':>7}{'recall':>8}"
    return "\n".join((head, *(scores[name].line(name) for name in sorted(scores)), total.line("all")))


async def main(folder: Path, shown: int = 5) -> None:
    """Read, compare, print."""
    rows = rows_of(folder)
    found = await read(folder)
    print(f"{sum(row['path'] in found for row in rows)} of {len(rows)} files could be read")
    for fact in FACTS:
        scores, errors = measure(fact, rows, found)
        print(f"\n{table(fact, scores)}")
        for kind, told in errors.items():
            folders = Counter(str(PurePosixPath(error.partition(":")[0]).parent) for error in told)
            print(f"\n{fact.column}, {kind}: {len(told)} {dict(folders)}")
            print("\n".join(f"  {error}" for error in told[:shown]))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
