"""Pins from a card's menu to the list, and first in an answer; by role, and with a limited source."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.build import utc_now
from bot.pinning import ExportForm, PinView
from bot.roles import Person
from bot.sandbox import Message, View
from bot.slack.blocks import buttons
from bot.slack.listeners import pin_quote
from bot.slack.views import pin_filter, pin_form
from bot.store.pins import Deed, PinFilter, PinStatus
from bot.wording import pin_words, pinboard_words
from tests.scenarios.newsroom import SECRET, Newsroom, add_secret

FERRY = "The ferry waited for the tide until the evening bell."


def last(newsroom: Newsroom, who: str = "rita", where: str = "general") -> Message:
    return newsroom.sandbox.messages(where, who)[-1]


async def open_form(newsroom: Newsroom, question: str = "ferry evening bell", who: str = "rita") -> View:
    answer = await newsroom.ask(question, who=who)
    await newsroom.sandbox.choose(who, answer, buttons.MORE_ACTIONS, pinboard_words.PIN, nth=0)
    await newsroom.quiet()
    return await newsroom.sandbox.wait_for_view(who)


async def pinned(newsroom: Newsroom, question: str = "ferry evening bell", who: str = "rita", **filled: Any) -> Message:
    await open_form(newsroom, question, who)
    assert (await newsroom.sandbox.submit_view(who, filled)).ok
    await newsroom.quiet()
    return last(newsroom, who)


def in_days(number: int) -> str:
    return (utc_now() + timedelta(days=number)).date().isoformat()


async def all_pins(newsroom: Newsroom, status: PinStatus | None = None) -> tuple[PinView, ...]:
    reader = Person("local", newsroom.ed.id)
    return (await newsroom.application.pins.list(reader, PinFilter(status=status))).views


async def press(newsroom: Newsroom, message: Message, label: str, who: str = "rita") -> Message:
    await newsroom.sandbox.click(who, message, label)
    await newsroom.quiet()
    return last(newsroom, who)


async def test_an_excerpt_is_cut_pinned_and_told(newsroom: Newsroom) -> None:
    view = await open_form(newsroom)
    assert view.values[pin_form.EXCERPT][pin_form.EXCERPT]["value"] == FERRY
    filled = {pin_form.EXCERPT: "until the evening bell", pin_form.NOTE: "Mind", pin_form.STORY: "Harbor"}
    assert (await newsroom.sandbox.submit_view("rita", filled | {pin_form.TAGS: "tide, #bells"})).ok
    await newsroom.quiet()
    told = last(newsroom)
    assert told.ephemeral
    assert told.shown.startswith(pinboard_words.PINNED)
    assert "story Harbor · tags tide, bells" in told.shown
    (found,) = await all_pins(newsroom)
    assert (found.pin.quote, found.pin.note, found.pin.owner) == ("until the evening bell", "Mind", newsroom.rita.id)


async def test_words_that_do_not_stand_so_and_a_day_that_is_over_stay_in_the_form(newsroom: Newsroom) -> None:
    await open_form(newsroom)
    filled = {pin_form.EXCERPT: "until the Evening bell", pin_form.EXPIRES: "2020-01-01"}
    refused = await newsroom.sandbox.submit_view("rita", filled)
    assert newsroom.sandbox.view_of("rita") is not None
    assert refused.errors == {pin_form.EXCERPT: pin_words.NOT_SO, pin_form.EXPIRES: pin_words.PAST}
    assert await all_pins(newsroom) == ()


async def test_guests_are_refused_in_the_form(newsroom: Newsroom) -> None:
    view = await open_form(newsroom, who="gus")
    assert pin_words.GUESTS in str(view.blocks)


async def test_words_that_are_pinned_already_are_told_with_whose_and_pinned_again_knowingly(
    newsroom: Newsroom,
) -> None:
    await pinned(newsroom, **{pin_form.STORY: "Harbor inquiry", pin_form.EXCERPT: "The ferry waited"})
    view = await open_form(newsroom, who="ed")
    assert pinboard_words.PINNED_ALREADY not in view.shown  # the whole passage is nobody's
    filled = {pin_form.EXCERPT: "The ferry waited", pin_form.NOTE: "Mind"}
    assert (await newsroom.sandbox.submit_view("ed", filled)).ok
    view = await newsroom.sandbox.wait_for_view("ed")
    assert view.shown.startswith(pinboard_words.PINNED_ALREADY)
    assert "Harbor inquiry" in view.shown
    assert f"'user_id': '{newsroom.rita.id}'" in str(view.blocks)
    assert view.values[pin_form.NOTE][pin_form.NOTE]["value"] == "Mind"
    assert len(await all_pins(newsroom)) == 1
    assert (await newsroom.sandbox.submit_view("ed", {})).ok
    await newsroom.quiet()
    assert last(newsroom, "ed").shown.startswith(pinboard_words.PINNED)
    assert {view.pin.owner for view in await all_pins(newsroom)} == {newsroom.rita.id, newsroom.ed.id}


async def test_a_form_opened_on_pinned_words_says_so_at_once(newsroom: Newsroom, ledger: Path) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    await pinned(newsroom, "smugglers silver", "ed")
    view = await open_form(newsroom, "smugglers silver", "ed")
    assert view.shown.startswith(pinboard_words.PINNED_ALREADY)
    assert (await newsroom.sandbox.submit_view("ed", {pin_form.EXCERPT: "the smugglers paid"})).ok
    await newsroom.quiet()
    assert [view.pin.quote for view in await all_pins(newsroom)] == ["the smugglers paid", SECRET]


async def test_the_list_verifies_takes_down_and_undoes_in_place(newsroom: Newsroom) -> None:
    await pinned(newsroom)
    listed = await newsroom.ask("pins", who="ed")
    assert FERRY in listed.shown
    assert pinboard_words.UNPIN not in listed.buttons  # it is Rita's
    verified = await press(newsroom, listed, pinboard_words.VERIFY, "ed")
    assert pinboard_words.VERIFIED in verified.shown
    assert pinboard_words.VERIFY not in verified.buttons
    mine = await newsroom.ask("pins")
    down = await press(newsroom, mine, pinboard_words.UNPIN)
    assert down.shown.startswith(pinboard_words.TAKEN_DOWN)
    assert await all_pins(newsroom) == ()
    up = await press(newsroom, down, pinboard_words.UNDO)
    assert up.shown.startswith(pinboard_words.PUT_UP)
    assert len(await all_pins(newsroom)) == 1


async def test_a_stale_button_of_somebody_else_is_refused(newsroom: Newsroom) -> None:
    told = await pinned(newsroom)
    (view,) = await all_pins(newsroom)
    await newsroom.application.pins.hand_over(Person("local", newsroom.rita.id), view.pin.id, newsroom.ed.id)
    assert (await press(newsroom, told, pinboard_words.UNPIN)).shown == pin_words.NOT_YOURS
    assert len(await all_pins(newsroom)) == 1


async def test_a_pin_is_edited_cut_anew_and_handed_over(newsroom: Newsroom) -> None:
    await pinned(newsroom)
    listed = await newsroom.ask("pins")
    await newsroom.sandbox.click("rita", listed, pinboard_words.EDIT)
    await newsroom.quiet()
    view = await newsroom.sandbox.wait_for_view("rita")
    assert view.values[pin_form.EXCERPT][pin_form.EXCERPT]["value"] == FERRY
    filled = {pin_form.EXCERPT: "The ferry waited", pin_form.OWNER: newsroom.ed.id, pin_form.EXPIRES: "2099-12-31"}
    await newsroom.sandbox.submit_view("rita", filled)
    await newsroom.quiet()
    (found,) = await all_pins(newsroom)
    assert (found.pin.quote, found.pin.owner) == ("The ferry waited", newsroom.ed.id)
    assert found.pin.expires is not None
    assert found.pin.expires.isoformat() == "2100-01-01T05:00:00+00:00"
    shown = last(newsroom)
    assert shown.shown.startswith(pinboard_words.SAVED)
    assert pinboard_words.UNPIN not in shown.buttons


async def test_the_list_is_paged_and_narrowed(newsroom: Newsroom) -> None:
    for word in ("The ferry", "waited for", "the tide", "the evening", "evening bell", "until the evening"):
        await pinned(newsroom, **{pin_form.EXCERPT: word, pin_form.STORY: "Bells" if "bell" in word else "Ferries"})
    listed = await newsroom.ask("pins")
    assert "6 pins." in listed.shown
    further = await press(newsroom, listed, pinboard_words.NEXT)
    assert pinboard_words.FIRST in further.buttons
    await newsroom.sandbox.click("rita", further, pinboard_words.FILTER)
    await newsroom.quiet()
    await newsroom.sandbox.wait_for_view("rita")
    assert (await newsroom.sandbox.submit_view("rita", {pin_filter.STORY: "Bells"})).ok
    await newsroom.quiet()
    narrowed = last(newsroom)
    assert "1 pin." in narrowed.shown
    assert "evening bell" in narrowed.shown


async def test_pins_answer_first_marked_and_not_twice(newsroom: Newsroom) -> None:
    await pinned(newsroom, **{pin_form.STORY: "Harbor"})
    answer = await newsroom.ask("tide", who="ed")
    assert answer.shown.index(pinboard_words.MARK) < answer.shown.index(FERRY)
    assert answer.shown.count(FERRY) == 1
    assert "story Harbor" in answer.shown
    assert answer.text.count(FERRY) == 1


async def test_pins_of_a_limited_source_are_not_there_for_others(newsroom: Newsroom, ledger: Path) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    told = await pinned(newsroom, "smugglers silver", "ed", **{pin_form.STORY: "Hush"})
    assert SECRET in told.shown
    for who in ("rita", "gus", "ada"):
        listed = await newsroom.ask("pins", who=who)
        assert listed.shown.startswith(pin_words.EMPTY)
        answer = await newsroom.ask("smugglers silver", who=who)
        assert pinboard_words.MARK not in answer.shown
        assert "Hush" not in str((listed.blocks, answer.blocks))
    assert SECRET in (await newsroom.ask("pins", who="ed")).shown


async def offered(newsroom: Newsroom, said: str, who: str = "rita") -> Message:
    """What Pin Quote answers to a message of Ed's."""
    message = newsroom.sandbox.say("ed", "general", said)
    assert (await newsroom.sandbox.message_shortcut(who, message, pin_quote.SHORTCUT)).ok
    await newsroom.quiet()
    return last(newsroom, who)


