"""PDFs made to do harm, one small function a kind, all from one whole report of the tests.

Each keeps the report's table where it can, so that harm meets real content.  They are made by hand
on the file's own objects: a library that writes PDFs would mend them.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable
from pathlib import Path

WHOLE = Path(__file__).parent / "data" / "characters" / "plain.pdf"
FONTS, PAGE, MEANING, FONT, CATALOGUE, INFO, PAGES, CONTENTS = 1, 3, 4, 7, 8, 9, 10, 11
"""Numbers of the objects of that file."""

Maker = Callable[[], bytes]
KINDS: dict[str, Maker] = {}
"""Those that end at once."""
COSTLY: dict[str, Maker] = {}
"""Those that go on to a limit, or take their time."""

_OBJECT = re.compile(rb"^(\d+) 0 obj\r?\n(.*?)\r?\nendobj", re.DOTALL | re.MULTILINE)
_MEGABYTE = 1 << 20


def kind(
    name: str, *, costly: bool = False
) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Enter a maker under its name."""

    def enter(make: Maker) -> Maker:
        (COSTLY if costly else KINDS)[name] = make
        return make

    return enter


class Objects(dict[int, bytes]):
    """The objects of a plainly written PDF by number, to be changed and written again."""

    def __init__(self, path: Path = WHOLE) -> None:
        data = path.read_bytes()
        super().__init__((int(one[1]), one[2]) for one in _OBJECT.finditer(data))
        trailer = data[data.rfind(b"trailer") :]
        self.root, self.info = (
            int(found[1]) if (found := re.search(rb"/%s\s+(\d+) 0 R" % name, trailer)) else 0
            for name in (b"Root", b"Info")
        )

    def add(self, body: bytes) -> int:
        """One more object; gives its number."""
        number = max(self) + 1
        self[number] = body
        return number

    def put(self, number: int, entry: bytes) -> None:
        """One more entry in a dictionary."""
        self[number] = self[number].replace(b"<<", b"<< " + entry, 1)

    def stream(self, content: bytes, entries: bytes = b"") -> int:
        """One more stream that is not compressed; gives its number."""
        return self.add(stream(content, entries))

    def draw(self, operators: bytes, resources: bytes = b"") -> None:
        """Draw before all else on the page."""
        first = self.stream(operators + b"\n")
        self[PAGE] = self[PAGE].replace(b"/Contents 11 0 R", b"/Contents [ %d 0 R 11 0 R ]" % first)
        self[PAGE] = self[PAGE].replace(b"/Resources <<", b"/Resources << " + resources, 1)

    def written(self, trailer: bytes = b"") -> bytes:
        """The file, with a table of objects that is right."""
        data, places = b"%PDF-1.7\n", {}
        for number, body in self.items():
            places[number] = len(data)
            data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        table = b"xref\n0 %d\n0000000000 65535 f \n" % (max(self) + 1)
        for number in range(1, max(self) + 1):
            known = number in places
            table += b"%010d 00000 %c \n" % (places.get(number, 0), b"fn"[known])
        root = b"/Root %d 0 R /Info %d 0 R /Size %d" % (self.root, self.info, max(self) + 1)
        end = b"trailer\n<< %s %s >>\nstartxref\n%d\n%%%%EOF\n" % (root, trailer, len(data))
        return data + table + end


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """The body of a stream."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def inflated(content: bytes) -> bytes:
    """What a stream of the report holds."""
    plain = content.partition(b"stream\n")[2].rpartition(b"endstream")[0]
    if b"/ASCII85Decode" in content:
        plain = base64.a85decode(plain.strip().removesuffix(b"~>"))
    return zlib.decompressobj().decompress(plain)


def bomb(piece: bytes, megabytes: int) -> bytes:
    """Compressed data that unpack to a megabyte of a piece over and over."""
    block = (piece * (_MEGABYTE // len(piece) + 1))[:_MEGABYTE]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 1
    for _ in range(megabytes):
        checksum = zlib.adler32(block, checksum)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    return b"\x78\xda" + packed * megabytes + end + checksum.to_bytes(4, "big")


def with_meaning(character: str, code: bytes) -> bytes:
    """The report with another meaning of one of its characters, as four or more hex digits."""
    made = Objects()
    table = inflated(made[MEANING])
    before = b"<%04X>" % ord(character)
    if before not in table.upper():
        raise ValueError(character)
    made[MEANING] = stream(re.sub(before, b"<%s>" % code, table, flags=re.IGNORECASE))
    return made.written()


def with_title(utf16: str) -> bytes:
    """The report under another title, given as hex digits of UTF-16."""
    made = Objects()
    made[INFO] = b"<< /Title <FEFF%s> >>" % utf16.encode()
    return made.written()


def with_box(text: bytes) -> bytes:
    """The report on a page of another size."""
    made = Objects()
    made[PAGE] = made[PAGE].replace(b"[ 0 0 595.28 841.89 ]", text)
    return made.written()


def with_table_at(place: Callable[[int], int], trailer: bytes = b"") -> bytes:
    """The report whose trailer names an earlier table of objects."""
    whole = Objects().written()
    own = whole.rindex(b"xref\n0 ")
    return Objects().written(b"/Prev %d %s" % (place(own), trailer))


# --------------------------------------------------------------------------- depth


@kind("arrays 100,000 deep")
def _arrays() -> bytes:
    made = Objects()
    made.put(CATALOGUE, b"/Deep " + b"[" * 100_000 + b"]" * 100_000)
    return made.written()


@kind("dictionaries 50,000 deep")
def _dictionaries() -> bytes:
    made = Objects()
    made.put(CATALOGUE, b"/Deep " + b"<</A " * 50_000 + b"1" + b">>" * 50_000)
    return made.written()


@kind("states and arrays of operators 100,000 deep")
def _operators() -> bytes:
    made = Objects()
    made.draw(b"q " * 100_000 + b"[" * 100_000)
    return made.written()


@kind("marked content 50,000 deep")
def _marked() -> bytes:
    made = Objects()
    made.draw(b"/Span << /ActualText (x) >> BDC " * 50_000)
    return made.written()


@kind("conditions of layers 20,000 deep")
def _layers() -> bytes:
    made = Objects()
    group = made.add(b"<< /Type /OCG /Name (a) >>")
    deep = b"[/Not " * 20_000 + b"%d 0 R" % group + b"]" * 20_000
    condition = made.add(b"<< /Type /OCMD /VE %s >>" % deep)
    made.put(CATALOGUE, b"/OCProperties << /OCGs [%d 0 R] /D << >> >>" % group)
    made.draw(b"/OC /L BDC EMC", b"/Properties << /L %d 0 R >>" % condition)
    return made.written()


# --------------------------------------------------------------------------- circles


@kind("table of objects before itself")
def _own_table() -> bytes:
    return with_table_at(lambda own: own)


@kind("table of objects outside the file")
def _table_outside() -> bytes:
    return with_table_at(lambda _own: 10**12)


@kind("two tables of objects before each other")
def _tables_in_a_ring() -> bytes:
    whole = Objects().written()
    second = len(whole)
    ring = whole.replace(b"startxref", b"startxref", 1)
    first = ring.rindex(b"xref\n0 ")
    tail = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 8 0 R /Size 12 /Prev %d >>\n" % first
    ring = ring.replace(b"trailer\n<<", b"trailer\n<< /Prev %010d" % 0)
    second += len(b" /Prev 0000000000")
    ring = ring.replace(b"/Prev 0000000000", b"/Prev %010d" % second)
    return ring + tail + b"startxref\n%d\n%%%%EOF\n" % second


@kind("page tree in itself")
def _tree_in_itself() -> bytes:
    made = Objects()
    made[PAGES] = b"<< /Type /Pages /Count 1 /Kids [ 3 0 R 10 0 R ] >>"
    return made.written()


@kind("page node its own child and parent")
def _own_child() -> bytes:
    made = Objects()
    node = max(made) + 1
    made.add(b"<< /Type /Pages /Count 1000000 /Parent %d 0 R /Kids [ %d 0 R ] >>" % (node, node))
    made[PAGES] = b"<< /Type /Pages /Count 1000001 /Kids [ 3 0 R %d 0 R ] >>" % node
    return made.written()


@kind("form that draws itself", costly=True)
def _form() -> bytes:
    made = Objects()
    number = max(made) + 1
    own = b"/XObject << /F %d 0 R >>" % number
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << %s >>" % own
    made.stream(b"/F Do /F Do", entries)
    made.draw(b"/F Do", own)
    return made.written()


@kind("forms that draw ten others, 25 deep", costly=True)
def _fan() -> bytes:
    made = Objects()
    entries = b"/Type /XObject /Subtype /Form /BBox [0 0 600 900]"
    number = made.stream(b"0 0 1 1 re f", entries)
    for _ in range(24):
        own = b"/XObject << /F %d 0 R >>" % number
        number = made.stream(b"/F Do " * 10, entries + b" /Resources << %s >>" % own)
    made.draw(b"/F Do", b"/XObject << /F %d 0 R >>" % number)
    return made.written()


@kind("glyph that is written with its own font")
def _own_glyph() -> bytes:
    made = Objects()
    number = max(made) + 1
    made.add(
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] "
        b"/FirstChar 97 /LastChar 97 /Widths [9] /Encoding << /Differences [97 /a] >> "
        b"/CharProcs << /a %d 0 R >> /Resources << /Font << /T %d 0 R >> >> >>"
        % (number + 1, number)
    )
    made.stream(b"9 0 d0 BT /T 9 Tf (aa) Tj ET")
    made[FONTS] = made[FONTS].replace(b"<<", b"<< /T %d 0 R" % number, 1)
    made.draw(b"BT /T 9 Tf 50 50 Td (a) Tj ET")
    return made.written()


@kind("pattern that is painted with itself", costly=True)
def _pattern() -> bytes:
    made = Objects()
    number = max(made) + 1
    own = b"/Pattern << /P %d 0 R >>" % number
    made.stream(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.001 "
        b"/YStep 0.001 /Resources << %s >>" % own,
    )
    made.draw(b"q /Pattern cs /P scn 0 0 600 900 re f Q", own)
    return made.written()


@kind("fields and annotations in circles")
def _fields() -> bytes:
    made = Objects()
    number = max(made) + 1
    made.add(
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (9) /Rect [0 0 9 9] /Parent %d 0 R "
        b"/Kids [ %d 0 R ] /AP << /N %d 0 R >> >>" % (number, number, number)
    )
    made.put(CATALOGUE, b"/AcroForm << /Fields [ %d 0 R ] >>" % number)
    made.put(PAGE, b"/Annots [ %d 0 R %d 0 R ]" % (number, number))
    return made.written()


@kind("outline that follows itself")
def _outline() -> bytes:
    made = Objects()
    number = max(made) + 1
    made.add(b"<< /Title (a) /First %d 0 R /Next %d 0 R /Count 9 >>" % (number, number))
    made.put(CATALOGUE, b"/Outlines %d 0 R" % number)
    return made.written()


@kind("length that refers to itself")
def _length() -> bytes:
    made = Objects()
    number = max(made) + 1
    made.add(b"%d 0 R" % number)
    made[CONTENTS] = re.sub(rb"/Length \d+", b"/Length %d 0 R" % number, made[CONTENTS])
    return made.written()


# --------------------------------------------------------------------------- sizes


@kind("page of 1e30 points")
def _huge() -> bytes:
    return with_box(b"[ 0 0 1e30 1e30 ]")


@kind("page of a million points")
def _million() -> bytes:
    return with_box(b"[ 0 0 1000000 1000000 ]")


@kind("page of NaN points")
def _nan() -> bytes:
    return with_box(b"[ 0 0 NaN NaN ]")


@kind("page of infinitely many points")
def _infinite() -> bytes:
    return with_box(b"[ -inf -inf inf inf ]")


@kind("page without an area")
def _flat() -> bytes:
    return with_box(b"[ 0 0 0 0 ]")


@kind("unit of the page of 1e30")
def _unit() -> bytes:
    made = Objects()
    made.put(PAGE, b"/UserUnit 1e30")
    return made.written()


@kind("numbers that are none in operators")
def _numbers() -> bytes:
    made = Objects()
    made.draw(
        b"q 1e999 0 0 NaN inf -inf cm 0 0 m 1e39 -1e39 l S BT /F1 1e300 Tf "
        b"99999999999999999999999999999999 0 Td (9,999) Tj ET Q"
    )
    return made.written()


@kind("ten to the nine pages promised")
def _promised() -> bytes:
    made = Objects()
    made[PAGES] = b"<< /Type /Pages /Count 1000000000 /Kids [ 3 0 R ] >>"
    return made.written()


@kind("one page more than the limit")
def _many_pages() -> bytes:
    made = Objects()
    made[PAGES] = b"<< /Type /Pages /Count 2001 /Kids [ %s] >>" % (b"3 0 R " * 2001)
    return made.written()


@kind("more drawn objects than the limit", costly=True)
def _many_objects() -> bytes:
    made = Objects()
    made.draw(b"0 0 m 1 1 l S\n" * 510_000)
    return made.written()


@kind("picture of 10^10 pixels")
def _picture() -> bytes:
    made = Objects()
    number = made.stream(
        b"\0" * 9,
        b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8 "
        b"/ColorSpace /DeviceRGB",
    )
    made.draw(b"q 90 0 0 90 0 0 cm /I Do Q", b"/XObject << /I %d 0 R >>" % number)
    return made.written()


@kind("2,000 equal pages", costly=True)
def _equal() -> bytes:
    made = Objects()
    made[PAGES] = b"<< /Type /Pages /Count 2000 /Kids [ %s] >>" % (b"3 0 R " * 2000)
    return made.written()


# --------------------------------------------------------------------------- bombs


@kind("contents that unpack to 4 GB", costly=True)
def _flate() -> bytes:
    made = Objects()
    number = made.add(stream(bomb(b" 0 0 m 1 1 l S", 4000), b"/Filter /FlateDecode"))
    made[PAGE] = made[PAGE].replace(b"/Contents 11 0 R", b"/Contents [ %d 0 R 11 0 R ]" % number)
    return made.written()


@kind("contents packed twice that unpack to 4 GB", costly=True)
def _twice() -> bytes:
    made = Objects()
    packed = zlib.compress(bomb(b" ", 4000), 9)
    number = made.add(stream(packed, b"/Filter [ /FlateDecode /FlateDecode ]"))
    made[PAGE] = made[PAGE].replace(b"/Contents 11 0 R", b"/Contents [ %d 0 R 11 0 R ]" % number)
    return made.written()


@kind("a thousand filters one in another")
def _filters() -> bytes:
    made = Objects()
    made[CONTENTS] = stream(b"00>", b"/Filter [ %s ]" % (b"/ASCIIHexDecode " * 1000))
    return made.written()


@kind("meanings of characters that unpack to 2 GB", costly=True)
def _meanings() -> bytes:
    made = Objects()
    made[MEANING] = stream(bomb(b"<00> <41>\n", 2000), b"/Filter /FlateDecode")
    return made.written()


def _packed(inside: bytes, number: int) -> bytes:
    """The report with one object more that stands in a stream of objects, by its place there."""
    made = Objects()
    holder = made.add(inside)
    data, places = b"%PDF-1.7\n", {}
    made.put(CATALOGUE, b"/Deep %d 0 R" % number)
    for one, body in made.items():
        places[one] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (one, body)
    rows = b"\0\0\0\0\0\xff\xff"
    for one in range(1, number):
        rows += b"\1" + places[one].to_bytes(4, "big") + b"\0\0"
    rows += b"\2" + holder.to_bytes(4, "big") + b"\0\0"
    rows += b"\1" + len(data).to_bytes(4, "big") + b"\0\0"
    entries = b"/Type /XRef /W [ 1 4 2 ] /Size %d /Root 8 0 R /Info 9 0 R" % (number + 2)
    table = b"%d 0 obj\n%s\nendobj\n" % (number + 1, stream(rows, entries))
    return data + table + b"startxref\n%d\n%%%%EOF\n" % len(data)


@kind("stream of objects that unpacks to 2 GB", costly=True)
def _object_stream() -> bytes:
    number = max(Objects()) + 2
    first = b"%d 0 " % number
    entries = b"/Type /ObjStm /N 1 /First %d /Filter /FlateDecode" % len(first)
    return _packed(stream(bomb(first + b"[ 0 0 0 0 ", 2000), entries), number)


@kind("stream of objects that extends and holds itself")
def _own_stream() -> bytes:
    number = max(Objects()) + 2
    first = b"%d 0 " % number
    entries = b"/Type /ObjStm /N 1 /First %d /Extends %d 0 R" % (len(first), number - 1)
    return _packed(stream(first + b"%d 0 R" % number, entries), number)


@kind("two thousand million objects in a stream of objects")
def _counted() -> bytes:
    number = max(Objects()) + 2
    return _packed(stream(b"1 0 null", b"/Type /ObjStm /N 2000000000 /First 4"), number)


# --------------------------------------------------------------------------- locks and loads


@kind("encryption that nobody knows")
def _encrypted() -> bytes:
    return Objects().written(b"/Encrypt << /Filter /Nobody.Knows /V 9 /R 9 >>")


@kind("encryption with a certificate")
def _certificate() -> bytes:
    return Objects().written(b"/Encrypt << /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 >>")


@kind("files and scripts inside")
def _inside() -> bytes:
    made = Objects()
    file = made.add(stream(WHOLE.read_bytes(), b"/Type /EmbeddedFile"))
    names = b"<< /Type /Filespec /F (../../x.pdf) /UF (=cmd.pdf) /EF << /F %d 0 R >> >>" % file
    made.put(CATALOGUE, b"/Names << /EmbeddedFiles << /Names [ (../../x.pdf) %s ] >> >>" % names)
    made.put(CATALOGUE, b"/OpenAction << /S /Launch /F (/bin/sh) >>")
    made.put(CATALOGUE, b"/AA << /WC << /S /JavaScript /JS (app.launchURL\\('file:///x'\\)) >> >>")
    return made.written()


@kind("names like paths")
def _paths() -> bytes:
    made = Objects()
    made.put(CATALOGUE, b"/../../etc/passwd /../../tmp/x /#2e#2e#2fx (../../y)")
    made[INFO] = b"<< /Title (../../../../tmp/x) /Author (/etc/passwd) /Producer (C:\\\\CON) >>"
    return made.written()


# --------------------------------------------------------------------------- characters


@kind("lone surrogate in the title")
def _surrogate_title() -> bytes:
    return with_title("D800" + "0041")


@kind("controls and turned text in the title")
def _controls_title() -> bytes:
    return with_title("001B005B0032004A" + "009B" + "202E" + "0007" + "0041")


@kind("lone surrogate in a name")
def _surrogate() -> bytes:
    return with_meaning("図", b"D800")


@kind("escape in a name")
def _escape() -> bytes:
    return with_meaning("図", b"001B")


@kind("control of the second set in a name")
def _second_controls() -> bytes:
    return with_meaning("図", b"009B")


@kind("turned text in a name")
def _turned() -> bytes:
    return with_meaning("図", b"202E")


@kind("surrogate in a figure")
def _surrogate_figure() -> bytes:
    return with_meaning("8", b"DC00")


@kind("character of 60,000 letters")
def _long() -> bytes:
    return with_meaning("図", b"0041" * 60_000)


@kind("meanings that refer to themselves")
def _own_meanings() -> bytes:
    made = Objects()
    table = inflated(made[MEANING])
    made[MEANING] = stream(b"/Own usecmap\n" + table, b"/UseCMap %d 0 R" % MEANING)
    return made.written()


@kind("two digits that say each other")
def _each_other() -> bytes:
    made = Objects()
    table = inflated(made[MEANING])
    three, eight = (re.search(b"<%04X>" % ord(one), table, re.IGNORECASE) for one in "38")
    if three is None or eight is None:
        raise ValueError
    swapped = table.replace(three[0], b"<swap>").replace(eight[0], three[0])
    made[MEANING] = stream(swapped.replace(b"<swap>", eight[0]))
    return made.written()


@kind("digits that say the next one")
def _next_digit() -> bytes:
    made = Objects()
    made[MEANING] = stream(
        re.sub(
            rb"<003([0-9])>",
            lambda one: b"<003%d>" % ((int(one[1]) + 1) % 10),
            inflated(made[MEANING]),
        )
    )
    return made.written()


# --------------------------------------------------------------------------- damage around tables


@kind("table of objects that is wrong throughout")
def _shifted() -> bytes:
    return re.sub(
        rb"(?m)^(\d{10}) 00000 n",
        lambda one: b"%010d 00000 n" % (int(one[1]) + 7),
        Objects().written(),
    )


@kind("page twice, the later one outside the table of objects")
def _twice_there() -> bytes:
    whole = Objects().written()
    contents = inflated(Objects()[CONTENTS])
    half = b"%d 0 obj\n%s\nendobj\n" % (CONTENTS, stream(contents[: len(contents) // 2]))
    return whole + half


@kind("page twice, and nothing tells where the table of objects is")
def _twice_lost() -> bytes:
    return re.sub(rb"startxref\n\d+", b"startxref\n9", _twice_there())


@kind("contents cut off in their middle")
def _cut() -> bytes:
    made = Objects()
    packed = zlib.compress(inflated(made[CONTENTS]))
    made[CONTENTS] = stream(packed[: len(packed) * 3 // 4], b"/Filter /FlateDecode")
    return made.written()


@kind("contents cut off before they were stored")
def _cut_before() -> bytes:
    """Under a right length and checksum, in the last text: nothing of the table is missing."""
    made = Objects()
    plain = inflated(made[CONTENTS])
    packed = zlib.compress(plain[: plain.rindex(b"ET")])
    made[CONTENTS] = stream(packed, b"/Filter /FlateDecode")
    return made.written()


@kind("contents with a byte changed under their checksum")
def _changed() -> bytes:
    made = Objects()
    plain = inflated(made[CONTENTS])
    packer = zlib.compressobj(0)
    packed = bytearray(packer.compress(plain) + packer.flush())
    packed[packed.rindex(b" Tm") - 1] ^= 1
    made[CONTENTS] = stream(bytes(packed), b"/Filter /FlateDecode")
    return made.written()


@kind("file that ends before its table of objects")
def _ends() -> bytes:
    whole = Objects().written()
    return whole[: whole.rindex(b"xref\n0 ")]


@kind("page in another page's place")
def _swapped() -> bytes:
    made = Objects()
    made[CONTENTS], made[MEANING] = made[MEANING], made[CONTENTS]
    return made.written()


def main(folder: Path) -> None:
    """Write every kind into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in (KINDS | COSTLY).items():
        (folder / f"{name.replace(' ', '-').replace(',', '')}.pdf").write_bytes(make())
