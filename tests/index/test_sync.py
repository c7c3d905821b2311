"""The index follows the change log: replay is safe, and nothing removed comes back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from index.port import Batch, EngineStatus
from index.sync import drain, rebuild, rollback
from index.whoosh_engine import WhooshEngine
from tests.contracts.engine import ask, texts
from tests.fakes.corpus import FakeChanges, made


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index")
    yield engine
    await engine.close()


async def test_the_first_drain_builds_and_later_ones_add(engine: WhooshEngine) -> None:
    changes = FakeChanges()
    changes.put(made("1", "A vote."))
    assert (await drain(changes, engine)).generation == "g000001"
    changes.put(made("2", "A second vote."))
    changes.put(made("1", "A ballot."))
    stamp = await drain(changes, engine)
    assert (stamp.generation, stamp.sequence, stamp.documents) == ("g000001", 3, 2)
    assert texts(await ask(engine, "vote")) == ["A second vote."]


async def test_draining_twice_changes_nothing(engine: WhooshEngine) -> None:
    changes = FakeChanges()
    changes.put(made("1", "A vote."))
    first = await drain(changes, engine)
    assert await drain(changes, engine) == first


async def test_more_documents_than_a_batch(engine: WhooshEngine) -> None:
    changes = FakeChanges()
    changes.put(made("first", "A vote."))
    await drain(changes, engine)
    for number in range(730):
        changes.put(made(f"{number}", f"A vote in town {number}."))
    done: list[tuple[int, int]] = []
    stamp = await drain(changes, engine, lambda at, total: done.append((at, total)))
    assert (stamp.documents, stamp.sequence) == (731, 731)
    assert done == [(500, 730), (730, 730)]


class Interrupted(WhooshEngine):
    """Fails at the second batch, as a full disk would."""

    batches = 0

    async def apply(self, batch: Batch) -> None:
        self.batches += 1
        if self.batches == 2:
            raise OSError("disk full")
        await super().apply(batch)


async def test_an_interrupted_drain_goes_on_where_it_stopped(tmp_path: Path) -> None:
    engine, changes = Interrupted(tmp_path / "index"), FakeChanges()
    changes.put(made("first", "A vote."))
    await drain(changes, engine)
    for number in range(250):
        changes.put(made(f"{number}", f"A vote in town {number}."))
    with pytest.raises(OSError, match="disk full"):
        await drain(changes, engine, letters=1_500)
    assert (await drain(changes, engine)).documents == 251
    await engine.close()


async def test_a_rebuild_takes_in_what_changes_meanwhile(engine: WhooshEngine) -> None:
    changes = FakeChanges()
    changes.put(made("1", "A vote."))

    def another(_done: int, _total: int) -> None:
        changes.put(made("2", "A late vote."))

    stamp = await rebuild(changes, engine, another)
    assert (stamp.sequence, stamp.documents) == (2, 2)


async def test_a_rollback_after_a_removal_resurrects_nothing(engine: WhooshEngine) -> None:
    changes, kept, gone = FakeChanges(), made("1", "A vote to keep."), made("2", "A vote to remove.")
    changes.put(kept)
    changes.put(gone)
    await drain(changes, engine)
    await rebuild(changes, engine)
    changes.remove(gone)
    await drain(changes, engine)
    changes.put(made("3", "A vote that came later."))
    stamp = await rollback(changes, engine)
    assert (stamp.generation, stamp.sequence) == ("g000001", 4)
    assert sorted(texts(await ask(engine, "vote"))) == ["A vote that came later.", "A vote to keep."]


class Outdated(WhooshEngine):
    """As if its live generation had been built by an older analysis."""

    async def status(self) -> EngineStatus:
        status = await super().status()
        return EngineStatus(status.live, status.previous, status.size, outdated=status.live is not None)


async def test_an_outdated_index_is_built_anew(tmp_path: Path) -> None:
    engine, changes = Outdated(tmp_path / "index"), FakeChanges()
    changes.put(made("1", "A vote."))
    await drain(changes, engine)
    assert (await drain(changes, engine)).generation == "g000002"
    await engine.close()
