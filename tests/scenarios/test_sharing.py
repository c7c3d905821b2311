"""Sharing, and what never leaves a limited source."""

from pathlib import Path

import pytest

from bot.slack.blocks import buttons
from bot.wording import words
from tests.scenarios.newsroom import SECRET, Newsroom, add_secret


async def _share(newsroom: Newsroom, question: str, *, who: str = "rita", where: str = "general") -> str:
    """Ask and share the best passage; what the bot says to the asker in the end."""
    answer = await newsroom.ask(question, who=who, where=where)
    await newsroom.sandbox.click(who, answer, words.SHARE, nth=0)
    await newsroom.quiet()
    return newsroom.sandbox.messages(where, who)[-1].shown


async def test_a_shared_card_is_posted_for_all_and_remembered(newsroom: Newsroom) -> None:
    told = await _share(newsroom, "ferry bell")
    (card,) = newsroom.sandbox.messages("general", as_user="ed")
    assert "The ferry waited for the tide until the evening bell." in card.shown
    assert f"{words.SHARED_BY}{newsroom.rita.id}" in card.shown
    assert card.buttons == (words.CITE,)
    assert (card.unfurl_links, card.unfurl_media) == (False, False)
    assert told == words.SHARED
    answer = newsroom.sandbox.messages("general", as_user="rita")[0]
    ref = buttons.Looking.parse(answer.elements[1].value or "").ref
    (share,) = await newsroom.application.store.shares.of_documents([ref.document_id])
    assert (share.ts, share.channel, share.shared_by) == (card.ts, card.channel, newsroom.rita.id)
    assert (share.version, share.start, share.end) == (ref.version, ref.start, ref.end)


async def test_where_the_bot_is_no_member_it_says_what_that_means(newsroom: Newsroom) -> None:
    told = await _share(newsroom, "ferry bell", where="elsewhere")
    (card,) = newsroom.sandbox.messages("elsewhere", as_user="ed")
    assert "The ferry waited for the tide" in card.shown
    assert told == words.SHARED_AS_REPLY


async def test_a_limited_source_does_not_exist_for_others(newsroom: Newsroom, ledger: Path) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    for question in ("smugglers silver", '"tide watchman"', "watchmen", "tide", "status", "source:ledger tide"):
        for who in ("rita", "gus"):
            answer = await newsroom.ask(question, who=who)
            seen = f"{answer.shown} {answer.text} {answer.blocks}"
            assert not [word for word in ("proves", "paid", "ledger.txt", SECRET) if word in seen]
    assert (await newsroom.ask("tide")).shown.startswith("5 passages")
    assert (await newsroom.ask("tide", who="ed")).shown.startswith("6 passages")
    assert SECRET in (await newsroom.ask("smugglers silver", who="ed")).shown


async def test_someone_elses_button_opens_nothing(newsroom: Newsroom, ledger: Path) -> None:
    """A value copied from Ed's message into Rita's click shows her no more than a value that never was."""
    await add_secret(newsroom, ledger, newsroom.ed.id)
    secret = await newsroom.ask("smugglers silver", who="ed")
    answer = await newsroom.ask("ferry bell")
    stolen = [element.value for element in secret.elements if element.value]
    stolen += [option["value"] for element in secret.elements for option in element.options]
    said: list[str] = []
    for value in (*stolen, "d0:1:0-5", "nonsense"):
        for label in (words.SHARE, words.CONTEXT):
            element = next(element for element in answer.elements if element.label == label)
            element.json["value"] = value
            await newsroom.sandbox.click("rita", answer, label)
            await newsroom.quiet()
            said.append(newsroom.sandbox.messages("general", "rita")[-1].shown)
    assert not [sentence for sentence in said if "ledger" in sentence or "smuggler" in sentence]
    assert all(sentence == words.UNREADABLE_BUTTON or "may not read it" in sentence for sentence in said)
    assert newsroom.sandbox.messages("general", as_user="gus") == ()


@pytest.mark.parametrize("others", [(), ("gus",)])
async def test_a_limited_passage_goes_only_where_all_may_read_it(
    newsroom: Newsroom, ledger: Path, others: tuple[str, ...]
) -> None:
    sandbox = newsroom.sandbox
    desk = sandbox.add_channel("desk", (newsroom.rita, newsroom.ed, *others), private=True)
    await add_secret(newsroom, ledger, desk.id)
    told = await _share(newsroom, "smugglers silver", where="desk")
    posted = [message for message in sandbox.messages("desk", "ed") if SECRET in message.shown]
    assert len(posted) == (0 if others else 1)
    assert (told == words.SHARED) is not bool(others)


async def test_a_limited_passage_is_not_posted_in_public_though_all_members_may_read_it(
    newsroom: Newsroom, ledger: Path
) -> None:
    newsroom.sandbox.add_channel("readers", (newsroom.rita, newsroom.ed))
    await add_secret(newsroom, ledger, newsroom.rita.id, newsroom.ed.id)
    await _share(newsroom, "smugglers silver", where="readers")
    assert newsroom.sandbox.messages("readers", "ed") == ()


async def test_a_limited_passage_is_never_answered_into_a_channel_the_bot_cannot_see(
    newsroom: Newsroom, ledger: Path
) -> None:
    newsroom.sandbox.add_channel("cellar", (newsroom.rita, newsroom.ed), private=True, bot=False)
    await add_secret(newsroom, ledger, newsroom.rita.id, newsroom.ed.id)
    told = await _share(newsroom, "smugglers silver", where="cellar")
    assert told == words.NOT_SHARED_UNSEEN
    assert newsroom.sandbox.messages("cellar", "ed") == ()


async def test_a_user_group_opens_a_source_on_a_paid_plan_only(newsroom: Newsroom, ledger: Path) -> None:
    group = newsroom.sandbox.add_group("investigations", (newsroom.rita,))
    newsroom.sandbox.change_plan(paid=False)
    await add_secret(newsroom, ledger, group.id)
    assert SECRET not in (await newsroom.ask("smugglers silver")).shown


async def test_a_limited_passage_needs_the_bot_in_the_channel_even_where_all_may_read_it(
    newsroom: Newsroom, ledger: Path
) -> None:
    """An answer through the response address could never be marked later, nor taken back."""
    square = newsroom.sandbox.add_channel("square", (newsroom.rita, newsroom.ed), bot=False)
    await add_secret(newsroom, ledger, square.id)
    assert await _share(newsroom, "smugglers silver", where="square") == words.NOT_SHARED_UNSEEN
    assert newsroom.sandbox.messages("square", "ed") == ()


async def test_nothing_is_shared_from_a_direct_message(newsroom: Newsroom) -> None:
    sandbox = newsroom.sandbox
    await sandbox.dm("rita", "ferry bell")
    await newsroom.quiet()
    answer = sandbox.messages(sandbox.dm_channel("rita"), "rita")[-1]
    answer.elements[0].json["action_id"] = buttons.SHARE
    await sandbox.click("rita", answer, buttons.SHARE)
    await newsroom.quiet()
    assert sandbox.messages(sandbox.dm_channel("rita"), "rita")[-1].shown == words.SHARE_NEEDS_CHANNEL
