"""What an editor, a page or a stenographer put beside the words: no part of them, unless it says something."""

import pytest

from index.check import Finding, Flag, Op, Verdict, around, find, read, readings

SAME = (Verdict.EXACT, Verdict.PUNCTUATION)
TEXT = (
    "We won. (Applause.) It was hard -- [laughter] -- and long [laughter]. The vote was lawful.12 It stood. No one may "
    "deny it (inaudible) today. At least we are not unable to see. The likely end is near. Perhaps 40 men came. "
    "Flynn's firm knew. So Flynn saw."
)


def found(quote: str) -> Finding:
    record = around(TEXT, (), 0, len(TEXT))
    findings = [finding for claim in readings(quote) if (finding := find(claim, record))]
    return min(findings, key=lambda finding: list(Verdict).index(finding.verdict))


@pytest.mark.parametrize(
    "quote",
    [
        "We won. It was hard -- and long.",
        "The vote was lawful. It stood.",
        "It was hard [sic!] -- and long",
        "The vote [_sic_] was lawful.",
        "The vote was lawful. (emphasis added)",
        "> The vote was\n> lawful.",
        "The vote was law-\nful.",
        "The vote&nbsp;was &quot;lawful.&quot;",
        "The\u200e vo\u200ete was lawful.",
        "The vote was law- ful. It stood.",
        "<p>The <b>vote</b> was lawful.</p>",
        "The vote³ was lawful.",
        "Flynn´s firm knew.",
    ],
)
def test_what_nobody_said_makes_no_difference(quote: str) -> None:
    assert found(quote).verdict in SAME


def test_what_is_left_out_of_the_record_is_shown() -> None:
    (aside,) = [step for step in found("We won. It was hard").steps if step.op is Op.ASIDE]
    assert (aside.claimed, aside.true) == ("", "(Applause.) ")


@pytest.mark.parametrize(
    "quote",
    [
        *("We won. (Laughter.) It was hard", "No one may deny it today", "We won. [not] It was"),
        *("The vote was lawful.13 It stood.", "Flynn's firm knew.3", "The likely end[3] is near"),
    ],
)
def test_what_hides_words_or_puts_them_in_does(quote: str) -> None:
    assert found(quote).verdict is Verdict.ALTERED


@pytest.mark.parametrize(
    ("quote", "flag"),
    [
        ("The unlikely end is near", Flag.NEGATION),
        ("we are not able to see", Flag.NEGATION),
        ("Somebody may deny it", Flag.NEGATION),
        ("The likely end is [not] near", Flag.NEGATION),
        ("Perhaps [50] men came", Flag.NUMBER),
        ("But we are not unable to see", Flag.QUALIFIER),
        ("Kelly's firm knew", Flag.NAME),
    ],
)
def test_what_is_loud(quote: str, flag: Flag) -> None:
    assert flag in found(quote).flags


def test_a_short_form_of_a_name_is_no_other_name() -> None:
    record = around("It met on Oct. 22 in Ann Arbor.", (), 0, 31)
    for quote, names in (("It met on October 22", False), ("It met on Octavia 22", True), ("22 in Anna Arbor", True)):
        finding = find(read(quote), record)
        assert finding is not None
        assert (Flag.NAME in finding.flags) is names


def test_what_a_page_puts_in_is_shown() -> None:
    aside = found("The vote⁷ was lawful").steps[1]
    assert (aside.op, aside.claimed, aside.true) == (Op.ASIDE, "⁷ ", "")


@pytest.mark.parametrize(
    ("lead", "turns"),
    [
        ("Perhaps", "Perhaps"),
        ("I think that", "I think that"),
        ("According to the mayor,", "According to the mayor"),
        ("In my view,", "In my view"),
        ("As far as I know,", "As far as I know"),
        ("Today", None),
    ],
)
def test_a_doubt_just_before_is_warned_of(lead: str, turns: str | None) -> None:
    text = f"It rained. {lead} forty men came."
    finding = find(read("forty men came."), around(text, (), 0, len(text)))
    assert finding is not None
    assert finding.turns == turns


def test_no_two_readings_have_the_same_words() -> None:
    assert len(list(readings("plain words"))) == 1
    assert [claim.terms for claim in readings("so [it] is")] == [("so", "is"), ("so", "it", "is")]
    assert read("(sic)").units == ()
