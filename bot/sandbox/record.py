"""What went over the wire, what Slack would have refused, and what it would have frowned at."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from bot.sandbox.changes import Changes
from bot.sandbox.json_value import Json


class Direction(Enum):
    """Who asked."""

    FROM_APP = "from the app"
    TO_APP = "to the app"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. `name` is a Web API method, `response_url`, or the kind of what was delivered.

    `status` and `answer` are None where none came in time; `ms` is real time.
    """

    direction: Direction
    name: str
    at: float
    request: Json
    status: int | None
    answer: Any
    ms: float


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something of the app's that Slack would not take: where, its error, and the validator's messages.

    `channel` and `user` say, as far as that is known, before whom it would have appeared.
    """

    where: str
    error: str
    messages: tuple[str, ...] = ()
    request: Json = field(default_factory=dict[str, Any], repr=False)
    channel: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    at: float = field(default=0.0, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Caution:
    """Something that Slack takes and a person would suffer from, or that its documentation leaves open."""

    where: str
    message: str


@dataclass(slots=True)
class Record:
    """Everything in order of happening."""

    changes: Changes
    wire: list[Exchange] = field(default_factory=list[Exchange])
    refused: list[Refusal] = field(default_factory=list[Refusal])
    warnings: list[Caution] = field(default_factory=list[Caution])

    def exchange(self, exchange: Exchange) -> None:
        """Keep one exchange."""
        self.wire.append(exchange)
        self.changes.notify()

    def refuse(self, refusal: Refusal) -> None:
        """Keep one refusal."""
        self.refused.append(refusal)
        self.changes.notify()

    def caution(self, where: str, message: str) -> None:
        """Keep one warning."""
        self.warnings.append(Caution(where, message))
