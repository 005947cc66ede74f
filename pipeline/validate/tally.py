"""Counting statuses: over the whole plan, a goal, or a policy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from pipeline.japanese.text import label
from pipeline.model import Indicator, Place

_BLANK = re.compile(r"[-―ー…‥・*/]*")


def is_blank(status: str) -> bool:
    """Whether a printed status says only that there is none: ``－``."""
    return _BLANK.fullmatch(label(status)) is not None


def is_left_unjudged(indicator: Indicator, status: str, *, rated: bool) -> bool:
    """Whether a dash stands where a town hardly judges, whatever its legend says of dashes.

    There is no target, or the status goes by a rate (``rated``) and a figure of it is not above 0.
    """
    if not is_blank(status):
        return False
    target, actual = indicator.target, indicator.actual
    if target is not None and target.missing is not None:
        return True
    figures = [one.number for one in (target, actual) if one is not None and one.number is not None]
    return rated and any(one <= 0 for one in figures)


class Scope(NamedTuple):
    """A part of the plan; ``None`` for all goals, or all policies of the goal."""

    goal: int | None = None
    policy: int | None = None

    def holds(self, place: Place) -> bool:
        """Whether a place lies in this part."""
        return self.goal in (None, place.goal_number) and self.policy in (
            None,
            place.policy_number,
        )


class Tally(NamedTuple):
    """Statuses counted in a scope.  ``indicators`` counts those without a status too."""

    counts: Mapping[str, int]
    indicators: int

    @property
    def judged(self) -> int:
        """How many have a status."""
        return sum(self.counts.values())

    def is_number_of_all(self, number: Decimal) -> bool:
        """Whether it is how many there are, with those without a status or without."""
        return number in (self.judged, self.indicators)

    def count(self, words: Iterable[str]) -> int:
        """How many have one of the words."""
        return sum(self.counts.get(word, 0) for word in words)

    def share(self, words: Iterable[str], of: int) -> Fraction:
        """The share of those that have one of the words, in percent."""
        return Fraction(100 * self.count(words), of) if of else Fraction()


def tally(
    indicators: Iterable[Indicator],
    statuses: Sequence[str | None],
    words: Sequence[str],
    scope: Scope,
) -> Tally:
    """Count the statuses, one an indicator, within a scope; known words first."""
    inside = [
        status
        for found, status in zip(indicators, statuses, strict=True)
        if scope.holds(found.place)
    ]
    counts: Counter[str] = Counter(dict.fromkeys(words, 0))
    counts.update(status for status in inside if status is not None)
    return Tally(dict(counts), len(inside))
