"""The Whoosh engine: the contract of all engines, and what is its own."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from index.errors import IndexUnavailable
from index.whoosh_engine import WhooshEngine
from tests.contracts.engine import EngineContract, ask, fill
from tests.fakes.corpus import batch, batches, made


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index")
    yield engine
    await engine.close()


class TestWhooshEngine(EngineContract):
    pass


async def test_another_process_sees_a_change_at_its_next_search(engine: WhooshEngine, tmp_path: Path) -> None:
    reader = WhooshEngine(tmp_path / "index")
    await fill(engine, made("1", "A vote."))
    assert (await ask(reader, "ballot")).total == 0
    await engine.apply(batch([made("2", "A ballot.")], sequence=2))
    assert (await ask(reader, "ballot")).total == 1
    await engine.rebuild(batches(batch([made("3", "A ballot.")], sequence=3)))
    assert [hit.document.location for hit in (await ask(reader, "ballot")).hits] == ["3"]
    await reader.close()


async def test_searching_goes_on_while_a_generation_is_built(engine: WhooshEngine) -> None:
    await fill(engine, made("1", "A vote."))
    gate = asyncio.Event()

    async def slow() -> AsyncIterator[object]:
        yield batch([made("1", "A ballot.")], sequence=2)
        await gate.wait()

    building = asyncio.create_task(engine.rebuild(slow()))  # pyright: ignore[reportArgumentType] - yields batches only
    await asyncio.sleep(0.05)
    assert (await ask(engine, "vote")).total == 1
    gate.set()
    await building
    assert ((await ask(engine, "vote")).total, (await ask(engine, "ballot")).total) == (0, 1)


@pytest.mark.parametrize("damage", ["CURRENT", "manifest.json", "segment.json", "words.bin", "facts.bin"])
async def test_a_damaged_index_says_so_and_a_rebuild_mends_it(
    engine: WhooshEngine, tmp_path: Path, damage: str
) -> None:
    await fill(engine, made("1", "A vote."))
    (file,) = (tmp_path / "index").rglob(damage)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    fresh = WhooshEngine(tmp_path / "index")
    with pytest.raises(IndexUnavailable):
        await ask(fresh, "vote")
    await fill(fresh, made("1", "A vote."))
    assert (await ask(fresh, "vote")).total == 1
    await fresh.close()


async def test_a_kept_generation_that_is_damaged_does_not_hide_the_live_one(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    await fill(engine, made("1", "A vote."))
    await fill(engine, made("1", "A vote."))
    (tmp_path / "index" / "g000001" / "manifest.json").write_text("{")
    status = await engine.status()
    assert (status.live and status.live.generation, status.previous) == ("g000002", None)
    with pytest.raises(IndexUnavailable):
        await engine.rollback(batches())
    assert (await ask(engine, "vote")).total == 1


async def test_no_file_of_an_index_is_a_pickle(engine: WhooshEngine, tmp_path: Path) -> None:
    await fill(engine, made("1", "A vote."))
    endings = {path.suffix for path in (tmp_path / "index").rglob("*") if path.is_file()}
    assert endings <= {"", ".json", ".bin"}
