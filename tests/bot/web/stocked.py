"""A desk with pages and something to read: the town's papers, which all may read, and a file that only Ed may."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.asking.cards import Answer, PassageRef
from bot.pinning import PinView
from bot.roles import Person, operator
from tests.bot.web.paging import Pages, pages

TIDE = "The tide <b>turned</b> at noon & the ferry sank in the harbor, the pilots said. It was two miles out.\n"
VOTE = (
    "MAYOR LUNA: We will not wait for another flood.\n\nPILOT REED: The harbor is closed in May.\n\n"
    "MAYOR LUNA: The harbor needs money.\n\nPILOT REED: The ferry is late.\n"
)
ALMANAC = "Nobody owns the harbor, and nobody owns the tide of it.\n"
UNDATED = "A ferry without a date left the harbor.\n"
SECRET = "The harbor inquiry has a witness named Wexford. The ferry owner paid him forty dollars in May.\n"
_LISTED = (
    {
        "path": "tide.txt",
        "title": "Tide & <Ferry>",
        "date": "2016-07-25",
        "publisher": "The Gazette",
        "kind": "news",
        "url": "https://gazette.example/tide",
    },
    {"path": "vote.txt", "title": "Council minutes", "date": "2018-03", "publisher": "The Council", "kind": "minutes"},
    {"path": "almanac.txt", "title": "Almanac", "date": "2016-01-02", "publisher": "The Gazette", "kind": "news"},
)


@asynccontextmanager
async def stocked(home: Path, **settings: object) -> AsyncGenerator[Pages]:
    """Served, with the sources `town` and `closed`, whose folders lie beside the home's."""
    town, closed = home.parent / "town", home.parent / "closed"
    for folder in (town, closed):
        folder.mkdir(parents=True)
    for name, text in (("tide", TIDE), ("vote", VOTE), ("almanac", ALMANAC), ("undated", UNDATED)):
        (town / f"{name}.txt").write_text(text)
    (town / "manifest.jsonl").write_text("\n".join(map(json.dumps, _LISTED)))
    (closed / "inquiry.txt").write_text(SECRET)
    async with pages(home, **settings) as site:
        await site.app.holdings.add(operator(), str(town))
        await site.app.holdings.add(operator(), str(closed), visible_to=frozenset({site.people["ed"].id}))
        yield site


def person_of(site: Pages, who: str) -> Person:
    """That person as the desk knows them."""
    return Person("local", site.people[who].id)


async def asked(site: Pages, who: str, question: str) -> Answer:
    """What that person was answered; a question without an answer waits for the admins."""
    person = person_of(site, who)
    answer = await site.app.desk.answer(person, question)
    await site.app.searches.note(person, answer)
    return answer


async def pinned(site: Pages, who: str, words: str, question: str, **facts: Any) -> PinView:
    """These words of the first passage for a question, pinned by that person."""
    person = person_of(site, who)
    card = (await site.app.desk.answer(person, question)).cards[0]
    start = card.ref.start + card.text.index(words)
    ref = PassageRef(card.ref.document_id, card.ref.version, start, start + len(words))
    return await site.app.pins.pin(person, ref, **facts)


async def page_of(browser: aiohttp.ClientSession, path: str, status: int = 200) -> str:
    """A page's source."""
    async with browser.get(path) as answer:
        text = await answer.text()
        assert answer.status == status, text
        return text
