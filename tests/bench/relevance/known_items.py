"""Questions whose right passage is known, because they were made from it; and questions that no passage answers.

A passage is drawn, and a hurried question is made of it: some of its rarer words, a phrase, its speaker and a few
words, words and the month, words of the title; with a misspelt name, a word too many, a wrong year, another
inflection. A question without an answer joins the rare names of one document with those of another that has none of
them. Everything follows from the seed.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.analysis import Token, stem_of, tokens
from index.passage import Passage
from index.query.function_words import helping
from index.whoosh_engine.answering.search import Snapshot
from index.whoosh_engine.matching.statistics import postings
from index.whoosh_engine.segment.schema import TEXT_FIELD
from index.whoosh_engine.segment.segment import Segment

_FEWEST = 25
"""Words of a passage that is worth asking for."""

_RARE = 6.0
"""People ask in words that they remember, not in the rarest: from this idf on all words are as likely."""

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A question and the place it was made from: `text[start:end]` of a document; no document where there is none."""

    kind: str
    query: str
    document: str = ""
    start: int = 0
    end: int = 0


class _Drawn:
    """A passage that was drawn, and what questions are made of."""

    def __init__(self, of: Snapshot, segment: Segment, row: int, chance: random.Random) -> None:
        self.snapshot, self.segment, self.row, self.chance = of, segment, row, chance
        self.card = segment.card_of(row)

    @cached_property
    def passage(self) -> Passage:
        return self.segment.passage(self.row)

    @cached_property
    def tokens(self) -> list[Token]:
        return tokens(self.passage.text)

    def rarity(self, term: str) -> float:
        return self.snapshot.statistics.idf(TEXT_FIELD, stem_of(term))

    def frequency(self, term: str) -> int:
        return sum(
            len(leaf.segment.places_of(leaf.segment.terms[term]))
            for leaf in self.snapshot.leaves
            if term in leaf.segment.terms
        )

    def written(self, token: Token) -> str:
        return self.passage.text[token.start : token.end]

    def telling(self, least: int, most: int) -> list[Token]:
        """Some of the rarer words that stand within forty words of each other, in their order."""
        count = self.chance.randint(least, most)
        begin = self.chance.randrange(max(1, len(self.tokens) - 40))
        window = [token for token in self.tokens[begin : begin + 40] if token.term.isalpha() and len(token.term) > 2]
        plain = [token for token, helps in zip(window, helping([t.term for t in window], ""), strict=True) if not helps]
        once = list({token.term: token for token in plain}.values())
        ranked = sorted(once, key=lambda token: -min(self.rarity(token.term), _RARE) * self.chance.uniform(0.4, 1))
        return sorted(ranked[:count], key=lambda token: token.start) if len(ranked) >= count else []

    def item(self, kind: str, words: Sequence[str]) -> KnownItem | None:
        made = " ".join(words).lower()
        return KnownItem(kind, made, self.card.id, self.passage.start, self.passage.end) if words else None

    def words(self, least: int, most: int) -> list[str]:
        return [token.term for token in self.telling(least, most)]


def _fact(drawn: _Drawn) -> KnownItem | None:
    return drawn.item("fact", drawn.words(3, 5))


def _phrase(drawn: _Drawn) -> KnownItem | None:
    begin = drawn.chance.randrange(max(1, len(drawn.tokens) - 6))
    run = drawn.tokens[begin : begin + drawn.chance.randint(4, 6)]
    plain = helping([token.term for token in run], "").count(False)
    text = " ".join(token.term for token in run)
    return drawn.item("phrase", [f'"{text}"']) if len(run) > 3 and plain > 1 else None


def _attributed(drawn: _Drawn) -> KnownItem | None:
    if drawn.passage.speaker is None:
        return None
    name = tokens(drawn.passage.speaker.person or drawn.passage.speaker.label)
    if not name or len(drawn.tokens) < 12:
        return None
    begin = drawn.chance.randrange(len(drawn.tokens) - 8)
    run = [token.term for token in drawn.tokens[begin : begin + drawn.chance.randint(4, 6)]]
    return drawn.item("attributed", [name[-1].term, *run]) if helping(run, "").count(False) > 1 else None


def _dated(drawn: _Drawn, off: int = 0) -> KnownItem | None:
    day = drawn.passage.said or drawn.card.published
    words = drawn.words(2, 4)
    if day is None or day.first.month != day.last.month or not words:
        return None
    return drawn.item(
        "wrong year" if off else "dated", [*words, _MONTHS[day.first.month - 1], str(day.first.year + off)]
    )


def _wrong_year(drawn: _Drawn) -> KnownItem | None:
    return _dated(drawn, drawn.chance.choice((-1, 1)))


