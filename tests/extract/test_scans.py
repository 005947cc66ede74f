"""Pages that are pictures: what character recognition reads, and what of it is certain."""

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
from pipeline.extract.ocr import engine, ink_of_figures, scan, second
from pipeline.extract.ocr.ink_of_figures import Cleared, Usual
from pipeline.extract.ocr.picture import lonely, strays_of
from pipeline.extract.ocr.shapes_of_digits import digit_in, odd_ones
from pipeline.extract.ocr.stamps import stamps_of
from pipeline.extract.pdf.digit_shapes import SHAPES, SIDE
from pipeline.extract.pdf.primitives import Rule
from pipeline.japanese.same_reading import same_reading
from pipeline.model import Box, Extracted, Normalized
from pipeline.settings.extract import ExtractSettings, load
from pipeline.show import inspect
from tests.data.scans import Manner, scanned

ROOT = Path(__file__).parent.parent.parent
DATA = ROOT / "tests" / "data"
REPORT = ROOT / "raw" / "35213-mine" / "2025.pdf"
PAPER = DATA / "difficulties" / "overflowing-name.pdf"
"""A small table on one page."""

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
        Manner(300, tilt=-1.2, noise=8),
        Manner(200, tilt=0.7, noise=6, quality=70, uneven=True),
    ],
    ids=["tilted", "photographed"],
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


@pytest.fixture(scope="module")
def level(packaged: ExtractSettings) -> Extracted:
    """What is read of a small scan that lies straight."""
    return extract.run(scanned(PAPER.read_bytes(), Manner(150)), packaged, second="never")


@recognising
@pytest.mark.slow
def test_places_on_a_tilted_page_are_those_of_the_paper(
    level: Extracted, packaged: ExtractSettings
) -> None:
    pdf = scanned(PAPER.read_bytes(), Manner(150, tilt=2.0))
    tilted = extract.run(pdf, packaged, second="never")
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
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_or_head_is_read_upright_and_keeps_its_places(
    turn: int, level: Extracted, packaged: ExtractSettings
) -> None:
    pdf = scanned(PAPER.read_bytes(), Manner(150, turn=turn))
    other = extract.run(pdf, packaged, second="never")
    assert figures(other, 1) == figures(level, 1)
    assert sum(map(len, figures(level, 1))) == 4
    width, height = level.document.pages[0].width, level.document.pages[0].height
    for table, fellow in zip(other.tables, level.tables, strict=True):
        x, y = middle(fellow.cells[-1].box)
        wanted = {90: (y, width - x), 180: (width - x, height - y), 270: (height - y, x)}[turn]
        assert middle(table.cells[-1].box) == pytest.approx(wanted, abs=2)


def values_of(data: dict) -> dict[tuple[str, str, int | None, str | None], str | None]:
    return {
        (one["id"], value["kind"], value["fiscal_year"], value["part"]): value["value"]
        for one in data["indicators"]
        for value in one["values"]
    }


@recognising
@pytest.mark.slow
@pytest.mark.parametrize("manner", [Manner(200), Manner(200, stamp=True)], ids=["clean", "stamp"])
def test_only_figures_that_both_engines_read_alike_are_released(
    manner: Manner, tmp_path: Path
) -> None:
    for name, pdf in (
        ("written", pages_of(REPORT.read_bytes(), 6)),
        ("scanned", scanned(REPORT.read_bytes(), manner, [6])),
    ):
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
    wanted = values_of(run(tmp_path / "written.pdf", tmp_path / "written")[1])
    result, data = run(tmp_path / "scanned.pdf", tmp_path / "scanned")
    assert result.exit_code == 1
    assert len(data["indicators"]) >= 11  # the lines of a stamp part rows
    assert all("reading.by-ocr" in one["doubts"] for one in data["indicators"])
    assert not [one for one in data["findings"] if one["severity"] == "error"]
    released = {key: value for key, value in values_of(data).items() if value is not None}
    assert released.items() <= wanted.items()
    if second.installed():
        assert len(released) >= 0.8 * sum(one is not None for one in wanted.values())
    else:
        assert not released


