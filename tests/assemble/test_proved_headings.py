"""Headings that no list knows, proved by the rest of the document, or left in doubt."""

from __future__ import annotations

import pytest

from pipeline.assemble import run

LEGEND = ["達成：実績値が目標値以上", "改善：目標値未満であるが基準値以上", "悪化：基準値未満"]
TITLE = "第2次総合計画 進捗状況（令和6年度実績）"
NAMES = ["来館者数", "苦情件数", "農業産出額", "満足度"]
ROWS = {
    "基準": ["9,800", "30", "610", "41.2"],
    "目標": ["12,000", "20", "700", "55.0"],
    "実績": ["12,400", "24", "640", "40.1"],
    "判定": ["達成", "改善", "改善", "悪化"],
}
OTHERS = {
    "率": ["103.3", "120.0", "91.4", "72.9"],
    "差": ["2,600", "▲6", "30", "▲1.1"],
}


def report(table, line, extracted, headings: str, *, legend=LEGEND, title=TITLE):
    """One table with columns ``heading=figures``."""
    words, keys = zip(*(part.split("=") for part in headings.split()), strict=True)
    columns = [(ROWS | OTHERS)[key] for key in keys]
    rows = [["指標", *words]]
    rows += [[name, *cells] for name, *cells in zip(NAMES, *columns, strict=True)]
    lines = [line(title, top=20, size=16)]
    lines += [line(text, top=50 + 12 * at) for at, text in enumerate(legend)]
    return extracted([table(rows)], lines)


def roles(found) -> dict[str, str]:
    (layout,) = found.layouts
    return {column.header: column.kind for column in layout.columns}


def doubts(found) -> set[str]:
    rules = {remark.rule for remark in found.remarks}
    return rules & {"vocabulary.unknown-figures-header", "layout.columns", "layout.not-understood"}


@pytest.mark.parametrize(
    ("headings", "unknown", "role"),
    [
        ("基準値=基準 めあて=目標 実績値=実績 判定=判定", "めあて", "target"),
        ("基準値=基準 目標値=目標 本年の姿=実績 判定=判定", "本年の姿", "actual"),
        ("ふりだし=基準 目標値=目標 実績値=実績 判定=判定", "ふりだし", "baseline"),
        # No と joins two things here.
        ("もとの姿=基準 目標値=目標 実績値=実績 判定=判定", "もとの姿", "baseline"),
    ],
)
def test_the_legend_needs_the_role_that_the_table_lacks(
    headings, unknown, role, table, line, extracted, settings
) -> None:
    found = run(report(table, line, extracted, headings), settings)
    assert roles(found)[unknown] == role
    assert not doubts(found)
    told = [remark for remark in found.remarks if remark.rule == "vocabulary.header-by-content"]
    assert [(remark.subject, remark.parameters["kind"]) for remark in told] == [(unknown, role)]


@pytest.mark.parametrize(
    ("headings", "unknown", "role"),
    [
        ("ふりだし（R2）=基準 目標値（R6）=目標 実績値（R6）=実績", "ふりだし（R2）", "baseline"),
        ("基準値（R2）=基準 めあて（R8）=目標 実績値（R6）=実績", "めあて（R8）", "target"),
        ("基準値（R2）=基準 目標値（R8）=目標 本年の姿（R6）=実績", "本年の姿（R6）", "actual"),
    ],
)
def test_the_years_tell_the_role_that_the_table_lacks(
    headings, unknown, role, table, line, extracted, settings
) -> None:
    found = run(report(table, line, extracted, headings, legend=[]), settings)
    assert roles(found)[unknown] == role
    assert not doubts(found)


@pytest.mark.parametrize(
    ("headings", "unknown", "role"),
    [
        ("計画前の数値=基準 目標値=目標 実績値=実績", "計画前の数値", "baseline"),
        ("基準値=基準 なりたい値=目標 実績値=実績", "なりたい値", "target"),
        ("基準値=基準 目標値=目標 今回の数値=実績", "今回の数値", "actual"),
    ],
)
def test_a_word_that_speaks_of_the_role_that_the_table_lacks_has_it(
    headings, unknown, role, table, line, extracted, settings
) -> None:
    found = run(report(table, line, extracted, headings, legend=[]), settings)
    assert roles(found)[unknown] == role
    assert not doubts(found)


def test_printed_rates_prove_what_they_are_made_of(table, line, extracted, settings) -> None:
    headings = "基準値=基準 めあて=目標 実績値=実績 達成率=率"
    found = run(report(table, line, extracted, headings, legend=[]), settings)
    assert roles(found)["めあて"] == "target"
    assert not doubts(found)


