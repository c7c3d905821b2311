"""Who is in the workspace, and where."""

from dataclasses import replace
from typing import Any

from bot.sandbox.acts.stage import Stage, Where, Who
from bot.sandbox.channels import Channel, ChannelKind
from bot.sandbox.people import User, UserGroup


class Peopling(Stage):
    """Puts people, channels and groups into the workspace and changes them."""

    def add_user(
        self,
        name: str,
        *,
        real_name: str = "",
        admin: bool = False,
        owner: bool = False,
        guest: bool = False,
        external: bool = False,
        bot: bool = False,
        active: bool = True,
        tz: str = "America/New_York",
        tz_offset: int = -18_000,
        title: str = "",
    ) -> User:
        """Somebody new in the workspace; `tz_offset` in seconds east of UTC, `title` what they are there."""
        workspace = self._core.workspace
        flags = {"admin": admin, "owner": owner, "guest": guest, "external": external, "bot": bot, "active": active}
        return workspace.put_user(
            User(
                self._core.ids.new("U"),
                name,
                workspace.team.id,
                real_name,
                tz=tz,
                tz_offset=tz_offset,
                title=title,
                **flags,
            )
        )

    def add_channel(
        self,
        name: str,
        members: tuple[Who, ...] = (),
        *,
        private: bool = False,
        archived: bool = False,
        bot: bool = True,
    ) -> Channel:
        """A new channel with these members, and the app in it unless `bot` is False."""
        kind = ChannelKind.PRIVATE if private else ChannelKind.PUBLIC
        ids = {self._user(who).id for who in members} | ({self._core.app.user_id} if bot else set[str]())
        channel = Channel(self._core.ids.new("C"), name, kind, frozenset(ids), archived)
        return self._core.workspace.put_channel(channel)

    def add_group(self, handle: str, members: tuple[Who, ...] = (), *, enabled: bool = True) -> UserGroup:
        """A new user group."""
        ids = frozenset(self._user(who).id for who in members)
        group = UserGroup(self._core.ids.new("S"), handle, self._core.workspace.team.id, ids, enabled)
        self._core.workspace.groups[group.id] = group
        return group

    def change_user(self, who: Who, **fields: Any) -> User:
        """The same person with other flags (`active=False`, `guest=True`)."""
        return self._core.workspace.put_user(replace(self._user(who), **fields))

    def change_group(self, group: UserGroup, members: tuple[Who, ...]) -> UserGroup:
        """The same group with other members."""
        changed = replace(group, members=frozenset(self._user(who).id for who in members))
        self._core.workspace.groups[group.id] = changed
        return changed

    def archive(self, where: Where) -> Channel:
        """Archive a channel."""
        return self._core.workspace.put_channel(replace(self._channel(where), archived=True))

    def join(self, who: Who, where: Where) -> None:
        """Put somebody, or the app, into a channel."""
        self._core.workspace.join(self._user(who).id, self._channel(where).id)

    def leave(self, who: Who, where: Where) -> None:
        """Take somebody, or the app, out of a channel."""
        self._core.workspace.leave(self._user(who).id, self._channel(where).id)

    def dm_channel(self, who: Who) -> Channel:
        """The direct messages between a person and the app."""
        return self._core.workspace.dm_with(self._user(who).id)

    def change_plan(self, *, paid: bool) -> None:
        """A free workspace has no user groups (`plan_upgrade_required`)."""
        self._core.workspace.team = replace(self._core.workspace.team, paid=paid)
