"""How long the reader's page of a document takes over HTTP, for somebody who is signed in.

    python -m tests.bench.reading DATA/corpus/newsroom/mueller --places 200

Reads the folder into a home of its own, takes its longest documents and opens them at places drawn by chance; then asks
each once for a word, which looks through the whole of it.
"""

import argparse
import asyncio
import random
import statistics
import tempfile
import time
from pathlib import Path

import aiohttp

from bot.roles import operator
from tests.bot.web.paging import Pages, pages

LONGEST = 10


async def measured(folder: str, places: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        async with pages(Path(home)) as site:
            await site.app.holdings.add(operator(), folder, name="bench")
            documents = await longest(site)
            browser, chance = await site.enter("rita"), random.Random(1)
            opened = list[float]()
            for _ in range(places):
                document, length = chance.choice(documents)
                start = chance.randrange(length - 200)
                opened.append(await taken(browser, f"/d/{document}?v=1&at={start}-{start + 200}"))
            found = [await taken(browser, f"/d/{document}?v=1&q=president") for document, _ in documents]
    print(f"{len(documents)} documents of {documents[-1][1]:,} to {documents[0][1]:,} characters, {places} places")
    print(f"opened: {told(opened)}")
    print(f"first look for a word: {told(found)}")


async def longest(site: Pages) -> list[tuple[str, int]]:
    """The longest documents, with their lengths, the longest first."""
    found = await site.app.store.archive.current(await site.app.store.archive.live_ids())
    lengths = [(one.document.id, len(one.document.text)) for one in found]
    return sorted(lengths, key=lambda one: -one[1])[:LONGEST]


async def taken(browser: aiohttp.ClientSession, path: str) -> float:
    begun = time.perf_counter()
    async with browser.get(path) as answer:
        assert answer.status == 200
        await answer.read()
    return (time.perf_counter() - begun) * 1000


def told(times: list[float]) -> str:
    ordered = sorted(times)
    p95 = ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]
    return f"p50 {statistics.median(ordered):.0f} ms, p95 {p95:.0f} ms"


if __name__ == "__main__":
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("folder")
    given.add_argument("--places", type=int, default=200)
    asked = given.parse_args()
    asyncio.run(measured(asked.folder, asked.places))