async def test_a_messages_exact_quotations_are_offered_and_pinned(newsroom: Newsroom) -> None:
    told = await offered(
        newsroom, 'He wrote “waited for the tide until the evening bell” and "a pirate took the bell".'
    )
    assert told.shown.startswith(pinboard_words.QUOTATIONS_FOUND)
    assert "pirate" not in told.shown
    await newsroom.sandbox.click("rita", told, pinboard_words.PIN)
    await newsroom.quiet()
    view = await newsroom.sandbox.wait_for_view("rita")
    begins = view.values[pin_form.EXCERPT][pin_form.EXCERPT]["value"]
    assert str(begins).startswith("waited for the tide until the evening bell")
    assert (await newsroom.sandbox.submit_view("rita", {})).ok
    await newsroom.quiet()
    assert len(await all_pins(newsroom)) == 1


async def test_a_message_without_marks_is_one_quotation_and_nothing_exact_is_said(newsroom: Newsroom) -> None:
    assert FERRY in (await offered(newsroom, FERRY)).shown
    assert (await offered(newsroom, "A pirate took the bell of the church at night.")).shown == pinboard_words.NO_EXACT


async def test_guests_and_those_who_may_not_read_it_are_offered_nothing(newsroom: Newsroom, ledger: Path) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    assert (await offered(newsroom, FERRY, "gus")).shown == pin_words.GUESTS
    assert (await offered(newsroom, SECRET)).shown == pinboard_words.NO_EXACT
    assert SECRET in (await offered(newsroom, SECRET, "ed")).shown


