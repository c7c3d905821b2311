"""Where pinned words stand in another version of their document, and whether that is beyond doubt.

Theory of operation. The words of both texts are aligned in blocks (`alignment`). The words of a pin have one image
where a block holds all of them: that block has words of its own which both texts have once, so its image is the same
place, moved or not. It is beyond doubt (`kept`) when

- the very characters stand there,
- they have some words of their old surroundings at one side at least, or the edges of their paragraph at both, and no
  other place of the old text that has the same words goes on as it does here,
- and no other block has taken the pin or what was around it elsewhere: then they may stand altered in their own place,
  and what is found is a copy (`copies`).

Where no block holds the pin (boilerplate, or its surroundings changed), its *home* is what lies between the blocks
before and after it; words that stand there once are an image too. An image that is in doubt is `moved`: somebody has to
look. Places that are the image of other words of the old text are never a pin's. If there is none left the words are
`gone`, if there are several it is `ambiguous`.

Words whose letters are the same and whose signs differ (quotation marks, dashes, line breaks) are in doubt where the
source changed. Where only our reading of the same bytes did, they are kept: `typography` finds them also where hyphens
and blanks moved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from index.anchor.alignment import Alignment, Block, agreement
from index.anchor.copies import (
    AROUND,
    HOLDS,
    belongs_elsewhere,
    goes_on,
    hold_most,
    is_original,
    surrounds,
    with_surroundings,
)
from index.anchor.nearest import nearest
from index.anchor.typography import reread, same_signs

_MARGIN = 6
"""By so many words the texts must agree better with one place than with any other."""

_ALTERED = 0.3
"""Words around the pin of which such a share of pairs is still in their old place were altered, not moved."""

_NEAR = 80


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
    if found := _by_whole_words(texts, start, end, first, last):
        return found
    if reextracted and (again := reread(texts.old.text, texts.new.text, start, end)):
        return Anchoring(Fate.KEPT, (Found(*again),), exact=False)
    near = nearest(texts, first, last, start, end)
    return Anchoring(Fate.GONE, nearest=Found(*near) if near else None)


def _by_whole_words(texts: Alignment, start: int, end: int, first: int, last: int) -> Anchoring | None:
    """The same by the words that lie in the slice whole, where it begins or ends within a word (26,900.25) the rest of
    which was changed: only if the very characters stand there."""
    inner = first + (texts.old.starts[first] < start), last - (texts.old.ends[last - 1] > end)
    if inner == (first, last) or inner[0] >= inner[1]:
        return None
    images, sure = _images(texts, *inner)
    if len(images) != 1 or not sure:
        return None
    place, exact = _place(texts, start, end, *inner, images[0])
    held = exact and _holds(texts, *inner, images[0], start, end, place)
    return Anchoring(Fate.KEPT, (Found(*place),)) if held else None


def _images(texts: Alignment, first: int, last: int) -> tuple[list[int], bool]:
    """The words of the new text that may be the pin's first one, and whether a single one is so surely."""
    blocks = texts.touching(first, last)
    holding = [
        block
        for block in blocks
        if block.old <= first and last <= block.end and not belongs_elsewhere(texts, block, first, last)
    ]
    if holding:
        return _held(texts, blocks, holding, first, last)
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


def _held(texts: Alignment, blocks: list[Block], holding: list[Block], first: int, last: int) -> tuple[list[int], bool]:
    """The same where blocks hold the pin whole; `blocks` are all that have words of it."""
    best = max(texts.weight(block) for block in holding)
    images = sorted({first + block.shift for block in holding if texts.weight(block) > best - _MARGIN})
    if best < texts.weight(texts.chain[0]) and any(_stands_altered(texts, block, first, last) for block in holding):
        return [], False  # they left their place, and are still there
    others = [block for block in blocks if first + block.shift not in images]
    others = [block for block in others if not belongs_elsewhere(texts, block, first, last)]
    rivals = others if hold_most(others, first, last) else with_surroundings(texts, images, first, last)
    if best < texts.weight(texts.chain[0]):
        sure = not rivals
    else:
        sure = not hold_most([block for block in rivals if texts.weight(block) > best - _MARGIN], first, last)
    return images, sure and any(
        is_original(texts, block, rivals, first, last)
        for block in holding
        if first + block.shift == images[0]
        and not any(surrounds(other, block) and goes_on(texts, other, first, last) for other in others)
    )


def _stands_altered(texts: Alignment, block: Block, first: int, last: int) -> bool:
    """Whether something like the block's words around the pin stands in their own place."""
    begin, end = max(block.old, first - AROUND, 1), min(block.end, last + AROUND)
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
    words = before >= min(HOLDS, first), after >= min(HOLDS, len(texts.old) - last)
    edges = (
        _edge(old[max(start - _NEAR, 0) : start], new[max(place[0] - _NEAR, 0) : place[0]], -1),
        _edge(old[end : end + _NEAR], new[place[1] : place[1] + _NEAR], 1),
    )
    if all(words) or not any(words):
        return all(words) or all(edges)
    return not _anothers(texts, first, last, image, side=words.index(False))


def _anothers(texts: Alignment, first: int, last: int, image: int, *, side: int) -> bool:
    """Whether the text goes on at the side (0: before) of the image as at another place with the pin's words, or with
    these words once more. Where all between two such places was cut out, nobody can tell which of them is left."""
    length, words = last - first, texts.old.ids[first:last]
    if image + (length if side else -length) in texts.new.runs(words):
        return True
    return any(
        agreement(texts.old, texts.new, place, place + length, image)[side]
        for place in texts.old.runs(words)
        if place != first
    )


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
