"""``review.html`` in a real browser: walked by keyboard, decided, saved, released."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from pipeline.cache.store import read_artefact
from pipeline.desk.choices import chosen
from pipeline.desk.jobs import Options, prepare, run_one
from pipeline.desk.waiting import open_findings
from pipeline.messages import translate
from pipeline.model import Normalized
from pipeline.review.matter import document_of, matter
from pipeline.review.page import TEXTS, review_page
from pipeline.review.pictures import Drawing
from pipeline.review.write import ReviewFiles
from pipeline.settings.decisions import ROLES
from tests.review.conftest import Town
from tests.review.test_decisions import found_by, take

SHOTS = os.environ.get("SHIHYO_SCREENSHOTS")
"""A folder for pictures of the page, for people to look at."""
RULES = "◎：目標値以上 / ○：基準値以上 / △：基準値未満 / ◇：評価対象外"


def url(town: Town) -> str:
    return (town.review() / "review.html").as_uri()


def decide_by_keyboard(tab, town: Town) -> int:
    """Every open finding in turn, with keys alone; gives how many there were."""
    desk = town.desk()
    waiting = [found.key for found in open_findings(desk)]
    tab.keyboard.press("j")
    tab.keyboard.press("k")
    for _ in waiting:
        key = tab.evaluate("current")
        found = desk.found(key)
        taken = chosen(found, town.answer(found))
        offered = tab.evaluate("key => M.findings.find(f => f.key === key).choices", key)
        wanted = next(
            at
            for at, one in enumerate(offered)
            if one["fields"]["action"] == taken.action
            and (one["typed"] or not taken.value or one["fields"]["value"] == taken.value)
        )
        tab.keyboard.press(str(wanted + 1))
        if offered[wanted]["typed"]:
            tab.keyboard.type(taken.value)
            tab.keyboard.press("Enter")
        tab.keyboard.type("課に確認")
        tab.keyboard.press("Enter")
    return len(waiting)


def test_the_page_is_walked_by_keyboard_and_its_decisions_are_released(town, tab, tmp_path) -> None:
    tab.goto(url(town))
    assert "8件" in tab.text_content("#verdict") or "件あります" in tab.text_content("#verdict")
    count = decide_by_keyboard(tab, town)
    assert count >= 25
    assert str(count) in tab.text_content("#made")
    tab.reload()
    assert str(count) in tab.text_content("#made")  # unsaved work outlives a reload
    with tab.expect_download() as download:
        tab.click("#store")
    town.corrections.parent.mkdir(parents=True)
    download.value.save_as(town.corrections)
    assert len(tomllib.loads(town.corrections.read_text("utf-8"))["decision"]) == count
    assert town.run().exit_code == 0


def test_a_settled_document_is_green(town, tab) -> None:
    for _ in range(3):
        town.settle(open_findings(town.desk()))
        town.run()
    tab.goto(url(town))
    assert tab.get_attribute("#verdict", "class").split() == ["verdict", "good"]
    assert tab.text_content("#verdict") == "公開できます。決めることはありません。"
    assert tab.locator(".empty").count() == 1


def test_cells_and_findings_light_each_other_up(town, tab) -> None:
    tab.goto(url(town))
    found = next(one for one in town.desk().validated.findings if one.rule == "plausibility.share")
    tab.locator(f"#sheet button[data-key^='{found.rule}']").count()
    tab.evaluate("key => select(key)", found.key)
    assert tab.evaluate("page") == found.page
    assert tab.get_attribute("#sheet button.lit", "data-key") == found.key
    tab.locator("#indicators tbody td.number button").first.click()
    assert tab.locator("#sheet button.cell.lit").count() == 1
    tab.evaluate("document.querySelector('#sheet button.cell').click()")
    assert tab.locator("tr.on").count() == 1


def test_a_link_leads_to_a_finding_and_to_an_indicator(town, tab) -> None:
    found = town.desk().validated.findings[-1]
    tab.goto(url(town) + f"#f-{found.key}")
    assert tab.evaluate("current") == found.key
    assert tab.locator(f"[id='f-{found.key}']").is_visible()
    first = town.desk().normalized.indicators[0]
    assert tab.locator(f"[id='i-{first.id}'] a").get_attribute("href") == f"#i-{first.id}"


def test_a_link_to_an_indicator_opens_it(town, tab) -> None:
    last = town.desk().normalized.indicators[-1]
    tab.goto(url(town) + f"#i-{last.id}")
    assert tab.evaluate("page") == last.name_printed.page
    assert tab.get_attribute("tr.on", "id") == f"i-{last.id}"
    assert tab.locator("#sheet button.lit").count() == 1


def test_how_it_was_read_is_shown(town, tab) -> None:
    """Columns with two rows each, the legend with the rows that bear it out, merged cells."""
    take(town, found_by(town, "legend.lacks-word"), f"rules:{RULES}")
    tab.goto(url(town))
    layout = town.desk().assembled.layouts[0]
    shown = tab.locator("#layout-list table").first
    assert shown.locator("tbody tr").count() == 1 + len(layout.samples)
    assert "有害鳥獣の捕獲数" in shown.inner_text()
    assert tab.locator("#layout-list td.doubt").count() == sum(
        len(one.doubts) for one in town.desk().assembled.layouts
    )
    rows = tab.locator("#legend-list tbody tr")
    words = [rows.nth(at).locator("th").inner_text() for at in range(rows.count())]
    assert words == ["◎", "○", "△", "◇"]
    assert "目標値を達成したもの" in rows.first.inner_text()
    rows.first.locator("a").first.click()
    assert tab.locator("tr.on").count() == 1
    joins = town.desk().assembled.joins
    assert tab.locator("#layout-list li").count() == len(joins)
    evidence = tab.locator("#indicators details").first
    evidence.locator("summary").click()
    assert "120→150→160 ↑" in evidence.inner_text()


def test_merged_cells_and_left_overs_are_marked(town, tab) -> None:
    tab.goto(url(town))
    tab.evaluate("M.marks.push({ kind: 'span', page, box: [50, 50, 90, 70], text: 'a' })")
    assert tab.locator("#sheet .mark").count() == 0
    tab.check("#marks")
    assert tab.locator("#sheet .mark.span").count() == 1


def test_it_can_be_printed(town, tab) -> None:
    tab.goto(url(town))
    tab.emulate_media(media="print")
    for hidden in (".paper", ".filters", "fieldset"):
        assert not tab.locator(hidden).first.is_visible()
    assert tab.locator(".crop").first.is_visible()
    assert tab.locator("#verdict").is_visible()


def test_filters_and_the_other_language(town, tab) -> None:
    tab.goto(url(town))
    total = tab.locator("#list article").count()
    tab.select_option("#severity", "blocker")
    assert 0 < tab.locator("#list article").count() < total
    tab.select_option("#severity", "open")
    tab.fill("#search", "体験農園")
    assert tab.locator("#list article").count() == 1
    tab.click("#en")
    assert tab.get_attribute("html", "lang") == "en"
    assert tab.text_content("#findings-title") == "To decide and to know"
    assert "decided before you publish" in tab.text_content("#verdict")


def test_texts_of_the_paper_stay_texts(town, tab) -> None:
    tab.goto(url(town))
    assert tab.title().startswith("確認画面")
    assert tab.locator("text=<script>alert(1)</script>").count() > 0
    assert tab.locator("#indicators b, #list b").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_of_the_page_bars_anyone(town, tab, width) -> None:
    from axe_playwright_python.sync_playwright import Axe

    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(url(town))
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(tab).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
    if SHOTS:
        tab.screenshot(path=str(Path(SHOTS) / f"review-{width}.png"))


def test_the_page_needs_no_network(town, tab) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(url(town))
    assert {one.split(":")[0] for one in asked} <= {"file", "blob", "data"}


def test_every_word_of_the_page_is_in_both_languages() -> None:
    for text in {**TEXTS, **ROLES}.values():
        assert translate(text, "ja") != text, text


def test_the_page_of_the_first_document_is_small(workspace) -> None:
    pdf = workspace / "raw" / "35213-mine" / "2025.pdf"
    options = Options(workspace=str(workspace), second_reader="never")
    result = run_one(pdf, options, beside=ReviewFiles)
    page = (Path(result.output) / "review.html").read_bytes()
    normalized = read_artefact(Path(result.output) / "3-normalize.json", Normalized)
    assert page.count(b'class="page"') == len(normalized.document.pages)
    assert len(page) < 6_000_000


def test_a_page_of_five_hundred_indicators_on_sixty_pages_is_usable(town, tab, tmp_path) -> None:
    """The report again and again, as if it were one: every page, row and doubt seventeen times."""
    options, times = town.options, 17
    shown = matter(document_of(prepare(town.pdf, options)))
    allowed = prepare(town.pdf, options).settings.extract
    drawn = Drawing(town.pdf.read_bytes(), allowed, None).drawn(lambda: 0).pages
    count = len(drawn)

    def repeated(name: str, key: str) -> list[dict]:
        return [
            {**one, key: f"{one[key]}-{time}", "page": one["page"] and one["page"] + time * count}
            for time in range(times)
            for one in shown[name]
        ]

    shown["indicators"] = repeated("indicators", "id")
    shown["findings"] = repeated("findings", "key")
    shown["pages"] = shown["pages"] * times
    assert len(shown["indicators"]) > 500
    assert len(shown["pages"]) > 60
    path = tmp_path / "review.html"
    path.write_bytes(review_page(shown, drawn * times))
    assert path.stat().st_size < 6_000_000
    tab.goto(path.as_uri())
    assert tab.locator("#indicators tbody tr[id]").count() == len(shown["indicators"])
    tab.select_option("#severity", "")
    assert tab.locator("#list article").count() == len(shown["findings"])
    last = shown["indicators"][-1]["id"]
    tab.evaluate("id => openIndicator(id)", last)
    assert tab.get_attribute("tr.on", "id") == f"i-{last}"
    tab.evaluate("turnTo(M.pages.length)")
    assert tab.locator("#sheet button").count() > 1
