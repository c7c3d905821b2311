"""nDCG@10 and recall@100 of the plain word search on a BEIR-style set:

    python -m tests.bench.relevance SET [--peer PYTHON] [--most-queries N]

SET holds `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels.tsv` or `qrels/test.tsv`
(query, document, grade). Every document is read as plain text into an index of its own. A document is worth its best
passage and the sum of all that were found, over the number of its passages to the power of 0.7: the place that
answers, and how far the whole is about it (after Callan 1994, https://doi.org/10.1007/978-1-4471-2099-5_31). The mean,
a power of 1, is hard on long documents, the plain sum on short ones (Singhal, Buckley and Mitra 1996,
https://doi.org/10.1145/243199.243206); of a grid this power loses least to Lucene's BM25 where it loses anything, over
all sets, and over most of them when one is left out. `--peer` names a Python that has
`bm25s` and `PyStemmer`: the same set is then ranked by Lucene's BM25 (k1 = 1.2, b = 0.75,
English stop words and stems), title and text as one field.
"""

import asyncio
import json
import subprocess
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from index.analysis import terms
from index.entries import Entry, entry
from index.hit import Hit
from index.port import Access, Batch
from index.query import Query, parse
from index.query.parser import LONGEST, MOST_TERMS
from index.whoosh_engine import WhooshEngine
from sources.document import Document
from tests.bench.relevance.measures import ndcg, recall

_DEPTH = 100
_BATCH = 5_000
_PASSAGES = 1_000
_LENGTH = 0.7
_PEER = Path(__file__).with_name("peer.py")

Qrels = dict[str, dict[str, int]]


def main(
    folder: Annotated[Path, typer.Argument(help="The BEIR-style set.")],
    peer: Annotated[Path | None, typer.Option(help="A Python with bm25s and PyStemmer.")] = None,
    most_queries: Annotated[int, typer.Option(help="Ask so many at most.")] = 10_000,
) -> None:
    """Print both figures, for our search and for the peer."""
    qrels = read_qrels(folder)
    queries = {line["_id"]: str(line["text"]) for line in lines(folder / "queries.jsonl") if qrels.get(line["_id"])}
    asked = dict(list(queries.items())[:most_queries])
    _print("quotedesk", asyncio.run(_ours(folder, asked)), qrels)
    if peer:
        run = subprocess.run(
            [str(peer), str(_PEER), str(folder), str(_DEPTH)],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=True,
        )
        _print("bm25s (Lucene)", json.loads(run.stdout), qrels)


def lines(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    with file.open(encoding="utf-8") as opened:
        for line in opened:
            if line.strip():
                yield json.loads(line)


def read_qrels(folder: Path) -> Qrels:
    """Grades above 0 by query and document."""
    nested = folder / "qrels" / "test.tsv"
    rows = (nested if nested.exists() else folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    qrels: Qrels = {}
    for row in rows:
        query, document, grade = row.split("\t")
        if grade.isdigit() and int(grade) > 0:
            qrels.setdefault(query, {})[document] = int(grade)
    return qrels


async def _ours(folder: Path, queries: dict[str, str]) -> dict[str, list[str]]:
    access = Access("beir", frozenset(("beir",)))
    with TemporaryDirectory() as home:
        engine = WhooshEngine(Path(home))
        passages: dict[str, int] = {}
        await engine.rebuild(_batches(folder, passages))
        found = {
            name: ranked((await engine.search(question(text), access)).hits, passages) for name, text in queries.items()
        }
        await engine.close()
    return found


def question(text: str) -> Query:
    """The loose words of any text. One longer than the language allows is read in pieces; a word that comes again in
    a later piece counts again.
    """
    words = [word for word in terms(text) if any(sign.isalnum() for sign in word)]
    pieces = [
        parse(" ".join(words[at : at + MOST_TERMS])[:LONGEST], limit=_PASSAGES)
        for at in range(0, len(words) or 1, MOST_TERMS)
    ]
    return replace(
        pieces[0],
        text=" ".join(piece.text for piece in pieces),
        wanted=tuple(node for piece in pieces for node in piece.wanted),
        helping=tuple(node for piece in pieces for node in piece.helping),
    )


def ranked(hits: Sequence[Hit], passages: Mapping[str, int]) -> list[str]:
    """The best documents by the scores of their passages; `passages` tells how many each has in all."""
    scores: dict[str, list[float]] = defaultdict(list)
    for hit in hits:
        places = (hit.document, *(copy.document for copy in (*hit.also_in, *hit.similar_in)))
        for location in dict.fromkeys(place.location for place in places):
            scores[location].append(hit.score)
    worth = {name: max(found) + sum(found) / passages[name] ** _LENGTH for name, found in scores.items()}
    return sorted(worth, key=lambda name: -worth[name])[:_DEPTH]


async def _batches(folder: Path, passages: dict[str, int]) -> AsyncIterator[Batch]:
    """The set in batches; `passages` is told how many each document has."""
    taken: list[Entry] = []
    for number, line in enumerate(lines(folder / "corpus.jsonl"), 1):
        taken.append(entry(_document(line), 1))
        passages[taken[-1].card.location] = len(taken[-1].passages)
        if len(taken) == _BATCH:
            yield Batch(taken, (), number)
            taken = []
    yield Batch(taken, (), 1)


def _document(line: dict[str, Any]) -> Document:
    name = str(line["_id"])
    return Document(
        id=name,
        workspace_id="beir",
        source_id="beir",
        location=name,
        title=line.get("title") or None,
        text=str(line["text"]),
        added=datetime(2026, 1, 1, tzinfo=UTC),
    )


def _print(name: str, run: dict[str, list[str]], qrels: Qrels) -> None:
    count = len(run) or 1
    best = sum(ndcg(found, qrels[query], 10) for query, found in run.items()) / count
    far = sum(recall(found, qrels[query], _DEPTH) for query, found in run.items()) / count
    print(f"{name:15s} queries {len(run):5d}  nDCG@10 {best:.4f}  recall@{_DEPTH} {far:.4f}", flush=True)


if __name__ == "__main__":
    typer.run(main)
