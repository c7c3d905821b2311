"""The command line with a place on the web, from outside: added, quoted, changed, refreshed, gone."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from tests.fakes.pdf import page as sheet
from tests.fakes.pdf import pdf
from tests.fakes.web_server import Page, WebServer, article, moved, serving

BRIDGE = "The old bridge was closed on Monday. Engineers said that the river had undermined it for many years."
FERRY = "A ferry will carry people across the river until the new bridge is built, the council said on Tuesday."


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A server on this machine that the desk may read, and an empty home."""
    for name in list(os.environ):
        if name.startswith(("QUOTEDESK_", "SLACK_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("QUOTEDESK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_COLOR", "1")
    with serving() as server:
        monkeypatch.setenv("QUOTEDESK_ALLOWED_HOSTS", server.host)
        yield server


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def data(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def failed(*words: str) -> str:
    result = run(*words)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1), result.output
    return result.stderr


def page(*paragraphs: str) -> Page:
    return Page(article("Bridge closed", *paragraphs), "text/html; charset=utf-8")


def test_from_an_address_to_a_quote_and_to_what_the_page_says_now(server: WebServer) -> None:
    server.pages["/bridge"] = page(BRIDGE)
    added = data("sources", "add", server.url("/bridge?utm_source=mail#top"))
    assert (added["documents"], added["new"], added["name"]) == (1, 1, "127.0.0.1/bridge")
    (hit,) = data("quote", "river undermined")["hits"]
    assert BRIDGE in hit["text"]
    assert hit["document"]["location"] == hit["document"]["url"] == server.url("/bridge")
    assert hit["link"].startswith(server.url("/bridge#:~:text="))

    server.asked.clear()
    (again,) = data("sources", "refresh")
    assert (again["unchanged"], again["changed"]) == (1, 0)
    assert server.asked == ["/robots.txt", "/bridge"]

    server.pages["/bridge"] = page(FERRY)
    (changed,) = data("sources", "refresh")
    assert changed["changed"] == 1
    assert FERRY in data("quote", "ferry")["hits"][0]["text"]
    assert data("quote", '"had undermined it"')["hits"] == []

    server.pages["/bridge"] = Page(status=410)
    (gone,) = data("sources", "refresh")
    assert (gone["removed"], gone["documents"]) == (1, 0)
    assert data("quote", "ferry")["hits"] == []


def test_a_page_is_added_once_under_whichever_of_its_addresses(server: WebServer) -> None:
    server.pages |= {
        "/2019/bridge": Page(article("Bridge", BRIDGE), "text/html"),
        "/amp/bridge": Page(article("Bridge", BRIDGE, head='<link rel="canonical" href="/2019/bridge">'), "text/html"),
        "/b": moved("/2019/bridge"),
    }
    assert data("sources", "add", server.url("/amp/bridge"))["documents"] == 1
    for address in ("/2019/bridge", "/2019/bridge?utm_source=x&print=1#top", "/b"):
        assert "already" in failed("sources", "add", server.url(address))
    assert data("quote", "river")["hits"][0]["document"]["url"] == server.url("/2019/bridge")


def test_a_pdf_by_its_address_opens_on_the_page(server: WebServer) -> None:
    server.pages["/report.pdf?id=7"] = Page(pdf(sheet("The river rose."), sheet("The bridge fell.")), "application/pdf")
    data("sources", "add", server.url("/report.pdf?id=7"))
    (hit,) = data("quote", "bridge fell")["hits"]
    assert hit["link"] == server.url("/report.pdf?id=7#page=1")


def test_a_page_in_a_falsely_declared_encoding_is_read_as_it_was_written(server: WebServer) -> None:
    content = article("Café", "Le pont était fermé, dit l’ingénieur — « la rivière l’avait miné ».").encode("cp1252")
    server.pages["/pont"] = Page(content, "text/html; charset=utf-8")
    data("sources", "add", server.url("/pont"))
    assert "Le pont était fermé" in data("quote", "pont")["hits"][0]["text"]


def test_a_feed_brings_the_pages_that_it_lists(server: WebServer) -> None:
    items = "".join(f"<item><title>{t}</title><link>{t}</link></item>" for t in ("bridge", "ferry", "shut"))
    server.pages |= {
        "/news/rss": Page(f"<rss version='2.0'><channel>{items}</channel></rss>", "application/rss+xml"),
        "/news/bridge": page(BRIDGE),
        "/news/ferry": page(FERRY),
        "/news/shut": Page(status=403),
    }
    added = data("sources", "add", server.url("/news/rss"), "--name", "News", "--visible-to", "C1")
    assert (added["documents"], [one["location"] for one in added["unreadable"]]) == (2, [server.url("/news/shut")])
    assert data("quote", "ferry source:News")["hits"][0]["document"]["url"] == server.url("/news/ferry")


def test_what_cannot_be_added_is_one_sentence(server: WebServer) -> None:
    server.pages |= {
        "/robots.txt": Page("User-agent: *\nDisallow: /private", "text/plain"),
        "/ring": moved("/ring"),
        "/inside": moved("http://169.254.169.254/latest/meta-data/"),
    }
    assert "robots.txt" in failed("sources", "add", server.url("/private"))
    assert "leads back to itself" in failed("sources", "add", server.url("/ring"))
    assert "169.254.169.254 is not an address of the public internet" in failed("sources", "add", server.url("/inside"))
    assert "(404)" in failed("sources", "add", server.url("/missing"))
    assert "not an address of the public internet" in failed("sources", "add", "http://10.0.0.1/")
    assert "no other kind of source" in failed("sources", "add", "ftp://example.org/")
    assert "There are: foreign-interference," in failed("sources", "add", "--starter", "nonsense")
    assert data("sources", "list") == []


def test_a_place_and_a_starter_list_at_once_is_wrong_usage(server: WebServer) -> None:
    assert run("sources", "add", "/srv", "--starter", "speeches").exit_code == 2
    assert run("sources", "add").exit_code == 2
