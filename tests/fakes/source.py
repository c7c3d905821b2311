"""A place that holds what a test puts there, and an extractor that reads bytes as text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sources.document import Extract, Raw
from sources.errors import Unreachable, Unreadable
from sources.port import Declared, Discovery, Item, Refused

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass
class FakeSource:
    """Items by location. A failure takes the place of an item's bytes, or, in `problem`, of the whole place."""

    items: dict[str, bytes | Exception] = field(default_factory=dict[str, "bytes | Exception"])
    declared: dict[str, Declared] = field(default_factory=dict[str, Declared])
    refused: tuple[Refused, ...] = ()
    complete: bool = True
    problem: str | None = None
    fetched: list[str] = field(default_factory=list[str])

    async def discover(self, cursor: str | None = None) -> Discovery:
        if self.problem:
            raise Unreachable(self.problem)
        items = [
            Item(location, str(hash(repr(content))), self.declared.get(location, Declared()))
            for location, content in sorted(self.items.items())
        ]
        return Discovery(items, self.refused, self.complete)

    async def fetch(self, item: Item) -> Raw:
        self.fetched.append(item.location)
        content = self.items[item.location]
        if isinstance(content, Exception):
            raise content
        return Raw(item.location, content, "text/plain", NOON)


class PlainExtractor:
    """Each `---` line begins a further document, a part of the file; bytes that are no UTF-8 are unreadable."""

    async def extract(self, raw: Raw) -> Sequence[Extract]:
        try:
            texts = raw.content.decode().split("---\n")
        except UnicodeDecodeError as error:
            raise Unreadable("This is no text.") from error
        if texts == ["crash"]:
            raise ZeroDivisionError
        return [Extract(text, part=str(number) if number else "") for number, text in enumerate(texts)]
