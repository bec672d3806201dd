"""Line charts as SVG, written by hand: two axes, round ticks, a legend. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 76, 168, 48, 60
COLOURS = ("#2563eb", "#dc2626", "#059669", "#b45309", "#7c3aed", "#0891b2", "#be185d", "#4d7c0f")
Points = Sequence[tuple[float, float]]


def lines(
    series: Mapping[str, Points], *, title: str, x: str, y: str, limits: Mapping[str, float], ticks: Sequence[str] = ()
) -> str:
    """Logarithmic both ways, since users and times span decades. ``ticks``: words for x 1, 2, 3 … in place of numbers."""
    points = [point for own in series.values() for point in own]
    if not points:
        raise ValueError("a chart of nothing")
    across = _Axis.over([px for px, _ in points], LEFT, WIDTH - RIGHT)
    up = _Axis.over([py for _, py in points] + list(limits.values()), HEIGHT - BOTTOM, TOP)
    if ticks:
        across = _Axis(0.5, len(ticks) + 0.5, LEFT, WIDTH - RIGHT, is_log=False)
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="26" font-size="16" font-weight="600" fill="#0f172a">{escape(title)}</text>',
        *_grid(up),
        *_below(across, sorted({px for px, _ in points}), ticks),
        *(_limit(name, up.at(value)) for name, value in limits.items()),
        *(_line(name, own, across, up, place) for place, (name, own) in enumerate(series.items())),
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 14}" text-anchor="middle" fill="#334155">{escape(x)}</text>',
        f'<text transform="translate(18 {middle}) rotate(-90)" text-anchor="middle" fill="#334155">{escape(y)}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Axis:
    def __init__(self, low: float, high: float, start: float, end: float, *, is_log: bool = True) -> None:
        self.low, self.high, self.start, self.end, self.is_log = low, high, start, end, is_log

    @classmethod
    def over(cls, values: Sequence[float], start: float, end: float) -> _Axis:
        positive = [value for value in values if value > 0] or [1.0]
        low, high = 10 ** math.floor(math.log10(min(positive))), 10 ** math.ceil(math.log10(max(positive)))
        return cls(low, high if high > low else low * 10, start, end)

    def at(self, value: float) -> float:
        if self.is_log:
            value = max(value, self.low)
            share = math.log10(value / self.low) / math.log10(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)

    def decades(self) -> list[float]:
        first, last = round(math.log10(self.low)), round(math.log10(self.high))
        return [10.0**power for power in range(first, last + 1)]


def _grid(up: _Axis) -> list[str]:
    return [
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{up.at(value)}" y2="{up.at(value)}" stroke="#e2e8f0"/>'
        f'<text x="{LEFT - 8}" y="{up.at(value) + 4}" text-anchor="end" fill="#475569">{value:g}</text>'
        for value in up.decades()
    ]


def _below(across: _Axis, values: Sequence[float], ticks: Sequence[str]) -> list[str]:
    named = list(enumerate(ticks, 1)) if ticks else [(value, f"{value:g}") for value in values]
    return [
        f'<text x="{across.at(value)}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle" fill="#475569">{escape(name)}</text>'
        for value, name in named
    ]


def _limit(name: str, y: float) -> str:
    return (
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#64748b" stroke-dasharray="5 4"/>'
        f'<text x="{WIDTH - RIGHT - 6}" y="{y - 6}" text-anchor="end" fill="#64748b">{escape(name)}</text>'
    )


def _line(name: str, points: Points, across: _Axis, up: _Axis, place: int) -> str:
    colour, y = COLOURS[place % len(COLOURS)], TOP + 10 + 20 * place
    path = " ".join(f"{across.at(px)},{up.at(py)}" for px, py in points)
    dots = "".join(f'<circle cx="{across.at(px)}" cy="{up.at(py)}" r="3.5" fill="{colour}"/>' for px, py in points)
    legend = f'<circle cx="{WIDTH - RIGHT + 18}" cy="{y - 4}" r="4" fill="{colour}"/>'
    words = f'<text x="{WIDTH - RIGHT + 28}" y="{y}" fill="#0f172a">{escape(name)}</text>'
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>{dots}{legend}{words}'
