"""From a seed to a document: its blocks and the truth about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from tests.data.generate import others, words
from tests.data.generate.blocks import (
    Block,
    Cell,
    Grid,
    Heading,
    Look,
    NewPage,
    Text,
    TwoColumns,
)
from tests.data.generate.features import Features
from tests.data.generate.legends import FAMILIES, Legend, rate
from tests.data.generate.plan import Indicator, Plan, chance, invent
from tests.data.generate.printing import dated, era, number, year_alone

NOTICE = "この資料は、試験のために作られた架空のものです。"
FONTS = {"gothic": "IPAGothic", "mincho": "IPAMincho", "proportional": "IPAPGothic"}
POINTS = {"small": 7.5, "middle": 9.0, "large": 10.5}
SHADES = {"no": None, "grey": "#d9d9d9", "blue": "#cfe2f3"}
A4, A4_WIDE, A3_WIDE = (595.3, 841.9), (841.9, 595.3), (1190.6, 841.9)


@dataclass(kw_only=True)
class Row:
    """One indicator as it is printed: texts by column, and what a release has to hold."""

    indicator: Indicator
    status: str | None
    judged: str | None
    cells: dict[str, str] = field(default_factory=dict)
    values: list[dict[str, Any]] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A document ready for a producer, and the truth beside it."""

    title: str
    blocks: list[Block]
    look: Look
    truth: dict[str, Any]


