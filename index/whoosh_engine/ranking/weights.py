"""What a find is worth: the numbers of the order of the hits that are searched over.

`tests/bench/relevance/tune.py` searches over them, cross-validated, on known items and the public gold; of equally good
values the smaller one stays, which also serves long questions (`python -m tests.bench.relevance`). Where lacking a word
ceases to count was chosen on one such set and judged on the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from index.whoosh_engine.segment import schema

_HURRIED = 8
"""So many words people remember and mean each of; twice as many are a sentence that was pasted."""


@dataclass(frozen=True, slots=True)
class Weights:
    """`text` to `when` are what a loose word counts where it is found, beside the passage's own words.

    `helping`: a function word beside a content word. `date`: a passage said, published or telling of a day that the
    question names, in units of the rarest idf there is. `beside`: neighbours of the question side by side in the same
    order, in idf of the rarer one; `verbatim`: how often all words of three that go over a function word count there.
    `near`: content words a few words apart. `lacking`: the power of the share of rarity that a passage holds when it
    lacks something of a hurried question (see `power`). `nearby`: what part of a word's rarity a passage holds that
    lacks it and has it close by. `primary`: how much more a record counts than what is written about it, as a share of
    the score.
    """

    text: float = 1.0
    title: float = 0.5
    speaker: float = 0.5
    publisher: float = 0.2
    when: float = 0.4
    helping: float = 0.2
    date: float = 1.0
    beside: float = 0.25
    verbatim: float = 2.0
    near: float = 0.1
    lacking: float = 1.0
    nearby: float = 0.5
    primary: float = 0.03

    @property
    def fields(self) -> Mapping[str, float]:
        """The searched fields and what a loose word counts in each."""
        return {
            schema.TEXT_FIELD: self.text,
            schema.TITLE: self.title,
            schema.SPEAKER: self.speaker,
            schema.PUBLISHER: self.publisher,
            schema.WHEN: self.when,
        }

    def power(self, words: int) -> float:
        """`lacking` for a question of so many content words: less from nine on, nothing from sixteen on.

        >>> [Weights(lacking=2.0).power(words) for words in (3, 8, 12, 16, 40)]
        [2.0, 2.0, 1.0, 0.0, 0.0]
        """
        return self.lacking * min(1.0, max(0.0, 2 - words / _HURRIED))


WEIGHTS = Weights()
"""Those that are used."""
