"""Who is quoted in an article: quotation marks whose words the sentence around them puts into a named person's mouth.

Theory of operation. Each quotation is judged by its own sentence, in which all quoted words are hidden: by what leads
to it (`Barr told senators that “…”`) or follows it (`“…,” said Barr`). A name counts only as the subject, so what
stands before it must begin a clause or be the person's office: in `a lawyer for Barr said` it is neither. What is
not certain stays without a name, and what is found is still a guess, for it is read from words and not from a record.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from sources.document import Certainty, Mark, Quoted, Speaker
from sources.names import RUN, Known, Name, name_in, runs
from sources.people import shipped
from sources.quotations import Paragraph, Quotation, paragraphs

VERBS = (
    r"(?:said|says|told|tells|wrote|writes|asked|asks|added|adds|testified|testifies|stated|states|declared|declares"
    r"|replied|replies|responded|responds|tweeted|tweets|explained|explains|argued|argues|warned|warns|noted|notes"
    r"|insisted|insists|claimed|claims|announced|acknowledged|acknowledges|recalled|recalls|remarked|posted|proclaimed"
    r"|concluded|admitted|boasted|bragged|quipped|joked|commented|continued|emphasized|asserted|complained|demanded"
    r"|answered|observed|vowed|promised|pleaded|shouted|confessed|conceded|lamented|thundered|retorted)"
)
"""Verbs of saying, as a pattern."""

_ADVERBS = (
    r"(?: (?!(?:only|allegedly|reportedly|supposedly)\b)"
    r"(?:[a-z]+ly|also|later|then|once|has|had|have|even|again|further|himself|herself))*"
)
_APPOSITIVE = (
    rf"(?: of (?:the )?{RUN}(?:[’']s [A-Z]\w+(?: [A-Z]\w+)*)?)?"
    r"(?:, (?:a|an|the|who|then|now|former|his|her|\d)\b[^,“”:;]{1,80},)?"
)
_LEAD = re.compile(
    rf"(?<![\w.'’-])(?P<who>{RUN})(?P<aside>{_APPOSITIVE}){_ADVERBS} (?P<verb>{VERBS})\b(?P<gap>[^“”:;?!]{{0,90}}?)"
    r"[,:]?\s*(?:\*\*)?“$"
)
_SOURCE_LEAD = re.compile(
    rf"(?<![\w])[Aa]ccording to (?P<pre>[^“”,;:]{{0,60}}?)(?P<who>{RUN})(?: of (?:the )?{RUN})?, “$"
)
_AFTER_NAME = r"(?!['’\w]|,? (?:and|or) [A-Z]|\.[A-Z])"
_INVERTED = re.compile(rf",?(?:\*\*)? {VERBS}\b(?P<pre>[^“”,;:.]{{0,60}}?) (?P<who>{RUN}){_AFTER_NAME}")
_FOLLOWED = re.compile(
    rf",?(?:\*\*)? (?P<pre>[^“”,;:]{{0,60}}?)(?P<who>{RUN}){_APPOSITIVE}{_ADVERBS} (?P<verb>{VERBS})\b"
)
# After a question the next sentence may begin with another's name: `“Why?” Barr said nothing.`
_FOLLOWED_SHORTLY = re.compile(rf"{_FOLLOWED.pattern}(?=[.,;]| (?:in|on|at|to|during|as)\b)")
_SOURCE_TAIL = re.compile(rf",?(?:\*\*)? according to (?P<pre>[^“”,;:.]{{0,60}}?)(?P<who>{RUN}){_AFTER_NAME}")
_INTRODUCED = re.compile(
    rf"(?<![\w.'’-])(?P<who>{RUN})(?P<aside>{_APPOSITIVE}){_ADVERBS} (?P<verb>{VERBS})\b(?P<gap>[^“”:;?!]{{0,60}}):$"
)

_SENTENCE = re.compile(r"(?<=[.!?”])[)\]*_]*\s+(?=[*_(\[]*[A-Z“])")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sens?|Reps?|Gov|Gen|Lt|Col|St|Jr|Sr|vs|No|Inc|Corp|[A-Z])\.$")
_CLAUSE = re.compile(
    r"(?:^|[,;:—–(*]|\b(?:[Ww]hen|[Ww]hile|[Aa]fter|[Bb]efore|[Aa]s|[Bb]ecause|[Aa]lthough|but|where))\s*$"
)
_JOINED = re.compile(r"\b[a-z]+ and\s*$")
_ROLES = (
    r"(?:advis[eo]r|attorney|lawyer|counsel|judge|justice|senator|congressman|congresswoman|representative|spokesman"
    r"|spokeswoman|spokesperson|director|president|chairman|chairwoman|chair|secretary|minister|general|governor|mayor"
    r"|ambassador|prosecutor|professor|author|journalist|reporter|correspondent|columnist|host|anchor|economist|analyst"
    r"|historian|scholar|researcher|expert|whistleblower|employee|executive|founder|co-founder|billionaire|candidate"
    r"|nominee|leader|commissioner|administrator|aide|strategist|consultant|lobbyist|operative|activist|organizer"
    r"|engineer|scientist|doctor|physician|sheriff|officer|agent|detective|official|manager|investor|donor|colleague"
    r"|friend|man|woman|girl|boy|accuser|victim|person|juror|student|survivor|source|people|brother|sister|wife|husband|son|daughter|father|mother|soldier|sergeant|witness|diplomat|envoy|pollster)"
)
_OFFICE = re.compile(rf"(?:^|[\s’'-]){_ROLES},?\s*$")
_PREPOSITION = re.compile(r"\b(?:for|of|to|by|with|from|at|against|about|between|that|whose|and|or|not|if)\b")
_SOMEBODY = re.compile(rf"\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother|[Hh]is|[Hh]er) (?:[\w-]+ ){{0,2}}?{_ROLES}\b")
_PRONOUN_LEAD = re.compile(
    rf"^[*_]*(?P<who>He|She){_ADVERBS} (?P<verb>{VERBS})\b(?P<gap>[^“”:;?!]{{0,90}}?)[,:]?\s*(?:\*\*)?“$"
)
_BAD_GAP = re.compile(
    rf"\b(?:{VERBS}|saying|telling|asking|who|which|whom|whose|call(?:ed|ing|s)?|describ(?:ed|ing|es)|titled|entitled"
    r"|dubbed|labell?ed|known|named|headed|referr(?:ed|ing)|quot(?:ed|ing|es)|accus(?:ed|ing)|so-called|like|term(?:ed)?"
    r"|slogan|phrase|promised?|according|notes?|letters?|memos?|emails?|reports?|books?|articles?|words?|terms?)\b|\. "
)
_PLACED = re.compile(
    r"(?: (?:publicly|repeatedly|simply|flatly|bluntly|directly|openly|again|later))?"
    r"(?: (?:in|on|at|to|during|before|via|from|about|of|under|when asked"
    r"|that (?:day|night|evening|morning|month|week|year))\b.*)?"
)
# A word of the sentence's own: `Barr said “dirt” was the wrong word`.
_GOES_ON = re.compile(r"[^.,?!…]” [a-z]")
_TO_SOMEBODY = frozenset({"told", "tells", "asked", "asks", "warned", "warns"})
_OF_CLAUSES = frozenset(
    {"said", "says", "stated", "states", "testified", "claimed", "claims", "insisted", "argued", "acknowledged"}
)
"""Verbs that retell: what is quoted at the end of `said it was “…”` is the speaker's too."""
_TITLE_FOLLOWS = re.compile(r"(?:[’']s|s[’']|\b(?:on|in|for|of|off|by|at|to|the book|the op-ed|titled|and|or|not)) “$")
_MOST_GAP = 14
_LONGEST = 1_000
"""Code points before a quotation in its sentence, or before a pronoun: further off, who is meant is unsure."""
_MOST_CLAUSE = 7
_SHORTEST = 15
"""Code points: fewer that stand inside a clause may be a term that is only mentioned."""


