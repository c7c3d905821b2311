"""What the commands print for people. Words of a source are shown as stored; only unprintable signs are marked."""

import shlex

from rich.console import Console
from rich.text import Text

from bot.asking.cards import Answer, Card, SourceState, Status
from bot.asking.composing import exactly, instead
from bot.asking.links import archived_link, web_address
from bot.citations import Style, cite
from bot.cli.terminal import harmless, show, show_address
from bot.keeping.schedule import due_at
from bot.keeping.walks import Refreshed
from bot.store.sources import SourceRecord
from bot.wording import asking_words, ranking_words, schedule_words, words
from bot.wording.dates import when
from bot.wording.source import place, speaker, whereabouts
from index.hit import Stamp
from sources.port import Refused

_ALL = 10_000  # characters of a name: a terminal has room
_REMARKS = 50  # of a walk: more than that nobody reads


def show_answer(target: Console, answer: Answer, style: Style | None = None) -> None:
    """The point first, then how the question was understood, then the passages, or their citations in a style."""
    if not answer.cards:
        show(target, Text(words.NOT_FOUND, "bold"))
        show(target, harmless(answer.understood))
        show(target, words.NOT_FOUND_MEANS)
    else:
        show(target, Text(words.found(answer.total, answered=answer.answered), "bold"))
        show(target, harmless(answer.understood))
    for old, new in answer.corrected:
        show(target, harmless(words.corrected(old, new)))
        _show_instead(target, exactly(answer.question, old))
    for old, new in answer.suggestions:
        show(target, harmless(words.suggested(old, new)))
        _show_instead(target, instead(answer.question, old, new))
    if left_out := words.left_out(answer.left_out.undated, answer.left_out.vague):
        show(target, left_out)
    for number, card in enumerate(answer.cards, 1):
        show(target, "")
        if style:
            show_citation(target, cite(card, style))
        else:
            show_card(target, number, card)
    if answer.cards and answer.total > len(answer.cards) and not style:
        show(target, "")
        show(target, words.shown_first(len(answer.cards), answer.total))


def show_citation(target: Console, citation: str) -> None:
    """In whole lines, to be copied."""
    show_address(target, harmless(citation))


def _show_instead(target: Console, question: str | None) -> None:
    if question is not None:
        show(target, harmless(f"{asking_words.INSTEAD}: quotedesk quote {shlex.quote(question)}"), indent=3)


def show_card(target: Console, number: int, card: Card) -> None:
    """A passage with its speaker, date, place and link, and what is remarkable about it."""
    show(target, f"{number}. {harmless(speaker(card, _ALL))}, {harmless(when(card.said, card.document.published))}")
    show(target, _passage(card), indent=3)
    show(target, harmless(place(card, _ALL)), indent=3)
    for address in (card.link or web_address(card.document.url), archived_link(card.document)):
        if address:
            show_address(target, address, indent=3)
    show_address(target, f"{words.PLACE}: {card.permalink or card.ref}", indent=3)
    for remark in _remarks(card):
        show(target, Text(harmless(remark), "italic"), indent=3)
    if card.reasons:
        for told in (f"{ranking_words.TITLE}:", *ranking_words.table(card.reasons, card.score).split("\n")):
            show(target, harmless(told), indent=3)


def _passage(card: Card) -> Text:
    text = Text(harmless(card.text))
    for span in card.spans:
        text.stylize("bold", span.start, span.end)
    return text


def _remarks(card: Card) -> list[str]:
    remarks = [words.missing(card.missing)] if card.missing else []
    remarks += [words.turns(card.turns)] if card.turns else []
    remarks += [] if card.current else [words.SUPERSEDED]
    if card.elsewhere:
        found = "; ".join(whereabouts(place, card) for place in card.elsewhere)
        remarks.append(f"{words.elsewhere(len(card.elsewhere))}{found}.")
    for opening, places in ((words.also_in, card.also_in), (words.similar_in, card.similar_in)):
        titles = "; ".join(place.document.title or place.document.location for place in places)
        remarks += [f"{opening(len(places))}{titles}."] if titles else []
    remarks += [words.EARLIEST] if card.earliest else []
    return remarks


def show_source(target: Console, state: SourceState, unreadable: list[Refused]) -> None:
    """A source, its counts, and each item that can't be read, with the reason."""
    record = state.record
    show(target, Text(harmless(record.name), "bold") + Text(f"  {_counts(state)}"))
    show(target, harmless(record.place), indent=3)
    if record.visible_to:
        show(target, f"limited to {', '.join(sorted(record.visible_to))}", indent=3)
    show(target, schedule_line(record), indent=3)
    if record.problem:
        show(target, harmless(record.problem), indent=3)
    show_refused(target, unreadable)


def schedule_line(record: SourceRecord) -> str:
    """How often a source is read by itself, and when next."""
    due = due_at(record)
    often = schedule_words.interval(record.every, paused=record.paused)
    return f"{often}, {schedule_words.NEXT} {due:%Y-%m-%d %H:%M} UTC" if due else often


def show_refused(target: Console, unreadable: list[Refused]) -> None:
    """Each item that can't be read, with the reason."""
    for refused in unreadable:
        show(target, harmless(f"unreadable: {_name(refused.location)}: {refused.reason}"), indent=3)


def _name(location: str) -> str:
    """On one line: the name of a file may hold a line end, and with it what looks like a line of ours."""
    return location.replace("\n", "\ufffd")


def show_refreshed(target: Console, refreshed: Refreshed) -> None:
    """What walking a source again brought."""
    summary = refreshed.summary
    if summary is None:
        show(target, harmless(f"{refreshed.record.name}: {refreshed.problem}; what was read before stays."))
        return
    show(
        target,
        harmless(
            f"{refreshed.record.name}: {words.counted(summary.documents, 'document')} "
            f"({summary.new:,} new, {summary.changed:,} changed, {summary.removed:,} removed), "
            f"{len(summary.unreadable):,} unreadable."
        ),
    )
    show_refused(target, list(summary.unreadable))
    for remark in summary.remarks[:_REMARKS]:
        show(target, harmless(f"remark: {_name(remark.location)}: {remark.sentence}"), indent=3)
    if (rest := len(summary.remarks) - _REMARKS) > 0:
        show(target, f"and {words.counted(rest, 'remark')} more: `--json` tells all", indent=3)


def show_status(target: Console, status: Status) -> None:
    """The index first, then a line a source."""
    if status.index:
        engine = status.index.engine
        show(
            target,
            f"Index: {_stamp(engine.live)}, {engine.size / 1e6:,.1f} MB, "
            f"{words.counted(status.index.behind, 'change')} behind.",
        )
        show(target, f"Kept for rollback: {_stamp(engine.previous)}.")
        if engine.outdated:
            show(target, "It was built by another version: run `quotedesk reindex --full`.")
    for state in status.sources:
        show(target, f"{harmless(state.record.name)}: {_counts(state)}")


def _stamp(stamp: Stamp | None) -> str:
    if stamp is None:
        return "none"
    built = f"{stamp.built_at:%Y-%m-%d %H:%M} UTC"
    held = f"{words.counted(stamp.documents, 'document')}, {words.passages(stamp.passages)}"
    return f"generation {stamp.generation} of {built}, {held}"


def _counts(state: SourceState) -> str:
    counted = words.counted(state.documents, "document")
    return f"{counted}, {state.undated:,} undated, {state.unreadable:,} unreadable"
