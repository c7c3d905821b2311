"""What answers typed words, wherever they were typed: a question is searched, a command obeyed."""

from collections.abc import Awaitable, Callable

from bot.asking.cards import Answer
from bot.asking.commands import Asked, Command, understand
from bot.roles import Person, may_administer
from bot.slack.blocks.answer import answer_message
from bot.slack.blocks.buttons import Asking
from bot.slack.blocks.help import help_message
from bot.slack.blocks.message import Message
from bot.slack.blocks.notice import notice_message
from bot.slack.blocks.status import status_message
from bot.slack.listeners.check_quotes import checked_typed
from bot.slack.listeners.first import first_typed
from bot.slack.listeners.pins import pins_typed
from bot.slack.listeners.watches import watch_typed
from bot.slack.parts import Call, Parts
from bot.wording import slack_words


async def answer_typed(parts: Parts, call: Call) -> None:
    """Answer `call.text`."""
    asked = understand(call.text)
    if asked.command is Command.SEARCH:
        await search(parts, call, asked.text)
        return
    for message in await _ANSWERS[asked.command](parts, call, asked):
        await call.reply.say(message)


async def search(parts: Parts, call: Call, question: str) -> None:
    """Answer a new question, and keep it once that is said. Raises BadQuery, IndexUnavailable, StoreUnavailable."""
    person, answer, message = await _found(parts, call, Asking(question))
    await call.reply.say(message)
    await noted(parts, call, person, answer)


async def noted(parts: Parts, call: Call, person: Person, answer: Answer) -> None:
    """Keep a question whose answer was given. One that may lack sources, since Slack did not tell who may read them, is
    no gap of the corpus: that is said instead.
    """
    if parts.people.unsure():
        await call.reply.say(notice_message(slack_words.SOME_LEFT_OUT))
    else:
        await parts.reading_room.searching.note(person, answer)


async def searched(parts: Parts, call: Call, page: Asking) -> Message:
    """A page of evidence for a question that was asked before. Raises as `search` does."""
    *_, message = await _found(parts, call, page)
    return message


async def _found(parts: Parts, call: Call, page: Asking) -> tuple[Person, Answer, Message]:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    answer = await parts.desk.answer(person, page.question, cursor=page.cursor)
    pins = () if page.seen else await parts.reading_room.pinning.matching(person, page.question)
    told = answer_message(answer, page, shareable=call.in_channel, admin=may_administer(person), pins=pins)
    return person, answer, told


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
    Command.HELP: _help,
    Command.STATUS: _status,
    Command.PINS: _pins,
    Command.CHECK: _check,
    Command.FIRST: _first,
    Command.WATCH: _watch,
}
