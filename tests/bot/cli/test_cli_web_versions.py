"""What a web page said before and says now, and what is quoted from it, from outside."""

import shutil
from pathlib import Path
from urllib.parse import unquote

from bot.keeping.diff import Piece
from tests.bot.cli.test_cli_web import BRIDGE, FERRY, data, page, run, server
from tests.fakes.pdf import page as sheet
from tests.fakes.pdf import pdf
from tests.fakes.web_server import Page, WebServer, article

__all__ = ["server"]  # the fixture

OPENING = "The council met on Monday evening in the old customs house by the river."
CLOSED = "The bridge was closed in March because forty of its bolts had rusted through."
OPENED = "The bridge was closed in April because fifty of its bolts had rusted through."
COST = "Mending it will cost nine million, and nobody in the room said who would pay for it."


def test_a_changed_page_shows_what_changed_word_by_word(server: WebServer) -> None:
    server.pages["/bridge"] = page(OPENING, CLOSED, COST)
    data("sources", "add", server.url("/bridge"))
    (hit,) = data("quote", "bolts rusted")["hits"]
    assert hit["version"] == 1
    document = hit["document"]["id"]
    server.pages["/bridge"] = page(OPENING, OPENED, COST)
    (changed,) = data("sources", "refresh")
    assert changed["changed"] == 1

    found = data("sources", "diff", document)
    pieces = [piece for hunk in found["hunks"] for piece in hunk["pieces"]]
    changed_words = [(each["what"], each["text"].strip()) for each in pieces if each["what"] != Piece.KEPT]
    assert changed_words == [
        (Piece.REMOVED, "March"),
        (Piece.ADDED, "April"),
        (Piece.REMOVED, "forty"),
        (Piece.ADDED, "fifty"),
    ]
    assert (found["from"], found["to"]) == (1, 2)
    assert "[-March-] {+April+}" in run("sources", "diff", document).stdout

    old = data("check", CLOSED)
    assert (old["verdict"], old["flags"]) == ("exact", ["superseded"])
    assert data("check", OPENED)["verdict"] == "exact"


def test_a_page_that_says_it_is_the_same_is_neither_sent_nor_read_again(server: WebServer, tmp_path: Path) -> None:
    content = article("Bridge closed", OPENING, CLOSED, COST)
    server.pages["/bridge"] = Page(content, headers={"ETag": '"first"'})
    data("sources", "add", server.url("/bridge"))
    shutil.rmtree(tmp_path / "home" / "snapshots")  # nothing is left that could be read again
    # Other words under the same tag: they would show if the page were sent and read.
    server.pages["/bridge"] = Page(article("Bridge closed", OPENED), headers={"ETag": '"first"'})
    server.heads.clear()
    (same,) = data("sources", "refresh")
    assert (same["unchanged"], same["changed"], same["unreadable"]) == (1, 0, [])
    assert [head["if-none-match"] for head in server.heads if "if-none-match" in head] == ['"first"']
    assert data("quote", f'"{CLOSED}"')["answered"]
    assert not data("quote", f'"{OPENED}"')["answered"]


def test_a_check_opens_on_the_quoted_words_and_not_on_all_of_the_passage(server: WebServer) -> None:
    server.pages |= {
        "/bridge": page(OPENING, CLOSED, COST),
        "/minutes.pdf": Page(pdf(sheet(FERRY), sheet(BRIDGE)), "application/pdf"),
    }
    data("sources", "add", server.url("/bridge"))
    (card,) = data("check", "nobody in the room said who would pay for it.")["hits"]
    assert OPENING in card["text"]
    _, directive = card["link"].split("#:~:")
    assert unquote(directive).split("&")[0] == "text=nobody in the room said who would pay for it."
    data("sources", "add", server.url("/minutes.pdf"))
    (card,) = data("check", "the river had undermined it for many years.")["hits"]
    assert card["link"] == server.url("/minutes.pdf#page=2")
