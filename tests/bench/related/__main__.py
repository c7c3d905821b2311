"""Compares means of finding passages that mean the same in other words, on what the home holds.

    QUOTEDESK_HOME=… python -m tests.bench.related [QUERIES.jsonl] [--list PASSAGES.jsonl]
    QUOTEDESK_HOME=… python -m tests.bench.related [QUERIES.jsonl] --vectors PASSAGES.npy QUERIES.npy

A line of QUERIES is {"query", "gold": [{"must_contain"}]}; the 86 that lie here are paraphrases of passages drawn by
chance from DATA/corpus/newsroom, written before any means was tried. A hit is right when it holds one of the gold
strings, folded, blanks not looked at. Printed are the shares of queries with a right hit at rank 1, among 3 and among
10, what building took, and a query's milliseconds. `--list` writes the passages in their order, one {"text"} a line;
`--vectors` compares what an embedding model made of these, in this order, and of the queries (arrays of floats with a
line each). Nothing is downloaded.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from bot.build import Application, build
from bot.config import load
from bot.roles import operator
from index.analysis import terms
from index.entries import entry
from index.likeness import likeness
from tests.bench.related.lists import Matrix, matrix
from tests.bench.related.means import MEANS, Scoring, best, unit, vectors

_QUERIES = Path(__file__).with_name("paraphrases.jsonl")
_FEWEST = 5
_DOCUMENTS = 100
_DEPTHS = (1, 3, 10)
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the folded strings one of which a right passage holds."""

    query: str
    right: tuple[str, ...]

    def rank(self, hits: Sequence[str]) -> int:
        """The rank of the first right one of these texts, from 1; 0 when there is none."""
        folded = ("".join(terms(text)) for text in hits)
        return next((rank for rank, text in enumerate(folded, 1) if any(right in text for right in self.right)), 0)


def asked_of(path: Path) -> list[Asked]:
    """The queries that have an answer."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [
        Asked(row["query"], tuple({"".join(terms(gold["must_contain"])) for gold in row["gold"]}))
        for row in rows
        if row["gold"]
    ]


async def passages_of(app: Application) -> list[str]:
    """The passages of five words or more, those of the same folded words once, in the order of document ids."""
    wordings: dict[str, str] = {}
    ids = await app.store.archive.live_ids()
    for at in range(0, len(ids), _DOCUMENTS):
        for stored in sorted(
            await app.store.archive.current(ids[at : at + _DOCUMENTS]), key=lambda each: each.document.id
        ):
            for passage in entry(stored.document, stored.version).passages:
                words = terms(passage.text)
                if len(words) >= _FEWEST:
                    wordings.setdefault(" ".join(words), passage.text)
    return list(wordings.values())


def line(name: str, ranks: Sequence[int], seconds: float, built: float | None) -> str:
    """One line of the table."""
    shares = "".join(f"{sum(0 < rank <= depth for rank in ranks) / len(ranks):8.3f}" for depth in _DEPTHS)
    return f"{name:32}{shares}{seconds / len(ranks) * 1000:9.1f}" + ("" if built is None else f"{built:9.1f}")


async def searched(app: Application, asked: Sequence[Asked]) -> str:
    """The line of the word search as reporters have it."""
    begun = time.perf_counter()
    answers = [await app.desk.answer(operator(), each.query, limit=_DEPTHS[-1]) for each in asked]
    seconds = time.perf_counter() - begun
    ranks = [each.rank([card.text for card in answer.cards]) for each, answer in zip(asked, answers, strict=True)]
    return line("quotedesk quote", ranks, seconds, None)


def measured(name: str, make: Callable[[], Scoring], texts: Sequence[str], asked: Sequence[Asked]) -> str:
    """The line of one of the means."""
    begun = time.perf_counter()
    scoring = make()
    built = time.perf_counter() - begun
    begun = time.perf_counter()
    scores = [scoring(each.query) for each in asked]
    seconds = time.perf_counter() - begun

    @cache
    def words(row: int) -> list[int]:
        return [hash(term) for term in terms(texts[row])]

    def alike(row: int, other: int) -> bool:
        return likeness(words(row), words(other)).share >= _ALIKE

    ranks = [
        each.rank([texts[row] for row in best(found, alike, _DEPTHS[-1])])
        for each, found in zip(asked, scores, strict=True)
    ]
    return line(name, ranks, seconds, built)


def compared(texts: Sequence[str], asked: Sequence[Asked], given: tuple[Path, Path] | None) -> Iterator[str]:
    """The lines of all means."""
    if given:
        passages, queries = (unit(np.load(path).astype(np.float32)) for path in given)
        by_query = {each.query: vector for each, vector in zip(asked, queries, strict=True)}
        yield measured("the vectors given", lambda: vectors(passages, by_query), texts, asked)
        return
    begun = time.perf_counter()
    held: Matrix = matrix(texts)
    yield f"{len(texts)} passages of {len(held.idf)} stems in {time.perf_counter() - begun:.0f} s"
    for name, make in MEANS.items():
        yield measured(name, lambda make=make: make(held), texts, asked)


async def read(asked: Sequence[Asked]) -> tuple[list[str], str]:
    """The home's passages, and the line of its word search."""
    async with await build(load()) as app:
        return await passages_of(app), await searched(app, asked)


def main(queries: Path, listed: Path | None, given: tuple[Path, Path] | None) -> None:
    """Read the home, compare, print."""
    asked = asked_of(queries)
    texts, word_search = asyncio.run(read(asked))
    if listed:
        listed.write_text("".join(f"{json.dumps({'text': text})}\n" for text in texts), encoding="utf-8")
    print(f"{len(asked)} queries\n{'':32}     s@1     s@3    s@10 ms/query  built s\n{word_search}", flush=True)
    for told in compared(texts, asked, given):
        print(told, flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Compare means of finding passages in other words.")
    parser.add_argument("queries", type=Path, nargs="?", default=_QUERIES)
    parser.add_argument("--list", type=Path, dest="listed")
    parser.add_argument("--vectors", type=Path, nargs=2)
    options = parser.parse_args()
    main(options.queries, options.listed, options.vectors and tuple(options.vectors))
