"""What a ranked list of documents is worth against graded judgements."""

from collections.abc import Mapping, Sequence
from math import log2


def ndcg(found: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """Normalised discounted cumulative gain as trec_eval computes it: linear gain, log2 of the rank plus one.

    >>> ndcg(["b", "a"], {"a": 1}, 10) == 1 / log2(3), ndcg(["a"], {"a": 2, "b": 1}, 1)
    (True, 1.0)
    """
    gained = sum(grades.get(name, 0) / log2(rank + 1) for rank, name in enumerate(found[:depth], 1))
    ideal = sum(grade / log2(rank + 1) for rank, grade in enumerate(sorted(grades.values(), reverse=True)[:depth], 1))
    return gained / ideal if ideal else 0.0


def recall(found: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """The share of what is relevant that is among the first `depth`.

    >>> recall(["a", "c"], {"a": 1, "b": 1}, 10)
    0.5
    """
    relevant = {name for name, grade in grades.items() if grade > 0}
    return len(relevant.intersection(found[:depth])) / len(relevant) if relevant else 0.0
