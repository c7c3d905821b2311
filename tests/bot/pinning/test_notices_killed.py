"""An owner is told, wherever the process that tells dies: it is killed for good between every two steps."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.asking.cards import PassageRef
from bot.build import build
from bot.config import Config
from bot.roles import Person, operator
from bot.sandbox import Sandbox
from bot.store.pins import NoticeKind, PinFilter
from bot.web.telling import line_to_slack, pin_telling
from bot.wording import pinboard_words
from tests.fakes.forked import ended, forked

STEPS = (
    *("before follow", "after follow", "before chat_postMessage", "after chat_postMessage"),
    *("before delivered", "after delivered"),
)
TOLD_ALREADY = frozenset({"after chat_postMessage", "before delivered", "after delivered"})
TWICE = frozenset({"after chat_postMessage", "before delivered"})
"""Killed there, nobody knows that it was told: it is told once more, rather than never."""


async def _no_limits(_workspace_id: str) -> frozenset[str]:
    return frozenset()


def _killing(part: type, name: str, fatal: str) -> None:
    """Have the process kill itself right before or after a method of this part."""
    method: Callable[..., Awaitable[object]] = getattr(part, name)

    async def run(self: object, *given: object, **named: object) -> object:
        if fatal == f"before {name}":
            os.kill(os.getpid(), signal.SIGKILL)
        result = await method(self, *given, **named)
        if fatal == f"after {name}":
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(part, name, run)


async def _follow_and_tell(home: Path, api_url: str, token: str, fatal: str) -> None:
    config = Config.model_validate({"quotedesk_home": home})
    async with await build(config) as app, aiohttp.ClientSession() as session:
        telling = pin_telling(app, line_to_slack(api_url, token, session, lambda _team: "local", _no_limits))
        _killing(type(app.store.pins), "follow", fatal)
        _killing(type(app.store.notices), "delivered", fatal)
        _killing(AsyncWebClient, "chat_postMessage", fatal)
        await app.follower.follow()
        assert await telling.once()
        assert await telling.once()


def follow_and_tell(home: Path, api_url: str, token: str, fatal: str) -> None:
    """One round, in a process of its own."""
    asyncio.run(_follow_and_tell(home, api_url, token, fatal))


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with await Sandbox.start() as running:
        yield running


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a pin whose words are gone from their source, which nobody has followed yet."""
    home, news = tmp_path_factory.mktemp("changed") / "home", tmp_path_factory.mktemp("news")

    async def prepare() -> None:
        (news / "a.txt").write_text("The tide was there before. It took three ships.\n")
        async with await build(Config.model_validate({"quotedesk_home": home})) as app:
            await app.holdings.add(operator(), str(news), name="news")
            (source,) = await app.store.archive.sources("local")
            (document,) = await app.store.archive.documents(source.id)
            await app.pins.pin(operator(), PassageRef(document.id, 1, 0, 25))
            await app.follower.follow()
            (news / "a.txt").write_text("Nothing was ever there. Nobody lost a ship.\n")
            await app.holdings.refresh(operator(), "news")

    asyncio.run(prepare())
    return home


async def prepared(sandbox: Sandbox, changed: Path, tmp_path: Path) -> Path:
    """A copy of that home in which the pin is Rita's."""
    rita = sandbox.add_user("rita")
    home = shutil.copytree(changed, tmp_path / "home")
    async with await build(Config.model_validate({"quotedesk_home": home})) as app:
        (view,) = (await app.pins.list(operator(), PinFilter())).views
        await app.pins.hand_over(operator(), view.pin.id, Person("local", rita.id).user_id)
    return home


async def round_of(sandbox: Sandbox, home: Path, fatal: str = "") -> int:
    """How the process ended."""
    return await ended(forked(follow_and_tell, home, sandbox.api_url, sandbox.app.bot_token, fatal))


def told(sandbox: Sandbox) -> int:
    sentence = pinboard_words.NOTICES[NoticeKind.ORPHANED]
    return sum(one.shown.startswith(sentence) for one in sandbox.messages(sandbox.dm_channel("rita"), "rita"))


@pytest.mark.parametrize("fatal", STEPS)
async def test_told_wherever_it_is_killed(sandbox: Sandbox, changed: Path, tmp_path: Path, fatal: str) -> None:
    home = await prepared(sandbox, changed, tmp_path)
    assert await round_of(sandbox, home, fatal) == -signal.SIGKILL
    assert told(sandbox) == (fatal in TOLD_ALREADY)
    assert await round_of(sandbox, home) == 0
    assert told(sandbox) == 1 + (fatal in TWICE)
    assert await round_of(sandbox, home) == 0
    assert told(sandbox) == 1 + (fatal in TWICE)
