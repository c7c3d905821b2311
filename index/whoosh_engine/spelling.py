"""A word that occurs nowhere: what was meant."""

from collections.abc import Callable, Sequence

from index.analysis import term_of
from index.whoosh_engine.evaluate import near_terms
from index.whoosh_engine.segment import Segment

_LONG = 8


def meant(word: str, segments: Sequence[Segment], frequency: Callable[[str], int]) -> str | None:
    """The readable term nearest to a misspelt word: one edit away, or two from eight letters; the most frequent of
    the nearest.

    `frequency` counts a term in what the asker may read, so that nothing else is ever proposed.
    """
    term = term_of(word)
    if len(term) < 4 or not term.isalpha():
        return None
    for edits in (1, 2) if len(term) >= _LONG else (1,):
        near = {found for segment in segments for found in near_terms(term, segment.term_list, edits)}
        counts = {found: count for found in near if (count := frequency(found))}
        if counts:
            return max(counts, key=lambda found: (found[0] == term[0], counts[found], found))
    return None
