"""What a check says, in Slack and on the command line. Plain text: nothing is markup and nothing is escaped."""

import re
from collections.abc import Mapping, Sequence

from bot.asking.cards import Checked
from bot.wording.words import NOT_FOUND, NOT_FOUND_MEANS, counted
from index.check import SAME, Flag, Op, Step, Verdict

TOO_SHORT = "Too short to check: too few words to tell this quotation from any other."
NOTHING_QUOTED = "This text quotes nothing: there are no words between quotation marks that pair."
NEAREST = "The nearest are below; they are not this quotation."
WITH_BEFORE = "It goes on with the quotation before it, and the two together do not stand so."
LOOKALIKE = "Some letters are of another alphabet than the record’s; they may look the same."
NO_SPEAKER = "The record names no speaker for these words."

VERDICTS: Mapping[Verdict, str] = {
    Verdict.EXACT: "Exact",
    Verdict.PUNCTUATION: "Exact but for punctuation",
    Verdict.ALTERED: "Altered",
    Verdict.JOINED: "Joined from places apart",
    Verdict.ABSENT: NOT_FOUND.rstrip("."),
}
MEANINGS: Mapping[Verdict, str] = {
    Verdict.EXACT: "The words stand so in the record.",
    Verdict.PUNCTUATION: "The words stand so in the record; capitals, quotation marks, dashes, other signs, "
    "numbers of notes or asides such as “(Applause.)” differ.",
    Verdict.ALTERED: "The record has other words.",
    Verdict.JOINED: "These words do not stand together in the record.",
    Verdict.ABSENT: NOT_FOUND_MEANS,
}
ONLY_CUT = "The words stand so in the record, which goes on where the quotation stops or has an ellipsis."
FLAGS: Mapping[Flag, str] = {
    Flag.NUMBER: "A number or its unit differs.",
    Flag.NEGATION: "A negation was lost or added.",
    Flag.NAME: "A name differs.",
    Flag.TENSE: "The tense differs.",
    Flag.QUALIFIER: "A qualifying word was dropped.",
    Flag.SPEAKER: "Somebody else said it.",
    Flag.QUOTED: "In the record these words stand in quotation marks: who speaks there quotes them.",
    Flag.CONTEXT: "What stands around these words may turn their meaning.",
    Flag.SUPERSEDED: "These words are from an earlier version of the source; it has changed since.",
}
_BUT: Mapping[Flag, str] = {
    Flag.SPEAKER: ", but said by somebody else",
    Flag.QUOTED: ", but quoted there",
    Flag.SUPERSEDED: ", but in an earlier version",
    Flag.CONTEXT: ", but read what stands around it",
}
"""What makes an exact quotation wrong, the worst first: it is told in one breath with the verdict."""

_GREEK_OR_CYRILLIC = re.compile("[\u0370-\u052f]")
_MARKS: Mapping[Op, tuple[str, str]] = {
    Op.INSERT: ("", "{{+{claimed}+}}"),
    Op.DELETE: ("[-{true}-]", ""),
    Op.CUT: ("[-{true}-]", "{{+{claimed}+}}"),
    Op.ASIDE: ("[-{true}-]", "{{+{claimed}+}}"),
    Op.REPLACE: ("[-{true}-]", "{{+{claimed}+}}"),
    Op.BRACKET: ("[-{true}-]", "{{+{claimed}+}}"),
}
_WORST_FIRST = (Verdict.ABSENT, Verdict.ALTERED, Verdict.JOINED, None, Verdict.PUNCTUATION, Verdict.EXACT)
COMPARED = "Compared with the record:"
LEGEND = "Struck through: not in the record. Bold: only in the record. Italics: what is left out there."
SEAM = "[… elsewhere …]"
HOW_MARKED = "[-the record’s words-] {+the quotation’s words+}"


def summary(verdicts: Sequence[Verdict | None]) -> str:
    """How many quotations a draft has, and how many of each verdict, the worst first.

    >>> summary([Verdict.EXACT, None, Verdict.ALTERED, Verdict.EXACT])
    '4 quotations: 1 altered, 1 too short to check, 2 exact.'
    """
    counts = [(sum(verdict is kind for verdict in verdicts), kind) for kind in _WORST_FIRST]
    told = [f"{number:,} {_name(kind)}" for number, kind in counts if number]
    return f"{counted(len(verdicts), 'quotation')}: {', '.join(told)}."


