"""Letters as they are typed where there are none but plain ones: what names and words are compared by. Pure."""

import re
import unicodedata

_NAMED = re.compile(
    r"LATIN (?:SMALL (?:LETTER|LIGATURE)|LETTER SMALL CAPITAL) (?:(?:BARRED|DOTLESS|OPEN) )?([A-Z]{1,2})"
    r"(?: BAR| WITH .+)?"
)
"""By Unicode's names a letter with a stroke, a hook or a bar is that letter, and a ligature its two."""

_OTHERS = {"ð": "d", "þ": "th", "ŋ": "n", "ĸ": "q", "ə": "a", "ǝ": "e"}
"""Letters whose names say nothing of it, as Lucene's ASCIIFoldingFilter and CLDR's Latin-ASCII have them."""


class _Plain(dict[int, str]):
    """What stands for a letter that doesn't come apart into a plain one and its marks."""

    def __missing__(self, letter: int) -> str:
        small = chr(letter).lower()
        named = _NAMED.fullmatch(unicodedata.name(small, "")) if len(small) == 1 else None
        self[letter] = found = _OTHERS.get(small) or (named[1].lower() if named else chr(letter))
        return found


_PLAIN = _Plain()


def plain(text: str) -> str:
    """The text in small letters without accents, strokes, ligatures and the styles of letters. Its length may change.

    What a letter is in its own language counts for nothing, as in those tables: `ø` and `ö` are `o`, never `oe`.

    >>> plain("Wałęsa"), plain("Đorđević"), plain("SØRENSEN"), plain("Ægir Þór Weiß")
    ('walesa', 'dordevic', 'sorensen', 'aegir thor weiss')
    """
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(sign for sign in parts if not unicodedata.combining(sign)).translate(_PLAIN)
    return text.casefold()
