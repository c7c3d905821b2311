"""Who is quoted in an article or a turn: only the subject of the saying, only the quoted words, nobody in doubt."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.attribution import attributions
from sources.document import Certainty, Extract, Quoted, Raw, Speaker
from sources.extract import plain, table
from sources.quotations import paragraphs

NAMED = "Ada Moreno runs the port. Ole Berg is the mayor.\n\n"


def quoted(text: str) -> list[tuple[str, str]]:
    marks = attributions(text)
    return [(m.value.speaker.label, text[m.start : m.end]) for m in marks if isinstance(m.value, Quoted)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("“The pier is closed,” said Ada Moreno.", "Ada Moreno"),
        ('"The pier is closed," Ada Moreno said.', "Ada Moreno"),
        ("“The pier is closed,” Harbor Commissioner Ada Moreno wrote in June.", "Ada Moreno"),
        ("“Is the pier closed?” asked Ms. Moreno.", "Ms. Moreno"),
        ("“The pier is closed,” according to Ada Moreno.", "Ada Moreno"),
        ("Ada Moreno said, “The pier is closed.”", "Ada Moreno"),
        ("Ada Moreno told Ole Berg that “the pier is closed.”", "Ada Moreno"),
        ("According to Ada Moreno, “the pier is closed.”", "Ada Moreno"),
        ("On June 3, 2019, Sen. Moreno testified: “The pier is closed.”", "Sen. Moreno"),
        (
            "When asked again, Attorney General Moreno testified under oath, “The pier is closed.”",
            "Attorney General Moreno",
        ),
        ("Ada Moreno, a lawyer for Ole Berg, said “the pier is closed.”", "Ada Moreno"),
        ("The port’s lawyer Ada Moreno said it was “a pier without any lights.”", "Ada Moreno"),
        ("Ada Moreno wrote:\n\n“The pier is closed.”", "Ada Moreno"),
        ("Ada Moreno wrote:\n\nThe pier is closed until the storm has gone by.", "Ada Moreno"),
        ("Moreno added: “The pier is closed.”", "Moreno"),
    ],
)
def test_the_subject_of_the_saying_is_quoted(text: str, label: str) -> None:
    ((found, words),) = quoted(NAMED + text)
    assert found == label
    assert "pier" in words
    assert not set(words) & set('“”"')


@pytest.mark.parametrize(
    "text",
    [
        "A lawyer for Ada Moreno said “the pier is closed.”",
        "“The pier is closed,” said a spokesman for Ada Moreno.",
        "“The pier is closed,” said Ada Moreno’s lawyer.",
        "“The pier is closed,” said Ada Moreno and Ole Berg.",
        "Ada Moreno and Ole Berg said “the pier is closed.”",
        "Those who met Ada Moreno said “the pier is closed.”",
        "Ada Moreno never said “the pier is closed.”",
        "Ada Moreno said that Ole Berg had called it “a closed pier.”",
        "Asked about “the closed pier,” Ada Moreno said nothing.",
        "Ada Moreno wrote off the “closed pier” last year.",
        "Ada Moreno said so on the harbor radio’s “Closed Pier” show.",
        "Ada Moreno said “pier” was the wrong word.",
        "“Is the pier closed?” Ada Moreno said nothing to anybody.",
        "The Harbor Report stated: “The pier is closed.”",
        "The Holy Ledger tells us: “The pier is closed.”",
        "He wrote:\n\nThe pier is closed until the storm has gone by.",
        "She said “the pier is closed.”",
        "They call it “the closed pier.”",
        'Ada Moreno said "the pier is closed.',
    ],
)
def test_nobody_is_quoted_where_it_is_unsure(text: str) -> None:
    assert quoted(NAMED + text) == []


def test_a_quotation_goes_on_behind_its_attribution() -> None:
    text = "“The pier,” said Ada Moreno, “is closed. It stays so.” Ole Berg smiled."
    assert quoted(text) == [("Ada Moreno", "The pier,"), ("Ada Moreno", "is closed. It stays so.")]


def test_a_pronoun_means_the_one_person_that_the_paragraph_has_named_as_a_subject() -> None:
    said = "Ada Moreno closed the pier. She said: “It was not safe.”"
    assert quoted(said) == [("Ada Moreno", "It was not safe.")]
    assert quoted("Ole Berg met Ada Moreno. She said: “It was not safe.”") == []
    assert quoted("A woman sued Ole Berg. She said: “It was not safe.”") == []
    assert quoted("The pier of Ada Moreno closed. She said: “It was not safe.”") == []
    assert quoted("Ada Moreno closed the pier.\n\nShe said: “It was not safe.”") == []


def test_an_attribution_is_a_guess_with_the_person_whom_the_text_names_in_full() -> None:
    (mark,) = attributions(NAMED + "Moreno said: “It was not safe.”")
    assert isinstance(mark.value, Quoted)
    assert (mark.value.speaker.label, mark.value.speaker.person) == ("Moreno", "Ada Moreno")
    assert mark.value.speaker.certainty is Certainty.GUESS


def test_a_well_known_surname_is_a_person_and_no_relative_of_theirs() -> None:
    (mark,) = attributions("Ivanka Trump left the stage. Later that day, Trump said: “It was a good day.”")
    assert isinstance(mark.value, Quoted)
    assert (mark.value.speaker.label, mark.value.speaker.person) == ("Trump", None)


def test_a_well_known_surname_is_the_person_whom_the_text_names_in_full() -> None:
    (mark,) = attributions("Donald Trump left. Later that day, Trump said: “It was a good day.”")
    assert isinstance(mark.value, Quoted)
    assert mark.value.speaker.person == "Donald Trump"


def test_a_describing_word_is_no_part_of_a_name() -> None:
    assert quoted("Little Ada Moreno wrote: “It was not safe.”") == [("Ada Moreno", "It was not safe.")]
    assert quoted("Andrew Young wrote: “It was not safe.”") == [("Andrew Young", "It was not safe.")]


def test_relatives_are_told_apart_by_nobody() -> None:
    text = "Ada Moreno and Bo Moreno came. Moreno said: “It was not safe.”"
    (mark,) = attributions(text)
    assert isinstance(mark.value, Quoted)
    assert mark.value.speaker.person is None


@given(st.text(alphabet='“”" \n.,:AdaMoreno said', max_size=120))
def test_marks_lie_inside_quotation_marks_of_any_text(text: str) -> None:
    marks = attributions(f"Ada Moreno said:\n\n{text}")
    assert all(mark.start < mark.end for mark in marks)
    assert [mark.start for mark in marks] == sorted(mark.start for mark in marks)


@given(st.text(alphabet='“”" \n.a', max_size=60))
def test_a_frame_is_as_long_as_its_paragraph_and_quotes_only_paired_marks(text: str) -> None:
    for paragraph in paragraphs(text):
        for each in paragraph.quotations:
            assert text[each.start - 1] in '“"'
            assert text[each.end] in '”"'
            assert not set(text[each.start : each.end]) & set("“”")


@pytest.mark.shared
def test_the_two_seed_articles_quote_whom_they_name(shared: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "corpus" / "seeds").glob("*.txt"))]
    assert {label for text in texts for label, _ in quoted(text)} == {"Donald Trump", "Bauer", "Geng Shuang"}


QUOTING_TURNS = (
    ("Lena Holm", "(00:07) Yesterday, Governor Osei said, “The ferries stay.” Is that so?"),
    ("Tor Berg", "(00:15) She wrote, “They do not.”"),
    ("Lena Holm", "(00:21) Thank you."),
    ("Tor Berg", "(00:24) Thank you."),
)


@pytest.mark.parametrize("read", [plain.extract, table.extract])
def test_whom_a_turn_quotes_is_told_by_its_own_words_alone(read: Callable[[Raw], Sequence[Extract]]) -> None:
    if read is plain.extract:
        content = "\n\n".join(f"{who}: {words}" for who, words in QUOTING_TURNS)
    else:
        content = "person,comment\n" + "".join(f'{who},"{words}"\n' for who, words in QUOTING_TURNS)
    name = "hearing.txt" if read is plain.extract else "hearing.csv"
    (document,) = read(Raw(name, content.encode(), "", datetime(2019, 7, 1, tzinfo=UTC)))
    told = [
        (document.text[mark.start : mark.end], mark.value.speaker.label)
        for mark in document.marks
        if isinstance(mark.value, Quoted)
    ]
    assert told == [("The ferries stay.", "Governor Osei")]
    assert [mark.value.label for mark in document.marks if isinstance(mark.value, Speaker)] == [
        who for who, _ in QUOTING_TURNS
    ]
