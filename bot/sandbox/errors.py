"""What can go wrong: the app asked Slack for something it refuses, or the person at the keyboard can't do that."""

from collections.abc import Sequence
from typing import Any


class SandboxError(Exception):
    """Root of the errors of `bot.sandbox`."""


class SlackRefusal(SandboxError):
    """Slack would answer `{"ok": false, "error": …}`; carries that answer. The app's fault."""

    def __init__(self, error: str, *, messages: Sequence[str] = (), **extra: Any) -> None:
        super().__init__(error if not messages else f"{error}: {'; '.join(messages)}")
        self.error = error
        self.messages = tuple(messages)
        self.extra = extra


class RateLimited(SlackRefusal):
    """HTTP 429 with Retry-After."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class ServerFault(SlackRefusal):
    """Slack itself fails with a 5xx."""

    def __init__(self, status: int) -> None:
        super().__init__("internal_error")
        self.status = status


class PersonError(SandboxError):
    """No person could do that in Slack: press a button that is not there, post where they are not. The test's fault."""
