"""Where headings stand over rows of figures: the lines of a list, with its names of groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import msgspec

from pipeline.extract.pdf.lines import BLANKS, TextLine
from pipeline.extract.unruled.anchors import is_whole_figure
from pipeline.extract.unruled.gutters import (
    Row,
    Span,
    crossed,
    gutters,
    ink_of,
    is_figure,
    is_lone,
    step_between,
)
from pipeline.extract.unruled.leaf_headings import Leaf, groups_under, leaves_of
from pipeline.japanese.eras import find_years
from pipeline.model import Box

_FEWEST_FIGURES = 2
"""Figures of a row, at least."""
_FEWEST_TEXTS = 3
"""Texts of a row with figures, at least."""
_MOST_LONE = 6
"""Lines of one text between two rows of several, at most."""
_MOST_BETWEEN = 12
"""Lines between headings and the first row of figures, at most."""
_FAR, _USUAL = 4.0, 1.6
"""Font sizes, and times the usual way from one row to the next, between two lines, at most."""
_HEADING_STEP = 1.9
"""Font sizes from one line of headings to the next, at most."""
_MOST_HEADINGS = 6
"""Lines of headings, at most."""
_WRAPPED = 1.6
"""Font sizes from the last row to a line that its cell goes on in, at most."""
_LARGER = 1.05
"""Times the size of the rows: what is larger is a caption."""
_OVERLAP = 0.95
"""Font sizes between lines that overlap in height, at most."""
_NARROWEST = 0.2
"""Font sizes between two columns, at least."""
_INDENT = 2.5
"""Font sizes behind the left edge at which the name of a group begins, at most."""
_BESIDE = 1.1
"""Font sizes that a heading may end before the figures under it begin, at most."""
_LABEL = re.compile(r"[\d()（）.．-]{1,7}")
"""The number of a row, as its first text."""


class Listed(msgspec.Struct):
    """Lines of headings, the lowest headings, and the lines under them.

    ``gaps``: what no row of several texts lies across.
    """

    headings: list[Row]
    leaves: list[Leaf]
    body: list[Row]
    gaps: list[Span]
    left: float

    def words(self) -> tuple[str, ...]:
        """The texts of the lowest headings."""
        return tuple("".join(part.text for part in leaf.parts) for leaf in self.leaves)

    def is_banner(self, row: Row) -> bool:
        """Whether a line of one text lies across columns, from the left edge."""
        text = (row.parts[0].box[0], row.parts[-1].box[2])
        across = any(text[0] < low and high < text[1] for low, high in self.gaps)
        return is_lone(row) and across and text[0] <= self.left + _INDENT * row.size


def listed(rows: Sequence[Row], barriers: Sequence[Box], xs: Sequence[float] = ()) -> list[Listed]:
    """The lists on a page.

    ``xs``: the columns of the table with which the page before ends, which may go on here.
    """
    found: list[Listed] = []
    at = free = 0
    while at < len(rows):
        heads, first = _headings(rows, free, at, barriers) if is_of_figures(rows[at]) else ([], at)
        leaves = leaves_of(heads)
        if not heads and not free and is_of_figures(rows[at]):
            leaves, first = _leaves_before(rows, at, xs), _first_line(rows, at)
        if not leaves:
            at += 1
            continue
        body, whole = _body(rows, at, leaves, barriers)
        end = at + len(body)
        one = _listed(heads, leaves, [*rows[first:at], *body])
        if whole:
            found.append(one)
        at = free = end
    known = {one.words() for one in found if one.headings}
    last = _listed_headings(rows[free:])
    return [*found, *([last] if last is not None and last.words() in known else [])]


def _listed(heads: list[Row], leaves: list[Leaf], body: list[Row]) -> Listed:
    several = [row for row in body if len(row.parts) >= _FEWEST_TEXTS]
    narrowest = _NARROWEST * median(row.size for row in several)
    gaps = gutters(several, narrowest, by_ink=True)
    left = min(row.parts[0].box[0] for row in [*several, *heads])
    return Listed(heads, leaves, body, gaps, left)


def _first_line(rows: Sequence[Row], at: int) -> int:
    """The first of the lines before a row of figures that its cells begin with."""
    first = at
    while first and rows[first].middle - rows[first - 1].middle <= _WRAPPED * rows[first].size:
        first -= 1
    return first


def _leaves_before(rows: Sequence[Row], at: int, xs: Sequence[float]) -> list[Leaf]:
    """The columns of the page before as headings, where rows may go on at the head of a page."""
    alone = all(is_lone(row) for row in rows[: _first_line(rows, at)])
    if not alone or len(xs) <= _FEWEST_TEXTS:
        return []
    return [Leaf([], left, right) for left, right in pairwise(xs)]


def _listed_headings(rows: Sequence[Row]) -> Listed | None:
    """Headings at the foot of a page, whose rows follow on the next."""
    end = len(rows)
    while end and is_lone(rows[end - 1]) and rows[end - 1].parts[0].text.strip("- ").isdigit():
        end -= 1
    if not end or rows[end - 1].columns < _FEWEST_FIGURES:
        return None
    first = _top_of_headings(rows, 0, end - 1, ())
    heads = list(rows[first:end])
    return Listed(heads, leaves_of(heads), [], [], heads[0].parts[0].box[0])


def is_of_figures(row: Row) -> bool:
    """Whether a line has several figures that are not all years."""
    figures = [p.text for p in row.parts if _has_digit(p.text) and is_whole_figure(p.text)]
    others = [text for text in figures[-_FEWEST_FIGURES:] if not find_years(text)]
    return len(row.parts) >= _FEWEST_TEXTS and len(figures) >= _FEWEST_FIGURES and bool(others)


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _body(
    rows: Sequence[Row], start: int, leaves: Sequence[Leaf], barriers: Sequence[Box]
) -> tuple[list[Row], bool]:
    """The lines from the first row of figures to the end of the last, and whether these are all.

    They are not where a line follows that stands across the columns of figures.
    """
    body = [rows[start]]
    several = [rows[start]]
    pending: list[Row] = []
    size = rows[start].size
    for row in rows[start + 1 :]:
        last = pending[-1] if pending else body[-1]
        if len(pending) > _MOST_LONE or row.size > _LARGER * size:
            break
        if _apart(last, row, several, barriers):
            break
        if is_of_figures(row) or (len(row.parts) >= _FEWEST_TEXTS and _over_figures(row, several)):
            if _heads(row, several):
                break
            if not _keeps(row, several, leaves):
                return body, False
            body += [*pending, row]
            several.append(row)
            pending = []
        else:
            pending.append(row)
    gaps = gutters(several, _NARROWEST * size, by_ink=True)
    for row in pending:
        near = row.middle - body[-1].middle <= _WRAPPED * row.size
        if not near or any(crossed(part, gaps) for part in row.parts):
            break
        body.append(row)
    return body, True


def _apart(above: Row, row: Row, several: Sequence[Row], barriers: Sequence[Box]) -> bool:
    """Whether a line is too far below another, or a table stands between them."""
    figures = [one.middle for one in several if is_of_figures(one)]
    usual = median(b - a for a, b in pairwise(figures)) if figures[1:] else 0.0
    step = step_between(above, row)
    if step > max(_FAR * row.size, _USUAL * usual):
        return True
    return any(above.middle < box[1] < row.middle for box in barriers)


def _keeps(row: Row, several: Sequence[Row], leaves: Sequence[Leaf]) -> bool:
    """Whether a line leaves texts under as many headings as the lines before it did."""
    before, now = (groups_under(leaves, lines) for lines in (several, [*several, row]))
    if now is None:
        return False
    return before is None or sum(map(bool, now)) >= sum(map(bool, before))


def _columns(several: Sequence[Row]) -> list[tuple[Span, bool]]:
    """From where to where texts of each column reach, and whether most of them are figures."""
    size = median(row.size for row in several)
    parts = sorted((part for row in several for part in row.parts), key=lambda part: part.box[0])
    spans: list[tuple[Span, list[bool]]] = []
    for part in parts:
        left, right = ink_of(part)
        figure = _has_digit(part.text) and is_whole_figure(part.text)
        if spans and left - spans[-1][0][1] < _NARROWEST * size:
            (start, end), figures = spans[-1]
            spans[-1] = ((start, max(end, right)), [*figures, figure])
        else:
            spans.append(((left, right), [figure]))
    return [(span, 2 * sum(figures) > len(figures)) for span, figures in spans]


def _over_figures(row: Row, several: Sequence[Row]) -> list[TextLine]:
    """The texts of a line that stand nearest to a column of figures, but those far left of all."""
    columns = _columns(several)
    if columns and _LABEL.fullmatch(several[0].parts[0].text):
        columns = [(columns[0][0], False), *columns[1:]]
    first = min((span[0] for span, figures in columns if figures), default=float("inf"))
    found = []
    for part in row.parts:
        middle = (part.box[0] + part.box[2]) / 2
        nearest = min(columns, key=lambda one: max(one[0][0] - middle, middle - one[0][1]))
        if nearest[1] and part.box[2] >= first - _BESIDE * part.size:
            found.append(part)
    return found


def _heads(row: Row, several: Sequence[Row]) -> bool:
    """Whether a line has words or years, each another, where rows have figures."""
    texts = [part.text.strip(BLANKS) for part in _over_figures(row, several)]
    words = [text for text in texts if not is_figure(text) or find_years(text)]
    return len(words) == len(texts) > 1 and (len(set(words)) > 1 or any(map(find_years, words)))


def _headings(
    rows: Sequence[Row], free: int, at: int, barriers: Sequence[Box]
) -> tuple[list[Row], int]:
    """The lines of headings above a row of figures, and where the lines after them begin."""
    several = [rows[at]]
    foot = at - 1
    while foot >= free and at - foot <= _MOST_BETWEEN:
        if _apart(rows[foot], rows[foot + 1], several, barriers):
            return [], at
        if rows[foot].columns > 1 and _heads(rows[foot], several):
            break
        foot -= 1
    else:
        return [], at
    top = _top_of_headings(rows, free, foot, barriers)
    foot = _foot(rows, foot, at, several)
    return list(rows[top : foot + 1]), foot + 1


def _top_of_headings(rows: Sequence[Row], free: int, foot: int, barriers: Sequence[Box]) -> int:
    """The first of the lines of headings that end with a line."""
    top = foot
    while top > free and foot - top < _MOST_HEADINGS:
        above, row = rows[top - 1], rows[top]
        step = row.middle - above.middle
        if any(above.middle < box[1] < row.middle for box in barriers):
            break
        if step > _HEADING_STEP * row.size or is_of_figures(above):
            break
        if above.size > _LARGER * row.size:
            break
        if is_lone(above) and not _is_upper_line(above, row):
            break
        top -= 1
    return top


def _is_upper_line(row: Row, below: Row) -> bool:
    """Whether a lone line is the first of a heading: beside others, or right over one of them."""
    if below.middle - row.middle < _OVERLAP * row.size:
        return True
    inside = row.parts[0].box[0] >= below.parts[0].box[0] + _INDENT * row.size
    return inside and below.middle - row.middle <= _WRAPPED * row.size


def _foot(rows: Sequence[Row], foot: int, at: int, several: Sequence[Row]) -> int:
    """The last line of headings: one that overlaps them in height, or the ends of some (度）)."""
    while foot + 1 < at:
        row = rows[foot + 1]
        step = row.middle - rows[foot].middle
        over = _over_figures(row, several)
        ends = (
            row.columns > 1
            and len(over) == len(row.parts)
            and not any(_has_digit(p.text) for p in over)
        )
        if is_of_figures(row) or step > (_WRAPPED if ends else _OVERLAP) * row.size:
            break
        foot += 1
    return foot
