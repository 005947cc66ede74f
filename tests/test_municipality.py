"""Which municipality is meant: codes as people write them, and one name for its folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.desk.municipality import folder_name, read_area_code
from pipeline.errors import ExitCode, UsageError


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("35213", "35213"),
        ("352136", "35213"),
        ("３５２１３６", "35213"),
        (" 01100 ", "01100"),
        ("011002", "01100"),
        ("131016", "13101"),
    ],
)
def test_five_and_six_digits_are_understood(given: str, code: str) -> None:
    assert read_area_code(given) == code


@pytest.mark.parametrize("given", ["", "3521", "35213x", "352135", "3521366", "美祢市", "-1234"])
def test_anything_else_is_refused(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_area_code(given)
    assert caught.value.exit_code == ExitCode.USAGE
    assert caught.value.parameters["area"] == given


def test_a_wrong_check_digit_is_told_with_the_right_code() -> None:
    with pytest.raises(UsageError) as caught:
        read_area_code("352135")
    assert caught.value.parameters["right"] == "352136"


@pytest.mark.parametrize("room", ["raw", "schemas"])
def test_a_standing_folder_gives_the_name(room: str, tmp_path: Path) -> None:
    (tmp_path / room / "35213-akiyoshi").mkdir(parents=True)
    assert folder_name(tmp_path, "35213") == "35213-akiyoshi"


def test_without_a_folder_the_list_gives_the_name(tmp_path: Path) -> None:
    assert folder_name(tmp_path, "35213") == "35213-mine"
    assert folder_name(tmp_path, "99999") == "99999"


def test_two_names_of_one_municipality_are_refused(tmp_path: Path) -> None:
    (tmp_path / "raw" / "35213").mkdir(parents=True)
    (tmp_path / "schemas" / "35213-mine").mkdir(parents=True)
    with pytest.raises(UsageError, match="35213-mine"):
        folder_name(tmp_path, "35213")


def test_the_folder_of_another_code_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "raw" / "352130-x").mkdir(parents=True)
    assert folder_name(tmp_path, "35213") == "35213-mine"
