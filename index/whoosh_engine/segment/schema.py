"""The fields as Whoosh knows them, and the stamp that tells whether an index was built as this code would build it.

`exact` holds every word of a passage as written (folded), `text` the same words by their stems; a phrase and
`"not"` are found in `exact`, a loose word in `text`. The others are the document's and the speaker's own words,
stemmed like the text; `who` are all names of the people who speak or are quoted, asked by `speaker:` only.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import Stemmer
from whoosh.analysis import Analyzer, Token
from whoosh.fields import STORED, TEXT, Schema

from index import analysis, split
from sources.people import People

EXACT, TEXT_FIELD = "exact", "text"
TITLE, SPEAKER, PUBLISHER, WHEN = "title", "speaker", "publisher", "when"
KIND, SOURCE, PAGE, WHO = "kind", "source", "page", "who"

LABELS = (TITLE, SPEAKER, PUBLISHER, WHEN, KIND, SOURCE, PAGE, WHO)
"""Fields whose few distinct values are shared by many passages."""

FORMAT = 4
"""Goes up when the files of a segment or of a generation change."""


class WordAnalyzer(Analyzer):
    """Whoosh's view of `index.analysis`: the one definition of words, stemmed or exact."""

    def __init__(self, stemmed: bool) -> None:
        self.stemmed = stemmed

    def __call__(self, value: str, positions: bool = False, chars: bool = False, **_: Any) -> Iterator[Token]:
        """The words of a value, as Whoosh asks for them: one token that changes under the reader's hands."""
        token = Token(positions, chars)
        for position, word in enumerate(analysis.tokens(value)):
            token.text = analysis.stem_of(word.term) if self.stemmed else word.term
            token.boost = 1.0
            token.pos, token.startchar, token.endchar = position, word.start, word.end
            yield token


def schema() -> Schema:
    """The schema; phrases are possible in every field."""
    stems, exact = WordAnalyzer(stemmed=True), WordAnalyzer(stemmed=False)
    return Schema(
        stored=STORED,
        **{EXACT: TEXT(analyzer=exact), TEXT_FIELD: TEXT(analyzer=stems)},
        **{label: TEXT(analyzer=stems) for label in LABELS},
    )


def stamp(people: People) -> str:
    """A short name for how an index is built: words, stems, passages, people and files."""
    parts = (FORMAT, analysis.REVISION, split.REVISION, Stemmer.version(), people.digest)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:12]
