"""Reading tables: our extract stage beside other readers, on the same file, in one run.

``python benchmarks/extract.py [PDF …] [--runs N] [--only READER …]``

Every measurement is a process of its own; the readers take turns, and medians are printed as a
Markdown table: seconds from open file to tables in memory; processor seconds of the same (which
count two cores twice, and suffer less from what else the machine does) and their ratio to the
first reader's; seconds of the whole process (start and imports included); peak memory of the
process plus its largest child; and how many of the 130
indicator rows of ``tests/data/producers/expected.json`` stand in the tables exactly as they should
(all seven cells, blanks and width folded).  Rows that a page end cuts are nobody's here: they are
joined in a later stage.  Ratios mean more than seconds.
"""

# ruff: noqa: PLC0415 - each reader is imported only in the process that measures it

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any, Literal

ROOT = Path(__file__).resolve().parent.parent
EXPECTED = ROOT / "tests" / "data" / "producers" / "expected.json"
FIELDS = ("name", "unit", "baseline", "target", "actual", "status", "next_target")

Rows = list[list[str | None]]
Reader = Callable[[Path], Callable[[], Rows]]
"""Imports what it needs, then gives the function that is timed."""


def ours(second: Literal["always", "never"]) -> Reader:
    """The extract stage with one reader or two."""

    def prepare(path: Path) -> Callable[[], Rows]:
        from pipeline.extract import run
        from pipeline.settings.extract import ExtractSettings

        import_module("pipeline.extract.read")
        for name in ("compare", "parse") if second == "always" else ():
            import_module(f"pipeline.extract.witness.{name}")

        def read_rows() -> Rows:
            found = run(path, ExtractSettings(), second=second)
            rows: dict[tuple[int, int], list[str | None]] = {}
            for number, table in enumerate(found.tables):
                for cell in table.cells:
                    rows.setdefault((number, cell.row), []).append(cell.text)
            return list(rows.values())

        return read_rows

    return prepare


def plumber(path: Path) -> Callable[[], Rows]:
    """pdfplumber, default settings."""
    import pdfplumber

    def read_rows() -> Rows:
        with pdfplumber.open(path) as pdf:
            return [row for page in pdf.pages for table in page.extract_tables() for row in table]

    return read_rows


def camelot(**options: Any) -> Reader:
    """camelot's lattice flavour."""

    def prepare(path: Path) -> Callable[[], Rows]:
        import camelot as library

        def read_rows() -> Rows:
            found = library.read_pdf(str(path), pages="all", suppress_stdout=True, **options)
            return [list(row) for table in found for row in table.df.itertuples(index=False)]

        return read_rows

    return prepare


def tabula(path: Path) -> Callable[[], Rows]:
    """tabula-py, lattice."""
    import tabula as library

    def read_rows() -> Rows:
        frames = library.read_pdf(
            str(path),
            pages="all",
            lattice=True,
            pandas_options={"header": None, "dtype": str},
            silent=True,
        )
        return [list(row) for frame in frames for row in frame.fillna("").itertuples(index=False)]

    return read_rows


def mupdf(path: Path) -> Callable[[], Rows]:
    """PyMuPDF, find_tables (AGPL: a peer to measure, never a dependency)."""
    import pymupdf

    def read_rows() -> Rows:
        with pymupdf.open(path) as pdf:
            return [row for page in pdf for table in page.find_tables() for row in table.extract()]

    return read_rows


def tablers(path: Path) -> Callable[[], Rows]:
    """tablers (Rust over PDFium)."""
    import tablers as library

    def read_rows() -> Rows:
        rows: dict[tuple[int, int, float], list[tuple[float, str]]] = {}
        with library.Document(path=str(path)) as pdf:
            for page in pdf.pages():
                for number, table in enumerate(library.find_tables(page, extract_text=True)):
                    for cell in table.cells:
                        key = (page.page_idx, number, cell.bbox[1])
                        rows.setdefault(key, []).append((cell.bbox[0], cell.text))
        return [[text for _, text in sorted(row)] for row in rows.values()]

    return read_rows


READERS: dict[str, Reader] = {
    "Shihyo, one reader": ours("never"),
    "Shihyo, two readers": ours("always"),
    "tablers": tablers,
    "pdfplumber": plumber,
    "camelot lattice": camelot(flavor="lattice"),
    "camelot vector": camelot(flavor="lattice", engine="vector", split_text=True),
    "tabula lattice": tabula,
    "PyMuPDF find_tables": mupdf,
}


def folded(text: object) -> str:
    """A text without blanks, its width folded."""
    return "".join(unicodedata.normalize("NFKC", str(text or "")).split())


def exact_rows(rows: Rows) -> int:
    """How many of the expected rows are among those read."""
    facts = json.loads(EXPECTED.read_text(encoding="utf-8"))
    wanted = [
        tuple(folded(indicator[field]) for field in FIELDS) for indicator in facts["indicators"]
    ]
    found = {tuple(folded(text) for text in row) for row in rows}
    found |= {(row[0].removesuffix("※"), *row[1:]) for row in found if row}
    return sum(row in found for row in wanted)


def measure(name: str, path: Path) -> dict[str, float]:
    """One reader on one file, in this process."""
    read_rows = READERS[name](path)
    start, used = time.perf_counter(), processor_seconds()
    rows = read_rows()
    seconds, used = time.perf_counter() - start, processor_seconds() - used
    peak = sum(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return {
        "seconds": seconds,
        "processor": used,
        "megabytes": peak / 1024,
        "rows": exact_rows(rows),
    }


def processor_seconds() -> float:
    """Processor time of this process and its finished children."""
    usages = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def in_process(name: str, path: Path) -> dict[str, float] | None:
    """One reader on one file, in a process of its own; ``None`` if it failed."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, __file__, str(path), "--one", name],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    whole = time.perf_counter() - start
    if done.returncode:
        print(f"{name}: {done.stderr.decode(errors='replace')[-300:]}", file=sys.stderr)
        return None
    return {**json.loads(done.stdout.splitlines()[-1]), "whole": whole}


def compare(path: Path, names: list[str], runs: int) -> None:
    """All readers in turns on one file; prints a Markdown table of medians."""
    results: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(runs):
        for name in list(results):
            result = in_process(name, path)
            if result is None:
                results.pop(name)
            else:
                results[name].append(result)
    base = median(r["processor"] for r in results[names[0]]) if names[0] in results else 0.0
    print(f"\n{path.name}, median of {runs}\n")
    print("| reader | seconds | processor seconds | × | whole process | MB | rows of 130 |")
    print("|-|-|-|-|-|-|-|")
    for name, found in results.items():
        seconds, processor, whole, megabytes = (
            median(r[key] for r in found) for key in ("seconds", "processor", "whole", "megabytes")
        )
        ratio = f"{processor / base:.1f}" if base else ""
        rows = int(found[0]["rows"])
        print(
            f"| {name} | {seconds:.2f} | {processor:.2f} | {ratio} | {whole:.2f} "
            f"| {megabytes:.0f} | {rows} |"
        )


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("pdfs", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", nargs="*", choices=READERS, default=list(READERS))
    parser.add_argument("--one", choices=READERS)
    options = parser.parse_args()
    pdfs = options.pdfs or [ROOT / "raw" / "35213-mine" / "2025.pdf"]
    if options.one:
        print(json.dumps(measure(options.one, pdfs[0])))
        return
    for path in pdfs:
        compare(path, options.only, options.runs)


if __name__ == "__main__":
    main()
