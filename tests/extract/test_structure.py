"""Tables of reports in other languages: every cell where a person sees it, none in running text."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.pdf.primitives import Glyph, Run
from pipeline.extract.read import read
from pipeline.extract.ruled.grid import Edge, Grid, GridCell
from pipeline.extract.unruled.column_headings import spread
from pipeline.extract.unruled.found import Found, FoundCell
from pipeline.extract.unruled.gutters import is_figure
from pipeline.extract.unruled.undivided import divided
from pipeline.extract.unruled.zones import zones
from pipeline.model import Extracted
from pipeline.settings.extract import ExtractSettings

FOLDER = Path(__file__).parents[1] / "data" / "structure"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))

KNOWN_LIMITS = {
    "beside-header-rule": "two tables side by side, their rows in line, are taken for one",
}


def plain(text: str) -> str:
    """A text without blanks; Typst sets a minus sign for a hyphen."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\u2212", "-").split())


def places(table: dict[str, Any]) -> list[tuple[int, int, int, int, str]]:
    """The written cells of a table: row, column, spans, text."""
    return sorted(
        (cell["row"], cell["column"], cell["row_span"], cell["column_span"], plain(cell["text"]))
        for cell in table["cells"]
        if cell["text"]
    )


def found_places(extracted: Extracted) -> list[list[tuple[int, int, int, int, str]]]:
    """The same of what was read."""
    return [
        sorted(
            (cell.row, cell.column, cell.row_span, cell.column_span, plain(cell.text))
            for cell in table.cells
            if cell.text
        )
        for table in extracted.tables
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_is_where_a_person_sees_it(name: str, request: pytest.FixtureRequest) -> None:
    if name in KNOWN_LIMITS:
        request.applymarker(pytest.mark.xfail(reason=KNOWN_LIMITS[name], strict=True))
    facts = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    extracted = read((FOLDER / f"{name}.pdf").read_bytes(), ExtractSettings(), None).extracted
    assert found_places(extracted) == [places(table) for table in facts["tables"]]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("1,284.6", True),
        ("(112,046)", True),
        ("-3.25%", True),
        ("1 450", True),
        ("12,345千円", True),
        ("2023", True),
        ("–", True),
        ("(X)", True),
        ("n.a.", True),
        (":", True),
        ("R6 目標", False),
        ("単位", False),
        ("Sex", False),
        ("Under 18 years", False),
        ("Table 3", False),
        ("Total", False),
        ("（％）", False),
        ("CO2", False),
    ],
)
def test_figures_are_told_from_words(text: str, *, figure: bool) -> None:
    assert is_figure(text) is figure


# --------------------------------------------------------------------------- drawn by hand


class Sheet:
    """Letters of 10 points, 5 wide, on lines given by their baseline."""

    def __init__(self) -> None:
        self.glyphs: list[Glyph] = []

    def write(self, x: float, y: float, text: str) -> list[Glyph]:
        run = Run(font="F", size=10.0, angle=0, colour=0, order=len(self.glyphs))
        written = [
            Glyph(
                text=letter,
                x=x + 5 * place,
                y=y,
                x0=x + 5 * place,
                top=y - 8,
                x1=x + 5 * place + 5,
                bottom=y + 2,
                index=len(self.glyphs) + place,
                run=run,
            )
            for place, letter in enumerate(text)
        ]
        self.glyphs.extend(written)
        return written


