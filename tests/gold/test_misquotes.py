"""Real quotations and misquotations of public documents get the right verdict, and their place.

A sample runs here, with the documents it is of; `QUOTEDESK_TEST_WHOLE=1 pytest tests/gold` runs all of it.
"""

import json
import shutil
from pathlib import Path

import pytest

from bot.build import build
from bot.config import Config
from bot.roles import operator
from tests.bench.misquotes import Row, figures, judged, report, rows
from tests.gold.test_newsroom import WHOLE

pytestmark = pytest.mark.shared

EVERY = 1 if WHOLE else 9


def place(corpus: Path, folder: Path, quotations: list[Row]) -> Path:
    """The whole corpus, or of it the documents that these quotations are of."""
    if WHOLE:
        return corpus
    wanted = {row["true_doc"] for row in quotations if row["true_doc"]}
    lines = (corpus / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if json.loads(line)["path"] in wanted]
    for path in wanted:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(corpus / path, folder / path)
    (folder / "manifest.jsonl").write_text("\n".join(kept), encoding="utf-8")
    return folder


async def test_quotations_get_the_right_verdict_and_place(shared: Path, tmp_path: Path) -> None:
    every = rows(shared / "corpus" / "misquotes" / "misquotes.jsonl")
    quotations = [row for row in every if WHOLE or len(row["true_doc"] or "") < 90][::EVERY]
    (tmp_path / "some").mkdir()
    found = place(shared / "corpus" / "newsroom", tmp_path / "some", quotations)
    async with await build(Config.model_validate({"quotedesk_home": tmp_path / "home"})) as application:
        await application.holdings.add(operator(), str(found), name="newsroom")
        results = await judged(application.checks, quotations)
    reached = figures(results)
    assert reached["false_exact"] == 0, report(results, misses=True)
    assert min(reached["right"], reached["placed"]) >= 0.97, report(results, misses=True)
