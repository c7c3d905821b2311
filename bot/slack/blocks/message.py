"""What is sent to Slack: blocks to look at, and the same as text to listen to."""

from dataclasses import dataclass, field

from bot.slack.blocks.rich import Json


@dataclass(frozen=True, slots=True)
class Message:
    """`text` is escaped and at most 4,000 characters; `blocks` are within Slack's limits."""

    text: str
    blocks: list[Json] = field(default_factory=list[Json])
