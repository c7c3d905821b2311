"""Asks a served bot many questions at once through the Slack stand-in, and prints how long people wait.

    QUOTEDESK_HOME=… python -m tests.bench.quote_load QUERIES.jsonl [requests] [at once]

The bot runs as `quotedesk serve` in a process of its own on the home's index; QUERIES holds lines {"query"}.
Times are milliseconds: until the command was acknowledged, and until the answer stood in the channel.
"""

import asyncio
import itertools
import json
import os
import socket
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import aiohttp

from bot.sandbox import Sandbox, User


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def served(sandbox: Sandbox, port: int) -> asyncio.subprocess.Process:
    """`quotedesk serve`, ready."""
    settings = {
        "SLACK_BOT_TOKEN": sandbox.app.bot_token,
        "SLACK_SIGNING_SECRET": sandbox.app.signing_secret,
        "QUOTEDESK_SLACK_API_URL": sandbox.api_url,
    }
    command = (sys.executable, "-m", "bot", "serve", "--port", str(port))
    process = await asyncio.create_subprocess_exec(*command, env=os.environ | settings)
    async with aiohttp.ClientSession() as session:
        for _ in range(300):
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == 200:
                        return process
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.1)
    process.kill()
    raise SystemExit("The bot did not become ready.")


async def ask(sandbox: Sandbox, user: User, questions: Iterator[str], count: int) -> list[tuple[float, float]]:
    """One person asks one question after the other."""
    times: list[tuple[float, float]] = []
    for question in itertools.islice(questions, count):
        seen, begun = len(sandbox.messages("general", user)), time.perf_counter()
        delivery = await sandbox.command(user, "general", "/quote", question)
        assert delivery.ok, delivery
        assert delivery.ack_ms is not None
        await sandbox.until(lambda seen=seen: len(sandbox.messages("general", user)) > seen or None, timeout=60)
        times.append((delivery.ack_ms, (time.perf_counter() - begun) * 1000))
    return times


def told(name: str, values: list[float]) -> str:
    """One line of percentiles."""
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return f"{name:12} p50 {cuts[49]:7.1f}   p95 {cuts[94]:7.1f}   p99 {cuts[98]:7.1f}   max {max(values):7.1f}"


async def main(questions: list[str], requests: int = 200, at_once: int = 10) -> None:
    """Run and print."""
    async with await Sandbox.start(clock=time.time) as sandbox:
        askers = [sandbox.add_user(f"asker{number}") for number in range(at_once)]
        sandbox.add_channel("general", tuple(askers))
        port = free_port()
        process = await served(sandbox, port)
        try:
            await sandbox.connect_http(f"http://127.0.0.1:{port}/slack/events")
            endless = itertools.cycle(questions)
            await ask(sandbox, askers[0], endless, 5)  # opens connections and files
            begun = time.perf_counter()
            each = (ask(sandbox, asker, endless, requests // at_once) for asker in askers)
            times = [pair for pairs in await asyncio.gather(*each) for pair in pairs]
            seconds = time.perf_counter() - begun
        finally:
            process.terminate()
            await process.wait()
    print(f"{len(times)} questions, {at_once} at once, {len(times) / seconds:.1f} a second")
    print(told("acknowledged", [acknowledged for acknowledged, _ in times]))
    print(told("answered", [answered for _, answered in times]))


if __name__ == "__main__":
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    asyncio.run(main([json.loads(line)["query"] for line in lines if line], *map(int, sys.argv[2:])))
