"""How well quotations are checked: `python -m tests.bench.misquotes FILE [--misses]`, in the home that is set.

The file has a line of JSON a quotation: `quote`, `label` (exact, near, absent), `change` (its kind), and, where it
is known, `true_doc` (the location of the document) and `true_text` (the sentence). Printed are right verdicts by kind,
altered quotations that were called exact, how often the true place is among those shown, how often it or another place
with the very words of the true sentence is, and milliseconds.
"""

import argparse
import asyncio
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.asking.cards import Checked
from bot.build import build
from bot.checks.checks import Checks
from bot.config import load
from bot.roles import operator
from index.analysis import terms
from index.check import Verdict

RIGHT: Mapping[str, frozenset[Verdict]] = {
    "exact": frozenset({Verdict.EXACT, Verdict.PUNCTUATION}),
    "near": frozenset({Verdict.ALTERED, Verdict.JOINED}),
    "absent": frozenset({Verdict.ABSENT}),
}

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """One quotation: whether the verdict is right, whether its place, or one with the same sentence, is shown (None for
    absent ones), and how long.
    """

    row: Row
    checked: Checked
    right: bool
    placed: bool | None
    worded: bool | None
    seconds: float

    @property
    def false_exact(self) -> bool:
        """A quotation that is not exact was called so."""
        return self.row["label"] != "exact" and self.checked.verdict in RIGHT["exact"]


def rows(file: Path) -> list[Row]:
    """The quotations of a file."""
    return [json.loads(line) for line in file.read_text("utf-8").split("\n") if line.strip()]


async def judged(checks: Checks, quotations: Sequence[Row]) -> list[Judged]:
    """Each quotation checked, one after the other."""
    results: list[Judged] = []
    for row in quotations:
        begun = time.perf_counter()
        checked = await checks.check(operator(), row["quote"])
        seconds = time.perf_counter() - begun
        right = checked.verdict in RIGHT[row["label"]]
        true = row.get("true_doc")
        placed = None if row["label"] == "absent" or not true else true in set(_locations(checked))
        worded = None if placed is None else placed or _has_sentence(row, checked)
        results.append(Judged(row, checked, right, placed, worded, seconds))
    return results


def _locations(checked: Checked) -> Iterator[str]:
    for card in checked.cards:
        yield card.document.location
        yield from (place.document.location for place in card.also_in)


def _has_sentence(row: Row, checked: Checked) -> bool:
    sentence = f" {' '.join(terms(row.get('true_text', '')))} "
    return bool(sentence.strip()) and any(sentence in f" {' '.join(terms(card.text))} " for card in checked.cards)


def figures(results: Sequence[Judged]) -> dict[str, float]:
    """The figures that count."""
    placed = [each.placed for each in results if each.placed is not None]
    worded = [each.worded for each in results if each.worded is not None]
    times = sorted(each.seconds * 1000 for each in results)
    return {
        "right": sum(each.right for each in results) / len(results),
        "false_exact": sum(each.false_exact for each in results),
        "placed": sum(placed) / max(1, len(placed)),
        "same_sentence": sum(worded) / max(1, len(worded)),
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[int(len(times) * 0.95)],
        "max_ms": times[-1],
    }


def report(results: Sequence[Judged], *, misses: bool) -> str:
    """The figures, by kind of change and in all."""
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for each in results:
        kinds[each.row["change"]].append(each)
    lines = [f"{'kind':<16}{'n':>5}{'right':>7}{'placed':>8}  verdicts"]
    for kind, group in sorted(kinds.items()):
        verdicts = Counter(each.checked.verdict or "short" for each in group)
        told = ", ".join(f"{verdict} {count}" for verdict, count in verdicts.most_common())
        placed = sum(each.placed is not False for each in group)
        lines.append(f"{kind:<16}{len(group):>5}{sum(each.right for each in group):>7}{placed:>8}  {told}")
    lines.append("  ".join(f"{name} {value:.3f}" for name, value in figures(results).items()))
    if misses:
        lines += [
            f"{each.row['label']} {each.row['change']}: "
            f"{each.checked.verdict} placed={each.placed} {each.row['quote']!r}"
            for each in results
            if not each.right or each.placed is False
        ]
    return "\n".join(lines)


async def _main(file: Path, *, misses: bool) -> None:
    async with await build(load()) as application:
        await application.checks.check(operator(), "The first check opens the index.")
        print(report(await judged(application.checks, rows(file)), misses=misses))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="How well quotations are checked.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    asked = parser.parse_args()
    asyncio.run(_main(asked.file, misses=asked.misses))
