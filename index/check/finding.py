"""A claim against one place of a record: the verdict there, and all that is told about it. Pure.

What is what: words that stand so are `exact`, or `punctuation` where only case, quotes, dashes or such signs differ or
an aside that nobody said is left out. Any other word, a question made a statement, and a full stop or an ellipsis where
the record's sentence goes on, make it `altered`. It is `joined`
where words of two speakers, or of places further apart than a clause, are made into one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.analysis import terms
from index.check.align import Pair, align
from index.check.claim import Claim
from index.check.context import left_behind
from index.check.diff import Compared, compared
from index.check.flags import loud
from index.check.record import Record
from index.check.verdict import SAME, Flag, Op, Step, Verdict
from index.check.weigh import share
from sources.document import Speaker

_CLAUSE = 25
"""So many words an ellipsis may hide and still be one."""

_SPLICED = 12
"""So many words left out without an ellipsis part two places."""

_SOLID = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """How a claim stands to `record.text[start:end]`; `spans` are the places of the words that are the same.

    `share` of the claim's weight (0 to 1) stands there; `found` are the numbers of the units that do. `turns` is the
    word that the quotation leaves behind in its sentence, for the flag `context`.
    """

    verdict: Verdict
    flags: frozenset[Flag]
    steps: tuple[Step, ...]
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    found: frozenset[int]
    share: float
    turns: str | None = None


def find(claim: Claim, record: Record) -> Finding | None:
    """The claim at the place of the record where it fits best; None where not a word of it stands there."""
    words = [word.term for word in record.words]
    runs = [_finding(claim, record, run) for run in _runs(claim, words)]
    if found := [each for each in runs if each]:
        return min(found, key=lambda each: list(Verdict).index(each.verdict))
    return _finding(claim, record, align(claim, words))


def _runs(claim: Claim, words: Sequence[str]) -> Iterator[list[Pair]]:
    """Where all words of the claim stand side by side, in order; a phrase may stand there with other signs, too."""
    wanted = [unit.term for unit in claim.units]
    if not wanted or claim.edited:
        return
    for first in range(len(words) - len(wanted) + 1):
        if words[first] == wanted[0] and list(words[first : first + len(wanted)]) == wanted:
            yield [Pair(unit, first + unit) for unit in range(len(wanted))]


def _finding(claim: Claim, record: Record, pairs: Sequence[Pair]) -> Finding | None:
    laid = compared(claim, record, pairs)
    if laid is None:
        return None
    flags = loud(laid.steps, record.text)
    whole = not laid.cut_short and not _goes_on(record, laid.end)
    turns = left_behind(record, laid.start, laid.end, whole_end=whole)
    if turns or laid.cut_short:
        flags |= {Flag.CONTEXT}
    found = frozenset(unit for unit, _ in laid.same)
    return Finding(
        verdict=_verdict(laid, record),
        flags=flags,
        steps=laid.steps,
        start=laid.start,
        end=laid.end,
        spans=_spans(laid, record),
        found=found,
        share=share(claim, found, laid.kin),
        turns=turns,
    )


def _verdict(laid: Compared, record: Record) -> Verdict:
    if _joined(laid, record):
        return Verdict.JOINED
    ops = {step.op for step in laid.steps if step.op is not Op.CUT or step.true.strip()}
    if ops <= {Op.EQUAL}:
        return Verdict.EXACT
    return Verdict.PUNCTUATION if ops <= {*SAME, Op.ASIDE} else Verdict.ALTERED


def _joined(laid: Compared, record: Record) -> bool:
    return _two_speakers(laid, record) or any(
        _parts(step) and _solid(laid.steps[:at]) and _solid(laid.steps[at + 1 :]) for at, step in enumerate(laid.steps)
    )


def _parts(step: Step) -> bool:
    """Whether what a step leaves out is more than a clause."""
    hidden = len(terms(step.true))
    if step.op is Op.CUT:
        return hidden > _CLAUSE
    return step.op in (Op.DELETE, Op.REPLACE) and hidden - len(terms(step.claimed)) >= _SPLICED


def _solid(steps: Sequence[Step]) -> bool:
    return any(step.op in SAME and len(terms(step.claimed)) >= _SOLID for step in steps)


def _two_speakers(laid: Compared, record: Record) -> bool:
    """Whether words of one speaker run on into another's without the record's label between them."""
    said: list[Speaker] = []
    for _, number in laid.same:
        turn = record.turn_at(record.words[number].start)
        if turn is None or not isinstance(turn.value, Speaker):
            continue
        if said and said[-1].label != turn.value.label and not _labelled(laid, record, turn.start, turn.value):
            return True
        said.append(turn.value)
    return False


def _labelled(laid: Compared, record: Record, start: int, speaker: Speaker) -> bool:
    """Whether the claim shows the label with which the turn begins."""
    if not record.text.startswith(speaker.label, start):
        return False
    label = {number for number, word in enumerate(record.words) if start <= word.start < start + len(speaker.label)}
    return label <= {number for _, number in laid.same}


def _goes_on(record: Record, end: int) -> bool:
    """Whether the sentence goes on after `text[:end]`."""
    before = record.text[:end].rstrip("\"'”’)] \n")[-1:]
    following = record.text[end : end + 3]
    return before not in {".", "!", "?", "…"} and bool(following.strip()) and following.lstrip()[:1] not in ".!?"


def _spans(laid: Compared, record: Record) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    before: int | None = None
    for _, number in laid.same:
        word = record.words[number]
        if before is not None and number == before + 1:
            spans[-1] = (spans[-1][0], word.end)
        else:
            spans.append((word.start, word.end))
        before = number
    return tuple(spans)
