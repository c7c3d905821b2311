"""Processes that are killed or write at once: what was promised is there, and nothing is half there."""

import asyncio
import hashlib
import random
import signal
import sqlite3
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.store import open_store
from tests.contracts.archive import a_document, a_reading, a_source
from tests.fakes.forked import Ends, ended, forked


async def _record(home: Path, name: str, rounds: int, end: Connection) -> None:
    store = await open_store(f"sqlite+aiosqlite:///{home}/quotedesk.db", home)
    source = a_source(name)
    if not [one for one in await store.archive.sources() if one.id == source.id]:
        await store.archive.add_source(source)
    for n in range(rounds):
        texts = [f"{name} {time.time_ns()} {n} {part} " * 50 for part in range(8)]
        documents = [a_document(source, f"{n % 7}-{part}.txt", text) for part, text in enumerate(texts)]
        await store.archive.record(source, [a_reading(d.location, d, raw=d.text.encode()) for d in documents])
        end.send(n)
    await store.close()


def record(home: Path, name: str, rounds: int, end: Connection) -> None:
    """Record documents that change every time, and say which round was committed: in a process of its own."""
    asyncio.run(_record(home, name, rounds, end))


def _start(home: Path, name: str, rounds: int) -> tuple[ForkServerProcess, Connection]:
    here, there = Ends()
    process = forked(record, home, name, rounds, there)
    there.close()
    return process, here


def _said(end: Connection) -> int:
    """How many rounds were committed since it was asked last; the process has ended."""
    count = 0
    with suppress(EOFError):
        while True:
            end.recv()
            count += 1
    end.close()
    return count


def _check_whole(home: Path) -> tuple[int, int]:
    """Check everything that must hold between rows and files; returns how many versions and changes there are."""
    connection = sqlite3.connect(home / "quotedesk.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    versions = connection.execute("SELECT document_id, raw_sha256, text_sha256, text FROM versions").fetchall()
    logged = dict(connection.execute("SELECT document_id, count(*) FROM changes GROUP BY 1").fetchall())
    made = dict(connection.execute("SELECT document_id, max(number) FROM versions GROUP BY 1").fetchall())
    current = dict(connection.execute("SELECT id, version FROM documents").fetchall())
    sequences = [row[0] for row in connection.execute("SELECT sequence FROM changes ORDER BY 1")]
    connection.close()
    assert logged == made == current  # here every version has one change, and every document its newest version
    assert sequences == list(range(1, len(sequences) + 1))
    for _, raw_sha256, text_sha256, text in versions:
        raw = (home / "snapshots" / raw_sha256[:2] / raw_sha256[2:]).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == raw_sha256
        assert hashlib.sha256(text.encode()).hexdigest() == text_sha256
    return len(versions), len(sequences)


async def test_kill_9_at_any_moment_loses_and_halves_nothing(tmp_path: Path) -> None:
    moments = random.Random(20240501)
    committed = 0
    for _ in range(10):
        process, end = _start(tmp_path, "killed", 10_000)
        await asyncio.to_thread(end.recv)
        await asyncio.sleep(moments.uniform(0, 0.15))
        process.kill()
        assert await ended(process) == -signal.SIGKILL
        committed += 1 + _said(end)
        versions, _ = _check_whole(tmp_path)
        assert versions >= 8 * committed

    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)
    source = a_source("after")
    await store.archive.add_source(source)
    await store.archive.record(source, [a_reading("a.txt", a_document(source, "a.txt", "Life goes on."))])
    await store.close()
    _check_whole(tmp_path)


async def test_two_processes_write_at_once_and_wait_for_each_other(tmp_path: Path) -> None:
    processes = [_start(tmp_path, name, 25) for name in ("one", "two")]
    assert [await ended(process) for process, _ in processes] == [0, 0]
    assert [_said(end) for _, end in processes] == [25, 25]
    assert _check_whole(tmp_path) == (400, 400)
