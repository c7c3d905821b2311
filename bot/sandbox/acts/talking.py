"""Saying things: slash commands, mentions, direct messages, shortcuts."""

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from urllib.parse import quote, urlsplit

from bot.sandbox import payloads, responses
from bot.sandbox.acts.stage import Stage, Where, Who
from bot.sandbox.channels import Channel
from bot.sandbox.delivery import Delivery, Kind
from bot.sandbox.delivery.notices import notice_of_command
from bot.sandbox.errors import PersonError
from bot.sandbox.files import File
from bot.sandbox.json_value import Json, as_object, without_nulls
from bot.sandbox.messages import Message
from bot.sandbox.people import User
from bot.sandbox.typed import Typing


class Talking(Stage):
    """What a person types and the menus they use."""

    async def command(
        self, who: Who, where: Where, name: str, text: str = "", *, thread_ts: str | None = None
    ) -> Delivery:
        """Type a slash command. Slack itself stops it in a thread, and when the app has no such command."""
        user, channel = self._user(who), self._channel(where)
        self._check_may_post(user, channel)
        registered = self._core.app.commands
        if thread_ts is not None:
            return Delivery({}, sent=False, notice=f"{name} is not supported in threads. Sorry!")
        if registered is not None and name not in registered:
            return Delivery({}, sent=False, notice=f"{name} is not a valid command.")
        escaped = registered is None or registered[name]
        payload = payloads.command(self._core, user.id, channel, name, self._typing().command(text, escaped=escaped))
        delivery = await self._deliver(Kind.COMMAND, payload)
        return self._show_answer(delivery, user, channel) if delivery.status == 200 else delivery

    def _show_answer(self, delivery: Delivery, user: User, channel: Channel) -> Delivery:
        """A command's acknowledgement may carry a message."""
        body = {"text": delivery.body} if isinstance(delivery.body, str) else as_object(delivery.body)
        if not body or not (body.get("text") or body.get("blocks")):
            return delivery
        name = str(delivery.payload["command"])
        error = self._take(
            f"acknowledgement of {name}", body, lambda: responses.post(self._core, name, body, user.id, channel.id)
        )
        return delivery if error is None else replace(delivery, notice=notice_of_command(name, error))

    async def mention(self, who: Who, where: Where, text: str, thread_ts: str | None = None) -> Delivery:
        """Post a message that mentions the app; `@name` is put in front where the text has none.

        Where the app is not in the channel it hears nothing, and Slack offers to invite it.
        """
        called = f"@{self._core.app.user_name}"
        typed = text if called in text else f"{called} {text}"
        message = self.say(who, where, typed, thread_ts)
        if self._core.app.user_id not in self._channel(where).members:
            return Delivery({}, sent=False, notice=f"{called} is not in this channel. Invite them?")
        return await self._event("app_mention", payloads.said(self._core, message, "app_mention"))

    async def dm(self, who: Who, text: str, thread_ts: str | None = None) -> Delivery:
        """Write to the app directly."""
        user = self._user(who)
        message = self.say(user, self._core.workspace.dm_with(user.id), text, thread_ts)
        return await self._event("message.im", payloads.said(self._core, message, "message", "im"))

    def say(self, who: Who, where: Where, text: str, thread_ts: str | None = None) -> Message:
        """Post a message that is no business of the app's. `text` is as typed; Slack's form of it is stored."""
        user, channel = self._user(who), self._channel(where)
        self._check_may_post(user, channel)
        ts = self._core.ids.ts()
        return self._core.workspace.put_message(
            Message(channel.id, ts, user.id, self._typing().message(text), thread_ts=thread_ts)
        )

    async def say_with_links(self, who: Who, where: Where, text: str) -> Message:
        """The same, where the app hears of addresses of its own domains in it (events/link_shared)."""
        message, domains = self.say(who, where, text), self._core.app.unfurl_domains
        links = [
            {"domain": host, "url": url}
            for url in re.findall(r"<(https?://[^|>]+)", message.text)
            if (host := urlsplit(unescape(url)).hostname or "") in domains or host.partition(".")[2] in domains
        ]
        if links and "links:read" in self._core.app.scopes:
            await self._event(
                "link_shared", self._shared_links(message, [{**one, "url": unescape(one["url"])} for one in links])
            )
        return message

    def _shared_links(self, message: Message, links: list[dict[str, str]]) -> Json:
        return {
            "type": "link_shared",
            "user": message.user,
            "channel": message.channel,
            "message_ts": message.ts,
            "source": "conversations_history",
            "unfurl_id": f"{message.channel}.{message.ts}",
            "is_bot_user_member": self._core.app.user_id in self._core.workspace.channels[message.channel].members,
            "links": links,
            "event_ts": message.ts,
        }

    def share_files(
        self,
        who: Who,
        where: Where,
        sent: Mapping[str, bytes],
        text: str = "",
        *,
        external_url: str = "",
        claimed_size: int | None = None,
    ) -> Message:
        """Post a message with files, by name, that is no business of the app's; `external_url` only links to one."""
        user, channel = self._user(who), self._channel(where)
        files = [self._file(user, channel, name, content, external_url, claimed_size) for name, content in sent.items()]
        message = self.say(user, channel, text)
        return self._core.workspace.put_message(replace(message, files=tuple(file.to_json() for file in files)))

    async def dm_files(self, who: Who, sent: Mapping[str, bytes], text: str = "") -> Delivery:
        """Send files to the app directly: a message of the subtype file_share (events/message/file_share)."""
        user = self._user(who)
        message = self.share_files(user, self._core.workspace.dm_with(user.id), sent, text)
        inner = payloads.said(self._core, message, "message", "im") | {"subtype": "file_share"}
        return await self._event("message.im", inner)

    def _file(
        self, user: User, channel: Channel, name: str, content: bytes, external_url: str, claimed_size: int | None
    ) -> File:
        number = self._core.ids.new("F")
        file = File(
            id=number,
            name=name,
            user=user.id,
            channel=channel.id,
            content=content,
            created=int(self._core.clock()),
            url=external_url or f"{self._core.base_url}/files-pri/{number}/{quote(name)}",
            external=bool(external_url),
            claimed_size=claimed_size,
        )
        self._core.workspace.files[number] = file
        return file

    async def message_shortcut(self, who: Who, message: Message, callback_id: str) -> Delivery:
        """Choose a shortcut in a message's menu."""
        user, channel = self._user(who), self._core.workspace.channels[message.channel]
        self._check_sees(user.id, message)
        if message.ephemeral:
            raise PersonError("an ephemeral message has no shortcuts")
        payload: Json = {
            **payloads.interaction(self._core, "message_action", user.id),
            "callback_id": callback_id,
            "action_ts": self._core.ids.ts(),
            "channel": {"id": channel.id, "name": channel.name},
            "message_ts": message.ts,
            "message": message.to_json(self._core.app, self._core.workspace.team.id),
            "response_url": self._core.tickets.response_url(user.id, channel.id),
        }
        return await self._deliver(Kind.INTERACTIVE, payload)

    async def global_shortcut(self, who: Who, callback_id: str) -> Delivery:
        """Choose a global shortcut; there is no channel and no response_url."""
        payload: Json = {
            **payloads.interaction(self._core, "shortcut", self._user(who).id),
            "callback_id": callback_id,
            "action_ts": self._core.ids.ts(),
        }
        return await self._deliver(Kind.INTERACTIVE, payload)

    async def open_home(self, who: Who, tab: str = "home") -> Delivery:
        """Open the app's home tab (or its `messages` tab)."""
        user = self._user(who)
        home = self._core.workspace.homes.get(user.id)
        view = home.to_json(self._core.app, self._core.workspace.team.id) if home and tab == "home" else None
        inner = {
            "type": "app_home_opened",
            "user": user.id,
            "channel": self._core.workspace.dm_with(user.id).id,
            "tab": tab,
            "event_ts": self._core.ids.ts(),
            "view": view,
        }
        return await self._event("app_home_opened", without_nulls(inner))

    async def uninstall(self) -> tuple[Delivery, Delivery]:
        """Take the app out of the workspace: its token is revoked, then it is told, in no certain order."""
        self._core.app.revoked.add(self._core.app.bot_token)
        uninstalled = await self._event("app_uninstalled", {"type": "app_uninstalled"})
        return uninstalled, await self._tokens_revoked({"oauth": [], "bot": [self._core.app.user_id]})

    async def revoke_own_token(self, who: Who) -> Delivery:
        """Somebody takes back what the app might do in their own name; the bot's token is not touched."""
        return await self._tokens_revoked({"oauth": [self._user(who).id], "bot": []})

    async def _tokens_revoked(self, tokens: Json) -> Delivery:
        return await self._event("tokens_revoked", {"type": "tokens_revoked", "tokens": tokens})

    async def _event(self, subscription: str, inner: Json) -> Delivery:
        if subscription not in self._core.app.events:
            return Delivery({}, sent=False)
        return await self._deliver(Kind.EVENT, payloads.event(self._core, inner))

    def _typing(self) -> Typing:
        return Typing(self._core.workspace.users, self._core.workspace.channels.values())

    def _check_may_post(self, user: User, channel: Channel) -> None:
        if user.id not in channel.members or channel.archived or not user.active:
            raise PersonError(f"{user.name} can't post in {channel.name}")
