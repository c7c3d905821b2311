"""Permalinks in people's messages: shown as the card, where everyone who reads the channel may read it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.roles import Person
from bot.sandbox import Message
from bot.wording import pinboard_words
from tests.scenarios.newsroom import NOTES, SECRET, Newsroom, add_secret, opened

DESK = "https://quotedesk.example.org"
PAGES: dict[str, Any] = {
    "quotedesk_public_url": DESK,
    "quotedesk_secret_key": "k" * 43,
    "slack_bot_token": "xoxb-1",
    "slack_client_id": "1.2",
    "slack_client_secret": "s",
}


@pytest.fixture
async def served(home: Path, mode: str) -> AsyncIterator[Newsroom]:
    """A newsroom with pages of its own."""
    async with opened(home, mode, **PAGES) as running:
        yield running


async def said(newsroom: Newsroom, text: str, where: str = "general", who: str = "ed") -> Message:
    """A message, as it stands once the bot has done what it will."""
    message = await newsroom.sandbox.say_with_links(who, where, text)
    await newsroom.quiet()
    return next(one for one in newsroom.sandbox.messages(where, who) if one.ts == message.ts)


async def pinned(newsroom: Newsroom, words: str) -> str:
    """The address of a new pin's page."""
    person = Person("local", newsroom.ed.id)
    answer = await newsroom.application.desk.answer(person, words)
    view = await newsroom.application.pins.pin(person, answer.cards[0].ref, story="Harbor")
    assert view.permalink is not None
    return view.permalink


async def test_a_pin_and_a_passage_are_shown(served: Newsroom) -> None:
    pin = await pinned(served, "ferry waited")
    answer = await served.application.desk.answer(Person("local", served.ed.id), "miller business")
    permalink = answer.cards[0].permalink
    assert permalink is not None
    message = await said(served, f"Look at {pin} and at {permalink} please")
    assert len(message.unfurls) == 2
    assert NOTES["ferry.txt"].strip() in message.unfurled
    assert NOTES["mill.txt"].strip() in message.unfurled
    assert pinboard_words.MARK in message.unfurled
    assert "story Harbor" in message.unfurled


async def test_nothing_is_shown_where_somebody_may_not_read_it(served: Newsroom, ledger: Path) -> None:
    await add_secret(served, ledger, served.ed.id)
    pin = await pinned(served, "ledger smugglers")
    message = await said(served, f"See {pin}")
    assert not message.unfurls
    assert SECRET not in str([one.blocks for one in served.sandbox.messages("general", "rita")])
    served.sandbox.add_channel("eds", (served.ed,), private=True)
    assert SECRET in (await said(served, f"See {pin}", "eds")).unfurled


async def test_a_link_of_somebody_who_may_not_read_it_shows_nothing(served: Newsroom, ledger: Path) -> None:
    await add_secret(served, ledger, served.ed.id)
    pin = await pinned(served, "ledger smugglers")
    assert not (await said(served, f"See {pin}", who="rita")).unfurls


@pytest.mark.parametrize("path", ["/p/000000000000", "/d/none?v=1&at=0-5", "/d/none", "/search?q=tide", "/p/a/b"])
async def test_what_is_no_card_shows_nothing_and_says_nothing(served: Newsroom, path: str) -> None:
    seen = len(served.sandbox.messages("general", "ed"))
    assert not (await said(served, f"See {DESK}{path}")).unfurls
    assert len(served.sandbox.messages("general", "ed")) == seen + 1


async def test_a_pin_that_was_taken_down_is_not_shown(served: Newsroom) -> None:
    pin = await pinned(served, "ferry waited")
    await served.application.pins.unpin(Person("local", served.ed.id), pin.rpartition("/")[2])
    assert not (await said(served, f"See {pin}")).unfurls


async def test_a_desk_without_pages_shows_nothing(newsroom: Newsroom) -> None:
    assert not (await said(newsroom, f"See {DESK}/p/000000000000")).unfurls
