"""What an admin has the served desk do over and over while it is asked: read everything again, or build a new index."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.sandbox import Sandbox, User
from bot.wording import admin_words
from tests.bench.load.asking import Line

_PATIENCE = 900.0


class Beside(StrEnum):
    """`refresh`: all files are extracted again, as after a new revision of every extractor, and what changed is
    indexed. `reindex`: a new generation is built beside the live one and swapped in.
    """

    NOTHING = "nothing"
    REFRESH = "refresh"
    REINDEX = "reindex"


_ORDERS = {Beside.REFRESH: ("", admin_words.UP_TO_DATE), Beside.REINDEX: ("full", admin_words.REBUILT)}
"""What is written after `/reindex`, and the sentence that ends it."""


@dataclass(slots=True)
class Rounds:
    """How many were begun and how many ended."""

    begun: int = 0
    ended: int = 0


@asynccontextmanager
async def busy(beside: Beside, home: Path, line: Line) -> AsyncGenerator[Rounds]:
    """The server does this meanwhile, from its first moment on; what is under way at the end is left to it."""
    rounds = Rounds()
    if beside is Beside.NOTHING:
        yield rounds
        return
    admin = line.sandbox.add_user("admin", admin=True)
    working = asyncio.create_task(_again_and_again(beside, home, line, admin, rounds))
    try:
        yield rounds
        if working.done():
            working.result()
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)


async def _again_and_again(beside: Beside, home: Path, line: Line, admin: User, rounds: Rounds) -> None:
    written, end = _ORDERS[beside]
    while True:
        if beside is Beside.REFRESH:
            await asyncio.to_thread(_outdate, home)
        rounds.begun += 1
        asked = await line.ask(admin, written, time.perf_counter(), command="/reindex")
        if asked.problem:
            raise SystemExit(f"The bot did not take the order: {asked.problem}.")
        await line.sandbox.until(lambda: _ended(line.sandbox, admin, end) == rounds.begun or None, _PATIENCE)
        rounds.ended += 1


def _outdate(home: Path) -> None:
    """As if another extractor had read each file."""
    with closing(sqlite3.connect(home / "quotedesk.sqlite", timeout=30)) as database, database:
        database.execute("UPDATE items SET extractor = 'another/0'")


def _ended(sandbox: Sandbox, admin: User, end: str) -> int:
    return sum(end in message.shown for message in sandbox.messages(sandbox.dm_channel(admin), admin))
