"""Figures of scans that the document itself confirms, and wrong digits that it does not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec import structs

from pipeline.model import PICTURE_READER, Indicator, Observation, Printed, Remark, Value
from pipeline.release.view import Doubtful
from pipeline.validate import run
from pipeline.validate.confirmed import other_readings
from tests.validate.build import document, indicator, printed, settings
from tests.validate.test_status import MINE

OPEN = "?"
"""Behind a figure that one engine alone read twice alike."""


def scanned(text: str, row: int, column: int) -> Value:
    read = text.removesuffix(OPEN)
    place = Printed(
        text=read,
        page=1,
        box=(10.0 * column, 10.0 * row, 10.0 * column + 9, 10.0 * row + 9),
        reader=PICTURE_READER,
        second=read,
        sure=read == text,
        twice=True,
    )
    return Value(printed=place, number=Decimal(read.replace(",", "")))


def row_of(number: int, status: str | None = None, **texts: str) -> Indicator:
    """A scanned row: baseline of 2020, target, actual and rate of 2024."""
    values = {kind: scanned(text, number, at) for at, (kind, text) in enumerate(texts.items())}
    seen = tuple(
        Observation(kind=kind, fiscal_year=2020 if kind == "baseline" else 2024, value=value)  # type: ignore[arg-type]
        for kind, value in values.items()
    )
    views = {name: values.get(name) for name in ("baseline", "target", "actual", "next_target")}
    return structs.replace(
        indicator(f"指標{number}", status=status, identifier=f"I{number}"),
        observations=seen,
        name_printed=printed(f"指標{number}", page=2),
        **views,
    )


def confirmed(
    *rows: Indicator, before: Indicator | None = None, profile: str = ""
) -> list[tuple[str, str]]:
    """The texts of the figures that are confirmed, and by what."""
    earlier = None if before is None else document(before, edition=2024)
    found = run(document(*rows), settings(profile), previous=earlier).confirmed
    texts = {
        (one.value.printed.page, one.value.printed.box): one.value.printed.text
        for row in rows
        for one in row.observations
    }
    return [(texts[one.page, one.box], one.by) for one in found]


RATES = [
    row_of(number, target=target, actual=actual, rate=rate)
    for number, (target, actual, rate) in enumerate(
        [
            ("110", "99", "90.0"),
            ("300", "100", "33.3"),
            ("90", "60", "66.7"),
            ("80", "100", "125.0"),
        ]
    )
]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"target": "120", "actual": "82?", "rate": "68.3"}, [("82", "rate")]),
        ({"target": "120", "actual": "32?", "rate": "68.3"}, []),
        ({"target": "50?", "actual": "82", "rate": "164.0"}, [("50", "rate")]),
        ({"target": "120?", "actual": "82", "rate": "68.3"}, []),
        ({"target": "150", "actual": "82", "rate": "54.7?"}, []),
        ({"target": "120", "actual": "82", "rate": "68.3?"}, [("68.3", "rate")]),
        ({"target": "120", "actual": "82", "rate": "63.3?"}, []),
        ({"target": "212,377", "actual": "190,882?", "rate": "89.9"}, []),
        ({"target": "120", "actual": "82?", "rate": "68.3?"}, []),
        ({"target": "120?", "actual": "82?", "rate": "68.3"}, []),
        ({"target": "0", "actual": "0?", "rate": "0.0"}, []),
    ],
    ids=[
        "the actual",
        "a wrong actual",
        "the target",
        "a target that may have lost a tenth",
        "a rate that may be rounded or cut off",
        "the rate",
        "a wrong rate",
        "a rate that other last digits give as well",
        "a rate that is none too",
        "two of three are open",
        "nothing to be made of",
    ],
)
def test_a_printed_rate_confirms_the_figure_that_alone_gives_it(
    row: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert confirmed(*RATES, row_of(9, **row)) == expected


def test_rates_confirm_nothing_where_it_is_not_certain_how_they_are_made() -> None:
    row = row_of(9, target="120", actual="82?", rate="68.3")
    assert confirmed(*RATES[:2], row) == []


@pytest.mark.parametrize(
    ("row", "status", "expected"),
    [
        ({"baseline": "150", "target": "150", "actual": "150?"}, "現状維持", [("150", "status")]),
        ({"baseline": "150", "target": "150?", "actual": "150"}, "現状維持", [("150", "status")]),
        ({"baseline": "150", "target": "150", "actual": "160?"}, "現状維持", []),
        ({"baseline": "150", "target": "150?", "actual": "150?"}, "現状維持", []),
        ({"baseline": "100", "target": "150", "actual": "160?"}, "目標達成", []),
        ({"baseline": "100", "target": "150", "actual": "90?"}, "未達成", []),
    ],
)
def test_a_printed_status_confirms_only_what_no_other_digit_gives(
    row: dict[str, str], status: str, expected: list[tuple[str, str]]
) -> None:
    assert confirmed(row_of(1, status, **row), profile=MINE) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("4,631?", "4,631", [("4,631", "edition")]),
        ("4,681?", "4,631", []),
        ("4,631?", "4,631?", []),
    ],
    ids=["alike", "a wrong digit", "the other is open too"],
)
def test_the_last_edition_confirms_a_figure_of_the_same_year(
    now: str, before: str, expected: list[tuple[str, str]]
) -> None:
    assert confirmed(row_of(1, baseline=now), before=row_of(1, baseline=before)) == expected


def test_the_last_edition_confirms_nothing_of_another_year_or_unit() -> None:
    earlier = row_of(1, baseline="4,631")
    other = structs.replace(
        earlier, observations=(structs.replace(earlier.observations[0], fiscal_year=2019),)
    )
    now = row_of(1, baseline="4,631?")
    assert confirmed(now, before=other) == []
    assert confirmed(now, before=structs.replace(earlier, unit="件")) == []


def in_parts(**columns: tuple[str, str, str]) -> Indicator:
    """A row whose figures are printed as a whole and in two parts."""
    kinds = {"baseline": 2020, "target": 2024, "actual": 2024}
    seen = tuple(
        Observation(
            kind=kind,  # type: ignore[arg-type]
            fiscal_year=kinds[kind],
            part=part,
            value=scanned(text, row, at),
        )
        for at, (kind, texts) in enumerate(columns.items())
        for row, (part, text) in enumerate(zip((None, "男性", "女性"), texts, strict=True))
    )
    return structs.replace(row_of(1), observations=seen)


SUMS = {"baseline": ("170", "80", "90"), "target": ("230", "110", "120")}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (SUMS | {"actual": ("190", "90", "100?")}, [("100", "sum")]),
        (SUMS | {"actual": ("190?", "90", "100")}, [("190", "sum")]),
        (SUMS | {"actual": ("190", "90", "108?")}, []),
        (SUMS | {"actual": ("190", "90?", "100?")}, []),
        ({"target": SUMS["target"], "actual": ("190", "90", "100?")}, []),
        (SUMS | {"baseline": ("85", "80", "90"), "actual": ("190", "90", "100?")}, []),
        (
            SUMS | {"baseline": ("170", "80", "90?"), "actual": ("190", "90", "100")},
            [("90", "sum")],
        ),
    ],
    ids=[
        "a part",
        "the whole",
        "a wrong part",
        "two are open",
        "one other sum alone",
        "a mean elsewhere",
        "a part of another year",
    ],
)
def test_parts_that_add_up_confirm_the_one_figure_that_is_open(
    columns: dict[str, tuple[str, str, str]], expected: list[tuple[str, str]]
) -> None:
    assert confirmed(in_parts(**columns)) == expected


def test_what_is_confirmed_is_released_and_what_is_open_is_not() -> None:
    rows = (*RATES, row_of(8, target="120", actual="82?", rate="68.3"), row_of(9, actual="7?"))
    told = Remark(rule="reading.by-ocr", page=1, box=(0, 0, 100, 100))
    doubtful = Doubtful(run(structs.replace(document(*rows), remarks=(told,)), settings()))
    held = {
        one.value.printed.text: doubtful.holds(row, one.kind, one.value)
        for row in rows[-2:]
        for one in row.observations
    }
    assert held == {"120": False, "82": False, "68.3": False, "7": True}


def test_other_readings_of_a_figure() -> None:
    other = set(other_readings(Decimal("-1.5")))
    assert {Decimal(one) for one in ("1.5", "-15", "-7.5", "-1", "-1.58", "-11.5")} <= other
    assert Decimal("-1.5") not in other
    assert {Decimal(one) for one in ("2", "32.4", "3.2", "132", "-32")} <= {
        *other_readings(Decimal(32))
    }
