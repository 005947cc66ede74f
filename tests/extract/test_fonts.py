"""The same PDF is read alike whatever fonts the machine has."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys

import pytest

from pipeline.extract.pdf.fonts import SQUARE
from pipeline.extract.read import read_encoded
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
from pipeline.extract.pdf.fonts import SQUARE
from pipeline.extract.read import read_encoded
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


def test_the_square_font_is_what_its_script_makes() -> None:
    pytest.importorskip("fontTools")
    script = DATA.parent.parent / "tools" / "square_font.py"
    spec = importlib.util.spec_from_file_location("square_font", script)
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert maker.square_font() == SQUARE
