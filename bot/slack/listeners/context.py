"""Show Context: the passages before and after, in the place of the answer; and the way back to it."""

from slack_bolt.async_app import AsyncApp

from bot.slack.blocks import buttons
from bot.slack.blocks.context import context_message
from bot.slack.blocks.message import Message
from bot.slack.listeners.click import on_click, read_value
from bot.slack.listeners.typed import searched
from bot.slack.parts import Call, Parts


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for both buttons."""
    on_click(app, parts, buttons.CONTEXT, _show)
    on_click(app, parts, buttons.BACK, _back)


async def _show(parts: Parts, call: Call) -> None:
    looking = read_value(buttons.Looking.parse, call.text)
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    context = await parts.desk.context(person, looking.ref)
    await _in_place(call, context_message(context, looking, shareable=call.in_channel))


async def _back(parts: Parts, call: Call) -> None:
    await _in_place(call, await searched(parts, call, read_value(buttons.Asking.parse, call.text)))


async def _in_place(call: Call, message: Message) -> None:
    await (call.original.replace(message) if call.original else call.reply.say(message))
