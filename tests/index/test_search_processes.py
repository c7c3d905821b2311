"""Searches in processes of the engine's own: as in one process, whatever happens to one of them."""

import asyncio
import json
import multiprocessing
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import IndexUnavailable
from index.query import parse
from index.query.nodes import FieldName
from index.whoosh_engine import WhooshEngine
from tests.contracts.engine import ask, fill
from tests.fakes.corpus import batch, made, reader, spoken

SERVED = """
import asyncio, sys, time
from pathlib import Path
from index.whoosh_engine import WhooshEngine
from tests.contracts.engine import ask

async def main():
    print((await ask(WhooshEngine(Path(sys.argv[1]), processes=2), "vote")).total, flush=True)
    time.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index", processes=2)
    yield engine
    await engine.close()
    assert not multiprocessing.active_children()


async def test_they_answer_whatever_the_engine_is_asked_as_it_does_itself(engine: WhooshEngine, tmp_path: Path) -> None:
    talk = spoken("1", [("Mr. Barr", "I would vote on dirt."), ("Ms. Harris", "Then he voted on dirt.")])
    await fill(engine, talk, made("2", "A vote on dirt."))
    alone = WhooshEngine(tmp_path / "index")
    everyone = reader()
    for each in (alone, engine):
        assert (await each.status()).fallbacks == 0
    for question in ("vote dirt", '"on dirt" -paused', "speaker:Harris", "zzz", "voet"):
        asked = replace(parse(question), explain=True)
        assert await engine.search(asked, everyone) == await alone.search(asked, everyone)
        assert await engine.breakdown(asked, everyone) == await alone.breakdown(asked, everyone)
    assert list(await engine.suggest("vo", everyone)) == list(await alone.suggest("vo", everyone)) != []
    speakers = await engine.facet(FieldName.SPEAKER, "b", everyone)
    assert list(speakers) == list(await alone.facet(FieldName.SPEAKER, "b", everyone)) != []
    assert await engine.utterances("on dirt", everyone) == await alone.utterances("on dirt", everyone)
    words = ["voted", "on", "dirt"]
    assert list(await engine.locate(words, everyone, 3)) == list(await alone.locate(words, everyone, 3)) != []
    await alone.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is read ahead")
async def test_they_answer_when_they_have_opened_it_and_read_ahead_by_themselves(tmp_path: Path) -> None:
    alone = WhooshEngine(tmp_path / "index")
    await fill(alone, *(made(str(number), "A vote. " + f"word{number} said no. " * 60) for number in range(400)))
    await alone.close()
    engine = WhooshEngine(tmp_path / "index", processes=1)
    assert (await ask(engine, "word7")).total == 1
    (process,) = (each.pid for each in multiprocessing.active_children())
    (words,) = ({file for file, *_ in (places["stream"], places["stem_rows"])} for places in _arrays(tmp_path))
    async with asyncio.timeout(20):
        while not all(_whole(f"/proc/{process}/smaps", name) for name in words):  # noqa: ASYNC110 - it is another's
            await asyncio.sleep(0.02)
    await engine.close()


def _arrays(root: Path) -> list[dict[str, list[str]]]:
    """Where each array of each segment lies."""
    return [json.loads(path.read_text())["arrays"] for path in root.rglob("segment.json")]


def _whole(maps: str, name: str) -> bool:
    """Whether all of a file's pages are mapped where it is."""
    _, _, told = Path(maps).read_text(encoding="ascii").partition(f"/{name}\n")
    size, resident = (re.search(rf"^{key}: +(\d+) kB", told, re.MULTILINE) for key in ("Size", "Rss"))
    assert size
    assert resident
    return size[1] == resident[1]


async def test_each_of_them_sees_a_change_and_none_sees_half_of_it(engine: WhooshEngine) -> None:
    await fill(engine, made("1", "A vote."))
    totals = set[int]()

    async def searching() -> None:
        while True:
            totals.add((await ask(engine, "vote")).total)

    tasks = [asyncio.create_task(searching()) for _ in range(3)]
    for number in range(2, 8):
        await engine.apply(batch([made(f"{number}{part}", "A vote.") for part in "ab"], sequence=number))
        assert {(await ask(engine, "vote")).total for _ in range(4)} == {2 * number - 1}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert totals <= {1, 3, 5, 7, 9, 11, 13}


async def test_one_that_is_killed_is_replaced_and_nobody_notices(engine: WhooshEngine) -> None:
    await fill(engine, made("1", "A vote."))
    before = [process.pid for process in multiprocessing.active_children() if process.pid]
    assert len(before) == 2
    for process in before:
        os.kill(process, signal.SIGKILL)
    answers = await asyncio.gather(*(ask(engine, "vote") for _ in range(6)))
    assert [answer.total for answer in answers] == [1] * 6
    after = multiprocessing.active_children()
    assert len(after) == 2
    assert {process.pid for process in after}.isdisjoint(before)


async def test_a_change_is_kept_though_one_of_them_is_killed_meanwhile(engine: WhooshEngine) -> None:
    await fill(engine, made("1", "A vote."))
    for process in multiprocessing.active_children():
        if process.pid:
            os.kill(process.pid, signal.SIGKILL)
    await engine.apply(batch([made("2", "A vote.")], sequence=2))
    assert {(await ask(engine, "vote")).total for _ in range(4)} == {2}


async def test_what_goes_wrong_there_is_told_here(engine: WhooshEngine, tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match="There is no index yet"):
        await ask(engine, "vote")
    await fill(engine, made("1", "A vote."))
    assert (await ask(engine, "vote")).total == 1
    (tmp_path / "index" / "CURRENT").write_text("{")
    with pytest.raises(IndexUnavailable, match="damaged"):
        await ask(engine, "vote")


async def test_they_end_with_whoever_started_them(engine: WhooshEngine, tmp_path: Path) -> None:
    await fill(engine, made("1", "A vote."))
    script = tmp_path / "served.py"
    script.write_text(SERVED)
    root = Path(__file__).parents[2]
    server = subprocess.Popen(  # noqa: ASYNC220 - nothing else runs here
        [sys.executable, script, tmp_path / "index"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    )
    assert server.stdout is not None
    assert server.stdout.readline() == "1\n"
    server.kill()
    # They have the same standard output: it ends when the last of them does.
    assert await asyncio.wait_for(asyncio.to_thread(server.stdout.read), 30) == ""
    server.stdout.close()
    server.wait()
