"""Whole reports in which what is drawn is not what the text says, or the other way round.

Each has one figure (33,000) that something hides, changes or only seems to: shapes and pictures,
clips, ways of drawing text, fonts without outlines, annotations, fields, layers.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from typing import NamedTuple

from tests.hostile_kinds import (
    CATALOGUE,
    CONTENTS,
    FONTS,
    INFO,
    MEANING,
    PAGE,
    PAGES,
    Objects,
    stream,
)
from tests.hostile_looks import _SEEN as CONTENT
from tests.hostile_looks import X, Y, drawn


class Drawn(NamedTuple):
    """A report: how it is made, what is seen where the figure stands (``None``: no such figure),
    the doubt that must hold the release back, if one must, and whether it takes two readers.
    """

    make: Callable[[], bytes]
    seen: str | None
    doubt: str = ""
    two: bool = False


DRAWN: dict[str, Drawn] = {}
AS_WRITTEN = "33000"
OTHERWISE = "reading.digits-drawn-otherwise"
NOT_DRAWN = "reading.field-not-drawn"
PARTLY = "reading.partly-hidden"
PICTURED = "reading.drawn-in-cell"

_FIGURE = b"(33,000) Tj"
_LINE = re.search(rb"BT [^\n]*\(33,000\) Tj T\* ET", CONTENT)
if _LINE is None:
    raise ValueError(_FIGURE)
_START = b"BT /F2+0 9 Tf 1 0 0 1 %.2f %.2f Tm " % (X, Y)
_NINE = b"BT /F2+0 9 Tf 1 0 0 1 %.2f %.2f Tm (9) Tj ET" % (X - 5, Y)
_AREA = b"%.2f %.2f 36 11 re" % (X - 4, Y - 2)
_OTHER = b"1 g 0 0 36 11 re f 0 g BT /F2+0 9 Tf 4 2 Td (44,000) Tj ET"
_SHADING = (
    b"<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [ 0 0 1 0 ] /Extend [ true true ] "
    b"/Function << /FunctionType 2 /Domain [ 0 1 ] /C0 [ %d ] /C1 [ %d ] /N 1 >> >>"
)
_CIRCLE = (
    b"1 0 0 1 %.2f %.2f cm 22 0 m 22 12 12 22 0 22 c -12 22 -22 12 -22 0 c "
    b"-22 -12 -12 -22 0 -22 c 12 -22 22 -12 22 0 c f" % (X + 14, Y + 3)
)
_TILES = (
    b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [ 0 0 9 9 ] /XStep 9 "
    b"/YStep 9 /Resources << >>"
)
_DOTS = (
    b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 "
    b"/ColorSpace /DeviceGray"
)


def put_in_place(operators: bytes, resources: bytes = b"", made: Objects | None = None) -> bytes:
    """The report with other operators where the figure is drawn."""
    made = made or Objects()
    made[CONTENTS] = stream(CONTENT.replace(_LINE[0], operators))
    made[PAGE] = made[PAGE].replace(b"/Resources <<", b"/Resources << " + resources, 1)
    return made.written()


def drawn_before(operators: bytes, resources: bytes = b"") -> bytes:
    """The report with more drawn under all else."""
    made = Objects()
    made[CONTENTS] = stream(operators + b"\n" + CONTENT)
    made[PAGE] = made[PAGE].replace(b"/Resources <<", b"/Resources << " + resources, 1)
    return made.written()


def form(made: Objects, operators: bytes, box: bytes = b"[ 0 0 36 11 ]", more: bytes = b"") -> int:
    """One more form with the report's fonts."""
    entries = b"/Type /XObject /Subtype /Form /BBox %s /Resources << /Font 1 0 R >> %s"
    return made.stream(operators, entries % (box, more))


def annotated(entries: bytes, made: Objects | None = None, *, fields: bytes | None = None) -> bytes:
    """The report with an annotation over the figure."""
    made = made or Objects()
    place = b"/Rect [ %.2f %.2f %.2f %.2f ]" % (X - 4, Y - 2, X + 32, Y + 9)
    note = made.add(b"<< /Type /Annot %s %s >>" % (place, entries))
    made[PAGE] = made[PAGE].replace(b"/MediaBox", b"/Annots [ %d 0 R ] /MediaBox" % note, 1)
    if fields is not None:
        told = b"/AcroForm << /Fields [ %d 0 R ] /DA (/Helv 9 Tf 0 g) %s >>"
        made.put(CATALOGUE, told % (note, fields))
    return made.written()


