"""An alignment as the steps that people read, in the very words of the claim and of the record."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.check.align import Pair, akin
from index.check.asides import is_aside, past_asides
from index.check.claim import Claim, Kind, Unit
from index.check.numerals import figure_parts, says_number
from index.check.record import Record
from index.check.signs import asked_alike, counting, figure_begins, figure_ends
from index.check.verdict import Op, Step
from index.query.function_words import is_function_word

_TAIL = re.compile(r"[^\w\s]*(?:[^\S\n][!?][^\w\s]*)?")
"""The signs behind a word; older print has a blank before a question mark."""

_STOP = re.compile(r"[.!?…]")
_BREAK = re.compile(r"[.!?…][\"'”’)\]]*\s|\n\s*\n")
_CLOSING = "\"'”’»)]"
_OPENING = "([“‘«"
_FEW = 3
_LONGEST_FIGURE = 12
_STOPS = frozenset(".!?…")
_ADDED = {Kind.BRACKET: Op.BRACKET, Kind.NOTE: Op.ASIDE}
"""What a unit is that stands for no word of the record."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim laid over `record.text[start:end]`: the steps in order.

    `same` are the units whose words stand there, each with the number of its word, `kin` units that stand for a word
    much like them. `cut_short`: the claim closes, or trails off, where the record's sentence goes on.
    """

    claim: Claim
    steps: tuple[Step, ...]
    start: int
    end: int
    same: tuple[tuple[int, int], ...]
    kin: frozenset[int] = frozenset()
    cut_short: bool = False


def compared(claim: Claim, record: Record, pairs: Sequence[Pair]) -> Compared | None:
    """The steps of an alignment; None where no word stands there."""
    pairs = _within_sentence(claim, record, pairs)
    touched = [pair.true for pair in pairs if pair.true is not None]
    changed = [(pair.claimed, pair.true) for pair in pairs if pair.claimed is not None and pair.true is not None]
    same = tuple((unit, word) for unit, word in changed if claim.units[unit].term == record.words[word].term)
    kin = frozenset(unit for unit, word in changed if akin(claim.units[unit].term, record.words[word].term))
    if not same:
        return None
    pieces = _Pieces(claim, record, touched[0], touched[-1])
    steps = list(_steps(claim, record, pairs, pieces))
    cut = pieces.cut_short
    if cut and steps:
        steps[-1:] = _closed_early(steps[-1], record, pieces)
    return Compared(claim, tuple(_merged(steps)), pieces.start, pieces.end, same, kin - {unit for unit, _ in same}, cut)


def _within_sentence(claim: Claim, record: Record, pairs: Sequence[Pair]) -> list[Pair]:
    """Words of the claim before or after all that stands there are additions where the record's sentence is over."""
    solid = [
        at
        for at, pair in enumerate(pairs)
        if pair.claimed is not None
        and pair.true is not None
        and claim.units[pair.claimed].term == record.words[pair.true].term
    ]
    if not solid:
        return list(pairs)
    first, last = solid[0], solid[-1]
    kept = list(pairs[first : last + 1])
    before, after = list(pairs[:first]), list(pairs[last + 1 :])
    place = pairs[first].true
    for pair in reversed(before):
        joined = pair.true is not None and place is not None and not _parted(record, pair.true, place)
        kept.insert(0, pair if joined or pair.claimed is None else Pair(pair.claimed, None))
        place = pair.true if joined else None
    place = pairs[last].true
    for pair in after:
        joined = pair.true is not None and place is not None and not _parted(record, place, pair.true)
        kept.append(pair if joined or pair.claimed is None else Pair(pair.claimed, None))
        place = pair.true if joined else None
    while kept and kept[0].claimed is None:
        kept.pop(0)
    while kept and kept[-1].claimed is None:
        kept.pop()
    return [*_opening(claim, record, kept[0]), *kept[:-1], *_whole_figure(claim, record, kept[-1])]


def _opening(claim: Claim, record: Record, first: Pair) -> list[Pair]:
    """The first words of the record's sentence, where few stand before the word that the claim's first one replaces:
    they were replaced with it.
    """
    if first.claimed != 0 or first.true is None or claim.units[0].term == record.words[first.true].term:
        return []
    for before in range(_FEW + 1):
        word = first.true - before
        if word == 0 or _parted(record, word - 1, word):
            return [Pair(None, at) for at in range(word, first.true)]
    return []


