"""Pictures of pages, of damaged ones too."""

from __future__ import annotations

import io
import os
import signal
import time
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from PIL import Image

from pipeline import cli
from pipeline.desk.jobs import run_one
from pipeline.errors import LimitError, ReviewError
from pipeline.extract import guard
from pipeline.model import Box
from pipeline.review import matter, pictures, write
from pipeline.review.write import ReviewFiles
from pipeline.settings.extract import ExtractSettings
from pipeline.show.report import missing_lines
from tests.review.conftest import Town

TOWN = Path(__file__).parent.parent / "data" / "towns" / "circles.pdf"


def sizes(data: bytes) -> list[tuple[int, int]]:
    drawn = msgspec.msgpack.decode(pictures.draw_pages(data, None), type=list[bytes])
    return [Image.open(io.BytesIO(one)).size for one in drawn]


def test_a_page_that_cannot_be_loaded_is_a_blank_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = sizes(TOWN.read_bytes())

    def refuse(*_: object) -> None:
        raise pypdfium2.PdfiumError("Failed to load page.")

    monkeypatch.setattr(pypdfium2.PdfDocument, "get_page", refuse)
    assert sizes(TOWN.read_bytes()) == [(794, 1123)] * len(whole)


@pytest.mark.parametrize("box", [(10, 10, 90, 30), (5000, 10, 6000, 30), (-50, -90, -20, -80)])
def test_a_part_of_a_page_can_be_cut_out_wherever_it_lies(box: Box) -> None:
    drawn = msgspec.msgpack.decode(pictures.draw_pages(TOWN.read_bytes(), None), type=list[bytes])
    cut, size = pictures.Cropper(drawn).crop(1, 595.0, box)
    assert Image.open(io.BytesIO(cut)).size == size >= (1, 1)


# --------------------------------------------------------------------------- missing ones

forks = pytest.mark.skipif(not guard.forks(), reason="children are not copies of the parent")


def drawing(**limits: float) -> pictures.Drawing:
    return pictures.Drawing(TOWN.read_bytes(), ExtractSettings(**limits), None)  # type: ignore[arg-type]


def test_pages_for_which_no_time_is_left_are_not_drawn() -> None:
    none = msgspec.msgpack.decode(
        pictures.draw_pages(TOWN.read_bytes(), None, -1.0), type=list[bytes]
    )
    assert none == [b""] * len(sizes(TOWN.read_bytes()))
    assert not pictures.Cropper(none).has(1)
    assert not pictures.Cropper([]).has(1)


@forks
def test_what_was_drawn_in_time_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_SHARE", 0.0)
    drawn = drawing().drawn(lambda: 3)
    assert drawn.pages == [b""] * 3
    assert drawn.missing is not None
    assert drawn.missing.parameters == {"count": "3", "limit": "180 s"}


def hang(*_: object) -> bytes:
    time.sleep(60)
    return b""


def die(*_: object) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


@forks
@pytest.mark.parametrize(("function", "says"), [(hang, "limit"), (die, "died")])
def test_a_drawing_that_fails_is_told(
    function: object, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "draw_pages", function)
    drawn = drawing(seconds_second=0.3).drawn(lambda: 3)
    assert drawn.pages == []
    assert drawn.missing is not None
    assert says in str(drawn.missing)


@forks
def test_a_run_without_pictures_ends_as_one_with_them(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run_one(town.pdf, town.options, beside=ReviewFiles)
    page = (town.output / "review.html").read_bytes()
    released = town.data()
    (town.output / "4-validate.json").unlink()
    (town.output / "6-review.json").unlink()
    with monkeypatch.context() as patched:
        patched.setattr(pictures, "_SHARE", 0.0)
        lacking = run_one(town.pdf, town.options, beside=ReviewFiles)
    assert (lacking.exit_code, lacking.failure) == (whole.exit_code, None)
    assert town.data() == released
    assert [int(one.exit_code) for one in lacking.missing] == [0]
    assert (town.output / "review.html").stat().st_size < len(page)
    assert (town.output / "review.xlsx").is_file()
    ja, advice = missing_lines(lacking, "ja")
    assert "画像がありません" in ja
    assert "PDF" in advice
    assert '"message_ja"' in cli._json([lacking])
    again = run_one(town.pdf, town.options, beside=ReviewFiles)
    assert again.cached
    assert again.missing == ()
    assert (town.output / "review.html").read_bytes() == page


def test_a_review_page_that_takes_too_long_is_told_and_the_old_one_removed(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forever(*_: object) -> None:
        raise LimitError(limit="120 s")

    monkeypatch.setattr(matter, "matter", forever)
    (town.output / "6-review.json").unlink()
    result = run_one(town.pdf, town.options, beside=ReviewFiles)
    assert (result.exit_code, result.failure) == (1, None)
    assert [one.message for one in result.missing] != [ReviewError.message]
    assert "120 s" in "".join(missing_lines(result, "en"))
    assert not (town.output / "review.html").exists()
    assert (town.output / "release" / "data.json").is_file()


@forks
def test_files_made_beside_the_release_are_those_made_after_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, workbook = ((town.output / name).read_bytes() for name in ("review.html", "review.xlsx"))
    for beside in (True, False):
        monkeypatch.setattr(guard, "two_at_once", lambda beside=beside: beside)
        monkeypatch.setattr(pictures.Drawing, "ready", lambda _: True)
        for name in ("4-validate.json", "5-release.json", "6-review.json"):
            (town.output / name).unlink()
        made: list[object] = []
        monkeypatch.setattr(write.Making, "stop", lambda self, made=made: made.append(self))
        result = run_one(town.pdf, town.options, beside=ReviewFiles)
        assert (result.exit_code, result.missing) == (1, ())
        assert bool(made) is beside
        assert (town.output / "review.html").read_bytes() == page
        assert (town.output / "review.xlsx").read_bytes() == workbook


@forks
def test_a_fault_in_drawing_is_told_after_the_release(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> bytes:
        raise ValueError("no")

    monkeypatch.setattr(guard, "two_at_once", lambda: True)
    monkeypatch.setattr(pictures.Drawing, "ready", lambda _: True)
    monkeypatch.setattr(pictures, "draw_pages", stumble)
    for name in ("4-validate.json", "5-release.json", "6-review.json"):
        (town.output / name).unlink()
    result = run_one(town.pdf, town.options, beside=ReviewFiles)
    assert result.exit_code == 9
    assert (town.output / "5-release.json").is_file()
