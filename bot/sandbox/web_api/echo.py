"""The events about the app's own messages: an app subscribed to message.im hears itself (events/message.im)."""

from bot.sandbox import payloads
from bot.sandbox.channels import ChannelKind
from bot.sandbox.core import Core
from bot.sandbox.delivery import Kind, Parcel
from bot.sandbox.json_value import Json
from bot.sandbox.messages import Message


def posted(core: Core, message: Message) -> None:
    """The app posted."""
    _send(core, message, payloads.said(core, message, "message", "im"))


def changed(core: Core, before: Message, after: Message) -> None:
    """The app changed its message."""
    _send(core, after, {**_about(core, after, "message_changed", before), "message": _body(core, after)})


def deleted(core: Core, message: Message) -> None:
    """The app took its message back."""
    _send(core, message, {**_about(core, message, "message_deleted", message), "deleted_ts": message.ts})


def _about(core: Core, message: Message, subtype: str, before: Message) -> Json:
    ts = core.ids.ts()
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": message.channel,
        "channel_type": "im",
        "ts": ts,
        "event_ts": ts,
        "previous_message": _body(core, before),
    }


def _body(core: Core, message: Message) -> Json:
    return message.to_json(core.app, core.workspace.team.id)


def _send(core: Core, message: Message, inner: Json) -> None:
    in_dm = core.workspace.channels[message.channel].kind is ChannelKind.DM
    if in_dm and "message.im" in core.app.events:
        core.postman.in_background(core.postman.deliver(Parcel(Kind.EVENT, payloads.event(core, inner))))
