from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings.files import layers
from pipeline.settings.normalize import load
from pipeline.settings.registry import FormerName, entry_of, load_registry, row_of
from tests.normalize.plans import MINE, ROOT, defaults

HEADER = (
    "id,name,unit,direction,basis,cumulative,goal,policy,first_edition,retired,former_names,note"
)


def registry(folder: Path, *lines: str) -> Path:
    (folder / "indicators.csv").write_text(
        "\n".join(("# 登録簿", HEADER, *lines)), encoding="utf-8"
    )
    return folder


def test_defaults_load_without_a_registry() -> None:
    assert defaults().registry is None
    assert len(defaults().units) > 250


def test_every_missing_mark_has_a_defined_sign() -> None:
    assert set(defaults().missing.values()) <= {sign.sign for sign in defaults().signs}
    assert {sign.released for sign in defaults().signs} == {"***", "X"}


def test_an_officer_can_add_a_unit_and_a_mark(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text(
        "unit,aliases,dimension,scale\nほげ,ホゲ,count,1\n", "utf-8"
    )
    (tmp_path / "missing.csv").write_text("mark,sign\n◇,not_yet\n", "utf-8")
    loaded = load((*layers(ROOT, None), tmp_path), {})
    assert loaded.units[-1].unit == "ほげ"
    assert loaded.missing["◇"] == "not_yet"
    assert loaded.missing["-"] == "not_available"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("units.csv", "unit,aliases,dimension,scale\nほげ,,count,よん\n"),
        ("missing.csv", "mark,sign\n◇,unheard_of\n"),
        ("missing_signs.csv", "sign,released,ja,en\nnone,Z,なし,none\n"),
        ("values.toml", "surprise = 1\n"),
        ("direction.toml", "[words]\nsideways = []\n"),
    ],
)
def test_a_vocabulary_that_is_wrong_is_refused(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(SettingsError) as raised:
        load((*layers(ROOT, None), tmp_path), {})
    assert name in str(raised.value.file)


@pytest.mark.parametrize("section", [{"surprise": 1}, {"baseline_fiscal_year": "soon"}])
def test_an_unknown_or_wrong_key_of_the_profile_is_refused(section: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        load(layers(ROOT, None), section)


def test_a_declared_baseline_year() -> None:
    assert load(layers(ROOT, None), {"baseline_fiscal_year": 2023}).baseline_fiscal_year == 2023


def test_a_registry_line_and_back(tmp_path: Path) -> None:
    line = "35213-001,利用者数,人,lower,declared,yes,1,2,2025,2027,旧名@2024|古名,注記"
    (entry,) = load_registry(registry(tmp_path, line)) or ()
    assert entry.former_names == (
        FormerName(name="旧名", last_edition=2024),
        FormerName(name="古名"),
    )
    assert (entry.direction, entry.cumulative, entry.retired) == ("lower", True, 2027)
    assert entry_of(row_of(entry), tmp_path) == entry


def test_no_registry_is_none(tmp_path: Path) -> None:
    assert load_registry(tmp_path) is None


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["a,数,,sideways,,,,,,,,"], "a:"),
        (["a,数,,,,maybe,,,,,,"], "cumulative"),
        (["a,数,,,,,x,,,,,"], "a:"),
        (["a,数,,,guess,,,,,,,"], "a:"),
        ([",数,,,,,,,,,,"], "no id or no name"),
        (["a,,,,,,,,,,,"], "no id or no name"),
        (["a,数,,,,,,,,,,", "a,別,,,,,,,,,,"], "stands twice"),
        (["a,数,人,,,,1,1,,,,", "b,数,人,,,,1,1,,,,"], "same indicator"),
        (["a,数"], "columns"),
        *(
            ([f"{one},数,,,,,,,,,,"], "cannot be an id")
            for one in ("=1+1", "+1", "-1", "@a", "../../x", "a/b", "a\\b", "a.", "a:b", "a\u202eb")
        ),
    ],
)
def test_a_registry_that_is_wrong_is_refused(
    tmp_path: Path, lines: list[str], problem: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        load_registry(registry(tmp_path, *lines))
    assert problem in " ".join([str(raised.value), *raised.value.parameters.values()])


def test_a_registry_with_another_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "indicators.csv").write_text("id,name\na,数\n", "utf-8")
    with pytest.raises(SettingsError, match="column"):
        load_registry(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_registry_is_read_as_a_spreadsheet_saves_it(tmp_path: Path, encoding: str) -> None:
    path = registry(tmp_path, "a-1,利用者数,人,下向き,declared,,1,1,,,,")
    text = (path / "indicators.csv").read_text("utf-8")
    (path / "indicators.csv").write_bytes(text.replace("\n", "\r\n").encode(encoding))
    (entry,) = load_registry(path) or ()
    assert (entry.name, entry.direction) == ("利用者数", "lower")


@pytest.mark.parametrize(
    "fields",
    [
        "5-Mar,数,人",
        "Mar-24,数,人",
        "03/05/2026,数,人",
        "2026/3/5,数,人",
        "3月5日,数,人",
        "1.47E+12,数,人",
        "1999-001,数,人",
        "1999001,数,人",
        "01999-1,3月5日,人",
        "01999-1,数,01/02/2026",
    ],
)
def test_what_a_spreadsheet_spoilt_is_refused_with_the_way_out(tmp_path: Path, fields: str) -> None:
    folder = tmp_path / "01999-shirakaba"
    folder.mkdir()
    lines = ("01999-000,会員数,人,,,,,,,,,", f"{fields},,,,,,,,,")
    with pytest.raises(SettingsError) as refused:
        load_registry(registry(folder, *lines))
    assert refused.value.parameters["line"] == "4"
    assert "registry accept" in refused.value.advice
    assert str(folder) in str(refused.value.file)


@pytest.mark.parametrize("identifier", ["35213-001", "a", "目標1-2", "mine_3", "kpi.4", "１"])
def test_ids_of_letters_and_digits_are_taken(tmp_path: Path, identifier: str) -> None:
    (entry,) = load_registry(registry(tmp_path, f"{identifier},数,,,,,,,,,,")) or ()
    assert entry.id == identifier


@pytest.mark.parametrize("name", ["3-5歳児の数", "令和6年3月5日の人口", "24時間対応の店", "1/2"])
def test_names_with_dates_in_them_are_no_damage(tmp_path: Path, name: str) -> None:
    assert load_registry(registry(tmp_path, f"35213-001,{name},人,,,,,,,,,"))


def test_a_registry_in_no_known_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "indicators.csv").write_bytes(b"id,name\na-1,\x81\xfd\xff\n")
    with pytest.raises(SettingsError) as refused:
        load_registry(tmp_path)
    assert "UTF-8" in refused.value.message


def test_a_retired_twin_is_no_conflict(tmp_path: Path) -> None:
    lines = ["a,数,人,,,,1,1,,2024,,", "b,数,人,,,,1,1,2025,,,"]
    assert len(load_registry(registry(tmp_path, *lines)) or ()) == 2


def test_the_registry_is_that_of_the_municipality_alone() -> None:
    assert load(layers(ROOT, MINE), {}).registry is not None
