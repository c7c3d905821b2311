"""Copies of a passage, however their documents are cut: one hit, and every place told exactly and to those who may."""

import asyncio
import re
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import terms
from index.hit import MOST_COPIES, Copy, Hit, Results
from index.query import parse
from index.whoosh_engine import WhooshEngine
from sources.document import Document
from tests.contracts.engine import ask, fill
from tests.fakes.corpus import batch, batches, made, reader, spoken

SPEECH = (
    "The committee met in the morning to hear what the ambassador had to say about the letters. "
    "He answered that “no letter was ever sent from the embassy in London”, and that nobody had asked for one."
)
STRAIGHT = SPEECH.replace("“", '"').replace("”", '"').upper()
EDITED = SPEECH.replace("in the morning ", "").replace("nobody", "no one")
OTHER = "Elsewhere the harbor was closed until noon because of a storm that came in from the north. " * 3


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[WhooshEngine]:
    engine = WhooshEngine(tmp_path / "index")
    yield engine
    await engine.close()


def where(copies: tuple[Copy, ...]) -> list[str]:
    return sorted(copy.document.location for copy in copies)


def the_slice(copy: Copy, *documents: Document) -> str:
    (text,) = (document.text for document in documents if document.id == copy.document.id)
    return text[copy.start : copy.end]


def split_anew(text: str) -> str:
    """The same words in paragraphs that begin elsewhere, with other words before and after."""
    before, after = text[:60].rsplit(" ", 1)
    return f"{OTHER}\n\n{OTHER} {before}\n{after}{text[60:]} {OTHER}"


async def test_copies_that_were_cut_elsewhere_are_one_hit_with_their_own_offsets(engine: WhooshEngine) -> None:
    documents = (made("a", SPEECH), made("b", split_anew(STRAIGHT)), made("c", f"{OTHER}\n\n{SPEECH}\n\n{OTHER}"))
    await fill(engine, *documents)
    results = await ask(engine, "ambassador letters embassy")
    assert [hit.missing for hit in results.hits] == [()]
    (hit,) = results.hits
    assert (hit.document.location, where(hit.also_in), hit.similar_in) == ("a", ["b", "c"], ())
    assert {re.sub(r"\s+", " ", the_slice(copy, *documents)).casefold() for copy in hit.also_in} == {
        SPEECH.casefold(),
        STRAIGHT.casefold(),
    }


async def test_of_very_many_lightly_edited_copies_some_are_told_and_all_are_one_hit(engine: WhooshEngine) -> None:
    many = [made(f"m{number:03}", SPEECH.replace("nobody", f"number{number}")) for number in range(MOST_COPIES + 9)]
    await fill(engine, *many)
    (hit,) = (await ask(engine, "ambassador letters embassy")).hits
    assert len(set(where(hit.similar_in))) == len(hit.similar_in) == MOST_COPIES


async def test_of_very_many_copies_some_are_told_and_all_are_one_hit(engine: WhooshEngine) -> None:
    copies = [made(f"m{number:03}", SPEECH, published="2019-05-02") for number in range(MOST_COPIES + 9)]
    first = made("first", SPEECH + f"\n\n{OTHER * 6}\n\n{SPEECH}" * (MOST_COPIES + 2), published="2019-05-01")
    await fill(engine, *copies)
    await engine.apply(batch([first], sequence=2))
    (hit,) = (await ask(engine, "ambassador letters embassy sort:oldest")).hits
    assert (hit.document.location, len(hit.elsewhere), hit.earliest) == ("first", MOST_COPIES, False)
    assert len(set(where(hit.also_in))) == len(hit.also_in) == MOST_COPIES


async def test_a_long_list_of_edited_copies_is_one_hit_on_every_page(engine: WhooshEngine) -> None:
    many = [made(f"m{number:03}", f"{OTHER}\n\n{SPEECH.replace('nobody', f'number{number}')}") for number in range(120)]
    await fill(engine, *many, made("other", "An ambassador came to the embassy. Another letter was sent, and more."))
    hits = (await ask(engine, "ambassador letter embassy")).hits
    assert sorted(hit.document.location[0] for hit in hits) == ["m", "o"]
    assert max(len(hit.similar_in) for hit in hits) == MOST_COPIES


async def test_a_lightly_edited_copy_is_told_as_similar(engine: WhooshEngine) -> None:
    documents = (made("a", SPEECH), made("b", f"{OTHER}\n\n{EDITED}\n\n{OTHER}"))
    await fill(engine, *documents)
    (hit,) = (await ask(engine, "ambassador letters morning")).hits
    assert (hit.also_in, where(hit.similar_in)) == ((), ["b"])
    assert the_slice(hit.similar_in[0], *documents).strip(".") == EDITED.strip(".")


