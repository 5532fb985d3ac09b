"""The calibration plot: how often facts are right, by how sure they say they are. A plain SVG, without a library."""

from __future__ import annotations

from collections.abc import Sequence

_SIZE, _EDGE, _BINS = 400, 50, 10
_Z = 1.96  # 95 %


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, 1927)."""
    share, square = right / total, _Z * _Z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = _Z * ((share * (1 - share) + square / (4 * total)) / total) ** 0.5 / (1 + square / total)
    return middle - half, middle + half


def draw(told: Sequence[tuple[float, bool]]) -> str:
    """The plot of (confidence, right) pairs in ten bins; a bin's bar is its 95 % interval."""
    side = _SIZE + 2 * _EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" font-family="sans-serif" font-size="13">',
        f'<rect width="{side}" height="{side}" fill="white"/>',
        _line(0, 0, 1, 1, "#999", 'stroke-dasharray="4"'),
        _line(0, 0, 1, 0, "#000"),
        _line(0, 0, 0, 1, "#000"),
    ]
    for tick in range(0, 11, 2):
        x, y = _place(tick / 10, tick / 10)
        parts.append(f'<text x="{x}" y="{_SIZE + _EDGE + 18}" text-anchor="middle">{tick / 10}</text>')
        parts.append(f'<text x="{_EDGE - 8}" y="{y + 4}" text-anchor="end">{tick / 10}</text>')
    middle = _EDGE + _SIZE // 2
    parts.append(f'<text x="{middle}" y="{side - 10}" text-anchor="middle">confidence</text>')
    parts.append(
        f'<text transform="translate(14 {middle}) rotate(-90)" text-anchor="middle">share of right facts</text>'
    )
    for at in range(_BINS):
        within = [(sure, right) for sure, right in told if at / _BINS <= sure < (at + 1) / _BINS + (at == _BINS - 1)]
        if within:
            parts += _bin(within)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _bin(within: Sequence[tuple[float, bool]]) -> list[str]:
    total, right = len(within), sum(verdict for _, verdict in within)
    sure = sum(confidence for confidence, _ in within) / total
    low, high = wilson(right, total)
    x, y = _place(sure, right / total)
    return [
        _line(sure, low, sure, high, "#1e88e5", 'stroke-width="2"'),
        f'<circle cx="{x}" cy="{y}" r="5" fill="#1e88e5"/>',
        f'<text x="{x + 8}" y="{y + 15}" font-size="11" fill="#555">{total}</text>',
    ]


def _place(x: float, y: float) -> tuple[float, float]:
    return round(_EDGE + x * _SIZE, 1), round(_EDGE + (1 - y) * _SIZE, 1)


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, more: str = "") -> str:
    (a, b), (c, d) = _place(x1, y1), _place(x2, y2)
    return f'<line x1="{a}" y1="{b}" x2="{c}" y2="{d}" stroke="{colour}" {more}/>'
