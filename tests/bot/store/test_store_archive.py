"""The archive over a real SQLite file, and the one in memory that other tests use: the same contract."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import Store, open_store
from bot.store.archive import Archive
from bot.store.readings import Outcome
from sources.document import Mark, PartialDate
from tests.contracts.archive import ArchiveContract, a_document, a_reading, a_source
from tests.fakes.archive import FakeArchive


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)
    yield store
    await store.close()


class TestFakeArchive(ArchiveContract):
    @pytest.fixture
    def archive(self) -> Archive:
        return FakeArchive()


class TestSqlArchive(ArchiveContract):
    @pytest.fixture
    def archive(self, store: Store) -> Archive:
        return store.archive


async def test_each_reading_leaves_its_raw_bytes_under_their_hash(store: Store) -> None:
    source = a_source()
    await store.archive.add_source(source)
    reading = a_reading("a.txt", a_document(source, "a.txt", "Words."), raw=b"the bytes")
    await store.archive.record(source, [reading])
    assert await store.snapshots.read(reading.raw.sha256) == b"the bytes"


async def test_the_numbers_of_changes_are_never_given_again(tmp_path: Path, store: Store) -> None:
    source = a_source()
    await store.archive.add_source(source)
    await store.archive.record(source, [a_reading("a.txt", a_document(source, "a.txt", "Words."))])
    await store.archive.forget(source.id, ["a.txt"])
    with sqlite3.connect(tmp_path / "quotedesk.db") as connection:
        connection.execute("DELETE FROM changes")
    connection.close()
    assert await store.archive.head() == 2
    await store.archive.record(source, [a_reading("b.txt", a_document(source, "b.txt", "Others."))])
    assert [change.sequence for change in await store.archive.since(0, 10)] == [3]


async def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path, store: Store) -> None:
    source = a_source()
    await store.archive.add_source(source)
    with sqlite3.connect(tmp_path / "quotedesk.db") as connection:
        connection.execute("CREATE TRIGGER refuse BEFORE INSERT ON changes BEGIN SELECT RAISE(ABORT, 'not now'); END")
    with pytest.raises(Exception, match="not now"):
        await store.archive.record(source, [a_reading("a.txt", a_document(source, "a.txt", "Words."))])
    for table in ("documents", "versions", "items", "changes", "snapshots"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    connection.close()
    assert await store.archive.head() == 0


async def test_a_cancelled_writer_leaves_the_turn_to_the_next(store: Store) -> None:
    source = a_source()
    await store.archive.add_source(source)
    for wait in range(20):
        document = a_document(source, f"{wait}.txt", "Words.")
        write = asyncio.create_task(store.archive.record(source, [a_reading(f"{wait}.txt", document)]))
        read = asyncio.create_task(store.archive.documents(source.id))
        await asyncio.sleep(wait / 2000)
        write.cancel()
        read.cancel()
        await asyncio.gather(write, read, return_exceptions=True)
    last = a_document(source, "last.txt", "Words.")
    assert await store.archive.record(source, [a_reading("last.txt", last)]) == {last.id: Outcome.NEW}
    assert await store.archive.head() == len(await store.archive.live_ids())


async def test_readers_see_the_last_commit_while_someone_writes(tmp_path: Path, store: Store) -> None:
    source = a_source()
    await store.archive.add_source(source)
    writer = sqlite3.connect(tmp_path / "quotedesk.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE sources SET name = 'half done'")
    async with asyncio.timeout(5):
        assert [one.name for one in await store.archive.sources()] == ["hearings"]
    writer.execute("ROLLBACK")
    writer.close()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"])), data=st.data())
def test_any_text_and_its_marks_come_back_exactly(tmp_path: Path, text: str, data: st.DataObject) -> None:
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    said = PartialDate.parse("2019")
    marks = [Mark(start, end, said) for start, end in data.draw(st.lists(spans, max_size=3))]

    async def round_trip() -> None:
        store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)
        try:
            source = a_source()
            if not await store.archive.sources():
                await store.archive.add_source(source)
            document = a_document(source, "a.txt", text, marks)
            await store.archive.record(source, [a_reading("a.txt", document, raw=text.encode())])
            stored = await store.archive.version("local", document.id)
            assert stored is not None
            assert stored.document == document
            assert stored.text_sha256 == document.text_sha256
        finally:
            await store.close()

    asyncio.run(round_trip())
