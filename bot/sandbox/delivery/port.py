"""What is delivered, how it is answered, and the two ways' common face."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Protocol

from bot.sandbox.errors import SandboxError
from bot.sandbox.json_value import Json


class Kind(Enum):
    """What is delivered; the value is the envelope's type in Socket Mode."""

    COMMAND = "slash_commands"
    EVENT = "events_api"
    INTERACTIVE = "interactive"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One delivery to be made. Only events have an `attempt` above 0 and a `reason` for it."""

    kind: Kind
    payload: Json
    attempt: int = 0
    reason: str | None = None

    @property
    def name(self) -> str:
        """The payload's own name: `app_mention`, `block_actions`, `/quote`."""
        event: Json = self.payload.get("event") or {}
        return str(event.get("type") or self.payload.get("command") or self.payload.get("type"))


@dataclass(frozen=True, slots=True)
class Ack:
    """The app's answer. In Socket Mode the status is always 200: a failing app answers nothing there."""

    status: int
    body: Any = None
    no_retry: bool = False


class Unreachable(SandboxError):
    """Nobody listens."""


class Transport(Protocol):
    """Carries one parcel and brings back the answer, however long it takes. Raises Unreachable."""

    async def send(self, parcel: Parcel) -> Ack:
        """Deliver, and wait for the answer."""
        ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of something a person did.

    `sent` is False when Slack itself stopped it (a command in a thread, a form with a field missing). `status`,
    `ack_ms` (real milliseconds) and `body` are the app's answer, None when none came within the deadline: then `late`.
    `notice` is what Slack shows the person about a failure; `errors` are messages under a form's fields, by block_id.
    """

    payload: Json = field(repr=False)
    sent: bool = True
    status: int | None = None
    ack_ms: float | None = None
    body: Any = None
    late: bool = False
    notice: str | None = None
    errors: Mapping[str, str] = field(default_factory=dict[str, str])
    attempt: int = 0
    retry_reason: str | None = None

    @property
    def ok(self) -> bool:
        """Acknowledged in time, and nothing to complain of."""
        return self.sent and self.status == 200 and self.notice is None and not self.errors
