"""Write the shapes that kana and kanji are compared with, and print the digest of the file.

python -m tests.data.letter_shapes NotoSansCJK-Regular.ttc NotoSerifCJK-Regular.ttc

Needs fonttools (requirements.txt here) and fonts-noto-cjk (SIL Open Font License).
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTCollection

from pipeline.extract.pdf.digits import Contour, along
from pipeline.extract.pdf.letters import SHAPES, Shape, packed, shape_of


def letters() -> Iterator[str]:
    """Hiragana, katakana, and the kanji of the first level of JIS X 0208."""
    yield from map(chr, chain(range(0x3041, 0x3097), range(0x30A1, 0x30FB)))
    for row in range(0xB0, 0xD0):
        for cell in range(0xA1, 0xFF):
            yield bytes([row, cell]).decode("euc_jp", "ignore")


def outlines_of(glyphs: Any, name: str) -> tuple[Contour, ...]:
    """The outlines of a glyph whose curves are cubic, as polygons."""
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    found: list[list[tuple[float, float]]] = []
    for operator, points in pen.value:
        if operator == "moveTo":
            found.append([points[0]])
        elif operator == "lineTo":
            found[-1].append(points[0])
        elif operator == "curveTo":
            found[-1].extend(along(found[-1][-1], *points))
    return tuple(tuple(one) for one in found if len(one) > 2)


def shapes_of(path: str) -> dict[str, Shape]:
    """The shapes of the Japanese face of a collection."""
    faces = TTCollection(path).fonts
    face = next(one for one in faces if str(one["name"].getDebugName(1)).endswith("JP"))
    names, glyphs = face.getBestCmap(), face.getGlyphSet()
    found = {one: shape_of(outlines_of(glyphs, names[ord(one)])) for one in filter(None, letters())}
    return {one: shape for one, shape in found.items() if shape is not None}


def main(paths: Sequence[str]) -> None:
    """Write the file."""
    faces = [shapes_of(path) for path in paths]
    data = packed({one: [face[one] for face in faces] for one in faces[0]})
    Path(SHAPES).write_bytes(data)
    print(hashlib.sha256(data).hexdigest())


if __name__ == "__main__":
    main(sys.argv[1:])
