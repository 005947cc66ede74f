"""Where the pieces of horizontal rules meet: the sides of columns that no upright rule shows.

Browsers and word processors draw the border of each cell by itself.  A rule over a row is then
drawn in as many pieces as the row has cells, and where pieces of rules meet under one another, a
column ends.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.pdf.primitives import Rule
from pipeline.extract.ruled.grid import Edge, join, snap

_MEET = 1.0
"""Points between the ends of two pieces of one rule, at most, also if they overlap."""
_NARROWEST = 8.0
"""Points: a shorter piece is a dash or a dot."""
_FEWEST_BESIDE = 3
"""Sides beside one another, at least, that are certain from two rules: one may be so by chance."""
_FEWEST_PIECES = 6
"""Pieces of three rules over two columns."""
_MOST_PIECES = 5000
"""Pieces of rules beyond which a page is a drawing."""

Span = tuple[float, float]


class _Drawn(NamedTuple):
    """The pieces at one height: where two meet, where one ends, and what they cover.

    ``under``: where two meet and a longer piece runs over both, that of a merged cell above or
    below them, or of a frame.
    """

    at: float
    joints: list[float]
    ends: list[float]
    spans: list[Span]
    under: list[float]


class Side(NamedTuple):
    """The side of a column from one rule to the next; ``inner``: pieces meet above or below."""

    x: float
    inner: bool


class Band(NamedTuple):
    """What lies between two rules: the sides of columns, and what the rules themselves cover.

    ``whole``: longer pieces run over those of both rules, so one text alone is over all columns.
    """

    top: float
    bottom: float
    sides: list[Side]
    over: list[Span]
    under: list[Span]
    whole: bool = False


_Bands = dict[Span, list[Side]]


def bands_of(horizontal: Sequence[Rule], vertical: Sequence[Edge]) -> list[Band]:
    """The bands of tables without upright rules, from top to bottom.

    A band ends at the next rule under its sides: beside merged cells there are several in one.
    """
    pieces = [rule for rule in horizontal if rule.end - rule.start >= _NARROWEST]
    if not _FEWEST_PIECES <= len(pieces) <= _MOST_PIECES:
        return []
    drawn = list(_drawn(pieces))
    here = {one.at: one for one in drawn}
    found = [
        Band(
            top,
            bottom,
            sorted(sides),
            here[top].spans,
            here[bottom].spans,
            whole=bool(here[top].under and here[bottom].under),
        )
        for (top, bottom), sides in sorted(_certain(_bands(drawn, vertical)).items())
    ]
    return sorted([*found, *_between(found, drawn)])


def _between(bands: Sequence[Band], drawn: Sequence[_Drawn]) -> Iterator[Band]:
    """The bands of titles over all columns, one under the other, between those of rows."""
    ends, starts = {band.bottom for band in bands}, {band.top for band in bands}
    run: list[_Drawn] = []
    for one in drawn:
        if run and one.spans == run[0].spans and len(one.spans) == 1:
            run.append(one)
        else:
            run = []
        if len(run) > 1 and one.at in starts and (run[0].under or one.under):
            for upper, lower in pairwise(run):
                sides = [Side(x, False) for x in upper.ends]
                yield Band(upper.at, lower.at, sides, upper.spans, lower.spans, whole=True)
        if one.at in starts:
            run = []
        elif one.at in ends:
            run = [one]


def _drawn(pieces: Sequence[Rule]) -> Iterator[_Drawn]:
    """What stands at each height, from top to bottom."""
    height = snap((rule.at for rule in pieces), _MEET)
    spans: dict[float, list[Span]] = {}
    for rule in pieces:
        spans.setdefault(height[rule.at], []).append((rule.start, rule.end))
    for at in sorted(spans):
        here = sorted(spans[at])
        starts = [start for start, _ in here]
        meeting = sorted(
            {
                (end + start) / 2
                for _, end in here
                for start in starts[bisect_left(starts, end - _MEET) :][:1]
                if start <= end + _MEET
            }
        )
        whole = join(here, _MEET)
        under = [x for x in meeting if _is_inside(x, here)]
        joints = [x for x in meeting if x not in under]
        yield _Drawn(at, joints, [end for span in whole for end in span], whole, under)


def _is_inside(x: float, spans: Iterable[Span]) -> bool:
    """Whether a piece runs on over a place where others meet: a rule was drawn twice."""
    return any(start + 2 * _MEET < x < end - 2 * _MEET for start, end in spans)


def _bands(drawn: Sequence[_Drawn], vertical: Sequence[Edge]) -> _Bands:
    """The sides of columns between rules one below the other, none of them drawn.

    Those of the whole table may be: a frame parts no columns.
    """
    upright = sorted(vertical, key=lambda rule: rule.at)
    at = [rule.at for rule in upright]
    bands: _Bands = {}
    met_alone = {x for one in drawn for x in one.joints}
    for number, upper in enumerate(drawn):
        for x in (*upper.joints, *upper.under, *upper.ends):
            lower = next((one for one in drawn[number + 1 :] if _covers(one, x)), None)
            if lower is None:
                last = _last_step(upper, drawn[number + 1 :])
                if last is not None and x not in upper.under:
                    side = Side(x, x in upper.joints)
                    bands.setdefault((upper.at, last), []).append(side)
                continue
            if not _are_alike(upper, lower):
                continue
            met = _near(x, (*lower.joints, *lower.under))
            known = x in upper.under and met and _near(x, met_alone)
            joint = x in upper.joints or _near(x, lower.joints) or known
            if not joint and x not in upper.ends:
                continue
            if not met and not _near(x, lower.ends):
                continue
            start, end = _around(lower, x)
            near = upright[bisect_right(at, start + _MEET) : bisect_left(at, end - _MEET)]
            if not any(_touches(one, upper.at, lower.at) for one in near):
                bands.setdefault((upper.at, lower.at), []).append(Side(x, joint))
    return bands


def _touches(upright: Edge, top: float, bottom: float) -> bool:
    """Whether an upright rule stands between two heights, or ends at one: columns are ruled there.

    The space between two ruled tables of the same columns is no row.
    """
    return upright.start <= bottom + _MEET and top - _MEET <= upright.end


def _last_step(upper: _Drawn, below: Sequence[_Drawn]) -> float | None:
    """The height of the last rule that leaves out merged cells where a page ends under them."""
    first, end = upper.spans[0][0], upper.spans[-1][1]
    last = None
    for lower in below:
        start, until = lower.spans[0][0], lower.spans[-1][1]
        if abs(until - end) > _MEET or start < first + _NARROWEST or not _are_alike(upper, lower):
            break
        last = lower.at
    return last


def _are_alike(upper: _Drawn, lower: _Drawn) -> bool:
    """Whether all pieces of one rule meet where those of the other do: both are of one table."""
    return any(
        all(
            _near(x, (*other.joints, *other.under, *other.ends))
            for x in one.joints
            if _covers(other, x)
        )
        for one, other in ((upper, lower), (lower, upper))
    )


def _covers(drawn: _Drawn, x: float) -> bool:
    return any(start - _MEET <= x <= end + _MEET for start, end in drawn.spans)


def _around(drawn: _Drawn, x: float) -> Span:
    """The whole rule over a place."""
    return next(span for span in drawn.spans if span[0] - _MEET <= x <= span[1] + _MEET)


def _near(x: float, places: Iterable[float]) -> bool:
    return any(abs(x - place) <= _MEET for place in places)


def _certain(bands: _Bands) -> _Bands:
    """The sides of columns, each of which goes through several rows or stands beside others.

    The headings of a table alone, at the end of a page, are one row.
    """
    places = snap((side.x for sides in bands.values() for side in sides), _MEET)
    inner = {
        band: {places[side.x] for side in sides if side.inner} for band, sides in bands.items()
    }
    rows = Counter(x for xs in inner.values() for x in xs)
    columns: dict[float, set[float]] = {}
    for band, xs in inner.items():
        beside = len(xs) >= _FEWEST_BESIDE
        for at in band:
            columns.setdefault(at, set()).update(x for x in xs if beside or rows[x] > 1)
    parted: _Bands = {}
    for band, sides in bands.items():
        known = columns[band[0]]
        if all(columns[at] for at in band) and known & inner[band]:
            parted[band] = [one for one in sides if not one.inner or places[one.x] in known]
    return parted | {
        band: sides for band, sides in bands.items() if band not in parted and _holds(band, parted)
    }


def _holds(band: Span, parted: Iterable[Span]) -> bool:
    """Whether rows lie between two rules: beside them stands a merged cell."""
    rows = [one for one in parted if band[0] <= one[0] and one[1] <= band[1]]
    return {band[0], band[1]} <= {at for row in rows for at in row}
