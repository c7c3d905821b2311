"""The two shares of `answered`, by cross-validation: `python -m tests.bench.relevance.calibrate HOME GOLD.jsonl`.

Asked are the gold, known items, questions that join names of two documents, and the topics of `elsewhere.txt`, which no
newsroom of this corpus wrote about. Every pair of shares of the grid is judged by the mean of what it answers of what
can be answered and what it declines of the rest, kinds counting alike; chosen on four folds, judged on the fifth.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Annotated

import typer

from index.query import parse
from index.synonyms import load, widened
from index.whoosh_engine.ranking.answered import ENOUGH, ENOUGH_OF_EVERYDAY_WORDS, Held
from tests.bench.relevance.known_items import known_items
from tests.bench.relevance.opened import everything, snapshot
from tests.bench.relevance.questions import Question, from_gold, from_known

ENOUGH_GRID = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85)
EVERYDAY_GRID = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
FOLDS = 5
_ELSEWHERE = Path(__file__).with_name("elsewhere.txt")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A question and what its best passage holds; None where there is no passage at all."""

    question: Question
    held: Held | None

    def answered(self, enough: float, everyday: float) -> bool:
        held = self.held
        return held is not None and (held.whole or held.share >= (enough if held.name else everyday))


def main(home: Path, gold: Path, each: Annotated[int, typer.Option(help="Known items of each kind.")] = 40) -> None:
    """Print what each pair of shares does, the best pair, and what choosing so is worth on questions not chosen by."""
    questions = [*from_gold(gold), *from_known(known_items(snapshot(home), each, seed=7))]
    questions += [
        Question("elsewhere", line, lambda _: False, absent=True)
        for line in _ELSEWHERE.read_text(encoding="utf-8").splitlines()
    ]
    seen = _all_seen(home, questions)
    pairs = list(product(ENOUGH_GRID, EVERYDAY_GRID))
    for pair in pairs:
        print(f"{pair[0]:.2f} {pair[1]:.2f}  {_told(seen, pair)}")
    order = list(range(len(seen)))
    random.Random(1).shuffle(order)
    judged: list[float] = []
    for fold in range(FOLDS):
        held_out = [seen[at] for at in order[fold::FOLDS]]
        rest = [seen[at] for number in range(FOLDS) if number != fold for at in order[number::FOLDS]]
        chosen = max(pairs, key=lambda pair: worth(rest, pair))
        judged.append(worth(held_out, chosen))
        print(f"fold {fold + 1}: chosen {chosen}, judged {judged[-1]:.3f}")
    print(f"as it is {(ENOUGH, ENOUGH_OF_EVERYDAY_WORDS)}: {worth(seen, (ENOUGH, ENOUGH_OF_EVERYDAY_WORDS)):.3f}")
    print(f"cross-validated: {sum(judged) / FOLDS:.3f}")


def worth(seen: Sequence["_Seen"], pair: tuple[float, float]) -> float:
    """The mean of both shares, each the mean over its kinds."""
    rights: dict[tuple[bool, str], list[bool]] = defaultdict(list)
    for each in seen:
        absent = each.question.absent
        rights[absent, each.question.kind].append(each.answered(*pair) is not absent)
    sides = [[sum(v) / len(v) for (absent, _), v in rights.items() if absent is side] for side in (False, True)]
    return sum(sum(side) / max(1, len(side)) for side in sides) / 2


def _told(seen: Sequence["_Seen"], pair: tuple[float, float]) -> str:
    kinds: dict[str, list[bool]] = defaultdict(list)
    for each in seen:
        kinds[each.question.kind].append(each.answered(*pair))
    shares = "  ".join(f"{kind} {sum(values) / len(values):.2f}" for kind, values in kinds.items())
    return f"worth {worth(seen, pair):.3f}  answered: {shares}"


def _all_seen(home: Path, questions: Sequence[Question]) -> list[_Seen]:
    of, synonyms = snapshot(home), load()
    access = everything(of)
    return [
        _Seen(question, of.held(widened(parse(question.query, limit=1), synonyms), access)) for question in questions
    ]


if __name__ == "__main__":
    typer.run(main)
