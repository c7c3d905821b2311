"""Search, pin board, check and desk in a real Chromium: flows by keyboard, nothing wrong with the pages, nothing cut
off on a phone."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.bot.web.paging import Pages
from tests.bot.web.stocked import asked, pinned, stocked
from tests.browser.axe import violations
from tests.browser.sandboxed import NARROW, WIDE, Desk

if TYPE_CHECKING:
    from playwright.async_api import Page

pytestmark = pytest.mark.browser

DRAFT = "He said “the ferry sank in the river, the pilots said” and “We will not wait for another flood.”"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Pages]:
    async with stocked(tmp_path / "home") as site:
        yield site


async def enter(site: Pages, desk: Desk, who: str, size: tuple[int, int] = WIDE, *, dark: bool = False) -> "Page":
    """Sign in as anybody does; the page is the search page then."""
    page = await desk.open(f"{site.url}/sign-in", size, dark=dark)
    await page.get_by_role("link", name="Sign in with Slack").click()
    await page.get_by_role("link", name=who).click()
    await page.wait_for_url(f"{site.url}/")
    return page


async def reach(page: "Page", name: str, key: str = "Tab") -> None:
    """Go on by the keyboard until what has the focus is called so."""
    for _ in range(80):
        await page.keyboard.press(key)
        if (await page.evaluate("document.activeElement.textContent")).strip() == name:
            return
    raise AssertionError(f"“{name}” can't be reached by {key}")


@pytest.mark.parametrize("dark", [False, True])
async def test_no_page_has_a_fault_in_any_width_or_light(site: Pages, desk: Desk, dark: bool) -> None:
    view = await pinned(site, "ada", "the ferry sank", "tide ferry", story="Ferry", tags=("tide",), note="Lead")
    await asked(site, "ada", "where is Atlantis")
    paths = (
        *("/", "/?q=harbor", "/?q=harbor+publisher%3A%22The+Gazette%22&why=1", "/?q=atlantis"),
        *("/?q=first+%22the+harbor%22", "/pins", f"/p/{view.pin.id}", "/check", "/desk", "/desk/queue/undated"),
    )
    for size in (WIDE, NARROW):
        page = await enter(site, desk, "ada", size, dark=dark)
        for path in paths:
            await page.goto(site.url + path)
            assert await violations(page) == [], path
            assert await page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        await page.goto(f"{site.url}/check")
        await page.get_by_label("Draft").fill(DRAFT)
        await page.get_by_role("button", name="Check Quotations").click()
        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= size[0]


async def test_a_reporter_searches_narrows_reads_and_comes_back_by_keyboard(site: Pages, desk: Desk) -> None:
    page = await enter(site, desk, "rita")
    await page.keyboard.type("harbor")  # the box has the focus
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/?q=harbor")
    assert await page.locator("mark.found").count() >= 4
    await reach(page, "The Gazette")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**publisher**")
    assert await page.get_by_role("searchbox").input_value() == 'harbor publisher:"The Gazette"'
    await reach(page, "Read in context")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/d/**")
    assert await page.locator("#at").is_visible()
    await page.go_back()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")  # skips to the text
    assert await page.evaluate("document.activeElement.id") == "main"


async def test_a_citation_is_unfolded_and_copied(site: Pages, desk: Desk) -> None:
    page = await enter(site, desk, "rita")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto(f"{site.url}/?q=two+miles")
    card = page.locator("article.card").first
    await card.get_by_text("Copy Citation").click()
    await card.get_by_role("button", name="Copy").first.click()
    await card.get_by_role("button", name="Copied").wait_for()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "Unattributed, according to “Tide & <Ferry>” (The Gazette; published July 25, 2016; news):"
    )


async def test_a_draft_is_checked_and_its_differences_are_told_in_words(site: Pages, desk: Desk) -> None:
    page = await enter(site, desk, "rita")
    await page.get_by_role("link", name="Check", exact=True).click()
    await page.get_by_label("Draft").fill(DRAFT)
    await reach(page, "Check Quotations")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Quotation 1").click()
    first = page.locator("#q1")
    assert "not in the record: river," in (await first.locator("del").text_content() or "")
    assert "in the record: harbor," in (await first.locator("ins").text_content() or "")
    assert await page.locator("#q1").evaluate("one => one.getBoundingClientRect().top < innerHeight")
    assert page.url.endswith("/check#q1")


async def test_a_pin_is_verified_taken_down_and_put_up_again(site: Pages, desk: Desk) -> None:
    await pinned(site, "rita", "the ferry sank", "tide ferry", story="Ferry")
    page = await enter(site, desk, "rita")
    await page.get_by_role("link", name="Pins", exact=True).click()
    await page.get_by_label("Story").select_option("Ferry")
    await page.get_by_role("button", name="Show Pins").click()
    await page.get_by_role("link", name="Open Pin").click()
    await page.get_by_role("button", name="Verify").click()
    assert await page.get_by_text("verified by rita").is_visible()
    await page.get_by_role("button", name="Unpin").click()
    await page.get_by_role("button", name="Undo").click()
    assert await page.get_by_role("button", name="Unpin").is_visible()


async def test_an_admin_pauses_a_source_and_marks_a_question_done(site: Pages, desk: Desk) -> None:
    await asked(site, "ada", "where is Atlantis")
    page = await enter(site, desk, "ada")
    await page.get_by_role("link", name="Desk", exact=True).click()
    await page.get_by_role("link", name="Unanswered Questions: 1").click()
    assert page.url.endswith("#unanswered")
    await page.get_by_role("button", name=re.compile("Mark Done.*Atlantis")).click()
    assert await page.get_by_text("That is out of its queue.").is_visible()
    await page.get_by_role("button", name="Pause town").click()
    assert await page.get_by_text("paused", exact=True).is_visible()
    await page.get_by_role("button", name="Resume town").click()
    assert await page.get_by_role("button", name="Refresh town").is_visible()


async def test_everything_works_without_scripts(site: Pages, desk: Desk) -> None:
    view = await pinned(site, "rita", "the ferry sank", "tide ferry")
    signed_in = await enter(site, desk, "rita")
    state = await signed_in.context.storage_state()
    context = await desk.browser.new_context(java_script_enabled=False, storage_state=state)
    page = await context.new_page()
    await page.goto(f"{site.url}/?q=harbor")
    assert not await page.get_by_role("button", name="Copy").first.is_visible()
    await page.locator("article.card details.citations summary").first.click()
    assert await page.get_by_text("Stored version 1").first.is_visible()
    await page.goto(f"{site.url}/p/{view.pin.id}")
    await page.get_by_role("button", name="Verify").click()
    assert await page.get_by_text("verified by rita").is_visible()


async def test_what_is_told_of_a_pin_is_edited_by_keyboard_on_its_page(site: Pages, desk: Desk) -> None:
    view = await pinned(site, "rita", "the ferry sank", "tide ferry", story="Ferry")
    page = await enter(site, desk, "rita", NARROW)
    await page.goto(f"{site.url}/p/{view.pin.id}")
    await reach(page, "Edit note, story, tags and expiry")
    await page.keyboard.press("Enter")
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    await page.keyboard.press("Tab")
    await page.keyboard.type("Lead of part two")
    await page.get_by_label("Tags").fill("tide, pilots")
    await page.get_by_label("Use it until").fill("2090-02-01")
    await page.get_by_role("button", name="Save Pin").press("Enter")
    await page.get_by_text("until Feb. 1, 2090").wait_for()
    assert page.url == f"{site.url}/p/{view.pin.id}"
    assert await page.get_by_text("Lead of part two").first.is_visible()
    assert await page.get_by_role("link", name="#pilots").is_visible()
