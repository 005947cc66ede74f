"""The same PDF is read alike whatever fonts the machine has."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from itertools import pairwise

import pytest

from pipeline.extract.pdf.fonts import BAR, keep_out_system_fonts
from pipeline.extract.pdf.page import read_page
from pipeline.extract.read import open_document, read, read_encoded
from pipeline.settings.extract import ExtractSettings
from tests.extract.conftest import DATA

NOT_EMBEDDED = [
    DATA / "producers" / "owner-password.pdf",
    DATA / "producers" / "reportlab-cid.pdf",
    *(
        DATA / "difficulties" / f"{name}.pdf"
        for name in (
            "cell-boxes",
            "large-page",
            "no-rules-english",
            "scattered-glyphs",
            "shift-jis-font",
            "thick-frame",
            "vertical-writing",
        )
    ),
]
FONT_FOLDERS = ("/usr/share/fonts", "/usr/share/X11/fonts", "/usr/local/share/fonts")
HIDE_FONTS = (
    "for folder in {folders}; do [ -d $folder ] && mount -t tmpfs none $folder; done;"
    " [ -z \"$(find {folders} -type f 2>/dev/null)\" ] && exec \"$@\""
)  # fmt: skip
READ_ALL = """
import hashlib, json, sys
from pathlib import Path
from pipeline.extract.pdf.fonts import BAR, keep_out_system_fonts
from pipeline.extract.pdf.page import read_page
from pipeline.extract.read import open_document, read_encoded
from pipeline.settings.extract import ExtractSettings
paths = map(Path, sys.argv[1:])
print(json.dumps([
    hashlib.sha256(read_encoded(path.read_bytes(), ExtractSettings(), None)).hexdigest()
    for path in paths
]))
"""


def without_fonts(command: list[str]) -> list[str]:
    """The command, in a file system of its own in which no font is installed."""
    script = HIDE_FONTS.format(folders=" ".join(FONT_FOLDERS))
    return ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", *command]


def test_reading_does_not_depend_on_the_fonts_of_the_system(settings: ExtractSettings) -> None:
    if (
        not shutil.which("unshare")
        or subprocess.run(without_fonts(["true"]), check=False).returncode
    ):
        pytest.skip("fonts can only be hidden in a mount namespace, which this system denies")
    command = [sys.executable, "-c", READ_ALL, *map(str, NOT_EMBEDDED)]
    found = subprocess.run(without_fonts(command), capture_output=True, check=True).stdout
    here = [
        hashlib.sha256(read_encoded(path.read_bytes(), settings, None)).hexdigest()
        for path in NOT_EMBEDDED
    ]
    assert json.loads(found) == here


def test_the_bar_font_is_what_its_script_makes() -> None:
    pytest.importorskip("fontTools")
    script = DATA.parent.parent / "tools" / "bar_font.py"
    spec = importlib.util.spec_from_file_location("bar_font", script)
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert maker.bar_font() == BAR


def test_the_advance_of_a_character_is_that_of_the_file(settings: ExtractSettings) -> None:
    keep_out_system_fonts()
    data = (DATA / "producers" / "reportlab-cid.pdf").read_bytes()
    page = read_page(open_document(data, None), 0, settings)
    wide = [
        (one.text, one.x1 - one.x0, two.x - one.x)
        for one, two in pairwise(page.glyphs)
        if one.run is two.run and one.y == two.y
    ]
    assert len(wide) > 100
    assert [texts for texts in wide if abs(texts[1] - texts[2]) > 0.1] == []


@pytest.mark.parametrize("name", ["writer", "reportlab-ttf"])
def test_no_letter_is_lost_where_the_file_of_a_font_is_missing(
    name: str, settings: ExtractSettings
) -> None:
    """Such a font is given as Latin, of which PDFium has one without our letters."""
    data = (DATA / "producers" / f"{name}.pdf").read_bytes()
    lacking = data.replace(b"/FontFile2", b"/FontNone2").replace(b"/FontFile3", b"/FontNone3")
    assert lacking != data
    whole, rest = (read(one, settings, None).extracted for one in (data, lacking))
    texts = [
        ["".join(cell.text.split()) for table in one.tables for cell in table.cells]
        for one in (whole, rest)
    ]
    assert texts[0] == texts[1]
