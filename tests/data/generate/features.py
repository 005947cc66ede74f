"""The grammar: every feature a report may have, each drawn from the seed and named.

The first choice of each feature is its plainest; the shrinker puts it back wherever the failure
stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

from tests.data.generate.legends import FAMILIES
from tests.data.generate.plan import chance


def among(*choices: str, plain: int = 1) -> str:
    """A feature with its choices, the plainest first; ``plain``: how many times it counts."""
    drawn = (choices[0],) * (plain - 1) + choices
    return field(default=choices[0], metadata={"choices": drawn})  # type: ignore[no-any-return]


@dataclass(frozen=True, kw_only=True)
class Features:
    producer: str = among("reportlab", "typst", "weasyprint", "reportlab", "typst", "chromium")
    font: str = among("gothic", "mincho", "proportional")
    size: str = among("middle", "small", "large")
    layout: str = among(
        "per-policy", "banners", "merged-left", "one-list", "per-indicator", "years-across",
        "two-columns", "wide", "turned", plain=3,
    )  # fmt: skip
    rules: str = among("grid", "thick-outside", "dotted", "horizontal", "zebra", "none", plain=5)
    shade: str = among("no", "grey", "blue", plain=2)
    align: str = among("right", "center", "left")
    goals: str = among("2", "1", "3", plain=2)
    policies: str = among("2", "1", "1", "3")
    rows: str = among("3", "2", "3", "4", "5", "12")
    repeat: str = among("yes", "no", plain=2)
    tall: str = among("no", "yes", plain=3)
    headings: str = among(
        "goal-policy", "chapter-section", "bare-numbers", "pillar", "brackets", plain=2
    )
    header: str = among("one-row", "two-levels", plain=3)
    years: str = among(
        "era-brackets", "era-before", "short", "wide-short", "western", "both", "below",
        "end-of-year", "untold", plain=4,
    )  # fmt: skip
    words: str = among("common", "drawn", "drawn", "drawn", "drawn", "drawn", "strange", plain=2)
    unit: str = among("column", "name", "cell", "caption", "by-line", plain=3)
    target_year: str = among("same", "later", "both", plain=2)
    digits: str = among("plain", "wide", "no-separator", "spaced-unit", plain=4)
    minus: str = among("▲", "△", "−", "-", "brackets")
    missing: str = among(
        "no", "－", "―", "未公表", "集計中", "調査なし", "事業終了", "empty", plain=7
    )
    range: str = among("no", "target", plain=11)
    rank: str = among("no", "actual", plain=11)
    bracket_year: str = among("no", "some", plain=9)
    labels: str = among("plain", "spaced", "wrapped", plain=3)
    number: str = among("no", "running", "policy-dash", plain=3)
    department: str = among("no", "column", plain=2)
    remarks: str = among("no", "some", "many", plain=2)
    rate: str = among("no", "column", plain=3)
    direction: str = among(
        "no", "words", "up-down", "arrows", "short", "marks-in-name", "marks-before", plain=4
    )
    legend: str = among("words", *(name for name in FAMILIES if name != "words"), plain=2)
    legend_form: str = among("table", "table-across", "sentence", "lines", "note", plain=2)
    legend_place: str = among("before", "after", plain=3)
    status_place: str = among("column", "remarks", plain=19)
    summary: str = among("no", "table", "sentence", "per-goal", "per-policy", "shares", plain=3)
    fault: str = among("no", "status", "rate", "count", "share", "total", "digit", plain=3)
    budget: str = among("no", "yes", plain=9)
    projects: str = among("no", "yes", plain=5)
    definitions: str = among("no", "yes", plain=9)
    population: str = among("no", "yes", plain=9)
    survey: str = among("no", "yes", plain=9)
    example: str = among("no", "yes", plain=14)
    contents: str = among("no", "yes", plain=3)
    headline: str = among("no", "yes", plain=9)
    inside: str = among("no", "projects", "headings", "headings-projects", plain=7)
    keep: tuple[int, ...] | None = None
    """The places of the indicators that remain; the shrinker leaves out rows by it."""


CHOICES: dict[str, tuple[str, ...]] = {
    one.name: one.metadata["choices"] for one in fields(Features) if one.metadata
}


def draw(seed: int, **fixed: str) -> Features:
    """The features of a seed; ``fixed`` overrides some of them."""
    drawn = {name: chance(seed, name).choice(choices) for name, choices in CHOICES.items()}
    return agreed(Features(**(drawn | fixed)))


def agreed(features: Features) -> Features:
    """The features without those that cannot stand together on one page."""
    changes = _by_size(features)
    if features.header == "two-levels" and features.years == "untold":
        changes["years"] = "era-brackets"
    if features.layout in {"turned", "years-across"}:
        changes |= {"target_year": "same", "header": "one-row", "bracket_year": "no", "rank": "no"}
    if features.layout in {"turned", "per-indicator"} and features.unit == "column":
        changes["unit"] = "caption"
    if features.layout not in {"turned", "per-indicator"} and features.unit in {
        "caption",
        "by-line",
    }:
        changes["unit"] = "cell"
    if features.layout == "turned":
        changes |= {
            "rules": "grid", "status_place": "column", "missing": "no", "range": "no",
            "years": "era-before" if features.years == "untold" else features.years,
        }  # fmt: skip
    if features.layout in {"two-columns", "turned", "per-indicator"}:
        changes |= {"department": "no", "remarks": "no", "status_place": "column", "number": "no"}
    if features.layout == "two-columns":
        changes |= {"direction": "no", "rate": "no", "unit": "name", "header": "one-row"}
        changes |= {"target_year": "same", "bracket_year": "no"}
    if features.layout not in {"per-policy", "years-across", "per-indicator", "turned"}:
        changes["inside"] = "no"
    if features.legend == "none":
        changes |= {"summary": "no", "status_place": "column", "example": "no"}
    if FAMILIES[features.legend].by_rate and features.layout not in {"two-columns", "turned"}:
        changes["range"] = "no"
    if features.rate == "column" or features.layout == "years-across":
        changes["range"] = "no"
    held = replace(features, **changes)
    return replace(held, fault=_possible_fault(held))


def _by_size(features: Features) -> dict[str, str]:
    """What the number of rows asks for."""
    changes: dict[str, str] = {}
    merged = features.layout in {"merged-left", "wide"}
    high = (int(features.rows) + 2) * int(features.policies) > 8
    if merged and high and features.producer == "reportlab":
        changes["producer"] = "typst"  # ReportLab cannot part a merged cell between pages
    if features.rows == "12":
        changes |= {"goals": "1", "policies": "2"}
    return changes


def _possible_fault(features: Features) -> str:
    """The fault, unless nothing in the document could show it."""
    fault = features.fault
    shown = features.summary != "no"
    impossible = {
        "status": not FAMILIES[features.legend].computable,
        "digit": features.legend == "none",
        "rate": features.rate == "no",
        "count": features.summary not in {"table", "sentence", "per-goal", "per-policy", "shares"},
        "share": features.summary not in {"sentence", "shares"},
        "total": not shown,
    }
    return "no" if impossible.get(fault, False) else fault


def distance(features: Features) -> tuple[str, ...]:
    """What is not plain about a document, as ``name=choice``."""
    return tuple(
        f"{name}={getattr(features, name)}"
        for name, choices in CHOICES.items()
        if getattr(features, name) != choices[0]
    )
