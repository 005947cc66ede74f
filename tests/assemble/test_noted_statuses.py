"""A status among the remarks is one where the legend explains it and most rows have one."""

from __future__ import annotations

import pytest

from pipeline.assemble import run
from pipeline.assemble.noted_statuses import with_noted_statuses
from pipeline.model import Entry, IndicatorRow, LegendRow, Place, Printed

HEAD = ["目標指標", "基準値", "R6 目標", "R6 実績", "備考"]
LEGEND = [["区分", "内容"], ["A", "達成率100%以上"], ["B", "達成率100%未満"]]


def rows(*remarks: str) -> list[list[str]]:
    return [HEAD, *([f"指標の{n}", "1", "3", "2", text] for n, text in enumerate(remarks))]


@pytest.mark.parametrize(
    ("remarks", "statuses"),
    [
        (["【A】", "【B】対象を拡大", "(B) 5人分を含む"], ["A", "B", "B"]),
        (["A", "B", "B"], ["A", "B", "B"]),
        (["【A】", "【B】", "", "【A】 2年ぶり"], ["A", "B", "", "A"]),
        (["【A】", "対象を拡大", "", "【再掲】"], ["", "", "", ""]),
        (["【注】", "【注】", "【注】"], ["", "", ""]),
        (["【A】", "【B】", "【C】", "【A】"], ["A", "B", "C", "A"]),
        (["A。対象を拡大した。", "B：人手が足りない。", "B 周知が不足"], ["A", "B", "B"]),
    ],
    ids=[
        "in brackets",
        "alone",
        "most rows",
        "one row only",
        "no word of the legend",
        "one left out",
        "before a sentence",
    ],
)
def test_statuses_among_remarks(remarks, statuses, settings, table, extracted) -> None:
    plan = run(extracted([table(LEGEND), table(rows(*remarks), top=300.0)]), settings)
    found = [
        next((e.printed.text for e in row.entries if e.kind == "status"), "")
        for row in plan.indicators
    ]
    assert found == statuses
    notes = [e.printed.text for row in plan.indicators for e in row.entries if e.kind == "note"]
    notes = [text for text in notes if text]
    assert notes == [text for text in remarks if text]


COUNT = [["区分", "指標数"], ["A", "1"], ["B", "2"], ["合計", "3"]]
MEANT = [["A", "B", "C"], ["順調に進んでいる", "工夫を要する", "着手していない"]]
OTHER = [["用語", "説明"], ["A", "農業の担い手をいう。"]]


@pytest.mark.parametrize(
    ("listed", "statuses"), [(COUNT, ["A", "B", "B"]), (MEANT, ["A", "B", "B"]), (OTHER, [])]
)
def test_a_table_that_lists_the_words_speaks_of_them_as_statuses(
    listed, statuses, settings, table, extracted
) -> None:
    noted = rows("【A】", "【B】対象を拡大", "【B】")
    plan = run(extracted([table(listed), table(noted, top=300.0)]), settings)
    found = [e.printed.text for row in plan.indicators for e in row.entries if e.kind == "status"]
    assert found == statuses


def test_a_column_of_statuses_is_not_added_to(settings, table, extracted) -> None:
    words = ["達成状況", "B", "B", "B"]
    noted = rows("【A】", "【A】", "【A】")
    with_column = [[*row[:4], word, row[4]] for row, word in zip(noted, words, strict=True)]
    plan = run(extracted([table(LEGEND), table(with_column, top=300.0)]), settings)
    found = [e.printed.text for row in plan.indicators for e in row.entries if e.kind == "status"]
    assert found == ["B", "B", "B"]


@pytest.mark.parametrize("kind", ["note", "summary", "definition"])
def test_statuses_begin_sentences_in_any_column_of_words(kind) -> None:
    def cell(kind, text):
        printed = Printed(text=text, page=1, box=(0, 0, 1, 1), reader="")
        return Entry(kind=kind, header="", printed=printed)

    texts = ("◎　続ける。", "○　広げる。", "○　続ける。")
    cells = [(cell("name", text), cell(kind, text)) for text in texts]
    plain = [
        IndicatorRow(place=Place(), entries=entries, table=1, row=at)
        for at, entries in enumerate(cells)
    ]
    rule = cell("note", "説明").printed
    legend = [LegendRow(word=cell("status", word).printed, rule=rule) for word in "◎○"]
    found = with_noted_statuses(plain, legend, ())
    assert [row.entries[-1].printed.text for row in found] == ["◎", "○", "○"]


@pytest.mark.parametrize(
    ("actuals", "expected"),
    [
        (["48.4【A】", "９７３ （B）", "2"], [("48.4", "A"), ("９７３", "B"), ("2", "")]),
        (["48.4【A】", "5【見込】", "2"], [("48.4【A】", ""), ("5【見込】", ""), ("2", "")]),
    ],
    ids=["most rows", "few"],
)
def test_a_word_of_the_legend_in_brackets_behind_an_actual_is_the_status(
    actuals, expected, settings, table, extracted
) -> None:
    body = [[f"指標の{n}", "1", "3", text] for n, text in enumerate(["7（A）", *actuals])]
    plan = run(extracted([table(LEGEND), table([HEAD[:4], *body], top=300.0)]), settings)
    texts = [{e.kind: e.printed.text for e in row.entries} for row in plan.indicators]
    assert [(one["actual"], one.get("status", "")) for one in texts[1:]] == expected
