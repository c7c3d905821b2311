"""`/d/<document>` from outside: the stored words as they are, for those who may read them."""

import re
import sqlite3
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest

from bot.asking.cards import PassageRef
from bot.roles import Person, operator
from tests.bot.web.paging import Pages, pages
from tests.bot.web.shown import Shown

HEARING = """CHAIR: The committee comes to order. This is <b>not</b> markup & never was.

Mr. VANE: I saw the ferry at noon. The pilots knew the tide; nobody told the harbor master.

CHAIR: Did the pilots know?

Mr. VANE: They knew the tide before the ferry left.
"""


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Pages]:
    folder = tmp_path / "hearings"
    folder.mkdir()
    (folder / "ferry.txt").write_text(HEARING, encoding="utf-8")
    async with pages(tmp_path / "home") as served:
        await served.app.holdings.add(operator(), str(folder), name="hearings")
        yield served


async def document_of(site: Pages, source: str = "hearings") -> str:
    archive = site.app.store.archive
    record = next(one for one in await archive.sources("local") if one.name == source)
    return (await archive.documents(record.id))[0].id


async def got(site: Pages, path: str, who: str = "rita") -> tuple[int, str]:
    browser = await site.enter(who)
    async with browser.get(path) as answer:
        return answer.status, await answer.text()


async def test_the_page_shows_the_stored_words_and_marks_those_that_are_asked(site: Pages) -> None:
    document = await document_of(site)
    stored = await site.app.store.archive.version("local", document)
    assert stored is not None
    text = stored.document.text
    start = text.index("pilots knew")
    status, page = await got(site, f"/d/{document}?v=1&at={start}-{start + 60}#at")
    shown = Shown(page)
    assert status == 200
    assert shown.text == text
    assert shown.asked == text[start : start + 60]
    assert shown.anchor == text[start : start + 60].split("\n")[0]
    assert "<b>not</b>" not in page


async def test_the_page_tells_dates_speakers_hashes_links_and_citations(site: Pages) -> None:
    document = await document_of(site)
    text = HEARING
    start = text.index("I saw the ferry")
    _, page = await got(site, f"/d/{document}?v=1&at={start}-{start + 23}")
    plain = unescape(re.sub(r"<[^>]+>", " ", page))
    stored = await site.app.store.archive.version("local", document)
    assert stored is not None
    for told in (stored.text_sha256, stored.raw_sha256, stored.extractor, "not known", "Version 1 of 1", "ferry.txt"):
        assert told in plain
    assert "Mr. VANE" in plain
    for form in ("AP", "Chicago", "Markdown", "Plain text", "HTML"):
        assert form in plain
    assert f"{site.url}/d/{document}?v=1&at={start}-{start + 23}#at" in plain
    paragraph = text.index("Mr. VANE")
    assert f"/d/{document}?v=1&amp;at={paragraph}-" in page


@pytest.mark.parametrize("at", ["5", "9-5", "5-5", "0-999999", "-1-4", "5-x", "00000000000-1"])
async def test_a_place_that_is_none_is_told(site: Pages, at: str) -> None:
    status, page = await got(site, f"/d/{await document_of(site)}?v=1&at={at}")
    assert status == 400
    assert "That did not work" in page


async def test_a_version_that_is_none_is_told(site: Pages) -> None:
    status, page = await got(site, f"/d/{await document_of(site)}?v=7")
    assert status == 404
    assert "has no version 7; the present one is 1" in page


async def test_an_older_version_says_so_and_leads_to_what_changed(site: Pages, tmp_path: Path) -> None:
    document = await document_of(site)
    new = HEARING.replace("at noon", "at one")
    (tmp_path / "hearings" / "ferry.txt").write_text(new, encoding="utf-8")
    await site.app.holdings.refresh(operator(), "hearings")
    _, old = await got(site, f"/d/{document}?v=1")
    assert "This is an earlier version" in old
    assert "at noon" in Shown(old).text
    assert f'href="/d/{document}?v=2"' in old
    _, present = await got(site, f"/d/{document}")
    assert "at one" in Shown(present).text
    assert "earlier version" not in present
    status, changes = await got(site, f"/d/{document}/changes?from=1&to=2")
    assert status == 200
    assert re.search(r"<del>.*? noon", changes)
    assert re.search(r"<ins>.*? one", changes)
    status, _ = await got(site, f"/d/{document}/changes?from=1")
    assert status == 404


async def test_from_an_older_version_one_comes_to_the_same_words_or_to_what_became_of_them(
    site: Pages, tmp_path: Path
) -> None:
    document = await document_of(site)
    new = "A line that was not there before.\n\n" + HEARING.replace("Did the pilots know?", "")
    (tmp_path / "hearings" / "ferry.txt").write_text(new, encoding="utf-8")
    await site.app.holdings.refresh(operator(), "hearings")
    start = HEARING.index("I saw the ferry")
    _, old = await got(site, f"/d/{document}?v=1&at={start}-{start + 23}")
    there = re.search(rf'href="(/d/{document}/present[^"]+)"', old)
    assert there is not None
    _, page = await got(site, unescape(there[1]))
    assert Shown(page).asked == HEARING[start : start + 23]
    assert "Version 2 of 2" in page
    gone = HEARING.index("Did the pilots know?")
    _, page = await got(site, f"/d/{document}/present?v=1&at={gone}-{gone + 20}")
    assert "Version 1 against version 2" in page
    status, _ = await got(site, f"/d/{document}/present?v=1")
    assert status == 404


async def test_pages_are_counted(site: Pages) -> None:
    browser = await site.enter("rita")
    async with browser.get(f"/d/{await document_of(site)}"):
        pass
    async with browser.get("/metrics") as answer:
        assert 'quotedesk_pages_total{page="/d/{document}",status="200"}' in await answer.text()


