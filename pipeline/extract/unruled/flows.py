"""Pages that run in two columns of tables: where the one ends and the other begins.

Nothing on such a page need be ruled.  Two things tell it from one wide table: the headings of the
left column stand again in the right one, all moved by one distance; or the lines of figures on
both sides do not keep common heights.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import msgspec

from pipeline.extract.pdf.lines import BLANKS, TextLine
from pipeline.extract.unruled.gutters import Row, Span, is_figure
from pipeline.japanese.eras import find_years
from pipeline.model import Box

_FEWEST_HEADINGS = 3
"""Headings that stand again beside, at least."""

_FEWEST_ROWS = 3
"""Lines of figures on each side that do not keep common heights, at least."""

_SHIFT = 2.5
"""Points by which headings may be moved differently."""

_GUTTER = 1.0
"""Font sizes between two columns of a page, at least."""


class Cut(msgspec.Struct):
    """A vertical line between two columns of a page, over a part of its height."""

    x: float
    top: float
    bottom: float


def cuts_between_flows(rows: Sequence[Row], barriers: Sequence[Box] = ()) -> list[Cut]:
    """Where the columns of a page part, if it has columns of tables.

    ``barriers``: rules, coloured areas and ruled tables, none of which lies across a cut.
    """
    texts = [part for row in rows for part in row.parts]
    if len(texts) < 2 * _FEWEST_HEADINGS:
        return []
    found: list[Cut] = []
    for cut in _candidates(rows, texts, barriers):
        if all(cut.bottom <= other.top or other.bottom <= cut.top for other in found):
            found.append(cut)
    return found


def _candidates(
    rows: Sequence[Row], texts: Sequence[TextLine], barriers: Sequence[Box]
) -> Iterator[Cut]:
    repeated = _repeated(texts)
    if repeated is not None:
        yield from _where_repeated(texts, *repeated, barriers)
    yield from _where_out_of_step(rows, texts, barriers)


# --------------------------------------------------------------------------- headings again


def _repeated(texts: Sequence[TextLine]) -> tuple[float, list[TextLine]] | None:
    """By how much most headings are moved that stand twice beside each other, and those headings.

    Both the left and the right ones are given.
    """
    of_text: dict[str, list[TextLine]] = defaultdict(list)
    for part in texts:
        key = "".join(character for character in part.text if character not in BLANKS)
        if len(key) > 1 and not is_figure(key):
            of_text[key].append(part)
    moved: list[tuple[float, str, TextLine, TextLine]] = sorted(
        (
            (right.box[0] - left.box[0], key, left, right)
            for key, parts in of_text.items()
            for left in parts
            for right in parts
            if right.box[0] - left.box[2] > _GUTTER * left.size
        ),
        key=lambda item: item[:2],
    )
    best: list[tuple[float, str, TextLine, TextLine]] = []
    first = 0
    for last in range(len(moved)):
        while moved[last][0] - moved[first][0] > _SHIFT:
            first += 1
        here = moved[first : last + 1]
        if len({key for _, key, _, _ in here}) > len({key for _, key, _, _ in best}):
            best = here
    if len({key for _, key, _, _ in best}) < _FEWEST_HEADINGS:
        return None
    both = {id(part): part for _, _, left, right in best for part in (left, right)}
    return median(shift for shift, *_ in best), list(both.values())


def _where_repeated(
    texts: Sequence[TextLine],
    shift: float,
    headings: Sequence[TextLine],
    barriers: Sequence[Box],
) -> Iterator[Cut]:
    """The cut between headings and those they stand again as, where no text lies across it.

    All that stands left of it is within one shift, and all that stands right of it as well: a
    name left of groups of equal headings is of the same table.
    """
    middle = min(part.box[0] for part in headings) + shift
    left = [part for part in headings if part.box[2] <= middle]
    right = [part for part in headings if part.box[2] > middle]
    if not left or not right:
        return
    sides = (max(part.box[2] for part in left), min(part.box[0] for part in right))
    boxes = [*(part.box for part in texts), *barriers]
    for top, bottom in _free_heights(boxes, sides):
        inside = [part for part in headings if top < _middle(part.box) < bottom]
        here = [part for part in texts if top < _middle(part.box) < bottom]
        gap = _widest(here, sides)
        if not {id(part) for part in left} & {id(part) for part in inside} or gap is None:
            continue
        if not {id(part) for part in right} & {id(part) for part in inside}:
            continue
        if gap[1] - gap[0] < _GUTTER * median(part.size for part in here):
            continue
        x = (gap[0] + gap[1]) / 2
        reach = shift + 2 * max(part.size for part in here)
        if all(x - reach <= part.box[0] and part.box[2] <= x + reach for part in here):
            yield Cut(x, top, bottom)


def _free_heights(boxes: Sequence[Box], sides: Span) -> Iterator[Span]:
    """The heights between boxes that lie across a gutter."""
    across = sorted(
        (box for box in boxes if box[0] < sides[0] and box[2] > sides[1]), key=lambda box: box[1]
    )
    edges = [float("-inf"), *(y for box in across for y in (box[1], box[3])), float("inf")]
    yield from ((top, bottom) for top, bottom in pairwise(edges) if bottom > top)


def _widest(texts: Sequence[TextLine], sides: Span) -> Span | None:
    """The widest gap between texts within two bounds."""
    spans = sorted((part.box[0], part.box[2]) for part in texts)
    gaps: list[Span] = []
    reach = sides[0]
    for start, end in spans:
        if end <= sides[0]:
            continue
        if start > reach:
            gaps.append((reach, min(start, sides[1])))
        reach = max(reach, end)
        if reach >= sides[1]:
            break
    else:
        gaps.append((reach, sides[1]))
    return max(
        (gap for gap in gaps if gap[1] > gap[0]), key=lambda gap: gap[1] - gap[0], default=None
    )


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


# --------------------------------------------------------------------------- out of step


def _where_out_of_step(
    rows: Sequence[Row], texts: Sequence[TextLine], barriers: Sequence[Box]
) -> Iterator[Cut]:
    """Cuts in the middle of a page whose lines of figures on both sides are not one row."""
    left, right = min(part.box[0] for part in texts), max(part.box[2] for part in texts)
    middle = (left + 0.3 * (right - left), left + 0.7 * (right - left))
    size = median(part.size for part in texts)
    boxes = [*(part.box for part in texts), *barriers]
    for low, high in _gaps_of_most(rows, middle):
        if high - low < _GUTTER * size:
            continue
        x = (low + high) / 2
        for top, bottom in _free_heights(boxes, (x, x)):
            here = [row for row in rows if top < row.middle < bottom]
            if _out_of_step(here, x):
                yield Cut(x, top, bottom)


def _gaps_of_most(rows: Sequence[Row], sides: Span) -> list[Span]:
    """The gaps between two bounds that no text of the lines with figures covers."""
    spans = sorted(
        (part.box[0], part.box[2])
        for row in rows
        if row.columns > 1 and any(is_figure(part.text) for part in row.parts)
        for part in row.parts
    )
    gaps: list[Span] = []
    reach = sides[0]
    for start, end in spans:
        if start > reach and reach < sides[1]:
            gaps.append((reach, min(start, sides[1])))
        reach = max(reach, end)
    return gaps


def _out_of_step(rows: Sequence[Row], x: float) -> bool:
    """Whether most lines of figures on the one side have none beside them on the other."""
    heights: list[list[float]] = []
    for left in (True, False):
        sided = [
            Row([part for part in row.parts if (part.box[2] <= x) == left], row.middle, row.size)
            for row in rows
        ]
        heights.append(
            [
                row.middle
                for row in sided
                if sum(is_figure(p.text) and not find_years(p.text) for p in row.parts) > 1
            ]
        )
    first, second = heights
    if min(len(first), len(second)) < _FEWEST_ROWS:
        return False
    size = median(row.size for row in rows)
    return all(
        2 * sum(all(abs(y - other) > 0.25 * size for other in others) for y in lines) > len(lines)
        for lines, others in ((first, second), (second, first))
    )
