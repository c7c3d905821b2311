"""The quotations of an unfinished draft: none is passed over for an odd mark, and each keeps its speaker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks.claimed import Whose, compare
from bot.checks.drafts import claim_of, goes_on, is_bare, quotations
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
        "Barr said, '{},' and left.",
        "Barr said, '{},' of the pilots' boats in the '90s.",
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


@pytest.mark.parametrize(
    ("draft", "quoted"),
    [
        ("'It's the workers' rights,' said Barr. 'We don't care.'", ["It's the workers' rights,", "We don't care."]),
        ("He said 'we will leave' and the pilots' boats don't go.", ["we will leave"]),
        ("The reporters' notes, the editors' desk, rock 'n' roll, 'em, the '90s, '08 and goin' home: don't.", []),
        (
            "'Twas night. 'Cause we can,' he said; 'we took 'em by storm.'",
            ["Twas night. 'Cause we can,", "we took 'em by storm."],
        ),
        ("'He said \"no\" to me,' Jones said.", ['He said "no" to me,']),
        ("\"He said 'no' to me,\" Jones' aide said.", ["He said 'no' to me,"]),
        ("The pilots' own \"We won't go,\" and 'we will' came.", ["We won't go,", "we will"]),
        ("‘I don’t know the pilots’ names,’ he said. ‘Or theirs.’", ["I don’t know the pilots’ names,", "Or theirs."]),
        ("('We go.')—'Never,' he said—a 'mess' it was", ["We go.", "Never,", "mess"]),
        ("He stood 6'2\" and was 'very thin'.", ["very thin"]),
        ("‘The first isn’t it.\n\n‘The second.’ He left.", ["The first isn’t it.", "The second."]),
    ],
)
def test_single_marks_are_told_from_apostrophes(draft: str, quoted: list[str]) -> None:
    assert [draft[start:end] for start, end, _ in quotations(draft)] == quoted


def test_a_block_is_a_quotation_where_not_all_of_the_draft_is_one() -> None:
    draft = "Bill Barr wrote:\n\n> We did not find it\n> there and we left it so.\n\nHe left."
    ((start, end, who),) = quotations(draft)
    assert (draft[start:end], who) == ("We did not find it\n> there and we left it so.", "Bill Barr")
    assert not list(quotations("> We did not find it\n> there."))


@pytest.mark.parametrize(
    ("between", "on"),
    [
        (",” he said, “", True),
        (",” Sen. Mei Wu told the committee on Tuesday, “", True),
        ("”, said Barr, “", True),
        (",’ she went on, ‘", True),
        (",” he said. “", False),
        (",” he said, and later, “", False),
        (",” and “", False),
        ("?” he asked, “", False),
        ("” of the plan to leave, “", False),
    ],
)
def test_a_sentence_that_its_attribution_breaks_is_told_from_two(between: str, on: bool) -> None:
    mark = "‘" if "‘" in between else "“"
    draft = f"{mark}We will leave{between}the union.{'’' if mark == '‘' else '”'}"
    (first, second) = [(start, end) for start, end, _ in quotations(draft)]
    assert goes_on(draft, first, second[0]) is on


@pytest.mark.parametrize(
    ("typed", "claim"),
    [
        ('"It is so."', "It is so."),
        ("'It is so.'", "It is so."),
        ('"He said "no" to me."', 'He said "no" to me.'),
        ('"It is so,\nand so', "It is so,\nand so"),
        ('"It is so," Barr said.', None),
        ('"It is," Barr said, "so."', None),
    ],
)
def test_one_quotation_is_told_from_a_draft(typed: str, claim: str | None) -> None:
    assert not is_bare(typed)
    assert claim_of(typed) == claim


@pytest.mark.parametrize("typed", ["It is so", "'Tis so", "It is “so” and so", "Barr's word"])
def test_words_that_do_not_begin_with_a_mark_are_bare(typed: str) -> None:
    assert is_bare(typed)


def test_a_quotation_of_several_paragraphs_has_one_speaker() -> None:
    draft = "Barr said: “The first of it.\n\n“The second of it.\n\n“The third.” He left."
    told = [(draft[start:end], who) for start, end, who in quotations(draft)]
    assert told == [("The first of it.", "Barr"), ("The second of it.", "Barr"), ("The third.", "Barr")]


@given(st.text("ab .,6\n'\"“”„«»‘’`>", max_size=60))
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
