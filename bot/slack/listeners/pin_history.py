"""History under a pin: what was done to it, in a modal for the one who asks."""

from dataclasses import replace

from slack_bolt.async_app import AsyncApp

from bot.slack.blocks import pins as blocks
from bot.slack.listeners.click import on_click
from bot.slack.listeners.run import guarded
from bot.slack.listeners.submit import open_loading
from bot.slack.parts import Call, Parts
from bot.slack.views.pin_history import history_view
from bot.wording import pinboard_words


def register(app: AsyncApp, parts: Parts) -> None:
    """Listen for the button."""
    on_click(app, parts, blocks.HISTORY, _history)


async def _history(parts: Parts, call: Call) -> None:
    view = await open_loading(call, pinboard_words.HISTORY_TITLE)

    async def fill() -> None:
        person, pinning = await parts.people.person(call.client, call.team_id, call.user_id), parts.reading_room.pinning
        shown = await pinning.show(person, call.text)
        await view.show(history_view(shown, await pinning.history(person, call.text)))

    await guarded(replace(call, reply=view), fill)
