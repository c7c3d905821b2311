"""A quotation against a text: the verdict, what is loud, and the difference in both sides' own words."""

import pytest

from index.check import Finding, Flag, Op, Verdict, around, content_words, find, piece, read, split_around
from sources.document import Mark, Speaker

TEXT = (
    "The pilots said that “nobody” had told them. Mr. Ames paid $300 for the boat—and he did not ask why. "
    "We have perhaps 40 ships, some of them in dock, and the crews will come back in spring if the ice allows it. "
    "It's a harbor town. The mayor went home before the vote on the new pier was held, as everybody there remembers "
    "to this day, and the council of the town sat on alone until midnight. They sold the lighthouse.\n\n"
    "The keeper [a cousin] wept.\n\nA heading of\n\nIn spring the\n\nferry came."
)


def found(quote: str, text: str = TEXT, marks: tuple[Mark, ...] = (), *, literally: bool = False) -> Finding:
    finding = find(read(quote, literally=literally), around(text, marks, 0, len(text)))
    assert finding is not None
    return finding


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("Mr. Ames paid $300 for the boat", Verdict.EXACT),
        ("“Mr. Ames paid $300 for the boat”", Verdict.EXACT),
        ("Mr. Ames paid\n$300  for the boat", Verdict.EXACT),
        ('said that "nobody" had told them.', Verdict.PUNCTUATION),
        ("mr. ames paid $300 for the boat - and he", Verdict.PUNCTUATION),
        ("Mr. Ames paid $300 for the boat,", Verdict.PUNCTUATION),
        ("[M]r. Ames paid $300 for the boat", Verdict.PUNCTUATION),
        ("Mr. Ames paid $300 (sic) for the boat", Verdict.PUNCTUATION),
        ("They sold the lighthouse...", Verdict.PUNCTUATION),
        ("had told them. Mr...", Verdict.ALTERED),
        ("had told them. Mr.", Verdict.EXACT),
        ("the council of the...", Verdict.ALTERED),
        ("In spring the...", Verdict.ALTERED),
        ("A heading of", Verdict.EXACT),
        ("Mr. Ames paid 300 for the boat", Verdict.ALTERED),
        ("Mr. Ames paid $300 for a boat", Verdict.ALTERED),
        ("Mr. Ames paid for the boat", Verdict.ALTERED),
        ("Mr. Ames gladly paid $300 for the boat", Verdict.ALTERED),
        ("Mr. Ames paid $300 for teh boat", Verdict.ALTERED),
        ("It is a harbor town.", Verdict.ALTERED),
        ("Mr. Ames paid $300.", Verdict.ALTERED),
        ("Mr. Ames paid $300...", Verdict.ALTERED),
        ("Mr. Ames … did not ask why.", Verdict.ALTERED),
        ("Mr. Ames paid $300 for the boat—and [the buyer] did not ask why.", Verdict.ALTERED),
        ("The mayor went home ... sat on alone until midnight.", Verdict.ALTERED),
        ("We have perhaps 40 ships ... sat on alone until midnight.", Verdict.JOINED),
    ],
)
def test_verdicts(quote: str, verdict: Verdict) -> None:
    assert found(quote).verdict is verdict


@pytest.mark.parametrize("quote", ["If it comes, yes.", "“If it comes, yes.”", "If it comes, yes", "comes, yes."])
def test_the_records_own_closing_marks_are_no_part_of_what_it_quotes(quote: str) -> None:
    finding = found(quote, "He paused, and answered: (“If it comes, yes.”) Nobody spoke.")
    assert finding.verdict is Verdict.EXACT
    assert finding.steps[-1].true.rstrip(".").endswith("yes")


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("It cost 36 million in 1250 ports", Verdict.PUNCTUATION),
        ("It cost 3,6 million in 1,250 ports", Verdict.ALTERED),
        ("It cost 36 million in 12,50 ports", Verdict.ALTERED),
        ("It cost 36 million in 1,250 ports and 10² yards", Verdict.ALTERED),
    ],
)
def test_a_comma_that_groups_no_thousands_makes_another_figure(quote: str, verdict: Verdict) -> None:
    finding = found(quote, "It cost 36 million in 1,250 ports and 102 yards.")
    assert finding.verdict is verdict
    assert (Flag.NUMBER in finding.flags) is (verdict is Verdict.ALTERED)


