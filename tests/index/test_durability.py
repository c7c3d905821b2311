"""Whatever happens to the disk, and whenever: the index opens whole at the state before or after, and says so where
files are not what was written."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from index.errors import IndexUnavailable
from index.query import parse
from index.sync import drain, rebuild, rollback
from index.whoosh_engine import WhooshEngine
from index.whoosh_engine.bulk.disk import LOCAL_DISK, Disk
from tests.fakes.corpus import FakeChanges, made, reader
from tests.fakes.disk import FullDisk, PulledDisk, PulledError

Act = Callable[[WhooshEngine, FakeChanges], Awaitable[object]]

ACTS: dict[str, Act] = {
    "build": lambda engine, changes: rebuild(changes, engine),
    "rebuild": lambda engine, changes: rebuild(changes, engine),
    "apply": lambda engine, changes: drain(changes, engine),
    "merge": lambda engine, changes: drain(changes, engine),
    "rollback": lambda engine, changes: rollback(changes, engine),
}
"""What may be going on when the plug is pulled."""


def opened(root: Path, disk: Disk = LOCAL_DISK) -> WhooshEngine:
    # One core: everything happens in this process, where a test can count the steps.
    return WhooshEngine(root, disk=disk, memory=1)


def changes_so_far(last: int) -> FakeChanges:
    """A log in which each step changes one of three documents, and every fourth removes one."""
    changes = FakeChanges()
    for step in range(last):
        document = made(f"{step % 3}", f"A vote at step{step} of the count.")
        changes.put(document)
        if step % 4 == 3:
            changes.remove(document)
    return changes


async def state(engine: WhooshEngine) -> tuple[int, frozenset[str]]:
    """The sequence number that the index has reached, and what is found in it."""
    status = await engine.status()
    if status.live is None:
        return 0, frozenset()
    results = await engine.search(parse("vote", limit=50), reader())
    assert results.total == status.live.passages
    return status.live.sequence, frozenset(hit.passage.text for hit in results.hits)


async def expected(steps: int) -> tuple[int, frozenset[str]]:
    """What an index of so many steps holds."""
    changes = changes_so_far(steps)
    held = [each.document.text for each in changes.documents.values()]
    return await changes.head(), frozenset(held)


async def prepared(act: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The index before the act; gives the steps that it holds."""
    if act == "build":
        return 0
    engine, steps = opened(root), 2
    await rebuild(changes_so_far(steps), engine)
    if act == "rollback":
        await rebuild(changes_so_far(steps := 4), engine)
    if act == "merge":
        monkeypatch.setattr("index.whoosh_engine.writing.tiers.MOST", 2)
        for steps in (3, 5):
            await drain(changes_so_far(steps), engine)
    await engine.close()
    return steps


