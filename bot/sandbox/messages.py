"""A message as it stands now; each change makes a new value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sandbox.app import App
from bot.sandbox.blocks import Element, elements, words
from bot.sandbox.json_value import Json, without_nulls


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `only_for` names the one person who sees an ephemeral one; `by_bot` tells the app's from a person's.

    `text` is the top-level text, for notifications and screen readers; `blocks` are shown where there are any.
    `unfurls` are the app's previews of addresses in it.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    only_for: str | None = None
    by_bot: bool = False
    edited: str | None = None
    files: tuple[Json, ...] = ()
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None
    metadata: Json | None = None
    unfurls: Mapping[str, tuple[Json, ...]] = field(default_factory=dict[str, tuple[Json, ...]])

    @property
    def ephemeral(self) -> bool:
        """Whether one person alone sees it, until they reload."""
        return self.only_for is not None

    @property
    def shown(self) -> str:
        """What is read on the screen: the blocks' words, or the text where there are no blocks."""
        return words(self.blocks) if self.blocks else self.text

    @property
    def unfurled(self) -> str:
        """What the app's previews below it say."""
        return "\n".join(words(blocks) for blocks in self.unfurls.values())

    @property
    def elements(self) -> tuple[Element, ...]:
        """What can be used in it, in reading order."""
        return tuple(elements(self.blocks))

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels of its buttons, in reading order."""
        return tuple(element.label for element in self.elements if element.type == "button")

    def to_json(self, app: App, team_id: str, *, with_metadata: bool = False) -> Json:
        """As the Web API, events and payloads carry it."""
        bot: Json = {"bot_id": app.bot_id, "app_id": app.app_id} if self.by_bot else {}
        edited = {"user": self.user, "ts": self.edited} if self.edited else None
        return without_nulls(
            {
                "type": "message",
                "user": self.user,
                "ts": self.ts,
                "text": self.text,
                "team": team_id,
                "thread_ts": self.thread_ts,
                "blocks": list(self.blocks) or None,
                "edited": edited,
                "files": list(self.files) or None,
                "metadata": self.metadata if with_metadata else None,
                **bot,
            }
        )