class Maker:
    """Builds one document; every choice comes from the seed and the features."""

    def __init__(self, seed: int, features: Features):
        self.seed, self.features = seed, features
        self.legend: Legend = FAMILIES[features.legend]
        plan = invent(seed, int(features.goals), int(features.policies), int(features.rows))
        self.plan: Plan = self._kept(plan)
        draw = chance(seed, "years")
        self.base_year = plan.year - draw.randrange(2, 6)
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
        """Whether the document tells in which direction an indicator gets better."""
        return self.features.direction != "no"

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

    # -------------------------------------------------------------------------- tables

    def head(self, key: str) -> str:
        """The heading of a column."""
        form = self.features.years
        year = {
            "baseline": self.base_year,
            "target": self.target_year,
            "next_target": self.plan.year + 1,
            "actual": self.plan.year,
        }.get(key)
        word = self.heads.get("target" if key == "next_target" else key, key)
        if key == "name" and self.features.unit == "name":
            word += "（単位）"
        if self.features.labels == "spaced" and 2 <= len(word) <= 4 and word.isalpha():
            word = "　".join(word) if len(word) < 3 else " ".join(word)
        if year is None:
            return word
        if key == "next_target" and form == "untold":
            return f"次年度{word}"
        return dated(word, year, form)

    def columns(self) -> list[str]:
        """The columns of a table, in their order."""
        features = self.features
        extra = features.layout == "wide"
        found = ["number"] if features.number != "no" else []
        found += ["name"]
        found += ["department"] if features.department == "column" or extra else []
        found += ["unit"] if features.unit == "column" else []
        found += ["direction"] if features.direction in words.DIRECTIONS else []
        found += ["baseline", "target"]
        found += ["next_target"] if features.target_year == "both" else []
        found += ["actual"]
        found += ["rate"] if features.rate == "column" else []
        inside = features.status_place == "remarks"
        found += ["status"] if features.legend != "none" and not inside else []
        found += ["remarks"] if features.remarks != "no" or inside or extra else []
        if features.target_year == "both":
            found.remove("next_target")
            found.append("next_target")
        return found

    def header_cells(self, columns: Sequence[str], first: int = 0) -> tuple[list[Cell], int]:
        """The heading rows of a table, and how many there are."""
        shade = SHADES[self.features.shade]
        group = [key for key in columns if key in {"target", "actual", "rate", "status"}]
        two = self.features.header == "two-levels" and self.target_year == self.plan.year
        if not two:
            return [
                Cell(row=0, column=first + place, text=self.head(key), align="center", fill=shade)
                for place, key in enumerate(columns)
            ], 1
        cells = []
        for place, key in enumerate(columns):
            if key not in group:
                cells.append(
                    Cell(
                        row=0, column=first + place, row_span=2, text=self.head(key),
                        align="center", fill=shade,
                    )
                )  # fmt: skip
                continue
            cells.append(
                Cell(row=1, column=first + place, text=self.heads[key], align="center", fill=shade)
            )
            if key == group[0]:
                cells.append(
                    Cell(
                        row=0, column=first + place, column_span=len(group),
                        text=year_alone(self.plan.year, self.features.years),
                        align="center", fill=shade,
                    )
                )  # fmt: skip
        return cells, 2

    def line(self, row: Row, columns: Sequence[str], at: int, first: int = 0) -> list[Cell]:
        right = self.features.align
        aligned = {"baseline", "target", "actual", "next_target", "rate"}
        middle = {"status", "unit", "direction", "number"}
        return [
            Cell(
                row=at,
                column=first + place,
                text=row.cells[key],
                align=right if key.split()[0] in aligned else "center" if key in middle else "left",
            )
            for place, key in enumerate(columns)
        ]

    def table(self, rows: Sequence[Row]) -> Grid:
        columns = self.columns()
        cells, header = self.header_cells(columns)
        for at, row in enumerate(rows, start=header):
            cells += self.line(row, columns, at)
        return Grid(cells=cells, widths=[WIDTHS[key] for key in columns], header=header)

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

    def per_policy(self) -> list[Block]:
        blocks: list[Block] = []
        last = 0
        for goal, policy, rows in self.by_place():
            if goal != last:
                blocks.append(Heading(text=self.goal_heading(goal), level=1))
                last = goal
            blocks.append(Heading(text=self.policy_heading(goal, policy), level=2))
            blocks.append(self.table(rows))
        return blocks

    def banners(self) -> list[Block]:
        columns = self.columns()
        cells, at = self.header_cells(columns)
        header, last = at, 0
        for goal, policy, rows in self.by_place():
            if goal != last:
                cells.append(self._banner(self.goal_heading(goal), at, len(columns), "#dddddd"))
                last, at = goal, at + 1
            cells.append(self._banner(self.policy_heading(goal, policy), at, len(columns), None))
            at += 1
            for row in rows:
                cells += self.line(row, columns, at)
                at += 1
        return [Grid(cells=cells, widths=[WIDTHS[key] for key in columns], header=header)]

    @staticmethod
    def _banner(text: str, at: int, wide: int, fill: str | None) -> Cell:
        return Cell(row=at, column=0, column_span=wide, text=text, fill=fill)

    def merged_left(self, *, per_goal: bool = False) -> list[Block]:
        """Goals and policies in merged cells at the left; or a table a goal, only policies left."""
        columns = self.columns()
        blocks: list[Block] = []
        left = 1 if per_goal else 2
        cells: list[Cell] = []
        at = header = 0
        goals = sorted({row.indicator.goal for row in self.rows})
        for goal in goals:
            if per_goal or not cells:
                cells, header = self.header_cells(columns, first=left)
                names = ("施策",) if per_goal else ("基本目標", "施策")
                cells += [
                    Cell(
                        row=0, column=place, row_span=header, text=name, align="center",
                        fill=SHADES[self.features.shade],
                    )
                    for place, name in enumerate(names)
                ]  # fmt: skip
                at = header
            top = at
            for _, policy, rows in (one for one in self.by_place() if one[0] == goal):
                text = self.policy_heading(goal, policy)
                cells.append(Cell(row=at, column=left - 1, row_span=len(rows), text=text))
                for row in rows:
                    cells += self.line(row, columns, at, first=left)
                    at += 1
            widths = [WIDTHS["place"]] * left + [WIDTHS[key] for key in columns]
            if per_goal:
                blocks.append(Heading(text=self.goal_heading(goal), level=1))
                blocks.append(Grid(cells=cells, widths=widths, header=header))
                continue
            cells.append(Cell(row=top, column=0, row_span=at - top, text=self.goal_heading(goal)))
        if not per_goal:
            blocks.append(Grid(cells=cells, widths=widths, header=header))
        return blocks

    def caption(self, row: Row, place: int) -> list[Block]:
        """The name above a table of its own, with its unit and office."""
        one, draw = row.indicator, chance(self.seed, "caption")
        form = draw.choice(
            ("指標{n}　{name}", "■{name}", "指標：{name}", "【指標{n}】{name}", "{name}")
        )
        name = row.cells["name"].replace("\n", "")
        unit = one.unit or "－"
        if self.features.unit == "caption":
            name += f"（単位：{unit}）"
        blocks: list[Block] = [Heading(text=form.format(n=place + 1, name=name), level=3)]
        if self.features.unit == "by-line":
            line = draw.choice(
                (
                    "（担当：{office}）単位：{unit}",
                    "単位：{unit}　担当課：{office}",
                    "（単位：{unit}）",
                )
            )
            blocks.append(Text(text=line.format(office=one.department, unit=unit)))
        return blocks

    def per_indicator(self) -> list[Block]:
        blocks: list[Block] = []
        last, place = (0, 0), 0
        columns = [key for key in self.columns() if key not in {"name", "unit", "number"}]
        for goal, policy, rows in self.by_place():
            if goal != last[0]:
                blocks.append(Heading(text=self.goal_heading(goal), level=1))
            last = goal, policy
            blocks.append(Heading(text=self.policy_heading(goal, policy), level=2))
            for row in rows:
                blocks += self.caption(row, place)
                place += 1
                cells, header = self.header_cells(columns)
                cells += self.line(row, columns, header)
                widths = [WIDTHS[key] for key in columns]
                blocks.append(Grid(cells=cells, widths=widths, header=header))
        return blocks

    def turned(self) -> list[Block]:
        """A table an indicator, with kinds as rows and years as columns."""
        blocks: list[Block] = []
        last, place = 0, 0
        years = list(range(self.plan.year - 3, self.plan.year + 1))
        shade, form = SHADES[self.features.shade], self.features.years
        for goal, policy, rows in self.by_place():
            if goal != last:
                blocks.append(Heading(text=self.goal_heading(goal), level=1))
                last = goal
            blocks.append(Heading(text=self.policy_heading(goal, policy), level=2))
            for row in rows:
                blocks += self.caption(row, place)
                place += 1
                heads = ["区分", dated(self.heads["baseline"], self.base_year, form)]
                heads += [year_alone(year, form) for year in years]
                lines = [
                    [self.heads["target"], "", *(row.cells[f"target {year}"] for year in years)],
                    [self.heads["actual"], row.cells["baseline"]]
                    + [row.cells[f"actual {year}"] for year in years],
                ]
                if self.features.rate == "column":
                    lines.append([self.heads["rate"], "", "", "", "", row.cells["rate"]])
                if self.features.legend != "none":
                    lines.append([self.heads["status"], "", "", "", "", row.cells["status"]])
                cells = [
                    Cell(row=0, column=at, text=text, align="center", fill=shade)
                    for at, text in enumerate(heads)
                ]
                cells += [
                    Cell(
                        row=at, column=column, text=text,
                        align=self.features.align if column else "center",
                    )
                    for at, line in enumerate(lines, start=1)
                    for column, text in enumerate(line)
                ]  # fmt: skip
                blocks.append(Grid(cells=cells, widths=[12, 12, 11, 11, 11, 11]))
        return blocks

    def years_across(self) -> list[Block]:
        """Targets and actuals of several years beside one another, under two levels of headings."""
        years = list(range(self.plan.year - 3, self.plan.year + 1))
        shade, form = SHADES[self.features.shade], self.features.years
        form = "era-before" if form == "untold" else form
        before = ["name"] + (["unit"] if self.features.unit == "column" else [])
        before += ["direction"] if self.features.direction in words.DIRECTIONS else []
        after = [key for key in self.columns() if key in {"rate", "status", "remarks"}]
        pairs = [f"{kind} {year}" for year in years for kind in ("target", "actual")]
        columns = [*before, "baseline", *pairs, *after]
        blocks: list[Block] = []
        last = 0
        for goal, policy, rows in self.by_place():
            if goal != last:
                blocks.append(Heading(text=self.goal_heading(goal), level=1))
                last = goal
            blocks.append(Heading(text=self.policy_heading(goal, policy), level=2))
            cells = []
            for place, key in enumerate(columns):
                kind, _, year = key.partition(" ")
                if not year:
                    text = self.head(key)
                    cells.append(
                        Cell(row=0, column=place, row_span=2, text=text, align="center", fill=shade)
                    )
                    continue
                cells.append(
                    Cell(row=1, column=place, text=self.heads[kind], align="center", fill=shade)
                )
                if kind == "target":
                    text = year_alone(int(year), form)
                    cells.append(
                        Cell(
                            row=0, column=place, column_span=2, text=text, align="center",
                            fill=shade,
                        )
                    )  # fmt: skip
            for at, row in enumerate(rows, start=2):
                cells += self.line(row, columns, at)
            widths = [WIDTHS[key.split()[0]] * (0.8 if " " in key else 1) for key in columns]
            blocks.append(Grid(cells=cells, widths=widths, header=2))
        return blocks

    def body(self) -> list[Block]:
        """The tables of indicators by the layout."""
        layouts: dict[str, Callable[[], list[Block]]] = {
            "per-policy": self.per_policy,
            "two-columns": self.per_policy,
            "banners": self.banners,
            "merged-left": self.merged_left,
            "wide": lambda: self.merged_left(per_goal=True),
            "one-list": lambda: [self.table(self.rows)],
            "per-indicator": self.per_indicator,
            "turned": self.turned,
            "years-across": self.years_across,
        }
        return layouts[self.features.layout]()

    # -------------------------------------------------------------------------- what stands around

    def entries(self) -> list[tuple[str, str]]:
        """The entries of the legend; the word for what is missing only where it is used."""
        missing = any(row.indicator.actual is None for row in self.rows)
        return [*self.legend.entries, *([self.legend.absent] if missing else [])]

    def legend_blocks(self) -> list[Block]:
        if self.features.legend == "none":
            return []
        entries, form = self.entries(), self.features.legend_form
        shade = SHADES[self.features.shade]
        blocks: list[Block] = []
        if form in {"table", "table-across", "lines"}:
            blocks.append(Heading(text="評価の区分", level=3))
        if form == "table":
            blocks.append(others.simple(("区分", "内容"), entries, (12, 50), shade))
        elif form == "table-across":
            marks, meanings = zip(*entries, strict=True)
            blocks.append(others.simple(marks, [meanings], [20] * len(entries), shade))
        elif form == "lines":
            blocks += [Text(text=f"{word}：{meaning}") for word, meaning in entries]
        else:
            told = "　".join(f"{word}：{meaning}" for word, meaning in entries)
            start = "評価区分　" if form == "sentence" else "※評価区分　"
            blocks.append(Text(text=start + told))
        if self.legend.by_rate:
            blocks.append(Text(text="※達成率＝実績値÷目標値×100"))
        if self.legend.note:
            blocks.append(Text(text=f"※{self.legend.note}"))
        return blocks

    def direction_note(self) -> list[Block]:
        notes = {
            "marks-in-name": "※指標名の後に（▼）のあるものは、減少を目指す指標です。",
            "marks-before": "※▼印は、数値の減少を目指す指標です。",
            "arrows": "※方向の欄の↑は増加を目指す指標、↓は減少を目指す指標を表します。",
        }
        note = notes.get(self.features.direction)
        return [Text(text=note)] if note else []

    def counted(self, goal: int | None = None) -> dict[str, int]:
        return {
            word: sum(
                row.status == word and goal in {None, row.indicator.goal} for row in self.rows
            )
            for word, _ in self.entries()
        }

    def summary_blocks(self) -> list[Block]:
        form = self.features.summary
        if form == "no":
            return []
        counts, whole = self.counted(), len(self.rows)
        draw = chance(self.seed, "summary fault")
        word = draw.choice(sorted(counts))
        shares = {one: rounded(Fraction(100 * count, whole)) for one, count in counts.items()}
        total = whole
        if self.features.fault == "count":
            self._fault("count", word, str(counts[word] + 2), str(counts[word]), known=True)
            counts[word] += 2
        elif self.features.fault == "share":
            wrong = shares[word] + Decimal("4.1")
            self._fault("share", word, str(wrong), str(shares[word]), known=True)
            shares[word] = wrong
        elif self.features.fault == "total":
            self._fault("total", "", str(whole + 3), str(whole), known=True)
            total += 3
        blocks: list[Block] = []
        shade = SHADES[self.features.shade]
        if form == "sentence":
            parts = "、".join(
                f"「{one}」が{count}指標（{shares[one]}％）" for one, count in counts.items()
            )
            return [Text(text=f"全{total}指標のうち、{parts}となりました。")]
        blocks.append(Heading(text="達成状況の集計", level=3))
        if form == "per-goal":
            goals = sorted({row.indicator.goal for row in self.rows})
            lines = []
            for goal in goals:
                own = self.counted(goal)
                numbers = [str(own[one]) for one in counts]
                lines.append([self.goal_heading(goal), *numbers, str(sum(own.values()))])
            lines.append(["合計", *(str(count) for count in counts.values()), str(total)])
            head = ("基本目標", *counts, "計")
            blocks.append(others.simple(head, lines, [40, *[10] * (len(counts) + 1)], shade))
            return blocks
        if form == "shares":
            lines = [[one, str(count), f"{shares[one]}％"] for one, count in counts.items()]
            lines.append(["合計", str(total), "100.0％"])
            blocks.append(others.simple(("区分", "指標数", "割合"), lines, (20, 12, 12), shade))
            return blocks
        lines = [[one, str(count)] for one, count in counts.items()]
        lines.append(["合計", str(total)])
        blocks.append(others.simple(("区分", "指標数"), lines, (20, 12), shade))
        return blocks

    def blocks(self) -> list[Block]:
        title = f"{self.plan.title}（{era(self.plan.year)}実績）"
        head: list[Block] = [Heading(text=title, level=0), Text(text=NOTICE)]
        head.append(
            Text(text=f"{era(self.plan.year + 1).removesuffix('度')}９月　{self.plan.town}")
        )
        if self.features.contents == "yes":
            head += others.contents(self.contents())
            head.append(NewPage())
        legend = self.legend_blocks()
        summary = self.summary_blocks()
        body = self.body()
        before = legend if self.features.legend_place == "before" else []
        after = legend if self.features.legend_place == "after" else []
        if self.features.example == "yes":
            before = [*before, *self.example()]
        around = others.Around(self.seed, self.plan, self.features, SHADES[self.features.shade])
        if self.features.layout == "two-columns":
            body = [TwoColumns(blocks=body)]  # type: ignore[arg-type]
        return [
            *head,
            *around.before(),
            *summary,
            *before,
            *self.direction_note(),
            *body,
            *after,
            *around.after(),
        ]

    def contents(self) -> list[str]:
        lines, last = [], 0
        for goal, policy, _ in self.by_place():
            if goal != last:
                lines.append(self.goal_heading(goal))
                last = goal
            lines.append(f"　{self.policy_heading(goal, policy)}")
        return lines

    def example(self) -> list[Block]:
        """A row that shows how to read the tables; it is no indicator."""
        columns = ("name", "baseline", "target", "actual", "status")
        word = self.legend.words[0]
        cells = [
            self.heads["name"],
            *(self.head(key) for key in columns[1:4]),
            self.heads["status"],
        ]
        unit = "人" if self.features.unit == "cell" else ""
        line = ["○○事業の参加者数", f"100{unit}", f"150{unit}", f"160{unit}", word]
        shade = SHADES[self.features.shade]
        return [
            Heading(text="表の見方（例）", level=3),
            others.simple(cells, [line], [WIDTHS[key] for key in columns], shade),
        ]

    # -------------------------------------------------------------------------- the truth

    def truth(self) -> dict[str, Any]:
        placed = self.features.layout != "one-list"
        goals, policies = self.plan.goals, self.plan.policies
        return {
            "invented": True,
            "seed": self.seed,
            "features": {
                name: value
                for name, value in vars(self.features).items()
                if name != "keep" or value is not None
            },
            "document": {
                "edition": self.plan.year + 1,
                "actual_fiscal_year": self.plan.year,
                "publisher": self.plan.town,
            },
            "indicators": [
                {
                    "goal_number": row.indicator.goal if placed else None,
                    "goal": goals[row.indicator.goal - 1] if placed else "",
                    "policy_number": row.indicator.policy if placed else None,
                    "policy": policies[row.indicator.goal - 1][row.indicator.policy - 1]
                    if placed
                    else "",
                    "name": row.indicator.name,
                    "unit": row.indicator.unit,
                    "direction": "higher" if row.indicator.better > 0 else "lower",
                    "direction_told": self.told,
                    "values": row.values,
                    "status": row.status,
                    "status_by_legend": row.judged,
                    "note": row.note,
                }
                for row in self.rows
            ],
            "faults": self.faults,
        }

    def look(self) -> Look:
        layout = self.features.layout
        page = A3_WIDE if layout == "wide" else A4
        count = 0 if layout in {"per-indicator", "turned"} else len(self.columns())
        count += 2 if layout == "merged-left" else 6 if layout == "years-across" else 0
        if page == A4 and count > 8:
            page = A4_WIDE
        points = POINTS[self.features.size]
        if layout in {"years-across", "two-columns"}:
            points = min(points, 7.5)
        return Look(
            page=page,
            font=FONTS[self.features.font],
            points=points,
            rules=self.features.rules,  # type: ignore[arg-type]
            repeat=self.features.repeat == "yes",
            pad=9 if self.features.tall == "yes" else 3,
        )


WIDTHS: dict[str, float] = {
    "place": 13,
    "number": 7,
    "name": 28,
    "department": 11,
    "unit": 8,
    "direction": 10,
    "baseline": 12,
    "target": 12,
    "next_target": 12,
    "actual": 12,
    "rate": 10,
    "status": 11,
    "remarks": 20,
}


def rounded(value: Fraction) -> Decimal:
    """One decimal, half up."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(
        Decimal("0.1"), ROUND_HALF_UP
    )


def make(seed: int, features: Features) -> Made:
    maker = Maker(seed, features)
    blocks = maker.blocks()
    title = maker.plan.title
    return Made(title=title, blocks=blocks, look=maker.look(), truth=maker.truth())
