"""What every engine must tell of its fields and of first utterances. An engine's test module subclasses both and gives
them an `engine` fixture; the table of people is `TABLE`."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from index.port import Access, Choice, Engine, Utterances, Year
from index.query import FieldName, parse
from sources.document import Certainty, Document, Mark, PartialDate, Speaker
from sources.people import People, Person
from tests.contracts.engine import ask, fill
from tests.fakes.corpus import batch, made, reader, spoken

TABLE = People([Person("William Barr", ("Bill Barr", "Attorney General Barr"))])

HEARING = spoken("hearing", [("MR. BARR", "It was so."), ("SENATOR LEE", "Was it?"), ("Bill Barr", "It was.")])
QUOTED = made("news", "It rained. “I never said so,” he said.", title="What Barr Said", publisher="The Gazette")
QUOTING = replace(QUOTED, marks=(Mark(11, 29, Speaker("Attorney General Barr", certainty=Certainty.GUESS)),))


async def choose(engine: Engine, field: FieldName, typed: str = "", access: Access | None = None) -> Sequence[Choice]:
    return await engine.facet(field, typed, access or reader())


async def said(engine: Engine, words: str, access: Access | None = None, limit: int = 10) -> Utterances:
    return await engine.utterances(words, access or reader(), limit)


def a_note(name: str, **facts: Any) -> Document:
    return made(name, f"A note of {name}.", **facts)


class FacetContract:
    async def test_a_person_is_one_choice_under_every_form_of_the_name(self, engine: Engine) -> None:
        await fill(engine, HEARING)
        for typed in ("", "barr", "BILL", "william b", "attorney barr"):
            assert Choice("William Barr", 2) in await choose(engine, FieldName.SPEAKER, typed), typed
        assert await choose(engine, FieldName.SPEAKER, "lee") == [Choice("SENATOR LEE", 1)]
        assert await choose(engine, FieldName.SPEAKER, "bob") == []

    async def test_a_choice_of_speaker_counts_what_asking_for_it_finds(self, engine: Engine) -> None:
        await fill(engine, HEARING, QUOTING)
        for choice in await choose(engine, FieldName.SPEAKER):
            results = await ask(engine, f'speaker:"{choice.value}"')
            assert results.total == choice.passages, choice

    async def test_titles_are_found_by_the_beginning_of_any_word_and_those_that_begin_so_come_first(
        self, engine: Engine
    ) -> None:
        await fill(
            engine,
            a_note("1", title="The Élysée papers"),
            a_note("2", title="Papers of the Élysée"),
            a_note("3", title="The Élysée papers"),
            a_note("4"),
        )
        assert await choose(engine, FieldName.TITLE, "elysee PAP") == [
            Choice("The Élysée papers", 2),
            Choice("Papers of the Élysée", 1),
        ]
        assert (await choose(engine, FieldName.TITLE, "papers"))[0] == Choice("Papers of the Élysée", 1)
        assert await choose(engine, FieldName.TITLE, "lysee") == []
        assert len(await engine.facet(FieldName.TITLE, "", reader(), limit=1)) == 1

    async def test_publishers_kinds_and_sources_are_counted_by_passages(self, engine: Engine) -> None:
        two = a_note("2", publisher="the gazette", kind="news", source="t")
        await fill(engine, a_note("1", publisher="The Gazette", kind="news"), two, HEARING)
        both = reader("s", "t")
        assert [(c.value.casefold(), c.passages) for c in await choose(engine, FieldName.PUBLISHER, "", both)] == [
            ("the gazette", 2)
        ]
        assert await choose(engine, FieldName.TYPE, "ne", both) == [Choice("news", 2)]
        assert set(await choose(engine, FieldName.SOURCE, "", both)) == {Choice("s", 4), Choice("t", 1)}
        assert await choose(engine, FieldName.PAGE, "", both) == []

    async def test_nothing_of_what_cannot_be_read_is_offered_or_counted(self, engine: Engine) -> None:
        limited = replace(
            spoken("closed", [("Bill Barr", "In secret."), ("Deep Throat", "Follow the money.")]), source_id="closed"
        )
        await fill(engine, HEARING, replace(limited, id="other"), a_note("x", workspace="elsewhere", title="Elsewhere"))
        assert await choose(engine, FieldName.SPEAKER, "throat") == []
        assert await choose(engine, FieldName.SPEAKER, "barr") == [Choice("William Barr", 2)]
        assert await choose(engine, FieldName.SPEAKER, "barr", reader("s", "closed")) == [Choice("William Barr", 3)]
        assert await choose(engine, FieldName.SOURCE) == [Choice("s", 3)]
        assert await choose(engine, FieldName.TITLE, "else", reader("s", "closed")) == []
        assert await choose(engine, FieldName.SPEAKER, "", Access("w", frozenset())) == []

    async def test_what_is_removed_is_no_choice_any_more(self, engine: Engine) -> None:
        await fill(engine, HEARING, QUOTING)
        await engine.apply(batch([], [HEARING.id], sequence=2))
        assert await choose(engine, FieldName.SPEAKER) == [Choice("William Barr", 1)]
        await engine.apply(batch([a_note("late", title="Late News")], sequence=3))
        assert await choose(engine, FieldName.TITLE, "late") == [Choice("Late News", 1)]

    async def test_an_index_of_nothing_offers_nothing(self, engine: Engine) -> None:
        await fill(engine)
        for field in FieldName:
            assert await choose(engine, field) == []


class BreakdownContract:
    async def test_it_counts_what_the_total_counts_and_nothing_else(self, engine: Engine) -> None:
        await fill(
            engine,
            made("a", "A harbor vote.", published="2016-07", publisher="The Gazette", kind="news"),
            made("b", "A harbor vote!", published="2016-11-08", publisher="the gazette", kind="news"),
            made("c", "The harbor.", published="2016", publisher="The Echo"),
            made("d", "A vote on the harbor.", published="2018-01-01", publisher="The Echo", kind="report"),
            made("e", "A harbor vote, undated."),
            replace(made("f", "A harbor vote of two years."), published=PartialDate.parse("2016-12", end="2017-01")),
            made("closed", "A harbor vote.", published="1999", publisher="The Secret", source="closed"),
        )
        for question in ("harbor vote", "harbor vote -echo", '"harbor vote"', "harbor vote after:2016", "vote kind"):
            found = await engine.breakdown(parse(question), reader())
            assert found.total == (await ask(engine, question)).total, question
            assert sum(year.passages for year in found.years) + found.undated + found.vague == found.total
        found = await engine.breakdown(parse("harbor vote"), reader())
        assert [(one.value.casefold(), one.passages) for one in found.publishers] == [
            ("the gazette", 2),
            ("the echo", 1),
        ]
        assert found.kinds == (Choice("news", 2), Choice("report", 1))
        assert (found.years, found.undated, found.vague) == ((Year(2016, 2), Year(2018, 1)), 1, 1)

    async def test_to_ask_for_what_it_names_finds_as_many(self, engine: Engine) -> None:
        await fill(engine, HEARING, QUOTING, made("x", "It was.", published="2019-03"))
        found = await engine.breakdown(parse("was OR said"), reader())
        assert found.speakers[0].value == "William Barr"
        for speaker in found.speakers:
            asked = await ask(engine, f'(was OR said) speaker:"{speaker.value}"')
            assert asked.total == speaker.passages
        assert (await ask(engine, "(was OR said) on:2019")).total == found.years[0].passages

    async def test_where_nothing_has_it_all_there_is_nothing_to_count(self, engine: Engine) -> None:
        await fill(engine, HEARING)
        for question in ("order bridge", '"never said so"', "bridge"):
            found = await engine.breakdown(parse(question), reader())
            assert (found.total, found.speakers, found.years, found.undated) == (0, (), (), 0), question
        assert (await engine.breakdown(parse("was"), Access("w", frozenset()))).total == 0


class UtteranceContract:
    async def test_the_places_of_a_phrase_come_in_the_order_of_time(self, engine: Engine) -> None:
        await fill(
            engine,
            made("late", "They spoke of foreign dirt again.", published="2019-06-12"),
            made("early", "It was Foreign Dirt; foreign dirt, they said.", published="2016-07"),
            made("never", "Foreign matter, and dirt.", published="2001"),
            made("some day", "Someone mentioned foreign dirt."),
        )
        found = await said(engine, "foreign dirt")
        assert [place.document.location for place in found.dated] == ["early", "late"]
        assert [place.document.location for place in found.undated] == ["some day"]
        assert (found.total_dated, found.total_undated, found.earliest) == (2, 1, True)
        first = found.dated[0]
        assert [first.passage.text[s.start : s.end] for s in first.spans] == ["Foreign Dirt", "foreign dirt"]

    async def test_the_earliest_is_told_only_where_no_other_date_can_be_as_early(self, engine: Engine) -> None:
        await fill(engine, made("a", "A word.", published="2016"), made("b", "A word.", published="2016-07-25"))
        assert not (await said(engine, "a word")).earliest
        await engine.apply(batch([made("c", "A word.", published="2015-12-31")], sequence=2))
        assert (await said(engine, "a word")).earliest
        await fill(engine, made("a", "A word.", published="2016"))
        assert not (await said(engine, "a word")).earliest

    async def test_only_so_many_are_given_and_all_are_counted(self, engine: Engine) -> None:
        await fill(engine, *(made(f"{n}", "The same words.", published=f"20{n}") for n in range(10, 30)))
        found = await said(engine, "same words", limit=3)
        assert [place.document.location for place in found.dated] == ["10", "11", "12"]
        assert found.total_dated == 20

    async def test_each_speaker_of_a_document_comes_once_where_they_say_it_first(self, engine: Engine) -> None:
        turns = [("A", "The same words, once."), ("B", "The same words!"), ("A", "The same words, twice.")]
        await fill(engine, spoken("talk", turns, published="2016"), made("print", "The same words.", published="2017"))
        found = await said(engine, "same words")
        assert [place.passage.text for place in found.dated] == [
            "A: The same words, once.",
            "B: The same words!",
            "The same words.",
        ]
        assert (found.total_dated, found.earliest) == (3, False)

    async def test_words_that_run_over_two_passages_are_one_place(self, engine: Engine) -> None:
        await fill(engine, made("a", "He looked at the harbor\n\nmaster and left.", published="2016"))
        (place,) = (await said(engine, "harbor master")).dated
        assert place.passage.text == "He looked at the harbor\n\nmaster and left."

    async def test_what_cannot_be_read_is_neither_told_nor_counted_nor_compared(self, engine: Engine) -> None:
        limited = made("closed", "A word.", published="2001", source="closed")
        await fill(engine, limited, made("a", "A word.", published="2016"), made("b", "A word.", published="2017"))
        found = await said(engine, "a word")
        assert ([p.document.location for p in found.dated], found.total_dated, found.earliest) == (["a", "b"], 2, True)
        assert (await said(engine, "a word", reader("closed", "s"))).total_dated == 3
        assert (await said(engine, "nowhere at all")).dated == ()
        assert (await said(engine, "…")).total_dated == 0
