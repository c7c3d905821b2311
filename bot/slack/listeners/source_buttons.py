"""What an admin does with the sources, by button or by `/sources`: each behaviour takes the source's name as the text.

An admin sees and handles the sources that they may read, and no others: rights over the desk open no limited source.
"""

from collections.abc import Awaitable, Callable
from functools import partial

from slack_bolt.async_app import AsyncApp

from bot.roles import Person
from bot.slack.backroom import Backroom
from bot.slack.blocks import admin_buttons
from bot.slack.blocks.message import Message
from bot.slack.blocks.notice import notice_message
from bot.slack.blocks.progress import refreshed_message
from bot.slack.blocks.sources import remove_message, source_message, sources_message
from bot.slack.listeners.click import on_click, read_value
from bot.slack.listeners.progress import Progress, with_progress
from bot.slack.listeners.rights import the_admin
from bot.slack.parts import Call, Parts
from bot.store.sources import SourceRecord
from bot.wording import admin_words

AdminBehaviour = Callable[[Backroom, Parts, Call], Awaitable[None]]


def register(app: AsyncApp, parts: Parts, backroom: Backroom) -> None:
    """Listen for the buttons."""
    for action_id, behaviour in _BUTTONS.items():
        on_click(app, parts, action_id, partial(behaviour, backroom))


async def in_place(call: Call, message: Message) -> None:
    """In the place of the ephemeral message whose button was pressed; anything else stays, with this below it."""
    if call.original is not None and call.reply is call.original:
        await call.original.replace(message)
    else:
        await call.reply.say(message)


async def show_all(_backroom: Backroom, parts: Parts, call: Call) -> None:
    """A page of the list; the text is its number, or nothing for the first."""
    person = await the_admin(parts, call)
    page = read_value(int, call.text) if call.text else 0
    await in_place(call, sources_message((await parts.desk.status(person)).sources, page))


async def show(backroom: Backroom, parts: Parts, call: Call) -> None:
    """One source."""
    await in_place(call, await _shown(backroom, await the_admin(parts, call), call.text))


async def refresh(backroom: Backroom, parts: Parts, call: Call) -> None:
    """Read one again, or all without a name."""
    person, name = await the_admin(parts, call), call.text or None
    if name:
        await backroom.correcting.show(person, name)  # an unknown name is said here, not in direct messages

    async def job(progress: Progress) -> Message:
        return refreshed_message(await backroom.keeping.refresh(person, name, told=progress.told))

    await with_progress(parts.work, call, admin_words.reading(name) if name else admin_words.READING_ALL, job)


async def refresh_all(backroom: Backroom, parts: Parts, call: Call) -> None:
    """Read all again."""

    async def job(progress: Progress) -> Message:
        return refreshed_message(await backroom.keeping.refresh(person, told=progress.told))

    person = await the_admin(parts, call)
    await with_progress(parts.work, call, admin_words.READING_ALL, job)


async def pause(backroom: Backroom, parts: Parts, call: Call) -> None:
    """Leave it unread."""
    await _switch(backroom, parts, call, backroom.keeping.pause, admin_words.PAUSED_NOW)


async def resume(backroom: Backroom, parts: Parts, call: Call) -> None:
    """Read it again with the others."""
    await _switch(backroom, parts, call, backroom.keeping.resume, admin_words.RESUMED_NOW)


async def ask_to_remove(backroom: Backroom, parts: Parts, call: Call) -> None:
    """Ask first: a typed command has no dialog."""
    view = await backroom.correcting.show(await the_admin(parts, call), call.text)
    await call.reply.say(remove_message(view.state.record.name, view.state.documents))


async def remove(backroom: Backroom, parts: Parts, call: Call) -> None:
    """Hide it; the person has said yes."""
    person = await the_admin(parts, call)
    record, documents = await backroom.keeping.remove(person, call.text)
    await in_place(call, notice_message(admin_words.removed(record.name, documents)))


async def _shown(backroom: Backroom, person: Person, name: str, opening: str = "") -> Message:
    return source_message(await backroom.correcting.show(person, name), opening)


async def _switch(
    backroom: Backroom,
    parts: Parts,
    call: Call,
    switch: Callable[[Person, str], Awaitable[SourceRecord]],
    opening: str,
) -> None:
    person = await the_admin(parts, call)
    record = await switch(person, call.text)
    await in_place(call, await _shown(backroom, person, record.name, opening))


_BUTTONS: dict[str, AdminBehaviour] = {
    admin_buttons.SHOW: show,
    admin_buttons.REFRESH: refresh,
    admin_buttons.REFRESH_ALL: refresh_all,
    admin_buttons.PAUSE: pause,
    admin_buttons.RESUME: resume,
    admin_buttons.REMOVE: remove,
    admin_buttons.ALL_SOURCES: show_all,
    admin_buttons.PREVIOUS: show_all,
    admin_buttons.NEXT: show_all,
}
