"""A batch that is disturbed gives what an undisturbed one gives: ``benchmarks/scale.py``, small.

With a cluster whose scheduler is killed, and with many documents: ``make scale``; what the executor
does when a part of its cluster dies is in ``test_stores.py``.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import s3fs

from benchmarks.scale import disturbed
from pipeline.settings.files import layers
from pipeline.settings.municipalities import load_municipalities

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "tests" / "data" / "generate" / "fixed"
COUNT = 5


@pytest.fixture(autouse=True)
def own_store() -> Iterator[None]:
    """No connection to a store is kept that another test has opened, or that has ended."""
    s3fs.S3FileSystem.clear_instance_cache()
    yield
    s3fs.S3FileSystem.clear_instance_cache()


def test_killed_workers_and_refused_writes_leave_no_trace(tmp_path, monkeypatch) -> None:
    for name in ("ENDPOINT_URL", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "DEFAULT_REGION"):
        monkeypatch.setenv(f"AWS_{name}", "")  # set by the benchmark; taken back after the test
    folder = tmp_path / "cities"
    reports = sorted(REPORTS.glob("*.pdf"))[:COUNT]
    areas = sorted(load_municipalities(layers(ROOT / "tests", None)))
    for area, report in zip(areas, reports, strict=False):
        edition = json.loads(report.with_suffix(".json").read_text("utf-8"))["document"]["edition"]
        path = folder / "raw" / area / f"{edition}.pdf"
        path.parent.mkdir(parents=True)
        shutil.copy(report, path)
    (folder / "schemas").mkdir()
    rows = list(disturbed(folder, COUNT, 2, None))
    assert len(rows) == 2
    assert all("all alike" in row and row.endswith(f"| {COUNT} |") for row in rows)
    assert "refused 0 writes" not in rows[-1]
