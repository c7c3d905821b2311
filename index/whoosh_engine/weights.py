"""What a find is worth: the numbers of the order of the hits that are searched over.

`tests/bench/relevance/tune.py` searches over them, cross-validated, on known items and the public gold; of equally good
values the smaller one stays, which also serves long questions (`python -m tests.bench.relevance`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from index.whoosh_engine import schema


@dataclass(frozen=True, slots=True)
class Weights:
    """`text` to `when` are what a loose word counts where it is found, beside the passage's own words.

    `helping`: a function word beside a content word. `date`: a passage said, published or telling of a day that the
    question names, in units of the rarest idf there is. `beside`: neighbours of the question side by side in the same
    order, in idf of the rarer one; `near`: content words a few words apart. `lacking`: the power of the share of rarity
    that a passage holds when it lacks something. `primary`: how much more a record counts than what is written about
    it, as a share of the score.
    """

    text: float = 1.0
    title: float = 0.5
    speaker: float = 0.5
    publisher: float = 0.2
    when: float = 0.4
    helping: float = 0.2
    date: float = 1.0
    beside: float = 0.25
    near: float = 0.1
    lacking: float = 2.0
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


WEIGHTS = Weights()
"""Those that are used."""
