"""A BEIR-style set made of an index and a gold file, where no public one is at hand:

    python -m tests.bench.relevance.beir_of HOME GOLD.jsonl OUT [--titles 200]

Each passage is a document without a title. The queries are those of the gold that have an answer (relevant is what
holds a gold string and comes from its path), and titles of articles (relevant are the article's passages).
"""

import json
import random
from pathlib import Path
from typing import Annotated

import typer

from tests.bench.relevance.opened import snapshot
from tests.bench.relevance.questions import plain


def main(
    home: Path, gold: Path, out: Path, titles: Annotated[int, typer.Option(help="Titles to ask for.")] = 200
) -> None:
    """Write the three files."""
    out.mkdir(parents=True, exist_ok=True)
    asked = [line for line in map(json.loads, gold.read_text(encoding="utf-8").splitlines()) if line["gold"]]
    (leaf,) = snapshot(home).leaves
    segment = leaf.segment
    chosen = {
        number
        for number in random.Random(1).sample(range(segment.documents), segment.documents)
        if segment.card(number).kind == "article" and len((segment.card(number).title or "").split()) > 4
    }
    chosen = set(sorted(chosen)[:: max(1, len(chosen) // titles)])
    qrels: list[tuple[str, str]] = []
    with (out / "corpus.jsonl").open("w", encoding="utf-8") as corpus:
        for row in range(segment.rows):
            number, text = int(segment.row_card[row]), segment.passage(row).text
            corpus.write(json.dumps({"_id": str(row), "title": "", "text": text}) + "\n")
            words, path = plain(text), segment.card(number).location
            qrels += [
                (line["id"], str(row))
                for line in asked
                if any(entry["path"] == path and plain(entry["must_contain"]) in words for entry in line["gold"])
            ]
            if number in chosen:
                qrels.append((f"title-{number}", str(row)))
    queries = [(line["id"], line["query"]) for line in asked]
    queries += [(f"title-{number}", segment.card(number).title) for number in sorted(chosen)]
    (out / "queries.jsonl").write_text(
        "".join(json.dumps({"_id": name, "text": text}) + "\n" for name, text in queries), encoding="utf-8"
    )
    (out / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\n" + "".join(f"{query}\t{row}\t1\n" for query, row in qrels), encoding="utf-8"
    )


if __name__ == "__main__":
    typer.run(main)
