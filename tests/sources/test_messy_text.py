"""The hostile text, Markdown and web files of the shared data behave as their list says, through the processes."""

import json
import time
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sources.document import Extract, Raw
from sources.errors import NoText, Unreadable
from sources.extract import Extractors

ROOMS = ("text/", "html/", "markdown/", "duplicates/")
QUICK_SECONDS = 10.0
# The list allows "ok" or "empty" for these; Quotedesk promises more.
PROMISED = {"text/utf16le-nobom.txt", "text/utf32le-bom.txt", "text/nul-bytes.txt", "html/unclosed.html"}


def is_ours(file: str) -> bool:
    return file.startswith(ROOMS) or (file.startswith("other/") and file.endswith(".txt"))


def read(folder: Path, name: str) -> Raw | None:
    path = folder / name
    return Raw(name, path.read_bytes(), "", datetime.now(UTC)) if path.is_file() else None


async def outcome(extractors: Extractors, raw: Raw) -> Extract | str:
    try:
        (extract,) = await extractors.extract(raw)
    except NoText:
        return "empty"
    except Unreadable:
        return "error"
    return extract


def compared(text: str, row: Mapping[str, Any]) -> str:
    match row.get("compare"):
        case "after NFKC":
            return unicodedata.normalize("NFKC", text)
        case "after removing U+00AD":
            return text.replace("\xad", "")
        case _:
            return text


def check(extract: Extract, row: Mapping[str, Any]) -> None:
    text = compared(extract.text, row)
    assert all(words in text for words in row["must_contain"])
    assert not [words for words in row["must_not_contain"] + row.get("should_not_contain", []) if words in text]
    if row["title"]:
        assert extract.title == row["title"]
    published = extract.published.value[:10] if extract.published else None
    assert published in [row["date"], *row.get("also_accept_date", [])]


@pytest.mark.shared
async def test_every_messy_file_behaves(shared: Path) -> None:
    folder = shared / "corpus" / "messy"
    rows = [json.loads(line) for line in (folder / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
    files = {row["file"]: read(folder, row["file"]) for row in rows if is_ours(row["file"])}
    checked = 0
    async with Extractors(processes=2) as extractors:
        for row in rows:
            raw = files.get(row["file"])
            if raw is None:
                continue
            checked += 1
            began = time.monotonic()
            result = await outcome(extractors, raw)
            accepted: list[str] = [row["expect"]]
            if row["file"] not in PROMISED:
                accepted += row.get("also_accept", [])
            assert ("ok" if isinstance(result, Extract) else result) in accepted, row["file"]
            if isinstance(result, Extract):
                check(result, row)
            assert time.monotonic() - began < QUICK_SECONDS, row["file"]
    assert checked > 35
