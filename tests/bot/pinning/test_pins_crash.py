"""Pins follow their sources in processes that are killed or run at once: nothing is lost, nothing is told twice."""

import asyncio
import random
import signal
import sqlite3
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.pinning import Follower
from bot.roles import LOCAL
from bot.store import open_store
from bot.store.pins import PinFilter, Where
from tests.contracts.archive import NOON, a_document, a_reading, a_source
from tests.contracts.pins import a_pin, made
from tests.fakes.forked import Ends, ended, forked

PINS = 40
_ALL = PinFilter()


async def _follow(home: Path, end: Connection) -> None:
    store = await open_store(f"sqlite+aiosqlite:///{home}/quotedesk.db", home)
    follower = Follower(store.archive, store.pins, store.shares, lambda: datetime.now(UTC))
    end.send("ready")
    end.recv()
    await follower.follow()
    await store.close()


def follow(home: Path, end: Connection) -> None:
    """Say when it is ready, and follow when it is told to: in a process of its own."""
    asyncio.run(_follow(home, end))


async def _documents(home: Path, words: str) -> None:
    """A version of each document; one pin on each at the first."""
    store = await open_store(f"sqlite+aiosqlite:///{home}/quotedesk.db", home)
    source = a_source()
    if not await store.archive.sources():
        await store.archive.add_source(source)
    pins = await store.pins.search(LOCAL, [source.id], _ALL, NOON)
    for number in range(PINS):
        text = f"The record number {number} begins so.\n\n{words}\n\nAnd the record number {number} ends."
        document = a_document(source, f"{number}.txt", text)
        await store.archive.record(source, [a_reading(document.location, document, raw=text.encode())])
        if not pins:
            at = text.index(words)
            place = Where(1, at, at + len(words))
            pin = a_pin(f"p{number}", source_id=source.id, document_id=document.id, quote=words, at=place)
            await store.pins.add([pin], [made(pin)])
    await store.close()


async def _start(home: Path) -> tuple[ForkServerProcess, Connection]:
    here, there = Ends()
    process = forked(follow, home, there)
    there.close()
    assert await asyncio.to_thread(here.recv) == "ready"
    return process, here


def _kept(home: Path) -> tuple[int, int, int]:
    """Orphans, notices, and lines of history that tell of an orphan: they must always agree."""
    with sqlite3.connect(home / "quotedesk.db") as connection:
        counts = [
            connection.execute(statement).fetchone()[0]
            for statement in (
                "SELECT count(*) FROM pins WHERE doubt = 'altered'",
                "SELECT count(*) FROM notices",
                "SELECT count(*) FROM pin_changes WHERE deed = 'orphaned'",
            )
        ]
    connection.close()
    return counts[0], counts[1], counts[2]


async def test_kill_9_at_any_moment_and_two_at_once_tell_everything_once(tmp_path: Path) -> None:
    await _documents(tmp_path, "We will not wait for another flood.")
    await _documents(tmp_path, "We can wait for any flood, said nobody.")
    moments = random.Random(20240501)
    for _ in range(4):
        process, end = await _start(tmp_path)
        end.send("go")
        await asyncio.sleep(moments.uniform(0, 0.3))
        process.kill()
        assert await ended(process) in (-signal.SIGKILL, 0)
        end.close()
        orphans, notices, lines = _kept(tmp_path)
        assert orphans == notices == lines
    together = [await _start(tmp_path) for _ in range(2)]
    for _, end in together:
        end.send("go")
    assert [await ended(process) for process, _ in together] == [0, 0]
    for _, end in together:
        end.close()
    assert _kept(tmp_path) == (PINS, PINS, PINS)
