"""A pattern stands for the words that stock Whoosh takes it for; but a swap of two neighbours is one edit here."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from whoosh import query as wq
from whoosh.filedb.filestore import RamStorage

from index.whoosh_engine.segment.places import near_terms, terms_like
from index.whoosh_engine.segment.schema import EXACT, schema
from tests.fakes.segments import snapshot_of

LETTERS = "abcéß"
words = st.text(LETTERS, min_size=1, max_size=8).map(str.casefold)
vocabularies = st.sets(words, min_size=1, max_size=30).map(sorted)
globs = st.text(f"{LETTERS}*?", min_size=1, max_size=6)
patterns = st.one_of(
    words.map(lambda text: wq.Prefix(EXACT, text)),
    globs.map(lambda text: wq.Wildcard(EXACT, text)),
    st.tuples(words, st.sampled_from(("[ab]", "[!a]", "[a-c]*"))).map(lambda two: wq.Wildcard(EXACT, "".join(two))),
)
fuzzy = st.builds(
    wq.FuzzyTerm, st.just(EXACT), words, maxdist=st.integers(1, 2), prefixlength=st.integers(0, 2)
).filter(lambda query: len(query.text) >= query.prefixlength)  # Whoosh can't have it otherwise

many = settings(max_examples=60, deadline=None)


def ours(vocabulary: list[str], query: wq.Query) -> set[str]:
    with TemporaryDirectory() as folder:
        known = snapshot_of(Path(folder), [" ".join(vocabulary)]).leaves[0].segment.terms
        return {known.text(number) for number in terms_like(known, query)}


def stocks(vocabulary: list[str], query: Any) -> set[str]:
    index = RamStorage().create_index(schema())
    writer = index.writer()
    writer.add_document(**{EXACT: " ".join(vocabulary)})
    writer.commit()
    return {text.decode() if isinstance(text, bytes) else text for text in query._btexts(index.reader())}


@many
@given(vocabularies, patterns)
def test_prefixes_and_wildcards(vocabulary: list[str], query: wq.Query) -> None:
    assert ours(vocabulary, query) == stocks(vocabulary, query)


@many
@given(vocabularies, fuzzy)
def test_near_words(vocabulary: list[str], query: wq.FuzzyTerm) -> None:
    found, theirs = ours(vocabulary, query), stocks(vocabulary, query)
    assert found >= theirs
    for word in found - theirs:
        assert Levenshtein.distance(word, query.text) > query.maxdist
        assert near_terms(query.text, [word], query.maxdist) == [word]
        assert word.startswith(query.text[: query.prefixlength])
