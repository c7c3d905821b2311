"""The bench of engines: what it asks, what it draws, and that a small run goes through."""

import xml.etree.ElementTree as ET  # only of what is made here
from itertools import islice
from pathlib import Path

import pytest

from tests.bench.engines.__main__ import main
from tests.bench.engines.passages import lines
from tests.bench.engines.plot import Series, bars
from tests.bench.engines.plot import lines as line_plot
from tests.bench.engines.questions import Kind, Question, draw

TEXTS = [
    f"the man of the {name} said that it was the {name} and that the house was of the man who saw the {name} in the \
house that he had and it was that"
    for name in ("mill", "ferry", "harbor", "market", "tide", "lantern", "bridge")
]


def test_the_same_seed_asks_the_same_and_words_come_from_one_passage() -> None:
    asked = draw(TEXTS * 20, 5, 1)
    assert asked == draw(TEXTS * 20, 5, 1) != draw(TEXTS * 20, 5, 2)
    assert {one.kind for one in asked} == set(Kind)
    for one in asked:
        assert any(set(one.words) <= set(text.split()) for text in TEXTS)
        if one.kind in (Kind.PHRASE, Kind.FREQUENT):
            assert any(" ".join(one.words) in text for text in TEXTS)


def test_how_a_question_is_typed() -> None:
    assert [Question(kind, ("foreign", "dirt")).written for kind in (Kind.OR, Kind.AND, Kind.PHRASE, Kind.NEAR2)] == [
        "foreign dirt",
        "+foreign +dirt",
        '"foreign dirt"',
        '"foreign dirt"~10',
    ]


def test_plots_are_svg_and_leave_out_what_was_not_measured() -> None:
    series = [Series("ours", [0.5, 2.0], [1.0, 8.0]), Series("<theirs>", [5.0, None])]
    for drawn, marks in (
        (bars("Bars", "ms", ["or", "and"], series), 5),
        (line_plot("Lines", "ms", [1e4, 1e6], series), 3),
    ):
        root = ET.fromstring(drawn)
        space = root.tag.removesuffix("svg")
        found = [*root.iter(f"{space}circle"), *(bar for bar in root.iter(f"{space}rect") if bar.get("fill-opacity"))]
        assert len(found) == marks
        assert "<theirs>" in [text.text for text in root.iter(f"{space}text")]


@pytest.mark.shared
def test_more_passages_than_there_are_differ_by_a_word(shared: Path) -> None:
    first, again = next(lines(shared, 1)), next(islice(lines(shared, 291_365), 291_364, None))
    assert again.number == 291_364
    assert again.document == f"{first.document}~1"
    assert sum(one != two for one, two in zip(first.text.split(), again.text.split(), strict=True)) <= 1


@pytest.mark.shared
def test_a_small_run_writes_tables_and_plots(shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(shared, tmp_path, "300", "fts5,tantivy", questions=2, rounds=1)
    table = (tmp_path / "engines.md").read_text(encoding="utf-8")
    assert "tantivy: not run, no Python that has it was given (--peer-python)." in table
    assert {"| ours |", "| ours, whole |", "| fts5 |"} <= {
        f"|{line.split('|')[1]}|" for line in table.splitlines() if "|" in line
    }
    assert table.splitlines()[-1] in capsys.readouterr().out
    assert (tmp_path / "latency-300.svg").exists()
    assert len(list(tmp_path.glob("growth-*.svg"))) == len(Kind)
