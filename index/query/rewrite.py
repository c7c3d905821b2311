"""A query with some of its fields put otherwise."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from index.query.nodes import Either, Every, Field, Node, Query


def rewritten(query: Query, change: Callable[[Field], Field]) -> Query:
    """The query with every field as `change` has it, also those within groups."""

    def put(node: Node) -> Node:
        match node:
            case Field():
                return change(node)
            case Either(nodes):
                return Either(tuple(map(put, nodes)))
            case Every(nodes, excluded):
                return Every(tuple(map(put, nodes)), tuple(map(put, excluded)))
            case _:
                return node

    return replace(
        query,
        wanted=tuple(map(put, query.wanted)),
        required=tuple(map(put, query.required)),
        excluded=tuple(map(put, query.excluded)),
    )


def fields_of(query: Query) -> Iterator[Field]:
    """All fields that are asked for, also those within groups."""
    nodes: list[Node] = [*query.wanted, *query.required, *query.excluded]
    while nodes:
        match nodes.pop():
            case Field() as field:
                yield field
            case Either(parts):
                nodes += parts
            case Every(parts, excluded):
                nodes += (*parts, *excluded)
            case _:
                continue
