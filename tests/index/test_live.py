"""Searching while the index changes: answers are kept until something changes, and nobody waits for a change."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from index.query import parse
from index.whoosh_engine import WhooshEngine
from index.whoosh_engine.segment.arrays import opened
from tests.contracts.engine import ask, fill
from tests.fakes.corpus import batch, made, reader
from tests.fakes.segments import snapshot_of


async def test_an_answer_is_kept_until_something_changes(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    await fill(engine, made("1", "A vote."))
    first = await engine.search(parse("vote"), reader())
    assert await engine.search(parse("vote"), reader()) is first
    again = await engine.search(parse("vote"), reader(), fresh=True)
    assert again == first
    assert again is not first
    assert (await engine.search(parse("vote"), reader("another"))).total == 0
    await engine.apply(batch([made("2", "A vote.")], sequence=2))
    assert (await engine.search(parse("vote"), reader())).total == 2
    await engine.apply(batch([], [made("1", "").id], sequence=3))
    assert (await engine.search(parse("vote"), reader())).total == 1
    await engine.close()


async def test_searches_between_changes_see_all_of_one_or_nothing(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    await fill(engine, made("1", "A vote."))
    totals = set[int]()

    async def searching() -> None:
        while True:
            totals.add((await ask(engine, "vote")).total)

    task = asyncio.create_task(searching())
    for number in range(2, 8):
        await engine.apply(batch([made(f"{number}{part}", "A vote.") for part in "ab"], sequence=number))
        assert (await ask(engine, "vote")).total == 2 * number - 1
    task.cancel()
    assert totals <= {1, 3, 5, 7, 9, 11, 13}
    assert (await engine.status()).fallbacks == 0
    await engine.close()


def test_a_file_that_is_cut_off_is_found_when_it_is_opened(tmp_path: Path) -> None:
    snapshot_of(tmp_path, ["A vote."])
    assert np.array_equal(opened(tmp_path / "s0")["row_tokens"], [0, 2])
    for path in (tmp_path / "s0").glob("*.bin"):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1])
        with pytest.raises(ValueError, match="instead of"):
            opened(tmp_path / "s0")
        path.write_bytes(whole)
