"""chat.postMessage, postEphemeral, update, delete, getPermalink and unfurl."""

from dataclasses import replace
from html import escape

from bot.sandbox.channels import Channel, ChannelKind
from bot.sandbox.content import UPDATE_TEXT, Content, checked
from bot.sandbox.core import Core
from bot.sandbox.errors import SlackRefusal
from bot.sandbox.json_value import Json, as_object
from bot.sandbox.messages import Message
from bot.sandbox.web_api import echo
from bot.sandbox.web_api.method import Arguments, Method


def post_message(core: Core, arguments: Arguments) -> Json:
    """Post where everyone in the conversation sees it."""
    channel = postable(core, arguments.need("channel"))
    content = _content(core, "chat.postMessage", arguments)
    message = _post(core, channel, content, arguments)
    echo.posted(core, message)
    return {"channel": channel.id, "ts": message.ts, "message": message.to_json(core.app, core.workspace.team.id)}


def post_ephemeral(core: Core, arguments: Arguments) -> Json:
    """Post where one person sees it, until they reload."""
    channel = postable(core, arguments.need("channel"))
    user = core.workspace.users.get(arguments.need("user"))
    if user is None or not user.active or user.id not in channel.members:
        raise SlackRefusal("user_not_in_channel")
    content = _content(core, "chat.postEphemeral", arguments)
    return {"message_ts": _post(core, channel, content, arguments, only_for=user.id).ts}


def update(core: Core, arguments: Arguments) -> Json:
    """Change a posted message of the app's own; text without blocks takes the blocks away."""
    message = _own(core, arguments, "cant_update_message")
    if len(arguments.optional("text") or "") > UPDATE_TEXT:
        raise SlackRefusal("msg_too_long")
    content = _content(core, "chat.update", arguments)
    text = content.text or message.text  # that blocks without text leave the text as it was is assumed
    changed = replace(message, text=text, blocks=content.blocks, edited=core.ids.ts())
    core.workspace.put_message(changed)
    echo.changed(core, message, changed)
    body = changed.to_json(core.app, core.workspace.team.id)
    return {"channel": message.channel, "ts": message.ts, "text": text, "message": body}


def delete(core: Core, arguments: Arguments) -> Json:
    """Take back a posted message of the app's own."""
    message = _own(core, arguments, "cant_delete_message")
    core.workspace.drop_message(message)
    echo.deleted(core, message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(core: Core, arguments: Arguments) -> Json:
    """A message's address."""
    channel = core.workspace.channel_for(core.app.user_id, arguments.need("channel"))
    message = core.workspace.message(channel.id, arguments.need("message_ts"))
    domain = core.workspace.team.domain
    number = message.ts.replace(".", "")
    return {"channel": channel.id, "permalink": f"https://{domain}.slack.com/archives/{channel.id}/p{number}"}


def _content(core: Core, where: str, arguments: Arguments) -> Content:
    blocks = arguments.structure("blocks", "invalid_blocks_format")
    return checked(core, where, {**arguments.given, "blocks": blocks})


def postable(core: Core, target: str) -> Channel:
    """Where the app may post: where it is in, in public with chat:write.public, to a user's direct messages."""
    if target in core.workspace.users:
        return core.workspace.dm_with(core.workspace.user(target).id)
    channel = core.workspace.channel_for(core.app.user_id, target)
    if channel.archived:
        raise SlackRefusal("is_archived")
    public = channel.kind is ChannelKind.PUBLIC and "chat:write.public" in core.app.scopes
    if core.app.user_id not in channel.members and not public:
        raise SlackRefusal("not_in_channel")
    return channel


def unfurl(core: Core, arguments: Arguments) -> Json:
    """Show previews below a message of a person's, for addresses in it that are the app's business."""
    channel = core.workspace.channel_for(core.app.user_id, arguments.need("channel"))
    message = core.workspace.message(channel.id, arguments.need("ts"))
    given = as_object(arguments.structure("unfurls", "cannot_parse_attachment")) or {}
    unfurls: dict[str, tuple[Json, ...]] = {}
    for url, found in given.items():
        preview = as_object(found)
        if preview is None or escape(url, quote=False) not in message.text:
            raise SlackRefusal("cannot_unfurl_url")
        unfurls[url] = checked(core, "chat.unfurl", {"text": "a preview", "blocks": preview.get("blocks")}).blocks
    core.workspace.put_message(replace(message, unfurls={**message.unfurls, **unfurls}))
    return {}


def _post(core: Core, channel: Channel, content: Content, arguments: Arguments, only_for: str | None = None) -> Message:
    thread_ts = arguments.optional("thread_ts")
    if thread_ts is not None:  # that a thread of nothing is refused, and how, is assumed
        core.workspace.message(channel.id, thread_ts)
    return core.workspace.put_message(
        Message(
            channel=channel.id,
            ts=core.ids.ts(),
            user=core.app.user_id,
            text=content.text,
            blocks=content.blocks,
            thread_ts=thread_ts,
            only_for=only_for,
            by_bot=True,
            unfurl_links=arguments.flag_or_none("unfurl_links"),
            unfurl_media=arguments.flag_or_none("unfurl_media"),
            metadata=arguments.structure("metadata", "invalid_metadata_format"),
        )
    )


def _own(core: Core, arguments: Arguments, error: str) -> Message:
    channel = core.workspace.channel_for(core.app.user_id, arguments.need("channel"))
    message = core.workspace.message(channel.id, arguments.need("ts"))
    if not message.by_bot:
        raise SlackRefusal(error)
    return message


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "chat.unfurl": Method(unfurl, ("links:write",)),
    "chat.getPermalink": Method(get_permalink),
}
