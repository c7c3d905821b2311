"""The archived copy that a page declares of itself, and the links into archives that are none."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from sources.document import Raw
from sources.extract.html import extract

PAGE = "https://example.org/story"
COPY = f"https://web.archive.org/web/20190502/{PAGE}"
OTHER = "https://web.archive.org/web/20190502/https://example.org/other"
PERMA = "https://perma.cc/AB12-CD34"
WORDS = "<p>The ferry board met on Monday and heard why no boat should sail after dark in winter.</p>"


def archived(head: str = "", body: str = "", headers: Mapping[str, str] | None = None) -> str | None:
    page = f"<html><head><title>A</title>{head}</head><body><article>{WORDS}{body}</article></body></html>"
    (found,) = extract(Raw(PAGE, page.encode(), "text/html", datetime(2024, 5, 1, tzinfo=UTC), headers or {}))
    return found.archived_url


@pytest.mark.parametrize("copy", [COPY, PERMA])
def test_a_page_declares_its_copy_in_one_of_several_ways(copy: str) -> None:
    linked = f'<script type="application/ld+json">{{"@type": "NewsArticle", "archivedAt": "{copy}"}}</script>'
    robust = f'<a href="{PAGE}/" data-versionurl="{copy}" data-versiondate="2019-05-02">This story</a>'
    assert archived(f'<link rel="memento" href="{copy}">') == copy
    assert archived(f'<link rel="archived" href="{copy}">') == copy
    assert archived(linked) == copy
    assert archived(body=robust) == copy
    assert archived(headers={"link": f'<{copy}>; rel="memento"; datetime="Thu, 02 May 2019 10:00:00 GMT"'}) == copy


def test_an_address_that_tells_that_it_is_a_copy_of_this_page_declares_it() -> None:
    assert archived(body=f'<p><a href="{COPY}">Archived</a></p>') == COPY


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", f'<a href="{OTHER}">source</a>'),
        ("", f'<a href="{PERMA}">Opinion at 3</a>'),
        ("", f'<a href="https://example.org/other" data-versionurl="{PERMA}">x</a>'),
        (f'<link rel="memento" href="{OTHER}">', ""),
        ('<link rel="memento" href="/story">', ""),
        ('<link rel="memento" href="javascript:alert(1)">', ""),
        (f'<link rel="archives" href="{PERMA}">', ""),
        (f'<link rel="memento" href="{COPY}">', f'<a rel="archived" href="{PERMA}">x</a>'),
    ],
)
def test_what_is_or_may_be_a_copy_of_something_else_is_none(head: str, body: str) -> None:
    assert archived(head, body) is None


def test_a_page_cannot_pass_itself_off_as_an_archives_copy_of_another() -> None:
    headers = {"memento-datetime": "x", "link": '<https://famous.example/story>; rel="original"'}
    page = f"<html><head><title>A</title></head><body><article>{WORDS}</article></body></html>"
    (found,) = extract(Raw(PAGE, page.encode(), "text/html", datetime(2024, 5, 1, tzinfo=UTC), headers))
    assert (found.url, found.archived_url) == (PAGE, None)
