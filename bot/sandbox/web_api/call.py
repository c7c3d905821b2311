"""One call of the Web API: who asks, may they, and the answer or the refusal."""

from bot.sandbox.core import Core
from bot.sandbox.errors import SlackRefusal
from bot.sandbox.json_value import Json
from bot.sandbox.web_api import apps, auth, chat, conversations, files, openid, team, uploads, usergroups, users, views
from bot.sandbox.web_api.method import Arguments, Method, Token, missing_scope

METHODS: dict[str, Method] = {
    **apps.METHODS,
    **auth.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **openid.METHODS,
    **team.METHODS,
    **uploads.METHODS,
    **usergroups.METHODS,
    **users.METHODS,
    **views.METHODS,
}


def call(core: Core, name: str, token: str | None, given: Json) -> Json:
    """The method's answer, without `ok`. Raises SlackRefusal."""
    method = METHODS.get(name)
    if method is None:
        raise SlackRefusal("unknown_method", req_method=name)
    core.faults.strike(name)
    _check_token(core, method, token)
    _check_scope(core, method)
    return method.answer(core, Arguments(given))


def _check_token(core: Core, method: Method, token: str | None) -> None:
    app = core.app
    if method.token is Token.NONE:
        return
    if not token:
        raise SlackRefusal("not_authed")
    if token in app.revoked:
        raise SlackRefusal("token_revoked")
    if token not in (app.bot_token, app.app_token):
        raise SlackRefusal("invalid_auth")
    if token != (app.bot_token if method.token is Token.BOT else app.app_token):
        raise SlackRefusal("not_allowed_token_type")


def _check_scope(core: Core, method: Method) -> None:
    granted = core.app.scopes if method.token is Token.BOT else core.app.app_scopes
    if method.scopes and not granted & set(method.scopes):
        raise missing_scope(core, *method.scopes)
