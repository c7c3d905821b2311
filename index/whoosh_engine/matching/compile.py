"""A `Query` in Whoosh's query objects. The only place that knows in which fields a loose word is looked for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from whoosh import query as wq

from index.analysis import stem_of, term_of, terms
from index.query.nodes import AnyForm, Either, Every, Field, FieldName, Fuzzy, Near, Node, Phrase, Wildcard, Word
from index.whoosh_engine.matching import near
from index.whoosh_engine.matching.documents import OfDocuments
from index.whoosh_engine.matching.statistics import AnyRun
from index.whoosh_engine.segment import schema

_FIELDS = {
    FieldName.SPEAKER: (schema.SPEAKER, schema.WHO),
    FieldName.SOURCE: (schema.SOURCE,),
    FieldName.PUBLISHER: (schema.PUBLISHER,),
    FieldName.TYPE: (schema.KIND,),
    FieldName.TITLE: (schema.TITLE,),
    FieldName.PAGE: (schema.PAGE,),
}

_OF_DOCUMENTS = frozenset({FieldName.TAG, FieldName.STORY})
"""Fields that ask for ids of documents (`index.port.Engine.search`)."""

Where = Mapping[str, float]
"""The fields to look in and what a find counts in each: one named field, or all that are searched."""


def compiled(node: Node, where: Where) -> wq.Query:
    """The Whoosh query of a node, its loose words found in any field of `where`."""
    return _in(node, where)


def compiled_helping(word: Word) -> wq.Query:
    """A function word: looked for in the passage only."""
    return _stems(word.text, schema.TEXT_FIELD)


def _in(node: Any, where: Where) -> wq.Query:
    return _COMPILERS[type(node)](node, where)


def _named(where: Where) -> str | None:
    """The one field that the asker named; None where any will do."""
    return next(iter(where)) if len(where) == 1 else None


def _word(node: Word, where: Where) -> wq.Query:
    if _named(where) == schema.SOURCE:
        return wq.Term(schema.SOURCE, node.text)
    return _any(where, lambda field: _stems(node.text, field))


def _any_form(node: AnyForm, where: Where) -> wq.Query:
    """What an entry finds besides is another word, most often a more frequent one: it has a rarity of its own."""
    forms = dict.fromkeys(_stemmed(text) for text in (node.word.text, *node.forms))
    finds = dict.fromkeys(stems for text in node.finds if (stems := _stemmed(text)) not in forms)
    found = [_any(where, lambda field, runs=runs: AnyRun(field, tuple(runs))) for runs in (finds, forms) if runs]
    return found[0] if len(found) == 1 else wq.Or(found)


def _stemmed(text: str) -> tuple[str, ...]:
    return tuple(stem_of(term) for term in terms(text))


def _any(where: Where, query: Callable[[str], wq.Query]) -> wq.Query:
    found = [_boosted(query(field), weight) for field, weight in where.items()]
    return found[0] if len(found) == 1 else wq.Or(found)


def _stems(text: str, field: str) -> wq.Query:
    """A word that folds to several ("run-of-the-mill") needs all of them."""
    stems = [stem_of(term) for term in terms(text)]
    queries = [wq.Term(field, stem) for stem in stems]
    return queries[0] if len(queries) == 1 else wq.And(queries) if queries else wq.Or([])


def _boosted(query: wq.Query, weight: float) -> wq.Query:
    query.boost = weight
    return query


def _phrase(node: Phrase, where: Where) -> wq.Query:
    field = _named(where)
    words = terms(node.text)
    if field == schema.SOURCE:
        return wq.Term(field, node.text)
    if len(words) == 1 and field is None:
        return wq.Term(schema.EXACT, words[0])
    return wq.Phrase(field or schema.EXACT, words)


def _wildcard(node: Wildcard, where: Where) -> wq.Query:
    name = _named(where) or schema.EXACT
    folded = "*".join(term_of(part) for part in node.pattern.split("*"))
    if folded.count("*") == 1 and folded.endswith("*"):
        return wq.Prefix(name, folded[:-1])
    return wq.Wildcard(name, folded)


def _fuzzy(node: Fuzzy, where: Where) -> wq.Query:
    return wq.FuzzyTerm(_named(where) or schema.EXACT, term_of(node.text), maxdist=node.edits, prefixlength=0)


def _either(node: Either, where: Where) -> wq.Query:
    return wq.Or([_in(part, where) for part in node.nodes])


def _every(node: Every, where: Where) -> wq.Query:
    wanted = [_in(part, where) for part in node.nodes]
    return wq.And([*wanted, *(wq.Not(_in(part, where)) for part in node.excluded)])


def _field(node: Field, _: Where) -> wq.Query:
    if node.name in _OF_DOCUMENTS:
        return OfDocuments(part.text for part in _leaves(node.node) if isinstance(part, Word))
    found = [_in(node.node, {name: 1.0}) for name in _FIELDS[node.name]]
    return found[0] if len(found) == 1 else wq.Or(found)


def _leaves(node: Any) -> Sequence[Any]:
    return node.nodes if isinstance(node, Either) else (node,)


def _near(node: Near, _: Where) -> wq.Query:
    return near.Near([_operand(part) for part in node.parts], node.distance, node.scope)


def _operand(node: Word | Phrase | Wildcard | Fuzzy | Either) -> wq.Query:
    """An operand of NEAR stands in the passage's own words."""
    if isinstance(node, Word):
        words = terms(node.text)
        return wq.Phrase(schema.EXACT, words) if len(words) > 1 else _stems(node.text, schema.TEXT_FIELD)
    if isinstance(node, Either):
        return wq.Or([_operand(part) for part in node.nodes if not isinstance(part, AnyForm | Every | Field | Near)])
    return _in(node, {schema.EXACT: 1.0})


_COMPILERS: Mapping[type, Callable[[Any, Where], wq.Query]] = {
    Word: _word,
    AnyForm: _any_form,
    Phrase: _phrase,
    Wildcard: _wildcard,
    Fuzzy: _fuzzy,
    Near: _near,
    Either: _either,
    Every: _every,
    Field: _field,
}
