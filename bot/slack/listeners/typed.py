"""What answers typed words, wherever they were typed: a question is searched, a command obeyed."""

from collections.abc import Awaitable, Callable

from bot.commands import Asked, Command, understand
from bot.slack.blocks.answer import answer_message
from bot.slack.blocks.buttons import Asking
from bot.slack.blocks.help import help_message
from bot.slack.blocks.message import Message
from bot.slack.blocks.notice import notice_message
from bot.slack.blocks.status import status_message
from bot.slack.parts import Call, Parts
from bot.wording import words


async def answer_typed(parts: Parts, call: Call) -> None:
    """Answer `call.text`."""
    asked = understand(call.text)
    await call.reply.say(await _ANSWERS[asked.command](parts, call, asked))


async def searched(parts: Parts, call: Call, page: Asking) -> Message:
    """The page of evidence for a question. Raises BadQuery, IndexUnavailable, StoreUnavailable."""
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    answer = await parts.desk.answer(person, page.question, cursor=page.cursor)
    return answer_message(answer, page, shareable=call.in_channel)


async def _search(parts: Parts, call: Call, asked: Asked) -> Message:
    return await searched(parts, call, Asking(asked.text))


async def _help(_parts: Parts, _call: Call, asked: Asked) -> Message:
    return help_message(asked.text)


async def _status(parts: Parts, call: Call, asked: Asked) -> Message:
    person = await parts.people.person(call.client, call.team_id, call.user_id)
    return status_message(await parts.desk.status(person), asked.text)


def _not_yet(sentence: str) -> "Callable[[Parts, Call, Asked], Awaitable[Message]]":
    async def tell(_parts: Parts, _call: Call, asked: Asked) -> Message:
        return notice_message(sentence, search_instead=asked.text)

    return tell


_ANSWERS: dict[Command, Callable[[Parts, Call, Asked], Awaitable[Message]]] = {
    Command.SEARCH: _search,
    Command.HELP: _help,
    Command.STATUS: _status,
    Command.PINS: _not_yet(words.NOT_YET_PINS),
    Command.CHECK: _not_yet(words.NOT_YET_CHECK),
    Command.WATCH: _not_yet(words.NOT_YET_WATCH),
}
