"""An admin looks after the sources: the list and its buttons, progress in place, and nothing of it for others."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.roles import operator
from bot.sandbox import Message
from bot.slack.blocks import admin_buttons
from bot.wording import admin_words, words
from index.errors import IndexUnavailable
from sources.errors import Unreachable
from tests.fakes.backroom import FakeBackroom, a_backroom
from tests.scenarios.newsroom import Newsroom, add_secret, opened

EVERY_COMMAND = [
    *(("/sources", text) for text in ("", "list", "show notes", "refresh", "refresh notes", "pause notes")),
    *(("/sources", text) for text in ("resume notes", "remove notes", "queue", "help", "nonsense")),
    *(("/reindex", text) for text in ("", "full", "status", "help")),
]  # fmt: skip


async def order(newsroom: Newsroom, command: str, text: str = "", *, who: str = "ada") -> Message:
    """Type an admin's command in the channel; what is answered there."""
    seen = len(newsroom.sandbox.messages("general", who))
    delivery = await newsroom.sandbox.command(who, "general", command, text)
    assert delivery.ok, delivery
    await newsroom.quiet()
    new = newsroom.sandbox.messages("general", who)[seen:]
    assert len(new) == 1, (new, newsroom.sandbox.refused)
    assert new[0].ephemeral
    return new[0]


async def press(newsroom: Newsroom, message: Message, what: str, *, nth: int | None = None) -> Message:
    """Press a button, wait until all is done; the newest message that Ada sees there."""
    await newsroom.sandbox.click("ada", message, what, nth=nth)
    await newsroom.quiet()
    return newsroom.sandbox.messages(message.channel, "ada")[-1]


def told(newsroom: Newsroom, who: str = "ada") -> Sequence[Message]:
    """What the bot has written into a person's direct messages."""
    return newsroom.sandbox.messages(newsroom.sandbox.dm_channel(who), who)


@pytest.mark.parametrize("who", ["rita", "gus"])
async def test_nobody_but_an_admin_is_obeyed(newsroom: Newsroom, who: str) -> None:
    for command, text in EVERY_COMMAND:
        refused = await order(newsroom, command, text, who=who)
        assert refused.shown == admin_words.ADMINS_ONLY
    assert told(newsroom, who) == ()
    assert (await newsroom.ask("tide")).shown.startswith("5 passages")


async def test_the_list_shows_what_each_source_holds(newsroom: Newsroom) -> None:
    for text in ("", "list", "pause"):
        listed = await order(newsroom, "/sources", text)
        assert "1 source" in listed.shown
        assert "notes · 5 documents, 5 undated · read " in listed.shown
        assert "notes: 5 documents" in listed.text
        assert listed.buttons[:2] == (admin_words.SHOW, admin_words.REFRESH)


async def test_a_longer_list_is_paged_in_place(newsroom: Newsroom, tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"folder {number}").mkdir()
        await add_folder(newsroom, tmp_path / f"folder {number}")
    first = await order(newsroom, "/sources")
    assert "10 sources · 1 to 8 of 10" in first.shown
    second = await press(newsroom, first, admin_words.NEXT)
    assert second.ts == first.ts
    assert "10 sources · 9 to 10 of 10" in second.shown
    assert "1 to 8" in (await press(newsroom, second, admin_words.PREVIOUS)).shown


async def add_folder(newsroom: Newsroom, folder: Path) -> None:
    """Add a folder for everyone."""
    await newsroom.application.holdings.add(operator(), str(folder))


async def test_one_source_is_shown_paused_and_resumed_in_place(newsroom: Newsroom) -> None:
    shown = await order(newsroom, "/sources", "show notes")
    assert admin_words.readable_by(admin_words.EVERYONE) in shown.shown
    assert admin_words.NEWEST in shown.shown
    paused = await press(newsroom, shown, admin_words.PAUSE)
    assert paused.ts == shown.ts
    assert admin_words.PAUSED_NOW in paused.shown
    resumed = await press(newsroom, paused, admin_words.RESUME)
    assert admin_words.RESUMED_NOW in resumed.shown
    assert admin_words.PAUSE in resumed.buttons


async def test_pausing_by_name_keeps_it_searchable(newsroom: Newsroom) -> None:
    assert admin_words.PAUSED_NOW in (await order(newsroom, "/sources", "pause “notes”")).shown
    assert words.PAUSED in (await order(newsroom, "/sources")).shown
    assert (await newsroom.ask("tide")).shown.startswith("5 passages")
    await order(newsroom, "/sources", "refresh")
    assert told(newsroom)[-1].shown == admin_words.NOTHING_TO_READ


async def test_an_unknown_name_or_word_is_answered_with_a_sentence(newsroom: Newsroom) -> None:
    for text in ("show moon", "refresh moon", "pause moon", "remove moon"):
        assert "There is no source called “moon”" in (await order(newsroom, "/sources", text)).shown
    assert told(newsroom) == ()
    helped = await order(newsroom, "/sources", "ad https://example.org")
    assert admin_words.unknown_word("/sources", "ad") in helped.shown
    assert admin_words.REINDEX_HELP_TITLE in (await order(newsroom, "/reindex", "everything")).shown


