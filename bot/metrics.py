"""What is counted, for `/metrics`. One registry of our own, so that nothing else's figures mix in."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram

from index.errors import BadQuery

REGISTRY = CollectorRegistry()
WITHHELD = Counter("quotedesk_withheld", "Cards not shown, by reason.", ["reason"], registry=REGISTRY)
DOCUMENTS = Counter("quotedesk_documents_read", "Documents taken in, by outcome.", ["outcome"], registry=REGISTRY)
UNREADABLE = Counter("quotedesk_items_unreadable", "Items of sources that could not be read.", registry=REGISTRY)
ANSWERS = Counter("quotedesk_answers", "Questions by what came of them.", ["outcome"], registry=REGISTRY)
ANSWER_SECONDS = Histogram(
    "quotedesk_answer_seconds",
    "From a question to its proved cards.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)


class Note(Protocol):
    """Tells what came of the question."""

    def __call__(self, *, answered: bool, shown: int) -> None:
        """`shown` is the number of cards."""
        ...


@contextmanager
def answering() -> Generator[Note]:
    """Count and time one question: answered, nearest, nothing, refused (the asker can mend it) or failed."""
    outcome = "failed"

    def note(*, answered: bool, shown: int) -> None:
        nonlocal outcome
        outcome = "nothing" if not shown else "answered" if answered else "nearest"

    try:
        with ANSWER_SECONDS.time():
            yield note
    except BadQuery:
        outcome = "refused"
        raise
    finally:
        ANSWERS.labels(outcome).inc()
