"""Whom a transcript's title names, and which labels of its turns mean them.

`Press Briefing by Press Secretary Jen Psaki` says who MS. PSAKI is, and `Remarks by President Biden on the Economy`
who THE PRESIDENT is. A label stays as the record has it; only the person is added, and only where the title names just
one whom it can mean. Titles are written with capitals throughout, so a name's bounds are told by offices, joining words
and stops, and in doubt by the text itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from sources.names import Known, Name, is_of_no_name, is_office, may_be_of_a_name
from sources.people import bare_name, folded, shipped
from sources.speaker_labels import is_crowd

_STOPS = r",;:|()\[\]\"“”/–—"
_WORD = re.compile(rf"([^\W_][^\s{_STOPS}]*)(\s*[{_STOPS}])?")
_OWNER = re.compile(r"['’]s?$")
_OF_AN_OFFICE = frozenset({"of", "for", "to", "on", "the"})
"""After these, and after an organisation's words, an office may go on: in `Secretary of Energy Jennifer Granholm` the
name is the last two words."""
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    folded: str
    stops: bool  # a comma or the like follows


class Billing:
    """The persons of a title, ready to be asked who a label of the text means.

    >>> billing = Billing("Press Briefing by Press Secretary Jen Psaki and FEMA Administrator Deanne Criswell", "…")
    >>> [billing.who(label) for label in ("MS. PSAKI", "ADMINISTRATOR CRISWELL", "MR. PRICE", "THE PRESIDENT", "Q")]
    ['Jen Psaki', 'Deanne Criswell', None, None, None]
    """

    def __init__(self, title: str, text: str) -> None:
        self._text = text
        self._words = [
            _Word(plain := _OWNER.sub("", match[1]), folded(plain), bool(match[2]) or plain != match[1])
            for match in _WORD.finditer(title)
        ]

    def who(self, label: str) -> str | None:
        """The one person whom the title can mean by this label, named as fully as title and text allow."""
        if is_crowd(label):
            return None
        name = [word for word in bare_name(label) if may_be_of_a_name(word.capitalize())]
        found = set(self._of_surname(name) if name else self._of_office(label))
        return found.pop() if len(found) == 1 else None

    def _of_surname(self, name: Sequence[str]) -> Iterator[str | None]:
        for at in self._places(name):
            first = self._begin(at)
            written = " ".join(word.text for word in self._words[first : at + len(name)])
            if first < at:
                yield written
            elif may_be_of_a_name(self._words[at].text):
                yield self._in_full(written)  # `President Biden` alone tells no more than the label does

    def _of_office(self, label: str) -> Iterator[str | None]:
        office = [word for word in folded(label).split() if word != "the"]
        for at in self._places(office):
            before = self._words[at - 1] if at else None
            if before and not before.stops and (before.folded == "the" or is_office(before.text)):
                continue  # another office: `Vice President`, `Former President`, `Advisor to the President`
            if not self._words[at + len(office) - 1].stops:
                yield from self._after(at + len(office))

    def _places(self, words: Sequence[str]) -> Iterator[int]:
        """Where these words stand side by side, none parted from the next by a stop."""
        for at in range(len(self._words) - len(words) + 1) if words else ():
            here = self._words[at : at + len(words)]
            if [word.folded for word in here] == list(words) and not any(word.stops for word in here[:-1]):
                yield at

    def _begin(self, surname: int) -> int:
        """Where the name begins whose surname stands here."""
        first = surname
        while first and not self._words[first - 1].stops and may_be_of_a_name(self._words[first - 1].text):
            first -= 1
        before = self._words[first - 1] if first else None
        sure = before is None or before.stops or not (before.folded in _OF_AN_OFFICE or is_of_no_name(before.text))
        if first == surname or (sure and surname - first < _LONGEST):
            return first
        begin = surname - 1
        while begin > first and len(self._words[begin].text.rstrip(".")) == 1:
            begin -= 1  # an initial
        return begin

    def _after(self, at: int) -> Iterator[str | None]:
        """The person named here, behind the office: as long a name as the text or the table of people knows."""
        end = at
        while end < len(self._words) and may_be_of_a_name(self._words[end].text):
            end += 1
            if self._words[end - 1].stops:
                break
        for last in range(min(end, at + _LONGEST), at, -1):
            written = " ".join(word.text for word in self._words[at:last])
            if known := shipped().who(written):
                yield known.name
            elif last - at > 1 and written in self._text:
                yield written
            elif last == end == at + 1:
                yield self._in_full(written) or written
            else:
                continue
            return

    def _in_full(self, surname: str) -> str | None:
        known = shipped().who(surname)
        return known.name if known else self._known.person(Name(surname, surname, full=False, titled=True))

    @cached_property
    def _known(self) -> Known:
        return Known(self._text, shipped())