async def test_another_place_in_the_same_document_is_told_apart(engine: WhooshEngine) -> None:
    documents = (made("a", f"{SPEECH}\n\n{OTHER}\n\n{STRAIGHT}"), made("b", SPEECH))
    await fill(engine, *documents)
    results = await ask(engine, "ambassador letters embassy")
    (hit,) = results.hits
    assert (results.total, where(hit.also_in)) == (3, ["b" if hit.document.location == "a" else "a"] * len(hit.also_in))
    within = [*hit.elsewhere] if hit.document.location == "a" else []
    assert all(copy.document.id == hit.document.id for copy in hit.elsewhere)
    assert {hit.document.location, *where(hit.also_in)} == {"a", "b"}
    assert len(hit.also_in) + len(hit.elsewhere) == 2
    assert [terms(the_slice(copy, *documents)) for copy in within] == [terms(SPEECH)] * len(within)


async def test_a_refrain_of_one_document_is_one_hit_and_no_copy(engine: WhooshEngine) -> None:
    await fill(engine, made("a", f"{SPEECH}\n\n{OTHER}\n\n{SPEECH}"))
    (hit,) = (await ask(engine, "ambassador letters embassy")).hits
    assert (hit.also_in, hit.similar_in, len(hit.elsewhere), hit.earliest) == ((), (), 1, False)


async def test_a_lightly_edited_place_in_the_same_document_is_a_hit_of_its_own(engine: WhooshEngine) -> None:
    await fill(engine, made("a", f"{SPEECH}\n\n{OTHER}\n\n{EDITED}"))
    hits = (await ask(engine, "ambassador letters embassy")).hits
    assert len(hits) == 2
    assert not any(hit.also_in or hit.similar_in or hit.elsewhere for hit in hits)


async def test_the_total_counts_copies_that_fold(engine: WhooshEngine) -> None:
    await fill(engine, made("a", SPEECH), made("b", STRAIGHT), made("c", EDITED))
    results = await ask(engine, "ambassador letters")
    assert (len(results.hits), results.total) == (1, 3)


@pytest.mark.parametrize(
    "other",
    [
        SPEECH.replace("committee", "board").replace("ambassador", "minister").replace("letters", "calls")[:90],
        "An ambassador wrote letters to the committee about the embassy in London, and asked for a morning to meet.",
        "The ambassador had letters.",
    ],
)
async def test_what_only_sounds_alike_stays_a_hit_of_its_own(engine: WhooshEngine, other: str) -> None:
    await fill(engine, made("a", SPEECH), made("b", other))
    results = await ask(engine, "committee ambassador letters minister calls")
    assert sorted(hit.document.location for hit in results.hits) == ["a", "b"]
    assert not any(hit.also_in or hit.similar_in for hit in results.hits)


async def test_a_long_passage_that_quotes_a_short_one_stays_beside_it(engine: WhooshEngine) -> None:
    quoted = "No letter was ever sent from the embassy in London."
    article = f"{OTHER} He told reporters: “{quoted}” {OTHER}"
    await fill(engine, made("turn", quoted), made("article", article))
    results = await ask(engine, "letter embassy London")
    assert [hit.document.location for hit in results.hits] == ["turn", "article"]
    assert [where(hit.also_in) for hit in results.hits] == [["article"], []]


async def test_an_asked_word_that_only_the_copy_holds_keeps_it_a_hit(engine: WhooshEngine) -> None:
    await fill(engine, made("a", f"{SPEECH} A kiosk opened."), made("b", f"{SPEECH} A courier came."))
    assert len((await ask(engine, "ambassador")).hits) == 1
    assert len((await ask(engine, "ambassador kiosk courier")).hits) == 2


async def test_copies_over_two_passages_of_one_document_and_in_another_segment(engine: WhooshEngine) -> None:
    turns = [("Ms. Ray", SPEECH[:90].strip()), ("Ms. Ray", SPEECH[90:].strip())]
    hearing = spoken("hearing", turns)
    bare = made("bare", hearing.text.replace("Ms. Ray: ", ""))
    await fill(engine, bare)
    whole = made("whole", SPEECH)
    await engine.apply(batch([whole], sequence=2))
    (hit,) = (await ask(engine, "ambassador letters embassy")).hits
    assert {hit.document.location, *where(hit.also_in)} == {"bare", "whole"}


async def test_of_equal_copies_the_one_with_a_date_is_shown(engine: WhooshEngine) -> None:
    await fill(engine, made("a", SPEECH), made("b", SPEECH, published="2019-05-01"))
    (hit,) = (await ask(engine, "ambassador letters")).hits
    assert (hit.document.location, where(hit.also_in)) == ("b", ["a"])


