"""Whether a PDF is whole: what its own checksums and its table of objects say.

Readers repair damaged files silently: what they give then may lack a digit or hold another one,
and two readers agree on it since both read the same damaged bytes.  But compressed streams bear a
checksum, and the table of objects tells where each of them begins.  Neither says anything of
text that is stored plainly, or of files that are encrypted.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

from pipeline.model import Remark

_STREAM = re.compile(rb">>\s*stream(?:\r\n|\n|\r)")
_FILTERS = re.compile(rb"/Filter\s*(?:\[\s*)?/(\w+)(?:\s*/(\w+))?")
_EMPTY = re.compile(rb"\s*endstream\b")
_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_TABLE = re.compile(rb"\s*xref\s")
_SECTION = re.compile(rb"\s*(\d+)\s+(\d+)\s*?(?:\r\n|\n|\r| )")
_BEGINNING = re.compile(rb"\s*(\d+)\s+\d+\s+obj\b")
_ENTRY = re.compile(rb"\s*(\d{10})\s(\d{5})\s([nf])")

_PREVIOUS = re.compile(rb"trailer\b.*?/Prev\s+(\d+).*?startxref", re.DOTALL)
_DRAWN = re.compile(
    rb"/(?:Contents|ToUnicode|FontFile[23]?|Encoding|Resources)\s*(\[[^\]]*\]|\d+\s+\d+\s+R)"
)
"""What of a page and of its fonts other objects hold."""
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R")
_LONGEST_DICTIONARY = 4000
"""Bytes before a stream in which its dictionary is looked for."""
_MOST_BYTES = 400_000_000
"""Of decompressed data: enough for any document; a bomb is not unpacked to its end."""

_PIECE = 1 << 16
_MOST_UPDATES = 100
_LONGEST_TRAILER = 10_000
_MOST_ENTRIES = 200_000
"""Entries of a table of objects that are looked at, so that a hostile one ends."""


def damage_of(data: bytes) -> tuple[Remark, ...]:
    """A remark where streams do not agree with their checksums or objects with their table."""
    streams = 0 if b"/Encrypt" in data else sum(_broken_streams(data))
    objects = _misplaced(data) or _freed_in_use(data)
    if not streams and not objects:
        return ()
    parameters = {"streams": str(streams), "objects": str(objects)}
    return (Remark(rule="reading.damaged-file", parameters=parameters),)


def _broken_streams(data: bytes) -> Iterator[bool]:
    left = _MOST_BYTES
    for found in _STREAM.finditer(data):
        dictionary = _dictionary(data, found.start())
        filters = _FILTERS.search(dictionary)
        if filters is None or b"/Image" in dictionary or _EMPTY.match(data, found.end()):
            continue
        first, second = filters[1], filters[2]
        if first in (b"FlateDecode", b"Fl"):
            whole, unpacked = _inflates(data, found.end(), left)
        elif first in (b"ASCII85Decode", b"A85") and second in (b"FlateDecode", b"Fl"):
            plain = _from_ascii(data, found.end())
            whole, unpacked = (False, 0) if plain is None else _inflates(plain, 0, left)
        else:
            continue
        left -= unpacked
        if left <= 0:
            return
        yield not whole


def _dictionary(data: bytes, end: int) -> bytes:
    """The dictionary before a stream."""
    before = data[max(0, end - _LONGEST_DICTIONARY) : end]
    return before[before.rfind(b"obj") + 3 :]


def _inflates(data: bytes, start: int, most: int) -> tuple[bool, int]:
    """Whether a stream can be unpacked and agrees with its checksum, and its unpacked size."""
    unpacker = zlib.decompressobj()
    size, at, rest = 0, start, b""
    try:
        while not unpacker.eof and size < most:
            if not rest:
                rest = data[at : at + _PIECE]
                at += len(rest)
                if not rest:
                    return False, size
            size += len(unpacker.decompress(rest, _PIECE * 16))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False, size
    return True, size


def _from_ascii(data: bytes, start: int) -> bytes | None:
    end = data.find(b"~>", start)
    try:
        return base64.a85decode(data[start:end]) if end >= 0 else None
    except ValueError:
        return None


def _misplaced(data: bytes) -> int:
    """How many objects do not begin where the file's last table says; the table itself counts.

    Objects after it were to be in a later one, of which the rest is missing.

    Bytes before the file's own beginning, as mail programs add them, are left out.
    """
    found = list(_START.finditer(data))
    if not found or _OBJECT.search(data, found[-1].end()):
        return 1
    shift = max(0, data.find(b"%PDF-"))
    place = int(found[-1][1])
    if place > len(data):
        return 1
    for start in {place, place + shift}:
        if _OBJECT.match(data, start):
            return 0
        table = _TABLE.match(data, start)
        if table is not None:
            offset = start - place
            return min(_wrong_entries(data, table.end(), one) for one in {0, offset, shift})
    return 1


def _freed_in_use(data: bytes) -> int:
    """How many objects an update sets free that pages or fonts still draw with.

    Of such an object nothing is left, yet many readers draw it all the same.
    """
    newest: dict[int, tuple[bytes, int]] = {}
    freed: set[int] = set()
    for number, kind, place in _updates(data):
        known = newest.setdefault(number, (kind, place))
        if known[0] == b"f" and kind == b"n":
            freed.add(number)
    used: set[int] = set()
    for kind, place in newest.values() if freed else ():
        if kind == b"n":
            body = data[place : max(place, data.find(b"endobj", place))].partition(b"stream")[0]
            for held in _DRAWN.findall(body):
                used.update(int(one) for one in _REFERENCE.findall(held))
    return len(freed & used)


def _updates(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Number, kind and place of each entry of the tables of objects, the last table first."""
    shift = max(0, data.find(b"%PDF-"))
    found = list(_START.finditer(data))
    place, left = (int(found[-1][1]) if found else len(data)), _MOST_ENTRIES
    for _ in range(_MOST_UPDATES):
        start = place if _TABLE.match(data, place) else place + shift
        table = _TABLE.match(data, start)
        if table is None:
            return
        at = table.end()
        while (section := _SECTION.match(data, at)) is not None and not _ENTRY.match(data, at):
            at = section.end()
            for number in range(int(section[1]), int(section[1]) + min(int(section[2]), left)):
                entry = _ENTRY.match(data, at)
                if entry is None:
                    return
                at = entry.end()
                left -= 1
                yield number, entry[3], int(entry[1]) + start - place
        before = _PREVIOUS.match(data[at : at + _LONGEST_TRAILER].lstrip())
        if before is None:
            return
        place = int(before[1])


def _wrong_entries(data: bytes, at: int, shift: int) -> int:
    wrong = seen = 0
    while (section := _SECTION.match(data, at)) is not None:
        first, count = int(section[1]), int(section[2])
        at = section.end()
        for number in range(first, first + min(count, _MOST_ENTRIES - seen)):
            entry = _ENTRY.match(data, at)
            if entry is None:
                return wrong + 1
            at = entry.end()
            seen += 1
            place = int(entry[1]) + shift
            if entry[3] == b"n" and place and not _begins(data, place, number):
                wrong += 1
    return wrong


def _begins(data: bytes, place: int, number: int) -> bool:
    """Whether an object of that number begins there, give or take a blank."""
    found = _BEGINNING.match(data, place, place + 40)
    return found is not None and found[1] == b"%d" % number
