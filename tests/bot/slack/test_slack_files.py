"""Fetching what people send: only from Slack, never more than may be kept, and the token goes nowhere else."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BadRequest
from bot.keeping import uploads
from bot.sandbox import Sandbox
from bot.slack import files
from bot.wording import admin_words
from sources.extract import MAX_BYTES


@dataclass(slots=True)
class Desk:
    sandbox: Sandbox
    client: AsyncWebClient

    def shared(self, name: str = "a.txt", *, url: str = "", claimed_size: int | None = None) -> str:
        """A file's id."""
        sent = {name: b"The tide turned."}
        message = self.sandbox.share_files("rita", "general", sent, external_url=url, claimed_size=claimed_size)
        file_id: str = message.files[0]["id"]
        return file_id


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with await Sandbox.start() as sandbox:
        sandbox.add_channel("general", (sandbox.add_user("rita"),))
        yield Desk(sandbox, AsyncWebClient(sandbox.app.bot_token, base_url=sandbox.api_url))


@pytest.mark.parametrize("name", ["a.txt", "Röntgen & <notes>.txt", "page.html"])
async def test_a_file_comes_with_its_name_and_bytes(desk: Desk, name: str) -> None:
    assert await files.fetch(desk.client, desk.shared(name=name)) == files.HandedIn(name, b"The tide turned.")


async def test_a_connection_that_is_kept_is_used(desk: Desk) -> None:
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient(desk.sandbox.app.bot_token, base_url=desk.sandbox.api_url, session=session)
        assert (await files.fetch(client, desk.shared())).content == b"The tide turned."
        assert not session.closed


async def test_a_file_that_is_too_large_is_not_fetched(desk: Desk) -> None:
    with pytest.raises(BadRequest, match="more than the"):
        await files.fetch(desk.client, desk.shared(), most=10)
    assert "url_private" not in [exchange.name for exchange in desk.sandbox.wire]


async def test_a_file_that_is_larger_than_it_says_is_cut_off(desk: Desk) -> None:
    with pytest.raises(BadRequest, match="more than the"):
        await files.fetch(desk.client, desk.shared(claimed_size=1), most=10)


@pytest.mark.parametrize("fault", [{"status": 500}, {"error": "not_authed"}])
async def test_a_file_that_is_not_given_out_is_told_and_no_login_page_is_read(desk: Desk, fault: Any) -> None:
    file_id = desk.shared()
    desk.sandbox.fault("url_private", **fault)
    with pytest.raises(BadRequest, match="did not give out"):
        await files.fetch(desk.client, file_id)


async def test_the_token_goes_to_no_other_host(desk: Desk) -> None:
    heard: list[web.Request] = []

    async def steal(request: web.Request) -> web.Response:
        heard.append(request)
        return web.Response(text="thanks")

    app = web.Application()
    app.router.add_get("/{path}", steal)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    for url in (
        f"http://127.0.0.1:{port}/a",
        f"http://files.slack.com.example.org:{port}/",
        "http://files.slack.com/a",
    ):
        with pytest.raises(BadRequest, match="does not lie with Slack"):
            await files.fetch(desk.client, desk.shared(url=url))
    await runner.cleanup()
    assert heard == []


@pytest.mark.parametrize(
    ("url", "slacks"),
    [
        ("https://files.slack.com/files-pri/T1-F1/a.txt", True),
        ("https://a.enterprise.slack.com/files-pri/T1-F1/a.txt", True),
        ("https://files.slack.com:8443/a", False),
        ("http://files.slack.com/a", False),
        ("https://slack.com.example.org/a", False),
        ("https://notslack.com/a", False),
        ("https://files.slack.com@example.org/a", False),
        ("", False),
    ],
)
def test_what_is_a_host_of_slacks(url: str, slacks: bool) -> None:
    assert files.is_slacks(AsyncWebClient("t"), url) is slacks


async def test_a_file_that_is_gone_is_told(desk: Desk) -> None:
    with pytest.raises(BadRequest, match=admin_words.FILE_REFUSED[:20]):
        await files.fetch(desk.client, "F404")
    desk.sandbox.fault("files.info", "not_visible")
    with pytest.raises(BadRequest, match="can't see this file"):
        await files.fetch(desk.client, desk.shared())


def test_the_most_that_is_taken_over_slack_is_less_than_what_is_read() -> None:
    assert uploads.MAX_BYTES <= MAX_BYTES
