"""The pin board and a pin's page from outside: filters in the address, rights, exports, and what a link tells."""

import io
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import aiohttp
import pytest

from bot.build import utc_now
from bot.roles import operator
from tests.bot.web.paging import Pages, csrf_of
from tests.bot.web.stocked import page_of, person_of, pinned, stocked

FLOOD = "We will not wait for another flood."


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Pages]:
    async with stocked(tmp_path / "home") as site:
        yield site


async def send(browser: aiohttp.ClientSession, path: str, **form: str) -> tuple[int, str]:
    """Press a button; the page that it leads to."""
    async with browser.post(path, data={"csrf": await csrf_of(browser), **form}) as answer:
        return answer.status, await answer.text()


async def test_an_empty_board_teaches_how_to_pin(site: Pages) -> None:
    page = await page_of(await site.enter("rita"), "/pins")
    assert "Nothing is pinned yet" in page
    assert "Pin Excerpt" in page
    assert "<form class" not in page


async def test_the_address_says_which_pins_are_shown(site: Pages) -> None:
    flood = await pinned(site, "rita", FLOOD, '"another flood"', story="Harbor <1>", tags=("water",), note="Lead & end")
    tide = await pinned(site, "ed", "the ferry sank", "tide ferry", story="Ferry")
    browser = await site.enter("rita")
    everything = await page_of(browser, "/pins")
    assert "2 pins" in everything
    assert "Lead &amp; end" in everything
    assert "Harbor &lt;1&gt;" in everything
    cases = {
        "story=Ferry": tide,
        "tag=water": flood,
        "owner=me": flood,
        "words=owner%3Ame": flood,
        "person=luna": flood,
        "until=2017": tide,
        "since=July+2016&until=2016": tide,
        "words=story%3AFerry+verified%3Ano": tide,
        "words=ferry+sank": tide,
        "status=active&words=flood": flood,
    }
    for query, one in cases.items():
        page = await page_of(browser, f"/pins?{query}")
        shown = set(re.findall(r'href="/p/([0-9a-f]+)"', page))
        assert shown == {one.pin.id}, query
    assert "No pin is like that." in await page_of(browser, "/pins?story=Nothing")
    assert "no such status" in await page_of(browser, "/pins?status=strange", 400)
    assert "This is no date" in await page_of(browser, "/pins?since=someday", 400)
    assert re.search(r"<option selected>\s*Harbor &lt;1&gt;", await page_of(browser, "/pins?story=Harbor+%3C1%3E"))


async def test_an_owner_may_be_called_by_name(site: Pages) -> None:
    flood = await pinned(site, "rita", FLOOD, '"another flood"')
    tide = await pinned(site, "ada", "the ferry sank", "tide ferry")
    await pinned(site, "ed", "a witness named Wexford", "Wexford")
    browser, rita = await site.enter("gus"), site.people["rita"].id
    for query, one in {
        "words=owner%3A%40rita": flood,
        "words=owner%3ARITA+flood": flood,
        f"words=owner%3A{rita}": flood,
        "owner=%40ada": tide,
        f"owner={rita}": flood,
    }.items():
        page = await page_of(browser, f"/pins?{query}")
        assert set(re.findall(r'href="/p/([0-9a-f]+)"', page)) == {one.pin.id}, query
    assert f'<option value="{rita}" selected>rita</option>' in await page_of(browser, f"/pins?owner={rita}")
    exported = await page_of(browser, "/pins/export?form=json&words=owner%3A%40ada")
    assert [pin["id"] for pin in json.loads(exported)["pins"]] == [tide.pin.id]
    for nobody in ("@ed", "@nobody"):  # what Ed pinned is not for Gus to see
        told = await page_of(browser, f"/pins?owner={nobody}", 400)
        assert f"Nobody called “{nobody}” has pinned anything that you can see." in told
        assert site.people["ed"].id not in told


async def test_the_board_goes_on_over_pages_that_keep_the_filter(site: Pages) -> None:
    for number in range(23):
        await pinned(site, "rita", FLOOD, '"another flood"', story="Long", note=f"no {number}.")
    browser = await site.enter("rita")
    first = await page_of(browser, "/pins?story=Long")
    to = re.search(r'rel="next" href="([^"]+)"', first)
    assert to is not None
    second = await page_of(browser, unescape(to[1]))
    notes = [set(re.findall(r"no \d+\.", page)) for page in (first, second)]
    assert (len(notes[0]), len(notes[1]), len(notes[0] & notes[1])) == (20, 3, 0)
    assert 'rel="prev" href="/pins?story=Long"' in second


