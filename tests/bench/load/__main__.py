"""Asks a served desk many questions at once, and prints how long people wait and what it costs:

    python -m tests.bench.load HOME [--askers 20] [--seconds 60] [--think 0] [--rate 0] [--questions FILE] \
        [--beside refresh|reindex]

The server is `quotedesk serve` on HOME, in a process of its own; requests are signed HTTP on 127.0.0.1, answers come to
the address each request brings. Without `--rate` the loop is closed: each asker sends the next question when the last
one is answered and they have thought for a while (on average `--think` seconds, exponential; with 0, the default, the
server always has as many questions as there are askers). With `--rate` it is open: so many questions a second come by
chance (Poisson), whatever the server does, and waiting is counted from the moment at which each was due. Times are
milliseconds until the HTTP acknowledgement and until the whole answer was received. The questions are drawn from the
home's documents (`mix`), or those of a file. Every answer is checked as Slack checks blocks. With `--beside` the server
reads all files again meanwhile, or builds its index anew, over and over (`beside`).
"""

import asyncio
import itertools
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import aiohttp
import typer
from aiohttp import web

from bot.sandbox import Sandbox, User
from bot.sandbox.validate import Surface, block_problems
from bot.wording import slack_words, words
from tests.bench.load.asking import Asked, Line, Mailbox
from tests.bench.load.beside import Beside, busy
from tests.bench.load.mix import given, questions
from tests.bench.load.served import HOST, Served, served

_WARMING = 60
_SORRY = (
    words.BUSY,
    words.INDEX_DOWN,
    words.STORE_DOWN,
    words.SLACK_REFUSED,
    words.UNEXPECTED,
    slack_words.AWAY,
    slack_words.UNSURE,
    *slack_words.REFUSALS.values(),
)


@dataclass(frozen=True, slots=True)
class Load:
    """How it is asked: `think` and `rate` as the module tells, 0 for none; and what goes on beside it."""

    askers: int
    seconds: float
    think: float
    rate: float
    beside: Beside


def main(
    home: Annotated[Path, typer.Argument(help="The home; it is written to.")],
    askers: Annotated[int, typer.Option(help="So many at once.")] = 20,
    seconds: Annotated[float, typer.Option(help="So long.")] = 60,
    think: Annotated[float, typer.Option(help="Mean seconds between answer and next question.")] = 0,
    rate: Annotated[float, typer.Option(help="Questions a second, whatever the server does; 0 for a closed loop.")] = 0,
    questions_file: Annotated[Path | None, typer.Option("--questions", help="Lines {'query'}.")] = None,
    beside: Annotated[Beside, typer.Option(help="What the server does meanwhile.")] = Beside.NOTHING,
    seed: Annotated[int, typer.Option(help="Of questions and chance.")] = 1,
    serve: Annotated[str, typer.Option(help="Further arguments of `quotedesk serve`.")] = "",
) -> None:
    """Run and print."""
    asyncio.run(_run(home, Load(askers, seconds, think, rate, beside), questions_file, seed, serve.split()))


async def _run(home: Path, load: Load, file: Path | None, seed: int, further: Sequence[str]) -> None:
    asked = list(given(file)) if file else await questions(home, 4_000, seed)
    async with await Sandbox.start(clock=time.time) as sandbox, aiohttp.ClientSession() as session:
        users = [sandbox.add_user(f"asker{number}") for number in range(load.askers)]
        channel = sandbox.add_channel("general", tuple(users))
        mailbox = Mailbox()
        runner = web.AppRunner(mailbox.routes(), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, HOST, 0).start()
        mailbox.port = runner.addresses[0][1]
        try:
            async with served(home, sandbox, further) as server:
                line = Line(session, sandbox, mailbox, server.url, channel.id)
                async with busy(load.beside, home, line) as rounds:
                    await _measure(line, server, users, itertools.cycle(asked), load, random.Random(seed))
                    print(f"beside it: {load.beside}, {rounds.begun} begun, {rounds.ended} ended")
        finally:
            await runner.cleanup()


