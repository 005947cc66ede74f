"""What many documents make: a catalogue, one table, proposals of like indicators."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from pipeline.batch import catalogue, table
from pipeline.batch.compare import (
    Known,
    accept,
    accepted_of,
    asked_for,
    known_indicators,
    proposals,
    read,
)
from pipeline.batch.stores import Store
from pipeline.cache.store import folder_digests
from pipeline.errors import SettingsError, UsageError
from tests.batch.conftest import ROOT, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first document and its next edition, published."""
    destination = tmp_path_factory.mktemp("batch") / "out"
    workspace = tmp_path_factory.mktemp("workspace")
    for edition, source in {
        2025: ROOT / "raw/35213-mine/2025.pdf",
        2026: ROOT / "tests/data/editions/2026.pdf",
    }.items():
        pdf = workspace / "raw" / "35213-mine" / f"{edition}.pdf"
        pdf.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, pdf)
    shutil.copytree(ROOT / "schemas/35213-mine", workspace / "schemas/35213-mine")
    assert run(workspace, str(destination))[0].exit_code in (0, 1)
    store = Store(str(destination))
    catalogue.bring_up_to_date(store)
    table.bring_up_to_date(store, ["35"])
    return destination


def test_the_catalogue_says_the_same_in_every_form(out: Path) -> None:
    rows = json.loads((out / "catalogue.json").read_text("utf-8"))["documents"]
    csv = pd.read_csv(out / "catalogue.csv", dtype=str)
    assert list(csv["edition"]) == [str(row["edition"]) for row in rows]
    dcat = json.loads((out / "catalogue.jsonld").read_text("utf-8"))
    assert [one["dct:identifier"] for one in dcat["dcat:dataset"]] == [
        f"352136-kpi-{row['edition']}" for row in rows
    ]
    for row in rows:
        assert (out / row["folder"] / "data.json").is_file()


def test_the_table_holds_every_released_value(out: Path) -> None:
    rows = json.loads((out / "catalogue.json").read_text("utf-8"))["documents"]
    given = sum(
        len(indicator["values"])
        for row in rows
        for indicator in json.loads((out / row["folder"] / "data.json").read_text("utf-8"))[
            "indicators"
        ]
    )
    frame = pd.read_parquet(out / "table")
    assert len(frame) == given
    assert set(frame["area_code"]) == {"35213"}


def test_the_same_releases_give_the_same_bytes(out: Path) -> None:
    before = folder_digests(out / "table")
    table.bring_up_to_date(Store(str(out)), ["35"])
    assert folder_digests(out / "table") == before


QUERIES = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)


def test_the_readme_shows_three_queries() -> None:
    assert len(QUERIES) == 3


@pytest.mark.parametrize("query", QUERIES)
def test_the_queries_of_the_readme_run(out: Path, query: str, monkeypatch) -> None:
    monkeypatch.chdir(out)
    assert duckdb.sql(query).fetchall()


NAMES = [
    Known(area_code="01100", municipality="甲市", edition=2025, id="a", name="特定健診受診率",
          unit="%", direction="higher"),
    Known(area_code="35213", municipality="乙市", edition=2025, id="b", name="特定健診の受診率",
          unit="%", direction="higher"),
    Known(area_code="35213", municipality="乙市", edition=2025, id="c", name="特定健診受診率",
          unit="人", direction="higher"),
    Known(area_code="35213", municipality="乙市", edition=2025, id="d", name="ごみ排出量",
          unit="%", direction="higher"),
]  # fmt: skip


def test_only_like_names_of_one_unit_and_direction_are_proposed() -> None:
    found = proposals(NAMES[0], NAMES)
    assert [(one.known.id, one.accepted) for one in found] == [("a", False), ("b", False)]
    assert found[0].score == 100 > found[1].score >= 80


@pytest.mark.parametrize(("wanted", "found"), [("a", "a"), ("ごみ排出量", "d")])
def test_an_indicator_is_meant_by_its_id_or_name(wanted: str, found: str) -> None:
    assert asked_for(wanted, NAMES).id == found


@pytest.mark.parametrize("wanted", ["無い指標", "特定健診受診率"])
def test_a_name_that_means_none_or_several_is_refused(wanted: str) -> None:
    with pytest.raises(UsageError):
        asked_for(wanted, NAMES)


def test_nothing_is_linked_but_what_was_accepted(tmp_path: Path) -> None:
    file = tmp_path / "schemas" / "concordance.csv"
    file.parent.mkdir()
    found = proposals(NAMES[0], NAMES)
    with pytest.raises(UsageError):
        accept(file, "特定健診受診率", ["d"], found, "企画課")
    assert not file.exists()
    accept(file, "特定健診受診率", ["b"], found, "企画課")
    assert accept(file, "特定健診受診率", ["b", "a"], found, "企画課") == [NAMES[0]]
    rows = read(file)
    assert [(row["indicator_id"], row["who"]) for row in rows] == [("a", "企画課"), ("b", "企画課")]
    accepted = accepted_of(rows, "特定健診受診率")
    assert [one.accepted for one in proposals(NAMES[0], NAMES, accepted)] == [True, True]
    file.write_text("a,b\n")
    with pytest.raises(SettingsError):
        read(file)


def test_the_newest_edition_of_a_city_is_compared(out: Path) -> None:
    known = known_indicators(Store(str(out)))
    newest = max(edition for _, edition in Store(str(out)).markers())
    assert {one.edition for one in known} == {newest}
