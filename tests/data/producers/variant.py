"""The report with other peculiarities than the reconstruction: one variant for each producer."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from tests.data.mine.content import FIELDS, Report

Headers = Literal["all", "none", "some"]
Digits = Literal["half", "full", "some"]


def variant(
    report: Report,
    headers: Headers = "some",
    digits: Digits = "some",
    percent_goals: tuple[int, ...] = (2, 4),
    breaks: bool = False,
) -> Report:
    """Choose which headers are repeated and which digits are full-width.

    ``breaks`` keeps the line breaks that were set by hand in names; without them names wrap where
    the column ends.
    """
    planted = dict(report.planted)
    places = [
        f"{goal['no']}-{policy['no']} {kind}"
        for goal in report.facts["goals"]
        for policy in goal["policies"]
        for kind in ("kpi", "project")
    ]
    planted["header_repeated"] = {
        "all": places,
        "none": [],
        "some": planted["header_repeated"],
    }[headers]
    planted["full_width_values"] = {
        "half": {},
        "full": {item["name"]: FIELDS for item in report.facts["indicators"]},
        "some": planted["full_width_values"],
    }[digits]
    planted["full_width_percent_goals"] = list(percent_goals)
    if not breaks:
        for key in ("names_as_printed", "project_names_as_printed"):
            planted[key] = {name: text.replace("\n", "") for name, text in planted[key].items()}
    return replace(report, planted=planted)
