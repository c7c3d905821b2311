"""Names are found by who types them in plain letters, everywhere; what is shown stays as it was written."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from index.check import Verdict, around, find, read
from index.hit import Span
from index.query import FieldName, parse
from index.query.nodes import Phrase, Word
from index.spans import spans
from index.whoosh_engine import WhooshEngine
from tests.contracts.engine import ask, fill, found
from tests.fakes.corpus import made, reader, spoken

NAMES = [
    ("Walesa", "Wałęsa"),
    ("LODZ", "Łódź"),
    ("sorensen", "Sørensen"),
    ("Dordevic", "Đorđević"),
    ("Igdir", "Iğdır"),
    ("Thor", "Þór"),
    ("Aethelred", "Æthelred"),
    ("Weiss", "Weiß"),
    ("Aliyev", "Əliyev"),
    ("Hawaii", "Hawaiʻi"),
]


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index")
    yield engine
    await engine.close()


async def test_a_name_is_found_by_its_plain_letters(engine: WhooshEngine) -> None:
    texts = [f"They met {written} at the harbor, {written} said." for _, written in NAMES]
    await fill(engine, *(made(f"{at}", text) for at, text in enumerate(texts)))
    for at, (typed, written) in enumerate(NAMES):
        for question in (typed, written, f'"met {typed} at"', f"{typed[:-1]}*", f"{typed}~", f"met NEAR {typed}"):
            hits = (await ask(engine, question)).hits
            assert hits[0].passage.text == texts[at], question
            assert any(written in words for words in found(hits[0])), question


async def test_people_titles_and_publishers_are_found_and_offered_so(engine: WhooshEngine) -> None:
    turn = spoken("a", [("LECH WAŁĘSA", "The harbor is closed.")])
    await fill(engine, turn, made("b", "The harbor is open.", title="Tromsø papers", publisher="Łódź Post"))
    for question in ("harbor speaker:walesa", 'harbor title:"tromso papers"', "harbor publisher:lodz"):
        assert (await ask(engine, question)).total == 1, question
    for field, typed, offered in (
        (FieldName.SPEAKER, "wal", "LECH WAŁĘSA"),
        (FieldName.TITLE, "tromso", "Tromsø papers"),
        (FieldName.PUBLISHER, "lod", "Łódź Post"),
    ):
        assert [choice.value for choice in await engine.facet(field, typed, reader(), limit=3)] == [offered]


def test_where_letters_become_two_the_places_stay_those_of_the_text() -> None:
    text = "Ægir, Weiß and Þór met Ægir."
    assert spans(text, [Word("weiss"), Phrase("thor met aegir")]) == (Span(6, 10), Span(15, 27))


@pytest.mark.parametrize(("typed", "written"), [*NAMES, ("Jose", "José")])
def test_a_check_takes_plain_letters_as_it_takes_any_accent(typed: str, written: str) -> None:
    record = around(text := f"We met {written} at the old harbor.", (), 0, len(text))
    finding = find(read(f"We met {typed} at the old harbor."), record)
    assert finding is not None
    assert finding.verdict is Verdict.PUNCTUATION


def test_the_signs_of_sounds_stand_in_no_term() -> None:
    assert spans("Of Ali, of the Quran", parse("ʿAlī Qurʾān").wanted) == (Span(3, 6), Span(15, 20))
