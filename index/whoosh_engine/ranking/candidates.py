"""The best rows of one segment for a question, found without scoring most of the others.

Theory of operation. Two kinds of rows are ranked. *Complete* ones hold every content word of the question; they come
first, by score. *Incomplete* ones come after them, by their score times a share: the part of the question that they
hold, each word counted by its rarity, to the power of `Weights.power`.

All complete rows are known, because they are counted. They are found like an intersection: the rows of the rarest word
are looked up in the others. Of very many of them the best are found by a race (`race`) of all that a score is made of,
words, titles and names: the shortest lists, which are worth most, go first, and the others are often not read at all.

Of the incomplete rows only as many are wanted as are looked at word by word (`depth`). Words are gone through from the
rarest on. A row that holds none of the words so far holds only some of those to come, so neither its share nor its
score can be more than all of them together give; once that is less than the `depth`-th best row already has for
certain, no new row can come in (the rule of the race, with shares), and the frequent words, which have nearly all the
postings, are only looked up. Whatever is certain is a *floor*: the score in the passage's own words. What a title or a
name may add, to the few rows that hold a word there, is at most the *slack*. Those whose floor with all possible slack
does not reach the threshold are dropped; where many are left, the frequent words are looked up one by one, which raises
floors and threshold. The few that are left then get their scores and shares exactly, always in the same order of
additions, so that equal rows have equal scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.whoosh_engine.matching.match import NOTHING, Match, added_up, size
from index.whoosh_engine.ranking.clues import Clue
from index.whoosh_engine.ranking.race import NEARLY, Race, bound, threshold
from index.whoosh_engine.ranking.weights import Weights
from index.whoosh_engine.segment.days import Mask
from index.whoosh_engine.segment.inverted import Ints
from index.whoosh_engine.segment.postings import Floats
from index.whoosh_engine.segment.readable import kept
from index.whoosh_engine.segment.scratch import marked

_FEW = 20_000
"""So few rows are looked at one by one."""

_MANY = 2_000
"""Of so many rows it pays to look which of them a title or a name lifts at all."""

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of one leaf. `allowed`: its rows that may be found at all, None for all; they hold everything
    required."""

    leaf: int
    rows: int
    allowed: Mask | None
    wanted: Sequence[Clue]
    required: Sequence[Clue]
    helping: Sequence[Match]
    weights: Weights

    @property
    def content(self) -> list[Clue]:
        """What a complete row holds."""
        return [clue for clue in self.wanted if not clue.evidence]

    def share(self, rarity: Doubles | float) -> Doubles | float:
        """How much of the question a rarity is, as it counts."""
        whole = sum(clue.rarity for clue in self.wanted) or 1.0
        return (rarity / whole) ** self.weights.power(len(self.content))


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows with what they hold of the question: the sum of what was found, and the share by which it counts. `cut`:
    there are others, none of them better."""

    rows: Ints
    scores: Doubles
    shares: Doubles
    cut: bool = False


def complete(asked: Asked) -> Ints:
    """The rows that hold all content words; where there are none to hold, those with anything wanted; ascending."""
    content = sorted(asked.content, key=lambda clue: size(clue.found[asked.leaf]))
    if content:
        rows = kept(content[0].found[asked.leaf].rows, asked.allowed)
        for clue in content[1:]:
            rows = rows[clue.found[asked.leaf].has(rows)]
        return rows
    mask = np.ones(asked.rows, bool) if asked.allowed is None else asked.allowed
    return np.flatnonzero(mask & holding_any(asked) if asked.wanted else mask).astype(np.uint32)


def holding_any(asked: Asked) -> Mask:
    """For each row whether it holds anything wanted."""
    held = np.zeros(asked.rows, bool)
    for clue in asked.wanted:
        for rows in clue.found[asked.leaf].lists():
            held[rows] = True
    return held


def best_complete(asked: Asked, rows: Ints, depth: int | None) -> Candidates:
    """The best of the complete rows, and all that are as good as the last of them."""
    if depth is None or len(rows) <= max(2 * depth, _FEW):
        found = Candidates(rows, _scores(asked, rows), np.ones(len(rows)))
        return found if depth is None or len(rows) <= 2 * depth else _cut(found, depth)
    parts = [part for clue in (*asked.wanted, *asked.required) for part in added_up(clue.found[asked.leaf])]
    parts.sort(key=size)
    short = sum(size(part) < len(rows) for part in parts)
    race, help_, held = Race(depth, lambda some: _scores(asked, some)), _help(asked), np.zeros(asked.rows, bool)
    held[rows] = True
    for at, part in enumerate(parts[:short], 1):
        for each in part.lists():
            here = kept(each, held)
            race.enter(here, part.scores_in(here), parts[at:], help_)
        if bound(parts[at:]) + help_ < race.least:
            break
    else:
        first, *others = sorted(parts[short:], key=lambda part: -part.bound) or [NOTHING]
        race.enter(rows, first.scores_in(rows), others, help_)
    return _cut(Candidates(race.rows, race.scores, np.ones(len(race.rows)), cut=True), depth)


def best_incomplete(asked: Asked, whole: Ints, depth: int | None) -> Candidates:
    """The best of the rows that hold something but not all; `whole` are those that do."""
    if asked.allowed is not None and np.count_nonzero(asked.allowed) <= _FEW:
        allowed = asked.allowed.copy()
        allowed[whole] = False
        return _exactly(asked, np.flatnonzero(allowed).astype(np.uint32))
    return _Nearest(asked, whole, depth).found()


class _Nearest:
    """The rows that may be among the best, with what is certain of them, their rarity and the floor of their scores,
    and with the slack: by how much what was added up of them may be too low."""

    def __init__(self, asked: Asked, whole: Ints, depth: int | None) -> None:
        self._asked, self._depth = asked, depth
        self._matches = [clue.found[asked.leaf] for clue in asked.wanted]
        self._order = sorted(asked.wanted, key=lambda clue: -clue.rarity)
        self._unseen = np.ones(asked.rows, bool) if asked.allowed is None else asked.allowed.copy()
        self._unseen[whole] = False
        self._rows, self._floor, self._rarity = np.empty(0, np.uint32), np.empty(0, np.float32), np.empty(0)
        self._slack = np.empty(0, np.float32)
        self._threshold = 0.0
        self._alike = sum(clue.found[asked.leaf].bound for clue in asked.required) + _help(asked)
        self._dropped = False

    def found(self) -> Candidates:
        """The best of them."""
        asked, others = self._asked, [rows for match in self._matches for rows in match.others()]
        with marked(np.concatenate([self._rows, *others]), True, asked.rows, bool) as lifted:
            left = self._gathered(lifted)
        self._dropped |= bool(left)
        self._narrow(left)
        if len(self._rows) > _MANY:
            self._slack = _slacks(self._matches, self._rows, asked.rows)
            self._narrow(left)
        while left and len(self._rows) > _MANY:
            self._look_up(left.pop(0))
            self._narrow(left)
        chosen = _exactly(asked, self._rows)
        return _cut(Candidates(chosen.rows, chosen.scores, chosen.shares, self._dropped), self._depth)

    def _gathered(self, lifted: Mask) -> list[Clue]:
        """Take in the rows of clues, until those that hold nothing but what is left, which is given back, can't be
        among the best. `lifted`: the rows that have any slack."""
        left, leaf = list(self._order), self._asked.leaf
        while left and self._most(left, 0.0, 0.0, _slack(left, leaf)) >= self._threshold:
            clue, slack = left[0], np.float32(_slack(left, leaf))
            self._look_up(left.pop(0))
            match = clue.found[leaf]
            for rows, floor in zip(match.lists(), match.floors(), strict=True):
                self._take_in(rows, floor, slack * lifted.take(rows), clue, left)
        return left

    def _narrow(self, left: Sequence[Clue]) -> None:
        """Drop what can't be among the best, whatever it holds of what is left."""
        best = np.flatnonzero(self._most(left, self._floor, self._rarity, self._slack) >= self._threshold)
        self._dropped |= len(best) < len(self._rows)
        self._rows, self._floor = self._rows.take(best), self._floor.take(best)
        self._rarity, self._slack = self._rarity.take(best), self._slack.take(best)

    def _most(
        self, left: Sequence[Clue], floor: Floats | float, rarity: Doubles | float, slack: Floats | float
    ) -> Doubles:
        """What rows with so much can have at most, when they hold all that is left."""
        bound = sum(clue.found[self._asked.leaf].bound for clue in left) - _slack(left, self._asked.leaf) + self._alike
        return np.asarray((floor + bound + slack) * self._asked.share(rarity + sum(clue.rarity for clue in left)))

    def _look_up(self, clue: Clue) -> None:
        if len(self._rows):
            match = clue.found[self._asked.leaf]
            self._rarity += clue.rarity * match.has(self._rows)
            self._floor += match.floor_in(self._rows)
            self._raise(self._floor * self._asked.share(self._rarity))

    def _take_in(self, rows: Ints, floor: Floats, slack: Floats, clue: Clue, left: Sequence[Clue]) -> None:
        """New rows, those left out that can't come among the best whatever else they hold."""
        fresh = self._unseen.take(rows)
        self._raise(floor * fresh * self._asked.share(clue.rarity))
        if self._threshold:
            fresh &= self._most(left, floor, clue.rarity, slack) >= self._threshold
            self._dropped = True
        chosen = np.flatnonzero(fresh)
        rows = rows.take(chosen)
        self._unseen[rows] = False
        self._rows = np.concatenate([self._rows, rows])
        self._floor = np.concatenate([self._floor, floor.take(chosen)])
        self._slack = np.concatenate([self._slack, slack.take(chosen)])
        self._rarity = np.concatenate([self._rarity, np.full(len(rows), clue.rarity)])

    def _raise(self, certain: Doubles | Floats) -> None:
        if self._depth is not None and len(certain) >= self._depth:
            self._threshold = max(self._threshold, threshold(certain, self._depth) * NEARLY)


