"""auth.test."""

from bot.sandbox.core import Core
from bot.sandbox.json_value import Json
from bot.sandbox.web_api.method import Arguments, Method


def test(core: Core, _: Arguments) -> Json:
    """Whose token it is."""
    team = core.workspace.team
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": core.app.user_name,
        "team_id": team.id,
        "user_id": core.app.user_id,
        "bot_id": core.app.bot_id,
        "is_enterprise_install": False,
    }


METHODS = {"auth.test": Method(test)}
