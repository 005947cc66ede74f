"""A damaged file is a doubt about all that it says."""

from __future__ import annotations

import io
import json
import zlib
from pathlib import Path

import pypdfium2
import pytest

from pipeline.desk.jobs import Options, run_one
from pipeline.extract.integrity import damage_of
from pipeline.extract.page_tables import PageTables
from pipeline.extract.pdf.primitives import Page
from pipeline.extract.read import read
from pipeline.extract.remarks import page_remarks
from pipeline.model import Cell, Table
from pipeline.settings.extract import ExtractSettings

ROOT = Path(__file__).parent.parent.parent
REPORT = ROOT / "raw" / "35213-mine" / "2025.pdf"
FIXTURES = sorted((ROOT / "tests" / "data").rglob("*.pdf"))


def told(data: bytes) -> dict[str, str]:
    return {name: value for one in damage_of(data) for name, value in one.parameters.items()}


def test_no_file_that_a_producer_wrote_is_taken_for_damaged() -> None:
    assert len(FIXTURES) > 150
    assert [path.name for path in FIXTURES if told(path.read_bytes())] == []


def stream(data: bytes, content: str) -> int:
    """Where the first compressed stream that holds some text begins."""
    at = 0
    while True:
        at = data.index(b"stream\n", at + 1) + 7
        try:
            if content.encode() in zlib.decompress(data[at:]):
                return at
        except zlib.error:
            continue


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]


@pytest.mark.parametrize("content", ["beginbfchar", "BT"])
def test_a_bit_that_was_flipped_in_a_stream_is_noticed(content: str) -> None:
    data = REPORT.read_bytes()
    at = stream(data, content)
    for step in (20, 60, 150):
        (remark,) = damage_of(flipped(data, at + step))
        assert (remark.rule, remark.parameters["streams"]) == ("reading.damaged-file", "1")


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:20_000] + data[20_100:],
        lambda data: data[:20_000] + data[19_000:],
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b" 595", b" 99999999", 1),
    ],
    ids=["cut out", "doubled", "cut short", "longer number"],
)
def test_parts_that_do_not_stand_where_they_should_are_noticed(change) -> None:
    assert told(change(REPORT.read_bytes()))


@pytest.mark.parametrize("before", [b"", b"\r\n\r\n", b"From: somebody\n"])
def test_bytes_before_a_file_are_no_damage(before: bytes) -> None:
    for name in ("towns/circles.pdf", "producers/reportlab-ttf.pdf", "producers/typst.pdf"):
        data = (ROOT / "tests" / "data" / name).read_bytes()
        assert told(before + data) == {}


@pytest.mark.parametrize("place", [10**3, 10**12, 10**30])
def test_a_table_beyond_the_end_of_the_file_is_damage(place: int) -> None:
    assert told(b"%%PDF-1.7\nstartxref\n%d\n%%%%EOF" % place) == {"streams": "0", "objects": "1"}


def test_a_bomb_is_not_unpacked_to_its_end() -> None:
    packed = zlib.compress(bytes(600_000_000), 9)
    data = b"%PDF-1.7\n1 0 obj\n<</Filter /FlateDecode>>\nstream\n" + packed + b"\nendstream\n"
    assert told(data + b"startxref\n9\n%%EOF") == {}


@pytest.mark.slow
def test_no_value_of_a_damaged_file_is_released(tmp_path: Path) -> None:
    data = REPORT.read_bytes()
    path = tmp_path / "report.pdf"
    path.write_bytes(flipped(data, stream(data, "beginbfchar") + 60))
    options = Options(
        workspace=str(tmp_path),
        output=str(tmp_path / "out"),
        area="35213",
        edition=2025,
        second_reader="never",
    )
    result = run_one(path, options)
    assert result.exit_code in {1, 5}
    made = tmp_path / "out" / "release" / "data.json"
    if result.exit_code == 1:
        content = json.loads(made.read_text(encoding="utf-8"))
        assert content["indicators"]
        assert all(v["value"] is None for one in content["indicators"] for v in one["values"])
        assert not [one for one in content["findings"] if one["severity"] == "error"]


# --------------------------------------------------------------------------- text that lies


def remarks_of(data: bytes) -> set[str]:
    return {one.rule for one in read(data, ExtractSettings(), None).extracted.remarks}


def with_media_box(data: bytes, box: list[float]) -> bytes:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_mediabox(*box)
        page.set_cropbox(*box)
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


@pytest.mark.parametrize(("right", "cut"), [(841.9, False), (612.0, True), (520.0, True)])
def test_figures_that_go_on_beyond_the_edge_are_doubted(right: float, cut: bool) -> None:
    data = (ROOT / "tests" / "data" / "towns" / "two-level-writer.pdf").read_bytes()
    rules = remarks_of(with_media_box(data, [0, 0, right, 595.3]))
    assert ("reading.cut-by-edge" in rules) == cut


@pytest.mark.parametrize(
    ("texts", "doubted"),
    [
        (("指標名", "基準値", "図書館の来館者数", "新規就農者数", "実績"), False),
        (("髙槻市", "廿日市市", "枚方市", "匝瑳市", "彌彦"), False),
        (("⻑⽬標", "⾼齢者の⼈⼝", "⺠⽣委員"), False),
        (("Number of visitors", "Zahl", "Ω", "㎡", "千円"), False),
        (("׸きࣣൎ", "آچ資の化", "˺のの成", "ൎࣣ"), True),
        (("狜貰牉湮", "蹇噉朸", "剪濔鑛"), True),
        (("指标达成", "实绩产业", "设备费"), True),
    ],
)
def test_letters_that_japanese_is_not_written_with_are_doubted(
    texts: tuple[str, ...], doubted: bool
) -> None:
    cells = tuple(
        Cell(row=row, column=0, box=(0, row, 9, row + 1), text=text)
        for row, text in enumerate(texts)
    )
    table = Table(page=1, box=(0, 0, 9, 9), cells=cells)
    page = Page(1, 100, 100, 0, [], [], [], [], [], [])
    rules = {one.rule for one in page_remarks(page, PageTables([table], [], []))}
    assert ("reading.unlikely-text" in rules) == doubted
