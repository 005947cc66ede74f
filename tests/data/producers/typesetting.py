"""The report as Typst source."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.data.mine import charts
from tests.data.mine.content import Block, Cell, Chart, Table, Text

SIZES = {"title": 14, "goal": 13, "section": 11.5, "policy": 11.5, "caption": 10}


def source(blocks: Iterable[Block], folder: Path) -> str:
    """The document; charts are written as SVG files into ``folder``."""
    parts = [
        '#set page(paper: "a4", margin: (x: 20mm, y: 21mm), numbering: "1")',
        '#set text(font: "IPAMincho", size: 10pt, lang: "ja")',
        "#set par(leading: 0.7em, justify: true)",
        "#set table(stroke: 0.5pt, inset: 4pt, align: top)",
    ]
    for number, block in enumerate(blocks):
        parts.append(_block(block, folder, number))
    return "\n".join(parts)


def write(blocks: Iterable[Block], folder: Path, target: Path) -> None:
    """Compile in ``folder``, which holds the fonts, and write the PDF."""
    import typst

    path = folder / "report.typ"
    path.write_text(source(blocks, folder), "utf-8")
    typst.compile(
        str(path),
        output=str(target),
        root=str(folder),
        font_paths=[str(folder)],
        ignore_system_fonts=True,
        timestamp=1748736000,
    )


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _block(block: Block, folder: Path, number: int) -> str:
    if isinstance(block, Text):
        size = SIZES.get(block.style, 10)
        font = "IPAGothic" if block.style in SIZES else "IPAMincho"
        text = f'#text(font: "{font}", size: {size}pt, {_string(block.text)})'
        keep = "true" if block.style in SIZES and block.style != "title" else "false"
        where = "center" if block.style == "title" else "left"
        return f"#block(sticky: {keep}, width: 100%)[#align({where})[{text}]]"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Chart):
        name = f"chart{number}.svg"
        drawing = charts.svg(block).replace("<text ", '<text font-family="IPAGothic" ')
        (folder / name).write_text(drawing, "utf-8")
        return f'#align(center)[#image("{name}", width: 110mm)]'
    return (
        "#align(center)[#rect(width: 80mm, height: 45mm, fill: luma(220), stroke: none)"
        f"#text({_string(block.caption)})]"
    )


def _cell(cell: Cell) -> str:
    lines = " + linebreak() + ".join(f"text({_string(line)})" for line in cell.text.split("\n"))
    fill = "fill: yellow, " if cell.fill else ""
    return f"table.cell({fill}align: {cell.align})[#({lines})]"


def _table(table: Table) -> str:
    columns = ", ".join(f"{100 * share:g}%" for share in table.widths)
    rows = [", ".join(map(_cell, row)) for row in table.rows]
    if table.repeat_header:
        rows[0] = f"table.header(repeat: true, {rows[0]})"
    return f"#table(columns: ({columns},), {', '.join(rows)})"
