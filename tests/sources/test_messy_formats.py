"""Files that break loaders, against what is expected of them: captions, feeds, PDF, DOCX, EPUB, CSV, JSON and a zip."""

import json
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from sources.document import Extract, Page, Raw
from sources.errors import NoText, Unreadable
from sources.extract.sniff import format_of

_FOLDERS = ("pdf/", "docx/", "feeds/", "transcripts/")
_OTHERS = {"other/book.epub", "other/table.csv", "other/article.json", "other/zip-slip.zip"}
_OURS = 31
"""Rows of expected.jsonl that these tests cover: none may get lost unnoticed."""


def _extract(path: Path) -> Sequence[Extract]:
    raw = Raw(path.name, path.read_bytes(), "", datetime(2019, 7, 1, tzinfo=UTC))
    found = format_of(raw.location, head=raw.content[:4096])
    if found is None:
        raise Unreadable("no known format")
    return import_module(found.module).extract(raw)


def _outcome(path: Path) -> tuple[str, Sequence[Extract]]:
    try:
        return "ok", _extract(path)
    except NoText:
        return "empty", ()
    except Unreadable:
        return "error", ()


def _comparable(text: str, compare: str) -> str:
    if "margin numbers" in compare:
        text = re.sub(r"^ *\d{1,2} +", "", text, flags=re.MULTILINE)
    if "NFKC" in compare:
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split())


def _check(row: dict[str, Any], documents: Sequence[Extract]) -> None:
    text = _comparable("\n\n".join(document.text for document in documents), row.get("compare", ""))
    missing = [words for words in row["must_contain"] if words not in text]
    unwanted = [words for words in row["must_not_contain"] if words in text]
    assert (missing, unwanted) == ([], [])
    dates = [document.published.value[:10] if document.published else None for document in documents]
    assert dates[0] in {row["date"], *row.get("also_accept_date", [])}
    if row["title"]:
        assert documents[0].title == row["title"]
    if "items" in row:
        assert len(documents) == row["items"]
    if "pages" in row:
        assert len({mark.value for mark in documents[0].marks if isinstance(mark.value, Page)}) == row["pages"]


@pytest.mark.shared
def test_every_messy_file_is_read_or_refused_as_expected(shared: Path) -> None:
    lines = (shared / "corpus/messy/expected.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for line in lines if (row := json.loads(line)) and _is_ours(row["file"])]
    assert len(rows) == _OURS
    failures: dict[str, str] = {}
    for row in rows:
        outcome, documents = _outcome(shared / "corpus/messy" / row["file"])
        try:
            assert outcome in {row["expect"], *row.get("also_accept", [])}
            if outcome == "ok" and row["expect"] == "ok":
                _check(row, documents)
        except AssertionError as error:
            failures[row["file"]] = f"{outcome}: {error}"
    assert failures == {}


def _is_ours(file: str) -> bool:
    return file.startswith(_FOLDERS) or file in _OTHERS
