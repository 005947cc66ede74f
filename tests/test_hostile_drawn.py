"""A figure is released as it is seen, or held back: never as a text that nobody sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.desk.jobs import Options, run_one
from pipeline.errors import ExitCode
from tests.hostile_drawn import CONTENTS, DRAWN, MEANING, freed_by_stream
from tests.hostile_kinds import WHOLE
from tests.released import run

TRUTH = json.loads(WHOLE.with_suffix(".json").read_text(encoding="utf-8"))["values"]
NAME, FIELD = "図書館の来館者数", "target"


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_released_is_what_is_seen(name: str, tmp_path: Path) -> None:
    one = DRAWN[name]
    path = tmp_path / "report.pdf"
    path.write_bytes(one.make())
    readers = "always" if one.two else "never"
    place = {"area": "13101", "edition": 2025, "second_reader": readers, "ocr": False}
    result, data = run(path, tmp_path / "made", tmp_path, **place)
    assert result.failure is None
    blockers = {found["rule"] for found in data["findings"] if found["severity"] == "blocker"}
    assert bool(blockers) == bool(one.doubt)
    assert not one.doubt or one.doubt in blockers
    assert result.exit_code == bool(one.doubt)
    released = {indicator["name"]: indicator for indicator in data["indicators"]}
    assert list(released) == list(TRUTH)
    for indicator, values in TRUTH.items():
        for field, value in values.items():
            here = (indicator, field) == (NAME, FIELD)
            given = released[indicator][field]
            if here and not one.doubt:
                assert given == one.seen
            elif one.doubt:
                assert given in (None, one.seen if here else value)
            else:
                assert given == value


@pytest.mark.parametrize(
    ("number", "code"),
    [(CONTENTS, ExitCode.UNREADABLE), (MEANING, ExitCode.NO_INDICATORS)],
    ids=["contents", "meanings"],
)
def test_what_the_stream_of_an_update_sets_free_is_gone(
    number: int, code: ExitCode, tmp_path: Path
) -> None:
    """PDFium draws it no more: a page without contents is blank, a font without meanings mute."""
    path = tmp_path / "report.pdf"
    path.write_bytes(freed_by_stream(number))
    options = Options(workspace=str(tmp_path), area="13101", edition=2025, ocr=False)
    assert run_one(path, options).exit_code == code
