"""Projects: which texts are offices, which colours are alike, which mean something."""

from __future__ import annotations

import pytest

from pipeline.normalize.projects import (
    highlight_fills,
    is_department,
    same_colour,
    split_departments,
    split_name,
)
from tests.normalize.plans import plan, project, simple

ENDINGS = ("課", "室", "センター")
YELLOW, PALE_YELLOW, GREEN = "#ffff00", "#ffff99", "#00ff00"
RED, PINK_RED = "#ff0000", "#ff0010"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("課", False),
        ("税課", True),
        ("農林課", True),
        ("農林", False),
        ("あ" * 29 + "課", True),
        ("あ" * 30 + "課", False),
    ],
)
def test_an_office_is_told_by_its_ending(text: str, told: bool) -> None:
    assert is_department(text, ENDINGS) == told


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("農林課・商工課", ("農林課", "商工課")),
        ("生涯学習・スポーツ推進課", ("生涯学習・スポーツ推進課",)),
        ("農林課、商工課及び農林課", ("農林課", "商工課")),
        ("", ()),
    ],
)
def test_offices_in_their_order_each_once(text: str, offices: tuple[str, ...]) -> None:
    assert split_departments(text, ENDINGS) == offices


@pytest.mark.parametrize(
    ("text", "name", "offices"),
    [
        ("道の駅整備（農林課）", "道の駅整備", ("農林課",)),
        ("道の駅整備（第二期）", "道の駅整備（第二期）", ()),
        ("道の駅整備\n（地域振興担当）", "道の駅整備", ("地域振興担当",)),
        ("道の駅整備（農林課）（商工課）", "道の駅整備", ("農林課", "商工課")),
        ("道の駅整備\n（担当者）\n（農林課）", "道の駅整備\n（担当者）", ("農林課",)),
        ("（農林課）", "（農林課）", ()),
    ],
)
def test_the_brackets_at_the_end_of_a_name(text: str, name: str, offices: tuple[str, ...]) -> None:
    assert split_name(text, ENDINGS) == (name, offices)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (YELLOW, YELLOW, True),
        (YELLOW, PALE_YELLOW, True),
        (YELLOW, GREEN, False),
        (RED, PINK_RED, True),
        ("#ff0000", "#ff0060", False),
        ("#808080", "#858585", True),
        ("#808080", "#a0a0a0", False),
        ("#808080", YELLOW, False),
        ("#f5fff5", "#ffffff", True),
    ],
)
def test_colours_that_look_alike(one: str, other: str, alike: bool) -> None:
    assert same_colour(one, other) == alike
    assert same_colour(other, one) == alike


@pytest.mark.parametrize(
    ("fills", "meant"),
    [
        ([YELLOW, None, None], (YELLOW,)),
        ([YELLOW, None], ()),
        ([YELLOW, YELLOW, None, None], ()),
        ([YELLOW, YELLOW, None, None, None], (YELLOW,)),
        ([YELLOW, GREEN, None], (YELLOW, GREEN)),
        ([YELLOW, YELLOW, YELLOW], ()),
    ],
)
def test_the_colour_of_a_minority_means_something(
    fills: list[str | None], meant: tuple[str, ...]
) -> None:
    projects = tuple(project(f"事業{number}", fill=fill) for number, fill in enumerate(fills))
    assert highlight_fills(plan([simple()], projects=projects)) == meant
