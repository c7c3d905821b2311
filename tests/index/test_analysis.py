"""Words and their folded forms."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import stem_of, term_of, terms, tokens
from index.sentences import ends, next_sentence
from index.whoosh_engine.segment.schema import LABELS, WordAnalyzer, schema


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("don’t", "don't"),
        ("naïve", "naive"),
        ("re\u00adport", "report"),
        ("ﬁrst", "first"),
        ("ＡＢＣ", "abc"),
        ("U.S.C.", "usc"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("1,000.50", "1000.50"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert terms(written) == [folded]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("run-of-the-mill", ["run", "of", "the", "mill"]),
        ("quo—pro", ["quo", "pro"]),
        ("52 U.S.C. § 30121", ["52", "usc", "30121"]),
        ("Zelenskyy’s", ["zelenskyy's"]),
        ("‘tis", ["tis"]),
        ("10:30", ["10", "30"]),
        ("ถนน", ["ถ", "น", "น"]),
        ("外国", ["外", "国"]),
        ("J. D. Vance", ["j", "d", "vance"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert terms(text) == words


def test_long_words_differ_by_all_their_letters() -> None:
    assert term_of("x" * 300_000) != term_of("x" * 299_999 + "y")
    assert len(term_of("x" * 300_000)) < 64


@given(st.text("ab Z.\n\tß'1"))
def test_the_terms_are_those_of_the_tokens(text: str) -> None:
    assert terms(text) == [token.term for token in tokens(text)]


@given(st.text())
def test_tokens_are_ordered_slices_whose_terms_are_stable(text: str) -> None:
    at = 0
    for token in tokens(text):
        assert at <= token.start < token.end <= len(text)
        assert term_of(text[token.start : token.end]) == token.term
        at = token.end


@given(st.text())
def test_folding_twice_changes_nothing_that_matters_to_stems(text: str) -> None:
    for term in terms(text):
        assert stem_of(term) == stem_of(term)
        assert "\n" not in term


def test_whooshs_view_is_the_same_analysis() -> None:
    text = "The lawyer’s naïve notes, 52 U.S.C. § 30121"
    exact, stems = WordAnalyzer(stemmed=False), WordAnalyzer(stemmed=True)
    assert [token.text for token in exact(text)] == terms(text)
    assert [token.text for token in stems(text)] == [stem_of(term) for term in terms(text)]
    assert [(token.startchar, token.endchar) for token in exact(text, chars=True)] == [
        (token.start, token.end) for token in tokens(text)
    ]
    assert set(LABELS) < set(schema().names())


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mr. Barr paused. He said yes.", ["Mr. Barr paused.", "He said yes."]),
        ("The U.S. election of Nov. 3 was held. Who won?", ["The U.S. election of Nov. 3 was held.", "Who won?"]),
        ("“I would.” But he did not.", ["“I would.”", "But he did not."]),
        ("One\n\nTwo", ["One", "Two"]),
        ("No end", ["No end"]),
        ("See Smith v. Jones. It held.", ["See Smith v. Jones.", "It held."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    bounds = [0, *ends(text), len(text)]
    assert [text[first:last].strip() for first, last in pairwise(bounds)] == sentences
    assert next_sentence(text, bounds[1]) == (sentences[1] if len(sentences) > 1 else "")
