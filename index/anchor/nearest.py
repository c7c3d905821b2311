"""What stands in the new text in the place of words that are gone, to be shown beside them."""

import numpy as np

from index.anchor.alignment import Alignment
from index.check import around, find, read

_ROOM = 300
"""Code points around the place that are looked at; more than that is another place."""

_LEAST = 0.4
"""So much of the words must stand in what is called near to them."""

_FREQUENT = 40
_CLOSING = frozenset(".,;:!?…")


def nearest(texts: Alignment, first: int, last: int, start: int, end: int) -> tuple[int, int] | None:
    """The stretch of the new text most like `old[start:end]`, whose words are `first` to `last`; None: nothing is."""
    quote = texts.old.text[start:end]
    low, high = _between(texts, first, last)
    if low < high and _share(texts, first, last, low, high) >= _LEAST:
        return _with_signs(texts, low, high, end - texts.old.ends[last - 1])
    low, high = _crowd(texts, first, last)
    if low >= high:
        return None
    claim, text = read(quote, literally=True), texts.new.text
    finding = find(claim, around(text, (), texts.new.starts[low], texts.new.ends[high - 1], _ROOM))
    return (finding.start, finding.end) if finding and finding.share >= _LEAST else None


def _share(texts: Alignment, first: int, last: int, low: int, high: int) -> float:
    """How much of the words `first` to `last` of the old text are among words `low` to `high` of the new one."""
    return float(np.isin(texts.old.ids[first:last], texts.new.ids[low:high]).mean())


def _with_signs(texts: Alignment, low: int, high: int, signs: int) -> tuple[int, int]:
    """The words with up to so many signs that close the last one."""
    end, text = texts.new.ends[high - 1], texts.new.text
    for sign in text[end : end + max(signs, 0)]:
        if sign not in _CLOSING:
            break
        end += 1
    return texts.new.starts[low], end


def _between(texts: Alignment, first: int, last: int) -> tuple[int, int]:
    """The words of the new text between those before and after the pin, where that is not much more than its own."""
    middle = [block for block in texts.touching(first, last) if block.old > first or block.end < last]
    before, after = texts.before(first), texts.after(last)
    low, high = before.end + before.shift, after.new
    if middle and not low <= high:
        low, high = middle[0].new, middle[-1].new + middle[-1].length
    return (max(low, 1), min(high, len(texts.new) - 1)) if high - low <= 3 * (last - first) + 100 else (0, 0)


def _crowd(texts: Alignment, first: int, last: int) -> tuple[int, int]:
    """The window of the pin's own length in which most of its rarer words stand."""
    places = [
        place
        for number in np.unique(texts.old.ids[first:last])
        if 0 < len(found := texts.new.runs(np.array([number]))) <= _FREQUENT
        for place in found
    ]
    if not places:
        return 0, 0
    ordered, length = np.sort(np.array(places)), last - first
    counts = np.searchsorted(ordered, ordered + length) - np.arange(len(ordered))
    low = int(ordered[int(np.argmax(counts))])
    return max(low - 5, 1), min(low + length + 5, len(texts.new) - 1)
