"""What a response_url allows, and what it doesn't."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.bot.sandbox.conftest import Newsroom

BUTTON: list[dict[str, Any]] = [
    {
        "type": "actions",
        "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}],
    }
]


async def after_command(app: AsyncApp, newsroom: Newsroom, channel: str = "general") -> AsyncWebhookClient:
    """The answer's way after Rita's command."""

    @app.command("/quote")
    async def quote(ack: AsyncAck) -> None:
        await ack()

    delivery = await newsroom.sandbox.command("rita", channel, "/quote")
    return AsyncWebhookClient(delivery.payload["response_url"])


async def after_click(app: AsyncApp, newsroom: Newsroom, *, ephemeral: bool) -> AsyncWebhookClient:
    """The answer's way after Rita's press of a button."""

    @app.action("go")
    async def go(ack: AsyncAck) -> None:
        await ack()

    channel, sandbox = newsroom.general.id, newsroom.sandbox
    if ephemeral:
        await app.client.chat_postEphemeral(channel=channel, user=newsroom.rita.id, text="old", blocks=BUTTON)
    else:
        await app.client.chat_postMessage(channel=channel, text="old", blocks=BUTTON)
    (message,) = sandbox.messages("general", as_user="rita")
    delivery = await sandbox.click("rita", message, "Go")
    return AsyncWebhookClient(delivery.payload["response_url"])


async def test_five_uses(app: AsyncApp, newsroom: Newsroom) -> None:
    url = await after_command(app, newsroom)
    answers = [await url.send(text=str(number)) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert (answers[0].body, "used_url" in answers[5].body) == ("ok", True)
    assert [m.text for m in newsroom.sandbox.messages("general", as_user="rita")] == list("01234")


async def test_thirty_minutes(app: AsyncApp, newsroom: Newsroom) -> None:
    url = await after_command(app, newsroom)
    await newsroom.sandbox.advance(30 * 60)
    assert (await url.send(text="in time")).status_code == 200
    await newsroom.sandbox.advance(1)
    assert "expired_url" in (await url.send(text="late")).body


async def test_it_reaches_where_the_app_is_not(app: AsyncApp, newsroom: Newsroom) -> None:
    url = await after_command(app, newsroom, "secret")
    await url.send(text="for you")
    await url.send(text="for all", response_type="in_channel")
    seen = newsroom.sandbox.messages("secret", as_user="rita")
    assert [(message.text, message.ephemeral) for message in seen] == [("for you", True), ("for all", False)]


async def test_a_command_leaves_nothing_to_replace(app: AsyncApp, newsroom: Newsroom) -> None:
    url = await after_command(app, newsroom)
    await url.send(text="one")
    await url.send(text="two", replace_original=True)
    assert [m.text for m in newsroom.sandbox.messages("general", as_user="rita")] == ["one", "two"]
    assert "replaces nothing" in newsroom.sandbox.warnings[0].message


async def test_an_ephemeral_message_is_replaced_and_stays_ephemeral(app: AsyncApp, newsroom: Newsroom) -> None:
    url = await after_click(app, newsroom, ephemeral=True)
    await url.send(text="new", replace_original=True, response_type="in_channel")
    (message,) = newsroom.sandbox.messages("general", as_user="rita")
    assert (message.text, message.blocks, message.only_for) == ("new", (), newsroom.rita.id)
    assert "can't become in_channel" in newsroom.sandbox.warnings[0].message


async def test_a_posted_message_is_replaced_for_all(app: AsyncApp, newsroom: Newsroom) -> None:
    url = await after_click(app, newsroom, ephemeral=False)
    await url.send(text="new", replace_original=True)
    (message,) = newsroom.sandbox.messages("general", as_user="ed")
    assert (message.text, message.edited is not None) == ("new", True)


@pytest.mark.parametrize("ephemeral", [True, False])
async def test_deleting_and_then_replacing(app: AsyncApp, newsroom: Newsroom, ephemeral: bool) -> None:
    url = await after_click(app, newsroom, ephemeral=ephemeral)
    (message,) = newsroom.sandbox.messages("general", as_user="rita")
    await url.send(delete_original=True)
    await newsroom.sandbox.wait_until_gone(message)
    assert newsroom.sandbox.messages("general", as_user="rita") == ()
    assert "message_not_found" in (await url.send(text="new", replace_original=True)).body


async def test_a_new_message_after_a_click(app: AsyncApp, newsroom: Newsroom) -> None:
    url = await after_click(app, newsroom, ephemeral=False)
    await url.send(text="beside", replace_original=False)
    assert [m.text for m in newsroom.sandbox.messages("general", as_user="rita")] == ["old", "beside"]
    assert [m.text for m in newsroom.sandbox.messages("general", as_user="ed")] == ["old"]
    assert newsroom.sandbox.warnings == []


async def test_the_default_after_a_click_is_frowned_at(app: AsyncApp, newsroom: Newsroom) -> None:
    url = await after_click(app, newsroom, ephemeral=True)
    await url.send(text="which?")
    assert "neither replace_original nor delete_original" in newsroom.sandbox.warnings[0].message


async def test_bad_content(app: AsyncApp, newsroom: Newsroom) -> None:
    url = await after_command(app, newsroom)
    bad = await url.send(text="x", blocks=[{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}])
    assert (bad.status_code, "invalid_blocks" in bad.body) == (400, True)
    assert "no_text" in (await url.send(text="")).body
    assert "no_active_hooks" in (await AsyncWebhookClient(f"{url.url}0").send(text="x")).body
    assert [refusal.error for refusal in newsroom.sandbox.refused] == ["invalid_blocks", "no_text", "no_active_hooks"]


async def test_it_may_break(app: AsyncApp, newsroom: Newsroom) -> None:
    url = await after_command(app, newsroom)
    newsroom.sandbox.fault("response_url", status=500)
    assert (await url.send(text="x")).status_code == 500
    assert (await url.send(text="x")).status_code == 200