async def test_pins_of_what_one_may_not_read_are_neither_listed_nor_opened_nor_exported(site: Pages) -> None:
    view = await pinned(site, "ed", "a witness named Wexford", "Wexford", story="Secret story", tags=("hush",))
    for who in ("rita", "gus", "ada"):
        browser = await site.enter(who)
        board = await page_of(browser, "/pins")
        assert "Nothing is pinned yet" in board
        exported = await page_of(browser, "/pins/export?form=json")
        assert json.loads(exported)["pins"] == []
        unknown = await page_of(browser, "/p/000000000000", 404)
        assert await page_of(browser, f"/p/{view.pin.id}", 404) == unknown
        for deed in ("verify", "confirm", "unpin", "undo"):
            status, told = await send(browser, f"/p/{view.pin.id}/{deed}")
            assert status == 403
            assert "Wexford" not in told
    ed = await site.enter("ed")
    page = await page_of(ed, f"/p/{view.pin.id}")
    assert "a witness named Wexford" in page
    assert "og:" not in page


async def test_a_link_to_a_pin_tells_its_words_only_where_everyone_may_read_them(site: Pages) -> None:
    view = await pinned(site, "rita", "the ferry sank", "tide ferry")
    page = await page_of(await site.enter("gus"), f"/p/{view.pin.id}")
    assert '<meta property="og:description" content="the ferry sank">' in page
    nobody = await site.visitor()
    async with nobody.get(f"/p/{view.pin.id}", allow_redirects=False) as answer:
        text = await answer.text()
    async with nobody.get("/sign-in") as answer:
        text += await answer.text()
    assert "og:" not in text
    assert "ferry" not in text


async def test_a_pin_shows_what_proves_it_and_what_was_done_to_it(site: Pages) -> None:
    view = await pinned(site, "rita", FLOOD, '"another flood"', expires=utc_now() + timedelta(days=9))
    await site.app.pins.verify(person_of(site, "ed"), view.pin.id)
    page = await page_of(await site.enter("gus"), f"/p/{view.pin.id}")
    assert str(view.card.text_sha256) in page
    assert f"v=1&amp;at={view.pin.at.start}-{view.pin.at.end}#at" in page
    rows = re.findall(r"<td>(rita|ed)</td><td>([^<]+)</td>", page)
    assert rows == [("ed", "verified it"), ("rita", "pinned it")]
    assert "until " in page
    assert '<form method="post" action="/p/' not in page  # a guest looks after nothing
    assert f"“{FLOOD}”" in unescape(page)  # the citation


async def test_pins_are_looked_after_by_those_who_may(site: Pages) -> None:
    view = await pinned(site, "rita", FLOOD, '"another flood"')
    rita, gus = await site.enter("rita"), await site.enter("gus")
    path = f"/p/{view.pin.id}"
    status, page = await send(rita, f"{path}/verify")
    assert (status, "✓ verified by rita" in page) == (200, True)
    assert (await send(gus, f"{path}/unpin"))[0] == 403
    status, page = await send(rita, f"{path}/unpin")
    assert "Taken down" in page
    assert "Undo" in page
    assert "Nothing is pinned" in (await page_of(rita, "/pins"))
    assert "Undo" not in (await send(rita, f"{path}/undo"))[1]
    async with rita.post(f"{path}/unpin", data={}) as answer:
        assert answer.status == 403
    entries = [entry.action for entry in await site.app.store.audit.entries("local", 20)]
    assert entries[:3] == ["pin: restored", "pin: unpinned", "pin: verified"]


async def test_a_lost_pin_is_seen_to_be_lost_with_what_stands_there_now(site: Pages, tmp_path: Path) -> None:
    view = await pinned(site, "rita", "the ferry sank in the harbor", "tide ferry")
    file = tmp_path / "town" / "tide.txt"
    file.write_text(
        file.read_text().replace("the ferry sank in the harbor", "the <i>old</i> ferry capsized in the harbor")
    )
    await site.app.holdings.refresh(operator())
    await site.app.follower.follow()
    browser = await site.enter("rita")
    assert 'class="tag bad">Orphan<' in await page_of(browser, "/pins")
    page = await page_of(browser, f"/p/{view.pin.id}")
    assert "these words do not stand in it any more" in page
    assert re.search(r"<ins>.*capsized", page)
    assert "<i>" not in page
    shown = await page_of(browser, "/pins?status=orphan")
    assert view.pin.id in shown


@pytest.mark.parametrize(
    ("form", "media"), [("markdown", "text/markdown"), ("csv", "text/csv"), ("json", "application/json")]
)
async def test_an_export_holds_what_the_address_asks_for(site: Pages, form: str, media: str) -> None:
    await pinned(site, "rita", FLOOD, '"another flood"', story="Harbor: <1>")
    await pinned(site, "rita", "the ferry sank", "tide ferry", story="Ferry")
    browser = await site.enter("gus")
    async with browser.get("/pins/export", params={"form": form, "story": "Harbor: <1>"}) as answer:
        text = await answer.text()
        assert answer.status == 200
        assert answer.content_type == {"json": "application/json"}.get(form, f"text/{form}")
        assert re.fullmatch(r'attachment; filename="pins-harbor-1\.\w+"', answer.headers["Content-Disposition"])
    assert "another flood" in text
    assert "the ferry sank" not in text
    entry = (await site.app.store.audit.entries("local", 1))[0]
    assert entry.action == f"export pins as {form}"


