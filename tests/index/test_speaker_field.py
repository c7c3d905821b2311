"""`speaker:` finds people by any known form of their name, who speak or are quoted."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from index.port import EngineStatus
from index.split import split
from index.whoosh_engine import WhooshEngine
from sources.attribution import attributions
from sources.document import Certainty, Speaker
from sources.people import People, Person
from tests.contracts.engine import ask, fill
from tests.fakes.corpus import made, spoken

PEOPLE = People(
    [
        Person("William Barr", ("Bill Barr", "William P. Barr")),
        Person("Donald Trump", ("President Trump",)),
        Person("Donald Trump Jr."),
        Person("George Kent", shared=True),
    ]
)
LABELS = ("BARR", "Mr. Barr", "William Barr", "ATTORNEY GENERAL BARR")
ARTICLE = (
    "The mayor spoke first, and nobody listened.\n\nAttorney General Bill Barr was asked about the harbor. "
    "“I would close it,” Barr said, and the mayor left the room without a word to anybody in it."
)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index", people=PEOPLE)
    yield engine
    await engine.close()


@pytest.mark.parametrize(
    "name",
    [
        "Barr",
        '"Bill Barr"',
        '"William Barr"',
        '"Attorney General William Barr"',
        '"AG Barr"',
        '"Mr. Barr"',
        "(Bill Barr)",
        "(Comey OR Barr)",
        "william",
    ],
)
async def test_any_form_of_a_name_finds_the_turns_under_every_other(engine: WhooshEngine, name: str) -> None:
    turns = [spoken(label, [(label, "The harbor is closed.")]) for label in LABELS]
    await fill(engine, *turns, spoken("x", [("Mr. Moss", "The harbor is closed.")]))
    results = await ask(engine, f"harbor speaker:{name}")
    assert {hit.document.location for hit in results.hits} == set(LABELS)
    labels = {hit.passage.speaker.label for hit in results.hits if hit.passage.speaker}
    assert labels == set(LABELS), "what is shown stays the record's own label"


async def test_an_excluded_speaker_is_excluded_under_every_name(engine: WhooshEngine) -> None:
    await fill(engine, spoken("a", [("BARR", "The harbor is closed.")]), spoken("b", [("MOSS", "The harbor is open.")]))
    results = await ask(engine, 'harbor -speaker:"Bill Barr"')
    assert [hit.document.location for hit in results.hits] == ["b"]


async def test_relatives_and_strangers_of_one_surname_are_not_each_other(engine: WhooshEngine) -> None:
    said = "The harbor is closed."
    await fill(
        engine,
        spoken("senior", [("PRESIDENT TRUMP", said)]),
        spoken("junior", [("Donald Trump Jr.", said)]),
        spoken("named", [("Mr. Kent", "I am George Kent of the harbor.")]),
        spoken("stranger", [("Mr. Kent", said)]),
    )
    found = {name: {h.document.location for h in (await ask(engine, f"harbor speaker:{name}")).hits} for name in WANTED}
    assert found == WANTED


WANTED = {'"President Donald Trump"': {"senior"}, '"Donald Trump Jr."': {"junior"}, '"George Kent"': {"named"}}


async def test_an_article_is_found_by_whom_it_quotes_and_stays_whole(engine: WhooshEngine) -> None:
    document = made("article", ARTICLE, marks=attributions(ARTICLE))
    await fill(engine, document)
    (hit,) = (await ask(engine, 'speaker:"William Barr" harbor')).hits
    (quote,) = hit.passage.quotes
    assert hit.passage.speaker is None
    assert hit.passage.text[quote.start : quote.end] == "I would close it,"
    assert quote.speaker == Speaker("Barr", "Bill Barr", Certainty.GUESS)
    assert [passage.text for passage in split(document, 1)] == [ARTICLE]


async def test_the_forms_of_a_speaker_are_no_words_of_the_passage(engine: WhooshEngine) -> None:
    await fill(engine, spoken("a", [("BARR", "The harbor is closed.")]))
    results = await ask(engine, "harbor bill")
    assert not results.answered


async def test_an_index_made_with_another_table_is_outdated(engine: WhooshEngine, tmp_path: Path) -> None:
    await fill(engine, spoken("a", [("BARR", "The harbor is closed.")]))

    async def status(people: People) -> EngineStatus:
        other = WhooshEngine(tmp_path / "index", people=people)
        try:
            return await other.status()
        finally:
            await other.close()

    assert not (await status(PEOPLE)).outdated
    assert (await status(People([*PEOPLE.people, Person("Ada Moss")]))).outdated
