"""How text becomes words: one definition for indexing, for queries and for marking found words.

A *token* is a word with its place in the text as it stands; its *term* is the folded form that is compared. Folding
makes quotes, apostrophes, soft hyphens, zero-width signs, accents, strokes, ligatures, full-width letters and capitals
alike (`sources.letters`), and writes `U.S.C.` as `usc`. It never touches what is shown. A hyphen or dash parts words
("run-of-the-mill" is four), an apostrophe inside a word does not. Scripts written without blanks (Thai, Chinese,
Japanese …) give a token for each letter, so that exact phrases work in them too.
"""

import hashlib
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from sources.letters import plain

REVISION = 2
"""Goes up when the same text may give other terms or stems: an index built with another one needs a rebuild."""

_MAX_TERM = 64

# Thai to Myanmar, Khmer, the kana, and the Han ideographs: no blanks between words.
_UNSPACED = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# The okina of Hawaiʻi and such: signs for sounds that plain spellings leave out.
_UNWRITTEN = "\u02b9\u02bb\u02bd\u02be\u02bf"
_APOSTROPHES = "'\u2018\u2019\u02bc\uff07"
_LETTER = rf"[^\W_{_UNSPACED}{_UNWRITTEN}]"
_MARK = "[\u0300-\u036f]"
_RUN = rf"{_LETTER}+(?:(?:{_MARK}|[{_INVISIBLE}{_UNWRITTEN}](?={_LETTER}|{_MARK}))+{_LETTER}*)*"
_TOKEN = re.compile(
    rf"(?:(?<!\w)[A-Za-z]\.){{2,}}(?:[A-Za-z](?!\w))?"  # U.S.C. and U.S
    rf"|\d+(?:[.,]\d+)+"  # 1,000 and 3.6
    rf"|{_RUN}(?:[{_APOSTROPHES}]{_RUN})*"
    rf"|[{_UNSPACED}](?<=\w){_MARK}*"
)
_FOLDED = {
    **{ord(sign): "'" for sign in _APOSTROPHES},
    **dict.fromkeys(map(ord, _INVISIBLE + _UNWRITTEN), ""),
}
_INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]?")


@dataclass(frozen=True, slots=True)
class Token:
    """A word at `text[start:end]`, with the term it is compared by."""

    term: str
    start: int
    end: int


def chunks(text: str) -> Iterator[re.Match[str]]:
    """The words of a text as they are written, in order; `term_of` folds one."""
    return _TOKEN.finditer(text)


def tokens(text: str) -> list[Token]:
    """The words of a text with their folded terms, in order.

    >>> [token.term for token in tokens("Zelenskyy’s “quid pro quo”—52 U.S.C. § 30121")]
    ["zelenskyy's", 'quid', 'pro', 'quo', '52', 'usc', '30121']
    """
    return [Token(term_of(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def terms(text: str) -> list[str]:
    """The folded terms of a text, in order."""
    # Letters and blanks alone, as most questions are, need no pattern.
    plain = text.isascii() and text.replace(" ", "").isalpha()
    return list(map(term_of, text.split() if plain else _TOKEN.findall(text)))


def folded(word: str) -> str:
    """The folded form of one written word. A word of more than 64 letters is compared by a digest of all of them."""
    if word.isascii() and word.isalnum():
        term = word.lower()
    else:
        term = plain(word.translate(_FOLDED))
        if _INITIALS.fullmatch(term):
            term = term.replace(".", "")
        elif term[:1].isdigit():
            term = term.replace(",", "")
    if len(term) > _MAX_TERM:
        return f"{term[:16]}…{hashlib.blake2b(term.encode(), digest_size=16).hexdigest()}"
    return term


_local = threading.local()


def stemmed(term: str) -> str:
    """The stem under which the inflections of a term are found together (Snowball's English, possessive dropped).

    >>> stemmed("interference") == stemmed("interfering"), stemmed("mueller's")
    (True, 'mueller')
    """
    stemmer: Stemmer.Stemmer | None = getattr(_local, "stemmer", None)
    if stemmer is None:
        # One a thread: a stemmer keeps state while it works. Its own cache, behind ours, costs more than it saves.
        stemmer = _local.stemmer = Stemmer.Stemmer("english", 0)
    base = term.removesuffix("'s")
    return stemmer.stemWord(base) if base.isascii() else base


term_of = lru_cache(maxsize=200_000)(folded)
"""`folded`, for words that come again and again."""
stem_of = lru_cache(maxsize=200_000)(stemmed)
"""`stemmed`, for terms that do."""