def _exactly(asked: Asked, rows: Ints) -> Candidates:
    """Those of the rows that hold anything wanted, with their scores and shares."""
    rarity, any_held = np.zeros(len(rows)), np.zeros(len(rows), bool)
    for clue in asked.wanted:
        held = clue.found[asked.leaf].has(rows)
        rarity += clue.rarity * held
        any_held |= held
    if not any_held.all():
        rows, rarity = rows[any_held], rarity[any_held]
    return Candidates(rows, _scores(asked, rows), np.asarray(asked.share(rarity)))


def _scores(asked: Asked, rows: Ints) -> Doubles:
    scores = np.zeros(len(rows))
    for clue in (*asked.wanted, *asked.required):
        scores += clue.found[asked.leaf].scores_in(rows)
    for match in asked.helping:
        scores += asked.weights.helping * match.scores_in(rows)
    return scores


def _slacks(matches: Sequence[Match], rows: Ints, size: int) -> Floats:
    """By how much at most the scores of the rows, of `size` in all, are greater than the floors of the matches."""
    slacks = np.zeros(len(rows), np.float32)
    for match in matches:
        if others := match.others():
            with marked(np.concatenate(others), True, size, bool) as lifted:
                slacks += np.float32(match.slack) * lifted.take(rows)
    return slacks


def _slack(clues: Sequence[Clue], leaf: int) -> float:
    """How much greater than the floors of the clues' matches scores are at most."""
    return sum(clue.found[leaf].slack for clue in clues)


def _help(asked: Asked) -> float:
    return asked.weights.helping * sum(match.bound for match in asked.helping)


def _cut(found: Candidates, depth: int | None) -> Candidates:
    """The `depth` best, and all that are as good as the last of them."""
    if depth is None or len(found.rows) <= depth:
        return found
    key = found.scores * found.shares
    best = key >= np.partition(key, len(key) - depth)[len(key) - depth]
    return Candidates(found.rows[best], found.scores[best], found.shares[best], cut=True)
