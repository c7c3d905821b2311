"""The migrations build what the tables say, once, whoever comes first."""

import asyncio
import sqlite3
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, insert, inspect

from bot.errors import StoreUnavailable
from bot.store import open_store
from bot.store.database import Database
from bot.store.pin_rows import pin_row
from bot.store.pin_tables import pins
from bot.store.tables import metadata
from sources.port import Refused
from tests.contracts.pins import NOON, a_pin

START = """
import asyncio, sys
from pathlib import Path
from bot.store import open_store

async def start():
    home = Path(sys.argv[1])
    store = await open_store(f"sqlite+aiosqlite:///{home}/quotedesk.db", home)
    assert await store.archive.head() == 0
    await store.close()

sys.stdin.read(1)
asyncio.run(start())
"""


def _checks(connection: Connection) -> dict[str, Any]:
    inspector = inspect(connection)
    names = set(inspector.get_table_names()) - {"alembic_version"}
    return {name: sorted(check["sqltext"] for check in inspector.get_check_constraints(name)) for name in names}


async def test_the_migrated_database_is_what_the_tables_say(tmp_path: Path) -> None:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)
    await store.close()
    migrated, declared = create_engine(f"sqlite:///{tmp_path}/quotedesk.db"), create_engine("sqlite://")
    with migrated.connect() as here, declared.connect() as there:
        options = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(here, opts=options), metadata) == []
        metadata.create_all(there)
        assert _checks(here) == _checks(there)
    migrated.dispose()
    declared.dispose()


async def test_processes_that_start_together_wait_for_each_other(tmp_path: Path) -> None:
    pipe = asyncio.subprocess.PIPE
    processes = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", START, str(tmp_path), stdin=pipe, stderr=pipe)
        for _ in range(4)
    ]
    results = await asyncio.gather(*(process.communicate(b"!") for process in processes))
    assert [stderr.decode() for _, stderr in results] == [""] * 4
    with sqlite3.connect(tmp_path / "quotedesk.db") as connection:
        assert connection.execute("SELECT name, last FROM sequences").fetchall() == [("changes", 0)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


async def test_a_migration_that_is_interrupted_leaves_nothing_half_made(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "quotedesk.db") as connection:
        connection.execute("CREATE TABLE shares (in_the_way INTEGER)")  # the last table to be made
    with pytest.raises(StoreUnavailable):
        await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)
    assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("shares",)]
    connection.close()


async def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db"
    await (await open_store(url, tmp_path)).close()
    with sqlite3.connect(tmp_path / "quotedesk.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreUnavailable, match="newer Quotedesk"):
        await open_store(url, tmp_path)


async def test_what_the_first_version_kept_is_there_after_the_second_migration(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db"
    database = Database(url)
    await database.write(lambda connection: connection.run_sync(partial(_upgrade_to, "0001")))
    await database.close()
    with sqlite3.connect(tmp_path / "quotedesk.db") as connection:
        moment = "2024-05-01 12:00:00.000000"
        row = ("s", "local", "old", "folder", "/old", moment, "[]", True, False)
        connection.execute(
            "INSERT INTO sources (id, workspace_id, name, connector, place, added, visible_to, manifest, paused)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        connection.execute("INSERT INTO items VALUES ('s', 'a.txt', 'local', 'f', 'x/1', NULL, 'It is locked.')")
    connection.close()
    store = await open_store(url, tmp_path)
    (source,) = await store.archive.sources("local")
    assert (source.name, source.every, source.attempted, source.failures) == ("old", timedelta(0), None, 0)
    assert await store.archive.refused("s") == [Refused("a.txt", "It is locked.")]
    await store.close()


async def test_pins_from_before_are_found_by_their_words(tmp_path: Path) -> None:
    url, pin = f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", a_pin("p1")
    database = Database(url)
    await database.write(lambda connection: connection.run_sync(partial(_upgrade_to, "0009")))
    await database.write(lambda connection: connection.execute(insert(pins), pin_row(pin)))
    await database.close()
    store = await open_store(url, tmp_path)
    assert list(await store.pins.standing("local", "floods", NOON, 0, 9)) == [pin]
    await store.close()


def _upgrade_to(revision: str, connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.attributes["connection"] = connection
    upgrade(config, revision)
