"""The small newsroom in which the sandbox's page lets a person try the bot, and the bot at work in it."""

import asyncio
import json
import secrets
import socket
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.build import Application
from bot.config import Config
from bot.errors import BadConfiguration
from bot.sandbox import App, Manifest, Sandbox, User

HOST = "127.0.0.1"
MANIFESTS = Path(__file__).parents[2] / "deploy" / "slack"
QUESTION = "Has anybody the exact words of Barr on foreign dirt? I need what he said, not the gist of it."
DRAFT = (
    "Draft, for a look: Barr paused, and answered: “If a foreign intelligence service does, yes.” "
    "Weintraub wrote: “It is legal for any person to solicit, accept, or receive anything of value from a foreign "
    "national in connection with a U.S. election.”"
)
"""One quotation that is right, and one with a letter less: something for Check Quotes and Pin Quote."""

TIPS = (
    "/quote Barr foreign dirt",
    '/quote check "I think I would take it"',
    "/quote help",
    "@quotedesk Mueller report",
)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """The stand-in and its one editor."""

    sandbox: Sandbox
    editor: User


@asynccontextmanager
async def newsroom(port: int, *, socket: bool = False) -> AsyncGenerator[Newsroom]:
    """A stand-in for Slack with people and channels in it, its page at this port (0 takes a free one).

    Raises BadConfiguration when the port can't be had, or the app's manifest is not there.
    """
    app = App.registered(_manifest("socket" if socket else "http"), TIPS)
    try:
        sandbox = await Sandbox.start(port, clock=time.time, app=app)
    except OSError as error:
        raise BadConfiguration(f"The sandbox can't listen on {HOST}:{port} ({error.strerror}).") from error
    async with sandbox:
        yield Newsroom(sandbox, _peopled(sandbox))


def _manifest(mode: str) -> Manifest:
    file = MANIFESTS / f"manifest-{mode}.json"
    try:
        return Manifest.read(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise BadConfiguration(f"The app's manifest can't be read: {file} ({error.strerror}).") from error


def _peopled(sandbox: Sandbox) -> User:
    """Everyone and every channel, always with the same ids, so that what is kept in a home stays theirs."""
    rita = sandbox.add_user("rita", real_name="Rita Reporter", title="Reporter")
    ed = sandbox.add_user("ed", real_name="Ed Editor", title="Editor")
    ada = sandbox.add_user("ada", real_name="Ada Admin", title="Admin", admin=True)
    gus = sandbox.add_user("gus", real_name="Gus Guest", title="Guest", guest=True)
    sandbox.add_group("editors", (ed,))
    desk = sandbox.add_channel("newsroom", (rita, ed, ada, gus))
    sandbox.add_channel("investigations", (rita, ed, ada), private=True)
    sandbox.add_channel("city-desk", (rita, ed, ada), bot=False)
    for person in (rita, ed, ada, gus):
        sandbox.dm_channel(person)
    sandbox.say(ed, desk, QUESTION)
    sandbox.say(rita, desk, DRAFT)
    return ed


def connected(config: Config, room: Newsroom) -> Config:
    """The settings, with the stand-in in Slack's place, and the pages at a free port of this machine."""
    app = room.sandbox.app
    return config.model_copy(
        update={
            "slack_api_url": room.sandbox.api_url,
            "slack_bot_token": SecretStr(app.bot_token),
            "slack_signing_secret": SecretStr(app.signing_secret),
            "slack_app_token": SecretStr(app.app_token),
            "slack_client_id": app.client_id,
            "slack_client_secret": SecretStr(app.client_secret),
            "public_url": f"http://{HOST}:{_free_port()}",
            "secret_key": SecretStr(secrets.token_urlsafe(32)),
            "editors": frozenset({room.editor.id}),
        }
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


async def at_work(
    app: Application,
    room: Newsroom,
    ready: Callable[[str], None],
    *,
    socket: bool = False,
    stop: asyncio.Event | None = None,
) -> None:
    """Have the bot answer in the newsroom until `stop`, or until SIGTERM or SIGINT where none is given.

    `ready` is told the page's address once the bot is connected.
    """
    from bot.web.serving import serve  # Bolt takes its time, and few commands need it

    own = urlsplit(app.config.public_url or "").port or 0
    port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(app, socket=socket, host=HOST, port=own, stop=stop, listening=port.set_result))
    try:
        await asyncio.wait({serving, port}, return_when=asyncio.FIRST_COMPLETED)
        if port.done():
            if socket:
                await room.sandbox.wait_connected()
            else:
                await room.sandbox.connect_http(f"http://{HOST}:{port.result()}/slack/events")
            ready(room.sandbox.page_url)
        await serving
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
