"""Pages set in columns: which parts of a page stand side by side without having to do with it.

A table in one column of a page stands beside running text in the other.  Running text is known by
its lines, which follow each other closely and fill their width.  Where such a column of text and
what stands beside it do not keep common rows, the page is cut between them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.pdf.lines import TextLine, lines_of
from pipeline.extract.pdf.primitives import Glyph
from pipeline.extract.ruled.grid import Edge
from pipeline.extract.unruled.flows import Cut, cuts_between_flows
from pipeline.extract.unruled.gutters import rows_of
from pipeline.model import Box

_GUTTER = 1.0
"""Font sizes between two columns of a page, at least."""

_NARROWEST = 13.0
"""Font sizes that running text is wide, at least."""

_FEWEST = 8
"""Lines of running text that make a column."""

_LONG = 10
"""Lines of a paragraph that is no cell of a table."""

_SENTENCE = re.compile(r"[。、，．]|[.,;:](?=\s|$)")


Side = tuple[bool | None, ...]
"""For each cut whether a place lies right of it; ``None`` beyond its ends."""


class Zone(msgspec.Struct):
    """The glyphs and horizontal rules of one part of a page."""

    glyphs: list[Glyph]
    rules: list[Edge]


class Paragraph(msgspec.Struct):
    """Lines of running text that follow each other."""

    lines: list[TextLine]

    @property
    def left(self) -> float:
        return min(line.box[0] for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.box[2] for line in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0].box[1]

    @property
    def bottom(self) -> float:
        return self.lines[-1].box[3]


def zones(
    glyphs: Sequence[Glyph],
    rules: Sequence[Edge],
    barriers: Sequence[Box] = (),
    upright: Sequence[Glyph] = (),
) -> list[Zone]:
    """Each part of a page that is to be looked at by itself; one part if uncut.

    ``barriers``: ruled tables and coloured areas; ``upright``: all that stands on the page, for the
    headings of such a table on the left may stand again on the right over one without.
    """
    cuts = cuts_of([line for line in lines_of(glyphs, split=_GUTTER) if not line.ruby], rules)
    crossing = [*barriers, *((rule.start, rule.at, rule.end, rule.at) for rule in rules)]
    cuts = cuts or cuts_between_flows(rows_of(glyphs), crossing)
    cuts = cuts or cuts_between_flows(rows_of(upright), crossing)
    if not cuts:
        return [Zone(list(glyphs), list(rules))]
    parts: dict[Side, Zone] = {}
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - 0.35 * glyph.run.size
        parts.setdefault(_side(x, y, cuts), Zone([], [])).glyphs.append(glyph)
    for rule in rules:
        side = _side((rule.start + rule.end) / 2, rule.at, cuts)
        if side in parts:
            parts[side].rules.append(rule)
    return list(parts.values())


def _side(x: float, y: float, cuts: Sequence[Cut]) -> Side:
    """On which side of each cut a place lies, as far as the cut reaches."""
    return tuple(x > cut.x if cut.top <= y <= cut.bottom else None for cut in cuts)


def cuts_of(lines: Sequence[TextLine], rules: Sequence[Edge]) -> list[Cut]:
    """Where a page is cut."""
    found: list[Cut] = []
    for column in columns_of(paragraphs(lines)):
        top, bottom = column[0].top, column[-1].bottom
        left = min(paragraph.left for paragraph in column)
        right = max(paragraph.right for paragraph in column)
        size = column[0].lines[0].size
        beside = [line for line in lines if line.box[3] > top and line.box[1] < bottom]
        for others, x in (
            _beside(beside, right, size, to_right=True),
            _beside(beside, left, size, to_right=False),
        ):
            cut = Cut(x, top, bottom)
            if others and _apart(column, others) and not _crossed(cut, beside, rules):
                found.append(_lengthened(cut, lines, rules, size))
    return found


def paragraphs(lines: Sequence[TextLine]) -> list[Paragraph]:
    """Running text: lines of one size, closely below one another, that fill their width."""
    chains: list[list[TextLine]] = []
    going_on: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (line.box[3], line.box[0])):
        going_on = [chain for chain in going_on if line.box[3] - chain[-1].box[3] <= _reach(chain)]
        for chain in going_on:
            if _follows(chain[-1], line):
                chain.append(line)
                break
        else:
            chains.append([line])
            going_on.append(chains[-1])
    return [Paragraph(chain) for chain in chains if _is_running(chain)]


def _reach(chain: Sequence[TextLine]) -> float:
    return 1.9 * chain[-1].size


def _follows(above: TextLine, line: TextLine) -> bool:
    step = line.box[3] - above.box[3]
    shared = min(above.box[2], line.box[2]) - max(above.box[0], line.box[0])
    shorter = min(above.box[2] - above.box[0], line.box[2] - line.box[0])
    return (
        0.8 * line.size <= step <= 1.7 * line.size
        and abs(above.size - line.size) <= 0.1 * line.size
        and abs(above.box[0] - line.box[0]) <= 2.5 * line.size
        and shared >= 0.8 * shorter
    )


def _is_running(chain: Sequence[TextLine]) -> bool:
    left = min(line.box[0] for line in chain)
    right = max(line.box[2] for line in chain)
    size = chain[0].size
    if len(chain) < 3 or right - left < _NARROWEST * size:
        return False
    full = sum(
        line.box[2] >= right - 2.5 * size and line.box[0] <= left + 2.5 * size for line in chain
    )
    letters = sum(character.isalpha() for line in chain for character in line.text)
    signs = sum(len(line.text.replace(" ", "")) for line in chain)
    return full >= 0.6 * len(chain) and letters >= 0.7 * signs


def columns_of(found: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Paragraphs of one width below one another, with at most a few lines between them."""
    columns: list[list[Paragraph]] = []
    for paragraph in sorted(found, key=lambda item: item.top):
        size = paragraph.lines[0].size
        for column in columns:
            last = column[-1]
            if (
                abs(last.left - paragraph.left) <= 1.5 * size
                and abs(last.right - paragraph.right) <= 2.5 * size
                and paragraph.top - last.bottom <= 4 * size
            ):
                column.append(paragraph)
                break
        else:
            columns.append([paragraph])
    return [
        column for column in columns if sum(len(paragraph.lines) for paragraph in column) >= _FEWEST
    ]