def appearing(kind: bytes, operators: bytes, flags: int = 4) -> bytes:
    """The report with an annotation whose appearance lies over the figure."""
    made = Objects()
    appearance = form(made, operators)
    return annotated(b"/Subtype /%s /F %d /AP << /N %d 0 R >>" % (kind, flags, appearance), made)


def field(value: bytes, operators: bytes | None, fields: bytes = b"") -> bytes:
    """The report with a field in place of the figure."""
    made = Objects()
    look = b"/AP << /N %d 0 R >>" % form(made, operators) if operators else b""
    made[CONTENTS] = stream(CONTENT.replace(_LINE[0], b""))
    entries = b"/Subtype /Widget /FT /Tx /T (a) /V (%s) /DA (/Helv 9 Tf 0 g) /F 4 %s"
    return annotated(entries % (value, look), made, fields=fields)


def layered(operators: bytes, configuration: bytes) -> bytes:
    """The report with more drawn in a layer."""
    made = Objects()
    layer = made.add(b"<< /Type /OCG /Name (L) >>")
    told = configuration.replace(b"L", b"%d 0 R" % layer)
    made.put(CATALOGUE, b"/OCProperties << /OCGs [ %d 0 R ] /D << %s >> >>" % (layer, told))
    inside = b"/OC /L0 BDC %s EMC" % operators
    return drawn(made, inside, b"/Properties << /L0 %d 0 R >> " % layer)


def pictured(across: int, down: int, width: int, height: int) -> bytes:
    """The report under a white picture that is opaque only over the figure."""
    made, columns, rows = Objects(), 100, 140
    mask = bytearray(columns * rows)
    for place in range(columns * rows):
        x = across + (place % columns + 0.5) / columns * width
        y = down + height - (place // columns + 0.5) / rows * height
        if X - 4 < x < X + 32 and Y - 6 < y < Y + 12:
            mask[place] = 255
    dots = _DOTS % (columns, rows)
    masked = made.stream(bytes(mask), dots)
    picture = made.stream(b"\xff" * columns * rows, dots + b" /SMask %d 0 R" % masked)
    placed = b"q %d 0 0 %d %d %d cm /I0 Do Q" % (width, height, across, down)
    return drawn(made, placed, b"/XObject << /I0 %d 0 R >> " % picture)


def tiled(tile: bytes) -> bytes:
    """The report with an area of a pattern over the figure."""
    made = Objects()
    pattern = made.stream(tile, _TILES)
    painted = b"q /Pattern cs /P0 scn %s f Q" % _AREA
    return drawn(made, painted, b"/Pattern << /P0 %d 0 R >> " % pattern)


def meaning(*pairs: tuple[int, int], width: int = 2) -> bytes:
    """A table of what the codes of a font mean."""
    rows = b" ".join(b"<%0*X> <%04X>" % (width, code, said) for code, said in pairs)
    span = b"<%s> <%s>" % (b"0" * width, b"F" * width)
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def "
        b"/CMapType 2 def 1 begincodespacerange %s endcodespacerange %d beginbfchar %s endbfchar "
        b"endcmap end end" % (span, len(pairs), rows)
    )


def in_font(font: bytes, made: Objects, text: bytes = _FIGURE) -> bytes:
    """The report with the figure in a font of its own."""
    made[FONTS] = made[FONTS].replace(b"<<", b"<< /F9 " + font, 1)
    return put_in_place(_START.replace(b"/F2+0", b"/F9") + text + b" ET", made=made)


def standard(encoding: bytes, *pairs: tuple[int, int]) -> bytes:
    """The report with the figure in a font that every viewer has."""
    made = Objects()
    table = b"/ToUnicode %d 0 R" % made.stream(meaning(*pairs)) if pairs else b""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s %s >>"
    return in_font(font % (encoding, table), made)


