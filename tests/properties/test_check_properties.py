"""What holds for every quotation: words that stand so are exact, a changed word never is, and a difference shows both
sides as they are.
"""

import random
import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from index.analysis import terms
from index.check import SAME, Op, Verdict, around, find, read
from tests.bench import hurried, misquoting

WORDS = (
    *("the", "a", "not", "we", "they", "harbor", "pilots", "lighthouse", "Ames", "Barr", "40", "1,000"),
    *("vote", "never", "sold", "paid", "didn't", "it's", "will", "would"),
)
SIGNS = (" ", " ", " ", " ", ", ", "—", " - ", " “", "” ", "; ", ". ", "\n", "… ", " . . . ")

texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(SIGNS)), min_size=8, max_size=60).map(
    lambda pairs: "".join(word + sign for word, sign in pairs)
)
NEAR = {**misquoting.NEAR, **hurried.NEAR}
SAME_WORDS = (Verdict.EXACT, Verdict.PUNCTUATION)


def slices(text: str, draw: st.DataObject) -> str:
    """A run of whole words of the text."""
    words = list(re.finditer(r"[\w',]*\w", text))
    first = draw.draw(st.integers(0, len(words) - 3))
    last = draw.draw(st.integers(first + 2, min(len(words) - 1, first + 25)))
    return text[words[first].start() : words[last].end()]


@given(texts, st.data())
def test_any_slice_is_exact(text: str, data: st.DataObject) -> None:
    quote = slices(text, data)
    finding = find(read(quote), around(text, (), 0, len(text)))
    assert finding is not None
    assert finding.verdict is Verdict.EXACT
    assert finding.share > 0.999


def plain_marks(text: str) -> str:
    """Typewriter's signs in the place of a printer's."""
    return text.replace("“", '"').replace("”", '"').replace("—", "-")


CHANGES: tuple[Callable[[str], str], ...] = (str.upper, str.lower, plain_marks)


@given(texts, st.data(), st.sampled_from(CHANGES))
def test_other_signs_are_punctuation_at_most(text: str, data: st.DataObject, change: Callable[[str], str]) -> None:
    quote = change(slices(text, data))
    finding = find(read(quote), around(text, (), 0, len(text)))
    assert finding is not None
    assert finding.verdict in SAME_WORDS


@given(texts, st.data(), st.integers(0, 10**9))
def test_a_changed_word_is_never_called_exact(text: str, data: st.DataObject, seed: int) -> None:
    quote, chance = slices(text, data), random.Random(seed)
    change = chance.choice([misquoting.NEAR[kind] for kind in ("number", "dropped-word", "inserted-word", "tense")])
    changed = change(quote, chance)
    said = f" {' '.join(terms(text))} "
    if changed is None or f" {' '.join(terms(changed))} " in said:
        return
    finding = find(read(changed), around(text, (), 0, len(text)))
    assert finding is None or finding.verdict not in SAME_WORDS


@given(texts, st.data(), st.sampled_from(sorted(NEAR)), st.integers(0, 10**9))
def test_a_difference_shows_both_sides_as_they_are(text: str, data: st.DataObject, kind: str, seed: int) -> None:
    quote = slices(text, data)
    changed = NEAR[kind](quote, random.Random(seed)) or quote
    claim = read(changed)
    finding = find(claim, around(text, (), 0, len(text)))
    if finding is None:
        return
    assert "".join(step.claimed for step in finding.steps) == claim.text
    within = [step for at, step in enumerate(finding.steps) if step.op is not Op.CUT or at + 1 < len(finding.steps)]
    assert text[finding.start : finding.end].startswith("".join(step.true for step in within))
    for step in finding.steps:
        if step.op in SAME:
            assert terms(step.claimed) == terms(step.true)
    assert all(terms(text[start:end]) for start, end in finding.spans)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read(quote: str) -> None:
    claim = read(quote)
    assert all(claim.text[unit.start : unit.end] for unit in claim.units)
    assert [unit.start for unit in claim.units] == sorted(unit.start for unit in claim.units)
