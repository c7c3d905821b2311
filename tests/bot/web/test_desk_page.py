"""The desk page from outside: for admins alone, of what they may read, with the same deeds as in Slack."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.keeping.walks import quiet
from bot.roles import operator
from tests.bot.web.paging import Pages, csrf_of
from tests.bot.web.stocked import asked, page_of, person_of, stocked

DEEDS = ("refresh", "pause", "resume", "dismiss")


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Pages]:
    async with stocked(tmp_path / "home") as site:
        yield site


async def send(browser: aiohttp.ClientSession, deed: str, status: int = 200, **form: str) -> str:
    async with browser.post(f"/desk/{deed}", data={"csrf": await csrf_of(browser), **form}) as answer:
        text = await answer.text()
        assert answer.status == status, text
        return text


async def test_only_admins_see_it_and_may_do_anything_there(site: Pages) -> None:
    for who in ("rita", "ed", "gus"):
        browser = await site.enter(who)
        page = await page_of(browser, "/desk", 403)
        assert "town" not in page
        assert 'href="/desk"' not in await page_of(browser, "/")
        assert "harbor" not in await page_of(browser, "/desk/queue/undated", 403)
        for deed in DEEDS:
            await send(browser, deed, 403, name="town", question="q")
    assert 'href="/desk"' in await page_of(await site.enter("ada"), "/")
    (source,) = [one for one in await site.app.store.archive.sources() if one.name == "town"]
    assert not source.paused


async def test_it_tells_how_everything_stands_and_what_comes_first(site: Pages, tmp_path: Path) -> None:
    (tmp_path / "town" / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    await site.app.holdings.refresh(operator())
    await page_of(await site.enter("rita"), "/?q=where+is+<Atlantis>")
    page = await page_of(await site.enter("ada"), "/desk")
    todo = re.findall(r'<li class="\w*"><a href="([^"]+)">([^<]+)</a>', page)
    assert todo == [
        ("#unreadable", "Unreadable Items: 1"),
        ("#unanswered", "Unanswered Questions: 1"),
        ("#undated", "Undated Documents: 1"),
    ]
    assert all(f'id="{anchor[1:]}"' in page for anchor, _ in todo)
    assert "where is &lt;Atlantis&gt;" in page
    row = page[page.index('<th scope="row">town') :]
    assert re.findall(r'<td class="number">([\d,]+)</td>', row)[:3] == ["4", "1", "1"]
    assert re.search(r"<td>live</td>", page)
    assert "4 documents now." in page
    assert "half of them took up to" in page
    assert page.count('role="img" aria-label="') == 2
    assert len(re.findall(r"<summary>(?:Growth|Times) as a table</summary>", page)) == 2


async def test_an_admin_sees_only_sources_they_may_read(site: Pages) -> None:
    closed = next(one for one in await site.app.store.archive.sources() if one.name == "closed")
    ada = await site.enter("ada")
    with site.app.overviews.jobs.watching(closed.id, quiet) as tell:
        tell("Reading closed", 1, 2)
        page = await page_of(ada, "/desk")
    assert "closed" not in page
    assert "4 documents now." in page
    assert "closed" not in await send(ada, "refresh", 400, name="unheard of")
    told = await send(ada, "refresh", 400, name="closed")
    assert told.replace("closed", "") == (await send(ada, "refresh", 400, name="unheard of")).replace("unheard of", "")
    await send(ada, "pause", 400, name="closed")


async def test_a_source_is_read_again_in_the_background_and_found_at_once(site: Pages, tmp_path: Path) -> None:
    (tmp_path / "town" / "new.txt").write_text("A submarine came up in the harbor.\n")
    ada = await site.enter("ada")
    assert "Reading “town” has begun." in await send(ada, "refresh", name="town")
    for _ in range(200):
        if (await site.app.desk.answer(operator(), "submarine")).total:
            break
        await asyncio.sleep(0.05)
    else:
        raise AssertionError("the new file was not found in time")
    actors = [(one.actor, one.action) for one in await site.app.store.audit.entries("local", 10)]
    assert (site.people["ada"].id, "refresh source") in actors


async def test_pausing_and_resuming_are_the_same_deeds_as_in_slack(site: Pages) -> None:
    ada = await site.enter("ada")
    page = await send(ada, "pause", name="town")
    assert "“town” is paused" in page
    assert "/desk/resume" in page
    assert "resume it first" in await send(ada, "refresh", 400, name="town")
    assert "/desk/pause" in await send(ada, "resume", name="town")
    told = [(one.actor, one.action) for one in await site.app.store.audit.entries("local", 2)]
    assert told == [(site.people["ada"].id, "resume source"), (site.people["ada"].id, "pause source")]


async def test_questions_and_feedback_are_marked_done(site: Pages) -> None:
    rita = person_of(site, "rita")
    await asked(site, "rita", "where is Atlantis")
    card = (await site.app.desk.answer(rita, "harbor")).cards[0]
    await site.app.opinions.judge(rita, "harbor", card.ref, useful=False)
    ada = await site.enter("ada")
    page = await page_of(ada, "/desk/queue/feedback")
    assert "not what was asked: 1" in page
    passage = re.search(r'name="passage" value="([^"]+)"', page)
    assert passage is not None
    page = await send(ada, "dismiss", question="harbor", passage=passage[1])
    assert "That is out of its queue." in page
    assert "Passage Feedback: " not in page
    assert "where is Atlantis" in await page_of(ada, "/desk/queue/unanswered")
    assert "Atlantis" not in await send(ada, "dismiss", question="where is Atlantis")
    assert "Nothing waits here." in await page_of(ada, "/desk/queue/unanswered")


async def test_a_queue_is_paged_and_an_unknown_one_told(site: Pages, tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / "town" / f"loose {number}.txt").write_text(f"Leaf {number} of a loose pile number {number}.\n")
    await site.app.holdings.refresh(operator())
    ada = await site.enter("ada")
    first = await page_of(ada, "/desk/queue/undated")
    second = await page_of(ada, "/desk/queue/undated?cursor=25")
    titles = [set(re.findall(r'href="/d/[0-9a-f]+">([^<]+)<', page)) for page in (first, second)]
    assert (len(titles[0]), len(titles[1]), len(titles[0] & titles[1])) == (25, 6, 0)
    assert "no such queue" in await page_of(ada, "/desk/queue/strange", 400)
    assert "Undated Documents" in await page_of(ada, "/desk")


async def test_what_is_under_way_is_told_with_how_far_it_is(site: Pages) -> None:
    town = next(one for one in await site.app.store.archive.sources() if one.name == "town")
    with site.app.overviews.jobs.watching(town.id, quiet) as tell:
        tell("Reading town", 120, 2400)
        page = await page_of(await site.enter("ada"), "/desk")
    assert '<progress aria-label="Reading town: 120 of 2,400" value="120" max="2400">' in page
    assert "Nothing is being read" in await page_of(await site.enter("ada"), "/desk")
