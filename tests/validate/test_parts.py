"""The parts of the checks one by one: figures, rates, shares, claims, places, editions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest
from msgspec import structs

from pipeline.legend.explanations import read_band
from pipeline.legend.rules import Formula, RateForm
from pipeline.legend.soundness import check_rules
from pipeline.model import Entry, Finding, Kind, Observation, Place, Remark
from pipeline.settings.validate import ValidateSettings
from pipeline.validate import run
from pipeline.validate.findings import about, finding
from pipeline.validate.groups import tallies
from pipeline.validate.history import check_history
from pipeline.validate.plausibility import check_magnitude, check_transposed, is_transposed
from pipeline.validate.rates import Rated, Way, all_rates, check_rates, find_way, printed_rates
from pipeline.validate.shares import are_shares_of, wrong
from pipeline.validate.statements import Amount, Extreme, InBand, Statement, Total, statements
from pipeline.validate.statuses import check_statuses
from pipeline.validate.structure import _figures, _is_namesake, check_duplicates, check_projects
from pipeline.validate.summary import (
    _are_few,
    _complete,
    _is_of_another,
    _likeliest,
    check_bands,
    check_claims,
    scope_name,
)
from pipeline.validate.tally import Scope, Tally
from tests.validate.build import claim, document, indicator, printed, settings, value
from tests.validate.test_structure import project

SETTINGS = settings()
WORDS = ("A", "B", "C")
PLAN = Scope()


@pytest.mark.parametrize(
    "call",
    [
        lambda: run(document(), SETTINGS, None),  # type: ignore[call-arg]
        lambda: finding("status.no-rules", "", "printed"),  # type: ignore[call-arg]
        lambda: about("status.left-out", indicator(), "printed"),  # type: ignore[call-arg]
        lambda: list(check_statuses(document(), SETTINGS, (), True)),  # type: ignore[call-arg]
        lambda: list(check_claims((), (), True)),  # type: ignore[call-arg]
        lambda: _is_of_another((), Scope(), {}, True),  # type: ignore[call-arg]
        lambda: check_rules(SETTINGS, None, True),  # type: ignore[call-arg, arg-type]
    ],
)
def test_what_a_call_may_say_besides_is_said_by_name(call: Callable[[], Any]) -> None:
    with pytest.raises(TypeError, match="positional argument"):
        call()


# --------------------------------------------------------------------------- rates


def seen(kind: Kind, year: int | None, text: str, part: str | None = None) -> Observation:
    return Observation(kind=kind, fiscal_year=year, value=value(text), part=part)  # type: ignore[arg-type]


def rated(*texts: str, **fields: Any) -> list[Any]:
    """Rows of ``baseline target actual rate``."""
    rows = []
    for at, text in enumerate(texts):
        baseline, target, actual, rate = text.split()
        row = indicator(f"{at}", baseline=baseline, target=target, actual=actual, **fields)
        rate_seen = seen("rate", None, rate)
        rows.append(structs.replace(row, observations=(*row.observations, rate_seen)))
    return rows


def way_of(*texts: str, own: ValidateSettings = SETTINGS, **fields: Any) -> Way | None:
    return find_way(all_rates(document(*rated(*texts, **fields))), own)


RIGHT, WRONG, NONE = "50 100 60 60", "50 100 60 61", "50 0 60 60"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], False),
        ([RIGHT] * 2, False),
        ([RIGHT] * 3, True),
        ([RIGHT] * 2 + [NONE], False),
        ([RIGHT] * 3 + [NONE] * 3, True),
        ([RIGHT] * 3 + [WRONG], True),
        ([RIGHT] * 2 + [WRONG], False),
        ([RIGHT] * 5 + [WRONG] * 2, False),
        ([RIGHT] * 6 + [WRONG] * 2, True),
    ],
)
def test_three_quarters_of_three_or_more_rates_show_how_they_are_made(
    rows: list[str], found: bool
) -> None:
    assert (way_of(*rows) is not None) == found


@pytest.mark.parametrize(
    ("rows", "direction", "formula"),
    [
        ("100 80 60 75, 100 50 60 120, 100 10 60 600", "lower", "plain"),
        ("100 60 80 75, 100 50 60 83.3, 100 10 20 50", "lower", "inverse"),
        ("100 60 80 66.7, 100 50 60 80, 100 10 20 0", "lower", "mirrored"),
        ("100 60 80 50, 100 50 60 80, 100 10 20 88.9", "lower", "progress"),
        ("100 60 80 133.3, 100 50 60 120, 100 10 20 200", "lower", "plain"),
    ],
)
def test_the_formula_that_explains_most_rates(rows: str, direction: Any, formula: str) -> None:
    found = way_of(*rows.split(", "), direction=direction)
    assert found is not None
    assert (found.formula, found.target) == (formula, "year")


@pytest.mark.parametrize("formula", get_args(Formula))
def test_of_formulas_that_explain_as_many_that_of_the_profile_is_taken(formula: Formula) -> None:
    own = structs.replace(SETTINGS, rate=RateForm(formula=formula))
    found = way_of(*["0 100 60 60"] * 3, own=own)
    assert found is not None
    assert found.formula == formula


def rates_of(*observations: Observation, **fields: Any) -> list[Rated]:
    row = indicator(**{"baseline": "1", "target": "7", "actual": "8", **fields})
    return all_rates(document(structs.replace(row, observations=observations)))


@pytest.mark.parametrize(
    ("year", "part", "target", "actual", "final"),
    [
        (None, None, 7, 8, 30),
        (2024, None, 7, 8, 30),
        (2023, None, 20, 10, 30),
        (2022, None, None, None, 30),
        (2025, None, 30, None, 30),
        (2024, "男性", None, None, 5),
        (2023, "男性", 5, 3, 5),
    ],
)
def test_the_figures_beside_a_rate_are_of_its_year_and_part(
    year: int | None, part: str | None, target: int | None, actual: int | None, final: int | None
) -> None:
    (found,) = rates_of(
        seen("rate", year, "50", part), seen("rate", 2024, "－"), seen("actual", 2023, "10"),
        seen("target", 2023, "20"), seen("target", 2025, "30"), seen("actual", 2023, "3", "男性"),
        seen("target", 2023, "5", "男性"),
    )  # fmt: skip
    this, last = found.figures["year"], found.figures["final"]
    assert (this.target, this.actual) == (target, actual)
    assert (last.target, last.actual) == (final, actual)
    assert this.baseline == last.baseline == 1


def test_a_wrong_rate_is_told_with_the_right_one() -> None:
    rows = rated(*["50 100 60 60"] * 9, "50 100 60 61.0", "50 80 60 75.1", "50 90 60 66.6")
    told = list(check_rates(document(*rows), SETTINGS))
    assert [(one.rule, one.printed, one.expected) for one in told] == [
        ("arithmetic.rate", "61.0", "60.0"), ("arithmetic.rate", "75.1", "75.0"),
    ]  # fmt: skip


def test_plain_rates_of_what_should_be_low_mislead() -> None:
    rows = [
        *rated(*["50 100 60 60"] * 3),
        *rated("100 80 90 112.5", "100 80 60 75", direction="lower"),
    ]
    (told,) = check_rates(document(*rows), SETTINGS)
    assert (told.rule, told.printed, told.parameters["count"]) == (
        "arithmetic.rate-not-inverted", "112.5", "2",
    )  # fmt: skip
    assert [*check_rates(document(*rated(*["50 100 60 60"] * 3)), SETTINGS)] == []
    inverse = rated("100 80 90 88.9", "100 80 60 133.3", "100 50 60 83.3", direction="lower")
    assert [*check_rates(document(*inverse), SETTINGS)] == []


def test_the_rates_of_the_reported_year() -> None:
    rows = [
        (seen("rate", 2024, "50"), seen("rate", 2024, "60")), (seen("rate", None, "70"),),
        (seen("rate", 2023, "80"), seen("actual", 2024, "1")), (seen("rate", 2024, "90", "男性"),),
        (seen("rate", 2024, "－"), seen("rate", 2024, "95")),
    ]  # fmt: skip
    plan = document(*(indicator(f"{at}", observations=one) for at, one in enumerate(rows)))
    assert [int(rate[0]) for _, rate in printed_rates(plan, settings())] == [50, 70, 95]


# --------------------------------------------------------------------------- what is claimed


def amounts(text: str, scope: Scope = PLAN) -> list[Amount]:
    """``A 5 件, B 33.3 %``."""
    parts = (one.split() for one in text.split(", ") if one)
    return [
        Amount(
            scope, tuple(words.split("・")), "count" if unit == "件" else "share", Decimal(number)
        )
        for words, number, unit in parts
    ]


TEN = Tally({"A": 5, "B": 3, "C": 2}, 10)
NINE = Tally({"A": 5, "B": 3, "C": 1}, 10)


@pytest.mark.parametrize(
    ("right", "few"),
    [
        ("", False),
        ("+", True),
        ("-", False),
        ("+-", False),
        ("++-", True),
        ("++--", True),
        ("+--", False),
        ("++---", False),
        ("+++---", True),
    ],
)
def test_few_wrong_shares_among_right_ones(right: str, few: bool) -> None:
    shares = amounts(", ".join(f"A {at} %" for at in range(len(right))))
    assert _are_few(shares[: right.count("-")], shares) is few


def test_two_shares_may_be_right_by_chance() -> None:
    counted = {Scope(): Tally({"A": 6, "B": 4}, 10)}
    assert _complete([(claim(""), amounts("A 60 %, B 40 %"))], counted) == set()
    three = {Scope(): Tally({"A": 6, "B": 4, "C": 0}, 10)}
    assert _complete([(claim(""), amounts("A 60 %, B 40 %, C 0 %"))], three) == {Scope()}


@pytest.mark.parametrize(
    ("text", "proven"),
    [
        ("A 5 件, B 3 件, C 2 件", True),
        ("A 5 件, B 3 件, C 1 件", False),
        ("A 4 件, B 4 件, C 2 件", True),
        ("A 5 件, B 5 件", False),
        ("A 50 %, B 30 %, C 20 %", True),
        ("A 50 %, B 30 %, C 20.5 %", False),
        ("A 40.0 %, B 40.0 %, C 20.0 %", True),
        ("A 60 %, B 40 %", False),
        ("A・B 8 件, C 2 件", False),
        ("A 5 件, B 3 件, C 2 件, A・B 8 件", True),
    ],
)
def test_numbers_of_all_statuses_prove_that_all_rows_were_read(text: str, proven: bool) -> None:
    counted = {Scope(): TEN, Scope(1): NINE}
    assert (Scope() in _complete([(claim(""), amounts(text))], counted)) is proven


@pytest.mark.parametrize(
    ("stated", "proven"),
    [
        ([Total(Scope(), Decimal(10))], {None, 1, 2}),
        ([Total(Scope(), Decimal(9))], set()),
        ([Total(Scope(1), Decimal(10))], {1}),
        ([Total(Scope(1), Decimal(9))], {1}),
        ([Total(Scope(), Decimal(10)), Total(Scope(1), Decimal(8))], {None}),
        ([Total(Scope(), Decimal(10)), Total(Scope(1), Decimal(8)), Total(Scope(1), Decimal(9))],
         {None, 1, 2}),
        ([Total(Scope(7), Decimal(10))], set()),
    ],
)  # fmt: skip
def test_a_number_of_all_proves_its_part_and_that_of_the_plan_every_part(
    stated: list[Statement], proven: set[int | None]
) -> None:
    counted = {Scope(): TEN, Scope(1): NINE, Scope(2): TEN}
    assert {scope.goal for scope in _complete([(claim(""), stated)], counted)} == proven


ELSEWHERE = {Scope(): TEN, Scope(1): Tally({"A": 4, "B": 1, "C": 1}, 6)}


@pytest.mark.parametrize(
    ("text", "named", "of_another"),
    [
        ("A 5 件, B 3 件, C 2 件", True, False),
        ("A 4 件, B 1 件, C 1 件", True, True),
        ("A 4 件, B 1 件, C 1 件", False, True),
        ("A 4 件, B 1 件", True, False),
        ("A 4 件, B 1 件", False, True),
        ("A 4 件", False, True),
        ("A 4 件, B 1 件, C 9 件", True, False),
        ("A 4 件, B 1 件, A 0 件", True, False),
        ("A 0 件", False, False),
    ],
)
def test_amounts_that_are_those_of_another_part(text: str, named: bool, of_another: bool) -> None:
    assert _is_of_another(amounts(text), Scope(), ELSEWHERE, named=named) is of_another


@pytest.mark.parametrize(
    ("text", "likeliest"),
    [
        ("A 5 件, B 3 件", Scope()),
        ("A 4 件, B 1 件", Scope(1)),
        ("A 4 件, B 3 件", None),
        ("A 4 件, B 1 件, C 2 件", Scope(1)),
        ("A 9 件", None),
        ("A 5 件, B 1 件, C 1 件", Scope(1)),
    ],
)
def test_of_what_amounts_are_that_only_stand_somewhere(text: str, likeliest: Scope | None) -> None:
    assert _likeliest(amounts(text), Scope(2), ELSEWHERE) == likeliest


def test_of_parts_that_fit_as_well_that_where_it_stands_is_meant() -> None:
    same = {Scope(): TEN, Scope(1): TEN, Scope(2): TEN}
    assert _likeliest(amounts("A 5 件"), Scope(1), same) == Scope(1)


def checked(
    stated: list[Any],
    counted: dict[Scope, Tally],
    *,
    named: bool = True,
    goal: int | None = None,
    **more: Any,
) -> list[tuple[str, str, str | None, str | None]]:
    said = structs.replace(claim("", goal), named=named)
    told = check_claims([(said, stated)], [counted], **more)
    return [(one.rule, one.subject, one.printed, one.expected) for one in told]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A 5 件", []),
        ("A 6 件", [("structure.count-differs", "A 6", "A 5")]),
        ("A 6 件, B 2 件, C 2 件", [("summary.count", "A 6、B 2", "A 5、B 3")]),
        ("C 3 件, B 2 件, A 5 件", [("summary.count", "B 2、C 3", "B 3、C 2")]),
        ("A 50 %, B 30 %, C 21 %", [("summary.share", "C 21%", "C 20%(2/10)")]),
        ("A 51 %, B 31 %, C 22 %", [("structure.count-differs", "A 51%、B 31%、C 22%",
                                      "A 50%(5/10)、B 30%(3/10)、C 20%(2/10)")]),
        ("A 6 件, A 51 %", [("structure.count-differs", "A 6", "A 5")]),
        ("A・B 9 件", [("structure.count-differs", "A・B 9", "A・B 8")]),
        ("A 50.05 %, B 30 %, C 20 %", [("summary.share", "A 50.05%", "A 50.00%(5/10)")]),
    ],
)  # fmt: skip
def test_what_is_told_of_wrong_amounts(text: str, told: list[tuple[str, str, str]]) -> None:
    expected = [(rule, "全体", said, right) for rule, said, right in told]
    assert checked(amounts(text), {Scope(): TEN}) == expected


def test_shares_that_are_mostly_right_prove_less_where_rows_are_in_doubt() -> None:
    text = "A 50 %, B 30 %, C 21 %"
    unjudged = Tally({"A": 5, "B": 3, "C": 1}, 10)
    for counted, rule in ((TEN, "summary.share"), (unjudged, "structure.count-differs")):
        told = checked(amounts(text), {Scope(): counted}, rows_in_doubt=True)
        assert [one[0] for one in told] == [rule]
        sure = checked(amounts(text), {Scope(): counted})
        assert [one[0] for one in sure] == ["summary.share"]


def test_no_rank_is_contradicted_where_rows_are_lacking() -> None:
    rank = Extreme("B", None, highest=True, scope=Scope(), said="said")
    assert [one[0] for one in checked([rank], {Scope(): TEN})] == ["summary.comparison"]
    lacking = checked([Total(Scope(), Decimal(11)), rank], {Scope(): TEN})
    assert [one[0] for one in lacking] == ["structure.count-differs"]


@pytest.mark.parametrize(
    ("total", "told"),
    [
        ("10", []),
        ("9", [("structure.count-differs", "全体", "9", "10")]),
        ("11", [("structure.count-differs", "全体", "11", "10")]),
    ],
)
def test_a_number_of_all_that_was_not_read(total: str, told: list[Any]) -> None:
    assert checked([Total(Scope(), Decimal(total))], {Scope(): TEN}) == told
    both = [Total(Scope(), Decimal(10)), Total(Scope(), Decimal(total))]
    misprinted = [("summary.count", *one[1:]) for one in told]
    assert checked(both, {Scope(): TEN}) == misprinted
    assert checked(both, {Scope(): TEN}, rows_in_doubt=True) == told
    assert checked([Total(Scope(3), Decimal(total))], {Scope(): TEN}) == []


def test_a_number_of_all_that_only_stands_in_a_part_may_be_of_the_whole() -> None:
    counted = {Scope(): TEN, Scope(1): Tally({"A": 4, "B": 1, "C": 1}, 6)}
    for number, told in ((10, 0), (6, 0), (11, 1)):
        found = checked([Total(Scope(1), Decimal(number))], counted, named=False, goal=1)
        assert len(found) == told
    assert len(checked([Total(Scope(1), Decimal(10))], counted, goal=1)) == 1


def test_amounts_that_fit_nowhere_are_told_as_unplaced() -> None:
    counted = {Scope(): TEN, Scope(1): NINE}
    here = amounts("A 9 件, B 8 %", Scope(1))
    assert checked(here, counted, named=False, goal=1) == [
        ("summary.scope-unclear", "目標1", "A 9、B 8", None)
    ]
    assert [one[0] for one in checked(here, counted, goal=1)] == [
        "structure.count-differs",
    ]  # fmt: skip
    assert checked(amounts("A 4 件", Scope(7)), counted) == []


GOALS = {
    Scope(): TEN,
    Scope(1): Tally({"A": 5, "B": 5}, 10),
    Scope(2): Tally({"A": 6, "B": 14}, 20),
    Scope(2, 1): Tally({"A": 9}, 9),
    Scope(3): Tally({"A": 0}, 0),
}


@pytest.mark.parametrize(
    ("word", "goal", "highest", "scope", "told"),
    [
        ("A", None, True, Scope(), None),
        ("C", None, False, Scope(), None),
        ("B", None, True, Scope(), ("全体", "A")),
        ("A", None, False, Scope(), ("全体", "C")),
        ("謎", None, True, Scope(), None),
        ("A", None, True, Scope(9), None),
        ("A", 1, True, Scope(), None),
        ("A", 2, True, Scope(), None),
        ("A", 2, False, Scope(), None),
        ("B", 2, False, Scope(), ("B", "1")),
        ("A", 3, False, Scope(), None),
        ("A", 9, True, Scope(), None),
        ("B", 1, True, Scope(), ("B", "2")),
    ],
)
def test_what_is_called_the_most_or_the_least(
    word: str, goal: int | None, highest: bool, scope: Scope, told: tuple[str, str] | None
) -> None:
    found = checked([Extreme(word, goal, highest, scope, "said")], GOALS)
    expected = [] if told is None else [("summary.comparison", told[0], "said", told[1])]
    assert found == expected


def band(heading: str, text: str, number: str, scope: Scope = PLAN) -> InBand:
    limits = read_band(text)
    assert limits is not None
    return InBand(scope, heading, limits, Decimal(number))


RATES = [(Place(goal_number=1), (Fraction(80),)), (Place(goal_number=1), (Fraction(100),)),
         (Place(goal_number=2), (Fraction(50),))]  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ([], []),
        ([("80%以上", "2"), ("80%未満", "1")], []),
        ([("80%以上", "1"), ("80%未満", "2")],
         [("80%以上 1", "80%以上 2"), ("80%未満 2", "80%未満 1")]),
        ([("80%超", "2"), ("80%以下", "1")], [("80%超 2", "80%超 1"), ("80%以下 1", "80%以下 2")]),
        ([("80%以上", "1"), ("80%未満", "1")], []),
    ],
)  # fmt: skip
def test_bands_that_hold_another_number_of_rates(
    stated: list[tuple[str, str]], told: list[tuple[str, str]]
) -> None:
    bands = [band(text, text, number) for text, number in stated]
    other = [band("甲", "80%以上", "2", Scope(1)), Total(Scope(), Decimal(3))]
    found = check_bands([(claim(""), [*other, *bands])], RATES)
    assert [(one.printed, one.expected) for one in found] == told
    assert [*check_bands([(claim(""), bands)], [])] == []
    (wrong_one,) = check_bands([(claim(""), [band("乙", "90%以上", "2", Scope(1))])], RATES)
    assert (wrong_one.subject, wrong_one.printed, wrong_one.expected) == ("目標1", "乙 2", "乙 1")


def test_bands_may_count_what_a_misprinted_rate_ought_to_be() -> None:
    rates = [*RATES[:2], (Place(goal_number=2), (Fraction(85), Fraction(50)))]
    right = [band("甲", "80%以上", "2"), band("乙", "80%未満", "1")]
    assert [*check_bands([(claim(""), right)], rates)] == []
    wrong_ones = [band("甲", "80%以上", "1"), band("乙", "80%未満", "2")]
    found = check_bands([(claim(""), wrong_ones)], rates)
    assert [one.expected for one in found] == ["甲 3", "乙 0"]


def test_the_names_of_the_parts_of_a_plan() -> None:
    assert [scope_name(one) for one in (Scope(), Scope(2), Scope(2, 3), Scope(2, 0))] == [
        "全体", "目標2", "目標2-3", "目標2-0",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("shares", "of", "told"),
    [
        ("A 50.0 %, B 30.0 %, C 20.0 %", 10, ""),
        ("A 50.1 %, B 29.9 %, C 20.0 %", 10, "A B"),
        ("A 51 %, B 29 %, C 20 %", 10, "A B"),
        ("A 50.9 %, B 29.1 %, C 20.0 %", 10, "A B"),
        ("A 50.09 %, B 29.91 %, C 20.00 %", 10, "A B"),
        ("A 56 %, B 33 %, C 11 %", 9, ""),
        ("A 55 %, B 33 %, C 11 %", 9, ""),
        ("A 55 %, B 34 %, C 11 %", 9, ""),
        ("A 56 %, B 34 %, C 11 %", 9, "B"),
        ("A・B 80 %", 10, ""),
        ("A・B 30 %", 10, ""),
        ("A・B 50 %", 10, "A・B"),
        ("A・B・C 100 %", 10, ""),
        ("A・B・C 20 %", 10, ""),
        ("A・B・C 50 %", 10, "A・B・C"),
        ("A 50 %, B 30 %", 10, ""),
    ],
)
def test_the_shares_that_no_rounding_explains(shares: str, of: int, told: str) -> None:
    counted = TEN if of == 10 else NINE
    found = wrong(amounts(shares), counted, of)
    assert " ".join(one.named for one in found) == told


@pytest.mark.parametrize(
    ("numbers", "fit"),
    [
        ((50, 30, 20), False),
        ((55.6, 33.3, 11.1), True),
        ((45.5, 27.3, 27.3), False),
        ((11.11, 33.33, 55.56), True),
        ((11.12, 33.33, 55.56), False),
        ((100,), False),
    ],
)
def test_shares_of_nine_and_of_no_other_number(numbers: tuple[float, ...], fit: bool) -> None:
    shares = amounts(", ".join(f"A {number} %" for number in numbers))
    assert are_shares_of(Tally({"A": 9}, 9), shares) is fit


# --------------------------------------------------------------------------- what a text states


def stated(text: str, **fields: Any) -> list[str]:
    """The statements of a text, each on one line."""
    found = statements(
        structs.replace(claim(text), **fields), WORDS, SETTINGS.vocabulary.claims, 2024
    )
    lines = []
    for one in found:
        goal = "" if one.scope.goal is None else f" of {one.scope.goal}"
        if isinstance(one, Amount):
            lines.append(f"{one.named} {one.value}{'%' if one.unit == 'share' else ''}{goal}")
        elif isinstance(one, Total):
            lines.append(f"all {one.value}{goal}")
        elif isinstance(one, Extreme):
            lines.append(f"{one.word} {'most' if one.highest else 'least'} in {one.goal}")
        else:
            lines.append(f"{one.heading} {one.value}")
    return lines


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Aは5件、Bは3件", ["A 5", "B 3"]),
        ("Aは5件(50%)", ["A 5", "A 50%"]),
        ("Aは5件(前年度4件)", ["A 5"]),
        ("AとBは8件", ["A・B 8"]),
        ("A、Bは8件", []),
        ("5件がA", ["A 5"]),
        ("5件(50%)がA、3件がB", ["A 5", "A 50%", "B 3"]),
        ("Aは80%以上", []),
        ("全10指標のうちAは5件", ["all 10", "A 5"]),
        ("全10指標です", []),
        ("前年度は全10指標のうちAは5件", []),
        ("基本目標2のAは5件", ["A 5 of 2"]),
        ("基本目標2のAは5件、基本目標3は4件", ["A 5 of 2"]),
        ("基本目標2のAは5件、全体のAは9件", ["A 5 of 2", "A 9"]),
        ("全体と基本目標2のAは5件", ["A 5 of 2"]),
        ("Aの割合は、基本目標3が48.0%、基本目標1が34.8%", ["A 48.0% of 3", "A 34.8% of 1"]),
        ("基本目標3が48.0%", []),
        ("Aの割合は、基本目標3が48.0%以上", []),
        ("Aの割合は、基本目標3(25指標)", []),
        ("Aの割合が最も低いのは基本目標1", ["A least in 1"]),
        ("基本目標1が最も低く、Aは5件", ["A 5 of 1"]),
        ("Aは基本目標1が最も高い", ["A most in 1"]),
        ("最も多いのはA", ["A most in None"]),
        ("最も少なかったのはB", ["B least in None"]),
        ("最も少ないのはB", ["B least in None"]),
        ("Bが最も少ないのは基本目標2", ["B least in 2"]),
        ("最も多いのは順調", []),
        ("令和5年度のAは5件", []),
        ("令和6年度のAは5件", ["A 5"]),
        ("令和5年度に比べ令和6年度のAは5件", []),
        ("Aは5件。令和5年度のBは3件", ["A 5"]),
        ("Aは1,005件", ["A 1005"]),
        ("Bは3件で、Aの割合は、基本目標3が48.0%", ["B 3", "A 48.0% of 3"]),
        ("基本目標3が48.0%、基本目標1が34.8%でAは5件", ["A 5 of 1"]),
        ("Aは5件で、最も多いのはB", ["A 5", "B most in None"]),
        ("Aは5件で、最も多い", ["A 5"]),
        ("最も多いのはBで、Aは5件", ["A 5", "B most in None"]),
        ("Bは3件、Aの割合が最も高いのは基本目標2", ["B 3", "A most in 2"]),
        ("基本目標1に続き、Aが最も高いのは基本目標2", ["A most in 2"]),
        ("最も高いのは基本目標2", []),
    ],
)
def test_what_a_sentence_states(text: str, told: list[str]) -> None:
    assert stated(text) == told


def test_a_sentence_in_a_part_of_the_plan_speaks_of_that_part() -> None:
    assert stated("Aは5件", place=Place(goal_number=2)) == ["A 5 of 2"]
    assert stated("全体のAは5件", place=Place(goal_number=2)) == ["A 5 of 2"]
    assert stated("基本目標3のAは5件", place=Place(goal_number=2)) == ["A 5 of 3"]


def test_a_policy_without_a_goal_is_a_part_too() -> None:
    def scopes(text: str) -> list[Scope]:
        said = structs.replace(claim(text), place=Place(policy_number=2))
        found = statements(said, WORDS, SETTINGS.vocabulary.claims, 2024)
        return [one.scope for one in found]

    assert scopes("Aは5件") == [Scope(None, 2)]
    assert scopes("全体のAは5件") == [Scope()]
    assert scopes("計画全体のAは5件") == [Scope()]


def cells(*pairs: tuple[str, str]) -> tuple[Entry, ...]:
    return tuple(
        Entry(kind="unknown", header=header, printed=printed(text)) for header, text in pairs
    )


@pytest.mark.parametrize(
    ("label", "pairs", "told"),
    [
        ("", [("A", "5"), ("B", "3")], ["A 5", "B 3"]),
        ("", [("A", "5件"), ("A(%)", "50")], ["A 5", "A 50%"]),
        ("", [("A", "5(50%)")], ["A 5", "A 50%"]),
        ("", [("A", "5件(50%)")], ["A 5", "A 50%"]),
        ("割合(%)", [("A", "50"), ("B", "3件")], ["A 50%", "B 3"]),
        ("", [("合計", "10"), ("謎", "7")], ["all 10"]),
        ("", [("合計", "100%")], []),
        ("", [("80%以上(件)", "4"), ("80%未満(件)", "6")], ["80%以上 4", "80%未満 6"]),
        ("", [("80%以上", "4")], []),
        ("", [("A", "1,005")], ["A 1005"]),
        ("令和5年度", [("A", "5")], []),
        ("令和6年度", [("A", "5")], ["A 5"]),
        ("", [("A", "－")], []),
    ],
)
def test_what_a_row_of_a_summary_table_states(
    label: str, pairs: list[tuple[str, str]], told: list[str]
) -> None:
    assert stated(label, entries=cells(*pairs)) == told


# --------------------------------------------------------------------------- rows, places, editions


@pytest.mark.parametrize(
    ("field", "other", "namesake"),
    [
        ({}, {"goal": 2}, False),
        ({}, {"goal": 2, "baseline": "1", "target": "2", "actual": "3"}, True),
        ({"goal": 2}, {"goal": 1, "baseline": "1", "target": "2", "actual": "3"}, True),
        ({}, {"policy": 2, "baseline": "1", "target": "2", "actual": "3"}, True),
        ({}, {"baseline": "1", "target": "2", "actual": "3"}, False),
        ({}, {"goal": 2, "baseline": "1", "target": "2"}, False),
        ({}, {"goal": 2, "baseline": "1", "actual": "3"}, False),
        ({}, {"goal": 2, "target": "2", "actual": "3"}, False),
        ({"status": "A"}, {"goal": 2, "baseline": "1", "target": "2", "actual": "3",
                           "status": "A"}, True),
    ],
)  # fmt: skip
def test_rows_that_share_a_name_and_nothing_else(
    field: dict[str, Any], other: dict[str, Any], namesake: bool
) -> None:
    assert _is_namesake(indicator(**field), indicator(**other)) is namesake


def test_the_figures_of_a_row_as_they_are_shown() -> None:
    words = structs.replace(value("－"), missing=None, text="設置")  # type: ignore[type-var]
    row = indicator(baseline="1.50", target=None, actual="－", status="A")
    assert _figures(row) == ("1.50", "", "", "", "A")
    assert _figures(structs.replace(row, actual=words, status=None)) == ("1.50", "", "設置", "", "")


def test_every_row_that_stands_twice_is_told() -> None:
    first = indicator("数", identifier="0")
    others = [
        indicator("数", identifier="1", goal=2, baseline="1", target="2", actual="3"),
        indicator("数", identifier="2"),
        indicator("数", identifier="3", actual="104"),
        indicator("数", identifier="4", unit="件"),
        indicator("数", identifier="5", goal=2),
    ]
    rows = [
        structs.replace(one, name_printed=structs.replace(one.name_printed, page=page))
        for page, one in enumerate([first, *others], 1)
    ]
    told = [(one.rule, one.parameters["id"]) for one in check_duplicates(rows)]
    assert told == [("structure.duplicate", "2"), ("structure.repeated-differs", "3")]
    beside_one_name = [first, structs.replace(others[2], name_printed=first.name_printed)]
    assert not list(check_duplicates(beside_one_name))
    rows[3] = structs.replace(rows[3], doubts=("layout.columns",))
    assert [one.rule for one in check_duplicates(rows)] == ["structure.duplicate"]


@pytest.mark.parametrize(("first", "second"), [("甲", "乙"), ("乙", "甲"), ("", "甲"), ("甲", "")])
def test_projects_of_one_name_that_are_summed_up_otherwise_are_two(first: str, second: str) -> None:
    def both(*summaries: str) -> list[str]:
        projects = [structs.replace(project("道路"), summary=one) for one in summaries]
        return [one.rule for one in check_projects(projects)]

    assert "structure.project-twice" not in both(first, second)
    assert "structure.project-twice" in both(first, first)


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        ({}, {}, []),
        ({"name": "乙"}, {}, ["history.renamed"]),
        ({"unit": "件"}, {}, ["history.unit-changed"]),
        ({"unit": "一"}, {}, ["history.unit-changed"]),
        ({"unit": "件", "baseline": "99"}, {}, ["history.unit-changed"]),
        ({"baseline": "99"}, {}, ["history.baseline-changed"]),
        ({"baseline": None}, {}, []),
        ({"target": "121"}, {}, ["history.target-changed"]),
        ({"next_target": "119"}, {}, ["history.easier-target"]),
        ({"next_target": "120"}, {}, []),
        ({"next_target": "121"}, {}, []),
    ],
)
def test_what_an_edition_changed(
    now: dict[str, Any], before: dict[str, Any], told: list[str]
) -> None:
    known = {"identifier": "x", "name": "甲", "target": "120", "next_target": "125"}
    new = indicator(**{**known, "year": 2025, **now})
    old = indicator(**{**known, "target": "110", "next_target": "120", **before})
    found = [*check_history(document(new, edition=2026), document(old, edition=2025))]
    assert [one.rule for one in found] == told
    assert all(one.parameters["edition"] == "2025" for one in found)
    if told == ["history.target-changed"]:
        later = check_history(document(new, edition=2027), document(old, edition=2025))
        assert [*later] == []


@pytest.mark.parametrize("kind", get_args(Kind))
def test_only_an_actual_of_a_dated_year_is_revised(kind: Kind) -> None:
    def edition(text: str, year: int | None, number: int) -> Any:
        other = seen(kind, year, text)
        row = indicator(
            identifier="x", baseline=None, target=None, actual=None, observations=(other,)
        )
        return document(row, edition=number)

    told = [one.rule for one in check_history(edition("5", 2023, 2026), edition("6", 2023, 2025))]
    assert told == (["history.value-revised"] if kind == "actual" else [])
    assert [*check_history(edition("5", None, 2026), edition("6", None, 2025))] == []


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("123", "132", True),
        ("123", "213", True),
        ("123", "321", False),
        ("123", "231", False),
        ("123", "123", False),
        ("123", "124", False),
        ("12", "21", False),
        ("1.23", "1.32", True),
        ("1.23", "13.2", False),
        ("-123", "132", False),
        ("1234", "1243", True),
        ("1234", "2143", False),
        ("1224", "1242", True),
        ("1234", "1342", False),
        ("123", "134", False),
        ("134", "123", False),
        ("123", "1320", False),
    ],
)
def test_two_neighbouring_digits_that_changed_places(one: str, other: str, is_one: bool) -> None:
    assert is_transposed(Decimal(one), Decimal(other)) is is_one
    assert is_transposed(Decimal(other), Decimal(one)) is is_one


def test_what_a_slip_should_have_been() -> None:
    (told,) = check_transposed(
        indicator(baseline="1,423", target="1423", actual="1432"), SETTINGS.plausibility
    )
    assert told.expected == "1,423"
    (told,) = check_transposed(
        indicator(baseline="142", target="142", actual="124"), SETTINGS.plausibility
    )
    assert (told.expected, told.printed) == ("142", "124")
    (told,) = check_transposed(
        indicator(baseline="100", target="142", actual="130", next_target="124"),
        SETTINGS.plausibility,
    )
    assert told.expected == "142"
    row = indicator(baseline="100", target="1000", actual="100", next_target="105")
    (told,) = check_magnitude(row, SETTINGS.plausibility)
    assert (told.expected, told.parameters["field"]) == ("100、105", "target")


def test_a_finding_points_to_what_was_printed_or_where_it_is_told() -> None:
    at = printed("5", page=3, top=7)
    plain = finding("status.no-rules", "甲", printed=at)
    assert (plain.page, plain.box, plain.printed) == (3, at.box, "5")
    moved = finding("status.no-rules", "甲", printed=at, page=4, box=(1, 2, 3, 4))
    assert (moved.page, moved.box, moved.printed) == (4, (1, 2, 3, 4), "5")
    text = finding("status.no-rules", "甲", printed="5", page=4)
    assert (text.page, text.box, text.printed, text.parameters) == (4, None, "5", {})


def test_the_key_of_a_finding_is_short_and_stays() -> None:
    row = indicator("甲", identifier="x", status="目標達成", actual="95")
    first = told_of(row)
    moved = told_of(structs.replace(row, status_printed=printed("目標達成", page=9, top=50)))
    assert [one.key for one in first] == [one.key for one in moved]
    assert [len(one.key.rpartition("-")[2]) for one in first] == [10] * len(first)


def told_of(row: Any, *remarks: Remark) -> tuple[Finding, ...]:
    return run(document(row, remarks=remarks), SETTINGS).findings


def test_counts_of_the_whole_and_its_parts() -> None:
    rows = [indicator(f"{at}", goal=1 + at % 2) for at in range(3)]
    counted = tallies(document(*rows), ["A", None, "A"], WORDS)
    assert counted[Scope()] == Tally({"A": 2, "B": 0, "C": 0}, 3)
    assert counted[Scope(2)] == Tally({"A": 0, "B": 0, "C": 0}, 1)
    assert counted[Scope()].share(("A",), 3) == Fraction(200, 3)


@pytest.mark.parametrize(
    ("of", "shares", "certain"),
    [
        (4, "25 75", True),
        (11, "36 64", True),
        (14, "36 64", True),
        (12, "8 92", False),
        (13, "8 92", False),
        (15, "47 53", False),
        (17, "47 53", False),
        (18, "44 56", False),
        (16, "44 56", False),
    ],
)
def test_shares_that_fit_a_number_one_or_two_off_prove_nothing(
    of: int, shares: str, certain: bool
) -> None:
    stated_ones = amounts(", ".join(f"A {number} %" for number in shares.split()))
    assert are_shares_of(Tally({"A": of}, of), stated_ones) is certain
