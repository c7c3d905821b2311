"""A connection that breaks while Slack takes a call: what others would see twice is not sent again by itself."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.blocks.notice import notice_message
from bot.slack.calling import WhenBroken
from bot.slack.replies import ByResponseUrl


@asynccontextmanager
async def breaking() -> AsyncGenerator[tuple[AsyncWebClient, list[str]]]:
    """A client of a Slack that takes the first call and then breaks the connection, and the calls that it took."""
    taken: list[str] = []

    async def take(request: web.Request) -> web.Response:
        taken.append(request.path.rpartition("/")[2])
        if len(taken) == 1 and request.transport is not None:
            request.transport.abort()
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as session:
        address = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        try:
            yield AsyncWebClient("xoxb-1", base_url=address, session=session, retry_handlers=[WhenBroken()]), taken
        finally:
            await runner.cleanup()


async def test_a_message_is_not_posted_again_and_a_look_is_taken_again() -> None:
    async with breaking() as (client, taken):
        with pytest.raises(aiohttp.ClientError):
            await client.chat_postMessage(channel="C1", text="words")
        assert taken == ["chat.postMessage"]
    async with breaking() as (client, taken):
        assert (await client.users_info(user="U1"))["ok"]
        assert taken == ["users.info"] * 2


async def test_an_answer_for_all_is_not_sent_again_and_one_for_the_asker_is() -> None:
    async with breaking() as (client, taken):
        with pytest.raises(aiohttp.ClientError):
            await ByResponseUrl(client, f"{client.base_url}response/1", "U1").say_to_channel(notice_message("words"))
        assert len(taken) == 1
    async with breaking() as (client, taken):
        await ByResponseUrl(client, f"{client.base_url}response/1", "U1").say(notice_message("words"))
        assert len(taken) == 2


async def test_where_there_is_no_connection_at_all_it_is_tried_again() -> None:
    tries: list[str] = []

    class Counting(WhenBroken):
        async def prepare_for_next_attempt_async(self, **_told: object) -> None:
            tries.append("again")
            self.max_retry_count = 0

    client = AsyncWebClient("xoxb-1", base_url="http://127.0.0.1:1/api/", retry_handlers=[Counting()])
    with pytest.raises(aiohttp.ClientConnectorError):
        await client.chat_postMessage(channel="C1", text="words")
    assert tries == ["again"]
