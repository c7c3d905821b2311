"""A folder of broken files, added from outside: each is read right or refused in one sentence, and the rest is read."""

import json
import os
import socket
import zipfile
from io import BytesIO
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.fakes.pdf import page, pdf
from tests.fakes.zips import epub, word, zipped

WORDS = "The harbor master counted forty lanterns"
CHAPTER = f"<html><body><p>{WORDS}.</p></body></html>"
PDF = pdf(page(f"{WORDS}."), page("A second page."))
CUES = f"00:00:01,000 --> 00:00:02,000\n{WORDS}.\n\n00:00:03,000 --> 00:00:04,000\nAnd went.\n"
ITEM = f"<rss><channel><item><description>{WORDS}{{}}</description></item></channel></rss>"
CONTAINER = '<container><rootfile full-path="{}"/></container>'
ENCRYPTED = '<encryption><CipherReference URI="OEBPS/one.xhtml"/></encryption>'
NESTED = 3_000

REMARKED: dict[str, tuple[bytes | str, str]] = {
    "a broken line.json": (f'{{"body": "{WORDS}"}}\n{{"body": "cut o', "1 of 2 lines are broken and were left out: 2."),
    "open among others.csv": (f'speaker,text\nAnn Bell,"No\nBob Crow,{WORDS}', "read by itself, in line 2"),
    "a chapter less.epub": (
        epub({"two.xhtml": CHAPTER, "a.xhtml": CHAPTER}).replace(b"OEBPS/a.xhtml", b"OEBPS/b.xhtml"),
        "its chapter OEBPS/a.xhtml is missing",
    ),
    "a page less.pdf": (pdf(page(f"{WORDS}."), []), "1 of 2 pages have no text layer"),
}
"""Files in which the words are found, with the sentence that is told of what was left out."""

READ: dict[str, bytes | str] = {
    "noise before and after.pdf": b"\r\nHTTP/1.1 200 OK\r\n\r\n" + PDF + b"\0" * 3000,
    "without its table.pdf": PDF.split(b"startxref", maxsplit=1)[0],
    "mixed ends.txt": f"one\rtwo\r\n{WORDS}\n\rfour\x0bfive",
    "mark inside.txt": f"one\ufeff two. {WORDS}",
    "wide.txt": f"{WORDS}.".encode("utf-16-le"),
    "wide backwards.txt": f"{WORDS}.".encode("utf-16-be"),
    "cut in a letter.txt": f"{WORDS} …".encode("utf-16")[:-1],
    "page called text.txt": CHAPTER,
    "aliases.txt": "---\na: &a [x, x]\nb: [*a, *a]\n---\n" + WORDS,
    "unclosed.html": f"<p>{WORDS}<table><tr><td>cell<div <b>",
    "entities.html": f"<p>{WORDS}&#0;&#xD800;&#x110000;&nosuch;</p>",
    "no header.vtt": CUES.replace(",", "."),
    "overlapping.vtt": f"WEBVTT\n\n00:00.000 --> 00:09.000\n{WORDS}\n\n00:01.000 --> 00:02.000\nInside it.\n",
    "backwards.vtt": f"WEBVTT\n\n00:09.000 --> 00:01.000\n{WORDS}\n",
    "no numbers.srt": CUES,
    "wrong numbers.srt": f"9\n{CUES}\n9\n00:00:05.000 --> 00:00:06.000\nWith dots.\n",
    "one column.csv": f"words\n{WORDS}\nmore",
    "semicolons.csv": f"speaker;text\nAnn Bell;{WORDS}\nBob Crow;He went.",
    "told separator.csv": f"sep=;\nspeaker;text\nAnn Bell;{WORDS}\nBob Crow;He went.",
    "cells with lines.csv": f'speaker,text\nAnn Bell,"{WORDS}\nand ""left"", she said"\nBob Crow,He went.',
    "ragged.csv": f"a,b\n1\n1,2,3,4\n{WORDS}",
    "open quote.csv": f'a,b\n"never closed {WORDS}',
    "twice.json": f'{{"title": "one", "title": "two", "body": "{WORDS}"}}',
    "no numbers.json": f'{{"a": NaN, "b": Infinity, "c": {"9" * 5000}, "body": "{WORDS}"}}',
    "half letters.json": f'{{"title": "\\ud800", "body": "{WORDS} \\ude00"}}',
    "a value a line.json": f'{{"body": "{WORDS}"}}\n{{"body": "again and again"}}\n',
    "letters of HTML.rss": ITEM.format("&nbsp;and Q&A"),
    "control letters.rss": ITEM.format("\x08"),
    "false encoding.xml": '<?xml version="1.0" encoding="utf-16"?>' + ITEM.format(""),
    "outer definition.xml": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">' + ITEM.format(""),
    "book.epub": epub({"two.xhtml": CHAPTER}),
    "nothing beside it.rss": ITEM.format("</description></item><item><description>\u200b"),
    "deep enough.md": "> " * 30 + WORDS,
    f"{'long ' * 40}name.txt": WORDS,
    "line\nbreak.txt": WORDS,
    "crowded.html": f"<p {' '.join(f'a{number}=1' for number in range(100_000))}>{WORDS}</p>",
    "seven bits.txt": f"{WORDS}: “é”".encode("utf-7"),
    "small arrows.srt": CUES.replace("-->", "->"),
    "no time.srt": f"1\n00:00:01,000 --> 00:00:02,000\nIt was told:\n\n2\nat: 2:00 --> 3\n{WORDS}\n",
    "blank inside.srt": f"1\n00:00:01,000 --> 00:00:02,000\nIt was told:\n\n{WORDS}\n",
    "title.csv": f"A title\nspeaker,text\nAnn Bell,{WORDS}\nBob Crow,He went.",
    "unclosed.md": f"---\ntitle: T\n\n{WORDS}",
    "cafe\u0301.txt": WORDS,
}
"""Files in which the words are found."""

