"""Kinds of hostile files that show one figure and say another; entered beside the others."""

from __future__ import annotations

import re

from tests.hostile_kinds import (
    CATALOGUE,
    CONTENTS,
    FONT,
    KINDS,
    PAGE,
    Objects,
    inflated,
    kind,
    stream,
    with_meaning,
)

_FIGURE = b"(33,000) Tj"
_SEEN = inflated(Objects()[CONTENTS])
_PLACE = re.search(rb"1 0 0 1 ([\d.]+) ([\d.]+) Tm [^()]*" + re.escape(_FIGURE), _SEEN)
if _PLACE is None:
    raise ValueError(_FIGURE)
X, Y = float(_PLACE[1]), float(_PLACE[2])
_BEFORE = b"BT /F2+0 9 Tf 1 0 0 1 %.2f %.2f Tm (9) Tj ET" % (X - 5, Y)
"""A digit before the first figure of a row, which makes 933,000 of it."""
_FORM = b"/Type /XObject /Subtype /Form /BBox [ 0 0 595 842 ] /Resources << /Font 1 0 R >> "
_GROUP = b"/Group << /S /Transparency /CS /DeviceGray >> "


def drawn(made: Objects, operators: bytes, resources: bytes) -> bytes:
    """The report with more drawn after all else."""
    made[CONTENTS] = stream(_SEEN + b"\n" + operators + b"\n")
    made[PAGE] = made[PAGE].replace(b"/Resources <<", b"/Resources << " + resources, 1)
    return made.written()


def with_form(entries: bytes, state: bytes, made: Objects | None = None) -> bytes:
    """The report with the further digit in a form, drawn in a state of its own."""
    made = made or Objects()
    form = made.stream(_BEFORE, _FORM + entries)
    own = b"/XObject << /X0 %d 0 R >> " % form
    return drawn(made, b"q /G0 gs /X0 Do Q", own + b"/ExtGState << /G0 << %s >> >>" % state)


@kind("digit in a group that is transparent")
def _transparent_group() -> bytes:
    return with_form(_GROUP, b"/ca 0 /CA 0")


@kind("digit in a form under a mask")
def _masked_form() -> bytes:
    made = Objects()
    mask = made.stream(b"0 g 0 0 595 842 re f", _FORM + _GROUP)
    return with_form(_GROUP, b"/SMask << /S /Luminosity /G %d 0 R >>" % mask, made)


@kind("digit in a form of a layer that is off")
def _layered_form() -> bytes:
    made = Objects()
    layer = made.add(b"<< /Type /OCG /Name (L) >>")
    off = b"/OCProperties << /OCGs [ %d 0 R ] /D << /OFF [ %d 0 R ] >> >>" % (layer, layer)
    made.put(CATALOGUE, off)
    return with_form(b"/OC %d 0 R " % layer, b"/ca 1", made)


@kind("digit under a mask")
def _masked() -> bytes:
    made = Objects()
    mask = made.stream(b"0 g 0 0 595 842 re f", _FORM + _GROUP)
    state = b"/ExtGState << /G0 << /SMask << /S /Luminosity /G %d 0 R >> >> >>" % mask
    return drawn(made, b"q /G0 gs %s Q" % _BEFORE, state)


@kind("digit painted with a white pattern")
def _white_pattern() -> bytes:
    made = Objects()
    entries = b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [ 0 0 9 9 ]"
    pattern = made.stream(b"1 g 0 0 9 9 re f", entries + b" /XStep 9 /YStep 9 /Resources << >>")
    painted = b"q /Pattern cs /P0 scn %s Q" % _BEFORE
    return drawn(made, painted, b"/Pattern << /P0 %d 0 R >>" % pattern)


def with_note(entries: bytes) -> bytes:
    """The report with an annotation over the figure."""
    made = Objects()
    place = b"/Rect [ %.2f %.2f %.2f %.2f ]" % (X - 8, Y - 3, X + 40, Y + 10)
    note = made.add(b"<< /Type /Annot %s /F 4 %s >>" % (place, entries))
    made[PAGE] = made[PAGE].replace(b"/MediaBox", b"/Annots [ %d 0 R ] /MediaBox" % note, 1)
    return made.written()


@kind("figure under a white annotation")
def _white_note() -> bytes:
    return with_note(b"/Subtype /Square /IC [ 1 1 1 ] /C [ 1 1 1 ]")


@kind("figure to be blacked out")
def _redacted() -> bytes:
    return with_note(b"/Subtype /Redact /IC [ 0 0 0 ]")


@kind("widths of a font that let digits run into one another")
def _narrow() -> bytes:
    made = Objects()
    widths = b"/Widths [ %s ]" % (b"100 " * 178)
    made[FONT] = re.sub(rb"/Widths \[[^\]]*\]", widths, made[FONT])
    return made.written()


@kind("comma that says that it is a point")
def _comma() -> bytes:
    return with_meaning(",", b"002E")


@kind("point that says nothing")
def _point() -> bytes:
    return with_meaning(".", b"200B")


@kind("minus sign that says that it is a blank")
def _blank() -> bytes:
    return with_meaning("-", b"0020")


@kind("minus sign that says that it is a digit")
def _minus() -> bytes:
    return with_meaning("-", b"0030")


@kind("digit that says that it is two")
def _two() -> bytes:
    return with_meaning("3", b"00330033")


@kind("update that was cut off")
def _update() -> bytes:
    whole = Objects().written()
    new = stream(_SEEN.replace(b"33,000", b"34,000"))
    return whole + b"%d 0 obj\n%s\nendobj\nxref\n%d 1\n" % (CONTENTS, new, CONTENTS)


EVERY = KINDS
"""The kinds that end at once: those of :mod:`tests.hostile_kinds` and those entered here."""
