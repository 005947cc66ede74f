"""Columns of figures of which the years above them do not tell for certain what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.assemble.columns import VALUES, Column
from pipeline.assemble.vocabulary import is_year_only
from pipeline.japanese.eras import find_years, header_years, without_years
from pipeline.japanese.text import match_key

_SEVERAL = 2
SOME_YEAR = 2010
"""Years without an era (23年度) are told apart whichever era they are of."""


def beside_a_year(columns: Sequence[Column]) -> Iterator[int]:
    """The columns of figures without a year beside one with a year of its own above its heading.

    Without rules a year centred over three columns stands above the middle one alone; not where
    the third has a year too.  So may an actual have lost its own beside several that have theirs.
    """
    above = [is_year_only(column.header.partition("\n")[0]) for column in columns]
    two = ["\n" in column.header for column in columns]

    def dated(index: int) -> bool:
        return 0 <= index < len(columns) and bool(find_years(columns[index].header))

    actuals = [index for index, one in enumerate(columns) if one.kind == "actual"]
    undated = [index for index in actuals if not dated(index)]
    yield from undated if len(undated) == 1 and len(actuals) > _SEVERAL else ()
    for index, column in enumerate(columns):
        if column.kind in VALUES and not find_years(column.header):
            beside = [at for at in (index - 1, index + 1) if 0 <= at < len(columns)]
            if any(above[at] and two[at] and not dated(2 * at - index) for at in beside):
                yield index


def after_targets(columns: Sequence[Column]) -> Iterator[int]:
    """The columns that a mere year makes actuals, and whose year is after that of a target.

    The heading 目標値 may stand over both (目標値：2023年度 | 2025年度).
    """
    years = header_years([column.header for column in columns], SOME_YEAR)
    aims = [
        found[-1].fiscal_year
        for found, one in zip(years, columns, strict=True)
        if found and one.kind == "target"
    ]
    for index, (found, one) in enumerate(zip(years, columns, strict=True)):
        bare = one.kind == "actual" and is_year_only(one.header)
        if aims and found and bare and found[-1].fiscal_year > max(aims):
            yield index


def before_targets(columns: Sequence[Column]) -> Iterator[int]:
    """The column that a mere year makes an actual, and that may be the baseline.

    It stands left of the first target, alone of its kind; no column is headed as the baseline, and
    another one is headed as the actual (2015年度 | 目標値 2022年度 | 実績値 2020年度).
    """
    kinds = [column.kind for column in columns]
    if "target" not in kinds or "baseline" in kinds:
        return
    actuals = [index for index, kind in enumerate(kinds) if kind == "actual"]
    bare = [index for index in actuals if is_year_only(columns[index].header)]
    if len(bare) == 1 and len(actuals) > 1 and bare[0] < kinds.index("target"):
        yield bare[0]


def lacking_a_year(columns: Sequence[Column]) -> Iterator[int]:
    """The one column of values without a year among several that are headed alike and have one."""
    words = [(column.kind, match_key(without_years(column.header))) for column in columns]
    dated = [bool(find_years(column.header)) for column in columns]
    for index, (word, has) in enumerate(zip(words, dated, strict=True)):
        alike = [dated[at] for at, other in enumerate(words) if other == word and at != index]
        if word[0] in VALUES and not has and len(alike) >= _SEVERAL and all(alike):
            yield index
