"""What all acts stand on: the core, and names turned into people and channels."""

from collections.abc import Callable

from bot.sandbox.channels import Channel
from bot.sandbox.core import Core
from bot.sandbox.delivery import Delivery, Kind, Parcel
from bot.sandbox.errors import PersonError, SlackRefusal
from bot.sandbox.json_value import Json
from bot.sandbox.messages import Message
from bot.sandbox.people import User
from bot.sandbox.record import Refusal

Who = User | str
"""A person, as a User, their id or their name."""
Where = Channel | str
"""A conversation, as a Channel, its id or its name."""


class Stage:
    """Base of the groups of acts."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def _user(self, who: Who) -> User:
        """The person as they are now. Raises PersonError."""
        wanted = who.id if isinstance(who, User) else who
        for user in self._core.workspace.users.values():
            if wanted in (user.id, user.name):
                return user
        raise PersonError(f"there is no {wanted!r} in this workspace")

    def _channel(self, where: Where) -> Channel:
        """The conversation as it is now. Raises PersonError."""
        wanted = where.id if isinstance(where, Channel) else where
        for channel in self._core.workspace.channels.values():
            if wanted == channel.id or (wanted == channel.name and not channel.id.startswith("D")):
                return channel
        raise PersonError(f"there is no channel {wanted!r}")

    def _check_sees(self, user_id: str, message: Message) -> None:
        """Raises PersonError unless the person sees this message."""
        if message not in self._core.workspace.seen_by(user_id, message.channel):
            raise PersonError("this person doesn't see that message")

    async def _deliver(self, kind: Kind, payload: Json) -> Delivery:
        return await self._core.postman.deliver(Parcel(kind, payload))

    def _take(self, where: str, payload: Json, take: Callable[[], object]) -> str | None:
        """Do what an acknowledgement asks for; the error when Slack would refuse it."""
        try:
            take()
        except SlackRefusal as refusal:
            self._core.record.refuse(Refusal(where, refusal.error, refusal.messages, payload))
            return refusal.error
        return None
