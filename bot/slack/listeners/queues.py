"""The queues that admins work off: how much waits, the rows, and what can be done about a row."""

from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.roles import Person
from bot.slack.backroom import Backroom
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.admin_buttons import Looked, Row
from bot.slack.blocks.message import Message
from bot.slack.blocks.progress import refreshed_message
from bot.slack.blocks.queues import PAGE, open_action, queue_message, queues_message
from bot.slack.listeners.click import on_click, read_value
from bot.slack.listeners.progress import Progress, with_progress
from bot.slack.listeners.rights import the_admin
from bot.slack.listeners.source_buttons import in_place
from bot.slack.parts import Call, Parts
from bot.store.tasks import Queue
from bot.wording import admin_words
from bot.wording.source import clipped


def register(app: AsyncApp, parts: Parts, backroom: Backroom) -> None:
    """Listen for the buttons."""
    on_click(app, parts, admin_buttons.QUEUES, partial(show_all, backroom))
    on_click(app, parts, admin_buttons.DISMISS, partial(_dismiss, backroom))
    on_click(app, parts, admin_buttons.DISMISS_FEEDBACK, partial(_dismiss_feedback, backroom))
    on_click(app, parts, admin_buttons.TAKE, partial(_take, backroom))
    for action_id in (admin_buttons.OPEN_QUEUE, *map(open_action, Queue)):
        on_click(app, parts, action_id, partial(_open, backroom))


async def show_all(backroom: Backroom, parts: Parts, call: Call) -> None:
    """Every queue with its count."""
    await in_place(call, queues_message(await backroom.correcting.queues(await the_admin(parts, call))))


async def queue_page(backroom: Backroom, person: Person, at: Looked, opening: str = "") -> Message:
    """A page of a queue. Raises BadRequest for a cursor that is none."""
    page = await backroom.correcting.queue(person, at.queue, limit=PAGE, cursor=at.cursor)
    return queue_message(page, at, opening)


async def _open(backroom: Backroom, parts: Parts, call: Call) -> None:
    at = read_value(Looked.parse, call.text)
    await in_place(call, await queue_page(backroom, await the_admin(parts, call), at))


async def _dismiss(backroom: Backroom, parts: Parts, call: Call) -> None:
    row = read_value(Row.parse, call.text)
    person = await the_admin(parts, call)
    await backroom.correcting.dismiss(person, row.subject)
    opening = admin_words.dismissed(clipped(row.subject, 80))
    await in_place(call, await queue_page(backroom, person, row.at, opening))


async def _dismiss_feedback(backroom: Backroom, parts: Parts, call: Call) -> None:
    row = read_value(Row.parse, call.text)
    person = await the_admin(parts, call)
    await backroom.correcting.dismiss_feedback(person, row.subject, row.location)
    opening = admin_words.dismissed(clipped(row.subject, 80))
    await in_place(call, await queue_page(backroom, person, row.at, opening))


async def _take(backroom: Backroom, parts: Parts, call: Call) -> None:
    row = read_value(Row.parse, call.text)
    person = await the_admin(parts, call)

    async def job(_progress: Progress) -> Message:
        return refreshed_message([await backroom.keeping.take(person, row.subject, row.location)])

    await with_progress(parts.work, call, admin_words.reading(row.subject), job)
