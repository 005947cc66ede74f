"""The four named views of an indicator for the reported year."""

from __future__ import annotations

import pytest

from pipeline.model import Kind, Observation
from pipeline.normalize.rows import ReadRow
from pipeline.normalize.views import with_views
from tests.validate.build import indicator, value

YEAR = 2024


def viewed(*seen: tuple[Kind, int | None, str | None, str]) -> dict[str, str | None]:
    """The views of what was observed: kind, year, part, text."""
    observed = tuple(
        Observation(kind=kind, fiscal_year=year, part=part, value=value(text))  # type: ignore[arg-type]
        for kind, year, part, text in seen
    )
    bare = indicator(
        observations=observed, baseline=None, target=None, actual=None, next_target=None
    )
    read = ReadRow(
        indicator=bare,
        remarks=(),
        columns=(),
        disagreements=(),
        statuses=(),
        unit_stated=True,
        table=0,
    )
    found = with_views(read, YEAR)
    views = ("baseline", "target", "actual", "next_target")
    return {
        name: one.printed.text if (one := getattr(found, name)) is not None else None
        for name in views
    }


@pytest.mark.parametrize(
    ("seen", "views"),
    [
        (
            [("target", 2024, None, "1"), ("target", 2025, None, "2"), ("target", 2023, None, "3")],
            {"target": "1", "next_target": "2"},
        ),
        (
            [("target", None, None, "1"), ("target", 2026, None, "2")],
            {"target": "1", "next_target": "2"},
        ),
        (
            [("target", 2026, None, "1"), ("target", 2030, None, "2")],
            {"target": "1", "next_target": "2"},
        ),
        (
            [("target", 2030, None, "2"), ("target", 2026, None, "1")],
            {"target": "1", "next_target": "2"},
        ),
        (
            [("target", 2020, None, "1"), ("target", 2022, None, "2"), ("actual", 2024, None, "3")],
            {"target": "2", "actual": "3"},
        ),
        ([("actual", 2023, None, "1")], {}),
        ([("actual", None, None, "1")], {"actual": "1"}),
        ([("actual", 2024, "男性", "1"), ("actual", 2024, "女性", "2")], {}),
        ([("actual", 2024, "男性", "1")], {"actual": "1"}),
        ([("actual", 2024, "男性", "1"), ("actual", 2024, None, "2")], {"actual": "2"}),
        ([("baseline", 2019, None, "1")], {"baseline": "1"}),
    ],
)
def test_a_view_is_the_value_of_its_year(
    seen: list[tuple[Kind, int | None, str | None, str]], views: dict[str, str]
) -> None:
    empty = dict.fromkeys(("baseline", "target", "actual", "next_target"))
    assert viewed(*seen) == {**empty, **views}
