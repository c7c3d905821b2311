"""Lucene's BM25 by bm25s, run by a Python that has it: queries as JSON on stdin, ranked documents as JSON on stdout."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import Stemmer


def main() -> None:
    """Rank the set in the folder that is named, to the depth that is named."""
    library: Any = importlib.import_module("bm25s")  # no part of the project: only the peer's Python has it
    folder, depth = Path(sys.argv[1]), int(sys.argv[2])
    with (folder / "corpus.jsonl").open(encoding="utf-8") as file:
        documents: list[dict[str, Any]] = [json.loads(line) for line in file if line.strip()]
    texts = [f"{line.get('title') or ''} {line['text']}" for line in documents]
    stemmer = Stemmer.Stemmer("english")
    index = library.BM25(method="lucene", k1=1.2, b=0.75)
    index.index(library.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)
    queries: dict[str, str] = json.load(sys.stdin)
    found: dict[str, list[str]] = {}
    for name, text in queries.items():
        asked = library.tokenize([text], stopwords="en", stemmer=stemmer, show_progress=False)
        places, scores = index.retrieve(asked, k=min(depth, len(texts)), show_progress=False)
        ranked: list[tuple[int, float]] = list(zip(places[0].tolist(), scores[0].tolist(), strict=True))
        found[name] = [str(documents[place]["_id"]) for place, score in ranked if score > 0]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
