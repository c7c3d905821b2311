"""Questions with a judge each, made from known passages or read from a gold file; and what their ranks amount to."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.hit import Hit, Results
from index.port import Access
from index.query import parse
from index.synonyms import Synonyms, widened
from index.whoosh_engine.answering.search import Snapshot
from tests.bench.relevance.known_items import KnownItem

DEPTH = 10

_PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "\xa0": " ", "\xad": None}
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and whether a hit is right; `absent` where nothing is."""

    kind: str
    query: str
    right: Callable[[Hit], bool]
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rank of the first right hit (0 where there is none among ten), and whether the bot said it had an answer."""

    question: Question
    rank: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares: success at one and three over what can be answered, the mean reciprocal rank, what of it was declined,
    and what was rightly declined of the rest."""

    questions: int
    first: float
    third: float
    reciprocal: float
    declined: float
    abstained: float

    def __str__(self) -> str:
        return (
            f"n={self.questions:4d}  s@1 {self.first:.3f}  s@3 {self.third:.3f}  mrr@10 {self.reciprocal:.3f}  "
            f"declined {self.declined:.3f}  abstained {self.abstained:.3f}"
        )


def from_known(items: Iterable[KnownItem]) -> list[Question]:
    """A hit is right where it, or a copy that it tells of, overlaps the passage that the question was made from."""
    return [Question(item.kind, item.query, _overlaps(item), absent=not item.document) for item in items]


def _overlaps(item: KnownItem) -> Callable[[Hit], bool]:
    def right(hit: Hit) -> bool:
        places = [(hit.document.id, hit.passage.start, hit.passage.end)]
        places += [(copy.document.id, copy.start, copy.end) for copy in (*hit.also_in, *hit.similar_in)]
        return any(name == item.document and start < item.end and item.start < end for name, start, end in places)

    return right


def from_gold(file: Path) -> list[Question]:
    """A hit is right where it holds a gold string and comes, or a copy of it, from that string's path."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Question(line["kind"], line["query"], _holds(line["gold"]), absent=not line["gold"]) for line in lines]


def _holds(gold: Sequence[dict[str, Any]]) -> Callable[[Hit], bool]:
    wanted = [(entry["path"], plain(entry["must_contain"])) for entry in gold]

    def right(hit: Hit) -> bool:
        text = plain(hit.passage.text)
        paths = [hit.document.location, *(copy.document.location for copy in hit.also_in)]
        return any(words in text and path in paths for path, words in wanted)

    return right


def plain(text: str) -> str:
    """Without differences of blanks, quotes and dashes."""
    return " ".join(text.translate(_PLAIN).split())


def ask(of: Snapshot, access: Access, query: str, synonyms: Synonyms, limit: int = DEPTH) -> Results:
    """The answer as the bot would give it."""
    return of.search(widened(parse(query, limit=limit), synonyms), access)


def outcomes(of: Snapshot, access: Access, questions: Iterable[Question], synonyms: Synonyms) -> list[Outcome]:
    """Ask every question."""
    result: list[Outcome] = []
    for question in questions:
        found = ask(of, access, question.query, synonyms)
        rank = next((at for at, hit in enumerate(found.hits, 1) if question.right(hit)), 0)
        result.append(Outcome(question, rank, found.answered))
    return result


def figures(found: Sequence[Outcome]) -> Figures:
    """The shares of some outcomes; 0 where there is nothing to share."""
    able = [each for each in found if not each.question.absent]
    absent = [each for each in found if each.question.absent]
    return Figures(
        questions=len(found),
        first=_share([each.rank == 1 for each in able]),
        third=_share([0 < each.rank <= 3 for each in able]),
        reciprocal=sum(1 / each.rank for each in able if each.rank) / max(1, len(able)),
        declined=_share([not each.answered for each in able]),
        abstained=_share([not each.answered for each in absent]),
    )


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / max(1, len(flags))
