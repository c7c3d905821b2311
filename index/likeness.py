"""How much of one run of words stands in another in the same order. Pure.

Exact, not a sketch: the longest common subsequence (rapidfuzz's bit-parallel one) tells what share of the words is the
same, and where, so a copy that was cut elsewhere, lost a word or gained a page's header is still known for one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from rapidfuzz.distance import LCSseq


@dataclass(frozen=True, slots=True)
class Likeness:
    """`other[start:end]` resembles the words: `share` is 1 where nothing differs and 0 where everything does."""

    start: int
    end: int
    share: float


NONE = Likeness(0, 0, 0.0)

_Block = tuple[int, int, int]
"""Begin in the words, begin in the other, and length of what is the same."""


def likeness(words: Sequence[int] | str, other: Sequence[int] | str) -> Likeness:
    """The stretch of `other` that is most like all of `words`; both are numbers, or letters, that stand for folded
    words.

    The share is twice the words in common over the words of both, those of `other` outside the stretch not counted.

    >>> likeness([1, 2, 3, 4, 5, 6], [9, 1, 2, 3, 8, 4, 5, 6, 9, 9])
    Likeness(start=1, end=8, share=0.9230769230769231)
    """
    # The last one is always empty.
    blocks = [(same.a, same.b, same.size) for same in LCSseq.editops(words, other).as_matching_blocks()][:-1]
    if not blocks:
        return NONE
    first, last = _stretch(len(words), blocks)
    before, after = _side_by_side(words, other, blocks[first], blocks[last])
    start, end = blocks[first][1] - before, blocks[last][1] + blocks[last][2] + after
    common = sum(length for _, _, length in blocks[first : last + 1]) + before + after
    return Likeness(start, end, 2 * common / (len(words) + end - start))


def _stretch(length: int, blocks: Sequence[_Block]) -> tuple[int, int]:
    """The first and the last block of the stretch with the greatest share: words in common by chance, far from the
    others, cost more than they bring.
    """
    begins = [begin for _, begin, _ in blocks]
    ends = [begin + size for _, begin, size in blocks]
    common = [0, *accumulate(size for _, _, size in blocks)]

    def first_to(last: int) -> int:
        held, until = common[last + 1], length + ends[last]
        shares = [(held - common[at]) / (until - begins[at]) for at in range(last + 1)]
        return shares.index(max(shares))

    first = first_to(len(blocks) - 1)
    before, since = common[first], length - begins[first]
    shares = [(common[at + 1] - before) / (since + ends[at]) for at in range(first, len(blocks))]
    last = first + shares.index(max(shares))
    return first_to(last), last


def _side_by_side(
    words: Sequence[int] | str, other: Sequence[int] | str, first: _Block, last: _Block
) -> tuple[int, int]:
    """How many words before the first block and after the last are the same too; the subsequence may have taken them
    from farther away.
    """
    before = after = 0
    begin, there, _ = first
    while before < min(begin, there) and words[begin - before - 1] == other[there - before - 1]:
        before += 1
    end, behind = last[0] + last[2], last[1] + last[2]
    while after < min(len(words) - end, len(other) - behind) and words[end + after] == other[behind + after]:
        after += 1
    return before, after
