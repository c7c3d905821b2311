"""Why a hit has its score: the same sum as in `ranking`, taken apart for one row, word by word and field by field."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.hit import Reason
from index.query.describe import say
from index.query.nodes import AnyForm, Word
from index.whoosh_engine.matching.compile import compiled
from index.whoosh_engine.matching.evaluate import Evaluator
from index.whoosh_engine.matching.match import Match
from index.whoosh_engine.ranking.clues import Clue
from index.whoosh_engine.ranking.ranking import Ranking
from index.whoosh_engine.ranking.weights import Weights
from index.whoosh_engine.segment import schema

_WHERE = {
    schema.TEXT_FIELD: "passage",
    schema.TITLE: "title",
    schema.SPEAKER: "speaker",
    schema.PUBLISHER: "publisher",
    schema.WHEN: "dates",
}
_DIGITS = 4


def reasons(
    ranking: Ranking,
    at: int,
    clues: Sequence[Clue],
    helping: Sequence[tuple[Word, Sequence[Match]]],
    evaluators: Sequence[Evaluator],
    weights: Weights,
) -> tuple[Reason, ...]:
    """What the candidate `at` of the ranking owes its score to; points that round to nothing are left out."""
    leaf, row = int(ranking.leaf[at]), int(ranking.row[at])
    found = [*_of_clues(clues, leaf, row, evaluators[leaf], weights)]
    found += [Reason(word.text, "passage", weights.helping * _score(parts[leaf], row)) for word, parts in helping]
    whole = sum(reason.points for reason in found)
    share, close, primary = (float(values[at]) for values in (ranking.share, ranking.close, ranking.primary))
    found.append(Reason("words that are missing", "", whole * (share - 1)))
    found.append(Reason("words close together", "passage", close))
    found.append(Reason("a record itself", "kind", primary))
    rounded = (Reason(each.what, each.where, round(each.points, _DIGITS)) for each in found)
    return tuple(each for each in rounded if each.points)


def _of_clues(clues: Sequence[Clue], leaf: int, row: int, evaluator: Evaluator, weights: Weights) -> Iterator[Reason]:
    for clue in clues:
        score = _score(clue.found[leaf], row)
        if isinstance(clue.searched, Word | AnyForm) and not clue.evidence:
            for field, weight in weights.fields.items():
                part = evaluator.found(compiled(clue.searched, {field: weight}))
                yield Reason(_told(clue), _WHERE[field], _score(part, row))
        else:
            yield Reason(_told(clue), "dates" if clue.evidence else "passage", score)


def _told(clue: Clue) -> str:
    asked, searched = say(clue.asked), say(clue.searched)
    return asked if asked == searched else f"{searched} (for {asked})"


def _score(found: Match, row: int) -> float:
    return float(found.scores_in(np.array([row], np.uint32))[0])
