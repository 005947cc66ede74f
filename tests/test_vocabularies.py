"""A city's own words add to the packaged ones; it can take words away, and nothing is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.desk.workspace import create
from pipeline.errors import ExitCode, SettingsError
from pipeline.settings.assemble import load as load_assemble
from pipeline.settings.extract import load as load_extract
from pipeline.settings.files import convert, layers, merge_toml, packaged_defaults
from pipeline.settings.profile import Municipality, Publication

PACKAGED = merge_toml([packaged_defaults()], "headers.toml")


def written(folder: Path, text: str, name: str = "headers.toml") -> list[Path]:
    """The packaged layer and one of a city with this file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return [packaged_defaults(), folder]


def test_words_are_added_behind_the_packaged_ones(tmp_path: Path) -> None:
    merged = merge_toml(written(tmp_path, 'name = ["めざす指標"]\n'), "headers.toml")
    assert merged["name"] == [*PACKAGED["name"], "めざす指標"]
    assert {key: merged[key] for key in merged if key != "name"} == {
        key: PACKAGED[key] for key in PACKAGED if key != "name"
    }


def test_a_word_that_stands_already_is_not_doubled(tmp_path: Path) -> None:
    word = PACKAGED["unit"][0]
    merged = merge_toml(written(tmp_path, f'unit = ["{word}"]\n'), "headers.toml")
    assert merged == PACKAGED


def test_words_are_taken_away(tmp_path: Path) -> None:
    word = PACKAGED["name"][-1]
    folders = written(tmp_path, f'name = ["めざす指標"]\n[remove]\nname = ["{word}"]\n')
    assert merge_toml(folders, "headers.toml")["name"] == [*PACKAGED["name"][:-1], "めざす指標"]
    assert load_assemble(folders, {}) != load_assemble([packaged_defaults()], {})


@pytest.mark.parametrize("wrong", ['name = ["そんな語はない"]', 'nothing = ["項目"]'])
def test_a_word_that_is_not_there_cannot_be_taken_away(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        merge_toml(written(tmp_path, f"[remove]\n{wrong}\n"), "headers.toml")
    assert caught.value.exit_code == ExitCode.SETTINGS
    assert caught.value.file == str(tmp_path / "headers.toml")


def test_a_new_workspace_copies_no_vocabulary(tmp_path: Path) -> None:
    made = create(tmp_path / "city")
    assert tmp_path / "city" / "schemas" / "default" in made
    assert list((tmp_path / "city" / "schemas").rglob("*.toml")) == []
    assert layers(tmp_path / "city", None)[0] == packaged_defaults()


@pytest.mark.parametrize(
    ("data", "message", "parameters"),
    [
        ({"hobby": 1}, "There is no setting of the name", {"key": "hobby", "place": "x.toml"}),
        ({"publisher": []}, "has a value of the type", {"place": "publisher", "found": "array"}),
        ({"keywords": ["a", []]}, "has a value of the type", {"place": "keywords[1]"}),
    ],
)
def test_data_that_do_not_fit_are_told_in_our_words(
    data: dict, message: str, parameters: dict
) -> None:
    with pytest.raises(SettingsError) as caught:
        convert(data, Publication, Path("folder/x.toml"))
    assert message in caught.value.message
    assert caught.value.file == "folder/x.toml"
    assert parameters.items() <= caught.value.parameters.items()


def test_a_setting_that_is_missing_is_named() -> None:
    with pytest.raises(SettingsError) as caught:
        convert({"area_code": "35213"}, Municipality, Path("profile.toml"))
    assert caught.value.parameters["key"] == "name"


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("seconds = -1", "> 0.0"),
        ("seconds = nan", "> 0.0"),
        ("seconds_run = inf", "<= 86400.0"),
        ("megabytes = 10", ">= 100"),
    ],
)
def test_a_number_beyond_its_limit_is_told_in_our_words(
    text: str, limit: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_extract(written(tmp_path, text, "extract.toml"), {})
    assert "has to be a number" in caught.value.message
    told = {"place": text.partition(" ")[0], "limit": limit, "line": "1"}
    assert told.items() <= caught.value.parameters.items()


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        merge_toml(written(tmp_path, "name = 1\n[table\n"), "headers.toml")
    assert "TOML" in caught.value.message
    assert caught.value.parameters["line"] == "2"
