"""The passages that every engine is given, as one file of lines: number, document, date, title and text, by tabs.

The file lies in the test data as `corpus/scale/passages.jsonl.gz` (`doc`, `title`, `date`, `text`). Where more are
wanted than it holds, it is read again and again: each later copy is of other documents, and in each passage of it one
word, drawn by chance, is replaced by one of the passage before, so that no two copies are alike and the words stay
those of the language.
"""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

SEED = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A passage; those of one document come one after another. `date` is a day as ISO writes it, or empty."""

    number: int
    document: str
    date: str
    title: str
    text: str


def write(data: Path, folder: Path, count: int) -> Path:
    """The file of so many passages, written once."""
    path = folder / f"passages-{count}.tsv"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as file:
            for line in lines(data, count):
                file.write(f"{line.number}\t{line.document}\t{line.date}\t{line.title}\t{line.text}\n")
        unfinished.rename(path)
    return path


def read(path: Path) -> Iterator[Line]:
    """The passages of a file that `write` made."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for row in file:
            number, document, date, title, text = row.rstrip("\n").split("\t")
            yield Line(int(number), document, date, title, text)


def lines(data: Path, count: int) -> Iterator[Line]:
    """So many passages of the test data."""
    number, copy = 0, 0
    while True:
        for line in _once(data, copy):
            if number == count:
                return
            yield replace(line, number=number)
            number += 1
        copy += 1


def _once(data: Path, copy: int) -> Iterator[Line]:
    chance = random.Random(SEED + copy)
    before = ["and"]
    with gzip.open(data / "corpus" / "scale" / "passages.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in file:
            given: dict[str, str | None] = json.loads(row)
            words = str(given["text"]).split()
            text = words
            if copy:
                text = list(words)
                text[chance.randrange(len(text))] = chance.choice(before)
            before = words
            title = " ".join(str(given.get("title") or "").split())
            document = f"{given['doc']}~{copy}" if copy else str(given["doc"])
            yield Line(0, document, given.get("date") or "", title, " ".join(text))
