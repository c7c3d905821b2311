"""Where pinned words stand in another version of their document, and whether that is beyond doubt.

Theory of operation. The words of both texts are aligned in blocks (`alignment`). The words of a pin have one image
where a block holds all of them: that block has words of its own which both texts have once, so its image is the same
place, moved or not. It is beyond doubt (`kept`) when

- the very characters stand there,
- they have something of their old surroundings at one side at least (few words at both): some words, or the edge of a
  paragraph,
- and no other block has taken words of the pin elsewhere: then they stand altered in their own place, and what is found
  is a copy.

Where no block holds the pin (boilerplate, or its surroundings changed), its *home* is what lies between the blocks
before and after it; words that stand there once are an image too. An image that is in doubt is `moved`: somebody has to
look. Places that are the image of other words of the old text are never a pin's. If there is none left the words are
`gone`, if there are several it is `ambiguous`.

Words whose letters are the same and whose signs differ (quotation marks, dashes, line breaks) are in doubt where the
source changed. Where only our reading of the same bytes did, they are kept: `typography` finds them also where hyphens
and blanks moved.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from index.anchor.alignment import Alignment, Block, agreement
from index.anchor.nearest import nearest
from index.anchor.typography import reread, same_signs

_HOLDS = 3
"""So many words that still stand next to the pin's are surroundings."""

_MARGIN = 6
"""By so many words the texts must agree better with one place than with any other."""

_TELLING = 5
"""So many words tell a place with what is at one side of them; fewer, such as a heading, need both sides where they
stand more than once."""

_AROUND, _ALTERED = 12, 0.3
"""So many words around the pin, of which such a share of pairs is still in their old place, were altered, not moved."""

_NEAR = 80
_BREAK = re.compile(r"\n\s*\n")


class Fate(StrEnum):
    """What became of words in another version."""

    KEPT = "kept"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Found:
    """`text[start:end]` of the new version, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anchoring:
    """`places` are where the words stand: one if kept or moved, several if ambiguous. `nearest` is what is most like
    them where they are gone. `exact`: the first place has the very characters, and not only the same letters.
    """

    fate: Fate
    places: tuple[Found, ...] = ()
    nearest: Found | None = None
    exact: bool = True


def anchor(texts: Alignment, start: int, end: int, *, reextracted: bool = False) -> Anchoring:
    """What became of `old[start:end]` in the new text. `reextracted`: both are readings of the same bytes.

    >>> anchor(Alignment("He said no. She said yes.", "Later he said no. She said yes."), 12, 24)
    Anchoring(fate=<Fate.KEPT: 'kept'>, places=(Found(start=18, end=30),), nearest=None, exact=True)
    """
    first, last = texts.old.within(start, end)
    if first >= last:
        return _without_words(texts, start, end)
    images, sure = _images(texts, first, last)
    if len(images) == 1:
        place, exact = _place(texts, start, end, first, last, images[0])
        kept = sure and (exact or (reextracted and same_signs(texts.old.text[start:end], texts.new.text, place)))
        kept = kept and (reextracted or _holds(texts, first, last, images[0], start, end, place))
        return Anchoring(Fate.KEPT if kept else Fate.MOVED, (Found(*place),), exact=exact)
    if images:
        places = tuple(Found(*_place(texts, start, end, first, last, image)[0]) for image in images)
        return Anchoring(Fate.AMBIGUOUS, places)
    if reextracted and (again := reread(texts.old.text, texts.new.text, start, end)):
        return Anchoring(Fate.KEPT, (Found(*again),), exact=False)
    near = nearest(texts, first, last, start, end)
    return Anchoring(Fate.GONE, nearest=Found(*near) if near else None)


def _images(texts: Alignment, first: int, last: int) -> tuple[list[int], bool]:
    """The words of the new text that may be the pin's first one, and whether a single one is so surely."""
    blocks = texts.touching(first, last)
    holding = [block for block in blocks if block.old <= first and last <= block.end]
    if holding:
        best = max(texts.weight(block) for block in holding)
        images = sorted({first + block.shift for block in holding if texts.weight(block) > best - _MARGIN})
        others = [block for block in blocks if first + block.shift not in images]
        rivals = _hold_most(others, first, last)
        if best < texts.weight(texts.chain[0]):  # they left their place
            if any(_stands_altered(texts, block, first, last) for block in holding):
                return [], False
            sure = not rivals
        else:
            sure = not _hold_most([block for block in others if texts.weight(block) > best - _MARGIN], first, last)
        return images, sure and any(
            _goes_on(texts, block, first, last) or not (rivals or _has_like(texts, block, first, last))
            for block in holding
            if first + block.shift == images[0]
            and not any(_surrounds(other, block) and _goes_on(texts, other, first, last) for other in others)
        )
    found = texts.new.runs(texts.old.ids[first:last])
    if not found:
        return [], False
    low, high = _home(texts, first, last)
    at_home = [image for image in found if low <= image and image + last - first <= high]
    before, after = texts.before(first).end, texts.after(last).old
    own = [place for place in texts.old.runs(texts.old.ids[first:last]) if before <= place < after]
    if len(at_home) == 1 and len(own) == 1:
        return at_home, True
    return list(_not_of_others(texts, first, last, at_home or found)), False


