"""A `Query` in Whoosh's query objects. The only place that knows in which fields a loose word is looked for."""

from collections.abc import Callable, Mapping
from typing import Any

from whoosh import query as wq

from index.analysis import stem_of, term_of, terms
from index.query.nodes import Either, Every, Field, FieldName, Fuzzy, Near, Node, Phrase, Wildcard, Word
from index.whoosh_engine import near, schema

WEIGHTS: Mapping[str, float] = {
    schema.TEXT_FIELD: 1.0,
    schema.TITLE: 0.5,
    schema.SPEAKER: 0.5,
    schema.PUBLISHER: 0.2,
    schema.WHEN: 0.4,
}
"""The fields in which a loose word counts as found, and what it is worth there beside the passage's own words."""

_FIELDS = {
    FieldName.SPEAKER: (schema.SPEAKER, schema.WHO),
    FieldName.SOURCE: (schema.SOURCE,),
    FieldName.PUBLISHER: (schema.PUBLISHER,),
    FieldName.TYPE: (schema.KIND,),
    FieldName.TITLE: (schema.TITLE,),
    FieldName.PAGE: (schema.PAGE,),
}


def compiled(node: Node) -> wq.Query:
    """The Whoosh query of a node, found in any searched field."""
    return _COMPILERS[type(node)](node, None)


def compiled_helping(word: Word) -> wq.Query:
    """A function word: looked for in the passage only."""
    return _stems(word.text, schema.TEXT_FIELD)


def _in(node: Any, field: str | None) -> wq.Query:
    return _COMPILERS[type(node)](node, field)


def _word(node: Word, field: str | None) -> wq.Query:
    if field == schema.SOURCE:
        return wq.Term(field, node.text)
    if field is not None:
        return _stems(node.text, field)
    return wq.Or([_boosted(_stems(node.text, name), weight) for name, weight in WEIGHTS.items()])


def _stems(text: str, field: str) -> wq.Query:
    """A word that folds to several ("run-of-the-mill") needs all of them."""
    stems = [stem_of(term) for term in terms(text)]
    queries = [wq.Term(field, stem) for stem in stems]
    return queries[0] if len(queries) == 1 else wq.And(queries) if queries else wq.Or([])


def _boosted(query: wq.Query, weight: float) -> wq.Query:
    query.boost = weight
    return query


def _phrase(node: Phrase, field: str | None) -> wq.Query:
    words = terms(node.text)
    if field == schema.SOURCE:
        return wq.Term(field, node.text)
    if len(words) == 1 and field is None:
        return wq.Term(schema.EXACT, words[0])
    return wq.Phrase(field or schema.EXACT, words)


def _wildcard(node: Wildcard, field: str | None) -> wq.Query:
    name = field or schema.EXACT
    folded = "*".join(term_of(part) for part in node.pattern.split("*"))
    if folded.count("*") == 1 and folded.endswith("*"):
        return wq.Prefix(name, folded[:-1])
    return wq.Wildcard(name, folded)


def _fuzzy(node: Fuzzy, field: str | None) -> wq.Query:
    return wq.FuzzyTerm(field or schema.EXACT, term_of(node.text), maxdist=node.edits)


def _either(node: Either, field: str | None) -> wq.Query:
    return wq.Or([_in(part, field) for part in node.nodes])


def _every(node: Every, field: str | None) -> wq.Query:
    wanted = [_in(part, field) for part in node.nodes]
    return wq.And([*wanted, *(wq.Not(_in(part, field)) for part in node.excluded)])


def _field(node: Field, _: str | None) -> wq.Query:
    found = [_in(node.node, name) for name in _FIELDS[node.name]]
    return found[0] if len(found) == 1 else wq.Or(found)


def _near(node: Near, _: str | None) -> wq.Query:
    return near.Near([_operand(part) for part in node.parts], node.distance, node.scope)


def _operand(node: Word | Phrase | Wildcard | Fuzzy | Either) -> wq.Query:
    """An operand of NEAR stands in the passage's own words."""
    if isinstance(node, Word):
        words = terms(node.text)
        return wq.Phrase(schema.EXACT, words) if len(words) > 1 else _stems(node.text, schema.TEXT_FIELD)
    if isinstance(node, Either):
        return wq.Or([_operand(part) for part in node.nodes if not isinstance(part, Every | Field | Near)])
    return _in(node, None)


_COMPILERS: Mapping[type, Callable[[Any, str | None], wq.Query]] = {
    Word: _word,
    Phrase: _phrase,
    Wildcard: _wildcard,
    Fuzzy: _fuzzy,
    Near: _near,
    Either: _either,
    Every: _every,
    Field: _field,
}
