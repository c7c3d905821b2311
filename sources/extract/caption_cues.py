"""The cues of a caption file, WebVTT or SubRip, as they are shown.

A line of times begins a cue, and what follows up to the next one is its words, but for the number or the name of the
next cue, comments and styles. So a blank line inside a cue or a mistyped arrow costs no words, and a time that can't
be read is that of the cue before.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

_CLOCK = r"-?\d++(?:[ ]?:[ ]?\d++)++(?:[ ]?[.,][ ]?\d++)?+"
_TIMES = re.compile(rf"\s*({_CLOCK})[ \t]*(?:-+|[–—])>[ \t]*({_CLOCK})")
_SIGN = re.compile(r"-->.*\d:\d|\d:\d.*-->")
"""A line of times, whatever has become of them: in WebVTT no words may hold the arrow."""
_FRACTION = re.compile(r"[.,]\d+$")
_BLANKS = re.compile(r"\s+")
_TAG = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,60}\}|\{/?[biu]\}", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^\s<>]{1,60})*[ \t]+([^<>\n]{1,200})>")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_MOST_UNITS = 3
"""Hours, minutes, seconds; what stands behind them are frames."""
_LONGEST = 1_000_000_000.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words without markup, and the name in the voice tag before them."""

    text: str
    voice: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A cue as shown, in seconds from the recording's beginning."""

    lines: tuple[Line, ...]
    start: float
    end: float


def cues(text: str) -> Sequence[Shown]:
    """All cues of a cleaned text, in its order; none where no line tells times."""
    named = text.lstrip()[:6].upper() == "WEBVTT"
    found: list[Shown] = []
    times: tuple[float, float] | None = None
    number = ""
    words: list[str] = []
    for line in text.split("\n"):
        following = _times(line, times) if ">" in line else None
        if following is None:
            words.append(line.strip())
            continue
        own, number = _without_name(words, number, named=named)
        if times:
            found.append(_shown(own, times, named=named))
        times, words = following, []
    if times:
        found.append(_shown(_without_cut_number(words), times, named=named))
    return found


def _times(line: str, before: tuple[float, float] | None) -> tuple[float, float] | None:
    """Start and end; those that can't be read are the end of the cue before. None: it is no line of times."""
    match = _TIMES.match(line)
    if match is None and not _SIGN.search(line):
        return None
    start, _, end = line.partition("-->")
    start, end = (match[1], match[2]) if match else (start, end)
    begun = _seconds(start)
    if begun is None:
        begun = before[1] if before else 0.0
    ended = _seconds(end)
    return begun, begun if ended is None else max(begun, ended)


def _seconds(clock: str) -> float | None:
    """Seconds of `01:02:03.5`, `2:03` or `01:02:03:12`, whose last part counts frames. No time is negative."""
    match = re.match(_CLOCK, clock.strip())
    if match is None:
        return None
    written = _BLANKS.sub("", match[0])
    if written.startswith("-"):
        return 0.0
    fraction = _FRACTION.search(written)
    units = (written[: fraction.start()] if fraction else written).split(":")[:_MOST_UNITS]
    try:
        whole = sum(int(unit) * 60**power for power, unit in enumerate(reversed(units)))
    except ValueError:  # thousands of digits
        return None
    return min(_LONGEST, whole + float(f"0.{fraction[0][1:]}")) if fraction else min(_LONGEST, float(whole))


def _without_name(words: list[str], number: str, *, named: bool) -> tuple[list[str], str]:
    """The lines of a cue without the number of the next one, which is given too, or, where cues are `named`, its
    name. A cue that is a number alone keeps it, unless it is the next in the count."""
    last = words[-1] if words else ""
    apart = len(words) == 1 or (len(words) > 1 and not words[-2])
    if last.isdecimal() and (len(words) > 1 or not number or last == _next(number)):
        return words[:-1], last
    if named and last and apart and len(words) > 1:
        return words[:-1], number
    return words, number


def _next(number: str) -> str:
    return str(int(number) + 1) if len(number) < 10 else ""


def _without_cut_number(words: list[str]) -> list[str]:
    """The last cue's lines; a file that was cut off may end in the number of a cue that never came."""
    lines = "\n".join(words).rstrip().split("\n")
    return lines[:-1] if len(lines) > 1 and lines[-1].isdecimal() and not lines[-2] else lines


def _shown(words: Sequence[str], times: tuple[float, float], *, named: bool) -> Shown:
    return Shown(tuple(_lines(_without_comments(words) if named else words)), *times)


def _without_comments(words: Sequence[str]) -> Iterator[str]:
    """The lines without the blocks of comments and styles, which begin behind a blank line and end at the next."""
    left_out = False
    for number, line in enumerate(words):
        begins = number > 0 and not words[number - 1] and _NO_CUE.match(line) is not None
        left_out = begins or (left_out and bool(line))
        if not left_out:
            yield line


def _lines(words: Iterable[str]) -> Iterator[Line]:
    voice: str | None = None
    for line in words:
        for at, piece in enumerate(_VOICE.split(line)):
            if at % 2:
                voice = " ".join(unescape(piece).split())
            elif said := " ".join(unescape(_TAG.sub("", piece)).split()):
                yield Line(said, voice)
