"""Which edition a document is, by its title and its columns; in doubt: not known."""

from __future__ import annotations

import pytest

from pipeline.desk.identify import edition_of, titled_year
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


@pytest.mark.parametrize(
    ("title", "front", "edition"),
    [
        ("令和7年度 みらい戦略評価報告書", [], None),
        ("令和7年度 みらい戦略評価報告書", ["令和7年9月　青森町"], 2025),
        ("令和7年度 みらい戦略評価報告書", ["令和8年8月"], 2026),
        ("令和7年度 みらい戦略評価報告書", ["2026年3月"], 2025),
        ("令和7年度 みらい戦略評価報告書", ["令和7年9月", "平成27年3月策定"], None),
        ("令和7年度 みらい戦略評価報告書", ["令和7年9月1日から令和8年3月31日までの取組"], None),
        ("みらい戦略評価報告書（令和7年度）", [], 2026),
        ("みらい戦略評価報告書（令和7年度実績）", ["令和8年9月"], 2026),
        ("令和7年度実績 みらい戦略評価報告書", [], 2026),
        ("令和7年度末の達成状況", [], 2026),
        ("令和7年度進捗状況報告書", ["令和7年10月"], None),
        ("令和7年度進捗状況報告書", [], 2026),
        ("みらい戦略評価報告書（令和7年度）", ["令和7年9月"], None),
    ],
)
def test_a_report_titled_by_a_year_may_be_made_in_it(title, front, edition) -> None:
    assert edition_of(plan(title, *UNDATED), front) == edition
    assert titled_year(plan(title, *UNDATED)) == 2025


@pytest.mark.parametrize("title", ["みらい戦略", "令和7年度の計画", "評価（令和2年度～令和7年度）"])
def test_other_titles_name_no_year_of_a_report(title) -> None:
    assert titled_year(plan(title)) is None
