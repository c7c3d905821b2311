"""How long it takes to ask many watches of new passages: `python -m tests.bench.watches [WATCHES] [PASSAGES]`.

Questions and passages are made of words whose frequencies fall as those of a language do (Zipf), questions are of the
kinds that reporters set up: names, exact words, exclusions, fields, dates, near, a few patterns. Told are the seconds
of `Finder.step` (reading the change log and the versions, asking all watches, comparing with earlier versions, keeping
what was found) against the store in a temporary home, and of the asking alone.
"""

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.build import Application, build
from bot.config import Config
from bot.roles import operator
from bot.watches.finding import Finder
from index.entries import entry
from index.port import Access, Standing
from index.query import parse
from tests.fakes.watches import CREATED, a_watch

VOCABULARY = 20_000
WORDS_A_PASSAGE = 86
PASSAGES_A_DOCUMENT = 20


def words(chance: random.Random, number: int) -> list[str]:
    """Words of which the n-th is there about 1/n as often as the first."""
    return [f"w{int(VOCABULARY ** chance.random())}en" for _ in range(number)]


def name(chance: random.Random) -> str:
    """A rare word, as names are."""
    return f"w{chance.randint(200, VOCABULARY)}en"


def question(chance: random.Random) -> str:
    """One of a reporter's."""
    kind = chance.random()
    one, other = name(chance), name(chance)
    for limit, text in (
        (0.45, f"{one} {other}"),
        (0.60, one),
        (0.72, f'"{one} {other}"'),
        (0.80, f"{one} -{' '.join(words(chance, 1))}"),
        (0.86, f"speaker:{one} {other}"),
        (0.91, f"{one} after:2019"),
        (0.96, f'"{one} {other}"~8'),
        (0.99, f"{one[:4]}*"),
    ):
        if kind < limit:
            return text
    return f"{one}~"


def write_news(folder: Path, chance: random.Random, passages: int) -> None:
    """Documents whose paragraphs are long enough to be passages of their own."""
    for number in range(-(-passages // PASSAGES_A_DOCUMENT)):
        paragraphs = [f"{' '.join(words(chance, WORDS_A_PASSAGE))}." for _ in range(PASSAGES_A_DOCUMENT)]
        (folder / f"{number}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")


async def measure(watches: int, passages: int) -> None:
    """Print the figures."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as place:
        home, news = Path(place) / "home", Path(place) / "news"
        news.mkdir()
        write_news(news, chance, passages)
        async with await build(Config.model_validate({"quotedesk_home": home})) as app:
            questions = [question(chance) for _ in range(watches)]
            for number, text in enumerate(questions):
                await app.store.watches.add(replace(a_watch(id=f"w{number}", question=text), created=CREATED))
            await app.holdings.add(operator(), str(news), name="news")
            store = app.store
            finder = Finder(store.watches, store.outbox, store.archive, app.engine, app.percolator, lambda: CREATED)
            began = time.perf_counter()
            while await finder.step():
                pass
            whole = time.perf_counter() - began
            found = [await store.outbox.finds(f"w{number}", 10_000) for number in range(watches)]
            seconds, asked = await _asking(app, questions)
    made, matched = sum(map(len, found)), sum(map(bool, found))
    print(f"{watches:,} watches, {asked:,} new passages: {made:,} finds of {matched:,} watches")
    print(f"whole step {whole:.2f} s; asking alone {seconds:.2f} s")


async def _asking(app: Application, questions: Sequence[str]) -> tuple[float, int]:
    """The seconds of asking alone, and of how many passages."""
    live = await app.store.archive.current(await app.store.archive.live_ids())
    entries = [entry(one.document, one.version) for one in live]
    access = Access("local", frozenset(one.document.source_id for one in live))
    standing = [Standing(parse(text), access) for text in questions]
    began = time.perf_counter()
    await app.percolator.percolate(entries, standing)
    return time.perf_counter() - began, sum(len(one.passages) for one in entries)


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:]]
    asyncio.run(measure(*(given + [10_000, 1_000][len(given) :])))
