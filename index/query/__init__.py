"""The reporters' query language: `parse` turns what is typed into a `Query`, free of any engine."""

from index.query.describe import describe
from index.query.nodes import (
    AnyForm,
    DateField,
    DateFilter,
    DateTest,
    Either,
    Every,
    Field,
    FieldName,
    Fuzzy,
    Near,
    Node,
    Phrase,
    Query,
    Scope,
    Sort,
    Wildcard,
    Word,
)
from index.query.parser import parse
from index.query.rewrite import fields_of, rewritten

__all__ = [
    "AnyForm",
    "DateField",
    "DateFilter",
    "DateTest",
    "Either",
    "Every",
    "Field",
    "FieldName",
    "Fuzzy",
    "Near",
    "Node",
    "Phrase",
    "Query",
    "Scope",
    "Sort",
    "Wildcard",
    "Word",
    "describe",
    "fields_of",
    "parse",
    "rewritten",
]
