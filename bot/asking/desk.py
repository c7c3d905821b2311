"""The desk: what a person may ask for, one method each. No Slack, no SQL; every word shown is proved here."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from bot import metrics
from bot.asking import links
from bot.asking.cards import Answer, Card, Context, Firsts, IndexState, PassageRef, Place, SourceState, Status
from bot.asking.facts import neighbours, passage_at, where
from bot.asking.proof import Evidence, Stands, Withheld, judge, pointed_into, same_words, similar_words
from bot.asking.stored_card import card_from
from bot.errors import BadRequest, NotAllowed, SourceChanged
from bot.pin_names import Labels, resolve_pins
from bot.roles import Person, access, may_read, may_share
from bot.source_names import resolve_sources
from bot.store.archive import Archive
from bot.store.audit import Audit, AuditEntry
from bot.store.documents import StoredVersion
from bot.store.shares import Share, Shares
from bot.store.sources import SourceRecord
from bot.wording import asking_words
from index.analysis import terms
from index.entries import card_of
from index.hit import Copy, Hit, Results
from index.passage import Passage
from index.port import Engine
from index.query import parse
from index.split import split

log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger()

GONE = "That passage is not here any more, or you may not read it."
CHANGED = "What is stored does not match these words any more, so nothing is shown. It is in the admins' log."
NOT_FOR_ALL = "Not everyone in that conversation may read this source, so it can't be shared there."


class Desk:
    """Answers people. Every method may raise `StoreUnavailable`; those that search, `IndexUnavailable`.

    `public_url` is where Quotedesk's own pages are served, None where they are not.
    """

    def __init__(
        self,
        archive: Archive,
        engine: Engine,
        audit: Audit,
        shares: Shares,
        clock: Callable[[], datetime],
        *,
        pins: Labels,
        public_url: str | None = None,
    ) -> None:
        self._archive = archive
        self._engine = engine
        self._audit = audit
        self._shares = shares
        self._clock = clock
        self._pins = pins
        self._public_url = public_url

    async def answer(
        self,
        person: Person,
        question: str,
        *,
        limit: int = 3,
        cursor: str | None = None,
        explain: bool = False,
    ) -> Answer:
        """The best passages for the question that this person may read, compared with the store at this moment.

        What the store does not hold is left out, and the admins are told. `explain`: cards say why they rank. Raises
        BadQuery.
        """
        with metrics.answering() as note:
            readable = await self._readable(person)
            asked = replace(parse(question, limit=limit, cursor=cursor), explain=explain)
            query = resolve_sources(asked, list(readable.values()))
            query = await resolve_pins(query, self._pins, person.workspace_id, readable)
            with metrics.SEARCH_SECONDS.time():
                results = await self._engine.search(query, access(person, readable.values()))
            evidence = await self.evidence(person, results.hits)
            proved = [await self._proved(hit, evidence) for hit in results.hits]
            answer = _answer(question, results, tuple(card for card in proved if card is not None))
            note(answered=answer.answered, shown=len(answer.cards))
            return answer

    async def card(self, person: Person, ref: PassageRef) -> Card:
        """The words at `ref` with all that is told of them, from the store alone. Raises NotAllowed, SourceChanged."""
        return (await self.context(person, ref)).here

    async def context(self, person: Person, ref: PassageRef) -> Context:
        """The words at `ref` with the passages before and after them in the same version. Raises as `card` does."""
        stored = await self.stored(person, ref)
        passages = await asyncio.to_thread(split, stored.document, ref.version)
        here = passage_at(passages, stored.document.text, ref.start, ref.end)
        if here is None:
            raise NotAllowed(GONE)
        before, after = neighbours(passages, ref.start, ref.end)
        return Context(
            before=self._card(stored, before) if before else None,
            here=self._card(stored, here),
            after=self._card(stored, after) if after else None,
        )

    async def firsts(self, person: Person, words: str, *, limit: int = 10) -> Firsts:
        """Where these exact words stand in what this person may read, in the order of time. Raises BadRequest where
        there is no word."""
        if not terms(words):
            raise BadRequest(asking_words.NO_WORDS)
        found = await self._engine.utterances(words, access(person, (await self._readable(person)).values()), limit)
        dated, undated = (
            [Hit(each.passage, each.document, 0.0, each.spans) for each in places]
            for places in (found.dated, found.undated)
        )
        evidence = await self.evidence(person, [*dated, *undated])
        dated, undated = [[await self._proved(hit, evidence) for hit in hits] for hits in (dated, undated)]
        return Firsts(
            words=words,
            dated=tuple(card for card in dated if card is not None),
            undated=tuple(card for card in undated if card is not None),
            total_dated=found.total_dated - dated.count(None),
            total_undated=found.total_undated - undated.count(None),
            earliest=found.earliest and None not in dated,
        )

    async def words_at(self, person: Person, ref: PassageRef) -> str:
        """The words at `ref`, proved as any others. Raises NotAllowed, SourceChanged."""
        return (await self.stored(person, ref)).document.text[ref.start : ref.end]

    async def shareable(self, person: Person, ref: PassageRef, readers: Sequence[Person]) -> Card:
        """The card to post where `readers` will see it. Raises NotAllowed when one of them may not read its source."""
        card = await self.card(person, ref)
        record = (await self._readable(person)).get(card.document.source_id)
        if record is None:
            raise NotAllowed(GONE)
        if not may_share(record, readers):
            raise NotAllowed(NOT_FOR_ALL)
        return card

    async def shared(self, person: Person, share: Share) -> None:
        """Keep that a card was posted, so that its readers can be told when its source changes."""
        await self._shares.add(share)
        ref = PassageRef(share.document_id, share.version, share.start, share.end)
        await self._note(person.workspace_id, person.user_id, "share", ref, f"to {share.channel}")

    async def sources(self, person: Person) -> tuple[SourceState, ...]:
        """The sources that this person may read, by name, and how much each holds."""
        states: list[SourceState] = []
        for record in (await self._readable(person)).values():
            counts = await self._archive.counts(record.id)
            states.append(SourceState(record, counts.documents, counts.undated, counts.unreadable))
        return tuple(states)

    async def status(self, person: Person) -> Status:
        """What this person may search and, for admins, how the index stands."""
        return Status(await self.sources(person), await self._index_state() if person.admin else None)

    async def _index_state(self) -> IndexState:
        engine = await self._engine.status()
        return IndexState(engine, await self._archive.head() - (engine.live.sequence if engine.live else 0))

    async def _readable(self, person: Person) -> dict[str, SourceRecord]:
        return _readable(person, await self._archive.sources(person.workspace_id))

    async def stored(self, person: Person, ref: PassageRef) -> StoredVersion:
        """The version that `ref` points into, proved as its words are. Raises NotAllowed, SourceChanged."""
        evidence = await self.evidence(person)
        stored = await evidence.version(ref)
        withheld = judge(stored, evidence.readable, ref)
        if withheld is Withheld.CHANGED:
            await self._withhold(person.workspace_id, ref, withheld)
            raise SourceChanged(CHANGED)
        if stored is None or withheld is not None:
            raise NotAllowed(GONE)
        return stored

    async def evidence(self, person: Person, hits: Collection[Hit] = ()) -> Evidence:
        """The store as one answer to this person meets it, for `prove`: what they may read, and what the hits point
        into, are read anew, at one moment.
        """
        wanted = pointed_into(hits)
        records, found = await self._archive.evidence(person.workspace_id, wanted)
        versions = {key: found.get(key) for key in wanted}
        return Evidence(self._archive, person.workspace_id, _readable(person, records), versions)

    async def prove(
        self, hit: Hit, evidence: Evidence, words: str, opens_at: tuple[int, int] | None = None
    ) -> Card | None:
        """A hit that came about otherwise than by a question, as `answer` proves its own; copies are those of `words`
        of it, and its links open on the words at `opens_at`. None, with the admins told why, when they are not to be
        shown.
        """
        return await self._proved(hit, evidence, words, opens_at)

    async def _proved(
        self, hit: Hit, evidence: Evidence, words: str | None = None, opens_at: tuple[int, int] | None = None
    ) -> Card | None:
        """The hit as a card; None, with the admins told why, when these words are not this person's to see now."""
        ref = _ref(hit.passage)
        stored = await evidence.version(ref)
        withheld = judge(stored, evidence.readable, ref, hit.passage.text)
        if stored is None or withheld is not None:
            await self._withhold(evidence.workspace_id, ref, withheld or Withheld.REMOVED)
            return None
        also_in = await self._places(hit.also_in, evidence, same_words, words or hit.passage.text)
        elsewhere = await self._places(hit.elsewhere, evidence, same_words, hit.passage.text)
        similar_in = await self._places(hit.similar_in, evidence, similar_words, hit.passage.text)
        return replace(
            card_from(stored, hit.passage, self._public_url, opens_at),
            spans=hit.spans,
            missing=hit.missing,
            match=hit.match,
            score=hit.score,
            also_in=also_in,
            elsewhere=elsewhere,
            similar_in=similar_in,
            earliest=hit.earliest and bool(also_in or similar_in),
            reasons=hit.reasons,
        )

    async def _places(
        self, copies: Sequence[Copy], evidence: Evidence, like: Callable[[str], Stands], words: str
    ) -> tuple[Place, ...]:
        """Where else the `words`, or others `like` them, stand now; a place that lost them is left out."""
        places: list[Place] = []
        stands = like(words) if copies else None
        for copy in copies:
            ref = PassageRef(copy.document.id, copy.document.version, copy.start, copy.end)
            stored = await evidence.version(ref)
            if stored is not None and judge(stored, evidence.readable, ref, stands) is None:
                document = card_of(stored.document, stored.number)
                page, cue = where(stored.document.marks, ref.start, ref.end)
                text, extractor = stored.document.text, stored.extractor
                link = links.source_link(document, text, ref, extractor=extractor, page=page, cue=cue)
                own = links.permalink(self._public_url, ref)
                places.append(Place(document, ref.start, ref.end, link, page, cue, own))
        return tuple(places)

    def _card(self, stored: StoredVersion, passage: Passage) -> Card:
        return card_from(stored, passage, self._public_url)

    async def _withhold(self, workspace_id: str, ref: PassageRef, reason: Withheld) -> None:
        metrics.WITHHELD.labels(reason.value).inc()
        log.error("withheld", passage=str(ref), reason=reason.value)
        await self._note(workspace_id, "quotedesk", "withhold", ref, reason.value)

    async def _note(self, workspace_id: str, actor: str, action: str, ref: PassageRef, detail: str) -> None:
        await self._audit.write(AuditEntry(workspace_id, self._clock(), actor, action, str(ref), detail))


def _readable(person: Person, records: Sequence[SourceRecord]) -> dict[str, SourceRecord]:
    return {record.id: record for record in records if may_read(person, record)}


def _ref(passage: Passage) -> PassageRef:
    return PassageRef(passage.document_id, passage.version, passage.start, passage.end)


def _answer(question: str, results: Results, cards: tuple[Card, ...]) -> Answer:
    withheld = len(results.hits) - len(cards)
    return Answer(
        question=question,
        cards=cards,
        total=max(results.total - withheld, 0),
        answered=results.answered and (bool(cards) or not withheld),
        understood=results.understood,
        left_out=results.left_out,
        stamp=results.stamp,
        cursor=results.cursor,
        corrected=results.corrected,
        suggestions=results.suggestions,
    )