REFUSED: dict[str, tuple[bytes | str, str]] = {
    "cut.pdf": (PDF[: len(PDF) // 2], "damaged or not complete"),
    "text.pdf": (WORDS, "not what such a file holds"),
    "empty.pdf": (b"", "The file is empty."),
    "blanks.json": (" \n\t ", "The file is empty."),
    "any.docx": (zipped({"a.txt": "x"}), "not a Word document"),
    "sheet.docx": (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}), "not a Word document"),
    "cut.docx": (word("<w:p/>")[:-100], "damaged"),
    "bomb.docx": (zipped({"word/document.xml": b"<w>" + bytes(30 << 20)}), "as a zip bomb is"),
    "entities.docx": (
        zipped({"word/document.xml": '<!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'}),
        "defines entities of its own",
    ),
    "rich.docx": (b"{\\rtf1 words}", "an RTF file"),
    "deep.html": ("<div>" * 100_000 + WORDS, "nested too deeply"),
    "deep.md": ("> " * NESTED + WORDS, "nested too deeply"),
    "lists.md": ("\n".join("  " * depth + "- x" for depth in range(200)), "nested too deeply"),
    "deep.json": ("[" * 100_000, "nested too deep"),
    "deep.xml": ("<a>" * 100_000, "nested too deeply"),
    "cut.json": ('{"body": "words', "damaged or not complete"),
    "only a comment.html": (f"<!-- {WORDS} -->", "The page is empty."),
    "only a script.html": (f"<script>{WORDS}</script>", "may be made by its scripts"),
    "zeros.txt": (bytes(5000), "holds no text"),
    "nothing to see.txt": ("\u200b\u200c\u2060", "holds no text"),
    "controls.txt": (bytes(range(1, 9)) * 40, "not what such a file holds"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture"),
    "header only.vtt": ("WEBVTT\n", "no line of it tells times"),
    "no times.srt": (WORDS, "no line of it tells times"),
    "no words.srt": ("00:00:01,000 --> 00:00:02,000\n<i></i>", "hold no words"),
    "page.csv": (CHAPTER, "is a web page"),
    "large cell.csv": (b"a\n" + b"x" * (10 << 20), "a cell is too large"),
    "null.json": ("null", "nothing in it is text"),
    "laughs.xml": ('<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>', "entities of its own"),
    "outside.xml": ('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss>&a;</rss>', "entities of its own"),
    "no items.rss": ("<rss><channel><title>x</title></channel></rss>", "holds no items"),
    "archive.html": (f"From: <Saved by a browser>\n\n{CHAPTER}", "a saved web archive"),
    "note.xml": ("<note><to>me</to></note>", "neither an RSS nor an Atom feed"),
    "no container.epub": (zipped({"a": "b"}), "names no package"),
    "no spine.epub": (
        zipped({"META-INF/container.xml": CONTAINER.format("c.opf"), "c.opf": "<package/>"}),
        "it has no spine",
    ),
    "out of it.epub": (zipped({"META-INF/container.xml": CONTAINER.format("../../etc/passwd")}), "EPUB's package"),
    "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "This kind of file"),
    "slides.pptx": (zipped({"ppt/x.xml": "<x/>"}), "This kind of file"),
    "open.odt": (zipped({"content.xml": "<x/>"}), "This kind of file"),
    "sound.mp3": (b"ID3" + bytes(99), "This kind of file"),
    "no ending": (WORDS, "This kind of file"),
}
"""Files with the sentence that is told of them."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All of them in one folder, and an empty home."""
    for name in list(os.environ):
        if name.startswith(("QUOTEDESK_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    folder = tmp_path / "broken"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, content: bytes | str) -> None:
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def data(*words: str) -> Any:
    result = CliRunner().invoke(app, [*words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_each_is_read_right_or_told_of_in_one_sentence(folder: Path) -> None:
    for name, content in READ.items():
        put(folder, name, content)
    for name, (content, _) in REFUSED.items():
        put(folder, name, content)
    began = monotonic()
    added = data("sources", "add", str(folder), "--name", "broken")
    assert monotonic() - began < 120
    told = {one["location"]: one["reason"] for one in added["unreadable"]}
    wrong = {name: told.get(name) for name, (_, words) in REFUSED.items() if words not in told.get(name, "")}
    assert wrong == {}
    assert told.keys() == REFUSED.keys()
    assert all("\n" not in reason and reason.endswith((".", ").")) for reason in told.values()), told
    found: set[str] = set()
    answer = data("quote", "--limit", "50", f'"{WORDS}"')
    for hit in answer["hits"]:
        assert WORDS in " ".join(hit["text"].split())
        found |= {hit["document"]["location"], *(copy["document"]["location"] for copy in hit["also_in"])}
    assert {name for name in READ if not any(one.partition("#")[0] == name for one in found)} == set()


def test_what_was_left_out_of_a_file_is_told_on_one_line_and_the_rest_is_read(folder: Path) -> None:
    for name, (content, _) in REMARKED.items():
        put(folder, name, content)
    put(folder, "a\n   remark.txt", b"")
    shown = CliRunner().invoke(app, ["sources", "add", str(folder)])
    unreadable, *remarks = [line.strip() for line in shown.stdout.splitlines()[1:]]
    assert unreadable == "unreadable: a\ufffd   remark.txt: The file is empty."
    told = dict(line.removeprefix("remark: ").split(": ", 1) for line in remarks)
    assert told.keys() == REMARKED.keys()
    assert {name: told[name] for name, (_, words) in REMARKED.items() if words not in told[name]} == {}
    assert data("quote", f'"{WORDS}"')["total"] == len(REMARKED)


def test_what_is_no_file_is_told_and_harms_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(folder, "good.txt", WORDS)
    (folder / "ring").symlink_to(folder / "ring")
    (folder / "up").symlink_to(folder)
    (folder / "nowhere.txt").symlink_to(folder / "gone")
    (folder / "out.txt").symlink_to("/etc/hostname")
    os.mkfifo(folder / "pipe.txt")
    listening = socket.socket(socket.AF_UNIX)
    monkeypatch.chdir(folder)  # a socket's path must be short
    listening.bind("socket.txt")
    try:
        added = data("sources", "add", str(folder), "--name", "odd")
    finally:
        listening.close()
    told = {one["location"]: one["reason"] for one in added["unreadable"]}
    expected = {"nowhere.txt": "leads nowhere", "out.txt": "out of the folder", "pipe.txt": "a pipe"}
    expected |= {"socket.txt": "a socket", "up": "link to another folder", "ring": ""}
    assert {name: told.get(name) for name, words in expected.items() if words not in told.get(name, "")} == {}
    assert added["documents"] == 1


def test_a_locked_book_is_called_so_and_locked_fonts_are_no_matter(folder: Path) -> None:
    put(folder, "locked.epub", with_encryption({"one.xhtml": CHAPTER}))
    put(folder, "fonts.epub", with_encryption({"two.xhtml": CHAPTER}))
    added = data("sources", "add", str(folder), "--name", "books")
    assert {one["location"]: one["reason"] for one in added["unreadable"]} == {
        "locked.epub": "The EPUB is locked by its seller (DRM)."
    }
    assert added["documents"] == 1


def with_encryption(chapters: dict[str, str]) -> bytes:
    """An EPUB that says that the part `one.xhtml` is encrypted."""
    buffer = BytesIO(epub(chapters))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("META-INF/encryption.xml", ENCRYPTED)
    return buffer.getvalue()
