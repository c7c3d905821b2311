"""An admin works off the queues: undated documents get their date by hand, and it stays."""

import re
from pathlib import Path

import pytest

from bot.sandbox import Message, View
from bot.store.tasks import Queue
from bot.wording import admin_words
from tests.scenarios.newsroom import Newsroom, add_secret
from tests.scenarios.test_admin_sources import add_folder, order, press, told

UNDATED = admin_words.QUEUE_NAMES[Queue.UNDATED]


@pytest.fixture
async def queue(newsroom: Newsroom) -> Message:
    """The undated documents, as Ada sees them."""
    return await press(newsroom, await order(newsroom, "/sources", "queue"), UNDATED)


async def fixing(newsroom: Newsroom, queue: Message, nth: int = 0) -> View:
    """The form of a row."""
    await newsroom.sandbox.click("ada", queue, admin_words.FIX, nth=nth)
    await newsroom.quiet()
    view = newsroom.sandbox.view_of("ada")
    assert view is not None
    return view


async def saved(newsroom: Newsroom, **values: str) -> Message:
    """Submit the form; the queue as it is then."""
    delivery = await newsroom.sandbox.submit_view("ada", values)
    assert delivery.ok
    assert not delivery.errors, delivery.errors
    await newsroom.quiet()
    assert newsroom.sandbox.view_of("ada") is None
    return newsroom.sandbox.messages("general", "ada")[-1]


async def test_every_queue_is_counted_and_those_with_rows_open(newsroom: Newsroom) -> None:
    counted = await order(newsroom, "/sources", "queue")
    assert f"{UNDATED}: 5" in counted.shown
    assert f"{admin_words.QUEUE_NAMES[Queue.DEAD_LINK]}: 0" in counted.shown
    assert counted.buttons == (UNDATED, admin_words.ALL_SOURCES)


async def test_a_date_set_by_hand_takes_the_row_off_and_stays(newsroom: Newsroom, queue: Message) -> None:
    assert "mill.txt" in queue.shown
    form = await fixing(newsroom, queue, nth=re.findall(r"^(\w+)\.txt ·", queue.shown, re.MULTILINE).index("mill"))
    assert "The miller said the tide" in form.shown
    after = await saved(
        newsroom, published="July 25, 2019", title="The Mill", speaker="The Miller", publisher="Gazette"
    )
    assert after.ts == queue.ts
    assert admin_words.SAVED in after.shown
    assert after.buttons.count(admin_words.FIX) == 4
    for _ in range(2):
        answer = await newsroom.ask("business on:2019-07-25")
        assert "published July 25, 2019 (date set by the newsroom)" in answer.shown
        assert "The Miller" in answer.shown
        assert "Gazette, The Mill" in answer.shown
        await order(newsroom, "/reindex", "full")
    entries = await newsroom.application.store.audit.entries("local", 20)
    assert [entry for entry in entries if entry.actor == newsroom.ada.id and "edit" in entry.action]


async def test_a_wrong_date_is_told_at_its_field(newsroom: Newsroom, queue: Message) -> None:
    await fixing(newsroom, queue)
    for wrong in ("yesterdayish", "06/07/2019", "2019-13", "31 February 2019"):
        delivery = await newsroom.sandbox.submit_view("ada", {"published": wrong})
        assert delivery.errors == {"published": admin_words.NOT_A_DATE}
    assert (await saved(newsroom, published="2019")).buttons.count(admin_words.FIX) == 4


async def test_a_form_begins_with_what_stands_and_an_emptied_field_takes_it_back(
    newsroom: Newsroom, queue: Message
) -> None:
    await fixing(newsroom, queue)
    await saved(newsroom, title="The Ferry")
    again = await fixing(newsroom, queue)
    assert again.values["title"]["title"]["value"] == "The Ferry"
    after = await saved(newsroom, title="")
    assert "The Ferry" not in after.shown


async def test_saving_nothing_changes_nothing(newsroom: Newsroom, queue: Message) -> None:
    await fixing(newsroom, queue)
    before = len(await newsroom.application.store.audit.entries("local", 100))
    assert (await saved(newsroom)).ts == queue.ts
    assert len(await newsroom.application.store.audit.entries("local", 100)) == before


async def test_the_rows_are_paged(newsroom: Newsroom, ledger: Path) -> None:
    for number in range(6):
        (ledger / f"{number}.txt").write_text(f"Entry {number} of the ledger tells of silver.\n", encoding="utf-8")
    await add_folder(newsroom, ledger)
    first = await press(newsroom, await order(newsroom, "/sources", "queue"), UNDATED)
    assert first.buttons.count(admin_words.FIX) == 8
    second = await press(newsroom, first, admin_words.NEXT)
    assert second.ts == first.ts
    assert second.buttons.count(admin_words.FIX) == 3
    assert f"{UNDATED}: 11" in (await press(newsroom, second, admin_words.ALL_QUEUES)).shown


async def test_unanswered_questions_wait_and_are_dismissed(newsroom: Newsroom) -> None:
    for _ in range(2):
        await newsroom.ask("xylophone")
    name = admin_words.QUEUE_NAMES[Queue.UNANSWERED]
    rows = await press(newsroom, await order(newsroom, "/sources", "queue"), name)
    assert "xylophone" in rows.shown
    assert admin_words.times(Queue.UNANSWERED, 2) in rows.shown
    after = await press(newsroom, rows, admin_words.DISMISS)
    assert admin_words.dismissed("xylophone") in after.shown
    assert admin_words.QUEUE_EMPTY in after.shown


async def test_unreadable_items_tell_why(newsroom: Newsroom, ledger: Path) -> None:
    (ledger / "bad.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    await add_folder(newsroom, ledger)
    name = admin_words.QUEUE_NAMES[Queue.UNREADABLE]
    rows = await press(newsroom, await order(newsroom, "/sources", "queue"), name)
    assert "bad.pdf" in rows.shown
    assert "ledger" in rows.shown


async def test_a_limited_source_waits_in_no_queue_of_others(newsroom: Newsroom, ledger: Path) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    counted = await order(newsroom, "/sources", "queue")
    assert f"{UNDATED}: 5" in counted.shown
    assert "ledger" not in (await press(newsroom, counted, UNDATED)).shown


async def test_a_document_that_is_gone_meanwhile_is_told_in_the_form(newsroom: Newsroom, queue: Message) -> None:
    await press(newsroom, await order(newsroom, "/sources", "remove notes"), admin_words.REMOVE)
    view = await fixing(newsroom, queue)
    assert view.source.get("submit") is None
    assert view.shown.endswith(".")
    assert told(newsroom) == ()
