"""How many text-fragment links Chromium finds at their place: `python -m tests.bench.fragment_links [PAGES [FIRST]]`.

Generated pages, five links each (passages and stretches of them); needs chromium and the development packages.
"""

import asyncio
import random
import sys

from tests.browser import nasty
from tests.browser.fragments import Tried, spans, stored, tried
from tests.browser.reading import reading

LINKS = 5


async def main(pages: int = 60, first: int = 1000) -> None:
    """Print each miss, then the rate."""
    found: list[Tried] = []
    async with reading() as reader:
        for seed in range(first, first + pages):
            html, chance = nasty.page(seed), random.Random(seed)
            document = stored(html)
            places = list(spans(document, chance, 3))
            some = chance.sample(places, min(LINKS, len(places)))
            here = await tried(reader, html, nasty.APART, document, some)
            found += here
            for miss in (one for one in here if not one.right):
                print(f"page {seed}: {miss.link.partition(':~:')[2]}")
                print(f"  stored: {miss.wanted!r}\n  marked: {miss.marked!r}")
    right = sum(one.right for one in found)
    print(f"{right} of {len(found)} links found at their place: {right / len(found):.3f}")


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