@pytest.mark.parametrize("act", ACTS)
async def test_a_pulled_plug_leaves_the_state_before_or_after(
    act: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = await prepared(act, tmp_path / "before", monkeypatch)
    states = [await expected(steps), await expected(steps + 3)]
    changes, seen, number, disk = changes_so_far(steps + 3), set[int](), 0, PulledDisk(1)
    while disk.pulled or number == 0:
        number += 1
        root, disk = tmp_path / f"{number}", PulledDisk(number)
        if (tmp_path / "before").exists():
            shutil.copytree(tmp_path / "before", root)
        victim = opened(root, disk)
        with suppress(PulledError):
            await ACTS[act](victim, changes)
        await victim.close()
        engine = opened(root)
        await engine.verify()
        seen.add(states.index(await state(engine)))
        await drain(changes, engine)
        assert await state(engine) == states[1]
        await rebuild(changes, engine)
        await engine.verify()
        assert await state(engine) == states[1]
        await engine.close()
        assert {path.name for path in root.iterdir()} == await named(root)
    assert seen == {0, 1}
    assert number > 8


async def named(root: Path) -> set[str]:
    """What should lie in the folder of an index."""
    engine = opened(root)
    status = await engine.status()
    await engine.close()
    return {"CURRENT", *(stamp.generation for stamp in (status.live, status.previous) if stamp)}


@pytest.mark.parametrize("act", ACTS)
async def test_a_full_disk_leaves_the_state_before_and_what_was_begun_is_removed(
    act: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = await prepared(act, tmp_path / "index", monkeypatch)
    before = {path.name for path in (tmp_path / "index").iterdir()} if steps else set[str]()
    for room in (0, 1, 30, 100):
        disk = FullDisk(room)
        engine = opened(tmp_path / "index", disk)
        with pytest.raises(IndexUnavailable):
            await ACTS[act](engine, changes_so_far(steps + 3))
        assert disk.refused
        assert await state(engine) == await expected(steps)
        assert {path.name for path in (tmp_path / "index").iterdir()} - {"CURRENT.new"} == before
        await engine.close()
    disk = FullDisk(0)
    engine = opened(tmp_path / "index", disk)
    disk.free()
    await ACTS[act](engine, changes_so_far(steps + 3))
    assert await state(engine) == await expected(steps + 3)
    await engine.close()


@pytest.fixture
async def index(tmp_path: Path) -> AsyncIterator[WhooshEngine]:
    engine = opened(tmp_path / "index")
    await rebuild(changes_so_far(6), engine)
    yield engine
    await engine.close()


@pytest.mark.parametrize("file", ["segment.json", "words.bin", "facts.bin"])
async def test_a_flipped_bit_is_found_by_whoever_looks_at_everything(
    index: WhooshEngine, tmp_path: Path, file: str
) -> None:
    path = next((tmp_path / "index" / "g000001").rglob(file))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    with pytest.raises(IndexUnavailable, match=rf"g000001/s00000\d/{file}.*quotedesk rollback"):
        await index.verify()


@pytest.mark.parametrize("file", ["segment.json", "words.bin", "facts.bin"])
async def test_a_missing_file_is_found_at_once(index: WhooshEngine, tmp_path: Path, file: str) -> None:
    for path in (tmp_path / "index").rglob(file):
        path.unlink()
    fresh = opened(tmp_path / "index")
    with pytest.raises(IndexUnavailable, match="damaged"):
        await state(fresh)
    await fresh.close()


async def test_the_generation_before_stands_in_for_a_damaged_one(index: WhooshEngine, tmp_path: Path) -> None:
    changes = changes_so_far(6)
    await rebuild(changes, index)
    for path in (tmp_path / "index" / "g000002").rglob("words.bin"):
        path.write_bytes(b"")
    fresh = opened(tmp_path / "index")
    with pytest.raises(IndexUnavailable, match="damaged"):
        await state(fresh)
    await rollback(changes, fresh)
    assert await state(fresh) == await expected(6)
    await fresh.close()


async def test_a_damaged_pointer_costs_no_generation_until_another_is_built(
    index: WhooshEngine, tmp_path: Path
) -> None:
    (tmp_path / "index" / "CURRENT").write_text("{")
    full = FullDisk(0)
    with pytest.raises(IndexUnavailable):
        await rebuild(changes_so_far(6), opened(tmp_path / "index", full))
    assert (tmp_path / "index" / "g000001" / "manifest.json").exists()


async def test_an_index_of_an_older_format_is_outdated_and_says_so(index: WhooshEngine, tmp_path: Path) -> None:
    manifest = tmp_path / "index" / "g000001" / "manifest.json"
    told = manifest.read_text()
    manifest.write_text(told.replace('"format": 4', '"format": 3').replace('"schema": "', '"schema": "old'))
    fresh = opened(tmp_path / "index")
    assert (await fresh.status()).outdated
    with pytest.raises(IndexUnavailable, match="another version"):
        await fresh.search(parse("vote"), reader())
    await drain(changes_so_far(6), fresh)
    assert await state(fresh) == await expected(6)
    await fresh.close()