async def test_the_list_is_asked_for_in_words(newsroom: Newsroom) -> None:
    await pinned(newsroom, **{pin_form.STORY: "Harbor inquiry", pin_form.TAGS: "tide, bells"})
    await pinned(newsroom, "miller business", "ed", **{pin_form.STORY: "Mills", pin_form.EXPIRES: in_days(3)})
    for asked, found in (
        ('story:"harbor inquiry"', FERRY),
        ("tag:bells", FERRY),
        ("owner:me", FERRY),
        ("owner:@ed", "miller"),
        ("expiring", "miller"),
        ("verified:no “evening bell”", FERRY),
        ("story:mills -tag:tide", "miller"),
    ):
        listed = await newsroom.ask(f"pins {asked}")
        assert "1 pin." in listed.shown, (asked, listed.shown)
        assert found in listed.shown, asked
    assert pin_words.NONE_MATCH in (await newsroom.ask("pins orphan")).shown
    assert pin_words.NONE_MATCH in (await newsroom.ask("pins verified:yes")).shown


async def test_what_can_not_be_asked_is_said(newsroom: Newsroom) -> None:
    assert (await newsroom.ask("pins owner:@nobody")).shown == pinboard_words.OWNER_HOW
    assert "takes yes or no" in (await newsroom.ask("pins verified:perhaps")).shown
    assert "takes active" in (await newsroom.ask("pins status:lost")).shown


