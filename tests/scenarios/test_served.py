"""`quotedesk serve` as it is started for good: a process with its searching processes, asked over signed HTTP."""

import asyncio
import json
import os
import signal
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from bot.sandbox import Sandbox
from bot.sandbox.validate import Surface, block_problems
from tests.bench.load.asking import Line, Mailbox
from tests.bench.load.served import HOST, Served, served
from tests.scenarios.newsroom import make_home

SEARCHING = {"QUOTEDESK_SEARCH_PROCESSES": "2"}


@asynccontextmanager
async def asked_of(home: Path) -> AsyncGenerator[tuple[Served, Callable[[str], Awaitable[str]]]]:
    """A server on this home, and what Rita is told when she asks it, as Slack would take it."""
    async with await Sandbox.start(clock=time.time) as sandbox, aiohttp.ClientSession() as session:
        rita, mailbox = sandbox.add_user("rita"), Mailbox()
        channel = sandbox.add_channel("general", (rita,))
        runner = web.AppRunner(mailbox.routes(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, HOST, 0).start()
        mailbox.port = runner.addresses[0][1]
        try:
            async with served(home, sandbox, settings=SEARCHING) as server:
                line = Line(session, sandbox, mailbox, server.url, channel.id)

                async def told(question: str) -> str:
                    assert (await line.ask(rita, question, time.perf_counter())).problem is None
                    blocks = json.loads(mailbox.bodies[-1])["blocks"]
                    assert not block_problems(blocks, Surface.MESSAGE)
                    return json.dumps(blocks)

                yield server, told
        finally:
            await runner.cleanup()


def searching(server: Served) -> list[int]:
    """Its processes that search."""
    return [each for each in server.processes() if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]


def runs(process: int) -> bool:
    """Whether it has not ended; nobody may have asked yet how."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


async def test_a_server_answers_whatever_becomes_of_those_who_search_for_it(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    await make_home(tmp_path / "home", tmp_path / "notes")
    async with asked_of(tmp_path / "home") as (server, told):
        before = searching(server)
        assert len(before) == 2
        assert "seven foreign" in await told("lighthouse foreign seven")
        for each in before:
            os.kill(each, signal.SIGKILL)
        for question in ("ferry waited", "miller business"):
            assert "tide" in await told(question)
        after = searching(server)  # the other one is replaced when it is needed
        assert after
        assert set(after).isdisjoint(before)
        everyone = server.processes()
    async with asyncio.timeout(20):
        while any(map(runs, everyone)):  # noqa: ASYNC110 - they are processes of another
            await asyncio.sleep(0.05)
