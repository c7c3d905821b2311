"""Fix Details: date, title, speaker and publisher of a document, set by hand and kept over every refresh."""

from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.backroom import Backroom
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.admin_buttons import Row
from bot.slack.listeners.click import on_click, read_value
from bot.slack.listeners.queues import queue_page
from bot.slack.listeners.rights import the_admin
from bot.slack.listeners.run import guarded, run
from bot.slack.listeners.submit import open_loading, submission
from bot.slack.parts import Call, Parts
from bot.slack.replies import ByResponseUrl
from bot.slack.views import fix_details as views
from bot.slack.views.fix_details import Fixing
from bot.store.edits import Fact
from bot.wording import admin_words


def register(app: AsyncApp, parts: Parts, backroom: Backroom) -> None:
    """Listen for the button and the form."""

    async def filled_in(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        wanted = views.changes(body["view"])
        if problems := views.problems(wanted):
            await ack(response_action="errors", errors=problems)
            return
        await ack()
        fixing = Fixing.parse(body["view"]["private_metadata"])
        queue = ByResponseUrl(client, fixing.response_url, body["user"]["id"])
        await run(parts, submission(body, client, queue), partial(_save, backroom, fixing, wanted, queue))

    on_click(app, parts, admin_buttons.FIX, partial(_open, backroom))
    app.view(views.FORM)(filled_in)


async def _open(backroom: Backroom, parts: Parts, call: Call) -> None:
    row = read_value(Row.parse, call.text)
    view = await open_loading(call, admin_words.FIX_TITLE)

    async def fill() -> None:
        person = await the_admin(parts, call)
        document = await backroom.correcting.document(person, row.subject)
        response_url = call.original.url if call.original else ""
        await view.show(views.form(document, Fixing(row.subject, row.at, response_url)))

    await guarded(replace(call, reply=view), fill)


async def _save(
    backroom: Backroom,
    fixing: Fixing,
    wanted: dict[Fact, str | None],
    queue: ByResponseUrl,
    parts: Parts,
    call: Call,
) -> None:
    """Save, and show the queue again in its place: the row may be done with."""
    person = await the_admin(parts, call)
    if wanted:
        await backroom.correcting.edit(person, fixing.document_id, wanted)
        await queue.replace(await queue_page(backroom, person, fixing.at, admin_words.SAVED))
