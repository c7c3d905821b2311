"""What every engine must do. An engine's own test module subclasses `EngineContract` and gives it an `engine` fixture.

The first part holds the traps of Whoosh's own parser, stop list and highlighter, each as a case that went wrong.
"""

from dataclasses import replace

import pytest

from index.errors import IndexUnavailable
from index.hit import Hit, LeftOut, Results
from index.port import Access, Engine
from index.query import Either, Field, FieldName, Word, parse
from sources.document import Document
from tests.fakes.corpus import batch, batches, made, reader, spoken


def texts(results: Results) -> list[str]:
    return [hit.passage.text for hit in results.hits]


def found(hit: Hit) -> list[str]:
    return [hit.passage.text[span.start : span.end] for span in hit.spans]


async def ask(engine: Engine, question: str, access: Access | None = None, limit: int = 10) -> Results:
    return await engine.search(parse(question, limit=limit), access or reader())


async def fill(engine: Engine, *documents: Document) -> None:
    await engine.rebuild(batches(batch(documents)))


NOTES = (
    made("a", "The committee may not tell us what you will do with foreign dirt."),
    made("b", "Foreign visitors swept dirt from the hall; no one objected to a little foreign help."),
    made("c", "The lawyer’s notes on naïve donors cite 52 U.S.C. § 30121 and §\u00a030109."),
    made("d", "Nobody took the dirty money that investigators traced abroad."),
)


