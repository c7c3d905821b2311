"""What is asked: drawn by chance from the passages themselves, with a seed, so that every run asks the same.

Words are taken together from one passage, so that a question has an answer, each from a band of frequency: the hundred
words that most passages hold, the next thousand, the next ten thousand, and the rest. Only words of Latin letters are
taken, which every engine's analysis reads alike.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice

_WORD = re.compile(r"[a-z]+")
_BANDS = (100, 1_100, 11_100)
_WEIGHTS = (1, 3, 4, 2)
_VERY_FREQUENT = 50
_PHRASE = 4
_FEWEST = 20
_REACH = 10


class Kind(StrEnum):
    """The kinds of question. `FREQUENT` are phrases of three very frequent words; near is within ten words."""

    OR = "or"
    AND = "and"
    PHRASE = "phrase"
    FREQUENT = "frequent phrase"
    NEAR2 = "near, 2 words"
    NEAR3 = "near, 3 words"


@dataclass(frozen=True, slots=True)
class Question:
    """Words as they are written, in lower case."""

    kind: Kind
    words: tuple[str, ...]

    @property
    def written(self) -> str:
        """The question as a reporter types it. `OR` is asked by loose words: the best passages have all of them."""
        return _WRITTEN[self.kind](self.words)


_WRITTEN: Mapping[Kind, Callable[[Sequence[str]], str]] = {
    Kind.OR: " ".join,
    Kind.AND: lambda words: " ".join(f"+{word}" for word in words),
    Kind.PHRASE: lambda words: f'"{" ".join(words)}"',
    Kind.FREQUENT: lambda words: f'"{" ".join(words)}"',
    Kind.NEAR2: lambda words: f'"{" ".join(words)}"~{_REACH}',
    Kind.NEAR3: lambda words: f'"{" ".join(words)}"~{_REACH}',
}


def draw(
    texts: Iterable[str], each: int, seed: int, *, kinds: Sequence[Kind] = tuple(Kind), sample: int = 40_000
) -> list[Question]:
    """So many questions of each kind, mixed. Of the texts so many at most are looked at, those that come first."""
    chance = random.Random(seed)
    passages = [run for text in islice(texts, sample) for run in _runs(text) if len(run) >= _FEWEST]
    drawing = _Drawing(passages, chance)
    questions = [drawing.one(kind) for kind in kinds for _ in range(each)]
    chance.shuffle(questions)
    return questions


class _Drawing:
    def __init__(self, passages: Sequence[Sequence[str]], chance: random.Random) -> None:
        held = Counter(word for words in passages for word in set(words))
        ranked = [word for word, _ in held.most_common()]
        self._band = {word: sum(rank >= limit for limit in _BANDS) for rank, word in enumerate(ranked)}
        self._very_frequent = frozenset(ranked[:_VERY_FREQUENT])
        self._passages = passages
        self._chance = chance
        self._draws: dict[Kind, Callable[[Sequence[str]], tuple[str, ...] | None]] = {
            Kind.OR: lambda words: self._banded(words, chance.randint(1, 4)),
            Kind.AND: lambda words: self._banded(words, chance.randint(2, 4)),
            Kind.PHRASE: self._phrase,
            Kind.FREQUENT: self._frequent,
            Kind.NEAR2: lambda words: self._near(words, 2),
            Kind.NEAR3: lambda words: self._near(words, 3),
        }

    def one(self, kind: Kind) -> Question:
        """Draw passages until one has what is wanted."""
        while True:
            if words := self._draws[kind](self._chance.choice(self._passages)):
                return Question(kind, words)

    def _banded(self, words: Sequence[str], count: int) -> tuple[str, ...] | None:
        chosen: list[str] = []
        for band in self._chance.choices(range(len(_WEIGHTS)), _WEIGHTS, k=count):
            fitting = [word for word in words if self._band[word] == band and word not in chosen]
            if not fitting:
                return None
            chosen.append(self._chance.choice(fitting))
        return tuple(chosen)

    def _phrase(self, words: Sequence[str]) -> tuple[str, ...]:
        at = self._chance.randrange(len(words) - _PHRASE + 1)
        return tuple(words[at : at + _PHRASE])

    def _frequent(self, words: Sequence[str]) -> tuple[str, ...] | None:
        runs = [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
        fitting = [run for run in runs if self._very_frequent.issuperset(run)]
        return self._chance.choice(fitting) if fitting else None

    def _near(self, words: Sequence[str], count: int) -> tuple[str, ...] | None:
        at = self._chance.randrange(len(words))
        close = list(dict.fromkeys(words[at : at + _REACH]))
        return self._banded(close, count) if len(close) >= count else None


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """The words in lower case, in runs that no figure, name with a hyphen or the like breaks."""
    words = [word.strip(".,;:!?()\"'“”‘’").lower() for word in text.split()]
    for clean, run in groupby(words, lambda word: bool(_WORD.fullmatch(word))):
        if clean:
            yield tuple(run)
