"""The reader in Chromium: from a card in Slack to the words, by mouse and by keyboard."""

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.roles import operator
from tests.browser.axe import violations
from tests.browser.sandboxed import NARROW, WIDE, Desk, Running
from tests.browser.seat import Seat

if TYPE_CHECKING:
    from playwright.async_api import Page

pytestmark = pytest.mark.browser

NASTY = (
    "MR. X: He said <b>no</b> & “yes”.\tTwo\u00a0 blanks,  a soft\u00adhyphen, עברית and 👩\u200d🚒.\n\n\n"
    "{{ not a template }} </div></mark> <!-- nor a comment -->\n"
    "The second line of a paragraph.\n\n"
    "The last one.\n"
)
_SHOWN = "() => [...document.querySelectorAll('.text')].map(one => one.textContent).join('')"
_STOPS_AFTER = """() => [...document.querySelectorAll('.text')].map(({firstChild: words}) => {
    const place = (at) => {
        const range = document.createRange();
        range.setStart(words, at);
        range.setEnd(words, at + 1);
        return range.getBoundingClientRect().x;
    };
    return place(words.length - 1) > place(0);
})"""  # whether each paragraph's last sign stands to the right of its first
_ASKED = "() => [...document.querySelectorAll('mark.asked')].map(one => one.textContent).join('')"


async def signed_in(
    desk: Desk, there: Running, path: str, size: tuple[int, int] = WIDE, *, dark: bool = False
) -> "Page":
    """A page of the site, after Rita has signed in to see it."""
    page = await desk.open(f"{there.application.config.pages_at}{path}", size, dark=dark)
    await page.get_by_role("link", name="Rita Reporter").click()
    await page.wait_for_url(f"{there.application.config.pages_at}/**")
    return page


def written(folder: Path, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text(text, encoding="utf-8")


async def a_document(there: Running, folder: Path, text: str) -> tuple[str, str]:
    """The id and the stored text of a document that is added now."""
    await asyncio.to_thread(written, folder, text)
    await there.application.holdings.add(operator(), str(folder), name=folder.name)
    archive = there.application.store.archive
    (record,) = [one for one in await archive.sources("local") if one.name == folder.name]
    (document,) = await archive.documents(record.id)
    stored = await archive.version("local", document.id)
    assert stored is not None
    return document.id, stored.document.text


async def test_a_card_s_permalink_opens_on_its_words(sandboxed: Running, desk: Desk) -> None:
    page = await desk.open(sandboxed.url + "#rita/newsroom")
    seat = Seat(page)
    await seat.write("/quote Barr foreign dirt")
    link = seat.newest.get_by_role("link", name="Permalink").first
    async with page.expect_popup() as popped:
        await link.click()
    reader = await popped.value
    desk.listen_to(reader)
    await reader.get_by_role("link", name="Rita Reporter").click()
    asked = reader.locator("mark.asked").first
    await asked.wait_for()
    answer = await sandboxed.application.desk.answer(operator(), "Barr foreign dirt")
    assert await reader.evaluate(_ASKED) == answer.cards[0].text
    box = await asked.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < WIDE[1]
    assert await violations(reader) == []


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (WIDE, True), (NARROW, False), (NARROW, True)])
async def test_the_words_stand_letter_for_letter_and_everybody_can_read_them(
    sandboxed: Running, desk: Desk, tmp_path: Path, size: tuple[int, int], dark: bool
) -> None:
    document, text = await a_document(sandboxed, tmp_path / "nasty", NASTY)
    start, end = text.index("yes"), text.index("second")
    page = await signed_in(desk, sandboxed, f"/d/{document}?v=1&at={start}-{end}#at", size, dark=dark)
    assert await page.evaluate(_SHOWN) == text
    assert await page.evaluate(_ASKED) == text[start:end]
    assert await page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    await page.locator("summary").first.click()
    assert await violations(page) == []


