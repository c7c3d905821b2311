"""One check while it goes on: candidates from the index, each compared with its stored version, the best chosen."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.asking.cards import PassageRef
from bot.asking.proof import Evidence, judge
from bot.checks.claimed import Whose, compare, speakers, stand_quoted
from bot.store.documents import StoredVersion
from index.analysis import terms
from index.check import (
    SAME,
    Claim,
    Finding,
    Op,
    Step,
    Verdict,
    around,
    find,
    piece,
    readings,
    split_around,
    weight_of_claim,
)
from index.hit import Located
from index.port import Access, Engine
from sources.people import People

CANDIDATES = 24
_COMPARED = 5
"""So many of them that differ are compared in full."""

_SURROUNDINGS = 60
"""Where so many code points around are the same, too, a place is a copy."""

_LEAST = 0.48
"""From this share of its weight on, a quotation is an altered one and not another."""

_LEAST_JOINED = 0.72
_WHOLE_PIECE = 0.85
_APART = 12
"""So many words between them part two places."""

_FAR = 0.15
"""A candidate so much worse than the best one, as the index sees it, is not looked at."""

_EXTRA = 0.01
_MOST_EXTRA = 30


@dataclass(frozen=True, slots=True)
class Found:
    """A place compared: `whose` says whether the claimed speaker speaks there, `quoted` that who speaks there quotes
    these words in their turn.
    """

    located: Located
    stored: StoredVersion
    finding: Finding
    whose: Whose
    quoted: bool

    @property
    def ref(self) -> tuple[str, int]:
        """Document and version."""
        return self.located.passage.document_id, self.located.passage.version

    @property
    def words(self) -> str:
        """The record's own words there."""
        return self.stored.document.text[self.finding.start : self.finding.end]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check comes to: the places of its pieces in the claim's order (one, unless it is joined), the difference
    to them, and other places like the first.
    """

    verdict: Verdict
    pieces: tuple[Found, ...] = ()
    steps: tuple[Step, ...] = ()
    others: tuple[Found, ...] = ()


class Inquiry:
    """The check of one quotation for one asker. `failed` are places that the store does not hold as the index does."""

    def __init__(self, engine: Engine, access: Access, evidence: Evidence, people: People, speaker: str | None) -> None:
        self._engine = engine
        self._access = access
        self._evidence = evidence
        self._people = people
        self._speaker = speaker
        self._alike: dict[tuple[str, ...], Sequence[Located]] = {}
        self.failed: list[Located] = []

    async def outcome(self, quote: str) -> Outcome:
        """The verdict on a quotation, with the places that it rests on."""
        claim, *others = readings(quote)
        found = await self.places(claim)
        for other in others:
            if found and found[0].finding.verdict is Verdict.EXACT:
                break
            places = await self.places(other)
            if (
                places
                and places[0].finding.verdict in SAME_WORDS
                and (not found or _order(places[0]) < _order(found[0]))
            ):
                found = places
        if not found:
            return Outcome(Verdict.ABSENT)
        best, others = found[0], tuple(found[1:])
        if best.finding.verdict in SAME_WORDS:
            return Outcome(best.finding.verdict, (best,), best.finding.steps, others)
        if joined := await self._joined(claim, best):
            return joined
        if best.finding.share < _LEAST:
            return Outcome(Verdict.ABSENT, (best,), (), others)
        return Outcome(best.finding.verdict, (best,), best.finding.steps, others)

    async def places(self, claim: Claim) -> list[Found]:
        """Where the claim stands, or much like it, best first."""
        located = list(await self._engine.locate(claim.terms, self._access, CANDIDATES))
        if located and located[0].whole:
            self._alike[claim.terms] = tuple(located)
        if self._speaker is not None:
            located.sort(key=lambda place: self._rank_by_speaker(place, self._speaker or ""))
        distinct = islice(_distinct(located), _COMPARED)
        near = [place for place in distinct if located[0].share - place.share <= _FAR]
        if near and not near[0].whole:  # all of them will be looked at
            await self._evidence.read([(place.passage.document_id, place.passage.version) for place in near])
        found: list[Found] = []
        for place in near:
            if found and _is_best(found[-1], self._speaker):
                break
            if each := await self._compared(claim, place):
                found.append(each)
        return sorted(found, key=_order)

    async def standing(self, words: Sequence[str]) -> Sequence[Located]:
        """Where these folded words stand side by side."""
        if (known := self._alike.get(tuple(words))) is not None:
            return known
        return [place for place in await self._engine.locate(words, self._access, 1) if place.whole]

    def _rank_by_speaker(self, place: Located, speaker: str) -> tuple[float, bool]:
        said_by = speakers(place.passage, place.start, place.end)
        same = compare(speaker, said_by, self._people, place.document.title or "") is Whose.SAME
        return -place.share, not same

    async def _compared(self, claim: Claim, place: Located) -> Found | None:
        passage = place.passage
        ref = PassageRef(passage.document_id, passage.version, passage.start, passage.end)
        stored = await self._evidence.version(ref)
        if stored is None or judge(stored, self._evidence.readable, ref, passage.text) is not None:
            self.failed.append(place)
            return None
        text, marks = stored.document.text, stored.document.marks
        finding = await asyncio.to_thread(lambda: find(claim, around(text, marks, place.start, place.end)))
        if finding is None:
            return None
        quoted = passage.speaker is not None and stand_quoted(text, finding.start, finding.end)
        said_by = speakers(passage, finding.start, finding.end, quoted=quoted)
        whose = compare(self._speaker, said_by, self._people, text) if self._speaker else Whose.UNKNOWN
        return Found(place, stored, finding, whose, quoted)

    async def _joined(self, claim: Claim, best: Found) -> Outcome | None:
        """The claim as pieces that stand, each for itself, at places apart; None where it is not so."""
        parted = split_around(claim, best.finding.found)
        if parted is None:
            return None
        pieces: list[Found] = []
        steps: list[Step] = []
        weight, at = 0.0, 0
        for first, last in sorted((parted[0], *parted[1])):
            steps += _added(claim, at, first)
            part, at = piece(claim, first, last), last
            found = await self.places(part) if (first, last) != parted[0] else await self._again(part, best)
            if found and found[0].finding.share >= _WHOLE_PIECE:
                steps += [Step(Op.JOIN, "", "")] if pieces else []
                pieces.append(found[0])
                steps += found[0].finding.steps
                weight += weight_of_claim(part)
            else:
                steps += _added(claim, first, last)
        steps += _added(claim, at, len(claim.units))
        enough = any(map(_apart, pieces, pieces[1:])) and weight >= _LEAST_JOINED * weight_of_claim(claim)
        return Outcome(Verdict.JOINED, tuple(pieces), tuple(steps)) if enough else None

    async def _again(self, part: Claim, best: Found) -> list[Found]:
        found = await self._compared(part, best.located)
        return [found] if found else []


def _distinct(located: Iterable[Located]) -> Iterator[Located]:
    """The places without those where the very words of an earlier one stand, as those around them do."""
    seen: set[tuple[str, ...]] = set()
    for place in located:
        start, end = place.start - place.passage.start, place.end - place.passage.start
        words = tuple(terms(place.passage.text[max(0, start - _SURROUNDINGS) : end + _SURROUNDINGS]))
        if words not in seen:
            seen.add(words)
            yield place


def _apart(one: Found, other: Found) -> bool:
    """Whether the second of two pieces does not stand right behind the first."""
    if one.ref != other.ref or other.finding.start < one.finding.end:
        return True
    return len(terms(one.stored.document.text[one.finding.end : other.finding.start])) >= _APART


def _added(claim: Claim, first: int, last: int) -> list[Step]:
    """The units from `first` to before `last` as words that stand nowhere."""
    return [Step(Op.INSERT, piece(claim, first, last).text, "")] if first < last else []


SAME_WORDS = frozenset({Verdict.EXACT, Verdict.PUNCTUATION})
_NOT_EXTRA = {*SAME, Op.CUT, Op.ASIDE}


def _is_best(found: Found, speaker: str | None) -> bool:
    """Whether no other place can be better."""
    first_hand = found.finding.verdict is Verdict.EXACT and not found.quoted
    return first_hand and (speaker is None or found.whose is Whose.SAME)


def _order(found: Found) -> tuple[bool, bool, int, float, bool, bool, bool]:
    """The words as they are claimed before others, by the claimed speaker before anybody; else the most of the claim
    with the least between, words that are said before those that are quoted, and present versions before older ones.
    """
    finding = found.finding
    same = finding.verdict in SAME_WORDS
    extra = sum(len(terms(step.true)) for step in finding.steps if step.op not in _NOT_EXTRA)
    quality = finding.share - _EXTRA * min(extra, _MOST_EXTRA)
    rank = list(Verdict).index(finding.verdict) if same else len(Verdict)
    other = found.whose is not Whose.SAME
    return not same, other and same, rank, -round(quality, 2), other, found.quoted, found.located.superseded