@pytest.mark.parametrize(
    ("dates", "earliest"),
    [
        (("2019-05-01", "2019-05-02", "2019-06"), True),
        (("2019-05-01", "2019-05-01", "2019-06"), False),
        (("2019-05-01", "2019-05", "2019-06"), False),
        (("2019-05", "2019-06-01", "2020"), True),
        (("2019", "2019-06-01", "2020"), False),
        (("2019-05-01", "2019-05-02", None), False),
        ((None, None, None), False),
    ],
)
async def test_earliest_is_said_only_where_no_dates_overlap(
    engine: WhooshEngine, dates: tuple[str | None, ...], earliest: bool
) -> None:
    texts = (f"{SPEECH} Ambassador.", f"{SPEECH} Ambassador.", f"{SPEECH} Ambassador.")
    documents = [made(str(at), text, published=day) for at, (text, day) in enumerate(zip(texts, dates, strict=True))]
    await fill(engine, *documents)
    (hit,) = (await ask(engine, "ambassador sort:oldest")).hits
    assert (hit.document.location, hit.earliest) == ("0", earliest) if earliest else not hit.earliest


async def test_a_passage_without_copies_is_not_the_earliest_of_them(engine: WhooshEngine) -> None:
    await fill(engine, made("a", SPEECH, published="2019-05-01"))
    (hit,) = (await ask(engine, "ambassador")).hits
    assert not hit.earliest


async def test_pages_neither_repeat_nor_skip_what_folds(engine: WhooshEngine) -> None:
    speeches = [f"{SPEECH} {' '.join(f'n{number}x{word}' for word in range(40))}" for number in range(9)]
    documents = [made(f"{number}{letter}", text) for number, text in enumerate(speeches) for letter in "abc"]
    await fill(engine, *documents)
    shown, cursor = list[str](), None
    while True:
        results = await engine.search(parse("ambassador", limit=2, cursor=cursor), reader())
        shown += [hit.document.location[0] for hit in results.hits]
        cursor = results.cursor
        if cursor is None:
            break
    assert sorted(shown) == list("012345678")


SENTENCES = (
    "The committee met in the morning to hear what the ambassador had to say.",
    "He answered that “no letter was ever sent from the embassy in London” at all.",
    "A clerk kept the minutes, and the members voted to publish them by the end of May.",
    "The vote was close; two of the members left the room before it was counted twice.",
)
MARKS = str.maketrans({"“": '"', "”": '"', ";": ",", ".": " ."})


def other_marks(text: str) -> str:
    return text.translate(MARKS)


def lightly_edited(text: str) -> str:
    return text.replace("the ", "")


@st.composite
def texts(draw: st.DrawFn) -> str:
    change = draw(st.sampled_from((str, str.upper, other_marks, lightly_edited)))
    sentences = draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6))
    return change(draw(st.sampled_from((" ", "\n\n", "\n"))).join(sentences))


sources = st.sampled_from(("s", "closed"))
asked = st.sampled_from(("ambassador", "letter embassy", '"the members"', "vote room", "committee sort:newest"))


def _told(hit: Hit) -> tuple[Copy, ...]:
    return (*hit.also_in, *hit.similar_in)


async def _answered(documents: list[Document], question: str) -> Results:
    with TemporaryDirectory() as folder:
        engine = WhooshEngine(Path(folder) / "index", threads=1)
        await engine.rebuild(batches(batch(documents[: len(documents) // 2 + 1])))
        await engine.apply(batch(documents[len(documents) // 2 + 1 :], sequence=2))
        results = await engine.search(parse(question, limit=50), reader())
        await engine.close()
        return results


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(sources, texts()), min_size=1, max_size=5), asked)
def test_every_copy_is_readable_holds_the_shown_words_and_is_told_once(
    given_texts: list[tuple[str, str]], question: str
) -> None:
    documents = [made(str(number), text, source=source) for number, (source, text) in enumerate(given_texts)]
    results = asyncio.run(_answered(documents, question))
    for hit in results.hits:
        own = (hit.document.id, hit.passage.start, hit.passage.end)
        assert all(copy.document.source_id == "s" for copy in _told(hit))
        assert all(terms(the_slice(copy, *documents)) == terms(hit.passage.text) for copy in hit.also_in)
        assert all(terms(the_slice(copy, *documents)) != terms(hit.passage.text) for copy in hit.similar_in)
        places = sorted([own, *((copy.document.id, copy.start, copy.end) for copy in _told(hit))])
        assert all(one[0] != two[0] or one[2] <= two[1] for one, two in pairwise(places))
    shown = [terms(hit.passage.text) for hit in results.hits]
    assert len({tuple(words) for words in shown}) == len(shown)
