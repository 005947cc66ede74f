"""The tables of a report, by its layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.data.generate import others, words
from tests.data.generate.blocks import Block, Cell, Grid, Heading, Text
from tests.data.generate.plan import chance
from tests.data.generate.printing import dated, year_alone
from tests.data.generate.rows import Row, Rows

SHADES = {"no": None, "grey": "#d9d9d9", "blue": "#cfe2f3"}
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


class Layouts(Rows):
    """The rows in tables, one way for each layout."""

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

    def per_policy(self) -> list[Block]:
        blocks: list[Block] = []
        last = 0
        for goal, policy, rows in self.by_place():
            if goal != last:
                blocks.append(Heading(text=self.goal_heading(goal), level=1))
                last = goal
            blocks.append(Heading(text=self.policy_heading(goal, policy), level=2))
            blocks += self.within(goal, policy, [self.table(rows)])
        return blocks

    def within(self, goal: int, policy: int, tables: list[Block]) -> list[Block]:
        """What stands within a policy: its tables, under headings of their own or before others."""
        inside = self.features.inside
        if inside == "no":
            return tables
        first, second = chance(self.seed, "inside").choice(words.INNER)
        blocks: list[Block] = []
        if inside != "projects":
            blocks.append(Heading(text=self.inner_heading(1, first), level=3))
        blocks += tables
        if inside != "projects":
            blocks.append(Heading(text=self.inner_heading(2, second), level=3))
            blocks.append(Text(text=words.INNER_TEXT))
        if inside != "headings":
            fields = chance(self.seed, f"inside/{goal}-{policy}").sample(words.FIELDS, 3)
            lines = [
                (
                    f"{field.subjects[0]}の充実事業",
                    field.departments[0],
                    f"{field.policies[0]}を図る。",
                )
                for field in fields
            ]
            shade = SHADES[self.features.shade]
            blocks.append(
                others.simple(("事業名", "担当課", "事業概要"), lines, (22, 12, 46), shade)
            )
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
            tables: list[Block] = []
            for row in rows:
                tables += self.caption(row, place)
                place += 1
                cells, header = self.header_cells(columns)
                cells += self.line(row, columns, header)
                widths = [WIDTHS[key] for key in columns]
                tables.append(Grid(cells=cells, widths=widths, header=header))
            blocks += self.within(goal, policy, tables)
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
            tables: list[Block] = []
            for row in rows:
                tables += self.caption(row, place)
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
                tables.append(Grid(cells=cells, widths=[12, 12, 11, 11, 11, 11]))
            blocks += self.within(goal, policy, tables)
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
            blocks += self.within(goal, policy, [Grid(cells=cells, widths=widths, header=2)])
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