class EngineContract:
    # -- the traps ------------------------------------------------------------------------------------

    @pytest.mark.parametrize("word", ["not", "us", "may", "will", "you"])
    async def test_no_word_is_too_common_for_an_exact_search(self, engine: Engine, word: str) -> None:
        await fill(engine, *NOTES)
        results = await ask(engine, f'"{word}"')
        assert results.total == 1
        assert found(results.hits[0]) == [word]

    async def test_an_excluded_word_is_nowhere_in_the_answer(self, engine: Engine) -> None:
        await fill(engine, *NOTES, made("e", "Foreign ministers met."))
        results = await ask(engine, "foreign -dirt")
        assert texts(results) == ["Foreign ministers met."]

    @pytest.mark.parametrize("question", ['"foreign dirt"', "“foreign dirt”", "«foreign dirt»", "„foreign dirt“"])
    async def test_curly_quotes_make_a_phrase(self, engine: Engine, question: str) -> None:
        await fill(engine, *NOTES)
        results = await ask(engine, question)
        assert (results.total, found(results.hits[0])) == (1, ["foreign dirt"])

    @pytest.mark.parametrize(
        "question", ['"foreign dirt"~3', '"dirt foreign"~3', "dirt NEAR/3 foreign", "foreign /3 dirt"]
    )
    async def test_near_is_the_same_in_both_directions(self, engine: Engine, question: str) -> None:
        await fill(engine, *NOTES)
        results = await ask(engine, question)
        assert results.total == 2

    async def test_a_phrase_takes_no_other_inflection(self, engine: Engine) -> None:
        await fill(engine, *NOTES)
        assert (await ask(engine, '"dirty money"')).total == 1
        results = await ask(engine, '"dirt money"')
        assert (results.total, results.answered) == (0, False)

    async def test_only_the_whole_phrase_is_marked(self, engine: Engine) -> None:
        await fill(engine, made("x", "Dirt is foreign here, yet foreign dirt is not dirt."))
        results = await ask(engine, '"foreign dirt"')
        assert found(results.hits[0]) == ["foreign dirt"]

    # -- words ----------------------------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("question", "words"),
        [
            ("investigator", ["investigators"]),
            ("investigat*", ["investigators"]),
            ("naive", ["naïve"]),
            ('"lawyer\'s notes"', ["lawyer’s notes"]),
            ("52 USC 30121", ["52", "U.S.C.", "30121"]),
            ('"52 USC 30121"', ["52 U.S.C. § 30121"]),
            ("muney~", ["money"]),
        ],
    )
    async def test_folding_finds_without_changing_what_is_shown(
        self, engine: Engine, question: str, words: list[str]
    ) -> None:
        await fill(engine, *NOTES)
        results = await ask(engine, question)
        assert results.answered
        assert found(results.hits[0]) == words

    async def test_passages_with_all_words_come_first_and_the_rest_say_what_is_missing(self, engine: Engine) -> None:
        await fill(
            engine, made("1", "dirt dirt dirt dirt"), made("2", "Some foreign power offered a little dirt to him.")
        )
        results = await ask(engine, "foreign dirt")
        assert [hit.missing for hit in results.hits] == [(), ("foreign",)]
        assert (results.total, results.answered) == (1, True)

    async def test_words_side_by_side_as_asked_come_before_the_same_words_apart(self, engine: Engine) -> None:
        apart = made("1", "A burden, if there is any at all that we can bear, meets hardship and friends.")
        await fill(engine, apart, made("2", "We shall pay any price, bear any burden, meet any hardship and more."))
        assert texts(await ask(engine, "bear any burden"))[0].startswith("We shall pay")

    async def test_of_passages_that_lack_words_the_one_with_more_of_them_is_nearer(self, engine: Engine) -> None:
        many = made("2", "The man with a rocket said in September that " * 3)
        await fill(engine, made("1", "rocket rocket rocket rocket"), many)
        results = await ask(engine, "rocket man september 2017")
        assert results.hits[0].missing == ("2017",)

    async def test_words_are_found_in_title_speaker_publisher_and_dates(self, engine: Engine) -> None:
        hearing = made("t", "I kept notes.", title="Comey testimony", publisher="Senate", published="2017-06-08")
        await fill(engine, hearing, *NOTES)
        results = await ask(engine, "comey testimony june 2017 senate notes")
        assert texts(results)[0] == "I kept notes."
        assert results.answered
        assert found(results.hits[0]) == ["notes"]

    async def test_a_misspelt_word_is_corrected_only_when_it_occurs_nowhere(self, engine: Engine) -> None:
        await fill(engine, made("1", "Khashoggi was named."), made("2", "Kashog is a town."))
        results = await ask(engine, "Kashoggi")
        assert results.corrected == (("Kashoggi", "khashoggi"),)
        assert found(results.hits[0]) == ["Khashoggi"]
        assert (await ask(engine, "Kashog")).corrected == ()

    async def test_nothing_found_is_an_empty_answer_not_an_error(self, engine: Engine) -> None:
        await fill(engine, *NOTES)
        results = await ask(engine, "zygote")
        assert (results.hits, results.total, results.answered) == ((), 0, False)
        assert results.understood

    async def test_function_words_are_never_missing(self, engine: Engine) -> None:
        await fill(engine, *NOTES)
        results = await ask(engine, "what did they say about the dirty money")
        assert results.answered
        assert results.hits[0].missing == ()

    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ("foreign OR money", {"a", "b", "d"}),
            ("(foreign OR money) dirty", {"d"}),
            ("+money", {"d"}),
            ("NOT foreign money", {"d"}),
        ],
    )
    async def test_logic(self, engine: Engine, question: str, expected: set[str]) -> None:
        await fill(engine, *NOTES)
        results = await ask(engine, question)
        assert {hit.document.location for hit in results.hits if not hit.missing} == expected

    # -- phrases over two passages --------------------------------------------------------------------

    async def test_a_phrase_that_runs_on_into_the_next_passage_is_shown_whole(self, engine: Engine) -> None:
        first = " ".join(f"word{number}" for number in range(60)) + " the quick brown"
        second = "fox jumps over " + " ".join(f"other{number}" for number in range(60))
        document = made("x", f"{first}\n\n{second}")
        await fill(engine, document)
        results = await ask(engine, '"quick brown fox"')
        hit = results.hits[0]
        assert found(hit) == ["quick brown\n\nfox"]
        assert hit.passage.text == document.text[hit.passage.start : hit.passage.end]

    async def test_a_phrase_never_runs_from_one_document_into_the_next(self, engine: Engine) -> None:
        await fill(engine, made("1", "It ends with foreign"), made("2", "dirt begins here"))
        assert (await ask(engine, '"foreign dirt"')).total == 0

    @pytest.mark.parametrize(
        ("question", "total"),
        [
            ("alpha /s beta", 1),
            ("alpha /s gamma", 0),
            ("alpha /p gamma", 1),
            ("alpha /2 beta /2 delta", 1),
            ("alpha /1 delta", 0),
        ],
    )
    async def test_sentence_and_passage(self, engine: Engine, question: str, total: int) -> None:
        await fill(
            engine, made("x", "Alpha and beta with delta went out. Then gamma came. " + "Nothing more was said here.")
        )
        assert (await ask(engine, question)).total == total

    # -- fields, dates, order -------------------------------------------------------------------------

    async def test_fields(self, engine: Engine) -> None:
        hearing = spoken("h", [("Mr. Barr", "I would say yes to that."), ("Ms. Harris", "I would say no to that.")])
        other = made(
            "o", "Barr would say.", title="About Barr and Harris", kind="press-briefing", publisher="The Daily"
        )
        await fill(engine, hearing, other)
        assert texts(await ask(engine, "speaker:Barr")) == ["Mr. Barr: I would say yes to that."]
        assert texts(await ask(engine, 'speaker:"Ms. Harris" would')) == ["Ms. Harris: I would say no to that."]
        assert texts(await ask(engine, "title:(harris OR nobody)")) == ["Barr would say."]
        assert texts(await ask(engine, "type:press-briefing")) == ["Barr would say."]
        assert texts(await ask(engine, "publisher:daily say")) == ["Barr would say."]
        assert (await ask(engine, "would -speaker:Barr")).total == 2

    async def test_tags_and_stories_ask_for_documents_by_their_ids(self, engine: Engine) -> None:
        one, other = made("1", "The vote was held. The vote was long."), made("2", "The vote was lost.")
        await fill(engine, one, other)
        for name in (FieldName.TAG, FieldName.STORY):
            tagged = Field(name, Either((Word(one.id), Word("unknown"))))
            asked = replace(parse("vote"), required=(tagged,))
            found = await engine.search(asked, reader())
            assert {hit.document.id for hit in found.hits} == {one.id}
            assert all(not hit.missing for hit in found.hits)
            without = await engine.search(replace(parse("vote"), excluded=(tagged,)), reader())
            assert {hit.document.id for hit in without.hits} == {other.id}

    DATED = (
        made("1", "The vote was held.", published="2018-12-31"),
        made("2", "The vote was held again.", published="2019-07"),
        made("3", "The vote was held once more.", published="2019"),
        made("4", "The vote was never held."),
        made("5", "The vote of July 25, 2019 was held.", published="2020-02-01"),
    )

    @pytest.mark.parametrize(
        ("question", "expected", "left_out"),
        [
            ("vote before:2019", {"1"}, LeftOut(undated=1, vague=0)),
            ("vote after:2018", {"2", "3", "5"}, LeftOut(undated=1, vague=0)),
            ("vote on:2019", {"2", "3"}, LeftOut(undated=1, vague=0)),
            ("vote on:2019-07", {"2"}, LeftOut(undated=1, vague=1)),
            ("vote before:2019-07-15", {"1"}, LeftOut(undated=1, vague=2)),
            ("vote on:2018..2019", {"1", "2", "3"}, LeftOut(undated=1, vague=0)),
            ("vote during:2019-07", {"2", "5"}, LeftOut(undated=1, vague=1)),
            ("vote published:2020", {"5"}, LeftOut(undated=1, vague=0)),
            ("vote said:2020", set[str](), LeftOut(undated=5, vague=0)),
        ],
    )
    async def test_a_date_is_an_interval(
        self, engine: Engine, question: str, expected: set[str], left_out: LeftOut
    ) -> None:
        await fill(engine, *self.DATED)
        results = await ask(engine, question)
        assert {hit.document.location for hit in results.hits} == expected
        assert results.left_out == left_out

    async def test_order_of_time_has_the_undated_last(self, engine: Engine) -> None:
        await fill(engine, *self.DATED)
        assert (await ask(engine, "vote sort:oldest")).hits[0].document.location == "1"
        newest = [hit.document.location for hit in (await ask(engine, "vote sort:newest")).hits]
        assert (newest[0], newest[-1]) == ("5", "4")

    # -- pages and copies -----------------------------------------------------------------------------

    async def test_pages_of_hits_neither_repeat_nor_skip(self, engine: Engine) -> None:
        await fill(engine, *(made(f"{number:02}", f"A vote in town number {number}.") for number in range(25)))
        seen, cursor = list[str](), None
        for _ in range(5):
            results = await engine.search(parse("vote", limit=7, cursor=cursor), reader())
            seen += [hit.document.location for hit in results.hits]
            cursor = results.cursor
            if cursor is None:
                break
        assert sorted(seen) == [f"{number:02}" for number in range(25)]

    @pytest.mark.parametrize("cursor", ["²", "-1", "x", "9" * 5000, ""])
    async def test_a_cursor_that_nobody_was_given_leads_to_the_first_page(self, engine: Engine, cursor: str) -> None:
        await fill(engine, made("1", "A vote."))
        assert (await engine.search(parse("vote", cursor=cursor), reader())).hits

    async def test_copies_fold_and_lookalikes_are_told_apart(self, engine: Engine) -> None:
        await fill(
            engine,
            made("1", "“Dirt,” he said.\n\nAnd more."),
            made("2", "“Dirt,” he said.\n\nAnd more."),
            made("3", '"Dirt", he said.\n\nAnd more.'),
            made("4", "“Dirt,” she said.\n\nAnd more."),
        )
        results = await ask(engine, "dirt")
        assert len(results.hits) == 2
        assert results.total == 4
        folded = next(hit for hit in results.hits if hit.also_in or hit.similar_in)
        assert (len(folded.also_in), folded.similar_in) == (2, ())

    async def test_a_copy_is_found_wherever_its_document_was_cut(self, engine: Engine) -> None:
        words = "The committee may not tell us what you will do with foreign dirt that a visitor brought here."
        rest = "Nothing else was said about it on that long and rainy day in the harbor. " * 9
        other = made("2", f"{rest}{words.replace(' that', chr(10) + 'that')} {rest}")
        limited = made("3", f"{rest}{words} {rest}", source="closed")
        await fill(engine, made("1", words), other, limited)
        best = (await ask(engine, "foreign dirt")).hits[0]
        (copy,) = best.also_in
        assert best.passage.text == words
        assert other.text[copy.start : copy.end].split() == words.split()
        assert len((await ask(engine, "foreign dirt", reader("s", "closed"))).hits[0].also_in) == 2

    # -- access ---------------------------------------------------------------------------------------

    async def test_nothing_of_a_limited_source_or_another_workspace_is_found_counted_corrected_or_suggested(
        self, engine: Engine
    ) -> None:
        await fill(
            engine,
            made("open", "A word about Zelensky."),
            made("limited", "A word about Papadopoulos.", source="closed"),
            made("other", "A word about Veselnitskaya.", workspace="elsewhere"),
        )
        for question in ("Papadopoulos", "Papadapoulos", "Veselnitskaya", "Veselnitskaja", '"Papadopoulos"', "Papado*"):
            results = await ask(engine, question)
            assert (results.total, results.hits, results.corrected, results.suggestions) == (0, (), (), ()), question
        assert (await ask(engine, "word")).total == 1
        assert await engine.suggest("papa", reader()) == []
        assert await engine.suggest("vesel", reader()) == []
        assert await engine.suggest("papa", reader("s", "closed")) == ["papadopoulos"]
        assert (await ask(engine, "word", Access("w", frozenset()))).total == 0
        assert (await ask(engine, "word", reader("s", workspace="elsewhere"))).total == 1

    # -- life of an index -----------------------------------------------------------------------------

    async def test_without_an_index_it_says_so(self, engine: Engine) -> None:
        with pytest.raises(IndexUnavailable, match="There is no index yet"):
            await ask(engine, "anything")
        assert (await engine.status()).live is None

    async def test_an_index_of_nothing_answers(self, engine: Engine) -> None:
        await fill(engine)
        assert (await ask(engine, "anything before:2019")).total == 0

    async def test_changes_and_removals_show_at_once(self, engine: Engine) -> None:
        await fill(engine, made("1", "An old vote."), made("2", "A vote to keep."))
        await engine.apply(batch([made("1", "A new ballot.")], sequence=2, version=2))
        assert texts(await ask(engine, "vote")) == ["A vote to keep."]
        assert (await ask(engine, "ballot")).hits[0].passage.version == 2
        await engine.apply(batch([], [made("2", "").id], sequence=3))
        assert (await ask(engine, "vote")).total == 0
        live = (await engine.status()).live
        assert live is not None
        assert (live.sequence, live.documents, live.passages) == (3, 1, 1)

    async def test_many_small_changes_stay_one_index(self, engine: Engine) -> None:
        await fill(engine, *(made(f"{number}", f"A vote in town {number}.") for number in range(20)))
        for number in range(30):
            await engine.apply(batch([made(f"{number % 20}", f"A ballot in town {number}.")], sequence=number + 2))
        assert (await ask(engine, "vote", limit=50)).total == 0
        assert (await ask(engine, "ballot", limit=50)).total == 20
        assert (await ask(engine, '"ballot in town 29"')).total == 1

    async def test_a_rollback_brings_back_the_generation_but_nothing_removed(self, engine: Engine) -> None:
        kept, removed = made("1", "A vote to keep."), made("2", "A vote to remove.")
        await fill(engine, kept, removed)
        await engine.rebuild(batches(batch([kept, removed], sequence=5)))
        await engine.apply(batch([], [removed.id], sequence=6))
        stamp = await engine.rollback(batches(batch([], [removed.id], sequence=6)))
        assert stamp.sequence == 6
        assert texts(await ask(engine, "vote")) == ["A vote to keep."]

    async def test_without_an_earlier_generation_a_rollback_says_so(self, engine: Engine) -> None:
        await fill(engine, made("1", "A vote."))
        with pytest.raises(IndexUnavailable, match="no earlier generation"):
            await engine.rollback(batches())
        assert (await ask(engine, "vote")).total == 1
