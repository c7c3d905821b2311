"""What people ask: questions drawn from a home's own documents, in the kinds and shares in which reporters ask."""

import json
import random
from collections.abc import Sequence
from pathlib import Path

from bot.build import build
from bot.config import Config
from tests.bench.engines.questions import Kind, draw

_DOCUMENTS = 400
_SHARES = {Kind.OR: 12, Kind.AND: 2, Kind.PHRASE: 4, Kind.FREQUENT: 1, Kind.NEAR2: 1}
"""Of twenty questions."""


async def questions(home: Path, count: int, seed: int) -> list[str]:
    """So many questions, as they are typed."""
    chance = random.Random(seed)
    async with await build(Config.model_validate({"quotedesk_home": home})) as app:
        archive = app.store.archive
        ids = list(await archive.live_ids())
        some = await archive.current(chance.sample(ids, min(len(ids), _DOCUMENTS)))
    texts = [each.document.text for each in sorted(some, key=lambda each: each.document.id)]
    drawn = [
        one.written
        for kind, share in _SHARES.items()
        for one in draw(texts, -(-count * share // sum(_SHARES.values())), seed, kinds=(kind,))
    ]
    chance.shuffle(drawn)
    return drawn


def given(file: Path) -> Sequence[str]:
    """The questions of a file of lines {"query"}."""
    return [json.loads(line)["query"] for line in file.read_text(encoding="utf-8").splitlines() if line]