async def test_a_word_file_of_pins_opens(site: Pages) -> None:
    from docx import Document

    await pinned(site, "rita", FLOOD, '"another flood"')
    browser = await site.enter("rita")
    async with browser.get("/pins/export?form=docx") as answer:
        content = await answer.read()
    assert any("another flood" in paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    assert "Pins can be exported as" in await page_of(browser, "/pins/export?form=odt", 400)


async def test_a_removed_source_leaves_its_pins_and_tells_no_link_of_them(site: Pages) -> None:
    view = await pinned(site, "rita", "the ferry sank", "tide ferry")
    await site.app.holdings.remove(operator(), "town")
    page = await page_of(await site.enter("rita"), f"/p/{view.pin.id}")
    assert "The source has been removed" in page
    assert "Read in context" not in page
    assert "og:" not in page


async def test_what_is_told_of_a_pin_is_edited_on_its_page(site: Pages) -> None:
    view = await pinned(site, "rita", FLOOD, '"another flood"', story="Harbor", tags=("water",), note="Old")
    rita, path = await site.enter("rita"), f"/p/{view.pin.id}"
    form = {"note": "Lead & <end>\r\nTwo lines", "story": "Harbor inquiry", "tags": "tide, water"}
    form["until"] = "2090-02-01"
    status, page = await send(rita, f"{path}/edit", **form)
    assert status == 200
    pin = (await site.app.pins.show(person_of(site, "rita"), view.pin.id)).pin
    assert (pin.note, pin.story, pin.tags) == ("Lead & <end>\nTwo lines", "Harbor inquiry", ("tide", "water"))
    assert pin.expires is not None
    assert "Lead &amp; &lt;end&gt;\nTwo lines</textarea>" in page
    assert "until Feb. 1, 2090" in page
    assert 'type="date" value="2090-02-01"' in page
    entries = [entry.action for entry in await site.app.store.audit.entries("local", 2)]
    assert entries == ["pin: expiry", "pin: edited"]
    assert (await send(rita, f"{path}/edit", **form))[0] == 200
    assert (await site.app.store.audit.entries("local", 1))[0].action == "pin: expiry"  # nothing was changed
    assert (await send(rita, f"{path}/edit", note="", story="", tags="", until=""))[0] == 200
    pin = (await site.app.pins.show(person_of(site, "rita"), view.pin.id)).pin
    assert (pin.note, pin.story, pin.tags, pin.expires) == ("", None, (), None)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("until", "2001-01-01", "That date is over."),
        ("until", "soon", "That is no day to go by"),
        ("until", "9999-12-31", "That is no day to go by"),
        ("note", "n" * 3001, "at most 3,000 characters"),
        ("story", "s" * 3001, "at most 3,000 characters"),
    ],
)
async def test_what_can_not_be_saved_is_told_at_its_field_and_nothing_typed_is_lost(
    site: Pages, field: str, value: str, sentence: str
) -> None:
    view = await pinned(site, "rita", FLOOD, '"another flood"', note="Old")
    form = {"note": "Other words", "tags": "tide", field: value}
    status, page = await send(await site.enter("rita"), f"/p/{view.pin.id}/edit", **form)
    assert status == 400
    assert re.search(rf'id="{field}-wrong">[^<]*{sentence}', page)
    assert f'id="{field}" name="{field}"' in page
    assert re.search(rf'id="{field}"[^>]* aria-invalid="true"', page)
    assert all(typed in page for typed in form.values() if len(typed) < 100)
    assert '<details class="card" open>' in page
    assert (await site.app.pins.show(person_of(site, "rita"), view.pin.id)).pin.note == "Old"


async def test_only_those_who_may_edit_a_pin_find_the_form_and_are_heard(site: Pages) -> None:
    view = await pinned(site, "rita", FLOOD, '"another flood"', note="Old")
    path = f"/p/{view.pin.id}"
    for who, may in (("ada", True), ("ed", False), ("gus", False)):
        browser = await site.enter(who)
        assert (f'action="{path}/edit"' in await page_of(browser, path)) is may
        if not may:
            assert (await send(browser, f"{path}/edit", note="Mine"))[0] == 403
            assert (await send(browser, f"{path}/edit", note="Mine", until="soon"))[0] == 403
    rita = await site.enter("rita")
    async with rita.post(f"{path}/edit", data={"note": "Forged"}) as answer:
        assert answer.status == 403
    await send(rita, f"{path}/unpin")
    assert f'action="{path}/edit"' not in await page_of(rita, path)
    status, told = await send(rita, f"{path}/edit", note="Late")
    assert (status, "undo that first" in told) == (400, True)
    assert (await site.app.pins.show(person_of(site, "rita"), view.pin.id)).pin.note == "Old"
    closed = await pinned(site, "ed", "a witness named Wexford", "Wexford")
    status, told = await send(rita, f"/p/{closed.pin.id}/edit", note="Seen")
    assert (status, "Wexford" in told) == (403, False)
