"""The evidence card: the passage exactly as stored, and all that is told about it."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from bot.asking.cards import Card, Place
from bot.asking.links import web_address
from bot.slack.blocks.budget import Room
from bot.slack.blocks.rich import Json, line, link, quotation, rich_text, text
from bot.wording import evidence, words
from bot.wording.dates import when
from bot.wording.excerpts import Excerpt, excerpt
from bot.wording.source import addresses, speaker, whereabouts
from index.hit import Span


def card_block(card: Card, room: Room) -> Json:
    """One block: who and when, the words, where they stand, the links, and what to mind."""
    return rich_text(
        line(
            text(speaker(card, room.name), bold=card.speaker is not None),
            text(f" · {when(card.said, card.document.published)}"),
        ),
        quotation(*passage(card.text, card.spans, room)),
        *(line(text(warning, bold=True)) for warning in evidence.warnings(card)),
        line(text(evidence.stands(card, room.name, room.address))),
        *_links(card, room),
        *_elsewhere(card, room),
        *_copies(words.also_in, card.also_in, room),
        *_copies(words.similar_in, card.similar_in, room),
        *(line(text(note, italic=True)) for note in evidence.notes(card, room.name // 4)),
    )


def passage(whole: str, spans: Sequence[Span], room: Room) -> list[Json]:
    """The words, the found ones bold; letter for letter the stored ones unless `[cut]` stands at an end."""
    shown = excerpt(whole, spans, room.passage)
    found = [span for span in spans if shown.start <= span.start < span.end <= shown.end][: room.bold]
    runs = _runs(whole, found, shown)
    borders = sorted({shown.start, shown.end, *(edge for run in runs for edge in run)})
    elements = [
        text(whole[start:end], bold=any(first <= start < last for first, last in runs))
        for start, end in pairwise(borders)
    ]
    before = [text(f"{words.CUT} ", italic=True)] if shown.cut_before else []
    after = [text(f" {words.CUT}", italic=True)] if shown.cut_after else []
    return [*before, *elements, *after]


def _runs(whole: str, found: Sequence[Span], shown: Excerpt) -> list[tuple[int, int]]:
    """Stretches to set bold: found words with only blanks between them make one, so that no element is blank."""
    runs: list[tuple[int, int]] = []
    for span in sorted(found, key=lambda span: span.start):
        if not whole[span.start : span.end].strip():
            continue
        start = runs[-1][1] if runs else shown.start
        if whole[start : span.start].strip():
            runs.append((span.start, span.end))
        else:
            first = runs.pop()[0] if runs else start
            runs.append((first, max(start, span.end)))
    if runs and not whole[runs[-1][1] : shown.end].strip():
        runs[-1] = (runs[-1][0], shown.end)
    return runs


def _links(card: Card, room: Room) -> list[Json]:
    """The links side by side."""
    elements: list[Json] = []
    for label, url in addresses(card, room.address):
        elements += [text(" · ")] * bool(elements) + [link(url, label)]
    return [line(*elements)] if elements else []


def _elsewhere(card: Card, room: Room) -> list[Json]:
    """The other places of this document."""
    return _listed(words.elsewhere, card.elsewhere, lambda other: whereabouts(other, card), room)


def _copies(opening: Callable[[int], str], places: Sequence[Place], room: Room) -> list[Json]:
    """Other documents."""
    return _listed(opening, places, lambda other: evidence.copy_of(other, room.name // 2), room)


def _listed(
    opening: Callable[[int], str], places: Sequence[Place], named: Callable[[Place], str], room: Room
) -> list[Json]:
    """Places, each with its own link where it has one that fits."""
    if not places:
        return []
    elements = [text(opening(len(places)))]
    for number, other in enumerate(places[: room.copies]):
        elements += [text("; ")] * bool(number) + [_linked(other, named(other), room)]
    if len(places) > room.copies:
        elements.append(text(words.and_more(len(places) - room.copies)))
    return [line(*elements)]


def _linked(other: Place, label: str, room: Room) -> Json:
    urls = (other.link, web_address(other.document.url), other.permalink)
    url = next((url for url in urls if url and len(url) <= room.address), None)
    return link(url, label) if url else text(label)
