"""A settings file under a wrong name is told; files that are no settings are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings.load import load

OWN, COMMON = "schemas/99001-town/", "schemas/default/"
PROFILE = '[municipality]\narea_code = "99001"\nname = "町"\n'


def loaded(workspace: Path, *names: str, profile: str = "profile.toml") -> None:
    for name in (OWN + profile, *names):
        path = workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PROFILE if name == OWN + profile else "", encoding="utf-8")
    folder = workspace / OWN
    load(workspace, folder if (folder / "profile.toml").is_file() else None, "99001")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        (COMMON + "stauts.toml", "status.toml"),
        (COMMON + "units.CSV.txt", "units.csv"),
        (COMMON + "単位.csv", ""),
        (COMMON + "indicators.csv", ""),
        (OWN + "indicators - コピー.csv", "indicators.csv"),
        (OWN + "indicators (1).csv", "indicators.csv"),
        (OWN + "indicators.xlsx", "indicators.csv"),
        (OWN + "ｕｎｉｔｓ．csv", "units.csv"),
        (OWN + "header.toml", "headers.toml"),
        (OWN + "Values.toml", "values.toml"),
        (OWN + "corrections/2025 - コピー.toml", "2025.toml"),
        (OWN + "corrections/２０２５.toml", "2025.toml"),
        (OWN + "corrections/R7.toml", ""),
        (OWN + "correction/2025.toml", "corrections"),
        ("schemas/units.csv", "default/units.csv"),
        ("schemas/defaults/units.csv", "default"),
        ("schemas/99001_town/profile.toml", "99001-…"),
    ],
)
def test_a_name_that_nothing_reads_is_told_with_the_nearest(
    name: str, nearest: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError) as raised:
        loaded(tmp_path, name)
    told = Path(str(raised.value.file))
    assert tmp_path / name in (told, *(told / path.name for path in [tmp_path / name]))
    assert raised.value.parameters["nearest"] == nearest
    assert nearest or raised.value.parameters["names"]


@pytest.mark.parametrize("wrong", ["profil.toml", "profile.toml.txt"])
def test_a_profile_under_a_wrong_name_is_told(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        loaded(tmp_path, profile=wrong)
    assert raised.value.parameters["nearest"] == "profile.toml"


def test_words_without_a_profile_are_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        loaded(tmp_path, OWN + "units.csv", profile="README.md")
    assert raised.value.parameters["name"] == "units.csv"


def test_files_that_are_no_settings_are_left_alone(tmp_path: Path) -> None:
    harmless = (
        "README.md",
        "README.txt",
        ".DS_Store",
        "._units.csv",
        "Thumbs.db",
        "desktop.ini",
        "~$indicators.xlsx",
        ".~lock.indicators.csv#",
        "units.csv~",
        "indicators.csv.bak",
        "メモ.txt",
        "依頼.xlsx",
        "notes/2024.toml",
    )
    loaded(
        tmp_path,
        *(folder + name for folder in (OWN, COMMON, "schemas/") for name in harmless),
        OWN + "corrections/.2025.toml.swp",
        OWN + "corrections/README.md",
        "schemas/data.schema.json",
    )
