"""Status rules as records: what a legend, or a profile, says of a word.

The first rule of a set that holds gives the word.  They are written in the ``[validate]`` table
of a profile (:mod:`pipeline.settings.validate`) or read from a document's own legend
(:mod:`pipeline.validate.legend`).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pipeline.model import Record

Condition = Literal[
    "all_equal",
    "reaches_target",
    "better_than_target",
    "equals_target",
    "worse_than_target",
    "reaches_baseline",
    "better_than_baseline",
    "equals_baseline",
    "worse_than_baseline",
    "not_better_than_target",
    "not_better_than_baseline",
    "higher_than_baseline",
    "lower_than_baseline",
    "reaches_previous",
    "better_than_previous",
    "equals_previous",
    "worse_than_previous",
    "not_better_than_previous",
    "higher_than_previous",
    "lower_than_previous",
]
"""Comparisons of the actual with the target, the baseline, and the actual of the year before.

Better and worse follow the direction; higher and lower are meant as they stand (上昇, 減少).
"""


Formula = Literal["plain", "inverse", "mirrored", "progress"]


Rounding = Literal["half_up", "down", "up"]


Field = Literal["baseline", "target", "actual"]


class Band(Record):
    """A band of rates in percent.  ``formula`` and ``pro_rata`` override those of the profile."""

    at_least: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    at_most: Decimal | None = None
    formula: Formula | None = None
    pro_rata: bool | None = None


class Tolerance(Record):
    """The actual lies within so many points or percent of the baseline or the target.

    ``side`` keeps one half of it: ``worse`` is 10% short of the baseline, up to the baseline.
    ``beyond``: it lies farther off than that, on that side; ``from``: just so far is enough.
    """

    of: Literal["baseline", "target"]
    points: Decimal | None = None
    percent: Decimal | None = None
    side: Literal["both", "worse", "better"] = "both"
    beyond: Literal["", "over", "from"] = ""


class StatusRule(Record):
    """One rule: the words that its conditions, taken together, allow.

    ``or_when``: other sets of conditions under which it holds as well.
    More than one word: the figures narrow the status down to these, the rest is judgement.
    ``judgement``: given by people on other grounds; never recomputed, never contradicted.
    ``also_judgement``: recomputed by its conditions, but where it is printed without them it was
    given on other grounds and is not contradicted.
    ``missing``: holds when one of these fields has no number.
    ``indicators``: ids of the only indicators the rule is for; empty for all.
    """

    words: tuple[str, ...]
    when: tuple[Condition, ...] = ()
    or_when: tuple[tuple[Condition, ...], ...] = ()
    rate: Band | None = None
    within: Tolerance | None = None
    missing: tuple[Field, ...] = ()
    otherwise: bool = False
    judgement: bool = False
    also_judgement: bool = False
    indicators: tuple[str, ...] = ()


class RateForm(Record):
    """How a rate is made of the figures, in percent.

    * ``plain``: actual ÷ target, whichever way is better;
    * ``inverse``: target ÷ actual where lower is better, else as ``plain``;
    * ``mirrored``: 2 − actual ÷ target where lower is better, else as ``plain``;
    * ``progress``: (actual − baseline) ÷ (target − baseline).

    ``pro_rata`` divides it by the elapsed share of the period.  ``digits``: decimals to which the
    rate is rounded before it is judged; ``None``: it is judged exactly.
    """

    formula: Formula = "inverse"
    pro_rata: bool = False
    digits: int | None = None
    rounding: Rounding = "half_up"


class Period(Record):
    """The fiscal years of the plan, both included: year n of m is n ÷ m of it."""

    first_year: int
    last_year: int


class RuleSet(Record):
    """All that judging one indicator needs.

    ``target``: whether a status is judged against the target of the reported year or against the
    plan's last one.
    """

    status: tuple[StatusRule, ...]
    rate: RateForm
    period: Period | None
    target: Literal["year", "final"]
