"""Pages that are pictures: what character recognition reads, and that none of it is certain."""

from __future__ import annotations

import io
import json
import math
from pathlib import Path

import pypdfium2
import pytest

from pipeline import extract
from pipeline.cache.store import read_artefact
from pipeline.chain import unfinished
from pipeline.desk.jobs import Options, Result, run_one
from pipeline.extract.ocr import engine
from pipeline.japanese.same_reading import same_reading
from pipeline.model import Box, Extracted, Normalized
from pipeline.settings.extract import ExtractSettings, load
from pipeline.show import inspect
from tests.data.scans import Manner, scanned

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "data"
REPORT = ROOT / "raw" / "35213-mine" / "2025.pdf"

recognising = pytest.mark.skipif(
    not engine.installed(), reason="character recognition (extra ocr) is not installed"
)


@pytest.fixture(scope="module")
def packaged() -> ExtractSettings:
    return load([ROOT / "schemas" / "default"], {})


@pytest.fixture(scope="module")
def written(packaged: ExtractSettings) -> Extracted:
    return extract.run(REPORT, packaged, second="never")


def joined(*parts: bytes) -> bytes:
    whole = pypdfium2.PdfDocument.new()
    for part in parts:
        whole.import_pages(pypdfium2.PdfDocument(part))
    output = io.BytesIO()
    whole.save(output)
    return output.getvalue()


def pages_of(data: bytes, *numbers: int) -> bytes:
    part = pypdfium2.PdfDocument.new()
    part.import_pages(pypdfium2.PdfDocument(data), [number - 1 for number in numbers])
    output = io.BytesIO()
    part.save(output)
    return output.getvalue()


def middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def texts(extracted: Extracted, page: int) -> list[list[tuple[int, int, str]]]:
    return [
        [(cell.row, cell.column, cell.text) for cell in table.cells]
        for table in extracted.tables
        if table.page == page
    ]


def figures(extracted: Extracted, page: int) -> list[list[tuple[int, int, str]]]:
    return [
        [(row, column, text) for row, column, text in table if text.replace(",", "").isdigit()]
        for table in texts(extracted, page)
    ]


@recognising
@pytest.mark.slow
@pytest.mark.parametrize(
    "manner",
    [
        Manner(200),
        Manner(300, tilt=-1.2, noise=8),
        Manner(200, tilt=0.7, noise=6, quality=70, uneven=True),
    ],
    ids=["clean", "tilted", "photographed"],
)
def test_a_scanned_page_gives_the_tables_and_figures_that_its_text_gives(
    manner: Manner, written: Extracted, packaged: ExtractSettings
) -> None:
    read = extract.run(scanned(REPORT.read_bytes(), manner, [6]), packaged, second="never")
    assert figures(read, 1) == figures(written, 6)
    assert {(table.method, table.reader) for table in read.tables} == {("ocr", engine.NAME)}
    pairs = [
        (cell.text, other.text)
        for table, same in zip(
            read.tables, [one for one in written.tables if one.page == 6], strict=True
        )
        for cell, other in zip(table.cells, same.cells, strict=True)
    ]
    assert sum(same_reading(first, second) for first, second in pairs) >= 0.9 * len(pairs)


@recognising
@pytest.mark.slow
def test_places_on_a_tilted_page_are_those_of_the_paper(
    packaged: ExtractSettings,
) -> None:
    level, tilted = (
        extract.run(scanned(REPORT.read_bytes(), Manner(150, tilt=tilt), [6]), packaged)
        for tilt in (0.0, 2.0)
    )
    width, height = tilted.document.pages[0].width, tilted.document.pages[0].height
    for there, here in ((tilted.tables[0], level.tables[0]), (tilted.tables[-1], level.tables[-1])):
        for cell, fellow in ((there.cells[0], here.cells[0]), (there.cells[-1], here.cells[-1])):
            (x, y), (across, down) = middle(cell.box), middle(fellow.box)
            across, down = across - width / 2, down - height / 2
            turn = math.radians(2.0)
            wanted = (
                width / 2 + across * math.cos(turn) + down * math.sin(turn),
                height / 2 - across * math.sin(turn) + down * math.cos(turn),
            )
            assert (x, y) == pytest.approx(wanted, abs=2)


@recognising
@pytest.mark.slow
def test_no_value_of_a_scan_is_released_until_a_person_has_looked(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(REPORT.read_bytes(), Manner(200), [6]))
    result, data = run(path, tmp_path)
    assert result.exit_code == 1
    values = [value for one in data["indicators"] for value in one["values"]]
    assert len(data["indicators"]) == 11
    assert values
    assert all(value["value"] is None for value in values)
    assert all("reading.by-ocr" in one["doubts"] for one in data["indicators"])
    rules = {one["rule"] for one in data["findings"] if one["severity"] == "error"}
    assert rules == set()


