"""``pipeline.read``: a release as typed tables; the examples of the documentation run."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.errors import UsageError
from tests.release.test_metadata import DECLARED, made

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = re.findall(
    r"```python\n(.*?)```", (ROOT / "docs/analysis.md").read_text("utf-8"), re.DOTALL
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("reading")
    for name, data in made(place, DECLARED).files.items():
        path = place / "release" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return place / "release"


def test_every_field_has_its_type_and_signs_stand_apart(folder: Path) -> None:
    values = pipeline.read(folder).values
    assert list(values["value"].iloc[:1]) == [Decimal(10)]
    assert values["value"].iloc[1:].isna().all()
    assert list(values["value_sign"].fillna("")) == ["", "***", "***", "X"]
    assert values["fiscal_year"].dtype == "Int64"
    assert values["id"].dtype == "string"
    assert list(values["local_government_code"].unique()) == ["352136"]


def test_every_cell_is_the_csv_s(folder: Path) -> None:
    release = pipeline.read(folder)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    for resource in package["resources"]:
        frame = getattr(release, resource["name"])
        with (folder / resource["path"]).open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = csv.reader(stream)
        for at, field in enumerate(resource["schema"]["fields"]):
            name = field["title"]
            assert header[at] == field["name"]
            cells = [
                frame[f"{name}_sign"].iloc[place] if pd.isna(value) else _written(value)
                for place, value in enumerate(frame[name])
            ]
            assert cells == [row[at] for row in rows], name


def _written(value: object) -> str:
    text = str(value)
    return {"True": "1", "False": "0"}.get(text, text)


def test_what_is_no_release_or_of_another_format_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        pipeline.read(tmp_path)
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    old = json.dumps({**package, "format_version": "1.0"})
    (tmp_path / "datapackage.json").write_text(old, encoding="utf-8")
    with pytest.raises(UsageError) as told:
        pipeline.read(tmp_path)
    assert told.value.parameters["version"] == "1.0"


@pytest.mark.slow
def test_the_examples_of_the_documentation_run(three_editions: Path) -> None:
    assert len(EXAMPLES) == 3
    shown = [
        subprocess.run(
            [sys.executable, "-c", text],
            cwd=three_editions,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for text in EXAMPLES
    ]
    assert "「魅力の創出・交流」の拡大" in shown[0]
    assert "経常収支比率" in shown[1]
    assert "ほ場整備率" in shown[2]


def test_a_run_does_not_import_what_only_analysts_need() -> None:
    code = "import sys, pipeline, pipeline.cli, pipeline.release; print('pandas' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "False"