def _beside(
    lines: Sequence[TextLine], edge: float, size: float, *, to_right: bool
) -> tuple[list[TextLine], float]:
    """What stands on one side of a column, and the middle of the gutter to it."""
    if to_right:
        others = [line for line in lines if line.box[0] >= edge + 0.5 * size]
        return others, (edge + min((line.box[0] for line in others), default=edge)) / 2
    others = [line for line in lines if line.box[2] <= edge - 0.5 * size]
    return others, (edge + max((line.box[2] for line in others), default=edge)) / 2


def _apart(column: Sequence[Paragraph], others: Sequence[TextLine]) -> bool:
    """Whether texts beside a column do not keep its rows: they run past the gaps in it.

    A paragraph of ten lines is no cell among others of one row; ten lines without a sentence may
    be the names of rows that follow closely.
    """
    gaps = [(above.bottom + below.top) / 2 for above, below in pairwise(column)]
    run_past = sum(any(line.box[1] < gap < line.box[3] for line in others) for gap in gaps)
    long = any(len(one.lines) >= _LONG and _has_sentences(one) for one in column)
    return long or (run_past > 0 and 3 * run_past >= len(gaps))


def _has_sentences(paragraph: Paragraph) -> bool:
    """Whether marks that part or end sentences stand in running text, one in five lines."""
    marks = sum(len(_SENTENCE.findall(line.text)) for line in paragraph.lines)
    return 5 * marks >= len(paragraph.lines)


def _lengthened(cut: Cut, lines: Sequence[TextLine], rules: Sequence[Edge], size: float) -> Cut:
    """A cut that goes on while lines follow closely and neither text nor rule lies across it."""
    across = [line.box for line in lines if line.box[0] < cut.x < line.box[2]]
    across += [(r.start, r.at, r.end, r.at) for r in rules if r.start < cut.x < r.end]
    lowest = min((box[1] for box in across if box[1] >= cut.bottom - 2), default=float("inf"))
    highest = max((box[3] for box in across if box[3] <= cut.top + 2), default=float("-inf"))
    top, bottom = cut.top, cut.bottom
    for line in sorted(lines, key=lambda line: line.box[1]):
        if line.box[1] <= bottom + 1.5 * size and line.box[3] <= lowest:
            bottom = max(bottom, line.box[3])
    for line in sorted(lines, key=lambda line: -line.box[3]):
        if line.box[3] >= top - 1.5 * size and line.box[1] >= highest:
            top = min(top, line.box[1])
    return Cut(cut.x, top, bottom)


def _crossed(cut: Cut, lines: Sequence[TextLine], rules: Sequence[Edge]) -> bool:
    """Whether a text or a rule lies across a cut."""
    return any(line.box[0] < cut.x < line.box[2] for line in lines) or any(
        rule.start < cut.x < rule.end and cut.top + 2 < rule.at < cut.bottom - 2 for rule in rules
    )
