"""The check page from outside: verdicts beside the record, told without colour; nothing of a draft stays."""

import io
import re
import sqlite3
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import aiohttp
import pytest
import structlog

from tests.bot.web.paging import Pages, csrf_of
from tests.bot.web.stocked import page_of, stocked

DRAFT = (
    "Mayor Luna <b>said</b> on Monday: “We will not wait for another flood.” She meant it.\r\n\r\n"
    "The pilots said “the ferry sank in the river, the pilots said” at noon. A so-called “crisis”, wrote Zanzibar.\r\n"
    "“Nobody ever promised to build a tower of glass here,” said John Reed."
)


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Pages]:
    async with stocked(tmp_path / "home") as site:
        yield site


async def check(browser: aiohttp.ClientSession, draft: str, status: int = 200) -> str:
    async with browser.post("/check", data={"csrf": await csrf_of(browser), "draft": draft}) as answer:
        text = await answer.text()
        assert answer.status == status, text
        assert answer.headers["Cache-Control"] == "no-store"
        return text


def words_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


async def test_every_quotation_of_a_draft_has_its_verdict_beside_the_record(site: Pages) -> None:
    page = await check(await site.enter("rita"), DRAFT)
    assert "4 quotations: 1 not found in this corpus, 1 altered, 1 too short to check, 1 exact." in page
    assert "3 quotations need a look:" in page
    verdicts = re.findall(r'<h3 id="h(\d)">.*?-ink">([^<]+)<', page)
    assert verdicts == [
        ("1", "Exact"),
        ("2", "Altered"),
        ("3", "Too short to check"),
        ("4", "Not found in this corpus"),
    ]
    second = page[page.index('id="q2"') : page.index('id="q3"')]
    assert re.search(r'<del><span class="unseen">not in the record: </span>river, ?</del>', second)
    assert re.search(r'<ins><span class="unseen">in the record: </span>harbor, ?</ins>', second)
    assert "Tide &amp; &lt;Ferry&gt;" in second
    assert "The draft gives it to John Reed." in page[page.index('id="q4"') :]


async def test_the_draft_is_shown_as_it_is_and_nothing_of_it_is_markup(site: Pages) -> None:
    page = await check(await site.enter("rita"), DRAFT)
    shown = re.search(r'<p class="draft">(.*?)</p>', page, re.DOTALL)
    assert shown is not None
    bare = re.sub(r"<sup>.*?</sup>", "", shown[1])
    assert words_of(bare) == DRAFT.replace("\r\n", "\n")
    assert "<b>" not in page


async def test_a_half_that_does_not_stand_behind_the_other_is_told(site: Pages) -> None:
    page = await check(await site.enter("rita"), "“We will not,” said Luna, “for another flood.”")
    assert "It goes on with the quotation before it" in page[page.index('id="q2"') :]


async def test_nothing_of_a_draft_is_stored_or_logged(site: Pages, tmp_path: Path) -> None:
    log = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(log))
    await check(await site.enter("rita"), DRAFT)
    assert "/check" in log.getvalue()
    for word in ("Zanzibar", "tower of glass"):
        assert word not in log.getvalue()
        held = sqlite3.connect(tmp_path / "home" / "quotedesk.sqlite")
        assert not [line for line in held.iterdump() if word in line]
        held.close()


async def test_text_that_quotes_nothing_is_checked_as_one_quotation(site: Pages) -> None:
    page = await check(await site.enter("rita"), "  We will not wait for another flood.\n")
    assert "all of it was checked as one quotation" in page
    assert "All quotations stand so in the record." in page


@pytest.mark.parametrize(
    ("draft", "told"),
    [("", "Paste some text first."), ("word " * 3001, "up to 3,000 words"), ("word " * 1_100, "more than 1,000 words")],
)
async def test_what_cannot_be_checked_stays_in_the_form_with_the_reason(site: Pages, draft: str, told: str) -> None:
    page = await check(await site.enter("rita"), draft, 400)
    assert told in page
    assert draft.strip()[:40] in page


async def test_the_record_is_as_much_as_the_asker_may_read(site: Pages) -> None:
    secret = "He wrote: “The harbor inquiry has a witness named Wexford.”"
    for who in ("rita", "gus", "ada"):
        page = await check(await site.enter(who), secret)
        assert "Not found in this corpus" in page
        assert "forty dollars" not in page
    page = await check(await site.enter("ed"), secret)
    assert "Exact" in page
    assert "forty dollars" in page


async def test_a_form_that_was_not_made_for_this_session_is_turned_away(site: Pages) -> None:
    browser = await site.enter("rita")
    for form in ({}, {"csrf": "made up"}, {"csrf": await csrf_of(await site.enter("ed"))}):
        async with browser.post("/check", data={**form, "draft": "x"}) as answer:
            assert answer.status == 403
            assert "made for another session" in await answer.text()
    headers = {"Origin": "https://evil.example"}
    async with browser.post("/check", data={"csrf": await csrf_of(browser), "draft": "x"}, headers=headers) as answer:
        assert answer.status == 403


async def test_the_form_says_what_becomes_of_a_draft(site: Pages) -> None:
    page = await page_of(await site.enter("gus"), "/check")
    assert "Nothing of the draft is kept or logged." in page
    assert '<label for="draft">Draft, up to 3,000 words</label>' in page
