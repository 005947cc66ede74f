"""A damaged file is a doubt about all that it says."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import pytest

from pipeline.desk.jobs import Options, run_one
from pipeline.extract.integrity import damage_of

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
        assert told(flipped(data, at + step))["streams"] == "1"


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
