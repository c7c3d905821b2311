"""Whatever is asked: a filter that a link writes beside it narrows it, changes nothing else, and can be taken out."""

from hypothesis import given
from hypothesis import strategies as st

from bot.asking.narrowing import chosen, filters, narrowed, ordered, widened
from index.errors import BadQuery
from index.query import FieldName, Query, Sort, parse

_PIECES = ("harbor", "OR", "(", ")", '"a b"', "-x", "+y", "NEAR", "sort:oldest", "on:2016", 'title:"t"', "a/8")
_LETTERS = st.sampled_from('ab OR ()"“”-+~8*:/sNEAR sort:newest on:2019 speaker:x ')
QUESTIONS = st.text(_LETTERS, max_size=40) | st.lists(st.sampled_from(_PIECES), max_size=8).map(" ".join)
_CHOSEN = st.builds(chosen, st.sampled_from([FieldName.SPEAKER, FieldName.PUBLISHER]), st.text(min_size=1, max_size=12))
PARTS = _CHOSEN | st.integers(1000, 2100).map(lambda year: f"on:{year}")


def read(question: str) -> Query | None:
    try:
        return parse(question)
    except BadQuery:
        return None


@given(QUESTIONS, PARTS)
def test_a_narrowed_question_can_be_read_and_keeps_what_was_asked(question: str, part: str) -> None:
    written = narrowed(question, part)
    if written is None:
        return
    before, after = read(question), read(written)
    assert before is not None
    assert after is not None
    assert (after.wanted, after.excluded, after.helping) == (before.wanted, before.excluded, before.helping)
    assert set(before.required) <= set(after.required)
    assert set(before.dates) <= set(after.dates)
    assert after.sort is before.sort


@given(QUESTIONS, PARTS)
def test_what_was_narrowed_is_widened_again_to_the_same(question: str, part: str) -> None:
    written = narrowed(question, part)
    back = widened(written, part) if written else None
    if written and back is not None:
        first, last = read(question), read(back)
        assert first is not None
        assert last is not None
        assert (last.wanted, last.required, last.dates) == (first.wanted, first.required, first.dates)


@given(QUESTIONS)
def test_filters_are_parts_that_can_be_taken_out(question: str) -> None:
    for part in filters(question):
        assert part in question
        assert widened(question, part) is not None


@given(QUESTIONS, st.sampled_from(Sort))
def test_an_order_replaces_the_one_before_and_nothing_else(question: str, sort: Sort) -> None:
    written = ordered(question, sort)
    if written is None:
        return
    before, after = read(question), read(written)
    assert before is not None
    assert after is not None
    assert after.sort is sort
    assert (after.wanted, after.required, after.dates) == (before.wanted, before.required, before.dates)
