"""Real documents without their manifest: what they claim of their dates is right, and what they state is found.

A sample of the newsroom corpus runs here; `python -m tests.bench.declared_facts` measures all of it.
"""

import shutil
from pathlib import Path

import pytest

from sources.document import PartialDate
from tests.bench.declared_facts import FACTS, Row, Score, measure, read, rows_of

pytestmark = pytest.mark.shared

EVERY = 12
PRECISION, RECALL = 0.97, 0.9


def sampled(corpus: Path, folder: Path) -> list[Row]:
    """Every so many-th file of each folder, copied; its lines of the manifest."""
    rows = [row for row in rows_of(corpus) if not (row["path"] or "").startswith("mueller/")][::EVERY]
    for row in rows:
        path = row["path"] or ""
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(corpus / path, folder / path)
    return rows


async def test_claimed_dates_are_right_and_stated_dates_are_found(shared: Path, tmp_path: Path) -> None:
    rows = sampled(shared / "corpus" / "newsroom", tmp_path)
    (fact,) = [fact for fact in FACTS if fact.column == "date"]
    scores, errors = measure(fact, rows, await read(tmp_path))
    total = Score()
    for score in scores.values():
        total.add(score)
    assert total.claimed > 50
    assert total.right / total.claimed >= PRECISION, errors
    assert total.found / total.occurring >= RECALL, errors


async def test_a_call_keeps_its_day_apart_from_its_publication(shared: Path, tmp_path: Path) -> None:
    (call,) = (shared / "corpus" / "newsroom" / "whitehouse" / "press-briefings").glob(
        "2022-04-28-background-press-call*"
    )
    shutil.copy(call, tmp_path)
    document = (await read(tmp_path))[call.name].document
    assert document.published is not None
    assert document.published.value.startswith("2022-04-28")
    assert [mark.value.value for mark in document.marks if isinstance(mark.value, PartialDate)] == ["2022-04-27"]


async def test_the_two_seeds_stay_undated(shared: Path) -> None:
    found = await read(shared / "corpus" / "seeds")
    assert len(found) == 2
    for each in found.values():
        assert each.document.published is None
        assert not [mark for mark in each.document.marks if isinstance(mark.value, PartialDate)]
