"""Seeds tell of every place at which two of them stand as in the passage, as a plain walk over the words does."""

import random
from pathlib import Path

import numpy as np
import pytest

from index.whoosh_engine.ranking.seeds import SLACK, seeded, seeds_of
from index.whoosh_engine.segment.phrases import Places
from index.whoosh_engine.segment.segment import Segment
from tests.fakes.segments import drawn, snapshot_of, vocabulary

WORDS = vocabulary(120)


def with_copies(seed: int) -> list[str]:
    """Texts, some of which hold a stretch of another one, whole or with a word changed, amid words of their own."""
    chance = random.Random(seed)
    texts = [f"{one} {other}" for one, other in zip(drawn(60, seed, WORDS), drawn(60, seed + 1, WORDS), strict=True)]
    for text in texts[:20]:
        words = text.split()
        words[chance.randrange(len(words))] = chance.choice(WORDS)
        texts.append(f"{chance.choice(texts)} {' '.join(words)} {chance.choice(texts)}")
        texts.append(f"{text} {text}")
    return texts


def standing(segment: Segment, numbers: Places, seeds: list[int]) -> set[int]:
    """Where the words would begin by a place of a seed that has its neighbours, in one document, with another such
    place close by."""
    stream, begins = segment.stream.tolist(), list[int]()
    for at in seeds:
        wanted = numbers[at - 1 : at + 2].tolist()
        for place in range(1, len(stream) - 1):
            rows = segment.row_at(np.array([place - 1, place + 1]))
            if stream[place - 1 : place + 2] == wanted and len({*segment.row_card[rows].tolist()}) == 1:
                begins.append(place - at)
    begins.sort()
    return {
        begin
        for at, begin in enumerate(begins)
        if any(abs(begin - other) <= SLACK for other in begins[max(at - 1, 0) : at] + begins[at + 1 : at + 2])
    }


@pytest.mark.parametrize("seed", range(4))
def test_no_place_in_company_is_left_out(tmp_path: Path, seed: int) -> None:
    segment = snapshot_of(tmp_path, with_copies(seed)).leaves[0].segment
    for row in random.Random(seed).sample(range(segment.rows), 8):
        first, last = segment.row_tokens[row : row + 2].tolist()
        numbers = segment.stream[first:last].astype(np.int64)
        if len(numbers) < 20:
            continue
        seeds = seeds_of([segment], [numbers])
        found = seeded(segment, numbers, seeds, None)
        assert standing(segment, numbers, seeds.tolist()) <= {*found.begins.tolist()}
        others = seeded(segment, numbers, seeds, first)
        assert others.begins.tolist() == [begin for begin in found.begins.tolist() if begin != first]
        assert first in found.runs(segment, numbers)
