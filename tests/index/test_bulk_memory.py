"""A build keeps to the memory that it was given, in all its processes together."""

import random
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from itertools import accumulate
from pathlib import Path

import pytest

from index.entries import Entry, Uncut, Versioned, card_of
from index.passage import Passage
from index.port import Batch
from tests.fakes.corpus import made

MEMORY = 512 << 20
"""Little for a machine with two cores or more: runs are short then, and many."""

DOCUMENTS, PASSAGES, WORDS = 600, 40, 100

BUILDING = """
import asyncio, sys
from pathlib import Path
from index.whoosh_engine import WhooshEngine
from tests.index.test_bulk_memory import MEMORY, batches

async def main():
    engine = WhooshEngine(Path(sys.argv[1]), memory=MEMORY)
    await engine.rebuild(batches(sys.argv[2]))
    await engine.close()

asyncio.run(main())
"""


def entries() -> Iterator[Entry]:
    """Documents of words of which few are frequent and many are rare, as in any language."""
    chance = random.Random(20261122)
    known = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=3 + at % 9)) for at in range(50_000)]
    weights = list(accumulate(1 / rank for rank in range(1, len(known) + 1)))
    for number in range(DOCUMENTS):
        drawn = chance.choices(known, cum_weights=weights, k=PASSAGES * WORDS)
        texts = [" ".join(drawn[at : at + WORDS]) + f" no{number}x{at}." for at in range(0, len(drawn), WORDS)]
        at, passages = 0, list[Passage]()
        for text in texts:
            passages.append(Passage(f"{number}", 1, at, at + len(text), text))
            at += len(text) + 1
        document = made(f"{number}", " ".join(texts))
        yield Entry(card_of(document, 1), document.text, tuple(passages))


async def batches(given: str) -> AsyncIterator[Batch]:
    for each in entries():
        document = made(each.card.location, each.text)
        yield Batch([each if given == "cut" else Uncut(Versioned(document, 1))], (), 1)


def of_its_own(process: int) -> int:
    """Bytes of memory that are no file's, of a process and those that it started."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
        tasks = [path.read_text(encoding="ascii") for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return 0  # it has ended meanwhile
    mine = sum(int(line.split()[1]) << 10 for line in told if line.startswith("Pss_Anon"))
    return mine + sum(of_its_own(int(child)) for task in tasks for child in task.split())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what the memory of a process is")
@pytest.mark.parametrize("given", ["cut", "uncut"])
def test_a_build_keeps_to_its_memory(tmp_path: Path, given: str) -> None:
    building = subprocess.Popen([sys.executable, "-c", BUILDING, str(tmp_path / "index"), given])
    most = 0
    while building.poll() is None:
        most = max(most, of_its_own(building.pid))
        time.sleep(0.05)
    assert building.returncode == 0
    assert MEMORY / 8 < most < MEMORY
