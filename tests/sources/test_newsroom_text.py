"""Real records come out whole: reports of a megabyte, transcripts in <pre>, Markdown and plain text."""

import html
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.document import Extract, Raw
from sources.errors import NoText
from sources.extract import markdown, plain
from sources.extract.html import extract as extract_page

pytestmark = pytest.mark.shared


def raw(path: Path) -> Raw:
    return Raw(path.name, path.read_bytes(), "", datetime.now(UTC))


def page(path: Path) -> Extract:
    (found,) = extract_page(raw(path))
    return found


def letters(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f]+", "", text)


@pytest.mark.parametrize("volume", ["vol-1", "vol-2", "appendix"])
def test_a_report_of_a_megabyte_comes_out_whole(shared: Path, volume: str) -> None:
    path = shared / "corpus" / "newsroom" / "mueller" / f"mueller-report-{volume}.html"
    source = path.read_text(encoding="utf-8")
    body = re.sub(r"<head>.*?</head>|<!--.*?-->|<span class=\"footnote-mark\">.*?</span>", "", source, flags=re.DOTALL)
    shown = letters(html.unescape(re.sub(r"<[^>]*>", "", body)))
    found = page(path)
    assert len(letters(found.text)) > 0.97 * len(shown)
    assert max(map(len, found.text.split("\n\n"))) < 15_000
    # The end of each report: its last footnote.
    assert letters(found.text)[-100:] in shown[-2000:]


def test_the_congressional_record_keeps_every_letter(shared: Path) -> None:
    paths = sorted((shared / "corpus" / "newsroom" / "congressional-record").glob("*.htm"))
    for path in paths:
        source = path.read_text(encoding="utf-8", errors="replace")
        shown = html.unescape(re.sub(r"<[^>]*>", "", source.partition("<pre>")[2]))
        shown = re.sub(r"\[\[Page \w+\]\]", "", shown)
        found = page(path)
        assert letters(found.text) == letters(shown), path.name
        assert found.published, path.name
        assert found.published.value == path.name[5:15], path.name
    assert len(paths) > 200


def test_declared_titles_and_dates_are_read(shared: Path) -> None:
    folder = shared / "corpus" / "newsroom"
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    declared = [row for row in rows if row["format"] == "md"]
    for row in declared[::5]:
        try:
            (found,) = markdown.extract(raw(folder / row["path"]))
        except NoText:
            continue
        assert found.title == re.sub(r"\s+", " ", row["title"]), row["path"]
        assert found.published, row["path"]
        assert found.published.value[:10] == row["date"], row["path"]
    assert len(declared) > 500


def test_speeches_name_their_speaker(shared: Path) -> None:
    folder = shared / "corpus" / "newsroom"
    rows = [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]
    speeches = [row for row in rows if row["path"].startswith("speeches/") and row["format"] == "txt"]
    for row in speeches[::10]:
        (found,) = plain.extract(raw(folder / row["path"]))
        assert found.marks or found.speaker == row["speaker"], row["path"]
    assert len(speeches) > 900
