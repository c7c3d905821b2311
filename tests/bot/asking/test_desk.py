"""The desk: what is shown is proved at the moment of sending, and only to those who may read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot import metrics
from bot.asking.cards import PassageRef
from bot.asking.desk import Desk
from bot.errors import NotAllowed, SourceChanged
from bot.roles import Person, operator
from bot.store.audit import AuditEntry
from bot.store.readings import Reading
from bot.store.shares import Share
from bot.store.sources import SourceRecord
from index.errors import BadQuery, IndexUnavailable
from index.hit import Copy, Span
from index.query import Either, Field, FieldName, Word
from sources.document import Document, Mark, Page, Raw, Speaker
from tests.fakes.archive import FakeArchive
from tests.fakes.corpus import made
from tests.fakes.engine import ScriptedEngine, hits_of
from tests.fakes.pinning import NoPins
from tests.fakes.source import NOON

ANN = Person("w", "U1", memberships=frozenset({"C1"}))
BOB = Person("w", "U2")
ADMIN = Person("w", "U3", admin=True)

FIRST = "The harbor was closed at noon. " * 12
SECOND = "Nobody was told of it then. " * 12
THIRD = "However, the council knew. " * 12
TEXT = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@dataclass
class KeptAudit:
    entries_written: list[AuditEntry] = field(default_factory=list[AuditEntry])

    async def write(self, entry: AuditEntry) -> None:
        self.entries_written.append(entry)

    async def entries(self, workspace_id: str, limit: int) -> Sequence[AuditEntry]:
        return [entry for entry in reversed(self.entries_written) if entry.workspace_id == workspace_id][:limit]


@dataclass
class KeptShares:
    kept: list[Share] = field(default_factory=list[Share])

    async def add(self, share: Share) -> None:
        self.kept.append(share)

    async def of_documents(self, document_ids: Sequence[str]) -> Sequence[Share]:
        return [share for share in self.kept if share.document_id in document_ids]


@dataclass
class Newsroom:
    """A desk on an archive in memory, with a search that finds what a test says."""

    archive: FakeArchive = field(default_factory=FakeArchive)
    engine: ScriptedEngine = field(default_factory=ScriptedEngine)
    audit: KeptAudit = field(default_factory=KeptAudit)
    shares: KeptShares = field(default_factory=KeptShares)

    @property
    def desk(self) -> Desk:
        return Desk(
            self.archive,
            self.engine,
            self.audit,
            self.shares,
            lambda: NOON,
            pins=NoPins(),
            public_url="https://desk.test",
        )

    async def source(self, name: str = "s", visible_to: frozenset[str] = frozenset()) -> SourceRecord:
        record = SourceRecord(name, "w", name, "folder", f"/{name}", NOON, visible_to)
        await self.archive.add_source(record)
        return record

    async def stored(self, record: SourceRecord, *documents: Document) -> None:
        for document in documents:
            raw = Raw(document.location, document.text.encode(), "text/plain", NOON)
            reading = Reading(document.location, "f", "plain/1", raw, (document,))
            await self.archive.record(record, [reading])


@pytest.fixture
async def newsroom() -> Newsroom:
    """Source `s` with one document of three passages, all of which are found."""
    room = Newsroom()
    document = replace(made("a.html", TEXT), url="https://example.org/a")
    await room.stored(await room.source(), document)
    room.engine.hits = hits_of(document)
    return room


async def test_a_card_is_the_stored_slice_with_what_is_known_of_it(newsroom: Newsroom) -> None:
    hit = newsroom.engine.hits[1]
    newsroom.engine.hits = [replace(hit, spans=(Span(0, 6),), missing=("x",), score=2.5)]
    answer = await newsroom.desk.answer(ANN, "nobody x")
    (card,) = answer.cards
    assert card.text == TEXT[card.ref.start : card.ref.end] == SECOND.strip()
    assert (card.spans, card.missing, card.score, card.turns) == ((Span(0, 6),), ("x",), 2.5, "However")
    assert card.link is not None
    assert card.link.startswith("https://example.org/a#:~:text=Nobody%20was")
    assert card.permalink == f"https://desk.test/d/{card.ref.document_id}?v=1&at={card.ref.start}-{card.ref.end}#at"
    assert (answer.question, answer.total, answer.answered) == ("nobody x", 1, True)
    assert newsroom.audit.entries_written == []


async def test_words_that_are_not_stored_are_withheld_and_the_others_go_out(newsroom: Newsroom) -> None:
    before = metrics.REGISTRY.get_sample_value("quotedesk_withheld_total", {"reason": "changed"}) or 0
    false, *rest = newsroom.engine.hits
    forged = replace(false.passage, text="X" + false.passage.text[1:])
    newsroom.engine.hits = [replace(false, passage=forged), *rest]
    answer = await newsroom.desk.answer(ANN, "harbor")
    assert [card.text for card in answer.cards] == [SECOND.strip(), THIRD.strip()]
    assert answer.total == 2
    (entry,) = newsroom.audit.entries_written
    assert (entry.action, entry.actor, entry.detail) == ("withhold", "quotedesk", "changed")
    assert "X" not in entry.subject
    assert metrics.REGISTRY.get_sample_value("quotedesk_withheld_total", {"reason": "changed"}) == before + 1


async def test_a_document_removed_since_it_was_indexed_is_not_shown(newsroom: Newsroom) -> None:
    await newsroom.archive.forget("s", ["a.html"])
    answer = await newsroom.desk.answer(ANN, "harbor")
    assert (answer.cards, answer.total, answer.answered) == ((), 0, False)
    assert {entry.detail for entry in newsroom.audit.entries_written} == {"removed"}


async def test_an_unknown_document_is_not_shown(newsroom: Newsroom) -> None:
    newsroom.engine.hits = hits_of(made("never-stored.html", TEXT))
    assert (await newsroom.desk.answer(ANN, "harbor")).cards == ()


async def test_a_source_closed_while_it_was_searched_is_not_shown(newsroom: Newsroom) -> None:
    (record,) = await newsroom.archive.sources("w")

    async def close() -> None:
        await newsroom.archive.update_source(replace(record, visible_to=frozenset({"C9"})))

    newsroom.engine.meanwhile = close
    answer = await newsroom.desk.answer(ANN, "harbor")
    assert (answer.cards, answer.total) == ((), 0)


async def test_only_readable_sources_are_searched(newsroom: Newsroom) -> None:
    await newsroom.source("limited", frozenset({"C1"}))
    await newsroom.desk.answer(ANN, "harbor")
    await newsroom.desk.answer(BOB, "harbor")
    await newsroom.desk.answer(ADMIN, "harbor")
    await newsroom.desk.answer(operator("w"), "harbor")
    await newsroom.desk.answer(operator("other"), "harbor")
    searched = [set(access.sources) for _, access in newsroom.engine.asked]
    assert searched == [{"s", "limited"}, {"s"}, {"s"}, {"s", "limited"}, set()]


async def test_an_older_version_is_shown_as_such(newsroom: Newsroom) -> None:
    (record,) = await newsroom.archive.sources("w")
    await newsroom.stored(record, made("a.html", TEXT + "\n\nOne word more."))
    answer = await newsroom.desk.answer(ANN, "harbor", limit=1)
    assert [(card.ref.version, card.current) for card in answer.cards] == [(1, False)]


async def test_copies_are_listed_where_the_words_stand_and_the_asker_may_read(newsroom: Newsroom) -> None:
    limited = await newsroom.source("limited", frozenset({"C1"}))
    secret = made("b.html", TEXT, source="limited")
    other = made("c.html", TEXT.replace("noon", "dawn"))
    await newsroom.stored(limited, secret)
    await newsroom.stored(replace(limited, id="s", name="s"), other)
    hit = newsroom.engine.hits[0]
    copies = tuple(
        Copy(one.document, hit.passage.start, hit.passage.end) for one in (hits_of(secret)[0], hits_of(other)[0])
    )
    newsroom.engine.hits = [replace(hit, also_in=copies, similar_in=copies)]
    for person, also, similar in ((ANN, ["b.html"], ["b.html", "c.html"]), (BOB, [], ["c.html"])):
        (card,) = (await newsroom.desk.answer(person, "harbor")).cards
        assert [place.document.location for place in card.also_in] == also
        assert [place.document.location for place in card.similar_in] == similar


async def test_a_copy_with_other_quotes_and_spacing_is_a_copy_and_one_with_another_word_is_not(
    newsroom: Newsroom,
) -> None:
    (record,) = await newsroom.archive.sources("w")
    hit = newsroom.engine.hits[0]
    words = hit.passage.text
    other = made("b.html", words.upper().replace(" ", "\n"))
    changed = made("c.html", words.replace(words.split()[0], "Dawn", 1))
    for document in (other, changed):
        await newsroom.stored(record, document)
    copies = tuple(Copy(hits_of(one)[0].document, 0, len(one.text)) for one in (other, changed))
    newsroom.engine.hits = [replace(hit, also_in=copies, earliest=True)]
    (card,) = (await newsroom.desk.answer(ANN, "harbor")).cards
    assert ([place.document.location for place in card.also_in], card.earliest) == (["b.html"], True)
    newsroom.engine.hits = [replace(hit, also_in=copies[1:], earliest=True)]
    (card,) = (await newsroom.desk.answer(ANN, "harbor")).cards
    assert (card.also_in, card.earliest) == ((), False)


async def test_a_similar_place_whose_words_are_others_now_is_left_out(newsroom: Newsroom) -> None:
    (record,) = await newsroom.archive.sources("w")
    hit = newsroom.engine.hits[0]
    words = hit.passage.text
    edited = made("b.html", words.replace(words.split()[0], "Dawn", 1))
    lost = made("c.html", "Nothing of all that was ever said here by anybody. " * 4)
    for document in (edited, lost):
        await newsroom.stored(record, document)
    similar = tuple(Copy(hits_of(one)[0].document, 0, min(len(one.text), len(words))) for one in (edited, lost))
    newsroom.engine.hits = [replace(hit, similar_in=similar)]
    (card,) = (await newsroom.desk.answer(ANN, "harbor")).cards
    assert [place.document.location for place in card.similar_in] == ["b.html"]


async def test_a_source_is_named_by_the_words_of_its_name(newsroom: Newsroom) -> None:
    await newsroom.source("Harbor Notes 2019", frozenset({"C1"}))
    await newsroom.desk.answer(ANN, "source:harbor closed")
    query, _ = newsroom.engine.asked[-1]
    fields = [node for node in (*query.wanted, *query.required) if isinstance(node, Field)]
    assert fields == [Field(FieldName.SOURCE, Either((Word("Harbor Notes 2019"),)))]


async def test_a_source_that_may_not_be_read_is_as_unknown_as_one_that_is_not_there(newsroom: Newsroom) -> None:
    await newsroom.source("limited", frozenset({"C1"}))
    for name in ("limited", "nowhere"):
        with pytest.raises(BadQuery, match=f"There is no source called “{name}” that you can read"):
            await newsroom.desk.answer(BOB, f"source:{name} closed")


@pytest.mark.parametrize(("field", "said"), [("tag", "is tagged “election”"), ("story", "is for a story “election”")])
async def test_tags_and_stories_that_no_pin_has_are_said_to_be_none(newsroom: Newsroom, field: str, said: str) -> None:
    with pytest.raises(BadQuery, match=f"No pin that you can see {said}"):
        await newsroom.desk.answer(ANN, f"{field}:election closed")


async def test_a_search_that_is_down_says_so(newsroom: Newsroom) -> None:
    newsroom.engine.failure = IndexUnavailable("Search is down.")
    with pytest.raises(IndexUnavailable, match="down"):
        await newsroom.desk.answer(ANN, "harbor")


async def test_context_is_the_passages_before_and_after(newsroom: Newsroom) -> None:
    first, second, third = (hit.passage for hit in newsroom.engine.hits)
    refs = [PassageRef(one.document_id, 1, one.start, one.end) for one in (first, second, third)]
    middle = await newsroom.desk.context(ANN, refs[1])
    assert middle.before is not None
    assert middle.after is not None
    assert [card.ref for card in (middle.before, middle.here, middle.after)] == refs
    assert (await newsroom.desk.context(ANN, refs[0])).before is None
    assert (await newsroom.desk.context(ANN, refs[2])).after is None


async def test_a_span_over_two_speakers_has_no_name_and_both_pages() -> None:
    room = Newsroom()
    halves = [f"MR. A: {FIRST}", f"MR. B: {SECOND}"]
    text = "\n\n".join(halves)
    cut = len(halves[0]) + 2
    marks = (
        Mark(0, cut, Speaker("MR. A")), Mark(cut, len(text), Speaker("MR. B")),
        Mark(0, cut, Page(1)), Mark(cut, len(text), Page(2)),
    )  # fmt: skip
    document = made("hearing.txt", text, marks=marks)
    await room.stored(await room.source(), document)
    both = await room.desk.card(ANN, PassageRef(document.id, 1, 10, len(text) - 10))
    assert (both.speaker, both.pages) == (None, (Page(1), Page(2)))
    one = await room.desk.card(ANN, PassageRef(document.id, 1, 10, 60))
    assert (one.speaker, one.pages, one.text) == (Speaker("MR. A"), (Page(1),), text[10:60])


@pytest.mark.parametrize("end", [len(TEXT) + 1, 10**9])
async def test_a_span_beyond_the_stored_text_is_refused_and_noted(newsroom: Newsroom, end: int) -> None:
    document_id = newsroom.engine.hits[0].document.id
    with pytest.raises(SourceChanged):
        await newsroom.desk.card(ANN, PassageRef(document_id, 1, 0, end))
    assert [entry.action for entry in newsroom.audit.entries_written] == ["withhold"]


async def test_what_may_not_be_read_and_what_is_not_there_are_refused_alike(newsroom: Newsroom) -> None:
    limited = await newsroom.source("limited", frozenset({"C1"}))
    secret = made("b.html", TEXT, source="limited")
    await newsroom.stored(limited, secret)
    there = PassageRef(secret.id, 1, 0, 10)
    assert (await newsroom.desk.card(ANN, there)).text == TEXT[:10]
    sentences: set[str] = set()
    for person, ref in (
        (BOB, there),
        (ADMIN, there),
        (BOB, PassageRef("nowhere", 1, 0, 10)),
        (BOB, replace(there, version=9)),
        (operator("other"), there),
    ):
        with pytest.raises(NotAllowed) as refused:
            await newsroom.desk.card(person, ref)
        sentences.add(str(refused.value))
    assert len(sentences) == 1


async def test_a_limited_passage_is_shared_only_where_all_may_read_it(newsroom: Newsroom) -> None:
    limited = await newsroom.source("limited", frozenset({"C1"}))
    secret = made("b.html", TEXT, source="limited")
    await newsroom.stored(limited, secret)
    ref = PassageRef(secret.id, 1, 0, 10)
    assert (await newsroom.desk.shareable(ANN, ref, [ANN])).ref == ref
    with pytest.raises(NotAllowed, match="Not everyone"):
        await newsroom.desk.shareable(ANN, ref, [ANN, BOB])
    with pytest.raises(NotAllowed, match="not here any more"):
        await newsroom.desk.shareable(BOB, ref, [ANN])


async def test_a_share_is_kept_and_audited(newsroom: Newsroom) -> None:
    share = Share("w", "C1", "1.2", "U1", NOON, "d", 1, 0, 10)
    await newsroom.desk.shared(ANN, share)
    assert newsroom.shares.kept == [share]
    assert [(entry.actor, entry.action, entry.subject) for entry in newsroom.audit.entries_written] == [
        ("U1", "share", "d:1:0-10")
    ]


async def test_status_counts_only_what_the_person_may_read(newsroom: Newsroom) -> None:
    limited = await newsroom.source("limited", frozenset({"C1"}))
    await newsroom.stored(limited, made("b.html", TEXT, source="limited"))
    bob, ann, admin = [await newsroom.desk.status(person) for person in (BOB, ANN, ADMIN)]
    assert [state.record.name for state in bob.sources] == ["s"]
    assert [(state.record.name, state.documents) for state in ann.sources] == [("limited", 1), ("s", 1)]
    assert bob.index is None
    assert admin.index is not None
    assert admin.index.behind == await newsroom.archive.head() - 1
