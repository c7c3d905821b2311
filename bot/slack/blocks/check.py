"""What the check of a quotation found: the verdict, the words that differ, and the record itself.

Of a draft every quotation is told, first those that need a look. The bar at the side of words is kept for the record's:
a claim never has it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.asking.cards import Checked, DraftCheck, Drafted
from bot.slack.blocks import buttons
from bot.slack.blocks.budget import Room, laid_out
from bot.slack.blocks.buttons import Claim
from bot.slack.blocks.card import card_block
from bot.slack.blocks.card_row import Row, card_row
from bot.slack.blocks.message import Message
from bot.slack.blocks.rich import Json, actions, divider, line, link, rich_text, small, text
from bot.slack.blocks.spoken import spoken
from bot.wording import check_words, words
from bot.wording.dates import when
from bot.wording.source import addresses, clipped, speaker, title
from index.check import SAME, Op, Step, Verdict

CARDS = 3
A_MESSAGE = 12
"""Quotations told in one message; each may take a few hundred characters of markup."""
MESSAGES = 4
"""A shortcut can be answered five times (https://docs.slack.dev/interactivity/handling-user-interaction)."""


def check_message(checked: Checked, *, shareable: bool, search_instead: str = "") -> Message:
    """One quotation: its verdict, what differs, and where it stands.

    `shareable`: there is a channel to share to. `search_instead`: words that may be searched rather than checked.
    """
    instead = buttons.search_instead(search_instead)
    footer = [divider(), actions(instead)] if instead else []
    blocks = laid_out(lambda room: _layout(checked, shareable, room) + footer)
    opening = " ".join([check_words.verdict_line(checked), *check_words.flag_lines(checked), _differs(checked)])
    return Message(spoken(opening.strip(), checked.cards[:CARDS]), blocks)


def draft_messages(draft: DraftCheck) -> list[Message]:
    """Every quotation of a draft, numbered as they stand there, those that need a look first."""
    numbered = list(enumerate(draft.quotes, start=1))
    ordered = sorted(numbered, key=lambda one: one[1].checked.sound)
    parts = [ordered[first : first + A_MESSAGE] for first in range(0, len(ordered), A_MESSAGE)]
    untold = sum(len(part) for part in parts[MESSAGES:])
    messages = [_part(part) for part in parts[:MESSAGES]]
    summary = check_words.draft_summary([one.checked for one in draft.quotes])
    first = messages[0] if messages else Message(spoken("", ()))
    legend = [small(check_words.LEGEND)] if any(_differs_in_words(one.checked) for one in draft.quotes) else []
    messages[:1] = [Message(f"{spoken(summary, ())}\n{first.text}".strip(), [_said(summary), *legend, *first.blocks])]
    if untold:
        messages[-1].blocks.append(small(check_words.untold(untold)))
    return messages


def _layout(checked: Checked, shareable: bool, room: Room) -> list[Json]:
    flags = [line(text(flag, bold=True)) for flag in check_words.flag_lines(checked)]
    verdict = line(text(check_words.verdict_line(checked), bold=True))
    blocks = [rich_text(verdict, *flags, *_compared(checked, room))]
    for card in checked.cards[:CARDS]:
        blocks += [divider(), card_block(card, room), card_row(Row(card.ref, shareable=shareable))]
    return blocks


def _compared(checked: Checked, room: Room) -> list[Json]:
    """The quotation with the record's words beside its own, where they differ."""
    if all(step.op is Op.EQUAL for step in checked.diff):
        return []
    runs = _joined(_marked(checked, room.passage // 2))
    return [line(text(check_words.COMPARED)), line(*runs), line(text(check_words.LEGEND, italic=True))]


def _marked(checked: Checked, room: int) -> list[Json]:
    return [run for step in checked.diff for run in _RUNS[step.op](step, room)]


def _joined(runs: Sequence[Json]) -> list[Json]:
    """Without blank elements, which Slack refuses: blanks go to the run before them."""
    kept: list[Json] = []
    for run in runs:
        if run["text"].strip() or not kept:
            kept.append(run)
        else:
            kept[-1] = {**kept[-1], "text": kept[-1]["text"] + run["text"]}
    return kept


def _claimed(step: Step, room: int) -> list[Json]:
    return [_run(shortened(step.claimed, room))]


def _only_claimed(step: Step, room: int) -> list[Json]:
    return [_run(shortened(step.claimed, room), strike=True)]


def _only_recorded(step: Step, room: int) -> list[Json]:
    return [_run(shortened(step.true, room), bold=True)]


def _replaced(step: Step, room: int) -> list[Json]:
    return [_run(f"{shortened(step.claimed, room).rstrip()} ", strike=True), *_only_recorded(step, room)]


def _hidden(step: Step, room: int) -> list[Json]:
    shown = [_run(step.claimed)] if step.claimed else []
    return [*shown, *([_run(f" {shortened(step.true, room)} ", italic=True)] if step.true.strip() else [])]


def _aside(step: Step, room: int) -> list[Json]:
    return [*(_only_claimed(step, room) if step.claimed else []), *_hidden(replace(step, claimed=""), room)]


def _seam(_step: Step, _room: int) -> list[Json]:
    return [_run(f" {check_words.SEAM} ", bold=True)]


def _run(shown: str, **style: bool) -> Json:
    return {"type": "text", "text": shown, **({"style": style} if style else {})}


_RUNS: Mapping[Op, Callable[[Step, int], list[Json]]] = {
    Op.EQUAL: _claimed,
    Op.PUNCTUATION: _claimed,
    Op.REPLACE: _replaced,
    Op.INSERT: _only_claimed,
    Op.DELETE: _only_recorded,
    Op.CUT: _hidden,
    Op.ASIDE: _aside,
    Op.BRACKET: _hidden,
    Op.JOIN: _seam,
}


def shortened(words_: str, room: int) -> str:
    """The words, or their two ends with `[cut]` between them.

    >>> shortened("one two three four five six", 12)
    'one t [cut] ve six'
    """
    half = (room - 1) // 2
    return words_ if len(words_) <= room else f"{words_[:half]} {words.CUT} {words_[-half - 1 :]}"


def _differs(checked: Checked) -> str:
    return "" if all(step.op is Op.EQUAL for step in checked.diff) else check_words.marked_diff(checked.diff)


def _said(sentence: str) -> Json:
    return rich_text(line(text(sentence, bold=True)))


def _part(quotes: Sequence[tuple[int, Drafted]]) -> Message:
    blocks = laid_out(lambda room: [block for number, one in quotes for block in _quote(number, one, room)])
    heard = "\n".join(_heard(number, one) for number, one in quotes)
    return Message(spoken(heard, ()), blocks)


def _heard(number: int, one: Drafted) -> str:
    told = [check_words.verdict_line(one.checked), *_flags(one)]
    words = one.checked.quote
    if _differs_in_words(one.checked):
        words = check_words.marked_diff(one.checked.diff)
    return f"{number}. “{shortened(words, 160)}” {' '.join(told)}"


def _flags(one: Drafted) -> list[str]:
    return [*([check_words.WITH_BEFORE] if one.with_before else []), *check_words.flag_lines(one.checked)]


def _quote(number: int, one: Drafted, room: Room) -> list[Json]:
    """Its number and verdict, its words, and where the record has them; a button to see more where it needs a look."""
    checked, sound = one.checked, one.checked.sound
    verdict = line(text(f"{number}. {check_words.headline(checked)}.", bold=not sound))
    flags = [line(text(flag, bold=True)) for flag in _flags(one)]
    block = rich_text(verdict, _quoted(checked, room), *flags, *_record(checked, room))
    label = words.CHECK_NEAREST if checked.verdict is Verdict.ABSENT else words.CHECK_ONE
    unseen = checked.cards and not sound
    shown = buttons.check_one(Claim(checked.quote, checked.claimed), label) if unseen else None
    return [block, actions(shown)] if shown else [block]


def _differs_in_words(checked: Checked) -> bool:
    return any(step.op not in SAME for step in checked.diff)


def _quoted(checked: Checked, room: Room) -> Json:
    """Its words, with what differs marked as in the check of one."""
    if not _differs_in_words(checked):
        return line(text(f"“{shortened(checked.quote, room.name * 2)}”"))
    return line(*_joined([_run("“"), *_marked(checked, room.name), _run("”")]))


def _record(checked: Checked, room: Room) -> list[Json]:
    """One line on the place: who, when, in what, and the way there."""
    if not checked.cards or checked.verdict is Verdict.ABSENT:
        return []
    card = checked.cards[0]
    facts = (speaker(card, room.name), when(card.said, card.document.published), title(card.document, room.name))
    reached = addresses(card, room.address)[:1]
    where = [element for label, url in reached for element in (text(" · "), link(url, label))]
    return [line(text(clipped(" · ".join(facts), room.name * 3)), *where)]