def _surrounds(other: Block, block: Block) -> bool:
    """Whether elsewhere stands all that the block has, and more of what was around it."""
    return other.old <= block.old and block.end <= other.end and other.length >= block.length + _HOLDS


def _hold_most(blocks: list[Block], first: int, last: int) -> bool:
    """Whether half of words `first` to `last` and more stand in the blocks."""
    held = {word for block in blocks for word in range(max(block.old, first), min(block.end, last))}
    return 2 * len(held) >= last - first


def _has_like(texts: Alignment, block: Block, first: int, last: int) -> bool:
    """Whether the pin's words stand elsewhere too with some of the same words around them."""
    places = [place for place in texts.new.runs(texts.old.ids[first:last]) if place != first + block.shift]
    return any(sum(agreement(texts.old, texts.new, first, last, place)) >= _HOLDS for place in places)


def _goes_on(texts: Alignment, block: Block, first: int, last: int) -> bool:
    """Whether the text goes on as it did beyond the paragraph of the pin, where a copy has nothing of its own."""
    low, high = texts.reach(block)
    text, starts, ends = texts.old.text, texts.old.starts, texts.old.ends
    before = text[ends[min(low + _HOLDS, first)] : starts[first]] if low < first else ""
    after = text[ends[last - 1] : starts[max(high - _HOLDS, last)]] if last < high else ""
    return bool(_BREAK.search(before) or _BREAK.search(after)) or low == 0 or high == len(texts.old)


def _stands_altered(texts: Alignment, block: Block, first: int, last: int) -> bool:
    """Whether something like the block's words around the pin stands in their own place."""
    begin, end = max(block.old, first - _AROUND, 1), min(block.end, last + _AROUND)
    low, high = _home(texts, begin, end)
    there = set(pairwise(texts.new.ids[low:high].tolist()))
    here = set(pairwise(texts.old.ids[begin:end].tolist()))
    return bool(here) and len(here & there) >= _ALTERED * len(here)


def _home(texts: Alignment, first: int, last: int) -> tuple[int, int]:
    """The words of the new text between what stood before and after the pin; none where those went apart."""
    before, after = texts.before(first), texts.after(last)
    low, high = before.end + before.shift, after.new
    return (low, high) if low <= high else (0, 0)


def _not_of_others(texts: Alignment, first: int, last: int, images: list[int]) -> Iterator[int]:
    """Those that are not plainly other words of the old text: more like those around than like the pin's."""
    others = [place for place in texts.old.runs(texts.old.ids[first:last]) if place != first]
    for image in images:
        mine = sum(agreement(texts.old, texts.new, first, last, image))
        theirs = (sum(agreement(texts.old, texts.new, at, at + last - first, image)) for at in others)
        if max(theirs, default=-1) <= mine:
            yield image


def _place(texts: Alignment, start: int, end: int, first: int, last: int, image: int) -> tuple[tuple[int, int], bool]:
    """The characters of the new text for the words from `image` on, and whether they are those of the pin."""
    old, new = texts.old, texts.new
    quote = old.text[start:end]
    begin, stop = new.starts[image], new.ends[image + last - first - 1]
    at = begin - (old.starts[first] - start)
    if at >= 0 and new.text.startswith(quote, at):
        return (at, at + len(quote)), True
    for sign in reversed(quote[: max(old.starts[first] - start, 0)]):
        begin -= begin > 0 and same_signs(sign, new.text, (begin - 1, begin))
    for sign in quote[len(quote) - max(end - old.ends[last - 1], 0) :]:
        stop += stop < len(new.text) and same_signs(sign, new.text, (stop, stop + 1))
    return (begin, stop), False


def _holds(texts: Alignment, first: int, last: int, image: int, start: int, end: int, place: tuple[int, int]) -> bool:
    """Whether the pin has kept enough of its surroundings."""
    before, after = agreement(texts.old, texts.new, first, last, image)
    old, new = texts.old.text, texts.new.text
    words = before >= min(_HOLDS, first), after >= min(_HOLDS, len(texts.old) - last)
    edges = (
        _edge(old[max(start - _NEAR, 0) : start], new[max(place[0] - _NEAR, 0) : place[0]], -1),
        _edge(old[end : end + _NEAR], new[place[1] : place[1] + _NEAR], 1),
    )
    once = len(texts.old.runs(texts.old.ids[first:last])) == len(texts.new.runs(texts.old.ids[first:last])) == 1
    if last - first < _TELLING and not once:
        return any(words) and all(word or edge for word, edge in zip(words, edges, strict=True))
    return any(words) or all(edges)


def _edge(old: str, new: str, step: int) -> bool:
    """Whether a paragraph ends right there in both."""
    return all(not text.strip() or "\n" in _blanks(text[::step]) for text in (old, new))


def _blanks(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _without_words(texts: Alignment, start: int, end: int) -> Anchoring:
    """A slice of signs alone can't be told from others: it is kept only in a text that is the same."""
    if texts.old.text == texts.new.text:
        return Anchoring(Fate.KEPT, (Found(start, end),))
    return Anchoring(Fate.GONE)
