"""Watches below Slack: what is found, what is told, and what happens when that goes wrong."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.build import Application, build
from bot.config import Config
from bot.errors import BadRequest, NotAllowed
from bot.roles import Person, operator
from bot.store.edits import Edit, Fact
from bot.store.watching import Came, Post, Settled, Watch
from bot.watches.running import WatchRounds
from bot.watches.sending import TRIES
from bot.watches.telling import Away, Refused
from bot.watches.watches import MOST, Told, Wish
from bot.web.watching import rounds_of
from bot.wording import watch_words
from index.errors import BadQuery
from tests.fakes.watches import FakeTelling, a_watch

NUMBERS = count()
RITA = Person("local", "U1")
HERE = Told("T1", "D1", True, "Europe/Berlin")


@dataclass(slots=True)
class Room:
    """A desk with a folder that is read, and a place where watches are told."""

    app: Application
    news: Path
    telling: FakeTelling
    rounds: WatchRounds
    number: int

    def path(self, name: str) -> Path:
        """Where a document lies; of this test alone, for what was known before is no news."""
        return self.news / f"{name}-{self.number}.txt"

    async def write(self, **texts: str) -> None:
        """Documents as they are now, by their names."""
        for name, text in texts.items():
            self.path(name).write_text(text + "\n", encoding="utf-8")
        await self.app.holdings.refresh(operator(), "news")

    async def take_away(self, name: str) -> None:
        """A document goes."""
        self.path(name).unlink()
        await self.app.holdings.refresh(operator(), "news")

    async def watch(self, question: str = "tide", person: Person = RITA, told: Told = HERE, **wish: int) -> Watch:
        return await self.app.watching.start(person, Wish(question, **wish), told)

    async def shown(self) -> list[list[str]]:
        """After a round: of every message so far the texts of its cards."""
        await self.rounds.once()
        return [[card.text.strip() for card in digest.cards] for _, digest in self.telling.posts]


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has read one document."""
    home = tmp_path_factory.mktemp("ready")

    async def prepare() -> None:
        (home / "news").mkdir()
        (home / "news" / "old.txt").write_text("The old tide.\n")
        async with await build(Config.model_validate({"quotedesk_home": home / "home"})) as app:
            await app.holdings.add(operator(), str(home / "news"), name="news")

    asyncio.run(prepare())
    return home


@pytest.fixture
async def room(ready: Path) -> AsyncIterator[Room]:
    """Each with a home of its own would cost a second; what one test leaves behind, the next one begins after."""
    async with await build(Config.model_validate({"quotedesk_home": ready / "home"})) as app:
        for watch in await app.store.watches.all():
            await app.store.watches.remove("local", watch.id)
        for path in (ready / "news").iterdir():
            if path.name != "old.txt":
                path.unlink()
        await app.holdings.refresh(operator(), "news")
        telling = FakeTelling()
        yield Room(app, ready / "news", telling, rounds_of(app, telling, between=0.0), next(NUMBERS))


async def test_only_what_is_new_is_told_and_once(room: Room) -> None:
    await room.watch()
    assert await room.shown() == []
    await room.write(a="A new tide.")
    assert await room.shown() == [["A new tide."]]
    (_, digest) = room.telling.posts[0]
    card = digest.cards[0]
    assert [card.text[span.start : span.end] for span in card.spans] == ["tide"]
    assert digest.understood == "Words: tide."
    assert await room.shown() == [["A new tide."]]


async def test_a_watch_begins_when_it_is_set_up(room: Room) -> None:
    await room.write(a="A tide before.")
    await room.watch()
    await room.watch("before")
    await room.write(b="A tide after.")
    assert await room.shown() == [["A tide after."]]


async def test_each_watch_hears_what_came_since_it_began_though_nobody_looked_meanwhile(room: Room) -> None:
    await room.watch("tide")
    await room.write(a="First tide.")
    await room.watch("tide OR nothing")
    await room.write(b="Second tide.")
    assert sorted(await room.shown()) == [["First tide.", "Second tide."], ["Second tide."]]


