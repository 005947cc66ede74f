"""A report is the same whichever way its sheets lie in the file."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from tests import released

HERE = Path(__file__).parent / "data"
TURNS = {"all on their side": (90, 90, 90), "one on its head": (0, 180, 0), "mixed": (270, 0, 90)}


def told(data: released.Facts, *, boxes: bool) -> list[object]:
    """The indicators and findings of a release, with or without where they stand."""
    findings = [
        [one["rule"], one["subject"], one["page"], one["box"] if boxes else None]
        for one in data["findings"]
    ]
    return [released.indicators_of(data), data["summary"], sorted(map(str, findings))]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Path:
    return released.invented_town(tmp_path_factory.mktemp("turned") / "workspace")


@pytest.mark.parametrize("turns", TURNS.values(), ids=TURNS)
@pytest.mark.parametrize("town", ["naruto", "sarashina"])
def test_turned_pages_give_the_same_release(town, turns, workspace, tmp_path) -> None:
    source = HERE / "neighbours" / f"{town}.pdf"
    document = pypdfium2.PdfDocument(source)
    for page, turn in zip(document, turns, strict=False):
        page.set_rotation((page.get_rotation() + turn) % 360)
    turned = tmp_path / "turned.pdf"
    document.save(turned)
    edition = json.loads(source.with_suffix(".json").read_text("utf-8"))["document"]["edition"]
    options = {"area": released.INVENTED, "edition": edition, "second_reader": "always"}
    straight, plain = released.run(source, tmp_path / "plain", workspace, **options)
    result, data = released.run(turned, tmp_path / "turned", workspace, **options)
    assert (result.exit_code, straight.exit_code) == (0, 0)
    assert told(data, boxes=False) == told(plain, boxes=False)
    assert (told(data, boxes=True) != told(plain, boxes=True)) or not turns[0]
