"""Which edition a document is, by its title and its columns; in doubt: not known."""

from __future__ import annotations

import pytest

from pipeline.desk.identify import edition_of
from pipeline.model import Assembled, Document, Entry, IndicatorRow, Place, Printed

BOX = (0.0, 0.0, 1.0, 1.0)


def printed(text: str) -> Printed:
    return Printed(text=text, page=1, box=BOX, reader="pdfium")


def plan(title: str, *headers: tuple[str, str]) -> Assembled:
    entries = tuple(
        Entry(kind=kind, header=header, printed=printed("1"))  # type: ignore[arg-type]
        for kind, header in headers
    )
    return Assembled(
        document=Document(sha256="0" * 64, pages=()),
        title=printed(title),
        places=(),
        indicators=(IndicatorRow(place=Place(), entries=entries, table=0, row=0),),
    )


DATED = (("baseline", "H30"), ("target", "R6 目標"), ("actual", "R6 実績"), ("target", "R7 目標"))
UNDATED = (("target", "目安値"), ("actual", "実績値"))
PLANNED = (("baseline", "現状値（R元）"), ("target", "目標値（R7）"))


@pytest.mark.parametrize(
    ("title", "columns", "edition"),
    [
        ("総合計画における令和7年度の実施について", DATED, 2025),
        ("総合計画 令和6年度 進捗状況", DATED, 2025),
        ("総合計画（令和2年度～令和7年度）の進捗", DATED, 2025),
        ("総合計画の進捗状況", DATED, 2025),
        ("総合計画 令和3年度の実施について", DATED, None),
        ("みらい戦略 政策評価（令和6年度）", UNDATED, 2025),
        ("みらい戦略（令和6年度）", UNDATED, None),
        ("みらい戦略 政策評価", UNDATED, None),
        ("第2期総合戦略（令和2年度～令和7年度）", PLANNED, 2020),
        ("令和7年度の計画", PLANNED, 2025),
        ("第2期総合戦略", PLANNED, None),
    ],
)
def test_edition_of(title, columns, edition) -> None:
    assert edition_of(plan(title, *columns)) == edition
