"""Tables of papers that are no reports of indicators, though their headings speak of figures."""

from __future__ import annotations

import pytest

from pipeline.assemble import run

PAPERS = {
    "a limit is no baseline": [
        "指標名|実績|基準|判定",
        "実質公債費比率|7.6|25.0|適合",
        "将来負担比率|33.0|350.0|適合",
    ],
    "a limit that figures keep to": [
        "指標|基準値|測定値|判定",
        "ＢＯＤ|20|8.2|適",
        "ＳＳ|30|41.0|不適",
    ],
    "how a form is filled in": [
        "項目|記入内容|記入例",
        "指標名|成果を表す指標|利用者数",
        "目標値|最終年度の値|1,200人",
        "実績値|当該年度の値|1,050人",
    ],
    "the target of a rate beside the figures": [
        "項目|基準年度（平成25年度）|令和6年度|削減率|目標削減率",
        "電気使用量（kWh）|3,120,000|2,510,000|19.6|25.0",
        "ガソリン（L）|42,100|31,200|25.9|25.0",
    ],
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_table_of_another_kind_gives_no_indicator(
    name: str, table, line, extracted, settings
) -> None:
    rows = [row.split("|") for row in PAPERS[name]]
    found = run(extracted([table(rows)], [line("令和6年度の状況", top=20)]), settings)
    assert not found.indicators


def test_an_example_of_several_rows_gives_no_indicator(table, line, extracted, settings) -> None:
    rows = [["指標名", "基準値", "目標値", "実績値"], ["参加者数", "10", "12", "11"],
            ["貸出冊数", "520", "600", "543"]]  # fmt: skip
    found = run(extracted([table(rows)], [line("（記入例）", top=80)]), settings)
    assert not found.indicators
    assert run(extracted([table(rows)], [line("達成状況", top=80)]), settings).indicators


def test_a_limit_of_a_year_is_a_baseline(table, extracted, settings) -> None:
    rows = [["指標名", "基準（H30）", "実績（R6）", "判定"], ["参加者数", "10", "11", "A"]]
    assert run(extracted([table(rows)], []), settings).indicators


def test_a_target_that_was_changed_is_not_the_former_one(table, extracted, settings) -> None:
    rows = [["指標名", "変更前の目標値", "変更後の目標値"], ["登録件数", "50件", "80件"],
            ["参加者数", "120人", "100人"]]  # fmt: skip
    found = run(extracted([table(rows)], []), settings)
    targets = [
        entry.printed.text
        for row in found.indicators
        for entry in row.entries
        if entry.kind == "target"
    ]
    assert targets == ["80件", "100人"]


LEDGER = {
    "one unit or none": (["人件費", "物件費", "維持補修費", "扶助費"], False),
    "several units": (
        ["利用者数（人）", "収支率（%）", "公的負担額（千円）", "開館日数（日）"],
        True,
    ),
}


@pytest.mark.parametrize("name", LEDGER)
def test_what_a_ledger_counts_are_no_proved_names(name: str, table, extracted, settings) -> None:
    names, proved = LEDGER[name]
    rows = [["区分", "目標値", "実績値", "差"]]
    rows += [[one, f"{120 + at}", f"{131 + at}", "11"] for at, one in enumerate(names)]
    found = run(extracted([table(rows)], []), settings)
    told = {remark.rule for remark in found.remarks}
    assert ("vocabulary.header-by-content" in told) is proved
    assert ("layout.columns" in told) is not proved


OWN = [
    "指標名|基準値（H30）|目標値（R6）|実績値（R6）",
    "利用者数|100|120|130",
    "参加者数|50|80|60",
]
OTHERS = {
    "other words for figures": (
        ["項目|R2実績|R6目標", "人口|45,210|44,000", "世帯|18,900|19,100"],
        2,
    ),
    "the same words": (
        ["項目|基準値（H30）|目標値（R6）", "人口|45,210|44,000", "世帯|189|191"],
        4,
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_table_of_other_words_is_asked_about(name: str, table, line, extracted, settings) -> None:
    rows, count = OTHERS[name]
    own, other = ([row.split("|") for row in one] for one in (OWN, rows))
    lines = [line("参考となる資料です。", top=250)]
    found = run(extracted([table(own), table(other, top=300)], lines), settings)
    assert len(found.indicators) == count
    doubts = [one.rule for one in found.remarks if one.rule == "layout.not-understood"]
    assert len(doubts) == (count == 2)


def test_the_office_behind_a_name_is_no_part_of_it(table, extracted, settings) -> None:
    rows = [["指標名（所管課）", "目標値", "実績値"], ["利用者数（図書館課）", "12", "13"],
            ["参加者数（延べ）", "80", "60"]]  # fmt: skip
    found = run(extracted([table(rows)]), settings)
    told = [
        [(entry.kind, entry.printed.text) for entry in row.entries if entry.kind != "target"][:2]
        for row in found.indicators
    ]
    assert told == [
        [("name", "利用者数"), ("department", "図書館課")],
        [("name", "参加者数（延べ）"), ("actual", "60")],
    ]
