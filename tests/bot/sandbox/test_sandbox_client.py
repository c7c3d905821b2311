"""The page's own routes, from outside: who is let in, what a person sees, what they do, and what the wire shows."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp

import bot.sandbox
from bot.sandbox import App, Manifest, Sandbox
from tests.bot.sandbox.conftest import Newsroom

MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Quotedesk"},
    "features": {
        "bot_user": {"display_name": "Quotedesk"},
        "slash_commands": [{"command": "/quote", "description": "Find", "usage_hint": "words", "should_escape": True}],
        "shortcuts": [
            {"name": "Find a Quote", "type": "global", "callback_id": "find", "description": "with a form"},
            {"name": "Pin Quote", "type": "message", "callback_id": "pin", "description": "of this message"},
        ],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "commands"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_mention"]}},
}


class Tab:
    """A person's browser tab, as far as the wire goes."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.base, self._session = sandbox.page_url.rstrip("/"), session

    async def get(self, path: str, **headers: str) -> aiohttp.ClientResponse:
        """The answer, its body not read yet."""
        return await self._session.get(self.base + path, headers=headers)

    async def act(self, who: str, act: str, **told: Any) -> Any:
        body = {"as": who, "act": act, **told}
        async with self._session.post(f"{self.base}/page/act", json=body, headers={"Origin": self.base}) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def post(self, path: str, headers: dict[str, str], **given: Any) -> int:
        async with self._session.post(self.base + path, headers=headers, **given) as answer:
            return answer.status

    async def sees(self, who: str) -> Any:
        """The first thing that the live line tells."""
        async with self._session.get(f"{self.base}/page/live?as={who}") as answer:
            line = await answer.content.readline()
            return json.loads(line.removeprefix(b"data: "))


@pytest.fixture
async def tab(newsroom: Newsroom) -> AsyncIterator[Tab]:
    async with aiohttp.ClientSession() as session:
        yield Tab(newsroom.sandbox, session)


