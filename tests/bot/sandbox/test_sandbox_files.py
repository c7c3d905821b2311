"""Files in the stand-in: how they are told of, and who gets their bytes."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import Newsroom


@pytest.fixture
def client(newsroom: Newsroom) -> AsyncWebClient:
    return AsyncWebClient(newsroom.sandbox.app.bot_token, base_url=newsroom.sandbox.api_url)


async def fetched(sandbox: Sandbox, url: str, token: str) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, headers=headers, allow_redirects=False) as response,
    ):
        return response.status, await response.read()


async def test_a_files_bytes_are_for_the_apps_token_alone(newsroom: Newsroom, client: AsyncWebClient) -> None:
    sandbox = newsroom.sandbox
    (told,) = sandbox.share_files("rita", "general", {"a b.txt": b"tide"}).files
    info = (await client.files_info(file=told["id"]))["file"]
    assert (info["name"], info["size"], info["mimetype"], info["mode"]) == ("a b.txt", 4, "text/plain", "hosted")
    assert await fetched(sandbox, info["url_private_download"], sandbox.app.bot_token) == (200, b"tide")
    for token in ("", "xoxb-other", sandbox.app.app_token):
        assert (await fetched(sandbox, info["url_private"], token))[0] == 302
    sandbox.app.scopes -= {"files:read"}
    assert (await fetched(sandbox, info["url_private"], sandbox.app.bot_token))[0] == 302
    with pytest.raises(SlackApiError, match="missing_scope"):
        await client.files_info(file=told["id"])


async def test_a_file_of_a_channel_that_the_app_is_not_in_is_not_found(
    newsroom: Newsroom, client: AsyncWebClient
) -> None:
    newsroom.sandbox.add_channel("cellar", ("rita",), bot=False)
    (told,) = newsroom.sandbox.share_files("rita", "cellar", {"a.txt": b"tide"}).files
    for file_id in (told["id"], "F404"):
        with pytest.raises(SlackApiError, match="file_not_found"):
            await client.files_info(file=file_id)


async def test_a_message_with_files_is_delivered_as_file_share(newsroom: Newsroom) -> None:
    delivery = await newsroom.sandbox.dm_files("rita", {"a.txt": b"tide", "b.txt": b"ebb"}, "two files")
    event = delivery.payload["event"]
    assert (event["type"], event["subtype"], event["channel_type"]) == ("message", "file_share", "im")
    assert [file["name"] for file in event["files"]] == ["a.txt", "b.txt"]
    assert event["text"] == "two files"
