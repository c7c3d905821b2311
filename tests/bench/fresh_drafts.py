"""How well broken quotations are checked: `python -m tests.bench.fresh_drafts N [SEED]`, in the home that is set.

Real sentences are quoted with the attribution in their middle, in marks of four kinds: as they stand, with words
dropped where they are broken, with the end of another sentence, or as two sentences. Only the second and the third must
be told as no sentence of the record. Printed are how many of each kind were, how many drafts had not two quotations,
and milliseconds of processor.
"""

import asyncio
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence

from bot.build import Application, build
from bot.config import load
from bot.roles import operator
from tests.bench.fresh_misquotes import documents_of, sentences_of

_MARKS = ("“”", "‘’", '""', "''")
_ATTRIBUTIONS = (
    "he said,", "Barr said,", "she told reporters on Tuesday,", "the president went on,", "said William Barr,",
    "Mr. Smith said at the hearing,", "he told the committee,",
)  # fmt: skip
_AROUND = "The members' staff didn't leave. {} That was the senators' view in the '90s."
_MOST_DROPPED = 8
_LEAST = 12
_TOLD = {"whole": False, "dropped": True, "another": True, "two": False}

Halves = tuple[str, str, str]


def broken(kind: str, one: str, other: str, chance: random.Random) -> Halves | None:
    """Two halves with the attribution between them; None where the sentences do not allow it."""
    said = chance.choice(_ATTRIBUTIONS)
    if kind == "two":
        return one.rstrip("."), f"{said.rstrip(',')}.", other
    words, others = one.split(), other.split()
    breaks = [at for at in range(3, len(words) - 4) if words[at][:1].isalpha() and words[at - 1][-1].isalpha()]
    if not breaks or one == other:
        return None
    at = chance.choice(breaks)
    rests = {
        "whole": [words[at:]],
        "dropped": [words[to:] for to in range(at + 1, min(len(words) - 3, at + _MOST_DROPPED))],
        "another": [others[to:] for to in range(3, len(others) - 5)],
    }
    fit = [rest for rest in rests[kind] if rest[0][:1].islower() or (kind != "another" and rest[0][:1].isalpha())]
    return (" ".join(words[:at]), said, " ".join(chance.choice(fit))) if fit else None


def draft(halves: Halves, marks: str) -> str:
    """The halves as a draft has them."""
    first, said, second = halves
    return _AROUND.format(f"{marks[0]}{first},{marks[1]} {said} {marks[0]}{second}{marks[1]}")


def _plain(found: Sequence[str]) -> list[str]:
    """The sentences without marks of their own, on one line."""
    lines = (re.sub(r"\s+", " ", each) for each in found)
    return [line for line in lines if len(line.split()) >= _LEAST and not set(line) & set('“”"‘')]


async def _measured(application: Application, count: int, chance: random.Random) -> str:
    told, others, times = Counter[str](), 0, list[float]()
    asked = Counter[str]()
    said = [
        found for each in await documents_of(application, chance) if len(found := _plain(sentences_of(each.text))) > 3
    ]
    while asked.total() < count:
        kind, (one, other) = chance.choice(list(_TOLD)), chance.sample(chance.choice(said), 2)
        halves = broken(kind, one, other, chance)
        if halves is None:
            continue
        begun = time.process_time()
        checked = await application.checks.draft(operator(), draft(halves, chance.choice(_MARKS)))
        times.append((time.process_time() - begun) * 1000)
        asked[kind] += 1
        others += len(checked.quotes) != 2
        told[kind] += any(quote.with_before for quote in checked.quotes)
    times.sort()
    kinds = [
        f"{kind}: {told[kind]} of {asked[kind]} told ({'all' if right else 'none'} should be)"
        for kind, right in _TOLD.items()
    ]
    speed = f"p50 {times[len(times) // 2]:.0f} ms, p95 {times[int(len(times) * 0.95)]:.0f} ms"
    return "\n".join([*kinds, f"not two quotations: {others}", speed])


async def _main(count: int, seed: int) -> None:
    async with await build(load()) as application:
        print(await _measured(application, count, random.Random(seed)))


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20261122))
