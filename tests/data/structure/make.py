"""Make the pages of this folder and what is to be read on them.

``python -m tests.data.structure.make [NAME …]`` from the root of the repository; README.md says
what it needs.
"""

from __future__ import annotations

import html
import io
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.data.structure import content
from tests.data.structure.content import Grid

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One cell of a grid with its spans."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


def spots(grid: Grid) -> list[Spot]:
    """The cells of a grid's picture."""
    found = []
    for r, line in enumerate(grid.rows):
        for c, text in enumerate(line):
            if text in ("<", "^"):
                continue
            across = down = 1
            while c + across < len(line) and line[c + across] == "<":
                across += 1
            while r + down < len(grid.rows) and grid.rows[r + down][c] == "^":
                down += 1
            found.append(Spot(row=r, column=c, row_span=down, column_span=across, text=text))
    return found


def truth(grid: Grid) -> dict[str, Any]:
    """A table as the JSON tells it."""
    return {"page": 1, "cells": [vars(spot) for spot in spots(grid)]}


# --------------------------------------------------------------------------- HTML

STYLES = {
    "ruled": "td,th{border:.6pt solid #000}",
    "booktabs": "table{border-top:1pt solid #000;border-bottom:1pt solid #000}"
    "thead tr:last-child th{border-bottom:.5pt solid #000}"
    "th[rowspan]{border-bottom:.5pt solid #000}"
    "th[colspan]{border-bottom:.4pt solid #000}",
    "rows": "td,th{border-bottom:.5pt solid #666}table{border-top:1pt solid #666}",
    "zebra": "tbody tr:nth-child(even){background:#e8eef6}thead{background:#1f4e79;color:#fff}",
    "header-rule": "thead tr:last-child th,th[rowspan]{border-bottom:.8pt solid #000}",
    "columns": "td+td,th+th,tr:nth-child(2) th{border-left:.5pt solid #000}"
    "table{border-top:.8pt solid #000;border-bottom:.8pt solid #000}"
    "thead tr:last-child th,th[rowspan]{border-bottom:.8pt solid #000}",
    "totals": "tr.total td+td{border-top:.5pt solid #000}thead th[colspan]{border-bottom:.5pt "
    "solid #000}",
    "plain": "",
}

