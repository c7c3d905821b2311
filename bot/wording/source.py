"""Who said it and where it stands, in plain words: the facts around a passage."""

from collections.abc import Sequence

from bot.asking.cards import Card, Place
from bot.asking.links import archived_link, web_address
from bot.wording import words
from index.hit import DocumentCard
from sources.document import Certainty, Cue, Page, Speaker

_MOST_QUOTED = 3


def clipped(name: str, room: int) -> str:
    """A title or a name in at most about `room` characters, its own cut marked; no word is cut but a very long one.

    >>> clipped("Report on the Investigation", 12), clipped("Untersuchungsausschuss", 12)
    ('Report on [cut]', 'Untersuchung [cut]')
    """
    name = " ".join(name.split())
    if len(name) <= room:
        return name
    whole = name[: room + 1].rpartition(" ")[0]
    return f"{whole if len(whole) > room // 2 else name[:room].rstrip()} {words.CUT}"


def ending(name: str, room: int) -> str:
    """The last words of a title, in at most so many characters.

    >>> ending("Report on the Investigation, page 7", 12)
    'page 7'
    """
    return name[-room:].partition(" ")[2] or name[-room:]


def speaker(card: Card, room: int) -> str:
    """Who says the passage, and whom it quotes; neither is told as more than it is."""
    said = _named(card.speaker, room)
    quoted = list(dict.fromkeys(clipped(quote.speaker.label, room) for quote in card.quotes))
    if not quoted:
        return said
    more = f" {words.AND_MORE.format(len(quoted) - _MOST_QUOTED)}" if len(quoted) > _MOST_QUOTED else ""
    return f"{said}, {words.QUOTING.format(', '.join(quoted[:_MOST_QUOTED]) + more)}"


def _named(who: Speaker | None, room: int) -> str:
    """The label as the record has it, the person where that is another name; a guess is called one."""
    label = clipped(who.label, room) if who else ""
    if who is None or not label:
        return words.UNATTRIBUTED
    person = clipped(who.person or "", room)
    return label + (f" ({person})" if person not in ("", label) else "") + _doubt(who)


def _doubt(who: Speaker) -> str:
    return f" {words.GUESSED_SPEAKER}" if who.certainty is Certainty.GUESS else ""


def place(card: Card, room: int) -> str:
    """Publisher, title, author, kind, and the page or the time in it; a file without an address is named."""
    document = card.document
    kind = clipped((document.kind or "").replace("-", " "), room)
    author = clipped(document.author or "", room)
    parts = [
        clipped(document.publisher or "", room),
        title(document, room) + (f" ({kind})" if kind else ""),
        f"by {author}" if author else "",
        pages(card.pages),
        time_stamp(card.cue) if card.cue else "",
    ]
    return ", ".join(part for part in parts if part)


def title(document: DocumentCard, room: int) -> str:
    """The document's title, or the file it came in."""
    return clipped(document.title or "", room) or clipped(document.location, room) or words.UNTITLED


def pages(touched: Sequence[Page]) -> str:
    """The printed page, with the file's own number where that is another.

    >>> pages([Page(14, "12")]), pages([Page(3)]), pages([Page(14, "12"), Page(15, "13")])
    ('p. 12 (file page 14)', 'p. 3', 'pp. 12-13 (file pages 14-15)')
    """
    if not touched:
        return ""
    first, last = touched[0], touched[-1]
    printed = _range(first.printed or str(first.file), last.printed or str(last.file))
    in_file = _range(str(first.file), str(last.file))
    sign, noun = ("p.", "page") if first == last else ("pp.", "pages")
    return f"{sign} {printed}" + (f" (file {noun} {in_file})" if printed != in_file else "")


def whereabouts(other: Place, card: Card) -> str:
    """Where in the card's own document its words stand once more."""
    if other.page is not None:
        return pages((other.page,))
    if other.cue is not None:
        return time_stamp(other.cue)
    return words.EARLIER if other.start < card.ref.start else words.LATER


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def time_stamp(cue: Cue) -> str:
    """Where in the recording the words begin.

    >>> time_stamp(Cue(3723.9))
    'at 01:02:03'
    """
    return f"at {clock(cue)}"


def clock(cue: Cue) -> str:
    """The same by itself.

    >>> clock(Cue(3723.9))
    '01:02:03'
    """
    seconds = int(cue.start)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def address(card: Card, room: int) -> str | None:
    """The link that opens on the words; the bare address where that is too long; None where there is none that fits."""
    return next((url for url in (card.link, web_address(card.document.url)) if url and len(url) <= room), None)


def addresses(card: Card, room: int) -> list[tuple[str, str]]:
    """All links of a card as (label, address): the original first."""
    links = [
        (words.OPEN, address(card, room)),
        (words.PERMALINK, card.permalink),
        (words.ARCHIVED, archived_link(card.document)),
    ]
    return [(label, url) for label, url in links if url and len(url) <= room]


def no_link(card: Card, room: int) -> str:
    """Why there is no link; empty where there is one."""
    if addresses(card, room):
        return ""
    return words.ADDRESS_TOO_LONG if web_address(card.document.url) else words.NO_ADDRESS
