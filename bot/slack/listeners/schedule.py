"""Change Schedule: how often a source is read again by itself."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.backroom import Backroom
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.sources import source_message
from bot.slack.listeners.click import on_click
from bot.slack.listeners.rights import the_admin
from bot.slack.listeners.run import guarded, run
from bot.slack.listeners.submit import open_loading, submission
from bot.slack.parts import Call, Parts
from bot.slack.replies import ByResponseUrl
from bot.slack.views import schedule as views
from bot.slack.views.schedule import Scheduling
from bot.wording import schedule_words


def register(app: AsyncApp, parts: Parts, backroom: Backroom) -> None:
    """Listen for the button and the form."""

    async def filled_in(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        scheduling = Scheduling.parse(body["view"]["private_metadata"])
        message = ByResponseUrl(client, scheduling.response_url, body["user"]["id"])
        every = views.read(body["view"])
        await run(parts, submission(body, client), partial(_save, backroom, scheduling.name, every, message))

    on_click(app, parts, admin_buttons.SCHEDULE, partial(_open, backroom))
    app.view(views.FORM)(filled_in)


async def _open(backroom: Backroom, parts: Parts, call: Call) -> None:
    view = await open_loading(call, schedule_words.TITLE)

    async def fill() -> None:
        shown = await backroom.correcting.show(await the_admin(parts, call), call.text)
        record = shown.state.record
        response_url = call.original.url if call.original else ""
        await view.show(views.form(record, Scheduling(record.name, response_url)))

    await guarded(replace(call, reply=view), fill)


async def _save(
    backroom: Backroom, name: str, every: timedelta | None, message: ByResponseUrl, parts: Parts, call: Call
) -> None:
    """Save, and show the source again in its place."""
    person = await the_admin(parts, call)
    await backroom.keeping.schedule(person, name, every)
    await message.replace(source_message(await backroom.correcting.show(person, name), schedule_words.SAVED))
