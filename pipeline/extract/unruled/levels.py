"""Beside which line of a name its figures stand, told by all tables of a document.

Where nothing is drawn and lines are set evenly, a line of a name may be of the row above it or of
that below.  But a name goes on from a full line alone, and figures stand beside the first line of
every name of a document, or beside the last: what few lines of one table leave open, those of all
tables tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from pipeline.extract.unruled.anchors import is_full
from pipeline.extract.unruled.figure_rows import figures_of, tables_of
from pipeline.extract.unruled.gutters import Row, middle_of
from pipeline.extract.unruled.rows import Level

_FEWEST = 3
"""Names that tell the level, at least."""
_CONTRARY = 6
"""Times the names that tell another level, at least."""
_LEADING = 2.2
"""Font sizes from one line of names to the next, at most."""
_NEARER = 0.8
"""Times the way to the other row: as near a line is to its own, at most."""


class Votes(msgspec.Struct):
    """Names that go on below their figures, above them, and about them."""

    head: int = 0
    foot: int = 0
    middle: int = 0

    def add(self, other: Votes) -> None:
        """Count the names of another page, too."""
        self.head += other.head
        self.foot += other.foot
        self.middle += other.middle

    def level(self) -> Level | None:
        """The level that nearly all names tell."""
        told: dict[Level, int] = {"head": self.head, "foot": self.foot}
        names = self.head + self.foot + self.middle
        for level, own in told.items():
            if own >= _FEWEST and own >= _CONTRARY * (names - own):
                return level
        return None


def votes_of(rows: Sequence[Row]) -> Votes:
    """What the names between lines of figures on a page tell, by full lines or by distances."""
    votes = Votes()
    for table in tables_of(rows):
        figured = [rows[at] for at in table if len(figures_of(rows[at])) < len(rows[at].parts)]
        seconds = [row.parts[1].box[0] for row in figured if len(row.parts) > 2]
        if len(figured) < 2 or not seconds:
            continue
        left, right = min(row.parts[0].box[0] for row in figured), min(seconds)
        names = [row for row in rows[table[0] : table[-1] + 1] if row.parts[0].box[2] < right]
        edge = max((row.parts[0].box[2] for row in names), default=0.0)
        for first, last in pairwise(table):
            _vote(votes, rows[first : last + 1], (left, right), edge)
    return votes


def _vote(votes: Votes, lines: Sequence[Row], column: tuple[float, float], edge: float) -> None:
    """Count what the lines between two lines of figures tell."""
    above, *within, below = lines
    if not within or any(
        len(row.parts) > 1 or row.parts[0].box[2] > column[1] or row.parts[0].box[0] < column[0] - 1
        for row in within
    ):
        return
    if any(row.parts[0].box[0] >= column[1] - 1 for row in (above, below)):
        votes.middle += 1
        return
    heights = [middle_of(row.parts[0].box) for row in lines]
    steps = [two - one for one, two in pairwise(heights)]
    if max(steps) > _LEADING * above.size:
        return
    votes.foot += steps[-1] < _NEARER * steps[0]
    votes.head += steps[0] < _NEARER * steps[-1]
    votes.foot += not is_full(above.parts[0], within[0].parts[0], edge)
    votes.head += not is_full(within[-1].parts[0], below.parts[0], edge)
