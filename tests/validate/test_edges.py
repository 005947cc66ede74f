"""Where a rule begins to hold: figures on both sides of each limit, fed as records."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from msgspec import structs

from pipeline.legend.engine import Verdict, holds
from pipeline.legend.explanations import Reading
from pipeline.legend.figures import Figures
from pipeline.legend.rules import Band, RateForm, StatusRule, Tolerance
from pipeline.model import (
    Claim,
    Decided,
    Finding,
    LegendRow,
    Normalized,
    Observation,
    Place,
    Remark,
    Value,
)
from pipeline.settings.decisions import Decision
from pipeline.settings.validate import ValidateSettings
from pipeline.validate import run as validate
from pipeline.validate.findings import (
    are_by_foreign_rules,
    of_certain_readings,
    settle,
    stand_in_merged,
)
from pipeline.validate.groups import countings, groups, scopes
from pipeline.validate.history import check_history, easier
from pipeline.validate.legend import (
    Trial,
    _fitness,
    _is_supported,
    _lacks_figures,
    _open_between,
    _outdoes,
    _speaks_for,
    given_rules,
    lacking_words,
    propose,
)
from pipeline.validate.plausibility import check_plausibility
from pipeline.validate.rule_sets import as_rule, close_bands, merged_rules
from pipeline.validate.shares import are_shares_of, denominator, digits_of, is_count, wrong
from pipeline.validate.statements import Amount, statements
from pipeline.validate.statuses import adopt_legend, check_statuses, judge_all, known_words
from pipeline.validate.structure import check_places, check_projects
from pipeline.validate.tally import Scope, Tally, is_blank, tally
from tests.validate.build import claim, document, indicator, printed, settings, value
from tests.validate.test_legend import CITY, MINE, ROWS, legend
from tests.validate.test_status import MINE as MINE_RULES
from tests.validate.test_structure import project

FIELDS = ("baseline", "target", "actual", "next_target")
SHARE = {"name": "普及率", "unit": "%"}
TOTAL = {"name": "累計"}
RANK = {"unit": "位"}
LOWER = {"direction": "lower"}


@pytest.mark.parametrize(
    ("figures", "more", "told"),
    [
        # a share: 0 to 100
        ("0 100 50 100", SHARE, []),
        ("0 100.1 50 100", SHARE, ["share target"]),
        ("0 100 -0.1 100", SHARE, ["share actual"]),
        # a rank: a whole number from 1
        ("2 1 1.0 1", RANK, []),
        ("2 1 0.9 1", RANK, ["rank actual"]),
        ("2 1.5 1 1", RANK, ["rank target"]),
        # what is summed up never falls; counting may begin anew after the baseline
        ("5 5 5 5", TOTAL, []),
        ("5 6 4 7", TOTAL, ["cumulative-falls actual"]),
        ("5 6 5 5", TOTAL, ["cumulative-falls target"]),
        ("5 4 5 5", TOTAL, ["cumulative-falls target"]),
        ("6 5 5 5", TOTAL, []),
        ("0 5 5 5", TOTAL, []),
        (
            "50 5 5 5",
            TOTAL,
            ["cumulative-falls actual", "magnitude baseline"],
        ),
        # four times, or seven where figures vary more
        ("100 400 105 100", {}, ["magnitude target"]),
        ("100 399 105 100", {}, []),
        ("100 100 700 100", {}, ["magnitude actual"]),
        ("100 100 699 100", {}, []),
        ("25 100 100 100", {}, ["magnitude baseline"]),
        ("26 100 100 100", {}, []),
        ("100 400 100 -", {}, []),
        ("100 700 100 -", {}, ["magnitude target"]),
        ("100 699 100 -", {}, []),
        ("100 400 100 100", LOWER, []),
        ("100 700 100 100", LOWER, ["magnitude target"]),
        # a slip of one, two or three digits, either way
        ("100 1000 100 100", {}, ["magnitude target"]),
        ("100 10000 100 100", {}, ["magnitude target"]),
        ("100 100000 100 100", {}, ["magnitude target"]),
        ("100 1000000 100 100", {}, []),
        ("1000 100 1000 1000", {}, ["magnitude target"]),
        ("1000 10 1000 1000", {}, ["magnitude target"]),
        ("1000 1 1000 1000", {}, ["magnitude target"]),
        ("10000 1 10000 10000", {}, []),
        # what is planned is held against what is planned, though the actual went astray
        ("100 1000 5000 100", {}, ["magnitude target"]),
        # a small baseline is a beginning, where things are counted and more is better
        ("9 100 90 100", {}, []),
        ("10 100 90 100", {}, ["magnitude baseline"]),
        ("9 100 90 100", LOWER, ["magnitude baseline"]),
        ("9 100 90 100", {"unit": "%"}, ["magnitude baseline"]),
        ("9 100 90 100", {"name": "平均の数"}, ["magnitude baseline"]),
        ("9.5 100 90 100", {}, ["magnitude baseline", "precision baseline"]),
        # another sign: of three, only within twice the others
        ("100 50 -25 -", {}, ["sign actual"]),
        ("100 50 -24 -", {}, []),
        ("100 -50 - -", {}, []),
        ("1000 900 -1 950", {}, ["sign actual"]),
        ("10 100 -20 -1", {}, []),
        ("0 900 -900 0", {}, []),
        ("-0.5 -0.4 100.5 -0.3", {"unit": "%"}, ["sign actual"]),
        # other decimals than all others; targets, nought and 100 may be round
        ("1.5 2.5 3 4.5", {}, ["precision actual"]),
        ("1.5 2.25 3 4.5", {}, []),
        ("1.5 3 2.5 4.5", {}, []),
        ("1.5 2.5 3.5 4", {}, []),
        ("1.5 2.5 0 4.5", {}, []),
        ("95.5 98.5 100 99.5", {"unit": "%"}, []),
        ("1.5 2.5 3 -", {}, []),
        ("2 3 2.5 4", {}, ["precision actual"]),
        ("2 3 2.5 4", {"unit": "%"}, []),
        ("2 3 2.5 4", {"name": "平均"}, []),
        ("2 3.5 2.5 4", {}, []),
        # neighbours that changed places, in three digits or more
        ("142 142 124 -", {}, ["transposed actual"]),
        ("142 124 - -", {}, []),
        ("1423 1423 1432 1423", {}, ["transposed actual"]),
        ("1423 1423 4132 1423", {}, []),
        ("-142 -142 -124 -142", {}, ["transposed actual"]),
        ("142 142 -124 142", {}, ["sign actual"]),
        ("100 124 130 142", LOWER, ["transposed next_target"]),
        ("100 142 130 124", {"direction": "unknown"}, []),
    ],
)
def test_a_figure_that_cannot_be(figures: str, more: dict[str, Any], told: list[str]) -> None:
    row: dict[str, Any] = {
        name: None if text == "-" else text
        for name, text in zip(FIELDS, figures.split(), strict=True)
    }
    found = check_plausibility(document(indicator(**row, **more)), SETTINGS)
    assert [f"{one.rule.split('.')[1]} {one.parameters['field']}" for one in found] == told


SETTINGS = settings()


# --------------------------------------------------------------------------- what reading is meant

BEST, RIVAL = Verdict(("A",), open=False), Verdict(("B",), open=False)


def trial(fits: str, verdict: Verdict = BEST, *, pro_rata: bool = False) -> Trial:
    """A reading tried on one row a sign: ``+`` follows it, ``-`` does not, ``.`` says nothing."""
    told = {"+": True, "-": False, ".": None}
    own = structs.replace(settings(), rate=RateForm(pro_rata=pro_rata))
    return Trial(own, (verdict,) * len(fits), tuple(told[sign] for sign in fits))


@pytest.mark.parametrize(
    ("best", "rival", "plausible"),
    [
        ("+++", "---", ""),
        ("+++", "..." , ""),
        ("....", "....", "0123"),
        ("+...", "-...", "0"),
        ("++..", "--..", ""),
        ("+-..", "-+..", "0123"),
        ("++-.", "--+.", "013"),
        ("+++-.", "---+.", "012"),
        ("++++-", "----+", ""),
        ("++++--.", "----++.", "01236"),
        ("+++++--.", "-----++.", "01234"),
        ("+++-", "++..", ""),
        ("-...", "....", ""),
        ("-+..", "..-.", "01"),
    ],
)  # fmt: skip
def test_where_a_rival_reading_is_plausible(best: str, rival: str, plausible: str) -> None:
    found = _open_between(trial(best), trial(rival, RIVAL))
    assert "".join(map(str, found)) == plausible


EITHER = Verdict(("A", "B"), open=False)
"""What a reading says of a row whose direction is not known."""


@pytest.mark.parametrize(
    ("best", "rival", "lacks", "outdone"),
    [
        ("++++-", "....+", False, True),
        ("++++-", ".....", True, False),
        ("+++--", "....+", False, True),
        ("++++-", "...-+", False, False),
        ("+++.-", "....+", False, True),
        ("+++.-", "...-+", False, False),
    ],
)
def test_unknown_directions_do_not_speak_for_a_reading_that_needs_none(
    best: str, rival: str, lacks: bool, outdone: bool
) -> None:
    one, other = trial(best), trial(rival, EITHER)
    assert _lacks_figures(other, one) is lacks
    assert _outdoes(other, one) is outdone


def test_a_rival_that_says_the_same_is_none() -> None:
    assert _open_between(trial("...."), trial("....")) == []
    for one, other in ((BEST, RIVAL), (RIVAL, BEST)):
        assert _open_between(trial("..", one), trial("..", other)) == [0, 1]


@pytest.mark.parametrize(
    ("mine", "theirs", "other", "speaks"),
    [
        (True, False, RIVAL, 1),
        (True, None, RIVAL, 1),
        (True, False, Verdict(("B", "A"), open=False), 0),
        (True, False, Verdict(("A",), open=True), 1),
        (False, True, RIVAL, -1),
        (False, False, RIVAL, 0),
        (False, None, RIVAL, 0),
        (None, True, RIVAL, 0),
    ],
)
def test_for_which_reading_a_row_speaks(
    mine: bool | None, theirs: bool | None, other: Verdict, speaks: int
) -> None:
    assert _speaks_for(mine, BEST, theirs, other) == speaks


def test_the_fitness_of_a_reading() -> None:
    assert _fitness(trial("+++-.")) == 2 - 4
    assert _fitness(trial("+++--")) == 4 - 5
    assert _fitness(trial("+++-.", pro_rata=True)) == 2 + 1 - 4
    assert _fitness(trial("+" * 30, pro_rata=True)) == 3 - 30
    assert _fitness(trial("+" * 29, pro_rata=True)) == 2 - 29
    assert _fitness(trial("+" * 20, pro_rata=True)) == 2 - 20
    assert _fitness(trial("+" * 28 + "--", pro_rata=True)) == 4 + 3 - 30


@pytest.mark.parametrize(
    ("fits", "statuses", "supported"),
    [
        ("", "", False),
        ("...", "AAA", False),
        ("+", "A", True),
        ("+-", "AB", False),
        ("++-", "AAB", False),
        ("+++-", "AAAB", True),
        ("++++++++++--", "AAAAAAAAAABC", True),
        ("+++++++++--", "AAAAAAAAABC", False),
        ("++++++++++--", "AAAAAAAAAABB", False),
        ("++++++++++--", "AAAAAAAABBBB", True),
        ("+++++++++++++++---", "AAAAAAAAAAAAAAABBB", False),
    ],
)
def test_what_statuses_support_a_reading(fits: str, statuses: str, supported: bool) -> None:
    rows = [indicator(f"{at}", status=status) for at, status in enumerate(statuses)]
    assert _is_supported(document(*rows), trial(fits)) is supported


def test_the_words_that_a_legend_lacks() -> None:
    words = ("目標達成", "－", "評価なし", "謎", "謎", "別の謎", None)
    rows = [indicator(f"{at}", status=status) for at, status in enumerate(words)]
    lacking = lacking_words(document(*rows, legend=CITY), settings())
    assert lacking == {"謎": "謎", "別の謎": "別の謎"}


TOLERANT = legend(
    ("S", "目標値以上"),
    ("B", "基準値と同水準（△10%以内）"),
    ("A", "基準値を上回る"),
    ("C", "基準値を下回る"),
)
TWO_READINGS = [
    indicator("一", target="150", actual="160", status="S"),
    indicator("二", target="150", actual="130", status="A"),
    indicator("三", target="150", actual="95", status="B"),
    indicator("四", target="150", actual="70", status="C"),
    indicator("五", target="150", actual="105", status="A"),
    *(indicator(f"乙{n}", target="150", actual="96", status="B") for n in range(3)),
]


def sides(used: ValidateSettings | None) -> list[str]:
    assert used is not None
    return [rule.within.side for rule in used.status if rule.within is not None]


def test_a_person_chooses_one_of_two_readings_or_gives_rules() -> None:
    plan = document(*TWO_READINGS, legend=TOLERANT)
    assert sides(given_rules("", plan, settings())) == ["worse"]
    assert sides(given_rules(" A ", plan, settings())) == ["worse"]
    assert sides(given_rules(" B ", plan, settings())) == ["both"]
    plain = document(*ROWS, legend=CITY)
    assert given_rules("A", plain, settings()) is not None
    assert given_rules("B", plain, settings()) is None
    assert given_rules("C", plain, settings()) is None
    assert given_rules("S：", plan, settings()) is None
    assert given_rules("：目標値以上", plan, settings()) is None
    text = "S：目標値以上 / A：基準値以上 ; C=基準値未満"
    rows = [one for one in TWO_READINGS if one.status != "B"]
    used = given_rules(text, document(*rows), settings())
    assert used is not None
    assert [rule.words[0] for rule in used.status] == ["S", "A", "C"]
    assert given_rules("S：目標値以上 / A：基準値以上", document(*rows), settings()) is None


def test_a_proposal_counts_what_it_judged() -> None:
    proposal = propose(document(*ROWS, legend=CITY), settings())
    assert proposal is not None
    assert (proposal.judged, proposal.mismatches, proposal.follows) == (5, 0, True)
    wrong_one = structs.replace(ROWS[0], id="x", status="未達成")
    proposal = propose(document(*ROWS, wrong_one, legend=CITY), settings())
    assert proposal is not None
    assert (proposal.judged, proposal.mismatches) == (6, 1)
    assert [verdict.open for verdict in proposal.verdicts] == [False] * 6


def test_an_accusation_rests_on_a_word_that_others_bear() -> None:
    rows = [
        *(indicator(f"{n}", actual="112", status="目標達成") for n in range(6)),
        indicator("一", actual="95", status="改善"),
    ]
    proposal = propose(document(*rows, legend=CITY), settings())
    assert proposal is not None
    assert [verdict.open for verdict in proposal.verdicts] == [False] * 6 + [True]
    rows.append(indicator("二", actual="105", status="改善"))
    proposal = propose(document(*rows, legend=CITY), settings())
    assert proposal is not None
    assert [verdict.open for verdict in proposal.verdicts] == [False] * 8


# --------------------------------------------------------------------------- rules of a legend

REACHES = StatusRule(words=("A",), when=("reaches_target",))
EQUAL = StatusRule(words=("A",), when=("all_equal",))
PEOPLE = StatusRule(words=("A",), judgement=True)
RATED = StatusRule(words=("A",), rate=Band(at_least=Decimal(80)))
OTHER = StatusRule(words=("B",), when=("worse_than_target",))


@pytest.mark.parametrize(
    ("rules", "merged"),
    [
        ([], []),
        ([REACHES, OTHER], [REACHES, OTHER]),
        ([REACHES, StatusRule(words=("A",), when=("reaches_target",))], [REACHES]),
        ([RATED, structs.replace(RATED, words=("A",))], [RATED]),
        ([REACHES, EQUAL], [structs.replace(REACHES, or_when=(("all_equal",),))]),
        (
            [REACHES, EQUAL, structs.replace(REACHES, when=("equals_target",))],
            [structs.replace(REACHES, or_when=(("all_equal",), ("equals_target",)))],
        ),
        ([REACHES, PEOPLE], [structs.replace(REACHES, also_judgement=True)]),
        ([PEOPLE, REACHES], [structs.replace(REACHES, also_judgement=True)]),
        ([PEOPLE, RATED], None),
        ([RATED, PEOPLE], None),
        ([REACHES, RATED], None),
        ([RATED, REACHES], None),
        (
            [REACHES, structs.replace(EQUAL, within=Tolerance(of="target", percent=Decimal(5)))],
            None,
        ),
    ],
)
def test_explanations_of_one_word(rules: list[StatusRule], merged: list[StatusRule] | None) -> None:
    assert merged_rules(rules) == merged


ROW = LegendRow(word=printed(" A "), rule=printed("…"))


@pytest.mark.parametrize(
    ("reading", "rule"),
    [
        (Reading("missing", missing=("actual",)), StatusRule(words=("A",), missing=("actual",))),
        (Reading("judgement"), PEOPLE),
        (Reading("unreadable"), StatusRule(words=("A",), otherwise=True)),
        (Reading("conditions", when=("reaches_target",)), REACHES),
        (Reading("conditions", band=Band(at_least=Decimal(80))), RATED),
        (Reading("conditions", band=Band(at_least=Decimal(100))), REACHES),
        (
            Reading("conditions", band=Band(below=Decimal(100))),
            StatusRule(words=("A",), when=("worse_than_target",)),
        ),
        (
            Reading("conditions", when=("all_equal",), also_judgement=True),
            structs.replace(EQUAL, also_judgement=True),
        ),
    ],
)
def test_an_explanation_as_a_rule(reading: Reading, rule: StatusRule) -> None:
    assert as_rule(ROW, reading, RateForm()) == rule


@pytest.mark.parametrize("band", [Band(at_least=Decimal(100)), Band(below=Decimal(100))])
def test_a_paced_hundred_is_not_the_target(band: Band) -> None:
    paced = as_rule(ROW, Reading("conditions", band=band), RateForm(pro_rata=True))
    assert (paced.rate, paced.when) == (band, ())


@pytest.mark.parametrize(
    ("top", "floor", "below"),
    [("99", "100", "100"), ("99", "99", "99"), ("98.9", "100", None), ("99", "98", None)],
)
def test_a_band_is_closed_by_the_next_one_above(top: str, floor: str, below: str | None) -> None:
    band = Band(at_least=Decimal(50), at_most=Decimal(top))
    rules = [
        StatusRule(words=("A",), rate=Band(at_least=Decimal(floor))),
        StatusRule(words=("B",), rate=band),
        OTHER,
    ]
    first, second, third = close_bands(rules)
    assert (first, third) == (rules[0], OTHER)
    closed = Band(at_least=Decimal(50), below=Decimal(below)) if below else band
    assert second.rate == closed


def test_the_target_closes_a_band_too() -> None:
    band = StatusRule(words=("B",), rate=Band(at_most=Decimal(99)))
    for when, closed in (
        ("reaches_target", True),
        ("better_than_target", True),
        ("all_equal", False),
    ):
        rule = StatusRule(words=("A",), when=(when,))  # type: ignore[arg-type]
        found = close_bands([rule, band])[1].rate
        assert (found == Band(below=Decimal(100))) is closed


# --------------------------------------------------------------------------- shares and counts


def share(number: str, *words: str) -> Amount:
    return Amount(Scope(), words or ("達成",), "share", Decimal(number))


TEN = Tally({"達成": 5, "改善": 3, "未達成": 1}, 10)


def test_a_tally() -> None:
    assert (TEN.judged, TEN.count(("達成", "謎")), TEN.count(())) == (9, 5, 0)
    assert TEN.share(("達成", "改善"), 10) == 80
    assert TEN.share(("達成",), 0) == 0
    rows = [indicator(f"{at}", goal=goal, policy=at) for at, goal in enumerate((1, 1, 2))]
    found = tally(rows, ["A", None, "B"], ["C"], Scope(1))
    assert found == Tally({"C": 0, "A": 1}, 2)
    assert tally(rows, ["A", None, "B"], [], Scope(1, 1)) == Tally({}, 1)


@pytest.mark.parametrize(("text", "blank"), [("－", True), ("", True), ("…", True), ("A", False)])
def test_a_status_that_is_none(text: str, blank: bool) -> None:
    assert is_blank(text) is blank


@pytest.mark.parametrize(
    ("words", "number", "right"),
    [
        (("達成",), "5", True),
        (("達成",), "4", False),
        (("達成", "改善"), "8", True),
        (("達成", "改善"), "3", True),
        (("達成", "改善"), "5", False),
        (("達成", "改善", "未達成"), "9", True),
        (("達成", "改善", "未達成"), "1", True),
        (("達成", "改善", "未達成"), "4", False),
    ],
)
def test_a_count_is_of_the_words_together_or_of_the_last(
    words: tuple[str, ...], number: str, right: bool
) -> None:
    assert is_count(Amount(Scope(), words, "count", Decimal(number)), TEN) is right


@pytest.mark.parametrize(("text", "digits"), [("46.00", 2), ("46", 0), ("0.5", 1), ("1E+2", 0)])
def test_the_decimals_of_a_number(text: str, digits: int) -> None:
    assert digits_of(Decimal(text)) == digits


@pytest.mark.parametrize(
    ("shares", "of", "told"),
    [
        ((), 9, []),
        (("55.6", "33.3", "11.1"), 9, []),
        (("55.5", "33.3", "11.1"), 9, []),
        (("55.6", "33.4", "11.1"), 9, ["33.4"]),
        (("55.5", "33.4", "11.1"), 9, []),
        (("55.6", "33.4", "11.0"), 9, ["33.4", "11.0"]),
        (("55.7", "33.2", "11.1"), 9, ["55.7", "33.2"]),
        (("50", "30", "10"), 10, []),
        (("50", "31", "19"), 10, ["31", "19"]),
    ],
)
def test_shares_that_no_rounding_explains(
    shares: tuple[str, ...], of: int, told: list[str]
) -> None:
    amounts = [share(text, word) for text, word in zip(shares, TEN.counts, strict=False)]
    assert [str(one.value) for one in wrong(amounts, TEN, of)] == told


def test_what_shares_are_of() -> None:
    assert denominator([share("50")], TEN) == 10
    assert denominator([share("55.6")], TEN) == 9
    assert denominator([share("1")], TEN) == 9
    assert denominator([share("1")], TEN, [Decimal(10)]) == 10
    assert denominator([share("55.6")], TEN, [Decimal(10)]) == 9
    assert denominator([], TEN) == 9


@pytest.mark.parametrize(
    ("shares", "fit"),
    [
        (("55.56", "33.33", "11.11"), True),
        (("55.6", "33.3", "11.1"), True),
        (("55.5", "33.3", "11.1"), False),
        (("66.7", "22.2", "11.1"), True),
        (("50", "50"), False),
        (("55.6", "33.3", "11.2"), False),
        (("55.6", "33.3"), False),
        (("40.0", "30.0", "30.0"), True),
        (("100",), False),
        (("12.5", "87.5"), False),
        (("72.73", "27.27"), False),
    ],
)
def test_shares_that_can_only_be_of_so_many(shares: tuple[str, ...], fit: bool) -> None:
    assert are_shares_of(TEN, [share(text) for text in shares]) is fit


# --------------------------------------------------------------------------- findings


def found(rule: str = "status.mismatch", severity: Any = "error", **more: Any) -> Finding:
    known: dict[str, Any] = {"key": "", "subject": "甲"} | more
    return Finding(rule=rule, severity=severity, **known)


def test_findings_stand_worst_first_then_by_page_and_place() -> None:
    told = [
        found(severity="info", page=1),
        found(severity="warning", page=1),
        found(severity="error", page=2, subject="2"),
        found(severity="error", page=1, box=(9, 5, 10, 10), subject="1-5-9"),
        found(severity="error", page=1, box=(1, 5, 10, 10), subject="1-5-1"),
        found(severity="error", page=1, box=(9, 1, 10, 10), subject="1-1-9"),
        found(severity="error", subject="0"),
        found(severity="error", box=(-0.5, 0, 10, 10), subject="beside"),
        found(severity="error", box=(0, -0.5, 10, 10), subject="above"),
        found(severity="error", page=1, subject="!"),
        found(severity="error", box=(1, 0.5, 10, 10), subject="0-0.5"),
        found(severity="error", box=(0.5, 0, 10, 10), subject="0-0"),
        found(severity="blocker", page=9),
    ]
    settled = settle(told)
    assert [(one.severity, one.subject) for one in settled] == [
        ("blocker", "甲"),
        *(
            ("error", name)
            for name in (
                "above",
                "beside",
                "0",
                "0-0",
                "0-0.5",
                "!",
                "1-1-9",
                "1-5-1",
                "1-5-9",
                "2",
            )
        ),
        ("warning", "甲"),
        ("info", "甲"),
    ]
    assert settle([*told, *told]) == settled


def test_findings_that_are_alike_have_keys_of_their_own() -> None:
    same = [found(page=1, parameters={"note": f"{at}"}) for at in range(5)]
    keys = [one.key for one in settle(same)]
    assert [key.partition("~")[2] for key in keys] == ["", "2", "3", "4", "5"]
    assert len({key.partition("~")[0] for key in keys}) == 1
    apart = [one.key for one in settle([found(page=1), found(page=2), found(page=3, subject="乙")])]
    assert [key.count("-") for key in apart] == [2, 2, 1]
    assert len(set(apart)) == 3
    (kept,) = settle([found(key="given", page=1)])
    assert kept.key == "given"
    assert settle([found(page=1)])[0].key == settle([found(page=2)])[0].key
    assert settle([found(parameters={"field": "a"})])[0].key != settle([found()])[0].key
    assert settle([found(parameters={"id": "a"})])[0].key != settle([found()])[0].key
    assert settle([found(parameters={"id": "甲"})])[0].key == settle([found()])[0].key


SEVERITIES = ("blocker", "error", "warning", "info")


def left(*remarks: Remark, page: int = 1, box: Any = (0, 0, 5, 5), rule: str = "x") -> list[str]:
    told = [found(rule, severity, page=page, box=box) for severity in SEVERITIES]
    return [
        one.severity for one in of_certain_readings(told, document(indicator(), remarks=remarks))
    ]


def test_no_contradiction_to_the_rules_of_another_town_is_told_until_they_are_confirmed() -> None:
    foreign = found("identity.foreign-profile", "blocker")
    decided = Decided(field="seen", taken="seen", reason="同じ規則", who="係", when="2026-01-01")
    seen = structs.replace(foreign, severity="info", decided=decided)
    assert are_by_foreign_rules([found("x"), foreign])
    assert not are_by_foreign_rules([found("x"), seen])
    assert not are_by_foreign_rules([found("x")])


def test_by_the_rules_of_another_town_no_status_is_contradicted_or_recomputed() -> None:
    row = indicator(status="未達成", target="110", actual="120")
    own = validate(document(row), settings(MINE_RULES))
    assert [one.rule for one in own.findings] == ["status.mismatch"]
    assert [one.status for one in own.recomputed] == ["目標達成"]
    told = (Remark(rule="identity.foreign-profile", printed="35201", expected="35213"),)
    other = validate(document(row, remarks=told), settings(MINE_RULES))
    assert [one.rule for one in other.findings] == ["identity.foreign-profile"]
    assert [one.status for one in other.recomputed] == [None]
    assert not any(any(one.counts_recomputed.values()) for one in other.summary)
    assert other.applied == ()


def test_contradictions_that_rest_on_uncertain_readings_are_not_told() -> None:
    every, certain = list(SEVERITIES), ["blocker", "warning", "info"]
    assert left() == every
    assert left(Remark(rule="reading.damaged-file")) == certain
    seen = Remark(rule="reading.by-ocr", page=1)
    assert left(seen) == certain
    assert left(seen, page=2) == every
    assert left(seen, page=2, rule="summary.count") == certain
    assert left(seen, page=2, rule="history.renamed") == certain
    elsewhere = Remark(rule="reading.by-ocr", page=3)
    assert left(elsewhere, page=2, rule="summary.count") == every
    merged = Remark(rule="reading.columns-not-separated", page=1, box=(4, 4, 9, 9))
    assert left(merged) == certain
    assert left(merged, page=2) == every
    assert left(merged, box=(0, 0, 4, 4)) == every
    assert left(merged, box=None) == every
    assert left(Remark(rule="reading.columns-not-separated", page=1)) == every
    hidden = Remark(rule="reading.partly-hidden", page=1, box=(4, 4, 9, 9))
    assert left(hidden) == certain
    assert left(hidden, box=(0, 0, 4, 4)) == left(hidden, page=2) == every
    assert left(Remark(rule="reading.hidden-text", page=1, box=(0, 0, 9, 9))) == every
    lying = Remark(rule="reading.digits-drawn-otherwise", page=3, box=(0, 0, 9, 9))
    assert left(lying, page=2) == every
    assert left(lying, page=2, rule="summary.count") == certain


def test_a_figure_that_is_held_back_contradicts_nothing() -> None:
    """Of 21.8 a box hid the first digit, and the status was said to be wrong by 1.8."""
    row = indicator(status="未達成", target="110", actual="120")
    place = row.observations[0].value.printed
    hidden = Remark(rule="reading.partly-hidden", page=place.page, box=place.box)
    told = validate(document(row, remarks=(hidden,)), settings(MINE_RULES))
    assert [one.rule for one in told.findings] == ["reading.partly-hidden"]
    assert [one.status for one in told.recomputed] == [None]


def test_rows_of_which_columns_may_be_one() -> None:
    def ids(page: int, box: Any) -> frozenset[str]:
        remark = Remark(rule="reading.columns-not-separated", page=page, box=box)
        return stand_in_merged(document(indicator("甲"), remarks=(remark,)))

    assert ids(1, (50, 5, 60, 9)) == {"甲"}
    assert ids(2, (50, 5, 60, 9)) == ids(1, (100, 5, 160, 9)) == ids(1, None) == frozenset()


# --------------------------------------------------------------------------- the plan


def gaps(*places: tuple[int | None, int | None]) -> list[str]:
    told = check_places(
        document(places=tuple(Place(goal_number=one, policy_number=two) for one, two in places))
    )
    return [one.subject for one in told if one.rule == "structure.number-gap"]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((1, 2, 3), []),
        ((1, 3), ["2"]),
        ((1, 4), ["2", "3"]),
        ((1, 5), []),
        ((2, 4), []),
        ((1,), []),
        ((1, 2, 6), ["3", "4", "5"]),
        ((1, 2, 7), []),
    ],
)
def test_a_numbering_with_gaps(numbers: tuple[int, ...], told: list[str]) -> None:
    assert gaps(*((number, None) for number in numbers)) == told
    assert gaps(*((1, number) for number in numbers)) == [f"1-{number}" for number in told]


@pytest.mark.parametrize(("filled", "empty", "told"), [(4, 1, 1), (3, 1, 0), (8, 2, 2), (7, 2, 0),
                                                       (5, 0, 0), (0, 1, 0)])  # fmt: skip
def test_what_four_fifths_do_the_rest_is_asked_about(filled: int, empty: int, told: int) -> None:
    places = tuple(
        Place(goal_number=1, policy_number=at + 1, policy=f"{at}") for at in range(filled + empty)
    )
    rows = [indicator(f"{at}", policy=at + 1) for at in range(filled)]
    found = [*check_places(document(*rows, places=places))]
    assert [one.rule for one in found] == ["structure.policy-without-table"] * told
    projects = [
        project(f"{at}", departments=("課",) * (at < filled)) for at in range(filled + empty)
    ]
    found = [*check_projects(projects)]
    assert [one.rule for one in found] == ["structure.project-without-department"] * told


def test_the_parts_of_a_plan_in_their_order() -> None:
    plan = document(
        indicator("一", goal=2, policy=1),
        indicator("二", goal=1, policy=None),
        places=(Place(goal_number=1, policy_number=3), Place()),
    )
    assert scopes(plan) == (Scope(), Scope(1), Scope(2), Scope(1, 3), Scope(2, 1))


def test_the_groups_of_a_plan() -> None:
    rows = [indicator("一", status="A"), indicator("二", goal=2, policy=None, status="B"),
            indicator("一", goal=2, policy=None, status="A")]  # fmt: skip
    plan = document(*rows)
    judged = judge_all(plan, settings(), ("A", "B"))
    amounts = [
        Amount(Scope(2), ("A",), "count", Decimal(7)),
        Amount(Scope(2), ("A",), "count", Decimal(8)),
        Amount(Scope(2), ("A", "B"), "count", Decimal(9)),
        Amount(Scope(), ("B",), "share", Decimal("1.5")),
        Amount(Scope(1, 1), ("B",), "share", Decimal("2.5")),
    ]
    about = Claim(source="sentence", place=Place(), printed=printed(""))
    whole, first, second = groups(plan, ("A", "B"), judged, [(about, amounts)])
    assert groups(plan, (), judged, []) == ()
    assert (whole.goal_number, first.goal_number, second.goal_number) == (None, 1, 2)
    assert whole.counts_published == {"A": 2, "B": 1}
    assert second.counts_published == {"A": 1, "B": 1}
    assert whole.counts_recomputed == {"A": 0, "B": 0}
    assert (whole.percent_printed, whole.counts_printed) == ({"B": "1.5"}, {})
    assert (second.counts_printed, second.percent_printed) == ({"A": "7"}, {})
    each, once = countings(plan, judged, ("A", "B"))
    assert (each[Scope()].judged, once[Scope()].judged, once[Scope()].indicators) == (3, 2, 3)
    assert len(countings(document(*rows[:2]), judged[:2], ("A", "B"))) == 1


@pytest.mark.parametrize(
    ("printed_status", "counted"),
    [("目標達12", "目標達成"), ("12目達成", "目標達成"), ("順12調", "順調"), ("その他", None)],
)
def test_a_status_that_a_figure_ran_into_is_also_counted_as_the_word_it_holds(
    printed_status: str, counted: str | None
) -> None:
    words = ("目標達成", "順調")
    legend = tuple(LegendRow(word=printed(word), rule=printed("…")) for word in words)
    plan = document(indicator("一", status=printed_status), legend=legend)
    ways = countings(plan, judge_all(plan, settings(), words), words)
    meant = [tallies[Scope()].counts.get(counted or "", 0) for tallies in ways]
    assert meant == ([0, 1] if counted else [0])


# --------------------------------------------------------------------------- statuses, editions


def test_the_figures_that_a_status_was_judged_by() -> None:
    def part(kind: Any, text: str, name: str | None) -> Observation:
        seen = value(text)
        assert seen is not None
        return Observation(kind=kind, fiscal_year=2024, part=name, value=seen)

    parts = (
        part("target", "110", "男"), part("target", "120", "女"), part("baseline", "7", None),
        part("actual", "90", "男"), part("actual", "80", "女"), part("rate", "1", "男"),
    )  # fmt: skip
    row = indicator(target=None, actual=None, status="目標達成", observations=parts)
    plan, own = document(row), settings(MINE)
    judged = judge_all(plan, own, known_words(plan, own))
    (told,) = check_statuses(plan, own, judged)
    assert told.rule == "status.mismatch"
    shown = {name: told.parameters[name] for name in ("baseline", "target", "actual", "better")}
    assert shown == {"baseline": "100", "target": "110・120", "actual": "90・80", "better": ""}


@pytest.mark.parametrize(
    ("direction", "better"),
    [("higher", ""), ("lower", ", lower is better"), ("unknown", "")],
)
def test_the_direction_is_said_where_lower_is_better(direction: Any, better: str) -> None:
    row = indicator(status="現状維持", direction=direction)
    (told,) = [one for one in validate(document(row), settings(MINE)).findings
               if one.rule == "status.mismatch"]  # fmt: skip
    assert told.parameters["better"] == better


def test_a_status_that_is_left_out_where_four_fifths_have_one() -> None:
    bare = indicator("甲", actual="105")
    for rows, told in (([*ROWS[:4]], ["改善"]), ([*ROWS[:3]], [])):
        plan, own = document(*rows, bare), settings(MINE)
        judged = judge_all(plan, own, known_words(plan, own))
        left_out = [one for one in check_statuses(plan, own, judged)
                    if one.rule == "status.left-out"]  # fmt: skip
        assert [one.expected for one in left_out] == told


@pytest.mark.parametrize(
    ("now", "then", "told"),
    [
        ("119", "120", True),
        ("120", "120", False),
        ("－", "120", False),
        ("119", "－", False),
        (None, "120", False),
        ("119", None, False),
    ],
)
def test_an_easier_target(now: str | None, then: str | None, told: bool) -> None:
    assert easier(value(now), value(then), "higher") is told
    assert easier(value(now), value(then), "unknown") is False
    assert easier(value(then), value(now), "unknown") is False
    assert easier(value(then), value(now), "lower") is told


def revised(now: Value | None, then: Value | None, *, part: str | None = None) -> list[str]:
    def seen(one: Value | None, year: int | None = 2023, kind: Any = "actual") -> Any:
        return () if one is None else (
            Observation(kind=kind, fiscal_year=year, part=part, value=one),
        )  # fmt: skip

    def edition(one: Value | None, number: int) -> Normalized:
        row = indicator(identifier="x", baseline=None, target=None, actual=None,
                        observations=seen(one))  # fmt: skip
        return document(row, edition=number)

    return [one.rule for one in check_history(edition(now, 2026), edition(then, 2025))]


def test_a_value_that_both_editions_print() -> None:
    ten, eleven, dash = value("10"), value("11"), value("－")
    assert revised(ten, eleven) == ["history.value-revised"]
    assert revised(ten, eleven, part="男") == ["history.value-revised"]
    assert revised(ten, value("10.0")) == revised(ten, dash) == revised(dash, ten) == []
    assert revised(ten, None) == revised(None, ten) == []
    upper = Value(printed=printed("10~12"), number=Decimal(10), upper=Decimal(12))
    assert revised(upper, ten) == ["history.value-revised"]


def test_which_absences_are_told_already() -> None:
    gone = [indicator(name, identifier=name) for name in ("甲", "乙", "丙")]
    told = (
        Remark(rule="identity.absent", parameters={"id": "甲"}),
        Remark(rule="identity.retired", parameters={"ids": "乙 丁"}),
    )
    (one,) = check_history(document(remarks=told), document(*gone, edition=2024))
    assert (one.subject, one.parameters) == ("丙", {"id": "丙", "edition": "2024"})


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("基本目標1に比べ、基本目標2の達成は3件", [2]),
        ("基本目標1と2に比べ、全体の達成は3件", [None]),
        ("前年度は振るわなかったが、達成は3件", [None]),
        ("全体では、前年度の達成は3件", []),
    ],
)
def test_of_which_part_and_year_an_amount_speaks(text: str, goals: list[int | None]) -> None:
    told = statements(claim(text), ("達成",), settings().vocabulary.claims, 2024)
    assert [one.scope.goal for one in told if isinstance(one, Amount)] == goals


def test_how_many_directions_are_unknown_where_a_legend_is_not_confirmed() -> None:
    rows = [
        structs.replace(ROWS[0], direction="unknown"),
        structs.replace(ROWS[1], status="未達成"),
    ]
    (told,) = (one for one in validate(document(*rows, legend=CITY), settings()).findings
               if one.rule.startswith("legend."))  # fmt: skip
    assert (told.rule, told.parameters) == ("legend.unconfirmed", {"count": "2", "unknown": "1"})


@pytest.mark.parametrize(
    ("side", "actual", "inside"),
    [
        ("both", "99.5", True),
        ("both", "100.5", True),
        ("both", "98", True),
        ("both", "97.9", False),
        ("better", "99.5", False),
        ("better", "100", True),
        ("better", "102", True),
        ("worse", "100.5", False),
        ("worse", "100", True),
        ("worse", "98", True),
    ],
)
def test_the_sides_of_a_tolerance(side: Any, actual: str, inside: bool) -> None:
    rule = StatusRule(words=("A",), within=Tolerance(of="baseline", points=Decimal(2), side=side))
    figures = Figures(Fraction(100), Fraction(150), Fraction(actual))
    assert holds(rule, figures, RateForm(), "higher") is inside


@pytest.mark.parametrize(
    ("value", "expect", "told"),
    [
        ("A", "", []),
        ("A", "別：目標値以上", ["decision.expectation"]),
        ("謎", "", ["decision.expectation"]),
        ("謎", "別：目標値以上", ["decision.expectation"]),
    ],
)
def test_a_decision_on_a_legend_that_reads_otherwise_now(
    value: str, expect: str, told: list[str]
) -> None:
    one = Decision(action="legend", reason="確認", value=value, expect=expect, line=3)
    own = structs.replace(settings(), decisions=(one,))
    findings = adopt_legend(document(*ROWS, legend=CITY), own).findings
    assert [one.rule for one in findings if one.rule.startswith("decision.")] == told


def test_a_column_of_numbers_is_told_at_its_first_row() -> None:
    rows = [indicator(f"{at}", status=f"{at}.5") for at in range(3)]
    (told,) = adopt_legend(document(*rows, legend=CITY), settings()).findings
    assert (told.rule, told.subject) == ("structure.status-of-numbers", "0")


@pytest.mark.parametrize("counts", [{"A": 3, "B": 2, "C": 5}, {"A": 1, "B": 2, "C": 3, "D": 4}])
def test_three_or_more_shares_that_are_right_prove_that_all_rows_were_read(
    counts: dict[str, int],
) -> None:
    words = [word for word, count in counts.items() for _ in range(count)]
    rows = [indicator(f"{at}", status=word) for at, word in enumerate(words)]
    shares = "、".join(f"{word} {10 * count}%" for word, count in counts.items())
    found = validate(document(*rows, claims=(shares, "Aは9指標")), settings()).findings
    assert [one.rule for one in found if one.rule.startswith(("summary.", "structure."))] == [
        "summary.count"
    ]
