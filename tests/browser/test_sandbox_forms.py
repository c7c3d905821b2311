"""Modals, menus, shortcuts, faults and hostile words on the sandbox's page, in a real browser."""

import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from playwright.async_api import expect

from bot.roles import operator
from tests.browser.axe import violations
from tests.browser.sandboxed import NARROW, WIDE, Desk, Running
from tests.browser.seat import Seat

pytestmark = pytest.mark.browser

QUESTION = "/quote Barr foreign dirt"
HOSTILE = "<img src=x onerror=alert(1)> &lt;b&gt; <script>alert(2)</script> *not bold*"


async def seated(sandboxed: Running, desk: Desk, who: str = "rita", where: str = "newsroom") -> Seat:
    return Seat(await desk.open(f"{sandboxed.url}#{who}/{where}"))


async def post(sandboxed: Running, method: str, **arguments: Any) -> Any:
    """Call the Web API with the bot's own token, as a bot that posts whatever it likes."""
    sandbox = sandboxed.room.sandbox
    headers = {"Authorization": f"Bearer {sandbox.app.bot_token}"}
    url = f"{sandbox.api_url}{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=arguments, headers=headers) as answer:
        return await answer.json()


async def test_a_modal_keeps_the_focus_and_tells_what_is_wrong(sandboxed: Running, desk: Desk) -> None:
    seat = await seated(sandboxed, desk)
    await seat.write(QUESTION)
    await seat.choose("Pin Excerpt")
    excerpt = seat.modal.get_by_label("Excerpt")
    await expect(excerpt).to_be_focused()
    await excerpt.fill("words that stand nowhere")
    await seat.modal.get_by_label("Note").fill("kept while the form is mended")
    await seat.press("Pin Excerpt", seat.modal)
    await expect(seat.modal.locator(".error").first).to_contain_text("do not stand so")
    await expect(excerpt).to_have_attribute("aria-invalid", "true")
    await expect(excerpt).to_be_focused()
    await expect(seat.modal.get_by_label("Note")).to_have_value("kept while the form is mended")
    for _ in range(14):
        await seat.page.keyboard.press("Tab")
        assert await seat.page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    await seat.modal.get_by_text("What only the app sees").click()
    await expect(seat.modal.locator(".private dd").first).to_be_visible()
    assert "/response/R" not in await seat.modal.inner_text()
    for _ in range(2):  # in a hurry
        await seat.page.keyboard.press("Escape")
    await expect(seat.modal).to_have_count(0)
    await expect(seat.page.get_by_text("no view open")).to_have_count(0)


async def test_a_global_shortcut_opens_a_form_that_suggests_and_answers(
    sandboxed: Running, desk: Desk, tmp_path: Path
) -> None:
    hearing = tmp_path / "hearing"
    hearing.mkdir()
    (hearing / "ferry.txt").write_text(
        "Mr. HARBORMASTER: The foreign ships came with the tide.\n\nMr. PILOT: They did.\n"
    )
    await sandboxed.application.holdings.add(operator(), str(hearing), name="Hearing")
    seat = await seated(sandboxed, desk)
    await seat.page.get_by_role("button", name="Files and shortcuts").click()
    await seat.page.get_by_role("menuitem", name=re.compile("^Find a Quote")).press("Enter")
    await seat.modal.get_by_label("Words", exact=False).first.fill("foreign")
    await seat.modal.get_by_role("button", name=re.compile("^Speaker")).click()
    search = seat.modal.get_by_role("combobox", name=re.compile("^Search: Speaker"))
    await search.press_sequentially("harbor")
    option = seat.modal.get_by_role("option", name=re.compile("Harbormaster", re.IGNORECASE))
    await expect(option.first).to_be_visible()
    await search.press("Enter")
    await expect(
        seat.modal.get_by_role("button", name=re.compile("^Speaker: .*Harbormaster", re.IGNORECASE))
    ).to_be_focused()
    await seat.press("Search", seat.modal)
    await expect(seat.modal).to_have_count(0)
    await expect(seat.newest).to_contain_text("Only visible to you")
    await expect(seat.newest).to_contain_text("The foreign ships came with the tide.")


async def test_more_filters_keep_what_was_typed(sandboxed: Running, desk: Desk) -> None:
    seat = await seated(sandboxed, desk)
    await seat.page.get_by_role("button", name="Files and shortcuts").click()
    await seat.page.get_by_role("menuitem", name=re.compile("^Find a Quote")).click()
    words = seat.modal.get_by_label("Words", exact=False).first
    await words.fill("foreign dirt")
    await seat.press("More Filters", seat.modal)
    await expect(seat.modal.get_by_text("Title", exact=False).first).to_be_visible()
    await expect(words).to_have_value("foreign dirt")


