"""Why This Rank: what gave a card its score, for admins."""

from slack_bolt.async_app import AsyncApp

from bot.errors import BadRequest
from bot.slack.blocks import buttons
from bot.slack.blocks.why import why_message
from bot.slack.listeners.click import on_click, read_value
from bot.slack.listeners.rights import the_admin
from bot.slack.parts import Call, Parts
from bot.wording import ranking_words


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the button."""
    on_click(app, parts, buttons.WHY, _explain)


async def _explain(parts: Parts, call: Call) -> None:
    """The question is asked again by the admin who presses, so that nothing is told that they may not read."""
    person = await the_admin(parts, call)
    ranked = read_value(buttons.Ranked.parse, call.text)
    answer = await parts.desk.answer(person, ranked.page.question, cursor=ranked.page.cursor, explain=True)
    card = next((card for card in answer.cards if card.ref == ranked.ref), None)
    if card is None:
        raise BadRequest(ranking_words.CHANGED)
    await call.reply.say(why_message(card))
