"""Find a Quote: the form, its suggestions, the query it writes, and the searches it remembers."""

from pathlib import Path
from typing import Any

import pytest

from bot.roles import Person, operator
from bot.sandbox import Message
from bot.sandbox.views import View
from bot.slack.listeners.search_form import SHORTCUT
from bot.slack.views import search_form as views
from bot.wording import asking_words, words
from tests.scenarios.newsroom import Newsroom, add_secret, opened

TRANSCRIPT = """\
---
title: Hearing on the Tide
date: 2019-06-12
publisher: The Harbor Office
kind: hearing
---

MR. BARR: The tide was foreign to me.

SENATOR LEE: Was it the tide of 2016?

MR. BARR: It was not.
"""
TITLE = asking_words.FORM_TITLE


async def add_hearing(newsroom: Newsroom, folder: Path, *visible_to: str) -> None:
    (folder / "hearing.md").write_text(TRANSCRIPT, encoding="utf-8")
    await newsroom.application.holdings.add(
        operator(), str(folder), name="Tide Hearings", visible_to=frozenset(visible_to)
    )


async def open_form(newsroom: Newsroom, who: str = "rita") -> View:
    assert (await newsroom.sandbox.global_shortcut(who, SHORTCUT)).ok
    await newsroom.quiet()
    (view,) = newsroom.sandbox.views_of(who)
    return view


async def options(newsroom: Newsroom, view: View, part: str, typed: str = "", who: str = "rita") -> list[str]:
    found = await newsroom.sandbox.suggest(who, view, f"{part}~{views.number_of(view.source)}", typed)
    return [f"{option['text']['text']} ({option['description']['text']})" for option in found]


async def submit(newsroom: Newsroom, who: str = "rita", **values: Any) -> list[Message]:
    """Fill in by block ids without their number, press Search, and give what is new in #general and the person's direct
    messages."""
    view = newsroom.sandbox.views_of(who)[-1]
    number = views.number_of(view.source)
    dm = newsroom.sandbox.dm_channel(who)
    before = [len(newsroom.sandbox.messages(where, who)) for where in ("general", dm)]
    delivery = await newsroom.sandbox.submit_view(who, {f"{name}~{number}": value for name, value in values.items()})
    assert delivery.ok, delivery
    await newsroom.quiet()
    pairs = zip(("general", dm), before, strict=True)
    return [message for where, seen in pairs for message in newsroom.sandbox.messages(where, who)[seen:]]


def general(newsroom: Newsroom) -> str:
    return newsroom.sandbox.say("ed", "general", "Anything about the tide?").channel


async def test_the_form_answers_where_the_person_is_and_shows_the_query(newsroom: Newsroom) -> None:
    view = await open_form(newsroom)
    assert view.title == TITLE
    place = general(newsroom)
    (answer,) = await submit(newsroom, words="tide -fishwives", phrase="turned at noon", place=place)
    assert answer.ephemeral
    assert 'The same by command: /quote tide -fishwives "turned at noon"' in answer.shown
    assert "1 passage." in answer.shown
    assert words.SHARE in answer.buttons
    assert newsroom.sandbox.views_of("rita") == ()
    assert len(newsroom.sandbox.messages("general", as_user="ed")) == 1
    assert newsroom.sandbox.warnings == []
    await newsroom.sandbox.click("rita", answer, words.SHARE)
    await newsroom.quiet()
    assert "turned at noon" in newsroom.sandbox.messages("general", "ed")[-1].shown


async def test_without_a_place_it_answers_in_direct_messages_and_offers_no_sharing(newsroom: Newsroom) -> None:
    await open_form(newsroom)
    (answer,) = await submit(newsroom, words="ferry")
    assert answer.channel == newsroom.sandbox.dm_channel("rita").id
    assert "1 passage." in answer.shown
    assert words.SHARE not in answer.buttons