def collection(said: int) -> bytes:
    """The report with the figure in a Japanese font that is not inside; ``said``: of its threes."""
    made = Objects()
    table = made.stream(meaning((20, said), (13, 0x2C), (17, 0x30), width=4))
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /MS-Gothic /Encoding /Identity-H "
        b"/ToUnicode %d 0 R /DescendantFonts [ << /Type /Font /Subtype /CIDFontType2 "
        b"/BaseFont /MS-Gothic /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) "
        b"/Supplement 2 >> /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /MS-Gothic "
        b"/Flags 4 /FontBBox [ 0 0 1000 1000 ] /ItalicAngle 0 /Ascent 859 /Descent -140 "
        b"/CapHeight 700 /StemV 80 >> >> ] >>" % table
    )
    return in_font(font, made, b"<00140014000D001100110011> Tj")


def by_operators(three: bytes) -> bytes:
    """The report with the figure in a font whose glyphs are operators (Type 3)."""
    made = Objects()
    letter = b"556 0 d0 BT /H 1000 Tf (%s) Tj ET"
    glyphs = (b"three", three), (b"zero", letter % b"0"), (b"comma", letter % b",")
    drawings = b" ".join(b"/%s %d 0 R" % (name, made.stream(body)) for name, body in glyphs)
    table = made.stream(meaning((0x33, 0x33), (0x30, 0x30), (0x2C, 0x2C)))
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [ 0 -200 600 800 ] "
        b"/FontMatrix [ .001 0 0 .001 0 0 ] /FirstChar 32 /LastChar 63 /Widths [ %s ] "
        b"/Encoding << /Differences [ 44 /comma 48 /zero 51 /three ] >> /CharProcs << %s >> "
        b"/Resources << /Font << /H << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> "
        b"/ToUnicode %d 0 R >>" % (b"556 " * 32, drawings, table)
    )
    return in_font(b"%d 0 R" % made.add(font), made)


def in_form(box: bytes) -> bytes:
    """The report with the figure in a form that shows no more than a box."""
    made = Objects()
    number = form(made, _START + _FIGURE + b" ET", box)
    return put_in_place(b"/X0 Do", b"/XObject << /X0 %d 0 R >> " % number, made)


def dynamic() -> bytes:
    """The report as a form that a viewer lays out from data of its own."""
    made = Objects()
    data = made.stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'><template/></xdp:xdp>")
    made.put(CATALOGUE, b"/AcroForm << /Fields [ ] /XFA %d 0 R >> /NeedsRendering true" % data)
    return made.written()


def uncounted() -> bytes:
    """The report before a second page that the file does not count."""
    made = Objects()
    contents = made.stream(CONTENT.replace(b"33,000", b"34,000"))
    second = b"/Contents %d 0 R" % contents
    page = made.add(made[PAGE].replace(b"/Contents 11 0 R", second))
    made[PAGES] = b"<< /Type /Pages /Count 1 /Kids [ 3 0 R %d 0 R ] >>" % page
    return made.written()


def clipped(path: bytes) -> bytes:
    """The report with the figure under a clip."""
    return put_in_place(b"q %s n %s%s ET Q" % (path, _START, _FIGURE))


def through(state: bytes, times: int = 1) -> bytes:
    """The report with white over the figure, painted in a state."""
    painted = b"q /G0 gs 1 g %s Q" % ((_AREA + b" f ") * times)
    return drawn(Objects(), painted, b"/ExtGState << /G0 << %s >> >> " % state)


def over(operators: bytes, resources: bytes = b"") -> bytes:
    """The report with more drawn over all else."""
    return drawn(Objects(), b"q %s Q" % operators, resources)


def blended(mode: bytes) -> bytes:
    """The report with the figure in a blend mode."""
    state = b"/ExtGState << /G0 << /BM %s >> >> " % mode
    return put_in_place(b"q /G0 gs %s%s ET Q" % (_START, _FIGURE), state)


def freed(number: int) -> bytes:
    """The report with an update that sets an object free and holds nothing else."""
    whole = Objects().written()
    last = int(re.findall(rb"startxref\s+(\d+)", whole)[-1])
    size = re.findall(rb"/Size (\d+)", whole)[-1]
    update = b"xref\n%d 1\n0000000000 00001 f \ntrailer\n<< /Size %s /Root %d 0 R /Prev %d >>\n"
    table = update % (number, size, CATALOGUE, last)
    return whole + table + b"startxref\n%d\n%%%%EOF\n" % len(whole)


