"""A check opens the source on the quoted words themselves; what a page said before is shown beside what it says now."""

import json
import re
from urllib.parse import unquote

from bot.sandbox import Message
from bot.wording import check_words, words
from index.check import Flag
from tests.fakes.web_server import Page, article
from tests.scenarios.test_web_sources import Press, desk, mode, server

__all__ = ["desk", "mode", "server"]  # the fixtures

OPENING = "The council met on Monday evening in the old customs house by the river, as it does every month of the year."
CLOSED = "The bridge was closed in March because forty of its bolts had rusted through."
MENDED = "The bridge was closed in March because fifty of its bolts had rusted through."
COST = "Mending it will cost nine million, and nobody in the room said who would pay for it."


def page(*paragraphs: str) -> Page:
    return Page(article("Bridge closed", *paragraphs))


def opened(message: Message) -> list[str]:
    """The words that the message's links to the page begin with, decoded."""
    links = re.findall(r'"url": "[^"]*#:~:text=([^"&]*)', json.dumps(message.blocks))
    return [unquote(link) for link in dict.fromkeys(links)]


async def test_a_check_opens_on_the_quoted_words_and_not_on_all_of_the_passage(desk: Press) -> None:
    desk.server.pages["/bridge"] = page(OPENING, CLOSED, COST)
    await desk.add("/bridge")
    searched = await desk.newsroom.ask("bolts rusted")
    assert not any(words_.startswith("forty") for words_ in opened(searched))
    exact = await desk.newsroom.ask("check “forty of its bolts had rusted through.”")
    assert opened(exact) == ["forty of its bolts had rusted through."]
    altered = await desk.newsroom.ask("check “nobody in the hall said who would pay for it.”")
    assert opened(altered) == ["nobody in the room said who would pay for it."]
    assert words.OPEN in exact.shown


async def test_a_changed_page_is_checked_against_what_it_said_and_what_it_says(desk: Press) -> None:
    desk.server.pages["/bridge"] = page(OPENING, CLOSED, COST)
    await desk.add("/bridge")
    desk.server.pages["/bridge"] = page(OPENING, MENDED, COST)
    assert "Gazette: 1 document (1 changed)." in await desk.refresh()
    assert check_words.FLAGS[Flag.SUPERSEDED] in (await desk.newsroom.ask(f"check “{CLOSED}”")).shown
    now = await desk.newsroom.ask(f"check “{MENDED}”")
    assert check_words.FLAGS[Flag.SUPERSEDED] not in now.shown
    assert opened(now)[0].startswith("The bridge was closed in March because fifty")
