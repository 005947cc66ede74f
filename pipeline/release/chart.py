"""One indicator as a drawing: years from left to right, better above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape

from pipeline.model import Record
from pipeline.release.dictionary import KINDS_JA

_WIDTH, _HEIGHT = 340, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 20, 16, 118
_SHAPES = {
    "baseline": '<circle cx="{x}" cy="{y}" r="5" class="b"/>',
    "target": '<path d="M{left} {y}H{right}" class="t"/>',
    "actual": '<circle cx="{x}" cy="{y}" r="5" class="a"/>',
    "next_target": '<path d="M{x} {above}l7 7-7 7-7-7z" class="n"/>',
}
_HALF_A_BAR = 13
_BEFORE, _BEHIND = 0, 9999
_NAMES = {
    _BEFORE: '<tspan class="ja">基準</tspan><tspan class="en" lang="en">base</tspan>',
    _BEHIND: '<tspan class="ja">年の記載なし</tspan><tspan class="en" lang="en">no year</tspan>',
}


class Spot(Record):
    """One number to be drawn.  ``mark``: baseline, target, actual or next_target.

    ``year``: its column; without one a baseline stands before all years, anything else apart,
    behind them.
    """

    mark: str
    year: int | None
    number: str
    calendar: bool = False

    @property
    def column(self) -> int:
        """The year, or a number before or behind all years."""
        if self.year is not None:
            return self.year
        return _BEFORE if self.mark == "baseline" else _BEHIND


def chart(spots: Sequence[Spot], direction: str) -> str:
    """The drawing; empty where there is less than two numbers to compare."""
    if len(spots) < 2:
        return ""
    years = sorted({spot.column for spot in spots})
    columns = {year: _place(at, len(years)) for at, year in enumerate(years)}
    figures = [Decimal(spot.number) for spot in spots]
    worst, best = min(figures), max(figures)
    if direction == "lower":
        worst, best = best, worst

    def height(spot: Spot) -> float:
        if best == worst:
            return (_TOP + _BOTTOM) / 2
        share = (Decimal(spot.number) - worst) / (best - worst)
        return round(_BOTTOM - float(share) * (_BOTTOM - _TOP), 1)

    told = "、".join(_told(spot) for spot in spots)
    parts = [
        f'<svg role="img" viewBox="0 0 {_WIDTH} {_HEIGHT}" ',
        f'aria-label="{escape(told, quote=True)}">',
        *_grid(columns, worst, best),
        _line([(columns[one.column], height(one)) for one in _in_line(spots)]),
        *(_mark(spot, columns[spot.column], height(spot)) for spot in _drawn_in_order(spots)),
        "</svg>",
    ]
    return "".join(parts)


def _place(at: int, count: int) -> float:
    room = _WIDTH - _LEFT - _RIGHT
    return round(_LEFT + room * (at + 0.5) / count, 1)


def _told(spot: Spot) -> str:
    year = "" if spot.year is None else f"{spot.year}年{'' if spot.calendar else '度'} "
    return f"{KINDS_JA[spot.mark]} {year}{spot.number}"


def _grid(columns: dict[int, float], worst: Decimal, best: Decimal) -> Iterator[str]:
    levels = {_TOP: best, _BOTTOM: worst} if best != worst else {(_TOP + _BOTTOM) // 2: best}
    for level, figure in levels.items():
        yield f'<path d="M{_LEFT} {level}H{_WIDTH - 4}" class="g"/>'
        yield f'<text x="{_LEFT - 6}" y="{level + 4}" text-anchor="end">{figure:f}</text>'
    for year, x in columns.items():
        name = _NAMES.get(year, str(year))
        yield f'<text x="{x}" y="{_HEIGHT - 6}" text-anchor="middle">{name}</text>'


def _in_line(spots: Sequence[Spot]) -> list[Spot]:
    """Baseline and actuals by year: what happened."""
    happened = [spot for spot in spots if spot.mark in ("baseline", "actual")]
    return sorted(
        (spot for spot in happened if spot.column != _BEHIND), key=lambda spot: spot.column
    )


def _line(points: Sequence[tuple[float, float]]) -> str:
    if len(points) < 2:
        return ""
    return f'<polyline points="{" ".join(f"{x},{y}" for x, y in points)}" class="l"/>'


def _drawn_in_order(spots: Sequence[Spot]) -> list[Spot]:
    """Targets first: the dots of what happened lie above them."""
    order = ("target", "next_target", "baseline", "actual")
    return sorted(spots, key=lambda spot: order.index(spot.mark))


def _mark(spot: Spot, x: float, y: float) -> str:
    return _SHAPES[spot.mark].format(
        x=x, y=y, left=x - _HALF_A_BAR, right=x + _HALF_A_BAR, above=round(y - 7, 1)
    )
