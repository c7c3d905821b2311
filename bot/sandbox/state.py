"""The workspace's state: who is there, what was said, which views are open. It knows no HTTP and no app code."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from bot.sandbox.app import App
from bot.sandbox.changes import Changes
from bot.sandbox.channels import Channel, ChannelKind
from bot.sandbox.errors import PersonError, SlackRefusal
from bot.sandbox.files import File
from bot.sandbox.ids import Ids
from bot.sandbox.messages import Message
from bot.sandbox.people import Team, User, UserGroup
from bot.sandbox.views import View


class Workspace:
    """One workspace with one app in it."""

    def __init__(self, app: App, team: Team, ids: Ids, changes: Changes) -> None:
        self.app, self.team, self.ids, self.changes = app, team, ids, changes
        self.users: dict[str, User] = {
            app.user_id: User(app.user_id, app.user_name, team.id, real_name=app.name, bot=True)
        }
        self.groups: dict[str, UserGroup] = {}
        self.channels: dict[str, Channel] = {}
        self.messages: defaultdict[str, dict[str, Message]] = defaultdict(dict[str, Message])
        self.files: dict[str, File] = {}
        self.modals: defaultdict[str, list[View]] = defaultdict(list[View])
        self.homes: dict[str, View] = {}

    def user(self, user_id: str) -> User:
        """Raises user_not_found."""
        if user_id not in self.users:
            raise SlackRefusal("user_not_found")
        return self.users[user_id]

    def channel_for(self, user_id: str, channel_id: str) -> Channel:
        """The conversation, if this user may know of it. Raises channel_not_found."""
        channel = self.channels.get(channel_id)
        if channel is None or not channel.open_to(user_id):
            raise SlackRefusal("channel_not_found")
        return channel

    def dm_with(self, user_id: str) -> Channel:
        """The direct messages between this user and the app, opened when there are none."""
        pair = frozenset({user_id, self.app.user_id})
        for channel in self.channels.values():
            if channel.kind is ChannelKind.DM and channel.members == pair:
                return channel
        return self.put_channel(Channel(self.ids.new("D"), "directmessage", ChannelKind.DM, pair))

    def put_channel(self, channel: Channel) -> Channel:
        """Add or replace."""
        self.channels[channel.id] = channel
        self.changes.notify()
        return channel

    def put_user(self, user: User) -> User:
        """Add or replace."""
        self.users[user.id] = user
        self.changes.notify()
        return user

    def put_message(self, message: Message) -> Message:
        """Add or replace."""
        self.messages[message.channel][message.ts] = message
        self.changes.notify()
        return message

    def drop_message(self, message: Message) -> None:
        """Take it away."""
        self.messages[message.channel].pop(message.ts, None)
        self.changes.notify()

    def message(self, channel_id: str, ts: str) -> Message:
        """A message that everyone in the channel sees. Raises message_not_found, for ephemeral ones too."""
        message = self.messages[channel_id].get(ts)
        if message is None or message.ephemeral:
            raise SlackRefusal("message_not_found")
        return message

    def seen_by(self, user_id: str, channel_id: str) -> Iterator[Message]:
        """What this person sees in a channel, oldest first. Raises PersonError where they can't look."""
        channel = self.channels.get(channel_id)
        user = self.users[user_id]
        if channel is None or not channel.open_to(user_id) or (user.guest and user_id not in channel.members):
            raise PersonError(f"{user.name} can't see {channel.name if channel else channel_id}")
        found = self.messages[channel_id].values()
        yield from sorted((m for m in found if m.only_for in (None, user_id)), key=lambda m: m.ts)

    def forget_ephemeral(self, user_id: str) -> None:
        """The person's client reloads: what only they saw is gone."""
        for in_channel in self.messages.values():
            for message in [m for m in in_channel.values() if m.only_for == user_id]:
                del in_channel[message.ts]
        self.changes.notify()

    def view(self, view_id: str) -> View:
        """An open view. Raises not_found."""
        for stack in [*self.modals.values(), list(self.homes.values())]:
            for view in stack:
                if view.id == view_id:
                    return view
        raise SlackRefusal("not_found")

    def put_view(self, view: View) -> View:
        """Replace an open view by its newer version."""
        if view.type == "home":
            self.homes[view.user] = view
        else:
            stack = self.modals[view.user]
            stack[:] = [view if old.id == view.id else old for old in stack]
        self.changes.notify()
        return view

    def join(self, user_id: str, channel_id: str) -> None:
        """Put a user into a channel."""
        channel = self.channels[channel_id]
        self.put_channel(replace(channel, members=channel.members | {user_id}))

    def leave(self, user_id: str, channel_id: str) -> None:
        """Take a user out of a channel."""
        channel = self.channels[channel_id]
        self.put_channel(replace(channel, members=channel.members - {user_id}))