def _titled(drawn: _Drawn) -> KnownItem | None:
    title = [token.term for token in tokens(drawn.card.title or "") if token.term.isalpha() and len(token.term) > 3]
    words = drawn.words(2, 3)
    if len(title) < 2 or not words:
        return None
    return drawn.item("titled", [*drawn.chance.sample(title, 2), *words])


def _typo(drawn: _Drawn) -> KnownItem | None:
    found = drawn.telling(3, 5)
    names = [token for token in found if drawn.written(token)[:1].isupper() and len(token.term) > 5]
    if not names:
        return None
    chosen = drawn.chance.choice(names)
    wrong = _misspelt(chosen.term, drawn.chance)
    if drawn.frequency(wrong):
        return None
    return drawn.item("typo", [wrong if token is chosen else token.term for token in found])


def _misspelt(word: str, chance: random.Random) -> str:
    """One slip after the first letter: a letter lost, doubled, swapped, or a vowel for another."""
    at = chance.randrange(1, len(word) - 1)
    vowels = [place for place, letter in enumerate(word) if place and letter in "aeiou"]
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    if vowels:
        vowel = chance.choice(vowels)
        slips.append(word[:vowel] + chance.choice("aeiou") + word[vowel + 1 :])
    return chance.choice(slips)


def _one_too_many(drawn: _Drawn) -> KnownItem | None:
    """Words of the passage and one that stands only elsewhere in its document."""
    segment, held = drawn.segment, {stem_of(token.term) for token in drawn.tokens}
    rows = (segment.row_card == segment.row_card[drawn.row]).nonzero()[0]
    other = tokens(segment.passage(int(drawn.chance.choice(rows.tolist()))).text)
    spare = [token.term for token in other if token.term.isalpha() and len(token.term) > 3]
    spare = [term for term in spare if stem_of(term) not in held and drawn.rarity(term) > 4]
    words = drawn.words(3, 4)
    return drawn.item("one too many", [*words, drawn.chance.choice(spare)]) if words and spare else None


def _inflected(drawn: _Drawn) -> KnownItem | None:
    words = drawn.words(3, 5)
    forms = [_another_form(word, drawn) for word in words]
    return drawn.item("inflected", forms) if forms != words else None


def _another_form(word: str, drawn: _Drawn) -> str:
    stem = drawn.segment.stems.numbers.find(stem_of(word))
    forms = (
        [drawn.segment.terms.text(number) for number in drawn.segment.stems.terms_of(stem).tolist()]
        if stem is not None
        else []
    )
    return drawn.chance.choice([form for form in forms if form.isalpha() and form != word] or [word])


def _absent(drawn: _Drawn, other: _Drawn) -> KnownItem | None:
    """Rare names of two documents of which neither has those of the other in any passage."""
    first, second = (_names(each) for each in (drawn, other))
    if len(first) < 2 or len(second) < 2:
        return None
    chosen = [*drawn.chance.sample(first, 2), *drawn.chance.sample(second, drawn.chance.choice((1, 2)))]
    segment = drawn.segment
    rows = [set(postings(segment, TEXT_FIELD, stem_of(term)).rows.tolist()) for term in chosen]
    together = any(one & another for one in rows[:2] for another in rows[2:])
    return None if together else KnownItem("absent", " ".join(chosen))


def _names(drawn: _Drawn) -> list[str]:
    inside = [token for token in drawn.tokens if drawn.written(token)[:1].isupper() and len(token.term) > 4]
    return sorted({token.term for token in inside if token.term.isalpha() and drawn.rarity(token.term) > 7})


MAKERS: Mapping[str, Callable[[_Drawn], KnownItem | None]] = {
    "fact": _fact,
    "phrase": _phrase,
    "attributed": _attributed,
    "dated": _dated,
    "wrong year": _wrong_year,
    "titled": _titled,
    "typo": _typo,
    "one too many": _one_too_many,
    "inflected": _inflected,
}


def known_items(of: Snapshot, each: int, seed: int = 2019) -> list[KnownItem]:
    """So many questions of each kind from the first segment, the same for the same seed and index."""
    chance = random.Random(seed)
    segment = of.leaves[0].segment
    cards = segment.documents

    def drawn() -> _Drawn:
        # A document first, or the longest ones would be asked of most.
        card = chance.randrange(cards)
        first, last = segment.row_card.searchsorted([card, card + 1]).tolist()
        rows = [row for row in range(first, last) if segment.lengths[row] >= _FEWEST]
        return _Drawn(of, segment, chance.choice(rows), chance) if rows else drawn()

    def absent(one: _Drawn) -> KnownItem | None:
        return _absent(one, drawn())

    items: list[KnownItem] = []
    for maker in (*MAKERS.values(), absent):
        made: list[KnownItem] = []
        while len(made) < each:
            if (item := maker(drawn())) is not None:
                made.append(item)
        items += made
    return items