def _whole_figure(claim: Claim, record: Record, last: Pair) -> list[Pair]:
    """The last step, up to the end of the record's number where the claim's last word ends another one in its place."""
    if last.claimed is None or last.true is None:
        return [last]
    said, true = claim.units[last.claimed].term, record.words[last.true].term
    if said == true or not (says_number(said) and says_number(true)):
        return [last]
    following = [word.term for word in record.words[last.true + 1 : last.true + 1 + _LONGEST_FIGURE]]
    end = last.true + figure_parts(following)
    return [*(Pair(None, at) for at in range(last.true, end)), Pair(last.claimed, end)]


def _parted(record: Record, first: int, second: int) -> bool:
    """Whether a sentence or a paragraph ends between two neighbouring words."""
    return bool(_BREAK.search(record.text[record.words[first].end : record.words[second].start]))


class _Pieces:
    """The texts of units and words, each with the signs and blanks up to the next one."""

    def __init__(self, claim: Claim, record: Record, first: int, last: int) -> None:
        self._claim, self._record = claim, record
        self._first, self._last = first, last
        text, words = record.text, record.words
        tail = _TAIL.match(text, words[last].end)
        after = words[last + 1].start if last + 1 < len(words) else len(text)
        self.following = text[words[last].end : after]
        typed = claim.text[claim.units[-1].end :]
        self._tail = _belonging(tail[0] if tail else "", typed.strip())
        lead = claim.text[: claim.units[0].start]
        begin = words[first].start
        self.start = min(figure_begins(text, begin), begin - (len(lead) if text[:begin].endswith(lead) else 0))
        self.end = max(figure_ends(text, words[last].end), words[last].end + (len(self._tail) if typed.strip() else 0))
        self.cut_short = self._is_cut_short(typed)

    def _is_cut_short(self, typed: str) -> bool:
        """The claim ends with a full stop, or trails off, where the sentence goes on."""
        if not (_STOP.search(typed) or self._claim.trails):
            return False
        record, last = self._record, self._last
        end = record.words[last].end
        if (past := past_asides(record.text, end)) > end and _STOP.match(record.text, past):
            return False
        if last + 1 == len(record.words) or self._ends_here():
            return False
        return record.turn_at(record.words[last].start) == record.turn_at(record.words[last + 1].start)

    def _ends_here(self) -> bool:
        """Whether the record has a stop here, too; one that shortens a word (`Mr.`) is not what an ellipsis says, and
        between lines or pages no sentence ends with a word like `the`.
        """
        if not _STOP.search(self.following) and is_function_word(self._record.words[self._last].term):
            return False
        if self._claim.trails and "…" not in self.following and ".." not in self.following:
            last, following = self._record.words[self._last : self._last + 2]
            return any(self._record.sentence_ends(last.start, following.end))
        return bool(_STOP.search(self.following) or _BREAK.search(self.following))

    def typed(self, unit: int) -> tuple[int, int]:
        """Where in the claim's text what belongs to a unit begins and ends."""
        units, text = self._claim.units, self._claim.text
        begin = 0 if unit == 0 else units[unit].start
        if unit + 1 == len(units):
            return begin, len(text)
        return begin, units[unit].end if units[unit + 1].gap else units[unit + 1].start

    def gap(self, unit: int) -> str:
        """The ellipsis before a unit, with its blanks."""
        units, text = self._claim.units, self._claim.text
        if not units[unit].gap:
            return ""
        return text[units[unit - 1].end if unit else 0 : units[unit].start]

    def stop(self, word: int, before: Unit | None = None) -> int:
        """Where what belongs to a word ends: at the next word, or at its own end where the claim's next unit, `before`
        which it stands, has a gap.
        """
        words = self._record.words
        if word == self._last:
            return self.end
        return words[word].end if before is not None and before.gap else words[word + 1].start


def _belonging(tail: str, typed: str) -> str:
    """The signs after the last word that are the quotation's: marks that close something which began before it are not.

    >>> _belonging(".”", "."), _belonging("!", ".")
    ('.', '!')
    """
    return typed if tail.startswith(typed) and not tail[len(typed) :].strip(_CLOSING) else tail


