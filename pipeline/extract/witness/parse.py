"""The second reader: another parser and another table finder.

playa parses the PDF; pdfplumber's functions find the cells.  It reads ToUnicode only, so its text
differs harmlessly where a producer used ActualText or odd code points (see
:mod:`pipeline.japanese.same_reading`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from pipeline.extract.pdf.geometry import Matrix, angle_of, display_matrix, multiply, transform_box
from pipeline.extract.pdf.primitives import SOFT_HYPHEN
from pipeline.extract.pdf.symbols import Symbols, known_symbol
from pipeline.extract.witness.blend_modes import LOST_ON_PAPER, settle_blend_modes
from pipeline.extract.witness.whole import page_is_cut
from pipeline.japanese.controls import harmless
from pipeline.model import Box

NAME = "playa"


_MOST_CROSSINGS = 6000
"""Crossings of rules beyond which a page is a drawing and no table is witnessed."""
_HYPHEN_OF_WIN_ANSI = 173
"""A second code of the hyphen in simple fonts, which playa gives as a blank."""


_COLLECTIONS = frozenset({"Adobe-Japan1"})
"""Collections of characters whose numbers are known."""


class WitnessGlyph(msgspec.Struct, array_like=True, gc=False):
    """One character as the second reader sees it, on the page as displayed."""

    text: str
    x: float
    y: float
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    angle: int
    run: int


class WitnessPage(msgspec.Struct, array_like=True):
    """One page as the second reader sees it.  ``cut``: its drawing ends in the middle."""

    cells: list[Box]
    glyphs: list[WitnessGlyph]
    cut: bool = False


def load_libraries() -> None:
    """Import what reading needs, so that children that are copies of this process have it."""
    import pdfplumber.table  # noqa: F401, PLC0415 - costly, and only needed here
    import playa  # noqa: F401, PLC0415


def read_encoded(
    data: bytes, password: str | None, symbols: Symbols, part: tuple[int, int] = (0, 1)
) -> bytes:
    """:func:`read`, encoded for the way out of a child process."""
    return msgspec.msgpack.encode(read(data, password, symbols, part))


def decode(answer: bytes) -> list[WitnessPage]:
    """The inverse of :func:`read_encoded`."""
    return msgspec.msgpack.decode(answer, type=list[WitnessPage])


def read(
    data: bytes, password: str | None, symbols: Symbols, part: tuple[int, int] = (0, 1)
) -> list[WitnessPage]:
    """The pages as the second reader sees them.

    ``part``: which of how many parts of the document, from 0, each a run of pages.
    """
    import playa  # noqa: PLC0415 - costly, and only needed here

    number, parts = part
    with playa.parse(data, password=password or "", space="default") as document:
        first, last = 0, None
        if parts > 1:
            count = len(document.pages)
            first, last = count * number // parts, count * (number + 1) // parts
        return [_page(page, symbols) for page in islice(document.pages, first, last)]


def cut_pages_encoded(data: bytes, password: str | None) -> bytes:
    """The numbers of the pages whose drawing ends in the middle, encoded; nothing else is read."""
    import playa  # noqa: PLC0415 - costly, and only needed here

    with playa.parse(data, password=password or "", space="default") as document:
        cut = [number for number, page in enumerate(document.pages, start=1) if page_is_cut(page)]
    return msgspec.msgpack.encode(cut)


def _page(page: Any, symbols: Symbols) -> WitnessPage:
    left, bottom, right, top = page.mediabox
    crop = page.cropbox
    visible = (
        max(left, crop[0]),
        max(bottom, crop[1]),
        min(right, crop[2]),
        min(top, crop[3]),
    )
    if visible[0] >= visible[2] or visible[1] >= visible[3]:
        visible = (left, bottom, right, top)
    display = display_matrix(visible, page.rotate)
    glyphs: list[WitnessGlyph] = []
    edges: list[dict[str, Any]] = []
    settle_blend_modes(page)
    for number, item in enumerate(page.flatten()):
        if item.object_type == "text":
            _add_glyphs(glyphs, item, number, display, symbols)
        elif item.object_type == "path":
            edges.extend(_edges(item, display))
    return WitnessPage(_cells(edges), glyphs, page_is_cut(page))


def _add_glyphs(
    glyphs: list[WitnessGlyph], item: Any, number: int, display: Matrix, symbols: Symbols
) -> None:
    """The glyphs of a text object.  Only the place differs among their matrices."""
    if item.gstate.render_mode in (3, 7) or _is_lost_on_paper(item.gstate.blend_mode):
        return
    a, b, c, d, e, f = display
    size = 0.0
    angle = -1
    by_number = _by_number(item)
    for glyph in item:
        matrix = glyph.matrix
        if angle < 0:
            shown = multiply(matrix, display)
            size, angle = math.hypot(shown[2], shown[3]), angle_of(shown)
        x, y = matrix[4], matrix[5]
        text = (by_number and by_number.get_unichr(glyph.cid)) or glyph.text or "\ufffd"
        if not text.isprintable():
            text = harmless(text)
        if not "\x1f" < text < "\ue000":
            text = known_symbol(glyph.fontname, text, symbols) or text
        elif text == SOFT_HYPHEN or (text in " \xa0" and glyph.cid == _HYPHEN_OF_WIN_ANSI):
            text = "-"
        glyphs.append(
            WitnessGlyph(
                text,
                x * a + y * c + e,
                x * b + y * d + f,
                *transform_box(glyph.bbox, display),
                size,
                angle,
                number,
            )
        )


def _is_lost_on_paper(mode: Any) -> bool:
    """Whether nothing of dark text is seen on white paper in a blend mode.

    PDFium draws such text as if it had none.
    """
    return getattr(mode, "name", "") in LOST_ON_PAPER


def _by_number(item: Any) -> Any:
    """What the numbers of a font's characters mean, where these and not a font inside say it.

    A font that is not embedded is drawn by the numbers of a known collection of characters, and the
    table that tells what they mean may say something else.
    """
    from playa.cmapdb import get_unicode_map  # noqa: PLC0415 - costly, and only needed here

    font = item.gstate.font
    coding = getattr(font, "cidcoding", "")
    if getattr(font, "tounicode", None) is None or coding not in _COLLECTIONS:
        return None
    if any(key in font.descriptor for key in ("FontFile", "FontFile2", "FontFile3")):
        return None
    return get_unicode_map(coding, font.vertical)


def _edges(path: Any, display: Matrix) -> Iterator[dict[str, Any]]:
    """The straight sides of a path, as pdfplumber describes edges."""
    a, b, c, d, e, f = display
    start = last = None
    for segment in path.segments:
        if segment.operator == "h":
            target = start
        elif segment.points:
            x, y = segment.points[-1]
            target = (a * x + c * y + e, b * x + d * y + f)
        else:
            continue
        if segment.operator in ("l", "h") and last is not None and target is not None:
            yield from _edge(last, target)
        if segment.operator == "m":
            start = target
        last = target


def _edge(first: tuple[float, float], second: tuple[float, float]) -> Iterator[dict[str, Any]]:
    x0, x1 = sorted((first[0], second[0]))
    top, bottom = sorted((first[1], second[1]))
    edge = {"x0": x0, "x1": x1, "top": top, "bottom": bottom}
    if bottom - top < 0.5 < x1 - x0:
        yield {**edge, "bottom": top, "width": x1 - x0, "height": 0.0, "orientation": "h"}
    elif x1 - x0 < 0.5 < bottom - top:
        yield {**edge, "x1": x0, "width": 0.0, "height": bottom - top, "orientation": "v"}


def _cells(edges: list[dict[str, Any]]) -> list[Box]:
    from pdfplumber import table as plumber  # noqa: PLC0415 - costly, and only needed here

    merged = plumber.merge_edges(
        edges, snap_x_tolerance=3, snap_y_tolerance=3, join_x_tolerance=3, join_y_tolerance=3
    )
    merged = [edge for edge in merged if max(edge["width"], edge["height"]) >= 3]
    crossings = plumber.edges_to_intersections(merged, 3, 3)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    return [
        (float(x0), float(top), float(x1), float(bottom))
        for x0, top, x1, bottom in smallest_cells(crossings)
    ]


_Crossings = Mapping[tuple[float, float], Mapping[str, Sequence[Mapping[str, Any]]]]


def smallest_cells(crossings: _Crossings) -> Iterator[Box]:
    """The smallest rectangle from each crossing whose sides are drawn, where there is one.

    What pdfplumber's ``intersections_to_cells`` gives, without its looking at every other
    crossing of the page for each.
    """
    lines = {
        point: {way: {_sides(edge) for edge in edges} for way, edges in by_way.items()}
        for point, by_way in crossings.items()
    }
    points = sorted(crossings)
    columns: dict[float, list[tuple[float, float]]] = {}
    rows: dict[float, list[tuple[float, float]]] = {}
    place: dict[tuple[float, float], tuple[int, int]] = {}
    for point in points:
        column, row = columns.setdefault(point[0], []), rows.setdefault(point[1], [])
        column.append(point)
        row.append(point)
        place[point] = len(column), len(row)

    def joined(first: tuple[float, float], second: tuple[float, float], way: str) -> bool:
        return not lines[first][way].isdisjoint(lines[second][way])

    def cell_from(point: tuple[float, float]) -> Box | None:
        below, right = place[point]
        beside = [x for x in rows[point[1]][right:] if joined(point, x, "h")]
        for low in columns[point[0]][below:]:
            if not beside or not joined(point, low, "v"):
                continue
            for far in beside:
                corner = (far[0], low[1])
                if corner in lines and joined(corner, far, "v") and joined(corner, low, "h"):
                    return (*point, *corner)
        return None

    return filter(None, map(cell_from, points))


def _sides(edge: Mapping[str, Any]) -> tuple[float, float, float, float]:
    return edge["x0"], edge["top"], edge["x1"], edge["bottom"]
