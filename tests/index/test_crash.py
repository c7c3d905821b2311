"""A kill -9 at any moment leaves an index that opens, answers, and can be brought up to date."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from index.port import Access
from index.query import parse
from index.sync import drain
from index.whoosh_engine import WhooshEngine
from tests.fakes.corpus import FakeChanges, made, reader

ROUNDS = 12

# Writes for ever: changes a document, and every few rounds builds a new generation or rolls back.
WRITER = """
import asyncio, itertools, sys
from pathlib import Path
from index.sync import drain, rebuild, rollback
from index.whoosh_engine import WhooshEngine
from index.whoosh_engine.bulk import runs
from tests.index.test_crash import changes_until

runs.FEW = int(sys.argv[3])

async def main(root, begin):
    engine = WhooshEngine(Path(root))
    print("ready", flush=True)
    for step in itertools.count(begin):
        changes = changes_until(step)
        if step % 5 == 3:
            await rebuild(changes, engine)
        elif step % 5 == 4 and (await engine.status()).previous:
            await rollback(changes, engine)
        else:
            await drain(changes, engine)
        print(step, flush=True)

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


def changes_until(step: int) -> FakeChanges:
    """The log after so many steps, the same in every process: step n writes document n % 7 with the word `step<n>`."""
    changes = FakeChanges()
    for number in range(step + 1):
        unlike = " ".join(f"word{number}x{at}" for at in range(120))  # no two fold into one
        changes.put(made(f"{number % 7}", f"A vote at step{number} of the count. {unlike}"))
    return changes


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
        command = [sys.executable, "-c", WRITER, str(root), str(max(0, moment)), "1" if number % 3 == 2 else "5000000"]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: ASYNC220 - nothing else runs here
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        begun = time.monotonic()
        done = [int(writer.stdout.readline()) for _ in range(chance.randint(1, 3))]
        # Anywhere within the step that it is at now, however fast the machine is.
        time.sleep(chance.random() * (time.monotonic() - begun) / len(done))  # noqa: ASYNC251 - the writer is another process
        os.kill(writer.pid, signal.SIGKILL)
        done += [int(line) for line in writer.stdout.read().split()]
        writer.stdout.close()
        writer.wait()
        moment = await _consistent(root, done[-1])
    engine = WhooshEngine(root)
    stamp = await drain(changes_until(moment + 3), engine)
    assert stamp.sequence == moment + 4
    assert (await engine.search(parse(f"step{moment + 3}"), Access("w", frozenset({"s"})))).total >= 1
    await engine.close()