async def test_a_message_shortcut_checks_a_draft(sandboxed: Running, desk: Desk) -> None:
    seat = await seated(sandboxed, desk)
    draft = seat.messages.nth(1)
    await draft.get_by_role("button", name="Message menu").focus()
    await seat.page.keyboard.press("Enter")
    menu = seat.page.get_by_role("menu", name="Message menu")
    await expect(menu.get_by_role("menuitem").first).to_be_focused()
    await seat.page.keyboard.press("End")
    await expect(menu.get_by_role("menuitem").last).to_be_focused()
    await seat.page.keyboard.press("Escape")
    await expect(menu).to_have_count(0)
    await expect(draft.get_by_role("button", name="Message menu")).to_be_focused()
    await seat.page.keyboard.press("Enter")
    await menu.get_by_role("menuitem", name=re.compile("^Check Quotes")).click()
    await expect(seat.newest).to_contain_text("2 quotations")


async def test_a_fault_is_armed_strikes_and_is_shown(sandboxed: Running, desk: Desk) -> None:
    seat = await seated(sandboxed, desk)
    await seat.page.get_by_role("button", name=re.compile("^Faults")).click()
    await seat.page.get_by_role("button", name="Late Acknowledgement").click()
    await expect(seat.page.get_by_text("To come: the next acknowledgement counts as late.")).to_be_visible()
    await seat.write(QUESTION)
    await expect(seat.page.get_by_role("alert")).to_contain_text('/quote failed with the error "operation_timeout"')
    await seat.page.get_by_role("button", name="Lost Response URL").click()
    await seat.write("/quote Mueller report")
    refused = seat.page.locator("#messages .refusal")
    await expect(refused).to_contain_text("expired_url")
    await expect(refused).to_contain_text("response_url")


async def test_the_wire_is_shown_without_secrets(sandboxed: Running, desk: Desk) -> None:
    seat = await seated(sandboxed, desk)
    await seat.write(QUESTION)
    await expect(seat.newest).to_contain_text("Only visible to you")
    await seat.page.get_by_role("button", name=re.compile("^Wire")).click()
    asked = seat.page.get_by_role("complementary").locator("details", has_text="/quote").last
    await asked.locator("summary").click()
    await expect(asked).to_contain_text('"text": "Barr foreign dirt"')
    await expect(asked).to_contain_text('"token": "•••"')


async def test_what_slack_would_refuse_is_shown_in_place(sandboxed: Running, desk: Desk) -> None:
    seat = await seated(sandboxed, desk)
    place = sandboxed.room.sandbox.messages("newsroom", "rita")[0].channel
    header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    answer = await post(sandboxed, "chat.postMessage", channel=place, text="too long", blocks=[header])
    assert answer["error"] == "invalid_blocks"
    refused = seat.page.locator("#messages .refusal")
    await expect(refused).to_contain_text("Slack would have refused this: invalid_blocks (chat.postMessage)")
    await expect(refused).to_contain_text("must be less than 151 characters [json-pointer:/blocks/0/text/text]")


def kitchen_sink() -> list[dict[str, Any]]:
    """Every block and element that a message may hold."""

    def plain(text: str) -> dict[str, Any]:
        return {"type": "plain_text", "text": text}

    def option(name: str) -> dict[str, Any]:
        return {"text": plain(name), "value": name}

    options = [option("one"), option("two")]
    link = {"type": "link", "url": "javascript:alert(3)", "text": HOSTILE}
    texts = [{"type": "text", "text": HOSTILE, "style": {"bold": True}}, link, {"type": "broadcast", "range": "here"}]
    section = {"type": "rich_text_section", "elements": texts}
    lists = {"type": "rich_text_list", "style": "ordered", "elements": [section, section]}
    sure = {"title": plain("Sure?"), "text": plain("It can't be undone."), "confirm": plain("Yes"), "deny": plain("No")}
    return [
        {"type": "header", "text": plain("A header")},
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*bold* {HOSTILE}\n> quoted\n```code```"}},
        {"type": "section", "fields": [plain("left"), plain("right")]},
        {
            "type": "section",
            "text": plain("beside"),
            "accessory": {"type": "image", "image_url": "https://tracker.example/x.png", "alt_text": "a chart"},
        },
        {"type": "image", "image_url": "https://tracker.example/y.png", "alt_text": HOSTILE, "title": plain("Title")},
        {"type": "rich_text", "elements": [section, lists, {"type": "rich_text_quote", "elements": texts}]},
        {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": texts[:1]}]},
        {"type": "context", "elements": [plain("small"), {"type": "mrkdwn", "text": "<!date^0^{date}|then>"}]},
        {"type": "divider"},
        {
            "type": "actions",
            "elements": [
                {"type": "button", "text": plain("Remove"), "style": "danger", "confirm": sure, "action_id": "remove"},
                {"type": "button", "text": plain("Go"), "style": "primary", "action_id": "go"},
                {"type": "overflow", "options": options, "action_id": "more"},
                {"type": "static_select", "options": options, "placeholder": plain("Which"), "action_id": "which"},
                {
                    "type": "multi_static_select",
                    "option_groups": [{"label": plain("Group"), "options": options}],
                    "action_id": "several",
                },
                {"type": "users_select", "action_id": "who"},
                {"type": "conversations_select", "action_id": "where"},
                {"type": "channels_select", "action_id": "channel"},
                {"type": "external_select", "action_id": "asked", "placeholder": plain("Ask")},
                {"type": "checkboxes", "options": options, "action_id": "boxes"},
                {"type": "radio_buttons", "options": options, "action_id": "one"},
                {"type": "datepicker", "initial_date": "2019-07-25", "action_id": "day"},
                {"type": "timepicker", "initial_time": "10:30", "action_id": "time"},
                {"type": "datetimepicker", "initial_date_time": 1564000000, "action_id": "moment"},
            ],
        },
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "judge",
                    "positive_button": {"text": plain("Good"), "value": "+"},
                    "negative_button": {"text": plain("Bad"), "value": "-"},
                },
                {"type": "icon_button", "icon": "trash", "text": plain("Throw away"), "action_id": "trash"},
            ],
        },
        {"type": "markdown", "text": f"# {HOSTILE}"},
        {"type": "table", "rows": [[{"type": "raw_text", "text": "cell"}, {"type": "raw_text", "text": HOSTILE}]]},
        {"type": "input", "label": plain("Label"), "element": {"type": "plain_text_input", "action_id": "typed"}},
    ]


