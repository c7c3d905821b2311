"""What a form writes is read back as what was filled in."""

from hypothesis import given
from hypothesis import strategies as st

from bot.asking.composing import CHOSEN, Form, compose, instead, problems
from index.analysis import terms
from index.errors import BadQuery
from index.query import DateField, DateTest, Field, Phrase, Sort, parse

LETTERS = st.text(st.characters(categories=("L", "N", "P", "Z", "S"), exclude_characters="\x00"), max_size=40)
DATES = st.sampled_from(["", "2016", "July 2017", "2018-03-04", "Dec. 5, 2018", "2019..", "soon", "7/6/2019"])
WORDS = st.one_of(
    LETTERS,
    st.lists(
        st.sampled_from(
            ["Barr", "-dirt", "OR", '"', "(", ")", "NEAR", "speaker:", "after:2016", "investigat*", "sort:"]
        ),
        max_size=6,
    ).map(" ".join),
)
FORMS = st.builds(
    Form,
    words=WORDS,
    phrase=LETTERS,
    speaker=LETTERS,
    source=LETTERS,
    title=LETTERS,
    publisher=LETTERS,
    type=LETTERS,
    since=DATES,
    until=DATES,
    dated=st.sampled_from(DateField),
    sort=st.sampled_from(Sort),
)


@given(FORMS)
def test_a_form_without_problems_can_be_searched_and_none_raises(form: Form) -> None:
    if not problems(form):
        assert parse(compose(form)).understood


@given(FORMS)
def test_every_part_is_read_back_as_it_was_filled_in(form: Form) -> None:
    if problems(form):
        return
    query = parse(compose(form))
    phrases = [" ".join(terms(node.text)) for node in query.required if isinstance(node, Phrase)]
    if terms(form.phrase):
        assert " ".join(terms(form.phrase)) in phrases
    asked = {
        (node.name.value, " ".join(terms(node.node.text)))
        for node in query.required
        if isinstance(node, Field) and isinstance(node.node, Phrase)
    }
    for part in CHOSEN:
        if value := terms(getattr(form, part)):
            assert (part.value, " ".join(value)) in asked
    if not form.words.strip():
        assert query.sort is form.sort
        assert len(query.dates) == bool(form.since.strip() or form.until.strip())
        assert all(date.field is form.dated and date.test is DateTest.INSIDE for date in query.dates)


@given(FORMS)
def test_the_words_alone_mean_what_they_mean_in_the_form(form: Form) -> None:
    if problems(form):
        return
    try:
        alone = parse(form.words)
    except BadQuery:
        return  # they only leave something out, or set a date, and the other parts say what to look for
    together = parse(compose(form))
    assert set(alone.excluded) <= set(together.excluded)
    assert set(alone.required) <= set(together.required)
    assert set(alone.dates) <= set(together.dates)
    assert set(alone.wanted) <= {*together.wanted, *together.helping}


@given(LETTERS, st.text(st.characters(categories=("L",)), min_size=1, max_size=12), LETTERS)
def test_the_word_instead_stands_where_the_typed_one_stood(before: str, typed: str, after: str) -> None:
    written = instead(f"{before} {typed} {after}", typed, "[meant]")
    assert "[meant]" in written
