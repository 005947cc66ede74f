"""A summary that contradicts itself is told by its own figures, whatever was read of the rows."""

from __future__ import annotations

import msgspec
import pytest

from pipeline.model import Claim, Finding, Indicator, LegendRow, Remark
from pipeline.validate import run
from tests.validate.build import claim, document, indicator, printed, settings, table_row

DOUBT = Remark(rule="structure.row-too-short", subject="")


def lane(goal: int | None, heading: str, whole: bool = True, **cells: int | str) -> Claim:
    """A row of a summary table; the number of all is under 全体."""
    return table_row(goal, heading, cells, whole=whole)


def told(*claims: Claim, rows: tuple[Indicator, ...] = (), sure: bool = False) -> list[Finding]:
    """What is told beside one row with a status, where other rows may have been lost."""
    rows = rows or (indicator("一", status="A"),)
    remarks = () if sure else (DOUBT,)
    legend = tuple(LegendRow(word=printed(word), rule=printed(word)) for word in "ABC－")
    found = run(document(*rows, claims=claims, remarks=remarks, legend=legend), settings())
    return [one for one in found.findings if one.rule.startswith("summary.")]


def figures(found: list[Finding]) -> list[tuple[str, str | None, str | None]]:
    return [(one.subject, one.printed, one.expected) for one in found]


GOALS = (lane(1, "基本目標1", A=2, B=3, 全体=5), lane(2, "基本目標2", A=4, B=1, 全体=5))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ((*GOALS, lane(None, "合計", A=6, B=4, 全体=10)), []),
        ((*GOALS, lane(None, "合計", A=6, B=6, 全体=10)), [("全体", "B 6", "B 4")]),
        ((*GOALS, lane(None, "合計", A=6, B=4, 全体=13)), [("全体", "合計 13", "合計 10")]),
        (
            (GOALS[0], lane(2, "基本目標2", A=4, B=3, 全体=5), lane(None, "計", A=6, B=4, 全体=10)),
            [("目標2", "B 3", "B 1")],
        ),
        # Two figures are odd: which are wrong is not known, only that the rows do not sum up.
        (
            (*GOALS, lane(None, "合計", A=7, B=6, 全体=10)),
            [("全体", "A 7、B 6、合計 10", "合計 13")],
        ),
        # A row of the table was not understood.
        ((GOALS[0], lane(None, "合計", A=6, B=4, 全体=10)), []),
    ],
    ids=["right", "count", "total", "count of a goal", "two", "a goal that was not read"],
)
def test_goals_and_the_whole_prove_the_figure_that_is_wrong(claims, expected) -> None:
    assert figures(told(*claims)) == expected


@pytest.mark.parametrize(
    ("cells", "whole", "expected"),
    [
        ({"A": 5, "B": 3, "－": 2, "全体": 10}, True, []),
        ({"A": 5, "B": 3, "－": 2, "全体": 13}, True, ["合計 10"]),
        ({"A": 5, "B": 5, "－": 2, "全体": 9}, True, ["合計 12"]),
        ({"A": 5, "B": 3, "－": 2, "全体": 8}, True, []),  # without those that are not judged
        ({"A": 5, "B": 3, "全体": 10}, True, []),  # two may have none
        ({"A": 5, "B": 3, "全体": 7}, True, ["合計 8"]),
        ({"A": 5, "B": 3, "全体": 7}, False, []),  # an amount stands under an unknown heading
        ({"全体": 7, "A": 5, "B": 3}, True, ["合計 8"]),
    ],
)
def test_counts_sum_up_to_the_number_of_all(cells, whole, expected) -> None:
    assert [one.expected for one in told(lane(None, "指標数", whole, **cells))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全10指標のうち、「A」が5指標(50.0％)、「B」が3指標(30.0％)、「C」が2指標(20.0％)", []),
        (
            "全8指標のうち、「A」が5指標(50.0％)、「B」が3指標(30.0％)、「C」が2指標(20.0％)",
            [("全体", "合計 8", "合計 10")],
        ),
        (
            "全13指標のうち、「A」が5指標(50.0％)、「B」が3指標(30.0％)、「－」が2指標(20.0％)",
            [("全体", "合計 13", "合計 10")],
        ),
        (
            "全10指標のうち、「A」が5指標(50.0％)、「B」が5指標(30.0％)、「C」が2指標(20.0％)",
            [("全体", "B 5", "B 3")],
        ),
        (
            "全10指標のうち、「A」が5指標(50.0％)、「B」が3指標(34.1％)、「C」が2指標(20.0％)",
            [("全体", "B 34.1%", "B 30.0%")],
        ),
        # The count and the number of all go together, but all shares are of another sum.
        (
            "全11指標のうち、「A」が5指標(50.0％)、「B」が4指標(30.0％)、「C」が2指標(20.0％)",
            [("全体", "B 4", "B 3"), ("全体", "合計 11", "合計 10")],
        ),
        (
            "全13指標のうち、「A」が5指標(50.0％)、「B」が4指標(30.0％)、「C」が2指標(20.0％)",
            [("全体", "B 4", "B 3"), ("全体", "合計 13", "合計 10")],
        ),
        ("全11指標のうち、「A」が5指標(50％)、「B」が4指標(40％)、「C」が2指標(20％)", []),
        # Of those that are judged; adjusted to 100; one of two: nothing is certain.
        ("全12指標のうち、「A」が5指標(50.0％)、「B」が5指標(50.0％)でした", []),
        ("全3指標のうち、「A」が1指標(33.4％)、「B」が1指標(33.3％)、「C」が1指標(33.3％)", []),
        ("全10指標のうち、「A」が5指標(50.0％)、「B」が3指標(34.1％)", []),
    ],
)
def test_a_share_is_its_count_by_the_number_of_all(text, expected) -> None:
    assert figures(told(claim(text))) == expected


