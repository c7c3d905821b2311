"""Copy Citation: the forms of a citation in a modal, for the one who pressed, after their rights are checked again."""

from dataclasses import replace

from slack_bolt.async_app import AsyncApp

from bot.asking.cards import PassageRef
from bot.slack.blocks import buttons
from bot.slack.listeners.click import on_click, read_value
from bot.slack.listeners.run import guarded
from bot.slack.listeners.submit import open_loading
from bot.slack.parts import Call, Parts
from bot.slack.views.citation import citation_view
from bot.wording import words


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the button."""
    on_click(app, parts, buttons.CITE, _cite)


async def _cite(parts: Parts, call: Call) -> None:
    ref = read_value(PassageRef.parse, call.text)
    view = await open_loading(call, words.CITATION_TITLE)

    async def fill() -> None:
        person = await parts.people.person(call.client, call.team_id, call.user_id)
        await view.show(citation_view(await parts.desk.card(person, ref)))

    await guarded(replace(call, reply=view), fill)
