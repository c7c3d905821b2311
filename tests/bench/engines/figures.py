"""What one run has measured, as tables in Markdown and as plots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from tests.bench.engines.plot import Series, bars, lines
from tests.bench.engines.questions import Kind

Latencies = Mapping[Kind, Sequence[float]]
"""Milliseconds of each question, by kind; a kind that an engine lacks is not there."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one engine with so many passages. `seconds` to build, None where another one's index is read; `bytes` on the
    disk; `opened` and `ready` in milliseconds, when it begins to answer and when it has read ahead what it does;
    `anonymous` bytes of memory after all questions; `unanswered` questions.
    """

    engine: str
    passages: int
    seconds: float | None
    bytes: int
    opened: float
    ready: float
    anonymous: int
    latencies: Latencies
    unanswered: int


def percentile(values: Sequence[float], share: int) -> float:
    """The value that this share of a hundred lies under, by linear interpolation."""
    return quantiles(values, n=100, method="inclusive")[share - 1] if len(values) > 1 else values[0]


def table(measured: Sequence[Figures], against: str) -> str:
    """Everything of one number of passages; ratios are to the engine named `against`, where it was run."""
    peer = next((one for one in measured if one.engine == against), None)
    head = ("engine", "passages/s", "size", "opens", "ready after", "memory", *(f"{kind} p50 / p95" for kind in Kind))
    rows = [head, tuple("---" for _ in head)]
    for one in measured:
        rate = f"{one.passages / one.seconds:,.0f}" if one.seconds else "same index"
        size, memory = f"{one.bytes / 1e6:,.0f} MB", f"{one.anonymous / 1e6:,.0f} MB"
        cells = [_cell(one.latencies.get(kind), peer.latencies.get(kind) if peer else None) for kind in Kind]
        rows.append((one.engine, rate, size, f"{one.opened:,.1f} ms", f"{one.ready:,.1f} ms", memory, *cells))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(values: Sequence[float] | None, peers: Sequence[float] | None) -> str:
    if not values:
        return "–"
    middle, late = percentile(values, 50), percentile(values, 95)
    if not peers or values is peers:
        return f"{middle:.2f} / {late:.2f}"
    ratios = f"×{middle / percentile(peers, 50):.2f} / ×{late / percentile(peers, 95):.2f}"
    return f"{middle:.2f} / {late:.2f} ({ratios})"


def latency_plot(measured: Sequence[Figures]) -> str:
    """Medians by kind, p95 fainter behind, of one number of passages."""
    kinds = [str(kind) for kind in Kind]
    title = f"{measured[0].passages:,} passages: median, p95 fainter"
    return bars(title, "ms", kinds, [_series(one) for one in measured])


def _series(one: Figures) -> Series:
    middle = [percentile(one.latencies[kind], 50) if kind in one.latencies else None for kind in Kind]
    late = [percentile(one.latencies[kind], 95) if kind in one.latencies else None for kind in Kind]
    return Series(one.engine, middle, late)


def growth_plot(measured: Sequence[Figures], kind: Kind) -> str:
    """The median of one kind over the number of passages."""
    sizes = sorted({one.passages for one in measured})
    medians = {
        (one.engine, one.passages): percentile(one.latencies[kind], 50) for one in measured if kind in one.latencies
    }
    names = list(dict.fromkeys(one.engine for one in measured))
    series = [Series(name, [medians.get((name, size)) for size in sizes]) for name in names]
    return lines(f"{kind}: median over passages", "ms", sizes, [one for one in series if any(one.values)])
