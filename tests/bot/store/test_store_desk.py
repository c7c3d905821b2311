"""The audit trail, deliveries and shares, and the errors of a database that can't be used."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import BadConfiguration, StoreUnavailable
from bot.store import Store, open_store
from bot.store.audit import AuditEntry
from bot.store.database import Database
from bot.store.shares import Share
from tests.contracts.archive import NOON, a_document, a_reading, a_source


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)
    yield store
    await store.close()


async def test_the_audit_trail_tells_the_newest_first_and_only_its_own_workspace(store: Store) -> None:
    entries = [AuditEntry("A", NOON, "U1", "share", f"d{n}", "in #news") for n in range(3)]
    for entry in (*entries, AuditEntry("B", NOON, "U2", "share", "d9")):
        await store.audit.write(entry)
    assert await store.audit.entries("A", 10) == entries[::-1]
    assert await store.audit.entries("A", 2) == [entries[2], entries[1]]
    assert [entry.actor for entry in await store.audit.entries("B", 10)] == ["U2"]


async def test_a_delivery_is_first_once(store: Store) -> None:
    assert sum(await asyncio.gather(*(store.deliveries.first("A", "Ev1", NOON) for _ in range(8)))) == 1
    assert await store.deliveries.first("B", "Ev1", NOON)
    assert await store.deliveries.first("A", "Ev2", NOON)
    assert not await store.deliveries.first("A", "Ev1", NOON + timedelta(hours=23))


async def test_two_stores_on_one_file_agree_on_what_is_first(tmp_path: Path, store: Store) -> None:
    other = await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)
    keys = [f"Ev{n}" for n in range(20)]
    answers = await asyncio.gather(*(one.deliveries.first("A", key, NOON) for key in keys for one in (store, other)))
    await other.close()
    assert [first + second for first, second in zip(answers[::2], answers[1::2], strict=True)] == [1] * 20


async def test_shares_of_a_document_come_oldest_first(store: Store) -> None:
    source = a_source(workspace_id="A")
    await store.archive.add_source(source)
    document = a_document(source, "a.txt", "Words that were shared.")
    await store.archive.record(source, [a_reading("a.txt", document)])
    late = Share("A", "C1", "17.2", "U1", NOON + timedelta(hours=1), document.id, 1, 0, 5)
    early = replace(late, channel="C2", at=NOON)
    for share in (late, early):
        await store.shares.add(share)
    assert await store.shares.of_documents([document.id]) == [early, late]
    assert await store.shares.of_documents(["never shared"]) == []
    with pytest.raises(IntegrityError):  # what is not stored can't have been shown
        await store.shares.add(replace(late, version=2))


async def test_a_time_without_its_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="time zone"):
        await store.audit.write(AuditEntry("A", datetime(2024, 5, 1), "U1", "share", "d1"))  # noqa: DTZ001 - the point


@pytest.mark.parametrize("url", ["nonsense", "sqlite:///quotedesk.db", "nosuch+driver://host/db"])
async def test_a_url_that_cant_be_used_is_a_matter_of_configuration(tmp_path: Path, url: str) -> None:
    with pytest.raises(BadConfiguration, match="QUOTEDESK_DATABASE_URL"):
        await open_store(url, tmp_path)


async def test_a_file_that_cant_be_opened_is_one_sentence_with_its_cause(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="can't be read or written") as raised:
        await open_store(f"sqlite+aiosqlite:///{tmp_path}/no/such/folder.db", tmp_path)
    assert raised.value.__cause__ is not None


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "quotedesk.db").write_bytes(b"not a database" * 1000)
    with pytest.raises(StoreUnavailable):
        await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)


async def test_a_full_disk_is_called_so(tmp_path: Path) -> None:
    async def fill(connection: AsyncConnection) -> None:
        for statement in (
            "PRAGMA max_page_count = 2",
            "CREATE TABLE words (word)",
            "INSERT INTO words VALUES (randomblob(99999))",
        ):
            await connection.execute(text(statement))

    database = Database(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db")
    with pytest.raises(StoreUnavailable, match="The disk is full"):
        await database.write(fill)
    await database.close()
