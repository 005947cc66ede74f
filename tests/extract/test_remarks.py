"""What the reader tells about a page."""

from __future__ import annotations

import pytest

from pipeline.extract.pdf.primitives import Fill, Page, Rule
from pipeline.extract.read import read
from pipeline.extract.remarks import is_ruled, page_kind
from pipeline.settings.extract import ExtractSettings
from tests.extract.conftest import DATA, glyphs_at


def page(text: str = "", **parts: object) -> Page:
    fields: dict[str, object] = {
        "number": 1,
        "width": 600.0,
        "height": 800.0,
        "rotation": 0,
        "glyphs": glyphs_at(text),
        "hidden": [],
        "horizontal": [],
        "vertical": [],
        "fills": [],
        "images": [],
        **parts,
    }
    return Page(**fields)  # type: ignore[arg-type]


PICTURE = (0.0, 0.0, 600.0, 800.0)
LOGO = (0.0, 0.0, 60.0, 40.0)


@pytest.mark.parametrize(
    ("seen", "kind"),
    [
        (page(), "empty"),
        (page(images=[LOGO]), "empty"),
        (page(fills=[Fill(PICTURE, 0xFFFF00, 1)]), "empty"),
        (page(images=[PICTURE]), "scan"),
        (page("12", images=[PICTURE]), "scan"),
        (page("これは文字のある表紙です", images=[PICTURE]), "text"),
        (page(outlines=50), "outlined"),
        (page("12", outlines=500), "outlined"),
        (page("文字" * 200, outlines=500), "text"),
        (page("文字"), "text"),
    ],
)
def test_a_page_is_told_by_what_can_be_seen(seen: Page, kind: str) -> None:
    assert page_kind(seen) == kind


def test_rules_that_cross_but_enclose_nothing_are_noticed() -> None:
    crossing = page(
        horizontal=[Rule(100.0 * i, 50.0 * i, 50.0 * i + 60) for i in range(4)],
        vertical=[Rule(50.0 * i + 55, 100.0 * i, 100.0 * i + 100) for i in range(4)],
    )
    assert is_ruled(crossing)
    assert not is_ruled(page(horizontal=[Rule(10, 0, 100)] * 5))


def test_struck_out_text_is_told_and_underlined_text_is_not(settings: ExtractSettings) -> None:
    data = (DATA / "difficulties" / "underlines.pdf").read_bytes()
    told = [r.printed for r in read(data, settings, None).extracted.remarks]
    assert told == ["ごみの排出量", "4,082"]
