"""Small normalized documents made by hand, for single rules."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipeline.model import (
    Claim,
    Direction,
    Document,
    Entry,
    Indicator,
    Normalized,
    Observation,
    PageInfo,
    Place,
    Printed,
    Project,
    Value,
)
from pipeline.settings.files import packaged_defaults
from pipeline.settings.validate import ValidateSettings, load


def printed(text: str, page: int = 1, top: float = 0) -> Printed:
    return Printed(text=text, page=page, box=(0, top, 100, top + 10), reader="test")


def value(text: str | None, **fields: Any) -> Value | None:
    if text is None:
        return None
    if re.fullmatch(r"-?[\d,]+(\.\d+)?", text):
        return Value(printed=printed(text), number=Decimal(text.replace(",", "")), **fields)
    return Value(printed=printed(text), missing="not_available", **fields)


def indicator(
    name: str = "指標",
    *,
    baseline: str | None = "100",
    target: str | None = "110",
    actual: str | None = "105",
    next_target: str | None = None,
    status: str | None = None,
    direction: Direction = "higher",
    unit: str = "人",
    goal: int = 1,
    policy: int | None = 1,
    identifier: str | None = None,
    year: int = 2024,
    **fields: Any,
) -> Indicator:
    values = {
        "baseline": value(baseline),
        "target": value(target),
        "actual": value(actual),
        "next_target": value(next_target),
    }
    years = {"baseline": None, "target": year, "actual": year, "next_target": year + 1}
    observations = tuple(
        Observation(kind=kind.removeprefix("next_"), fiscal_year=years[kind], value=seen)
        for kind, seen in values.items()
        if seen is not None
    )
    record = {
        "id": identifier or name,
        "registered": True,
        "place": Place(goal_number=goal, policy_number=policy),
        "name": name,
        "name_printed": printed(name),
        "unit": unit,
        "direction": direction,
        "direction_basis": "declared",
        "cumulative": "累計" in name,
        "observations": observations,
        "page": 1,
        "reader": "test",
        "status": status,
        "status_printed": None if status is None else printed(status),
        **values,
        **fields,
    }
    return Indicator(**record)


def document(
    *indicators: Indicator,
    claims: tuple[str | Claim, ...] = (),
    projects: tuple[Project, ...] = (),
    edition: int = 2025,
    **fields: Any,
) -> Normalized:
    return Normalized(
        document=Document(sha256="0" * 64, pages=(PageInfo(number=1, width=595, height=842),)),
        title="試験の計画",
        edition=edition,
        actual_fiscal_year=edition - 1,
        indicators=indicators,
        projects=projects,
        claims=tuple(claim(text) if isinstance(text, str) else text for text in claims),
        **fields,
    )


def claim(text: str, goal: int | None = None) -> Claim:
    return Claim(source="sentence", place=Place(goal_number=goal), printed=printed(text))


def table_row(
    goal: int | None, heading: str, cells: Mapping[str, int | str], *, whole: bool = False
) -> Claim:
    """A row of a summary table: amounts by the headings above them."""
    entries = tuple(
        Entry(kind="summary", header=header, printed=printed(str(text)))
        for header, text in cells.items()
    )
    return Claim(
        source="table",
        place=Place(goal_number=goal),
        printed=printed(heading),
        entries=entries,
        named=True,
        whole=whole,
    )


def settings(profile: str = "") -> ValidateSettings:
    """Settings from the text of a profile's ``[validate]`` table."""
    return load([packaged_defaults()], tomllib.loads(profile).get("validate", {}))
