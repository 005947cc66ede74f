"""Where a rule begins to hold: figures on both sides of each limit, fed as records."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.validate.plausibility import check_plausibility
from tests.validate.build import document, indicator, settings

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
            ["cumulative-falls actual", "cumulative-falls target", "magnitude baseline"],
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
        # other decimals than all others; targets, nought and 100 may be round
        ("1.5 2.5 3 4.5", {}, ["precision actual"]),
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
