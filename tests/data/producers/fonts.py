"""IPA fonts cut down to the characters of the report and without hinting: small fixtures."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fontTools import subset

from tests.data.mine.content import Block, Chart, Picture, Table, Text

SOURCES = {
    "gothic": Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"),
    "mincho": Path("/usr/share/fonts/opentype/ipafont-mincho/ipam.ttf"),
}
ALWAYS = "".join(map(chr, [*range(0x20, 0x7F), *range(0xFF01, 0xFF5F)]))


def characters(blocks: Iterable[Block]) -> str:
    """Every character that the blocks print, once, and all ASCII in both widths.

    ReportLab keeps the first font of a name: all documents of one run must be able to use it.
    """
    found = set(ALWAYS)
    for block in blocks:
        if isinstance(block, Text):
            found.update(block.text)
        elif isinstance(block, Table):
            found.update(text for row in block.rows for cell in row for text in cell.text)
        elif isinstance(block, Picture):
            found.update(block.caption)
        else:
            assert isinstance(block, Chart)
    return "".join(sorted(found - {"\n"}))


def cut(text: str, folder: Path) -> dict[str, Path]:
    """Write both fonts with the glyphs of ``text`` alone; their paths by name."""
    options = subset.Options(hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True)
    paths = {}
    for name, source in SOURCES.items():
        font = subset.load_font(str(source), options)
        cutter = subset.Subsetter(options)
        cutter.populate(text=text)
        cutter.subset(font)
        paths[name] = folder / f"{name}.ttf"
        subset.save_font(font, str(paths[name]), options)
    return paths