async def test_all_of_it_is_done_by_keyboard(sandboxed: Running, desk: Desk, tmp_path: Path) -> None:
    lines = "".join(f"Line {number} tells of the tide.\n\n" for number in range(40))
    document, _ = await a_document(sandboxed, tmp_path / "tides", lines)
    page = await signed_in(desk, sandboxed, f"/d/{document}?v=1")
    await page.keyboard.press("Tab")
    assert await page.evaluate("() => document.activeElement.getAttribute('href')") == "#main"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")  # the version
    await page.keyboard.press("Tab")
    await page.keyboard.type("tide")
    await page.keyboard.press("Enter")
    await page.get_by_text("Place 1 of 40").wait_for()
    await page.get_by_role("link", name="Next").first.press("Enter")
    await page.get_by_text("Place 2 of 40").wait_for()
    assert (await page.evaluate(_ASKED)).strip() == "Line 1 tells of the tide."
    await page.get_by_text("Cite the marked words").press("Enter")
    assert await page.locator("#citation-1").is_visible()


async def test_a_citation_is_copied(sandboxed: Running, desk: Desk, tmp_path: Path) -> None:
    document, text = await a_document(sandboxed, tmp_path / "copied", NASTY)
    page = await signed_in(desk, sandboxed, f"/d/{document}?v=1&at=8-20")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.get_by_text("Cite the marked words").click()
    await page.get_by_role("button", name="Copy").first.click()
    await page.get_by_role("button", name="Copied").wait_for()
    assert text[8:20] in await page.evaluate("() => navigator.clipboard.readText()")


async def test_versions_and_what_changed_are_read_by_everybody(sandboxed: Running, desk: Desk, tmp_path: Path) -> None:
    document, _ = await a_document(sandboxed, tmp_path / "changed", "The ferry sank at noon.\n\nNobody was hurt.\n")
    written(tmp_path / "changed", "The ferry sank at one.\n\nNobody was hurt.\n")
    await sandboxed.application.holdings.refresh(operator(), "changed")
    page = await signed_in(desk, sandboxed, f"/d/{document}?v=1")
    assert await violations(page) == []
    await page.get_by_role("link", name="Compare with the present version").click()
    assert await page.locator("del").text_content() == "[removed] noon."
    assert await page.locator("ins").text_content() == "[added] one."
    assert await violations(page) == []


async def test_one_signs_out_and_in_again(sandboxed: Running, desk: Desk, tmp_path: Path) -> None:
    document, _ = await a_document(sandboxed, tmp_path / "out", NASTY)
    page = await signed_in(desk, sandboxed, f"/d/{document}?v=1")
    await page.get_by_role("button", name="Sign Out").click()
    assert await violations(page) == []
    await page.get_by_role("link", name="Sign in with Slack").click()
    await page.get_by_role("link", name="Gus Guest").click()
    await page.get_by_text("Signed in as Gus Guest").wait_for()


async def test_each_paragraph_is_read_in_its_own_direction(sandboxed: Running, desk: Desk, tmp_path: Path) -> None:
    hebrew, english = "הוא אמר harbor.", "He said שלום."
    document, text = await a_document(sandboxed, tmp_path / "both", f"{hebrew}\n\n{english}\n")
    page = await signed_in(desk, sandboxed, f"/d/{document}?v=1")
    assert await page.evaluate(_SHOWN) == text
    assert await page.evaluate(_STOPS_AFTER) == [False, True]
    narrow = await signed_in(desk, sandboxed, f"/d/{document}?v=1", NARROW)
    assert await violations(narrow) == []


async def test_names_without_end_neither_widen_the_page_nor_are_cut(
    sandboxed: Running, desk: Desk, tmp_path: Path
) -> None:
    title = "Minutes of the Joint Subcommittee on Harbors, " * 6 + "Part Fourteen"
    (tmp_path / "long").mkdir()
    facts = {"path": "a.txt", "title": title, "publisher": "P" * 150, "date": "2016"}
    (tmp_path / "long" / "manifest.jsonl").write_text(json.dumps(facts) + "\n")
    document, _ = await a_document(sandboxed, tmp_path / "long", "harbor " + "x" * 2000)
    page = await signed_in(desk, sandboxed, f"/d/{document}?v=1", NARROW)
    assert await page.get_by_role("heading", level=1).text_content() == title
    assert await page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