def freed_by_stream(number: int) -> bytes:
    """The same, by an update whose table is a compressed stream."""
    whole = Objects().written()
    last = int(re.findall(rb"startxref\s+(\d+)", whole)[-1])
    size = int(re.findall(rb"/Size (\d+)", whole)[-1])
    rows = b"\0\0\0\0\0\0\1" + b"\1" + len(whole).to_bytes(4, "big") + b"\0\0"
    packed = zlib.compress(rows)
    table = (
        b"%d 0 obj\n<< /Type /XRef /Size %d /W [ 1 4 2 ] /Index [ %d 1 %d 1 ] /Root %d 0 R "
        b"/Prev %d /Filter /FlateDecode /Length %d >>\nstream\n"
    ) % (size, size + 1, number, size, CATALOGUE, last, len(packed))
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(whole)
    return whole + table + packed + end


add = DRAWN.__setitem__


def _hidden() -> None:
    """What hides it."""
    shading = b"/Shading << /S0 %s >> " % (_SHADING % (1, 1))
    add("shading over it", Drawn(lambda: over(_AREA + b" W n /S0 sh", shading), None, PICTURED))
    add("white circle over it", Drawn(lambda: over(b"1 g " + _CIRCLE), None))
    dots = b" ".join(
        b"%d %d m %d %d l %d %d l h f" % (x, y, x + 3, y, x, y + 3)
        for x in range(300, 580, 7)
        for y in range(20, 320, 10)
    )
    crowd = b"1 g %s %s" % (dots, _CIRCLE)
    add("white circle over it after a thousand things", Drawn(lambda: over(crowd), None))
    triangle = b"1 g %.2f %.2f m %.2f %.2f l %.2f %.2f l h f"
    half = triangle % (X - 2, Y - 4, X + 14, Y + 4, X - 2, Y + 14)
    add("triangle over its first digits", Drawn(lambda: over(half), None, OTHERWISE))
    beside = triangle % (X - 4, Y + 11, X + 36, Y + 11, X - 4, Y + 8.5)
    add("triangle beside it", Drawn(lambda: over(beside), AS_WRITTEN))
    curve = b"1 G 14 w %.2f %.2f m %.2f %.2f %.2f %.2f %.2f %.2f c S"
    bent = curve % (X - 4, Y + 3, X + 5, Y + 4, X + 20, Y + 2, X + 34, Y + 3)
    add("white curve over it", Drawn(lambda: over(bent), None))
    lines = b" ".join(
        b"%.2f %.2f m %.2f %.2f l S" % (X - 4, Y - 1 + row, X + 34, Y - 1 + row)
        for row in range(10)
    )
    add("white lines close over it", Drawn(lambda: over(b"1 G 1.2 w " + lines), None))
    add("page-wide picture, opaque over it", Drawn(lambda: pictured(0, 0, 595, 842), None))
    small = int(X) - 20, int(Y) - 30, 80, 60
    add("small picture, opaque over it", Drawn(lambda: pictured(*small), None))
    add("white pattern over it", Drawn(lambda: tiled(b"1 g 0 0 9 9 re f"), None))
    add("empty pattern over it", Drawn(lambda: tiled(b" "), AS_WRITTEN))
    add("white all but opaque", Drawn(lambda: through(b"/ca 0.99"), None))
    add("white half opaque, ten times", Drawn(lambda: through(b"/ca 0.5", 10), None))
    add("white nearly transparent", Drawn(lambda: through(b"/ca 0.02"), AS_WRITTEN))
    add("white multiplied", Drawn(lambda: through(b"/BM /Multiply"), AS_WRITTEN))


def _vanishing() -> None:
    """What it vanishes into."""
    dot = b"q 36 0 0 11 %.2f %.2f cm BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI Q" % (X - 4, Y - 2)
    add("black picture under it", Drawn(lambda: drawn_before(dot), None, PICTURED))
    dark = b"/Shading << /S0 %s >> " % (_SHADING % (0, 0))
    ground = b"q %s W n /S0 sh Q" % _AREA
    add("black shading under it", Drawn(lambda: drawn_before(ground, dark), None, PICTURED))
    add("black circle under it", Drawn(lambda: drawn_before(b"q 0 g %s Q" % _CIRCLE), None))


