"""What a person sees, now or as soon as it comes; and what went over the wire."""

from collections.abc import Callable
from typing import TypeVar

from bot.sandbox.acts.stage import Stage, Where, Who
from bot.sandbox.changes import NothingCame
from bot.sandbox.delivery import Delivery
from bot.sandbox.messages import Message
from bot.sandbox.record import Caution, Exchange, Refusal
from bot.sandbox.views import View

T = TypeVar("T")
PATIENCE = 10.0
"""Real seconds that waiting takes at most."""


class Watching(Stage):
    """Looks, and never changes anything but by `reload`."""

    def content_of(self, file_id: str) -> bytes:
        """The bytes of a file that somebody, or the app, has sent."""
        return self._core.workspace.files[file_id].content

    def messages(self, where: Where, as_user: Who) -> tuple[Message, ...]:
        """What this person sees in a channel, oldest first, ephemeral ones of theirs included."""
        return tuple(self._core.workspace.seen_by(self._user(as_user).id, self._channel(where).id))

    def reload(self, who: Who) -> None:
        """The person reloads Slack: their ephemeral messages are gone."""
        self._core.workspace.forget_ephemeral(self._user(who).id)

    def view_of(self, who: Who) -> View | None:
        """The modal on top before this person."""
        views = self.views_of(who)
        return views[-1] if views else None

    def views_of(self, who: Who) -> tuple[View, ...]:
        """The person's stack of modals, the lowest first."""
        return tuple(self._core.workspace.modals[self._user(who).id])

    def home_of(self, who: Who) -> View | None:
        """The person's home tab, None while the app has published none."""
        return self._core.workspace.homes.get(self._user(who).id)

    async def wait_for(
        self,
        where: Where,
        wanted: str | Callable[[Message], bool],
        *,
        as_user: Who,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the person's patience
    ) -> Message:
        """The newest message in the channel that this person sees and that fits, now or as soon as it comes or changes.

        Words fit when they stand in what is shown or in the `text`. Raises NothingCame, telling what was seen instead.
        """
        fits = _fits(wanted)

        def find() -> Message | None:
            return next((m for m in reversed(self.messages(where, as_user)) if fits(m)), None)

        try:
            return await self.until(find, timeout)
        except NothingCame as error:
            seen = [message.shown for message in self.messages(where, as_user)]
            raise NothingCame(f"no message fits {wanted!r}; seen: {seen}; refused: {self.refused}") from error

    async def wait_for_change(
        self,
        message: Message,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the person's patience
    ) -> Message:
        """The message as it is once it differs from this state of it; one that goes away is never that."""
        held = self._core.workspace.messages[message.channel]
        return await self.until(lambda: now if (now := held.get(message.ts)) != message else None, timeout)

    async def wait_until_gone(self, message: Message, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109 - patience
        """Return once the message has been taken away."""
        held = self._core.workspace.messages[message.channel]
        await self.until(lambda: True if message.ts not in held else None, timeout)

    async def wait_for_view(
        self,
        who: Who,
        fits: Callable[[View], bool] = lambda _: True,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the person's patience
    ) -> View:
        """The modal on top, once there is one that fits."""
        return await self.until(lambda: (view := self.view_of(who)) and (view if fits(view) else None), timeout)

    async def wait_for_home(
        self,
        who: Who,
        fits: Callable[[View], bool] = lambda _: True,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - the person's patience
    ) -> View:
        """The home tab, once there is one that fits."""
        return await self.until(lambda: (view := self.home_of(who)) and (view if fits(view) else None), timeout)

    async def until(self, find: Callable[[], T | None], timeout: float = PATIENCE) -> T:  # noqa: ASYNC109 - patience
        """What `find` gives, asked again at every change. Raises NothingCame after so many real seconds."""
        return await self._core.changes.until(find, timeout)

    async def settle(self) -> None:
        """Wait until events that nobody waits for (the app's own messages in a DM) have been delivered."""
        await self._core.postman.settle()

    @property
    def wire(self) -> list[Exchange]:
        """Every request and answer, both ways, in order."""
        return self._core.record.wire

    @property
    def refused(self) -> list[Refusal]:
        """What Slack would not have taken."""
        return self._core.record.refused

    @property
    def warnings(self) -> list[Caution]:
        """What Slack takes and a person would suffer from."""
        return self._core.record.warnings

    @property
    def deliveries(self) -> list[Delivery]:
        """Every delivery, retries too."""
        return self._core.postman.deliveries


def _fits(wanted: str | Callable[[Message], bool]) -> Callable[[Message], bool]:
    if isinstance(wanted, str):
        return lambda message: wanted in message.shown or wanted in message.text
    return wanted
