"""The sandbox's page with another app than ours: what modals and inputs can do that our bot does not need."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import expect
from slack_bolt.app.async_app import AsyncApp

from bot.sandbox import Sandbox
from tests.bot.sandbox.rig import bolt_app, connected
from tests.browser.sandboxed import Desk
from tests.browser.seat import Seat

pytestmark = pytest.mark.browser


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def a_view(title: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": title.lower(),
        "title": plain(title),
        "submit": plain("Send"),
        "close": plain("Back"),
        "notify_on_close": True,
        "private_metadata": f"secret of {title}",
        "blocks": list(blocks),
    }


def an_input(label: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    name = label.lower()
    return {"type": "input", "block_id": name, "label": plain(label), "element": {**element, "action_id": name}, **more}


TEXT = {"type": "plain_text_input"}
PUSH = {"type": "actions", "elements": [{"type": "button", "text": plain("Deeper"), "action_id": "deeper"}]}
FIRST = a_view(
    "First",
    an_input("Name", TEXT),
    an_input("Kind", {**TEXT}, dispatch_action=True, optional=True),
    an_input("Mail", {"type": "email_text_input"}, optional=True),
    PUSH,
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with await Sandbox.start() as started:
        started.add_channel("general", (started.add_user("rita", real_name="Rita"),))
        yield started


@pytest.fixture
async def told(sandbox: Sandbox) -> AsyncIterator[list[Any]]:
    """An app whose command opens a form; what it heard since."""
    app, heard = bolt_app(sandbox), list[Any]()
    _listen(app, heard)
    async with connected(sandbox, app, "http"):
        yield heard


def _listen(app: AsyncApp, heard: list[Any]) -> None:
    @app.command("/form")
    async def form(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FIRST)

    @app.action("deeper")
    async def deeper(ack: Any, body: Any, client: Any) -> None:
        await ack()
        heard.append(body["view"]["state"]["values"])
        await client.views_push(trigger_id=body["trigger_id"], view=a_view("Second", an_input("More", TEXT)))

    @app.action("kind")
    async def kind(ack: Any, body: Any, client: Any) -> None:
        await ack()
        again = {**FIRST, "title": plain("First Again")}
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=again)

    @app.view("second")
    async def second(ack: Any, body: Any) -> None:
        more = body["view"]["state"]["values"]["more"]["more"]["value"]
        if more == "wrong":
            await ack(response_action="errors", errors={"more": "That will not do."})
        else:
            await ack(response_action="update", view=a_view("Third", an_input("Last", TEXT, optional=True)))

    @app.view("third")
    async def third(ack: Any) -> None:
        await ack(response_action="clear")

    @app.view("first")
    async def first(ack: Any) -> None:
        await ack()

    async def closed(ack: Any, body: Any) -> None:
        await ack()
        heard.append(("closed", body["view"]["callback_id"], body["is_cleared"]))

    for name in ("first", "second"):
        app.view_closed(name)(closed)


async def opened(sandbox: Sandbox, desk: Desk) -> Seat:
    seat = Seat(await desk.open(f"{sandbox.page_url}#rita/general"))
    await seat.write("/form", "#general")
    await expect(seat.modal.get_by_role("heading", name="First")).to_be_visible()
    return seat


async def test_views_are_stacked_updated_and_cleared(sandbox: Sandbox, told: list[Any], desk: Desk) -> None:
    seat = await opened(sandbox, desk)
    await seat.modal.get_by_label("Name").fill("Rita")
    await seat.press("Deeper", seat.modal)
    await expect(seat.modal.get_by_role("heading", name="Second")).to_be_visible()
    assert told[0]["name"]["name"]["value"] == "Rita"
    await expect(seat.modal).to_contain_text("View 2 of a stack of at most 3")
    await seat.modal.get_by_text("What only the app sees").click()
    await expect(seat.modal).to_contain_text("secret of Second")
    await seat.modal.get_by_label("More").fill("wrong")
    await seat.press("Send", seat.modal)
    await expect(seat.modal.get_by_text("That will not do.")).to_be_visible()
    await seat.modal.get_by_label("More").fill("right")
    await seat.press("Send", seat.modal)
    await expect(seat.modal.get_by_role("heading", name="Third")).to_be_visible()
    await seat.press("Send", seat.modal)
    await expect(seat.modal).to_have_count(0)
    await expect(seat.page.get_by_role("textbox", name="Message #general")).to_be_focused()


async def test_closing_tells_the_app_of_one_view_or_of_all(sandbox: Sandbox, told: list[Any], desk: Desk) -> None:
    seat = await opened(sandbox, desk)
    await seat.press("Deeper", seat.modal)
    await expect(seat.modal.get_by_role("heading", name="Second")).to_be_visible()
    await seat.press("Back", seat.modal)
    await expect(seat.modal.get_by_role("heading", name="First")).to_be_visible()
    await seat.press("Close", seat.modal)
    await expect(seat.modal).to_have_count(0)
    assert told[1:] == [("closed", "second", False), ("closed", "first", True)]


async def test_an_update_leaves_what_is_typed(sandbox: Sandbox, told: list[Any], desk: Desk) -> None:
    seat = await opened(sandbox, desk)
    await seat.modal.get_by_label("Name").fill("Rita")
    await seat.modal.get_by_label("Kind").fill("a kind")
    await seat.modal.get_by_label("Kind").press("Enter")
    await expect(seat.modal.get_by_role("heading", name="First Again")).to_be_visible()
    await expect(seat.modal.get_by_label("Name")).to_have_value("Rita")
    await expect(seat.modal.get_by_label("Kind")).to_be_focused()


async def test_the_client_itself_looks_at_what_is_filled_in(sandbox: Sandbox, told: list[Any], desk: Desk) -> None:
    seat = await opened(sandbox, desk)
    await seat.modal.get_by_label("Mail").fill("nowhere")
    await seat.press("Send", seat.modal)
    await expect(seat.modal.get_by_text("Please complete this required field.")).to_be_visible()
    await expect(seat.modal.get_by_text("Please enter a valid email address.")).to_be_visible()
    assert [one for one in sandbox.deliveries if one.payload.get("type") == "view_submission"] == []


async def test_it_says_when_the_sandbox_is_gone(desk: Desk) -> None:
    async with await Sandbox.start() as sandbox:
        sandbox.add_channel("general", (sandbox.add_user("rita"),))
        seat = Seat(await desk.open(f"{sandbox.page_url}#rita/general"))
        await expect(seat.page.get_by_role("heading", name="#general")).to_be_visible()
    await expect(seat.page.get_by_role("alert")).to_contain_text("The sandbox does not answer.")
    desk.complaints.clear()  # Chromium tells of every try to reach it again
