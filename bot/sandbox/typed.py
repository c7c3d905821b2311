"""What a person types, in the form in which Slack hands it to an app.

`&`, `<` and `>` are escaped, addresses wrapped, `@name` and `#channel` of the workspace become references
(messaging/formatting-message-text). That slash commands get the same escapes is assumed; their references carry a
label only where the command asks for escaping (interactivity/implementing-slash-commands).
"""

import re
from collections.abc import Iterable, Mapping
from html import escape

from bot.sandbox.channels import Channel, ChannelKind
from bot.sandbox.people import User

TOKEN = re.compile(
    r"(?P<url>https?://[^\s<>]+[^\s<>.,;:!?)\"'”’])"
    r"|(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<bare>\b(?:[\w-]+\.)+(?:com|org|net|gov|edu)(?:/[^\s<>]*[^\s<>.,;:!?)\"'”’])?)"
    r"|@(?P<user>[\w.-]*\w)"
    r"|#(?P<channel>[\w-]+)"
)


class Typing:
    """Turns typed text into the wire's, knowing the names of the workspace."""

    def __init__(self, users: Mapping[str, User], channels: Iterable[Channel]) -> None:
        self._users = {user.name: user for user in users.values()}
        self._channels = {channel.name: channel for channel in channels if channel.kind is not ChannelKind.DM}

    def message(self, text: str) -> str:
        """Text of a message event."""
        return self._encode(text, labels=False, references=True)

    def command(self, text: str, *, escaped: bool) -> str:
        """Text of a slash command; without `escaped` references stay as typed."""
        return self._encode(text, labels=True, references=escaped)

    def _encode(self, text: str, *, labels: bool, references: bool) -> str:
        out: list[str] = []
        end = 0
        for found in TOKEN.finditer(text):
            out += [escape(text[end : found.start()], quote=False), self._token(found, labels, references)]
            end = found.end()
        return "".join([*out, escape(text[end:], quote=False)])

    def _token(self, found: re.Match[str], labels: bool, references: bool) -> str:
        typed = escape(found.group(), quote=False)
        user = self._users.get(found["user"] or "")
        channel = self._channels.get(found["channel"] or "")
        if user and references:
            return f"<@{user.id}|{user.name}>" if labels else f"<@{user.id}>"
        if channel and references:
            return f"<#{channel.id}|{channel.name}>"
        if found["url"]:
            return f"<{typed}>"
        if found["mail"]:
            return f"<mailto:{typed}|{typed}>"
        return f"<http://{typed}|{typed}>" if found["bare"] else typed
