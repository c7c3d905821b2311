"""Recent questions and feedback over a real SQLite file."""

import sqlite3
import traceback
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreUnavailable
from bot.store import Store, open_store
from bot.store.asking import MOST_RECENT, Opinion
from bot.store.edits import Edit, Fact
from bot.store.sources import SourceRecord
from bot.store.tasks import Queue, Task
from tests.contracts.archive import NOON, a_document, a_reading, a_source


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/quotedesk.db", tmp_path)
    yield store
    await store.close()


async def test_the_newest_questions_come_first_each_once_as_it_was_asked_last(store: Store) -> None:
    for minute, question in enumerate(("tide", "harbor", "Tide ", "ferry")):
        await store.recent.add("local", "U1", question, NOON + timedelta(minutes=minute))
    assert await store.recent.of("local", "U1") == ["ferry", "Tide ", "harbor"]


async def test_only_so_many_are_kept(store: Store) -> None:
    for number in range(MOST_RECENT + 5):
        await store.recent.add("local", "U1", f"tide {number}", NOON + timedelta(minutes=number))
    kept = await store.recent.of("local", "U1")
    assert (len(kept), kept[0], kept[-1]) == (MOST_RECENT, "tide 24", "tide 5")


async def test_a_failure_tells_no_question(tmp_path: Path, store: Store) -> None:
    with closing(sqlite3.connect(tmp_path / "quotedesk.db")) as database:
        for table in ("recent_questions", "pins"):
            database.execute(f"DROP TABLE {table}")
    for asked in (
        store.recent.add("local", "U1", "who was the whistleblower", NOON),
        store.pins.get("local", "who was the whistleblower"),
    ):
        with pytest.raises(StoreUnavailable) as failed:
            await asked
        assert "whistleblower" not in "".join(traceback.format_exception(failed.value))


async def test_recent_questions_are_their_askers_alone(store: Store) -> None:
    for workspace, asker in (("local", "U1"), ("local", "U2"), ("other", "U1")):
        await store.recent.add(workspace, asker, f"{workspace} {asker}", NOON)
    assert await store.recent.of("local", "U1") == ["local U1"]
    assert await store.recent.clear("local", "U1") == 1
    assert await store.recent.of("local", "U1") == []
    assert await store.recent.of("local", "U2") == ["local U2"]
    assert await store.recent.of("other", "U1") == ["other U1"]


async def added(store: Store, name: str, text: str) -> tuple[SourceRecord, Opinion]:
    """A source with one document, and an opinion of its first word."""
    source = a_source(name)
    await store.archive.add_source(source)
    document = a_document(source, f"{name}.txt", text)
    await store.archive.record(source, [a_reading(f"{name}.txt", document)])
    opinion = Opinion("local", "tide", document.id, 1, f"{document.id}:1:0-4", useful=False, who="U1", at=NOON)
    return source, opinion


async def rows(store: Store, *sources: SourceRecord) -> list[Task]:
    return list(await store.tasks.rows("local", [source.id for source in sources], Queue.FEEDBACK, 10, 0))


async def test_a_person_has_one_opinion_of_a_passage_as_an_answer_and_may_change_it(store: Store) -> None:
    source, opinion = await added(store, "one", "Tide.")
    await store.feedback.add(opinion)
    await store.feedback.add(replace(opinion, useful=True, question=" TIDE", at=NOON + timedelta(hours=1)))
    await store.feedback.add(replace(opinion, who="U2"))
    (task,) = await rows(store, source)
    assert (task.title, task.useful, task.not_asked, task.askers) == ("tide", 1, 1, ("U2", "U1"))
    assert (task.passage, task.source_id, task.at) == (opinion.passage, source.id, NOON)


async def test_opinions_of_nobody_in_particular_add_up(store: Store) -> None:
    source, opinion = await added(store, "one", "Tide.")
    for _ in range(3):
        await store.feedback.add(replace(opinion, who=None))
    (task,) = await rows(store, source)
    assert (task.not_asked, task.askers) == (3, ())


async def test_feedback_is_seen_and_dismissed_only_as_far_as_sources_reach(store: Store) -> None:
    open_one, first = await added(store, "one", "Tide.")
    limited, second = await added(store, "two", "Tide.")
    await store.feedback.add(first)
    await store.feedback.add(replace(second, useful=True))
    assert [task.source_id for task in await rows(store, open_one)] == [open_one.id]
    assert (await store.tasks.counts("local", [open_one.id]))[Queue.FEEDBACK] == 1
    assert [task.not_asked for task in await rows(store, open_one, limited)] == [1, 0]  # what was not asked first
    assert await store.feedback.dismiss("local", [open_one.id], "Tide") == 1
    assert [task.source_id for task in await rows(store, open_one, limited)] == [limited.id]
    assert await store.feedback.dismiss("local", [limited.id], "tide", "another:1:0-4") == 0
    assert await store.feedback.dismiss("other", [limited.id], "tide", second.passage) == 0
    assert await store.feedback.dismiss("local", [limited.id], "tide", second.passage) == 1
    assert await rows(store, open_one, limited) == []


async def test_the_document_is_named_as_a_person_named_it_and_one_that_is_gone_waits_no_more(store: Store) -> None:
    source, opinion = await added(store, "one", "Tide.")
    await store.feedback.add(opinion)
    await store.archive.edit(opinion.document_id, [Edit(opinion.document_id, Fact.TITLE, "By hand", "U1", NOON)])
    assert [task.location for task in await rows(store, source)] == ["By hand"]
    await store.archive.remove_source(source.id)
    assert await rows(store, source) == []
