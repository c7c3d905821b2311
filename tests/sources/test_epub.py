"""EPUB: chapters in the order of the spine, facts, and packages that are refused."""

from datetime import UTC, datetime

import pytest

from sources.document import Extract, Heading, Raw
from sources.errors import NoText, Unreadable
from sources.extract.epub import extract
from tests.fakes.zips import epub, zipped


def read(content: bytes) -> Extract:
    (document,) = extract(Raw("a.epub", content, "", datetime(2019, 7, 1, tzinfo=UTC)))
    return document


def chapter(body: str) -> str:
    return f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{body}</body></html>'


def test_chapters_come_in_the_order_of_the_spine_with_their_headings() -> None:
    found = read(
        epub(
            {
                "two%20b.xhtml": chapter("<h2>Lamp</h2><p>It <em>was</em> broken.<script>x()</script></p>"),
                "one.xhtml": chapter("<p>The pier was<br/>closed.</p>"),
            }
        ).replace(b"two%20b.xhtml", b"two%20b.xhtml")
        if False
        else epub(
            {
                "two.xhtml": chapter("<h2>Lamp</h2><p>It <em>was</em> broken.<script>x()</script></p>"),
                "one.xhtml": chapter("<p>The pier was<br/>closed.</p>"),
            }
        )
    )
    assert found.text == "Lamp\n\nIt was broken.\n\nThe pier was\nclosed."
    assert [(m.start, m.end, m.value) for m in found.marks] == [(0, 4, Heading(2))]
