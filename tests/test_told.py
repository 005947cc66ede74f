"""What the user tells of a document is held against the document, and against what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.desk.jobs import Options, against_told, told_of
from pipeline.model import (
    Assembled,
    Document,
    Entry,
    Extracted,
    IndicatorRow,
    Line,
    PageInfo,
    Place,
    Printed,
)

BOX = (0.0, 0.0, 1.0, 1.0)


def printed(text: str) -> Printed:
    return Printed(text=text, page=1, box=BOX, reader="pdfium")


DOCUMENT = Document(sha256="0", pages=(PageInfo(number=1, width=1, height=1),))
LINES = (Line(text="美祢市総合計画", page=1, box=BOX, size=10),)
EXTRACTED = Extracted(document=DOCUMENT, tables=(), lines=LINES)
ROW = IndicatorRow(
    place=Place(),
    entries=(Entry(kind="actual", header="R6 実績", printed=printed("5")),),
    table=0,
    row=0,
)
ASSEMBLED = Assembled(
    document=DOCUMENT, title=printed("美祢市総合計画"), places=(), indicators=(ROW,)
)


@pytest.mark.parametrize(
    ("area", "edition", "rules"),
    [
        ("35213", 2025, []),
        (None, None, []),
        ("35000", 2025, ["identity.area-contradicted"]),
        ("99999", 2025, ["identity.unknown-area", "identity.area-contradicted"]),
        ("39204", 2025, ["identity.area-contradicted"]),
        ("35213", 1900, ["identity.edition-contradicted"]),
    ],
)
def test_what_speaks_against_it_is_told(
    area: str | None, edition: int | None, rules: list[str], tmp_path: Path
) -> None:
    options = Options(workspace=str(tmp_path), area=area, edition=edition)
    assert [one.rule for one in against_told(options, EXTRACTED, ASSEMBLED)] == rules


def test_a_pdf_under_raw_is_what_its_place_says_unless_told_otherwise(tmp_path: Path) -> None:
    placed = tmp_path / "raw" / "35213-mine" / "2025.pdf"
    placed.parent.mkdir(parents=True)

    def told(pdf: Path, **given: object) -> str:
        return told_of(pdf, Options(workspace=str(tmp_path), **given))

    assert told(placed) == ""
    assert told(placed, profile="35213-mine") == ""
    assert told(placed, area="39204", edition=1999) == "area edition"
    assert told(tmp_path / "other.pdf", area="39204", profile="x") == "area profile"