@recognising
def test_without_the_second_engine_nothing_is_certain(
    packaged: ExtractSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.extract import scans

    monkeypatch.setattr(scans, "installed", lambda: False)
    read = extract.run(scanned(PAPER.read_bytes(), Manner(150)), packaged, second="never")
    assert read.tables
    assert not any(cell.sure for table in read.tables for cell in table.cells)


def drawn(
    text: str, *strokes: tuple[int, int, int, int], pale: int = 0, full: bool = False
) -> tuple[Cleared, tuple[int, int, int, int]]:
    """A figure drawn with rectangles for its digits and marks, and further strokes."""
    np = pytest.importorskip("numpy")
    grey = np.full((120, 600), 255, np.uint8)
    x = 100
    for one in text:
        if one in ".,":
            grey[74 : 80 if one == "." else 86, x : x + 6] = 0
            x += 14
        elif one == "-":
            grey[58:62, x : x + 16] = 0
            x += 24
        else:
            grey[40:80, x : x + 20] = 0
            x += 56 if full else 30
    right = int(np.flatnonzero((grey < 255).any(axis=0))[-1]) + 1
    for left, top, end, bottom in strokes:
        grey[top:bottom, left:end] = pale
    return Cleared(grey, np.zeros_like(grey)), (100, 40, right, 86 if "," in text else 80)


@recognising
@pytest.mark.parametrize(
    ("text", "ink", "strokes", "clean"),
    [
        ("118", "118", [], True),
        ("1,234", "1,234", [], True),
        ("12.5", "12.5", [], True),
        ("-12", "-12", [], True),
        ("118", "18", [], False),  # a digit that has no ink
        ("11.8", "118", [], False),  # a point that has none
        ("118", "11.8", [], False),  # a point that was not read
        ("1,234", "1.234", [], False),
        ("12.5", "12,5", [], False),
        ("1.234", "1.234", [], False),  # a comma and a point look alike here
        ("118", "118", [(95, 58, 200, 62)], False),  # struck out
        ("118", "118", [(140, 10, 146, 110)], False),  # a line across it
        ("118", "118", [(184, 30, 189, 100)], False),  # a line beside it
        ("118", "118", [(142, 44, 144, 46)], True),  # dirt
        ("全員", "118", [], False),
    ],
)
def test_a_figure_is_certain_only_if_its_ink_is_its_own(
    text: str, ink: str, strokes: list[tuple[int, int, int, int]], clean: bool
) -> None:
    page, box = drawn(ink, *strokes)
    assert ink_of_figures.is_clean(text, page, box, None) == clean


@recognising
def test_a_figure_paler_or_higher_than_the_others_is_not_certain() -> None:
    page, box = drawn("118")
    assert ink_of_figures.is_clean("118", page, box, Usual(40, 0))
    assert not ink_of_figures.is_clean("118", page, box, Usual(20, 0))
    assert not ink_of_figures.is_clean("118", page, box, Usual(70, 0))
    pale, _ = drawn("118", (100, 40, 120, 80), (130, 40, 150, 80), (160, 40, 180, 80), pale=90)
    assert not ink_of_figures.is_clean("118", pale, box, Usual(40, 0))
    one, _ = drawn("118", (100, 40, 120, 80), pale=90)
    assert not ink_of_figures.is_clean("118", one, box, Usual(40, 0))


@recognising
@pytest.mark.parametrize(
    ("spot", "alone"),
    [
        ((), True),
        ((300, 60, 320, 80), False),
        ((300, 60, 303, 63), True),
        ((110, 14, 118, 24), False),
    ],
)
def test_a_figure_is_certain_only_if_nothing_else_is_in_its_cell(
    spot: tuple[int, ...], alone: bool
) -> None:
    page, box = drawn("118", *([spot] if spot else []))
    assert ink_of_figures.is_alone(page, (60, 10, 400, 110), box) == alone


def rules(*ends: tuple[float, float, float]) -> list[Rule]:
    return [Rule(at, start, end) for at, start, end in ends]


@recognising
@pytest.mark.parametrize(
    ("lying", "stray"),
    [
        ((50, 0, 300), False),  # from side to side
        ((50, 0, 100), False),  # a merged cell begins
        ((50, 60, 140), True),  # a line of a stamp
        ((50, 130, 170), False),  # crosses nothing
    ],
)
def test_lines_that_end_at_no_rule_are_none_of_the_table(
    lying: tuple[float, float, float], stray: bool
) -> None:
    standing = rules((0, 0, 100), (100, 0, 100), (200, 0, 100), (300, 0, 100))
    edges = rules((0, 0, 300), (100, 0, 300), lying)
    assert bool(strays_of(edges, standing)) == stray


@recognising
@pytest.mark.parametrize(
    ("standing", "alone"),
    [
        ((150, 20, 80), True),  # strokes of letters below each other
        ((150, 0, 80), False),  # from a rule
        ((150, -50, 150), False),  # across all
    ],
)
def test_upright_lines_that_meet_no_rule_are_letters(
    standing: tuple[float, float, float], alone: bool
) -> None:
    edges = rules((0, 0, 300), (100, 0, 300))
    assert bool(lonely(rules(standing), edges)) == alone
    assert not lonely(rules(standing), [])


@recognising
def test_the_feet_and_heads_of_other_lines_are_none_of_a_line() -> None:
    np = pytest.importorskip("numpy")
    ink = np.zeros((100, 200), np.uint8)
    ink[10:36, 20:180] = ink[40:76, 20:180] = ink[80:99, 20:180] = 255
    cut = scan._Piece(20, 30, 180, 86)  # as the finder of lines gave it
    assert scan._whole_line(ink, cut) == (20, 40, 180, 76)
    ink[:36] = ink[80:] = 0
    ink[80:86, 20:26] = 255  # the dot of a letter ends within
    assert scan._whole_line(ink, scan._Piece(20, 40, 180, 86)) == (20, 40, 180, 86)


@recognising
@pytest.mark.parametrize(
    ("shape", "grey", "is_stamp"),
    [
        ("ring", 95, True),
        ("parted ring", 95, True),
        ("arc", 95, False),
        ("ring", 10, False),
        ("cross", 95, False),
        ("frame", 95, False),
    ],
    ids=[
        "a pale ring",
        "a pale ring that rules part and take in part",
        "a pale arc",
        "a ring as dark as the text",
        "a cross",
        "a frame",
    ],
)
def test_the_ring_of_a_stamp_is_told_from_text_and_other_drawings(
    shape: str, grey: int, is_stamp: bool
) -> None:
    cv2, np = pytest.importorskip("cv2"), pytest.importorskip("numpy")
    picture = np.full((900, 900), 255, np.uint8)
    if "ring" in shape:
        cv2.circle(picture, (500, 400), 150, grey, 8)
    if shape == "arc":
        cv2.ellipse(picture, (500, 400), (150, 150), 0, 20, 140, grey, 8)
    if shape == "cross":
        cv2.line(picture, (350, 250), (650, 550), grey, 8)
        cv2.line(picture, (650, 250), (350, 550), grey, 8)
    if shape == "frame":
        cv2.rectangle(picture, (350, 250), (650, 550), grey, 8)
    for x in range(40, 860, 60):
        cv2.putText(picture, "8", (x, 430), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 5)
    ink = np.where(picture < 200, 255, 0).astype(np.uint8)
    whole = ink.copy()
    if shape == "parted ring":
        for rows, columns in ((slice(330, 350), slice(0, 900)), (slice(350, 520), slice(340, 365))):
            picture[rows, columns], ink[rows, columns] = 255, 0
    found = stamps_of(picture, ink, whole, 300 / 72)
    assert bool(found.any()) is is_stamp
    assert not (found[picture == 0]).any()
    assert not is_stamp or (found[picture == grey] > 0).mean() > 0.85


@recognising
@pytest.mark.parametrize(
    ("readings", "says"),
    [
        ({48: "32"}, True),
        ({48: "82", 36: "32", 64: "32"}, True),
        ({48: "82", 36: "32", 64: "82"}, False),
        ({48: "", 36: "82", 64: "82"}, False),
    ],
    ids=["at once", "anew, twice", "anew, once", "never"],
)
def test_the_second_engine_may_read_a_figure_anew_but_then_twice_alike(
    readings: dict[int, str], says: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    np = pytest.importorskip("numpy")
    engine_ = second.SecondEngine()
    monkeypatch.setattr(engine_, "_figure", lambda _picture, pixels: readings[pixels])
    picture = np.full((30, 40), 255, np.uint8)
    assert scan._says(engine_, "32", engine_.figures([picture])[0], picture) is says


@recognising
def test_a_digit_drawn_otherwise_than_the_others_of_the_page_is_not_certain() -> None:
    np = pytest.importorskip("numpy")
    grey = np.full((40, 40), 255, np.uint8)
    grey[5:35, 10:14] = grey[5:35, 26:30] = grey[5:9, 10:30] = grey[31:35, 10:30] = 0
    box = digit_in(grey, "0", (10, 5, 30, 35))
    ring = grey.copy()
    for rows in (slice(5, 9), slice(31, 35)):
        for columns in (slice(10, 14), slice(26, 30)):
            ring[rows, columns] = 255
    nought = digit_in(ring, "0", (10, 5, 30, 35))
    struck = ring.copy()
    struck[19:21, 9:31] = 0
    through = digit_in(struck, "0", (9, 5, 31, 35))
    assert odd_ones([nought] * 5 + [through]) == [False] * 5 + [True]
    assert odd_ones([box] * 6) == [True] * 6  # stands for a character that a font does not have


def common_digit(kind: str, width: int, *strokes: tuple[int, int]):
    """A digit of a common typeface, 32 pixels high and so wide, and strokes past its sides."""
    np, cv2 = pytest.importorskip("numpy"), pytest.importorskip("cv2")
    rows = [
        [255 - 255 * (SHAPES[kind][0] >> (row * SIDE + column) & 1) for column in range(SIDE)]
        for row in reversed(range(SIDE))
    ]
    shape = np.array(rows, np.uint8)
    inked = np.flatnonzero((shape < 255).any(axis=0))
    drawn = cv2.resize(shape[:, inked[0] : inked[-1] + 1], (width, 32))
    grey = np.full((40, 60), 255, np.uint8)
    grey[4:36, 10 : 10 + width] = drawn
    past = 4 if strokes else 0
    for top, bottom in strokes:
        grey[top:bottom, 10 - past : 10 + width + past] = 0
    return digit_in(grey, kind, (10 - past, 4, 10 + width + past, 36))


@recognising
def test_a_digit_that_noise_makes_broader_is_as_certain_as_the_others() -> None:
    """Specks all about it are no stroke; as much ink in one piece is."""
    np = pytest.importorskip("numpy")
    usual = common_digit("1", 12)
    rows, columns = np.nonzero(usual.ink < 0.05)
    noisy, struck = usual.ink.copy(), usual.ink.copy()
    noisy[rows[::7], columns[::7]] = 0.1
    speckled = usual._replace(ink=noisy, width=usual.width * 1.2)
    struck[14:16, :] = np.maximum(struck[14:16, :], 0.6)
    through = usual._replace(ink=struck, width=usual.width * 1.2)
    assert odd_ones([usual] * 6 + [speckled, through]) == [False] * 7 + [True]


@recognising
@pytest.mark.parametrize("kind", "0569")
def test_a_digit_of_full_width_is_as_certain_as_the_others(kind: str) -> None:
    usual, wide = common_digit(kind, 18), common_digit(kind, 23)
    assert odd_ones([usual] * 6 + [wide]) == [False] * 7
    struck = common_digit(kind, 18, (14, 16))
    assert odd_ones([usual] * 6 + [struck]) == [False] * 6 + [True]


@recognising
def test_a_4_is_a_single_digit_though_it_is_nearly_as_wide_as_high() -> None:
    np = pytest.importorskip("numpy")
    grey = np.full((120, 200), 255, np.uint8)
    grey[40:80, 100:134] = 0
    assert ink_of_figures.is_clean(
        "4", Cleared(grey, np.zeros_like(grey)), (100, 40, 134, 80), None
    )
    grey[40:80, 100:140] = 0  # two digits that touch
    assert not ink_of_figures.is_clean(
        "4", Cleared(grey, np.zeros_like(grey)), (100, 40, 140, 80), None
    )


@recognising
def test_rules_that_stand_out_alike_are_those_of_an_open_table() -> None:
    standing = rules((100, 0, 100), (200, 0, 100))
    assert not strays_of(rules(*((at, 20, 280) for at in (0, 30, 60, 100))), standing)


@recognising
def test_a_figure_that_a_rule_crosses_is_not_certain() -> None:
    page, box = drawn("118")
    page.rules[60:63, 50:300] = 255
    assert not ink_of_figures.is_clean("118", page, box, None)


@recognising
def test_full_width_digits_stand_farther_apart() -> None:
    page, box = drawn("90", full=True)
    assert ink_of_figures.is_clean("９０", page, box, None)
    assert not ink_of_figures.is_clean("90", page, box, None)


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
    scan = scanned(PAPER.read_bytes(), Manner(150))
    mixed = joined(pages_of(report, 5), scan, pages_of(report, 7))
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
