"""Who said it first: by command and from a card."""

from pathlib import Path

import pytest

from bot.roles import operator
from bot.sandbox import Message
from bot.slack.blocks import buttons
from bot.wording import asking_words, words
from tests.scenarios.newsroom import Newsroom

NOTES = {
    "late": ("2019-06-12", "They offered foreign dirt, he said again."),
    "early": ("2016-07", "It was called Foreign Dirt in those days."),
    "undated": ("", "Somebody spoke of foreign dirt."),
}


@pytest.fixture
async def dirt(newsroom: Newsroom, ledger: Path) -> Newsroom:
    await add_notes(newsroom, ledger)
    return newsroom


async def add_notes(newsroom: Newsroom, folder: Path, *visible_to: str) -> None:
    for name, (date, text) in NOTES.items():
        dated = f"date: {date}\n" if date else ""
        (folder / f"{name}.md").write_text(f"---\ntitle: The {name} note\n{dated}---\n\n{text}\n", encoding="utf-8")
    await newsroom.application.holdings.add(operator(), str(folder), name="dirt", visible_to=frozenset(visible_to))


def order(message: Message) -> list[str]:
    """The titles' words, in the order in which they are shown."""
    at = {name: message.shown.find(f"The {name} note") for name in NOTES}
    return [name for name in sorted(at, key=lambda name: at[name]) if at[name] >= 0]


async def test_places_come_in_the_order_of_time_with_the_undated_apart(dirt: Newsroom) -> None:
    told = await dirt.ask("first “foreign dirt”")
    assert told.ephemeral
    assert told.shown.startswith("“foreign dirt” stands in 3 places here, 1 of them undated.")
    assert asking_words.EARLIEST_SURE in told.shown
    assert "1 undated place may be earlier." in told.shown
    assert order(told) == ["early", "late", "undated"]
    assert told.shown.index(asking_words.UNDATED_TITLE) > told.shown.index("The late note")
    assert "published July 2016" in told.shown
    assert "Foreign Dirt" in told.text
    await dirt.sandbox.click("rita", told, words.SEARCH_INSTEAD)
    await dirt.quiet()
    assert "first" in dirt.sandbox.messages("general", "rita")[-1].shown


async def test_a_card_tells_of_the_exact_words_that_were_asked_for(dirt: Newsroom) -> None:
    answer = await dirt.ask('"foreign dirt" again')
    await dirt.sandbox.choose("rita", answer, buttons.MORE_ACTIONS, asking_words.WHO_FIRST, nth=0)
    await dirt.quiet()
    told = dirt.sandbox.messages("general", "rita")[-1]
    assert order(told) == ["early", "late", "undated"]


async def test_a_card_without_exact_words_tells_of_its_own(dirt: Newsroom) -> None:
    answer = await dirt.ask("ferry evening bell")
    await dirt.sandbox.choose("rita", answer, buttons.MORE_ACTIONS, asking_words.WHO_FIRST)
    await dirt.quiet()
    told = dirt.sandbox.messages("general", "rita")[-1]
    assert told.shown.startswith("“The ferry waited for the tide until the evening bell.” stands in 1 place here.")


async def test_limited_places_are_neither_shown_nor_counted_nor_compared(newsroom: Newsroom, ledger: Path) -> None:
    await add_notes(newsroom, ledger, newsroom.ed.id)
    assert (await newsroom.ask("first “foreign dirt”")).shown.startswith(asking_words.nowhere("foreign dirt"))
    assert "3 places" in (await newsroom.ask("first “foreign dirt”", who="ed")).shown


async def test_no_words_are_told_how_to_ask(newsroom: Newsroom) -> None:
    assert (await newsroom.ask("first “…”")).shown == asking_words.NO_WORDS
