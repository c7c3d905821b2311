"""conversations.open, history, info, list and members."""

from bot.sandbox.channels import HISTORY_SCOPE, READ_SCOPE, Channel, ChannelKind
from bot.sandbox.core import Core
from bot.sandbox.errors import SlackRefusal
from bot.sandbox.json_value import Json
from bot.sandbox.web_api.method import Arguments, Method, missing_scope

READ = tuple(READ_SCOPE.values())


def _readable(core: Core, channel_id: str) -> Channel:
    """A conversation that the app may know of and has the scope for."""
    channel = core.workspace.channel_for(core.app.user_id, channel_id)
    _need_scope(core, channel.kind)
    return channel


def _need_scope(core: Core, kind: ChannelKind) -> None:
    if READ_SCOPE[kind] not in core.app.scopes:
        raise missing_scope(core, READ_SCOPE[kind])


def open_(core: Core, arguments: Arguments) -> Json:
    """The direct messages with one user."""
    users = arguments.need("users").split(",")
    if len(users) > 1:
        raise SlackRefusal("method_not_supported_for_channel_type")
    user = core.workspace.user(users[0])
    if not user.active:
        raise SlackRefusal("user_disabled")
    if user.bot:
        raise SlackRefusal("cannot_dm_bot")
    channel = core.workspace.dm_with(user.id)
    full = channel.to_json(core.app.user_id) if arguments.flag("return_im") else {"id": channel.id}
    return {"channel": full}


def info(core: Core, arguments: Arguments) -> Json:
    """One conversation."""
    return {"channel": _readable(core, arguments.need("channel")).to_json(core.app.user_id)}


def list_(core: Core, arguments: Arguments) -> Json:
    """The conversations of the kinds asked for that the app may know of."""
    try:
        kinds = {ChannelKind(name) for name in (arguments.optional("types") or "public_channel").split(",")}
    except ValueError as bad:
        raise SlackRefusal("invalid_types") from bad
    for kind in kinds:
        _need_scope(core, kind)
    shown = [
        channel.to_json(core.app.user_id)
        for channel in sorted(core.workspace.channels.values(), key=lambda channel: channel.id)
        if channel.kind in kinds
        and channel.open_to(core.app.user_id)
        and not (channel.archived and arguments.flag("exclude_archived"))
    ]
    page, cursor = arguments.page(shown)
    return {"channels": page, "response_metadata": {"next_cursor": cursor}}


def members(core: Core, arguments: Arguments) -> Json:
    """Who is in a conversation, a page at a time."""
    channel = _readable(core, arguments.need("channel"))
    page, cursor = arguments.page(sorted(channel.members))
    return {"members": page, "response_metadata": {"next_cursor": cursor}}


def history(core: Core, arguments: Arguments) -> Json:
    """What was posted after `oldest`, the newest first, a page at a time; metadata where it is asked for."""
    channel = core.workspace.channel_for(core.app.user_id, arguments.need("channel"))
    scope = HISTORY_SCOPE[channel.kind]
    if scope not in core.app.scopes:
        raise missing_scope(core, scope)
    oldest, with_metadata = float(arguments.optional("oldest") or 0), arguments.flag("include_all_metadata")
    shown = [
        message.to_json(core.app, core.workspace.team.id, with_metadata=with_metadata)
        for message in sorted(core.workspace.messages[channel.id].values(), key=lambda one: one.ts, reverse=True)
        if not message.ephemeral and float(message.ts) > oldest
    ]
    page, cursor = arguments.page(shown)
    return {"messages": page, "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


METHODS = {
    "conversations.open": Method(open_, ("im:write", "mpim:write", "channels:manage", "groups:write")),
    "conversations.history": Method(history, tuple(HISTORY_SCOPE.values())),
    "conversations.info": Method(info, READ),
    "conversations.list": Method(list_, READ),
    "conversations.members": Method(members, READ),
}
