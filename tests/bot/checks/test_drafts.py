"""The quotations of an unfinished draft: none is passed over for an odd mark, and each keeps its speaker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks.claimed import Whose, compare
from bot.checks.drafts import quotations
from sources.document import Speaker
from sources.people import NOBODY

WORDS = "We did not find it there"


@pytest.mark.parametrize(
    "draft",
    [
        'Barr said, "{}," and left.',
        "Barr said, “{},” and left.",
        "Barr said, “{},“ and left.",
        "Barr said, ”{},” and left.",
        'Barr said,"{}," and left.',
        'Barr said, “{}," and left.',
        "Barr said, ‘{},’ and left.",
        "Barr said, ``{},'' and left.",
        'The 6" pipe and the pilots\' boat. Barr said, "{}," and left.',
    ],
)
def test_however_it_is_marked_it_is_found_with_its_speaker(draft: str) -> None:
    text = draft.format(WORDS)
    assert [(text[start:end], who) for start, end, who in quotations(text)] == [(f"{WORDS},", "Barr")]


@pytest.mark.parametrize(
    "draft", ["Er sagte: „{}“, und", "»{}« sagte er", "dit « {} » hier", "彼は「{}」と", '🙂"{}" he']
)
def test_marks_of_other_nations(draft: str) -> None:
    text = draft.format(WORDS)
    assert [text[start:end].strip() for start, end, _ in quotations(text)] == [WORDS]


@pytest.mark.parametrize(
    ("draft", "quoted"),
    [
        ('He said, "He told me "no way" and left."', ['He told me "no way" and left.']),
        ("He said, “It was open and left.\nShe said, “It was not.”", ["It was open and left.", "It was not."]),
        ('A 12" ruler, and nothing else', []),
        ('The "6" pipe" burst, and "all" was wet', ['6" pipe', "all"]),
        ("In the ’90s the pilots’ boats were gone", []),
    ],
)
def test_odd_marks(draft: str, quoted: list[str]) -> None:
    assert [draft[start:end] for start, end, _ in quotations(draft)] == quoted


def test_a_quotation_of_several_paragraphs_has_one_speaker() -> None:
    draft = "Barr said: “The first of it.\n\n“The second of it.\n\n“The third.” He left."
    told = [(draft[start:end], who) for start, end, who in quotations(draft)]
    assert told == [("The first of it.", "Barr"), ("The second of it.", "Barr"), ("The third.", "Barr")]


@given(st.text("ab .,6\n'\"“”„«»‘’`", max_size=60))
def test_of_any_draft_the_quotations_stand_in_order(draft: str) -> None:
    at = 0
    for start, end, _ in quotations(draft):
        assert at < start < end <= len(draft)
        assert draft[start:end].strip()
        at = end


@pytest.mark.parametrize(
    ("claimed", "record", "whose"),
    [
        ("Bob Smith", "Robert Smith", Whose.SAME),
        ("Rosa Sánchez", "MS. SANCHEZ", Whose.SAME),
        ("Ann Lee Brown", "MS. LEE-BROWN", Whose.SAME),
        ("Sheriff Joe Lodge", "Joe Lodge", Whose.SAME),
        ("Edward Moore Jr.", "MR. MOORE", Whose.SAME),
        ("Mitt Lodge", "W Mitt Lodge", Whose.SAME),
        ("Lodge’s", "Joe Lodge", Whose.SAME),
        ("S. Castle", "Steve Castle", Whose.SAME),
        ("Kathy Castle", "S. Castle", Whose.OTHER),
        ("Hunter Lodge", "Joe H Lodge", Whose.OTHER),
        ("Edward Moore Jr.", "Edward Moore", Whose.OTHER),
    ],
)
def test_whose_words_they_are_by_name(claimed: str, record: str, whose: Whose) -> None:
    assert compare(claimed, (Speaker(record),), NOBODY, "") is whose
