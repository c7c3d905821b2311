"""What is known of any span of a stored document. Pure."""

from collections.abc import Iterator, Sequence

from index.passage import Passage, Quote
from sources.document import Cue, Mark, Page, marks_of

_BASIS = "Based on: "


def passage_at(passages: Sequence[Passage], text: str, start: int, end: int) -> Passage | None:
    """`text[start:end]` as a passage, where `passages` are all those of this text in reading order.

    A speaker or a date is kept only where it holds for every passage touched: words of two people get no name.
    None for a span without words.
    """
    touched = [passage for passage in passages if passage.start < end and start < passage.end]
    if not touched:
        return None
    first = touched[0]
    cues = [passage.cue for passage in touched if passage.cue is not None]
    return Passage(
        document_id=first.document_id,
        version=first.version,
        start=start,
        end=end,
        text=text[start:end],
        speaker=first.speaker if all(passage.speaker == first.speaker for passage in touched) else None,
        said=first.said if all(passage.said == first.said for passage in touched) else None,
        mentioned=tuple(dict.fromkeys(date for passage in touched for date in passage.mentioned)),
        pages=tuple(dict.fromkeys(page for passage in touched for page in passage.pages)),
        cue=Cue(cues[0].start, cues[-1].end) if cues else None,
        heading=first.heading,
        quotes=tuple(quote for passage in touched for quote in _quotes(passage, start, end)),
    )


def _quotes(passage: Passage, start: int, end: int) -> Iterator[Quote]:
    """The passage's quotes as far as they lie within the span, by offsets from the span's start."""
    for quote in passage.quotes:
        first, last = max(passage.start + quote.start, start), min(passage.start + quote.end, end)
        if first < last:
            yield Quote(first - start, last - start, quote.speaker)


def neighbours(passages: Sequence[Passage], start: int, end: int) -> tuple[Passage | None, Passage | None]:
    """Of all passages in reading order, those right before and right after the span; None at the document's ends."""
    before = [passage for passage in passages if passage.end <= start]
    after = [passage for passage in passages if passage.start >= end]
    return (before[-1] if before else None), (after[0] if after else None)


def where(marks: Sequence[Mark], start: int, end: int) -> tuple[Page | None, Cue | None]:
    """The page and the moment at which a span begins: all that a link to it needs."""
    values = [mark.value for mark in marks_of(marks, Page, Cue) if mark.start < end and start < mark.end]
    pages = (value for value in values if isinstance(value, Page))
    cues = (value for value in values if isinstance(value, Cue))
    return next(pages, None), next(cues, None)


def based_on(text: str) -> str | None:
    r"""The record that a summary names in its last line of this form; None for a text that names none.

    >>> based_on("It was so.\n\nBased on: the hearing of May 1, 2019.")
    'the hearing of May 1, 2019'
    """
    lines = (line for line in reversed(text.splitlines()) if line.startswith(_BASIS))
    return next((line.removeprefix(_BASIS).strip().rstrip(".") for line in lines), None)
