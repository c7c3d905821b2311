"""Small plots in SVG that read on light and on dark ground alike: no ground of their own, mid-tone ink."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

_WIDTH, _HEIGHT = 760, 330
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 150, 34, 44
_INK, _FAINT = "#808a94", "#808a9440"
_COLOURS = ("#2f81f7", "#e3742f", "#2da44e", "#a371f7", "#d4456b", "#8b949e")
_FONT = "font-family='system-ui, sans-serif' font-size='11'"


@dataclass(frozen=True, slots=True)
class Series:
    """Values over the plot's places; None where there is none. `broad` draws a second, fainter one (p95 over p50)."""

    name: str
    values: Sequence[float | None]
    broad: Sequence[float | None] = ()


@dataclass(frozen=True, slots=True)
class _Scale:
    """Values on a logarithmic axis, in whole decades."""

    low: int
    high: int

    @classmethod
    def of(cls, values: Sequence[float]) -> "_Scale":
        low = floor(log10(min(values)))
        return cls(low, max(ceil(log10(max(values))), low + 1))

    def share(self, value: float) -> float:
        """0 at the lower end, 1 at the upper."""
        return (log10(value) - self.low) / (self.high - self.low)

    def decades(self) -> list[float]:
        return [10.0**power for power in range(self.low, self.high + 1)]


def bars(title: str, unit: str, groups: Sequence[str], series: Sequence[Series]) -> str:
    """A group of bars for each place: solid to the value, faint on to the broad one. The axis is logarithmic."""
    scale = _Scale.of(_known(series))
    step = (_WIDTH - _LEFT - _RIGHT) / len(groups)
    wide = step * 0.8 / len(series)
    parts = [*_frame(title, unit, scale), *_legend(series)]
    for place, name in enumerate(groups):
        left = _LEFT + step * place + step * 0.1
        parts.append(_text(left + step * 0.4, _HEIGHT - _BOTTOM + 18, name, "middle"))
        for number, one in enumerate(series):
            for values, opacity in ((one.broad, 0.35), (one.values, 1.0)):
                value = values[place] if values else None
                if value:
                    parts.append(_bar(left + wide * number, wide * 0.86, _y(scale, value), number, opacity))
    return _svg(parts)


def lines(title: str, unit: str, along: Sequence[float], series: Sequence[Series]) -> str:
    """A line for each series over numbers; both axes are logarithmic."""
    scale, across = _Scale.of(_known(series)), _Scale.of(along)
    span = _WIDTH - _LEFT - _RIGHT
    xs = [_LEFT + span * across.share(value) for value in along]
    parts = [*_frame(title, unit, scale), *_legend(series)]
    parts += [_text(x, _HEIGHT - _BOTTOM + 18, _short(value), "middle") for x, value in zip(xs, along, strict=True)]
    for number, one in enumerate(series):
        points = [(x, _y(scale, value)) for x, value in zip(xs, one.values, strict=True) if value]
        colour = _COLOURS[number % len(_COLOURS)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f"<polyline points='{path}' fill='none' stroke='{colour}' stroke-width='2'/>")
        parts += [f"<circle cx='{x:.1f}' cy='{y:.1f}' r='3.5' fill='{colour}'/>" for x, y in points]
    return _svg(parts)


def _known(series: Sequence[Series]) -> list[float]:
    return [value for one in series for value in (*one.values, *one.broad) if value]


def _y(scale: _Scale, value: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * scale.share(value)


def _bar(left: float, wide: float, top: float, number: int, opacity: float) -> str:
    tall = _HEIGHT - _BOTTOM - top
    colour = _COLOURS[number % len(_COLOURS)]
    return (
        f"<rect x='{left:.1f}' y='{top:.1f}' width='{wide:.1f}' height='{max(tall, 1):.1f}' fill='{colour}'"
        f" fill-opacity='{opacity}'/>"
    )


def _frame(title: str, unit: str, scale: _Scale) -> list[str]:
    right = _WIDTH - _RIGHT
    parts = [_text(_LEFT, 18, f"{title} ({unit})", "start")]
    for value in scale.decades():
        y = _y(scale, value)
        parts.append(f"<line x1='{_LEFT}' x2='{right}' y1='{y:.1f}' y2='{y:.1f}' stroke='{_FAINT}'/>")
        parts.append(_text(_LEFT - 8, y + 4, _short(value), "end"))
    return parts


def _legend(series: Sequence[Series]) -> list[str]:
    left = _WIDTH - _RIGHT + 16
    parts: list[str] = []
    for number, one in enumerate(series):
        y = _TOP + 8 + 20 * number
        parts.append(f"<rect x='{left}' y='{y}' width='11' height='11' fill='{_COLOURS[number % len(_COLOURS)]}'/>")
        parts.append(_text(left + 17, y + 10, one.name, "start"))
    return parts


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' fill='{_INK}' {_FONT}>{escape(words)}</text>"


def _short(value: float) -> str:
    """1000000 as 1M, 0.01 as it is.

    >>> [_short(value) for value in (0.01, 10, 291364, 1_000_000)]
    ['0.01', '10', '291k', '1M']
    """
    units: Mapping[float, str] = {1e6: "M", 1e3: "k"}
    for size, unit in units.items():
        if value >= size:
            return f"{int(value / size)}{unit}"
    return f"{value:g}"


def _svg(parts: Sequence[str]) -> str:
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {_HEIGHT}' role='img'>"
    return "\n".join((head, *parts, "</svg>\n"))
