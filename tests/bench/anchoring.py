"""How pins fare when their documents are edited at random: how many of the unharmed ones are kept without asking, and
that none is ever on wrong words.

    python -m tests.bench.anchoring [FOLDER of .txt files] [--pins 1000] [--seed 1]

Without a folder it takes the sample corpus. A pin is unharmed when all its letters still stand in a row, wherever.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.anchor import Alignment, Fate, anchor
from tests.bench.editing import Draft, edited, some_pins, where_now

SAMPLE = Path(__file__).parents[2] / "sources" / "sample"
_MOST_LETTERS = 200_000


@dataclass(slots=True)
class Tally:
    """Counts of pins. `wrong` are kept on other letters than their own; those in `copied` lost all of their own to a
    deletion while a copy with the same surroundings stayed, which no text can tell from a move."""

    unharmed: Counter[Fate] = field(default_factory=Counter[Fate])
    harmed: Counter[Fate] = field(default_factory=Counter[Fate])
    wrong: list[str] = field(default_factory=list[str])
    copied: int = 0
    misproposed: int = 0

    @property
    def kept(self) -> float:
        """The share of the unharmed that was kept without asking."""
        return self.unharmed[Fate.KEPT] / max(self.unharmed.total(), 1)


def measure(texts: Sequence[str], dice: random.Random, pins: int, *, a_document: int = 25) -> Tally:
    """Edit documents until so many pins were tried."""
    tally, left = Tally(), pins
    while left > 0:
        text = dice.choice(texts)
        spans = some_pins(text, dice, min(a_document, left))
        strange = [one for one in texts if one is not text]
        draft = edited(text, dice, strange, dice.randint(1, 8))
        alignment = Alignment(text, draft.text)
        for start, end in spans:
            _count(tally, text, draft, alignment, start, end)
        left -= max(len(spans), 1)
    return tally


def _count(tally: Tally, text: str, draft: Draft, alignment: Alignment, start: int, end: int) -> None:
    found = anchor(alignment, start, end)
    right = where_now(draft, start, end)
    (tally.harmed if right is None else tally.unharmed)[found.fate] += 1
    if found.fate is Fate.MOVED and found.places[0].start != right:
        tally.misproposed += 1
    if found.fate is not Fate.KEPT:
        return
    place = found.places[0]
    if draft.text[place.start : place.end] != text[start:end]:
        tally.wrong.append(f"other characters: {text[start:end]!r}")
    elif right != place.start and _own(draft, place.start, start, end) * 2 < end - start:
        if any(one is not None and start <= one < end for one in draft.origins):
            tally.wrong.append(f"a lookalike: {text[start:end]!r}")
        else:
            tally.copied += 1


def _own(draft: Draft, place: int, start: int, end: int) -> int:
    """How many letters are the pin's own. Of words that were cut out between two that are the same, nobody can tell
    which of these went."""
    return sum(one == start + at for at, one in enumerate(draft.origins[place : place + end - start]))


def texts_of(folder: Path, most: int) -> list[str]:
    """The texts of a folder that have enough paragraphs to be edited."""
    files = sorted(file for file in folder.rglob("*") if file.suffix in {".txt", ".md", ".vtt"})
    read = [file.read_text("utf-8", errors="replace")[:_MOST_LETTERS] for file in files[:most]]
    return [text for text in read if len(Draft(text).paragraphs()) >= 4]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, nargs="?", default=SAMPLE)
    parser.add_argument("--pins", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    texts = texts_of(given.folder, 400)
    tally = measure(texts, random.Random(given.seed), given.pins)
    print(f"{len(texts)} documents, {sum(map(len, texts)):,} characters, {given.pins} pins")
    print(f"unharmed: {dict(tally.unharmed)}; kept without asking {tally.kept:.4f}")
    print(f"harmed:   {dict(tally.harmed)}")
    print(
        f"wrong: {len(tally.wrong)}; on the only copy left: {tally.copied}; proposed another place: {tally.misproposed}"
    )
    for each in tally.wrong[:10]:
        print(f"   {each[:200]}")
    long = max(texts, key=len)
    began = time.perf_counter()
    alignment = Alignment(long, edited(long, random.Random(2), texts, 8).text)
    aligned = time.perf_counter() - began
    spans = some_pins(long, random.Random(3), 2000)
    began = time.perf_counter()
    for start, end in spans:
        anchor(alignment, start, end)
    print(
        f"{len(long):,} characters aligned in {aligned:.2f} s, "
        f"{len(spans):,} pins in {time.perf_counter() - began:.2f} s"
    )


if __name__ == "__main__":
    main()