async def test_facts_set_by_hand_and_other_readers_are_no_news(room: Room) -> None:
    await room.write(a="A tide in the harbor.")
    await room.watch("tide title:lighthouse")
    (document,) = [one for one in await _documents(room) if one.location == room.path("a").name]
    at = datetime.now(UTC)
    await room.app.store.archive.edit(document.id, [Edit(document.id, Fact.TITLE, "Lighthouse", by="cli", at=at)])
    (source,) = await room.app.store.archive.sources("local")
    await room.app.store.archive.update_source(replace(source, visible_to=frozenset({"U1"})))
    await room.app.holdings.refresh(operator(), "news")
    await room.app.store.archive.update_source(source)
    await room.app.holdings.refresh(operator(), "news")
    assert await room.shown() == []


async def _documents(room: Room):
    (source,) = await room.app.store.archive.sources("local")
    return await room.app.store.archive.documents(source.id)


async def test_a_document_that_comes_back_as_it_was_is_no_news(room: Room) -> None:
    await room.write(a="A tide in the harbor.")
    await room.watch()
    await room.take_away("a")
    await room.write(a="A tide in the harbor.")
    assert await room.shown() == []
    await room.write(a="Another tide in the harbor.")
    assert await room.shown() == [["Another tide in the harbor."]]


async def test_several_changes_between_two_looks_are_seen_as_they_are_now(room: Room) -> None:
    await room.write(a="A calm sea.")
    await room.watch()
    await room.write(a="A tide came.")
    await room.write(a="A tide came. And went.")
    assert await room.shown() == [["A tide came. And went."]]


async def test_a_find_that_is_gone_before_it_is_told_is_not_told(room: Room) -> None:
    await room.watch()
    room.telling.failure = Away("Slack is away.")
    await room.write(a="A tide that nobody may know of.")
    assert await room.shown() == []
    await room.take_away("a")
    room.telling.failure = None
    assert await room.shown() == []
    assert await room.app.store.outbox.open_posts() == []


async def test_an_answer_that_was_lost_is_not_told_twice(room: Room) -> None:
    await room.watch()
    room.telling.loses_answers = 1
    await room.write(a="A new tide.")
    assert not await room.rounds.once()
    assert await room.shown() == [["A new tide."]]
    assert await room.app.store.outbox.open_posts() == []


async def test_where_nothing_can_be_seen_it_is_told_again_and_says_so(room: Room) -> None:
    await room.watch()
    room.telling.loses_answers, room.telling.blind = 1, True
    await room.write(a="A new tide.")
    assert not await room.rounds.once()
    assert await room.shown() == [["A new tide."]] * 2
    assert [digest.may_repeat for _, digest in room.telling.posts] == [False, True]
    assert len({post_id for post_id, _ in room.telling.posts}) == 1


async def test_a_place_that_refuses_pauses_the_watch_and_its_find_waits(room: Room) -> None:
    watch = await room.watch()
    room.telling.failure = Refused(watch_words.PLACE_GONE)
    await room.write(a="A new tide.")
    assert await room.shown() == []
    (paused,) = await room.app.store.watches.all()
    assert (paused.paused, paused.problem) == (True, watch_words.PLACE_GONE)
    room.telling.failure = None
    await room.app.watching.resume(RITA, watch.id)
    assert await room.shown() == [["A new tide."]]


async def test_what_slack_never_takes_pauses_the_watch_in_the_end(room: Room) -> None:
    watch = await room.watch()
    room.telling.failure = Away("Slack is away.")
    await room.write(a="A new tide.")
    for _ in range(TRIES + 2):
        await room.rounds.once()
    (paused,) = await room.app.store.watches.all()
    assert (paused.paused, paused.problem) == (True, watch_words.NOT_TAKEN)
    assert room.telling.told == [("U1", watch_words.was_paused(watch.question, watch_words.NOT_TAKEN))]
    assert await room.app.store.outbox.open_posts() == []
    assert len(await room.app.store.outbox.finds(watch.id, 10)) == 1


