"""Cards of one indicator: its name and what is said of it in rows of their own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pipeline.assemble import run
from tests.assemble.test_layouts import merged


def row(*texts: str) -> list[tuple[str, int, int]]:
    return [(text, 1, 1) for text in texts]


def head(word: str, name: str, wide: int) -> list[tuple[str, int, int]]:
    return [(word, 1, 1), (name, 1, wide - 1)]


ONE_ROW = [
    head("重要業績評価指標（KPI）", "来館者数", 5),
    row("基準値\n（R元）", "目標値\n（R5）", "実績値\n（R5）", "最終目標値\n（R7）", "評価"),
    row("10人", "14人", "15人", "16人", "◎"),
    head("要因分析", "窓口の周知が進んだ。", 5),
]
YEARS = [
    head("指標名1", "来館者数（人）", 5),
    row("年度", "R元", "R5", "R7", "評価"),
    [*row("目標値", "－", "14", "16"), ("◎", 2, 1)],
    row("実績値", "10", "15", ""),
    head("評価の理由", "窓口の周知が進んだ。", 5),
]
BELOW = [
    [("指標名", 1, 1), ("来館者数", 1, 3), ("評価", 1, 1)],
    [("指標の説明", 1, 1), ("一年の来館者", 1, 3), ("◎", 1, 1)],
    row("年度", "R元\n（基準値）", "R4年度", "R5年度", "R7年度"),
    row("目標値（人）", "", "12", "14", "16"),
    row("実績値（人）", "10", "11", "15", ""),
]
PAIRS = [
    [("番号", 1, 1), ("1", 1, 1), ("指標名", 1, 1), ("来館者数", 1, 2)],
    [("単位", 1, 1), ("人", 1, 1), ("担当課", 1, 1), ("文化課", 1, 2)],
    row("区分", "基準値\nR元", "R4年度", "R5年度", "最終目標\nR7年度"),
    row("目標値", "－", "12", "14", "16"),
    row("実績値", "10", "11", "15", ""),
    head("評価", "◎", 5),
]


SIDE = [
    [("指標名", 1, 1), ("来館者数", 1, 3), ("単位", 1, 1), ("人", 1, 1)],
    [("施策", 1, 1), ("図書館の充実", 1, 3), ("担当課", 1, 1), ("文化課", 1, 1)],
    [
        ("指標の推移", 2, 1),
        *row("基準値\n（R元）", "目標値\n（R5）", "実績値\n（R5）", "評価", "最終目標\n（R7）"),
    ],
    row("10", "14", "15", "◎", "16"),
    head("取組の状況", "窓口の周知が進んだ。", 6),
]


def test_the_word_beside_the_figures_of_a_card_is_no_name(extracted, settings) -> None:
    (only,) = run(extracted([merged(1, SIDE, 6)]), settings).indicators
    assert [(one.kind, one.printed.text) for one in only.entries] == [
        ("name", "来館者数"), ("unit", "人"), ("policy", "図書館の充実"), ("department", "文化課"),
        ("definition", "窓口の周知が進んだ。"), ("baseline", "10"), ("target", "14"),
        ("actual", "15"), ("status", "◎"), ("target", "16"),
    ]  # fmt: skip


def test_a_word_of_a_card_goes_on_over_the_empty_cells_behind_it(extracted, settings) -> None:
    rows = [
        row("指標名", "来館者数", "", "単位", "人"),
        row("基準値\n（R元）", "目標値\n（R5）", "実績値\n（R5）", "最終目標値\n（R7）", "評価"),
        row("10", "14", "15", "16", "◎"),
    ]
    card = replace(merged(1, rows, 5), method="horizontal")
    (only,) = run(extracted([card]), settings).indicators
    entries = [(one.kind, one.printed.text) for one in only.entries]
    assert {("name", "来館者数"), ("unit", "人"), ("baseline", "10")} <= {*entries}


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        (
            ONE_ROW,
            [("baseline", "10人"), ("target", "14人"), ("actual", "15人"), ("target", "16人")],
        ),
        (
            YEARS,
            [("target", "－"), ("target", "14"), ("target", "16"), ("actual", "10"),
             ("actual", "15")],
        ),
        (
            BELOW,
            [("target", "12"), ("target", "14"), ("target", "16"), ("baseline", "10"),
             ("actual", "11"), ("actual", "15")],
        ),
        (
            PAIRS,
            [("target", "12"), ("target", "14"), ("target", "16"),
             ("baseline", "10"), ("actual", "11"), ("actual", "15")],
        ),
    ],
)  # fmt: skip
def test_a_card_is_one_indicator(rows, values, extracted, settings) -> None:
    found = run(extracted([merged(1, rows, 5)]), settings)
    (only,) = found.indicators
    entries = [(one.kind, one.printed.text) for one in only.entries]
    assert [one for one in entries if one[0] in {"baseline", "target", "actual"}] == values
    assert [text for kind, text in entries if kind == "name"] == [
        rows[0][-1][0] if rows is not BELOW else "来館者数"
    ]
    assert ("status", "◎") in entries
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("joined", "told"),
    [
        ([row("区分\n目標値", "R4\n12", "R5\n14"), row("実績値", "11", "15")], True),
        ([row("区分", "R4", "R5"), row("予算額", "11", "15")], False),
    ],
)
def test_a_table_whose_rows_begin_as_those_of_a_card_is_a_doubt(
    joined, told, extracted, settings
) -> None:
    """A rule is missing below its headings, so that they are not understood."""
    lost = merged(2, joined, 3)
    found = run(extracted([merged(1, YEARS, 5), lost]), settings)
    assert len(found.indicators) == 1
    rules = [one.rule for one in found.remarks if one.page == 2]
    assert ("layout.not-understood" in rules) == told


def test_cards_that_touch_are_two(extracted, settings) -> None:
    other = [head("重要業績評価指標（KPI）", "貸出冊数", 5), *ONE_ROW[1:]]
    found = run(extracted([merged(1, [*ONE_ROW, *other], 5)]), settings)
    names = [one.printed.text for row in found.indicators for one in row.entries[:1]]
    assert names == ["来館者数", "貸出冊数"]


def short(word: str, text: str) -> list[tuple[str, int, int]]:
    """A row whose merged cell no upright rule shows: its text, and empty cells behind it."""
    return row(word, text, "", "", "")


@pytest.mark.parametrize("pages", [1, 2])
def test_cards_without_upright_rules_are_read(pages, extracted, settings) -> None:
    cards = [
        [short("指標名", name), *ONE_ROW[1:], short("担当課", "文化課"), short("要因分析", "周知")]
        for name in ("来館者数", "貸出冊数")
    ]
    pieces = [cards[0] + cards[1]] if pages == 1 else cards
    tables = [
        replace(merged(at, rows, 5), method="horizontal") for at, rows in enumerate(pieces, start=1)
    ]
    found = run(extracted(tables), settings).indicators
    entries = [[(one.kind, one.printed.text) for one in only.entries] for only in found]
    assert [dict(one)["name"] for one in entries] == ["来館者数", "貸出冊数"]
    assert all({("department", "文化課"), ("status", "◎")} <= set(one) for one in entries)


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_a_card_parted_by_a_page_edge_is_whole(cut, extracted, settings) -> None:
    pieces = [merged(1, ONE_ROW[:cut], 5), merged(2, ONE_ROW[cut:], 5)]
    (only,) = run(extracted(pieces), settings).indicators
    kinds = [one.kind for one in only.entries]
    assert sorted(kinds) == sorted(
        ["name", "definition", "baseline", "target", "actual", "target", "status"]
    )


HEADED = [
    [("指標名", 1, 1), ("来館者数", 1, 3), ("単位", 1, 1), ("人", 1, 1)],
    row("区分", "基準値\n(R元)", "R4", "R5", "R6", "備考"),
    [*row("目標値", "", "12", "14", "16"), ("", 2, 1)],
    row("実績値", "10", "11", "15", "17"),
]


@pytest.mark.parametrize("open_right", [True, False])
def test_the_last_row_of_a_card_on_the_next_page_is_of_it(open_right, extracted, settings) -> None:
    """An empty cell merged down to it may have no rules there: the row is one column short."""
    last = HEADED[3] if open_right else [*HEADED[3], ("", 1, 1)]
    above = [*HEADED[:2], [*HEADED[2][:-1], ("", 1, 1)]]
    pieces = [merged(1, above, 6), merged(2, [last], len(last))]
    (only,) = run(extracted(pieces), settings).indicators
    actual = [one.printed.text for one in only.entries if one.kind in {"baseline", "actual"}]
    assert sorted(actual) == ["10", "11", "15", "17"]


def test_a_card_that_says_one_thing_twice_is_none(extracted, settings) -> None:
    twice = [ONE_ROW[0], head("単位", "人", 5), head("単位", "千人", 5), *ONE_ROW[1:]]
    assert run(extracted([merged(1, twice, 5)]), settings).indicators == ()


def test_a_sheet_stands_under_its_headings(line, extracted, settings) -> None:
    sheet = merged(
        1,
        [
            head("指標名", "来館者数", 4),
            row("基準値（R元）", "10", "目標値（R6）", "20"),
            row("実績値（R6）", "18", "達成状況", "改善"),
        ],
        4,
    )
    sheet = replace(sheet, box=(0, 100, 160, 160))
    headings = [line("基本目標1　学びのまち", top=40, size=14), line("施策1　図書館", top=70)]
    (only,) = run(extracted([sheet], headings), settings).indicators
    assert (only.place.goal_number, only.place.policy_number) == (1, 1)


def test_one_status_for_all_years_is_none_of_a_single_year(extracted, settings) -> None:
    rows = [
        [("【指標1】来館者数（人）", 1, 5)],
        row("", "R元\n基準値", "R4", "R5", "R7\n目標値"),
        row("目標", "－", "12", "14", "16"),
        row("実績", "10", "11", "15", ""),
        head("評価", "◎", 5),
    ]
    (only,) = run(extracted([merged(1, rows, 5)]), settings).indicators
    entries = [(one.kind, one.header.replace("\n", ""), one.printed.text) for one in only.entries]
    assert [one for one in entries if one[0] in {"name", "status", "baseline"}] == [
        ("name", "", "来館者数（人）"),
        ("baseline", "R元基準値実績", "10"),
        ("status", "評価", "◎"),
    ]  # fmt: skip
