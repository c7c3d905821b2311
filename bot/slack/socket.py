"""Socket Mode: Slack's requests over a connection that the bot opens, for a desk without a public address.

Two connections stand at once, since Slack replaces each now and then. The SDK's client reconnects by itself; where it
can't (slackapi/python-slack-sdk#1446, #1110), `watch` raises, and the supervisor starts the process anew.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from bot.errors import QuotedeskError

CONNECTIONS = 2
LOOK_EVERY = timedelta(seconds=5)
PATIENCE = timedelta(minutes=1)


class SocketLost(QuotedeskError):
    """No connection to Slack could be had for as long as one waits for it."""


class SocketMode:
    """The connections of one app. `app_token` is the app-level one (`xapp-…`)."""

    def __init__(self, app: AsyncApp, app_token: str, connections: int = CONNECTIONS) -> None:
        self._app = app
        self._app_token = app_token
        self._count = connections
        self._handlers: Sequence[AsyncSocketModeHandler] = ()

    async def connect(self, patience: timedelta = PATIENCE) -> None:
        """Open the connections. Raises SocketLost: left alone, the SDK would try a wrong token for ever."""
        self._handlers = [AsyncSocketModeHandler(self._app, self._app_token) for _ in range(self._count)]
        try:
            async with asyncio.timeout(patience.total_seconds()):
                for handler in self._handlers:
                    await handler.connect_async()
        except TimeoutError as error:
            await self.close()
            raise SocketLost("Slack can't be reached by Socket Mode, or does not take SLACK_APP_TOKEN.") from error

    async def connected(self) -> bool:
        """Whether at least one connection is alive."""
        return any([await handler.client.is_connected() for handler in self._handlers])

    async def watch(self, every: timedelta = LOOK_EVERY, patience: timedelta = PATIENCE) -> None:
        """Look after the connections for ever. Raises SocketLost when none was alive for as long as `patience`."""
        loop = asyncio.get_running_loop()
        seen = loop.time()
        while loop.time() - seen <= patience.total_seconds():
            if await self.connected():
                seen = loop.time()
            await asyncio.sleep(every.total_seconds())
        raise SocketLost("The connection to Slack is lost and does not come back.")

    async def close(self) -> None:
        """Close the connections; no request comes in afterwards. Work under way is not touched."""
        for handler in self._handlers:
            await handler.close_async()
        self._handlers = ()
