"""`quotedesk serve` in a process of its own, and what it says and costs."""

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import aiohttp

from bot.sandbox import Sandbox

HOST = "127.0.0.1"
_TICK = os.sysconf("SC_CLK_TCK")
_FIGURE = re.compile(r"^(\w+?)(_bucket|_sum|_count|_total)?(?:\{.*\})? ([0-9.e+-]+)$", re.MULTILINE)


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its process and its address."""

    pid: int
    port: int

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://{HOST}:{self.port}"

    def processes(self) -> list[int]:
        """Its own process and all that it has started."""
        found = [self.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text(encoding="ascii").split()]
        return found

    def cpu(self) -> float:
        """Seconds of processor that all of them have used."""
        return sum(map(_cpu, self.processes()))

    def anonymous(self) -> int:
        """Bytes of memory of all of them that are no file's."""
        return sum(map(_anonymous, self.processes()))

    async def sums(self, session: aiohttp.ClientSession) -> dict[str, float]:
        """The sums and counts of its histograms and counters by name, whatever their labels."""
        async with session.get(f"{self.url}/metrics") as answer:
            text = await answer.text()
        found: dict[str, float] = {}
        for name, part, value in _FIGURE.findall(text):
            if part != "_bucket":
                found[name + part] = found.get(name + part, 0.0) + float(value)
        return found


@asynccontextmanager
async def served(
    home: Path, sandbox: Sandbox, further: Sequence[str] = (), settings: Mapping[str, str] = MappingProxyType({})
) -> AsyncGenerator[Served]:
    """The server on a home, ready. `further` arguments go to `quotedesk serve`, which has these `settings` besides."""
    own = {
        "QUOTEDESK_HOME": str(home),
        "SLACK_BOT_TOKEN": sandbox.app.bot_token,
        "SLACK_SIGNING_SECRET": sandbox.app.signing_secret,
        "QUOTEDESK_SLACK_API_URL": sandbox.api_url,
    }
    port = free_port()
    command = (sys.executable, "-m", "bot", "serve", "--port", str(port), *further)
    process = await asyncio.create_subprocess_exec(*command, env={**os.environ, **own, **settings})
    try:
        running = Served(process.pid, port)
        await _ready(running)
        yield running
    finally:
        with suppress(ProcessLookupError):  # whoever uses it may have ended it
            process.terminate()
        await process.wait()


async def _ready(running: Served) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(1_200):
            try:
                async with session.get(f"{running.url}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.1)
    raise SystemExit("The bot did not become ready.")


def _cpu(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _anonymous(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"^RssAnon:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0
