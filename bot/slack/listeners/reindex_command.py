"""`/reindex`, and the way back: the index, brought up to date, built anew, or its generation before."""

from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.asking.commands import ReindexCommand, understand_reindex
from bot.errors import BadRequest
from bot.slack.backroom import Backroom
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.admin_help import reindex_help
from bot.slack.blocks.generations import generations_message
from bot.slack.blocks.message import Message
from bot.slack.blocks.notice import notice_message
from bot.slack.blocks.progress import refreshed_message
from bot.slack.listeners.click import on_click
from bot.slack.listeners.command import on_command
from bot.slack.listeners.progress import Progress, with_progress
from bot.slack.listeners.rights import the_admin
from bot.slack.listeners.source_buttons import AdminBehaviour
from bot.slack.parts import Call, Parts
from bot.wording import admin_words, words

COMMAND = "/reindex"


def register(app: AsyncApp, parts: Parts, backroom: Backroom) -> None:
    """Listen for the command and for Roll Back."""
    on_command(app, parts, COMMAND, partial(_obey, backroom))
    on_click(app, parts, admin_buttons.ROLL_BACK, partial(_roll_back, backroom))


async def _obey(backroom: Backroom, parts: Parts, call: Call) -> None:
    await _BEHAVIOURS[understand_reindex(call.text)](backroom, parts, call)


async def _changes(backroom: Backroom, parts: Parts, call: Call) -> None:
    await _reindex(backroom, parts, call, full=False)


async def _full(backroom: Backroom, parts: Parts, call: Call) -> None:
    await _reindex(backroom, parts, call, full=True)


async def _reindex(backroom: Backroom, parts: Parts, call: Call, *, full: bool) -> None:
    async def job(progress: Progress) -> Message:
        refreshed = await backroom.keeping.reindex(person, full=full, told=progress.told)
        return refreshed_message(refreshed, admin_words.REBUILT if full else admin_words.UP_TO_DATE)

    person = await the_admin(parts, call)
    await with_progress(parts.work, call, admin_words.REBUILDING if full else admin_words.READING_ALL, job)


async def _status(backroom: Backroom, parts: Parts, call: Call) -> None:
    person = await the_admin(parts, call)
    await call.reply.say(generations_message(await backroom.correcting.generations(person)))


async def _help(_backroom: Backroom, parts: Parts, call: Call) -> None:
    await the_admin(parts, call)
    await call.reply.say(reindex_help())


async def _roll_back(backroom: Backroom, parts: Parts, call: Call) -> None:
    async def job(_progress: Progress) -> Message:
        stamp = await backroom.keeping.rollback(person)
        return notice_message(admin_words.rolled_back(stamp.generation))

    person = await the_admin(parts, call)
    kept = [one.stamp.generation for one in await backroom.correcting.generations(person) if not one.live]
    if call.text not in kept:  # pressed on an old message: it would go somewhere else than it said
        raise BadRequest(words.UNREADABLE_BUTTON)
    await with_progress(parts.work, call, admin_words.ROLLING_BACK, job)


_BEHAVIOURS: dict[ReindexCommand, AdminBehaviour] = {
    ReindexCommand.CHANGES: _changes,
    ReindexCommand.FULL: _full,
    ReindexCommand.STATUS: _status,
    ReindexCommand.HELP: _help,
}
