"""The bodies that Slack sends to an app, after the reference pages of slash commands, events and interactions."""

from bot.sandbox.channels import Channel
from bot.sandbox.core import Core
from bot.sandbox.json_value import Json, without_nulls
from bot.sandbox.messages import Message
from bot.sandbox.views import View


def command(core: Core, user_id: str, channel: Channel, name: str, text: str) -> Json:
    """A slash command's form fields (interactivity/implementing-slash-commands)."""
    team = core.workspace.team
    return {
        "token": core.app.verification_token,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": channel.id,
        "channel_name": "privategroup" if channel.kind.value == "private_channel" else channel.name,
        "user_id": user_id,
        "user_name": core.workspace.users[user_id].name,
        "command": name,
        "text": text,
        "api_app_id": core.app.app_id,
        "is_enterprise_install": "false",
        "response_url": core.tickets.response_url(user_id, channel.id),
        "trigger_id": core.tickets.trigger(user_id),
    }


def event(core: Core, inner: Json) -> Json:
    """An event in its envelope (apis/events-api)."""
    team = core.workspace.team
    return {
        "token": core.app.verification_token,
        "team_id": team.id,
        "api_app_id": core.app.app_id,
        "event": inner,
        "type": "event_callback",
        "event_id": core.ids.event(),
        "event_time": int(core.clock()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team.id,
                "user_id": core.app.user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": core.ids.new("4-"),
    }


def said(core: Core, message: Message, kind: str, channel_type: str | None = None) -> Json:
    """The inner event of a message: `app_mention`, or `message` with its channel type."""
    body = message.to_json(core.app, core.workspace.team.id)
    return without_nulls(
        {**body, "type": kind, "channel": message.channel, "channel_type": channel_type, "event_ts": message.ts}
    )


def interaction(core: Core, kind: str, user_id: str, *, view_id: str | None = None) -> Json:
    """What every interaction's payload begins with (reference/interaction-payloads)."""
    team, user = core.workspace.team, core.workspace.users[user_id]
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": team.id},
        "api_app_id": core.app.app_id,
        "token": core.app.verification_token,
        "team": {"id": team.id, "domain": team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": core.tickets.trigger(user_id, view_id),
    }


def place(core: Core, target: Message | View) -> Json:
    """Where something was used: container, channel, message or view. An ephemeral message's body is not sent again."""
    team_id = core.workspace.team.id
    if isinstance(target, View):
        return {"container": {"type": "view", "view_id": target.id}, "view": target.to_json(core.app, team_id)}
    channel = core.workspace.channels[target.channel]
    body: Json = {
        "container": without_nulls(
            {
                "type": "message",
                "message_ts": target.ts,
                "thread_ts": target.thread_ts,
                "channel_id": target.channel,
                "is_ephemeral": target.ephemeral,
            }
        ),
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": {}},
    }
    if not target.ephemeral:
        body["message"] = target.to_json(core.app, team_id)
    return body
