"""Whatever stands on the paper: assembling ends, invents nothing and loses nothing unseen."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from pipeline.assemble import run
from pipeline.assemble.pieces import split_pieces
from pipeline.assemble.vocabulary import Vocabulary
from pipeline.boxes import contains
from pipeline.japanese.text import label
from pipeline.model import Cell, Document, Extracted, Line, PageInfo, Table
from pipeline.settings.assemble import load
from pipeline.settings.files import packaged_defaults

pytestmark = pytest.mark.slow

SETTINGS = load([packaged_defaults()], {})
WORDS = st.sampled_from(
    [
        *("指標", "KPI", "単位", "基準値", "R6 目標", "R6 実績", "目標", "実績", "達成状況"),
        *("達成率", "事業名", "事業概要", "施策", "備考", "区分", "年度", "合計", "R6", "H30"),
        *("指標名（単位）", "来館者数", "相談件数\n（累計）", "人", "％", "10", "1,234", "－", ""),
        *("", "◎", "A", "B+", "基本目標１　暮らし", "施策1-1 防災", "1. 産業", "（1）農業"),
        *("①　学び", "※1 注", "令和6年度", "目標達成", "未達成", "10人", "▲3", "50%以上"),
        *("本文の言葉が続きます。", "課名", "（企画課）"),
    ]
)
SIZES = st.sampled_from([9.0, 10.5, 14.0])


@st.composite
def tables(draw, page: int, top: float) -> Table:
    """A table with merged cells here and there, as ruled or as found by alignment."""
    columns, rows = draw(st.integers(1, 8)), draw(st.integers(1, 6))
    left, width = draw(st.sampled_from([50.0, 52.0, 64.0])), draw(st.sampled_from([40.0, 55.0]))
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = draw(st.sampled_from([1, 1, 1, 1, 2, columns]))
            down = draw(st.sampled_from([1, 1, 1, 2]))
            right = min(right, columns - column)
            down = min(down, rows - row)
            spots = {(row + i, column + j) for i in range(down) for j in range(right)}
            if spots & taken:
                right, down, spots = 1, 1, {(row, column)}
            taken |= spots
            cells.append(
                Cell(
                    row=row,
                    column=column,
                    row_span=down,
                    column_span=right,
                    box=(
                        left + width * column,
                        top + 20.0 * row,
                        left + width * (column + right),
                        top + 20.0 * (row + down),
                    ),
                    text=draw(WORDS),
                    fill=draw(st.sampled_from([None, None, "#ffff00"])),
                )
            )
    method = draw(st.sampled_from(["ruled", "ruled", "horizontal", "text"]))
    box = (left, top, left + width * columns, top + 20.0 * rows)
    return Table(page=page, box=box, cells=tuple(cells), method=method)  # type: ignore[arg-type]


@st.composite
def papers(draw) -> Extracted:
    found: list[Table] = []
    lines: list[Line] = []
    pages = draw(st.integers(1, 4))
    for page in range(1, pages + 1):
        top = 60.0
        for _ in range(draw(st.integers(0, 3))):
            if draw(st.booleans()):
                text, size = draw(WORDS), draw(SIZES)
                box = (50.0, top, 50.0 + size * max(1, len(text)), top + size)
                if text:
                    lines.append(Line(text=text, page=page, box=box, size=size))
                top += 30.0
            table = draw(tables(page, top))
            found.append(table)
            top = table.box[3] + draw(st.sampled_from([0.0, 20.0]))
    infos = tuple(PageInfo(number=n + 1, width=595.0, height=842.0) for n in range(pages))
    return Extracted(
        document=Document(sha256="0" * 64, pages=infos), tables=tuple(found), lines=tuple(lines)
    )


@tries(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(papers())
def test_any_paper_can_be_assembled_and_again_to_the_same(paper: Extracted) -> None:
    assert run(paper, SETTINGS) == run(paper, SETTINGS)


@tries(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(papers())
def test_nothing_is_invented(paper: Extracted) -> None:
    printed = {
        part
        for text in (
            *(cell.text for table in paper.tables for cell in table.cells),
            *(line.text for line in paper.lines),
        )
        for part in text.split("\n")
    }
    assembled = run(paper, SETTINGS)
    for row in (*assembled.indicators, *assembled.projects):
        for entry in row.entries:
            for part in entry.printed.text.split("\n"):
                assert any(part in text for text in printed)


@tries(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(papers())
def test_every_table_is_taken_or_told(paper: Extracted) -> None:
    assembled = run(paper, SETTINGS)
    spots = [
        (place.page, place.box)
        for row in (*assembled.indicators, *assembled.projects)
        for entry in row.entries
        for place in (entry.printed, *entry.printed.continued)
    ]
    spots += [(r.page, r.box) for r in assembled.remarks if r.page and r.box]
    spots += [(n.page, n.box) for n in assembled.notes]
    spots += [(r.word.page, r.word.box) for r in assembled.legend]
    spots += [(c.printed.page, c.printed.box) for c in assembled.claims]
    spots += [(h.meaning.page, h.meaning.box) for h in assembled.highlights]
    joined = {join.page for join in assembled.joins}
    freed, _ = split_pieces(paper.tables, paper.lines, Vocabulary(SETTINGS), SETTINGS)
    rows = (*assembled.indicators, *assembled.projects)
    places = {text for row in rows for text in (row.place.goal, row.place.policy) if text}
    for table in paper.tables:
        filled = [cell for cell in table.cells if cell.text.strip()]
        if len(table.cells) == 1 or len(filled) <= 1 or table.page in joined:
            continue
        if any(title in label(cell.text) for cell in filled for title in places):
            continue
        if any(one.page == table.page and contains(table.box, *one.box[:2]) for one in freed):
            continue  # read as lines, of which one is a heading of the plan
        assert any(
            page == table.page
            and box[0] < table.box[2]
            and table.box[0] < box[2]
            and box[1] <= table.box[3]
            and table.box[1] <= box[3]
            for page, box in spots
        ), [cell.text for cell in table.cells]
