"""Turns: those that a file keeps as records (a table's rows, a JSON list), and those found in a built text."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from sources.attribution import attributions
from sources.billing import Billing
from sources.document import Cue, Mark, MarkValue, Speaker
from sources.extract.builder import TextBuilder
from sources.extract.clean import clean
from sources.speaker_labels import person_of
from sources.speakers import turns

_CLOCK = re.compile(r"[\[(]?(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?[\])]?")
_QUOTES = re.compile(r'["“]')
_SECONDS = re.compile(r"\d{1,6}(?:\.\d+)?")


def add_turn(builder: TextBuilder, label: str, text: str, start: float | None = None, end: float | None = None) -> None:
    """Add `label: text` as a paragraph that is one turn; without a label nobody is named."""
    values: list[MarkValue] = [Speaker(label, person_of(label))] if label else []
    if start is not None:
        values.append(Cue(start, end))
    turn = clean(f"{label}: {text}" if label else text).lstrip()
    builder.break_paragraph()
    quoted = _quoted(turn, label, builder.position)
    builder.paragraph(turn, *values)
    for mark in quoted:
        builder.mark(mark.start, mark.value, mark.end)


def add_speakers(builder: TextBuilder, title: str | None, known: tuple[str, str] | None = None) -> bool:
    """Mark the turns of the text that has been built, where it is a transcript, and who is quoted in it or in a turn.

    The document's title may name the persons of the turns. `known` is an office and the person who holds it, as the
    text's head tells them. Says whether it is a transcript.
    """
    text = builder.text
    spoken = turns(text)
    if known is not None:
        spoken = tuple(_in_office(mark, *known) for mark in spoken)
    if title and spoken:
        who = cache(Billing(title, text).who)
        spoken = tuple(_named(mark, who) for mark in spoken)
    for mark in (*spoken, *_quoted_in(spoken, text)) if spoken else attributions(text):
        builder.mark(mark.start, mark.value, mark.end)
    return bool(spoken)


def _quoted_in(spoken: Sequence[Mark], text: str) -> Iterator[Mark]:
    for mark in spoken:
        if isinstance(mark.value, Speaker):
            yield from _quoted(text[mark.start : mark.end], mark.value.label, mark.start)


def _quoted(turn: str, label: str, start: int) -> list[Mark]:
    """Who is quoted in a turn that begins at `start`, as far as its own words tell: nobody calls himself “he”."""
    words = turn.removeprefix(label)
    start += len(turn) - len(words)
    found = attributions(words) if _QUOTES.search(words) else ()
    return [replace(mark, start=mark.start + start, end=mark.end + start) for mark in found]


def _named(mark: Mark, who: Callable[[str], str | None]) -> Mark:
    speaker = mark.value
    if not isinstance(speaker, Speaker) or speaker.person is not None:
        return mark
    return replace(mark, value=replace(speaker, person=who(speaker.label)))


def _in_office(mark: Mark, office: str, person: str) -> Mark:
    """A turn under the office or the bare surname of the person whom the head names is that person's."""
    speaker = mark.value
    if not isinstance(speaker, Speaker) or speaker.person is not None:
        return mark
    surname = person.rsplit(maxsplit=1)[-1]
    names = {f"the {office}", office, surname, f"{office} {surname}", f"mr. {surname}"}
    if speaker.label.casefold() not in {name.casefold() for name in names}:
        return mark
    return replace(mark, value=replace(speaker, person=person))


def seconds(stamp: object) -> float | None:
    """Seconds of a stamp such as `01:02:03.5`, `00:07` or `12.5`; None for anything else.

    >>> seconds("01:02:03.5"), seconds("(00:07)"), seconds(12), seconds("noon")
    (3723.5, 7.0, 12.0, None)
    """
    if isinstance(stamp, int | float) and not isinstance(stamp, bool):
        return float(stamp) if 0 <= stamp < 1e6 else None
    if not isinstance(stamp, str):
        return None
    if match := _CLOCK.fullmatch(stamp.strip()):
        hours, minutes, whole, fraction = match.groups(default="0")
        return int(hours) * 3600 + int(minutes) * 60 + int(whole) + float(f"0.{fraction}")
    return float(stamp) if _SECONDS.fullmatch(stamp.strip()) else None
