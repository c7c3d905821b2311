"""A newsroom with its bot: the real store, index, desk and Bolt app, in front of the Slack stand-in."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncApp

from bot.build import Application, build, utc_now
from bot.config import Config
from bot.roles import operator
from bot.sandbox import Message, Sandbox, User
from bot.slack import SocketMode, Work, build_slack_app
from bot.slack.backroom import Backroom
from bot.slack.parts import QuoteDesk
from bot.slack.reading_room import ReadingRoom
from bot.web.app import build_web
from bot.web.serving import backroom_of, reading_room_of
from sources.fetch import Fetcher

NOTES = {
    "harbor.txt": (
        "The tide turned at noon, and nobody at the harbor said a word.\n\n"
        "The harbor master saw <!channel> & *foreign* ships under `false` flags.\n\n"
        "But the pilots knew the tide.\n"
    ),
    "lighthouse.txt": "The lighthouse keeper counted seven foreign sails before the tide went out.\n",
    "market.txt": "Fishwives at the market spoke of the tide, of prices and of nothing else.\n",
    "ferry.txt": "The ferry waited for the tide until the evening bell.\n",
    "mill.txt": "The miller said the tide was none of his business.\n",
}
MISTAKES = ("invalid_", "missing_scope", "msg_", "no_text", "not_allowed", "unknown_method")
"""How errors begin that are the bot's own doing; others (a channel it is not in) are a part of some scenarios."""
SECRET = "The ledger proves that the smugglers paid the tide watchman in silver."


@dataclass(slots=True)
class Newsroom:
    """What a scenario works with. Rita asks; Ed may read everything; Gus is a guest; Ada is an admin."""

    sandbox: Sandbox
    application: Application
    work: Work
    rita: User
    ed: User
    gus: User
    ada: User
    served: list[str] = field(default_factory=list[str])

    async def stored(self, document_id: str, version: int) -> str:
        """The text of a stored version."""
        found = await self.application.store.archive.version("local", document_id, version)
        assert found is not None
        return found.document.text

    async def ask(self, text: str, *, who: str = "rita", where: str = "general") -> Message:
        """Type the command, and wait for the one answer."""
        seen = len(self.sandbox.messages(where, who))
        delivery = await self.sandbox.command(who, where, "/quote", text)
        assert delivery.ok, delivery
        await self.quiet()
        new = self.sandbox.messages(where, who)[seen:]
        assert len(new) == 1, (new, self.sandbox.refused)
        return new[0]

    async def quiet(self) -> None:
        """Wait until the bot has done everything it took on."""
        await asyncio.sleep(0)
        assert await self.work.drain(20) == 0
        await self.sandbox.settle()


async def make_home(home: Path, folder: Path) -> None:
    """A home in which the notes are indexed for everyone; scenarios work on copies of it. `folder` is there."""
    for name, text in NOTES.items():
        (folder / name).write_text(text, encoding="utf-8")
    async with await build(_config(home)) as application:
        await application.holdings.add(operator(), str(folder), name="notes")


def _config(home: Path, **settings: object) -> Config:
    return Config.model_validate({"quotedesk_home": home, **settings})


async def add_secret(newsroom: Newsroom, folder: Path, *visible_to: str) -> None:
    """Add a source that only those may read."""
    (folder / "ledger.txt").write_text(SECRET + "\n", encoding="utf-8")
    await newsroom.application.holdings.add(operator(), str(folder), name="ledger", visible_to=frozenset(visible_to))


@asynccontextmanager
async def opened(
    home: Path,
    mode: str,
    desk: QuoteDesk | None = None,
    backroom: Backroom | None = None,
    fetcher: Fetcher | None = None,
    reading_room: ReadingRoom | None = None,
    **settings: object,
) -> AsyncGenerator[Newsroom]:
    """Everything running and connected by `mode` (`http` or `socket`); a fake desk, backroom or reading room may take
    the real one's place, and a fetcher with its own time and names that of the settings."""
    async with (
        await build(_config(home, **settings), fetcher=fetcher) as application,
        await Sandbox.start() as sandbox,
        aiohttp.ClientSession() as session,
    ):
        rita, ed = sandbox.add_user("rita"), sandbox.add_user("ed")
        gus = sandbox.add_user("gus", guest=True)
        ada = sandbox.add_user("ada", admin=True)
        sandbox.add_channel("general", (rita, ed, gus, ada))
        sandbox.add_channel("elsewhere", (rita, ed), bot=False)
        work = Work()
        app = slack_app(sandbox, application, work, session, desk, backroom, reading_room)
        async with connected(sandbox, app, mode):
            yield Newsroom(sandbox, application, work, rita, ed, gus, ada)
            await work.drain(20)
        assert [refusal for refusal in sandbox.refused if refusal.error.startswith(MISTAKES)] == []


def slack_app(
    sandbox: Sandbox,
    application: Application,
    work: Work,
    session: aiohttp.ClientSession,
    desk: QuoteDesk | None,
    backroom: Backroom | None = None,
    reading_room: ReadingRoom | None = None,
) -> AsyncApp:
    """The bot's app, for the stand-in."""

    async def limits(workspace_id: str) -> frozenset[str]:
        sources = await application.store.archive.sources(workspace_id)
        return frozenset[str]().union(*(source.visible_to for source in sources))

    return build_slack_app(
        desk=desk or application.desk,
        checks=application.checks,
        backroom=backroom or backroom_of(application),
        reading_room=reading_room or reading_room_of(application),
        deliveries=application.store.deliveries,
        limits=limits,
        workspace_of=lambda _team: "local",
        work=work,
        clock=utc_now,
        bot_token=sandbox.app.bot_token,
        signing_secret=sandbox.app.signing_secret,
        api_url=sandbox.api_url,
        session=session,
    )


@asynccontextmanager
async def connected(sandbox: Sandbox, app: AsyncApp, mode: str) -> AsyncGenerator[None]:
    """The app behind its own web route, or on its two sockets."""
    if mode == "socket":
        socket = SocketMode(app, sandbox.app.app_token)
        await socket.connect()
        await sandbox.wait_connected(2)
        assert await socket.connected()
        yield
        await socket.close()
        return
    runner = web.AppRunner(build_web({}, app), shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await sandbox.connect_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield
    await runner.cleanup()