def test_what_the_rows_prove_too_is_told_once_and_what_they_bear_out_is_not() -> None:
    rows = tuple(
        indicator(f"指標{goal}{word}{number}", goal=goal, status=word)
        for goal, word, count in ((1, "A", 2), (1, "B", 3), (2, "A", 4), (2, "B", 1))
        for number in range(count)
    )
    wrong = lane(None, "合計", A=6, B=6, 全体=10)
    for sure in (True, False):
        (found,) = told(*GOALS, wrong, rows=rows, sure=sure)
        assert (found.rule, found.printed, found.expected) == ("summary.count", "B 6", "B 4")
    more = (*rows, indicator("加", goal=3, status="B"), indicator("減", goal=3, status="B"))
    assert told(*GOALS, wrong, rows=more) == []


def test_of_lost_rows_no_blocker_is_told_where_the_summary_itself_is_wrong() -> None:
    rows = tuple(
        msgspec.structs.replace(indicator(f"指標{number}", status=word))
        for number, word in enumerate("AABBB")
    )
    table = (lane(1, "基本目標1", A=2, B=3, 全体=5), lane(None, "合計", A=2, B=5, 全体=5))
    found = run(document(*rows, claims=table, remarks=(DOUBT,)), settings()).findings
    rules = [one.rule for one in found if one.rule in {"summary.count", "structure.count-differs"}]
    assert rules == ["summary.count"]


def test_a_summary_contradicts_itself_whatever_is_doubted_of_the_rows() -> None:
    """Two columns of the table may have been read as one: no row is held against the summary."""
    row = indicator("一", status="A")
    box = row.name_printed.box
    doubt = Remark(rule="reading.columns-not-separated", subject="令和5年度", page=1, box=box)
    text = "全10指標のうち、「A」が5指標(50.0％)、「B」が5指標(30.0％)、「C」が2指標(20.0％)"
    said = msgspec.structs.replace(claim(text), printed=printed(text, top=300))
    legend = tuple(LegendRow(word=printed(word), rule=printed(word)) for word in "ABC")
    plan = document(row, claims=(said,), remarks=(doubt,), legend=legend)
    found = [one for one in run(plan, settings()).findings if one.severity == "error"]
    assert [(one.rule, one.printed, one.expected) for one in found] == [
        ("summary.sum", "B 5", "B 3")
    ]


@pytest.mark.parametrize(
    ("printed_status", "a", "b", "rules"),
    [
        ("B", 3, 2, []),
        ("B", 2, 3, []),
        ("B", 4, 1, ["summary.count"]),
        (None, 3, 2, []),
        (None, 4, 1, ["summary.count"]),
    ],
)
def test_a_summary_may_count_what_a_misprinted_status_ought_to_be(
    printed_status, a, b, rules
) -> None:
    rows = (
        *(indicator(f"達成{number}", actual="112", status="A") for number in range(3)),
        indicator("未達1", actual="105", status="B"),
        indicator("未達2", actual="105", status="B"),
    )
    slip = indicator("誤り", actual="112", status=printed_status)
    legend = (
        LegendRow(word=printed("A"), rule=printed("目標値以上")),
        LegendRow(word=printed("B"), rule=printed("目標値未満")),
    )
    table = lane(None, "全体", A=a, B=b, 全体=5)
    found = run(document(*rows[1:], slip, claims=(table,), legend=legend), settings()).findings
    told_of = "status.mismatch" if printed_status else "status.left-out"
    assert [one.subject for one in found if one.rule == told_of] == ["誤り"]
    assert [one.rule for one in found if one.rule.startswith("summary.")] == rules


@pytest.mark.parametrize(
    "text",
    [
        "全5指標（うち未集計2指標を除く3指標）の評価は、「A」が2指標、「B」が3指標である。",
        "「A」2件、「B」3件、未集計2件。",
        "県全体では、100指標のうち「A」が60指標、「B」が40指標である。",
    ],
)
def test_what_is_no_number_of_all_accuses_nobody(text: str) -> None:
    rows = tuple(indicator(f"指標{at}", status=word) for at, word in enumerate("AABBB"))
    found = run(document(*rows, claims=(claim(text),)), settings()).findings
    assert not [one for one in found if one.severity in ("error", "blocker")]


def test_all_goals_but_one_prove_the_rows_of_that_one() -> None:
    rows = tuple(
        indicator(f"指標{goal}{word}{at}", goal=goal, status=word)
        for goal, word in ((1, "A"), (1, "B"), (2, "A"), (2, "B"))
        for at in range(2)
    )
    table = (
        table_row(1, "基本目標1", {"A": 2, "B": 2}),
        table_row(2, "基本目標2", {"A": 3, "B": 2}),
        table_row(None, "全体", {"A": 4, "B": 4}),
    )
    assert figures(told(*table, rows=rows, sure=True)) == [("目標2", "A 3", "A 2")]
