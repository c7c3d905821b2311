"""Search for the weights: `python -m tests.bench.relevance.tune HOME GOLD.jsonl [--each 30] [--rounds 1]`.

Coordinate search: one weight after the other is set to each value of its grid, all others kept, and the best value
stays. What is best is the mean over the kinds of question of the mean reciprocal rank (3 deep) of known items, and over
the kinds of the gold, so that no kind counts for its number. Cross-validated by folds of questions: of all settings
that were tried, the best on the other folds is judged on the fold left out. Prints every setting, and both figures.
"""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from index.synonyms import load
from index.whoosh_engine.ranking.weights import WEIGHTS, Weights
from tests.bench.relevance.known_items import known_items
from tests.bench.relevance.opened import everything, snapshot
from tests.bench.relevance.questions import Question, ask, from_gold, from_known

GRID: Mapping[str, Sequence[float]] = {
    "title": (0.3, 0.5, 0.8),
    "beside": (0.15, 0.25, 0.35, 0.5, 0.8),
    "lacking": (0.5, 1.0, 2.0),
    "nearby": (0.0, 0.3, 0.5, 0.7),
    "verbatim": (1.0, 2.0, 3.0),
    "near": (0.0, 0.1, 0.2),
    "primary": (0.0, 0.03, 0.06),
    "speaker": (0.3, 0.5, 0.8),
    "when": (0.2, 0.4),
    "date": (0.5, 1.0, 1.5),
    "helping": (0.1, 0.2, 0.4),
    "publisher": (0.1, 0.2),
}
FOLDS = 5
_DEPTH = 3

Ranks = NDArray[np.float64]


def main(
    home: Path,
    gold: Path,
    each: Annotated[int, typer.Option(help="Known items of each kind.")] = 30,
    rounds: Annotated[int, typer.Option(help="How often all weights are gone through.")] = 1,
) -> None:
    """Print the settings that were tried, the best one, and what it is worth on questions it was not chosen by."""
    known = [question for question in from_known(known_items(snapshot(home), each)) if not question.absent]
    asked = [question for question in from_gold(gold) if not question.absent]
    questions = [*known, *(replace(question, kind=f"gold {question.kind}") for question in asked)]
    tried: dict[Weights, Ranks] = {}

    def value(weights: Weights) -> float:
        if weights not in tried:
            tried[weights] = _ranks(home, weights, questions)
            print(f"{worth(tried[weights], questions):.4f}  {_told(weights)}", flush=True)
        return worth(tried[weights], questions)

    best = WEIGHTS
    value(best)
    for _ in range(rounds):
        for name, grid in GRID.items():
            best = max((replace(best, **{name: each}) for each in (getattr(best, name), *grid)), key=value)
    print(f"best: {_told(best)}: {value(best):.4f}; as it is: {value(WEIGHTS):.4f}")
    print(f"cross-validated ({FOLDS} folds): {_cross_validated(tried, questions):.4f}")


def worth(ranks: Ranks, questions: Sequence[Question], chosen: NDArray[np.bool_] | None = None) -> float:
    """The mean over kinds of the mean reciprocal ranks of the chosen questions."""
    kinds: dict[str, list[float]] = defaultdict(list)
    for at, question in enumerate(questions):
        if chosen is None or chosen[at]:
            kinds[question.kind].append(float(ranks[at]))
    return float(np.mean([np.mean(values) for values in kinds.values()]))


def _ranks(home: Path, weights: Weights, questions: Sequence[Question]) -> Ranks:
    of, synonyms = snapshot(home, weights), load()
    access = everything(of)
    result: list[float] = []
    for question in questions:
        hits = ask(of, access, question.query, synonyms, _DEPTH).hits
        result.append(next((1 / at for at, hit in enumerate(hits, 1) if question.right(hit)), 0.0))
    return np.array(result)


def _cross_validated(tried: Mapping[Weights, Ranks], questions: Sequence[Question]) -> float:
    order = list(range(len(questions)))
    random.Random(1).shuffle(order)
    held_out = np.zeros(len(questions))
    for fold in range(FOLDS):
        left_out = np.zeros(len(questions), bool)
        left_out[order[fold::FOLDS]] = True
        chosen = max(tried.values(), key=lambda ranks: worth(ranks, questions, ~left_out))
        held_out[left_out] = chosen[left_out]
    return worth(held_out, questions)


def _told(weights: Weights) -> str:
    changed = {name: getattr(weights, name) for name in GRID if getattr(weights, name) != getattr(WEIGHTS, name)}
    return " ".join(f"{name}={value:g}" for name, value in changed.items()) or "as it is"


if __name__ == "__main__":
    typer.run(main)
