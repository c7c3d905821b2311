"""`tag:` and `story:` in a question: they go by words of the tags and stories of pins, and mean the documents of those
pins. Which pins count is the asker's matter: those of sources that they may read, and none that was taken down."""

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.source_names import names, written
from bot.store.pins import Label
from index.errors import BadQuery
from index.query import Either, Field, FieldName, Query, Word, fields_of, rewritten

_NONE = {
    FieldName.TAG: "No pin that you can see is tagged “{}”.",
    FieldName.STORY: "No pin that you can see is for a story “{}”.",
}
NO_PIN_YET = (
    "“{}:” reads what is pinned, and what is new is not pinned yet, so a watch can't wait for it. "
    "Take it out, or narrow the watch by source: or publisher:."
)


class Labels(Protocol):
    """What pins are called; `bot.store.pins.Pins` is it."""

    async def labels(self, workspace_id: str, sources: Collection[str]) -> Sequence[Label]:
        """The tags and the story of each pin of these sources that was not taken down. Raises StoreUnavailable."""
        ...


async def resolve_pins(query: Query, pins: Labels, workspace_id: str, sources: Collection[str]) -> Query:
    """The query with every `tag:` and `story:` asking for the ids of the documents that have such pins.

    The pins are read only where it has one. Raises BadQuery where no pin of these `sources` is called so, in the same
    words whether or not one of other sources is.
    """
    if not any(field.name in _NONE for field in fields_of(query)):
        return query
    labels = await pins.labels(workspace_id, sources)

    def resolve(field: Field) -> Field:
        if field.name not in _NONE:
            return field
        ids = {label.document_id for label in labels if any(names(field.node, name) for name in _of(label, field.name))}
        if not ids:
            raise BadQuery(_NONE[field.name].format(written(field.node)))
        return Field(field.name, Either(tuple(map(Word, sorted(ids)))))

    return rewritten(query, resolve)


def without_pins(query: Query) -> Query:
    """The query. Raises BadQuery for one that reads pins, which a watch can't."""
    for field in fields_of(query):
        if field.name in _NONE:
            raise BadQuery(NO_PIN_YET.format(field.name.value))
    return query


def _of(label: Label, field: FieldName) -> Sequence[str]:
    if field is FieldName.TAG:
        return label.tags
    return [label.story] if label.story else []
