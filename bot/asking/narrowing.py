"""A question with one more filter, or one less, or in another order: written out, so that it can be read, changed and
kept. Pure.
"""

import re

from index.errors import BadQuery
from index.query import Field, FieldName, Query, Sort, parse
from index.query.quotes import QUOTES
from index.query.terms import DATE_FIELDS

_MARKS = re.compile(f"[{re.escape(QUOTES)}]")
_FILTER = re.compile(rf'(?<!\S)(?ai:{"|".join([*FieldName, *DATE_FIELDS])}):(?:"[^"]*"|[^\s"()]+)(?!\S)')
_SORT = re.compile(r"(?<!\S)sort:\s*\w+(?!\S)", re.IGNORECASE)


def chosen(field: FieldName, value: str) -> str:
    """The filter that narrows a field to a value, as it is typed.

    >>> chosen(FieldName.SPEAKER, 'William “Bill” Barr')
    'speaker:"William Bill Barr"'
    """
    return f'{field.value}:"{" ".join(_MARKS.sub(" ", value).split())}"'


def filters(question: str) -> list[str]:
    """The filters that can be taken out again, as they are typed.

    >>> filters('foreign speaker:"Bill Barr" -type:news on:2016..2018 title:dirt')
    ['speaker:"Bill Barr"', 'on:2016..2018', 'title:dirt']
    """
    return [found[0] for found in _FILTER.finditer(question) if widened(question, found[0])]


def narrowed(question: str, part: str) -> str | None:
    """The question with a filter beside it; None where nothing can stand beside it, as after a mark never closed.

    >>> narrowed("foreign OR dirt", "on:2019"), narrowed('"foreign dirt', "on:2019")
    ('foreign OR dirt on:2019', None)
    """
    try:
        before, written = parse(question), f"{question.strip()} {part}"
        after = parse(written)
    except BadQuery:
        return None
    return written if _said(after) == _said(before) and _filters(after) > _filters(before) else None


def widened(question: str, part: str) -> str | None:
    """The question without a filter that it has; None where it has none that is written so, or nothing else.

    >>> widened('foreign on:2019 dirt', "on:2019"), widened("on:2019", "on:2019"), widened("dirt", "on:2019")
    ('foreign dirt', None, None)
    """
    found = re.search(rf"(?<!\S){re.escape(part)}(?!\S)", question, re.IGNORECASE)
    if found is None:
        return None
    written = f"{question[: found.start()].rstrip()} {question[found.end() :].lstrip()}".strip()
    try:
        before, after = parse(question), parse(written)
    except BadQuery:
        return None
    return written if _said(after) == _said(before) and _filters(after) < _filters(before) else None


def ordered(question: str, sort: Sort) -> str | None:
    """The question in another order; None where the order can't be written beside it.

    >>> ordered("dirt sort:newest", Sort.OLDEST), ordered("dirt sort:newest", Sort.RELEVANCE)
    ('dirt sort:oldest', 'dirt')
    """
    try:
        before = parse(question)
        bare = " ".join(_SORT.sub(" ", question).split()) if before.sort is not Sort.RELEVANCE else question.strip()
        written = bare if sort is Sort.RELEVANCE else f"{bare} sort:{sort}"
        after = parse(written)
    except BadQuery:
        return None
    return written if (_said(after), after.sort) == (_said(before), sort) else None


def _said(query: Query) -> tuple[object, ...]:
    """All of a question but its filters."""
    return query.wanted, query.excluded, query.helping, [node for node in query.required if not isinstance(node, Field)]


def _filters(query: Query) -> int:
    return len(query.dates) + sum(isinstance(node, Field) for node in query.required)