def _clipped() -> None:
    """Clips."""
    hole = b"0 0 595 842 re %.2f %.2f %d 20 re W*"
    add("in the hole of a clip", Drawn(lambda: clipped(hole % (X - 12, Y - 6, 60)), None))
    first = hole % (X - 2, Y - 6, 14)
    add("its first digits in the hole of a clip", Drawn(lambda: clipped(first), None, PARTLY))
    corner = b"%.2f %.2f m %.2f %.2f l %.2f %.2f l h W"
    cut = corner % (X - 2, Y + 30, X + 40, Y + 30, X + 40, Y - 40)
    add("clipped by a triangle", Drawn(lambda: clipped(cut), None, PARTLY))
    letter = b"BT /F2+0 9 Tf 7 Tr 1 0 0 1 50 50 Tm (8) Tj ET BT 0 Tr ET"
    shut = b"q %s %s%s ET Q" % (letter, _START, _FIGURE)
    add("clipped by a text", Drawn(lambda: put_in_place(shut), None))
    painted = b"q %s7 Tr %s ET 0 g %s f Q" % (_START, _FIGURE, _AREA)
    add("a clip that is painted", Drawn(lambda: put_in_place(painted), AS_WRITTEN))
    add("outside of its form's box", Drawn(lambda: in_form(b"[ 0 0 50 50 ]"), None))
    add("within its form's box", Drawn(lambda: in_form(b"[ 0 0 595 842 ]"), AS_WRITTEN))


def _drawn() -> None:
    """Ways of drawing it."""
    rubbed = b"q 1 G 6 w %s2 Tr %s ET Q" % (_START, _FIGURE)
    add("under its own white outlines", Drawn(lambda: put_in_place(rubbed), None))
    turned = b"BT /F2+0 9 Tf %d 0 0 %d %.2f %.2f Tm (66,000) Tj ET"
    ends = X + 27, Y + 7
    disagree = "reading.readers-disagree"
    for mode in (b"/Screen", b"/Difference", b"/SoftLight", b"[ /Unknown /Screen /Multiply ]"):
        lost = Drawn(lambda mode=mode: blended(mode), None, disagree, two=True)
        add(f"in the blend mode {mode.decode()}", lost)
    add("in the blend mode /Multiply", Drawn(lambda: blended(b"/Multiply"), AS_WRITTEN, two=True))
    mirrored = turned % (-1, 1, ends[0], Y)
    add("mirrored", Drawn(lambda: put_in_place(mirrored), None, OTHERWISE))
    fallen = turned % (-1, -1, *ends)
    add("on its head", Drawn(lambda: put_in_place(fallen), None, OTHERWISE))


def _repeated() -> None:
    """Drawn twice at one place, first where nobody sees it: PDFium keeps one of the two."""
    seen = b"%s%s ET" % (_START, _FIGURE)
    unseen = {
        "an invisible one": b"%s3 Tr %s 0 Tr ET" % (_START, _FIGURE),
        "a transparent one": b"q /S0 gs %s Q" % seen,
        "a clipped one": b"q 0 0 1 1 re W n %s Q" % seen,
        "its first digits in white": b"1 g %s(33) Tj ET 0 g" % _START,
    }
    clear = b"/ExtGState << /S0 << /ca 0 >> >> "
    for name, first in unseen.items():
        twice = first + b" " + seen
        add(f"over {name}", Drawn(lambda twice=twice: put_in_place(twice, clear), AS_WRITTEN))
    tiny = _START.replace(b"/F2+0 9 Tf", b"/F2+0 0.2 Tf") + _FIGURE + b" ET "
    add("over a tiny one", Drawn(lambda: put_in_place(tiny + seen), None, OTHERWISE))


def _retold() -> None:
    """What is said of it."""
    retold = b"%s(3) Tj /Span << /ActualText (8) >> BDC (3) Tj EMC (,000) Tj ET" % _START
    add("a digit said to be another", Drawn(lambda: put_in_place(retold), None, OTHERWISE))
    whole = b"/Span << /ActualText (44,000) >> BDC %s%s ET EMC" % (_START, _FIGURE)
    add("said to be another figure", Drawn(lambda: put_in_place(whole), None, OTHERWISE))


