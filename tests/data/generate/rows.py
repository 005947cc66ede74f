"""The rows of a report: every text as it is printed, and what a release has to hold of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tests.data.generate import words
from tests.data.generate.features import Features
from tests.data.generate.legends import FAMILIES, Legend, rate
from tests.data.generate.plan import Indicator, Plan, chance, invent
from tests.data.generate.printing import era, number


@dataclass(kw_only=True)
class Row:
    """One indicator as it is printed: texts by column, and what a release has to hold."""

    indicator: Indicator
    status: str | None
    judged: str | None
    cells: dict[str, str] = field(default_factory=dict)
    values: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""


class Rows:
    """The plan of a seed and its rows as printed, with the faults planted in them."""

    def __init__(self, seed: int, features: Features):
        self.seed, self.features = seed, features
        self.legend: Legend = FAMILIES[features.legend]
        plan = invent(seed, int(features.goals), int(features.policies), int(features.rows))
        self.plan: Plan = self._kept(plan)
        draw = chance(seed, "years")
        self.base_year = plan.year - draw.randrange(2, 6)
        if features.layout in {"years-across", "turned"}:
            self.base_year = plan.year - 4  # the year before the first column
        later = plan.year + draw.randrange(1, 5)
        self.target_year = later if features.target_year == "later" else plan.year
        self.heads = self._heads()
        self.faults: list[dict[str, Any]] = []
        self.rows = self._rows()

    # -------------------------------------------------------------------------- the rows

    def _kept(self, plan: Plan) -> Plan:
        """The plan without rows that a rate cannot judge, and those the shrinker left out."""
        rated = self.legend.by_rate or self.features.rate == "column"
        found = [
            one
            for one in plan.indicators
            if not rated or (one.baseline > 0 and one.target > 0 and one.actual > 0)
        ]
        keep = self.features.keep
        chosen = found if keep is None else [found[place] for place in keep if place < len(found)]
        return replace(plan, indicators=tuple(chosen or found[:1]))

    def _heads(self) -> dict[str, str]:
        """The words of the column headings."""
        lists = {
            "name": words.HEADER_NAMES,
            "baseline": words.HEADER_BASELINES,
            "target": words.HEADER_TARGETS,
            "actual": words.HEADER_ACTUALS,
            "status": words.HEADER_STATUSES,
            "rate": words.HEADER_RATES,
            "unit": words.HEADER_UNITS,
            "direction": words.HEADER_DIRECTIONS,
            "remarks": words.HEADER_NOTES,
            "department": words.HEADER_DEPARTMENTS,
            "number": words.HEADER_NUMBERS,
        }
        draw = chance(self.seed, "words of headings")
        drawn = {role: draw.choice(choices) for role, choices in lists.items()}
        if self.features.words == "common":
            return {role: choices[0] for role, choices in lists.items()}
        if self.features.words == "strange":
            role = draw.choice(sorted(words.STRANGE))
            drawn[role] = draw.choice(words.STRANGE[role])
        if drawn["status"] == "達成度評価" and drawn["rate"] == "達成度":
            drawn["rate"] = "達成率"
        return drawn

    def _rows(self) -> list[Row]:
        rows = [self._row(one) for one in self.plan.indicators]
        self._plant(rows)
        for place, row in enumerate(rows):
            self._print(row, place)
        return rows

    def _row(self, one: Indicator) -> Row:
        draw = chance(self.seed, f"row/{one.name}")
        features = self.features
        if features.missing != "no" and draw.random() < 0.2:
            one = replace(one, actual=None)
        if features.legend == "none":
            return Row(indicator=one, status=None, judged=None)
        if one.actual is None:
            absent = self.legend.absent[0]
            return Row(indicator=one, status=absent, judged=absent)
        assert one.baseline is not None
        assert one.target is not None
        judged = self.legend.judge(one.better, one.baseline, one.target, one.actual)
        status = judged or draw.choice(self.legend.words)
        return Row(indicator=one, status=status, judged=judged)

    @property
    def told(self) -> bool:
        """Whether the document tells in which direction an indicator gets better.

        A turned table has no column for it.
        """
        direction = self.features.direction
        turned = self.features.layout == "turned" and direction in words.DIRECTIONS
        return direction != "no" and not turned

    @property
    def knowable(self) -> bool:
        """Whether a fault of a row can be known: direction told, columns named."""
        return self.told and self.features.words != "strange"

    def _plant(self, rows: list[Row]) -> None:
        """The faults that stand in a row; those of the summary are planted there."""
        draw = chance(self.seed, "fault")
        able = [row for row in rows if row.indicator.actual is not None]
        if self.features.fault not in {"status", "rate", "digit"} or not able:
            return
        row = draw.choice(able)
        one = row.indicator
        assert one.baseline is not None
        assert one.target is not None
        assert one.actual is not None
        if self.features.fault == "status":
            row.status = draw.choice([word for word in self.legend.words if word != row.judged])
            self._fault("status", one.name, row.status, str(row.judged), known=self.knowable)
        elif self.features.fault == "digit":
            row.indicator = one = replace(one, actual=one.actual * 10)
            assert one.actual is not None
            now = self.legend.judge(one.better, one.baseline, one.target, one.actual)
            seen = self.knowable and now is not None and now != row.status
            row.judged = now
            self._fault("digit", one.name, str(one.actual), "", known=seen)
        else:
            row.cells["rate shift"] = "7.3"
            self._fault("rate", one.name, "", "", known=self.knowable)

    def _fault(
        self, family: str, subject: str, printed: str, expected: str, *, known: bool
    ) -> None:
        self.faults.append(
            {
                "family": family,
                "subject": subject,
                "printed": printed,
                "expected": expected,
                "knowable": known,
            }
        )

    # -------------------------------------------------------------------------- printing a row

    def _print(self, row: Row, place: int) -> None:
        features, one = self.features, row.indicator
        draw = chance(self.seed, f"print/{one.name}")
        unit = one.unit if features.unit == "cell" else ""
        self._value(row, "baseline", self.base_year, one.baseline, unit)
        if features.bracket_year == "some" and draw.random() < 0.3:
            other = self.base_year - 1
            row.cells["baseline"] += f"（{era(other)}）"
            row.values[-1] |= {"fiscal_year": other, "told": True, "printed": row.cells["baseline"]}
        self._value(row, "target", self.target_year, one.target, unit)
        if features.range == "target" and draw.random() < 0.2 and one.target > 10:
            text = f"{number(one.target - one.step * 5, features)}～{row.cells['target']}"
            row.cells["target"] = text
            row.values[-1] = row.values[-1] | {"text": text, "printed": text}
            row.values[-1].pop("value")
            row.judged = None
        if features.target_year == "both":
            further = one.target + one.better * one.step * 2
            self._value(row, "next_target", self.plan.year + 1, further, unit)
            row.values[-1]["kind"] = "target"
        self._value(row, "actual", self.plan.year, one.actual, unit)
        if features.rank == "actual" and one.actual is not None and draw.random() < 0.3:
            row.cells["actual"] += f"（県内{draw.randrange(2, 20)}位）"
            row.values[-1]["printed"] = row.cells["actual"]
        if features.layout in {"years-across", "turned"}:
            self._earlier(row, unit)
        if features.rate == "column":
            self._rate(row)
        row.cells["status"] = row.status or ""
        row.cells["unit"] = one.unit
        row.cells["department"] = one.department
        row.cells["number"] = (
            str(place + 1)
            if features.number == "running"
            else f"{one.goal}-{one.policy}-{place + 1}"
        )
        row.cells["name"] = self._name(one)
        row.cells["direction"] = self._direction(one)
        row.note = self._remark(row)
        row.cells["remarks"] = row.note
        if features.status_place == "remarks" and row.status:
            row.cells["remarks"] = f"【{row.status}】{row.note}"

    def _value(self, row: Row, kind: str, year: int, value: Decimal | None, unit: str) -> None:
        told = self.features.years != "untold"
        entry: dict[str, Any] = {"kind": kind, "fiscal_year": year, "told": told}
        if value is None:
            mark = "" if self.features.missing == "empty" else self.features.missing
            row.cells[kind] = mark
            entry |= {"missing": words.MISSING[mark], "printed": mark}
        else:
            row.cells[kind] = number(value, self.features, unit)
            entry |= {"value": str(value), "printed": row.cells[kind]}
        row.values.append(entry)

    def _earlier(self, row: Row, unit: str) -> None:
        one = row.indicator
        years = range(self.plan.year - len(one.earlier), self.plan.year)
        for year, target, actual in zip(years, one.interim, one.earlier, strict=True):
            for kind, value in (("target", target), ("actual", actual)):
                self._value(row, kind, year, value, unit)
                row.cells[f"{kind} {year}"] = row.cells[kind]
        self._value(row, "target", self.plan.year, one.target, unit)
        row.values.pop()
        self._value(row, "actual", self.plan.year, one.actual, unit)
        row.values.pop()
        for kind in ("target", "actual"):
            row.cells[f"{kind} {self.plan.year}"] = row.cells[kind]

    def _rate(self, row: Row) -> None:
        one = row.indicator
        if one.actual is None:
            row.cells["rate"] = "－"
            return
        assert one.target is not None
        reached = rounded(rate(one.better, one.target, one.actual))
        reached += Decimal(row.cells.get("rate shift", "0"))
        sign = "" if "％" in self.heads["rate"] else "％"
        row.cells["rate"] = f"{reached}{sign}"
        row.values.append(
            {
                "kind": "rate",
                "fiscal_year": self.plan.year,
                "told": False,
                "value": str(reached),
                "printed": row.cells["rate"],
            }
        )

    def _name(self, one: Indicator) -> str:
        text = one.name
        if self.features.unit == "name" and one.unit:
            text += f"（{one.unit}）"
        if one.better < 0 and self.features.direction == "marks-in-name":
            text += "（▼）"
        if one.better < 0 and self.features.direction == "marks-before":
            text = f"▼{text}"
        if self.features.labels == "wrapped" and len(text) > 12:
            text = f"{text[:10]}\n{text[10:]}"
        return text

    def _direction(self, one: Indicator) -> str:
        pair = words.DIRECTIONS.get(self.features.direction)
        return "" if pair is None else pair[one.better < 0]

    def _remark(self, row: Row) -> str:
        if self.features.remarks == "no":
            return ""
        draw = chance(self.seed, f"remark/{row.indicator.name}")
        if draw.random() > {"some": 0.35, "many": 0.85}[self.features.remarks]:
            return ""
        return draw.choice(words.REMARKS).format(n=draw.randrange(2, 12), m=draw.randrange(1, 9))

    # -------------------------------------------------------------------------- places

    def by_place(self) -> Iterable[tuple[int, int, list[Row]]]:
        for goal, policies in enumerate(self.plan.policies, start=1):
            for policy in range(1, len(policies) + 1):
                rows = [
                    row
                    for row in self.rows
                    if (row.indicator.goal, row.indicator.policy) == (goal, policy)
                ]
                if rows:
                    yield goal, policy, rows

    def goal_heading(self, goal: int) -> str:
        title = self.plan.goals[goal - 1]
        forms = {
            "goal-policy": f"基本目標{goal}　{title}",
            "chapter-section": f"第{goal}章　{title}",
            "bare-numbers": f"{goal}　{title}",
            "pillar": f"政策の柱{'ⅠⅡⅢⅣ'[goal - 1]}　{title}",
            "brackets": f"【基本目標{goal}】{title}",
        }
        return forms[self.features.headings]

    def policy_heading(self, goal: int, policy: int) -> str:
        title = self.plan.policies[goal - 1][policy - 1]
        forms = {
            "goal-policy": f"施策{goal}-{policy}　{title}",
            "chapter-section": f"第{policy}節　{title}",
            "bare-numbers": f"{goal}-{policy}　{title}",
            "pillar": f"基本施策{policy}　{title}",
            "brackets": f"（{policy}）{title}",
        }
        return forms[self.features.headings]

    def inner_heading(self, number: int, title: str) -> str:
        """A heading within a policy, numbered in the form that such plans use."""
        if self.features.headings == "bare-numbers":
            return f"{number}　{title}"
        return f"（{number}）{title}"


def rounded(value: Fraction) -> Decimal:
    """One decimal, half up."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(
        Decimal("0.1"), ROUND_HALF_UP
    )
