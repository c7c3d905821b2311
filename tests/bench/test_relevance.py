"""The runner of BEIR-style sets asks every word and ranks documents by all of their passages; else its figures lie."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.entries import entry
from index.hit import Copy, Hit
from index.query.nodes import Word
from index.query.parser import MOST_TERMS
from sources.document import Document
from tests.bench.relevance.__main__ import main, question, ranked

CORPUS = {
    "tea": "Leaves of an evergreen shrub, dried and poured over with hot water.",
    "maté": "Dried leaves of a holly, drunk through a tube of silver.",
    "rye": "A grass grown for its grain, of which bread is baked.",
}
QUERIES = {
    "1": "Which dried leaves are drunk through a silver tube?",
    "2": "bread (grain) -or tea: title:rye",
    "3": "nobody has judged this",
}


def hit(name: str, score: float, also_in: tuple[Copy, ...] = ()) -> Hit:
    """A hit in the document of this name."""
    document = Document(
        id=name, workspace_id="w", source_id="s", location=name, text="Words.", added=datetime(2026, 1, 1, tzinfo=UTC)
    )
    made = entry(document, 1)
    return Hit(made.passages[0], made.card, score, also_in=also_in)


def test_a_set_is_asked_and_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file, lines in (("corpus", CORPUS), ("queries", QUERIES)):
        written = "".join(json.dumps({"_id": name, "text": text}) + "\n" for name, text in lines.items())
        (tmp_path / f"{file}.jsonl").write_text(written, encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n1\tmaté\t1\n2\trye\t2\n2\ttea\t0\n", "utf-8")
    main(tmp_path, None, 10)
    assert " ".join(capsys.readouterr().out.split()) == "quotedesk queries 2 nDCG@10 1.0000 recall@100 1.0000"


def test_every_word_of_a_long_query_is_asked() -> None:
    names = [f"name{number}" for number in range(2 * MOST_TERMS + 1)]
    assert question(" ".join(names)).wanted == tuple(map(Word, names))
    assert question("-dirt? OR “the").wanted == (Word("dirt"),)


def test_a_document_that_is_wholly_about_it_comes_before_one_that_tells_of_it_once() -> None:
    hits = [hit("aside", 5.0), hit("whole", 5.0), hit("whole", 4.0)]
    assert ranked(hits, {"aside": 4, "whole": 2}) == ["whole", "aside"]


def test_a_copy_ranks_where_its_original_does() -> None:
    copy = Copy(hit("copy", 1.0).document, 0, 6)
    hits = [hit("original", 5.0, also_in=(copy,)), hit("other", 4.0)]
    assert ranked(hits, {"original": 1, "copy": 1, "other": 1}) == ["original", "copy", "other"]
