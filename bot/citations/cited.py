"""What every form of a citation tells, each fact decided once."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.asking.cards import Card
from bot.asking.links import archived_link, captured, web_address
from bot.wording import words
from bot.wording.source import clipped, pages, time_stamp, title
from sources.document import Certainty, PartialDate, Speaker


class Style(StrEnum):
    """The forms."""

    AP = "ap"
    CHICAGO = "chicago"
    MARKDOWN = "markdown"
    PLAIN = "plain"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is told: `card.text[start:end]`, and the most characters of a name and of an address."""

    start: int
    end: int
    name: int = 10_000
    address: int = 10_000


def whole(card: Card) -> Extent:
    """All of it."""
    return Extent(0, len(card.text))


_LABELS = (
    (
        re.compile(r"\b(auto(matic|-generated)?|machine)\b.*\b(captions?|transcript\w*)|raw ocr", re.IGNORECASE),
        words.MACHINE_MADE,
    ),
    (re.compile(r"\bas prepared\b|\bprepared (text|remarks|statement|testimony)\b", re.IGNORECASE), words.PREPARED),
    (re.compile(r"^captions?$", re.IGNORECASE), words.CAPTIONS),
    (re.compile(r"^(congressional.record|statutes?|federal.register|court.opinion)$", re.IGNORECASE), words.OFFICIAL),
)
"""What the record says of its own making, in its kind or its title; the first that fits."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A card as it is cited. Every name is one line; None and empty where the record has nothing."""

    card: Card
    extent: Extent

    @property
    def words(self) -> str:
        """The quotation: a slice of the stored words."""
        return self.card.text[self.extent.start : self.extent.end]

    @property
    def before(self) -> str:
        """The mark of an own cut before the quotation."""
        return f"{words.CUT} " if self.extent.start > 0 else ""

    @property
    def after(self) -> str:
        """The mark of an own cut after it."""
        return f" {words.CUT}" if self.extent.end < len(self.card.text) else ""

    @property
    def quotation(self) -> str:
        """The words between quotation marks, with the marks of own cuts outside."""
        return f"{self.before}“{self.words}”{self.after}"

    @property
    def speaker(self) -> str | None:
        """Who says it by the record, or by the text alone, which is told; None where nobody is named."""
        if inside := self._all_of_one_quotation():
            return self._named(inside, doubtful=True)
        return self._recorded()

    @property
    def quoting(self) -> str:
        """Whom the words quote in their turn; where they are nothing but what is quoted, who quotes them."""
        if self._all_of_one_quotation():
            by = self._recorded()
            return words.QUOTED_BY.format(by) if by else ""
        names = list(dict.fromkeys(self.name(quote.speaker.label) for quote in self.card.quotes))
        return words.QUOTING.format(", ".join(names)) if names else ""

    @property
    def title(self) -> str:
        """The document's title, or its file."""
        return title(self.card.document, self.extent.name)

    @property
    def publisher(self) -> str:
        """Who published it; Quotedesk's own summaries are called so."""
        return words.OWN_SUMMARY if self.is_summary else self.name(self.card.document.publisher)

    @property
    def author(self) -> str:
        """Its author."""
        return self.name(self.card.document.author)

    @property
    def is_summary(self) -> bool:
        """Whether it is a summary in Quotedesk's own words, and no record."""
        return self.card.document.publisher == words.OWN_PUBLISHER

    @property
    def based_on(self) -> str:
        """The record that a summary is of."""
        return f"{words.BASED_ON} {self.name(self.card.based_on)}" if self.card.based_on else ""

    @property
    def kind(self) -> str:
        """What sort of text it is: official, captions, machine-made, prepared; else what the record calls itself."""
        kind, name = self.name(self.card.document.kind), self.card.document.title or ""
        told = (label for pattern, label in _LABELS if pattern.search(kind) or pattern.search(name))
        return next(told, words.CAPTIONS if self.card.cue and not kind else kind.replace("-", " "))

    @property
    def said(self) -> PartialDate | None:
        """When it was said or written, apart from when it was published."""
        return self.card.said

    @property
    def published(self) -> PartialDate | None:
        """When it was published."""
        return self.card.document.published

    @property
    def place(self) -> str:
        """The pages, printed and of the file where they differ; the time in a recording."""
        found = [pages(self.card.pages), time_stamp(self.card.cue) if self.card.cue else ""]
        return ", ".join(part for part in found if part)

    @property
    def link(self) -> str | None:
        """The address that opens on the words; the bare one where that is too long."""
        return self._fitting(self.card.link) or self._fitting(self.card.document.url)

    @property
    def permalink(self) -> str | None:
        """Quotedesk's own page of the words."""
        return self._fitting(self.card.permalink)

    @property
    def archived(self) -> tuple[str, PartialDate | None] | None:
        """The archived copy, and when it was made where its address says so."""
        url = self._fitting(archived_link(self.card.document))
        return (url, captured(url)) if url else None

    @property
    def version(self) -> str:
        """Which stored version this is, and where in it the words stand: what proves them."""
        ref, digest = self.card.ref, self.card.text_sha256
        start, end = ref.start + self.extent.start, ref.start + self.extent.end
        return words.version(ref.version, digest[:12] if digest else None, start, end)

    @property
    def warning(self) -> str:
        """That the source has changed since."""
        return "" if self.card.current else words.SUPERSEDED

    def name(self, text: str | None) -> str:
        """A name in one line and within the room; the cut is marked."""
        return clipped(text or "", self.extent.name)

    def _recorded(self) -> str | None:
        who = self.card.speaker
        return self._named(who, doubtful=who.certainty is Certainty.GUESS) if who else None

    def _named(self, who: Speaker, *, doubtful: bool) -> str | None:
        label, person = self.name(who.label), self.name(who.person)
        if not label:
            return None
        return label + (f" ({person})" if person not in ("", label) else "") + (f" {words.BY_THE_TEXT}" * doubtful)

    def _fitting(self, url: str | None) -> str | None:
        safe = web_address(url)
        return safe if safe and len(safe) <= self.extent.address else None

    def _all_of_one_quotation(self) -> Speaker | None:
        """Who says it where the words shown are nothing but what the text puts into one mouth."""
        start, end = self.extent.start, self.extent.end
        around = [quote for quote in self.card.quotes if quote.start <= start and end <= quote.end]
        return around[0].speaker if around else None
