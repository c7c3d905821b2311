"""How a slice of a text is described so that it can be found again: the selectors of the W3C's Web Annotation model.

https://www.w3.org/TR/annotation-model/#text-quote-selector and #text-position-selector; offsets are code points.
"""

from dataclasses import dataclass, field

AROUND = 64
"""So many code points before and after the words are kept with them."""


@dataclass(frozen=True, slots=True)
class Selector:
    """`text[start:end]` is `exact`, right after `prefix` and before `suffix`; those are short at a text's ends."""

    exact: str
    start: int
    end: int
    prefix: str = field(default="", repr=False)
    suffix: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.start < 0 or self.end - self.start != len(self.exact) or not self.exact:
            raise ValueError(f"{len(self.exact)} code points can't be the slice {self.start}..{self.end}")


def select(text: str, start: int, end: int) -> Selector:
    """The selector of `text[start:end]`. Raises ValueError for a slice that is none.

    >>> select("To be, or not to be.", 7, 13)
    Selector(exact='or not', start=7, end=13)
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"there is no slice {start}..{end} of {len(text)} code points")
    return Selector(text[start:end], start, end, text[max(0, start - AROUND) : start], text[end : end + AROUND])
