"""Small invented reports, each with few doubts: ``python -m tests.data.doubts.small`` writes them.

Names, figures and mistakes are invented.  ``None`` stands for a cell that is not there, ``"<"`` for
one that the cell before it runs over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.data.doubts.make import HEADING, HIGH, LEADING, LEFT, LEGEND, SIZE, WIDTHS, Paper

FOLDER = Path(__file__).with_name("small")
Rows = Sequence[Sequence[str | None]]

ROWS_1 = (
    ("観光客の入込数", "千人", "300", "350", "360", "370", "◎"),
    ("宿泊者数", "千人", "40", "50", "45", "55", "○"),
    ("商店街の出店数", "店", "3", "6", "7", "8", "◎"),
    ("直売所の会員数", "人", "60", "80", "58", "90", "△"),
)
ROWS_2 = (
    ("健康教室の参加者数", "人", "500", "600", "580", "650", "○"),
    ("介護予防の拠点数", "箇所", "8", "10", "9", "11", "○"),
    ("図書館の貸出冊数", "冊", "120", "150", "160", "170", "◎"),
)
FIELDS = ("観光", "農業", "林業", "商業", "定住")


class Sheet(Paper):
    """Tables with cells that are missing or run over others, to the right or down."""

    def grid(self, rows: Rows, widths: Sequence[float] = WIDTHS) -> None:
        self.pdf.setLineWidth(0.5)
        for number_of, row in enumerate(rows):
            height = max((text or "").count("\n") + 1 for text in row) * LEADING + 8
            for at, text in enumerate(row):
                if text is None or text in {"<", "^"}:
                    continue
                down = 1
                while number_of + down < len(rows) and rows[number_of + down][at] == "^":
                    down += 1
                over = 1
                while at + over < len(row) and row[at + over] == "<":
                    over += 1
                left = LEFT + sum(widths[:at])
                whole = height * down  # rows of one line each where a cell spans several
                self.pdf.rect(left, HIGH - self.y - whole, sum(widths[at : at + over]), whole)
                self.pdf.setFont("Gothic", SIZE)
                for number, line in enumerate(text.split("\n")):
                    base = HIGH - self.y - 4 - SIZE - number * LEADING
                    self.pdf.drawString(left + 3, base, line)
            self.y += height
        self.y += 14

    def begin(self, legend: Rows = LEGEND) -> None:
        self.text("令和7年度しらかば町総合計画実施状況報告書", 15)
        self.text("しらかば町", 12)
        self.text("達成状況の区分")
        self.grid(legend, (60, 380))

    def goal(self, number: int, title: str, rows: Rows) -> None:
        self.text(f"基本目標{number}　{title}", 13)
        self.grid((HEADING, *rows))


def statuses(sheet: Sheet) -> None:
    """A status left out, one without an actual, a deficit, units and repeats that differ."""
    sheet.begin()
    more = (
        ("林道の整備延長", "km", "10.0", "12.0", "12.5", "13.0", ""),
        ("道の駅の来場者数", "千人", "90", "100", "－", "110", "◎"),
        ("新規就農者数", "人", "2", "5", "6件", "7", "◎"),
        ("定住した世帯数", "世帯", "240", "240", "240", "420", "◎"),
        ("社会増減数", "人", "(178)", "(132)", "(140)", "(120)", "○"),
    )
    sheet.goal(1, "にぎわいのあるまち", (*ROWS_1, *more))
    again = ("宿泊者数（再掲）", "千人", "40", "50", "47", "55", "○")
    sheet.goal(2, "すこやかなまち", (*ROWS_2, again))
    sheet.text("「◎」の割合は基本目標2が最も高くなっています。")


def cells(sheet: Sheet) -> None:
    """A cell that is not there, one over two columns of figures, a row with a name alone."""
    sheet.begin()
    sheet.goal(1, "にぎわいのあるまち", ROWS_1)
    odd: Rows = (
        ("救急講習の受講者数", "人", "200", None, "240", "260", "○"),
        ("子育て広場の利用者数", "人", "300", "360", "<", "370", "○"),
        ("保育所の待機児童数", None, None, None, None, None, None),
    )
    sheet.goal(2, "すこやかなまち", (*ROWS_2, *odd))


def grades(sheet: Sheet) -> None:
    """Words of the legend, too few to prove it, in a row whose heading no vocabulary knows."""
    sheet.begin((("区分", "内容"), ("A", "目標値以上"), ("B", "基準値以上"), ("C", "基準値未満")))
    sheet.text("基本目標1　にぎわいのあるまち", 13)
    for number, name in enumerate(("農業産出額",), start=1):
        sheet.text(f"{number}　{name}", 11)
        rows = (
            ("区分", "現状値H25", "H26", "H27"),
            ("目標値", "", "4,356", "4,278"),
            ("実績値", "4,300", "4,360", "4,200"),
            ("達成率", "", "100.1", "98.2"),
            ("できばえ", "", "A", "B"),
        )
        sheet.grid(rows, (100, 80, 80, 80))


def letters(sheet: Sheet) -> None:
    """A legend in plain words, and one of example rows."""
    sheet.begin((("区分", "内容"), ("A", "目標値以上"), ("B", "基準値以上"), ("C", "基準値未満")))
    marks = {"◎": "A", "○": "B", "△": "C"}
    sheet.goal(1, "にぎわいのあるまち", [(*row[:-1], marks[row[-1]]) for row in ROWS_1])
    sheet.goal(2, "すこやかなまち", [(*row[:-1], marks[row[-1]]) for row in ROWS_2])


def examples(sheet: Sheet) -> None:
    """A legend of example rows."""
    sheet.text("令和7年度しらかば町総合計画実施状況報告書", 15)
    sheet.text("達成状況の区分（例）")
    rows = (
        ("基準値", "目標値", "実績値", "達成状況"),
        ("100", "110", "120", "◎"),
        ("100", "110", "90", "○"),
        ("100", "110", "95", "△"),
    )
    sheet.grid(rows, (80, 80, 80, 80))
    sheet.goal(1, "にぎわいのあるまち", ROWS_1)
    sheet.goal(2, "すこやかなまち", ROWS_2)


def colours(sheet: Sheet) -> None:
    """A column of statuses without a character, as where colours tell them."""
    sheet.begin()
    for goal, rows in enumerate((ROWS_1, ROWS_2), start=1):
        sheet.goal(goal, "まち", [(*row[:-1], "") for row in rows])


def several(sheet: Sheet) -> None:
    """Two values in a cell, of which one lacks one; two rows of figures under one name."""
    sheet.begin()
    sheet.text("基本目標1　にぎわいのあるまち", 13)
    heading = ("指標", "単位", "基準値R1", "R6\n目標値\n実績値", "達成状況")
    rows: Rows = (
        ("観光客数", "千人", "90", "100\n105", "◎"),
        ("宿泊者数", "千人", "40", "50\n47", "○"),
        ("移住者数", "人", "5", "8", "△"),
    )
    sheet.grid((heading, *rows), (176.0, 44.0, 70.0, 70.0, 64.0))
    sheet.text("基本目標2　すこやかなまち", 13)
    upper, lower = ("50", "60", "58", "65", "○"), ("30", "40", "38", "45", "○")
    sheet.grid((HEADING, *ROWS_2, ("出生数", "人", *upper), ("^", "^", *lower)))


def numbers(sheet: Sheet) -> None:
    """Numbers where the statuses ought to stand."""
    sheet.begin()
    for goal, rows in enumerate((ROWS_1, ROWS_2), start=1):
        shares = [(*row[:-1], f"{100 * float(row[4]) / float(row[3]):.1f}") for row in rows]
        sheet.goal(goal, "まち", shares)


def projects(sheet: Sheet) -> None:
    """A project that stands twice, one without its department, a repeat without its first."""
    sheet.begin()
    sheet.text("基本目標1　にぎわいのあるまち", 13)
    for number in range(1, 6):
        sheet.text(
            f"施策{number}　{['観光', '農業', '林業', '商業', '定住'][number - 1]}の振興", 11
        )
        if number < 5:
            sheet.grid((HEADING, ROWS_1[number - 1]))
    sheet.page()
    sheet.text("主な事業", 11)
    named = [
        (f"{what}支援事業", f"{what}を支える", "産業課")
        for what in ["農業", "林業", "商業", "観光", "定住"]
    ]
    again = ("空き家活用事業（再掲）", "空き家を活用する", "産業課")
    rows = (*named, named[0], ("移住相談事業", "移住の相談", ""), again)
    sheet.grid((("事業名", "事業概要", "担当課"), *rows), (160, 200, 100))


def policies(sheet: Sheet) -> None:
    """A policy whose number names another goal than the one that it stands under."""
    sheet.begin()
    rows = iter((*ROWS_1, *ROWS_2))
    for goal, numbered in ((1, ("1-1", "1-2", "1-3")), (2, ("2-1", "2-2", "1-4"))):
        sheet.text(f"基本目標{goal}　まち{goal}", 13)
        for number, field in zip(numbered, FIELDS, strict=False):
            sheet.text(f"施策{number}　{field}", 11)
            sheet.grid((HEADING, next(rows)))


def rowless(sheet: Sheet) -> None:
    """A policy without a table among others that have one."""
    sheet.begin()
    rows = iter((*ROWS_1, *ROWS_2))
    for goal in (1, 2):
        sheet.text(f"基本目標{goal}　まち{goal}", 13)
        for number, field in enumerate(FIELDS[:3], start=1):
            sheet.text(f"施策{goal}-{number}　{field}", 11)
            if (goal, number) != (1, 3):
                sheet.grid((HEADING, next(rows)))


def figures(sheet: Sheet) -> None:
    """Figures under a heading that no vocabulary knows, and that no legend needs."""
    bands = (("◎", "目標値以上"), ("○", "目標値の90％以上"), ("△", "目標値の90％未満"))
    sheet.begin((("区分", "内容"), *bands))
    sheet.text("基本目標1　にぎわいのあるまち", 13)
    heading = (*HEADING[:2], "ほしの姿", *HEADING[3:])
    sheet.grid((heading, *ROWS_1, *ROWS_2))


def headings(sheet: Sheet) -> None:
    """Headings under which nothing stands."""
    sheet.begin()
    sheet.goal(1, "にぎわいのあるまち", (*ROWS_1, *ROWS_2))
    sheet.goal(2, "すこやかなまち", ())


def edge(sheet: Sheet) -> None:
    """A column of figures that runs over the edge of the page."""
    sheet.begin()
    wide = (250.0, 60.0, 66.0, 66.0, 70.0, 90.0)
    sheet.text("基本目標1　にぎわいのあるまち", 13)
    rows = (*((*row[:4], "1,250,000", "1,260,000") for row in ROWS_1),)
    sheet.grid((HEADING[:-1], *rows), wide)


def directions(sheet: Sheet) -> None:
    """The better side of each indicator in a column of its own."""
    sheet.begin()
    sheet.text("基本目標1　にぎわいのあるまち", 13)
    rows = (*((*row, "↑") for row in (*ROWS_1, *ROWS_2)),)
    sheet.grid(((*HEADING, "方向性"), *rows), (150.0, 44.0, 50.0, 50.0, 50.0, 50.0, 50.0, 50.0))


def appendix(sheet: Sheet) -> None:
    """A table of other figures, under a heading for names and nothing that says what they are."""
    sheet.begin()
    sheet.goal(1, "にぎわいのあるまち", ROWS_1)
    sheet.text("参考となる資料です。")
    rows = (("財政力指数", "0.42", "0.41", "0.39"), ("公債費の比率", "8.2", "8.4", "7.9"))
    sheet.grid((("指標", "令和6年度", "令和5年度", "類似団体"), *rows), (180.0, 80.0, 80.0, 80.0))


def overview(sheet: Sheet) -> None:
    """An overview that prints the indicators of both goals once more, one with another actual."""
    sheet.begin()
    sheet.goal(1, "にぎわいのあるまち", ROWS_1)
    sheet.goal(2, "すこやかなまち", ROWS_2)
    sheet.text("指標一覧", 13)
    heading = ("No.", HEADING[0], HEADING[1], HEADING[4], HEADING[6])
    rows = [(str(at), row[0], row[1], row[4], row[6]) for at, row in enumerate(ROWS_1 + ROWS_2, 1)]
    rows[5] = (*rows[5][:3], "10", rows[5][4])
    sheet.grid((heading, *rows), (40.0, 170.0, 60.0, 80.0, 80.0))


DOCUMENTS: tuple[Callable[[Sheet], None], ...] = (
    statuses,
    cells,
    grades,
    headings,
    letters,
    examples,
    colours,
    several,
    numbers,
    projects,
    policies,
    rowless,
    figures,
    edge,
    directions,
    appendix,
    overview,
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for document in DOCUMENTS:
        sheet = Sheet(FOLDER / f"{document.__name__}.pdf")
        document(sheet)
        sheet.pdf.save()


if __name__ == "__main__":
    main()
