"""Whether a link made from stored words marks just these words in the page that they come from."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.asking.cards import PassageRef
from bot.asking.links import source_link
from index.hit import DocumentCard
from index.split import split
from sources.document import Document, Raw
from sources.extract.html import extract
from tests.browser.reading import INVISIBLE, Letter, Reader

NOW = datetime(2026, 1, 1, tzinfo=UTC)
Span = tuple[int, int]
MOST = 0.6


@dataclass(frozen=True, slots=True)
class Tried:
    """One link that was opened: the stored words, what it marked in the page, and how much of the words that is.

    `strays` counts marked letters that are none of theirs.
    """

    link: str
    wanted: str
    marked: str
    share: float
    strays: int

    @property
    def right(self) -> bool:
        """Whether the place is marked and no other: most of the words, and nothing else."""
        return self.share >= MOST and not self.strays


def stored(html: str) -> Document:
    """The page as our own extractor stores it."""
    (found,) = extract(Raw("page.html", html.encode(), "text/html", NOW))
    return Document("d", "local", "s", "page.html", found.text, NOW, found.marks)


def spans(document: Document, chance: random.Random, parts: int) -> Iterator[Span]:
    """Every passage, and of each some stretches of whole words."""
    for passage in split(document, 1):
        yield passage.start, passage.end
        words = [at for at in range(passage.start, passage.end) if _begins(document.text, at)]
        for _ in range(parts):
            first = chance.randrange(len(words))
            last = chance.randint(first, min(len(words) - 1, first + chance.choice((0, 1, 3, 8, 30))))
            end = words[last]
            while end < passage.end and not document.text[end].isspace():
                end += 1
            yield words[first], end


def _begins(text: str, at: int) -> bool:
    return not text[at].isspace() and (at == 0 or text[at - 1].isspace())


async def tried(reader: Reader, html: str, apart: str, document: Document, places: list[Span]) -> list[Tried]:
    """Open a link for each of the places."""
    address = reader.serve(html)
    card = DocumentCard("d", "local", "s", "page.html", 1, NOW, url=address)
    found: list[Tried] = []
    for start, end in places:
        link = source_link(card, document.text, PassageRef("d", 1, start, end), extractor="html 1", page=None, cue=None)
        assert link is not None
        letters = await reader.letters(link, apart)
        found.append(_judged(link, document.text, (start, end), letters))
    return found


def _judged(link: str, text: str, place: Span, letters: list[Letter]) -> Tried:
    wanted = text[slice(*place)]
    marked = "".join(letter.letter for letter in letters if letter.marked)
    first, last = _in_page(text, place, letters)
    inside = [letter.marked for letter in letters[first:last] if letter.own and letter.marked is not None]
    strays = sum(letter.marked is True for letter in [*letters[:first], *letters[last:]])
    if strays and _twice(text, place) and marked and marked in _letters(wanted):  # nothing could tell the two apart
        return Tried(link, wanted, marked, len(marked) / len(_letters(wanted)), 0)
    return Tried(link, wanted, marked, sum(inside) / len(inside) if inside else 1.0, strays)


def _letters(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace() and letter not in INVISIBLE)


def _twice(text: str, place: Span) -> bool:
    """Whether the words around the place stand in the text more than once."""
    around = " ".join(text[max(0, place[0] - 20) : place[1] + 20].split()[1:-1])
    return " ".join(text.split()).count(around) > 1


def _in_page(text: str, place: Span, letters: list[Letter]) -> Span:
    """Where the words stand among the page's letters: line by line, as both have the same lines in the same order.

    Raises LookupError for text that is not the page's.
    """
    own = [number for number, letter in enumerate(letters) if letter.own]
    page = "".join(letters[number].letter for number in own)
    at, found = 0, dict[int, int]()
    cursor = 0
    for line in text.split("\n"):
        kept = [(cursor + n, char) for n, char in enumerate(line) if not char.isspace() and char not in INVISIBLE]
        cursor += len(line) + 1
        begins = page.find("".join(char for _, char in kept), at)
        if begins < 0:
            raise LookupError(line)
        found |= {offset: own[begins + n] for n, (offset, _) in enumerate(kept)}
        at = begins + len(kept)
    inside = [found[offset] for offset in range(*place) if offset in found]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)
