"""What an answer waits for: each statement finds its rows by an index, however many documents there are."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Generator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.store import Store, open_store
from bot.store.packed_marks import PackedMarks
from bot.store.pins import Deed
from sources.document import Cue, Heading, Mark, Page, Speaker, marks_of
from sources.wire import pack_marks
from tests.contracts.archive import NOON, a_document, a_reading, a_source
from tests.contracts.pins import a_pin, made

FILE = "quotedesk.db"
MARKS = (
    Mark(0, 4, Page(1, '{"kind":"cue"')),
    Mark(0, 4, Speaker('a "cue": {"kind":"heading"')),
    Mark(4, 8, Page(2)),
    Mark(4, 8, Cue(1.5)),
)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/{FILE}", tmp_path)
    yield store
    await store.close()


@contextmanager
def statements() -> Generator[list[tuple[str, Any]]]:
    """All that is asked of any database meanwhile."""
    asked: list[tuple[str, Any]] = []

    def listen(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", listen)


def plans(file: Path, asked: list[tuple[str, Any]]) -> list[str]:
    """How SQLite would go about each."""
    with closing(sqlite3.connect(file)) as connection:
        return [row[3] for one in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {one[0]}", one[1])]


async def test_no_answer_reads_all_documents(store: Store, tmp_path: Path) -> None:
    source = a_source()
    await store.archive.add_source(source)
    ids: list[str] = []
    for number in range(3):
        document = a_document(source, f"{number}.txt", f"Words of {number}.")
        await store.archive.record(source, [a_reading(f"{number}.txt", document)])
        ids.append(document.id)

    with statements() as asked:
        _, versions = await store.archive.evidence("local", [(ids[0], 1), (ids[2], 1), (ids[2], 7)])
        newest = await store.archive.version("local", ids[1])
        await store.recent.add("local", "U1", "tide", NOON)
        await store.deliveries.first("local", "Ev1", NOON)

    assert sorted(versions) == sorted([(ids[0], 1), (ids[2], 1)])
    assert newest is not None
    found = plans(tmp_path / FILE, asked)
    assert any("SEARCH documents" in plan for plan in found)
    assert not [plan for plan in found if plan.startswith(("SCAN documents", "SCAN versions"))]


async def test_standing_pins_are_the_active_ones_of_a_workspace_with_all_the_words(store: Store) -> None:
    pins = [
        a_pin("p1"),
        a_pin("p2", quote="Ten fluids"),
        a_pin("p3", workspace_id="elsewhere"),
        a_pin("p4", expires=NOON),
        a_pin("p5", unpinned=NOON),
        a_pin("p6", source_id="limited", verifier="U2", verified=NOON),
    ]
    await store.pins.add(pins, [made(pin) for pin in pins])
    for words, names in (("flooding roe", ["p6", "p1"]), ("", ["p6", "p1", "p2"]), ("flood drought", [])):
        assert [pin.id for pin in await store.pins.standing("local", words, NOON, 0, 9)] == names
        assert [pin.id for pin in await store.pins.standing("local", words, NOON, 1, 1)] == names[1:2]


async def test_standing_pins_are_those_that_have_the_words_now(store: Store) -> None:
    pin = a_pin("p1")
    await store.pins.add([pin], [made(pin)])
    noted = await store.pins.alter(replace(pin, note="of the harbor"), made(pin, Deed.EDITED))
    assert [one.id for one in await store.pins.standing("local", "harbor flood", NOON, 0, 9)] == ["p1"]
    await store.pins.alter(replace(noted, note="", story="Coast"), made(pin, Deed.EDITED))
    assert not await store.pins.standing("local", "harbor", NOON, 0, 9)
    assert len(await store.pins.standing("local", "coast", NOON, 0, 9)) == 1


async def test_a_question_finds_its_pins_by_their_words_alone(store: Store, tmp_path: Path) -> None:
    with statements() as asked:
        await store.pins.standing("local", "flood of waters", NOON, 0, 9)
    found = [plan for plan in plans(tmp_path / FILE, asked) if " pin" in plan]
    assert found
    assert all("(id=?)" in plan or "stem=?" in plan for plan in found)


async def test_purged_pins_leave_no_words(store: Store, tmp_path: Path) -> None:
    source = a_source()
    await store.archive.add_source(source)
    await store.archive.record(source, [a_reading("a.txt", a_document(source, "a.txt", "Ten floods."))])
    pin = a_pin("p1", source_id=source.id)
    await store.pins.add([pin], [made(pin)])
    await store.archive.remove_source(source.id)
    await store.archive.purge_source(source.id)
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        assert connection.execute("SELECT count(*) FROM pin_stems").fetchone() == (0,)


@pytest.mark.parametrize("kinds", [(Page, Cue), (Speaker,), (Heading,), (Heading, Cue)])
def test_packed_marks_tell_of_a_kind_what_the_marks_themselves_do(kinds: tuple[Any, ...]) -> None:
    packed = PackedMarks(pack_marks(MARKS))
    assert list(marks_of(packed, *kinds)) == list(marks_of(MARKS, *kinds))
    assert list(marks_of(PackedMarks("[]"), *kinds)) == []


async def test_small_writes_of_one_moment_are_all_kept(store: Store) -> None:
    await asyncio.gather(
        *(store.recent.add("local", f"U{number}", "tide", NOON) for number in range(12)),
        *(store.deliveries.first("local", f"Ev{number}", NOON) for number in range(12)),
    )
    assert [await store.recent.of("local", f"U{number}") for number in range(12)] == [["tide"]] * 12
    assert not any([await store.deliveries.first("local", f"Ev{number}", NOON) for number in range(12)])