async def test_one_that_is_paused_while_its_post_is_open_is_left_alone(room: Room) -> None:
    watch = await room.watch()
    room.telling.failure = Away("Slack is away.")
    await room.write(a="A new tide.")
    await room.rounds.once()
    await room.app.watching.pause(RITA, watch.id)
    room.telling.failure = None
    assert await room.shown() == []
    await room.app.watching.resume(RITA, watch.id)
    assert await room.shown() == [["A new tide."]]


async def test_others_are_told_though_one_place_is_away(room: Room) -> None:
    await room.watch()
    other = await room.watch("tide", told=replace(HERE, place="D2"))
    room.telling.on_post = lambda: None
    await room.write(a="A new tide.")
    room.telling.loses_answers = 1
    assert not await room.rounds.once()
    places = {digest.watch.place for _, digest in room.telling.posts}
    assert places == {"D1", other.place}


async def test_a_daily_one_gathers_and_follows_its_owners_clock(room: Room) -> None:
    watch = await room.watch(hour=9)
    assert (watch.zone, watch.due is not None) == ("Europe/Berlin", True)
    await room.write(a="First tide.")
    assert await room.shown() == []
    await room.write(b="Second tide.")
    room.telling.zone = "America/New_York"
    due = replace(watch, due=datetime.now(UTC) - timedelta(seconds=1))
    await room.app.store.watches.replace(due)
    assert await room.shown() == [["First tide.", "Second tide."]]
    (later,) = await room.app.store.watches.all()
    assert later.zone == "America/New_York"
    assert later.due is not None
    assert later.due.hour in (13, 14)
    quiet = replace(later, due=datetime.now(UTC) - timedelta(seconds=1))
    await room.app.store.watches.replace(quiet)
    assert len(await room.shown()) == 1  # nothing new, no message
    (again,) = await room.app.store.watches.all()
    assert again.due == later.due


async def test_two_senders_do_not_tell_the_same_find(room: Room) -> None:
    watch = await room.watch()
    await room.write(a="A new tide.")
    room.telling.failure = Away("Slack is away.")
    await room.rounds.once()
    (find,) = await room.app.store.outbox.of_post((await room.app.store.outbox.open_posts())[0][0].id)
    second = Post("p2", watch.id, datetime.now(UTC))
    assert not await room.app.store.outbox.begin(watch, second, [Settled(find, Came.TOLD)])
    assert len(await room.app.store.outbox.open_posts()) == 1


async def test_the_place_in_the_log_moves_once(room: Room) -> None:
    outbox = room.app.store.outbox
    here = await outbox.position()
    assert await outbox.commit(here, here, ())
    assert not await outbox.commit(here + 1, here + 2, ())


@pytest.mark.parametrize("question", ["", "  ", "(tide", "source:nowhere tide", "before:2019"])
async def test_what_cannot_be_asked_cannot_be_watched_for(room: Room, question: str) -> None:
    with pytest.raises((BadQuery, BadRequest)):
        await room.watch(question)


async def test_one_person_has_so_many_and_no_more(room: Room) -> None:
    for number in range(MOST):
        await room.app.store.watches.add(a_watch(id=f"w{number}", owner="U1"))
    with pytest.raises(BadRequest, match=str(MOST)):
        await room.watch()
    assert len(await room.app.watching.listed(operator())) == MOST
    await room.watch(person=Person("local", "U2"))


async def test_only_the_owner_and_admins_look_after_it(room: Room) -> None:
    watch = await room.watch()
    for change in (room.app.watching.pause, room.app.watching.resume, room.app.watching.remove):
        with pytest.raises(NotAllowed):
            await change(Person("local", "U2"), watch.id)
        with pytest.raises(NotAllowed):
            await change(Person("elsewhere", "U1"), watch.id)
    await room.app.watching.pause(Person("local", "U3", admin=True), watch.id)
    await room.app.watching.remove(RITA, watch.id)
    with pytest.raises(NotAllowed):
        await room.app.watching.remove(RITA, watch.id)


