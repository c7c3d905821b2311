"""A sandbox with a newsroom in it, and a Bolt app connected both ways."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from slack_bolt.app.async_app import AsyncApp

from bot.sandbox import Channel, Sandbox, User
from tests.bot.sandbox.rig import bolt_app, connected


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Who and where: Rita is in both channels, Ed only in the public one, Guy is a guest in it; nobody else exists."""

    sandbox: Sandbox
    rita: User
    ed: User
    guy: User
    general: Channel
    secret: Channel


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with await Sandbox.start() as started:
        yield started


@pytest.fixture
def newsroom(sandbox: Sandbox) -> Newsroom:
    rita, ed = sandbox.add_user("rita", real_name="Rita Reporter"), sandbox.add_user("ed", admin=True)
    guy = sandbox.add_user("guy", guest=True)
    general = sandbox.add_channel("general", (rita, ed, guy))
    secret = sandbox.add_channel("secret", (rita,), private=True, bot=False)
    return Newsroom(sandbox, rita, ed, guy, general, secret)


@pytest.fixture(params=["http", "socket"])
async def app(request: pytest.FixtureRequest, newsroom: Newsroom) -> AsyncIterator[AsyncApp]:
    """A Bolt app without listeners; tests add theirs."""
    bolt = bolt_app(newsroom.sandbox)
    async with connected(newsroom.sandbox, bolt, request.param):
        yield bolt
