"""team.info."""

from bot.sandbox.core import Core
from bot.sandbox.json_value import Json
from bot.sandbox.web_api.method import Arguments, Method


def info(core: Core, _: Arguments) -> Json:
    """The workspace."""
    return {"team": core.workspace.team.to_json()}


METHODS = {"team.info": Method(info, ("team:read",))}
