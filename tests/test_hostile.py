"""Each kind of file that is made to do harm has its one end: a typed error, a doubt, or no harm."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.hostile_kinds import COSTLY, WHOLE
from tests.hostile_looks import EVERY
from tests.released import run

TRUTH = json.loads(WHOLE.with_suffix(".json").read_text(encoding="utf-8"))["values"]
HARMLESS = "every value, as printed"
BLANK = "The pages of the document are blank."
DAMAGED = "reading.damaged-file"
UNREADABLE = "The file is not a readable PDF."
UNKNOWN_LOCK = "The PDF is encrypted in a way that is not known here"
NO_GLYPH = "reading.unreadable-glyph"
OTHERWISE = "reading.digits-drawn-otherwise"
PARTLY = "reading.partly-hidden"
STRUCK = "reading.struck-out"
DISAGREE = "reading.readers-disagree"
HOSTILE_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

# What one reader alone gives: the exit code, and the error's words or the rule that tells.
ENDS = {
    "arrays 100,000 deep": (0, HARMLESS),
    "dictionaries 50,000 deep": (3, UNREADABLE),
    "states and arrays of operators 100,000 deep": (5, BLANK),
    "marked content 50,000 deep": (6, "The reader broke off"),
    "conditions of layers 20,000 deep": (0, HARMLESS),
    "table of objects before itself": (0, HARMLESS),
    "table of objects outside the file": (0, HARMLESS),
    "two tables of objects before each other": (0, HARMLESS),
    "page tree in itself": (0, HARMLESS),
    "page node its own child and parent": (6, "2000 pages"),
    "glyph that is written with its own font": (0, HARMLESS),
    "fields and annotations in circles": (0, HARMLESS),
    "outline that follows itself": (0, HARMLESS),
    "length that refers to itself": (0, HARMLESS),
    "page of 1e30 points": (0, HARMLESS),
    "page of a million points": (0, HARMLESS),
    "page of NaN points": (0, HARMLESS),
    "page of infinitely many points": (0, HARMLESS),
    "page without an area": (0, HARMLESS),
    "unit of the page of 1e30": (0, HARMLESS),
    "numbers that are none in operators": (0, HARMLESS),
    "ten to the nine pages promised": (0, HARMLESS),
    "one page more than the limit": (6, "2000 pages"),
    "picture of 10^10 pixels": (0, HARMLESS),
    "a thousand filters one in another": (5, BLANK),
    "stream of objects that extends and holds itself": (0, HARMLESS),
    "two thousand million objects in a stream of objects": (0, HARMLESS),
    "encryption that nobody knows": (4, UNKNOWN_LOCK),
    "encryption with a certificate": (4, UNKNOWN_LOCK),
    "files and scripts inside": (0, HARMLESS),
    "names like paths": (0, HARMLESS),
    "lone surrogate in the title": (0, HARMLESS),
    "controls and turned text in the title": (0, HARMLESS),
    "lone surrogate in a name": (1, NO_GLYPH),
    "escape in a name": (1, NO_GLYPH),
    "control of the second set in a name": (1, NO_GLYPH),
    "turned text in a name": (1, NO_GLYPH),
    "surrogate in a figure": (1, NO_GLYPH),
    "character of 60,000 letters": (0, HARMLESS),
    "meanings that refer to themselves": (0, HARMLESS),
    "two digits that say each other": (1, OTHERWISE),
    "digits that say the next one": (1, OTHERWISE),
    "table of objects that is wrong throughout": (1, DAMAGED),
    "page twice, the later one outside the table of objects": (1, DAMAGED),
    "page twice, and nothing tells where the table of objects is": (5, "no table has headings"),
    "contents cut off in their middle": (1, DAMAGED),
    "contents cut off before they were stored": (1, "reading.cut-page"),
    "contents with a byte changed under their checksum": (1, DAMAGED),
    "file that ends before its table of objects": (3, UNREADABLE),
    "page in another page's place": (5, BLANK),
    "digit in a group that is transparent": (1, PARTLY),
    "digit in a form under a mask": (1, PARTLY),
    "digit in a form of a layer that is off": (0, HARMLESS),
    "digit under a mask": (1, PARTLY),
    "digit painted with a white pattern": (1, PARTLY),
    "figure under a white annotation": (1, STRUCK),
    "figure to be blacked out": (1, STRUCK),
    "widths of a font that let digits run into one another": (1, "reading.overprinted"),
    "comma that says that it is a point": (1, OTHERWISE),
    "point that says nothing": (1, OTHERWISE),
    "minus sign that says that it is a blank": (1, OTHERWISE),
    "minus sign that says that it is a digit": (1, OTHERWISE),
    "digit that says that it is two": (1, OTHERWISE),
    "update that was cut off": (1, DAMAGED),
}
# Where a second reader gives another end.
WITH_TWO = {
    "states and arrays of operators 100,000 deep": (3, "None of the pages of the PDF can be read."),
    "page of NaN points": (1, "reading.second-failed"),
    "page without an area": (1, DISAGREE),
    "unit of the page of 1e30": (1, DISAGREE),
    "character of 60,000 letters": (1, DISAGREE),
    "page twice, the later one outside the table of objects": (1, DAMAGED),
}


def test_every_kind_has_an_end() -> None:
    assert set(ENDS) == set(EVERY)
    assert not set(EVERY) & set(COSTLY)


@pytest.mark.parametrize(
    ("name", "readers", "end"),
    [
        *((name, "never", end) for name, end in ENDS.items()),
        *((name, "always", end) for name, end in WITH_TWO.items()),
    ],
)
def test_each_ends_as_told_and_releases_no_wrong_value(
    name: str, readers: str, end: tuple[int, str], tmp_path: Path
) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(EVERY[name]())
    place = {"area": "13101", "edition": 2025, "second_reader": readers, "ocr": False}
    result, data = run(path, tmp_path / "made", tmp_path, **place)
    code, told = end
    assert result.exit_code == code
    if result.failure is not None:
        message = result.failure.message.format_map(result.failure.parameters)
        assert told in message
        assert not HOSTILE_TEXT.search(message)
        return
    released = {
        one["name"]: {field: one[field] for field in ("baseline", "target", "actual")}
        for one in data["indicators"]
    }
    if told == HARMLESS:
        assert list(map(dict, released.values())) == list(TRUTH.values())
    else:
        assert told in {one["rule"] for one in data["findings"] if one["severity"] == "blocker"}
        for one, values in released.items():
            given = {field: value for field, value in values.items() if value is not None}
            assert given.items() <= TRUTH.get(one, {}).items()
    for made in (tmp_path / "made" / "release").iterdir():
        if made.suffix in {".csv", ".json", ".html"}:
            assert not HOSTILE_TEXT.search(made.read_text(encoding="utf-8"))