async def _measure(
    line: Line, server: Served, users: Sequence[User], asked: Iterator[str], load: Load, chance: random.Random
) -> None:
    for number, question in enumerate(itertools.islice(asked, _WARMING)):
        await line.ask(users[number % len(users)], question, time.perf_counter())
    line.mailbox.bodies.clear()
    before, used, begun = await server.sums(line.session), server.cpu(), time.perf_counter()
    own = time.process_time()
    loop = _open_loop if load.rate else _closed_loop
    times = await loop(line, users, asked, load, chance)
    took, used, own = time.perf_counter() - begun, server.cpu() - used, time.process_time() - own
    after = await server.sums(line.session)
    spent = {name: after[name] - before.get(name, 0) for name in after}
    _tell(load, times, took)
    _tell_costs(spent, used, len(times), server)
    print(f"asking, the stand-in for Slack and receiving: {own / len(times) * 1000:.1f} ms of processor a question")
    _tell_faults(times, line.mailbox.bodies)


async def _closed_loop(
    line: Line, users: Sequence[User], asked: Iterator[str], load: Load, chance: random.Random
) -> list[Asked]:
    end = time.perf_counter() + load.seconds

    async def one(user: User) -> list[Asked]:
        found: list[Asked] = []
        while time.perf_counter() < end:
            if load.think:
                await asyncio.sleep(chance.expovariate(1 / load.think))
            found.append(await line.ask(user, next(asked), time.perf_counter()))
        return found

    return [each for found in await asyncio.gather(*map(one, users)) for each in found]


async def _open_loop(
    line: Line, users: Sequence[User], asked: Iterator[str], load: Load, chance: random.Random
) -> list[Asked]:
    begun, due, tasks = time.perf_counter(), 0.0, list[asyncio.Task[Asked]]()
    for user in itertools.cycle(users):
        due += chance.expovariate(load.rate)
        if due > load.seconds:
            break
        await asyncio.sleep(max(begun + due - time.perf_counter(), 0))
        tasks.append(asyncio.create_task(line.ask(user, next(asked), begun + due)))
    return await asyncio.gather(*tasks)


def _tell(load: Load, times: Sequence[Asked], took: float) -> None:
    how = f"open loop, {load.rate:g} a second" if load.rate else f"closed loop, thinking {load.think:g} s"
    print(f"{load.askers} askers, {how}: {len(times)} questions in {took:.0f} s, {len(times) / took:.1f} a second")
    good = [each for each in times if each.problem is None]
    print(_percentiles("acknowledged", [each.acknowledged * 1000 for each in good]))
    print(_percentiles("answered", [each.answered * 1000 for each in good]))


def _percentiles(name: str, values: Sequence[float]) -> str:
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    return f"{name:12} p50 {cuts[49]:7.1f}   p95 {cuts[94]:7.1f}   p99 {cuts[98]:7.1f}   max {max(values):7.1f}"


def _tell_costs(spent: dict[str, float], used: float, count: int, server: Served) -> None:
    def each(name: str) -> float:
        return spent.get(f"{name}_sum", 0) / max(spent.get(f"{name}_count", 0), 1) * 1000

    print(f"server: {used / count * 1000:.1f} ms of processor a question, {server.anonymous() / 1e6:.0f} MB anonymous")
    answer, search = each("quotedesk_answer_seconds"), each("quotedesk_search_seconds")
    print(f"mean ms by its own clocks: whole answer {answer:.1f}, of which the engine {search:.1f}")


def _tell_faults(times: Sequence[Asked], bodies: Sequence[bytes]) -> None:
    answers = [json.loads(body) for body in bodies]
    problems = Counter(each.problem for each in times if each.problem)
    sorry = sum(any(sentence in answer.get("text", "") for sentence in _SORRY) for answer in answers)
    wrong = sum(bool(block_problems(answer.get("blocks") or [], Surface.MESSAGE)) for answer in answers)
    print(f"failed {sum(problems.values())} {dict(problems)}, apologies {sorry}, blocks Slack would refuse {wrong}")


if __name__ == "__main__":
    typer.run(main)
