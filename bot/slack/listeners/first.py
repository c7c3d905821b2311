"""Who Said It First: the places of a card's words, or of the exact words after `/quote first`, in the order of time."""

from slack_bolt.async_app import AsyncApp

from bot.asking.cards import PassageRef
from bot.asking.commands import words_of_first
from bot.slack.blocks import buttons
from bot.slack.blocks.firsts import firsts_message
from bot.slack.blocks.message import Message
from bot.slack.listeners.click import on_choice, read_value
from bot.slack.parts import Call, Parts


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the menu's line; the command is `typed`'s."""
    on_choice(app, parts, buttons.FIRST, _of_card)


async def first_typed(parts: Parts, call: Call, text: str) -> Message:
    """The answer to `first “…”`. Raises BadRequest where no word follows."""
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    return firsts_message(await parts.reading_room.tracing.firsts(person, words_of_first(text)), search_instead=text)


async def _of_card(parts: Parts, call: Call) -> None:
    ref = read_value(PassageRef.parse, call.text)
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    words = await parts.reading_room.tracing.words_at(person, ref)
    await call.reply.say(firsts_message(await parts.reading_room.tracing.firsts(person, words)))
