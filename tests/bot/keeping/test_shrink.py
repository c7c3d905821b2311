"""Which readings of a page may replace the good one, decided alone and on the way in."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.keeping.ingest import Summary, ingest, take
from bot.keeping.shrink import shrunk
from bot.store.sources import SourceRecord
from sources.document import Extract, Raw
from sources.port import Refused, Trouble
from tests.fakes.archive import FakeArchive
from tests.fakes.source import NOON, FakeSource, PlainExtractor

LEDE = "The harbor commission voted on Monday to close the old bridge after engineers found its piers undermined. "
STORY = LEDE + " ".join(f"Witness number {n} told the panel that plank {n} had given way in March." for n in range(40))
PAGE = "https://example.org/bridge"
RECORD = SourceRecord("s1", "w", "News", "web", PAGE, NOON)


@pytest.mark.parametrize(
    ("new", "looks"),
    [
        (LEDE + "Subscribe to continue reading.", "a paywall"),
        (LEDE + "Already a subscriber? Log in.", "a paywall"),
        ("You have reached your article limit. " + "Here is what our readers liked. " * 80, "a paywall"),
        ("404. Page not found. Try the search.", "an error page"),
        ("We’re sorry: the page you asked for could not be found.", "an error page"),
        ("This story is no longer available.", "an error page"),
        ("502 Bad Gateway nginx", "an error page"),
        ("Access Denied. You don't have permission. Reference #18.", "a closed door"),
        ("Please enable JavaScript and cookies to continue.", "a closed door"),
        ("Verifying you are human. This may take a few seconds.", "a closed door"),
    ],
)
def test_what_is_no_story_is_named(new: str, looks: str) -> None:
    assert (shrunk(STORY, new) or "").startswith(f"The page now looks like {looks}, and ")


def test_a_scrap_is_told_by_its_words() -> None:
    assert shrunk(STORY, LEDE) == "The page shrank from 577 words to 17; the version before stays."
    assert shrunk(STORY, "") == "The page shrank from 577 words to 0; the version before stays."


@pytest.mark.parametrize(
    "new",
    [
        STORY,
        STORY + " Correction: an earlier version named another bridge.",
        STORY + " Subscribe to continue reading our newsletter. Access denied to the bridge.",
        STORY[: len(STORY) // 2],
        " ".join(f"Rewritten from end to end, paragraph {n} says the same in its own words." for n in range(40)),
    ],
)
def test_a_story_that_was_worked_on_is_taken(new: str) -> None:
    assert shrunk(STORY, new) is None


def test_a_telltale_that_was_always_there_tells_nothing() -> None:
    about = "Access denied, they were told. " + STORY
    assert shrunk(about, "Access denied, they were told. " + " ".join(STORY.split()[300:])) is None


def test_of_a_few_words_any_may_go() -> None:
    assert shrunk("The vote is on Monday, not on Tuesday as we wrote.", "The vote is on Monday.") is None


class Room:
    def __init__(self) -> None:
        self.archive = FakeArchive()
        self.source = FakeSource()

    async def refresh(self, **items: str) -> Summary:
        self.source.items = {(PAGE if name == "page" else name): text.encode() for name, text in items.items()}
        return await ingest(RECORD, self.source, self.archive, PlainExtractor(), lambda: NOON, readers=1)

    async def texts(self) -> list[str]:
        return [one.document.text for one in await self.archive.current(await self.archive.live_ids())]


@pytest.fixture
async def room() -> Room:
    room = Room()
    await room.archive.add_source(RECORD)
    await room.refresh(page=STORY)
    return room


async def test_the_good_version_stays_and_the_refused_one_is_told_each_time(room: Room) -> None:
    for times in (1, 2):
        summary = await room.refresh(page="404. Page not found.")
        (refused,) = summary.unreadable
        assert (refused.location, refused.trouble, refused.times) == (PAGE, Trouble.HELD_BACK, times)
        assert "looks like an error page" in refused.reason
        assert await room.texts() == [STORY]


async def test_the_page_is_taken_again_once_it_is_whole(room: Room) -> None:
    await room.refresh(page="404. Page not found.")
    summary = await room.refresh(page=STORY + " More.")
    assert (summary.changed, summary.unreadable) == (1, ())
    assert await room.texts() == [STORY + " More."]


async def test_an_admin_can_take_it_anyway_and_then_it_is_the_one_compared(room: Room) -> None:
    await room.refresh(page=LEDE)
    summary = await take(RECORD, room.source, room.archive, PlainExtractor(), lambda: NOON, PAGE)
    assert (summary.changed, summary.unreadable) == (1, ())
    assert await room.texts() == [LEDE]
    assert (await room.refresh(page=LEDE)).unreadable == ()


async def test_a_file_in_a_folder_may_shrink(room: Room) -> None:
    await room.refresh(page=STORY, **{"a.txt": STORY})
    summary = await room.refresh(page=STORY, **{"a.txt": "Access denied."})
    assert (summary.changed, summary.unreadable) == (1, ())


async def test_the_same_bytes_read_anew_may_shrink(room: Room) -> None:
    class Shorter(PlainExtractor):
        async def extract(self, raw: Raw) -> Sequence[Extract]:
            return [replace(one, text=LEDE) for one in await super().extract(raw)]

    await room.archive.refuse(RECORD, [Refused(PAGE, "It was out of reach.")], {}, "plain/1")  # so it is read again
    summary = await ingest(RECORD, room.source, room.archive, Shorter(), lambda: NOON, readers=1)
    assert (summary.changed, summary.unreadable) == (1, ())
