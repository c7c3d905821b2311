"""Each way of speaking to an app, through a real Bolt app, over HTTP and Socket Mode."""

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.context.say.async_say import AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.sandbox.conftest import Newsroom

CARD = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "no *dirt* found", "verbatim": True}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "text": {"type": "plain_text", "text": "Share"}, "action_id": "share", "value": "d1"},
            {"type": "button", "text": {"type": "plain_text", "text": "Pin"}, "action_id": "pin", "value": "d2"},
        ],
    },
]


async def test_a_command_is_answered_to_the_asker_alone(app: AsyncApp, newsroom: Newsroom) -> None:
    heard: list[dict[str, Any]] = []

    @app.command("/quote")
    async def quote(ack: AsyncAck, respond: AsyncRespond, body: dict[str, Any]) -> None:
        await ack()
        heard.append(body)
        await respond(text="no dirt found", blocks=CARD)

    sandbox = newsroom.sandbox
    delivery = await sandbox.command(newsroom.rita, "general", "/quote", "AT&T <dirt> by @ed in #general")
    message = await sandbox.wait_for("general", "dirt", as_user="rita")

    assert delivery.ok
    assert delivery.ack_ms is not None
    assert heard[0]["text"] == f"AT&amp;T &lt;dirt&gt; by <@{newsroom.ed.id}|ed> in <#{newsroom.general.id}|general>"
    assert message.ephemeral
    assert message.shown == "no *dirt* found"
    assert message.buttons == ("Share", "Pin")
    assert sandbox.messages("general", as_user="ed") == ()
    sandbox.reload("rita")
    assert sandbox.messages("general", as_user="rita") == ()
    assert sandbox.refused == []


async def test_a_command_may_be_answered_in_its_acknowledgement(app: AsyncApp, newsroom: Newsroom) -> None:
    @app.command("/quote")
    async def quote(ack: AsyncAck, body: dict[str, Any]) -> None:
        if body["text"] == "loud":
            await ack(text="for all", response_type="in_channel")
        else:
            await ack("for you")

    sandbox = newsroom.sandbox
    await sandbox.command("rita", "general", "/quote", "quiet")
    await sandbox.command("rita", "general", "/quote", "loud")

    assert [m.text for m in sandbox.messages("general", as_user="rita")] == ["for you", "for all"]
    assert [m.text for m in sandbox.messages("general", as_user="ed")] == ["for all"]


async def test_a_mention_is_answered_in_its_thread(app: AsyncApp, newsroom: Newsroom) -> None:
    @app.event("app_mention")
    async def mentioned(event: dict[str, Any], say: AsyncSay) -> None:
        await say(text=event["text"], thread_ts=event.get("thread_ts") or event["ts"])

    sandbox = newsroom.sandbox
    root = sandbox.say("ed", "general", "did Barr say it?")
    delivery = await sandbox.mention("rita", "general", "Barr https://example.org/a?b=1&c=2", thread_ts=root.ts)
    answer = await sandbox.wait_for("general", lambda m: m.by_bot, as_user="ed")

    assert delivery.ok
    assert answer.thread_ts == root.ts
    assert answer.text == f"<@{sandbox.app.user_id}> Barr <https://example.org/a?b=1&amp;c=2>"


async def test_a_direct_message_is_heard_and_the_app_hears_itself(app: AsyncApp, newsroom: Newsroom) -> None:
    heard: list[dict[str, Any]] = []

    @app.event("message")
    async def message(event: dict[str, Any], say: AsyncSay) -> None:
        heard.append(event)
        await say(text="yes?")

    sandbox = newsroom.sandbox
    await sandbox.dm("rita", "Barr")
    await sandbox.wait_for(sandbox.dm_channel("rita"), "yes?", as_user="rita")
    await sandbox.settle()

    assert [(e["channel_type"], e["text"], e["user"]) for e in heard] == [("im", "Barr", newsroom.rita.id)]
    assert [d.payload["event"].get("bot_id") for d in sandbox.deliveries] == [None, sandbox.app.bot_id]
    assert all(delivery.ok for delivery in sandbox.deliveries)


async def test_a_button_of_a_posted_message(app: AsyncApp, newsroom: Newsroom) -> None:
    heard: list[dict[str, Any]] = []

    @app.action("share")
    async def share(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        heard.append(body)
        ts, channel = body["message"]["ts"], body["channel"]["id"]
        await client.chat_update(channel=channel, ts=ts, text="shared", blocks=[])

    sandbox = newsroom.sandbox
    await app.client.chat_postMessage(channel=newsroom.general.id, text="no dirt", blocks=CARD)
    posted = await sandbox.wait_for("general", "dirt", as_user="ed")
    delivery = await sandbox.click("ed", posted, "Share")
    changed = await sandbox.wait_for_change(posted)

    assert delivery.ok
    assert heard[0]["actions"][0]["value"] == "d1"
    assert heard[0]["user"]["id"] == newsroom.ed.id
    assert (changed.ts, changed.blocks, changed.edited is not None) == (posted.ts, (), True)


async def test_a_button_of_an_ephemeral_message(app: AsyncApp, newsroom: Newsroom) -> None:
    heard: list[dict[str, Any]] = []

    @app.action("pin")
    async def pin(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
        await ack()
        heard.append(body)
        await respond(text="pinned", replace_original=True)

    sandbox = newsroom.sandbox
    general = newsroom.general.id
    await app.client.chat_postEphemeral(channel=general, user=newsroom.rita.id, text="no dirt", blocks=CARD)
    message = await sandbox.wait_for("general", "dirt", as_user="rita")
    await sandbox.click("rita", message, "pin")
    changed = await sandbox.wait_for("general", "pinned", as_user="rita")

    assert (changed.ts, changed.only_for, changed.blocks) == (message.ts, newsroom.rita.id, ())
    assert "message" not in heard[0]
    assert heard[0]["container"]["is_ephemeral"] is True
    assert sandbox.messages("general", as_user="ed") == ()
