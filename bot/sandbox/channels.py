"""Conversations: public and private channels, direct messages."""

from dataclasses import dataclass
from enum import Enum

from bot.sandbox.json_value import Json


class ChannelKind(Enum):
    """What sort of conversation it is; the value is its name in `conversations.list`'s `types`."""

    PUBLIC = "public_channel"
    PRIVATE = "private_channel"
    GROUP_DM = "mpim"
    DM = "im"


READ_SCOPE = {
    ChannelKind.PUBLIC: "channels:read",
    ChannelKind.PRIVATE: "groups:read",
    ChannelKind.GROUP_DM: "mpim:read",
    ChannelKind.DM: "im:read",
}
"""The scope that shows conversations of a kind (reference/methods/conversations.info)."""

HISTORY_SCOPE = {
    ChannelKind.PUBLIC: "channels:history",
    ChannelKind.PRIVATE: "groups:history",
    ChannelKind.GROUP_DM: "mpim:history",
    ChannelKind.DM: "im:history",
}
"""The scope that shows what was said in conversations of a kind (reference/methods/conversations.history)."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One conversation; `members` are user ids, the bot's among them where it is in it."""

    id: str
    name: str
    kind: ChannelKind = ChannelKind.PUBLIC
    members: frozenset[str] = frozenset()
    archived: bool = False

    def open_to(self, user_id: str) -> bool:
        """Whether this user may see it: a public one is open to all, any other to its members."""
        return self.kind is ChannelKind.PUBLIC or user_id in self.members

    def to_json(self, bot_user: str) -> Json:
        """As conversations.info gives it to the bot."""
        if self.kind is ChannelKind.DM:
            other = next((member for member in self.members if member != bot_user), bot_user)
            return {"id": self.id, "is_im": True, "user": other, "is_archived": self.archived, "is_org_shared": False}
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": self.kind is ChannelKind.PUBLIC,
            "is_group": self.kind is ChannelKind.PRIVATE,
            "is_im": False,
            "is_mpim": self.kind is ChannelKind.GROUP_DM,
            "is_private": self.kind is not ChannelKind.PUBLIC,
            "is_archived": self.archived,
            "is_general": False,
            "is_shared": False,
            "is_ext_shared": False,
            "is_org_shared": False,
            "is_member": bot_user in self.members,
            "num_members": len(self.members),
        }
