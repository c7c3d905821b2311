"""What a person does on the page, by the name that the page calls it: a table of acts."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.sandbox.acts.forms import Forms
from bot.sandbox.acts.peopling import Peopling
from bot.sandbox.acts.talking import Talking
from bot.sandbox.acts.watching import Watching
from bot.sandbox.blocks import Element
from bot.sandbox.channels import ChannelKind
from bot.sandbox.client.mischief import MISCHIEF
from bot.sandbox.delivery import Delivery
from bot.sandbox.errors import PersonError
from bot.sandbox.form import STATE_FIELD, filled
from bot.sandbox.json_value import Json, as_object
from bot.sandbox.messages import Message
from bot.sandbox.views import View

INVITE = "/invite"
"""The one command of Slack's own that the page knows: it brings the app into a channel."""


class Keyboard(Peopling, Talking, Forms, Watching):
    """A person's keyboard and mouse. Each act takes the person's id and what the page tells of it.

    Raises PersonError for what nobody could do, KeyError where the page leaves out something.
    """

    async def type_command(self, who: str, told: Json) -> Delivery:
        """A slash command in a channel or, which Slack refuses, in a thread."""
        if told["name"] == INVITE:
            self.join(self._core.app.user_id, told["channel"])
            return NOTHING_SENT
        text, thread_ts = told.get("text", ""), told.get("thread_ts")
        return await self.command(who, told["channel"], told["name"], text, thread_ts=thread_ts)

    async def type_message(self, who: str, told: Json) -> Delivery:
        """A message: to the app in its direct messages, with a mention, or to people alone."""
        channel, text, thread_ts = self._channel(told["channel"]), str(told["text"]), told.get("thread_ts")
        if not text.strip():
            raise PersonError("An empty message can't be sent.")
        if channel.kind is ChannelKind.DM:
            return await self.dm(who, text, thread_ts)
        if f"@{self._core.app.user_name}" in text:
            return await self.mention(who, channel, text, thread_ts)
        self.say(who, channel, text, thread_ts)
        return NOTHING_SENT

    async def send_files(self, who: str, told: Json) -> Delivery:
        """Files with an optional text; `files` by name."""
        channel, files, text = self._channel(told["channel"]), told["files"], str(told.get("text", ""))
        if channel.kind is ChannelKind.DM:
            return await self.dm_files(who, files, text)
        self.share_files(who, channel, files, text)
        return NOTHING_SENT

    async def use_message_shortcut(self, who: str, told: Json) -> Delivery:
        """A shortcut in a message's menu."""
        return await self.message_shortcut(who, self._told_message(told), told["callback_id"])

    async def use_global_shortcut(self, who: str, told: Json) -> Delivery:
        """A shortcut beside the composer."""
        return await self.global_shortcut(who, told["callback_id"])

    async def press(self, who: str, told: Json) -> Delivery:
        """A button."""
        return await self.click(who, self._target(who, told), _element(told))

    async def thumb(self, who: str, told: Json) -> Delivery:
        """A thumb up or down."""
        return await self.judge(who, self._target(who, told), _element(told), positive=bool(told["positive"]))

    async def pick(self, who: str, told: Json) -> Delivery:
        """A choice in a menu, among boxes, in a picker, or an input that tells the app at once."""
        return await self.choose(who, self._target(who, told), _element(told), told["chosen"])

    async def look_up(self, who: str, told: Json) -> Json:
        """What an external select offers for the typed words."""
        found = await self.suggest(who, self._target(who, told), _element(told), str(told["typed"]))
        return {"options": list(found)}

    async def submit(self, who: str, told: Json) -> Delivery:
        """The form on top."""
        self._fill_in(who, told)
        return await self.submit_view(who)

    async def close(self, who: str, told: Json) -> Delivery:
        """The view on top, or all."""
        return await self.close_view(who, all_views=bool(told.get("all")))

    async def open_tab(self, who: str, told: Json) -> Delivery:
        """The app's Home or Messages tab."""
        return await self.open_home(who, told["tab"])

    async def start_anew(self, who: str, _told: Json) -> Delivery:
        """The person's client is loaded again."""
        self.reload(who)
        return NOTHING_SENT

    async def make_mischief(self, _who: str, told: Json) -> Delivery:
        """Arm a fault."""
        fault = MISCHIEF[told["key"]]
        if not fault.possible(self._core):
            raise PersonError("There is nothing to do that to.")
        await fault.commit(self._core)
        self._core.changes.notify()
        return NOTHING_SENT

    def _target(self, who: str, told: Json) -> Message | View:
        """The message or view; what is filled in there is kept first, as an app is told all of it."""
        if "view" not in told:
            return self._told_message(told)
        self._fill_in(who, told)
        views = [*self.views_of(who), *([home] if (home := self.home_of(who)) else [])]
        found = next((view for view in views if view.id == told["view"]), None)
        if found is None:
            raise PersonError("That view is closed.")
        return found

    def _told_message(self, told: Json) -> Message:
        found = self._core.workspace.messages[told["channel"]].get(told["ts"])
        if found is None:
            raise PersonError("That message is gone.")
        return found

    def _fill_in(self, who: str, told: Json) -> None:
        """What stands in the inputs of the view on top, by block_id."""
        values: Mapping[str, Any] = as_object(told.get("values")) or {}
        for block_id, value in values.items():
            view = next((view for view in self.views_of(who) if view.id == told["view"]), None)
            fields = [e for e in view.elements if e.block_id == block_id and e.type in STATE_FIELD] if view else []
            if view and fields:
                self._keep(view, fields[0], filled(fields[0], value))


def _element(told: Json) -> Callable[[Element], bool]:
    wanted = (told["block_id"], told["action_id"])
    return lambda element: (element.block_id, element.action_id) == wanted


NOTHING_SENT = Delivery({}, sent=False)

Act = Callable[[Keyboard, str, Json], Awaitable[Delivery | Json]]
ACTS: dict[str, Act] = {
    "command": Keyboard.type_command,
    "say": Keyboard.type_message,
    "message_shortcut": Keyboard.use_message_shortcut,
    "global_shortcut": Keyboard.use_global_shortcut,
    "press": Keyboard.press,
    "judge": Keyboard.thumb,
    "choose": Keyboard.pick,
    "suggest": Keyboard.look_up,
    "submit": Keyboard.submit,
    "close": Keyboard.close,
    "open_tab": Keyboard.open_tab,
    "reload": Keyboard.start_anew,
    "fault": Keyboard.make_mischief,
}


def outcome(done: Delivery | Json) -> Json:
    """What the page is told of an act."""
    if not isinstance(done, Delivery):
        return done
    return {
        "sent": done.sent,
        "notice": done.notice,
        "errors": dict(done.errors),
        "late": done.late,
        "status": done.status,
        "ack_ms": done.ack_ms,
    }
