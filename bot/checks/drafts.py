"""The quotations of a draft, and whom the draft gives each to. Pure."""

from collections.abc import Iterator, Sequence

from bot.checks.marks import MARK, Marked, marked
from sources.attribution import attributions
from sources.document import Quoted

Quotation = tuple[int, int, str | None]
"""Begin and end of the quoted words in the draft, and the speaker's name as the draft has it."""


def quotations(draft: str) -> Iterator[Quotation]:
    """All words in quotation marks, in order. One that runs on over paragraphs has one speaker.

    >>> draft = 'Bill Barr said, "No, never." Then "peace". Barr said: “One.\\n\\n“Two.”'
    >>> [(draft[start:end], who) for start, end, who in quotations(draft)]
    [('No, never.', 'Bill Barr'), ('peace', None), ('One.', 'Bill Barr'), ('Two.', 'Bill Barr')]
    """
    found = tuple(marked(draft))
    quoted = ((mark.start, mark.value) for mark in attributions(_plain(draft, found)))
    given = {start: each.speaker.person or each.speaker.label for start, each in quoted if isinstance(each, Quoted)}
    before: Marked | None = None
    speaker: str | None = None
    for one in found:
        goes_on = before is not None and before.open and not MARK.sub("", draft[before.end : one.start]).strip()
        speaker = given.get(one.start) or (speaker if goes_on else None)
        yield one.start, one.end, speaker
        before = one


def _plain(draft: str, found: Sequence[Marked]) -> str:
    """The draft, as long as it is, with curly marks around these quotations and no others; the last sign of one that
    no mark closes makes room for it.
    """
    signs = list(MARK.sub(lambda match: "′".rjust(len(match[0])), draft))
    for one in found:
        signs[one.start - 1] = "“"
        signs[one.end - one.open] = "”"
    return "".join(signs)
