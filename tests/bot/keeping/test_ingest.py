"""Taking a source in: what is new, changed, gone, unreadable or out of reach."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.errors import StoreUnavailable
from bot.keeping import intake
from bot.keeping.documents import documents_of
from bot.keeping.ingest import Summary, ingest
from bot.store.readings import Outcome, Reading
from bot.store.sources import SourceRecord
from sources.document import Extract, Mark, PartialDate, Raw, Speaker
from sources.errors import Unreachable, Unreadable
from sources.port import Declared, Item, Refused
from tests.fakes.archive import FakeArchive
from tests.fakes.source import NOON, FakeSource, PlainExtractor

RECORD = SourceRecord("s1", "w", "News", "folder", "/news", NOON)


@dataclass
class Room:
    archive: FakeArchive = field(default_factory=FakeArchive)
    source: FakeSource = field(default_factory=FakeSource)
    told: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    async def take(self, readers: int = 2) -> Summary:
        self.told.clear()
        self.source.fetched.clear()

        def tell(done: int, total: int) -> None:
            self.told.append((done, total))

        return await ingest(
            RECORD, self.source, self.archive, PlainExtractor(), lambda: NOON, readers=readers, progress=tell
        )

    async def texts(self) -> dict[str, str]:
        found = await self.archive.current(await self.archive.live_ids())
        return {one.document.location: one.document.text for one in found}


@pytest.fixture
async def room() -> Room:
    room = Room()
    await room.archive.add_source(RECORD)
    room.source.items = {"a.txt": b"first", "b.txt": b"second", "c.txt": b"third"}
    return room


async def test_all_is_read_once_and_then_only_what_changed(room: Room) -> None:
    first = await room.take()
    assert (first.documents, first.new, first.changed, first.removed, first.unchanged) == (3, 3, 0, 0, 0)
    assert await room.texts() == {"a.txt": "first", "b.txt": "second", "c.txt": "third"}
    room.source.items["b.txt"] = b"second, revised"
    again = await room.take()
    assert room.source.fetched == ["b.txt"]
    assert (again.documents, again.new, again.changed, again.unchanged) == (3, 0, 1, 2)
    assert (await room.texts())["b.txt"] == "second, revised"


async def test_progress_counts_every_item_also_those_that_were_not_read_again(room: Room) -> None:
    await room.take()
    assert room.told == [(1, 3), (2, 3), (3, 3)]
    room.source.items["b.txt"] = b"second, revised"
    await room.take()
    assert room.told == [(3, 3)]


async def test_what_is_gone_is_forgotten_only_when_the_walk_was_complete(room: Room) -> None:
    await room.take()
    del room.source.items["a.txt"]
    room.source.complete = False
    assert (await room.take()).removed == 0
    room.source.complete = True
    assert (await room.take()).removed == 1
    assert set(await room.texts()) == {"b.txt", "c.txt"}


async def test_a_file_that_is_only_spoken_of_is_gone_and_one_that_is_refused_is_not(room: Room) -> None:
    await room.take()
    del room.source.items["a.txt"], room.source.items["b.txt"]
    room.source.refused = (
        Refused("a.txt", "There is no such file.", absent=True),
        Refused("b.txt", "There is no permission to read it."),
    )
    summary = await room.take()
    assert set(await room.texts()) == {"b.txt", "c.txt"}
    assert summary.removed == 1
    assert [refused.location for refused in summary.unreadable] == ["a.txt", "b.txt"]


async def test_a_source_out_of_reach_loses_nothing(room: Room) -> None:
    await room.take()
    room.source.items, room.source.problem = {}, "The folder is not there."
    with pytest.raises(Unreachable, match="not there"):
        await room.take()
    assert len(await room.texts()) == 3


async def test_a_source_lost_midway_keeps_what_was_read(room: Room) -> None:
    room.source.items["b.txt"] = Unreachable("The disk went away.")
    with pytest.raises(Unreachable, match="went away"):
        await room.take(readers=1)
    assert await room.texts() == {"a.txt": "first"}


async def test_one_bad_item_never_stops_the_rest_and_each_has_its_reason(room: Room) -> None:
    room.source.items |= {"bad.txt": b"\xff", "crash.txt": b"crash", "locked.txt": Unreadable("It is locked.")}
    room.source.refused = (Refused("pipe", "It is a pipe."),)
    summary = await room.take()
    reasons = {refused.location: refused.reason for refused in summary.unreadable}
    assert set(await room.texts()) == {"a.txt", "b.txt", "c.txt"}
    assert (reasons["bad.txt"], reasons["locked.txt"], reasons["pipe"]) == (
        "This is no text.", "It is locked.", "It is a pipe.",
    )  # fmt: skip
    assert "unexpected" in reasons["crash.txt"]
    assert len(reasons) == 4


async def test_only_failures_that_may_pass_are_tried_again(room: Room) -> None:
    room.source.items |= {"bad.txt": b"\xff", "crash.txt": b"crash", "locked.txt": Unreadable("It is locked.")}
    await room.take()
    summary = await room.take()
    assert sorted(room.source.fetched) == ["crash.txt", "locked.txt"]
    assert len(summary.unreadable) == 3
    del room.source.items["bad.txt"]
    assert "bad.txt" not in {refused.location for refused in (await room.take()).unreadable}


async def test_a_file_that_became_unreadable_keeps_its_good_version(room: Room) -> None:
    await room.take()
    room.source.items["a.txt"] = b"\xff"
    summary = await room.take()
    assert [refused.location for refused in summary.unreadable] == ["a.txt"]
    assert (await room.texts())["a.txt"] == "first"


async def test_an_extractor_of_another_revision_reads_anew(room: Room) -> None:
    await room.take()
    for location in room.source.items:
        raw = Raw(location, room.source.items[location], "text/plain", NOON)  # pyright: ignore[reportArgumentType]  (all are bytes here)
        known = (await room.archive.known(RECORD.id))[location]
        documents = documents_of(RECORD, Item(location, known.fingerprint), [Extract("read otherwise")], NOON)
        await room.archive.record(RECORD, [Reading(location, known.fingerprint, "plain/0", raw, documents)])
    summary = await room.take()
    assert len(room.source.fetched) == 3
    assert summary.changed == 3
    assert (await room.texts())["a.txt"] == "first"


async def test_more_items_than_one_batch_holds_all_arrive(room: Room) -> None:
    count = intake.READINGS_AT_ONCE * 2 + 3
    room.source.items = {f"{n:03}.txt": f"text {n}".encode() for n in range(count)}
    assert (await room.take(readers=4)).new == count


class FullDisk(FakeArchive):
    async def record(self, source: SourceRecord, readings: Sequence[Reading]) -> dict[str, Outcome]:
        raise StoreUnavailable("The disk is full.")


@pytest.mark.parametrize("items", [1, intake.READINGS_AT_ONCE + 1])
async def test_a_store_that_fails_ends_it_with_its_own_sentence(room: Room, items: int) -> None:
    room.source.items = {f"{n}.txt": b"text" for n in range(items)}
    room.archive = FullDisk()
    await room.archive.add_source(RECORD)
    with pytest.raises(StoreUnavailable, match="full"):
        await room.take()


DECLARED = Declared(title="Declared", publisher="The Record", published=PartialDate.parse("2019"), speaker="Jo Doe")


def test_what_the_source_declares_wins_over_what_the_bytes_tell() -> None:
    extract = Extract("Words.", title="Extracted", author="A. Author", published=PartialDate.parse("2020"), speaker="X")
    (document,) = documents_of(RECORD, Item("a.txt", "f", DECLARED), [extract], NOON)
    assert (document.title, document.author, document.publisher) == ("Declared", "A. Author", "The Record")
    assert document.published == PartialDate.parse("2019")
    assert document.marks == (Mark(0, 6, Speaker("Jo Doe")),)


@pytest.mark.parametrize(
    ("declared", "found", "told"),
    [
        ("2019", "2020-05-01", True), ("2019-05", "2019-05-31", False), ("2019-05-01", "2019-05-02", False),
        ("2019-05-01", "2019-05-04", True),
    ],
)  # fmt: skip
def test_a_date_of_the_file_that_gives_way_to_another_one_is_told(declared: str, found: str, told: bool) -> None:
    item = Item("a.txt", "f", Declared(published=PartialDate.parse(declared)))
    extract = Extract("Words.", published=PartialDate.parse(found), warnings=("Short.",))
    (document,) = documents_of(RECORD, item, [extract], NOON)
    sentence = f"The source and the file give two dates: {declared} is kept, {found} is not."
    assert document.warnings == ("Short.", *([sentence] if told else []))


def test_a_declared_speaker_does_not_speak_over_turns() -> None:
    turn = Mark(0, 5, Speaker("MR. A"))
    (document,) = documents_of(RECORD, Item("a.txt", "f", DECLARED), [Extract("MR. A", (turn,))], NOON)
    assert document.marks == (turn,)


def test_the_parts_of_a_file_have_their_own_facts_and_names() -> None:
    extracts = [Extract("One.", part="row1", title="Own"), Extract("Two.", part="row2"), Extract("Three.", part="row2")]
    documents = documents_of(RECORD, Item("a.csv", "f", DECLARED), extracts, NOON)
    assert [document.title for document in documents] == ["Own", "Declared", "Declared"]
    assert [document.location for document in documents] == ["a.csv#row1", "a.csv#row2", "a.csv#row2~2"]
    assert len({document.id for document in documents}) == 3
