"""Median CPU time against size, an engine a line, a kind of query a panel. A plain SVG, without a library."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 300, 220, 52, 34, 70
_COLOURS = ("#d81b60", "#1e88e5", "#f9a825", "#00897b", "#8e24aa", "#6d4c41")

Points = Mapping[int, float]
"""Milliseconds by number of passages."""


def draw(panels: Mapping[str, Mapping[str, Points]], columns: int = 2) -> str:
    """The plot: panels by title, in each the points of every engine; both axes are logarithmic."""
    engines = list(dict.fromkeys(name for panel in panels.values() for name in panel))
    colours = {name: _COLOURS[at % len(_COLOURS)] for at, name in enumerate(engines)}
    every = [point for panel in panels.values() for points in panel.values() for point in points.items()]
    rows = math.ceil(len(panels) / columns)
    width, height = columns * (_WIDTH + _GAP) + 20, rows * (_HEIGHT + _GAP) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">',
        '<g font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    scale = _Scale([size for size, _ in every], [time for _, time in every])
    for at, (title, panel) in enumerate(panels.items()):
        x, y = (at % columns) * (_WIDTH + _GAP) + _LEFT, (at // columns) * (_HEIGHT + _GAP) + _TOP
        parts += [f'<g transform="translate({x} {y})">', *_frame(title, scale)]
        for name, points in panel.items():
            parts += _line(points, scale, colours[name])
        parts.append("</g>")
    parts += _legend(colours, rows * (_HEIGHT + _GAP) + 20)
    return "\n".join([*parts, "</g></svg>"]) + "\n"


class _Scale:
    """From passages and milliseconds to places in a panel."""

    def __init__(self, sizes: Sequence[int], times: Sequence[float]) -> None:
        self.decades = (math.floor(math.log10(min(times))), math.ceil(math.log10(max(times))))
        self.sizes = sorted(set(sizes))
        self.low, self.high = math.log10(self.sizes[0]), math.log10(self.sizes[-1])

    def x(self, size: int) -> float:
        """From the left edge; one size alone is in the middle."""
        share = 0.5 if self.high == self.low else (math.log10(size) - self.low) / (self.high - self.low)
        return round(15 + share * (_WIDTH - 30), 1)

    def y(self, time: float) -> float:
        """From the upper edge."""
        low, high = self.decades
        return round(_HEIGHT * (1 - (math.log10(time) - low) / max(high - low, 1)), 1)


def _frame(title: str, scale: _Scale) -> list[str]:
    parts = [
        f'<text x="{_WIDTH / 2}" y="-10" text-anchor="middle" font-weight="bold">{title}</text>',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="none" stroke="#000"/>',
    ]
    for decade in range(scale.decades[0], scale.decades[1] + 1):
        y = scale.y(10.0**decade)
        parts.append(f'<line x1="0" y1="{y}" x2="{_WIDTH}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="-6" y="{y + 4}" text-anchor="end">{10.0**decade:g} ms</text>')
    below = f'y="{_HEIGHT + 16}" text-anchor="middle"'
    return parts + [f'<text x="{scale.x(size)}" {below}>{size:,}</text>' for size in scale.sizes]


def _line(points: Points, scale: _Scale, colour: str) -> list[str]:
    places = [(scale.x(size), scale.y(time)) for size, time in sorted(points.items())]
    path = " ".join(f"{x},{y}" for x, y in places)
    dots = [f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in places]
    return [f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>', *dots]


def _legend(colours: Mapping[str, str], y: int) -> list[str]:
    parts, x = [], _LEFT
    for name, colour in colours.items():
        parts.append(f'<circle cx="{x}" cy="{y}" r="5" fill="{colour}"/><text x="{x + 10}" y="{y + 4}">{name}</text>')
        x += 30 + 8 * len(name)
    return parts
