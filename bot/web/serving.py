"""Runs the server: Slack by HTTP or by Socket Mode, health and figures, until it is told to stop."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncGenerator, Callable
from functools import partial
from typing import Protocol

import aiohttp
import structlog
from aiohttp import web
from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from bot.build import Application, utc_now
from bot.canary import Canary
from bot.config import Config
from bot.errors import BadConfiguration, QuotedeskError
from bot.home import HomeDesk
from bot.installing import Installing
from bot.roles import LOCAL
from bot.slack.app import build_slack_app
from bot.slack.backroom import Backroom
from bot.slack.reading_room import ReadingRoom
from bot.slack.socket import SocketMode
from bot.slack.work import Work
from bot.web.app import Check, build_web
from bot.web.opening import site_of
from bot.web.telling import home_telling, line_to_slack, pin_telling, watch_telling
from bot.web.watching import rounds_of

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

PATIENCE = 20.0
"""Seconds that answers under way get at shutdown."""
ASK_SLACK_AGAIN = 60.0
"""Seconds for which Slack's word on the token is believed."""


class Running(Protocol):
    """What looks after something while the desk is served."""

    async def run(self) -> None:
        """Do so until cancelled."""
        ...


class NotReady(QuotedeskError):
    """A part that the server needs does not work now."""


async def serve(
    app: Application,
    *,
    socket: bool,
    host: str,
    port: int,
    stop: asyncio.Event | None = None,
    listening: Callable[[int], None] = lambda _port: None,
) -> None:
    """Serve until `stop`, or until SIGTERM or SIGINT where none is given; then finish what was begun.

    `listening` is told the port once requests are taken. Raises BadConfiguration when a token is missing, SocketLost.
    """
    bot_token, signing_secret, app_token = _tokens(app.config, socket=socket)
    stop = stop or _stopped_by_signal()
    work = Work()
    limits, workspace_of = partial(_limits, app), _one_workspace
    async with aiohttp.ClientSession() as session:
        reading_room = reading_room_of(app)
        slack = build_slack_app(
            desk=app.desk,
            checks=app.checks,
            backroom=backroom_of(app),
            reading_room=reading_room,
            deliveries=app.store.deliveries,
            limits=limits,
            workspace_of=workspace_of,
            work=work,
            clock=utc_now,
            bot_token=bot_token,
            signing_secret=signing_secret,
            api_url=app.config.slack_api_url,
            session=session,
        )
        connection = SocketMode(slack, app_token) if socket else None
        checks = {"search": _search_check(app), "slack": _slack_check(slack, bot_token, connection)}
        site = site_of(app, session, workspace_of, limits, work)
        routes = build_web(checks, None if socket else slack, site)
        async with _finished(work), _listening(routes, host, port) as actual:
            log.info("serving", host=host, port=actual, socket=socket)
            listening(actual)
            line = line_to_slack(app.config.slack_api_url, bot_token, session, workspace_of, limits)
            async with (
                _running(app.scheduler),
                _running(app.follower),
                _running(pin_telling(app, line)),
                _running(home_telling(app, line, reading_room.welcoming)),
                _running(rounds_of(app, watch_telling(line))),
            ):
                await _until(stop, connection)


def _tokens(config: Config, *, socket: bool) -> tuple[str, str, str]:
    """Bot token, signing secret and app token, as far as this mode needs them. Raises BadConfiguration."""
    secrets = {
        "SLACK_BOT_TOKEN": config.slack_bot_token,
        "SLACK_SIGNING_SECRET": config.slack_signing_secret,
        "SLACK_APP_TOKEN": config.slack_app_token,
    }
    unused = "SLACK_SIGNING_SECRET" if socket else "SLACK_APP_TOKEN"
    missing = [name for name, value in secrets.items() if value is None and name != unused]
    if missing:
        raise BadConfiguration(f"To serve Slack these settings are needed: {', '.join(missing)}.")
    bot, signing, app = (value or SecretStr("") for value in secrets.values())
    return bot.get_secret_value(), signing.get_secret_value(), app.get_secret_value()


def _stopped_by_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def backroom_of(app: Application) -> Backroom:
    """The admins' use cases, for Slack."""
    return Backroom(
        keeping=app.holdings,
        correcting=app.admin,
        previewing=app.previews,
        receiving=app.uploads,
        installing=Installing(app.store.audit, utc_now),
    )


def reading_room_of(app: Application) -> ReadingRoom:
    """The use cases beside the desk, for Slack."""
    return ReadingRoom(
        searching=app.searches,
        tracing=app.desk,
        judging=app.opinions,
        watching=app.watching,
        pinning=app.pins,
        exporting=app.pin_files,
        welcoming=HomeDesk(
            app.store.archive,
            app.desk,
            app.admin,
            app.pins,
            app.watching,
            app.searches,
            app.store.homes,
            utc_now,
            public_url=app.config.pages_at,
        ),
        public_url=app.config.pages_at,
    )


def _one_workspace(_team_id: str) -> str:
    return LOCAL


async def _limits(app: Application, workspace_id: str) -> frozenset[str]:
    # Also those removed: their pins keep their visibility.
    records = await app.store.archive.kept_sources(workspace_id)
    return app.config.editors | {limit for record in records for limit in record.visible_to}


@contextlib.asynccontextmanager
async def _listening(routes: web.Application, host: str, port: int) -> AsyncGenerator[int]:
    """Take requests; yields the port. Raises BadConfiguration when it can't be had."""
    runner = web.AppRunner(routes, access_log=None, shutdown_timeout=PATIENCE)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise BadConfiguration(f"Nothing can listen on {host}:{port} ({error.strerror}).") from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def _finished(work: Work) -> AsyncGenerator[None]:
    try:
        yield
    finally:
        if stopped := await work.drain(PATIENCE):
            log.error("answers were cut off at shutdown", count=stopped)


@contextlib.asynccontextmanager
async def _running(part: Running) -> AsyncGenerator[None]:
    """Let it look after its things meanwhile: sources, pins, watches, home tabs."""
    running = asyncio.create_task(part.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _until(stop: asyncio.Event, connection: SocketMode | None) -> None:
    if connection is None:
        await stop.wait()
        return
    try:
        await connection.connect()
        stopping = asyncio.create_task(stop.wait())
        watching = asyncio.create_task(connection.watch())
        done, pending = await asyncio.wait({stopping, watching}, return_when=asyncio.FIRST_COMPLETED)
        for task in pending:
            task.cancel()
        for task in done:
            task.result()
    finally:
        await connection.close()


def _search_check(app: Application) -> Check:
    canary = Canary(app.store.archive, app.engine)

    async def check() -> None:
        await canary.sing()

    return check


def _slack_check(slack: AsyncApp, bot_token: str, connection: SocketMode | None) -> Check:
    """Whether Slack takes the token, asked once a minute, and whether the socket stands."""
    believed_until = 0.0

    async def check() -> None:
        nonlocal believed_until
        if connection is not None and not await connection.connected():
            raise NotReady("There is no connection to Slack.")
        now = asyncio.get_running_loop().time()
        if now < believed_until:
            return
        try:
            await slack.client.auth_test(token=bot_token)
        except SlackApiError as error:
            raise NotReady(f"Slack refuses the token: {error.response['error']}.") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NotReady("Slack can't be reached.") from error
        believed_until = now + ASK_SLACK_AGAIN

    return check
