"""`quotedesk serve` is killed (kill -9) while people ask, set up watches and have everything read and built anew."""

import asyncio
import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from bot.build import build
from bot.config import Config
from bot.lock import WriterLock
from bot.roles import operator
from bot.sandbox import Sandbox
from bot.wording import watch_words
from tests.bench.load.served import served
from tests.scenarios.newsroom import make_home
from tests.scenarios.test_served import runs

SETTINGS = {"QUOTEDESK_SEARCH_PROCESSES": "1"}


async def set_up(sandbox: Sandbox, question: str) -> None:
    """Rita sets up a watch, and is told that it stands."""
    await sandbox.command("rita", "general", "/quote", f"watch {question}")
    offered = await sandbox.wait_for("general", f"Words: {question}.", as_user="rita")
    await sandbox.click("rita", offered, watch_words.SET_UP)
    await sandbox.wait_for_view("rita")
    await sandbox.submit_view("rita", {})
    await sandbox.wait_for(
        sandbox.dm_channel("rita"),
        lambda message: watch_words.STARTED in message.shown and question in message.shown,
        as_user="rita",
    )


async def work(sandbox: Sandbox, folder: Path, told: list[str]) -> None:
    """What goes on in a newsroom, as fast as it can; `told` takes the questions of watches that stand."""

    async def reporters() -> None:
        while True:
            question = f"tide{len(told)}"
            await set_up(sandbox, question)
            told.append(question)

    async def admins() -> None:
        for number in range(1_000):
            (folder / f"{random.randrange(20)}.txt").write_text(f"The tide took ship {time.time_ns()}.\n" * 40)
            await sandbox.command("ada", "general", "/reindex", "full" if number % 2 else "")
            await asyncio.sleep(0.2)

    async def askers() -> None:
        while True:
            await sandbox.command("ed", "general", "/quote", "tide ship")
            await asyncio.sleep(0.05)

    await asyncio.gather(reporters(), admins(), askers())


async def killed_at_work(home: Path, folder: Path, told: list[str], seconds: float) -> None:
    """Serve for so long, at work, and be killed."""
    async with await Sandbox.start(clock=time.time) as sandbox, served(home, sandbox, settings=SETTINGS) as server:
        ada = sandbox.add_user("ada", admin=True)
        sandbox.add_channel("general", (sandbox.add_user("rita"), sandbox.add_user("ed"), ada))
        await sandbox.connect_http(f"{server.url}/slack/events")
        working = asyncio.create_task(work(sandbox, folder, told))
        await asyncio.wait([working], timeout=seconds)
        assert not working.done(), working.exception()
        children = server.processes()[1:]
        os.kill(server.pid, signal.SIGKILL)
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        await gone(children)


async def gone(processes: list[int]) -> None:
    """Wait until none of them is left."""
    async with asyncio.timeout(20):
        while any(map(runs, processes)):  # noqa: ASYNC110 - they are processes of another
            await asyncio.sleep(0.02)


async def check(home: Path, told: list[str]) -> None:
    """Everything that was promised is there, nobody holds a lock, and the index is whole and can be brought up."""
    with closing(sqlite3.connect(home / "quotedesk.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    async with await build(Config.model_validate({"quotedesk_home": home})) as application:
        for lock in found(home, "*.lock"):
            async with WriterLock(lock).hold_if_free("looking") as held:
                assert held, lock
        await application.engine.verify()
        stand = {watch.question for watch in await application.store.watches.all()}
        assert stand >= set(told)
        await application.holdings.reindex(operator(), full=True)
        status = await application.engine.status()
        assert status.live is not None
        assert status.live.sequence == await application.store.archive.head()
        kept = {each.generation for each in (status.live, status.previous) if each}
        assert {each.parent.name for each in found(home / "index", "manifest.json")} == kept
        assert found(home / "index" / status.live.generation, "new-*") == []  # the others go as wholes


def found(folder: Path, pattern: str) -> list[Path]:
    """What lies below it."""
    return [*folder.rglob(pattern)]


async def test_a_server_that_is_killed_at_work_loses_nothing_it_has_told(tmp_path: Path) -> None:
    folder, home, told = tmp_path / "notes", tmp_path / "home", list[str]()
    folder.mkdir()
    await make_home(home, folder)
    while not told:  # on a slow day one second is not enough
        await killed_at_work(home, folder, told, random.uniform(1.0, 2.0))
        await check(home, told)