async def test_words_are_found_and_one_goes_from_place_to_place(site: Pages) -> None:
    document = await document_of(site)
    _, page = await got(site, f"/d/{document}?v=1&q=ferry+pilots")
    shown = Shown(page)
    assert "Place 1 of 1" in page
    assert shown.found == "ferrypilotspilotsferry"
    assert shown.anchor == "ferry"
    _, page = await got(site, f"/d/{document}?v=1&q=tide")
    assert "Place 1 of 2" in page
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following is not None
    _, page = await got(site, unescape(following[1]))
    assert "Place 2 of 2" in page
    assert Shown(page).asked.startswith("Mr. VANE: They knew the tide")
    _, page = await got(site, f"/d/{document}?v=1&q=lighthouse")
    assert "These words stand nowhere in this document." in page
    _, page = await got(site, f"/d/{document}?v=1&q=*ide")
    assert "notice warn" in page


async def test_what_may_not_be_read_is_answered_as_what_is_not_there(site: Pages, tmp_path: Path) -> None:
    folder = tmp_path / "ledger"
    folder.mkdir()
    (folder / "l.txt").write_text("The ledger proves that the smugglers paid in silver.\n")
    visible = frozenset({site.people["ed"].id})
    await site.app.holdings.add(operator(), str(folder), name="ledger", visible_to=visible)
    secret = await document_of(site, "ledger")
    assert (await got(site, f"/d/{secret}?v=1", "ed"))[0] == 200
    for who in ("rita", "gus", "ada"):
        for path in (
            "{}",
            "{}?v=1&at=0-5&q=ledger",
            "{}?v=9",
            "{}?page=1",
            "{}/changes?from=1&to=2",
            "{}/present?v=1&at=0-4",
        ):
            limited = await got(site, "/d/" + path.format(secret), who)
            unheard = await got(site, "/d/" + path.format("0" * 32), who)
            assert (limited[0], without_token(limited[1])) == (unheard[0], without_token(unheard[1])) != (200, "")
            assert limited[0] == 404


def without_token(page: str) -> str:
    return re.sub(r'name="csrf" value="[^"]+"', "", page)


async def test_what_is_withdrawn_or_erased_is_told_without_a_word_of_it(site: Pages, tmp_path: Path) -> None:
    document = await document_of(site)
    (tmp_path / "hearings" / "ferry.txt").unlink()
    (tmp_path / "hearings" / "other.txt").write_text("Another thing entirely was said that day, at length.\n")
    await site.app.holdings.refresh(operator(), "hearings")
    status, page = await got(site, f"/d/{document}?v=1&at=0-5")
    assert status == 410
    assert "no longer in its source “hearings”" in page
    assert "committee" not in page
    await site.app.holdings.remove(operator(), "hearings")
    status, page = await got(site, f"/d/{document}?v=1")
    assert status == 410
    assert "was removed from Quotedesk" in page
    await site.app.holdings.purge(operator(), "hearings")
    status, page = await got(site, f"/d/{document}?v=1")
    assert status == 404
    assert "no such document here" in page


async def test_pins_stand_in_the_margin_for_those_who_may_see_them(site: Pages) -> None:
    document = await document_of(site)
    start = HEARING.index("The pilots knew")
    rita = Person("local", site.people["rita"].id)
    ref = PassageRef(document, 1, start, start + 26)
    view = await site.app.pins.pin(rita, ref, note="Ask <twice>.", story="Ferry", tags=["tide"])
    _, page = await got(site, f"/d/{document}")
    assert f'href="/p/{view.pin.id}"' in page
    assert "Ask &lt;twice&gt;." in page
    assert "Ferry" in page
    assert re.search(r'class="pinned">The pilots knew the tide', page)


async def test_a_text_that_does_not_fit_its_hash_is_not_shown(site: Pages, tmp_path: Path) -> None:
    document = await document_of(site)
    with sqlite3.connect(tmp_path / "home" / "quotedesk.sqlite") as database:
        database.execute("UPDATE versions SET text = replace(text, 'noon', 'dawn')")
    database.close()
    status, page = await got(site, f"/d/{document}?v=1")
    assert status == 409
    assert "dawn" not in page
    (entry, *_) = [one for one in await site.app.store.audit.entries("local", 9) if one.action == "withhold"]
    assert entry.detail == "changed"


async def test_a_long_document_is_shown_in_parts_around_the_words(site: Pages, tmp_path: Path) -> None:
    folder = tmp_path / "long"
    folder.mkdir()
    lines = [f"Line {number} of the long record tells of ship number {number}.\n\n" for number in range(2_000)]
    (folder / "long.txt").write_text("".join(lines))
    await site.app.holdings.add(operator(), str(folder), name="long")
    document = await document_of(site, "long")
    stored = await site.app.store.archive.version("local", document)
    assert stored is not None
    text = stored.document.text
    start = text.index("Line 1000 of")
    _, page = await got(site, f"/d/{document}?v=1&at={start}-{start + 40}")
    shown = Shown(page)
    assert shown.asked == text[start : start + 40]
    assert shown.text in text
    assert len(shown.text) < 40_000
    seen = [shown.text]
    while forward := re.search(r'rel="next" href="([^"]+)"', page):
        _, page = await got(site, unescape(forward[1]))
        seen.append(Shown(page).text)
    assert text.endswith("".join(seen))


async def test_a_hit_s_permalink_opens_on_its_words(site: Pages) -> None:
    answer = await site.app.desk.answer(operator(), "pilots tide")
    card = answer.cards[0]
    assert card.permalink is not None
    status, page = await got(site, card.permalink.removeprefix(site.url))
    assert status == 200
    assert Shown(page).asked == card.text
