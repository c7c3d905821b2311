"""Figures, signs and questions in a quotation: the same words are no exact quotation when these say something else."""

import pytest

from index.check import Finding, Flag, Op, Verdict, around, find, read

TEXT = (
    "Taxes fell by $300 million, or 5% a year. It was −5 degrees in May, and .5 inches fell. Some 10-12 men paid 3/4 "
    "of it in 1999—2000. Did the mayor know? Prices rose to 21 1/2 percent. The pilots asked for 400 dollars then. "
    "It cost three hundred and thirty million dollars over ten years. Then about 40 men left. And who paid ? Nobody."
)


def found(quote: str) -> Finding:
    finding = find(read(quote), around(TEXT, (), 0, len(TEXT)))
    assert finding is not None
    return finding


@pytest.mark.parametrize(
    "quote",
    [
        "300 million, or 5% a year",
        "Taxes fell by $300 million, or 5",
        "Taxes fell by … 300 million",
        "It was 5 degrees in May",
        "and 5 inches fell",
        "12 men paid 3/4 of it",
        "Some 10",
        "men paid 3-4 of it",
        "Prices rose to 21 1-2 percent",
        "2 percent",
        "Did the mayor know.",
        "Did the mayor know!",
    ],
)
def test_another_figure_or_no_question_is_altered(quote: str) -> None:
    assert found(quote).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    "quote",
    [
        "fell by $300 million, or 5% a year.",
        "$300 million",
        "It was -5 degrees in May",
        "it in 1999 - 2000",
        "it in 1999-2000",
        "Some 10–12 men",
        "Did the mayor know?",
        "Did the mayor know,",
        "Did the mayor know",
        "<<Some 10-12 men paid>>",
    ],
)
def test_the_same_figures_in_other_type_are_exact(quote: str) -> None:
    assert found(quote).verdict in (Verdict.EXACT, Verdict.PUNCTUATION)


def test_a_figure_that_is_cut_is_loud_and_shown() -> None:
    finding = found("300 million, or 5% a year")
    assert Flag.NUMBER in finding.flags
    assert (finding.steps[0].op, finding.steps[0].claimed, finding.steps[0].true) == (Op.REPLACE, "300 ", "$300 ")


@pytest.mark.parametrize(
    ("quote", "word"),
    [
        ("Taxes fell by $300", "million"),
        ("It cost three hundred", "thirty"),
        ("thirty million dollars over ten years", "hundred"),
        ("three hundred and thirty million dollars", None),
        ("40 men left", "about"),
    ],
)
def test_a_figure_without_all_of_it_is_warned_of(quote: str, word: str | None) -> None:
    finding = found(quote)
    assert (finding.verdict, finding.turns) == (Verdict.EXACT, word)


@pytest.mark.parametrize(
    ("quote", "loud"),
    [("It cost $330 million.", False), ("It cost $313 million", True), ("It cost 330 million.", False)],
)
def test_a_number_in_words_is_replaced_as_a_whole(quote: str, loud: bool) -> None:
    finding = found(quote)
    assert (finding.verdict, Flag.NUMBER in finding.flags) == (Verdict.ALTERED, loud)
    assert "thirty million dollars" in "".join(step.true for step in finding.steps)


def test_another_unit_is_as_loud_as_another_number() -> None:
    assert Flag.NUMBER in found("million dollars over ten months").flags
    assert Flag.NUMBER not in found("million dollars over ten nice years").flags


def test_a_question_mark_behind_a_blank_is_one() -> None:
    assert found("And who paid .").verdict is Verdict.ALTERED
    assert found("And who paid?").verdict is Verdict.PUNCTUATION


@pytest.mark.parametrize(
    ("quote", "loud"),
    [
        ("The pilots asked for $400 then", False),
        ("The pilots asked for four hundred dollars then", False),
        ("The pilots asked for 400 euros then", True),
        ("The pilots asked for €400 then", True),
        ("Taxes fell by $300 million, or 5 percent a year", False),
        ("Taxes fell by $300 million, or 5 percentage points a year", True),
        ("Taxes fell by three hundred million dollars", False),
        ("in 1999—2000. Did the one mayor know", False),
        ("Taxes fell by $300 billion", True),
        ("Taxes fell by $three thousand million", True),
    ],
)
def test_a_number_is_another_one_by_what_it_says(quote: str, loud: bool) -> None:
    finding = found(quote)
    assert finding.verdict is Verdict.ALTERED
    assert (Flag.NUMBER in finding.flags) is loud


@pytest.mark.parametrize(
    ("true", "claimed", "flags"),
    [
        ("It doubled over ten long years", "It tripled over ten long years", {Flag.NUMBER}),
        ("by the twelfth man in the hall", "by the twentieth man in the hall", {Flag.NUMBER}),
        ("by Article II of the old charter", "by Article 3 of the old charter", {Flag.NUMBER}),
        ("by Article II of the old charter", "by Article 2 of the old charter", set[Flag]()),
        ("they lost 20 kg of it that day", "they lost 20 lb of it that day", {Flag.NUMBER}),
        ("they paid ₹500 for it that day", "they paid ₽500 for it that day", {Flag.NUMBER}),
        ("it is in the old town hall", "they are in the old town hall", set[Flag]()),
        ("it was in the old town hall", "it is in the old town hall", {Flag.TENSE}),
    ],
)
def test_what_is_loud_about_figures_and_verbs(true: str, claimed: str, flags: set[Flag]) -> None:
    finding = find(read(claimed), around(true, (), 0, len(true)))
    assert finding is not None
    assert finding.verdict is Verdict.ALTERED
    assert finding.flags & {Flag.NUMBER, Flag.TENSE} == flags


def test_a_word_left_out_is_not_shown_as_another_in_its_place() -> None:
    text = "So I'm not going there."
    finding = find(read("I'm going there"), around(text, (), 0, len(text)))
    assert finding is not None
    assert [(step.op, step.true.strip()) for step in finding.steps][1] == (Op.DELETE, "not")
