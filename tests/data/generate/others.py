"""What else such papers hold and is no indicator: budgets, projects, terms, people, surveys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.data.generate import words
from tests.data.generate.blocks import Block, Cell, Grid, Heading, Text
from tests.data.generate.features import Features
from tests.data.generate.plan import Plan, chance
from tests.data.generate.printing import era


def simple(
    head: Sequence[str],
    lines: Sequence[Sequence[str]],
    widths: Sequence[float],
    shade: str | None = None,
) -> Grid:
    """A plain table under one row of headings."""
    cells = [
        Cell(row=0, column=column, text=text, align="center", fill=shade)
        for column, text in enumerate(head)
    ]
    cells += [
        Cell(row=row, column=column, text=text, align="right" if text[:1].isdigit() else "left")
        for row, line in enumerate(lines, start=1)
        for column, text in enumerate(line)
    ]
    return Grid(cells=cells, widths=widths)


def contents(lines: Sequence[str]) -> list[Block]:
    """A table of contents with leaders."""
    blocks: list[Block] = [Heading(text="目次", level=1)]
    blocks += [Text(text=f"{line}　{'…' * 12}　{page}") for page, line in enumerate(lines, start=2)]
    return blocks


@dataclass(frozen=True)
class Around:
    """The parts of a report before and after its indicators."""

    seed: int
    plan: Plan
    features: Features
    shade: str | None

    def before(self) -> list[Block]:
        blocks: list[Block] = []
        if self.features.headline == "yes":
            blocks += self._headline()
        if self.features.population == "yes":
            blocks += self._population()
        if self.features.definitions == "yes":
            blocks += self._definitions()
        return blocks

    def after(self) -> list[Block]:
        blocks: list[Block] = []
        if self.features.projects == "yes":
            blocks += self._projects()
        if self.features.budget == "yes":
            blocks += self._budget()
        if self.features.survey == "yes":
            blocks += self._survey()
        return blocks

    def _subjects(self, purpose: str, count: int) -> list[str]:
        every = [subject for one in words.FIELDS for subject in one.subjects]
        return chance(self.seed, purpose).sample(every, count)

    def _headline(self) -> list[Block]:
        draw = chance(self.seed, "headline")
        blocks: list[Block] = [Heading(text="主な動き", level=2)]
        for subject in self._subjects("headline subjects", 3):
            was = draw.randrange(100, 900)
            blocks.append(Text(text=f"・{subject}の利用者が{was}人から{was + 37}人に増えました。"))
        return blocks

    def _population(self) -> list[Block]:
        draw = chance(self.seed, "population")
        people = draw.randrange(9000, 60000)
        lines = []
        for year in range(self.plan.year - 3, self.plan.year + 1):
            people -= draw.randrange(100, 500)
            aged = tenths(draw.randrange(280, 420))
            lines.append([era(year), f"{people:,}", f"{people * 10 // 24:,}", aged])
        head = ("年度", "総人口（人）", "世帯数（世帯）", "高齢化率（％）")
        return [
            Heading(text="人口と世帯の推移", level=2),
            simple(head, lines, (14, 16, 16, 16), self.shade),
        ]

    def _definitions(self) -> list[Block]:
        lines = [
            (f"{subject}", f"{subject}とは、市が設け、又は支援するものをいう。")
            for subject in self._subjects("definitions", 4)
        ]
        return [
            Heading(text="用語の説明", level=2),
            simple(("用語", "説明"), lines, (18, 50), self.shade),
        ]

    def _projects(self) -> list[Block]:
        lines = [
            (f"{subject}推進事業", "企画課", f"{subject}について、広報と参加の機会を充実する。")
            for subject in self._subjects("projects", 4)
        ]
        return [
            Heading(text="主な事業", level=2),
            simple(("事業名", "担当課", "事業概要"), lines, (22, 12, 46), self.shade),
        ]

    def _budget(self) -> list[Block]:
        draw = chance(self.seed, "budget")
        lines = []
        for subject in self._subjects("budget subjects", 5):
            planned = draw.randrange(800, 90000)
            spent = planned - draw.randrange(10, 700)
            share = tenths(1000 * spent // planned)
            lines.append([f"{subject}事業費", f"{planned:,}", f"{spent:,}", share])
        head = ("事業名", "当初予算額（千円）", "決算額（千円）", "執行率（％）")
        return [
            Heading(text="予算の執行状況", level=2),
            simple(head, lines, (26, 16, 16, 14), self.shade),
        ]

    def _survey(self) -> list[Block]:
        draw = chance(self.seed, "survey")
        lines = []
        for subject in self._subjects("survey subjects", 4):
            good, fair = draw.randrange(80, 300), draw.randrange(200, 400)
            bad = draw.randrange(50, 200)
            left = 1000 - good - fair - bad
            lines.append([subject, *(tenths(part) for part in (good, fair, bad, left))])
        head = ("設問", "満足", "やや満足", "不満", "わからない")
        return [
            Heading(text="市民アンケートの結果（単位：％）", level=2),
            simple(head, lines, (26, 12, 12, 12, 14), self.shade),
        ]


def tenths(count: int) -> str:
    return f"{count // 10}.{count % 10}"
