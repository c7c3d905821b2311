"""Sign in with Slack at the stand-in: it refuses what Slack refuses."""

from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest

from bot.sandbox import App, Sandbox

REDIRECT = "https://desk.example/done"
ASKED = {
    "client_id": App().client_id,
    "redirect_uri": REDIRECT,
    "response_type": "code",
    "scope": "openid",
    "state": "s",
    "nonce": "n",
}


async def a_code(sandbox: Sandbox, session: aiohttp.ClientSession) -> str:
    rita = sandbox.add_user("rita")
    address = sandbox.api_url.replace("/api/", "/openid/connect/authorize")
    async with session.get(address, params={**ASKED, "as": rita.id}, allow_redirects=False) as answer:
        back = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert back["state"] == ["s"]
    return back["code"][0]


async def exchanged(sandbox: Sandbox, session: aiohttp.ClientSession, code: str, **changed: str) -> object:
    asked = {
        "client_id": sandbox.app.client_id,
        "client_secret": sandbox.app.client_secret,
        "code": code,
        "redirect_uri": REDIRECT,
    }
    async with session.post(f"{sandbox.api_url}openid.connect.token", data={**asked, **changed}) as answer:
        told = await answer.json()
    return told.get("error") or told["ok"]


@pytest.mark.parametrize(
    "change",
    [{"client_id": "other"}, {"response_type": "token"}, {"scope": "users:read"}, {"redirect_uri": ""}],
)
async def test_what_is_asked_wrongly_gets_no_page(change: dict[str, str]) -> None:
    async with await Sandbox.start() as sandbox, aiohttp.ClientSession() as session:
        address = sandbox.api_url.replace("/api/", "/openid/connect/authorize")
        async with session.get(address, params={**ASKED, **change}) as answer:
            assert answer.status == 400


async def test_only_to_registered_addresses() -> None:
    app = App(redirect_urls=frozenset({"https://other.example/done"}))
    async with await Sandbox.start(app=app) as sandbox, aiohttp.ClientSession() as session:
        address = sandbox.api_url.replace("/api/", "/openid/connect/authorize")
        async with session.get(address, params=ASKED) as answer:
            assert (answer.status, await answer.text()) == (400, "bad_redirect_uri")


async def test_a_code_is_exchanged_once_in_time_by_who_asked_for_it() -> None:
    async with await Sandbox.start() as sandbox, aiohttp.ClientSession() as session:
        code = await a_code(sandbox, session)
        assert await exchanged(sandbox, session, code, client_secret="x") == "bad_client_secret"
        assert await exchanged(sandbox, session, code) is True
        assert await exchanged(sandbox, session, code) == "invalid_code"
        code = await a_code(sandbox, session)
        assert await exchanged(sandbox, session, code, redirect_uri="https://other.example/") == "bad_redirect_uri"
        code = await a_code(sandbox, session)
        await sandbox.advance(11 * 60)
        assert await exchanged(sandbox, session, code) == "invalid_code"