def _fonts() -> None:
    """Fonts."""
    add("in a font of every viewer", Drawn(lambda: standard(b""), AS_WRITTEN))
    pairs = (0x33, 0x38), (0x30, 0x30), (0x2C, 0x2C)
    add("in such a font that lies", Drawn(lambda: standard(b"", *pairs), None, OTHERWISE))
    eight = b"/Encoding << /Differences [ 51 /eight ] >>"
    honest = (0x33, 0x33), (0x30, 0x30), (0x2C, 0x2C)
    add("in such a font with eights", Drawn(lambda: standard(eight), "88000"))
    add("eights said to be threes", Drawn(lambda: standard(eight, *honest), None, OTHERWISE))
    add("by the numbers of a collection", Drawn(lambda: collection(0x33), AS_WRITTEN))
    add(
        "by numbers that lie",
        Drawn(lambda: collection(0x38), None, "reading.readers-disagree", two=True),
    )
    three = b"556 0 d0 %sBT /H 1000 Tf (%s) Tj ET"
    add("by operators", Drawn(lambda: by_operators(three % (b"", b"3")), AS_WRITTEN))
    other = three % (b"", b"8")
    add("by operators of another digit", Drawn(lambda: by_operators(other), None, OTHERWISE))
    block = b"556 0 d0 100 0 100 700 re f"
    add("by operators of a stroke", Drawn(lambda: by_operators(block), None, OTHERWISE))
    pale = three % (b"1 g ", b"3")
    add("by operators in white", Drawn(lambda: by_operators(pale), None, PARTLY))
    add("by no operators", Drawn(lambda: by_operators(b"556 0 d0"), None, PARTLY))


def _annotated() -> None:
    """Annotations and fields."""
    white = b"1 g 0 0 36 11 re f"
    for kind in (
        b"Highlight",
        b"Text",
        b"Link",
        b"Caret",
        b"Screen",
        b"Watermark",
        b"Foo",
        b"Square",
    ):
        name = kind.decode()
        add(f"{name} that covers it", Drawn(lambda kind=kind: appearing(kind, white), None))
        new = Drawn(lambda kind=kind: appearing(kind, _OTHER), "44000")
        add(f"{name} that says another figure", new)
    add("stamp not to be viewed", Drawn(lambda: appearing(b"Stamp", _OTHER, 32), AS_WRITTEN))
    note = b"/Subtype /FreeText /F %d /DA (/Helv 9 Tf 0 g) /C [ 1 1 1 ] /Contents (44,000)"
    add("note without a look", Drawn(lambda: annotated(note % 4), None, NOT_DRAWN))
    add("hidden note without a look", Drawn(lambda: annotated(note % 2), AS_WRITTEN))
    look = b"BT /F2+0 9 Tf 4 2 Td (33,000) Tj ET"
    add("field", Drawn(lambda: field(b"33000", look), AS_WRITTEN))
    add("field without a look", Drawn(lambda: field(b"33,000", None), None, NOT_DRAWN))
    add("field that looks otherwise", Drawn(lambda: field(b"44,000", look), None, NOT_DRAWN))
    add("form of data of its own", Drawn(dynamic, None, "reading.dynamic-form"))
    for number, what in ((CONTENTS, "contents"), (MEANING, "meanings")):
        gone = Drawn(lambda number=number: freed(number), None, "reading.damaged-file")
        add(f"under an update that sets its {what} free", gone)
    add("under one that sets its title free", Drawn(lambda: freed(INFO), AS_WRITTEN))
    other = Drawn(lambda: freed_by_stream(INFO), AS_WRITTEN)
    add("under one whose stream sets its title free", other)
    lost = "reading.damaged-page"
    add("before a page that is not counted", Drawn(uncounted, AS_WRITTEN, lost, two=True))


def _layered() -> None:
    """Layers."""
    cover = b"q 1 g %s f Q" % _AREA
    add("white in a layer that is off", Drawn(lambda: layered(cover, b"/OFF [ L ]"), AS_WRITTEN))
    add("white in a layer that is on", Drawn(lambda: layered(cover, b""), None))
    add(
        "digit in a layer that is off",
        Drawn(lambda: layered(_NINE, b"/BaseState /OFF"), AS_WRITTEN),
    )
    on = b"/BaseState /OFF /ON [ L ]"
    add("digit in a layer that is on", Drawn(lambda: layered(_NINE, on), "933000"))


for enter in (
    _hidden,
    _vanishing,
    _clipped,
    _drawn,
    _repeated,
    _retold,
    _fonts,
    _annotated,
    _layered,
):
    enter()
