"""Who speaks in a plain text: the turns of a transcript, by the labels that its record prints.

Whether a text is a transcript is judged on the whole of it: labels must recur, as `Note:` in an article doesn't.
Where the record is not clear, words stay without a speaker: none is better than a wrong one.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from sources.document import Cue, Mark, Speaker
from sources.speaker_labels import Candidate, Shape, candidates, person_of

# Lines after which nobody in particular speaks: a briefing's end, a rule, the clock.
_END = re.compile(
    r"^[ \t\u00a0]*(?:END\b[^\n]{0,40}|PART \d+ OF \d+ ENDS[^\n]{0,60}|\\?#(?:[ \\]*#)+|_{5,}"
    r"|\(?\d{1,2}:\d{2} ?[AaPp]\.?[Mm]\.?(?: [A-Z]{1,4})?\)?)[ \t\u00a0]*$",
    re.MULTILINE,
)
# The Congressional Record's own voice between speeches, and its headings in capitals.
_NARRATION = re.compile(
    r"^[ \t]*(?:There being no objection,? the\b"
    r"|The (?:assistant |senior |legislative |bill |journal |reading |enrolling )*[Cc]lerk "
    r"(?:read|called|proceeded|reported|redesignated|designated)\b"
    r"|The (?:text of the )?(?:amendment|bill|(?:joint |concurrent )?resolution|material|article|letter)s?"
    r"[^\n.]{0,60}?\b(?:is|are|was|were|follows)\b"
    r"|The (?:motion|yeas and nays|result of the vote|question was|conference report)\b"
    r"|M[rs]+\. [A-Z][A-Za-z'’-]+ addressed the Chair\b"
    r"|(?=[^\n]*[A-Z]{4})[A-Z][A-Z0-9 ,.'’&-]{5,}$)"
    r"|^ {12,}(?=\S)",
    re.MULTILINE,
)
_FEW = 6
"""Fewer labels than this must begin early: an excerpt inside an article is no transcript."""
_LONGEST_TURN = 4_000
"""Mean code points between labels above which recurring words in capitals or names are not turns."""


def turns(text: str, breaks: Sequence[int] = ()) -> tuple[Mark, ...]:
    """The speaker turns of `text`, with a `Cue` beside each turn that is time-stamped, in the text's order.

    A turn begins with its label and ends where the next begins, at the record's end (`END 4:02 P.M.`), or at one
    of `breaks`, sorted offsets at which somebody unnamed begins. Empty for anything but a transcript.

    >>> [text.value.label for text in turns("Q: Did you?\\nA: No.\\nQ: Never?\\nA: Never.")]
    ['Q', 'A', 'Q', 'A']
    """
    found = sorted(candidates(text), key=lambda candidate: candidate.start)
    labels = _accepted(found, text)
    if not labels:
        return ()
    ends = sorted({*breaks, *(match.start() for match in _END.finditer(text)), *_narration(text, labels)})
    marks: list[Mark] = []
    for number, label in enumerate(labels):
        limit = labels[number + 1].start if number + 1 < len(labels) else len(text)
        position = bisect_right(ends, label.start)
        limit = min(limit, ends[position]) if position < len(ends) else limit
        end = label.start + len(text[label.start : limit].rstrip())
        end -= len(_trailing_prefix(text[label.start : end]))
        marks.append(Mark(label.start, end, Speaker(label.label, person_of(label.label))))
        if label.seconds is not None:
            marks.append(Mark(label.start, end, Cue(label.seconds)))
    return tuple(marks)


def _trailing_prefix(turn: str) -> str:
    # The next turn's own `>>` or `[*]` is no part of this one.
    match = re.search(r"\s*(?:>>+|\[\*\])$", turn)
    return match[0] if match else ""


def _narration(text: str, labels: Sequence[Candidate]) -> list[int]:
    """Where the Record itself speaks; only a text whose labels end with a full stop has such a voice."""
    if not _is_congressional_record(labels):
        return []
    return [match.start() for match in _NARRATION.finditer(text)]


def _accepted(found: Sequence[Candidate], text: str) -> list[Candidate]:
    """The candidates that are labels, judged together; none if the text is no transcript."""
    if _is_congressional_record(found):
        found = [candidate for candidate in found if not candidate.colon]
    uses = Counter(candidate.label for candidate in found)
    proofs = {shape for shape in Shape if _proves(shape, found, uses, text)}
    if not proofs:
        return []
    return [candidate for candidate in found if _belongs(candidate, proofs, uses)]


def _is_congressional_record(found: Sequence[Candidate]) -> bool:
    """Its labels end with a full stop; a colon in it is never one."""
    own = Counter(label.colon for label in found if label.shape is Shape.TITLED and not label.label.isupper())
    return own[False] > own[True]


def _proves(shape: Shape, found: Sequence[Candidate], uses: Counter[str], text: str) -> bool:
    """Do the labels of this shape make the text a transcript?"""
    length = len(text)
    own = [candidate for candidate in found if candidate.shape is shape and (candidate.opens or shape is Shape.STAMPED)]
    labels = {candidate.label for candidate in own}
    if not own or (len(own) < _FEW and own[0].start > max(length // 3, 1_500)):
        return False
    recurring = sum(uses[label] > 1 for label in labels)
    dense = length / len(own) <= _LONGEST_TURN
    # CAPITALS and NAME are also what headings and lists look like, WORD any `key: value`: these must recur, and often.
    proofs = {
        Shape.STAMPED: len(own) > 1,
        Shape.TITLED: len(own) > 1 or _one_speech(own[0], text),
        Shape.QUESTION: "Q" in labels and ("A" in labels or len(own) >= _FEW),
        Shape.CAPITALS: recurring > 1 and len(own) > 3 and dense,
        Shape.NAME: recurring > 1 and len(own) > 3 and dense,
        Shape.ROLE: recurring > 1,
        Shape.WORD: sum(uses[label] > 2 for label in labels) > 1 and dense,
    }
    return proofs[shape]


def _one_speech(label: Candidate, text: str) -> bool:
    """Remarks of one person: `THE PRESIDENT: Good evening, …` at the head of the text, and no letter's address."""
    early = label.colon and label.start < len(text) / 4
    first_line = text[label.end : text.find("\n", label.end)]
    return early and label.label.startswith(("THE ", "MR. ", "MS. ", "MRS. ", "DR. ")) and len(first_line.split()) > 3


def _belongs(candidate: Candidate, proofs: set[Shape], uses: Counter[str]) -> bool:
    """Is this candidate a label, in a text that `proofs` make a transcript?"""
    recurs = uses[candidate.label] > 1
    opens = candidate.opens
    named = not proofs.isdisjoint({Shape.NAME, Shape.STAMPED})
    capitals = not proofs.isdisjoint({Shape.TITLED, Shape.CAPITALS})
    belongs = {
        Shape.STAMPED: True,
        Shape.TITLED: opens or recurs,
        Shape.QUESTION: (opens or recurs) and uses["Q"] > 0,
        Shape.CAPITALS: recurs or (opens and capitals),
        # "Frank Cormier, Associated Press:" asks once; so does a heading's "Bottom Line:", which has no comma.
        Shape.NAME: opens and (recurs or named or "," in candidate.label),
        Shape.ROLE: opens and (recurs or candidate.colon),
        Shape.WORD: opens and recurs and (Shape.WORD in proofs or uses[candidate.label] > 2),
    }
    return belongs[candidate.shape]
