"""A misspelling that the sources have themselves: another word is offered, and what was typed is what is searched."""

from dataclasses import replace
from pathlib import Path

import pytest

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


BLANKS = [
    made("a", "The choirboy sang at the pier."),
    made("b", "The treaty of Tien-tsin was kept by the harbor."),
    made("c", "A choir sang for the boy at the treaty."),
    made("d", "The footmen of the harbor sang."),
]


@pytest.mark.parametrize("question", ["tientsin treaty", "treaty TIENTSIN", "harbor tientsin kept"])
async def test_a_word_that_occurs_nowhere_is_also_two_side_by_side(tmp_path: Path, question: str) -> None:
    found = await _asked(tmp_path, question, *BLANKS)
    ((_, searched),) = found.corrected
    assert (searched, found.total, found.answered) == ("tien tsin", 1, True)
    assert "Tien-tsin" in found.hits[0].passage.text
    marked = [found.hits[0].passage.text[span.start : span.end] for span in found.hits[0].spans]
    assert "Tien-tsin" in marked


async def test_two_words_that_never_stand_side_by_side_are_also_one(tmp_path: Path) -> None:
    found = await _asked(tmp_path, "choir boys pier", *BLANKS)
    assert (found.suggestions, found.corrected, found.total) == ((("choir boys", "choirboys"),), (), 1)
    assert found.hits[0].passage.text == "The choirboy sang at the pier."


async def test_words_that_stand_side_by_side_somewhere_are_meant_so(tmp_path: Path) -> None:
    found = await _asked(tmp_path, "choir boy", *BLANKS, made("e", "Each choir boy sang."))
    assert (found.suggestions, found.hits[0].passage.text) == ((), "Each choir boy sang.")


async def test_a_slip_goes_before_parts_that_are_less_frequent(tmp_path: Path) -> None:
    few = made("a", "In the car Pett slept.")
    found = await _asked(tmp_path, "carpett", few, *(made(f"{n}", f"The carpet of hall {n}.") for n in range(9)))
    assert found.corrected == (("carpett", "carpet"),)


async def test_parts_that_may_not_be_read_are_never_told(tmp_path: Path) -> None:
    closed = [replace(document, source_id="closed") for document in BLANKS]
    for question in ("tientsin", "choir boys"):
        found = await _asked(tmp_path, question, *closed, made("z", "A choir sang. A tien. Boys of tsin."))
        assert (found.corrected, found.suggestions) == ((), ())
