"""A misspelling that the sources have themselves: another word is offered, and what was typed is what is searched."""

from pathlib import Path

from index.hit import Results
from index.query import parse
from index.whoosh_engine import WhooshEngine
from sources.document import Document
from tests.contracts.engine import fill, reader
from tests.fakes.corpus import made

RIGHT = [made(f"right {n}.txt", f"The smuggler of harbor {n} was seen at the pier.") for n in range(320)]
SLIPS = [made(f"slip {n}.txt", f"A smugler paid the watchman of pier {n} in silver.") for n in range(3)]


async def _asked(folder: Path, question: str, *documents: Document) -> Results:
    engine = WhooshEngine(folder)
    await fill(engine, *documents)
    found = await engine.search(parse(question), reader())
    await engine.close()
    return found


async def test_a_slip_that_occurs_a_few_times_gets_an_offer_and_is_searched_as_typed(tmp_path: Path) -> None:
    found = await _asked(tmp_path, "smugler silver", *RIGHT, *SLIPS)
    assert found.suggestions == (("smugler", "smuggler"),)
    assert (found.corrected, found.total, found.answered) == ((), 3, True)


async def test_what_was_meant_is_searched_beside_a_slip_that_has_nothing_to_do_with_the_question(
    tmp_path: Path,
) -> None:
    found = await _asked(tmp_path, "smugler harbor pier", *RIGHT, *SLIPS)
    assert (found.suggestions, found.corrected) == ((("smugler", "smuggler"),), ())
    assert found.total == len(RIGHT)


async def test_a_rare_word_beside_one_not_much_more_frequent_gets_none(tmp_path: Path) -> None:
    assert (await _asked(tmp_path, "smugler silver", *RIGHT[:299], *SLIPS)).suggestions == ()


async def test_another_form_of_a_frequent_word_is_no_slip(tmp_path: Path) -> None:
    plural = made("plural.txt", "Smugglers like silver.")
    assert (await _asked(tmp_path, "smugglers silver", *RIGHT, plural)).suggestions == ()


async def test_what_may_not_be_read_is_never_offered(tmp_path: Path) -> None:
    closed = [made(f"{n}.txt", "The smuggler was seen at the pier.", source="closed") for n in range(320)]
    assert (await _asked(tmp_path, "smugler silver", *closed, *SLIPS)).suggestions == ()
