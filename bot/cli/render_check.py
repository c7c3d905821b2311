"""What `quotedesk check` prints: for people, and as the JSON that scripts rely on."""

from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from bot.asking.cards import Checked, DraftCheck
from bot.cli.render_json import Json, card_json
from bot.cli.render_text import show_card
from bot.cli.terminal import harmless, show
from bot.wording import check_words
from index.check import SAME, Flag, Op, Step, Verdict

_STYLES = {Verdict.EXACT: "bold green", Verdict.PUNCTUATION: "bold green", Verdict.ABSENT: "bold"}
_LOUD = "bold red"
_REMARKS = frozenset({Flag.QUOTED, Flag.CONTEXT, Flag.SUPERSEDED})


def checked_json(checked: Checked) -> Json:
    """A check as scripts get it; `verdict` is null for what is too short to check.

    `diff` is a list of [op, claimed, true]: joining all `claimed` gives the quotation without the marks around it. The
    operations: equal, punctuation, replace, insert (only the quotation has it), delete (only the record), cut (an
    ellipsis or an early stop and the words that it leaves out) and bracket (an editor's words and what they stand for).
    """
    return {
        "verdict": checked.verdict.value if checked.verdict else None,
        "flags": [flag.value for flag in checked.flags],
        "diff": [[step.op.value, step.claimed, step.true] for step in checked.diff],
        "hits": [card_json(card) for card in checked.cards],
    }


def draft_json(draft: DraftCheck) -> Json:
    """A draft's quotations in order; `start` and `end` are code points of the draft. `with_before`: the `quote` is one
    sentence with the quotation before it, and what is told is of both.
    """
    return {
        "words": draft.words,
        "quotes": [
            {
                "start": each.start,
                "end": each.end,
                "quote": each.checked.quote,
                "speaker": each.checked.claimed,
                "with_before": each.with_before,
                **checked_json(each.checked),
            }
            for each in draft.quotes
        ],
    }


def show_checked(target: Console, checked: Checked) -> None:
    """The verdict, what is loud, the difference, and the places with speaker, date and link."""
    exact = checked.verdict in (Verdict.EXACT, Verdict.PUNCTUATION)
    style = "bold" if checked.verdict is None or (exact and not checked.sound) else _STYLES.get(checked.verdict, _LOUD)
    show(target, Text(check_words.verdict_line(checked), style))
    for flag, line in zip_longest(checked.flags, check_words.flag_lines(checked)):
        show(target, Text(f"! {harmless(line)}", "bold" if flag in _REMARKS or flag is None else _LOUD))
    if any(step.op not in SAME for step in checked.diff):
        show(target, "")
        show(target, _difference(checked.diff), indent=3)
        show(target, Text(f"({check_words.HOW_MARKED})", "italic"), indent=3)
    if checked.verdict is Verdict.ABSENT and checked.cards:
        show(target, check_words.NEAREST)
    for number, card in enumerate(checked.cards, 1):
        show(target, "")
        show_card(target, number, card)


def _difference(diff: tuple[Step, ...]) -> Text:
    """In colour where there is one; the signs say it where there is none."""
    text = Text()
    for step in diff:
        marked = harmless(check_words.marked_diff([step]))
        text.append(marked + " ", "" if step.op in SAME else "yellow" if step.op in (Op.BRACKET, Op.ASIDE) else "red")
    text.rstrip()
    return text


def show_draft(target: Console, draft: DraftCheck) -> None:
    """Each quotation with its check."""
    if not draft.quotes:
        show(target, check_words.NOTHING_QUOTED)
    if len(draft.quotes) > 1:
        show(target, Text(check_words.draft_summary([each.checked for each in draft.quotes]), "bold"))
        show(target, "")
    for number, each in enumerate(draft.quotes, 1):
        if number > 1:
            show(target, "")
        given = f" ({each.checked.claimed})" if each.checked.claimed else ""
        show(target, Text(harmless(f"{number}. “{each.checked.quote}”{given}"), "bold"))
        if each.with_before:
            show(target, check_words.WITH_BEFORE)
        show_checked(target, each.checked)
