"""Pin Quote in a message's menu: finds its quotations, and offers to pin those that stand so in the record."""

from slack_bolt.async_app import AsyncApp

from bot.errors import NotAllowed
from bot.roles import may_pin
from bot.slack.blocks.pin_offer import offer_message
from bot.slack.listeners.rights import the_person
from bot.slack.listeners.shortcut import on_shortcut
from bot.slack.parts import Call, Parts
from bot.wording import pin_words

SHORTCUT = "pin_quote"


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the shortcut."""
    on_shortcut(app, parts, SHORTCUT, _offer)


async def _offer(parts: Parts, call: Call) -> None:
    """A message without quotation marks is taken as one quotation. Raises BadRequest where there are no words."""
    person = await the_person(parts, call)
    if not may_pin(person):
        raise NotAllowed(pin_words.GUESTS)
    draft = await parts.checks.draft(person, call.text)
    found = [quote.checked for quote in draft.quotes] or [await parts.checks.check(person, call.text)]
    await call.reply.say(offer_message(found))
