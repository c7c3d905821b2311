"""An answer is the same wherever the index keeps the passages: in one segment or in several, in whatever order they
were added, merged or not."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from index.query import FieldName, parse
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.bulk.disk import LOCAL_DISK
from index.whoosh_engine.bulk.merge import Part, merge
from index.whoosh_engine.segment.leaf import Leaf
from index.whoosh_engine.segment.segment import Segment
from sources.document import Document
from sources.people import NOBODY
from tests.fakes.corpus import made, reader
from tests.fakes.segments import STAMP, shelved

WORDS = (
    *("vote", "votes", "voting", "dirt", "dirty", "foreign", "foreigner", "deal", "deals", "harbor", "ferry", "noon"),
    *("Mueller", "Barr", "Congress", "report", "reported", "letter", "summary", "senate", "hearing", "witness"),
    *("the", "of", "and", "not", "us", "was", "to", "in", "that"),
)
DATES = (None, None, "2017", "2018-03", "2019-07-24", "2019-07-24", "2020-02-01")
PUBLISHERS = (None, "The Daily", "the daily", "Senate")
KINDS = (None, "transcript", "article")
SEEDS = range(4)


def corpus(chance: random.Random) -> list[Document]:
    """Documents of a few paragraphs; some paragraphs stand in several, word for word or lightly edited."""
    known: list[list[str]] = []
    return [
        made(
            f"{number}",
            "\n\n".join(_sentences(chance, _paragraph(chance, known)) for _ in range(chance.randint(1, 4))),
            published=chance.choice(DATES),
            title=chance.choice((None, " ".join(chance.sample(WORDS, 3)))),
            publisher=chance.choice(PUBLISHERS),
            kind=chance.choice(KINDS),
            source=chance.choice("sst"),
        )
        for number in range(40)
    ]


def _paragraph(chance: random.Random, known: list[list[str]]) -> list[str]:
    if known and chance.random() < 0.3:
        words = list(chance.choice(known))
        if chance.random() < 0.6:
            words[chance.randrange(len(words))] = chance.choice(WORDS)
        return words
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    known.append(chance.choices(WORDS, weights, k=chance.choice((4, 12, 30, 60))))
    return known[-1]


def _sentences(chance: random.Random, words: Sequence[str]) -> str:
    written = [word.capitalize() if chance.random() < 0.1 else word for word in words]
    return " ".join(f"{word}." if at % 9 == 8 else word for at, word in enumerate(written)) + "."


def question(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _ in range(chance.randint(1, 5))]
    narrowed = chance.choice(("", "", "", "sort:newest", "sort:oldest", "before:2019", "on:2019", "during:2018"))
    asked = chance.choice(
        (
            " ".join(words),
            " ".join(words),
            f'"{" ".join(words[:2])}" {words[-1]}',
            f"{words[0][:3]}* {words[-1]}" if len(words[0]) > 3 else words[0],
            f"{words[0]}x~ {words[-1]}" if len(words[0]) > 3 else words[0],
            f"{words[0]} NEAR/{chance.randint(1, 9)} {chance.choice(WORDS)}",
            f"{words[0]} OR ({words[-1]} harbor)",
            f"title:{chance.choice(WORDS)} {words[0]}",
            f'title:"{words[0]}" {words[-1]}',
            f"title:{chance.choice(('dea', 'rep', 'vot'))}* {words[0]}",
            f"{words[0]} -{chance.choice(WORDS)}",
            f"{words[0]}x {words[-1]}",
        )
    )
    return f"{asked} {narrowed}".strip()


def told(snapshot: Snapshot, asked: Sequence[str]) -> list[object]:
    """All that is answered, page by page."""
    access, found = reader("s", "t"), list[object]()
    for each in asked:
        query = replace(parse(each, limit=4), explain=True)
        page = snapshot.search(query, access)
        found.append((each, page, snapshot.breakdown(query, access, 4)))
        if page.cursor:
            found.append(snapshot.search(parse(each, limit=4, cursor=page.cursor), access))
    found += [snapshot.facets.choices(field, "", access, 20) for field in (FieldName.PUBLISHER, FieldName.TITLE)]
    return [*found, *(snapshot.beginning(start, access, 10) for start in ("d", "vo", "re"))]


def parted(chance: random.Random, documents: Sequence[Document]) -> list[Sequence[Document]]:
    """In another order, and in several parts."""
    mixed = chance.sample(documents, len(documents))
    edges = [0, *sorted(chance.sample(range(1, len(mixed)), chance.randint(1, 4))), len(mixed)]
    return [mixed[first:last] for first, last in pairwise(edges)]


@pytest.mark.parametrize("seed", SEEDS)
def test_answers_are_alike(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    documents = corpus(chance)
    asked = [question(chance) for _ in range(40)]
    whole = shelved(tmp_path / "whole", documents)
    several = shelved(tmp_path / "several", *parted(chance, documents))
    parts = [Part(leaf.segment.folder) for leaf in several.leaves]
    merge(parts[1:], tmp_path / "merged", LOCAL_DISK)
    segment = Segment(tmp_path / "merged")
    partly = Snapshot(STAMP, [several.leaves[0], Leaf(segment, np.ones(segment.rows, bool))], NOBODY)
    expected = told(whole, asked)
    for other in (several, partly):
        for one, two in zip(expected, told(other, asked), strict=True):
            assert one == two
