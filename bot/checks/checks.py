"""Checking quotations: is it exact, who said it, when and where, for one quotation or for all of a draft.

The verdict rests on the stored texts that the asker may read and on nothing else: what stands in a source that is
closed to them is absent.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot import metrics
from bot.asking.cards import Card, Checked, DraftCheck, Drafted
from bot.asking.desk import Desk
from bot.asking.proof import Evidence
from bot.asking.turns import turning_word
from bot.checks.broken import halves
from bot.checks.checking import SAME_WORDS, Found, Inquiry, Outcome
from bot.checks.claimed import Whose
from bot.checks.drafts import begins_sentence, goes_on, quotations
from bot.errors import BadRequest
from bot.roles import Person, access
from index.analysis import terms
from index.check import Flag, Verdict, content_words, read
from index.hit import Copy, Hit, Located, Match, Span
from index.port import Engine
from sources.people import People

MOST_WORDS = 1_000
MOST_DRAFT_WORDS = 3_000
_FEWEST, _FEWEST_TELLING = 4, 3
_MOST_CARDS = 3
_MOST_COPIES = 12
_NEARLY = 0.1
"""Other words that fit so nearly as well are shown beside the best."""

_NEAREST, _MOST_NEAREST = 0.2, 2
"""Of what is absent so much must stand at a place, by weight, for it to be shown as near."""


class Checks:
    """Checks quotations for people. Every method may raise `StoreUnavailable` and `IndexUnavailable`."""

    def __init__(self, desk: Desk, engine: Engine, people: People) -> None:
        self._desk = desk
        self._engine = engine
        self._people = people

    async def check(self, person: Person, quote: str, *, speaker: str | None = None) -> Checked:
        """How the quotation stands to what this person may read.

        Raises BadRequest when it holds no word or too many.
        """
        count = len(terms(quote))
        if not count:
            raise BadRequest("There are no words to check.")
        if count > MOST_WORDS:
            raise BadRequest(
                f"A quotation of more than {MOST_WORDS:,} words can't be checked at once: check it in parts."
            )
        checked = await self._checked(quote, speaker or None, person, await self._desk.evidence(person))
        # Two words that stand so are found; whether others like them were meant nobody can tell.
        return _too_short(checked) if is_short(quote) and checked.verdict not in SAME_WORDS else checked

    async def draft(self, person: Person, text: str) -> DraftCheck:
        """Every quotation of a draft, each with whom the draft gives it to. Raises BadRequest when it is too long."""
        words = len(terms(text))
        if words > MOST_DRAFT_WORDS:
            raise BadRequest(
                f"A draft of up to {MOST_DRAFT_WORDS:,} words can be checked at once, and this one has {words:,}. "
                "Check it in parts."
            )
        evidence = await self._desk.evidence(person)
        drafted: list[Drafted] = []
        sentence = ""
        for start, end, speaker in quotations(text):
            one = Drafted(start, end, await self._of_draft(text[start:end], speaker, person, evidence))
            if drafted and goes_on(text, (drafted[-1].start, drafted[-1].end), start):
                sentence = f"{sentence} {text[start:end]}"
                given = speaker or drafted[-1].checked.claimed
                whole = await self._of_draft(sentence, given, person, evidence)
                drafted[-1], one = halves(drafted[-1], one, whole, surely=not begins_sentence(text, start))
            else:
                sentence = text[start:end]
            drafted.append(one)
        return DraftCheck(tuple(drafted), words)

    async def _of_draft(self, quote: str, speaker: str | None, person: Person, evidence: Evidence) -> Checked:
        if is_short(quote):
            return Checked(quote, None, claimed=speaker)
        return await self._checked(quote, speaker, person, evidence)

    async def _checked(self, quote: str, speaker: str | None, person: Person, evidence: Evidence) -> Checked:
        with metrics.CHECK_SECONDS.time():
            checked = await self._judged(quote, speaker, person, evidence)
        metrics.CHECKS.labels(checked.verdict).inc()
        return checked

    async def _judged(self, quote: str, speaker: str | None, person: Person, evidence: Evidence) -> Checked:
        readable = access(person, evidence.readable.values())
        inquiry = Inquiry(self._engine, readable, evidence, self._people, speaker)
        outcome = await inquiry.outcome(quote)
        for place in inquiry.failed:  # tells the admins
            await self._desk.prove(_hit(place, Match.MATCH), evidence, "")
        related = Match.RELATED if outcome.verdict is Verdict.ABSENT else Match.MATCH
        cards: list[Card] = []
        shown = _shown(outcome)
        for found in shown:
            copies = await self._copies(found, inquiry) if related is Match.MATCH else ()
            place = (found.finding.start, found.finding.end)
            if card := await self._desk.prove(_hit_of(found, related, copies), evidence, found.words, place):
                cards.append(card)
        if outcome.verdict is Verdict.ABSENT or not cards:
            return Checked(quote, Verdict.ABSENT, cards=tuple(cards), claimed=speaker)
        turns, flags = _warned(outcome)
        superseded = not outcome.pieces[0].stored.current
        return Checked(
            quote,
            outcome.verdict,
            tuple(flag for flag in Flag if flag in flags),
            outcome.steps,
            tuple(cards),
            speaker,
            turns,
            superseded,
        )

    async def _copies(self, found: Found, inquiry: Inquiry) -> tuple[Copy, ...]:
        """Where else the very words of the record stand."""
        places = await inquiry.standing(terms(found.words))
        own = (found.located.document.id, found.finding.start)
        return tuple(
            Copy(place.document, place.start, place.end)
            for place in places[: _MOST_COPIES + 1]
            if place.document.id != own[0] or not place.start <= own[1] + 3 < place.end
        )[:_MOST_COPIES]


def is_short(quote: str) -> bool:
    """Whether it has too few words to tell a quotation from any others: scare quotes, names."""
    claim = read(quote)
    return len(claim.terms) < _FEWEST and content_words(claim) < _FEWEST_TELLING


def _too_short(checked: Checked) -> Checked:
    return Checked(checked.quote, None, claimed=checked.claimed)


def _shown(outcome: Outcome) -> list[Found]:
    """The places to show: of the pieces, and of other words that fit nearly as well."""
    if outcome.verdict is Verdict.ABSENT:
        near = (*outcome.pieces, *outcome.others)
        return [found for found in near if found.finding.share >= _NEAREST][:_MOST_NEAREST]
    shown = list(outcome.pieces)
    if not shown or len(shown) > 1 or outcome.verdict in SAME_WORDS:
        return shown
    seen = {tuple(terms(found.words)) for found in shown}
    for found in outcome.others:
        words = tuple(terms(found.words))
        if found.finding.share >= shown[0].finding.share - _NEARLY and words not in seen and len(shown) < _MOST_CARDS:
            seen.add(words)
            shown.append(found)
    return shown


def _warned(outcome: Outcome) -> tuple[str | None, frozenset[Flag]]:
    """The word that turns the meaning, and all flags."""
    flags = frozenset[Flag]().union(*(found.finding.flags for found in outcome.pieces))
    first, last = outcome.pieces[0], outcome.pieces[-1]
    turns = first.finding.turns or last.finding.turns
    if turns is None:
        turns = turning_word(last.stored.document.text, last.finding.end)
    if turns:
        flags |= {Flag.CONTEXT}
    if any(found.whose is Whose.OTHER for found in outcome.pieces):
        flags |= {Flag.SPEAKER}
    if any(found.quoted for found in outcome.pieces):
        flags |= {Flag.QUOTED}
    if not all(found.stored.current for found in outcome.pieces):
        flags |= {Flag.SUPERSEDED}
    return turns, flags


def _hit_of(found: Found, match: Match, copies: Sequence[Copy]) -> Hit:
    """The passage of a place, widened to all compared words, with the same words marked."""
    passage, finding, text = found.located.passage, found.finding, found.stored.document.text
    start, end = min(passage.start, finding.start), max(passage.end, finding.end)
    if (start, end) != (passage.start, passage.end):
        quotes = tuple(
            replace(each, start=each.start + passage.start - start, end=each.end + passage.start - start)
            for each in passage.quotes
        )
        passage = replace(passage, start=start, end=end, text=text[start:end], quotes=quotes)
    spans = tuple(Span(first - start, last - start) for first, last in finding.spans)
    return replace(
        _hit(found.located, match), passage=passage, spans=spans, also_in=tuple(copies), score=round(finding.share, 4)
    )


def _hit(place: Located, match: Match) -> Hit:
    return Hit(place.passage, place.document, place.share, match=match)
