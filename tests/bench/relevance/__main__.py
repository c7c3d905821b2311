"""nDCG@10 and recall@100 of the plain word search on a BEIR-style set:

    python -m tests.bench.relevance SET [--peer PYTHON] [--most-queries N]

SET holds `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and `qrels.tsv` or `qrels/test.tsv`
(query, document, grade). Every document is read as plain text into an index of its own; a document ranks where its best
passage does. `--peer` names a Python that has `bm25s` and `PyStemmer`: the same set is then ranked by Lucene's BM25 (k1
= 1.2, b = 0.75, English stop words and stems), title and text as one field.
"""

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from index.analysis import terms
from index.port import Access, Batch, Entry
from index.query import parse
from index.query.parser import LONGEST, MOST_TERMS
from index.sync import entry
from index.whoosh_engine import WhooshEngine
from sources.document import Document
from tests.bench.relevance.measures import ndcg, recall

_DEPTH = 100
_BATCH = 5_000
_PASSAGES = 300
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
        await engine.rebuild(_batches(folder))
        found: dict[str, list[str]] = {}
        for name, text in queries.items():
            words = [word for word in terms(text) if any(sign.isalnum() for sign in word)][:MOST_TERMS]
            results = await engine.search(parse(" ".join(words)[:LONGEST], limit=_PASSAGES), access)
            places = [
                location
                for hit in results.hits
                for location in (
                    hit.document.location,
                    *(copy.document.location for copy in (*hit.also_in, *hit.similar_in)),
                )
            ]
            found[name] = list(dict.fromkeys(places))[:_DEPTH]
        await engine.close()
    return found


async def _batches(folder: Path) -> AsyncIterator[Batch]:
    taken: list[Entry] = []
    for number, line in enumerate(lines(folder / "corpus.jsonl"), 1):
        taken.append(entry(_document(line), 1))
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
