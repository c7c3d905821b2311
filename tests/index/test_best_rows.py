"""The best rows, found without scoring most of the others, are the best of all when every one is scored."""

import random

import numpy as np
import pytest

from index.query.nodes import Word
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.matching.compile import compiled_helping
from index.whoosh_engine.ranking import candidates
from index.whoosh_engine.ranking.candidates import Asked, Candidates, best_complete, best_incomplete, complete
from index.whoosh_engine.ranking.clues import Clue, clue
from tests.fakes.corpus import made
from tests.fakes.segments import drawn, shelved, vocabulary

MANY = 9_000


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    titles = [*drawn(MANY // 30, seed=6), *[None] * 100]
    documents = [made(str(at), text, title=titles[at % len(titles)]) for at, text in enumerate(drawn(MANY, seed=5))]
    return shelved(tmp_path_factory.mktemp("rows"), documents)


def asked_of(snapshot: Snapshot, chance: random.Random) -> Asked:
    """A question of one to four words, most of them frequent, among some or all rows."""
    known, statistics = vocabulary(), snapshot.statistics

    def some(least: int, most: int) -> list[Clue]:
        words = [
            Word(chance.choice(known[: chance.choice((2, 4, 40, 400))])) for _ in range(chance.randint(least, most))
        ]
        return [clue(word, word, snapshot.found(word), snapshot.live, statistics) for word in dict.fromkeys(words)]

    allowed = np.array([chance.random() < 0.7 for _ in range(MANY)]) if chance.random() < 0.4 else None
    required = some(0, 1) if chance.random() < 0.3 else []
    for each in required:
        allowed = each.found[0].has(np.arange(MANY, dtype=np.uint32)) & (True if allowed is None else allowed)
    helping = [snapshot.evaluators[0].found(compiled_helping(Word("w1x")))] if chance.random() < 0.3 else []
    return Asked(0, MANY, allowed, some(1, 4), required, helping, snapshot.weights)


def at_least(found: Candidates, least: float) -> dict[int, tuple[float, float]]:
    """The rows that are so good, with their scores and shares."""
    good = found.scores * found.shares >= least
    columns = (column[good].tolist() for column in (found.rows, found.scores, found.shares))
    return {row: (score, share) for row, score, share in zip(*columns, strict=True)}


@pytest.mark.parametrize("seed", range(60))
def test_the_best_are_those_of_all(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance = random.Random(seed)
    monkeypatch.setattr(candidates, "_FEW", chance.choice((0, 500)))
    monkeypatch.setattr(candidates, "_MANY", 30)
    asked, depth = asked_of(snapshot, chance), chance.choice((3, 20, 150))
    whole = complete(asked)
    for best in (best_complete, best_incomplete):
        everything, found = best(asked, whole, None), best(asked, whole, depth)
        keys = np.sort(everything.scores * everything.shares)
        least = float(keys[-depth]) if len(keys) > depth else 0.0
        assert at_least(found, least) == at_least(everything, least)
        assert found.cut or len(found.rows) == len(everything.rows)
