"""What the officer reads: no change where nothing was recomputed, and X only where one stands."""

from __future__ import annotations

import pytest

from pipeline.desk.jobs import Result
from pipeline.model import Indicator, Normalized, Remark, Validated
from pipeline.show import report
from pipeline.validate import run
from tests.validate.build import document, indicator, settings
from tests.validate.test_status import MINE


def checked(*rows: Indicator, profile: str = "", **fields: object) -> tuple[Normalized, Validated]:
    normalized = document(*rows, **fields)  # type: ignore[arg-type]
    return normalized, run(normalized, settings(profile))


ROWS = (
    indicator("一", actual="112", status="目標達成"),
    indicator("二", actual="105", status="目標達成"),
    indicator("三", actual="105", status="改善", direction="unknown"),
)


@pytest.mark.parametrize(("profile", "shown"), [("", "2"), (MINE, "2->1")])
def test_a_count_changes_only_where_a_status_was_judged_otherwise(profile: str, shown: str) -> None:
    lines = report._summary(*checked(*ROWS, profile=profile), "ja")
    assert next(line.split()[1] for line in lines if line.startswith("目標達成")) == shown


def about(rule: str, page: int) -> Remark:
    return Remark(rule=rule, subject="一", page=page, box=(0, 0, 100, 10), printed="12")


@pytest.mark.parametrize(("page", "told"), [(1, "（X）"), (7, "公開を保留した値はありません")])
def test_an_x_is_told_only_where_one_stands(page: int, told: str) -> None:
    normalized, validated = checked(*ROWS, remarks=(about("reading.readers-disagree", page),))
    held = report._withheld(normalized, validated)
    assert bool(held) == (page == 1)
    result = Result(pdf="a.pdf", exit_code=1, findings={"blocker": 1})
    assert told in next(iter(report._doubts(result, held, "ja")))


def test_every_finding_bears_its_id_and_each_notice_its_next_step() -> None:
    _, validated = checked(*ROWS)
    (found,) = [one for one in validated.findings if one.severity == "warning"]
    lines = list(report._findings(validated.findings, "ja"))
    assert any(found.key in line for line in lines)
    assert any(line.startswith("  → ") for line in lines)
