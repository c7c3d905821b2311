"""Is the quotation right? `/quote check "…"`, and Check Quotes in a message's menu for every quotation of a draft."""

from slack_bolt.async_app import AsyncApp

from bot.asking.commands import checked_words
from bot.checks.drafts import claim_of
from bot.slack.blocks import buttons
from bot.slack.blocks.check import check_message, draft_messages
from bot.slack.blocks.message import Message
from bot.slack.blocks.notice import notice_message
from bot.slack.listeners.click import on_click, read_value
from bot.slack.listeners.shortcut import on_shortcut
from bot.slack.parts import Call, Parts
from bot.wording import check_words

SHORTCUT = "check_quotes"


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the shortcut, and for the button at a draft's quotation."""
    on_shortcut(app, parts, SHORTCUT, _check_message)
    on_click(app, parts, buttons.CHECK_ONE, _check_one)


async def checked_typed(parts: Parts, call: Call, text: str) -> list[Message]:
    """What answers `check …`: one quotation with all its places, or every one of several. Raises BadRequest where it
    is too long."""
    claim = claim_of(checked_words(text))
    if claim is None:
        return await _draft(parts, call, text)
    return [await _one(parts, call, buttons.Claim(claim), search_instead=text)]


async def _check_message(parts: Parts, call: Call) -> None:
    for message in await _draft(parts, call, call.text):
        await call.reply.say(message)


async def _check_one(parts: Parts, call: Call) -> None:
    await call.reply.say(await _one(parts, call, read_value(buttons.Claim.parse, call.text)))


async def _one(parts: Parts, call: Call, claim: buttons.Claim, *, search_instead: str = "") -> Message:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    checked = await parts.checks.check(person, claim.quote, speaker=claim.speaker)
    return check_message(checked, shareable=call.in_channel, search_instead=search_instead)


async def _draft(parts: Parts, call: Call, text: str) -> list[Message]:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    draft = await parts.checks.draft(person, text)
    return draft_messages(draft) if draft.quotes else [notice_message(check_words.NOTHING_QUOTED)]
