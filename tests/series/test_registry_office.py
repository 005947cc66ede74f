"""``indicators.csv`` opened and saved by a spreadsheet: read alike, or refused with the way out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.editions.registry import read, render
from pipeline.errors import SettingsError
from pipeline.settings.registry import load_registry
from tests.release.test_office import opened, pytestmark  # noqa: F401  (slow, needs the program)

ROOT = Path(__file__).resolve().parent.parent.parent
READS = "44,34,76,1,,{language},false,true"
"""Comma, quotes, UTF-8; numbers and dates are sought, as on opening by a click."""
SAVES = "csv:Text - txt - csv (StarCalc):44,34,{encoding},1,,0,false,true,false"
UTF_8, CP932 = 76, 64
JAPANESE, ENGLISH = 1041, 1033


@pytest.mark.parametrize("mark", [False, True])
@pytest.mark.parametrize("encoding", [UTF_8, CP932])
def test_a_saved_registry_says_the_same(tmp_path, encoding, mark) -> None:
    folder = tmp_path / "35213-mine"
    folder.mkdir()
    shutil.copy(ROOT / "schemas/35213-mine/indicators.csv", folder)
    path = folder / "indicators.csv"
    if mark:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    expected = load_registry(folder)
    saved = tmp_path / "saved" / "35213-mine"
    to = SAVES.format(encoding=encoding)
    opened([path], saved, to=to, reads=READS.format(language=JAPANESE))
    assert (saved / "indicators.csv").read_bytes() != path.read_bytes()
    assert load_registry(saved) == expected
    again = tmp_path / "again"
    again.mkdir()
    (again / "indicators.csv").write_text(render(read(saved)), "utf-8-sig")
    assert load_registry(again) == expected


@pytest.mark.parametrize(
    ("fields", "language"),
    [("3-5,利用者数,人", JAPANESE), ("3-5,利用者数,1/2", ENGLISH), ("a-1,数,1/2", JAPANESE)],
)
def test_texts_that_became_dates_are_refused(tmp_path, fields, language) -> None:
    folder = tmp_path / "01999-shirakaba"
    folder.mkdir()
    path = folder / "indicators.csv"
    head = (ROOT / "schemas/35213-mine/indicators.csv").read_text("utf-8-sig").splitlines()[4]
    path.write_text(f"{head}\n{fields},,,,,,,,,\n", "utf-8-sig")
    saved = tmp_path / "saved" / "01999-shirakaba"
    opened([path], saved, to=SAVES.format(encoding=UTF_8), reads=READS.format(language=language))
    assert load_registry(folder)
    with pytest.raises(SettingsError) as refused:
        load_registry(saved)
    assert refused.value.parameters["line"] == "2"
