"""Which blocks of a page are its main text.

trafilatura is the judge, and only that: the words are never taken from what it writes (it breaks lines behind <q>
and drops quotations and items of lists) but from the page's own blocks, so each is the page's own and in its place. A
block is main text when trafilatura kept it, or when it stands between blocks that it kept. Where
trafilatura keeps much less than the page's running prose (reports of a megabyte), the whole page is taken.
"""

import re
from collections.abc import Sequence
from copy import deepcopy

from lxml.html import HtmlElement
from trafilatura import extract as extract_text

from sources.extract.html_blocks import Block

_WORD = re.compile(r"\w+")
_PROSE = 80
"""Letters from which a block without many links is running text."""
_MOSTLY_LINKS = 0.5
_ENOUGH = 0.8
"""The share of the page's prose that a judgement must keep to be believed."""
_MOST_ELEMENTS = 60_000
"""No article has more; it would take trafilatura minutes."""
_NEVER_FURNITURE = 10_000
"""More letters of prose than this are no cookie notice."""


def main_blocks(page: HtmlElement, found: Sequence[Block]) -> Sequence[Block]:
    """The main ones among `found`, the blocks of `page`, in order."""
    if sum(1 for _ in page.iter()) > _MOST_ELEMENTS:
        return found
    chosen = _with_neighbours(found, _kept(page, found))
    prose = sum(len(block.text) for block in found if _is_prose(block))
    kept = sum(len(found[at].text) for at in chosen if _is_prose(found[at]))
    if not chosen or kept < _ENOUGH * prose or prose - kept > _NEVER_FURNITURE:
        return found
    return [found[at] for at in sorted(chosen)]


def _kept(page: HtmlElement, found: Sequence[Block]) -> set[int]:
    """The blocks that trafilatura keeps, found again by their words, which it leaves in order."""
    text = _words(extract_text(deepcopy(page), include_comments=False) or "")
    kept: set[int] = set()
    position = 0
    for at, block in enumerate(found):
        words = _words(block.text)
        place = text.find(words, position)
        if place >= 0:
            kept.add(at)
            position = place + len(words) - 1  # the blank behind is the next one's blank before
    return kept


def _words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _with_neighbours(found: Sequence[Block], kept: set[int]) -> set[int]:
    """Those kept, what stands between two of them inside the same element, and the headings right above.

    A quotation that is left out would be "not found" one day; a stray line taken in harms less.
    """
    chosen = set(kept)
    last: dict[HtmlElement | None, int] = {}
    before: int | None = None
    for at in sorted(kept):
        parent = found[at].parent
        gaps = [(last.get(parent, at), parent)]
        if before is not None:
            gaps += [(before, parent), (before, found[before].parent)]
        for start, element in gaps:
            chosen.update(gap for gap in range(start + 1, at) if _belongs(found[gap], element))
        last[parent] = before = at
    for at in range(len(found) - 2, -1, -1):
        if found[at].level and at + 1 in chosen:
            chosen.add(at)
    return chosen


def _belongs(block: Block, element: HtmlElement | None) -> bool:
    if _is_linkage(block) or block.parent is None:
        return False
    return block.parent is element or any(ancestor is element for ancestor in block.parent.iterancestors())


def _is_linkage(block: Block) -> bool:
    return block.links > _MOSTLY_LINKS * len(block.text)


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _PROSE and not _is_linkage(block)