async def test_the_list_shows_ones_own_and_the_channels(room: Room) -> None:
    mine = await room.watch()
    theirs = await room.watch(person=Person("local", "U2"), told=Told("T1", "C1", False))
    await room.watch(person=Person("local", "U2"), told=Told("T1", "D2", True))
    assert await room.app.watching.listed(RITA) == [mine]
    assert await room.app.watching.listed(RITA, "C1") == [mine, theirs]
    assert await room.app.watching.listed(RITA, "D2") == [mine]


async def test_a_purge_leaves_nothing_of_the_source_with_its_watches(room: Room, tmp_path: Path) -> None:
    watch = await room.watch()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "s.txt").write_text("A tide that must be forgotten.\n")
    await room.app.holdings.add(operator(), str(tmp_path / "secret"), name="secret")
    assert await room.shown() == [["A tide that must be forgotten."]]
    assert len(await room.app.store.outbox.told(watch.id, 10)) == 1
    await room.app.holdings.remove(operator(), "secret")
    await room.app.holdings.purge(operator(), "secret")
    assert await room.app.store.outbox.told(watch.id, 10) == []


async def test_an_edited_watch_waits_for_its_new_question_from_now_on(room: Room) -> None:
    watch = await room.watch()
    await room.write(a="A tide that waits to be told.", b="A storm from before.")
    while await room.rounds._finder.step():  # pyright: ignore[reportPrivateUsage] - found, and not told yet
        pass
    edited = await room.app.watching.edit(RITA, watch.id, Wish("storm", 3, 9))
    assert (edited.question, edited.least, edited.hour) == ("storm", 3, 9)
    assert edited.due is not None
    await room.app.watching.edit(RITA, watch.id, Wish("storm", 3))
    assert await room.shown() == []
    await room.write(c="A new storm and a tide.")
    assert await room.shown() == [["A new storm and a tide."]]


async def test_only_its_owner_and_admins_edit_a_watch_and_only_into_what_can_be_asked(room: Room) -> None:
    watch = await room.watch()
    with pytest.raises(NotAllowed):
        await room.app.watching.edit(Person("local", "U2"), watch.id, Wish("storm"))
    with pytest.raises(BadQuery):
        await room.app.watching.edit(RITA, watch.id, Wish("tag:storm"))
    admin = Person("local", "U3", admin=True)
    assert (await room.app.watching.edit(admin, watch.id, Wish("storm"))).owner == "U1"


async def test_an_edit_mends_a_watch_that_was_paused_for_its_question(room: Room) -> None:
    watch = await room.watch()
    await room.app.store.watches.replace(replace(watch, paused=True, problem="No such source.", owner_told=True))
    edited = await room.app.watching.edit(RITA, watch.id, Wish("storm"))
    assert (edited.paused, edited.problem) == (False, None)


async def test_what_was_told_long_ago_is_forgotten_but_for_what_copies_are_known_by(room: Room) -> None:
    await room.watch()
    await room.write(a="An old tide.")
    await room.write(b="A middle tide.")
    await room.write(c="A young tide.")
    assert [len(cards) for cards in await room.shown()] == [3]
    outbox, later = room.app.store.outbox, datetime.now(UTC) + timedelta(days=1)
    assert await outbox.prune(datetime.now(UTC) - timedelta(days=1), keep=0) == 0
    assert await outbox.prune(later, keep=3) == 0
    (watch,) = await room.app.store.watches.all()
    assert await outbox.prune(later, keep=1) == 2
    assert len(await outbox.told(watch.id, 10)) == 1
    ((document_id, _),) = await outbox.told(watch.id, 10)
    (last,) = [one for one in await _documents(room) if one.id == document_id]
    await room.write(d=room.path(last.location.partition("-")[0]).read_text().strip())
    assert len(await room.shown()) == 1
