"""The search page from outside: the same language, the same cards and the same rights as in Slack."""

import hashlib
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from urllib.parse import quote_plus

import aiohttp
import pytest

from bot.roles import operator
from tests.bot.web.paging import Pages, csrf_of
from tests.bot.web.stocked import page_of, person_of, pinned, stocked


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Pages]:
    async with stocked(tmp_path / "home") as site:
        yield site


async def answer(browser: aiohttp.ClientSession, question: str, more: str = "", status: int = 200) -> str:
    return await page_of(browser, f"/?q={quote_plus(question)}{more}", status)


def steps(page: str) -> dict[str, str]:
    """All links of a page by their words."""
    found = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return {unescape(re.sub(r"<[^>]+>", "", label)).strip(): unescape(to) for to, label in found}


async def test_an_answer_has_the_facts_in_order_the_words_escaped_and_the_found_ones_marked(site: Pages) -> None:
    page = await answer(await site.enter("rita"), "tide ferry")
    assert "<strong>1 passage.</strong>" in page
    assert "Words: tide, ferry." in page
    assert 'The <mark class="found">tide</mark> &lt;b&gt;turned&lt;/b&gt; at noon &amp; the' in page
    told = ("unattributed", "published July 25, 2016", "<blockquote", "The Gazette, Tide &amp; &lt;Ferry&gt; (news)")
    places = [page.index(fact) for fact in (*told, "Open at the words")]
    assert places == sorted(places)
    assert "Stored version 1 (SHA-256" in page  # a citation, to be copied


async def test_a_card_leads_into_its_document_with_the_question(site: Pages) -> None:
    browser = await site.enter("rita")
    to = steps(await answer(browser, '"two miles"'))["Read in context"]
    assert re.fullmatch(r"/d/[0-9a-f]{32}\?v=1&at=0-\d+&q=%22two\+miles%22#at", to)
    assert "two miles" in await page_of(browser, to)


async def test_every_facet_is_counted_and_what_it_leads_to_finds_as_many(site: Pages) -> None:
    browser = await site.enter("rita")
    page = await answer(browser, "harbor")
    aside = page[page.index('<aside class="facets"') :]
    counted = re.findall(r'<a href="([^"]+)">([^<]+)</a><span class="count">([\d,]+)</span>', aside)
    labels = [unescape(label) for _, label, _ in counted]
    assert labels == ["MAYOR LUNA", "PILOT REED", "The Council", "The Gazette", "minutes", "news", "2016", "2018"]
    for to, _, count in counted:
        narrowed = await page_of(browser, unescape(to))
        assert f"<strong>{count} passage{'' if count == '1' else 's'}.</strong>" in narrowed
    assert "1 undated passage has no year." in aside
    assert 'role="img" aria-label="4 passages by year, 2016 to 2018; the list below has each."' in aside


async def test_a_facet_writes_itself_into_the_question_and_can_be_taken_out(site: Pages) -> None:
    browser = await site.enter("rita")
    narrowed = await page_of(browser, steps(await answer(browser, "harbor"))["The Gazette"])
    assert 'value="harbor publisher:&#34;The Gazette&#34;"' in narrowed
    assert "publisher: “The Gazette”" in narrowed
    to = next(to for label, to in steps(narrowed).items() if label.startswith("Take out publisher"))
    assert to == "/?q=harbor"
    assert "The Council" not in steps(narrowed)


async def test_the_order_is_a_part_of_the_question(site: Pages) -> None:
    browser = await site.enter("rita")
    page = await page_of(browser, steps(await answer(browser, "harbor"))["Oldest first"])
    assert 'value="harbor sort:oldest"' in page
    shown = re.findall(r'class="when">([^<]+)<', page)
    assert shown[0] == "published Jan. 2, 2016"
    assert steps(page)["Best first"] == "/?q=harbor"


async def test_what_a_person_may_not_read_is_neither_found_counted_nor_offered(site: Pages) -> None:
    rita, ed, gus, ada = [await site.enter(who) for who in ("rita", "ed", "gus", "ada")]
    for browser in (rita, gus, ada):
        page = await answer(browser, "harbor")
        assert "<strong>5 passages.</strong>" in page
        assert "closed" not in page.replace("is closed in May", "")
        assert "Wexford" not in await answer(browser, "wexford inquiry")
        home = await page_of(browser, "/")
        assert "You can search 4 documents of 1 source here." in home
    page = await answer(ed, "harbor")
    assert "<strong>6 passages.</strong>" in page
    assert "Wexford" in page


async def test_a_word_nobody_may_see_is_answered_as_one_that_is_nowhere(site: Pages) -> None:
    browser = await site.enter("rita")
    secret, nothing = await answer(browser, "Wexford"), await answer(browser, "Qwghlm")
    assert secret.replace("Wexford", "W") == nothing.replace("Qwghlm", "W")
    assert "Not found in this corpus." in secret
    assert "That says nothing about whether it was ever said" in secret


