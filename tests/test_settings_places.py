"""A message about a setting names the file and the line that hold it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.desk.jobs import Failure
from pipeline.errors import SettingsError
from pipeline.settings.load import load
from pipeline.show.report import failure_text

PROFILE = """\
# whose it is
[municipality]
area_code = "99001"
name = "町"

"""
REGISTRY = (
    "id,name,unit,direction,basis,cumulative,goal,policy,first_edition,retired,former_names,note"
)
OWN, COMMON = "schemas/99001-town/", "schemas/default/"


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        (OWN + "profile.toml", PROFILE + "[extract]\nmax_pages = 5\nsurprise = 1\n", 8),
        (OWN + "profile.toml", PROFILE + "[extract]\n# soon\nseconds = 'soon'\n", 8),
        (OWN + "profile.toml", PROFILE + "[surprise]\na = 1\n", 6),
        (OWN + "profile.toml", PROFILE.replace("99001", "9900"), 3),
        (OWN + "profile.toml", PROFILE.replace("99001", "99002"), 3),
        (OWN + "profile.toml", PROFILE + "\nbroken\n", 7),
        (OWN + "profile.toml", PROFILE + "[assemble.headers]\nsideways = ['a']\n", 7),
        (OWN + "profile.toml", PROFILE + '[assemble]\ngoal_family = "x"\n', 7),
        (
            OWN + "profile.toml",
            PROFILE
            + '[[validate.status]]\nword = "A"\notherwise = true\n'
            + '[[validate.status]]\nword = "B"\nsurprise = 1\n',
            11,
        ),
        (OWN + "indicators.csv", f"# 登録簿\n\n{REGISTRY}\n# 一\na,数,,sideways,,,,,,,,\n", 5),
        (OWN + "indicators.csv", f"# 登録簿\n{REGISTRY}\na,数,,,,,,,,,,\n#\na,別,,,,,,,,,,\n", 5),
        (OWN + "indicators.csv", f"{REGISTRY}\na,数,,,,maybe,,,,,,\n", 2),
        (OWN + "indicators.csv", f'{REGISTRY}\n"a,数\n', 2),
        (COMMON + "values.toml", "# 値\n\nsurprise = 1\n", 3),
        (COMMON + "headers.toml", "name = ['a']\nsideways = ['b']\n", 2),
        (COMMON + "direction.toml", "[words]\n\nsideways = []\n", 3),
        (COMMON + "extract.toml", "snap = 3\nseconds = -1\n", 2),
        (COMMON + "extract.toml", "[remove]\nsnap = [7]\n", 2),
        (COMMON + "units.csv", "unit,aliases,dimension,scale\n# 数\nほげ,,count,よん\n", 3),
        (COMMON + "missing.csv", "mark,sign\n# 印\n◇,unheard_of\n", 3),
        (COMMON + "units.csv", "unit,aliases,dimension,scale\nほ,,a,1\n#\nほ,,a,1\n", 4),
    ],
)
def test_the_file_and_the_line_that_hold_it_are_named(
    file: str, text: str, line: int, tmp_path: Path
) -> None:
    for name, content in {
        OWN + "profile.toml": PROFILE,
        COMMON + "plausibility.toml": "",
        OWN + "values.toml": "",
        file: text,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        load(tmp_path, tmp_path / OWN, "99001")
    assert Path(str(raised.value.file)) == tmp_path / file
    assert raised.value.parameters["line"] == str(line)
    shown = failure_text(Failure.of(raised.value, ""), "en").lower()
    assert f"line {line}" in shown


def test_a_setting_that_stands_nowhere_has_no_line(tmp_path: Path) -> None:
    folder = tmp_path / OWN
    folder.mkdir(parents=True)
    (folder / "profile.toml").write_text('[municipality]\narea_code = "99001"\n', encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        load(tmp_path, folder, "99001")
    assert raised.value.parameters["key"] == "name"
    assert raised.value.parameters.get("line") in {None, "1"}