async def test_mistakes_are_told_at_their_fields_all_together_and_the_form_stays(newsroom: Newsroom) -> None:
    view = await open_form(newsroom)
    wrong = {"words~0": '"tide', "since~0": "7/6/2019", "until~0": "soon", "phrase~0": "…"}
    delivery = await newsroom.sandbox.submit_view("rita", wrong)
    assert delivery.errors == {
        "words~0": asking_words.UNCLOSED,
        "since~0": asking_words.NOT_A_DATE,
        "until~0": asking_words.NOT_A_DATE,
        "phrase~0": asking_words.NO_WORD,
    }
    assert [shown.id for shown in newsroom.sandbox.views_of("rita")] == [view.id]
    empty = await newsroom.sandbox.submit_view("rita", dict.fromkeys(wrong))
    assert empty.errors == {"words~0": asking_words.EMPTY}
    assert await submit(newsroom, words="tide")


async def test_suggestions_come_with_counts_and_lead_to_what_they_count(newsroom: Newsroom, ledger: Path) -> None:
    await add_hearing(newsroom, ledger)
    view = await open_form(newsroom)
    assert await options(newsroom, view, "speaker") == ["William Barr (2 passages)", "SENATOR LEE (1 passage)"]
    assert await options(newsroom, view, "speaker", "bill b") == ["William Barr (2 passages)"]
    assert await options(newsroom, view, "speaker", "nobody") == []
    await newsroom.sandbox.click("rita", view, asking_words.MORE_FILTERS)
    await newsroom.quiet()
    (view,) = newsroom.sandbox.views_of("rita")
    assert asking_words.MORE_FILTERS not in view.buttons
    assert await options(newsroom, view, "title", "tid") == ["Hearing on the Tide (3 passages)"]
    assert await options(newsroom, view, "publisher") == ["The Harbor Office (3 passages)"]
    assert await options(newsroom, view, "type") == ["hearing (3 passages)"]
    assert await options(newsroom, view, "source", "hear") == ["Tide Hearings (3 passages)"]
    (speaker,) = await newsroom.sandbox.suggest("rita", view, "speaker~0", "bill")
    (source,) = await newsroom.sandbox.suggest("rita", view, "source~0", "hear")
    (answer,) = await submit(
        newsroom, speaker=speaker, source=source, since="June 2019", dated="said", sort="oldest", words="tide"
    )
    query = 'tide speaker:"William Barr" source:"Tide Hearings" said:2019-06.. sort:oldest'
    assert f"/quote {query}" in answer.shown
    again = await newsroom.ask(query)
    assert again.shown == answer.shown.split("\n", 1)[1]


async def test_what_is_typed_stays_when_more_filters_come(newsroom: Newsroom) -> None:
    view = await open_form(newsroom)
    newsroom.sandbox.fill("rita", "words~0", "ferry")
    await newsroom.sandbox.click("rita", view, asking_words.MORE_FILTERS)
    await newsroom.quiet()
    (answer,) = await submit(newsroom, sort="newest")
    assert "/quote ferry sort:newest" in answer.shown


async def test_nothing_of_a_limited_source_is_offered_or_counted(newsroom: Newsroom, ledger: Path) -> None:
    await add_hearing(newsroom, ledger, newsroom.ed.id)
    for who, seen in (("rita", 0), ("gus", 0), ("ada", 0), ("ed", 1)):
        view = await open_form(newsroom, who)
        await newsroom.sandbox.click(who, view, asking_words.MORE_FILTERS)
        await newsroom.quiet()
        (view,) = newsroom.sandbox.views_of(who)
        for part, typed in (
            ("speaker", "barr"),
            ("source", "hear"),
            ("title", "hear"),
            ("publisher", ""),
            ("type", ""),
        ):
            assert len(await options(newsroom, view, part, typed, who)) == seen, (who, part)
        assert (await options(newsroom, view, "source", "notes", who)) == ["notes (5 passages)"]


