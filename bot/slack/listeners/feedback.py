"""Useful, or not what I asked: kept with the question, for the admins to look through."""

from slack_bolt.async_app import AsyncApp

from bot.slack.blocks.feedback import FEEDBACK, Verdict
from bot.slack.blocks.notice import notice_message
from bot.slack.listeners.click import on_click, read_value
from bot.slack.parts import Call, Parts
from bot.wording import asking_words


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for both thumbs."""
    on_click(app, parts, FEEDBACK, _keep)


async def _keep(parts: Parts, call: Call) -> None:
    verdict = read_value(Verdict.parse, call.text)
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    await parts.reading_room.judging.judge(person, verdict.question, verdict.ref, useful=verdict.useful)
    await call.reply.say(notice_message(f"{asking_words.OPINION_OF[verdict.useful]} {asking_words.THANKS}"))