@pytest.mark.parametrize(
    "headings",
    [
        # The year before the reported one may be that of last year's actual.
        "ふりだし（R5）=基準 目標値（R6）=目標 実績値（R6）=実績",
        # Nothing needs the role: no legend, no rate, and the year is that of the actual.
        "基準値（R2）=基準 めあて（R6）=目標 実績値（R6）=実績",
        # Figures of another size are another quantity.
        "基準値=基準 ふえかた=差 実績値=実績 判定=判定",
        # The words speak of others, or of another time.
        "基準値=基準 県平均=目標 実績値=実績 判定=判定",
        "基準値=基準 国=目標 実績値=実績 判定=判定",
        "基準値=基準 定員=目標 実績値=実績 判定=判定",
        "基準値=基準 前年の姿=実績 目標値=目標 判定=判定",
        # A word speaks of another role, or of two.
        "はじめの姿=目標 基準値=基準 実績値=実績",
        "今回の出発点=基準 目標値=目標 実績値=実績",
        # Two words are not known.
        "ふりだし=基準 めあて=目標 実績値=実績 判定=判定",
        # One of the two years may be a part of the word.
        "H元年の姿（R2）=基準 目標値（R6）=目標 実績値（R6）=実績 判定=判定",
        # A target that is older than the actual is none.
        "基準値（R2）=基準 めあて（R4）=目標 実績値（R6）=実績 判定=判定",
    ],
)
def test_what_only_one_side_says_stays_unread(headings, table, line, extracted, settings) -> None:
    judged = "判定" in headings
    document = report(table, line, extracted, headings, legend=LEGEND if judged else [])
    found = run(document, settings)
    told = {remark.rule for remark in found.remarks}
    assert "vocabulary.header-by-content" not in told
    assert doubts(found)


def test_names_of_what_is_counted_prove_their_heading(table, line, extracted, settings) -> None:
    rows = [
        ["ものさし", "基準値", "目標値", "実績値"],
        *zip(NAMES, ROWS["基準"], ROWS["目標"], ROWS["実績"], strict=True),
    ]
    found = run(extracted([table(rows)], [line(TITLE)]), settings)
    assert roles(found)["ものさし"] == "name"
    assert not doubts(found)


def test_parts_of_indicators_that_are_named_above_prove_no_names(
    table, line, extracted, settings
) -> None:
    heading = ["うちわけ", "基準値", "目標値", "実績値"]
    figures = zip(NAMES, ROWS["基準"], ROWS["目標"], ROWS["実績"], strict=True)
    tables = [table([heading, [*cells]], top=100.0 * at) for at, cells in enumerate(figures, 1)]
    lines = [line(f"■施設{at}の利用", top=100 * at - 15) for at in range(1, 5)]
    found = run(extracted(tables, lines), settings)
    assert doubts(found)


def test_titles_of_measures_do_not_prove_that_they_are_names(
    table, line, extracted, settings
) -> None:
    titles = ["図書館の充実", "公害の防止", "農業の振興", "広報の推進"]
    rows = [
        ["ものさし", "基準値", "目標値", "実績値"],
        *zip(titles, ROWS["基準"], ROWS["目標"], ROWS["実績"], strict=True),
    ]
    found = run(extracted([table(rows)], [line(TITLE)]), settings)
    assert doubts(found) == {"layout.columns"}


def test_a_row_of_a_turned_table_is_proved_by_the_legend(table, line, extracted, settings) -> None:
    def sheet(top: float, cells: list[str]):
        rows = [
            ["区分", "R4", "R5", "R6"],
            ["目標値", "10", "11", "12"],
            ["実績値", "9", "10", "13"],
            ["できばえ", *cells],
        ]
        return table(rows, top=top)

    lines = [line(TITLE, top=20, size=16)]
    lines += [line(text, top=50 + 12 * at) for at, text in enumerate(LEGEND)]
    lines += [line(f"指標{at}　{name}", top=100 * at - 15) for at, name in enumerate(NAMES[:3], 1)]
    cells = ["", "", "達成"], ["", "", "改善"], ["", "", "達成"]
    tables = [sheet(100.0 * at, own) for at, own in enumerate(cells, 1)]
    found = run(extracted(tables, lines), settings)
    statuses = [e.printed.text for row in found.indicators for e in row.entries
                if e.kind == "status" and e.printed.text]  # fmt: skip
    assert statuses == ["達成", "改善", "達成"]
    assert "vocabulary.unknown-status-header" not in {remark.rule for remark in found.remarks}


def test_the_legend_proves_a_heading_over_one_row_a_table(table, line, extracted, settings) -> None:
    heading = ["基準値（R2）", "目標値（R6）", "実績値（R6）", "できばえ"]
    figures = zip(ROWS["基準"], ROWS["目標"], ROWS["実績"], ROWS["判定"], strict=True)
    tables = [table([heading, [*cells]], top=100.0 * at) for at, cells in enumerate(figures, 1)]
    lines = [line(text, top=20 + 12 * at) for at, text in enumerate(LEGEND)]
    lines += [line(f"■{name}", top=100 * at - 15) for at, name in enumerate(NAMES, 1)]
    found = run(extracted(tables, lines), settings)
    statuses = [e.printed.text for row in found.indicators for e in row.entries
                if e.kind == "status"]  # fmt: skip
    assert statuses == ROWS["判定"]
    assert not doubts(found)
