"""What every `bot.store.archive.Archive` must do. A subclass gives the `archive` fixture."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.errors import AlreadyThere, BadRequest
from bot.store.archive import Archive
from bot.store.edits import Edit, Fact
from bot.store.readings import Known, Outcome, Reading, SourceCount
from bot.store.sources import SourceRecord
from index.port import Change
from sources.document import Cue, Document, Heading, Mark, Origin, Page, PartialDate, Raw, Speaker, document_id
from sources.port import Refused, Trouble

NOON = datetime(2024, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)


def a_source(name: str = "hearings", workspace_id: str = "local") -> SourceRecord:
    return SourceRecord(f"{workspace_id}-{name}", workspace_id, name, "folder", f"/records/{name}", NOON)


def a_document(source: SourceRecord, location: str, text: str, marks: Sequence[Mark] = ()) -> Document:
    return Document(
        id=document_id(source.workspace_id, source.id, location),
        workspace_id=source.workspace_id,
        source_id=source.id,
        location=location,
        text=text,
        added=NOON,
        marks=tuple(marks),
        title=f"Record of {location}",
    )


def a_reading(location: str, *documents: Document, raw: bytes = b"raw", extractor: str = "plain 1") -> Reading:
    content = Raw(location, raw, "text/plain", NOON)
    return Reading(location, f"seen {len(raw)}", extractor, content, documents)


async def recorded(archive: Archive, source: SourceRecord, *readings: Reading) -> list[Outcome]:
    return list((await archive.record(source, readings)).values())


class ArchiveContract:
    async def test_older_versions_with_another_text_are_told_newest_first(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        texts = ("One.", "Two.", "Two.", "Three.")
        for number, text in enumerate(texts):
            document = a_document(source, "a.txt", text)
            await recorded(archive, source, a_reading("a.txt", document, raw=b"raw %d" % number))
        (name,) = await archive.live_ids()
        older = await archive.superseded([name, "unheard of"])
        assert [(one.document.text, one.document.title) for one in older] == [
            ("Two.", "Record of a.txt"),
            ("One.", "Record of a.txt"),
        ]
        assert [one.version for one in older] == sorted((one.version for one in older), reverse=True)

    async def test_a_text_that_came_back_is_not_superseded_nor_is_that_of_a_removed_document(
        self, archive: Archive
    ) -> None:
        source = a_source()
        await archive.add_source(source)
        for number, text in enumerate(("One.", "Two.", "One.")):
            document = a_document(source, "a.txt", text)
            await recorded(archive, source, a_reading("a.txt", document, raw=b"raw %d" % number))
        (name,) = await archive.live_ids()
        assert [one.document.text for one in await archive.superseded([name])] == ["Two."]
        await archive.remove_source(source.id)
        assert await archive.superseded([name]) == []

    async def test_the_versions_are_told_without_their_texts_also_of_what_is_gone(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        for text in ("One.", "Two."):
            document = a_document(source, "a.txt", text)
            await recorded(archive, source, a_reading("a.txt", document, raw=text.encode()))
        (name,) = await archive.live_ids()
        history = await archive.history("local", name)
        assert history is not None
        assert (history.source_id, history.removed) == (source.id, False)
        assert [version.number for version in history.versions] == [2, 1]
        for version in history.versions:
            stored = await archive.version("local", name, version.number)
            assert stored is not None
            for fact in ("raw_sha256", "text_sha256", "extractor", "observed"):
                assert getattr(version, fact) == getattr(stored, fact)
        await archive.remove_source(source.id)
        gone = await archive.history("local", name)
        assert gone is not None
        assert gone.removed
        assert await archive.history("elsewhere", name) is None
        assert await archive.history("local", "unheard of") is None

    async def test_a_new_document_comes_back_as_it_was(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        text = "CHAIR: Order.\n“It wasn’t me,” he said — in 1999.\u2028Naïve 🗞 e\u0301."
        marks = [
            Mark(0, 13, Speaker("CHAIR", "Jo Doe")),
            Mark(0, 5, Page(3, "iii")),
            Mark(1, 9, Cue(0.25, 7.5)),
            Mark(2, 4, Cue(3.0)),
            Mark(0, 2, Heading(2)),
            Mark(0, len(text), PartialDate.parse("2019-12-05", Origin.DERIVED, "2019-12-07")),
        ]
        document = replace(
            a_document(source, "a.txt", text, marks),
            added=NOON.astimezone(timezone(timedelta(hours=-4))),
            publisher="The Record",
            author="A. Writer",
            kind="transcript",
            url="https://example.org/a",
            archived_url="https://archive.example.org/a",
            published=PartialDate.parse("2022-04-28T18:20:00-04:00"),
            modified=PartialDate.parse("2023", Origin.EDITED),
            language="en",
            warnings=("No speaker after the first page.",),
        )
        reading = a_reading("a.txt", document)

        assert await archive.record(source, [reading]) == {document.id: Outcome.NEW}

        stored = await archive.version("local", document.id)
        assert stored is not None
        assert stored.document == document
        assert (stored.number, stored.current, stored.removed) == (1, True, False)
        assert (stored.raw_sha256, stored.text_sha256) == (reading.raw.sha256, document.text_sha256)
        assert (stored.extractor, stored.observed) == ("plain 1", NOON)
        (versioned,) = await archive.current([document.id])
        assert (versioned.document, versioned.version) == (document, 1)
        assert await archive.documents(source.id) == [replace(document, text="", marks=())]
        assert await archive.live_ids() == [document.id]
        assert await archive.known(source.id) == {"a.txt": Known("seen 3", "plain 1")}

    async def test_another_text_of_other_bytes_is_a_new_version(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        before, after = (a_document(source, "a.txt", text) for text in ("Before.", "After."))
        await archive.record(source, [a_reading("a.txt", before, raw=b"1")])

        assert await recorded(archive, source, a_reading("a.txt", after, raw=b"2")) == [Outcome.TEXT]

        first, second = await archive.version("local", after.id, 1), await archive.version("local", after.id, 2)
        assert first is not None
        assert second is not None
        assert (first.document.text, first.current) == ("Before.", False)
        assert (second.document.text, second.current) == ("After.", True)
        assert await archive.version("local", after.id) == second
        assert await archive.version("local", after.id, 3) is None

    async def test_the_same_bytes_with_another_text_were_only_read_anew(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        await archive.record(source, [a_reading("a.txt", a_document(source, "a.txt", "Hy-\nphen"))])

        better = a_reading("a.txt", a_document(source, "a.txt", "Hyphen"), extractor="plain 2")

        assert await recorded(archive, source, better) == [Outcome.REEXTRACTED]
        assert await archive.known(source.id) == {"a.txt": Known("seen 3", "plain 2")}

    async def test_bytes_of_the_last_reading_count_even_if_they_made_no_version(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        same = a_document(source, "a.html", "Words.")
        await archive.record(source, [a_reading("a.html", same, raw=b"with an advertisement")])
        assert await recorded(archive, source, a_reading("a.html", same, raw=b"another")) == [Outcome.UNCHANGED]

        reread = a_reading("a.html", a_document(source, "a.html", "Words!"), raw=b"another", extractor="plain 2")

        assert await recorded(archive, source, reread) == [Outcome.REEXTRACTED]

    async def test_other_facts_are_metadata_and_no_version(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        document = a_document(source, "a.txt", "Words.")
        await archive.record(source, [a_reading("a.txt", document)])

        dated = replace(document, published=PartialDate.parse("2019-07"), added=NOON + timedelta(days=1))

        assert await recorded(archive, source, a_reading("a.txt", dated)) == [Outcome.METADATA]
        stored = await archive.version("local", document.id)
        assert stored is not None
        assert stored.number == 1
        assert stored.document == replace(dated, added=NOON)  # the newsroom got it once
        assert len(await archive.since(0, 10)) == 2

    async def test_other_marks_replace_those_of_the_version_with_their_provenance(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        bare = a_document(source, "a.txt", "DOE: Words.")
        await archive.record(source, [a_reading("a.txt", bare, raw=b"1")])

        marked = a_reading("a.txt", replace(bare, marks=(Mark(0, 11, Speaker("DOE")),)), raw=b"2", extractor="plain 2")

        assert await recorded(archive, source, marked) == [Outcome.METADATA]
        stored = await archive.version("local", bare.id)
        assert stored is not None
        assert stored.document == marked.documents[0]
        assert (stored.number, stored.extractor, stored.raw_sha256) == (1, "plain 2", marked.raw.sha256)

    async def test_reading_the_same_again_changes_nothing_but_what_is_known(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        document = a_document(source, "a.txt", "Words.")
        await archive.record(source, [a_reading("a.txt", document, raw=b"1")])
        before = await archive.version("local", document.id)

        again = a_reading("a.txt", document, raw=b"22", extractor="plain 2")

        assert await recorded(archive, source, again) == [Outcome.UNCHANGED]
        assert await archive.version("local", document.id) == before
        assert await archive.head() == 1
        assert await archive.known(source.id) == {"a.txt": Known("seen 2", "plain 2")}

    async def test_a_part_that_is_gone_is_tombstoned_and_goes_on_when_it_is_back(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        one, two = a_document(source, "f.csv#1", "One."), a_document(source, "f.csv#2", "Two.")
        await archive.record(source, [a_reading("f.csv", one, two, raw=b"1")])

        assert await archive.record(source, [a_reading("f.csv", one, raw=b"2")]) == {
            one.id: Outcome.UNCHANGED,
            two.id: Outcome.REMOVED,
        }
        assert await archive.live_ids() == [one.id]
        assert [versioned.document.id for versioned in await archive.current([one.id, two.id])] == [one.id]
        tombstone = await archive.version("local", two.id)
        assert tombstone is not None
        assert (tombstone.removed, tombstone.document.text) == (True, "Two.")
        assert await recorded(archive, source, a_reading("f.csv", one, raw=b"3")) == [Outcome.UNCHANGED]

        assert (await archive.record(source, [a_reading("f.csv", one, two, raw=b"4")]))[two.id] is Outcome.NEW
        back = await archive.version("local", two.id)
        assert back is not None
        assert (back.number, back.removed, back.current) == (1, False, True)

    async def test_a_document_that_is_back_with_another_text_takes_the_next_number(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        await archive.record(source, [a_reading("a.txt", a_document(source, "a.txt", "Before."))])
        assert await archive.forget(source.id, ["a.txt", "never.txt"]) == 1
        assert await archive.known(source.id) == {}
        assert await archive.forget(source.id, ["a.txt"]) == 0

        after = a_document(source, "a.txt", "After.")

        assert await recorded(archive, source, a_reading("a.txt", after, raw=b"2")) == [Outcome.NEW]
        (versioned,) = await archive.current([after.id])
        assert (versioned.version, versioned.document.text) == (2, "After.")

    async def test_a_document_that_moves_between_items_is_not_gone(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        document = a_document(source, "entry-7", "Words.")
        await archive.record(source, [a_reading("feed-1.xml", document)])

        moved = [a_reading("feed-1.xml"), a_reading("feed-2.xml", document)]

        assert await archive.record(source, moved) == {document.id: Outcome.METADATA}
        assert await recorded(archive, source, a_reading("feed-1.xml")) == []
        assert await archive.forget(source.id, ["feed-2.xml"]) == 1

    async def test_a_batch_is_one_change_each_in_its_order(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        documents = [a_document(source, f"{n}.txt", f"Number {n}.") for n in range(1100)]

        await archive.record(source, [a_reading(one.location, one, raw=one.text.encode()) for one in documents])

        ids = [one.id for one in documents]
        assert await archive.head() == 1100
        assert await archive.since(0, 2000) == [Change(n, name) for n, name in enumerate(ids, 1)]
        assert await archive.since(1098, 1) == [Change(1099, ids[1098])]
        assert await archive.live_ids() == sorted(ids)
        assert {one.document.text for one in await archive.current(ids)} == {one.text for one in documents}
        assert [one.location for one in await archive.documents(source.id)] == sorted(one.location for one in documents)
        assert await archive.forget(source.id, [one.location for one in documents]) == 1100

    async def test_what_is_not_the_sources_is_not_kept(self, archive: Archive) -> None:
        source, other = a_source(), a_source(workspace_id="elsewhere")
        await archive.add_source(source)
        await archive.add_source(other)
        mine, foreign = a_document(source, "a.txt", "Mine."), a_document(other, "b.txt", "Foreign.")
        for readings in (
            [a_reading("a.txt", mine), a_reading("b.txt", foreign)],
            [a_reading("a.txt", mine), a_reading("b.txt", mine)],
            [a_reading("a.txt", mine), a_reading("a.txt")],
        ):
            with pytest.raises(ValueError, match=r"given twice|not of source"):
                await archive.record(source, readings)
        assert await archive.live_ids() == []
        assert await archive.known(source.id) == {}

    async def test_removing_a_source_leaves_tombstones(self, archive: Archive) -> None:
        source, other = a_source(), a_source("memos")
        for one in (source, other):
            await archive.add_source(one)
            await archive.record(one, [a_reading("a.txt", a_document(one, "a.txt", "Words."))])
        gone, kept = (document_id("local", one.id, "a.txt") for one in (source, other))

        assert await archive.remove_source(source.id) == 1

        assert await archive.sources() == [other]
        assert await archive.live_ids() == [kept]
        assert await archive.counts(source.id) == SourceCount(0, 0, 0)
        assert await archive.known(source.id) == {}
        tombstone = await archive.version("local", gone)
        assert tombstone is not None
        assert tombstone.removed
        assert (await archive.since(2, 10))[0] == Change(3, gone)
        assert await archive.remove_source(source.id) == 0
        with pytest.raises(BadRequest):
            await archive.record(source, [a_reading("a.txt", a_document(source, "a.txt", "Words."))])
        with pytest.raises(BadRequest):
            await archive.refuse(source, [Refused("b.pdf", "It is locked.")], {}, "pdf 1")
        with pytest.raises(BadRequest):
            await archive.update_source(source)
        await archive.add_source(replace(source, id="again"))  # its name and place are free again

    async def test_a_name_and_a_place_are_taken_once_in_a_workspace(self, archive: Archive) -> None:
        source, other = a_source(), a_source("memos")
        await archive.add_source(source)
        await archive.add_source(other)
        for taken in (replace(source, id="x", place="/other"), replace(source, id="x", name="other")):
            with pytest.raises(AlreadyThere):
                await archive.add_source(taken)
        with pytest.raises(AlreadyThere):
            await archive.update_source(replace(other, name=source.name))
        assert await archive.sources("local") == [source, other]
        await archive.add_source(a_source(workspace_id="elsewhere"))

    async def test_an_update_is_kept_and_only_visibility_is_an_access_change(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        documents = [a_document(source, name, "Words.") for name in ("a.txt", "b.txt", "c.txt")]
        await archive.record(source, [a_reading(one.location, one) for one in documents])
        await archive.forget(source.id, ["c.txt"])
        before = await archive.head()

        renamed = replace(source, name="minutes", synced=NOON, problem="It is slow.", paused=True, manifest=False)
        await archive.update_source(renamed)
        assert await archive.sources("local") == [renamed]
        assert await archive.head() == before

        limited = replace(renamed, visible_to=frozenset({"C2", "U1", "S3"}))
        await archive.update_source(limited)
        assert await archive.sources("local") == [limited]
        changed = await archive.since(before, 10)
        assert {change.document_id for change in changed} == {one.id for one in documents[:2]}

    async def test_what_cant_be_read_is_kept_and_the_good_version_stays(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        good = a_document(source, "b.pdf", "Words.")
        await archive.record(source, [a_reading("b.pdf", good, raw=b"good")])
        broken = [Refused("b.pdf", "It is damaged."), Refused("a.pdf", "It is locked.")]

        await archive.refuse(source, broken, {"b.pdf": "f2"}, "pdf 1")

        assert await archive.refused(source.id) == [broken[1], broken[0]]
        assert await archive.known(source.id) == {"a.pdf": Known("", "pdf 1"), "b.pdf": Known("f2", "pdf 1")}
        assert await archive.counts(source.id) == SourceCount(documents=1, undated=1, unreadable=2)
        assert await archive.live_ids() == [good.id]

        reread = replace(good, text="Words, better.", published=PartialDate.parse("2020"))
        assert await recorded(archive, source, a_reading("b.pdf", reread, raw=b"good")) == [Outcome.REEXTRACTED]
        assert await archive.forget(source.id, ["a.pdf"]) == 0
        assert await archive.refused(source.id) == []
        assert await archive.counts(source.id) == SourceCount(documents=1, undated=0, unreadable=0)

    async def test_a_workspace_knows_nothing_of_another(self, archive: Archive) -> None:
        ours, theirs = a_source(workspace_id="A"), a_source(workspace_id="B")
        for one in (ours, theirs):
            await archive.add_source(one)
        secret = a_document(ours, "a.txt", "Secret.")
        await archive.record(ours, [a_reading("a.txt", secret)])
        await archive.refuse(ours, [Refused("b.txt", "It is locked.")], {}, "plain 1")

        assert await archive.sources("B") == [theirs]
        assert await archive.version("B", secret.id) is None
        assert await archive.version("B", secret.id, 1) is None
        assert await archive.counts(theirs.id) == SourceCount(0, 0, 0)
        assert (await archive.documents(theirs.id), await archive.refused(theirs.id)) == ([], [])
        assert await archive.known(theirs.id) == {}
        assert await archive.forget(theirs.id, ["a.txt"]) == 0
        with pytest.raises(BadRequest):  # the source is not this workspace's
            await archive.update_source(replace(ours, workspace_id="B"))
        with pytest.raises(BadRequest):
            await archive.refuse(replace(ours, workspace_id="B"), [Refused("a.txt", "No.")], {}, "plain 1")
        stored = await archive.version("A", secret.id)
        assert stored is not None
        assert not stored.removed

    async def test_an_edit_is_laid_over_what_the_source_says_and_outlives_every_reading(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        document = a_document(source, "a.txt", "Words.")
        await archive.record(source, [a_reading("a.txt", document, raw=b"1")])
        day = PartialDate.parse("2019-07", Origin.EDITED)
        edits = [Edit(document.id, Fact.PUBLISHED, day, "U1", NOON), Edit(document.id, Fact.SPEAKER, "Doe", "U1", NOON)]

        await archive.edit(document.id, edits)

        assert (await archive.since(1, 10))[0].document_id == document.id
        assert await archive.edits("local", document.id) == edits
        assert await archive.edits("elsewhere", document.id) == []
        again = replace(document, title="Retitled", published=PartialDate.parse("1999"))
        assert await recorded(archive, source, a_reading("a.txt", again, raw=b"2")) == [Outcome.METADATA]
        (versioned,) = await archive.current([document.id])
        expected = replace(again, published=day, marks=(Mark(0, 6, Speaker("Doe")),))
        assert versioned.document == expected
        stored = await archive.version("local", document.id)
        assert stored is not None
        assert stored.document == expected
        assert await archive.documents(source.id) == [replace(expected, text="", marks=())]

    async def test_an_edit_taken_back_shows_what_the_source_says_by_then(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        document = a_document(source, "a.txt", "Words.")
        await archive.record(source, [a_reading("a.txt", document, raw=b"1")])
        await archive.edit(document.id, [Edit(document.id, Fact.TITLE, "By hand", "U1", NOON)])
        await archive.edit(document.id, [Edit(document.id, Fact.TITLE, "By another hand", "U2", NOON)])
        assert [edit.value for edit in await archive.edits("local", document.id)] == ["By another hand"]
        await archive.record(source, [a_reading("a.txt", replace(document, title="New"), raw=b"2")])
        assert (await archive.documents(source.id))[0].title == "By another hand"

        await archive.edit(document.id, [], [Fact.TITLE, Fact.PUBLISHER])

        assert (await archive.documents(source.id))[0].title == "New"
        assert await archive.edits("local", document.id) == []

    async def test_a_date_by_hand_ends_being_undated(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        document = a_document(source, "a.txt", "Words.")
        await archive.record(source, [a_reading("a.txt", document)])
        assert await archive.counts(source.id) == SourceCount(1, 1, 0)
        day = PartialDate.parse("2019-07", Origin.EDITED)
        await archive.edit(document.id, [Edit(document.id, Fact.PUBLISHED, day, "U1", NOON)])
        assert await archive.counts(source.id) == SourceCount(1, 0, 0)

    async def test_documents_of_the_same_text_are_found_by_it_while_they_are_live(self, archive: Archive) -> None:
        one, other = a_source(), replace(a_source(), id="s2", name="Other", place="/other")
        await archive.add_source(one)
        await archive.add_source(other)
        first, second = a_document(one, "a.txt", "The same."), a_document(other, "b.txt", "The same.")
        await archive.record(one, [a_reading("a.txt", first)])
        third = a_document(other, "c.txt", "Not the same.")
        await archive.record(other, [a_reading("b.txt", second), a_reading("c.txt", third)])
        hashes = [first.text_sha256, "0" * 64]

        assert {found.id for found in await archive.same_text("local", hashes)} == {first.id, second.id}
        assert all(found.text == "" for found in await archive.same_text("local", hashes))
        assert await archive.same_text("elsewhere", hashes) == []
        await archive.remove_source(one.id)
        assert [found.id for found in await archive.same_text("local", hashes)] == [second.id]

    async def test_the_newest_documents_are_found_in_the_sources_that_are_asked_for(self, archive: Archive) -> None:
        one, other = a_source(), replace(a_source(), id="s2", name="Other", place="/other")
        await archive.add_source(one)
        await archive.add_source(other)
        old = replace(a_document(one, "a.txt", "Old."), added=NOON - timedelta(days=1))
        new, last = a_document(one, "b.txt", "New."), replace(a_document(other, "c.txt", "Last."), added=NOON)
        await archive.record(one, [a_reading("a.txt", old), a_reading("b.txt", replace(new, added=NOON))])
        await archive.record(other, [a_reading("c.txt", replace(last, added=NOON + timedelta(days=1)))])

        async def found(*sources: str, limit: int = 5, workspace: str = "local") -> list[str]:
            return [document.id for document in await archive.newest(workspace, sources, limit)]

        assert await found(one.id, other.id) == [last.id, new.id, old.id]
        assert await found(one.id, other.id, limit=2) == [last.id, new.id]
        assert await found(one.id) == [new.id, old.id]
        assert await found() == await found(one.id, workspace="elsewhere") == []
        assert all(document.text == "" for document in await archive.newest("local", [one.id], 5))
        await archive.remove_source(other.id)
        assert await found(one.id, other.id) == [new.id, old.id]

    async def test_a_listing_is_kept_for_a_source_as_long_as_it_is_there(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        assert await archive.listing(source.id) is None
        for cursor in ("one", "two"):
            await archive.keep_listing(source.id, cursor)
            assert await archive.listing(source.id) == cursor
        await archive.keep_listing(source.id, None)
        assert await archive.listing(source.id) is None
        await archive.keep_listing(source.id, "three")
        await archive.remove_source(source.id)
        await archive.keep_listing(source.id, "four")
        assert await archive.listing(source.id) is None

    async def test_an_archived_copy_stays_known_of_what_is_on_the_web(self, archive: Archive) -> None:
        source, copy = a_source(), "https://web.archive.org/web/2019/https://example.org/a"
        await archive.add_source(source)
        for location, kept in (("https://example.org/a", copy), ("a.txt", None)):
            told = replace(a_document(source, location, "Before."), archived_url=copy)
            await archive.record(source, [a_reading(location, told, raw=b"1")])
            untold = a_document(source, location, "After.")
            await archive.record(source, [a_reading(location, untold, raw=b"2")])
            stored = await archive.version("local", untold.id)
            assert stored is not None
            assert (stored.document.text, stored.document.archived_url) == ("After.", kept)

    async def test_only_a_live_document_can_be_edited(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        document = a_document(source, "a.txt", "Words.")
        await archive.record(source, [a_reading("a.txt", document)])
        await archive.forget(source.id, ["a.txt"])
        for name in (document.id, "unknown"):
            with pytest.raises(BadRequest):
                await archive.edit(name, [Edit(name, Fact.TITLE, "By hand", "U1", NOON)])

    async def test_the_same_trouble_in_a_row_is_counted(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        dead = Refused("https://example.org/a", "Nothing is there.", trouble=Trouble.DEAD)
        for _ in range(3):
            await archive.refuse(source, [dead], {}, "plain 1")
        assert await archive.refused(source.id) == [replace(dead, times=3)]
        locked = Refused("https://example.org/a", "It is locked.")
        await archive.refuse(source, [locked], {}, "plain 1")
        assert await archive.refused(source.id) == [locked]
        document = a_document(source, "https://example.org/a", "Words.")
        await archive.record(source, [a_reading("https://example.org/a", document)])
        await archive.refuse(source, [dead], {}, "plain 1")
        assert await archive.refused(source.id) == [dead]

    async def test_what_is_gone_goes_with_its_reason_and_is_still_counted(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        document = a_document(source, "https://example.org/a", "Words.")
        await archive.record(source, [a_reading("https://example.org/a", document)])
        dead = Refused("https://example.org/a", "Nothing is there.", trouble=Trouble.DEAD)
        assert await archive.refuse(source, [dead], {}, "plain 1") == 0
        assert await archive.live_ids() == [document.id]
        assert await archive.refuse(source, [dead], {}, "plain 1", [dead.location]) == 1
        assert await archive.live_ids() == []
        assert await archive.refused(source.id) == [replace(dead, times=2)]

    async def test_the_end_of_a_walk_touches_nothing_else(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        await archive.note_sync(source.id, NOON, None)
        read = replace(source, paused=True, synced=NOON, attempted=NOON)
        await archive.update_source(read)
        later = NOON + timedelta(hours=1)
        for failures in (1, 2):
            await archive.note_sync(source.id, later, "It is out of reach.")
            (found,) = await archive.sources("local")
            assert found == replace(read, problem="It is out of reach.", attempted=later, failures=failures)
        await archive.note_sync(source.id, later, None)
        assert await archive.sources("local") == [replace(read, synced=later, attempted=later)]
        await archive.note_sync("unknown", NOON, None)

    @pytest.mark.parametrize("every", [None, timedelta(0), timedelta(minutes=30), timedelta(weeks=2)])
    async def test_how_often_a_source_is_read_is_kept(self, archive: Archive, every: timedelta | None) -> None:
        source = replace(a_source(), every=timedelta(days=1))
        await archive.add_source(source)
        assert await archive.sources("local") == [source]
        await archive.update_source(replace(source, every=every))
        assert await archive.sources("local") == [replace(source, every=every)]

    async def test_a_purge_leaves_tombstones_and_what_others_have_too(self, archive: Archive) -> None:
        one, two = a_source("one"), a_source("two")
        for source in (one, two):
            await archive.add_source(source)
            document = a_document(source, "a.txt", "Words.")
            await archive.record(source, [a_reading("a.txt", document, raw=b"same")])
            await archive.edit(document.id, [Edit(document.id, Fact.TITLE, "By hand", "U1", NOON)])
        erased = document_id("local", one.id, "a.txt")
        with pytest.raises(BadRequest):
            await archive.purge_source(one.id)
        await archive.remove_source(one.id)
        assert await archive.removed_sources("local") == [one]

        assert await archive.purge_source(one.id) == 1

        assert await archive.removed_sources("local") == []
        stored = await archive.version("local", erased)
        assert stored is not None
        assert stored.removed
        bare = Document(erased, "local", one.id, "", "", NOON)
        assert (stored.document, stored.raw_sha256, stored.text_sha256) == (bare, "", "")
        assert await archive.edits("local", erased) == []
        assert await archive.live_ids() == [document_id("local", two.id, "a.txt")]
        assert (await archive.documents(two.id))[0].title == "By hand"
        with pytest.raises(BadRequest):
            await archive.purge_source(one.id)

    async def test_kept_sources_are_the_live_ones_and_those_removed_but_not_purged(self, archive: Archive) -> None:
        live, removed, purged, foreign = a_source("live"), a_source("b"), a_source("p"), a_source("x", "elsewhere")
        for source in (live, removed, purged, foreign):
            await archive.add_source(source)
        for source in (removed, purged):
            await archive.remove_source(source.id)
        await archive.purge_source(purged.id)
        assert await archive.kept_sources("local") == [removed, live]

    async def test_versions_read_together_are_those_read_one_by_one(self, archive: Archive) -> None:
        source = a_source()
        await archive.add_source(source)
        marks = [Mark(0, 3, Page(1))]
        for number, text in enumerate(("One.", "Two.")):
            document = a_document(source, "a.txt", text, marks)
            await recorded(archive, source, a_reading("a.txt", document, raw=b"raw %d" % number))
        gone = a_document(source, "b.txt", "Gone.")
        await recorded(archive, source, a_reading("b.txt", gone))
        await archive.forget(source.id, ["b.txt"])
        (name,) = await archive.live_ids()
        await archive.edit(name, [Edit(name, Fact.TITLE, "By hand", "U1", NOON)])
        keys = [(name, 1), (name, 2), (gone.id, 1)]

        found = await archive.versions("local", [*keys, (name, 3), ("unheard of", 1)])

        assert found == {key: await archive.version("local", *key) for key in keys}
        assert [(one.removed, one.document.title) for one in found.values()].count((True, "Record of b.txt")) == 1
        assert found[name, 2].document.marks == tuple(marks)
        assert await archive.versions("elsewhere", keys) == {}
        assert await archive.evidence("local", keys) == ([source], await archive.versions("local", keys))
        assert await archive.evidence("elsewhere", keys) == ([], {})
        assert await archive.evidence("local", []) == ([source], {})
