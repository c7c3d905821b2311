"""Makes a home as large as is wanted: `python -m tests.bench.scale_home DATA HOME [--passages 1000000]`.

The documents are those of `tests.bench.engines.passages`, a paragraph each passage. They go into the store as readings
of one source do, a few hundred at a time, so that it has every row that a desk asks for; only of the raw files one
stands for all. Then the index is built from the store, as `quotedesk reindex --full` builds it.
"""

import asyncio
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from bot.build import Application, build
from bot.config import Config
from bot.roles import LOCAL
from bot.store.readings import Reading
from bot.store.sources import SourceRecord
from index.sync import rebuild
from sources.document import Document, PartialDate, Raw, document_id
from tests.bench.engines.passages import Line, lines

_ADDED = datetime(2026, 11, 22, tzinfo=UTC)
_AT_ONCE = 400
_SOURCE = SourceRecord("scale", LOCAL, "scale", "folder", "/nowhere/scale", _ADDED, paused=True)


def main(
    data: Annotated[Path, typer.Argument(help="The test data.")],
    home: Annotated[Path, typer.Argument(help="The new home.")],
    passages: Annotated[int, typer.Option(help="So many, about.")] = 1_000_000,
    index: Annotated[bool, typer.Option(help="Build the index too.")] = True,
) -> None:
    """Fill the store, then build the index."""
    asyncio.run(_make(data, home, passages, index=index))


async def _make(data: Path, home: Path, passages: int, *, index: bool) -> None:
    async with await build(Config.model_validate({"quotedesk_home": home})) as app:
        if not await app.store.archive.sources(LOCAL):
            begun = time.perf_counter()
            await _fill(app, lines(data, passages))
            print(f"stored in {time.perf_counter() - begun:.0f} s", flush=True)
        if index:
            begun = time.perf_counter()
            stamp = await rebuild(app.store.archive, app.engine)
            print(f"{stamp.passages:,} passages indexed in {time.perf_counter() - begun:.0f} s", flush=True)


async def _fill(app: Application, of: Iterable[Line]) -> None:
    await app.store.archive.add_source(_SOURCE)
    held: list[Reading] = []
    for reading in _readings(of):
        held.append(reading)
        if len(held) == _AT_ONCE:
            await app.store.archive.record(_SOURCE, held)
            held = []
    await app.store.archive.record(_SOURCE, held)


def _readings(of: Iterable[Line]) -> Iterator[Reading]:
    for location, given in groupby(of, lambda line: line.document):
        paragraphs = list(given)
        document = Document(
            id=document_id(LOCAL, _SOURCE.id, location),
            workspace_id=LOCAL,
            source_id=_SOURCE.id,
            location=location,
            title=paragraphs[0].title or None,
            text="\n\n".join(line.text for line in paragraphs),
            added=_ADDED,
            published=PartialDate.parse(paragraphs[0].date) if paragraphs[0].date else None,
        )
        raw = Raw(location, b"one for all", "text/plain", _ADDED)
        yield Reading(location, location, "plain 1", raw, (document,))


if __name__ == "__main__":
    typer.run(main)
