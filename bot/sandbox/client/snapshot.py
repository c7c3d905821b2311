"""What one person's client shows now, as one JSON value. Pure: it reads the core and changes nothing."""

from dataclasses import asdict

from bot.sandbox.channels import Channel, ChannelKind
from bot.sandbox.client import mischief
from bot.sandbox.client.masked import masked
from bot.sandbox.core import Core
from bot.sandbox.json_value import Json
from bot.sandbox.messages import Message
from bot.sandbox.mrkdwn import Names, drawn, paragraphs
from bot.sandbox.people import User
from bot.sandbox.record import Refusal
from bot.sandbox.views import View

REFUSALS_SHOWN = 50
"""The newest; a longer session forgets the older ones here, and keeps them in its record."""


def snapshot(core: Core, user_id: str) -> Json:
    """All that this person may see, and what goes on behind it."""
    workspace, names = core.workspace, _names(core)
    home = workspace.homes.get(user_id)
    return {
        "me": user_id,
        "team": workspace.team.name,
        "app": _app(core),
        "tips": list(core.app.tips),
        "people": [_person(user) for user in workspace.users.values()],
        "groups": [{"id": group.id, "name": group.handle} for group in workspace.groups.values()],
        "channels": [_channel(core, channel, user_id, names) for channel in _joined(core, user_id)],
        "modals": [_view(view, names) for view in workspace.modals[user_id]],
        "home": None if home is None else _view(home, names),
        "refusals": [_refusal(number, one) for number, one in _newest(core.record.refused)],
        "cautions": [asdict(caution) for caution in core.record.warnings[-REFUSALS_SHOWN:]],
        "faults": mischief.offered(core),
        "armed": mischief.armed(core),
        "wire": len(core.record.wire),
    }


def _names(core: Core) -> Names:
    workspace = core.workspace
    users = {user.id: user.name for user in workspace.users.values()}
    channels = {one.id: one.name for one in workspace.channels.values() if one.kind is not ChannelKind.DM}
    return {**users, **channels, **{group.id: group.handle for group in workspace.groups.values()}}


def _app(core: Core) -> Json:
    app = core.app
    commands = app.manifest.commands if app.manifest else ()
    shortcuts = app.manifest.shortcuts if app.manifest else ()
    return {
        "name": app.name,
        "user": app.user_id,
        "user_name": app.user_name,
        "commands": [asdict(command) for command in commands],
        "shortcuts": [asdict(shortcut) for shortcut in shortcuts],
    }


def _person(user: User) -> Json:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name or user.name,
        "title": user.title,
        "guest": user.guest,
        "bot": user.bot,
        "active": user.active,
        "tz": user.tz,
    }


def _joined(core: Core, user_id: str) -> list[Channel]:
    return [channel for channel in core.workspace.channels.values() if user_id in channel.members]


def _channel(core: Core, channel: Channel, user_id: str, names: Names) -> Json:
    return {
        "id": channel.id,
        "name": channel.name,
        "kind": channel.kind.value,
        "archived": channel.archived,
        "has_app": core.app.user_id in channel.members,
        "members": len(channel.members),
        "messages": [_message(one, names) for one in core.workspace.seen_by(user_id, channel.id)],
    }


def _message(message: Message, names: Names) -> Json:
    return {
        "channel": message.channel,
        "ts": message.ts,
        "user": message.user,
        "text": message.text,
        "paragraphs": paragraphs(message.text, names),
        "blocks": drawn(list(message.blocks), names),
        "thread_ts": message.thread_ts,
        "ephemeral": message.ephemeral,
        "by_bot": message.by_bot,
        "edited": message.edited is not None,
        "files": [{"name": one["name"], "size": one["size"], "type": one["filetype"]} for one in message.files],
    }


def _view(view: View, names: Names) -> Json:
    source = view.source
    shown = {name: source.get(name) for name in ("title", "submit", "close")}
    private = {name: masked(source.get(name) or "") for name in ("callback_id", "private_metadata", "external_id")}
    return {
        "id": view.id,
        "type": view.type,
        "hash": view.hash,
        "blocks": drawn(list(view.blocks), names),
        "values": view.values,
        **shown,
        "private": private,
    }


def _newest(refused: list[Refusal]) -> list[tuple[int, Refusal]]:
    return list(enumerate(refused))[-REFUSALS_SHOWN:]


def _refusal(number: int, refusal: Refusal) -> Json:
    return {
        "number": number,
        "where": refusal.where,
        "error": refusal.error,
        "messages": list(refusal.messages),
        "channel": refusal.channel,
        "user": refusal.user,
        "at": refusal.at,
    }
