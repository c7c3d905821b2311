"""What a page declares of itself: believed where it is certain, left out where it is not."""

import json
from datetime import UTC, datetime

import pytest

from sources.document import Extract, Origin, Raw
from sources.extract.html import extract

WORDS = (
    "<p>The ferry board met on Monday and heard why no boat should sail after dark in winter, if it can be helped.</p>"
)


def read(head: str = "", body: str = WORDS, location: str = "a.html") -> Extract:
    page = f"<!DOCTYPE html><html lang=en-GB><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    (found,) = extract(Raw(location, page.encode(), "text/html", datetime(2024, 5, 1, 12, tzinfo=UTC)))
    return found


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | fields)}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (meta("og:title", "Ferry board meets") + "<title>x</title>", "", "Ferry board meets"),
        (meta("og:title", "Ferry | The Gazette") + meta("og:site_name", "The Gazette"), "", "Ferry"),
        ("<title>Ferry - The Gazette</title>" + meta("og:site_name", "The Gazette"), "", "Ferry"),
        ("<title>Ferry - The Gazette</title>", "", "Ferry - The Gazette"),
        ("<title>Ferry board meets | The Gazette</title>", "<h1>Ferry <i>board</i> meets</h1>", "Ferry board meets"),
        ("<title>Ferry</title>", "<h1>Ferry board meets</h1>", "Ferry board meets"),
        ("<title>Ferry | The Gazette</title>", "<h1>The Gazette</h1>", "Ferry | The Gazette"),
        ("<title>Page not found</title>", "<h1>404</h1>", "Page not found"),
        ("", "<h1>Ferry\n board</h1>", "Ferry board"),
        ("", "<h1>One</h1><h1>Two</h1>", None),
        ("<title> </title>", "", None),
    ],
)
def test_titles(head: str, body: str, title: str | None) -> None:
    assert read(head, body + WORDS).title == title


def test_who_and_where() -> None:
    found = read(
        linked(author=[{"name": "Ada Moreno"}, "Ben Ito"], publisher={"name": "Gazette"})
        + '<link rel=canonical href="https://gazette.example/ferry">'
    )
    assert (found.author, found.publisher, found.language) == ("Ada Moreno, Ben Ito", "Gazette", "en-GB")
    assert found.url == "https://gazette.example/ferry"


@pytest.mark.parametrize(
    ("canonical", "location", "url"),
    [
        ("/ferry", "https://www.gazette.example/ferry?utm=1", "https://www.gazette.example/ferry"),
        ("https://gazette.example/ferry", "https://m.gazette.example/ferry", "https://gazette.example/ferry"),
        ("https://times.example/scoop", "https://gazette.example/ferry", "https://gazette.example/ferry"),
        ("https://gazette.example/", "https://gazette.example/ferry", "https://gazette.example/ferry"),
        ("javascript:alert(1)", "a.html", None),
        ("/ferry", "a.html", None),
        ("https://[bad", "https://gazette.example/ferry", "https://gazette.example/ferry"),
    ],
)
def test_the_address(canonical: str, location: str, url: str | None) -> None:
    assert read(f'<link rel="canonical" href="{canonical}">', location=location).url == url


@pytest.mark.parametrize(
    ("head", "body", "value", "origin"),
    [
        (meta("article:published_time", "2019-06-13T08:30:00-04:00"), "", "2019-06-13T08:30:00-04:00", Origin.DECLARED),
        (linked(datePublished="2019-06-13") + meta("date", "2020-01-01"), "", "2019-06-13", Origin.DECLARED),
        (linked(datePublished=20190613) + meta("date", "2020-01-01"), "", "2020-01-01", Origin.DECLARED),
        ('<script type="application/ld+json">{</script>' + meta("dc.date", "2019-06"), "", "2019-06", Origin.DECLARED),
        ("", '<time pubdate datetime="2019-06-13"></time><time datetime="2018">', "2019-06-13", Origin.DECLARED),
        ("", '<p><time datetime="2019-06-13">13 June</time></p>', "2019-06-13", Origin.DERIVED),
        ('<link rel=canonical href="https://g.example/2019/06/13/ferry">', "", "2019-06-13", Origin.DERIVED),
        ('<link rel=canonical href="https://g.example/us/2019/jun/3/ferry">', "", "2019-06-03", Origin.DERIVED),
        ("<title>Record (Thursday, June 13, 2019)</title>", "", "2019-06-13", Origin.DERIVED),
        ("", "<h1>Ferry</h1><p class=byline>June 13, 2019</p>", "2019-06-13", Origin.DERIVED),
    ],
)  # fmt: skip
def test_dates(head: str, body: str, value: str, origin: Origin) -> None:
    published = read(head, body + WORDS).published
    assert published
    assert (published.value, published.origin) == (value, origin)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (meta("article:published_time", "2919-06-13T08:30:00Z"), ""),
        (meta("article:published_time", "2024-05-04"), ""),  # after the page was fetched
        (meta("date", "06/07/2019"), ""),
        ("", "<p class=byline>06/07/2019</p>"),
        ("", "<p>It happened on June 13, 2019, in the harbor, as everybody knows.</p>"),
        ("", "<footer>© 2019 The Gazette</footer>"),
        ("", '<time datetime="2019-06-13">a</time><time datetime="2019-06-14">b</time>'),
        ('<link rel=canonical href="https://g.example/2019/13/45/ferry">', ""),
        (linked(headline="A", datePublished="2019-06-13") + linked(headline="B", datePublished="2019-06-14"), ""),
        ("<title>Record (2019 edition)</title>", ""),
    ],
)
def test_no_date_is_better_than_a_wrong_one(head: str, body: str) -> None:
    assert read(head, body + WORDS).published is None


def test_a_date_that_is_not_believed_is_told() -> None:
    assert any("2919" in warning for warning in read(meta("article:published_time", "2919-06-13")).warnings)


def test_of_several_articles_the_pages_own_counts() -> None:
    articles = {"@graph": [{"@type": "Article", "headline": "Ferry", "datePublished": "2019-06-13"}]}
    other = linked(headline="Ducks", datePublished="2018-01-01")
    head = f'<title>Ferry | Gazette</title>{other}<script type="application/ld+json">{json.dumps(articles)}</script>'
    published = read(head).published
    assert published
    assert published.value == "2019-06-13"


def test_when_it_changed() -> None:
    modified = read(meta("article:modified_time", "2019-06-14T09:00:00Z")).modified
    assert modified
    assert modified.value.startswith("2019-06-14T09:00")
