"""The Web API: arguments in every form, tokens and scopes, membership and content, as the real client meets them."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.bot.sandbox.conftest import Newsroom

BLOCKS: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}]


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(sandbox.app.bot_token, sandbox.api_url)


async def refused(client: AsyncWebClient, method: str, **arguments: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as error:
        await client.api_call(method, json=arguments)
    return dict(error.value.response.data)


async def test_who_am_i(client: AsyncWebClient, sandbox: Sandbox) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"]) == (sandbox.app.user_id, sandbox.app.bot_id)
    assert "chat:write" in answer.headers["X-OAuth-Scopes"]


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        (None, "auth.test", "not_authed"),
        ("xoxb-stranger", "auth.test", "invalid_auth"),
        ("xapp-1-sandbox-app", "auth.test", "not_allowed_token_type"),
        ("xoxb-sandbox-bot", "apps.connections.open", "not_allowed_token_type"),
        ("xoxb-sandbox-bot", "chat.scream", "unknown_method"),
    ],
)
async def test_tokens(sandbox: Sandbox, token: str | None, method: str, error: str) -> None:
    client = AsyncWebClient(token, sandbox.api_url)
    assert (await refused(client, method))["error"] == error
    assert [refusal.error for refusal in sandbox.refused] == [error]


async def test_a_lost_token(client: AsyncWebClient, sandbox: Sandbox) -> None:
    sandbox.revoke_token()
    assert (await refused(client, "auth.test"))["error"] == "token_revoked"


async def test_a_missing_scope_is_named(client: AsyncWebClient, newsroom: Newsroom) -> None:
    newsroom.sandbox.app.scopes = frozenset({"commands", "channels:read"})
    answer = await refused(client, "chat.postMessage", channel=newsroom.general.id, text="x")
    assert answer == {
        "ok": False,
        "error": "missing_scope",
        "needed": "chat:write",
        "provided": "channels:read,commands",
    }
    answer = await refused(client, "conversations.list", types="private_channel")
    assert answer["needed"] == "groups:read"


@pytest.mark.parametrize("form", ["query", "form", "json", "multipart"])
async def test_arguments_come_in_every_form(newsroom: Newsroom, form: str) -> None:
    sandbox = newsroom.sandbox
    encoded = '[{"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}]'
    fields = {"channel": newsroom.general.id, "text": "hi", "blocks": encoded, "unfurl_links": "false"}
    ways: dict[str, dict[str, Any]] = {
        "query": {"params": fields},
        "form": {"data": fields},
        "json": {"json": {**fields, "blocks": BLOCKS, "unfurl_links": False}},
        "multipart": {"data": aiohttp.FormData(fields, default_to_multipart=True)},
    }
    headers = {"Authorization": f"Bearer {sandbox.app.bot_token}"}
    url = f"{sandbox.api_url}chat.postMessage"
    async with aiohttp.ClientSession(headers=headers) as session, session.post(url, **ways[form]) as response:
        assert (await response.json())["ok"] is True
    (message,) = sandbox.messages("general", as_user="ed")
    assert (message.text, message.shown, message.unfurl_links) == ("hi", "hello", False)


async def test_where_the_app_may_post(client: AsyncWebClient, newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    elsewhere = sandbox.add_channel("elsewhere", (newsroom.rita,), bot=False)
    closed = sandbox.archive(sandbox.add_channel("closed"))
    cases = {
        "C404": "channel_not_found",
        newsroom.secret.id: "channel_not_found",
        elsewhere.id: "not_in_channel",
        closed.id: "is_archived",
    }
    for channel, error in cases.items():
        assert (await refused(client, "chat.postMessage", channel=channel, text="x"))["error"] == error
    sandbox.app.scopes |= {"chat:write.public"}
    await client.chat_postMessage(channel=elsewhere.id, text="x")
    await client.chat_postMessage(channel=newsroom.rita.id, text="hello")
    assert [m.text for m in sandbox.messages(sandbox.dm_channel("rita"), as_user="rita")] == ["hello"]


async def test_what_a_message_may_hold(client: AsyncWebClient, newsroom: Newsroom) -> None:
    channel = newsroom.general.id
    long: dict[str, Any] = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
    full: dict[str, Any] = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}
    assert (await refused(client, "chat.postMessage", channel=channel))["error"] == "no_text"
    assert (await refused(client, "chat.postMessage", channel=channel, text=" "))["error"] == "no_text"
    assert (await refused(client, "chat.postMessage", channel=channel, blocks="{"))["error"] == "invalid_blocks_format"
    assert (await refused(client, "chat.postMessage", channel=channel, blocks={}, text="x"))[
        "error"
    ] == "invalid_blocks_format"
    answer = await refused(client, "chat.postMessage", channel=channel, text="x", blocks=[long])
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]
    answer = await refused(client, "chat.postMessage", channel=channel, text="x", blocks=[full] * 5)
    assert answer["error"] == "msg_blocks_too_long"
    assert (await refused(client, "chat.postMessage", text="x"))["error"] == "invalid_arguments"
    assert newsroom.sandbox.messages("general", as_user="ed") == ()


async def test_what_slack_only_frowns_at(client: AsyncWebClient, newsroom: Newsroom) -> None:
    await client.api_call("chat.postMessage", json={"channel": newsroom.general.id, "blocks": BLOCKS})
    await client.chat_postMessage(channel=newsroom.general.id, text="x" * 40_001)
    assert [caution.message[:20] for caution in newsroom.sandbox.warnings] == [
        "blocks without text:",
        "text of 40,001 chara",
    ]
    assert len(newsroom.sandbox.messages("general", as_user="ed")[-1].text) == 40_000


async def test_ephemeral_messages(client: AsyncWebClient, newsroom: Newsroom) -> None:
    channel, sandbox = newsroom.general.id, newsroom.sandbox
    outsider = sandbox.add_user("olga")
    answer = await refused(client, "chat.postEphemeral", channel=channel, user=outsider.id, text="x")
    assert answer["error"] == "user_not_in_channel"
    ts = (await client.chat_postEphemeral(channel=channel, user=newsroom.rita.id, text="x"))["message_ts"]
    assert (await refused(client, "chat.update", channel=channel, ts=ts, text="y"))["error"] == "message_not_found"
    sandbox.change_user("rita", active=False)
    answer = await refused(client, "chat.postEphemeral", channel=channel, user=newsroom.rita.id, text="x")
    assert answer["error"] == "user_not_in_channel"


async def test_update_and_delete(client: AsyncWebClient, newsroom: Newsroom) -> None:
    channel, sandbox = newsroom.general.id, newsroom.sandbox
    ts = (await client.chat_postMessage(channel=channel, text="one", blocks=BLOCKS))["ts"]
    link = (await client.api_call("chat.getPermalink", params={"channel": channel, "message_ts": ts}))["permalink"]
    assert link == f"https://sandbox.slack.com/archives/{channel}/p{ts.replace('.', '')}"
    await client.api_call("chat.update", json={"channel": channel, "ts": ts, "text": "two"})
    assert [(m.shown, m.blocks) for m in sandbox.messages("general", as_user="ed")] == [("two", ())]
    assert (await refused(client, "chat.update", channel=channel, ts=ts, text="x" * 4001))["error"] == "msg_too_long"
    others = sandbox.say("ed", "general", "mine")
    assert (await refused(client, "chat.update", channel=channel, ts=others.ts, text="x"))[
        "error"
    ] == "cant_update_message"
    assert (await refused(client, "chat.delete", channel=channel, ts=others.ts))["error"] == "cant_delete_message"
    assert (await refused(client, "chat.delete", channel=channel, ts="1.0"))["error"] == "message_not_found"
    await client.api_call("chat.delete", json={"channel": channel, "ts": ts})
    assert [m.text for m in sandbox.messages("general", as_user="ed")] == ["mine"]


async def test_conversations(client: AsyncWebClient, newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    everyone = {newsroom.rita.id, newsroom.ed.id, newsroom.guy.id, sandbox.app.user_id}
    first = await client.conversations_members(channel=newsroom.general.id, limit=3)
    rest = await client.conversations_members(
        channel=newsroom.general.id, cursor=first["response_metadata"]["next_cursor"]
    )
    assert set(first["members"]) | set(rest["members"]) == everyone
    assert (len(first["members"]), rest["response_metadata"]["next_cursor"]) == (3, "")
    assert (await client.conversations_info(channel=newsroom.general.id))["channel"]["is_member"] is True
    assert (await refused(client, "conversations.info", channel=newsroom.secret.id))["error"] == "channel_not_found"
    sandbox.join(sandbox.app.user_id, newsroom.secret)
    assert (await client.conversations_info(channel=newsroom.secret.id))["channel"]["is_private"] is True
    sandbox.leave(sandbox.app.user_id, newsroom.secret)
    assert (await refused(client, "conversations.list", limit=0))["error"] == "invalid_limit"
    assert (await refused(client, "conversations.list", types="all"))["error"] == "invalid_types"
    listed = await client.api_call("conversations.list", params={"types": "public_channel,private_channel"})
    assert [channel["name"] for channel in listed["channels"]] == ["general"]
    assert (await refused(client, "conversations.open", users=newsroom.ed.id))["error"] == "missing_scope"
    sandbox.app.scopes |= {"im:write"}
    opened = await client.api_call("conversations.open", params={"users": newsroom.ed.id})
    assert opened["channel"]["id"] == sandbox.dm_channel("ed").id


async def test_people_and_groups(client: AsyncWebClient, newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    group = sandbox.add_group("editors", (newsroom.ed,))
    flags = [(await client.users_info(user=user.id))["user"] for user in (newsroom.ed, newsroom.guy)]
    assert [(user["is_admin"], user["is_restricted"], user["tz"]) for user in flags] == [
        (True, False, "America/New_York"),
        (False, True, "America/New_York"),
    ]
    assert (await refused(client, "users.info", user="U404"))["error"] == "user_not_found"
    assert len((await client.api_call("users.list"))["members"]) == 4
    assert (await client.usergroups_users_list(usergroup=group.id))["users"] == [newsroom.ed.id]
    assert [g["handle"] for g in (await client.api_call("usergroups.list"))["usergroups"]] == ["editors"]
    assert (await refused(client, "usergroups.users.list", usergroup="S404"))["error"] == "no_such_subteam"
    sandbox.change_plan(paid=False)
    assert (await refused(client, "usergroups.users.list", usergroup=group.id))["error"] == "plan_upgrade_required"
    assert (await refused(client, "team.info"))["error"] == "missing_scope"


async def test_faults(newsroom: Newsroom) -> None:
    sandbox, retry = newsroom.sandbox, AsyncRateLimitErrorRetryHandler(max_retry_count=1)
    client = AsyncWebClient(sandbox.app.bot_token, sandbox.api_url, retry_handlers=[retry])
    sandbox.fault("chat.postMessage", "ratelimited", retry_after=1)
    async with asyncio.timeout(5):
        await client.chat_postMessage(channel=newsroom.general.id, text="after all")
    assert [exchange.status for exchange in sandbox.wire] == [429, 200]
    sandbox.fault("*", status=503)
    with pytest.raises(SlackApiError) as error:
        await client.auth_test()
    assert error.value.response.status_code == 503
    sandbox.fault("auth.test", "fatal_error", times=2)
    assert [(await refused(client, "auth.test"))["error"] for _ in range(2)] == ["fatal_error"] * 2
    assert (await client.auth_test())["ok"]
