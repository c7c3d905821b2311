"""What holds for every text that could be typed."""

import re
import time
import unicodedata
from collections.abc import Iterable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadQuery
from index.query import Either, Every, Field, Near, Node, Phrase, Query, Wildcard, parse

PIECES = (
    *(
        "Barr",
        "foreign",
        "dirt",
        "what",
        "did",
        "US",
        "2019",
        "July",
        "25,",
        "§",
        "1001(a)",
        "don’t",
        "investigat*",
        "zelensky~2",
    ),
    *(
        "OR",
        "AND",
        "NOT",
        "NEAR",
        "NEAR/5",
        "/8",
        "/s",
        "/p",
        "-",
        "+",
        "–",
        "--",
        "|",
        "…",
        "..",
        ">=",
        "~",
        "~8",
        "*",
        ":",
        "'",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        '"',
        "“",
        "”",
        "«",
        "»",
        " ",
        " ",
        " ",
        "\u00a0",
        "\u00ad",
        "\u200b",
        "\n",
        "\ud800",
        "é",
        "ſ",
        "İ",
    ),
    *(
        "speaker:",
        "source:",
        "title:",
        "page:",
        "before:",
        "on:",
        "during:",
        "said:",
        "sort:",
        "newest",
        "foo:",
        "https://x.org/a",
    ),
    *("10:30", "2018..2020", "[2018 TO 2019]", "06/07/2019", "TO"),
)
typed = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
anything = st.text(max_size=200)
OPERATORS = frozenset(("OR", "AND", "NOT", "NEAR", "TO", "s", "S", "p", "P", "sort", "newest", "relevance", "oldest"))


def understood_or_none(text: str) -> Query | None:
    with suppress(BadQuery):
        return parse(text)
    return None


@given(typed | anything)
def test_any_text_is_understood_or_refused_with_one_sentence(text: str) -> None:
    try:
        query = parse(text)
    except BadQuery as refused:
        sentence = str(refused)
        assert sentence.endswith(".")
        assert "\n" not in sentence
    else:
        assert query.understood
        assert query.wanted or query.required
        query.understood.encode()


@given(typed | anything)
def test_nothing_typed_is_dropped_in_silence(text: str) -> None:
    """Every run of letters or digits is searched, filters, is an operator, or is named in a remark."""
    query = understood_or_none(text)
    if query is None:
        return
    said = " ".join([query.understood, *(filtered.written for filtered in query.dates)])
    seen = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    for run in re.findall(r"[^\W_]+", seen):
        distance = re.search(rf"[/~]{run}", seen)
        assert run.lower() in said.lower() or run in OPERATORS or distance


@given(typed | anything)
def test_every_term_holds_something_to_find(text: str) -> None:
    query = understood_or_none(text)
    if query is None:
        return
    for leaf in leaves((*query.wanted, *query.required, *query.excluded, *query.helping)):
        shown = leaf.pattern if isinstance(leaf, Wildcard) else getattr(leaf, "text", "")
        assert any(letter.isalnum() or unicodedata.category(letter)[0] in "LMN" or letter == "§" for letter in shown)
        assert isinstance(leaf, Phrase) or not re.search(r"\s", shown)


@given(typed)
def test_dates_are_whole_intervals(text: str) -> None:
    query = understood_or_none(text)
    for filtered in query.dates if query else ():
        assert filtered.first or filtered.last
        assert not (filtered.first and filtered.last) or filtered.first <= filtered.last


@given(st.lists(st.sampled_from(["Barr", "foreign", "dirt", "emails", "Mueller"]), min_size=1, unique=True))
def test_plain_words_come_through_in_order(words: list[str]) -> None:
    query = parse(" ".join(words))
    assert query.wanted == parse(", ".join(words)).wanted
    assert query.understood == f"Words: {', '.join(words)}."


@given(
    st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters='"“”„‟«»‹›″＂〝〞〟「」『』'), min_size=1)
)
def test_exact_words_are_kept_as_typed(text: str) -> None:
    query = understood_or_none(f"“{text}”")
    assert query is None or query.required == (Phrase(text),)


HOSTILE = [
    '"',
    "(",
    ")",
    "-",
    "a(",
    "/5 ",
    "OR ",
    "on:2019 ",
    "on:July ",
    "speaker:",
    "a~",
    "aaa*",
    "' a",
    ":",
    "..",
    "\u00ad",
    "on:[",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_read_quickly(piece: str) -> None:
    text = (piece * 1000)[:1000]
    started = time.perf_counter()
    understood_or_none(text)
    assert time.perf_counter() - started < 0.5


def leaves(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        match node:
            case Either(inner):
                yield from leaves(inner)
            case Near(parts):
                yield from leaves(parts)
            case Every(inner, excluded):
                yield from leaves((*inner, *excluded))
            case Field(_, value):
                yield from leaves([value])
            case _:
                yield node