async def test_refreshing_is_told_in_one_direct_message(newsroom: Newsroom, ledger: Path) -> None:
    (ledger / "good.txt").write_text("The cook heard the tide.\n", encoding="utf-8")
    await add_folder(newsroom, ledger)
    (ledger / "bad.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    (ledger / "new.txt").write_text("The baker heard the tide too.\n", encoding="utf-8")
    begun = await order(newsroom, "/sources", "refresh ledger")
    assert begun.shown == admin_words.FOLLOW_THERE
    (summary,) = told(newsroom)
    assert "ledger: 2 documents (1 new)." in summary.shown
    assert "bad.pdf: " in summary.shown
    assert summary.text.startswith("ledger: 2 documents (1 new).")
    assert (await newsroom.ask("baker tide")).shown.startswith("1 passage")
    await press(newsroom, summary, admin_words.SHOW)
    assert "bad.pdf: " in told(newsroom)[-1].shown
    assert len(told(newsroom)) == 2


async def test_removing_asks_first(newsroom: Newsroom) -> None:
    asked = await order(newsroom, "/sources", "remove notes")
    assert admin_words.ask_remove("notes", 5) in asked.shown
    assert (await newsroom.ask("tide")).shown.startswith("5 passages")
    (button,) = asked.elements
    assert button.json["confirm"]["text"]["text"] == admin_words.REMOVE_MEANS
    gone = await press(newsroom, asked, admin_words.REMOVE)
    assert gone.shown == admin_words.removed("notes", 5)
    assert gone.buttons == ()
    assert (await newsroom.ask("tide")).shown.startswith(words.NOT_FOUND)
    assert admin_words.NO_SOURCES in (await order(newsroom, "/sources")).shown


@pytest.mark.parametrize("who", ["rita", "gus"])
async def test_an_admins_button_does_nothing_for_others(newsroom: Newsroom, who: str) -> None:
    """A value and an action copied into another person's message."""
    answer = await newsroom.ask("tide", who=who)
    for action_id in (admin_buttons.REMOVE, admin_buttons.PAUSE, admin_buttons.REFRESH, admin_buttons.ROLL_BACK):
        answer.elements[0].json.update({"action_id": action_id, "value": "notes"})
        await newsroom.sandbox.click(who, answer, action_id)
        await newsroom.quiet()
        assert newsroom.sandbox.messages("general", who)[-1].shown == admin_words.ADMINS_ONLY
    assert (await newsroom.ask("tide")).shown.startswith("5 passages")


async def test_an_admin_who_may_not_read_a_source_is_not_told_of_it(newsroom: Newsroom, ledger: Path) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    assert "ledger" not in (await order(newsroom, "/sources")).shown
    for text in ("show ledger", "remove ledger", "refresh ledger"):
        assert "There is no source called “ledger”" in (await order(newsroom, "/sources", text)).shown
    assert "ledger" not in (await order(newsroom, "/sources", "queue")).shown


async def test_reindexing_and_the_way_back(newsroom: Newsroom) -> None:
    before = (await order(newsroom, "/reindex", "status")).shown
    assert f"({admin_words.LIVE})" in before
    assert admin_words.NO_GENERATION_BEFORE in before
    await order(newsroom, "/reindex")
    assert admin_words.UP_TO_DATE in told(newsroom)[-1].shown
    await order(newsroom, "/reindex", "full")
    assert admin_words.REBUILT in told(newsroom)[-1].shown
    status = await order(newsroom, "/reindex", "status")
    assert f"({admin_words.KEPT_FOR_ROLL_BACK})" in status.shown
    (button,) = status.elements
    assert button.json["confirm"]["title"]["text"] == admin_words.ROLL_BACK_TITLE
    assert (await press(newsroom, status, admin_words.ROLL_BACK)).shown == admin_words.FOLLOW_THERE
    assert told(newsroom)[-1].shown == admin_words.rolled_back(button.value or "")
    assert (await newsroom.ask("tide")).shown.startswith("5 passages")
    assert (await press(newsroom, status, admin_words.ROLL_BACK)).shown == words.UNREADABLE_BUTTON


async def test_what_is_done_is_in_the_audit_trail(newsroom: Newsroom) -> None:
    await order(newsroom, "/sources", "pause notes")
    await press(newsroom, await order(newsroom, "/sources", "remove notes"), admin_words.REMOVE)
    await order(newsroom, "/reindex")
    entries = await newsroom.application.store.audit.entries("local", 3)
    assert {entry.actor for entry in entries} == {newsroom.ada.id}
    assert [entry.action for entry in entries] == ["reindex", "remove source", "pause source"]


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [
        (RuntimeError("secret detail"), words.UNEXPECTED),
        (IndexUnavailable("segment 7 is gone"), words.INDEX_DOWN),
        (Unreachable("https://example.org can't be reached."), "https://example.org can't be reached."),
    ],
)
async def test_a_failure_ends_the_progress_with_its_sentence(
    home: Path, mode: str, failure: Exception, sentence: str
) -> None:
    async with opened(home, mode, backroom=a_backroom(FakeBackroom(failure))) as newsroom:
        await order(newsroom, "/reindex")
        (ended,) = told(newsroom)
        assert ended.shown.startswith(sentence)
        assert ("(Error " in ended.shown) is not isinstance(failure, Unreachable)
        assert "secret detail" not in ended.shown


async def test_a_progress_message_that_can_not_be_changed_is_followed_by_another(newsroom: Newsroom) -> None:
    newsroom.sandbox.fault("chat.update", "message_not_found")
    await order(newsroom, "/sources", "refresh notes")
    assert told(newsroom)[0].shown == admin_words.reading("notes")
    assert "notes: 5 documents" in told(newsroom)[1].shown
