"""Shortcuts, modals, menus and home tabs, through a real Bolt app, over HTTP and Socket Mode."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import PersonError, View
from tests.bot.sandbox.conftest import Newsroom

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(value: str) -> Json:
    return {"text": plain(value.capitalize()), "value": value}


def entry(name: str, element: Json, **fields: Any) -> Json:
    """An input block named as its label, in lower case."""
    return {"type": "input", "block_id": name, "label": plain(name.capitalize()), "element": element, **fields}


WORDS = entry("words", {"type": "plain_text_input", "action_id": "words", "min_length": 3, "max_length": 9})
KIND = entry("kind", {"type": "static_select", "action_id": "kind", "options": [option("exact"), option("any")]})
MAIL = entry("mail", {"type": "email_text_input", "action_id": "mail"}, optional=True)
PLACE = entry(
    "place", {"type": "conversations_select", "action_id": "place", "response_url_enabled": True}, optional=True
)


def modal(*blocks: Json, title: str = "Search", **fields: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "search",
        "title": plain(title),
        "submit": plain("Find"),
        "blocks": list(blocks) or [WORDS],
        **fields,
    }


async def opened(app: AsyncApp, newsroom: Newsroom, view: Json) -> View:
    """The modal before Rita, after a global shortcut."""

    @app.shortcut("search")
    async def search(ack: AsyncAck, shortcut: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=view)

    delivery = await newsroom.sandbox.global_shortcut("rita", "search")
    assert delivery.ok
    assert "response_url" not in delivery.payload
    return await newsroom.sandbox.wait_for_view("rita")


def on_submission(app: AsyncApp, **answer: Any) -> list[Json]:
    """Acknowledge submissions so; what was heard."""
    heard: list[Json] = []

    @app.view("search")
    async def submitted(ack: AsyncAck, body: Json) -> None:
        heard.append(body)
        await ack(**answer)

    return heard


async def test_a_message_shortcut_carries_its_message(app: AsyncApp, newsroom: Newsroom) -> None:
    heard: list[Json] = []

    @app.shortcut("check")
    async def check(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)

    message = newsroom.sandbox.say("ed", "general", "he said “dirt” & left")
    assert (await newsroom.sandbox.message_shortcut("rita", message, "check")).ok
    assert heard[0]["message"]["text"] == "he said “dirt” &amp; left"
    assert heard[0]["channel"] == {"id": newsroom.general.id, "name": "general"}
    assert heard[0]["response_url"].startswith("http://127.0.0.1:")


async def test_a_form_is_filled_in_and_sent(app: AsyncApp, newsroom: Newsroom) -> None:
    heard = on_submission(app)
    view = await opened(app, newsroom, modal(WORDS, KIND, MAIL, PLACE, private_metadata="m"))
    assert (view.title, view.shown) == ("Search", "Words\nKind\nMail\nPlace")
    values = {"words": "dirt", "Kind": "Exact", "place": newsroom.general.id}
    delivery = await newsroom.sandbox.submit_view("rita", values)

    assert delivery.ok
    assert newsroom.sandbox.view_of("rita") is None
    sent = heard[0]["view"]["state"]["values"]
    assert sent["words"]["words"] == {"type": "plain_text_input", "value": "dirt"}
    assert sent["kind"]["kind"]["selected_option"] == option("exact")
    assert sent["mail"]["mail"] == {"type": "email_text_input", "value": None}
    assert (heard[0]["view"]["private_metadata"], heard[0]["view"]["callback_id"]) == ("m", "search")
    (url,) = heard[0]["response_urls"]
    assert (url["channel_id"], url["action_id"]) == (newsroom.general.id, "place")


async def test_the_client_checks_before_it_sends(app: AsyncApp, newsroom: Newsroom) -> None:
    heard = on_submission(app)
    await opened(app, newsroom, modal(WORDS, KIND, MAIL))
    sandbox = newsroom.sandbox
    empty = await sandbox.submit_view("rita")
    assert (empty.sent, set(empty.errors)) == (False, {"words", "kind"})
    short = await sandbox.submit_view("rita", {"words": "no", "kind": "any", "mail": "nobody"})
    assert (set(short.errors), heard) == ({"words", "mail"}, [])
    with pytest.raises(PersonError, match="offers no"):
        sandbox.fill("rita", "kind", "nearest")
    with pytest.raises(PersonError, match="0 inputs fit"):
        sandbox.fill("rita", "colour", "red")


async def test_errors_stand_under_their_fields(app: AsyncApp, newsroom: Newsroom) -> None:
    on_submission(app, response_action="errors", errors={"words": "Nothing holds these words."})
    await opened(app, newsroom, modal())
    delivery = await newsroom.sandbox.submit_view("rita", {"words": "dirt"})
    assert (delivery.errors, delivery.ok) == ({"words": "Nothing holds these words."}, False)
    assert newsroom.sandbox.view_of("rita") is not None


async def test_errors_elsewhere_fail(app: AsyncApp, newsroom: Newsroom) -> None:
    on_submission(app, response_action="errors", errors={"nowhere": "x"})
    await opened(app, newsroom, modal())
    delivery = await newsroom.sandbox.submit_view("rita", {"words": "dirt"})
    assert delivery.notice == "We had some trouble connecting. Try again?"
    assert newsroom.sandbox.refused[0].messages == ("errors for blocks that are no inputs: ['nowhere']",)


@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({"response_action": "update", "view": modal(title="Found")}, ["Found"]),
        ({"response_action": "push", "view": modal(title="Found")}, ["Search", "Found"]),
        ({"response_action": "clear"}, []),
    ],
)
async def test_what_a_submission_leads_to(app: AsyncApp, newsroom: Newsroom, answer: Json, titles: list[str]) -> None:
    on_submission(app, **answer)
    await opened(app, newsroom, modal())
    assert (await newsroom.sandbox.submit_view("rita", {"words": "dirt"})).ok
    assert [view.title for view in newsroom.sandbox.views_of("rita")] == titles


async def test_a_bad_view_in_an_acknowledgement(app: AsyncApp, newsroom: Newsroom) -> None:
    on_submission(app, response_action="update", view=modal(title="x" * 25))
    await opened(app, newsroom, modal())
    delivery = await newsroom.sandbox.submit_view("rita", {"words": "dirt"})
    assert delivery.notice == "We had some trouble connecting. Try again?"
    assert newsroom.sandbox.refused[0].error == "invalid_arguments"


async def test_update_keeps_what_is_filled_in(app: AsyncApp, newsroom: Newsroom) -> None:
    view = await opened(app, newsroom, modal(WORDS, MAIL))
    newsroom.sandbox.fill("rita", "words", "dirt")
    newsroom.sandbox.fill("rita", "mail", "a@b.org")
    renamed = {**MAIL, "block_id": "mail2"}
    await app.client.views_update(view_id=view.id, hash=view.hash, view=modal(WORDS, renamed, title="Still here"))
    changed = newsroom.sandbox.view_of("rita")
    assert changed is not None
    assert changed.title == "Still here"
    assert changed.values["words"]["words"]["value"] == "dirt"
    assert changed.values["mail2"]["mail"]["value"] is None
    with pytest.raises(SlackApiError) as stale:
        await app.client.views_update(view_id=view.id, hash=view.hash, view=modal())
    assert stale.value.response["error"] == "hash_conflict"


async def test_triggers_are_short_lived_and_single(app: AsyncApp, newsroom: Newsroom) -> None:
    @app.shortcut("search")
    async def search(ack: AsyncAck) -> None:
        await ack()

    sandbox = newsroom.sandbox

    async def error(trigger: str, view: Json) -> str:
        with pytest.raises(SlackApiError) as failed:
            await app.client.views_open(trigger_id=trigger, view=view)
        return str(failed.value.response["error"])

    trigger = (await sandbox.global_shortcut("rita", "search")).payload["trigger_id"]
    assert await error(trigger, modal(title="x" * 25)) == "invalid_arguments"
    await app.client.views_open(trigger_id=trigger, view=modal(external_id="one"))
    assert await error(trigger, modal()) == "exchanged_trigger_id"
    assert await error("1.2.3", modal()) == "invalid_trigger_id"
    trigger = (await sandbox.global_shortcut("rita", "search")).payload["trigger_id"]
    assert await error(trigger, modal(external_id="one")) == "duplicate_external_id"
    trigger = (await sandbox.global_shortcut("rita", "search")).payload["trigger_id"]
    await sandbox.advance(4)
    assert await error(trigger, modal()) == "expired_trigger_id"
    trigger = (await sandbox.global_shortcut("rita", "search")).payload["trigger_id"]
    sandbox.expire_triggers()
    assert await error(trigger, modal()) == "expired_trigger_id"
    await app.client.views_update(external_id="one", view=modal(title="By its name"))
    assert [view.title for view in sandbox.views_of("rita")] == ["By its name"]


async def test_three_views_deep(app: AsyncApp, newsroom: Newsroom) -> None:
    button = {"type": "button", "text": plain("Deeper"), "action_id": "deeper"}
    view = modal({"type": "actions", "elements": [button]})

    @app.action("deeper")
    async def deeper(ack: AsyncAck) -> None:
        await ack()

    await opened(app, newsroom, view)
    sandbox = newsroom.sandbox
    for depth in (2, 3, 4):
        top = sandbox.view_of("rita")
        assert top is not None
        trigger = (await sandbox.click("rita", top, "Deeper")).payload["trigger_id"]
        if depth <= 3:
            pushed = await app.client.views_push(trigger_id=trigger, view=view)
            assert pushed["view"]["previous_view_id"] == top.id
        else:
            with pytest.raises(SlackApiError) as failed:
                await app.client.views_push(trigger_id=trigger, view=view)
            assert failed.value.response["error"] == "push_limit_reached"


async def test_closing_is_told_where_it_is_asked_for(app: AsyncApp, newsroom: Newsroom) -> None:
    heard: list[Json] = []

    @app.view_closed("search")
    async def closed(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)

    await opened(app, newsroom, modal(notify_on_close=True))
    assert (await newsroom.sandbox.close_view("rita")).ok
    assert (heard[0]["is_cleared"], newsroom.sandbox.view_of("rita")) == (False, None)


async def test_a_quiet_view_closes_quietly(app: AsyncApp, newsroom: Newsroom) -> None:
    await opened(app, newsroom, modal())
    assert (await newsroom.sandbox.close_view("rita")).sent is False


async def test_menus_and_suggestions(app: AsyncApp, newsroom: Newsroom) -> None:
    heard: list[Json] = []

    @app.options("speaker")
    async def speakers(ack: AsyncAck, body: Json) -> None:
        await ack(options=[option(f"{body['value']}{number}") for number in range(2)])

    @app.action("speaker")
    async def chosen(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body["actions"][0])

    @app.action("more")
    async def more(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body["actions"][0])

    menus = [
        {"type": "external_select", "action_id": "speaker", "min_query_length": 2},
        {"type": "overflow", "action_id": "more", "options": [option("cite"), option("hide")]},
    ]
    await app.client.chat_postMessage(
        channel=newsroom.general.id, text="menus", blocks=[{"type": "actions", "elements": menus}]
    )
    sandbox = newsroom.sandbox
    (message,) = sandbox.messages("general", as_user="ed")
    assert await sandbox.suggest("ed", message, "speaker", "b") == ()
    offered = await sandbox.suggest("ed", message, "speaker", "barr")
    await sandbox.choose("ed", message, "speaker", offered[1])
    await sandbox.choose("ed", message, "more", "Cite")
    assert [action["selected_option"]["value"] for action in heard] == ["barr1", "cite"]


async def test_too_many_suggestions(app: AsyncApp, newsroom: Newsroom) -> None:
    @app.options("speaker")
    async def speakers(ack: AsyncAck) -> None:
        await ack(options=[option(str(number)) for number in range(101)])

    menu = {"type": "external_select", "action_id": "speaker", "min_query_length": 0}
    await app.client.chat_postMessage(
        channel=newsroom.general.id, text="menu", blocks=[{"type": "actions", "elements": [menu]}]
    )
    (message,) = newsroom.sandbox.messages("general", as_user="ed")
    with pytest.raises(PersonError):
        await newsroom.sandbox.suggest("ed", message, "speaker", "")
    assert newsroom.sandbox.refused[0].error == "invalid_options"


async def test_the_home_tab(app: AsyncApp, newsroom: Newsroom) -> None:
    heard: list[Json] = []
    button = {"type": "button", "text": plain("Unpin"), "action_id": "unpin", "value": "p1"}

    @app.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        blocks = [
            {"type": "section", "text": plain(f"tab {event['tab']}")},
            {"type": "actions", "elements": [button]},
        ]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("unpin")
    async def unpin(ack: AsyncAck, body: Json) -> None:
        await ack()
        heard.append(body)

    sandbox = newsroom.sandbox
    assert sandbox.home_of("rita") is None
    assert (await sandbox.open_home("rita")).ok
    view = await sandbox.wait_for_home("rita")
    assert (view.shown, view.buttons) == ("tab home", ("Unpin",))
    await sandbox.click("rita", view, "unpin")
    assert (heard[0]["container"]["type"], heard[0]["view"]["type"]) == ("view", "home")
    assert "response_url" not in heard[0]
    with pytest.raises(SlackApiError) as stale:
        await app.client.views_publish(user_id=newsroom.rita.id, hash="1.2", view={"type": "home", "blocks": []})
    assert stale.value.response["error"] == "hash_conflict"
