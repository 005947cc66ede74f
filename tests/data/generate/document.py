"""From a seed to a document: its blocks and the truth about it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.data.generate import others
from tests.data.generate.blocks import Block, Heading, Look, NewPage, Text, TwoColumns
from tests.data.generate.features import Features
from tests.data.generate.layouts import SHADES, WIDTHS, Layouts
from tests.data.generate.plan import chance
from tests.data.generate.printing import era
from tests.data.generate.rows import rounded

NOTICE = "この資料は、試験のために作られた架空のものです。"
FONTS = {"gothic": "IPAGothic", "mincho": "IPAMincho", "proportional": "IPAPGothic"}
POINTS = {"small": 7.5, "middle": 9.0, "large": 10.5}
A4, A4_WIDE, A3_WIDE = (595.3, 841.9), (841.9, 595.3), (1190.6, 841.9)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A document ready for a producer, and the truth beside it."""

    title: str
    blocks: list[Block]
    look: Look
    truth: dict[str, Any]


class Report(Layouts):
    """The whole document: what stands around its tables, and the truth."""

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

    def counted(self, goal: int | None = None, policy: int | None = None) -> dict[str, int]:
        return {
            word: sum(
                row.status == word
                and goal in {None, row.indicator.goal}
                and policy in {None, row.indicator.policy}
                for row in self.rows
            )
            for word, _ in self.entries()
        }

    def counts_by_part(self, *, per_policy: bool) -> list[tuple[str, dict[str, int]]]:
        """The counts of every goal, or of every policy, under its heading."""
        if per_policy:
            return [
                (self.policy_heading(goal, policy), self.counted(goal, policy))
                for goal, policy, _ in self.by_place()
            ]
        goals = sorted({row.indicator.goal for row in self.rows})
        return [(self.goal_heading(goal), self.counted(goal)) for goal in goals]

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
        if form in {"per-goal", "per-policy"}:
            lines = []
            for heading, own in self.counts_by_part(per_policy=form == "per-policy"):
                lines.append([heading, *map(str, own.values()), str(sum(own.values()))])
            lines.append(["合計", *(str(count) for count in counts.values()), str(total)])
            part = "施策" if form == "per-policy" else "基本目標"
            widths = [40, *[10] * (len(counts) + 1)]
            blocks.append(others.simple((part, *counts, "計"), lines, widths, shade))
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


def make(seed: int, features: Features) -> Made:
    report = Report(seed, features)
    blocks = report.blocks()
    title = report.plan.title
    return Made(title=title, blocks=blocks, look=report.look(), truth=report.truth())
