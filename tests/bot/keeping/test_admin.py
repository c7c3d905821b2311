"""What admins do, with the real parts: correct, work off, pause, erase; and what others may not."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.build import Application, build
from bot.config import Config
from bot.errors import BadRequest, NotAllowed
from bot.roles import LOCAL, Person, operator
from bot.store.edits import Fact
from bot.store.tasks import Queue
from index.port import Access
from sources.document import Document, Origin, PartialDate

BRIDGE = "The old bridge was closed on Monday. Engineers said that the river had undermined it.\n"
HEARING = "CHAIR: The committee will come to order.\n\nMS. DOE: Thank you, I will be brief about the bridge.\n"
REPORTER = Person(LOCAL, "U1")
EDITOR = Person(LOCAL, "U2", admin=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "town"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    (folder / "hearing.txt").write_text(HEARING)
    return folder


@pytest.fixture
async def app(tmp_path: Path, folder: Path) -> AsyncIterator[Application]:
    """An application that has read the folder as “town”."""
    async with await build(Config.model_validate({"quotedesk_home": tmp_path / "home"})) as app:
        await app.holdings.add(operator(), str(folder), name="town")
        yield app


async def document(app: Application, location: str = "bridge.txt", name: str = "town") -> Document:
    (record,) = [one for one in await app.store.archive.sources() if one.name == name]
    (found,) = [one for one in await app.store.archive.documents(record.id) if one.location == location]
    return found


async def audited(app: Application) -> list[tuple[str, str, str]]:
    return [(one.actor, one.action, one.detail) for one in await app.store.audit.entries(LOCAL, 3)]


async def total(app: Application, question: str) -> int:
    return (await app.desk.answer(operator(), question)).total


async def test_an_edit_is_searched_shown_audited_and_outlives_a_refresh(app: Application, folder: Path) -> None:
    name = (await document(app)).id
    values = {Fact.TITLE: " Bridge  closed ", Fact.PUBLISHED: "Dec. 5, 2019", Fact.SPEAKER: "Ann Roe"}
    view = await app.admin.edit(EDITOR, name, values)
    assert view.speaker == "Ann Roe"
    assert await audited(app) == [
        ("U2", "edit document", "set title, published, speaker"),
        ("cli", "add source", str(folder)),
    ]
    (folder / "bridge.txt").write_text(BRIDGE + "It opened again.\n")
    await app.holdings.refresh(operator())
    (card,) = (await app.desk.answer(REPORTER, 'speaker:"Ann Roe" opened on:2019-12-05')).cards
    assert card.document.title == "Bridge closed"
    assert card.document.published == PartialDate.parse("2019-12-05", Origin.EDITED)
    assert card.speaker is not None
    assert card.speaker.label == "Ann Roe"
    view = await app.admin.edit(EDITOR, name, {Fact.SPEAKER: None, Fact.PUBLISHED: None, Fact.PUBLISHER: None})
    assert [edit.fact for edit in view.edits] == [Fact.TITLE]
    assert await total(app, "speaker:Roe opened") == 0
    assert (await audited(app))[0] == ("U2", "edit document", "took back published, speaker")


async def test_a_form_sent_back_as_it_was_sets_nothing(app: Application) -> None:
    name = (await document(app)).id
    await app.admin.edit(EDITOR, name, {Fact.TITLE: "Bridge", Fact.PUBLISHED: "2019-12", Fact.SPEAKER: "Ann Roe"})
    head = await app.store.archive.head()
    same = {Fact.TITLE: "Bridge", Fact.PUBLISHED: "December 2019", Fact.SPEAKER: "Ann Roe", Fact.PUBLISHER: None}
    await app.admin.edit(EDITOR, name, same)
    assert await app.store.archive.head() == head


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({Fact.TITLE: "New", Fact.PUBLISHED: "06/07/2019"}, "is no date"),
        ({Fact.PUBLISHED: "soon"}, "is no date"),
        ({Fact.TITLE: "  "}, "is empty"),
        ({Fact.PUBLISHER: "x" * 501}, "too long"),
        ({Fact.SPEAKER: "A\u202eB"}, "can't be shown"),
    ],
)
async def test_an_edit_that_can_t_be_taken_says_why_and_changes_nothing(
    app: Application, values: dict[Fact, str | None], sentence: str
) -> None:
    name = (await document(app)).id
    with pytest.raises(BadRequest, match=sentence):
        await app.admin.edit(EDITOR, name, values)
    assert await app.store.archive.edits(LOCAL, name) == []


async def test_where_the_record_names_its_speakers_none_is_set_by_hand(app: Application) -> None:
    hearing = await document(app, "hearing.txt")
    assert (await app.admin.document(EDITOR, hearing.id)).has_turns
    with pytest.raises(BadRequest, match="turn by turn"):
        await app.admin.edit(EDITOR, hearing.id, {Fact.SPEAKER: "Ann Roe"})


async def test_only_admins_and_only_what_they_may_read(app: Application, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("The sealed memo names the bridge.\n")
    await app.holdings.add(operator(), str(tmp_path / "secret.txt"), name="sealed", visible_to=frozenset({"G1"}))
    sealed = await document(app, "secret.txt", "sealed")
    admin = app.admin
    for attempt in (
        admin.show(REPORTER, "town"),
        admin.queues(REPORTER),
        admin.queue(REPORTER, Queue.UNDATED),
        admin.dismiss(REPORTER, "x"),
        admin.document(REPORTER, sealed.id),
        admin.edit(REPORTER, sealed.id, {}),
        admin.diff(REPORTER, sealed.id),
        admin.generations(REPORTER),
        app.holdings.pause(REPORTER, "town"),
        app.holdings.resume(REPORTER, "town"),
        app.holdings.take(REPORTER, "town", "bridge.txt"),
        app.holdings.purge(REPORTER, "town"),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    assert (await admin.queues(EDITOR))[Queue.UNDATED] == 2
    assert (await admin.queues(operator()))[Queue.UNDATED] == 3
    for attempt in (admin.show(EDITOR, "sealed"), admin.document(EDITOR, sealed.id), admin.diff(EDITOR, sealed.id)):
        with pytest.raises(BadRequest):
            await attempt
    with pytest.raises(BadRequest):
        await app.holdings.purge(EDITOR, "sealed")
    assert (await admin.document(replace(EDITOR, memberships=frozenset({"G1"})), sealed.id)).stored.number == 1


async def test_questions_without_an_answer_wait_in_a_queue(app: Application) -> None:
    for question in ("elephants", "Elephants", "bridge"):
        await app.searches.note(REPORTER, await app.desk.answer(REPORTER, question))
    (task,) = (await app.admin.queue(EDITOR, Queue.UNANSWERED)).tasks
    assert (task.title, task.times, task.askers) == ("Elephants", 2, ("U1",))
    assert await app.admin.dismiss(EDITOR, "elephants") == 2
    assert (await app.admin.queues(EDITOR))[Queue.UNANSWERED] == 0


async def test_a_queue_is_read_page_by_page(app: Application) -> None:
    first = await app.admin.queue(EDITOR, Queue.UNDATED, limit=1)
    second = await app.admin.queue(EDITOR, Queue.UNDATED, limit=1, cursor=first.cursor)
    assert {task.title for page in (first, second) for task in page.tasks} == {"bridge.txt", "hearing.txt"}
    assert (second.cursor, set(first.sources.values())) == (None, {"town"})
    for cursor in ("x", "-1", "²", "9" * 30):
        with pytest.raises(BadRequest):
            await app.admin.queue(EDITOR, Queue.UNDATED, cursor=cursor)


async def test_what_changed_is_told_between_any_two_versions(app: Application, folder: Path) -> None:
    name = (await document(app)).id
    with pytest.raises(BadRequest, match="one version"):
        await app.admin.diff(EDITOR, name)
    (folder / "bridge.txt").write_text(BRIDGE.replace("old", "new"))
    await app.holdings.refresh(operator())
    found = await app.admin.diff(EDITOR, name)
    assert (found.old, found.new) == (1, 2)
    assert "".join(text for what, text in found.hunks[0].pieces if what == "added").strip() == "new"
    assert (await app.admin.diff(EDITOR, name, 2, 2)).hunks == ()
    with pytest.raises(BadRequest, match="no version 9"):
        await app.admin.diff(EDITOR, name, 9, 2)


async def test_a_paused_source_is_left_alone_and_stays_searchable(app: Application, folder: Path) -> None:
    assert (await app.holdings.pause(EDITOR, "town")).paused
    (folder / "bridge.txt").write_text("Elephants crossed.\n")
    assert await app.holdings.refresh(EDITOR) == []
    with pytest.raises(BadRequest, match="resume"):
        await app.holdings.refresh(EDITOR, "town")
    assert (await total(app, "undermined"), await total(app, "elephants")) == (1, 0)
    assert (await app.admin.show(EDITOR, "town")).state.record.paused
    await app.holdings.resume(EDITOR, "town")
    await app.holdings.refresh(EDITOR)
    assert (await total(app, "undermined"), await total(app, "elephants")) == (0, 1)


async def test_a_removed_source_is_gone_from_search_suggestions_and_counts_at_once(app: Application) -> None:
    (record,) = await app.store.archive.sources()
    everything = Access(LOCAL, frozenset({record.id}))
    assert "undermined" in await app.engine.suggest("underm", everything)
    await app.holdings.remove(EDITOR, "town")
    assert await total(app, "bridge") == 0
    assert list(await app.engine.suggest("underm", everything)) == []
    assert await app.desk.sources(operator()) == ()
    assert set((await app.admin.queues(operator())).values()) <= {0, 1}  # the question just asked
    live = (await app.engine.status()).live
    assert live is not None
    assert (live.documents, live.passages) == (0, 0)


async def test_a_purge_leaves_no_word_on_the_disk_but_the_audit(app: Application, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text(BRIDGE)  # the same bytes in another source
    await app.holdings.add(operator(), str(tmp_path / "kept.txt"), name="kept")
    await app.admin.edit(EDITOR, (await document(app, "hearing.txt")).id, {Fact.TITLE: "Whispered"})
    await app.holdings.reindex(operator(), full=True)
    await app.holdings.remove(EDITOR, "town")

    purged = await app.holdings.purge(EDITOR, "town")

    assert purged.documents == 2
    for word in (b"committee", b"brief", b"Whispered"):
        assert [path for path in (tmp_path / "home").rglob("*") if path.is_file() and word in path.read_bytes()] == []
    assert await total(app, "undermined") == 1  # the other source's
    with sqlite3.connect(tmp_path / "home" / "quotedesk.sqlite") as database:
        (raw,) = database.execute("SELECT raw_sha256 FROM snapshots").fetchone()
    database.close()
    assert await app.store.snapshots.read(raw) == BRIDGE.encode()
    assert (await audited(app))[:2] == [("U2", "purge source", "2 documents"), ("U2", "remove source", "2 documents")]
    with pytest.raises(BadRequest, match="nor was one removed"):
        await app.holdings.purge(EDITOR, "town")


async def test_files_that_were_handed_in_are_erased_with_their_source(app: Application, tmp_path: Path) -> None:
    kept = await app.uploads.hold(EDITOR, "memo.txt", b"The memo names the bridge.\n")
    await app.uploads.keep(EDITOR, kept.id)
    await app.uploads.hold(EDITOR, "later.txt", b"Nobody has decided about this.\n")
    await app.holdings.purge(EDITOR, "Uploads")
    left = [path.name for path in (tmp_path / "home" / "uploads").rglob("*") if path.is_file()]
    assert left == ["later.txt"]
    await app.holdings.purge(EDITOR, "town")
    assert (tmp_path / "town" / "bridge.txt").is_file()  # the newsroom's own files are not ours to erase


async def test_the_generations_tell_which_is_live_and_how_far_the_other_is_behind(app: Application) -> None:
    await app.holdings.reindex(operator(), full=True)
    await app.admin.edit(EDITOR, (await document(app)).id, {Fact.TITLE: "Bridge"})
    live, previous = await app.admin.generations(EDITOR)
    assert (live.live, live.behind) == (True, 0)
    assert (previous.live, previous.behind) == (False, 1)
    assert (await app.holdings.rollback(EDITOR)).generation == previous.stamp.generation
    assert (await app.desk.answer(REPORTER, "undermined")).cards[0].document.title == "Bridge"
