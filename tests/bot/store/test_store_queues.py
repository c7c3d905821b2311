"""The queues over a real SQLite file."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import Store, open_store
from bot.store.edits import Edit, Fact
from bot.store.sources import SourceRecord
from bot.store.tasks import Queue, Task
from sources.document import Origin, PartialDate
from sources.port import Refused, Trouble
from tests.contracts.archive import NOON, a_document, a_reading, a_source

PAGE = "https://example.org/a"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)
    yield store
    await store.close()


async def added(store: Store, name: str, workspace_id: str = "local", **texts: str) -> SourceRecord:
    source = a_source(name, workspace_id)
    await store.archive.add_source(source)
    for location, text in texts.items():
        await store.archive.record(source, [a_reading(location, a_document(source, location, text))])
    return source


async def rows(store: Store, queue: Queue, *sources: SourceRecord, limit: int = 10, offset: int = 0) -> list[Task]:
    found = await store.tasks.rows("local", [source.id for source in sources], queue, limit, offset)
    return list(found)


async def test_undated_are_those_that_neither_their_source_nor_a_person_dates(store: Store) -> None:
    source = await added(store, "one", a="First.", b="Second.", c="Third.")
    first, second, _ = await store.archive.documents(source.id)
    dated = replace(first, text="First.", published=PartialDate.parse("2019"))
    await store.archive.record(source, [a_reading("a", dated, raw=b"2")])
    by_hand = [
        Edit(second.id, Fact.PUBLISHED, PartialDate.parse("2019-07", Origin.EDITED), "U1", NOON),
        Edit(second.id, Fact.TITLE, "By hand", "U1", NOON),
    ]
    await store.archive.edit(second.id, by_hand)
    (task,) = await rows(store, Queue.UNDATED, source)
    assert (task.title, task.location, task.source_id) == ("Record of c", "c", source.id)
    await store.archive.edit(second.id, [], [Fact.PUBLISHED])
    assert [task.title for task in await rows(store, Queue.UNDATED, source)] == ["By hand", "Record of c"]


async def test_duplicates_have_the_same_text_now_in_live_documents_of_the_given_sources(store: Store) -> None:
    one = await added(store, "one", a="Same.", b="Other.")
    two = await added(store, "two", c="Same.", d="Same.")
    await added(store, "three", "elsewhere", e="Same.")
    (task,) = await rows(store, Queue.DUPLICATE, one, two)
    assert task.document_id is not None
    assert sorted([task.title, *(twin.title for twin in task.twins)]) == ["Record of a", "Record of c", "Record of d"]
    assert await rows(store, Queue.DUPLICATE, one) == []
    await store.archive.record(two, [a_reading("d", a_document(two, "d", "Not the same."), raw=b"2")])
    assert len((await rows(store, Queue.DUPLICATE, one, two))[0].twins) == 1
    await store.archive.forget(two.id, ["c"])
    assert await rows(store, Queue.DUPLICATE, one, two) == []


async def test_dead_links_and_unreadable_items_are_apart(store: Store) -> None:
    source = await added(store, "one")
    dead = Refused(PAGE, "Nothing is there.", trouble=Trouble.DEAD)
    held = Refused("https://example.org/b", "It shrank.", trouble=Trouble.HELD_BACK)
    for _ in range(2):
        await store.archive.refuse(source, [dead, held, Refused("c.jpg", "It is a picture.")], {}, "x/1")
    (link,) = await rows(store, Queue.DEAD_LINK, source)
    assert (link.title, link.problem, link.times, link.held_back) == (PAGE, "Nothing is there.", 2, False)
    kept, picture = sorted(await rows(store, Queue.UNREADABLE, source), key=lambda task: not task.held_back)
    assert (kept.title, kept.held_back) == ("https://example.org/b", True)
    assert (picture.title, picture.held_back) == ("c.jpg", False)


async def test_questions_are_counted_together_whatever_their_capitals_and_blanks(store: Store) -> None:
    asked = (("Élan  vital", "U1"), ("élan vital", "U2"), ("ÉLAN VITAL", "U2"), ("bridges", None))
    for minutes, (question, asker) in enumerate(asked):
        await store.unanswered.add("local", question, asker, NOON + timedelta(minutes=minutes))
    await store.unanswered.add("elsewhere", "bridges", "U9", NOON)
    often, once = await rows(store, Queue.UNANSWERED)
    assert (often.title, often.times, often.askers) == ("ÉLAN VITAL", 3, ("U2", "U1"))
    assert often.at == NOON + timedelta(minutes=2)
    assert (once.title, once.times, once.askers) == ("bridges", 1, ())
    assert await store.unanswered.dismiss("local", " élan vital") == 3
    assert [task.title for task in await rows(store, Queue.UNANSWERED)] == ["bridges"]


async def test_counts_are_those_of_the_rows_and_pages_follow_each_other(store: Store) -> None:
    source = await added(store, "one", a="Same.", b="Same.", c="Third.")
    await store.archive.refuse(source, [Refused("d", "It is locked.")], {}, "x/1")
    await store.unanswered.add("local", "bridges", None, NOON)
    assert await store.tasks.counts("local", [source.id]) == {
        Queue.UNDATED: 3,
        Queue.UNREADABLE: 1,
        Queue.DUPLICATE: 1,
        Queue.DEAD_LINK: 0,
        Queue.UNANSWERED: 1,
        Queue.FEEDBACK: 0,
    }
    assert (await store.tasks.counts("local", []))[Queue.UNDATED] == 0
    pages = [(await rows(store, Queue.UNDATED, source, limit=1, offset=n))[0].title for n in range(3)]
    assert pages == ["Record of a", "Record of b", "Record of c"]