def attributions(text: str) -> tuple[Mark, ...]:
    """A `Quoted` mark over each quotation of `text` that is put into a named person's mouth, in order.

    >>> text = 'Bill Barr paused. "Yes," said Barr, "I would."'
    >>> [(text[mark.start:mark.end], mark.value.speaker.label) for mark in attributions(text)]
    [('Yes,', 'Barr'), ('I would.', 'Barr')]
    """
    known = Known(text, shipped())
    marks: list[Mark] = []
    before: Paragraph | None = None
    for paragraph in paragraphs(text):
        article = _Paragraph(paragraph, known)
        if before is not None:
            marks += _introduced(before, paragraph, known)
        marks += article.marks()
        before = paragraph
    return tuple(marks)


class _Paragraph:
    """One paragraph while its quotations are judged, in order."""

    def __init__(self, paragraph: Paragraph, known: Known) -> None:
        self._frame, self._start, self._quotations = paragraph.frame, paragraph.start, paragraph.quotations
        self._known = known
        self._sentences = [0, *_sentence_starts(paragraph.frame)]

    def marks(self) -> Iterator[Mark]:
        attributed: tuple[Speaker, int] | None = None
        for quotation in self._quotations:
            start, end = quotation.start - self._start, quotation.end - self._start
            found = self._attributed(start, end)
            if found is None and attributed and self._goes_on(attributed[1], start):
                found = attributed[0], end
            if found:
                yield Mark(quotation.start, quotation.end, Quoted(found[0]))
            attributed = found

    def _attributed(self, start: int, end: int) -> tuple[Speaker, int] | None:
        """Who says the words at these places of the frame, and where the attribution ends."""
        begun = self._sentences[bisect_left(self._sentences, start) - 1]
        lead = self._frame[begun:start]
        if len(lead) > _LONGEST:
            return None
        if end - start < _SHORTEST and _GOES_ON.match(self._frame, end - 1):
            return None
        if match := _PRONOUN_LEAD.search(lead):
            name = self._antecedent(begun)
            return (self._speaker(name), end + 1) if name and _fits(match, end - start) else None
        if found := self._leading(lead):
            name, match = found
            return (self._speaker(name), end + 1) if _fits(match, end - start) else None
        if name := self._source(_SOURCE_LEAD.search(lead)):
            return self._speaker(name), end + 1
        return None if lead.strip("“*_ \n") else self._following(end)

    def _leading(self, lead: str) -> tuple[Name, re.Match[str]] | None:
        """The first subject of a verb of saying from which the sentence leads to the quotation."""
        match = _LEAD.search(lead)
        while match:
            if name := self._subject(match):
                return name, match
            match = _LEAD.search(lead, match.start() + 1)
        return None

    def _subject(self, match: re.Match[str]) -> Name | None:
        """The person who is the subject of a verb of saying."""
        name = name_in(match["who"])
        sure = name and self._known.is_person(name) and _is_subject(match.string[: match.start("who")], match["who"])
        return name if sure else None

    def _antecedent(self, begun: int) -> Name | None:
        """The one person whom the paragraph names before the sentence that begins here, in the last one at that."""
        before = self._frame[:begun]
        if begun > _LONGEST or _SOMEBODY.search(before):
            return None
        named = list(_people(before, self._known))
        previous = max((start for start in self._sentences if start < begun), default=0)
        if len({name.surname for _, name in named}) != 1 or named[-1][0] < previous:
            return None
        subject = _is_subject(before[previous : named[-1][0]], before[named[-1][0] :])
        return max((name for _, name in named), key=lambda name: name.full) if subject else None

    def _source(self, match: re.Match[str] | None) -> Name | None:
        if match is None or not _is_office(match["pre"]):
            return None
        name = name_in(match["who"])
        return name if name and self._known.is_person(name) else None

    def _following(self, end: int) -> tuple[Speaker, int] | None:
        """`“…,” said Barr`, `“…,” Barr said`, `“…,” according to Barr`."""
        tail = self._frame[end + 1 : end + 220]
        if self._frame[end - 1] not in ",?!—-…" and not tail.startswith(","):
            return None
        patterns = (
            _INVERTED,
            _SOURCE_TAIL,
            _FOLLOWED if "," in (self._frame[end - 1], tail[:1]) else _FOLLOWED_SHORTLY,
        )
        for pattern in patterns:
            if (match := pattern.match(tail)) and (name := self._source(match)):
                return self._speaker(name), end + 1 + match.end()
        return None

    def _goes_on(self, attribution: int, start: int) -> bool:
        """Whether a quotation follows an attribution directly: `“Yes,” he said. “And no.”`"""
        between = self._frame[attribution : start - 1]
        return bool(re.fullmatch(r"(?: in an? [\w ]{1,30})?[.,;]\s+", between)) and not self._leads_on(start)

    def _leads_on(self, start: int) -> bool:
        """Whether the words after a quotation give it to somebody else."""
        close = self._frame.find("”", start)
        return bool(re.match(rf"[^.“”]{{0,80}} {VERBS}\b", self._frame[close + 1 : close + 120]))

    def _speaker(self, name: Name) -> Speaker:
        return Speaker(name.label, self._known.person(name), Certainty.GUESS)


