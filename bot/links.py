"""Links that open a source on the quoted words: text fragments, pages, time stamps. Pure.

The fragment's grammar is https://wicg.github.io/scroll-to-text-fragment/ : `#:~:text=[prefix-,]start[,end][,-suffix]`,
each part within one block of the page; a browser takes the first place that fits.
"""

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from bot.cards import PassageRef
from index.hit import DocumentCard
from sources.document import Cue, Page

LONGEST_WHOLE = 300  # characters; the length up to which Chrome's own "copy link to highlight" names every word
FEWEST_WORDS = 4  # fewer may stand in a page's menu too, which is no part of the stored text
END_WORDS = 5
CONTEXT_WORDS = 4
CONTEXT_CHARACTERS = 400
RECORDINGS_WITH_TIME = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"})

_UNSAFE = {ord(c): quote(c) for c in "<>\"`{}|\\^ '"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_WORD = re.compile(r"\S+")

Span = tuple[int, int]


def web_address(url: str | None) -> str | None:
    """The address made safe to print in markup, or None for anything that is not http or https."""
    if not url or _CONTROL.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    return url.strip().translate(_UNSAFE) if parts.scheme in ("http", "https") and host else None


def source_link(
    document: DocumentCard, text: str, ref: PassageRef, *, page: Page | None, cue: Cue | None
) -> str | None:
    """A link to the source that opens on the words at `ref`; None for a document without an address.

    `text` is the whole text of the version, `page` and `cue` where the words begin.
    """
    address = web_address(document.url)
    if address is None:
        return None
    if cue is not None:
        return _at_second(address, int(cue.start))
    if urlsplit(address).path.lower().endswith(".pdf") or (page and document.location.lower().endswith(".pdf")):
        return _with_fragment(address, f"page={page.file}") if page else address
    return _with_directive(address, text_directive(text, ref.start, ref.end))


def archived_link(document: DocumentCard) -> str | None:
    """The archived copy's address, where the document has one."""
    return web_address(document.archived_url)


def permalink(public_url: str | None, ref: PassageRef) -> str | None:
    """Quotedesk's own page of these words; None where none is served."""
    if public_url is None:
        return None
    return f"{public_url.rstrip('/')}/d/{quote(ref.document_id, safe='')}?v={ref.version}&at={ref.start}-{ref.end}"


def text_directive(text: str, start: int, end: int) -> str:
    """`text=…` that finds `text[start:end]` before any other place of `text`; empty for blank words.

    >>> text_directive("Well, one - two, three and four. The end.", 6, 32)
    'text=one%20%2D%20two%2C%20three%20and%20four.'
    """
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    if not words:
        return ""
    searched = _lowered(text)
    whole = (words[0][0], words[-1][1])
    if whole[1] - whole[0] <= LONGEST_WHOLE and "\n" not in text[slice(*whole)]:
        parts, unclear = [whole], len(words) < FEWEST_WORDS or not _is_first(searched, *whole)
    else:
        opening = _opening(searched, words)
        parts, unclear = [opening, _closing(searched, words, opening[1])], not _is_first(searched, *opening)
    written = [_encoded(text, *part) for part in parts]
    return "text=" + ",".join(_in_context(text, searched, parts, written) if unclear else written)


def _lowered(text: str) -> str:
    """Browsers compare without regard to case. (A few letters change their length; then case counts.)"""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _is_first(searched: str, start: int, end: int, after: int = 0) -> bool:
    """Whether these words stand nowhere between `after` and here."""
    return searched.find(searched[start:end], after) == start


def _opening(searched: str, words: list[Span]) -> Span:
    """The first words, within one line: as few as stand nowhere earlier, else all of the line."""
    start = words[0][0]
    line = [end for _, end in words if "\n" not in searched[start:end]]
    fewest = (end for end in line[END_WORDS - 1 :] if _is_first(searched, start, end))
    return start, next(fewest, line[-1])


def _closing(searched: str, words: list[Span], after: int) -> Span:
    """The last words, within one line: as few as stand nowhere between `after` and here, else all of the line."""
    end = words[-1][1]
    line = [start for start, _ in words if start >= after and "\n" not in searched[start:end]]
    fewest = (start for start in reversed(line[: -END_WORDS + 1]) if _is_first(searched, start, end, after))
    return next(fewest, line[0] if line else words[-1][0]), end


def _in_context(text: str, searched: str, parts: list[Span], written: list[str]) -> list[str]:
    """`written` with the words before, and with those after too where the ones before don't make it clear."""
    start, end = parts[0][0], parts[-1][1]
    before, after = _words_before(text, start), _words_after(text, end)
    if before is not None:
        written = [_encoded(text, *before) + "-", *written]
        if _is_first(searched, before[0], parts[0][1]):
            return written
    return [*written, "-" + _encoded(text, *after)] if after is not None else written


def _words_before(text: str, start: int) -> Span | None:
    """The last words before, of the nearest line that has any."""
    near = max(0, start - CONTEXT_CHARACTERS)
    above = text[near:start].rstrip()
    line = above.rpartition("\n")[2]
    spans = [match.span() for match in _WORD.finditer(line)][-CONTEXT_WORDS:]
    at = near + len(above) - len(line)
    return (at + spans[0][0], at + spans[-1][1]) if spans else None


def _words_after(text: str, end: int) -> Span | None:
    """The first words after, of the nearest line that has any."""
    near = text[end : end + CONTEXT_CHARACTERS]
    below = near.lstrip()
    line = below.partition("\n")[0]
    spans = [match.span() for match in _WORD.finditer(line)][:CONTEXT_WORDS]
    at = end + len(near) - len(below)
    return (at + spans[0][0], at + spans[-1][1]) if spans else None


def _encoded(text: str, start: int, end: int) -> str:
    return quote(" ".join(text[start:end].split()), safe="").replace("-", "%2D")


def _with_fragment(address: str, fragment: str) -> str:
    return urlunsplit(urlsplit(address)._replace(fragment=fragment))


def _with_directive(address: str, directive: str) -> str:
    if not directive:
        return address
    return _with_fragment(address, urlsplit(address).fragment.partition(":~:")[0] + ":~:" + directive)


def _at_second(address: str, second: int) -> str:
    parts = urlsplit(address)
    if parts.hostname not in RECORDINGS_WITH_TIME:
        return address
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "t"]
    return urlunsplit(parts._replace(query=urlencode([*query, ("t", f"{second}s")])))
