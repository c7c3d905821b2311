"""Real public documents, read, kept, indexed and asked: exact to the letter, and the right passage first.

A sample of the newsroom corpus runs here; `QUOTEDESK_TEST_WHOLE=1 pytest tests/gold` runs all of it (two minutes).
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.build import Application, build
from bot.config import Config
from bot.roles import operator
from index.split import split

pytestmark = pytest.mark.shared

WHOLE = os.environ.get("QUOTEDESK_TEST_WHOLE") == "1"
EVERY = 1 if WHOLE else 40
LEAST = {
    "seeds": {"s@1": 0.909, "s@3": 1.0, "abstain": 1.0},
    "newsroom": {"s@1": 0.91, "s@3": 0.936, "abstain": 0.8},
}
"""What is held; the best baseline that the scorer's own notes print is 0.809 and 0.915, and abstains never."""

MOST_DECLINED = {"seeds": 0.2, "newsroom": 0.05}
"""Of the questions that have an answer."""


def sample(corpus: Path, folder: Path) -> Path:
    """The corpus, or every so many-th file of it with its line of the manifest."""
    if WHOLE:
        return corpus
    lines = (corpus / "manifest.jsonl").read_text(encoding="utf-8").splitlines()[::EVERY]
    for line in lines:
        path = json.loads(line)["path"]
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(corpus / path, folder / path)
    (folder / "manifest.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


async def _filled(home: Path, place: Path) -> None:
    async with await build(Config.model_validate({"quotedesk_home": home})) as application:
        await application.holdings.add(operator(), str(place), name=place.name)


@pytest.fixture(scope="module")
def home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the newsroom corpus, or its sample."""
    home = tmp_path_factory.mktemp("newsroom") / "home"
    place = sample(shared / "corpus" / "newsroom", tmp_path_factory.mktemp("corpus"))
    asyncio.run(_filled(home, place))
    return home


async def documents(application: Application) -> list[str]:
    (source,) = await application.store.archive.sources("local")
    return [document.id for document in await application.store.archive.documents(source.id)]


async def test_every_passage_is_a_slice_and_every_word_is_in_one(home: Path) -> None:
    passages = 0
    async with await build(Config.model_validate({"quotedesk_home": home})) as application:
        for document_id in await documents(application):
            stored = await application.store.archive.version("local", document_id)
            assert stored is not None
            text, at = stored.document.text, 0
            for passage in split(stored.document, stored.number):
                assert text[passage.start : passage.end] == passage.text
                assert not text[at : passage.start].strip()
                at, passages = passage.end, passages + 1
            assert not text[at:].strip()
    assert passages > (100_000 if WHOLE else 1_500)


async def test_every_shown_passage_equals_its_stored_slice(home: Path) -> None:
    shown = 0
    async with await build(Config.model_validate({"quotedesk_home": home})) as application:
        for question in (
            "president",
            '"the president"',
            "government NEAR/5 states",
            "russia* sort:newest",
            "war -peace",
        ):
            answer = await application.desk.answer(operator(), question, limit=50)
            for card in answer.cards:
                stored = await application.store.archive.version("local", card.document.id, card.ref.version)
                assert stored is not None
                assert stored.document.text[card.ref.start : card.ref.end] == card.text
                assert all(card.text[span.start : span.end].strip() for span in card.spans)
                shown += 1
    assert shown >= 100


def scored(shared: Path, home: Path, name: str) -> Mapping[str, Any]:
    """Ask the gold questions through the command line, and let the scorer judge."""
    gold, run = shared / "gold" / f"{name}_public.jsonl", home.parent / "run.jsonl"
    environment = os.environ | {"QUOTEDESK_HOME": str(home)}
    command = [sys.executable, "-m", "bot", "quote", "--batch", str(gold), "--limit", "10", "--json"]
    with run.open("w", encoding="utf-8") as output:
        subprocess.run(command, stdout=output, env=environment, check=True)
    judged = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(run), "--json"]
    return json.loads(subprocess.run(judged, capture_output=True, text=True, check=True).stdout)["ALL"]


@pytest.mark.parametrize(
    "name", ["seeds", pytest.param("newsroom", marks=pytest.mark.skipif(not WHOLE, reason="QUOTEDESK_TEST_WHOLE=1"))]
)
def test_the_right_passage_comes_first_and_what_is_not_there_is_declined(
    shared: Path, tmp_path: Path, name: str
) -> None:
    home = tmp_path / "home"
    asyncio.run(_filled(home, shared / "corpus" / name))
    figures = scored(shared, home, name)
    assert {figure: figures[figure] for figure in LEAST[name] if round(figures[figure], 3) < LEAST[name][figure]} == {}
    assert figures["declined"] <= MOST_DECLINED[name]
