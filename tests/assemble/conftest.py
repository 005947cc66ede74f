"""Small tables and documents made in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.assemble.vocabulary import Vocabulary
from pipeline.model import Cell, Document, Extracted, Line, PageInfo, Table
from pipeline.settings.assemble import AssembleSettings, load
from pipeline.settings.files import packaged_defaults


@pytest.fixture(scope="session")
def settings() -> AssembleSettings:
    return load([packaged_defaults()], {})


@pytest.fixture(scope="session")
def vocabulary(settings: AssembleSettings) -> Vocabulary:
    return Vocabulary(settings)


@pytest.fixture
def table():
    """A ruled table from rows of texts; 20 points a row, 60 points a column."""

    def make(rows: list[list[str]], *, page: int = 1, top: float = 100.0, **more) -> Table:
        cells = [
            Cell(
                row=r,
                column=c,
                box=(50.0 + 60 * c, top + 20 * r, 110.0 + 60 * c, top + 20 * r + 20),
                text=text,
                fill=more.get("fills", {}).get((r, c)),
            )
            for r, row in enumerate(rows)
            for c, text in enumerate(row)
        ]
        box = (50.0, top, 50.0 + 60 * len(rows[0]), top + 20 * len(rows))
        return Table(page=page, box=box, cells=tuple(cells))

    return make


@pytest.fixture
def line():
    def make(text: str, *, page: int = 1, top: float = 50.0, size: float = 10.0) -> Line:
        box = (50.0, top, 50.0 + size * len(text), top + size)
        return Line(text=text, page=page, box=box, size=size)

    return make


@pytest.fixture
def extracted():
    def make(tables: list[Table], lines: list[Line] = (), pages: int = 3) -> Extracted:  # type: ignore[assignment]
        infos = tuple(PageInfo(number=n + 1, width=595.0, height=842.0) for n in range(pages))
        return Extracted(
            document=Document(sha256="0" * 64, pages=infos),
            tables=tuple(tables),
            lines=tuple(lines),
        )

    return make


@pytest.fixture(scope="session")
def headers_file() -> Path:
    return Path(__file__).with_name("data") / "headers.csv"
