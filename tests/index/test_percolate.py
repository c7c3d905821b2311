"""A standing question answers as a search would that had nothing but the new passages."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.entries import entry
from index.passage import Passage
from index.port import Standing
from index.query import parse
from index.synonyms import Synonyms
from index.whoosh_engine import WhooshEngine, WhooshPercolator
from sources.document import Document
from sources.people import People, Person
from tests.fakes.corpus import batch, batches, made, reader, spoken

WORDS = ("tide", "tides", "harbor", "foreign", "dirt", "not", "the", "2019", "july", "27", "barr", "ferry")
PEOPLE = People([Person("Bill Barr", forms=("William Barr",))])
SYNONYMS = Synonyms([("harbor", "harbour", "port of call")])

word = st.sampled_from(WORDS)
phrase = st.lists(word, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"')
pattern = st.sampled_from(("har*", "tid*", "fery~", "foreing~", "ferr*"))
field = st.sampled_from(("title:ferry", "publisher:gazette", "speaker:Barr", 'title:"the harbor"', "type:note"))
date = st.sampled_from(("before:2019", "after:2018", "during:July 2019", "on:2019-07-27", "published:2018..2019"))
near = st.tuples(word, word).map(lambda pair: f'"{pair[0]} {pair[1]}"~3')
either = st.tuples(word, phrase).map(lambda pair: f"({pair[0]} OR {pair[1]})")
part = st.one_of(word, word, phrase, pattern, field, near, either, word.map(lambda text: f"+{text}"))
excluded = st.one_of(word, phrase, field).map(lambda text: f"-{text}")
question = st.tuples(
    st.lists(part, min_size=1, max_size=4), st.lists(excluded, max_size=1), st.lists(date, max_size=1)
).map(lambda parts: " ".join(part for some in parts for part in some))


def documents(seed: int) -> list[Document]:
    """Some documents of several passages each, in two sources."""
    chance = random.Random(seed)

    def text() -> str:
        return "\n\n".join(" ".join(chance.choices(WORDS, k=chance.randint(3, 9))) + "." for _ in range(4))

    plain = [
        made(
            str(number),
            text(),
            source=chance.choice("st"),
            published=chance.choice((None, "2018-05", "2019-07-27", "2019")),
            title=chance.choice((None, "The ferry", "At the harbor")),
            publisher=chance.choice((None, "Gazette")),
            kind=chance.choice((None, "note")),
        )
        for number in range(12)
    ]
    return [*plain, spoken("spoken", [("MR. BARR", text().replace("\n\n", " ")), ("ANN", "The tide is not foreign.")])]


@pytest.mark.parametrize("seed", range(3))
async def test_a_standing_question_answers_as_a_search_of_the_new_passages_would(tmp_path: Path, seed: int) -> None:
    entries = [entry(each, 1) for each in documents(seed)]
    engine = WhooshEngine(tmp_path, people=PEOPLE, synonyms=SYNONYMS)
    await engine.rebuild(batches(batch(documents(seed))))
    percolator = WhooshPercolator(PEOPLE, SYNONYMS)
    asked = _questions(200)
    for access in (reader("s"), reader("s", "t"), reader(workspace="elsewhere")):
        found = await percolator.percolate(entries, [Standing(parse(text), access) for text in asked])
        answered = 0
        for text, passages in zip(asked, found, strict=True):
            results = await engine.search(parse(text, limit=1000), access)
            if results.corrected:
                continue  # a watch waits for the words as they are written
            assert len(passages) == results.total, text
            # Copies are folded in an answer, and what is nowhere is looked for in pieces: it may show fewer, or others.
            whole = {_place(hit.passage) for hit in results.hits if results.total and not hit.missing}
            assert whole <= {_place(passage) for passage in passages}, text
            answered += bool(passages)
        assert bool(answered) is (access.workspace_id == "w")
    await engine.close()


def _questions(number: int) -> list[str]:
    collected: list[str] = []

    @settings(max_examples=number, derandomize=True, database=None)
    @given(question)
    def collect(text: str) -> None:
        collected.append(text)

    collect()
    return collected


def _place(passage: Passage) -> tuple[str, int, int]:
    return passage.document_id, passage.start, passage.end


async def test_a_phrase_that_runs_on_widens_the_passage() -> None:
    entries = [entry(spoken("a", [("ANN", "They waited for the tide"), ("BEN", "and the ferry bell.")]), 1)]
    (found,) = await WhooshPercolator().percolate(entries, [Standing(parse('"tide BEN: and"'), reader())])
    assert [passage.text for passage in found] == ["ANN: They waited for the tide\n\nBEN: and the ferry bell."]


async def test_no_spelling_is_mended_and_nothing_new_answers_nothing() -> None:
    percolator = WhooshPercolator()
    asked = [Standing(parse("harbour"), reader())]
    assert await percolator.percolate([entry(made("a", "The harbor."), 1)], asked) == [()]
    assert await percolator.percolate((), asked) == [()]


def test_the_words_by_which_it_answers_are_marked() -> None:
    text = "At the harbour, foreign sails."
    found = WhooshPercolator(synonyms=SYNONYMS).marked(parse('harbor "foreign sails" -tide title:x'), text)
    assert [text[span.start : span.end] for span in found] == ["harbour", "foreign sails"]
