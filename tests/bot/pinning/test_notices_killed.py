"""An owner is told, wherever the process that tells dies: it is killed for good between every two steps."""

import asyncio
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.asking.cards import PassageRef
from bot.build import build
from bot.config import Config
from bot.roles import Person, operator
from bot.sandbox import Sandbox
from bot.store.pins import NoticeKind, PinFilter
from bot.wording import pinboard_words

# Follows the sources and tells what is to be told, and kills itself right before or after the named step.
ROUND = """
import asyncio, os, signal, sys
import aiohttp
from pathlib import Path
from bot.build import build
from bot.config import Config
from bot.web.telling import line_to_slack, pin_telling

home, api_url, token, fatal = sys.argv[1:5]

def killing(part, name):
    method = getattr(type(part), name)
    async def run(self, *given, **named):
        if fatal == f"before {name}":
            os.kill(os.getpid(), signal.SIGKILL)
        result = await method(self, *given, **named)
        if fatal == f"after {name}":
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(type(part), name, run)

async def no_limits(workspace_id):
    return frozenset()

async def go():
    async with await build(Config.model_validate({"quotedesk_home": Path(home)})) as app, aiohttp.ClientSession() as s:
        telling = pin_telling(app, line_to_slack(api_url, token, s, lambda team: "local", no_limits))
        killing(app.store.pins, "follow")
        killing(app.store.notices, "delivered")
        killing(telling._client, "chat_postMessage")
        await app.follower.follow()
        assert await telling.once() and await telling.once()

asyncio.run(go())
"""
STEPS = (
    *("before follow", "after follow", "before chat_postMessage", "after chat_postMessage"),
    *("before delivered", "after delivered"),
)
TOLD_ALREADY = frozenset({"after chat_postMessage", "before delivered", "after delivered"})
TWICE = frozenset({"after chat_postMessage", "before delivered"})
"""Killed there, nobody knows that it was told: it is told once more, rather than never."""


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
    arguments = ("-c", ROUND, str(home), sandbox.api_url, sandbox.app.bot_token, fatal)
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    _, trouble = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode is not None
    assert process.returncode in (0, -signal.SIGKILL), trouble.decode()
    return process.returncode


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
