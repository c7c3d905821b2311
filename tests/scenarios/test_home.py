"""The home tab: what stands there for whom, and that it follows what its reader does there."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.asking.cards import PassageRef
from bot.build import utc_now
from bot.errors import StoreUnavailable
from bot.lock import WriterLock
from bot.pinning import PinView
from bot.roles import Person, operator
from bot.sandbox import View
from bot.slack.blocks.budget import MAX_CHARACTERS, size
from bot.slack.home_telling import APART, CORPUS_APART, HomeTelling
from bot.slack.people import People
from bot.store.pins import PinStatus
from bot.store.tasks import Queue
from bot.watches.watches import Told, Wish
from bot.web.serving import reading_room_of
from bot.wording import admin_words, home_words, pin_words, pinboard_words, watch_words, words
from index.errors import IndexUnavailable
from tests.fakes.desk import an_answer
from tests.fakes.reading_room import FakeReadingRoom, a_reading_room
from tests.scenarios.newsroom import NOTES, SECRET, Newsroom, add_secret, opened
from tests.scenarios.test_unfurling import DESK, PAGES
from tests.scenarios.test_watching import set_up


async def come_home(newsroom: Newsroom, who: str = "rita") -> View:
    """Open the home tab; what is there once the bot is done."""
    assert (await newsroom.sandbox.open_home(who)).ok
    return await at_home(newsroom, who)


async def at_home(newsroom: Newsroom, who: str = "rita") -> View:
    """The home tab once the bot is done."""
    await newsroom.quiet()
    view = newsroom.sandbox.home_of(who)
    assert view is not None, newsroom.sandbox.refused
    assert len(view.blocks) <= 100
    return view


async def pinned(newsroom: Newsroom, words_wanted: str, *, who: str = "rita", days: int | None = None) -> PinView:
    """Pin the whole first passage that is found."""
    application, person = newsroom.application, person_of(newsroom, who)
    answer = await application.desk.answer(person, words_wanted)
    expires = None if days is None else utc_now() + timedelta(days=days)
    return await application.pins.pin(person, answer.cards[0].ref, story="Harbor", expires=expires)


def person_of(newsroom: Newsroom, who: str) -> Person:
    return Person("local", {"rita": newsroom.rita, "ed": newsroom.ed, "gus": newsroom.gus, "ada": newsroom.ada}[who].id)


async def test_an_empty_home_teaches_by_example(newsroom: Newsroom) -> None:
    home = await come_home(newsroom)
    assert home.type == "home"
    for sentence in (home_words.NOTHING_WAITS, home_words.NO_PINS, home_words.NO_WATCHES, home_words.NO_RECENT):
        assert sentence in home.shown
    for example, _ in (*pinboard_words.EXAMPLES, *watch_words.EXAMPLES, *home_words.RECENT_EXAMPLES):
        assert example in home.shown
    assert home_words.UPDATED in home.shown
    assert home.buttons == ()


async def test_a_home_without_documents_says_how_they_come(newsroom: Newsroom) -> None:
    await newsroom.application.holdings.remove(operator(), "notes")
    assert home_words.NOTHING_CAME in (await come_home(newsroom)).shown


async def test_new_documents_pins_watches_and_questions_stand_there(newsroom: Newsroom) -> None:
    await pinned(newsroom, "lighthouse keeper")
    await set_up(newsroom, "tide")
    await newsroom.ask("Fishwives market")
    home = await come_home(newsroom)
    assert NOTES["lighthouse.txt"].strip() in home.shown
    assert f"{home_words.STORIES}Harbor" in home.shown
    assert "harbor.txt" in home.shown
    assert f"{home_words.FROM}notes{home_words.ADDED}" in home.shown
    assert home.buttons == (home_words.ALL_PINS, watch_words.PAUSE, "Fishwives market")
    assert home_words.OFFICE not in home.shown
    others = await come_home(newsroom, "ed")
    for mine in ("Harbor", NOTES["lighthouse.txt"].strip(), "told in", "Fishwives"):
        assert mine not in others.shown


async def test_what_waits_comes_first(newsroom: Newsroom, tmp_path: Path) -> None:
    lost = await pinned(newsroom, "ferry waited")
    ending = await pinned(newsroom, "miller", days=3)
    await pinned(newsroom, "lighthouse keeper", days=30)
    await newsroom.application.follower.follow()
    source = Path((await newsroom.application.store.archive.sources("local"))[0].place)
    (source / "ferry.txt").write_text("Another ferry came.\n", encoding="utf-8")
    await newsroom.application.holdings.refresh(operator(), "notes")
    await newsroom.application.follower.follow()
    home = await come_home(newsroom)
    waiting, _, rest = home.shown.partition(home_words.PINS)
    assert home.shown.startswith(home_words.WAITS)
    assert home_words.waiting(PinStatus.ORPHAN, 1) in waiting
    assert lost.card.text in waiting
    assert any(sentence in waiting for sentence in pin_words.DOUBTS.values())
    assert home_words.waiting(PinStatus.ACTIVE, 1) in waiting
    assert ending.card.text in waiting
    assert "lighthouse" not in waiting
    assert "lighthouse" in rest
    await newsroom.sandbox.click("rita", home, home_words.SEE_TO[PinStatus.ORPHAN])
    await newsroom.quiet()
    (listed,) = newsroom.sandbox.messages(newsroom.sandbox.dm_channel("rita"), "rita")
    assert lost.card.text in listed.shown
    assert pinboard_words.UNPIN in listed.buttons
    assert ending.card.text not in listed.shown


async def test_a_moved_pin_is_confirmed_from_there(newsroom: Newsroom) -> None:
    moved = await pinned(newsroom, "lighthouse keeper")
    source = Path((await newsroom.application.store.archive.sources("local"))[0].place)
    await newsroom.application.follower.follow()
    text = moved.card.text.replace("lighthouse keeper", "lighthouse\N{NO-BREAK SPACE}keeper")
    (source / "lighthouse.txt").write_text(f"{text}\n", encoding="utf-8")
    await newsroom.application.holdings.refresh(operator(), "notes")
    await newsroom.application.follower.follow()
    home = await come_home(newsroom)
    assert home_words.waiting(PinStatus.MOVED, 1) in home.shown
    await newsroom.sandbox.click("rita", home, home_words.SEE_TO[PinStatus.MOVED])
    await newsroom.quiet()
    (listed,) = newsroom.sandbox.messages(newsroom.sandbox.dm_channel("rita"), "rita")
    await newsroom.sandbox.click("rita", listed, pinboard_words.CONFIRM)
    await newsroom.quiet()
    assert home_words.NOTHING_WAITS in (await come_home(newsroom)).shown


async def test_a_watch_is_paused_and_resumed_there(newsroom: Newsroom) -> None:
    await set_up(newsroom, "tide")
    home = await come_home(newsroom)
    for label, told, paused in (
        (watch_words.PAUSE, watch_words.PAUSED_NOW, True),
        (watch_words.RESUME, watch_words.RESUMED_NOW, False),
    ):
        assert (await newsroom.sandbox.click("rita", home, label)).ok
        home = await at_home(newsroom)
        assert home.shown.startswith(told)
        assert [one.paused for one in await newsroom.application.store.watches.all()] == [paused]
    assert watch_words.PAUSE in home.buttons


async def test_a_watch_that_is_gone_is_told_and_the_home_is_right_again(newsroom: Newsroom) -> None:
    watch = await set_up(newsroom, "tide")
    home = await come_home(newsroom)
    await newsroom.application.store.watches.remove("local", watch.id)
    await newsroom.sandbox.click("rita", home, watch_words.PAUSE)
    home = await at_home(newsroom)
    assert home.shown.startswith(watch_words.GONE)
    assert home_words.NO_WATCHES in home.shown


async def test_nobody_pauses_anothers_watch(newsroom: Newsroom) -> None:
    await set_up(newsroom, "tide")
    await set_up(newsroom, "bell", who="ed")
    mine, his = await come_home(newsroom), await come_home(newsroom, "ed")
    stolen = next(one for one in mine.elements if one.label == watch_words.PAUSE).json["value"]
    next(one for one in his.elements if one.label == watch_words.PAUSE).json["value"] = stolen
    await newsroom.sandbox.click("ed", his, watch_words.PAUSE)
    assert (await at_home(newsroom, "ed")).shown.startswith(watch_words.GONE)
    assert not any(one.paused for one in await newsroom.application.store.watches.all())


async def test_a_question_is_asked_again_and_answered_in_the_direct_messages(newsroom: Newsroom) -> None:
    await newsroom.ask("Fishwives market")
    await newsroom.ask("evening bell")
    home = await come_home(newsroom)
    assert home.buttons == ("evening bell", "Fishwives market")
    await newsroom.sandbox.click("rita", home, "Fishwives market")
    home = await at_home(newsroom)
    (answer,) = newsroom.sandbox.messages(newsroom.sandbox.dm_channel("rita"), "rita")
    assert NOTES["market.txt"].strip() in answer.shown
    assert words.SHARE not in answer.buttons
    assert home.shown.startswith(home_words.ANSWERED)
    assert home.buttons == ("Fishwives market", "evening bell")


async def test_nothing_limited_is_seen_by_others(newsroom: Newsroom, ledger: Path) -> None:
    await add_secret(newsroom, ledger, newsroom.ed.id)
    await pinned(newsroom, "ledger smugglers", who="ed")
    assert "ledger" in (await come_home(newsroom, "ed")).shown
    assert SECRET in (await come_home(newsroom, "ed")).shown
    for who in ("rita", "gus", "ada"):
        home = await come_home(newsroom, who)
        assert "ledger" not in home.shown
        assert SECRET not in home.shown
    record = next(r for r in await newsroom.application.store.archive.sources("local") if r.name == "ledger")
    await newsroom.application.store.archive.update_source(replace(record, visible_to=frozenset({newsroom.rita.id})))
    home = await come_home(newsroom, "ed")
    assert "ledger" not in home.shown
    assert home_words.NO_PINS in home.shown


async def test_a_guest_has_no_pins_but_all_else(newsroom: Newsroom) -> None:
    home = await come_home(newsroom, "gus")
    assert home_words.PINS not in home.shown
    assert home_words.WAITS not in home.shown
    for part in (home_words.NO_WATCHES, home_words.NO_RECENT, home_words.CAME):
        assert part in home.shown
    assert home_words.OFFICE not in home.shown


async def test_an_admin_sees_how_the_desk_stands(newsroom: Newsroom) -> None:
    await newsroom.ask("xylophone", who="ada")
    home = await come_home(newsroom, "ada")
    _, _, office = home.shown.partition(home_words.OFFICE)
    assert words.index_behind(0) in office
    assert admin_words.LIVE in office
    assert f"{admin_words.QUEUE_NAMES[Queue.UNANSWERED]}: 1" in office
    assert f"{admin_words.QUEUE_NAMES[Queue.DEAD_LINK]}: 0" in office
    assert home_words.NO_PROBLEMS in office
    assert admin_words.QUEUE_NAMES[Queue.UNANSWERED] in home.buttons
    assert admin_words.QUEUE_NAMES[Queue.DEAD_LINK] not in home.buttons
    for label in (admin_words.QUEUE_NAMES[Queue.UNANSWERED], admin_words.ALL_SOURCES):
        await newsroom.sandbox.click("ada", home, label)
        await newsroom.quiet()
    queue, sources = newsroom.sandbox.messages(newsroom.sandbox.dm_channel("ada"), "ada")
    assert "xylophone" in queue.shown
    assert "notes" in sources.shown


async def test_an_admin_is_told_of_sources_with_problems(newsroom: Newsroom) -> None:
    archive = newsroom.application.store.archive
    (notes,) = await archive.sources("local")
    await archive.note_sync(notes.id, utc_now(), "The folder is not there.")
    assert "notes · The folder is not there." in (await come_home(newsroom, "ada")).shown


async def test_nothing_is_published_to_those_who_never_opened_it(newsroom: Newsroom) -> None:
    await newsroom.sandbox.open_home("rita", "messages")
    await set_up(newsroom, "tide")
    await newsroom.ask("tide")
    assert newsroom.sandbox.home_of("rita") is None
    await come_home(newsroom)
    assert newsroom.sandbox.home_of("ed") is None


@pytest.mark.parametrize(
    ("failure", "sentence"),
    [(IndexUnavailable("No index."), words.INDEX_DOWN), (StoreUnavailable("No store."), words.STORE_DOWN)],
)
async def test_without_index_or_store_it_is_one_sentence(
    home: Path, mode: str, failure: Exception, sentence: str
) -> None:
    fake = FakeReadingRoom(questions=["tide"])
    async with opened(home, mode, reading_room=a_reading_room(fake)) as newsroom:
        view = await come_home(newsroom)
        assert "tide" in view.buttons
        fake.failure = failure
        await newsroom.sandbox.click("rita", view, "tide")
        for shown in (await at_home(newsroom), await come_home(newsroom)):
            assert shown.shown.startswith(sentence)
            assert len(shown.blocks) == 1
        fake.failure = None
        assert home_words.RECENT in (await come_home(newsroom)).shown


async def test_much_of_everything_fits(newsroom: Newsroom, ledger: Path) -> None:
    long = " ".join(f"tide{number} <!channel> &amp; *bold*" for number in range(200))
    for number in range(12):
        (ledger / f"{number:02}-{'x' * 150}.txt").write_text(f"Nr{number} {long}\n", encoding="utf-8")
    await newsroom.application.holdings.add(operator(), str(ledger), name="y" * 200)
    person, archive = person_of(newsroom, "ada"), newsroom.application.store.archive
    (source,) = [one for one in await archive.sources("local") if one.name.startswith("y")]
    for number, document in enumerate(await archive.documents(source.id)):
        for start in (0, 5, 10):
            expires = utc_now() + timedelta(days=1)
            ref = PassageRef(document.id, 1, start, start + 2000)
            await newsroom.application.pins.pin(person, ref, story=f"{number} {'z' * 90}", expires=expires)
    for number in range(6):
        await newsroom.application.searches.note(person, an_answer(question=f"{number} {'q' * 280}"))
    view = await come_home(newsroom, "ada")
    assert size(view.blocks) <= MAX_CHARACTERS + 100 * 40  # the stand-in adds ids
    assert words.CUT in view.shown


async def test_new_documents_without_an_address_open_in_the_reader(home: Path, ledger: Path) -> None:
    async with opened(home, "http", **PAGES) as newsroom:
        await add_secret(newsroom, ledger, newsroom.ed.id)
        others = str((await come_home(newsroom)).blocks)
        (mill,) = [
            document
            for source in await newsroom.application.store.archive.sources("local")
            for document in await newsroom.application.store.archive.documents(source.id)
            if document.location == "mill.txt"
        ]
        assert f"'url': '{DESK}/d/{mill.id}'" in others
        assert (others.count(f"{DESK}/d/"), str((await come_home(newsroom, "ed")).blocks).count(f"{DESK}/d/")) == (5, 5)
        assert "ledger" not in others


async def telling(newsroom: Newsroom, at: datetime) -> bool:
    """A round of what publishes homes again, at that time."""
    application, sandbox = newsroom.application, newsroom.sandbox

    async def limits(_workspace_id: str) -> frozenset[str]:
        return frozenset()

    done = await HomeTelling(
        AsyncWebClient(sandbox.app.bot_token, base_url=sandbox.api_url),
        People(lambda _team: "local", limits, utc_now),
        application.store.homes,
        reading_room_of(application).welcoming,
        WriterLock(application.config.home / "homes.lock"),
        lambda: at,
    ).once()
    await sandbox.settle()
    return done


def published(newsroom: Newsroom) -> list[str]:
    return [str(one.request["user_id"]) for one in newsroom.sandbox.wire if one.name == "views.publish"]


async def test_a_home_follows_what_happens_elsewhere_and_not_too_often(newsroom: Newsroom) -> None:
    await come_home(newsroom)
    soon, now = utc_now() + APART / 2, utc_now() + 2 * APART
    await pinned(newsroom, "lighthouse keeper")  # not in Slack
    await pinned(newsroom, "miller business", who="ed")  # who never opened his
    assert await telling(newsroom, soon)
    assert published(newsroom) == [newsroom.rita.id]
    assert await telling(newsroom, now)
    assert published(newsroom) == [newsroom.rita.id] * 2
    assert "lighthouse" in (await at_home(newsroom)).shown
    assert await telling(newsroom, now + 2 * APART)
    assert published(newsroom) == [newsroom.rita.id] * 2  # nothing has changed since
    watch = await newsroom.application.watching.start(
        person_of(newsroom, "rita"), Wish("tide"), Told(newsroom.rita.team_id, "D1", personal=True)
    )
    assert await telling(newsroom, now + 4 * APART)
    assert watch_words.PAUSE in (await at_home(newsroom)).buttons
    await newsroom.application.watching.remove(operator(), watch.id)
    assert await telling(newsroom, now + 6 * APART)
    assert home_words.NO_WATCHES in (await at_home(newsroom)).shown
    assert newsroom.sandbox.home_of("ed") is None


async def test_a_lost_pin_comes_to_its_owners_home_by_itself(newsroom: Newsroom) -> None:
    lost = await pinned(newsroom, "ferry waited")
    await newsroom.application.follower.follow()
    await come_home(newsroom)
    source = Path((await newsroom.application.store.archive.sources("local"))[0].place)
    (source / "ferry.txt").write_text("Another ferry came.\n", encoding="utf-8")
    await newsroom.application.holdings.refresh(operator(), "notes")
    await newsroom.application.follower.follow()
    assert await telling(newsroom, utc_now() + 2 * APART)
    home = await at_home(newsroom)
    assert home.shown.startswith(home_words.WAITS)
    assert lost.card.text in home.shown


async def test_what_is_new_in_the_corpus_comes_to_the_homes_that_were_opened_but_not_too_often(
    newsroom: Newsroom,
) -> None:
    await come_home(newsroom)
    source = Path((await newsroom.application.store.archive.sources("local"))[0].place)
    (source / "tide_table.txt").write_text("High water came at noon.\n", encoding="utf-8")
    assert await telling(newsroom, utc_now() + 2 * CORPUS_APART)
    assert published(newsroom) == [newsroom.rita.id]  # nothing has changed since
    await newsroom.application.holdings.refresh(operator(), "notes")
    assert await telling(newsroom, utc_now() + 2 * APART)
    assert "tide_table.txt" not in (await at_home(newsroom)).shown
    assert await telling(newsroom, utc_now() + 3 * CORPUS_APART)
    assert "tide_table.txt" in (await at_home(newsroom)).shown
    assert published(newsroom) == [newsroom.rita.id] * 2
    assert newsroom.sandbox.home_of("ed") is None


async def test_what_was_removed_leaves_the_homes(newsroom: Newsroom) -> None:
    await come_home(newsroom)
    await newsroom.application.holdings.remove(operator(), "notes")
    assert await telling(newsroom, utc_now() + 2 * CORPUS_APART)
    assert home_words.NOTHING_CAME in (await at_home(newsroom)).shown


async def test_its_parts_have_headings(newsroom: Newsroom) -> None:
    headings = [
        block["text"]["text"] for block in (await come_home(newsroom, "ada")).blocks if block["type"] == "header"
    ]
    assert headings == [home_words.PINS, home_words.WATCHES, home_words.RECENT, home_words.CAME, home_words.OFFICE]
