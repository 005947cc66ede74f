"""The public page: whole without JavaScript, filtered with it, and free of barriers."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.desk.jobs import Options, run_one
from pipeline.model import Document, Normalized, Observation, Validated
from pipeline.release.chart import Spot, chart
from pipeline.release.earlier import earlier_values
from pipeline.release.public_page import before
from tests.release.test_tables import indicator, value

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
browser_only = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

GOAL = "2 強みを活かした「産業の振興」"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def release(three_editions: Path) -> Path:
    return three_editions / "extracted/35213-mine/2026/release"


@pytest.fixture(scope="module")
def data(release: Path):
    return json.loads((release / "data.json").read_text("utf-8"))


def test_it_needs_nothing_from_elsewhere(release: Path) -> None:
    text = (release / "index.html").read_text("utf-8")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
    for file in re.findall(r'href="([^"#]+)"', text):
        assert (release / file).is_file(), file


# --------------------------------------------------------------------------- drawings


def spot(mark: str, year: int | None, number: str) -> Spot:
    return Spot(mark=mark, year=year, number=number)


def height(drawn: str, form: str) -> float:
    """How far from above the mark of a class lies."""
    found = re.search(rf'(?:cy="|M[\d.]+ )([\d.]+)[^>]*class="{form}"', drawn)
    assert found is not None, drawn
    return float(found[1])


@pytest.mark.parametrize(("direction", "better"), [("higher", "a"), ("lower", "b")])
def test_better_stands_above(direction: str, better: str) -> None:
    spots = [spot("baseline", None, "10"), spot("actual", 2024, "20")]
    drawn = chart(spots, direction)
    assert min(("a", "b"), key=lambda form: height(drawn, form)) == better


def test_years_stand_from_left_to_right_behind_the_undated_baseline() -> None:
    spots = [
        spot("next_target", 2026, "9"),
        spot("actual", 2025, "7"),
        spot("baseline", None, "5"),
        spot("actual", 2024, "6"),
    ]
    drawn = chart(spots, "higher")
    places = {
        text: float(x)
        for x, text in re.findall(
            r'<text x="([\d.]+)" y="144"[^>]*>(?:<tspan class="ja">)?(\w+)', drawn
        )
    }
    assert sorted(places, key=places.__getitem__) == ["基準", "2024", "2025", "2026"]
    line = re.search(r'points="([^"]+)"', drawn)[1].split()
    assert [float(point.split(",")[0]) for point in line] == sorted(places.values())[:3]


def test_an_actual_without_a_year_is_in_no_line() -> None:
    drawn = chart([spot("actual", None, "7"), spot("baseline", 2019, "5")], "higher")
    assert "年の記載なし" in drawn
    assert "polyline" not in drawn
    place = {
        form: float(re.search(rf'cx="([\d.]+)"[^>]*class="{form}"', drawn)[1]) for form in "ab"
    }
    assert place["a"] > place["b"]


@pytest.mark.parametrize("numbers", [["10"], []])
def test_one_figure_alone_is_not_drawn(numbers: list[str]) -> None:
    assert chart([spot("baseline", None, number) for number in numbers], "higher") == ""


def test_equal_figures_are_drawn_on_one_line() -> None:
    drawn = chart([spot("baseline", None, "0"), spot("actual", 2024, "0.0")], "unknown")
    assert height(drawn, "a") == height(drawn, "b")


# --------------------------------------------------------------------------- earlier editions


def test_earlier_editions_are_drawn_and_told(release: Path, data) -> None:
    text = (release / "index.html").read_text("utf-8")
    first = text[text.index("<article") : text.index("</article>")]
    earlier = json.loads((release.parents[1] / "2025/release/data.json").read_text("utf-8"))
    (before,) = [one for one in earlier["indicators"] if one["id"] == data["indicators"][0]["id"]]
    assert f"実績値 2024年度 {before['actual']}" in re.search('aria-label="([^"]+)"', first)[1]
    assert f"actual 2024</span> {before['actual']}" in first


def edition(year: int, number: str, **more: Any) -> tuple[Normalized, Validated]:
    """An edition that prints one actual of the fiscal year 2023."""
    actual = value(number, number=Decimal(number))
    seen = Observation(kind="actual", fiscal_year=2023, value=actual)
    one = indicator(observations=(seen,), **more)
    normalized = Normalized(
        document=Document(sha256="0" * 64, pages=()),
        title="題",
        edition=year,
        actual_fiscal_year=year - 1,
        indicators=(one,),
        projects=(),
    )
    return normalized, Validated(findings=(), recomputed=(), summary=())


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        ([edition(2024, "10")], ["10"]),
        ([edition(2025, "11"), edition(2024, "10")], ["11"]),
        ([edition(2024, "10", doubts=("any.doubt",))], []),
    ],
    ids=["one", "the newer one counts", "in doubt"],
)
def test_what_is_taken_of_earlier_editions(editions, expected) -> None:
    found = earlier_values(editions, {})
    assert [value.number for values in found.values() for value in values] == expected


def test_a_number_in_another_unit_is_not_drawn() -> None:
    one = {"values": [], "unit": "千人"}
    (values,) = earlier_values([edition(2024, "10")], {}).values()
    assert before(one, values, 2025) == ()
    assert before({**one, "unit": "人"}, values, 2025) == values


def test_an_edition_that_cannot_be_read_is_left_out(three_editions: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(three_editions, tmp_path / "other"))
    (other / "raw/35213-mine/2024.pdf").write_bytes(b"%PDF-1.7 broken")
    options = Options(workspace=str(other), second_reader="never")
    result = run_one(other / "raw/35213-mine/2026.pdf", options)
    assert (result.exit_code, result.failure) == (0, None)


def test_what_earlier_editions_say_makes_the_release_anew(
    three_editions: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(three_editions, tmp_path / "other"))
    options = Options(workspace=str(other), second_reader="never")
    (other / "raw/35213-mine/2025.pdf").unlink()
    before = (other / "extracted/35213-mine/2026/release/index.html").read_text("utf-8")
    run_one(other / "raw/35213-mine/2026.pdf", options)
    after = (other / "extracted/35213-mine/2026/release/index.html").read_text("utf-8")
    assert ("Earlier editions" in before, "Earlier editions" in after) == (True, False)


# --------------------------------------------------------------------------- in a browser


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@browser_only
def test_every_indicator_is_there_without_javascript(browser, release, data) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((release / "index.html").as_uri())
    names = page.locator("article h3").all_inner_texts()
    assert names == [one["name"] for one in data["indicators"]]
    assert page.locator("form").is_hidden()


@browser_only
@pytest.mark.parametrize("scripts", [True, False])
def test_the_switch_shows_one_language(scripts: bool, browser, release) -> None:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto((release / "index.html").as_uri())
    heading = page.locator("main h2").first
    assert heading.inner_text() == "達成状況"
    page.check("#lang-en")
    assert heading.inner_text() == "Status"
    assert page.locator(".ja:visible").count() == 0


@browser_only
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_screen(width: int, browser, release) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((release / "index.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width


@browser_only
def test_the_filter_leaves_what_is_sought(browser, release, data) -> None:
    page = browser.new_page()
    page.goto((release / "index.html").as_uri())
    wanted = [one for one in data["indicators"] if one["status_published"] == "改善"]
    page.select_option("select[name=s]", "改善")
    assert page.locator("#count").inner_text() == str(len(wanted))
    page.fill("[name=q]", wanted[0]["name"])
    assert wanted[0]["name"] in page.locator("article:visible h3").all_inner_texts()
    page.fill("[name=q]", "どこにもない言葉")
    assert page.locator("article:visible").count() == 0
    assert page.locator("section.goal:visible").count() == 0
    page.fill("[name=q]", "")
    page.select_option("[name=s]", "")
    page.select_option("[name=g]", "goal-1")
    assert page.locator("section.goal:visible h2").all_inner_texts() == [GOAL]
    page.select_option("[name=g]", "")
    page.fill("[name=q]", "ＵＪＩ")
    assert "UJI" in page.locator("article:visible h3").first.inner_text()


@browser_only
@pytest.mark.parametrize("name", ["index.html", "data-dictionary.html"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_axe_finds_no_barrier(language: str, name: str, browser, release) -> None:
    """Of many indicators those of the first goal are looked at: all are drawn alike."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = browser.new_page()
    page.goto((release / name).as_uri())
    if name == "index.html":
        page.check(f"#lang-{language}")
    found = axe.Axe().run(page, context={"exclude": [["section.goal ~ section.goal"]]})
    assert found.violations_count == 0, found.generate_report()
