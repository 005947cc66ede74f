"""How well the structure of tables is read: ours beside the two libraries it is built on.

``python benchmarks/structure.py [FOLDER …] [--seeds A:B] [--only READER …] [--each]``

A folder holds ``NAME.pdf`` and ``NAME.json`` in the form of ``tests/data/structure/README.md``.
Two measures, both over text without blanks:

* adjacency relations (Göbel et al., "A methodology for evaluating algorithms for table
  understanding in PDF documents", DocEng 2012; used in the ICDAR 2013 competition): pairs of a
  written cell with the next written cell to its right and below it.  Precision, recall and F1 of
  all pairs of a file; a page without tables has no pairs, so any pair on it counts against it.
* exact cells: written cells whose row, column, spans and text are all right, as F1.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
import unicodedata
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

import pdfplumber

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.extract import run
from pipeline.settings.extract import ExtractSettings
from pipeline.show.inspect import tables_json
from tests.data.structure import seeded

COLUMNS = (
    "relations F1, mean",
    "exact cells F1, mean",
    "all relations",
    "all cells",
    "tables with all relations right",
    "tables where none is",
)
ROOT = Path(__file__).parents[1]
FOLDERS = tuple(ROOT / "tests" / "data" / name for name in ("structure", "rows", "difficulties"))
DASHES = dict.fromkeys(map(ord, "‐‑‒–—−－"), "-")


@dataclass(frozen=True)
class Cell:
    """A written cell: where it stands, how far it reaches, its text without blanks."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True)
class Table:
    """The written cells of one table."""

    page: int
    cells: tuple[Cell, ...]


@dataclass
class Score:
    """Counts of one file."""

    found: int = 0
    true: int = 0
    right: int = 0
    cells_found: int = 0
    cells_true: int = 0
    cells_right: int = 0
    tables_found: int = 0
    tables_true: int = 0
    tables_exact: int = 0
    tables_false: int = 0
    failures: list[str] = field(default_factory=list)

    @property
    def relations(self) -> float:
        """F1 of the adjacency relations; 1 where there is nothing and nothing was found."""
        return f1(self.right, self.found, self.true)

    @property
    def cells(self) -> float:
        """F1 of the exact cells."""
        return f1(self.cells_right, self.cells_found, self.cells_true)


