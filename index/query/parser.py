"""From what a reporter types to a `Query`."""

from dataclasses import replace

from index.errors import BadQuery
from index.query.arrange import arrange
from index.query.describe import describe
from index.query.grammar import Grammar
from index.query.lexer import Lexer, visible
from index.query.nodes import Fuzzy, Near, Phrase, Query, Wildcard, Word

_TERMS = Word | Phrase | Wildcard | Fuzzy

LONGEST = 1000
"""Characters of a query."""

MOST_TERMS = 64
"""Words, phrases and the like of a query."""


def parse(text: str, *, limit: int = 10, cursor: str | None = None, dates_alone: bool = False) -> Query:
    """Read the reporters' query language; with `dates_alone`, dates are enough to ask for something.

    Raises `BadQuery`, whose sentence says how to mend the query, and nothing else for any text; takes linear time.
    `understood` tells what is searched, and what looked like an operator and was taken as text.

    >>> parse('Barr "foreign dirt" before:2019').understood
    'Words: Barr; the exact words “foreign dirt”; said or published before 2019-01-01.'
    """
    if len(text) > LONGEST:
        raise BadQuery(
            f"The query is {len(text):,} characters long; {LONGEST:,} are allowed. Search for a shorter piece."
        )
    lexer = Lexer(visible(text))
    terms = sum(len(token.parts) if isinstance(token, Near) else isinstance(token, _TERMS) for token in lexer.tokens)
    if terms > MOST_TERMS:
        raise BadQuery(
            f"The query has {terms} words; {MOST_TERMS} are allowed. For exact words, put quotation marks around."
        )
    found = arrange(Grammar(lexer.tokens).read(), text, dates_alone=dates_alone)
    query = Query(
        text=text,
        wanted=found.wanted,
        required=found.required,
        excluded=found.excluded,
        helping=found.helping,
        dates=found.dates,
        sort=found.sort,
        limit=limit,
        cursor=cursor,
    )
    return replace(query, understood=" ".join((describe(query), *lexer.remarks)))
