"""A fresh set of misquotations from the home's own documents: `python -m tests.bench.fresh_misquotes N [SEED] > FILE`.

One in nine stands so, one in nine was never said; the rest are changed in one of the ways of `misquoting`. What was
changed may still be what some other document says: every stored text is searched for it, and it is labelled exact then.
"""

import asyncio
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.build import Application, build
from bot.config import load
from index.analysis import terms
from index.query.function_words import is_function_word
from index.sentences import ends
from sources.document import Document
from tests.bench import hurried, misquoting, slips

_PROSE = re.compile(r"[A-Z“\"][^\n|]{40,400}[.!?]”?")
_SIGNS = re.compile(r"\w+(?:'\w+)*|[.!?…\[\]$€£%§]|[-−](?=\d)|(?<=\d)/(?=\d)")
_DOCUMENTS = 160
_SAME_WORDS = ("truncated", "sign", "fraction", "hidden-sign", "statement", "question")
"""Changes that leave every word."""
_NEAR = {**misquoting.NEAR, **hurried.NEAR, **slips.NEAR}
_EXACT = {**misquoting.EXACT, **hurried.EXACT}
_CUT = ("figure-cut",)
"""Changes that cut: the words that are left stand so, and what makes them false stands beside them."""


async def documents_of(application: Application, chance: random.Random) -> list[Document]:
    """Some of the home's documents, by chance."""
    (workspace,) = {source.workspace_id for source in await application.store.archive.sources()}
    ids = await application.store.archive.live_ids()
    chosen = chance.sample(list(ids), min(_DOCUMENTS, len(ids)))
    stored = [await application.store.archive.version(workspace, each) for each in chosen]
    return [each.document for each in stored if each is not None]


def sentences_of(text: str) -> list[str]:
    """The sentences of a text that are prose."""
    stops = [0, *ends(text), len(text)]
    found = [text[first:last].strip() for first, last in pairwise(stops)]
    return [each for each in found if _PROSE.fullmatch(each) and 6 <= len(each.split()) <= 45]


def _rows(documents: Sequence[Document], count: int, chance: random.Random) -> Iterator[dict[str, object]]:
    said = [(document, sentences) for document in documents if len(sentences := sentences_of(document.text)) > 3]
    vocabulary = sorted({word for _, each in said for word in terms(" ".join(each)) if not is_function_word(word)})
    kinds = [
        *_NEAR,
        "swapped-word",
        "splice",
        *["none"] * 2,
        "typography",
        "pasted",
        "aside",
        "fabricated",
        "fabricated",
    ]
    made = 0
    while made < count:
        document, sentences = chance.choice(said)
        sentence, kind = chance.choice(sentences), chance.choice(kinds)
        quote, label = _made(kind, sentence, sentences, vocabulary, chance)
        if quote is None or (label == "near" and kind not in _SAME_WORDS and terms(quote) == terms(sentence)):
            continue
        made += 1
        place = {} if label == "absent" else {"true_doc": document.location, "true_text": sentence}
        yield {"id": f"fresh-{made}", "quote": quote, "label": label, "change": kind, **place}


def _made(
    kind: str, sentence: str, sentences: Sequence[str], vocabulary: Sequence[str], chance: random.Random
) -> tuple[str | None, str]:
    if kind == "fabricated":
        return misquoting.fabricated(sentence, vocabulary, chance), "absent"
    if kind in _EXACT:
        return _EXACT[kind](sentence, chance), "exact"
    if kind == "splice":
        return misquoting.spliced(sentence, chance.choice(sentences), chance), "near"
    if kind == "swapped-word":
        return misquoting.swapped(sentence, vocabulary, chance), "near"
    return _NEAR[kind](sentence, chance), "near"


async def _elsewhere(application: Application, rows: Sequence[dict[str, object]]) -> set[object]:
    """The ids of the changed quotations whose words stand so in some document."""
    (workspace,) = {source.workspace_id for source in await application.store.archive.sources()}
    changed = [row for row in rows if row["label"] != "exact" and row["change"] not in _CUT]
    sought = {row["id"]: _plain(str(row["quote"])) for row in changed}
    found: set[object] = set()
    for each in await application.store.archive.live_ids():
        stored = await application.store.archive.version(workspace, each)
        text = _plain(stored.document.text) if stored else ""
        found |= {name for name, quote in sought.items() if name not in found and quote in text}
    return found


def _plain(text: str) -> str:
    """Words, and the signs that end a sentence or count, with a blank between any two: no notion of the check's own."""
    return f" {' '.join(_SIGNS.findall(text.lower().replace('’', chr(39))))} "


async def _main(count: int, seed: int) -> None:
    chance = random.Random(seed)
    async with await build(load()) as application:
        rows = list(_rows(await documents_of(application, chance), count, chance))
        elsewhere = await _elsewhere(application, rows)
        for row in rows:
            if row["id"] in elsewhere:
                row |= {"label": "exact", "change": f"{row['change']}, so elsewhere"}
                row.pop("true_doc", None)
            print(json.dumps(row))


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20261122))
