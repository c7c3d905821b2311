"""After any changes the index answers of the documents as they are: as one that was built of nothing else."""

import random
from pathlib import Path

import pytest

from index.hit import Hit
from index.port import Engine
from index.query import parse
from index.whoosh_engine import WhooshEngine
from sources.document import Document
from tests.contracts.engine import fill
from tests.fakes.corpus import batch, made, reader

WORDS = ("vote", "votes", "dirt", "foreign", "harbor", "ferry", "noon", "letter")
QUESTIONS = ("vote", '"foreign dirt"', "harbor NEAR/3 ferry", "lett* -noon", "title:vote", "vote sort:oldest", "noon~")
DOCUMENTS, STEPS = 12, 25


def drawn(chance: random.Random, name: str) -> Document:
    words = chance.choices(WORDS, k=chance.randint(1, 12))
    title, published = chance.choice((None, "The vote")), chance.choice((None, "2018", "2019-07-25"))
    return made(name, f"{name} {' '.join(words)}.", title=title, published=published, source=chance.choice("st"))


def shown(hit: Hit) -> tuple[object, ...]:
    """What of a hit is of no index: scores count what is gone until it is merged away."""
    return hit.document, hit.passage, hit.spans, hit.missing, hit.also_in, hit.similar_in


async def answers(engine: Engine) -> list[object]:
    found = list[object]()
    for question in QUESTIONS:
        results = await engine.search(parse(question, limit=50), reader("s", "t"))
        found.append((question, results.total, results.left_out, {shown(hit) for hit in results.hits}))
    return found


@pytest.mark.parametrize("seed", range(3))
async def test_changes_leave_what_a_fresh_index_has(tmp_path: Path, seed: int) -> None:
    chance, live = random.Random(seed), dict[str, Document]()
    engine, fresh = WhooshEngine(tmp_path / "changed"), WhooshEngine(tmp_path / "fresh")
    await fill(engine)
    for step in range(2, STEPS):
        names = {f"n{chance.randrange(DOCUMENTS)}" for _ in range(chance.randint(1, 4))}
        gone = {name for name in names if chance.random() < 0.3 and name in live}
        put = {name: drawn(chance, name) for name in names - gone}
        removed = [live.pop(name).id for name in gone]
        # A document that changes its source is another one.
        removed += [live[name].id for name, new in put.items() if name in live and live[name].id != new.id]
        live |= put
        await engine.apply(batch(put.values(), removed, sequence=step))
    await fill(fresh, *live.values())
    assert await answers(engine) == await answers(fresh)
    await engine.close()
    await fresh.close()
