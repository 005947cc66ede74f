"""What a legend may mean: the rule sets that are tried, how they are told, and who decides."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec import structs

from pipeline.legend.engine import Verdict
from pipeline.legend.explanations import Reading
from pipeline.legend.rules import Band, RateForm, StatusRule, Tolerance
from pipeline.model import LegendRow, Normalized, Observation, Value
from pipeline.settings.decisions import Action, Decision
from pipeline.validate import docs, run
from pipeline.validate.legend import Proposal, Trial, describe, legend_text, propose
from pipeline.validate.rule_sets import (
    _badness,
    _rule_sets,
    _targets,
    _tolerances_moved,
    candidates,
    readings_of,
)
from pipeline.validate.statuses import (
    Adopted,
    _about_proposal,
    _check,
    _foreign_column,
    adopt_legend,
    check_statuses,
    judge_all,
)
from tests.validate.build import document, indicator, printed, settings, value
from tests.validate.test_legend import CITY, ROWS, legend
from tests.validate.test_status import (
    AGAINST_BASE,
    BANDS,
    EQUALITY,
    MINE,
    PACED,
    PARTLY_JUDGED,
    PROGRESS,
    SURVEY,
)

SETTINGS = settings()


def ruled(word: str, *when: Any, **more: Any) -> StatusRule:
    return StatusRule(words=(word,), when=when, **more)


def rated(word: str, **ends: int) -> StatusRule:
    return ruled(word, rate=Band(**{name: Decimal(number) for name, number in ends.items()}))


# --------------------------------------------------------------------------- orders of rules

A = ruled("A", "reaches_target")
B = ruled("B", "reaches_baseline")
BETTER = ruled("B", "better_than_baseline")
C = ruled("C", "worse_than_baseline")
EQUAL = ruled("E", "equals_target")
ALL = ruled("E", "all_equal")
PEOPLE = ruled("P", judgement=True)
NONE = ruled("N", missing=("actual",))
REST = ruled("R", otherwise=True)
STALLED = ruled("S", "not_better_than_baseline", also_judgement=True)
TOLERANT = ruled("T", within=Tolerance(of="baseline", percent=Decimal(10), side="worse"))


def written(rules: tuple[StatusRule, ...] | list[StatusRule]) -> str:
    """The words of rules in order; in small letters those that take all the rest or both sides."""
    words = []
    for one in rules:
        both = one.within is not None and one.within.side == "both"
        words.append(one.words[0].lower() if one.otherwise or both else one.words[0])
    return " ".join(words)


@pytest.mark.parametrize(
    ("rules", "orders"),
    [
        ([A, B, C], ["A B C", "A B c"]),
        ([C, B, A], ["C B A", "B A c"]),
        ([A, C, B], ["A C B", "A B c"]),
        ([BETTER, C, A], ["B C A", "A B C", "A B c"]),
        ([A, EQUAL, C], ["E A C", "E A c"]),
        ([A, ALL, C], ["E A C", "E A c"]),
        ([A, PEOPLE, C], ["A C P", "A c P"]),
        ([A, NONE, C], ["A C N", "A c N"]),
        ([NONE, PEOPLE, A, C], ["A C N P", "A c N P"]),
        ([A, REST], ["A r"]),
        ([PEOPLE, REST, A], ["A r P"]),
        ([NONE, REST, A], ["A r N"]),
        ([PEOPLE], ["P"]),
        ([A, STALLED], ["A P"]),
        ([A, TOLERANT, C], ["A T C", "A t C", "A T c", "A t c", "T A C", "t A C", "T A c", "t A c",
                            "A C T", "A C t"]),
    ],
)  # fmt: skip
def test_the_orders_that_a_legend_may_mean(rules: list[StatusRule], orders: list[str]) -> None:
    found = list(dict.fromkeys(_rule_sets(rules)))
    if STALLED in rules:
        assert next(one for one in found[0] if one.words == ("S",)).judgement
        assert STALLED in found[-1]
        return
    assert set(orders) <= {written(one) for one in found}
    assert written(found[0]) == orders[0]


def test_a_tolerance_stands_where_it_is_printed_and_then_ever_farther_off() -> None:
    moved = [written(one) for one in _tolerances_moved([A, B, TOLERANT, C])]
    assert moved == ["A B T C", "A B T C", "A T B C", "A B C T", "T A B C"]
    assert [written(one) for one in _tolerances_moved([A, C])] == ["A C"]


@pytest.mark.parametrize(
    ("rule", "badness"),
    [
        (C, (3, 0)),
        (rated("X", below=50), (2, -50)),
        (rated("X", at_most=40), (2, -40)),
        (rated("X", below=50, at_most=40), (2, -50)),
        (rated("X", at_least=50, below=60), (0, 0)),
        (rated("X", above=50, below=60), (0, 0)),
        (rated("X", at_least=50), (0, 0)),
        (ruled("X", "worse_than_target"), (1, 0)),
        (A, (0, 0)),
        (B, (0, 0)),
    ],
)
def test_how_low_a_rule_stands(rule: StatusRule, badness: tuple[int, int]) -> None:
    assert _badness(rule) == badness


def seen(kind: Any, year: int | None, text: str) -> Observation:
    return Observation(kind=kind, fiscal_year=year, value=value(text))  # type: ignore[arg-type]


ROW = LegendRow(word=printed("A"), rule=printed(""))


@pytest.mark.parametrize(
    ("named", "target", "later", "targets"),
    [
        ("", "110", [], ("year",)),
        ("", "110", ["110"], ("year",)),
        ("", "110", ["120"], ("year", "final")),
        ("", None, [], ("final",)),
        ("", None, ["120"], ("final",)),
        ("final", "110", [], ["final"]),
        ("year", "110", ["120"], ["year"]),
    ],
)
def test_which_target_is_judged_against(
    named: Any, target: str | None, later: list[str], targets: Any
) -> None:
    dated = tuple(seen("target", 2030, text) for text in later)
    row = structs.replace(indicator(target=target), observations=dated)
    if target is not None and later == ["110"]:
        row = structs.replace(row, target=dated[0].value)
    readings = [(ROW, Reading("judgement")), (ROW, Reading("conditions", target=named))]
    assert _targets(document(row), readings, SETTINGS) == targets


def test_rates_are_made_in_every_way_where_a_band_is_spoken_of() -> None:
    bands = legend(("A", "80%以上"), ("B", "80%未満"))
    forms = [one.rate for one in candidates(document(*ROWS, legend=bands), SETTINGS)]
    kinds = list(dict.fromkeys((one.formula, one.pro_rata) for one in forms))
    formulas = ("plain", "inverse", "mirrored", "progress")
    assert kinds == [(formula, paced) for paced in (False, True) for formula in formulas]
    plain = [one.rate for one in candidates(document(*ROWS, legend=CITY), SETTINGS)]
    assert {(one.formula, one.pro_rata) for one in plain} >= {("plain", False)}


def test_a_dash_that_is_explained_in_words_is_given_by_people() -> None:
    rows = legend(("－", "順調に伸びている"), ("A", "順調に伸びている"), ("－", "目標値以上"))
    assert [reading.kind for _, reading in readings_of(document(*ROWS, legend=rows), SETTINGS)] == [
        "judgement", "unreadable", "conditions",
    ]  # fmt: skip


# --------------------------------------------------------------------------- told in words


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        (MINE, ["現状維持 > 目標達成 > 改善 > 未達成", "(the target of the year)"]),
        (BANDS, ["A > B+ > B > C", "(rate: target ÷ actual where lower is better)",
                 "(the target of the year)"]),
        (PACED, ["① > ② > ③", "(rate: actual ÷ target)", "(pro rata by elapsed years)",
                 "(the target of the year)"]),
        (PROGRESS, ["順調 > おおむね順調 > 努力を要する",
                    "(rate: the way from the baseline to the target)", "(the target of the year)"]),
        (PARTLY_JUDGED, ["A > B", "(the target of the year)"]),
        ('[validate]\ntarget = "final"\n' + MINE,
         ["現状維持 > 目標達成 > 改善 > 未達成", "(the last target)"]),
        (AGAINST_BASE, ["S > A > B > C > －", "(the target of the year)"]),
        (SURVEY, ["a > b > b' > c", "(the target of the year)", "(tolerance on both sides)"]),
    ],
)  # fmt: skip
def test_a_reading_in_words(profile: str, told: list[str]) -> None:
    own = settings(profile)
    assert describe(own).split("\t") == told
    assert describe(own, own) == describe(own)


def test_the_rules_in_which_two_readings_differ_are_told() -> None:
    one, other = settings(AGAINST_BASE), settings(AGAINST_BASE.replace('"worse"', '"both"'))
    assert describe(one, other).split("\t")[2:] == ["|", "B:", "±10%"]
    assert describe(other, one).split("\t")[2:] == ["(tolerance on both sides)", "|", "B:", "±10%"]
    points = settings(AGAINST_BASE.replace("percent = 10", "points = 10"))
    assert describe(points, one).split("\t")[2:] == ["|", "B:", "±10"]
    rates = settings(BANDS), settings(BANDS.replace("at_least = 80", "at_least = 70", 1)
                                      .replace("below = 80", "below = 70"))  # fmt: skip
    assert describe(rates[1], rates[0]).split("\t")[3:] == ["|", "B+:", "≥70% <100%", "|", "B:",
                                                            "≥50% <70%"]  # fmt: skip
    assert legend_text(CITY[:2]) == "目標達成：100%以上 / 改善：基準値以上、100%未満"


def test_whose_rules_were_applied_is_said() -> None:
    own = run(document(*ROWS), settings(MINE)).applied
    printed_ones = run(document(*ROWS, legend=CITY), SETTINGS).applied
    assert {one.basis for one in own} == {"profile"}
    assert {one.basis for one in printed_ones} == {"legend"}
    assert [one.en for one in own][-1] == "none of the other rules holds"


# --------------------------------------------------------------------------- decided by people

AS_PRINTED = legend_text(CITY)


def chosen(**fields: Any) -> Decision:
    known = {"action": "legend", "reason": "確認", "value": "A", "line": 3}
    return Decision(**{**known, **fields})


@pytest.mark.parametrize(
    ("decision", "used"),
    [
        (chosen(), True),
        (chosen(expect=AS_PRINTED), True),
        (chosen(expect=AS_PRINTED.replace(" ", "　 ")), True),
        (chosen(line=0, expect=AS_PRINTED), True),
        (chosen(line=0, expect=""), False),
        (chosen(line=0, expect=AS_PRINTED + "甲"), False),
        (chosen(line=0, expect=AS_PRINTED[:-1]), False),
        (chosen(line=0, expect="ん：甲"), False),
        (chosen(action="layout", expect=AS_PRINTED), False),
        (chosen(action="seen", expect=AS_PRINTED), False),
        (chosen(action="direction", expect=AS_PRINTED), False),
    ],
)
def test_a_decision_on_the_legend_holds_for_the_same_legend(decision: Decision, used: bool) -> None:
    own = structs.replace(SETTINGS, decisions=(decision,))
    adopted = adopt_legend(document(*ROWS, legend=CITY), own)
    assert (adopted.verdicts is None) == used
    assert [one.rule for one in adopted.findings] == ["legend.adopted"]
    decided = used and decision.carried
    assert [one.decided is not None for one in adopted.findings] == [decided]


@pytest.mark.parametrize("expect", [AS_PRINTED + "甲", AS_PRINTED[:-1], "ん：甲", "ー"])
def test_a_decision_for_another_legend_is_told(expect: str) -> None:
    own = structs.replace(SETTINGS, decisions=(chosen(expect=expect),))
    adopted = adopt_legend(document(*ROWS, legend=CITY), own)
    told = [one for one in adopted.findings if one.rule == "decision.expectation"]
    assert [(one.expected, one.parameters["line"]) for one in told] == [(expect, "3")]
    assert adopted.verdicts is not None


def test_what_was_adopted_is_settled_if_nothing_else_is_said() -> None:
    assert Adopted(SETTINGS) == Adopted(SETTINGS, (), None, settled=True)


@pytest.mark.parametrize("action", ["value", "unit", "title", "year", "table", "split", "layout"])
def test_only_a_confirmation_that_settles_nothing_is_useless(action: Action) -> None:
    for told, useless in ((action, []), ("seen", ["decision.unused"])):
        one = Decision(action=told, finding="gone", value="5", reason="確認", line=3)  # type: ignore[arg-type]
        own = structs.replace(settings(MINE), decisions=(one,))
        found = run(document(*ROWS), own).findings
        assert [each.rule for each in found] == useless


# --------------------------------------------------------------------------- columns, grounds


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        ("1 2", "1"),
        ("A 1 2", "1"),
        ("A 2 1", "2"),
        ("A 1", None),
        ("A B 1 2", None),
        ("A A A 1 2", None),
        ("A A 1 2 3", "1"),
        ("1.5% -2 +3 A", "1.5%"),
        ("A", None),
    ],
)
def test_a_column_is_of_numbers_if_most_are(statuses: str, told: str | None) -> None:
    rows = [indicator(f"{at}", status=word) for at, word in enumerate(statuses.split())]
    found = _foreign_column(document(*rows, legend=CITY), SETTINGS, rows)
    assert (found and found.printed) == told
    if found is not None:
        assert found.parameters["count"] == str(
            sum(not word.isalpha() for word in statuses.split())
        )
    numbered = legend(("1", "目標値以上"), ("2", "目標値未満"))
    assert _foreign_column(document(*rows, legend=numbered), SETTINGS, rows) is None


@pytest.mark.parametrize(
    ("profile", "status", "told"),
    [
        (MINE, "改善", True),
        (MINE, "未達成", False),
        (BANDS, "B", True),
        (AGAINST_BASE, "B", True),
        (AGAINST_BASE, "C", False),
        (AGAINST_BASE, "－", False),
        (EQUALITY, "×", False),
        (EQUALITY, "△", True),
    ],
)
def test_a_status_that_rests_on_figures_needs_an_actual(
    profile: str, status: str, told: bool
) -> None:
    rows = [*ROWS, indicator("六", actual="－", status=status)]
    found = run(document(*rows), settings(profile)).findings
    rules = [one.rule for one in found if one.subject == "六"]
    assert ("status.without-actual" in rules) is told
    full = run(document(*ROWS, indicator("六", status=status)), settings(profile)).findings
    assert "status.without-actual" not in [one.rule for one in full]


def test_a_status_beside_a_missing_figure_and_one_that_people_gave_are_kept() -> None:
    rows = [
        indicator("一", actual="－", status="S"),
        indicator("二", actual="－", status="－"),
        indicator("三", actual="130", status="A"),
        indicator("四", actual="130"),
    ]
    own = settings(AGAINST_BASE)
    judged = judge_all(document(*rows), own, ("S", "A", "B", "C", "－"))
    assert [one.recomputed for one in judged] == [None, "－", "S", "S"]
    given = judge_all(
        document(indicator(status="×"), indicator(status="△")), settings(EQUALITY), ()
    )
    assert [one.recomputed for one in given] == [None, "△"]


@pytest.mark.parametrize(
    ("doubts", "status"),
    [((), "S"), (("layout.columns:actual",), None), (("layout.columns:place",), "S")],
)
def test_nothing_is_recomputed_from_what_is_in_doubt(doubts, status) -> None:
    plan = document(indicator("一", actual="130", status="S", doubts=doubts))
    (judged,) = judge_all(plan, settings(AGAINST_BASE), ("S", "A", "B", "C", "－"))
    assert judged.recomputed == status


def test_the_year_of_a_check_is_said_by_name() -> None:
    verdict = Verdict(("A",), open=False)
    with pytest.raises(TypeError, match="positional argument"):
        list(_check(indicator(), "B", verdict, settings(MINE), None, 2023))  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("kind", "year", "text", "told"),
    [
        ("status", 2023, "未達成", ["2023"]),
        ("status", 2023, "目標達成", []),
        ("status", 2025, "未達成", ["2025"]),
        ("status", 2024, "未達成", []),
        ("status", None, "未達成", []),
        ("summary", 2023, "未達成", []),
        ("unknown", 2023, "未達成", []),
    ],
)
def test_the_statuses_of_other_years_are_judged_by_their_figures(
    kind: Any, year: int | None, text: str, told: list[str]
) -> None:
    word = structs.replace(value("－"), missing=None, text=text)  # type: ignore[type-var]
    more = (
        seen("source", 2023, "1"), Observation(kind=kind, fiscal_year=year, value=word),
        *(seen(one, at, text) for at in (2023, 2025) for one, text in (("target", "10"),
                                                                      ("actual", "12"))),
    )  # fmt: skip
    row = indicator(baseline="5", target="110", actual="120", status="目標達成", observations=more)
    found = run(document(row), settings(MINE)).findings
    assert [one.parameters.get("field") for one in found] == told


def test_a_status_of_another_year_is_wrong_by_all_readings_or_by_none() -> None:
    word = structs.replace(value("－"), missing=None, text="未達成")  # type: ignore[type-var]
    past = Observation(kind="status", fiscal_year=2023, value=word)
    more = (past, seen("target", 2023, "10"), seen("actual", 2023, "12"))
    row = indicator(baseline="5", target="110", actual="120", status="目標達成", observations=more)
    own = settings(MINE)
    lenient = structs.replace(own, status=(StatusRule(words=("未達成",), otherwise=True),))
    for alike, told in (((own,), ["2023"]), ((own, lenient), [])):
        judged = judge_all(document(row), own, [word for rule in own.status for word in rule.words])
        found = check_statuses(document(row), own, judged, alike=alike)
        assert [one.parameters.get("field") for one in found] == told


def test_the_catalogue_ends_with_a_line_break(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    docs.main()
    written_out = capfdbinary.readouterr().out.decode()
    assert written_out == "\n".join(docs.lines()) + "\n"


def test_how_rates_are_made_where_nothing_is_said() -> None:
    assert RateForm() == RateForm(
        formula="inverse", pro_rata=False, digits=None, rounding="half_up"
    )


def test_five_rows_between_two_readings_are_named() -> None:
    rows = [indicator(f"数{at}") for at in range(7)]
    own, other = settings(AGAINST_BASE), settings(AGAINST_BASE.replace('"worse"', '"both"'))
    for count, names in ((5, "数0、数1、数2、数3、数4"), (6, "数0、数1、数2、数3、数4 …")):
        proposal = Proposal(own, (), (), (Trial(other, (), ()),), tuple(range(count)), follows=True)
        adopted, told = _about_proposal(document(*rows, legend=CITY), proposal)
        assert (told.parameters["rows"], told.parameters["count"]) == (names, str(count))
        assert (adopted.printed, told.printed) == ("目標達成、改善、現状維持、未達成",) * 2
        assert told.parameters["first"] == describe(own, other)
        assert told.parameters["second"] == describe(other, own)
    sure = Proposal(own, (), (), (), (), follows=True)
    assert len([*_about_proposal(document(*rows, legend=CITY), sure)]) == 1


def test_an_unknown_status_is_told_where_it_is_printed() -> None:
    row = indicator(status="達成", status_printed=printed("達 成", page=7, top=30))
    (told,) = run(document(*ROWS, row), settings(MINE)).findings
    assert (told.rule, told.page, told.printed) == ("vocabulary.unknown-status", 7, "達 成")
    assert told.box == printed("", top=30).box


def test_a_status_that_no_right_row_bears_is_accused_by_a_word_that_some_do() -> None:
    right = [indicator(f"{at}", actual="112", status="目標達成") for at in range(6)]
    wrong = indicator("一", actual="95", status="改善")
    for more, open_ in (([], True), ([indicator("二", actual="95", status="未達成")], False)):
        proposal = propose(document(*right, *more, wrong, legend=CITY), SETTINGS)
        assert proposal is not None
        assert proposal.verdicts[-1].open is open_


def test_rules_that_leave_several_words_contradict_no_legend() -> None:
    told = legend(("A", "目標値を上回る"), ("B", "目標値以下"), ("C", "基準値未満"))
    rows = [indicator("一", actual="112", status="A"), indicator("二", status="B")]
    found = run(document(*rows, legend=told), settings(PARTLY_JUDGED)).findings
    assert [one.rule for one in found if one.rule == "legend.differs"] == []


# --------------------------------------------------------------------------- since when

CHANGE = (("◎", "目標達成"), ("○", "改善"), ("×", "横ばい又は悪化"))
CHANGED = [("115", "◎"), ("110", "◎"), ("105", "○"), ("103", "○"), ("100", "×"), ("95", "×")]


def changed(*figures: tuple[str, str], **fields: object) -> Normalized:
    rows = [
        indicator(f"指標{at}", actual=actual, status=status, **fields)
        for at, (actual, status) in enumerate(figures)
    ]
    return document(*rows, legend=legend(*CHANGE))


def test_what_improved_did_so_since_the_baseline_where_nothing_else_is_printed() -> None:
    found = run(changed(*CHANGED), SETTINGS)
    assert [one.status for one in found.recomputed] == [status for _, status in CHANGED]
    earlier = Observation(
        kind="actual", fiscal_year=2023, value=Value(printed=printed("104"), number=Decimal(104))
    )
    rows = changed(*CHANGED)
    more = structs.replace(
        rows.indicators[0], observations=(*rows.indicators[0].observations, earlier)
    )
    with_years = structs.replace(rows, indicators=(more, *rows.indicators[1:]))
    assert {one.status for one in run(with_years, SETTINGS).recomputed} == {None}


@pytest.mark.parametrize(
    ("slip", "told"),
    [(("105", "×"), []), (("115", "○"), ["status.mismatch"])],
    ids=["only the baseline tells", "the target tells"],
)
def test_where_no_baseline_is_named_it_alone_accuses_nobody(
    slip: tuple[str, str], told: list[str]
) -> None:
    found = run(changed(*CHANGED, *CHANGED, slip), SETTINGS)
    assert [one.rule for one in found.findings if one.severity == "error"] == told
