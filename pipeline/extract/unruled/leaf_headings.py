"""The lowest headings of a table, which stand over one column each, and the texts under them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.unruled.gutters import Row, Span, gutters, middle_of

_NARROWEST = 0.2
"""Font sizes between two columns, at least."""
_AGAIN = 1.5
"""What a second group of texts under one heading costs, in font sizes away from it."""
_EMPTY = 0.6
"""What a heading with nothing under it costs, in font sizes."""
_FARTHEST = 2.0
"""Font sizes that the texts of a column may stand beside their heading, at most."""
_IN_LINE = 0.5
"""Font sizes by which the lines of one heading differ at a side or in the middle, at most."""
_INTO = 0.3
"""Font sizes by which a heading may reach into the line below."""


class Leaf(msgspec.Struct):
    """The texts of one heading, from the top down; none for a column of the page before."""

    parts: list[TextLine]
    left: float
    right: float


def _leaf(*parts: TextLine) -> Leaf:
    return Leaf([*parts], min(p.box[0] for p in parts), max(p.box[2] for p in parts))


def leaves_of(headings: Sequence[Row]) -> list[Leaf]:
    """The lowest headings, left to right; what lies over several of them is none.

    From the foot up, a text in line with one heading is its upper line, and one over none begins
    its own.
    """
    found: list[Leaf] = []
    parts = sorted(
        (part for row in headings for part in row.parts), key=lambda part: -middle_of(part.box)
    )
    wide: list[Leaf] = []
    for part in parts:
        under = [leaf for leaf in found if _overlaps(leaf, part)]
        if any(_overlaps(one, part) for one in wide) or len(under) > 1:
            wide.append(_leaf(part))
        elif not under:
            found.append(_leaf(part))
        elif _is_in_line(under[0], part):
            found[found.index(under[0])] = _leaf(part, *under[0].parts)
        else:
            wide.append(_leaf(part))
    found.sort(key=lambda leaf: leaf.left)
    above = [_is_above(*three) for three in zip(found, found[1:], found[2:], strict=False)]
    return [leaf for leaf, over in zip(found, [False, *above, False], strict=False) if not over]


def _is_in_line(leaf: Leaf, part: TextLine) -> bool:
    """Whether a text is flush with a heading at a side, or in its middle."""
    offs = (
        part.box[0] - leaf.left,
        part.box[2] - leaf.right,
        (part.box[0] + part.box[2] - leaf.left - leaf.right) / 2,
    )
    return min(map(abs, offs)) <= _IN_LINE * part.size


def _is_above(before: Leaf, leaf: Leaf, after: Leaf) -> bool:
    """Whether a text stands in the middle over the headings at both sides."""
    foot = leaf.parts[-1].box[3] - _INTO * leaf.parts[-1].size
    over = all(other.parts[0].box[1] > foot for other in (before, after))
    middle = (before.left + after.right) / 2
    return over and abs((leaf.left + leaf.right) / 2 - middle) <= leaf.parts[0].size


def _overlaps(leaf: Leaf, part: TextLine) -> bool:
    return min(leaf.right, part.box[2]) - max(leaf.left, part.box[0]) > 0.1 * part.size


def groups_under(leaves: Sequence[Leaf], lines: Sequence[Row]) -> list[list[Span]] | None:
    """For each heading from where to where groups of texts under it reach; ``None`` if they do not.

    What a gutter parts are two groups; a heading has one or none, seldom more.
    """
    size = max(row.size for row in lines)
    gaps = gutters(lines, _NARROWEST * size, by_ink=True)
    parts = [part for row in lines for part in row.parts]
    starts = [min(part.box[0] for part in parts), *[high for _, high in gaps]]
    ends = [*[low for low, _ in gaps], max(part.box[2] for part in parts)]
    groups = list(zip(starts, ends, strict=True))
    owners = _owners(groups, leaves, size)
    if owners is None:
        return None
    return [
        [group for group, owner in zip(groups, owners, strict=True) if owner == number]
        for number in range(len(leaves))
    ]


def _owners(groups: Sequence[Span], leaves: Sequence[Leaf], size: float) -> list[int] | None:
    """For each group of texts the heading it stands under, in order, so that all stand nearest.

    ``best[j]``: the least cost of the groups so far when the last is under a heading before ``j``.
    """
    best: list[tuple[float, list[int]]] = [(_EMPTY * n, []) for n in range(len(leaves) + 1)]
    for group in groups:
        following: list[tuple[float, list[int]]] = [(float("inf"), [])] * (len(leaves) + 1)
        for number, leaf in enumerate(leaves):
            cost = _away(group, leaf, size)
            ways = [
                (best[before][0] + cost + _EMPTY * (number - before), best[before][1])
                for before in range(number + 1)
            ]
            ways += [(best[number + 1][0] + cost + _AGAIN, best[number + 1][1])]
            total, places = min(ways)
            following[number + 1] = min(following[number + 1], (total, [*places, number]))
        best = following
    cost, places = min(
        (cost + _EMPTY * (len(leaves) - end), places) for end, (cost, places) in enumerate(best)
    )
    return places if cost < float("inf") else None


def _away(group: Span, leaf: Leaf, size: float) -> float:
    """How far texts stand from a heading, in font sizes; infinite if they are not its own."""
    apart = max(0.0, group[0] - leaf.right, leaf.left - group[1]) / size
    offs = (
        group[0] - leaf.left,
        group[1] - leaf.right,
        (group[0] + group[1] - leaf.left - leaf.right) / 2,
    )
    return apart + 0.1 * min(map(abs, offs)) / size if apart <= _FARTHEST else float("inf")
