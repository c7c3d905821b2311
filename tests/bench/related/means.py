"""The means that are compared: each is built once for a corpus, and then scores every passage for a query."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from tests.bench.related.lists import Floats, Lists, Matrix

Scoring = Callable[[str], Floats]
"""From a query to the score of every passage."""

_BEST, _WORDS, _SHARE = 10, 20, 0.5
_MORE = 16


def words(matrix: Matrix) -> Scoring:
    """BM25 of the query's own words: what the others must beat."""
    return lambda query: matrix.scores(matrix.asked(query))


def feedback(matrix: Matrix) -> Scoring:
    """The query widened by the words of its best passages (RM3: Abdul-Jaleel and others, 2004)."""

    def scores(query: str) -> Floats:
        asked = matrix.asked(query)
        first = matrix.scores(asked)
        model = np.zeros(len(matrix.idf), np.float32)
        for row in np.argsort(-first)[:_BEST]:
            entries = slice(matrix.bm25.ptr[row], matrix.bm25.ptr[row + 1])
            here = matrix.bm25.columns[entries]
            model[here] += first[row] * matrix.bm25.values[entries] * matrix.idf[here]
        chosen = np.argsort(-model)[:_WORDS]
        new = dict(zip(chosen.tolist(), (model[chosen] / max(model[chosen].sum(), 1e-9)).tolist(), strict=True))
        return matrix.scores(
            {
                stem: (1 - _SHARE) * new.get(stem, 0.0) + _SHARE * asked.get(stem, 0.0) / max(len(asked), 1)
                for stem in {*new, *asked}
            }
        )

    return scores


def concepts(matrix: Matrix, width: int = 256) -> Scoring:
    """Likeness in `width` dimensions of what goes with what in the corpus itself (LSA: Deerwester and others, 1990).

    The dimensions are those of the tf-idf matrix's greatest singular values, by random projection with one power step
    (Halko, Martinsson and Tropp, 2011).
    """
    passages = _unit_lines(matrix)
    by_stem = passages.turned(len(matrix.idf))
    chance = np.random.default_rng(1).standard_normal((len(matrix.idf), width + _MORE), np.float32)
    basis = np.linalg.qr(passages.times(by_stem.times(passages.times(chance)))).Q
    axes = np.linalg.svd(by_stem.times(basis), full_matrices=False).U[:, :width]
    places = unit(passages.times(axes))

    def scores(query: str) -> Floats:
        asked = list(matrix.asked(query))
        return places @ (matrix.idf[asked] @ axes[asked])

    return scores


def _unit_lines(matrix: Matrix) -> Lists:
    weighed = matrix.bm25.with_values(matrix.bm25.values * matrix.idf[matrix.bm25.columns])
    lengths = np.sqrt(weighed.sums(weighed.values**2) + 1e-9)
    return weighed.with_values(weighed.values / lengths[weighed.lines])


def vectors(passages: Floats, queries: Mapping[str, Floats]) -> Scoring:
    """Likeness of vectors that something else made, of the listed passages and of the queries."""
    places = unit(passages)
    return lambda query: places @ queries[query]


def unit(lines: Floats) -> Floats:
    """Lines of length 1; empty ones stay."""
    return lines / np.maximum(np.linalg.norm(lines, axis=1, keepdims=True), 1e-9)


MEANS: Mapping[str, Callable[[Matrix], Scoring]] = {
    "words alone": words,
    "words of the best passages too": feedback,
    "concepts of the corpus": concepts,
}


def best(scores: Floats, alike: Callable[[int, int], bool], most: int) -> Sequence[int]:
    """The passages with the highest scores above 0, best first, those much like a better one left out."""
    chosen: list[int] = []
    order = np.argsort(-scores, kind="stable")
    for row in order[scores[order] > 0].tolist():
        if not any(alike(row, other) for other in chosen):
            chosen.append(row)
            if len(chosen) == most:
                break
    return chosen
