"""The app's registration: what its manifest says and what its installation granted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from bot.sandbox.manifest import Manifest

BOT_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:read",
        "im:history",
        "im:read",
        "links:read",
        "links:write",
        "mpim:read",
        "usergroups:read",
        "users:read",
    }
)
EVENTS = frozenset({"app_home_opened", "app_mention", "app_uninstalled", "link_shared", "message.im", "tokens_revoked"})


@dataclass(slots=True)
class App:
    """The one app of the sandbox's workspace.

    `commands` maps each slash command to its `should_escape`; None takes any command, escaped. `events` are the
    subscriptions by their names in a manifest (`message.im`). Scopes may be taken away while a test runs. What a client
    tells of commands and shortcuts stands in `manifest`, where there is one; `tips` are things to type, for a start.
    `redirect_urls` are where a sign-in may lead back to; None: anywhere.
    """

    name: str = "Quotedesk"
    user_name: str = "quotedesk"
    bot_token: str = "xoxb-sandbox-bot"  # noqa: S105 - opens nothing but the sandbox
    app_token: str = "xapp-1-sandbox-app"  # noqa: S105 - the same
    verification_token: str = "sandbox-verification"  # noqa: S105 - the same; sent in payloads as Slack still does
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105 - the same
    client_id: str = "5ANDB0X.01"
    client_secret: str = "sandbox-client-secret"  # noqa: S105 - the same
    redirect_urls: frozenset[str] | None = None
    unfurl_domains: tuple[str, ...] = ("quotedesk.example.org",)
    scopes: frozenset[str] = BOT_SCOPES
    app_scopes: frozenset[str] = frozenset({"connections:write"})
    events: frozenset[str] = EVENTS
    commands: Mapping[str, bool] | None = None
    revoked: set[str] = field(default_factory=set[str])
    app_id: str = "A0SANDBOX01"
    bot_id: str = "B0SANDBOX01"
    user_id: str = "U0SANDBOX01"
    manifest: Manifest | None = None
    tips: tuple[str, ...] = ()

    @classmethod
    def registered(cls, manifest: Manifest, tips: tuple[str, ...] = ()) -> Self:
        """The app that this manifest describes, with the scopes, events and commands that it names and no others."""
        return cls(
            name=manifest.name,
            user_name=manifest.user_name,
            scopes=manifest.scopes,
            events=manifest.events,
            unfurl_domains=manifest.unfurl_domains,
            commands={command.name: command.should_escape for command in manifest.commands},
            manifest=manifest,
            tips=tips,
        )