async def test_tags_and_stories_narrow_a_search_to_what_the_asker_may_see(newsroom: Newsroom, ledger: Path) -> None:
    await pinned(newsroom, **{pin_form.STORY: "Harbor inquiry", pin_form.TAGS: "bells"})
    await add_secret(newsroom, ledger, newsroom.ed.id)
    await pinned(newsroom, "smugglers silver", "ed", **{pin_form.STORY: "Hush", pin_form.TAGS: "silver"})
    for question in ("tide tag:bells", 'tide story:"Harbor inquiry"'):
        answer = await newsroom.ask(question)
        assert "1 passage" in answer.shown, answer.shown
        assert FERRY in answer.shown
    assert "miller" in (await newsroom.ask("tide -tag:bells")).shown
    for question in ("tide tag:silver", "tide story:hush", "tide tag:gold"):
        assert "No pin that you can see" in (await newsroom.ask(question)).shown
    assert SECRET in (await newsroom.ask("tide tag:silver", who="ed")).shown


async def test_a_watch_can_not_wait_for_what_is_not_pinned_yet(newsroom: Newsroom) -> None:
    assert "is not pinned yet" in (await newsroom.ask("watch tide tag:bells")).shown


async def test_the_history_says_who_did_what(newsroom: Newsroom) -> None:
    await pinned(newsroom, **{pin_form.STORY: "Harbor"})
    listed = await newsroom.ask("pins", who="ed")
    await press(newsroom, listed, pinboard_words.VERIFY, "ed")
    await newsroom.sandbox.click("ed", last(newsroom, "ed"), pinboard_words.HISTORY)
    await newsroom.quiet()
    view = await newsroom.sandbox.wait_for_view("ed")
    shown = view.shown
    assert shown.index(pin_words.DEEDS[Deed.VERIFIED]) < shown.index(pin_words.DEEDS[Deed.PINNED])
    assert FERRY in shown


async def exported(newsroom: Newsroom, who: str, listed: Message, **chosen: str) -> None:
    await newsroom.sandbox.click(who, listed, pinboard_words.EXPORT)
    await newsroom.quiet()
    assert (await newsroom.sandbox.submit_view(who, chosen)).ok
    await newsroom.quiet()


@pytest.mark.parametrize("form", ExportForm)
async def test_a_story_is_exported_to_the_one_who_asks(newsroom: Newsroom, form: ExportForm) -> None:
    await pinned(newsroom, **{pin_form.STORY: "Harbor inquiry"})
    await pinned(newsroom, "miller business", **{pin_form.STORY: "Mills"})
    listed = await newsroom.ask("pins story:harbor", who="ed")
    await exported(newsroom, "ed", listed, form=form.value)
    *_, sent = newsroom.sandbox.messages(newsroom.sandbox.dm_channel("ed"), "ed")
    (file,) = sent.files
    assert str(file["name"]).startswith("harbor.")
    content = newsroom.sandbox.content_of(str(file["id"]))
    if form is not ExportForm.DOCX:
        assert b"evening bell" in content
        assert b"miller" not in content
    assert last(newsroom, "ed").shown == pinboard_words.EXPORTED_TO_YOU
    audit = await newsroom.application.store.audit.entries("local", 50)
    assert any(entry.action == f"export pins as {form}" and entry.actor == newsroom.ed.id for entry in audit)


async def test_a_channel_gets_no_file_with_words_that_are_not_for_all(newsroom: Newsroom, ledger: Path) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    await pinned(newsroom, "smugglers silver", "ed")
    listed = await newsroom.ask("pins", who="ed")
    await exported(newsroom, "ed", listed, where="here")
    assert last(newsroom, "ed").shown == pin_words.NOT_FOR_ALL
    assert not any(message.files for message in newsroom.sandbox.messages("general", "ed"))
    await pinned(newsroom)
    await exported(newsroom, "rita", await newsroom.ask("pins"), where="here", form="csv")
    (sent,) = [message for message in newsroom.sandbox.messages("general", "rita") if message.files]
    assert SECRET.encode() not in newsroom.sandbox.content_of(str(sent.files[0]["id"]))