def f1(right: int, found: int, true: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / (found + true) if found + true else 1.0


def folded(text: str) -> str:
    """Text as compared: compatibility forms and dashes unified, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).translate(DASHES).split())


def relations(table: Table) -> Counter[tuple[str, str, str]]:
    """The adjacency relations of a table: (text, text of the next cell, direction)."""
    at = {
        (row, column): cell
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    rows = max((row for row, _ in at), default=-1) + 1
    columns = max((column for _, column in at), default=-1) + 1
    pairs: set[tuple[Cell, Cell, str]] = set()
    for (row, column), cell in at.items():
        across = (at.get((row, c)) for c in range(column + 1, columns))
        down = (at.get((r, column)) for r in range(row + 1, rows))
        for line, direction in ((across, "right"), (down, "below")):
            other = next((o for o in line if o is not None and o != cell), None)
            if other is not None:
                pairs.add((cell, other, direction))
    return Counter((first.text, second.text, direction) for first, second, direction in pairs)


def score(found: Sequence[Table], true: Sequence[Table]) -> Score:
    """Compare the tables of one file."""
    result = Score(tables_found=len(found), tables_true=len(true))
    for page in {table.page for table in (*found, *true)}:
        here = [table for table in found if table.page == page]
        there = [table for table in true if table.page == page]
        pairs_here = sum((relations(table) for table in here), Counter())
        pairs_there = sum((relations(table) for table in there), Counter())
        result.found += pairs_here.total()
        result.true += pairs_there.total()
        result.right += (pairs_here & pairs_there).total()
        result.cells_found += sum(len(table.cells) for table in here)
        result.cells_true += sum(len(table.cells) for table in there)
        free = list(here)
        for table in there:
            best = max(free, key=lambda other: shared(other, table), default=None)
            if best is not None and shared(best, table):
                free.remove(best)
                result.cells_right += len(set(best.cells) & set(table.cells))
                result.tables_exact += relations(best) == relations(table)
        result.tables_false += len(free)
    return result


def shared(first: Table, second: Table) -> int:
    """How many texts two tables have in common."""
    texts = [Counter(cell.text for cell in table.cells) for table in (first, second)]
    return (texts[0] & texts[1]).total()


def table_of(page: int, cells: Iterable[tuple[int, int, int, int, str]]) -> Table:
    """A table of its written cells: (row, column, row span, column span, text)."""
    kept = [(*place, folded(text)) for *place, text in cells]
    return Table(page, tuple(Cell(*cell) for cell in kept if cell[-1]))


# --------------------------------------------------------------------------- readers


def ours(path: Path) -> list[Table]:
    """What ``shihyo inspect`` gives."""
    found = tables_json(run(path, ExtractSettings(), second="never"))
    keys = ("row", "column", "row_span", "column_span", "text")
    return [
        table_of(table["page"], [tuple(cell[key] for key in keys) for cell in table["cells"]])
        for table in found["tables"]
    ]


def plumber(path: Path) -> list[Table]:
    """pdfplumber with its default settings; spans told from the cells' boxes."""
    found = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.find_tables():
                xs = sorted({box[0] for box in table.cells})
                ys = sorted({box[1] for box in table.cells})
                cells = []
                for row, texts in zip(table.rows, table.extract(), strict=True):
                    for box, text in zip(row.cells, texts, strict=True):
                        if box is None:
                            continue
                        x0, top, x1, bottom = box
                        cells.append(
                            (
                                ys.index(top),
                                xs.index(x0),
                                max(1, sum(top <= y < bottom - 0.5 for y in ys)),
                                max(1, sum(x0 <= x < x1 - 0.5 for x in xs)),
                                text or "",
                            )
                        )
                found.append(table_of(page.page_number, cells))
    return found


def flavour(name: str) -> Callable[[Path], list[Table]]:
    """A flavour of camelot with its default settings."""

    def read(path: Path) -> list[Table]:
        camelot = importlib.import_module("camelot")  # no dependency of the project
        found = camelot.read_pdf(str(path), pages="all", flavor=name, suppress_stdout=True)
        return [table_of(int(table.page), _camelot_cells(table.cells)) for table in found]

    return read


def _camelot_cells(cells: list[list[object]]) -> list[tuple[int, int, int, int, str]]:
    """Cells of camelot united where it found no rule between them."""
    rows, columns = len(cells), len(cells[0]) if cells else 0
    seen: set[tuple[int, int]] = set()
    found = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in seen:
                continue
            right = column
            while right + 1 < columns and not cells[row][right].right:
                right += 1
            bottom = row
            while bottom + 1 < rows and not cells[bottom][column].bottom:
                bottom += 1
            places = [(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)]
            seen.update(places)
            text = "".join(cells[r][c].text for r, c in places)
            found.append((row, column, bottom - row + 1, right - column + 1, text))
    return found


READERS: dict[str, Callable[[Path], list[Table]]] = {
    "shihyo": ours,
    "pdfplumber": plumber,
    "camelot-lattice": flavour("lattice"),
    "camelot-stream": flavour("stream"),
    "camelot-network": flavour("network"),
}

# --------------------------------------------------------------------------- the command


def truth_of(path: Path) -> list[Table]:
    """The tables of a truth file."""
    facts = json.loads(path.read_text("utf-8"))
    keys = ("row", "column", "row_span", "column_span", "text")
    return [
        table_of(
            table.get("page", 1), [tuple(cell[key] for key in keys) for cell in table["cells"]]
        )
        for table in facts.get("tables", [])
    ]


def measure(read: Callable[[Path], list[Table]], path: Path) -> Score:
    """The score of a reader on a file; a reader that fails found nothing."""
    true = truth_of(path.with_suffix(".json"))
    try:
        found = read(path)
    except Exception as error:
        result = score([], true)
        result.failures.append(f"{path.name}: {error}")
        return result
    return score(found, true)


def main(arguments: Sequence[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", nargs="*", type=Path, default=list(FOLDERS))
    parser.add_argument("--only", nargs="*", choices=list(READERS), default=list(READERS))
    parser.add_argument("--seeds", metavar="A:B", help="pages of statistics made from these seeds")
    parser.add_argument("--each", action="store_true", help="print every file")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    if options.seeds:
        with tempfile.TemporaryDirectory() as name:
            options.folders = [made(Path(name), options.seeds)]
            return compare(options)
    return compare(options)


def made(folder: Path, seeds: str) -> Path:
    """A folder with the pages of seeds ``A:B``."""
    first, last = map(int, seeds.split(":"))
    for seed in range(first, last):
        pdf, tables = seeded.made(seed)
        (folder / f"{seed:04}.pdf").write_bytes(pdf)
        (folder / f"{seed:04}.json").write_text(json.dumps({"tables": tables}), "utf-8")
    return folder


def compare(options: argparse.Namespace) -> int:
    """Measure the readers on the folders and print."""
    for folder in options.folders:
        files = sorted(f for f in folder.glob("*.pdf") if f.with_suffix(".json").exists())
        scores = {name: [measure(READERS[name], f) for f in files] for name in options.only}
        print(f"\n{folder.name}: {len(files)} files")
        if options.each:
            print("| file | " + " | ".join(options.only) + " |")
            for number, file in enumerate(files):
                row = [scores[name][number] for name in options.only]
                print(
                    f"| {file.stem} | "
                    + " | ".join(f"{s.relations:.2f} {s.cells:.2f}" for s in row)
                    + " |"
                )
        print(f"| reader | {' | '.join(COLUMNS)} |")
        print("|-" * (len(COLUMNS) + 1) + "|")
        for name, results in scores.items():
            print(summary(name, results))
    return 0


def summary(name: str, results: Sequence[Score]) -> str:
    """One line: means over files, and over all relations and cells of the folder."""
    if not results:
        return f"| {name} |" + " |" * len(COLUMNS)
    pairs = f1(*(sum(getattr(r, key) for r in results) for key in ("right", "found", "true")))
    cells = f1(
        *(sum(getattr(r, f"cells_{key}") for r in results) for key in ("right", "found", "true"))
    )
    return (
        f"| {name} | {mean(r.relations for r in results):.3f} | "
        f"{mean(r.cells for r in results):.3f} | {pairs:.3f} | {cells:.3f} | "
        f"{sum(r.tables_exact for r in results)} of {sum(r.tables_true for r in results)} | "
        f"{sum(r.tables_false for r in results)} |"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
