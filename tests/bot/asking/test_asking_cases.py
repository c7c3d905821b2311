"""Beside the desk: first utterances, recent searches, choices and opinions, as use cases."""

from dataclasses import dataclass, field, replace

import pytest

from bot import metrics
from bot.asking.cards import PassageRef
from bot.asking.opinions import Opinions
from bot.asking.searches import Searches
from bot.errors import BadRequest, NotAllowed, StoreUnavailable
from bot.store.asking import Opinion
from index.hit import Span
from index.port import Access, Choice
from index.query import FieldName
from tests.bot.asking.test_desk import ANN, BOB, SECOND, TEXT, Newsroom
from tests.fakes.corpus import made
from tests.fakes.desk import an_answer
from tests.fakes.engine import ScriptedEngine, hits_of
from tests.fakes.pinning import NoPins
from tests.fakes.source import NOON
from tests.fakes.unanswered import FakeUnanswered


@dataclass
class FakeRecent:
    """See `bot.store.asking.Recent`; with `down`, nothing can be kept."""

    kept: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    down: bool = False

    async def add(self, workspace_id: str, asker: str, question: str, at: object) -> None:
        if self.down:
            raise StoreUnavailable("The database can't be written.")
        self.kept.insert(0, (workspace_id, asker, question))

    async def of(self, workspace_id: str, asker: str) -> list[str]:
        return [question for *whose, question in self.kept if whose == [workspace_id, asker]]

    async def clear(self, workspace_id: str, asker: str) -> int:
        before = len(self.kept)
        self.kept = [one for one in self.kept if one[:2] != (workspace_id, asker)]
        return before - len(self.kept)


@dataclass
class FakeFeedback:
    """See `bot.store.asking.Feedback`."""

    kept: list[Opinion] = field(default_factory=list[Opinion])

    async def add(self, opinion: Opinion) -> None:
        self.kept.append(opinion)

    async def dismiss(self, workspace_id: str, sources: object, question: str, passage: str | None = None) -> int:
        return 0


@dataclass
class CountingEngine(ScriptedEngine):
    """Counts one passage for each source that may be read."""

    async def facet(self, field: FieldName, typed: str, access: Access, limit: int = 100) -> list[Choice]:
        return [Choice(source, 1) for source in sorted(access.sources)][:limit]


@pytest.fixture
async def newsroom() -> Newsroom:
    """Source `s` with one document of three passages, all of which are found, and `closed`, which Ann may read."""
    room = Newsroom()
    document = made("a.txt", TEXT, published="2016")
    await room.stored(await room.source(), document)
    await room.source("closed", frozenset({ANN.user_id}))
    room.engine = CountingEngine(hits=[replace(hit, spans=(Span(0, 6),)) for hit in hits_of(document)])
    return room


def searches_of(
    room: Newsroom,
    recent: FakeRecent | None = None,
    unanswered: FakeUnanswered | None = None,
    *,
    log_askers: bool = True,
) -> Searches:
    return Searches(
        room.archive,
        room.engine,
        recent or FakeRecent(),
        lambda: NOON,
        unanswered=unanswered or FakeUnanswered(),
        pins=NoPins(),
        log_askers=log_askers,
    )


async def test_first_places_are_proved_as_any_others(newsroom: Newsroom) -> None:
    found = await newsroom.desk.firsts(ANN, "nobody was")
    assert (found.words, found.total_dated, len(found.dated)) == ("nobody was", 3, 3)
    assert found.dated[1].text == SECOND.strip()
    first = newsroom.engine.hits[0]
    forged = replace(first, passage=replace(first.passage, text="X" + first.passage.text[1:]))
    newsroom.engine.hits = [forged, *newsroom.engine.hits[1:]]
    found = await newsroom.desk.firsts(ANN, "nobody was")
    assert (found.total_dated, len(found.dated), found.earliest) == (2, 2, False)
    with pytest.raises(BadRequest):
        await newsroom.desk.firsts(ANN, "“…”")


async def test_sources_are_offered_by_name_to_those_who_may_read_them(newsroom: Newsroom) -> None:
    searches = searches_of(newsroom)
    assert await searches.choices(ANN, FieldName.SOURCE, "") == (Choice("closed", 1), Choice("s", 1))
    assert await searches.choices(ANN, FieldName.SOURCE, "CLO") == (Choice("closed", 1),)
    assert await searches.choices(BOB, FieldName.SOURCE, "clo") == ()
    assert [choice.value for choice in await searches.choices(BOB, FieldName.TYPE, "")] == ["s"]


async def test_recent_searches_are_kept_by_person_and_only_where_askers_are(newsroom: Newsroom) -> None:
    recent = FakeRecent()
    searches = searches_of(newsroom, recent)
    await searches.note(ANN, an_answer(question="harbor"))
    await searches.note(BOB, an_answer(question="council"))
    assert await searches.recent(ANN) == ["harbor"]
    silent = searches_of(newsroom, recent, log_askers=False)
    await silent.note(ANN, an_answer(question="secret"))
    assert await silent.recent(ANN) == ()  # nor what was kept before
    assert await silent.forget(ANN) == 1
    assert await searches.recent(BOB) == ["council"]
    recent.down = True
    await searches.note(ANN, an_answer(question="harbor"))  # the log's matter, not the asker's


async def test_a_question_without_an_answer_is_kept_with_who_asked(newsroom: Newsroom) -> None:
    unanswered = FakeUnanswered()
    searches = searches_of(newsroom, unanswered=unanswered)
    await searches.note(ANN, an_answer(question="harbor"))
    await searches.note(ANN, an_answer(question="elephants", answered=False))
    silent = searches_of(newsroom, unanswered=unanswered, log_askers=False)
    await silent.note(ANN, an_answer(question="zebras", answered=False))
    assert unanswered.kept == [("w", "elephants", ANN.user_id), ("w", "zebras", None)]
    unanswered.down = True
    await searches.note(ANN, an_answer(question="elephants", answered=False))  # the log's matter


@pytest.mark.parametrize(("log_askers", "who"), [(True, "U2"), (False, None)])
async def test_an_opinion_is_kept_of_words_that_the_person_may_read(
    newsroom: Newsroom, log_askers: bool, who: str | None
) -> None:
    kept = FakeFeedback()
    opinions = Opinions(newsroom.desk, kept, lambda: NOON, log_askers=log_askers)
    passage = newsroom.engine.hits[0].passage
    ref = PassageRef(passage.document_id, 1, passage.start, passage.end)
    before = metrics.REGISTRY.get_sample_value("quotedesk_opinions_total", {"verdict": "not_asked"}) or 0
    await opinions.judge(BOB, "harbor", ref, useful=False)
    (opinion,) = kept.kept
    assert (opinion.question, opinion.passage, opinion.useful, opinion.who) == ("harbor", str(ref), False, who)
    assert metrics.REGISTRY.get_sample_value("quotedesk_opinions_total", {"verdict": "not_asked"}) == before + 1
    with pytest.raises(NotAllowed):
        await opinions.judge(replace(BOB, workspace_id="elsewhere"), "harbor", ref, useful=True)
    assert len(kept.kept) == 1
