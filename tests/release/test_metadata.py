"""What the profile and the origin file declare stands in every place for it; the rest is told."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec
import openpyxl
import pytest
from msgspec import structs

from pipeline.errors import SettingsError
from pipeline.model import Document, Finding, Normalized, Origin, Validated
from pipeline.release import Made, run
from pipeline.settings.files import packaged_defaults
from pipeline.settings.profile import load_profile
from pipeline.settings.release import find_licence, load
from tests.release.test_tables import indicator

DECLARED = """\
[municipality]
area_code = "35213"
name = "美祢市"
prefecture = "山口県"

[publication]
publisher = "美祢市"
publisher_url = "https://city.example.jp/"
contact_name = "企画政策課"
contact_email = "kikaku@city.example.jp"
licence = "CC BY 4.0"
base_url = "https://city.example.jp/data/2025/"
landing_page = "https://city.example.jp/opendata/kpi"
dataset_title = "総合計画の目標指標"
dataset_description = "毎年度の実績"
dataset_id = "mine-kpi-{edition}"
keywords = ["総合計画", "目標指標"]
release_date = "2025-06-01"
update_frequency = "年1回"
"""


def made(
    folder: Path,
    text: str,
    origin: Origin | None = None,
    *,
    after: int = 0,
    doubts: tuple[Finding, ...] = (),
) -> Made:
    """The release; ``after``: an earlier edition."""
    place = folder / "35213-mine"
    place.mkdir(exist_ok=True)
    (place / "profile.toml").write_text(text, encoding="utf-8")
    profile = load_profile(place)
    settings = load([packaged_defaults(), place], profile.municipality, profile.publication)
    normalized = Normalized(
        document=Document(sha256="0" * 64, pages=()),
        title="題",
        edition=2025,
        actual_fiscal_year=2024,
        indicators=(indicator(),),
        projects=(),
    )
    validated = Validated(findings=doubts, recomputed=(), summary=())
    earlier = [(structs.replace(normalized, edition=after), validated)] if after else []
    return run(
        normalized,
        validated,
        settings,
        area_code="35213",
        origin=origin or Origin(),
        earlier=earlier,
    )


def json_of(release: Made, name: str):
    return msgspec.json.decode(release.files[name])


def test_what_is_declared_stands_in_every_file_that_has_a_place_for_it(tmp_path: Path) -> None:
    release = made(tmp_path, DECLARED, Origin(url="https://city.example.jp/plan.pdf"))
    package, line = json_of(release, "datapackage.json"), json_of(release, "ckan.jsonl")
    dataset = json_of(release, "data.json")["dataset"]
    (licence,) = package["licenses"]
    assert licence["name"] == dataset["licence"]["id"] == "CC-BY-4.0"
    assert line["license_id"] == "cc-by"
    assert package["title"] == line["title"] == dataset["title"] == "総合計画の目標指標"
    assert package["name"] == line["name"] == dataset["id"] == "mine-kpi-2025"
    assert package["homepage"] == line["url"] == dataset["landing_page"]
    assert package["created"] == "2025-06-01T00:00:00+09:00"
    assert package["sources"][0]["path"] == "https://city.example.jp/plan.pdf"
    publisher, contact = package["contributors"]
    assert publisher["path"] == "https://city.example.jp/"
    assert contact["email"] == line["maintainer_email"] == dataset["contact_email"]
    assert line["resources"][0]["url"] == "https://city.example.jp/data/2025/352136_kpi_2025.csv"
    listed = release.files["opendata_list_row.csv"].decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(listed, newline="")))
    assert row["データセット_連絡先名称"] == "企画政策課"
    assert row["データセット_更新頻度"] == "年1回"
    assert row["データセット_キーワード"] == "総合計画;目標指標"
    assert row["ファイル_ライセンス"] == "CC-BY-4.0"
    assert row["ファイル_ダウンロードURL"].endswith("/352136_kpi_2025.csv")
    table = json_of(release, "estat/getStatsData.json")["GET_STATS_DATA"]["STATISTICAL_DATA"]
    assert table["TABLE_INF"]["OPEN_DATE"] == "2025-06-01"
    metadata = json_of(release, "352136_kpi_2025.csv-metadata.json")
    assert metadata["dc:license"]["@id"].startswith("https://creativecommons.org/licenses/by/4.0")
    notes = dict(
        row[:2]
        for row in openpyxl.load_workbook(io.BytesIO(release.files["data.xlsx"]))["説明"].values
    )
    assert notes["連絡先"] == "企画政策課 kikaku@city.example.jp"
    assert notes["ライセンスのURL"] == licence["path"]
    assert (notes["公開ページ"], notes["更新頻度"]) == (package["homepage"], "年1回")
    assert notes["原資料のURL"] == "https://city.example.jp/plan.pdf"
    cube = json_of(release, "kpi.json-stat.json")
    assert cube["extension"]["dataset"] == dataset
    page = release.files["index.html"].decode()
    for told in ("企画政策課", "kikaku@city.example.jp", licence["path"], package["homepage"]):
        assert told in page
    assert release.findings == ()


def test_what_is_not_declared_is_told_with_its_file_and_line(tmp_path: Path) -> None:
    release = made(tmp_path, DECLARED.partition("publisher_url")[0])
    (found,) = release.findings
    assert (found.rule, found.severity) == ("release.undeclared", "info")
    assert found.subject == "schemas/35213-mine/profile.toml"
    assert found.parameters["line"] == "6"
    assert {"licence", "contact_email", "landing_page"} <= set(found.expected.split(", "))
    package = json_of(release, "datapackage.json")
    assert not {"licenses", "homepage", "created"} & set(package)
    assert json_of(release, "data.json")["dataset"]["licence"] is None
    assert found.rule in {one["rule"] for one in json_of(release, "data.json")["findings"]}


@pytest.mark.parametrize(
    ("name", "after", "told"),
    [
        ("mine-kpi", 2024, ["2024"]),
        ("mine-kpi", 0, []),
        ("mine-kpi-{edition}", 2024, []),
        ("kpi-{code}", 2024, ["2024"]),
    ],
)
def test_a_dataset_id_that_an_earlier_edition_has_is_told(
    name: str, after: int, told: list[str], tmp_path: Path
) -> None:
    release = made(tmp_path, DECLARED.replace("mine-kpi-{edition}", name), after=after)
    assert [found.parameters["edition"] for found in release.findings] == told
    assert {found.rule for found in release.findings} <= {"release.dataset-id-taken"}


def test_the_licence_of_the_origin_file_is_taken_where_the_profile_states_none(
    tmp_path: Path,
) -> None:
    text = DECLARED.replace('licence = "CC BY 4.0"\n', "")
    release = made(tmp_path, text, Origin(licence="クリエイティブ・コモンズ 表示 4.0 国際"))
    assert json_of(release, "data.json")["dataset"]["licence"]["id"] == "CC-BY-4.0"
    assert release.findings == ()


def test_the_title_of_the_origin_file_is_the_document_s(tmp_path: Path) -> None:
    release = made(tmp_path, DECLARED, Origin(title="第二次総合計画"))
    assert json_of(release, "data.json")["document"]["title"] == "第二次総合計画"


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ('"CC BY 4.0"', '"CC-BY-9"', 11),
        ('"kikaku@city.example.jp"', '"kikaku(at)city"', 10),
        ('"2025-06-01"', '"令和7年6月1日"', 18),
        ('"mine-kpi-{edition}"', '"美祢 KPI"', 16),
        ('"https://city.example.jp/"', '"city.example.jp"', 8),
    ],
)
def test_what_is_of_the_wrong_form_is_refused_with_its_line(
    right: str, wrong: str, line: int, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError) as told:
        made(tmp_path, DECLARED.replace(right, wrong, 1))
    assert told.value.parameters["line"] == str(line)
    assert told.value.file.endswith("profile.toml")


def test_a_licence_of_one_s_own_is_taken_with_its_address(tmp_path: Path) -> None:
    own = 'licence = "市の利用規約"\nlicence_url = "https://city.example.jp/terms"'
    release = made(tmp_path, DECLARED.replace('licence = "CC BY 4.0"', own))
    (licence,) = json_of(release, "datapackage.json")["licenses"]
    assert licence == {"title": "市の利用規約", "path": "https://city.example.jp/terms"}


@pytest.mark.parametrize("text", ["CC-BY-4.0", "cc by 4.0", "ＣＣ ＢＹ 4.0", "CC-BY"])
def test_a_licence_is_known_in_every_spelling(text: str, tmp_path: Path) -> None:
    known = load([packaged_defaults()], *_nobody()).licences
    found = find_licence(text, known)
    assert found is not None
    assert found.id == "CC-BY-4.0"


def _nobody():
    from pipeline.settings.profile import Municipality, Publication

    return Municipality(area_code="35213", name=""), Publication()


@pytest.mark.parametrize(
    ("box", "told"),
    [
        ((1.0, 2.0, 3.0, 4.0), "公開を保留している値（X）：4個。"),
        ((100.0, 200.0, 130.0, 240.0), "公開を保留している値（X）：1個。"),
    ],
    ids=["over the values", "beside them, where the paper withholds one"],
)
def test_the_page_says_how_many_values_are_withheld(box, told: str, tmp_path: Path) -> None:
    doubt = Finding(
        rule="reading.leftover-in-table",
        key="k",
        severity="blocker",
        subject="指標",
        page=1,
        box=box,
    )
    page = made(tmp_path, DECLARED, doubts=(doubt,)).files["index.html"].decode()
    assert "読み取りに疑義のある箇所が1件あります。" in page
    assert told in page