def test_brackets_that_the_record_has_itself_are_words_of_it() -> None:
    assert found("The keeper [a cousin] wept.", literally=True).verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("quote", "flags"),
    [
        ("Mr. Ames paid $302 for the boat", {Flag.NUMBER}),
        ("Mr. Ames paid €300 for the boat", {Flag.NUMBER}),
        ("We have perhaps forty-one ships", {Flag.NUMBER}),
        ("We have perhaps forty ships", set[Flag]()),
        ("the crews will come back in spring if the ice allows it. Its a harbor town", set[Flag]()),
        ("he did ask why", {Flag.NEGATION}),
        ("The mayor never went home before the vote", {Flag.NEGATION}),
        ("the crews would come back in spring if the ice allows it", {Flag.TENSE}),
        ("The mayor goes home before the vote", {Flag.TENSE}),
        ("Mr. Barnes paid $300 for the boat", {Flag.NAME}),
        ("We have 40 ships, some of them in dock", {Flag.QUALIFIER}),
        ("Mr. Ames paid $300 for the boat", set[Flag]()),
    ],
)
def test_what_is_loud(quote: str, flags: set[Flag]) -> None:
    assert found(quote).flags - {Flag.CONTEXT} == flags


@pytest.mark.parametrize(
    ("quote", "word"),
    [
        ("the crews will come back in spring", "if"),
        ("nobody had told them", None),
        ("ask why", "not"),
        ("They sold the lighthouse", None),
    ],
)
def test_what_a_cut_leaves_behind_in_its_sentence(quote: str, word: str | None) -> None:
    finding = found(quote)
    assert finding.turns == word
    assert (Flag.CONTEXT in finding.flags) is (word is not None)


def test_a_stop_inside_a_sentence_shows_what_it_cuts_off() -> None:
    finding = found("The mayor went home.")
    assert [(step.op, step.claimed) for step in finding.steps] == [
        (Op.EQUAL, "The mayor went home"),
        (Op.CUT, "."),
    ]
    assert finding.steps[-1].true.startswith(" before the vote")
    assert Flag.CONTEXT in finding.flags


def test_an_ellipsis_shows_what_it_hides() -> None:
    (cut,) = [step for step in found("Mr. Ames … did not ask why.").steps if step.op is Op.CUT]
    assert (cut.claimed, cut.true) == (" … ", " paid $300 for the boat—and he ")


TURNS = "CHAIR: We met at the pier. AMES: Nobody came to it."


def test_words_of_two_speakers_are_joined_unless_the_quotation_shows_who_speaks() -> None:
    at = TURNS.index("AMES")
    marks = (Mark(0, at, Speaker("CHAIR")), Mark(at, len(TURNS), Speaker("AMES")))
    assert found("We met at the pier. Nobody came to it.", TURNS, marks).verdict is Verdict.JOINED
    assert found("We met at the pier. AMES: Nobody came to it.", TURNS, marks).verdict is Verdict.EXACT
    assert found("Nobody came to it.", TURNS, marks).verdict is Verdict.EXACT


def test_speakers_that_the_text_does_not_name_part_the_words_too() -> None:
    text = "We met at the pier.\nNobody came to it."
    marks = (Mark(0, 20, Speaker("CHAIR")), Mark(20, len(text), Speaker("AMES")))
    assert found("We met at the pier. Nobody came to it.", text, marks).verdict is Verdict.JOINED


def test_nothing_in_common_is_no_finding() -> None:
    assert find(read("zebras juggle"), around(TEXT, (), 0, len(TEXT))) is None


def test_an_empty_claim_has_no_units() -> None:
    assert read(" “…” ").units == ()


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("  “Yes,” he said, “no.”  ", "“Yes,” he said, “no.”"),
        ("«Yes, no.»", "Yes, no."),
        ("‘Don’t go,’", "Don’t go,"),
        ("“Unclosed words", "Unclosed words"),
        ("'tis the harbor'", "tis the harbor"),
    ],
)
def test_the_marks_around_a_quotation_are_no_part_of_it(quote: str, text: str) -> None:
    assert read(quote).text == text


def test_pieces_of_a_claim_join_to_the_claim() -> None:
    claim = read("We met at the pier … and nobody, they say, ever sold the lighthouse.")
    texts = [piece(claim, first, last).text for first, last in ((0, 5), (5, 9), (9, 13))]
    assert "".join(texts) == claim.text
    parted = split_around(claim, {0, 1, 2, 3, 4})
    assert parted == ((0, 5), [(5, 13)])
    assert content_words(claim) == 6
