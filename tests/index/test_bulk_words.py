"""Words counted in bulk, chunk by chunk, are those that analysis and sentence splitting give for the whole text."""

import sys
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis import chunks, terms
from index.sentences import ends
from index.whoosh_engine.bulk.chunks import BLANKS, ChunkTable, chunks_of
from index.whoosh_engine.bulk.words import Words, WordTable

# What has ever mattered to a word or to the end of a sentence, and any other text between it.
piece = st.one_of(
    st.sampled_from(
        [
            "Mr.",
            "Inc.",
            "U.S.C.",
            "e.g.",
            "1,000",
            "3.6",
            "the",
            "Then",
            "don’t",
            "run-of-the-mill",
            "I",
            "x'",
            "A.B.C.",
        ]
    ),
    st.sampled_from(list(".!?…,;:\"'”’)]“‘«([—–-_%§½²ﬁßİıΣⅷⅧªŉ\u00ad\u200b\u200d\u0301\u00a0\u3000\x1c\x85\u2028")),
    st.sampled_from(
        [" ", " ", "\n", "\n\n", "\n \t\n", "ง", "漢字", "日本語です", "e\u0301", "한국어", "हिन्दी", "עִבְרִית", "😀"]
    ),
    st.text(max_size=4),
)
text = st.lists(piece, max_size=30).map("".join).map(str.strip)


def words_of(table: WordTable, texts: Sequence[str]) -> Words:
    return table.words([each.encode() for each in texts])


def sentences_of(words: str, begun: int) -> set[int]:
    """Where sentences begin by the text itself."""
    starts = [match.start() for match in chunks(words)]
    return {begun, *(begun + bisect_left(starts, end) for end in ends(words))}


@settings(max_examples=400, deadline=None)
@given(st.lists(text, max_size=6))
@example(["Mr. Barr paused. “Yes,” he said.", "", "No. — the end. … Then"])
@example(["A.\n\nB", "x. (\n\nthe", "U.S.C.\n\n—\n\nand"])
def test_words_and_sentences_are_those_of_the_whole_text(texts: list[str]) -> None:
    table = WordTable()
    words = words_of(table, texts)
    expected = [terms(each) for each in texts]
    assert [table.terms.names[number] for number in words.stream] == [term for each in expected for term in each]
    assert words.lengths.tolist() == list(map(len, expected))
    begins = accumulate(map(len, expected), initial=0)
    sentences = set[int]().union(*map(sentences_of, texts, begins))
    assert words.sentences.tolist() == sorted(sentences - {len(words.stream)})


def test_a_table_knows_what_it_has_seen_before() -> None:
    table = WordTable()
    first, second = words_of(table, ["A vote, a VOTE."]), words_of(table, ["a vote"])
    assert first.stream.tolist() == [0, 1, 0, 1]
    assert second.stream.tolist() == [0, 1]
    assert (table.terms.names, table.stems.names) == (["a", "vote"], ["a", "vote"])


def test_keys_are_alike_where_the_terms_are_alike_and_in_the_same_order() -> None:
    texts = ["A vote, a VOTE.", "vote a", "a vote a", "", "a a", "(A vote) a vote!"]
    table = WordTable()
    words_of(table, ["Other words have been seen before."])
    keys = words_of(table, texts).keys.tolist()
    assert keys == words_of(WordTable(), texts).keys.tolist()
    assert keys[0] == keys[-1]
    assert len(set(keys)) == len(texts) - 1


def test_chunks_are_parted_where_python_parts_them() -> None:
    signs = map(chr, range(sys.maxunicode + 1))
    assert [sign for sign in signs if f"a{sign}a".split()[0] != f"a{sign}a"] == sorted(BLANKS)


chunk = st.text(st.sampled_from("ab’\x00\x01漢"), min_size=1, max_size=20)


@given(st.lists(st.lists(chunk, max_size=40), max_size=6))
def test_no_two_chunks_are_taken_for_one(rows: list[list[str]]) -> None:
    table, numbered = ChunkTable(), [""]
    for row in rows:
        numbers = table.numbers(chunks_of([" ".join(row).encode()]), numbered.extend)
        assert [numbered[number] for number in numbers] == [each.replace("\x00", "\x01") for each in row]
    assert len(set(numbered)) == len(numbered) == len(table) + 1


def test_a_table_grows_with_its_chunks() -> None:
    table, numbered = ChunkTable(), [""]
    for size in (5, 20_000, 300_000):
        row = [f"word{at}" for at in range(0, size, 3)] + [f"a-very-long-word-{at}" for at in range(0, size, 1_000)]
        numbers = table.numbers(chunks_of([" ".join(row).encode()]), numbered.extend)
        assert [numbered[number] for number in numbers] == row