def _introduced(before: Paragraph, paragraph: Paragraph, known: Known) -> Iterator[Mark]:
    """A paragraph that another one introduces (`Barr wrote:`): the words in its marks, or all of it without marks."""
    frame = before.frame.rstrip("*_ ")
    if not frame.endswith(":") or len(frame) > _LONGEST:
        return
    match = _INTRODUCED.search(frame[max([0, *_sentence_starts(frame)]) :])
    name = name_in(match["who"]) if match else None
    if match is None or name is None or not known.is_person(name):
        return
    if not _is_subject(match.string[: match.start("who")], match["who"]) or not _fits(match, len(paragraph.frame)):
        return
    quoted = Quoted(Speaker(name.label, known.person(name), Certainty.GUESS))
    start, end = paragraph.start, paragraph.start + len(paragraph.frame)
    if paragraph.quotations == (Quotation(start + 1, end - 1),):
        yield Mark(start + 1, end - 1, quoted)
    elif not re.search('["“”]', paragraph.frame) and _is_prose(paragraph.frame):
        yield Mark(start, end, quoted)


def _is_prose(frame: str) -> bool:
    return frame[0].isupper() and len(frame.split()) > 7 and frame.rstrip()[-1] in ".?!…" and "\n" not in frame


def _is_subject(pre: str, who: str) -> bool:
    """Whether a name after these words of its sentence begins a clause, alone or behind the person's office."""
    if _CLAUSE.search(pre) or _JOINED.search(pre):
        return True
    clause = re.split(r"[,;:—–(”]|\b(?:[Ww]hen|[Ww]hile|[Aa]s|but)\b", pre)[-1]
    if who.split(maxsplit=1)[0] in ("When", "While", "After", "Before", "As", "But", "Although"):
        return not clause.strip()
    return bool(_OFFICE.search(clause)) and not _PREPOSITION.search(clause)