async def test_a_question_that_cannot_be_read_is_told_how_to_be_mended_where_it_stands(site: Pages) -> None:
    page = await answer(await site.enter("rita"), 'before:soon "tide"', status=400)
    assert 'role="alert"' in page
    assert "“before:” needs a date" in unescape(page)
    assert 'value="before:soon &#34;tide&#34;"' in page


async def test_pages_of_passages_go_on_and_back(site: Pages, tmp_path: Path) -> None:
    for number in range(23):
        others = " ".join(hashlib.sha256(bytes([number, each])).hexdigest()[:6] for each in range(12))
        (tmp_path / "town" / f"note {number}.txt").write_text(f"Note {number}: pilots {others} weather.\n")
    await site.app.holdings.refresh(operator())
    browser = await site.enter("rita")
    first = await answer(browser, "weather pilots")
    assert "1 to 10 of 23" in first
    second = await page_of(browser, steps(first)["Next Passages →"])
    third = await page_of(browser, steps(second)["Next Passages →"])
    assert "11 to 20 of 23" in second
    assert "21 to 23 of 23, then the nearest" in third
    assert "Next Passages →" not in steps(third)
    seen = [re.findall(r"Note \d+", re.sub("<[^>]+>", "", page)) for page in (first, second, third)]
    assert len({note for page in seen for note in page}) == 23
    assert steps(third)["← First Passages"] == "/?q=weather+pilots"


async def test_pins_answer_first_and_the_passage_is_not_shown_twice(site: Pages) -> None:
    view = await pinned(site, "rita", "We will not wait for another flood.", '"another flood"', story="Harbor")
    await site.app.pins.verify(person_of(site, "ed"), view.pin.id)
    page = await answer(await site.enter("gus"), '"another flood"')
    assert page.index(">Pinned<") < page.index("We will not wait")
    assert "✓ verified by ed" in page
    assert f'href="/p/{view.pin.id}"' in page


async def test_searches_are_kept_for_their_asker_until_cleared(site: Pages) -> None:
    rita, ed = await site.enter("rita"), await site.enter("ed")
    await answer(rita, "harbor <tide>")
    assert "harbor &lt;tide&gt;" in await page_of(rita, "/")
    assert "&lt;tide&gt;" not in await page_of(ed, "/")
    async with rita.post("/recent/clear", data={"csrf": await csrf_of(rita)}) as told:
        assert "Quotedesk has forgotten" in await told.text()
    assert "&lt;tide&gt;" not in await page_of(rita, "/")


async def test_why_a_passage_ranks_is_for_admins(site: Pages) -> None:
    assert 'class="why"' in await answer(await site.enter("ada"), "harbor", "&why=1")
    page = await answer(await site.enter("rita"), "harbor", "&why=1")
    assert 'class="why"' not in page
    assert "Why This Rank" not in page


async def test_who_said_it_first_is_listed_by_date(site: Pages) -> None:
    browser = await site.enter("rita")
    page = await answer(browser, 'first "the harbor"')
    assert "“the harbor” stands in 5 places here, 1 of them undated." in page
    dates = re.findall(r'class="when">(?:published )?([^<]+)<', page)
    assert dates == ["Jan. 2, 2016", "July 25, 2016", "March 2018", "March 2018", "undated"]
    assert "Words: first" in await page_of(browser, steps(page)["Search These Words"])


@pytest.mark.parametrize(
    ("typed", "to"), [("pins", "/pins"), ("pins orphan", "/pins?words=orphan"), ('check "no tide"', "/check")]
)
async def test_a_command_of_slack_s_is_searched_and_the_way_is_shown(site: Pages, typed: str, to: str) -> None:
    page = await answer(await site.enter("rita"), typed)
    assert "Words: " in page or "The exact words" in page
    assert f'href="{to}"' in page[page.index("notice") :]


async def test_every_example_of_the_help_can_be_followed(site: Pages) -> None:
    browser = await site.enter("rita")
    page = await page_of(browser, "/")
    examples = re.findall(r'<a class="code" href="([^"]+)">', page)
    assert len(examples) > 10
    for to in examples:
        await page_of(browser, unescape(to))


async def test_nobody_gets_in_without_signing_in(site: Pages) -> None:
    browser = await site.visitor()
    for path in ("/", "/?q=harbor", "/pins", "/check", "/desk"):
        async with browser.get(path, allow_redirects=False) as told:
            assert told.status == 302
            assert "harbor" not in await told.text()


async def test_an_address_that_was_tampered_with_shows_the_first_page(site: Pages) -> None:
    browser = await site.enter("rita")
    first = steps(await answer(browser, "harbor"))
    for cursor in ("abc", "-5", "9" * 30):
        assert steps(await answer(browser, "harbor", f"&cursor={cursor}")).keys() >= first.keys() - {"Sign Out"}
