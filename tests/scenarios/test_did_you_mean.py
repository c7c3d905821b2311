"""A word that occurs nowhere: another is searched, said so, and the way back is one click."""

from pathlib import Path

from bot.roles import operator
from bot.wording import asking_words, words
from tests.scenarios.newsroom import Newsroom


async def test_what_was_searched_instead_is_told_and_the_typed_word_can_be_searched(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("ferrry bell")
    assert "“ferrry” occurs nowhere here; “ferry” was searched instead." in answer.shown
    await newsroom.sandbox.click("rita", answer, asking_words.search_instead("ferrry"))
    await newsroom.quiet()
    exact = newsroom.sandbox.messages("general", "rita")[-1]
    assert "the exact words “ferrry”" in exact.shown
    assert exact.shown.startswith(words.NEAREST)
    assert not any("Instead" in label for label in exact.buttons)
    assert exact.ephemeral


async def test_a_word_found_as_it_was_typed_offers_nothing(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("ferry bell")
    assert words.SEARCH_INSTEAD not in answer.buttons
    assert not any("Instead" in label for label in answer.buttons)


async def test_a_slip_of_the_sources_own_is_searched_as_typed_and_what_was_meant_is_offered(
    newsroom: Newsroom, ledger: Path
) -> None:
    (ledger / "slip.txt").write_text("A smugler paid the watchman in silver.\n", encoding="utf-8")
    for number in range(101):
        text = f"The smuggler of pier {number} was never seen again.\n"
        (ledger / f"{number}.txt").write_text(text, encoding="utf-8")
    await newsroom.application.holdings.add(operator(), str(ledger), name="ledger")
    answer = await newsroom.ask("smugler")
    assert answer.shown.startswith("1 passage. Words: smugler.")
    assert words.suggested("smugler", "smuggler") in answer.shown
    await newsroom.sandbox.click("rita", answer, asking_words.search_instead("smuggler"))
    await newsroom.quiet()
    assert newsroom.sandbox.messages("general", "rita")[-1].shown.startswith("101 passages.")