@recognising
@pytest.mark.slow
def test_a_whole_scanned_report_gives_its_indicators_and_figures(tmp_path: Path) -> None:
    found: list[set[tuple[str, str, str]]] = []
    for name in ("circles", "circles-scan"):
        made = run(DATA / "towns" / f"{name}.pdf", tmp_path / name)[0]
        normalized = read_artefact(Path(made.output) / "3-normalize.json", Normalized)
        assert normalized is not None
        assert len(normalized.indicators) == 36
        found.append(
            {
                (one.name, seen.kind, str(seen.value.number))
                for one in normalized.indicators
                for seen in one.observations
                if seen.value.number is not None
            }
        )
    written, read = found
    known = {name for name, _, _ in written}
    assert sum(name in known for name, _, _ in read) >= 0.95 * len(read)
    assert {one for one in read if one[0] in known} <= written


@recognising
def test_the_scanned_pages_of_a_mixed_document_are_named(packaged: ExtractSettings) -> None:
    report = REPORT.read_bytes()
    mixed = joined(pages_of(report, 5), scanned(report, Manner(150), [6]), pages_of(report, 7))
    read = extract.run(mixed, packaged)
    assert {table.page for table in read.tables if table.method == "ocr"} == {2}
    assert [table.page for table in read.tables] == sorted(table.page for table in read.tables)
    assert {one.page for one in read.remarks if one.rule == "reading.by-ocr"} == {2}
    assert inspect.pictures(read) == [{"page": 2, "kind": "scan", "recognised": True}]


def test_without_recognition_the_scanned_pages_of_a_mixed_document_are_named(
    packaged: ExtractSettings,
) -> None:
    report = REPORT.read_bytes()
    mixed = joined(pages_of(report, 5), scanned(report, Manner(100), [6]))
    read = extract.run(mixed, packaged, second="never", ocr=False)
    assert [(one.rule, one.page) for one in read.remarks] == [("reading.scanned-page", 2)]
    assert inspect.tables_json(read)["pictures"] == [
        {"page": 2, "kind": "scan", "recognised": False}
    ]
    told = inspect.pictures_text(read, None, "en")
    assert told.startswith("Page 2 is a picture without text")


def run(path: Path, folder: Path, **options: object) -> tuple[Result, dict]:
    given = Options(
        workspace=str(folder),
        output=str(folder / "out"),
        area="35213",
        edition=2025,
        second_reader="never",
        **options,  # type: ignore[arg-type]
    )
    result = run_one(path, given)
    data = folder / "out" / "release" / "data.json"
    return result, json.loads(data.read_text(encoding="utf-8")) if data.is_file() else {}


@pytest.mark.parametrize(
    ("installed", "ocr", "advice"),
    [(False, True, "pip install 'shihyo[ocr]'"), (True, False, "without --no-ocr")],
)
def test_a_scan_that_is_not_read_says_what_to_do(
    installed: bool, ocr: bool, advice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "installed", lambda: installed)
    monkeypatch.setattr(engine, "installed", lambda: installed)
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(REPORT.read_bytes(), Manner(72), [6]))
    result, _ = run(path, tmp_path, ocr=ocr)
    assert result.exit_code == 5
    assert result.failure is not None
    assert result.failure.message.startswith("The document is a scan")
    assert advice in result.failure.advice


@recognising
def test_recognition_that_fails_is_a_doubt_and_tried_again(
    packaged: ExtractSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.extract import scans

    def stumble(*_: object) -> bytes:
        raise ValueError("secret")

    monkeypatch.setattr(scans, "read_encoded", stumble)
    read = extract.run(DATA / "difficulties" / "image-only.pdf", packaged)
    (told,) = [one for one in read.remarks if one.rule == "reading.ocr-failed"]
    assert "secret" not in str(told)
    assert unfinished(read) == {"unfinished": "reading.ocr-failed"}
    assert not inspect.pictures(read)[0]["recognised"]


@recognising
def test_a_picture_without_a_table_is_told_and_is_no_indicator_table(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    text = DATA / "tableless" / "chromium-ruby.pdf"
    path.write_bytes(scanned(text.read_bytes(), Manner(150), [1]))
    result, _ = run(path, tmp_path)
    assert result.exit_code == 5
    assert result.failure is not None
    assert "character recognition found no table" in result.failure.message


@pytest.mark.parametrize("name", ["reading.by-ocr", "reading.ocr-failed"])
def test_what_recognition_tells_holds_back(name: str) -> None:
    from pipeline.validate.catalogue import rule_of

    assert rule_of(name).severity == "blocker"


@recognising
def test_a_scan_without_a_table_says_so(tmp_path: Path, packaged: ExtractSettings) -> None:
    pdf = tmp_path / "letter.pdf"
    pdf.write_bytes(scanned((DATA / "tableless" / "reportlab-ruby.pdf").read_bytes(), Manner(150)))
    read = extract.run(pdf, packaged, second="never")
    assert [one.rule for one in read.remarks if one.rule.startswith("reading.scanned")] == [
        "reading.scanned-without-table"
    ]