@pytest.mark.parametrize("path", ["/", "/page/people", "/page/wire", "/api/auth.test"])
async def test_a_foreign_host_or_origin_is_turned_away(tab: Tab, path: str) -> None:
    for headers in (
        {"Host": "sandbox.example"},
        {"Host": "127.0.0.1.sandbox.example"},
        {"Origin": "https://sandbox.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    ):
        answer = await tab.get(path, **headers)
        assert answer.status == 403, headers
        assert "127.0.0.1" in await answer.text()
    answer = await tab.get(path)
    assert answer.status == 200


async def test_acts_are_taken_from_the_page_alone(tab: Tab, newsroom: Newsroom) -> None:
    body = {"as": newsroom.rita.id, "act": "reload"}
    own = {"Origin": tab.base}
    assert await tab.post("/page/act", {}, json=body) == 403
    assert await tab.post("/page/act", {"Origin": "http://evil.example"}, json=body) == 403
    assert await tab.post("/page/act", own, data=json.dumps(body)) == 400, "no simple request of a form"
    assert await tab.post("/page/act", own, json={**body, "act": "nothing"}) == 400
    assert await tab.post("/page/act", own, json={**body, "act": "say"}) == 400, "what belongs to it is missing"
    assert await tab.post("/page/act", own, json={**body, "as": "U9"}) == 404
    assert await tab.post("/page/act", own, json=body) == 200
    assert await tab.post("/page/upload", {}, data={"as": newsroom.rita.id}) == 403


async def test_the_page_runs_nothing_but_its_own_files(tab: Tab) -> None:
    page = await tab.get("/")
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    text = await page.text()
    assert "<script>" not in text
    assert "style=" not in text
    for name in ("page.css", "main.js", "icon.svg"):
        assert (await tab.get(f"/page/{name}")).status == 200
    assert (await tab.get("/page/..%2fserver.py")).status == 404


async def test_a_person_sees_what_is_theirs(tab: Tab, newsroom: Newsroom) -> None:
    newsroom.sandbox.say("rita", "secret", "psst")
    newsroom.sandbox.say("rita", "general", "hello *all* of AT&T")
    rita, guy = await tab.sees(newsroom.rita.id), await tab.sees(newsroom.guy.id)
    assert [one["name"] for one in rita["channels"]] == ["general", "secret"]
    assert [one["name"] for one in guy["channels"]] == ["general"]
    assert "psst" not in json.dumps(guy)
    (hello,) = guy["channels"][0]["messages"]
    assert hello["paragraphs"][0]["runs"][1] == {"text": "all", "bold": True}
    assert hello["text"] == "hello *all* of AT&amp;T"


async def test_a_live_line_tells_of_changes(tab: Tab, newsroom: Newsroom) -> None:
    answer = await tab.get(f"/page/live?as={newsroom.rita.id}")
    first = json.loads((await answer.content.readline()).removeprefix(b"data: "))
    assert first["channels"][0]["messages"] == []
    newsroom.sandbox.say("ed", "general", "news")
    await answer.content.readline()
    second = json.loads((await answer.content.readline()).removeprefix(b"data: "))
    assert [one["text"] for one in second["channels"][0]["messages"]] == ["news"]
    answer.close()


async def test_what_is_done_on_the_page_reaches_the_app(tab: Tab, app: AsyncApp, newsroom: Newsroom) -> None:
    heard: list[str] = []

    @app.command("/quote")
    async def quote(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        heard.append(body["text"])
        button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}, "value": "7"}
        await respond(text="found", blocks=[{"type": "actions", "block_id": "row", "elements": [button]}])

    @app.action("go")
    async def go(ack: Any, action: Any, respond: Any) -> None:
        await ack()
        await respond(text=f"went {action['value']}", replace_original=True)

    rita, general = newsroom.rita.id, newsroom.general.id
    done = await tab.act(rita, "command", channel=general, name="/quote", text="a & b")
    assert done["status"] == 200
    found = await newsroom.sandbox.wait_for("general", "found", as_user="rita")
    assert heard == ["a &amp; b"]
    await tab.act(rita, "press", channel=general, ts=found.ts, block_id="row", action_id="go")
    await newsroom.sandbox.wait_for("general", "went 7", as_user="rita")
    refused = await tab.act(newsroom.ed.id, "press", channel=general, ts=found.ts, block_id="row", action_id="go")
    assert "doesn't see" in refused["problem"]
    await tab.act(rita, "reload")
    assert newsroom.sandbox.messages("general", "rita") == ()


async def test_what_slack_would_refuse_is_told_where_it_would_have_stood(
    tab: Tab, app: AsyncApp, newsroom: Newsroom
) -> None:
    @app.command("/quote")
    async def quote(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="x", blocks=[{"type": "header", "text": {"type": "mrkdwn", "text": "*no*"}}])

    await tab.act(newsroom.rita.id, "command", channel=newsroom.general.id, name="/quote")
    await newsroom.sandbox.until(lambda: newsroom.sandbox.refused or None)
    (refused,) = (await tab.sees(newsroom.rita.id))["refusals"]
    assert refused["error"] == "invalid_blocks"
    assert refused["channel"] == newsroom.general.id
    assert refused["user"] == newsroom.rita.id
    assert "json-pointer:/blocks/0/text/type" in refused["messages"][0]


async def test_the_wire_is_told_without_secrets(tab: Tab, app: AsyncApp, newsroom: Newsroom) -> None:
    @app.command("/quote")
    async def quote(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="the token is xoxb-1-secret")

    await tab.act(newsroom.rita.id, "command", channel=newsroom.general.id, name="/quote")
    await newsroom.sandbox.wait_for("general", "the token", as_user="rita")
    wire = newsroom.sandbox.wire
    await newsroom.sandbox.until(lambda: {"/quote", "response_url"} <= {one.name for one in wire} or None)
    answer = await tab.get("/page/wire?from=0")
    told = await answer.text()
    assert {"/quote", "response_url"} <= {one["name"] for one in json.loads(told)}
    ticket = next(one.request["response_url"] for one in wire if one.name == "/quote")
    secrets = (newsroom.sandbox.app.bot_token, newsroom.sandbox.app.verification_token, "xoxb-1", ticket)
    assert [secret for secret in secrets if secret in told] == []


async def test_faults_strike_once_and_are_told(tab: Tab, app: AsyncApp, newsroom: Newsroom) -> None:
    @app.command("/quote")
    async def quote(ack: Any) -> None:
        await ack("here")

    rita = newsroom.rita.id
    await tab.act(rita, "fault", key="late_ack")
    assert (await tab.sees(rita))["armed"] == ["the next acknowledgement counts as late"]
    done = await tab.act(rita, "command", channel=newsroom.general.id, name="/quote")
    assert done["late"]
    assert done["notice"] == '/quote failed with the error "operation_timeout"'
    done = await tab.act(rita, "command", channel=newsroom.general.id, name="/quote")
    assert done["notice"] is None

    await tab.act(rita, "fault", key="lost_token")
    assert "token_revoked" in await _error(newsroom)
    await tab.act(rita, "fault", key="token_back")
    for key, wanted in (("rate_limit", "ratelimited"), ("broken", "500 ")):
        await tab.act(rita, "fault", key=key)
        assert wanted in await _error(newsroom)
    assert await _error(newsroom) == ""
    assert (await tab.act(rita, "fault", key="token_back"))["problem"]


async def _error(newsroom: Newsroom) -> str:
    """What a call of the Web API finds: Slack's own word, or the status and page of whoever stands before Slack."""
    headers = {"Authorization": f"Bearer {newsroom.sandbox.app.bot_token}"}
    url = f"{newsroom.sandbox.api_url}auth.test"
    async with aiohttp.ClientSession() as session, session.post(url, headers=headers) as answer:
        if answer.content_type != "application/json":
            return f"{answer.status} {await answer.text()}"
        return str((await answer.json()).get("error", ""))


async def test_files_are_sent_from_the_page(tab: Tab, newsroom: Newsroom) -> None:
    form = aiohttp.FormData({"as": newsroom.rita.id, "channel": newsroom.general.id, "text": "look"})
    form.add_field("file", b"words", filename="notes.txt", content_type="text/plain")
    assert await tab.post("/page/upload", {"Origin": tab.base}, data=form) == 200
    (sent,) = newsroom.sandbox.messages("general", "ed")
    assert sent.text == "look"
    assert sent.files[0]["name"] == "notes.txt"


async def test_an_app_is_what_its_manifest_says() -> None:
    app = App.registered(Manifest.read(MANIFEST), tips=("/quote dirt",))
    async with await Sandbox.start(app=app) as sandbox, aiohttp.ClientSession() as session:
        rita = sandbox.add_user("rita")
        general = sandbox.add_channel("general", (rita,))
        told = await Tab(sandbox, session).sees(rita.id)
        assert told["tips"] == ["/quote dirt"]
        assert told["app"]["commands"][0]["usage_hint"] == "words"
        assert {one["name"]: one["on_messages"] for one in told["app"]["shortcuts"]} == {
            "Find a Quote": False,
            "Pin Quote": True,
        }
        assert sandbox.app.scopes == {"chat:write", "commands"}
        wrong = await sandbox.command(rita, general, "/nothing")
        assert wrong.notice == "/nothing is not a valid command."


async def test_the_app_is_invited_with_a_command_of_slacks_own(tab: Tab, newsroom: Newsroom) -> None:
    await tab.act(newsroom.rita.id, "command", channel=newsroom.secret.id, name="/invite", text="@quotedesk")
    channels = (await tab.sees(newsroom.rita.id))["channels"]
    assert [one["has_app"] for one in channels if one["name"] == "secret"] == [True]


def test_the_pages_scripts_make_no_markup_of_words_and_name_no_other_place() -> None:
    page = Path(bot.sandbox.__file__).parent / "page"
    for file in page.glob("*.js"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"(inner|outer)HTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), file
        assert set(re.findall(r"https?://[^\s\"'`]+", text)) <= {"http://www.w3.org/2000/svg"}, file
