"""``shihyo decide`` and ``shihyo registry accept --direction`` as an officer types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import cli
from pipeline.desk.waiting import open_findings
from pipeline.model import Finding
from pipeline.show.decisions import open_text
from tests.review.conftest import Town, answer


def shihyo(town: Town, *arguments: str, typed: str = "") -> Result:
    given = [*arguments, "--workspace", str(town.workspace)]
    return CliRunner().invoke(cli, given, input=typed)


def test_what_is_open_is_listed_with_its_key_and_choices(town) -> None:
    shown = shihyo(town, "decide", "--list").output
    assert "■ number.separator-" in shown
    assert "「14,20」" in shown
    assert "[value:…] この値" in shown


def test_one_finding_is_settled_by_its_key(town) -> None:
    found = next(one for one in town.desk().validated.findings if one.printed == "14,20")
    done = shihyo(town, "decide", found.key, "--take", "1,420", "--reason", "確認", "--who", "係")
    assert done.exit_code == 0
    assert str(town.corrections) in done.output
    assert shihyo(town, "run", "--second-reader", "never").exit_code == 1
    assert found.key not in shihyo(town, "decide", "--list").output
    assert shihyo(town, "decide", found.key, "--undo").exit_code == 0
    assert shihyo(town, "decide", found.key, "--undo").exit_code == 2


def test_rows_in_a_box_are_placed_under_a_goal(town) -> None:
    first, *others = town.desk().normalized.indicators
    page, box = first.name_printed.page, first.name_printed.box
    place = ("--page", str(page), "--box", ",".join(map(str, box)), "--reason", "紙面")
    done = shihyo(town, "decide", "goal", "--take", "9 別の目標", *place)
    assert done.exit_code == 0
    shihyo(town, "run", "--second-reader", "never")
    placed, *rest = town.desk().normalized.indicators
    assert (placed.place.goal_number, placed.place.goal) == (9, "別の目標")
    assert [one.place for one in rest] == [one.place for one in others]
    assert shihyo(town, "decide", "goal", "--undo").exit_code == 0
    assert shihyo(town, "decide", "goal", "--undo").exit_code == 2
    nowhere = ("--page", "1", "--box", "1,1,2,2", "--reason", "紙面")
    assert shihyo(town, "decide", "policy", "--take", "1 別の施策", *nowhere).exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-key", "--take", "A", "--reason", "確認"),
        ("plausibility.share", "--take", "seen"),
        ("plausibility.share", "--take", "B:", "--reason", ""),
        ("--undo",),
    ],
)
def test_what_cannot_be_decided_is_said(town, arguments) -> None:
    done = shihyo(town, "decide", *arguments)
    assert done.exit_code == 2
    assert not town.corrections.exists()


def test_the_open_ones_are_walked_one_by_one(town) -> None:
    waiting = open_findings(town.desk())
    typed = "".join(f"{answer(found)}\n課に確認\n" for found in waiting)
    done = shihyo(town, "decide", "--who", "係", typed=typed)
    assert f"({len(waiting)}/{len(waiting)})" in done.output
    assert shihyo(town, "run", "--second-reader", "never").exit_code == 0


def test_a_walk_asks_again_and_may_leave_open(town) -> None:
    waiting = open_findings(town.desk())
    typed = "".join(
        "seen\n理由\n1,420\n確認\n" if found.printed == "14,20" else "\n" for found in waiting
    )
    done = shihyo(town, "decide", typed=typed)
    assert "次のいずれかで決められます" in done.output
    assert "1件の決定を保存しました" in done.output


def test_the_direction_of_an_undecided_indicator_is_declared(workspace: Path) -> None:
    registry = workspace / "schemas" / "35213-mine" / "indicators.csv"
    line = next(
        one for one in registry.read_text("utf-8").splitlines() if ",higher,declared," in one
    )
    identifier = line.split(",")[0]
    given = ("registry", "accept", identifier, "--workspace", str(workspace))
    for direction, written in (("下向き", ",lower,declared,"), ("higher", ",higher,declared,")):
        done = CliRunner().invoke(cli, [*given, "--direction", direction])
        assert done.exit_code == 0, done.output
        lines = registry.read_text("utf-8").splitlines()
        assert written in next(one for one in lines if one.startswith(identifier))
    assert CliRunner().invoke(cli, [*given, "--direction", "sideways"]).exit_code == 2


@pytest.mark.parametrize("language", ["ja", "en"])
def test_texts_of_the_paper_do_not_steer_the_terminal(language) -> None:
    found = Finding(
        rule="unit.missing", key="unit.missing-1", severity="warning", subject="a\u202eb\x1b[31m"
    )
    text = open_text([found], language)
    assert "a⟦U+202E⟧b⟦U+001B⟧[31m" in text
    assert "\x1b" not in text


def test_a_walk_that_is_broken_off_keeps_what_was_decided(town) -> None:
    first, *_ = open_findings(town.desk())
    done = shihyo(town, "decide", typed=f"{answer(first)}\n課に確認\n")
    assert done.exit_code == 1  # the input ended: as Ctrl+C
    assert "1件の決定を保存しました" in done.output
    assert first.key in town.corrections.read_text("utf-8")


@pytest.mark.parametrize(("take", "exit_code"), [("目標", 0), ("role:所管課", 0), ("王", 2)])
def test_a_role_is_given_in_japanese(town, take, exit_code) -> None:
    rule = "vocabulary.unknown-header"
    listed = shihyo(town, "decide", "--list").output
    assert "目標値, 実績値" in listed
    done = shihyo(town, "decide", rule, "--take", take, "--reason", "見出しの意味")
    assert done.exit_code == exit_code
    if exit_code:
        assert "目標値=target" in done.output
        assert "行目" not in done.output