def headline(checked: Checked) -> str:
    """The verdict in few words, and what is graver than it.

    >>> headline(Checked("It is so.", Verdict.EXACT, (Flag.SPEAKER, Flag.CONTEXT)))
    'Exact, but said by somebody else'
    """
    but = next((words for flag, words in _BUT.items() if flag in checked.flags), "")
    sound = checked.verdict in (Verdict.EXACT, Verdict.PUNCTUATION)
    return verdict_name(checked.verdict) + (but if sound else "")


def verdict_name(verdict: Verdict | None) -> str:
    """The verdict in a word or few; None is what is too short to check."""
    return TOO_SHORT.partition(":")[0] if verdict is None else VERDICTS[verdict]


def draft_summary(checks: Sequence[Checked]) -> str:
    """The summary, and how many are not simply right.

    >>> draft_summary([Checked("It is so.", Verdict.EXACT), Checked("No.", Verdict.EXACT, (Flag.SPEAKER,))])
    '2 quotations: 2 exact. 1 needs a look.'
    """
    number = sum(not checked.sound for checked in checks)
    told = "None needs a look." if not number else f"{number:,} {'needs' if number == 1 else 'need'} a look."
    return f"{summary([checked.verdict for checked in checks])} {told}"


def _name(verdict: Verdict | None) -> str:
    name = verdict_name(verdict)
    return name[0].lower() + name[1:]


def untold(number: int) -> str:
    """That some of a long draft's quotations were checked and have no room here.

    >>> untold(3)
    '3 quotations more were checked and do not fit here: check the draft in parts to see them.'
    """
    return (
        f"{counted(number, 'quotation')} more were checked and do not fit here: check the draft in parts to see them."
    )


def verdict_line(checked: Checked) -> str:
    """The verdict and what it means."""
    return meaning(checked) if checked.verdict is None else f"{headline(checked)}. {meaning(checked)}"


def meaning(checked: Checked) -> str:
    """What the verdict means; words that are altered by being cut are told from others."""
    if checked.verdict is None:
        return TOO_SHORT
    ops = {step.op for step in checked.diff}
    if checked.verdict is Verdict.ALTERED and ops <= {*SAME, Op.ASIDE, Op.CUT}:
        return ONLY_CUT
    return MEANINGS[checked.verdict]


def flag_lines(checked: Checked) -> tuple[str, ...]:
    """One sentence a flag, the loudest facts named, then what no flag tells: letters that only look like the record's,
    and whether it names a speaker at all.
    """
    lines = [_flag_line(flag, checked) for flag in checked.flags]
    if any(step.op is Op.REPLACE and _is_lookalike(step) for step in checked.diff):
        lines.append(LOOKALIKE)
    if checked.claimed and checked.cards and checked.verdict is not Verdict.ABSENT and _nameless(checked):
        lines.append(NO_SPEAKER)
    return tuple(lines)


def _is_lookalike(step: Step) -> bool:
    return bool(_GREEK_OR_CYRILLIC.search(step.claimed)) and not _GREEK_OR_CYRILLIC.search(step.true)


def _nameless(checked: Checked) -> bool:
    card = checked.cards[0]
    return card.speaker is None and not card.quotes


def _flag_line(flag: Flag, checked: Checked) -> str:
    if flag is Flag.SPEAKER and checked.claimed:
        return f"It was not {checked.claimed} who said it, by the record."
    if flag is Flag.QUOTED and (who := checked.cards[0].speaker):
        return f"{who.label} quotes these words there: in the record they stand in quotation marks."
    if flag is Flag.CONTEXT and checked.turns:
        return f"What stands around these words may turn their meaning (“{checked.turns}”)."
    return FLAGS[flag]


def marked_diff(diff: Sequence[Step]) -> str:
    """The difference to read without colour: `[-the record's words-] {+the claim's+}`.

    >>> print(marked_diff([Step(Op.EQUAL, "over ", "over "), Step(Op.REPLACE, "$302 ", "$300 ")]))
    over [-$300-] {+$302+}
    """
    parts: list[str] = []
    for step in diff:
        if step.op is Op.JOIN:
            parts.append(SEAM + " ")
            continue
        if step.op in (Op.EQUAL, Op.PUNCTUATION):
            parts.append(step.claimed)
            continue
        true, claimed = step.true.strip(), step.claimed.strip()
        before, after = _MARKS[step.op]
        marked = [before.format(true=true) if true else "", after.format(claimed=claimed) if claimed else ""]
        parts.append(" ".join(filter(None, marked)) + " ")
    return "".join(parts).strip()
