"""Find a Quote: the search form, opened from anywhere. It writes the query that it stands for, and answers where the
person chooses, for that person alone.

The form is opened whole, not after a loading view: only so Slack fills in the conversation that the person looks at.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.asking.composing import CHOSEN, compose, problems
from bot.errors import QuotedeskError
from bot.roles import Person
from bot.slack.blocks import buttons
from bot.slack.blocks.answer import answer_message
from bot.slack.blocks.buttons import Asking
from bot.slack.blocks.rich import Json
from bot.slack.listeners.click import on_click
from bot.slack.listeners.run import run
from bot.slack.listeners.submit import InView, submission
from bot.slack.listeners.typed import noted
from bot.slack.parts import Call, Parts
from bot.slack.replies import ByResponseUrl, InDirectMessage, Reply
from bot.slack.views import search_form as views
from bot.wording import asking_words
from index.errors import SearchError
from index.query import FieldName

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

SHORTCUT = "find_a_quote"
_FIELDS = re.compile(rf"(?:{'|'.join(CHOSEN)})~\d+")


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the ways in, for what is typed and pressed in the form, and for its submission."""

    async def opened(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await run(parts, _from_shortcut(body, client), _open)

    async def submitted(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        asked = views.read(body["view"], body.get("response_urls") or ())
        if found := problems(asked.form):
            await ack(response_action="errors", errors=views.errors(body["view"], found))
            return
        await ack()
        call = submission(body, client, _reply(client, body["user"]["id"], asked.place))
        channel = asked.place[0] if asked.place else None
        await run(parts, call, partial(_answer, compose(asked.form), channel))

    async def offered(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack(options=await _told(partial(_choices, parts, body, client)))

    async def reminded(ack: AsyncAck, body: Json) -> None:
        await ack(options=await _told(partial(_questions, parts, body)))

    app.shortcut(SHORTCUT)(opened)
    on_click(app, parts, buttons.SEARCH_FORM, _open)
    app.view(views.FORM)(submitted)
    app.options(_FIELDS)(offered)
    app.options(views.ASK_AGAIN)(reminded)
    for action_id, change in ((views.MORE, _more), (views.ASK_AGAIN, _again), (views.CLEAR, _clear)):
        _on_change(app, parts, action_id, change)


Change = Callable[[Parts, Person, Json, str], Awaitable[Json]]
"""From the form as it stands, and what was pressed or chosen in it, to the form as it is to be."""


def _on_change(app: AsyncApp, parts: Parts, action_id: str, change: Change) -> None:
    async def pressed(ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        view, action = body["view"], body["actions"][0]
        value = str((action.get("selected_option") or action).get("value") or "")
        shown = InView(client, view["id"], asking_words.FORM_TITLE, view["hash"])

        async def show(_parts: Parts, call: Call) -> None:
            await shown.show(await change(parts, _themselves(parts, call), view, value))

        await run(parts, replace(_from_shortcut(body, client), reply=shown), show)

    app.action(action_id)(pressed)


async def _open(parts: Parts, call: Call) -> None:
    recent = await parts.reading_room.searching.recent(_themselves(parts, call))
    await call.client.views_open(trigger_id=call.trigger_id, view=views.form(recent=bool(recent)))


async def _more(_parts: Parts, _person: Person, view: Json, _value: str) -> Json:
    return views.form(views.number_of(view), more=True, recent=views.has_recent(view))


async def _again(parts: Parts, person: Person, view: Json, value: str) -> Json:
    """The question in a form that begins anew, to be sent as it is or to be changed first."""
    recent = await parts.reading_room.searching.recent(person)
    question = next((question for question in recent if views.digest(question) == value), "")
    number = views.number_of(view) + 1
    return views.form(number, more=views.has_more(view), recent=bool(recent), words=question)


async def _clear(parts: Parts, person: Person, view: Json, _value: str) -> Json:
    await parts.reading_room.searching.forget(person)
    return views.form(views.number_of(view), more=views.has_more(view))


async def _answer(question: str, channel: str | None, parts: Parts, call: Call) -> None:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    page = Asking(question)
    shareable = channel is not None and replace(call, channel_id=channel).in_channel
    answer = await parts.desk.answer(person, question)
    pins = await parts.reading_room.pinning.matching(person, question)
    await call.reply.say(answer_message(answer, page, shareable=shareable, asked_as=question, pins=pins))
    await noted(parts, call, person, answer)


async def _choices(parts: Parts, body: Json, client: AsyncWebClient) -> list[Json]:
    part = views.part_of(body["action_id"])
    if part is None:
        return []
    person = await parts.people.person(client, body["team"]["id"], body["user"]["id"])
    found = await parts.reading_room.searching.choices(person, FieldName(part), body["value"], views.MOST_OPTIONS)
    return views.choices(found)


async def _questions(parts: Parts, body: Json) -> list[Json]:
    person = Person(parts.people.workspace(body["team"]["id"]), body["user"]["id"], trusted=False)
    return views.questions(await parts.reading_room.searching.recent(person), body["value"])


async def _told(offer: Callable[[], Awaitable[list[Json]]]) -> list[Json]:
    """A menu has no room for a sentence: where its options can't be had it is empty, and the log says why."""
    try:
        return await offer()
    except (QuotedeskError, SearchError):
        log.exception("The form's options could not be had")
        return []


def _themselves(parts: Parts, call: Call) -> Person:
    """The person as far as their own things go, for which no rights need be learnt."""
    return Person(parts.people.workspace(call.team_id), call.user_id, trusted=False)


def _reply(client: AsyncWebClient, user_id: str, place: tuple[str, str] | None) -> Reply:
    return ByResponseUrl(client, place[1], user_id) if place else InDirectMessage(client, user_id, None)


def _from_shortcut(body: dict[str, Any], client: AsyncWebClient) -> Call:
    """A call from no channel at all: what must be said comes by direct message."""
    user_id = body["user"]["id"]
    return Call(
        team_id=body["team"]["id"],
        user_id=user_id,
        channel_id=user_id,
        delivery=f"form {body['trigger_id']}",
        text="",
        client=client,
        reply=InDirectMessage(client, user_id, None),
        trigger_id=body["trigger_id"],
    )
