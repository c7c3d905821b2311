"""What is counted, for `/metrics`. One registry of our own, so that nothing else's figures mix in."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from index.errors import BadQuery

REGISTRY = CollectorRegistry()
WITHHELD = Counter("quotedesk_withheld", "Cards not shown, by reason.", ["reason"], registry=REGISTRY)
DOCUMENTS = Counter("quotedesk_documents_read", "Documents taken in, by outcome.", ["outcome"], registry=REGISTRY)
UNREADABLE = Counter("quotedesk_items_unreadable", "Items of sources that could not be read.", registry=REGISTRY)
ARCHIVE_LOOKUPS = Counter(
    "quotedesk_archive_lookups", "Questions to the archive service, by outcome.", ["outcome"], registry=REGISTRY
)
ANSWERS = Counter("quotedesk_answers", "Questions by what came of them.", ["outcome"], registry=REGISTRY)
OPINIONS = Counter(
    "quotedesk_opinions", "What people think of passages shown, by verdict.", ["verdict"], registry=REGISTRY
)
ANSWER_SECONDS = Histogram(
    "quotedesk_answer_seconds",
    "From a question to its proved cards.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
SEARCH_SECONDS = Histogram(
    "quotedesk_search_seconds",
    "From a parsed question to the engine's hits.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 10),
    registry=REGISTRY,
)
CALLS = Counter(
    "quotedesk_calls_troubled",
    "Calls from Slack that came to no answer: refused (the asker can mend it), failed, repeated, turned_away, cut_off, "
    "and those of whom nobody could be told, untold.",
    ["outcome"],
    registry=REGISTRY,
)
CHECKS = Counter("quotedesk_checks", "Quotations checked, by verdict.", ["verdict"], registry=REGISTRY)
CHECK_SECONDS = Histogram(
    "quotedesk_check_seconds",
    "From a quotation to its verdict with proved cards.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)
PINS = Counter("quotedesk_pins", "What was done with pins, by deed.", ["deed"], registry=REGISTRY)
PINS_FOLLOWED = Counter("quotedesk_pins_followed", "Pins that a change of their source has changed.", registry=REGISTRY)
NOTICES = Counter("quotedesk_notices", "What people are to be told of pins and shared cards.", registry=REGISTRY)
NOTICES_TOLD = Counter(
    "quotedesk_notices_told", "Notices of pins and shared cards, by what came of them.", ["outcome"], registry=REGISTRY
)
HOMES = Counter(
    "quotedesk_homes", "Home tabs published again after a change, by outcome.", ["outcome"], registry=REGISTRY
)
REFRESHES = Counter("quotedesk_refreshes", "Sources walked, by what came of it.", ["outcome"], registry=REGISTRY)
REFRESH_SECONDS = Histogram(
    "quotedesk_refresh_seconds",
    "How long walking one source took.",
    buckets=(0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14400),
    registry=REGISTRY,
)
WATCH_FINDS = Counter("quotedesk_watch_finds", "New passages found for watches.", registry=REGISTRY)
WATCH_FINDS_FORGOTTEN = Counter(
    "quotedesk_watch_finds_forgotten", "What came of finds long ago, forgotten.", registry=REGISTRY
)
WATCH_POSTS = Counter(
    "quotedesk_watch_posts", "Messages of watches, by what came of them.", ["outcome"], registry=REGISTRY
)
WATCH_SECONDS = Histogram(
    "quotedesk_watch_seconds",
    "How long asking all watches of some changes took.",
    buckets=(0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 120),
    registry=REGISTRY,
)
SEARCH_FALLBACKS = Gauge(
    "quotedesk_search_fallbacks",
    "Questions that took slower means since the index was opened, at the last look of /readyz.",
    registry=REGISTRY,
)
PAGES = Counter("quotedesk_pages", "Pages by route and by status.", ["page", "status"], registry=REGISTRY)
PAGE_SECONDS = Histogram(
    "quotedesk_page_seconds",
    "From a request for a page to its answer.",
    ["page"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=REGISTRY,
)


def times(histogram: Histogram) -> tuple[tuple[float, int], ...]:
    """For each upper bound in seconds, the last of them infinite, how many took so long and longer than the one before,
    since this process began."""
    found = [
        (float(sample.labels["le"]), int(sample.value))
        for metric in histogram.collect()
        for sample in metric.samples
        if sample.name.endswith("_bucket")
    ]
    before = 0
    counts: list[tuple[float, int]] = []
    for bound, upto in found:
        counts.append((bound, upto - before))
        before = upto
    return tuple(counts)


class Note(Protocol):
    """Tells what came of the question."""

    def __call__(self, *, answered: bool, shown: int) -> None:
        """`shown` is the number of cards."""
        ...


@contextmanager
def refreshing() -> Generator[Callable[[str], None]]:
    """Count and time one walk: changed, unchanged, failed, or paused meanwhile; what raises has failed."""
    outcome = "failed"

    def note(came: str) -> None:
        nonlocal outcome
        outcome = came

    try:
        with REFRESH_SECONDS.time():
            yield note
    finally:
        REFRESHES.labels(outcome).inc()


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
