"""Where a text quotes: the words between double quotation marks, and the text around them with those words hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HIDDEN = "\x01"
"""Stands in a frame for each quoted code point."""

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*|\Z")
_OPENS = re.compile(r"[\s(\[—–:/*_-]")
_ENDING = ".,?!;:—–-…"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words at `text[start:end]`, the marks around them left out."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph at `text[start:]`: its `frame` is as long as itself, quotations hidden but for a last sign of
    punctuation, their marks made curly. Offsets of `quotations` are the text's.
    """

    start: int
    frame: str
    quotations: tuple[Quotation, ...]


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The paragraphs in order. One whose marks don't pair quotes nothing: which of its words are quoted is unsure.

    >>> [text.frame.replace(HIDDEN, ".") for text in paragraphs('He said, "No, never." So?')]
    ['He said, “..........” So?']
    """
    at = len(text) - len(text.lstrip())
    for gap in _BLANK_LINES.finditer(text, at):
        words = text[at : gap.start()].rstrip()
        if words:
            pairs = _pairs(words)
            yield Paragraph(at, _frame(words, pairs), tuple(Quotation(at + start, at + end) for start, end in pairs))
        at = gap.end()


def _pairs(words: str) -> list[tuple[int, int]]:
    """The insides of the quotation marks; empty where they don't pair."""
    pairs: list[tuple[int, int]] = []
    opened: int | None = None
    for match in re.finditer(r'["“”]', words):
        opens = match[0] == "“" or (match[0] == '"' and _may_open(words, match.start(), opened))
        if opens is (opened is not None):
            return []
        if opened is None:
            opened = match.end()
        else:
            if match.start() > opened:
                pairs.append((opened, match.start()))
            opened = None
    return [] if opened is not None else pairs


def _may_open(words: str, at: int, opened: int | None) -> bool:
    before, after = words[at - 1 : at], words[at + 1 : at + 2]
    if opened is None:
        return not before or bool(_OPENS.match(before))
    return bool(before and before.isspace() and after and not after.isspace())


def _frame(words: str, pairs: list[tuple[int, int]]) -> str:
    signs = list(words)
    for start, end in pairs:
        signs[start - 1], signs[end] = "“", "”"
        hidden = end - 1 if words[end - 1] in _ENDING else end
        signs[start:hidden] = HIDDEN * (hidden - start)
    return "".join(signs)
