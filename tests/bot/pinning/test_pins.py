"""What people do with pins: rights, access, following the sources, and files; over a real store."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.asking.cards import PassageRef
from bot.asking.desk import Desk
from bot.errors import BadRequest, NotAllowed
from bot.keeping.diff import Piece
from bot.pinning import ExportForm, Follower, PinDesk, PinFiles, PinView
from bot.roles import Person
from bot.store import Store, open_store
from bot.store.pins import Deed, Doubt, NoticeKind, PinFilter, PinStatus
from bot.store.shares import Share
from bot.store.sources import SourceRecord
from sources.document import Mark, Speaker
from tests.contracts.archive import NOON, a_document, a_reading, a_source
from tests.fakes.engine import ScriptedEngine

ANN = Person("local", "U1")
BOB = Person("local", "U2")
EVE = Person("local", "U3", memberships=frozenset({"S9"}))
GUEST = Person("local", "U4", trusted=False)
ADMIN = Person("local", "U5", admin=True)
TEXT = (
    "The old bridge was closed on Monday because of the river.\n\n"
    "We will not wait for another flood, the mayor said. She asked for money.\n\n"
    "Work begins in May, the council said, and it will take two years.\n"
)
WORDS = "We will not wait for another flood"


@dataclass
class Room:
    """A desk with pins over a store; each `put` is one version of a document."""

    store: Store
    pins: PinDesk
    files: PinFiles
    follower: Follower
    source: SourceRecord
    closed: SourceRecord
    raws: int = 0

    async def put(self, text: str, *marks: Mark, raw: bytes | None = None, source: SourceRecord | None = None) -> str:
        where = source or self.source
        self.raws += 1
        document = a_document(where, "a.txt", text, marks)
        await self.store.archive.record(where, [a_reading("a.txt", document, raw=raw or b"raw %d" % self.raws)])
        return document.id

    async def pinned(self, person: Person = ANN, source: SourceRecord | None = None, **facts: Any) -> PinView:
        name = await self.put(TEXT, source=source)
        start = TEXT.index(WORDS)
        return await self.pins.pin(person, PassageRef(name, 1, start, start + len(WORDS)), **facts)

    async def told(self) -> list[tuple[NoticeKind, str]]:
        return [(notice.kind, notice.recipient) for notice in await self.store.notices.pending("local")]


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)
    desk = Desk(
        store.archive,
        ScriptedEngine(),
        store.audit,
        store.shares,
        lambda: NOON,
        pins=store.pins,
    )
    pins = PinDesk(desk, store.archive, store.pins, store.audit, lambda: NOON, editors=frozenset({"S9"}))
    files = PinFiles(pins, store.archive, store.pins, store.audit, lambda: NOON)
    follower = Follower(store.archive, store.pins, store.shares, lambda: NOON)
    source, closed = a_source(), replace(a_source("closed"), visible_to=frozenset({"U1", "S9"}))
    await store.archive.add_source(source)
    await store.archive.add_source(closed)
    yield Room(store, pins, files, follower, source, closed)
    await store.close()


async def test_a_pin_is_an_exact_slice_with_all_that_is_told_of_it(room: Room) -> None:
    view = await room.pinned(note=" Mind ", tags=["#Flood", "flood", ""], story=" The  Bridge ")
    assert (view.pin.quote, view.card.text, view.status) == (WORDS, WORDS, PinStatus.ACTIVE)
    assert (view.pin.note, view.pin.tags, view.pin.story) == ("Mind", ("flood",), "The Bridge")
    assert TEXT.index(view.pin.prefix + WORDS + view.pin.suffix) >= 0
    assert await room.pins.show(BOB, view.pin.id) == replace(view, may_edit=False, may_verify=False)
    (entry,) = await room.store.audit.entries("local", 1)
    assert (entry.actor, entry.action, entry.subject) == ("U1", "pin: pinned", view.pin.id)


async def test_words_of_a_form_are_found_letter_for_letter_or_refused(room: Room) -> None:
    view = await room.pinned()
    ref = await room.pins.slice_of(ANN, view.card.ref, "She asked for money.")
    assert TEXT[ref.start : ref.end] == "She asked for money."
    with pytest.raises(BadRequest):
        await room.pins.slice_of(ANN, view.card.ref, "She asked for Money.")
    recut = await room.pins.recut(ANN, view.pin.id, ref)
    assert recut.pin.quote == "She asked for money."


async def test_who_may_do_what(room: Room) -> None:
    view = await room.pinned()
    name = view.pin.id
    with pytest.raises(NotAllowed):
        await room.pins.pin(GUEST, view.card.ref)
    for person in (BOB, GUEST):
        for deed in (
            room.pins.edit(person, name, note="x"),
            room.pins.verify(person, name),
            room.pins.unpin(person, name),
            room.pins.hand_over(person, name, "U2"),
            room.pins.expire(person, name, None),
            room.pins.confirm(person, name),
            room.pins.undo(person, name),
        ):
            with pytest.raises(NotAllowed):
                await deed
    with pytest.raises(NotAllowed):
        await room.pins.verify(ANN, name)  # she is no editor
    assert (await room.pins.verify(EVE, name)).pin.verifier == "U3"
    assert (await room.pins.edit(EVE, name, tags=["x"])).pin.tags == ("x",)
    assert (await room.pins.hand_over(ADMIN, name, "U2")).pin.owner == "U2"
    with pytest.raises(NotAllowed):
        await room.pins.edit(ANN, name, note="mine no more")
    assert [change.deed for change in await room.pins.history(BOB, name)] == [
        *(Deed.PINNED, Deed.VERIFIED, Deed.EDITED, Deed.HANDED_OVER)
    ]


async def test_a_pin_of_a_limited_source_is_not_there_for_others(room: Room) -> None:
    view = await room.pinned(source=room.closed, story="Secret", tags=["hidden"])
    assert [page.total for page in [await room.pins.list(ANN), await room.pins.list(BOB)]] == [1, 0]
    assert (await room.pins.stories(BOB), await room.pins.tags(ADMIN)) == ([], [])
    assert await room.pins.matching(BOB, "another flood") == ()
    assert b"flood" not in await room.files.export(ADMIN, PinFilter(), ExportForm.JSON)
    sentences = set[str]()
    for name in (view.pin.id, "nope"):
        with pytest.raises(NotAllowed) as refused:
            await room.pins.show(BOB, name)
        sentences.add(str(refused.value))
    assert len(sentences) == 1
    await room.store.archive.remove_source(room.closed.id)
    assert [page.total for page in [await room.pins.list(ANN), await room.pins.list(BOB)]] == [1, 0]


async def test_unpinned_is_undone(room: Room) -> None:
    name = (await room.pinned()).pin.id
    assert (await room.pins.unpin(ANN, name)).status is PinStatus.UNPINNED
    assert (await room.pins.list(ANN)).total == 0
    with pytest.raises(BadRequest):
        await room.pins.edit(ANN, name, note="x")
    assert (await room.pins.undo(ANN, name)).status is PinStatus.ACTIVE
    with pytest.raises(BadRequest):
        await room.pins.undo(ANN, name)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("waiting flood", True),
        ('"another flood"', True),
        ('"flood another"', False),
        ("flood -mayor", True),
        ("flood -wait", False),
        ("flood drought", False),
        ("flood OR drought", True),
        ('"wait flood"~3', True),
        ('"will flood"~2', False),
        ("tag:river", True),
        ("tag:sea", False),
        ("flood source:hearings", True),
        ("flood title:record", True),
        ("flood after:2019", False),
    ],
)
async def test_a_pin_answers_what_it_has_all_of(room: Room, question: str, found: bool) -> None:
    await room.pinned(tags=["river"])
    assert bool(await room.pins.matching(BOB, question)) is found


async def test_an_edit_elsewhere_is_followed_without_a_word(room: Room) -> None:
    view = await room.pinned()
    await room.put("An editor's note was put before all of it.\n\n" + TEXT)
    assert await room.follower.follow() > 0
    after = await room.pins.show(ANN, view.pin.id)
    assert (after.status, after.pin.at.version, after.pin.quote) == (PinStatus.ACTIVE, 2, WORDS)
    assert (await room.told(), await room.follower.follow()) == ([], 0)


async def test_changed_words_leave_an_orphan_and_its_owner_is_told_once(room: Room) -> None:
    view = await room.pinned()
    await room.store.shares.add(
        Share("local", "C1", "1.2", "U2", NOON, view.pin.document_id, 1, view.pin.at.start, view.pin.at.end)
    )
    await room.put(TEXT.replace("another flood", "the next flood"))
    await room.follower.follow()
    orphan = await room.pins.show(ANN, view.pin.id)
    assert (orphan.status, orphan.pin.doubt, orphan.card.text) == (PinStatus.ORPHAN, Doubt.ALTERED, WORDS)
    assert not orphan.card.current
    pieces = await room.pins.difference(ANN, view.pin.id)
    assert [text.strip() for what, text in pieces if what is Piece.REMOVED] == ["another"]
    assert [text.strip() for what, text in pieces if what is Piece.ADDED] == ["the next"]
    assert await room.told() == [(NoticeKind.ORPHANED, "U1"), (NoticeKind.SHARE, "U2")]
    for notice in await room.store.notices.pending("local"):
        assert await room.pins.told(BOB, notice) == pieces
    assert await room.pins.matching(ANN, "flood") == ()
    await room.put(TEXT.replace("another flood", "the next flood") + "And more.\n")
    await room.follower.follow()
    assert len(await room.told()) == 2
    await room.put(TEXT)
    await room.follower.follow()
    assert (await room.pins.show(ANN, view.pin.id)).status is PinStatus.ACTIVE
    assert (await room.told())[2:] == [(NoticeKind.RETURNED, "U1")]


async def test_another_speaker_is_asked_about_and_confirmed_with_one_click(room: Room) -> None:
    name = await room.put(TEXT, Mark(0, len(TEXT), Speaker("MAYOR")))
    start = TEXT.index(WORDS)
    view = await room.pins.pin(ANN, PassageRef(name, 1, start, start + len(WORDS)))
    await room.put(TEXT + "More.\n", Mark(0, len(TEXT), Speaker("CLERK")))
    await room.follower.follow()
    moved = await room.pins.show(ANN, view.pin.id)
    assert (moved.status, moved.pin.doubt, moved.pin.at.version) == (PinStatus.MOVED, Doubt.SPEAKER, 1)
    with pytest.raises(BadRequest):
        await room.pins.verify(EVE, view.pin.id)
    confirmed = await room.pins.confirm(ANN, view.pin.id)
    assert (confirmed.status, confirmed.pin.at.version) == (PinStatus.ACTIVE, 2)
    assert confirmed.pin.snapshot.speaker == Speaker("CLERK")
    with pytest.raises(BadRequest):
        await room.pins.confirm(ANN, view.pin.id)


async def test_another_reading_of_the_same_bytes_is_silent_also_with_other_signs(room: Room) -> None:
    name = await room.put(TEXT.replace("another", "an-\nother"), raw=b"same")
    start = TEXT.index(WORDS)
    view = await room.pins.pin(ANN, PassageRef(name, 1, start, start + len(WORDS) + 2))
    await room.put("[Page 1]\n\n" + TEXT, raw=b"same")
    await room.follower.follow()
    after = await room.pins.show(ANN, view.pin.id)
    assert (after.status, after.pin.quote, await room.told()) == (PinStatus.ACTIVE, WORDS, [])


async def test_removal_orphans_visibly_and_purge_erases(room: Room) -> None:
    view = await room.pinned()
    await room.store.archive.remove_source(room.source.id)
    assert (await room.pins.show(BOB, view.pin.id)).status is PinStatus.ORPHAN  # before the follower came
    await room.follower.follow()
    assert (await room.pins.show(BOB, view.pin.id)).pin.doubt is Doubt.REMOVED
    assert await room.told() == [(NoticeKind.ORPHANED, "U1")]
    await room.store.archive.purge_source(room.source.id)
    with pytest.raises(NotAllowed):
        await room.pins.show(ANN, view.pin.id)
    assert await room.told() == []


async def test_expiry_is_told_once(room: Room, tmp_path: Path) -> None:
    view = await room.pinned(expires=NOON + timedelta(days=1))
    with pytest.raises(BadRequest):
        await room.pins.expire(ANN, view.pin.id, NOON)
    later = Follower(room.store.archive, room.store.pins, room.store.shares, lambda: NOON + timedelta(days=2))
    await later.follow()
    await later.follow()
    assert await room.told() == [(NoticeKind.EXPIRED, "U1")]


async def test_files_go_out_and_come_in_again(room: Room) -> None:
    view = await room.pinned(note="=1+1", story="Bridge", tags=["river"])
    for form, has in (
        (ExportForm.MARKDOWN, b"> We will not wait"),
        (ExportForm.CSV, b"'=1+1"),
        (ExportForm.DOCX, b"PK"),
        (ExportForm.JSON, view.pin.snapshot.text_sha256.encode()),
    ):
        assert has in await room.files.export(BOB, PinFilter(story="bridge"), form)
    data = json.loads(await room.files.export(ANN, PinFilter(), ExportForm.JSON))
    assert (await room.files.take_in(BOB, json.dumps(data).encode())).known == 1
    await room.pins.unpin(ANN, view.pin.id)
    assert (await room.files.take_in(BOB, json.dumps(data).encode())).pins == 1
    (mine,) = (await room.pins.list(BOB)).views
    assert (mine.pin.quote, mine.pin.owner, mine.status, mine.pin.verifier) == (WORDS, "U2", PinStatus.ACTIVE, None)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("document",), "../x"),
        (("version",), 0),
        (("version",), "1"),
        (("selector", 0, "exact"), "other"),
        (("selector", 0, "exact"), 7),
        (("selector", 1, "start"), -1),
        (("snapshot", "speaker"), {"label": 1, "person": None, "certainty": "record"}),
        (("snapshot", "text_sha256"), "x"),
        (("snapshot", "added"), "2024-05-01"),
        (("tags",), "river"),
        (("expires",), "soon"),
        (("note",), None),
        (("document",), "0" * 32),
    ],
)
async def test_a_file_that_is_not_one_takes_nothing_in(room: Room, path: tuple[Any, ...], value: object) -> None:
    await room.pinned()
    data = json.loads(await room.files.export(ANN, PinFilter(), ExportForm.JSON))
    place = data["pins"][0]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(BadRequest):
        await room.files.take_in(BOB, json.dumps(data).encode())
    assert (await room.pins.list(ANN)).total == 1


async def test_words_that_do_not_stand_so_come_in_as_an_orphan_and_closed_documents_not_at_all(room: Room) -> None:
    view = await room.pinned(source=room.closed)
    data = json.loads(await room.files.export(ANN, PinFilter(), ExportForm.JSON))
    with pytest.raises(BadRequest):
        await room.files.take_in(BOB, json.dumps(data).encode())
    pin = data["pins"][0]
    pin["selector"][0]["exact"] = WORDS.replace("not", "now")
    found = await room.files.take_in(EVE, json.dumps(data).encode())
    assert (found.pins, found.orphans) == (1, 1)
    (orphan,) = (await room.pins.list(EVE, PinFilter(owner="U3"))).views
    assert (orphan.status, orphan.pin.doubt) == (PinStatus.ORPHAN, Doubt.UNPROVED)
    assert view.pin.id != orphan.pin.id
