"""users.info and users.list."""

from bot.sandbox.core import Core
from bot.sandbox.json_value import Json
from bot.sandbox.web_api.method import Arguments, Method


def info(core: Core, arguments: Arguments) -> Json:
    """One user."""
    return {"user": core.workspace.user(arguments.need("user")).to_json()}


def list_(core: Core, arguments: Arguments) -> Json:
    """All users, a page at a time."""
    page, cursor = arguments.page(sorted(core.workspace.users.values(), key=lambda user: user.id))
    return {
        "members": [user.to_json() for user in page],
        "cache_ts": int(core.clock()),
        "response_metadata": {"next_cursor": cursor},
    }


METHODS = {
    "users.info": Method(info, ("users:read",)),
    "users.list": Method(list_, ("users:read",)),
}
