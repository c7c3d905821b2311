"""files.info, and the address that a file is fetched from."""

from bot.sandbox.core import Core
from bot.sandbox.errors import SlackRefusal
from bot.sandbox.files import File
from bot.sandbox.json_value import Json
from bot.sandbox.web_api.method import Arguments, Method

LOGIN = "/login"
"""Where somebody without rights is led (assumed: Slack's own page of HTML)."""


def info(core: Core, arguments: Arguments) -> Json:
    """One file, of a conversation that the app is in."""
    return {"file": visible(core, arguments.need("file")).to_json()}


def visible(core: Core, file_id: str) -> File:
    """Raises file_not_found, also for a file of a conversation that the app is not in (assumed)."""
    file = core.workspace.files.get(file_id)
    if file is None or core.app.user_id not in core.workspace.channels[file.channel].members:
        raise SlackRefusal("file_not_found")
    return file


def content(core: Core, file_id: str, token: str | None) -> bytes | None:
    """The bytes for the app's own token with files:read; None for anybody else."""
    core.faults.strike("url_private")
    file = core.workspace.files.get(file_id)
    allowed = token == core.app.bot_token and token not in core.app.revoked and "files:read" in core.app.scopes
    return file.content if file is not None and allowed else None


METHODS = {"files.info": Method(info, ("files:read",))}
