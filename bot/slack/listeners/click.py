"""What all buttons have in common: where the click came from, and where its answer goes."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BadRequest
from bot.slack.blocks import buttons
from bot.slack.listeners.run import Behaviour, run
from bot.slack.parts import Call, Parts
from bot.slack.replies import ByResponseUrl, InDirectMessage, Privately, Reply
from bot.wording import words

T = TypeVar("T")


def on_click(app: AsyncApp, parts: Parts, action_id: str, behaviour: Behaviour) -> None:
    """Acknowledge clicks on the button, and run the behaviour with the button's value as the text."""

    async def clicked(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await run(parts, _call(body, client), behaviour)

    app.action(action_id)(clicked)


def on_choice(app: AsyncApp, parts: Parts, action: str, behaviour: Behaviour) -> None:
    """The same for a line of the menu of rarer actions (`buttons.choice`); the text is what follows its name."""

    async def is_meant(body: dict[str, Any]) -> bool:
        return _chosen(body).partition(" ")[0] == action

    async def chosen(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await run(parts, replace(_call(body, client), text=_chosen(body).partition(" ")[2]), behaviour)

    app.action(buttons.MORE_ACTIONS, matchers=[is_meant])(chosen)


def _chosen(body: dict[str, Any]) -> str:
    """The value of a menu's chosen line; empty where something else was pressed."""
    option: dict[str, str] = body["actions"][0].get("selected_option") or {}
    return option.get("value", "")


def read_value(read: Callable[[str], T], value: str) -> T:
    """A button's value read by its `parse`. Raises BadRequest for one that no button of today carries."""
    try:
        return read(value)
    except ValueError as error:
        raise BadRequest(words.UNREADABLE_BUTTON) from error


def _call(body: dict[str, Any], client: AsyncWebClient) -> Call:
    container = body["container"]
    if container["type"] == "view":
        return _on_home(body, client)
    user_id, channel_id = body["user"]["id"], container["channel_id"]
    original = ByResponseUrl(client, body["response_url"], user_id)
    return Call(
        team_id=body["team"]["id"],
        user_id=user_id,
        channel_id=channel_id,
        delivery=f"click {body['trigger_id']}",
        text=body["actions"][0].get("value") or "",
        client=client,
        reply=_reply(container, user_id, original),
        thread_ts=container.get("thread_ts"),
        original=original,
        message_ts=container.get("message_ts", ""),
        trigger_id=body["trigger_id"],
    )


def _on_home(body: dict[str, Any], client: AsyncWebClient) -> Call:
    """A click on the home tab is answered in the conversation with the bot, whose id the tab carries."""
    user_id, conversation = body["user"]["id"], body["view"]["private_metadata"]
    return Call(
        team_id=body["team"]["id"],
        user_id=user_id,
        channel_id=conversation,
        delivery=f"click {body['trigger_id']}",
        text=body["actions"][0].get("value") or "",
        client=client,
        reply=InDirectMessage(client, conversation, None),
        trigger_id=body["trigger_id"],
    )


def _reply(container: dict[str, Any], user_id: str, original: ByResponseUrl) -> Reply:
    """As private and as near as the message that was clicked."""
    channel_id, thread_ts = container["channel_id"], container.get("thread_ts")
    if channel_id.startswith("D") and not container.get("is_ephemeral"):
        return InDirectMessage(original.client, channel_id, thread_ts)
    return Privately(original.client, channel_id, user_id, thread_ts) if thread_ts else original
