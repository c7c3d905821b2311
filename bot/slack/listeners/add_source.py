"""`/sources add`: a form, a look at what the place would bring, and only then it is kept."""

from dataclasses import replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BadRequest
from bot.slack.backroom import Backroom
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.message import Message
from bot.slack.blocks.progress import refreshed_message
from bot.slack.listeners.click import on_click
from bot.slack.listeners.progress import Progress, with_progress
from bot.slack.listeners.rights import the_admin
from bot.slack.listeners.run import guarded, run
from bot.slack.listeners.submit import InView, acknowledged, open_loading, submission
from bot.slack.parts import Call, Parts
from bot.slack.views import add_source as views
from bot.slack.views.add_source import Wanted
from bot.slack.views.modal import telling
from bot.wording import admin_words
from sources.errors import SourceError


def register(app: AsyncApp, parts: Parts, backroom: Backroom) -> None:
    """Listen for the button and both forms."""

    async def filled_in(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        wanted = views.read(body["view"])
        if problems := views.problems(wanted):
            await ack(response_action="errors", errors=problems)
            return
        reading = telling(admin_words.ADD_TITLE, admin_words.READING_PREVIEW, close=admin_words.CANCEL)
        await ack(response_action="update", view=reading)
        view = InView(client, body["view"]["id"], admin_words.ADD_TITLE)
        await run(parts, submission(body, client, view), partial(_preview, backroom, view, wanted))

    async def looked_at(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        await run(parts, submission(body, client), partial(_keep, backroom))

    on_click(app, parts, admin_buttons.ADD, partial(_begin_anew, backroom))
    app.view(views.FORM)(filled_in)
    app.view(views.KEEP)(looked_at)


async def begin(_backroom: Backroom, parts: Parts, call: Call) -> None:
    """Open the form; the text is the address as far as it was typed."""
    view = await open_loading(call, admin_words.ADD_TITLE)

    async def fill() -> None:
        await the_admin(parts, call)
        await view.show(views.form(Wanted(call.text[: views.LONGEST_PLACE])))

    await guarded(replace(call, reply=view), fill)


async def _begin_anew(backroom: Backroom, parts: Parts, call: Call) -> None:
    await begin(backroom, parts, replace(call, text=""))


async def _preview(backroom: Backroom, view: InView, wanted: Wanted, parts: Parts, call: Call) -> None:
    person = await the_admin(parts, call)
    await acknowledged()
    try:
        found = await backroom.previewing.place(person, wanted.place)
    except (SourceError, BadRequest) as error:
        await view.show(views.form(wanted, str(error)))
        return
    name = wanted.name or found.name[: views.LONGEST_NAME]
    if name in found.taken:
        await view.show(views.form(replace(wanted, name=name), admin_words.NAME_TAKEN))
        return
    limits = wanted.visible_to
    readable = not limits or await parts.people.belongs(call.client, call.team_id, person.user_id, limits)
    await view.show(views.preview(replace(wanted, name=name), found, readable=readable))


async def _keep(backroom: Backroom, parts: Parts, call: Call) -> None:
    wanted = Wanted.parse(call.text)
    person = await the_admin(parts, call)
    if not views.is_address(wanted.place):
        raise BadRequest(admin_words.NOT_AN_ADDRESS)

    async def job(progress: Progress) -> Message:
        added = await backroom.keeping.add(
            person,
            wanted.place,
            name=wanted.name or None,
            visible_to=wanted.visible_to,
            every=wanted.interval,
            told=progress.told,
        )
        return refreshed_message([added])

    await with_progress(parts.work, call, admin_words.reading(wanted.name), job, announced=False)
