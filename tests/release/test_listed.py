"""The documents list the files of a release, one line a file, and no others."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def listed(text: str) -> list[str]:
    """The names in the first column of the table that begins with the page for citizens."""
    lines = text[text.index("| `index.html`") :].split("\n\n", maxsplit=1)[0].splitlines()
    return [re.match(r"\| `([^`]+)` \|", line)[1] for line in lines]


@pytest.mark.parametrize("whole", ["mine"], indirect=True)
@pytest.mark.parametrize("name", ["README.md", "README.ja.md", "docs/release-format.md"])
def test_every_file_is_listed_once(name: str, whole: Path, root: Path) -> None:
    text = (root / name).read_text(encoding="utf-8")
    patterns = listed(text.replace("CODE", "352136").replace("YYYY", "2025"))
    files = [str(path.relative_to(whole)) for path in whole.rglob("*") if path.is_file()]
    told = {file: [one for one in patterns if fnmatch(file, one)] for file in files}
    assert {file for file, found in told.items() if len(found) != 1} == set()
    assert {one for one in patterns if not any(fnmatch(file, one) for file in files)} == set()
