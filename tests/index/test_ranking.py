"""What comes first, and why: synonyms, dates, order of words, records, spelling; and whether it answers."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from index.hit import Results
from index.query import parse
from index.synonyms import Entry, Synonyms
from index.whoosh_engine import WhooshEngine
from sources.document import Document
from tests.contracts.engine import fill, reader
from tests.fakes.corpus import made

TABLE = Synonyms([["AG", "Attorney General"], ["UN", "United Nations"], ["Zelensky", "Zelenskyy"]])

FILLER = tuple(
    made(f"f{number}", f"The weather of town number {number} was fair and the harbor was calm.") for number in range(60)
)

Asking = Callable[[WhooshEngine], Awaitable[Results]]


def asked(
    folder: Path, documents: Sequence[Document], question: str, *, explain: bool = False, table: Synonyms = TABLE
) -> Results:
    async def ask() -> Results:
        engine = WhooshEngine(folder / "index", synonyms=table)
        try:
            await fill(engine, *documents)
            return await engine.search(replace(parse(question), explain=explain), reader())
        finally:
            await engine.close()

    return asyncio.run(ask())


def places(results: Results) -> list[str]:
    return [hit.document.location for hit in results.hits]


# -- synonyms ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("AG dirt", ["Attorney General", "dirt"]),
        ("zelensky dirt", ["Zelenskyy", "dirt"]),
        ("attorney general memo", ["AG", "memo"]),
    ],
)
def test_another_form_counts_as_the_word_itself(tmp_path: Path, question: str, marked: list[str]) -> None:
    documents = (
        made("1", "The Attorney General and Mr. Zelenskyy spoke of dirt."),
        made("2", "The AG wrote a memo."),
        *FILLER,
    )
    results = asked(tmp_path, documents, question)
    best = results.hits[0]
    assert (results.answered, best.missing) == (True, ())
    assert [best.passage.text[span.start : span.end] for span in best.spans] == marked


def test_the_words_of_a_form_stand_side_by_side(tmp_path: Path) -> None:
    apart = made("1", "The attorney wrote to the general about dirt.")
    results = asked(tmp_path, (apart, *FILLER), "AG dirt")
    assert results.hits[0].missing == ("AG",)


def test_exact_words_are_missing_where_they_stand_apart(tmp_path: Path) -> None:
    results = asked(tmp_path, (made("1", "Foreign money paid for the dirt."), *FILLER), '"foreign dirt"')
    best = results.hits[0]
    assert (results.answered, best.missing) == (False, ("“foreign dirt”",))
    assert [best.passage.text[span.start : span.end] for span in best.spans] == ["Foreign", "dirt"]


def test_exact_words_are_never_widened(tmp_path: Path) -> None:
    results = asked(tmp_path, (made("1", "The Attorney General spoke."), *FILLER), '"AG"')
    assert results.total == 0


def test_a_frequent_form_does_not_outweigh_the_rest_of_the_question(tmp_path: Path) -> None:
    often = [made(f"o{number}", f"The United Nations met in town number {number}.") for number in range(30)]
    both = made("both", "At the UN he spoke of a rocket.")
    results = asked(
        tmp_path, (*often, made("rocket", "A rocket was seen, and a rocket again."), both, *FILLER), "UN rocket"
    )
    assert places(results)[:2] == ["both", "rocket"]


def test_what_a_form_finds_counts_by_its_own_rarity(tmp_path: Path) -> None:
    table = Synonyms([Entry(("meddling",), ("interference",))])
    often = [made(f"o{number}", f"There was interference in town number {number}.") for number in range(30)]
    documents = (*often, made("said", "There was meddling in town number 31."), *FILLER)
    results = asked(tmp_path, documents, "meddling town number", table=table)
    assert places(results)[0] == "said"
    assert {hit.missing for hit in results.hits} == {()}


# -- dates ------------------------------------------------------------------------------------------------


DATED = (
    made("then", "The judge was fired by letter.", published="2017-01-30"),
    made("later", "The judge was fired by letter, in January it was said again.", published="2019-01-05"),
    made("tells", "Of January 2017 it is told that a judge was fired by letter.", published="2021-03-01"),
    made("undated", "The judge was fired by letter and by phone."),
    *FILLER,
)


def test_a_date_in_words_lifts_what_was_published_or_tells_of_it_and_filters_nothing(tmp_path: Path) -> None:
    results = asked(tmp_path, DATED, "judge fired letter january 2017")
    assert set(places(results)[:2]) == {"then", "tells"}
    assert set(places(results)[2:4]) == {"later", "undated"}
    assert results.hits[0].missing == ()


def test_a_wrong_year_does_not_push_the_right_passage_back(tmp_path: Path) -> None:
    stray = made("stray", "A letter of 2016 told of a judge; nobody else was there. " * 3)
    results = asked(tmp_path, (*DATED, stray), "judge fired letter january 2016")
    assert "stray" not in places(results)[:4]
    assert results.answered
    assert results.hits[0].missing[-1] == "2016"


# -- order ------------------------------------------------------------------------------------------------


def test_the_form_and_order_that_were_asked_for_come_first(tmp_path: Path) -> None:
    documents = (
        made("1", "Let every nation know that we shall pay any price, bear any burdens, meet any hardships we must."),
        made("2", "Let every nation know that we shall pay any price, bear any burden, meet any hardship we must."),
        *FILLER,
    )
    assert places(asked(tmp_path, documents, "bear any burden"))[0] == "2"


def test_what_was_remembered_word_for_word_outweighs_more_mentions(tmp_path: Path) -> None:
    scattered = made("1", "Kennedy: you bear heavy loads, and a burden of these days will bear upon Kennedy, a burden.")
    verbatim = made(
        "2", "The world has changed since Kennedy said that we should pay any price, bear any burden at all."
    )
    assert places(asked(tmp_path, (scattered, verbatim, *FILLER), "kennedy bear any burden"))[0] == "2"


def test_a_record_comes_before_what_is_written_about_it_when_scores_are_close(tmp_path: Path) -> None:
    article = made("a", "He spoke of foreign dirt on Monday.", kind="article")
    record = made("r", "He spoke of foreign dirt on Tuesday.", kind="hearing-transcript")
    assert places(asked(tmp_path, (article, record, *FILLER), "foreign dirt")) == ["r", "a"]
    better = made("a", "Foreign dirt, he said: dirt that is foreign, foreign dirt.", kind="article")
    assert places(asked(tmp_path / "2", (better, record, *FILLER), "foreign dirt")) == ["a", "r"]


def test_what_is_lacking_counts_in_part_where_it_stands_close_by(tmp_path: Path) -> None:
    apart = "The envoy asked for foreign dirt, and nobody answered him. " + "Ships came in one by one. " * 6
    beside = "The envoy asked for foreign dirt, and nobody answered him. " + "It was a long day in the harbor. " * 6
    named = "Mr. Halvorsen came in. " + "He wore a hat and a coat and had no umbrella. " * 5
    documents = (made("apart", apart), made("beside", f"{named}\n\n{beside}"), *FILLER)
    results = asked(tmp_path, documents, "halvorsen envoy foreign dirt")
    assert [hit.document.location for hit in results.hits if hit.missing == ("halvorsen",)] == ["beside", "apart"]


def test_no_surroundings_put_what_lacks_a_word_before_what_has_them_all(tmp_path: Path) -> None:
    around = "\n\n".join("Halvorsen, the envoy, told of foreign dirt. " * 6 + f"Day {day}." for day in range(3))
    beside = made("beside", around.replace("Halvorsen", "He", 6))
    whole = made("whole", "Of Halvorsen, the envoy and foreign places there was some talk, and of dirt much later on.")
    results = asked(tmp_path, (beside, whole, *FILLER), "halvorsen envoy foreign dirt")
    missing = [bool(hit.missing) for hit in results.hits]
    assert missing == sorted(missing)


# -- spelling ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "searched"),
    [("solemani", "soleimani"), ("eisenhauer", "eisenhower"), ("kushnar", "kushner"), ("roosvelt", "roosevelt")],
)
def test_a_name_is_found_by_its_sound(tmp_path: Path, typed: str, searched: str) -> None:
    named = made("1", "Soleimani, Eisenhower, Kushner and Roosevelt were named there.")
    assert asked(tmp_path, (named, *FILLER), typed).corrected == ((typed, searched),)


def test_of_what_may_be_meant_the_rest_of_the_question_decides(tmp_path: Path) -> None:
    mayor = [made(f"mayor {number}", "Mayor Suarez of Miami came to the harbor.") for number in range(2)]
    shares = [made(f"bank {number}", f"The shares of bank {number} fell again.") for number in range(30)]
    assert asked(tmp_path, (*mayor, *shares, *FILLER), "suares miami").corrected == (("suares", "suarez"),)
    assert asked(tmp_path / "2", (*mayor, *shares, *FILLER), "suares").corrected == (("suares", "shares"),)


def test_what_sounds_otherwise_and_stands_there_once_was_not_meant(tmp_path: Path) -> None:
    results = asked(tmp_path, (made("1", "The harbar was calm."), *FILLER), "barbar")
    assert results.corrected == ()


def test_a_short_word_gets_only_a_suggestion(tmp_path: Path) -> None:
    results = asked(tmp_path, FILLER, "tawn")
    assert (results.corrected, results.suggestions) == ((), (("tawn", "town"),))


# -- answered ---------------------------------------------------------------------------------------------

STORY = (
    *(
        made(f"s{number}", f"Baghdadi ran into a tunnel, number {number}, and the force went on.")
        for number in range(2)
    ),
    made("raid", "A raid was made there; the raid was long."),
    made("nike", "Nobody but Mr. Holmes, said Mr. Holmes, could tell. It was Holmes and no other."),
    *FILLER,
)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("baghdadi tunnel", True),
        ("baghdadi tunnel raid", True),
        ("baghdadi theranos verdict", False),
        ("weather theranos holmes", False),
        ("theranos", False),
        ('"baghdadi raid"', False),
    ],
)
def test_most_of_a_question_answers_it_unless_a_name_is_missing(tmp_path: Path, question: str, answered: bool) -> None:
    assert asked(tmp_path, STORY, question).answered is answered


def test_a_name_that_stands_close_by_is_not_missing(tmp_path: Path) -> None:
    raid = "The force went on, and there was a raid on the tunnel. " * 5
    close = made("close", f"{'Of all of them only Baghdadi was in it. ' * 5}\n\n{raid}")
    elsewhere = made("elsewhere", "Nobody had seen Baghdadi at all.")
    assert asked(tmp_path, (close, *FILLER), "baghdadi force raid tunnel").answered
    far = (made("far", raid), elsewhere, elsewhere, *FILLER)
    assert not asked(tmp_path / "2", far, "baghdadi raid").answered


# -- why --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "AG dirt",
        "foreign dirt january 2017",
        'what did he say of "foreign dirt"',
        "dirt nowhere harbor",
        "(dirt OR AG) speaker:barr",
        "foreign dirt sort:newest",
        "solemanni dirt",
    ],
)
def test_the_reasons_add_up_to_the_score(tmp_path: Path, question: str) -> None:
    documents = (
        made("1", "The AG spoke of foreign dirt.", title="Foreign dirt", published="2017-01-30", kind="hearing"),
        made("2", "Barr: The Attorney General and Soleimanni spoke of dirt, foreign or not."),
        *FILLER,
    )
    results = asked(tmp_path, documents, question, explain=True)
    for hit in results.hits:
        assert sum(reason.points for reason in hit.reasons) == pytest.approx(hit.score, abs=0.01)
    assert all(not hit.reasons for hit in asked(tmp_path / "2", documents, question).hits)
