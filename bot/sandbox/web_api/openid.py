"""openid.connect.token."""

from bot.sandbox.core import Core
from bot.sandbox.json_value import Json
from bot.sandbox.sign_ins import exchange
from bot.sandbox.web_api.method import Arguments, Method, Token


def token(core: Core, arguments: Arguments) -> Json:
    """Who has signed in, for the code that the browser brought."""
    wanted = ("client_id", "client_secret", "code", "redirect_uri")
    return exchange(core, *(arguments.need(name) for name in wanted))


METHODS = {"openid.connect.token": Method(token, token=Token.NONE)}
