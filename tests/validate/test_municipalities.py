"""The list of all municipalities: codes with their check digits, readings, folder names."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.settings.files import packaged_defaults
from pipeline.settings.municipalities import load_municipalities, municipality, romaji

LIST = load_municipalities([packaged_defaults()])


def test_every_prefecture_municipality_and_special_ward_is_there() -> None:
    prefectures = [code for code in LIST if code.endswith("000")]
    wards = [code for code in LIST if code.startswith("131") and code < "13124"]
    assert (len(prefectures), len(wards), len(LIST)) == (47, 23, 47 + 1718 + 23)


@pytest.mark.parametrize(
    ("area", "code", "name", "slug", "prefecture"),
    [
        ("35213", "352136", "美祢市", "mine", "山口県"),
        ("39204", "392049", "南国市", "nankoku", "高知県"),
        ("01470", "014702", "音威子府村", "otoineppu", "北海道"),
        ("01100", "011002", "札幌市", "sapporo", "北海道"),
        ("13101", "131016", "千代田区", "chiyoda", "東京都"),
        ("35000", "350001", "山口県", "yamaguchi", ""),
    ],
)
def test_entries(area: str, code: str, name: str, slug: str, prefecture: str) -> None:
    entry = LIST[area]
    known = municipality(entry)
    assert (entry.local_government_code, known.name) == (code, name)
    assert (known.slug, known.prefecture) == (slug, prefecture)


@pytest.mark.parametrize(
    ("kana", "latin"),
    [("りっとう", "rittou"), ("はっちょう", "hatchou"), ("しゃり", "shari"), ("きょう", "kyou")],
)
def test_romaji(kana: str, latin: str) -> None:
    assert romaji(kana) == latin


def test_folder_names_are_plain_letters() -> None:
    assert all(municipality(entry).slug.isascii() for entry in LIST.values())
    assert all(municipality(entry).slug.isalpha() for entry in LIST.values())


def test_a_wrong_check_digit_is_refused(tmp_path: Path) -> None:
    header = "area_code,local_government_code,prefecture,name,kana\n"
    (tmp_path / "municipalities.csv").write_text(header + "35213,352137,山口県,美祢市,みねし\n")
    with pytest.raises(SettingsError, match="35213"):
        load_municipalities([tmp_path])
