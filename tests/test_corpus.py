"""Real papers through the whole chain: what each gives, or why it gives nothing.

The papers are not part of the project; without them these tests are skipped.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.japanese.text import label
from tests import released

pytestmark = pytest.mark.slow

SCHEMAS = Path(__file__).parent.parent / "schemas"
HOSTILE_PARTS = 4
"""Into so many tests the hostile files are parted, so that they run side by side."""
HEADLINES = {
    "高校の入学者数40人(2014年度)→年40人(2019年度)",
    "卒業生の新規就業者数0人(2014年度)→5年間で6人(2019年度)",
    "卒業生の移住数1人(2014年度)→5年間で5人(2019年度)",
    "展覧会の入場者数700人(2014年度)→年1,500人(2019年度)",
    "高校生参加の村づくり事業数0事業(2014年度)→5年間で2事業(2019年度)",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("corpus") / "workspace"
    made.mkdir()
    (made / "schemas").symlink_to(SCHEMAS, target_is_directory=True)
    return made


@pytest.fixture(scope="module")
def strategy(corpus, workspace):
    return released.run(
        corpus / "jp" / "otoineppu-strategy.pdf",
        workspace.parent / "strategy",
        workspace,
        area="01470",
        edition=2015,
    )


def test_the_villages_strategy_is_released_without_doubts(strategy) -> None:
    result, data = strategy
    assert (result.exit_code, result.failure) == (0, None)
    assert data["document"]["title"] == "北海道音威子府村まち・ひと・しごと創生総合戦略"
    assert {finding["rule"] for finding in released.loud(data)} <= {"reading.hidden-text"}


def test_all_rows_of_the_strategy_are_as_printed(strategy, corpus) -> None:
    with (corpus / "jp" / "otoineppu-strategy.truth.csv").open(encoding="utf-8") as stream:
        expected = [
            (row["indicator"], row["current_2014"], row["target_2019"], int(row["page"]))
            for row in csv.DictReader(stream)
        ]
    got = []
    for one in strategy[1]["indicators"]:
        printed = {value["kind"]: value["printed"] for value in reversed(one["values"])}
        assert {value["fiscal_year"] for value in one["values"]} == {2014, 2019}
        got.append((one["name"], printed["baseline"], printed["target"], one["page"]))
    assert [tuple(map(_folded, row)) for row in got] == [
        tuple(map(_folded, row)) for row in expected
    ]


def _folded(text: str | int) -> str:
    return "".join(label(str(text)).split())


def test_its_goals_and_policies_come_from_banners_and_headings(strategy) -> None:
    places = {
        (one["goal_number"], one["policy_number"]): (one["goal"], one["policy"])
        for one in strategy[1]["indicators"]
    }
    assert places == {
        (1, 1): ("村の振興の要となる高校の機能強化", "高校の仕組みの強化"),
        (2, 1): ("卒業生のための雇用の場の創出", "新エネルギー産業等立ち上げによる雇用の創出"),
        (2, 2): ("卒業生のための雇用の場の創出", "新規就農者・農業後継者の育成強化"),
        (3, 1): ("高校を軸とした人の流れの促進", "卒業生のUターン・定住促進"),
        (3, 2): ("高校を軸とした人の流れの促進", "高校を活用した交流の拡大"),
        (3, 3): ("高校を軸とした人の流れの促進", "学校間連携の強化"),
        (4, 1): ("高校生参加による個性的で魅力ある村づくり", "高校生の村づくりへの参加促進"),
    }


def test_a_figure_of_five_years_is_not_that_of_one(strategy) -> None:
    by_name = {one["name"]: one for one in strategy[1]["indicators"]}
    assert by_name["新規就農者数"]["target"] is None
    assert by_name["留学生の受入数"]["target"] == "3"
    whole = [v for v in by_name["留学生の受入数"]["values"] if v["part"]]
    assert [(v["part"], v["value"]) for v in whole] == [("5年間", "15")]


def test_headline_targets_outside_the_tables_are_told(strategy) -> None:
    told = [f for f in strategy[1]["findings"] if f["rule"] == "structure.headline-target"]
    assert {one["subject"] for one in told} == HEADLINES


def test_that_there_are_no_statuses_is_said_once(strategy) -> None:
    said = [f for f in strategy[1]["findings"] if f["rule"].startswith("status.")]
    assert [one["rule"] for one in said] == ["status.none-printed"]


NOTHING = "No indicator table was found: the document holds text but no tables."
OTHER_TABLES = "No indicator table was found: no table has headings"


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("otoineppu-text-only", 5, OTHER_TABLES),
        ("otoineppu-pay-report", 5, OTHER_TABLES),
        ("nankoku-plan-text-only", 5, NOTHING),
        ("nankoku-bonds-merged-header", 5, OTHER_TABLES),
        ("nankoku-carryover-4-pages", 5, OTHER_TABLES),
        ("nankoku-ichitaro", 5, OTHER_TABLES),
        ("nankoku-private-use-glyphs", 5, OTHER_TABLES),
        ("niigata-vertical-merged", 5, OTHER_TABLES),
        ("okinawa-open-borders", 5, OTHER_TABLES),
        ("sakaiminato-vertical-names", 5, OTHER_TABLES),
        ("mhlw-14", 5, OTHER_TABLES),
        ("mhlw-25", 5, OTHER_TABLES),
        ("mhlw-34", 5, OTHER_TABLES),
        ("otoineppu-outlined-text", 5, "The text of the document is drawn as outlines"),
        ("saitama-html-not-pdf", 3, "The file is not a PDF"),
    ],
)
def test_a_paper_without_indicators_says_so_and_why(
    name, code, message, corpus, workspace, tmp_path
) -> None:
    result, data = released.run(
        corpus / "jp" / f"{name}.pdf",
        tmp_path,
        workspace,
        area="13101",
        edition=2025,
        second_reader="never",
        ocr=False,
    )
    assert data == {}
    assert result.failure is not None
    assert (result.exit_code, result.failure.exit_code) == (code, code)
    assert result.failure.message.startswith(message)


def test_a_scan_without_text_invents_nothing(corpus, workspace, tmp_path) -> None:
    result, _ = released.run(
        corpus / "jp" / "otoineppu-scan.pdf",
        tmp_path,
        workspace,
        area="13101",
        edition=2025,
        second_reader="never",
        ocr=False,
    )
    assert (result.exit_code, result.indicators) == (5, 0)


@pytest.mark.parametrize("part", range(HOSTILE_PARTS))
def test_every_hostile_file_ends_with_a_typed_result(part, corpus, workspace, tmp_path) -> None:
    codes = {}
    for path in sorted((corpus / "hostile").glob("*/*.pdf"))[part::HOSTILE_PARTS]:
        result, _ = released.run(
            path,
            tmp_path / "out" / path.stem,
            workspace,
            area="13101",
            edition=2025,
            second_reader="never",
            ocr=False,
        )
        codes[path.name] = result.exit_code
    assert len(codes) > 100 / HOSTILE_PARTS
    assert set(codes.values()) <= {3, 4, 5, 6}
