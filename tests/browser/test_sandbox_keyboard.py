"""The sandbox's page by the keyboard alone: what is reached, where the focus is, and where it goes back to."""

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.sandboxed import NARROW, WIDE, Desk, Running

if TYPE_CHECKING:
    from playwright.async_api import Locator, Page

pytestmark = pytest.mark.browser

QUESTION = "/quote Barr foreign dirt"


async def reach(page: "Page", wanted: "Locator", key: str = "Tab") -> None:
    """Go on by this key until it has the focus."""
    for _ in range(80):
        await page.keyboard.press(key)
        if await wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"{wanted} can't be reached by {key}")


async def ask(page: "Page") -> "Locator":
    """Go to the message box and ask; the answer."""
    await reach(page, page.get_by_role("textbox", name="Message #newsroom"))
    await page.keyboard.type(QUESTION)
    await page.keyboard.press("Enter")
    answer = page.locator("#messages > .message").last
    await expect(answer).to_contain_text("offers dirt on a competitor")
    return answer


async def is_seen(page: "Page") -> bool:
    """Whether all of what has the focus lies inside the window and inside what it scrolls in."""
    return await page.evaluate(
        """() => {
            const one = document.activeElement.getBoundingClientRect();
            const around = document.activeElement.closest(".messages, .home, .modal-body")?.getBoundingClientRect();
            const [top, bottom] = around ? [around.top, around.bottom] : [0, innerHeight];
            return one.top >= top && one.bottom <= bottom;
        }"""
    )


async def test_a_passage_is_pinned_and_the_focus_comes_back(sandboxed: Running, desk: Desk) -> None:
    page = await desk.open(f"{sandboxed.url}#rita/newsroom")
    answer = await ask(page)
    more = answer.get_by_role("button", name="More actions").last  # the answer is taller than the window
    await reach(page, more, "Shift+Tab")
    for leave in ("Escape", "Enter"):
        await page.keyboard.press("Enter")
        pin = page.get_by_role("menuitem", name="Pin Excerpt")
        await reach(page, pin, "ArrowDown")
        await page.keyboard.press("Enter")
        form = page.get_by_role("dialog")
        excerpt = form.get_by_label("Excerpt")
        await expect(excerpt).to_be_focused()
        assert await excerpt.evaluate("one => one.scrollTop") == 0  # it is read from its beginning
        if leave == "Enter":
            await reach(page, form.get_by_role("button", name="Pin Excerpt"))
        await page.keyboard.press(leave)
        await expect(form).to_have_count(0)
        await expect(more).to_be_focused()
        if leave == "Escape":  # otherwise the page goes on to what is told of the pin
            assert await is_seen(page)
    await expect(page.locator("#messages > .message").last).to_contain_text("Pinned")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_what_opens_at_the_side_takes_the_focus_and_gives_it_back(
    sandboxed: Running, desk: Desk, size: tuple[int, int]
) -> None:
    page = await desk.open(f"{sandboxed.url}#rita/newsroom", size)
    await expect(page.locator("#messages > .message").first).to_be_visible()
    reply = page.get_by_role("region", name="Messages").get_by_role("button", name="Reply in thread").first
    await reach(page, reply)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Reply in the thread")).to_be_focused()
    assert await violations(page) == []
    plus = page.get_by_role("complementary").get_by_role("button", name="Files and shortcuts")
    await reach(page, plus, "Shift+Tab")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")  # the menu alone
    await expect(plus).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(reply).to_be_focused()
    for name in ("Wire", "Faults"):
        tool = page.get_by_role("navigation", name="Behind the scenes").get_by_role("button", name=name)
        await reach(page, tool, "Shift+Tab")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("complementary").get_by_role("heading", level=2)).to_be_focused()
        assert await violations(page) == []
        await page.keyboard.press("Escape")
        await expect(tool).to_be_focused()
        await page.keyboard.press("Tab")  # away, and back by the next turn


async def test_on_a_phone_nothing_that_is_covered_has_the_focus(sandboxed: Running, desk: Desk) -> None:
    page = await desk.open(f"{sandboxed.url}#rita/newsroom", NARROW)
    await expect(page.locator("#messages > .message").first).to_be_visible()
    opener = page.get_by_role("button", name="Channels and people")
    await reach(page, opener)
    await page.keyboard.press("Enter")
    assert await violations(page) == []
    places = page.get_by_role("navigation", name="People and channels")
    await reach(page, places.get_by_role("button", name="Messages"))
    await page.keyboard.press("Tab")
    assert not await page.evaluate("document.activeElement.closest('main')")
    await reach(page, places.get_by_role("radio", name="Rita Reporter"))
    await page.keyboard.press("Escape")
    await expect(opener).to_be_focused()
    await page.keyboard.press("Enter")
    await reach(page, places.get_by_role("button", name="Home"))
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Quotedesk: Home")).to_be_visible()
    await expect(opener).to_be_focused()
