"""Files that the app sends, and its previews of links, in the stand-in."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.sandbox.conftest import Newsroom

CARD: list[Any] = [
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "A"}]}]}
]


@pytest.fixture
def client(newsroom: Newsroom) -> AsyncWebClient:
    return AsyncWebClient(newsroom.sandbox.app.bot_token, base_url=newsroom.sandbox.api_url)


async def test_a_file_comes_in_three_steps(newsroom: Newsroom, client: AsyncWebClient) -> None:
    sandbox = newsroom.sandbox
    channel = next(iter(sandbox.messages("general", "rita")), None) or sandbox.say("rita", "general", "Hello")
    await client.files_upload_v2(filename="pins.csv", content=b"a,b", channel=channel.channel)
    (sent,) = [message for message in sandbox.messages("general", "rita") if message.files]
    assert sent.files[0]["name"] == "pins.csv"
    assert sandbox.content_of(str(sent.files[0]["id"])) == b"a,b"
    sandbox.app.scopes -= {"files:write"}
    with pytest.raises(SlackApiError, match="missing_scope"):
        await client.files_upload_v2(filename="pins.csv", content=b"a,b", channel=channel.channel)


async def test_a_file_of_another_size_or_that_never_came_is_refused(newsroom: Newsroom, client: AsyncWebClient) -> None:
    begun = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    async with aiohttp.ClientSession() as session, session.post(begun["upload_url"], data=b"too long") as response:
        assert response.status == 400
    channel = newsroom.sandbox.say("rita", "general", "Hello").channel
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(files=[{"id": begun["file_id"]}], channel_id=channel)


async def test_links_of_the_apps_domains_are_told_and_shown(newsroom: Newsroom, client: AsyncWebClient) -> None:
    sandbox = newsroom.sandbox
    message = await sandbox.say_with_links("rita", "general", "https://quotedesk.example.org/p/1 https://other.org/2")
    (event,) = [one for one in sandbox.deliveries if one.payload["event"]["type"] == "link_shared"]
    assert [link["url"] for link in event.payload["event"]["links"]] == ["https://quotedesk.example.org/p/1"]
    url = "https://quotedesk.example.org/p/1"
    await client.chat_unfurl(channel=message.channel, ts=message.ts, unfurls={url: {"blocks": CARD}})
    (shown,) = [one for one in sandbox.messages("general", "rita") if one.ts == message.ts]
    assert shown.unfurled == "A"
    for address, blocks, error in (
        ("https://else.org", CARD, "cannot_unfurl_url"),
        (url, [{"type": "x"}], "invalid_blocks"),
    ):
        with pytest.raises(SlackApiError, match=error):
            await client.chat_unfurl(channel=message.channel, ts=message.ts, unfurls={address: {"blocks": blocks}})
    sandbox.app.scopes -= {"links:read"}
    await sandbox.say_with_links("rita", "general", url)
    assert len([one for one in sandbox.deliveries if one.payload["event"]["type"] == "link_shared"]) == 1
