"""The quotations of a draft, and whom the draft gives each to. Pure."""

from collections.abc import Iterator

from sources.attribution import attributions
from sources.document import Quoted
from sources.quotations import paragraphs

Quotation = tuple[int, int, str | None]
"""Begin and end of the quoted words in the draft, and the speaker's name as the draft has it."""


def quotations(draft: str) -> Iterator[Quotation]:
    """All words in double quotation marks, in order.

    >>> draft = 'Bill Barr said, "No, never." Then "peace".'
    >>> [(draft[start:end], who) for start, end, who in quotations(draft)]
    [('No, never.', 'Bill Barr'), ('peace', None)]
    """
    given = {
        (mark.start, mark.end): mark.value.speaker for mark in attributions(draft) if isinstance(mark.value, Quoted)
    }
    for paragraph in paragraphs(draft):
        for quotation in paragraph.quotations:
            speaker = given.get((quotation.start, quotation.end))
            yield quotation.start, quotation.end, (speaker.person or speaker.label) if speaker else None