CSS = """
@page{{size:{size};margin:20mm 22mm}}
body{{font:{points}pt/1.35 {font};margin:0}} p{{margin:0 0 7pt;text-align:justify}}
h1{{font-size:13pt;margin:0 0 8pt}} h2{{font-size:11pt;margin:6pt 0}}
table{{border-collapse:collapse;width:{width};margin:3pt 0 4pt;font-size:{small}pt}}
table{{break-inside:avoid}}
td,th{{padding:{padding};text-align:right;vertical-align:{vertical};font-weight:normal}}
th{{text-align:center;font-weight:bold}} td.w,th.w{{text-align:left}} td.in{{padding-left:14pt}}
.caption{{font-weight:bold;margin:9pt 0 2pt;text-align:left}} .foot{{font-size:7.5pt}}
.columns{{columns:2;column-gap:8mm}} .beside{{display:flex;gap:9mm}} .beside>div{{flex:1}}
dt{{float:left;width:60pt}} {style}
"""


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a page is set; ``narrow`` rows stand close, ``top``: cells are set at their top."""

    style: str = "plain"
    size: str = "A4"
    font: str = "'Liberation Serif'"
    points: float = 10.0
    small: float = 8.5
    padding: str = "1.5pt 5pt"
    width: str = "100%"
    vertical: str = "top"


def html_table(grid: Grid, *, indent: bool = True) -> str:
    """A grid as an HTML table with its caption and foot."""
    rows: list[list[str]] = [[] for _ in grid.rows]
    for spot in spots(grid):
        head = spot.row < grid.head
        names = ["w"] * (spot.column in grid.words)
        names += ["in"] * (indent and spot.row in grid.indent and spot.column == 0)
        spans = f' rowspan="{spot.row_span}"' * (spot.row_span > 1)
        spans += f' colspan="{spot.column_span}"' * (spot.column_span > 1)
        tag = "th" if head else "td"
        rows[spot.row].append(
            f'<{tag} class="{" ".join(names)}"{spans}>{html.escape(spot.text)}</{tag}>'
        )
    columns = "".join(f'<col style="width:{width}%">' for width in grid.widths)
    lines = []
    for number, cells in enumerate(rows):
        total = re.search(r"(?i)total|insgesamt|average", grid.rows[number][0])
        lines.append(f"<tr{' class=total' * bool(total)}>{''.join(cells)}</tr>")
    head, body = "".join(lines[: grid.head]), "".join(lines[grid.head :])
    caption = f'<p class="caption">{html.escape(grid.caption)}</p>' * bool(grid.caption)
    foot = f'<p class="foot">{html.escape(grid.foot)}</p>' * bool(grid.foot)
    return (
        f"{caption}<table><colgroup>{columns}</colgroup><thead>{head}</thead>"
        f"<tbody>{body}</tbody></table>{foot}"
    )


def paragraphs(language: str, times: int = 1) -> list[str]:
    """Running text."""
    return [f"<p>{html.escape(text)}</p>" for text in content.PROSE[language] * times]


def page(parts: Iterable[str], look: Look) -> str:
    """A whole HTML page."""
    css = CSS.format(**{**vars(look), "style": STYLES[look.style]})
    head = f"<!doctype html><meta charset=utf-8><title>Report</title><style>{css}</style>"
    return head + "".join(parts)


def weasyprint(source: str) -> bytes:
    from weasyprint import HTML

    pdf: bytes = HTML(string=source).write_pdf()
    return pdf


def chromium(source: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        page_file, made = Path(folder, "page.html"), Path(folder, "page.pdf")
        page_file.write_text(source, "utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={made}", page_file.as_uri()]
        subprocess.run(command, check=True, capture_output=True)
        return made.read_bytes()


# --------------------------------------------------------------------------- LaTeX and Typst


def latex_table(grid: Grid) -> str:
    """A grid with the rules of the booktabs package."""
    letters = {"%": r"\%", "&": r"\&", "$": r"\$", "€": r"\texteuro{}", "–": "--", "’": "'"}

    def escaped(text: str) -> str:
        return "".join(letters.get(letter, letter) for letter in text)

    columns = len(grid.rows[0])
    lines = [r"\begin{tabular}{@{}l" + "r" * (columns - 1) + r"@{}}", r"\toprule"]
    for number in range(len(grid.rows)):
        cells, rules = [], []
        for spot in [spot for spot in spots(grid) if spot.row + spot.row_span - 1 == number]:
            text = escaped(spot.text)
            if spot.column_span > 1:
                text = rf"\multicolumn{{{spot.column_span}}}{{c}}{{{text}}}"
                last = spot.column + spot.column_span
                rules.append(rf"\cmidrule(lr){{{spot.column + 1}-{last}}}")
            cells.append((spot.column, text))
        cells += [
            (spot.column, "")
            for spot in spots(grid)
            if spot.row <= number < spot.row + spot.row_span - 1
        ]
        indent = r"\quad " * (number in grid.indent)
        lines.append(
            indent + " & ".join(text for _, text in sorted(cells)) + r" \\" + "".join(rules)
        )
        if number == grid.head - 1:
            lines.append(r"\midrule")
    lines += [r"\bottomrule", r"\end{tabular}"]
    return "\n".join(lines)


def latex(source: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.tex").write_text(source, "utf-8")
        command = ["pdflatex", "-interaction=batchmode", "page.tex"]
        environment = {"SOURCE_DATE_EPOCH": "1700000000", "FORCE_SOURCE_DATE": "1"}
        subprocess.run(
            command,
            cwd=folder,
            check=True,
            capture_output=True,
            env={**_environment(), **environment},
        )
        return Path(folder, "page.pdf").read_bytes()


def _environment() -> dict[str, str]:
    import os

    return dict(os.environ)


def latex_page(body: str, options: str = "10pt,a4paper") -> str:
    packages = "booktabs,textcomp"
    return (
        rf"\documentclass[{options}]{{article}}\usepackage[T1]{{fontenc}}"
        rf"\usepackage[utf8]{{inputenc}}\usepackage{{lmodern}}\usepackage{{{packages}}}"
        rf"\begin{{document}}\thispagestyle{{plain}}{body}\end{{document}}"
    )


def typst_table(grid: Grid, stroke: str, *, head_rule: bool) -> str:
    """A grid as a table of Typst."""
    columns = ", ".join(f"{width}fr" for width in grid.widths) or "auto, " * len(grid.rows[0])
    align = ", ".join("left" if c in grid.words else "right" for c in range(len(grid.rows[0])))
    cells = []
    for spot in spots(grid):
        if head_rule and spot.column == 0 and spot.row == grid.head:
            cells.append("table.hline(),")
        spans = f"colspan: {spot.column_span}, rowspan: {spot.row_span}, "
        cells.append(f"table.cell({spans})[{re.sub('([$#*_@<>])', chr(92) * 2 + '1', spot.text)}],")
    return (
        f"#table(columns: ({columns}), align: ({align}), stroke: {stroke}, inset: 4pt,\n"
        + "\n".join(cells)
        + ")"
    )


def typst(source: str) -> bytes:
    import typst as compiler

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.typ").write_text(source, "utf-8")
        pdf: bytes = compiler.compile(str(Path(folder, "page.typ")))
        return pdf


# --------------------------------------------------------------------------- pages

Made = tuple[bytes, list[Grid]]
PAGES: dict[str, tuple[str, Callable[[], Made]]] = {}


def single(
    name: str,
    what: str,
    grid: Grid,
    language: str,
    look: Look,
    producer: Callable[[str], bytes],
) -> None:
    """A page of running text with one table in it."""

    def make() -> Made:
        text = paragraphs(language)
        half = len(text) // 2 + 1
        parts = [*text[:half], html_table(grid), *text[half:]]
        return producer(page(parts, look)), [grid]

    PAGES[name] = (what, make)


SANS = "'Liberation Sans'"
single(
    "housing-booktabs",
    "Statistical table: two levels of heading, indented labels, three rules.",
    content.HOUSING, "en", Look(style="booktabs"), weasyprint,
)  # fmt: skip
single(
    "housing-header-rule",
    "The same with one rule under the heading.",
    content.HOUSING, "en", Look(style="header-rule", font=SANS), chromium,
)  # fmt: skip
single(
    "housing-columns",
    "The same with vertical rules between columns, none between rows.",
    content.HOUSING, "en", Look(style="columns"), chromium,
)  # fmt: skip
single(
    "balance-totals",
    "Balance sheet: rules over totals only, section rows without figures.",
    content.BALANCE, "en", Look(style="totals", padding="1pt 5pt"), weasyprint,
)  # fmt: skip
single(
    "balance-plain",
    "Balance sheet without any rule.",
    content.BALANCE, "en", Look(font=SANS, small=8), chromium,
)  # fmt: skip
single(
    "kreise-ruled",
    "German figures, all rules, row of units.",
    content.KREISE, "de", Look(style="ruled"), chromium,
)  # fmt: skip
single(
    "kreise-rows",
    "German figures, a rule under every row.",
    content.KREISE, "de", Look(style="rows", font=SANS), weasyprint,
)  # fmt: skip
single(
    "kreise-zebra",
    "German figures, every other row shaded, white heading on blue, no rule.",
    content.KREISE, "de", Look(style="zebra", font=SANS), chromium,
)  # fmt: skip
single(
    "mesures-ruled",
    "French measures: long wrapped texts, all rules.",
    content.MESURES, "fr", Look(style="ruled"), weasyprint,
)  # fmt: skip
single(
    "mesures-rows",
    "French measures: long wrapped texts, a rule under every row.",
    content.MESURES, "fr", Look(style="rows", padding="3pt 5pt"), chromium,
)  # fmt: skip
single(
    "mesures-plain",
    "French measures: long wrapped texts told apart by space alone.",
    content.MESURES, "fr", Look(padding="4pt 7pt"), weasyprint,
)  # fmt: skip
single(
    "energy-header-rule",
    "Many narrow columns of figures, one rule, footnote marks, colons for missing.",
    content.ENERGY, "en", Look(style="header-rule", font=SANS), weasyprint,
)  # fmt: skip
single(
    "energy-plain",
    "The same without rules, table as wide as its figures.",
    content.ENERGY, "en", Look(width="auto", padding="1pt 7pt"), chromium,
)  # fmt: skip
single(
    "definitions-rows",
    "Words in all columns, wrapped, a rule under every row.",
    content.DEFINITIONS, "en", Look(style="rows"), chromium,
)  # fmt: skip
single(
    "definitions-plain",
    "Words in all columns, wrapped, space alone between rows.",
    content.DEFINITIONS, "en", Look(padding="4pt 8pt"), weasyprint,
)  # fmt: skip
single(
    "budget-ruled",
    "Budget with section rows over all columns and a two-level heading, all rules.",
    content.BUDGET, "en", Look(style="ruled", font=SANS), weasyprint,
)  # fmt: skip
single(
    "services-ruled",
    "Cells merged downwards in the body.",
    content.SERVICES, "en", Look(style="ruled", vertical="middle"), chromium,
)  # fmt: skip
single(
    "wide-landscape",
    "Fourteen columns on a lying sheet, small type, no rule.",
    content.WIDE, "en", Look(size="A4 landscape", small=7.5), weasyprint,
)  # fmt: skip
single(
    "emploi-header-rule",
    "French figures with blanks between thousands, one rule.",
    content.EMPLOI, "fr", Look(style="header-rule"), chromium,
)  # fmt: skip
single(
    "emploi-plain",
    "French figures with blanks between thousands, no rule.",
    content.EMPLOI, "fr", Look(width="70%"), weasyprint,
)  # fmt: skip
single(
    "ayudas-booktabs",
    "Spanish grants, a wrapped label beside figures, three rules.",
    content.AYUDAS, "es", Look(style="booktabs", width="75%", font=SANS), chromium,
)  # fmt: skip
single(
    "ayudas-plain",
    "Spanish grants, a wrapped label beside figures, no rule.",
    content.AYUDAS, "es", Look(width="75%"), weasyprint,
)  # fmt: skip


def listed(name: str, what: str) -> Callable[[Callable[[], Made]], Callable[[], Made]]:
    """Put a page on the list."""

    def add(make: Callable[[], Made]) -> Callable[[], Made]:
        PAGES[name] = (what, make)
        return make

    return add


@listed("two-columns-booktabs", "A table with three rules inside a column of two-column text.")
def two_columns_booktabs() -> Made:
    text = paragraphs("en", 2)
    parts = ["<div class=columns>", *text[:3], html_table(content.TRIALS), *text[3:], "</div>"]
    return weasyprint(page(parts, Look(style="booktabs", points=9, small=8))), [content.TRIALS]


@listed("two-columns-plain", "A table without rules inside a column of two-column text.")
def two_columns_plain() -> Made:
    text = paragraphs("en", 2)
    parts = ["<div class=columns>", *text[:4], html_table(content.WARDS), *text[4:], "</div>"]
    return chromium(page(parts, Look(points=9, small=8))), [content.WARDS]


@listed("beside-header-rule", "Two tables side by side, each with one rule.")
def beside_header_rule() -> Made:
    parts = [*paragraphs("en")[:2], "<div class=beside>"]
    parts += [f"<div>{html_table(grid)}</div>" for grid in (content.WARDS, content.SEATS)]
    made = weasyprint(page([*parts, "</div>"], Look(style="header-rule")))
    return made, [content.WARDS, content.SEATS]


@listed("stacked-booktabs", "Two tables of different columns below one another, three rules each.")
def stacked_booktabs() -> Made:
    grids = [content.SEATS, content.WARDS]
    parts = [*paragraphs("en")[:1], *map(html_table, grids), *paragraphs("en")[1:]]
    return chromium(page(parts, Look(style="booktabs", font=SANS))), grids


@listed("stacked-plain", "Three tables of different columns below one another, no rules.")
def stacked_plain() -> Made:
    grids = [content.EMPLOI, content.SEATS, content.KREISE]
    parts = [*paragraphs("en")[:1], *map(html_table, grids)]
    return weasyprint(page(parts, Look(font=SANS))), grids


def _latex_prose(language: str) -> list[str]:
    return [text.replace("%", r"\%") for text in content.PROSE[language]]


@listed("latex-article", "LaTeX, booktabs with rules under headings that span columns.")
def latex_article() -> Made:
    text = _latex_prose("en")
    grids = [content.HOUSING, content.TRIALS]
    body = "\n\n".join(
        [
            text[0],
            r"\begin{center}\small " + latex_table(content.HOUSING) + r"\end{center}",
            text[1],
            r"\begin{center}" + latex_table(content.TRIALS) + r"\end{center}",
            text[2],
        ]
    )
    return latex(latex_page(body)), grids


@listed("latex-two-columns", "LaTeX, two columns of text, a small table with three rules in one.")
def latex_two_columns() -> Made:
    text = _latex_prose("en")
    middle = (
        r"\begin{table}[h]\centering\small\setlength{\tabcolsep}{4pt}" + latex_table(content.TRIALS)
        + r"\caption{Both sets.}\end{table}"
    )  # fmt: skip
    body = "\n\n".join([*text, middle, *text, *text, *text])
    return latex(latex_page(body, "10pt,a4paper,twocolumn")), [content.TRIALS]


@listed("latex-wide-table", "LaTeX, a wide table of figures, close rows.")
def latex_wide_table() -> Made:
    body = r"\begin{center}\scriptsize\setlength{\tabcolsep}{3.5pt}" + latex_table(content.WIDE)
    return latex(latex_page(body + r"\end{center} " + _latex_prose("en")[0])), [content.WIDE]


def _typst_page(parts: Sequence[str], columns: int = 1) -> str:
    head = (
        "#set document(date: none)",
        f'#set page(paper: "a4", columns: {columns})',
        '#set text(font: "Liberation Serif", size: 10pt)',
        "#set par(justify: true)",
    )
    return "\n".join(head) + "\n" + "\n\n".join(parts)


@listed("typst-report", "Typst, all rules; beside it one with a rule under the heading only.")
def typst_report() -> Made:
    text = content.PROSE["de"]
    parts = [
        text[0],
        typst_table(content.KREISE, "0.5pt", head_rule=False),
        text[1],
        typst_table(content.EMPLOI, "none", head_rule=True),
    ]
    return typst(_typst_page(parts)), [content.KREISE, content.EMPLOI]


@listed("typst-plain", "Typst, no rules, wrapped labels.")
def typst_plain() -> Made:
    parts = [*content.PROSE["es"], typst_table(content.AYUDAS, "none", head_rule=False)]
    return typst(_typst_page(parts)), [content.AYUDAS]


# --------------------------------------------------------------------------- pages without tables


@listed("none-prose", "Running text, a list of points, headings: no table.")
def none_prose() -> Made:
    points = "".join(f"<li>{html.escape(point)}</li>" for point in content.POINTS)
    text = paragraphs("en")
    parts = ["<h1>1 Report of the year</h1>", *text, f"<ul>{points}</ul>", "<h2>1.1 Rents</h2>"]
    return chromium(page([*parts, *text, f"<ol>{points}</ol>"], Look())), []


@listed("none-two-columns", "Running text in two columns, numbers in it: no table.")
def none_two_columns() -> Made:
    parts = ["<h1>A look back</h1><div class=columns>", *paragraphs("en", 4), "</div>"]
    return weasyprint(page(parts, Look(points=9))), []


@listed("none-three-columns", "Short lines in three columns, ragged: no table.")
def none_three_columns() -> Made:
    style = "<style>.columns{columns:3}p{text-align:left!important}</style>"
    parts = [style, "<div class=columns>", *paragraphs("en", 4), *paragraphs("de"), "</div>"]
    return chromium(page(parts, Look(points=8.5, font=SANS))), []


@listed("none-contents", "A table of contents with leaders and page numbers: no table.")
def none_contents() -> Made:
    lines = "\n".join(
        rf"\noindent {name} \dotfill\ {number}\par" for name, number in content.CONTENTS
    )
    return latex(latex_page(rf"\section*{{Contents}}{lines} \bigskip " + _latex_prose("en")[0])), []


@listed("none-literature", "A list of literature with hanging lines, an address, a signature.")
def none_literature() -> Made:
    entries = "".join(
        f'<p style="padding-left:18pt;text-indent:-18pt">{html.escape(entry)}</p>'
        for entry in content.LITERATURE
    )
    numbered = "".join(
        f'<p style="padding-left:18pt;text-indent:-18pt">[{number}]&emsp;{html.escape(entry)}</p>'
        for number, entry in enumerate(content.LITERATURE, start=1)
    )
    address = (
        "<p>Office of Housing<br>12 Mill Lane<br>Norfell</p>"
        '<div style="display:flex;justify-content:space-between"><span>Norfell, 4 May 2023</span>'
        "<span>The county clerk</span></div>"
    )
    parts = ["<h1>Literature</h1>", entries, "<h2>Notes</h2>", numbered, address]
    return weasyprint(page(parts, Look())), []


def made_twice_alike(pdf: bytes) -> bytes:
    """The PDF with a fixed identifier and fixed dates."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        for key in ("/CreationDate", "/ModDate", "/ID"):
            if key in document.docinfo:
                del document.docinfo[key]
        output = io.BytesIO()
        document.save(output, deterministic_id=True)
    return output.getvalue()


def main(names: Sequence[str]) -> None:
    """Make the pages named, or all."""
    for name in names or PAGES:
        what, make = PAGES[name]
        pdf, grids = make()
        (HERE / f"{name}.pdf").write_bytes(made_twice_alike(pdf))
        facts = {"what": what, "invented": True, "tables": [truth(grid) for grid in grids]}
        text = json.dumps(facts, ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
