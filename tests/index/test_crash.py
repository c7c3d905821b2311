"""A kill -9 at any moment leaves an index that opens, answers, and can be brought up to date."""

import asyncio
import itertools
import random
import signal
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from index.port import Access
from index.query import parse
from index.sync import drain, rebuild, rollback
from index.whoosh_engine import WhooshEngine
from index.whoosh_engine.bulk import runs
from tests.fakes.corpus import FakeChanges, made, reader
from tests.fakes.forked import Ends, ended, forked

ROUNDS = 12


def changes_until(step: int) -> FakeChanges:
    """The log after so many steps, the same in every process: step n writes document n % 7 with the word `step<n>`."""
    changes = FakeChanges()
    for number in range(step + 1):
        unlike = " ".join(f"word{number}x{at}" for at in range(120))  # no two fold into one
        changes.put(made(f"{number % 7}", f"A vote at step{number} of the count. {unlike}"))
    return changes


async def _write(root: Path, begin: int, end: Connection) -> None:
    engine = WhooshEngine(root)
    end.send("ready")
    for step in itertools.count(begin):
        changes = changes_until(step)
        if step % 5 == 3:
            await rebuild(changes, engine)
        elif step % 5 == 4 and (await engine.status()).previous:
            await rollback(changes, engine)
        else:
            await drain(changes, engine)
        end.send(step)


def write(root: Path, begin: int, few: int, end: Connection) -> None:
    """Write for ever: change a document, and every few steps build a new generation or roll back."""
    runs.FEW = few
    asyncio.run(_write(root, begin, end))


async def _consistent(root: Path, at_least: int) -> int:
    """Open the index as a newcomer: all documents of one moment are there, none twice. Returns that moment."""
    engine = WhooshEngine(root)
    status = await engine.status()
    if status.live is None:
        return -1
    results = await engine.search(parse("vote", limit=50), reader())
    assert results.total == status.live.passages
    moment = results.stamp.sequence - 1
    assert moment >= at_least
    expected = {f"step{number}" for number in range(max(0, moment - 6), moment + 1)}
    assert {word for hit in results.hits for word in hit.passage.text.split() if word.startswith("step")} == expected
    await engine.close()
    return moment


async def test_a_kill_at_any_moment_leaves_a_working_index(tmp_path: Path) -> None:
    root, chance, moment = tmp_path / "index", random.Random(20261122), -1
    for number in range(ROUNDS):
        # In every third round worker processes help, and are left alone by the kill.
        said, end = Ends()
        writer = forked(write, root, max(0, moment), 1 if number % 3 == 2 else 5_000_000, end)
        end.close()
        assert await asyncio.to_thread(said.recv) == "ready"
        begun = time.monotonic()
        done = [int(said.recv()) for _ in range(chance.randint(1, 3))]
        # Anywhere within the step that it is at now, however fast the machine is.
        await asyncio.sleep(chance.random() * (time.monotonic() - begun) / len(done))
        writer.kill()
        assert await ended(writer) == -signal.SIGKILL
        with suppress(EOFError):
            while True:
                done.append(int(said.recv()))
        said.close()
        moment = await _consistent(root, done[-1])
    engine = WhooshEngine(root)
    stamp = await drain(changes_until(moment + 3), engine)
    assert stamp.sequence == moment + 4
    assert (await engine.search(parse(f"step{moment + 3}"), Access("w", frozenset({"s"})))).total >= 1
    await engine.close()
