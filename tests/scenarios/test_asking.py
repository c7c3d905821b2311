"""A reporter asks: by command, in a thread, in a direct message."""

from typing import Any

from bot.asking.cards import PassageRef
from bot.sandbox import Message
from bot.slack.blocks import buttons
from bot.wording import asking_words, pin_words, watch_words, words
from tests.scenarios.newsroom import Newsroom


def quotations(message: Message) -> list[str]:
    """The quoted words of each card, as they are shown."""
    parts = [part for block in message.blocks if block["type"] == "rich_text" for part in block["elements"]]
    return ["".join(e["text"] for e in part["elements"]) for part in parts if part["type"] == "rich_text_quote"]


def refs(message: Message) -> list[PassageRef]:
    """What the cards' buttons say they show."""
    contexts = [element for element in message.elements if element.action_id == buttons.CONTEXT]
    return [buttons.Looking.parse(element.value or "").ref for element in contexts]


async def check_exact(newsroom: Newsroom, message: Message) -> None:
    """Every shown passage is the slice of the stored version that its button names."""
    shown, named = quotations(message), refs(message)
    assert len(shown) == len(named) > 0
    for text, ref in zip(shown, named, strict=True):
        stored = await newsroom.stored(ref.document_id, ref.version)
        assert text == stored[ref.start : ref.end]


