"""The public page: whole without JavaScript, filtered with it, and free of barriers."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from pipeline.desk.jobs import Options, run_one
from pipeline.release.public_page import chart

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
browser_only = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def release(tmp_path_factory, make_workspace) -> Path:
    workspace = make_workspace(tmp_path_factory.mktemp("page") / "workspace")
    options = Options(workspace=str(workspace), second_reader="never")
    return Path(run_one(workspace / "raw/35213-mine/2025.pdf", options).output) / "release"


@pytest.fixture(scope="module")
def data(release: Path):
    return json.loads((release / "data.json").read_text("utf-8"))


def test_it_needs_nothing_from_elsewhere(release: Path) -> None:
    text = (release / "index.html").read_text("utf-8")
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
    for file in re.findall(r'href="([^"#]+)"', text):
        assert (release / file).is_file(), file


@pytest.mark.parametrize(
    ("direction", "order"), [("higher", ["baseline", "actual"]), ("lower", ["actual", "baseline"])]
)
def test_better_stands_to_the_right(direction: str, order: list[str]) -> None:
    one = {"baseline": "10", "target": None, "actual": "20", "next_target": None}
    drawn = chart({**one, "direction": direction})
    places = {
        "baseline": float(re.search(r'cx="([\d.]+)"[^>]*class="b"', drawn)[1]),
        "actual": float(re.search(r'cx="([\d.]+)"[^>]*class="a"', drawn)[1]),
    }
    assert sorted(places, key=places.__getitem__) == order


def test_one_figure_alone_is_not_drawn() -> None:
    one = {"baseline": "10", "target": None, "actual": None, "next_target": None}
    assert chart({**one, "direction": "higher"}) == ""


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
def test_the_filter_leaves_what_is_sought(browser, release, data) -> None:
    page = browser.new_page()
    page.goto((release / "index.html").as_uri())
    wanted = [one for one in data["indicators"] if one["status_published"] == "改善"]
    page.select_option("select", "改善")
    assert page.locator("#count").inner_text() == str(len(wanted))
    page.fill("input", wanted[0]["name"])
    assert wanted[0]["name"] in page.locator("article:visible h3").all_inner_texts()
    page.fill("input", "どこにもない言葉")
    assert page.locator("article:visible").count() == 0


@browser_only
def test_axe_finds_no_barrier(browser, release) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = browser.new_page()
    page.goto((release / "index.html").as_uri())
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
