"""The search page: the same questions and the same cards as in Slack, for long reading. As there, what is asked is kept
for its asker, and a question that finds nothing for the admins: that is all that a visit leaves behind."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from aiohttp import web

from bot.asking.cards import Answer, Card
from bot.asking.commands import Asked, Command, pins_asked, understand, words_of_first
from bot.asking.composing import otherwise
from bot.pinning import PinView
from bot.roles import may_administer
from bot.web import ways
from bot.web.pages.pins import BOARD, names_of, reading
from bot.web.visit import Route, Visit
from bot.web.ways import SEARCH, Step, address
from bot.wording import asking_words, firsts, pin_page, pin_words, pinboard_words, search_page, words
from bot.wording.answers import remarks
from bot.wording.source import clipped
from index.errors import BadQuery

FORGET = "/recent/clear"
PAGE = 10
FACETS = 6
LONGEST_CURSOR = 16
FIRSTS = 30
LONGEST_SHOWN = 200
RECENT = 10


@dataclass(frozen=True, slots=True)
class Example:
    """Something to write, what it does, and where it is done."""

    typed: str
    meaning: str
    address: str


async def search(visit: Visit) -> web.Response:
    """What is asked in the address; without a question, how to ask one."""
    question = " ".join(visit.query.get("q", "").split())
    if not question:
        return await _welcome(visit)
    asked = understand(question)
    if asked.command is Command.FIRST and "words" not in visit.query:
        return await _firsts(visit, asked)
    try:
        return await _answer(visit, question, asked)
    except BadQuery as error:
        return await _refused(visit, question, str(error))


async def forget(visit: Visit) -> web.Response:
    """Clear the person's recent searches."""
    await visit.app.searches.forget(visit.person)
    return visit.see_other(f"{SEARCH}?forgotten=1")


async def _welcome(visit: Visit) -> web.Response:
    states = await visit.app.desk.sources(visit.person)
    recent = await visit.app.searches.recent(visit.person)
    return visit.page(
        "search.html",
        say=search_page,
        question="",
        problem="",
        recent=[Step(clipped(one, LONGEST_SHOWN), address(one)) for one in recent[:RECENT]],
        forgotten="forgotten" in visit.query,
        searchable=words.searchable(sum(one.documents for one in states), len(states)) if states else "",
        examples=_examples(),
    )


async def _refused(visit: Visit, question: str, problem: str) -> web.Response:
    return visit.page(
        "search.html",
        status=HTTPStatus.BAD_REQUEST,
        say=search_page,
        question=question,
        problem=problem,
        recent=(),
        forgotten=False,
        searchable="",
        examples=_examples(),
    )


async def _firsts(visit: Visit, asked: Asked) -> web.Response:
    found = await visit.app.desk.firsts(visit.person, words_of_first(asked.text), limit=FIRSTS)
    return visit.page(
        "firsts.html",
        say=search_page,
        asking=asking_words,
        question=asked.text,
        told=firsts.standing(found, LONGEST_SHOWN),
        found=found,
        more=asking_words.more_places(found.total_dated - len(found.dated), found.total_undated - len(found.undated)),
        instead=f"{SEARCH}?{urlencode({'q': asked.text, 'words': 1})}",
    )


async def _answer(visit: Visit, question: str, asked: Asked) -> web.Response:
    person, cursor = visit.person, visit.query.get("cursor", "")
    cursor = cursor if 0 < len(cursor) <= LONGEST_CURSOR else None  # another one is none of ours
    admin = may_administer(person)
    explain = admin and "why" in visit.query
    answer, counts = await asyncio.gather(
        visit.app.desk.answer(person, question, limit=PAGE, cursor=cursor, explain=explain),
        visit.app.searches.breakdown(person, question, FACETS),
    )
    pins = () if cursor else await visit.app.pins.matching(person, question)
    if not cursor and not explain:
        await visit.app.searches.note(person, answer)
    seen = _number(visit.query.get("seen")) if cursor else 0
    cards = _beside(pins, answer)
    return visit.page(
        "answer.html",
        say=search_page,
        asking=asking_words,
        question=question,
        answer=answer,
        opening=_opening(answer, seen),
        remarks=_remarks(answer),
        instead=[Step(asking_words.search_instead(shown), address(way)) for shown, way in otherwise(answer)],
        command=search_page.COMMANDS.get(asked.command),
        command_way=_way(question),
        pins=pins,
        read_pin=reading,
        read=partial(ways.into_document, question),
        names=await names_of(visit, pins),
        pin_page=pin_page,
        pin_words=pin_words,
        board=pinboard_words,
        cards=cards,
        found=search_page.range_of(seen + 1, seen + len(answer.cards), answer.total) if answer.cards else "",
        sorts=ways.sorts(question),
        active=ways.active(question),
        facets=ways.facets(question, counts),
        years=ways.years(question, counts),
        further=_further(answer, seen),
        back=address(question) if cursor else None,
        why=_why(question, explain=explain) if admin else None,
        explain=explain,
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _examples() -> list[Example]:
    """What can be written here, each with what it does: all of the language, and the commands that have a page."""
    told = ((example.removeprefix("/quote "), meaning) for example, meaning in words.HELP_EXAMPLES)
    return [Example(typed, meaning, way) for typed, meaning in told if (way := _way(typed))]


def _way(typed: str) -> str:
    """Where it is done; empty for what only Slack does."""
    asked = understand(typed).command
    if asked is Command.PINS and (rest := pins_asked(typed)):
        return f"{BOARD}?{urlencode({'words': rest})}"
    command = search_page.COMMANDS.get(asked)
    return command[2] if command else address(typed)


def _opening(answer: Answer, seen: int) -> str:
    if not answer.cards:
        return words.NO_MORE if seen else words.NOT_FOUND
    return words.found(answer.total, answered=answer.answered)


def _remarks(answer: Answer) -> list[str]:
    return [*([] if answer.cards else [words.NOT_FOUND_MEANS]), *remarks(answer, LONGEST_SHOWN)]


def _beside(pins: Sequence[PinView], answer: Answer) -> list[Card]:
    """The passages that are not among the pins."""
    return [card for card in answer.cards if all(not card.ref.within(view.card.ref) for view in pins)]


def _further(answer: Answer, seen: int) -> str | None:
    if answer.cursor is None:
        return None
    asked = {"q": answer.question, "cursor": answer.cursor, "seen": seen + len(answer.cards)}
    return f"{SEARCH}?{urlencode(asked)}"


def _why(question: str, *, explain: bool) -> Step:
    if explain:
        return Step(search_page.EXPLAIN_NOT, address(question), here=True)
    return Step(search_page.EXPLAIN, f"{address(question)}&why=1")


ROUTES = (Route("GET", SEARCH, search), Route("POST", FORGET, forget))