async def test_every_block_is_drawn_and_no_word_is_markup(sandboxed: Running, desk: Desk) -> None:
    seat = await seated(sandboxed, desk)
    place = sandboxed.room.sandbox.messages("newsroom", "rita")[0].channel
    answer = await post(sandboxed, "chat.postMessage", channel=place, text=HOSTILE, blocks=kitchen_sink())
    assert answer["ok"], answer
    await expect(seat.newest.get_by_role("heading", name="A header")).to_be_visible()
    assert await seat.page.locator("#messages img, #messages script, a[href^=javascript]").count() == 0
    assert await seat.newest.get_by_text("<script>alert(2)</script>").count() >= 4
    await expect(seat.newest.get_by_text("(open it)").first).to_have_attribute("href", "https://tracker.example/x.png")
    assert await violations(seat.page) == []
    await seat.press("Remove")
    asked = seat.page.get_by_role("dialog", name="Sure?")
    await asked.get_by_role("button", name="No").click()
    await expect(asked).to_have_count(0)
    deliveries = len(sandboxed.room.sandbox.deliveries)
    await seat.press("Which")
    await seat.page.get_by_role("option", name="two").click()
    await expect(seat.newest.get_by_role("button", name="two")).to_be_focused()
    await seat.newest.get_by_role("checkbox", name="two").check()
    await seat.press("Good")
    sandbox = sandboxed.room.sandbox
    await sandbox.until(lambda: sandbox.deliveries[deliveries + 2 :] or None)
    acts = [one.payload["actions"][0] for one in sandbox.deliveries[deliveries:]]
    assert acts[0]["selected_option"]["value"] == "two"
    assert acts[1]["selected_options"][0]["value"] == "two"
    assert acts[2]["value"] == "+"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_axe_finds_nothing(sandboxed: Running, desk: Desk, size: tuple[int, int], dark: bool) -> None:
    seat = Seat(await desk.open(f"{sandboxed.url}#ada/newsroom", size, dark=dark))
    found: dict[str, list[str]] = {}
    await seat.write(QUESTION)
    await expect(seat.newest).to_contain_text("Only visible to you")
    found["answer"] = await violations(seat.page)
    await seat.newest.get_by_role("button", name="More actions").first.click()
    found["menu"] = await violations(seat.page)
    await seat.page.get_by_role("menuitem", name="Pin Excerpt").click()
    await expect(seat.modal.get_by_label("Note")).to_be_visible()
    found["modal"] = await violations(seat.page)
    await seat.page.keyboard.press("Escape")
    await seat.page.get_by_role("button", name=re.compile("^Wire")).click()
    found["wire"] = await violations(seat.page)
    await seat.page.get_by_role("button", name=re.compile("^Faults")).click()
    found["faults"] = await violations(seat.page)
    await seat.page.get_by_role("button", name="Close: Faults and Refusals").click()
    if size == NARROW:
        await seat.page.get_by_role("button", name="Channels and people").click()
        found["places"] = await violations(seat.page)
    await seat.go("Home")
    await expect(seat.page.get_by_role("region", name="Home")).to_contain_text("Updated")
    found["home"] = await violations(seat.page)
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