async def test_a_question_is_answered_with_exact_passages_for_the_asker_alone(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("tide")
    assert answer.ephemeral
    assert answer.shown.startswith("5 passages. Words: tide.")
    assert len(quotations(answer)) == 3
    await check_exact(newsroom, answer)
    assert answer.buttons == (words.SHARE, words.CONTEXT, words.CITE) * 3 + (words.MORE, watch_words.WATCH)
    assert newsroom.sandbox.messages("general", as_user="ed") == ()
    assert newsroom.sandbox.warnings == []


async def test_hostile_source_text_is_shown_as_it_stands(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("harbor master foreign ships")
    assert "The harbor master saw <!channel> & *foreign* ships under `false` flags." in quotations(answer)[0]
    await check_exact(newsroom, answer)
    bold = [e["text"] for part in _rich(answer) for e in part["elements"] if e.get("style", {}).get("bold")]
    assert "foreign" in bold
    assert "&lt;!channel&gt; &amp; *foreign*" in answer.text


def _rich(message: Message) -> list[dict[str, Any]]:
    return [part for block in message.blocks if block["type"] == "rich_text" for part in block["elements"]]


async def test_more_brings_the_rest(newsroom: Newsroom) -> None:
    first = await newsroom.ask("tide")
    await newsroom.sandbox.click("rita", first, words.MORE)
    await newsroom.quiet()
    one, two = newsroom.sandbox.messages("general", "rita")
    assert two.ephemeral
    await check_exact(newsroom, two)
    assert len({*quotations(one), *quotations(two)}) == 5
    assert two.shown.startswith("Passages 4 to 5 of 5.")
    assert words.MORE not in two.buttons


async def test_context_stands_in_place_and_leads_back(newsroom: Newsroom) -> None:
    first = await newsroom.ask('"tide turned"')
    await newsroom.sandbox.click("rita", first, words.CONTEXT, nth=0)
    await newsroom.quiet()
    (context,) = newsroom.sandbox.messages("general", "rita")
    assert words.DOCUMENT_BEGINS in context.shown
    assert "The tide turned at noon" in context.shown
    await newsroom.sandbox.click("rita", context, words.BACK)
    await newsroom.quiet()
    (again,) = newsroom.sandbox.messages("general", "rita")
    assert again.shown == first.shown


async def test_help_and_the_way_out_of_it(newsroom: Newsroom) -> None:
    assert (await newsroom.ask("")).buttons == (asking_words.OPEN_FORM,)
    told = await newsroom.ask("help")
    assert "/quote Barr foreign dirt" in told.shown
    await newsroom.sandbox.click("rita", told, words.SEARCH_INSTEAD)
    await newsroom.quiet()
    assert newsroom.sandbox.messages("general", "rita")[-1].shown.startswith(words.NOT_FOUND)


async def test_status_counts_what_can_be_searched(newsroom: Newsroom) -> None:
    assert "You can search 5 documents of 1 source here." in (await newsroom.ask("status")).shown


async def test_pins_alone_lists_them_and_can_be_searched_instead(newsroom: Newsroom) -> None:
    told = await newsroom.ask("pins")
    assert told.shown.startswith(pin_words.EMPTY)
    await newsroom.sandbox.click("rita", told, words.SEARCH_INSTEAD)
    await newsroom.quiet()
    assert "pins" in newsroom.sandbox.messages("general", "rita")[-1].shown


async def test_nothing_found_is_said_as_it_is(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("xylophone")
    assert answer.shown.startswith(words.NOT_FOUND)
    assert words.NOT_FOUND_MEANS in answer.shown


async def test_a_bad_query_is_told_how_to_mend(newsroom: Newsroom) -> None:
    answer = await newsroom.ask("after:yesterdayish tide")
    assert answer.ephemeral
    assert "yesterdayish" in answer.shown
    assert "Error" not in answer.shown


async def test_a_mention_in_a_thread_is_answered_there_for_the_asker_alone(newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    root = sandbox.say("ed", "general", "what about the ferry?")
    assert (await sandbox.mention("rita", "general", "ferry @quotedesk bell", root.ts)).ok
    await newsroom.quiet()
    answer = sandbox.messages("general", "rita")[-1]
    assert (answer.only_for, answer.thread_ts) == (newsroom.rita.id, root.ts)
    assert answer.shown.startswith("1 passage. Words: ferry, bell.")
    await sandbox.click("rita", answer, words.SHARE)
    await newsroom.quiet()
    shared = sandbox.messages("general", "ed")[-1]
    assert (shared.only_for, shared.thread_ts) == (None, root.ts)
    told = sandbox.messages("general", "rita")[-1]
    assert (told.shown, told.thread_ts) == (words.SHARED, root.ts)


async def test_a_direct_message_is_answered_there_and_offers_no_sharing(newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    assert (await sandbox.dm("rita", "tide")).ok
    await newsroom.quiet()
    dm = sandbox.dm_channel("rita")
    answer = sandbox.messages(dm, "rita")[-1]
    assert not answer.ephemeral
    assert (answer.unfurl_links, answer.unfurl_media) == (False, False)
    assert answer.buttons == (*(words.CONTEXT, words.CITE) * 3, words.MORE, watch_words.WATCH)
    await check_exact(newsroom, answer)
    await sandbox.click("rita", answer, words.MORE)
    await newsroom.quiet()
    asked, first, second = sandbox.messages(dm, "rita")
    assert not second.ephemeral
    await sandbox.click("rita", first, words.CONTEXT, nth=0)
    await newsroom.quiet()
    assert [m.ts for m in sandbox.messages(dm, "rita")] == [asked.ts, first.ts, second.ts]
    assert words.CONTEXT_TITLE in sandbox.messages(dm, "rita")[1].text


async def test_the_same_event_twice_is_answered_once(newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    delivery = await sandbox.mention("rita", "general", "ferry")
    again = await sandbox.redeliver(delivery)
    assert again.ok
    await newsroom.quiet()
    assert len([m for m in sandbox.messages("general", "rita") if m.by_bot]) == 1


async def test_bots_and_edits_are_not_answered(newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    written, called = await sandbox.dm("rita", "ferry"), await sandbox.mention("rita", "general", "ferry")
    await newsroom.quiet()
    for change in ({"bot_id": "B1"}, {"subtype": "message_changed"}, {"edited": {"user": "U1", "ts": "1"}}):
        for first in (written, called):
            event = {**first.payload["event"], **change}
            payload = {**first.payload, "event": event, "event_id": f"{first.payload['event_id']}{min(change)}"}
            assert (await sandbox.redeliver(type(first)(payload))).ok
    await newsroom.quiet()
    for where in (sandbox.dm_channel("rita"), "general"):
        assert len([m for m in sandbox.messages(where, "rita") if m.by_bot]) == 1
