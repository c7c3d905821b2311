"""Captions to running text: each line once, in paragraphs, with the seconds of every cue and the speakers.

Automatic captions roll: each line is shown again above the next one. A sign of a new speaker without a name (`- `,
`>>`) ends the turn of the one before.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sources.document import Cue, Extract, Mark, Raw, Speaker
from sources.errors import NoText
from sources.extract.builder import TextBuilder
from sources.extract.caption_cues import Shown, cues
from sources.extract.clean import clean
from sources.extract.decode import decode
from sources.extract.sniff import charset_of
from sources.speaker_labels import candidates, person_of
from sources.speakers import turns

_PAUSE = 2.0
"""Seconds of silence that end a paragraph."""
_LONG, _TOO_LONG = 120, 200
"""Words after which a paragraph ends with its sentence, and after which it ends anyway."""
_NEW_SPEAKER = re.compile(r"(?:>>+|[-–—]\s)\s*")
_DASH = re.compile(r"[-–—]\s*\S")
_SENTENCE_END = re.compile(r"[.?!…][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class _Said:
    """Words of one cue; `changes` where somebody else begins, `label` where a voice tag or `>> NAME:` says who."""

    text: str
    start: float
    end: float
    changes: bool
    label: str | None


def extract(raw: Raw) -> Sequence[Extract]:
    """One document. Raises NoText when there are no captions in the file."""
    said = [piece for cue in _unrolled(_grown(_cues(raw))) for piece in _pieces(cue)]
    builder = TextBuilder()
    breaks: list[int] = []
    named: list[tuple[int, str]] = []
    for changes, paragraph in _paragraphs(said):
        builder.break_paragraph()
        if changes:
            breaks.append(builder.position)
            if label := paragraph[0].label:
                named.append((builder.position, label))
        for number, piece in enumerate(paragraph):
            if number:
                builder.add(" ")
            start = builder.position
            builder.add(piece.text)
            builder.mark(start, Cue(piece.start, piece.end))
    for mark in _speakers(builder.text, breaks, named):
        builder.mark(mark.start, mark.value, mark.end)
    return [builder.build("The captions hold no words.")]


def _cues(raw: Raw) -> Sequence[Shown]:
    found = cues(clean(decode(raw.content, charset_of(raw.media_type))))
    if not found:
        raise NoText("The file holds no captions: no line of it tells times, as 00:01:02,000 --> 00:01:04,000 does.")
    return found


def _grown(cues: Sequence[Shown]) -> Sequence[Shown]:
    """Captions that are shown word by word, each once, with all its words; if enough of them are."""
    grows = [_grows(before, cue) for before, cue in pairwise(cues)]
    if sum(grows) <= max(2, 0.3 * len(cues)):
        return cues
    whole: list[Shown] = []
    begun: float | None = None
    for cue, goes_on in zip(cues, [*grows, False], strict=True):
        begun = cue.start if begun is None else begun
        if not goes_on:
            whole.append(replace(cue, start=begun))
            begun = None
    return whole


def _grows(before: Shown, cue: Shown) -> bool:
    """Whether `cue` shows what stood there before, and more in the last line."""
    at = len(before.lines) - 1
    return (
        0 <= at < len(cue.lines)
        and cue.start <= before.end + 0.5
        and before.lines[:at] == cue.lines[:at]
        and cue.lines[at].text.startswith(f"{before.lines[at].text} ")
    )


def _unrolled(cues: Sequence[Shown]) -> Iterator[Shown]:
    """Each line once, if enough cues begin with the lines of the one before."""
    again = [0, *(_repeated(before, cue) for before, cue in pairwise(cues))]
    rolling = sum(count > 0 for count in again) > max(2, 0.3 * len(cues))
    for cue, count in zip(cues, again, strict=False):
        yield replace(cue, lines=cue.lines[count:]) if rolling else cue


def _repeated(before: Shown, cue: Shown) -> int:
    """How many lines of `cue` are the last ones of `before`, still on the screen."""
    if cue.start > before.end + 0.5:
        return 0
    most = min(len(before.lines), len(cue.lines))
    return next((count for count in range(most, 0, -1) if before.lines[-count:] == cue.lines[:count]), 0)


def _pieces(cue: Shown) -> Iterator[_Said]:
    """The words of a cue, cut where its lines say that somebody else speaks."""
    dashes = sum(_DASH.match(line.text) is not None for line in cue.lines) > 1
    piece: _Said | None = None
    voice: str | None = None
    for line in cue.lines:
        sign = _NEW_SPEAKER.match(line.text) or (re.match("[-–—]", line.text) if dashes else None)
        words = line.text[sign.end() :].lstrip() if sign else line.text
        label = line.voice or (_label(words) if sign else None)
        changes = sign is not None or line.voice != voice
        if piece and not changes and not _label(words):
            piece = replace(piece, text=f"{piece.text} {words}")
        elif words:
            if piece:
                yield piece
            piece = _Said(words, cue.start, cue.end, changes, label)
        voice = line.voice
    if piece:
        yield piece


def _label(words: str) -> str | None:
    """The label that the words may begin with."""
    return next((label.label for label in candidates(words) if label.start == 0 and label.colon), None)


def _paragraphs(said: Sequence[_Said]) -> Iterator[tuple[bool, list[_Said]]]:
    """Readable stretches, each with whether somebody else begins it."""
    paragraph: list[_Said] = []
    changes = False
    words = 0
    for piece in said:
        another = piece.changes and not (paragraph and piece.label and paragraph[-1].label == piece.label)
        if paragraph and (another or _label(piece.text) or _is_full(paragraph[-1], piece, words)):
            yield changes, paragraph
            paragraph, words = [], 0
        if not paragraph:
            changes = another
        paragraph.append(piece)
        words += piece.text.count(" ") + 1
    if paragraph:
        yield changes, paragraph


def _is_full(before: _Said, piece: _Said, words: int) -> bool:
    pause = piece.start - before.end
    if pause > _PAUSE or words >= _TOO_LONG:
        return True
    return words >= _LONG and (pause > 0.3 or _SENTENCE_END.search(before.text) is not None)


def _speakers(text: str, breaks: Sequence[int], named: Sequence[tuple[int, str]]) -> Iterator[Mark]:
    """The turns by labels in the text, and those that only the captions' own signs name."""
    found = [mark for mark in turns(text, breaks) if isinstance(mark.value, Speaker)]
    yield from found
    starts = {mark.start for mark in found}
    ends = sorted({*breaks, *starts, len(text)})
    for start, label in named:
        if start not in starts:
            end = ends[bisect_right(ends, start)]
            yield Mark(start, end, Speaker(label, person_of(label)))
