"""The stretch of a stored text that a claim is compared with: its words, turns and sentence ends, by offsets of the
whole text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.analysis import Token, tokens
from index.sentences import ends
from sources.document import Mark, Speaker

_ROOM = 800
"""Code points around a located place that may belong to it: more than a clause and the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Record:
    """`words` are those of `text` within some bounds, by the text's own offsets; `turns` the speakers' turns there."""

    text: str = field(repr=False)
    words: tuple[Token, ...]
    turns: tuple[Mark, ...] = ()

    def sentence_ends(self, start: int, end: int) -> list[int]:
        """Where sentences of `text[start:end]` end, the last one left out."""
        return list(ends(self.text, start, end))

    def turn_at(self, place: int) -> Mark | None:
        """The turn in which the code point at `place` stands; of two that overlap the later."""
        found = [mark for mark in self.turns if mark.start <= place < mark.end]
        return found[-1] if found else None


def around(text: str, marks: Sequence[Mark], start: int, end: int, room: int = _ROOM) -> Record:
    """`text[start:end]` with some room on both sides, cut between words."""
    first, last = max(0, start - room), min(len(text), end + room)
    while 0 < first < start and not text[first - 1].isspace():
        first += 1
    while end < last < len(text) and not text[last].isspace():
        last -= 1
    words = tuple(Token(each.term, first + each.start, first + each.end) for each in tokens(text[first:last]))
    turns = sorted(
        (mark for mark in marks if isinstance(mark.value, Speaker) and mark.start < last and first < mark.end),
        key=lambda mark: (mark.start, mark.end),
    )
    return Record(text, words, tuple(turns))