def text_of(glyphs: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def two_cells(left: list[str], right: list[str]) -> tuple[Grid, list[list[Glyph]]]:
    """A ruled row of two cells with lines of text, under a row of headings."""
    sheet = Sheet()
    height = 12.0 * max(len(left), len(right)) + 4
    boxes = [(0, 0, 100, 16), (100, 0, 160, 16), (0, 16, 100, 16 + height)]
    boxes.append((100, 16, 160, 16 + height))
    contents = [sheet.write(3, 11, "Name"), sheet.write(103, 11, "Number")]
    for x, lines in ((3.0, left), (103.0, right)):
        contents.append(
            [g for place, line in enumerate(lines) for g in sheet.write(x, 27 + 12 * place, line)]
        )
    cells = [GridCell(tuple(map(float, box))) for box in boxes]
    return Grid((0.0, 0.0, 160.0, 16 + height), cells, [], []), contents


def test_lines_of_names_and_figures_in_one_ruled_row_are_rows() -> None:
    grid, contents = two_cells(["Abbey", "Bridge", "Castle", "Docks"], ["12", "7", "(X)", "31"])
    found = divided(grid, contents)
    assert found is not None
    rows = [
        [text_of(cell.glyphs) for cell in found.cells if cell.top == row]
        for row in range(len(found.ys) - 1)
    ]
    assert rows == [
        ["Name", "Number"],
        ["Abbey", "12"],
        ["Bridge", "7"],
        ["Castle", "(X)"],
        ["Docks", "31"],
    ]


def test_a_name_that_begins_with_a_small_letter_goes_on() -> None:
    grid, contents = two_cells(
        ["Abbey", "Murder and", "manslaughter", "Castle", "Docks"], ["12", "", "7", "4", "31"]
    )
    found = divided(grid, contents)
    assert found is not None
    names = [text_of(cell.glyphs) for cell in found.cells if cell.left == 0]
    assert names == ["Name", "Abbey", "Murder andmanslaughter", "Castle", "Docks"]


def test_one_wrapped_text_beside_figures_stays_one_cell() -> None:
    """The first word of each line had no room on the line before."""
    grid, contents = two_cells(
        ["share of children", "who walk to their", "school in the old", "part of the town"],
        ["12", "7", "4", "31"],
    )
    assert divided(grid, contents) is None


def test_cells_of_few_lines_stay_whole() -> None:
    grid, contents = two_cells(["Abbey", "Bridge"], ["12", "7"])
    assert divided(grid, contents) is None


def with_headings(*headings: tuple[float, float, str]) -> Found:
    """A table of three columns of figures under lines of headings at x and y."""
    sheet = Sheet()
    xs = [0.0, 50.0, 110.0, 170.0, 230.0]
    lines = sorted({y for _, y, _ in headings})
    ys = [y - 10.0 for y in lines] + [lines[-1] + 4.0 + 12 * step for step in range(3)]
    cells = []
    for level, line in enumerate(lines):
        for column in range(4):
            glyphs = [
                glyph
                for x, y, text in headings
                if y == line and xs[column] <= x + 2.5 * len(text) < xs[column + 1]
                for glyph in sheet.write(x, y, text)
            ]
            cells.append(FoundCell(level, column, level + 1, column + 1, glyphs))
    for row, name in enumerate(("North", "South")):
        y = lines[-1] + 14.0 + 12 * row
        level = len(lines) + row
        cells.append(FoundCell(level, 0, level + 1, 1, sheet.write(2, y, name)))
        for column in (1, 2, 3):
            glyphs = sheet.write(xs[column + 1] - 32, y, "1,204")
            cells.append(FoundCell(level, column, level + 1, column + 1, glyphs))
    return Found(xs, ys, cells, "text")


def shape(found: Found) -> list[tuple[int, int, int, int, str]]:
    """Headings: row, column, spans, text."""
    return [
        (c.top, c.left, c.bottom - c.top, c.right - c.left, text_of(c.glyphs))
        for c in found.cells
        if c.glyphs and not text_of(c.glyphs).startswith(("1,", "North", "South"))
    ]


def test_a_heading_in_the_middle_is_over_all_its_columns() -> None:
    found = spread(
        with_headings(
            (2, 20, "Area"),
            (130, 20, "Votes"),
            (85, 32, "2019"),
            (145, 32, "2020"),
            (205, 32, "2021"),
        )
    )
    assert shape(found) == [
        (0, 0, 2, 1, "Area"),
        (0, 1, 1, 3, "Votes"),
        (1, 1, 1, 1, "2019"),
        (1, 2, 1, 1, "2020"),
        (1, 3, 1, 1, "2021"),
    ]


def test_a_heading_that_begins_a_line_higher_is_one_heading() -> None:
    found = spread(
        with_headings(
            (185, 20, "American"),
            (2, 32, "Area"),
            (85, 32, "White"),
            (145, 32, "Black"),
            (185, 32, "Indian"),
        )
    )
    assert shape(found) == [
        (0, 0, 1, 1, "Area"),
        (0, 1, 1, 1, "White"),
        (0, 2, 1, 1, "Black"),
        (0, 3, 1, 1, "AmericanIndian"),
    ]


def test_two_texts_over_one_column_are_no_headings_of_two() -> None:
    found = spread(with_headings((2, 20, "Up"), (25, 20, "Then")))
    assert [place[:2] for place in shape(found) if place[4]] == [(0, 0)]


def test_units_under_headings_stay_a_row_of_their_own() -> None:
    found = spread(
        with_headings(
            (2, 20, "Area"), (85, 20, "Land"), (145, 20, "Lake"), (205, 20, "Wood"), (205, 32, "ha")
        )
    )
    assert [place[0] for place in shape(found)] == [0, 0, 0, 0, 1]


PROSE = [
    "The council looks back on a year in",
    "which most of its plans were carried",
    "out. Where they were not, the reason",
    "was seldom money: contractors were",
    "hard to find, and two permits came",
    "late. The following pages say what",
    "was done, what it cost, and what it",
    "is that comes next. Rents rose more",
    "slowly than in the year before, and",
    "in the north some dwellings were",
    "finished before the winter began.",
]


def page_of_two_columns() -> Sheet:
    sheet = Sheet()
    for place, line in enumerate(PROSE):
        sheet.write(0, 20 + 12 * place, line)
    for place, (name, number) in enumerate((("Abbey", "12"), ("Bridge", "7"), ("Docks", "31"))):
        sheet.write(220, 26 + 15 * place, name)
        sheet.write(290, 26 + 15 * place, number)
    return sheet


def test_a_page_is_cut_between_running_text_and_a_table_beside_it() -> None:
    parts = [text_of(part.glyphs) for part in zones(page_of_two_columns().glyphs, [])]
    assert sorted(parts) == sorted(["".join(PROSE), "Abbey12Bridge7Docks31"])


def test_a_page_is_not_cut_where_a_rule_runs_across() -> None:
    assert len(zones(page_of_two_columns().glyphs, [Edge(70.0, 0.0, 320.0)])) == 1


def test_rules_are_of_the_part_of_the_page_that_they_stand_in() -> None:
    left, right, below = Edge(70.0, 0, 170), Edge(60.0, 210, 300), Edge(400.0, 0, 300)
    parts = zones(page_of_two_columns().glyphs, [left, right, below])
    assert sorted((text_of(part.glyphs)[:5], tuple(part.rules)) for part in parts) == [
        ("Abbey", (right,)),
        ("The c", (left,)),
    ]


def test_a_page_is_cut_where_headings_of_a_table_stand_again_beside_it() -> None:
    """The table on the left is taken already; a heading of the plan stands over it."""
    sheet = Sheet()
    table = [sheet.write(x, 60, t) for x, t in ((0, "Name"), (60, "Target"), (120, "Actual"))]
    table += [sheet.write(x, 80, t) for x, t in ((0, "Trees"), (60, "120"), (120, "7"))]
    taken = {id(glyph) for text in table for glyph in text}
    sheet.write(0, 40, "Goal 1 A green town")
    for x, texts in ((200, ("Name", "Lakes")), (260, ("Target", "31")), (320, ("Actual", "9"))):
        for y, text in zip((40, 60), texts, strict=True):
            sheet.write(x, y, text)
    left = [glyph for glyph in sheet.glyphs if id(glyph) not in taken]
    assert len(zones(left, [])) == 1
    parts = [text_of(part.glyphs) for part in zones(left, [], [], sheet.glyphs)]
    assert parts == ["Goal 1 A green town", "NameLakesTarget31Actual9"]


def test_a_page_is_not_cut_beside_names_that_follow_closely() -> None:
    sheet = Sheet()
    for place in range(6):
        sheet.write(0, 20 + 24 * place, f"{place} Number of visitors to the town")
        sheet.write(0, 32 + 24 * place, "not counting those of other towns")
        sheet.write(220, 26 + 24 * place, "120")
        sheet.write(290, 26 + 24 * place, "7")
    assert len(zones(sheet.glyphs, [])) == 1
