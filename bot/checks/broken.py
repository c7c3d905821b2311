"""A quotation that its attribution breaks in two: `“We will leave,” he said, “the union.”` is one sentence. Pure.

Each half may stand so and the sentence not: words between them were dropped. So the halves are checked together, too.
"""

from dataclasses import replace

from bot.asking.cards import Checked, Drafted
from bot.checks.checking import SAME_WORDS
from index.check import Flag, Verdict


def halves(first: Drafted, second: Drafted, whole: Checked, *, surely: bool) -> tuple[Drafted, Drafted]:
    """The two with what checking the `whole` sentence tells: where it stands so, its place, and a warning only of what
    stands around all of it; where it does not though the first half does, the second is told with the first. What is
    not `surely` one sentence may be two, from places apart.
    """
    standing = (Verdict.ALTERED, Verdict.JOINED) if surely else (Verdict.ALTERED,)
    if whole.verdict in SAME_WORDS:
        told = _half(first.checked, whole)
        left = tuple(flag for flag in told.flags if flag is not Flag.CONTEXT)
        return replace(first, checked=replace(told, flags=left, turns=None)), replace(
            second, checked=_half(second.checked, whole)
        )
    if whole.verdict in standing and first.checked.verdict in (None, *SAME_WORDS):
        return first, replace(second, checked=whole, with_before=True)
    return first, second


def _half(checked: Checked, whole: Checked) -> Checked:
    """A half at the place of the whole, with its own words marked where it was found there."""
    if checked.verdict not in SAME_WORDS:
        return replace(whole, quote=checked.quote, diff=())
    there = checked.cards[0].document.id == whole.cards[0].document.id
    cards = checked.cards if there else whole.cards
    return replace(whole, quote=checked.quote, verdict=checked.verdict, diff=checked.diff, cards=cards)
