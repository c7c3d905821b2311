"""Reads a folder without its manifest, then compares the speakers that were found with those of the manifest.

    python -m tests.bench.declared_speakers FOLDER [errors shown]

Of the documents that the manifest gives one speaker: how many claim one and how many of these are right (precision),
and in how many the name occurs in the file and how many of these have it right (recall). Of transcripts, for which it
lists the labels: how many of the listed were found, and how many of those found are listed.
"""

import asyncio
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sources.document import Document, Speaker
from tests.bench.declared_facts import Read, read


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    def __str__(self) -> str:
        return f"{self.part} of {self.whole}" + (f" ({self.part / self.whole:.3f})" if self.whole else "")


def claimed(document: Document) -> str | None:
    """The one person who speaks a document, or whom a transcript's own head names for one of its labels."""
    speakers = [mark.value for mark in document.marks if isinstance(mark.value, Speaker)]
    whole = [mark for mark in document.marks if isinstance(mark.value, Speaker) and mark.start == 0]
    if len(speakers) == 1 and whole and whole[0].end == len(document.text):
        return speakers[0].person or speakers[0].label
    named = {each.person for each in speakers if each.person and each.person not in " ".join(each.label.split())}
    return named.pop() if len(named) == 1 else None


def labels(document: Document) -> set[str]:
    """The labels of a transcript's turns."""
    return {mark.value.label for mark in document.marks if isinstance(mark.value, Speaker)}


def of_documents(rows: Mapping[str, str], found: Mapping[str, Read]) -> tuple[Share, Share, list[str]]:
    """Precision, recall and the errors, where the manifest gives one speaker."""
    claims = {path: claim for path in rows if (claim := claimed(found[path].document))}
    right = {path for path, claim in claims.items() if claim == rows[path]}
    occurring = {path for path, truth in rows.items() if truth in found[path].everything}
    wrong = [f"{path}: {claims[path]}, not {rows[path]}" for path in sorted(claims.keys() - right)]
    missed = [f"{path}: {rows[path]} occurs and is not claimed" for path in sorted(occurring - claims.keys())]
    precision, recall = Share(len(right), len(claims)), Share(len(right & occurring), len(occurring))
    return precision, recall, wrong + missed


def of_transcripts(rows: Mapping[str, Sequence[str]], found: Mapping[str, Read]) -> tuple[Share, Share, list[str]]:
    """Found labels that are listed, listed labels that are found, and the errors, where the manifest lists labels."""
    held = {path: labels(found[path].document) for path in rows}
    both = sum(len(held[path] & set(listed)) for path, listed in rows.items())
    errors = [
        f"{path}: {label}, {said}"
        for path, listed in rows.items()
        for said, part in (("not listed", held[path] - set(listed)), ("not found", set(listed) - held[path]))
        for label in sorted(part)
    ]
    return Share(both, sum(map(len, held.values()))), Share(both, sum(map(len, rows.values()))), errors


def report(name: str, first: Share, second: Share, errors: Iterable[str], shown: int) -> None:
    """A measure with the first of its errors."""
    print(f"{name}: precision {first}, recall {second}")
    print("\n".join(f"  {error}" for error in list(errors)[:shown]))


async def main(folder: Path, shown: int = 10) -> None:
    """Read, compare, print."""
    found = await read(folder)
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["path"]: row.get("speaker") for row in map(json.loads, filter(None, lines)) if row["path"] in found}
    one = {path: speaker for path, speaker in rows.items() if isinstance(speaker, str)}
    many = {path: cast("list[str]", speaker) for path, speaker in rows.items() if isinstance(speaker, list)}
    report("documents of one speaker", *of_documents(one, found), shown)
    report("transcripts' labels", *of_transcripts(many, found), shown)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
