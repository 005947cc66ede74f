"""What a made document says: the facts that stand beside it, and how its figures are printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pool import Direction

WIDE = str.maketrans("0123456789,.%-", "０１２３４５６７８９，．％－")


def printed(value: Decimal, *, wide: bool = False, minus: str = "▲") -> str:
    """A number as offices print it: thousands parted, ▲ for minus, perhaps full width."""
    text = f"{abs(value):,}"
    text = text.translate(WIDE) if wide else text
    return f"{minus}{text}" if value < 0 else text


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One printed value.

    Exactly one of ``value`` (a decimal as text), ``missing`` (the mark's meaning) and ``text``
    (words that are the value) is set, unless nothing stands there.
    """

    kind: str
    fiscal_year: int | None
    printed: str
    value: str | None = None
    missing: str | None = None
    text: str | None = None
    part: str | None = None
    bound: str | None = None

    def facts(self) -> dict[str, Any]:
        required = {"kind": self.kind, "fiscal_year": self.fiscal_year, "printed": self.printed}
        optional = {
            "value": self.value,
            "missing": self.missing,
            "text": self.text,
            "part": self.part,
            "bound": self.bound,
        }
        return required | {key: value for key, value in optional.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class Indicator:
    goal: int | None
    policy: int | None
    name: str
    unit: str
    direction: Direction | None
    observations: tuple[Observation, ...]
    status: str | None = None
    recomputed: str | None = None
    cumulative: bool = False
    note: str = ""

    def facts(self) -> dict[str, Any]:
        return {
            "goal": self.goal,
            "policy": self.policy,
            "name": self.name,
            "unit": self.unit,
            "direction": self.direction,
            "cumulative": self.cumulative,
            "values": [observation.facts() for observation in self.observations],
            "status": self.status,
            "status_recomputed": self.recomputed,
            "note": self.note,
        }


@dataclass(kw_only=True)
class Town:
    """A document in the making: its blocks and its facts."""

    name: str
    title: str
    publisher: str
    edition: int
    legend: list[dict[str, Any]] = field(default_factory=list)
    goals: list[dict[str, Any]] = field(default_factory=list)
    policies: list[dict[str, Any]] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    projects: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    contradictions: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    blocks: list[Any] = field(default_factory=list)

    def facts(self) -> dict[str, Any]:
        return {
            "invented": True,
            "document": {
                "title": self.title,
                "publisher": self.publisher,
                "edition": self.edition,
                "actual_fiscal_year": self.edition - 1,
            },
            "legend": self.legend,
            "goals": self.goals,
            "policies": self.policies,
            "indicators": [indicator.facts() for indicator in self.indicators],
            "projects": self.projects,
            "summary": self.claims,
            "contradictions": self.contradictions,
            "notes": self.notes,
        }
