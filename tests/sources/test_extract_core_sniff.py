"""Which format a thing is read as, and which lies are caught."""

import pytest

import sources.extract
from sources.errors import Unreadable
from sources.extract import FORMATS, format_of

PAGE = b"<!DOCTYPE html><html><body><p>Words"
ZIP = b"PK\x03\x04" + bytes(range(200))


@pytest.mark.parametrize(
    ("location", "media_type", "head", "name"),
    [
        ("notes/a.txt", "", b"words", "plain"),
        ("A.HTM", "", PAGE, "html"),
        ("a.Md", "application/octet-stream", b"# A", "markdown"),
        ("who?.txt", "", b"words", "plain"),
        ("a", "text/markdown; charset=utf-8", b"words", "markdown"),
        ("https://example.org/report.pdf", "text/html; charset=utf-8", PAGE, "html"),
        ("https://example.org/report.php?file=a.txt", "application/pdf", b"%PDF-1.7", "pdf"),
        ("https://example.org/notes.md", "text/plain", b"# A", "markdown"),
        ("https://example.org/feed", "text/xml", b"<rss>", "feed"),
        ("https://example.org/", "", b"\n <HTML>", "html"),
        ("upload", "", b"%PDF-1.4", "pdf"),
        ("a.txt", "", "words".encode("utf-16-le"), "plain"),
        ("a.txt", "", "words".encode("utf-32"), "plain"),
        ("a.txt", "", b"padded with nuls" + b"\0" * 3000, "plain"),
        ("a.pdf", "", b"", "pdf"),
        ("a.pdf", "", b"\n\n%PDF-1.4", "pdf"),
        ("a.docx", "", ZIP, "docx"),
    ],
)
def test_the_format(location: str, media_type: str, head: bytes, name: str) -> None:
    found = format_of(location, media_type, head)
    assert found
    assert found.name == name


@pytest.mark.parametrize("location", ["a.xyz", "a", "https://example.org/a.mp4", "archive.tar.gz"])
def test_an_unknown_format_is_none(location: str) -> None:
    assert format_of(location, "video/mp4", b"\0\1\2") is None


@pytest.mark.parametrize(
    ("location", "head", "sentence"),
    [
        ("a.pdf", PAGE, "called .pdf and is a web page"),
        ("a.pdf", b"PK\x03\x04", "is a zip archive"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", "is an old Office file"),
        ("a.txt", ZIP, "is a zip archive"),
        ("a.html", b"%PDF-1.7 ...", "is a PDF file"),
        ("a.txt", bytes(range(256)) * 4, "called .txt and is not what such a file holds"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\0\0", "is a picture"),
        ("a.csv", PAGE, "called .csv and is a web page"),
        ("a.json", PAGE, "called .json and is a web page"),
        (
            "a.html",
            b"Received: from a\r\n by b\r\nMIME-Version: 1.0\r\n\r\n" + PAGE,
            "is a mail or a saved web archive",
        ),
    ],
)
def test_a_file_that_is_something_else_says_so(location: str, head: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        format_of(location, "", head)


def test_no_two_formats_claim_the_same_name() -> None:
    endings = [ending for row in FORMATS for ending in row.endings]
    media_types = [media_type for row in FORMATS for media_type in row.media_types]
    assert len(endings) == len(set(endings))
    assert len(media_types) == len(set(media_types))


def test_the_public_names() -> None:
    assert set(sources.extract.__all__) == {"FORMATS", "HEAD_BYTES", "MAX_BYTES", "Extractors", "Format", "format_of"}
