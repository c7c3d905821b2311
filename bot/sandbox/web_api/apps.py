"""apps.connections.open."""

from bot.sandbox.core import Core
from bot.sandbox.json_value import Json
from bot.sandbox.web_api.method import Arguments, Method, Token


def connections_open(core: Core, _: Arguments) -> Json:
    """An address for one Socket Mode connection."""
    host = core.base_url.replace("http://", "ws://", 1)
    return {"url": f"{host}/link?ticket={core.sockets.ticket()}&app_id={core.app.app_id}"}


METHODS = {"apps.connections.open": Method(connections_open, ("connections:write",), Token.APP)}
