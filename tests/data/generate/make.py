"""The fixed reports of the tests: ``python -m tests.data.generate.make`` writes them anew."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from fontTools import subset

from tests.data.generate.blocks import Block, Grid, NewPage, TwoColumns
from tests.data.generate.document import Made, make
from tests.data.generate.features import Features, draw
from tests.data.generate.fixed import SEEDS
from tests.data.generate.produce import FONT_FILES, PRODUCERS

HERE = Path(__file__).parent / "fixed"


def characters(blocks: Iterable[Block]) -> set[str]:
    """Every character that the blocks print, and printable ASCII."""
    found = set(map(chr, range(0x20, 0x7F)))
    for block in blocks:
        if isinstance(block, TwoColumns):
            found |= characters(block.blocks)
        elif isinstance(block, Grid):
            found.update(*(cell.text for cell in block.cells))
        elif not isinstance(block, NewPage):
            found.update(block.text)
    return found - {"\n"}


def cut_font(name: str, text: set[str], folder: Path) -> Path:
    """The font with the glyphs of a text alone and without hinting: a small fixture."""
    options = subset.Options(hinting=False, layout_features=[], name_IDs=["*"], notdef_outline=True)
    font = subset.load_font(FONT_FILES[name], options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(text)))
    cutter.subset(font)
    path = folder / f"{name}.ttf"
    subset.save_font(font, str(path), options)
    return path


def small_pdf(made: Made, producer: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        path = cut_font(made.look.font, characters(made.blocks), Path(name))
        look = replace(made.look, font_file=str(path))
        return PRODUCERS[producer](made.title, made.blocks, look)


def features_of(seed: int) -> Features:
    """The features of a committed report stay as they are when the grammar grows."""
    path = HERE / f"{seed}.json"
    if path.exists():
        return Features(**json.loads(path.read_text(encoding="utf-8"))["features"])
    return draw(seed)


def write(seed: int) -> int:
    """Write the PDF and the truth of a seed; return the PDF's size in bytes."""
    features = features_of(seed)
    made = make(seed, features)
    pdf = small_pdf(made, features.producer)
    (HERE / f"{seed}.pdf").write_bytes(pdf)
    truth = json.dumps(made.truth, ensure_ascii=False, indent=1)
    (HERE / f"{seed}.json").write_text(truth + "\n", encoding="utf-8")
    return len(pdf)


def main() -> None:
    HERE.mkdir(exist_ok=True)
    for old in HERE.iterdir():
        if int(old.stem) not in SEEDS:
            old.unlink()
    # A process for each: ReportLab keeps the first font of a name, with its few glyphs.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        for seed, size in zip(SEEDS, pool.map(write, SEEDS), strict=True):
            print(f"{seed}: {size} bytes")


if __name__ == "__main__":
    main()
