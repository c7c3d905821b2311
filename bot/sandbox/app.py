"""The app's registration: what its manifest says and what its installation granted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

BOT_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "groups:read",
        "im:history",
        "im:read",
        "mpim:read",
        "usergroups:read",
        "users:read",
    }
)
EVENTS = frozenset({"app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked"})


@dataclass(slots=True)
class App:
    """The one app of the sandbox's workspace.

    `commands` maps each slash command to its `should_escape`; None takes any command, escaped. `events` are the
    subscriptions by their names in a manifest (`message.im`). Scopes may be taken away while a test runs.
    """

    name: str = "Quotedesk"
    user_name: str = "quotedesk"
    bot_token: str = "xoxb-sandbox-bot"  # noqa: S105 - opens nothing but the sandbox
    app_token: str = "xapp-1-sandbox-app"  # noqa: S105 - the same
    verification_token: str = "sandbox-verification"  # noqa: S105 - the same; sent in payloads as Slack still does
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105 - the same
    scopes: frozenset[str] = BOT_SCOPES
    app_scopes: frozenset[str] = frozenset({"connections:write"})
    events: frozenset[str] = EVENTS
    commands: Mapping[str, bool] | None = None
    revoked: set[str] = field(default_factory=set[str])
    app_id: str = "A0SANDBOX01"
    bot_id: str = "B0SANDBOX01"
    user_id: str = "U0SANDBOX01"
