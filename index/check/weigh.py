"""How much of a claim stands in the record, in weights that owe nothing to any corpus: what a person may not read
must not move a verdict by how common its words are.
"""

from collections.abc import Collection

from index.check.claim import Claim
from index.query.function_words import is_function_word

_LITTLE = 0.3
_LONGEST = 10
_ALONE = 0.4
_KIN = 0.7


def weight_of(term: str) -> float:
    """A word that only helps a sentence along says little; of the others the long and the numbers say most."""
    if is_function_word(term):
        return _LITTLE
    return 1.0 + 0.1 * min(len(term), _LONGEST)


def weight_of_claim(claim: Claim) -> float:
    """All of its words; what an editor put in, or a note's number, weighs nothing."""
    return sum(_weights(claim))


def _weights(claim: Claim) -> list[float]:
    return [weight_of(unit.term) if unit.said else 0.0 for unit in claim.units]


def share(claim: Claim, same: Collection[int], kin: Collection[int] = ()) -> float:
    """The part of the claim's weight that stands in a record: of units that are the `same`, and some for their `kin`.

    A unit whose neighbours are not there counts less: chance brings such.
    """
    weights = _weights(claim)
    total, there = sum(weights), {*same, *kin}

    def counted(unit: int) -> float:
        alone = unit - 1 not in there and unit + 1 not in there and len(weights) > 1
        return weights[unit] * (_ALONE if alone else 1.0) * (_KIN if unit in kin else 1.0)

    return sum(map(counted, there)) / total if total else 0.0


def content_words(claim: Claim) -> int:
    """How many of its words say something by themselves."""
    return sum(unit.said and not is_function_word(unit.term) for unit in claim.units)
