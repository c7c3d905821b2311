"""Documents as newsrooms get them back: edited at random, with the origin of every letter known."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*\s*|\n+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class Draft:
    """A text being edited. `origins` names the letter of the first text that each letter is; None: it is new or a
    copy."""

    text: str
    origins: list[int | None] = field(default_factory=list[int | None])

    @classmethod
    def of(cls, text: str) -> "Draft":
        """A text that nobody has touched."""
        return cls(text, list(range(len(text))))

    def put(self, at: int, text: str) -> None:
        """Insert new letters."""
        self.text = self.text[:at] + text + self.text[at:]
        self.origins[at:at] = [None] * len(text)

    def cut(self, start: int, end: int) -> tuple[str, list[int | None]]:
        """Take letters out."""
        taken = self.text[start:end], self.origins[start:end]
        self.text = self.text[:start] + self.text[end:]
        del self.origins[start:end]
        return taken

    def paste(self, at: int, taken: tuple[str, list[int | None]]) -> None:
        """Put letters that were taken out in elsewhere."""
        self.text = self.text[:at] + taken[0] + self.text[at:]
        self.origins[at:at] = taken[1]

    def paragraphs(self) -> list[tuple[int, int]]:
        """With the blank line behind each."""
        return [match.span() for match in re.finditer(r"[^\n][\s\S]*?(?:\n\n+|\Z)", self.text)]

    def sentences(self) -> list[tuple[int, int]]:
        """With the blanks behind each."""
        return [match.span() for match in _SENTENCE.finditer(self.text) if match[0].strip()]

    def words(self) -> list[tuple[int, int]]:
        """The words."""
        return [match.span() for match in _WORD.finditer(self.text)]


Edit = Callable[[Draft, random.Random, Sequence[str]], None]


def insert_paragraph(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    other = Draft(dice.choice(strange))
    start, end = _some(other.paragraphs(), dice)
    draft.put(_some(draft.paragraphs(), dice)[0], other.text[start:end].strip() + "\n\n")


def insert_sentence(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    other = Draft(dice.choice(strange))
    start, end = _some(other.sentences(), dice)
    draft.put(_some(draft.sentences(), dice)[0], other.text[start:end].strip() + " ")


def insert_words(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    words = _WORD.findall(dice.choice(strange))[: dice.randint(1, 4)]
    draft.put(_some(draft.words(), dice)[0], " ".join(words) + " ")


def change_word(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    start, end = _some(draft.words(), dice)
    new = dice.choice(_WORD.findall(dice.choice(strange)) or ["another"])
    draft.cut(start, end)
    draft.put(start, new)


def delete_words(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    words = draft.words()
    at = dice.randrange(len(words))
    draft.cut(words[at][0], words[min(at + dice.randint(1, 5), len(words) - 1)][0])


def delete_sentence(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    draft.cut(*_some(draft.sentences(), dice))


def delete_paragraph(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    draft.cut(*_some(draft.paragraphs(), dice))


def move_paragraph(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    taken = draft.cut(*_some(draft.paragraphs(), dice))
    draft.paste(_some(draft.paragraphs(), dice)[0], taken)


def move_section(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    paragraphs = draft.paragraphs()
    at = dice.randrange(len(paragraphs))
    last = min(at + dice.randint(2, 5), len(paragraphs) - 1)
    taken = draft.cut(paragraphs[at][0], paragraphs[last][1])
    draft.paste(_some(draft.paragraphs(), dice)[0], taken)


def duplicate_paragraph(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    start, end = _some(draft.paragraphs(), dice)
    if (far := _far_from(draft, start, dice)) is not None:
        draft.put(far, draft.text[start:end].strip() + "\n\n")


def duplicate_sentence(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    start, end = _some(draft.sentences(), dice)
    draft.put(_some(draft.sentences(), dice)[0], draft.text[start:end].strip() + " ")


def copy_and_alter(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    """The trap: the words stand on elsewhere, and in their own place they were changed."""
    paragraphs = draft.paragraphs()
    start, end = _some(paragraphs, dice)
    text = draft.text[start:end].strip()
    words = [word for word in draft.words() if start <= word[0] < end]
    if words:
        first, last = _some(words, dice)
        draft.cut(first, last)
        draft.put(first, "altered")
    if (far := _far_from(draft, start, dice)) is not None:
        draft.put(far, text + "\n\n")


def repeat_boilerplate(draft: Draft, dice: random.Random, strange: Sequence[str]) -> None:
    text = Draft(dice.choice(strange)).text.strip()[:120]
    for _ in range(3):
        draft.put(_some(draft.paragraphs(), dice)[0], text + "\n\n")


EDITS: tuple[Edit, ...] = (
    *3
    * (insert_paragraph, insert_sentence, insert_words, change_word, delete_words, delete_sentence, delete_paragraph),
    *2 * (move_paragraph, move_section),
    *(duplicate_paragraph, duplicate_sentence, copy_and_alter, repeat_boilerplate),
)
"""What newsrooms do often comes more than once."""


def edited(text: str, dice: random.Random, strange: Sequence[str], edits: int) -> Draft:
    """The text after so many random edits; `strange` are texts from which new words come."""
    draft = Draft.of(text)
    for _ in range(edits):
        if draft.text.strip() and len(draft.paragraphs()) > 1 and len(draft.words()) > 8:
            dice.choice(EDITS)(draft, dice, strange)
    return draft


def some_pins(text: str, dice: random.Random, number: int) -> list[tuple[int, int]]:
    """Slices as people pin them: a sentence or two, a paragraph, part of a sentence, a few words."""
    draft = Draft(text)
    sentences, paragraphs = draft.sentences(), draft.paragraphs()
    pins: list[tuple[int, int]] = []
    for _ in range(number):
        kind = dice.random()
        if kind < 0.45:
            at = dice.randrange(len(sentences))
            start, end = sentences[at][0], sentences[min(at + dice.randint(0, 1), len(sentences) - 1)][1]
        elif kind < 0.6:
            start, end = _some(paragraphs, dice)
        else:
            runs = [match.span() for match in re.finditer(r"\S+", text)]
            at = dice.randrange(len(runs))
            more = dice.randint(1, 3) if kind > 0.95 else dice.randint(4, 25)
            start, end = runs[at][0], runs[min(at + more, len(runs) - 1)][1]
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        if _WORD.search(text, start, end):
            pins.append((start, end))
    return pins


def where_now(draft: Draft, start: int, end: int) -> int | None:
    """Where the letters `start` to `end` of the first text stand now, all of them in a row; None: they were harmed."""
    try:
        at = draft.origins.index(start)
    except ValueError:
        return None
    return at if draft.origins[at : at + end - start] == list(range(start, end)) else None


def _some(spans: Sequence[tuple[int, int]], dice: random.Random) -> tuple[int, int]:
    """One of them; the beginning, where nothing is left."""
    return dice.choice(spans or [(0, 0)])


def _far_from(draft: Draft, place: int, dice: random.Random) -> int | None:
    """Where a copy goes: not beside its original nor where that has once stood, for there nobody could tell which of
    the two is which. None: in so short a text it has no place."""
    paragraphs = draft.paragraphs()
    here = min(range(len(paragraphs)), key=lambda at: abs(paragraphs[at][0] - place)) if paragraphs else 0
    own = [one for one in draft.origins[slice(*paragraphs[here])] if one is not None] or [-9]
    places = [
        start
        for at, (start, _) in enumerate(paragraphs)
        if abs(at - here) > 2
        and all(
            one is None or not own[0] - 4 <= one <= own[-1] + 4 for one in draft.origins[max(start - 3, 0) : start + 3]
        )
    ]
    return dice.choice(places) if places else None
