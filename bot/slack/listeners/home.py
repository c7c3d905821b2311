"""The home tab: shown when it is opened, and again after everything that its reader does there. Whoever never opened
it gets none. What changes elsewhere is published by `bot.slack.home_telling`."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncApp, AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BadRequest, NotAllowed
from bot.slack.blocks import home as blocks
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import Json
from bot.slack.listeners.click import on_click
from bot.slack.listeners.rights import the_person
from bot.slack.listeners.run import guarded, run
from bot.slack.listeners.typed import search
from bot.slack.parts import Call, Parts
from bot.wording import home_words, watch_words
from index.errors import BadQuery

EVENT = "app_home_opened"


@dataclass(frozen=True, slots=True)
class OnHome:
    """A person's home tab, as a `Reply`: what is said takes its place. It carries the id of the conversation with the
    bot, where what is asked there is answered."""

    client: AsyncWebClient
    user_id: str
    conversation: str

    async def say(self, message: Message) -> None:
        """Show the message's blocks alone: a failure's sentence."""
        await self.show(message.blocks)

    async def show(self, content: list[Json]) -> None:
        """Show these blocks."""
        await self.client.views_publish(user_id=self.user_id, view=blocks.home_view(content, self.conversation))


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the tab's being opened, and for its buttons; Bolt acknowledges events by itself."""

    async def opened(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> None:
        event = body["event"]
        if event["tab"] == "home":
            await run(parts, _call(body, context, client), _publish)

    app.event(EVENT)(opened)
    on_click(app, parts, blocks.PAUSE, partial(_then_home, _pause))
    on_click(app, parts, blocks.RESUME, partial(_then_home, _resume))
    for number in range(blocks.QUESTIONS):
        on_click(app, parts, blocks.ask_again_action(number), partial(_then_home, _ask_again))


def _call(body: dict[str, Any], context: AsyncBoltContext, client: AsyncWebClient) -> Call:
    user_id, conversation = body["event"]["user"], body["event"]["channel"]
    return Call(
        team_id=context.team_id or body["team_id"],
        user_id=user_id,
        channel_id=conversation,
        delivery=f"event {body['event_id']}",
        text="",
        client=client,
        reply=OnHome(client, user_id, conversation),
    )


async def _publish(parts: Parts, call: Call, opening: str = "") -> None:
    person = await the_person(parts, call)
    # Known before it is put together: what changes meanwhile is published afterwards.
    await parts.reading_room.welcoming.opened(person, call.team_id, call.channel_id)
    home = await parts.reading_room.welcoming.home(person)
    await OnHome(call.client, call.user_id, call.channel_id).show(blocks.home_blocks(home, opening))


async def _then_home(deed: Callable[[Parts, Call], Awaitable[str]], parts: Parts, call: Call) -> None:
    """Do what was pressed, and show the home as it is then, with what came of it; a failure is told there as well."""

    async def job() -> None:
        try:
            opening = await deed(parts, call)
        except (NotAllowed, BadRequest, BadQuery) as refusal:
            opening = str(refusal)
        await _publish(parts, call, opening)

    await guarded(replace(call, reply=OnHome(call.client, call.user_id, call.channel_id)), job)


async def _pause(parts: Parts, call: Call) -> str:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    await parts.reading_room.watching.pause(person, call.text)
    return watch_words.PAUSED_NOW


async def _resume(parts: Parts, call: Call) -> str:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    await parts.reading_room.watching.resume(person, call.text)
    return watch_words.RESUMED_NOW


async def _ask_again(parts: Parts, call: Call) -> str:
    await search(parts, call, call.text)
    return home_words.ANSWERED