def _is_office(pre: str) -> bool:
    """Whether these words are nothing, or the office of the person named after them."""
    return not pre.strip() or (bool(_OFFICE.search(pre)) and not _PREPOSITION.search(pre))


def _fits(match: re.Match[str], quoted: int) -> bool:
    """Whether what stands between the verb and the quotation leaves the quoted words to the verb's subject."""
    gap, verb = match["gap"].rstrip(",: "), match["verb"]
    if _BAD_GAP.search(gap) or _TITLE_FOLLOWS.search(match[0]) or len(gap.split()) > _MOST_GAP:
        return False
    told = verb in _TO_SOMEBODY
    place, that, clause = gap.rpartition(" that")
    if that and clause[:1] in ("", " "):
        return _is_place(place, told) and (not clause or _is_clause(clause, quoted))
    return _is_place(gap, told) or (verb in _OF_CLAUSES and _is_clause(gap, quoted))


def _is_place(gap: str, told: bool) -> bool:
    """Whether the words only say where, when or to whom it was said."""
    return not gap or told or bool(_PLACED.fullmatch(gap))


def _is_clause(words: str, quoted: int) -> bool:
    """Whether the words are the speaker's own, retold: few, and nobody is named in them."""
    return quoted >= _SHORTEST and len(words.split()) <= _MOST_CLAUSE and not re.search(r"\b(?!I\b)[A-Z]", words)


def _people(frame: str, known: Known) -> Iterator[tuple[int, Name]]:
    for match in runs(frame):
        name = name_in(match[0])
        if name and known.is_person(name):
            yield match.start(), name


def _sentence_starts(frame: str) -> list[int]:
    return [
        match.end()
        for match in _SENTENCE.finditer(frame)
        if not _ABBREVIATED.search(frame, max(0, match.start() - 6), match.start())
    ]
