"""Which documents a batch runs, and what is wrong with a manifest, said before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch.sources import ManifestError, Source, find_sources
from pipeline.errors import UsageError
from tests.batch.conftest import AREAS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("35213-mine/2024.pdf", "35213-mine/2025.pdf", "report.pdf", "notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"%PDF-1.7")
    return tmp_path


def shown(sources: list[Source], folder: Path) -> list[tuple[str, str, int | None]]:
    start = f"file://{folder}/"
    return [(one.address.removeprefix(start), one.area, one.edition) for one in sources]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", [("35213-mine/2024.pdf", "35213", 2024), ("35213-mine/2025.pdf", "35213", 2025),
              ("report.pdf", "", None)]),
        ("*/2025.pdf", [("35213-mine/2025.pdf", "35213", 2025)]),
        ("report.pdf", [("report.pdf", "", None)]),
    ],
    ids=["folder", "pattern", "file"],
)  # fmt: skip
def test_addresses_name_documents(folder: Path, given: str, expected: object) -> None:
    assert shown(find_sources([f"{folder}/{given}"], AREAS), folder) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("head", ["area,edition,path", "ファイル,年度,団体コード,備考"])
def test_a_manifest_is_read_however_excel_saved_it(folder: Path, head: str, encoding: str) -> None:
    values = {"area": "352136", "団体コード": "35213", "edition": "2030", "年度": "2030"}
    row = ",".join(values.get(name, "report.pdf") for name in head.split(","))
    (folder / "list.csv").write_bytes(f"{head}\r\n{row}\r\n\r\n".encode(encoding))
    (source,) = find_sources([str(folder / "list.csv")], AREAS)
    assert shown([source], folder) == [("report.pdf", "35213", 2030)]
    assert (source.manifest, source.line) == (str(folder / "list.csv"), 2)


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["area,path", "35213,report.pdf"], 1),
        (["area,edition,path", "35213,2025,report.pdf", "35999,2025,report.pdf"], 3),
        (["area,edition,path", "3521,2025,report.pdf"], 2),
        (["area,edition,path", "35213,令和7年度,report.pdf"], 2),
        (["area,edition,path", "35213,2025,gone.pdf"], 2),
        (["area,edition,path", "35213,2025,report.pdf", "35213,2026,report.pdf"], 3),
        (["area,edition,path", "35213,2025,report.pdf", "35213,2025,35213-mine/2025.pdf"], 3),
    ],
    ids=["a column is missing", "no such area", "no code", "no year", "no file", "a file twice",
         "an edition twice"],
)  # fmt: skip
def test_a_wrong_line_is_named(folder: Path, lines: list[str], line: int) -> None:
    (folder / "list.csv").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ManifestError) as told:
        find_sources([str(folder / "list.csv")], AREAS)
    assert (told.value.file, told.value.parameters["line"]) == (str(folder / "list.csv"), str(line))


@pytest.mark.parametrize("given", ["gone.pdf", "*.docx", "empty", "gone.csv"])
def test_an_address_without_documents_is_refused(folder: Path, given: str) -> None:
    (folder / "empty").mkdir()
    with pytest.raises(UsageError):
        find_sources([f"{folder}/{given}"], AREAS)


def test_a_store_of_an_unknown_kind_says_what_is_missing() -> None:
    with pytest.raises(UsageError, match="cannot be read here"):
        find_sources(["nokind://bucket/raw"], AREAS)
