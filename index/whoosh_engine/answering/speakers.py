"""Whom `speaker:` means: a name that the table of people knows also finds the person under every other name."""

from dataclasses import replace

from index.query.nodes import Either, Every, Field, FieldName, Node, Phrase, Word
from index.whoosh_engine.segment.rows import person_term
from sources.people import People


def resolved(node: Node, people: People) -> Node:
    """The node with each known name under `speaker:` widened by its person; titles in a name are no condition then.

    >>> from sources.people import Person
    >>> resolved(Field(FieldName.SPEAKER, Word("AG Barr")), People([Person("Bill Barr")])).node
    Either(nodes=(Word(text='AG Barr'), Word(text='billbarr')))
    """
    match node:
        case Either(nodes):
            return Either(tuple(resolved(part, people) for part in nodes))
        case Every(nodes, excluded):
            return Every(
                tuple(resolved(part, people) for part in nodes), tuple(resolved(part, people) for part in excluded)
            )
        case Field(FieldName.SPEAKER, inner):
            found = _named(inner, people)
            assert not isinstance(found, Field), "a field holds no field"
            return replace(node, node=found)
        case _:
            return node


def _named(node: Node, people: People) -> Node:
    if isinstance(node, Either):
        return Either(tuple(_named(part, people) for part in node.nodes))
    name = _name(node)
    person = people.who(name) if name else None
    return Either((node, Word(person_term(person)))) if person else node


def _name(node: Node) -> str:
    """The name that a node writes; empty where it is more than words that must be found."""
    match node:
        case Word(text) | Phrase(text):
            return text
        case Every(nodes, ()):
            words = [part.text for part in nodes if isinstance(part, Word)]
            return " ".join(words) if len(words) == len(nodes) else ""
        case _:
            return ""
