"""What answers typed words, wherever they were typed: a question is searched, a command obeyed."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.asking.commands import Asked, Command, understand
from bot.roles import may_administer
from bot.slack.blocks.answer import answer_message
from bot.slack.blocks.buttons import Asking
from bot.slack.blocks.help import help_message
from bot.slack.blocks.message import Message
from bot.slack.blocks.status import status_message
from bot.slack.listeners.check_quotes import checked_typed
from bot.slack.listeners.first import first_typed
from bot.slack.listeners.pins import pins_typed
from bot.slack.listeners.watches import watch_typed
from bot.slack.parts import Call, Parts


async def answer_typed(parts: Parts, call: Call) -> None:
    """Answer `call.text`."""
    asked = understand(call.text)
    for message in await _ANSWERS[asked.command](parts, call, asked):
        await call.reply.say(message)
    if asked.command is Command.SEARCH:
        await noted(parts, call, asked.text)


async def searched(parts: Parts, call: Call, page: Asking) -> Message:
    """The page of evidence for a question. Raises BadQuery, IndexUnavailable, StoreUnavailable."""
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    answer = await parts.desk.answer(person, page.question, cursor=page.cursor)
    pins = () if page.seen else await parts.reading_room.pinning.matching(person, page.question)
    return answer_message(answer, page, shareable=call.in_channel, admin=may_administer(person), pins=pins)


async def noted(parts: Parts, call: Call, question: str) -> None:
    """Keep a question that was answered among the asker's recent ones. Done last: nobody waits for it."""
    asker = replace(parts.people.anyone(call.team_id), user_id=call.user_id)  # no right is needed for it
    await parts.reading_room.searching.note(asker, question)


async def _search(parts: Parts, call: Call, asked: Asked) -> list[Message]:
    return [await searched(parts, call, Asking(asked.text))]


async def _help(_parts: Parts, _call: Call, asked: Asked) -> list[Message]:
    return [help_message(asked.text)]


async def _status(parts: Parts, call: Call, asked: Asked) -> list[Message]:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    return [status_message(await parts.desk.status(person), asked.text)]


async def _check(parts: Parts, call: Call, asked: Asked) -> list[Message]:
    return await checked_typed(parts, call, asked.text)


async def _first(parts: Parts, call: Call, asked: Asked) -> list[Message]:
    return [await first_typed(parts, call, asked.text)]


async def _watch(parts: Parts, call: Call, asked: Asked) -> list[Message]:
    return await watch_typed(parts, call, asked.text)


async def _pins(parts: Parts, call: Call, asked: Asked) -> list[Message]:
    return [await pins_typed(parts, call, asked.text)]


Answering = Callable[[Parts, Call, Asked], Awaitable[list[Message]]]

_ANSWERS: dict[Command, Answering] = {
    Command.SEARCH: _search,
    Command.HELP: _help,
    Command.STATUS: _status,
    Command.PINS: _pins,
    Command.CHECK: _check,
    Command.FIRST: _first,
    Command.WATCH: _watch,
}
