"""A find is told once, wherever the process dies: it is killed for good between every two steps, and started again."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest

from bot.build import build
from bot.config import Config
from bot.roles import operator
from bot.sandbox import Sandbox
from bot.store import open_store
from bot.web.telling import line_to_slack, watch_telling
from bot.web.watching import rounds_of
from bot.wording import watch_words
from tests.fakes.forked import ended, forked
from tests.fakes.watches import a_watch

STEPS = ("before commit", "after commit", "after begin", "after post", "after finish")
UNSURE = ("after begin", "after post")
"""Killed there, it can't be known from the store alone whether the message stands in Slack."""
IN_DIRECT_MESSAGES = pytest.mark.parametrize("personal", [True, False], ids=["direct", "channel"])


async def _no_limits(_workspace_id: str) -> frozenset[str]:
    return frozenset()


def _killing(part: object, name: str, fatal: str) -> None:
    """Have the process kill itself right before or after a method of this part."""
    method: Callable[..., Awaitable[object]] = getattr(part, name)

    async def run(_self: object, *given: object, **named: object) -> object:
        if fatal == f"before {name}":
            os.kill(os.getpid(), signal.SIGKILL)
        result = await method(*given, **named)
        if fatal == f"after {name}":
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(type(part), name, run)


async def _go_round(home: Path, api_url: str, token: str, fatal: str) -> None:
    config = Config.model_validate({"quotedesk_home": home})
    async with await build(config) as app, aiohttp.ClientSession() as session:
        telling = watch_telling(line_to_slack(api_url, token, session, lambda _team: "local", _no_limits))
        for name in ("commit", "begin", "finish"):
            _killing(app.store.outbox, name, fatal)
        _killing(telling, "post", fatal)
        rounds = rounds_of(app, telling, between=0.0)
        assert await rounds.once()
        assert await rounds.once()


def go_round(home: Path, api_url: str, token: str, fatal: str) -> None:
    """One round, in a process of its own."""
    asyncio.run(_go_round(home, api_url, token, fatal))


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with await Sandbox.start() as running:
        yield running


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has read something, and then something new."""
    home, news = tmp_path_factory.mktemp("waiting") / "home", tmp_path_factory.mktemp("news")

    async def prepare() -> None:
        (news / "a.txt").write_text("The tide was there before.\n")
        async with await build(Config.model_validate({"quotedesk_home": home})) as app:
            await app.holdings.add(operator(), str(news), name="news")
            (news / "b.txt").write_text("A second tide took three ships.\n")
            await app.holdings.refresh(operator(), "news")

    asyncio.run(prepare())
    return home


async def prepared(sandbox: Sandbox, waiting: Path, tmp_path: Path, *, personal: bool) -> tuple[Path, str]:
    """A copy of that home with a watch from before the news; and the conversation that is to hear of it."""
    rita = sandbox.add_user("rita")
    channel = sandbox.add_channel("general", (rita,))
    place = sandbox.dm_channel("rita").id if personal else channel.id
    home = shutil.copytree(waiting, tmp_path / "home")
    store = await open_store(f"sqlite+aiosqlite:///{home}/quotedesk.sqlite", home)
    watch = await store.watches.add(a_watch(team_id=rita.team_id, owner=rita.id, place=place, personal=personal))
    await store.watches.replace(replace(watch, since=watch.since - 1))
    await store.close()
    return home, place


async def round_of(sandbox: Sandbox, home: Path, fatal: str = "") -> int:
    """How the process ended."""
    return await ended(forked(go_round, home, sandbox.api_url, sandbox.app.bot_token, fatal))


def told(sandbox: Sandbox, place: str) -> list[str]:
    return [one.shown for one in sandbox.messages(place, "rita") if "A second tide" in one.shown]


@pytest.mark.parametrize("fatal", STEPS)
@IN_DIRECT_MESSAGES
async def test_told_once_wherever_it_is_killed(
    sandbox: Sandbox, waiting: Path, tmp_path: Path, fatal: str, personal: bool
) -> None:
    home, place = await prepared(sandbox, waiting, tmp_path, personal=personal)
    assert await round_of(sandbox, home, fatal) == -signal.SIGKILL
    before = len(told(sandbox, place))
    assert before == (fatal in ("after post", "after finish"))
    assert await round_of(sandbox, home) == 0
    messages = told(sandbox, place)
    if personal or fatal not in UNSURE:
        assert len(messages) == 1
        assert watch_words.MAY_REPEAT not in messages[0]
    else:
        # Slack lets the app look into no channel: there it is told again, and says so.
        assert len(messages) == before + 1
        assert watch_words.MAY_REPEAT in messages[-1]