def _steps(claim: Claim, record: Record, pairs: Sequence[Pair], pieces: _Pieces) -> Iterator[Step]:
    """One step a unit or left-out run; an ellipsis takes what is left out next to it. The record is used up in order,
    so that the steps' texts leave nothing out.
    """
    at, last, units = pieces.start, None, claim.units
    left_out = False
    for pair, following in zip(pairs, [*pairs[1:], None], strict=True):
        if pair.claimed is None:
            last, left_out = pair.true, True
            continue
        unit = units[pair.claimed]
        gap = unit.gap and pair.claimed > 0
        if (gap or left_out) and last is not None:
            stop = max(at, pieces.stop(last))
            yield _gap(pieces.gap(pair.claimed), record, at, stop) if gap else _left_out(record, at, stop)
            at = stop
        elif gap:
            yield Step(Op.PUNCTUATION, pieces.gap(pair.claimed), "")
        left_out = False
        begin, until = pieces.typed(pair.claimed)
        typed = claim.text[begin:until]
        if pair.true is None:
            yield Step(_ADDED.get(unit.kind, Op.INSERT), typed, "")
            continue
        last = pair.true
        stop = pieces.stop(last, units[pair.claimed + 1] if pair.claimed + 1 < len(units) else None)
        if following is not None and following.claimed is None:
            stop -= len(record.text[at:stop]) - len(record.text[at:stop].rstrip(_OPENING))
        stored, signs = record.text[at:stop], counting(record.text, at, stop)
        same = unit.term == record.words[last].term and counting(claim.text, begin, until) == signs
        at = stop
        yield Step(_op(unit.kind, same and asked_alike(typed, stored), typed, stored), typed, stored)


def _gap(typed: str, record: Record, start: int, end: int) -> Step:
    """An ellipsis with what it hides; it may be the record's own."""
    hidden = record.text[start:end]
    if any(sign.isalnum() for sign in hidden) or counting(record.text, start, end):
        return Step(Op.CUT, typed, hidden)
    return Step(Op.EQUAL if typed.split() == hidden.split() else Op.PUNCTUATION, typed, hidden)


def _left_out(record: Record, start: int, end: int) -> Step:
    return Step(Op.ASIDE if is_aside(record.text, start, end) else Op.DELETE, "", record.text[start:end])


def _op(kind: Kind, same: bool, typed: str, stored: str) -> Op:
    if kind is Kind.BRACKET or (kind is Kind.GLUED and not same):
        return Op.BRACKET
    if not same:
        return Op.REPLACE
    return Op.EQUAL if typed.split() == stored.split() else Op.PUNCTUATION


def _closed_early(last: Step, record: Record, pieces: _Pieces) -> list[Step]:
    """The last step without its stop or ellipsis, and the rest of the record's sentence as cut by it."""
    word = re.match(r"^(.*?\w)(\W*)$", last.claimed, re.DOTALL)
    rest = next(iter(record.sentence_ends(pieces.end, min(len(record.text), pieces.end + 1_500))), None)
    until = rest if rest is not None else min(len(record.text), pieces.end + 300)
    following = record.text[pieces.end : until]
    blanks = len(following) - len(following.lstrip())
    hidden = following[:blanks] + following[blanks:].split("\n\n", maxsplit=1)[0]
    if word is None or not word[2]:
        return [last, Step(Op.CUT, "", hidden)]
    stored = last.true
    op = last.op if last.op not in (Op.EQUAL, Op.PUNCTUATION) else Op.EQUAL
    return [Step(op, word[1], stored), Step(Op.CUT, word[2], hidden)]


def _merged(steps: Sequence[Step]) -> Iterator[Step]:
    """Neighbours of one kind as one; changed words that touch, lost and added ones, are one replacement."""
    changed = {Op.REPLACE, Op.INSERT, Op.DELETE}
    for key, run in groupby(steps, key=lambda step: Op.REPLACE if step.op in changed else step.op):
        group = list(run)
        claimed, true = "".join(step.claimed for step in group), "".join(step.true for step in group)
        op = key
        if key is Op.REPLACE:
            op = Op.INSERT if not true else Op.DELETE if not claimed else Op.REPLACE
        elif key is Op.ASIDE and claimed and true:
            op = Op.REPLACE  # another note's number
        yield Step(op, claimed, true)