async def test_recent_searches_are_asked_again_and_cleared(newsroom: Newsroom) -> None:
    view = await open_form(newsroom)
    assert asking_words.CLEAR_RECENT not in view.buttons
    await newsroom.sandbox.close_view("rita")
    await newsroom.ask("ferry speaker:nobody OR tide")
    await newsroom.ask("after:yesterdayish tide")  # refused: nothing to ask again
    await newsroom.ask("tide")
    await newsroom.ask("help")
    view = await open_form(newsroom)
    found = await newsroom.sandbox.suggest("rita", view, views.ASK_AGAIN, "")
    assert [option["text"]["text"] for option in found] == ["tide", "ferry speaker:nobody OR tide"]
    (one,) = await newsroom.sandbox.suggest("rita", view, views.ASK_AGAIN, "NOBODY")
    newsroom.sandbox.fill("rita", "phrase~0", "typed before")
    await newsroom.sandbox.choose("rita", view, views.ASK_AGAIN, one)
    await newsroom.quiet()
    (answer,) = await submit(newsroom)
    assert "/quote ferry speaker:nobody OR tide" in answer.shown
    assert "typed before" not in answer.shown

    view = await open_form(newsroom)
    newsroom.sandbox.fill("rita", "words~0", "mill")
    await newsroom.sandbox.click("rita", view, asking_words.CLEAR_RECENT)
    await newsroom.quiet()
    (view,) = newsroom.sandbox.views_of("rita")
    assert asking_words.CLEAR_RECENT not in view.buttons
    assert await newsroom.application.searches.recent(Person("local", newsroom.rita.id)) == []
    (answer,) = await submit(newsroom)
    assert "/quote mill" in answer.shown


async def test_recent_searches_are_private(newsroom: Newsroom) -> None:
    await newsroom.ask("ferry", who="ed")
    assert asking_words.CLEAR_RECENT not in (await open_form(newsroom)).buttons
    view = await open_form(newsroom, "ed")
    assert [option["text"]["text"] for option in await newsroom.sandbox.suggest("ed", view, views.ASK_AGAIN, "")] == [
        "ferry"
    ]


async def test_with_askers_not_logged_nothing_is_remembered(home: Path, mode: str) -> None:
    async with opened(home, mode, quotedesk_log_askers=False) as newsroom:
        await newsroom.ask("ferry")
        assert asking_words.CLEAR_RECENT not in (await open_form(newsroom)).buttons
        assert await newsroom.application.store.recent.of("local", newsroom.rita.id) == []


async def test_help_opens_the_form(newsroom: Newsroom) -> None:
    told = await newsroom.ask("")
    await newsroom.sandbox.click("rita", told, asking_words.OPEN_FORM)
    await newsroom.quiet()
    (view,) = newsroom.sandbox.views_of("rita")
    assert view.title == TITLE


async def test_names_too_long_for_slack_are_offered_and_found(newsroom: Newsroom, ledger: Path) -> None:
    long = "The Harbor Master's " + "very " * 40 + "long report"
    (ledger / "long.md").write_text(f"---\ntitle: {long}\n---\n\nThe tide is long.\n", encoding="utf-8")
    await newsroom.application.holdings.add(operator(), str(ledger), name="long")
    view = await open_form(newsroom)
    await newsroom.sandbox.click("rita", view, asking_words.MORE_FILTERS)
    await newsroom.quiet()
    (view,) = newsroom.sandbox.views_of("rita")
    (title,) = await newsroom.sandbox.suggest("rita", view, "title~0", "harbor")
    (answer,) = await submit(newsroom, title=title)
    assert "The tide is long." in answer.shown


async def test_a_failure_behind_the_form_is_told_in_direct_messages(newsroom: Newsroom) -> None:
    await open_form(newsroom)
    (told,) = await submit(newsroom, words="source:nowhere tide")
    assert "There is no source called “nowhere”" in told.shown


@pytest.mark.parametrize("limited", [False, True])
async def test_a_secret_stays_one_in_the_answer_too(newsroom: Newsroom, ledger: Path, limited: bool) -> None:
    await add_secret(newsroom, ledger, *([newsroom.ed.id] if limited else []))
    await open_form(newsroom)
    place = general(newsroom)
    (answer,) = await submit(newsroom, phrase="smugglers paid", place=place)
    assert ("smugglers paid the tide" in answer.shown) is not limited
