"""Which of several places that have a pin's words is their own, and which are copies and lookalikes.

A *rival* of the block that holds a pin is another one with most of the same words, or of those around them: a copy that
somebody made, or the original, if what holds the pin is the copy. A copy ends where its paragraph does; an original
goes on beyond it. Words that merely come again in the old text (a date, a heading, a title within an address) are no
rivals: the new text has them in the place of those others.
"""

from index.anchor.alignment import BREAK, Alignment, Block, agreement

HOLDS = 3
"""So many words that still stand next to the pin's are surroundings."""

AROUND = 12
"""So many words before and after a pin are its surroundings."""

_BESIDE = 40
"""A copy that stands no more words away may as well be what the original was put beside."""


def belongs_elsewhere(texts: Alignment, block: Block, first: int, last: int) -> bool:
    """Whether what the block has of the pin's words is in the new text more plainly another place of the old one: the
    pin has words that come again, and here they are those others."""
    low, high = max(block.old, first) + block.shift, min(block.end, last) + block.shift
    return any(other.length >= block.length + HOLDS for other in texts.taking(low, high) if other.shift != block.shift)


def with_surroundings(texts: Alignment, images: list[int], first: int, last: int) -> list[Block]:
    """Blocks far from the images that have most of what is around the pin, if not the pin itself."""
    begin, end = max(first - AROUND, 1), min(last + AROUND, len(texts.old) - 1)
    found = [
        block
        for block in texts.touching(begin, end)
        if all(abs(first + block.shift - image) > _BESIDE for image in images)
        and not belongs_elsewhere(texts, block, begin, end)
    ]
    return found if hold_most(found, begin, end) else []


def is_original(texts: Alignment, block: Block, rivals: list[Block], first: int, last: int) -> bool:
    """Whether what holds the pin is no copy, with `rivals` beside it that have most of the words as well.

    The text goes on in the block itself beyond the paragraph, and at no rival; and on the side where it doesn't, no
    rival is next to it. To be first or last in the text counts for that if no rival has more of the words around.
    """
    if not rivals:
        return goes_on(texts, block, first, last) or not _has_like(texts, block, first, last)
    if any(any(_beyond(texts, rival.old, rival.end, first, last)) for rival in rivals):
        return False
    low, high = texts.reach(block, directly=True)
    if any(rival.length >= block.length + HOLDS for rival in rivals):
        low, high = max(low, 1), min(high, len(texts.old) - 1)
    before, after = _beyond(texts, low, high, first, last)
    return (before or after) and not any(
        (not before and abs(block.new - rival.new - rival.length) <= _BESIDE)
        or (not after and abs(rival.new - block.new - block.length) <= _BESIDE)
        for rival in rivals
    )


def surrounds(other: Block, block: Block) -> bool:
    """Whether elsewhere stands all that the block has, and more of what was around it."""
    return other.old <= block.old and block.end <= other.end and other.length >= block.length + HOLDS


def hold_most(blocks: list[Block], first: int, last: int) -> bool:
    """Whether half of words `first` to `last` and more stand in the blocks."""
    held = {word for block in blocks for word in range(max(block.old, first), min(block.end, last))}
    return 2 * len(held) >= last - first


def _has_like(texts: Alignment, block: Block, first: int, last: int) -> bool:
    """Whether the pin's words stand elsewhere too with some of the same words around them."""
    places = [place for place in texts.new.runs(texts.old.ids[first:last]) if place != first + block.shift]
    return any(sum(agreement(texts.old, texts.new, first, last, place)) >= HOLDS for place in places)


def goes_on(texts: Alignment, block: Block, first: int, last: int) -> bool:
    """Whether the text goes on as it did beyond the paragraph of the pin, where a copy has nothing of its own."""
    return any(_beyond(texts, *texts.reach(block), first, last))


def _beyond(texts: Alignment, low: int, high: int, first: int, last: int) -> tuple[bool, bool]:
    """Whether words `low` to `high` of the old text reach beyond the paragraph of the pin, before it and after it."""
    text, starts, ends = texts.old.text, texts.old.starts, texts.old.ends
    before = text[ends[low + HOLDS - 1] : starts[first]] if low + HOLDS <= first else ""
    after = text[ends[last - 1] : starts[high - HOLDS]] if last + HOLDS <= high else ""
    return bool(BREAK.search(before)) or low == 0, bool(BREAK.search(after)) or high == len(texts.old)
