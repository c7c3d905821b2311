"""The best rows of a query are those that a plain reading gives, whichever way they are found."""

import random
from collections.abc import Callable, Sequence
from math import log1p
from pathlib import Path

import pytest
from whoosh import query as wq

from index.query.nodes import Scope
from index.whoosh_engine.answering import collector
from index.whoosh_engine.answering.collector import collect
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.matching.near import Near
from index.whoosh_engine.segment import phrases
from index.whoosh_engine.segment.schema import EXACT, TEXT_FIELD
from tests.fakes.corpus import reader
from tests.fakes.segments import drawn, snapshot_of, vocabulary

MANY = 9_000
GONE = range(0, MANY, 11)
Words = list[list[str]]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return drawn(MANY)


@pytest.fixture(scope="module")
def whole(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """One large segment: its frequent words have their frequency in every row, its pairs have lists."""
    return snapshot_of(tmp_path_factory.mktemp("whole"), texts)


@pytest.fixture(scope="module")
def parted(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The same in two segments, some documents gone."""
    return snapshot_of(tmp_path_factory.mktemp("parted"), texts[:6000], texts[6000:], gone=[*GONE][:500])


class Plain:
    """BM25 from the texts, word by word; frequencies count gone texts too, as the engine does."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.words: Words = [text.split() for text in texts]
        self.mean = sum(map(len, self.words)) / len(self.words)

    def best(self, words: Sequence[str], fits: Callable[[int], bool], k: int) -> list[tuple[float, int]]:
        """Scores and texts of the best that fit, best first; all of equal ones at the end."""
        found = {at for at in range(len(self.words)) if fits(at)}
        idf = {word: [at for at in found if word in self.words[at]] for word in set(words)}
        scores = dict.fromkeys(found, 0.0)
        for word in words:
            held = self._scores(word, idf[word])
            for at, score in held.items():
                scores[at] += score
        ordered = sorted(((score, at) for at, score in scores.items()), key=lambda pair: (-pair[0], pair[1]))
        return ordered[:k]

    def _scores(self, word: str, at: Sequence[int]) -> dict[int, float]:
        many = sum(word in words for words in self.words)
        idf = log1p((len(self.words) - many + 0.5) / (many + 0.5))
        return {
            place: idf * freq * 2.2 / (freq + 1.2 * (0.25 + 0.75 * len(self.words[place]) / self.mean))
            for place in at
            if (freq := self.words[place].count(word))
        }


@pytest.fixture(scope="module")
def plain(texts: list[str]) -> Plain:
    return Plain(texts)


def asked(seed: int, most: int = 5) -> list[str]:
    """Some words, frequent and rare ones."""
    chance, known = random.Random(seed), vocabulary()
    bands = (known[:5], known[5:40], known[40:150], known[150:])
    return [chance.choice(bands[chance.randrange(4)]) for _ in range(chance.randint(1, most))]


def stems(words: Sequence[str]) -> list[wq.Query]:
    return [wq.Term(TEXT_FIELD, word) for word in words]


def numbered(snapshot: Snapshot, leaf: int, row: int) -> int:
    """The number of the text of a row."""
    return int(snapshot.leaves[leaf].segment.card_of(row).location.split("-")[1]) + (6000 if leaf else 0)


def check(snapshot: Snapshot, query: wq.Query, expected: Sequence[tuple[float, int]], k: int = 10) -> None:
    found = collect(snapshot, query, k)
    assert found.scores == pytest.approx([score for score, _ in expected[:k]], rel=1e-4, abs=1e-4)
    scores = {at: score for score, at in expected}
    least = expected[k - 1][0] if len(expected) >= k else 0.0
    for (leaf, row), score in zip(found.places, found.scores, strict=True):
        at = numbered(snapshot, leaf, row)
        assert at in scores or score == pytest.approx(least, rel=1e-4)


@pytest.mark.parametrize("seed", range(25))
def test_any_of_some_words(whole: Snapshot, parted: Snapshot, plain: Plain, seed: int) -> None:
    words = asked(seed)
    expected = plain.best(words, lambda at: any(word in plain.words[at] for word in words), 10)
    check(whole, wq.Or(stems(words)), expected)
    left = plain.best(words, lambda at: not gone(at) and any(word in plain.words[at] for word in words), 10)
    check(parted, wq.Or(stems(words)), left)
    assert collect(whole, wq.Or(stems(words)), 10).total == sum(
        any(word in held for word in words) for held in plain.words
    )


def gone(at: int) -> bool:
    return at in {*GONE[:500]}


@pytest.mark.parametrize("seed", range(25))
def test_all_of_some_words_and_none_of_another(whole: Snapshot, plain: Plain, seed: int) -> None:
    *words, other = [*asked(seed, 3), "w7x"]
    expected = plain.best(
        words, lambda at: other not in plain.words[at] and all(word in plain.words[at] for word in words), 10
    )
    check(whole, wq.And([*stems(words), wq.Not(wq.Term(TEXT_FIELD, other))]), expected)
    check(whole, wq.AndNot(wq.And(stems(words)), wq.Term(TEXT_FIELD, other)), expected)


@pytest.mark.parametrize("seed", range(15))
def test_one_word_lifted_or_limited_by_another(whole: Snapshot, plain: Plain, seed: int) -> None:
    word, other = [*asked(seed, 1), "w3x"][:2]
    query = wq.AndMaybe(wq.Term(TEXT_FIELD, word), wq.Term(TEXT_FIELD, other))
    check(whole, query, plain.best([word, other], lambda at: word in plain.words[at], 10))
    both = plain.best([word], lambda at: {word, other} <= {*plain.words[at]}, 10)
    check(whole, wq.Require(wq.Term(TEXT_FIELD, word), wq.Term(TEXT_FIELD, other)), both)


@pytest.mark.parametrize("seed", range(25))
def test_a_phrase(whole: Snapshot, parted: Snapshot, plain: Plain, seed: int) -> None:
    chance = random.Random(seed)
    held = chance.choice([words for words in plain.words if len(words) > 3])
    at = chance.randrange(len(held) - 2)
    words = held[at : at + chance.randint(2, 3)]
    expected = plain.best(words, lambda at: side_by_side(plain.words[at], words), 10)
    check(whole, wq.Phrase(EXACT, words), expected)
    assert collect(whole, wq.Phrase(EXACT, words), 1).total == sum(side_by_side(held, words) for held in plain.words)


@pytest.mark.parametrize(("scored", "many"), [(0, 64), (0, 32_768), (8_192, 32_768)])
@pytest.mark.parametrize("words", ["w0x w0x", "w0x w1x", "w1x w0x w2x", "w0x w3x w0x w0x", "w2x w1x", "w3x w3x"])
def test_a_phrase_of_very_frequent_words(
    whole: Snapshot,
    parted: Snapshot,
    plain: Plain,
    words: str,
    scored: int,
    many: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(collector, "_SCORED", scored)
    monkeypatch.setattr(phrases, "_MANY", many)
    asked, query = words.split(), wq.Phrase(EXACT, words.split())
    check(whole, query, plain.best(asked, lambda at: side_by_side(plain.words[at], asked), 10))
    check(parted, query, plain.best(asked, lambda at: not gone(at) and side_by_side(plain.words[at], asked), 10))


def side_by_side(held: Sequence[str], words: Sequence[str]) -> bool:
    return any(held[at : at + len(words)] == words for at in range(len(held)))


@pytest.mark.parametrize("seed", range(30))
def test_words_close_together(whole: Snapshot, plain: Plain, seed: int) -> None:
    words = list(dict.fromkeys([*asked(seed, 3), "w1x", "w2x"]))[: 2 + seed % 2]
    distance = seed % 5
    query = Near(stems(words), distance, Scope.WORDS)
    check(whole, query, plain.best(words, lambda at: close(plain.words[at], words, distance), 10))
    assert collect(whole, query, 3).total == sum(close(held, words, distance) for held in plain.words)


def close(held: Sequence[str], words: Sequence[str], distance: int) -> bool:
    """Whether a chain through all words exists, each at most so many others after the one before."""

    def goes_on(last: int, left: frozenset[str]) -> bool:
        within = range(last + 1, min(last + distance + 2, len(held)))
        return not left or any(held[at] in left and goes_on(at, left - {held[at]}) for at in within)

    return any(word in words and goes_on(at, frozenset(words) - {word}) for at, word in enumerate(held))


def test_pages_follow_each_other(parted: Snapshot) -> None:
    query, after, rows = wq.Or(stems(["w3x", "w40x"])), 0, list[tuple[int, int]]()
    while after is not None and len(rows) < 70:
        page = collect(parted, query, 10, after=after)
        rows += page.places
        after = page.cursor
    once = collect(parted, query, 70)
    assert rows == once.places
    assert collect(parted, query, 10_000).cursor is None


def test_nothing_is_found_that_may_not_be_read(whole: Snapshot) -> None:
    query = wq.Or(stems(["w0x"]))
    assert collect(whole, query, 5, access=reader("another")).total == 0
    assert collect(whole, query, 5, access=reader()).scores == collect(whole, query, 5).scores


def test_what_the_arrays_have_no_rule_for_is_left_to_whoosh_and_counted(tmp_path: Path) -> None:
    counted = list[None]()
    made = snapshot_of(tmp_path, ["foreign dirt vote", "dirt foreign", "vote"])
    snapshot = Snapshot(made.stamp, made.leaves, made.people, fell_back=lambda: counted.append(None))
    found = collect(snapshot, wq.DisjunctionMax(stems(["dirt", "vote"])), 10)
    best = [collect(snapshot, wq.Or(stems([word])), 10).scores[0] for word in ("dirt", "vote")]
    assert found.total == 3
    assert found.scores[0] == pytest.approx(max(best), rel=1e-4)
    assert len(counted) == 1
    assert found.scores == sorted(found.scores, reverse=True)
