"""The glyphs of a page through PDFium, each with the text object that it belongs to."""

from __future__ import annotations

import ctypes
import math
import sys
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from pipeline.boxes import Shelves, contains
from pipeline.errors import LimitError
from pipeline.extract.pdf import pdfium
from pipeline.extract.pdf.digits import DIGITS, SIGNS, Ink, beside_digits, has_outlines, lies
from pipeline.extract.pdf.geometry import Matrix, angle_of, transform_box
from pipeline.extract.pdf.letters import FIRST_LETTER, LAST_LETTER, drawn_as
from pipeline.extract.pdf.lines import BLANKS, is_private
from pipeline.extract.pdf.objects import Buffer, Objects
from pipeline.extract.pdf.primitives import SOFT_HYPHEN, Glyph, Hidden, Page, Run
from pipeline.extract.pdf.visibility import Sight
from pipeline.messages import N_
from pipeline.model import Box

_UTF_16 = "utf-16-le" if sys.byteorder == "little" else "utf-16-be"
_LINE_END_HYPHEN = "\ufffe"
"""What PDFium's whole text has for a hyphen at a line end; character by character it is 2."""
_NO_INK = 0.02
"""Points; PDFium gives blanks an ink box 0.01 high."""
_OTHER_SIZE = 1.2
"""How much larger type is that is no mere repetition."""
_CLIPS = 4
"""Ways of drawing text from which on it clips what is drawn after it."""


class Text:
    """The text of one page.

    ``odd``: glyphs whose meaning is in doubt.  ``turned``: some text is not upright.
    """

    def __init__(self, page: Any, display: Matrix, objects: Objects) -> None:
        self.page = page
        self.display = display
        self.odd: list[Glyph] = []
        self.turned = False
        self._inks: dict[int, list[Ink]] = {}
        self._false: list[Glyph] = []
        self._objects = objects
        self._runs = objects.runs
        self._probe = objects.probe
        self._fonts: dict[int, str] = {}
        self._by_operators: dict[int, bool] = {}
        self._ink = Buffer("4d")
        self._ink_refs = tuple(self._ink.at(8 * part) for part in range(4))

    def glyphs(self, most: int) -> list[Glyph]:
        """All characters that the page itself draws, in PDFium's reading order.

        Raises :class:`LimitError` if there are more than ``most``.
        """
        address = pdfium.load_text(self.page)
        if not address:
            return []
        text = ctypes.c_void_p(address)
        try:
            count = pdfium.count_chars(text)
            if count > most:
                raise LimitError(
                    limit="glyphs", advice=N_("Raise the limit in the profile ([extract]).")
                )
            found = self._glyphs(text, count)
            self._look_at_figures(text, found)
            return found
        finally:
            pdfium.close_text(text)

    def _glyphs(self, text: Any, count: int) -> list[Glyph]:
        origin, loose = pdfium.char_origin, pdfium.char_loose_box
        owner, unmapped = pdfium.char_object, pdfium.char_unmapped
        point, rect = Buffer("2d"), Buffer("4f")
        x_ref, y_ref, rect_ref = point.at(0), point.at(8), rect.at(0)
        point_bytes, rect_bytes = point.content, rect.content
        unpack_point, unpack_rect = point.unpack, rect.unpack
        a, b, c, d, e, f = self.display
        upright = a > 0 and d < 0
        found: list[Glyph] = []
        run = Run(0.0, 0, 0, 0)
        current = 0
        low = float("nan")
        gx = gy = 0.0
        for index, unit in enumerate(characters_of(text, count)):
            character = unit
            if character <= " " or character == _LINE_END_HYPHEN:
                character = self._control(text, index)
                if not character:
                    continue
            address = owner(text, index)
            if address != current:
                current, low = address, float("nan")
                run = self._run(address)
            loose(text, index, rect_ref)
            x0, over, x1, under = unpack_rect(rect_bytes)
            left = x0
            if under != low or run.angle or not upright:
                origin(text, index, x_ref, y_ref)
                left, y = unpack_point(point_bytes)
                low = under
                gx, gy = a * left + c * y + e, b * left + d * y + f
            if upright:
                glyph = Glyph(
                    character,
                    a * left + e,
                    gy,
                    a * x0 + e,
                    d * over + f,
                    a * x1 + e,
                    d * under + f,
                    index,
                    run,
                )
            else:
                box = transform_box((x0, under, x1, over), self.display)
                glyph = Glyph(character, gx, gy, *box, index, run)
            if unmapped(text, index):
                if self._is_blank(text, index):
                    glyph.text = " "
                else:
                    glyph.unmapped = True
                    self.odd.append(glyph)
            elif not "\u3000" < character < "\ud800" and is_private(character):
                self.odd.append(glyph)
            elif character == SOFT_HYPHEN:
                glyph.text = " " if self._is_blank(text, index) else "-"
            found.append(glyph)
        return found

    def _look_at_figures(self, text: Any, glyphs: Sequence[Glyph]) -> None:
        """Where the ink of digits, signs and blanks stands, and which digits share a glyph."""
        box, (_, _, _, turn, _, up) = self._ink, self.display
        before: Glyph | None = None
        for glyph in glyphs:
            if before is not None and _are_one(before, glyph):
                self._false.append(glyph)
            before = glyph if glyph.text in DIGITS else None
            told = glyph.text in DIGITS or glyph.text in SIGNS
            if not told or glyph.unmapped or glyph.run.angle or turn >= 0:
                continue
            if pdfium.char_box(text, glyph.index, *self._ink_refs):
                left, right, bottom, top = box.values()
                size = max(glyph.run.size, 1.0)
                low, high = (glyph.y - turn * end - up for end in (bottom, top))
                ink = Ink(glyph.text, low / size, high / size, (right - left) / size)
                self._inks.setdefault(glyph.run.address, []).append(ink)

    def _is_blank(self, text: Any, index: int) -> bool:
        """Whether a glyph leaves no ink: a space that the PDF does not name is still one."""
        box = self._ink
        if not pdfium.char_box(text, index, *self._ink_refs):
            return False
        left, right, bottom, top = box.values()
        return bool(right - left <= _NO_INK or top - bottom <= _NO_INK)

    @staticmethod
    def _control(text: Any, index: int) -> str:
        """What a code up to 32 stands for; "" if PDFium made it up, or half of a pair."""
        code = pdfium.char_unicode(text, index)
        if 0xD800 <= code < 0xDC00 or pdfium.char_generated(text, index):
            return ""
        if code == 2 and pdfium.char_hyphen(text, index):
            return "-"
        if code in (9, 10, 13, 32):
            return " "
        return chr(code) if code else "\ufffd"

    def _run(self, address: int) -> Run:
        order, base = self._runs.get(address, (0, self.display))
        item = ctypes.c_void_p(address)
        pdfium.object_matrix(item, self._probe.matrix_ref)
        a, b, c, d, _, _ = self._probe.matrix.unpack(self._probe.matrix.content)
        p, q, r, s, _, _ = base
        down, aside = c * q + d * s, a * q + b * s
        cross, along = c * p + d * r, a * p + b * r
        pdfium.text_size(item, self._probe.number_ref)
        size = abs(self._probe.number.value) * (math.hypot(cross, down) if cross else abs(down))
        colour, alpha = 0x808080, 255  # a pattern
        if pdfium.fill_colour(item, *self._probe.colour_refs):
            red, green, blue, alpha = self._probe.colour.unpack(self._probe.colour.content)
            colour = (red & 255) << 16 | (green & 255) << 8 | blue & 255
        mode = pdfium.text_mode(item)
        hidden: Hidden = ""
        if mode:
            if mode in (1, 5):
                colour, alpha = self._probe.colour_of(item, pdfium.stroke_colour)
            elif mode in (3, 7):
                hidden = "invisible"
        if not alpha and not hidden:
            hidden = "transparent"
        angle = 0
        if aside or along <= 0:
            angle = angle_of((along, aside, 0, 0, 0, 0))
            self.turned = self.turned or angle != 0
        clip = pdfium.clip_path(item)
        box, plain = self._probe.clip_shape(clip, base) if clip else (None, True)
        objects = self._objects
        if mode >= _CLIPS:
            objects.clipping.add(order)
        if not plain or mode not in (0, 3):
            objects.unsure.add(order)
        if pdfium.count_marks(item) and _is_retold(item):
            objects.retold.add(address)
        if along * down > aside * cross:
            objects.mirrored.add(address)
        return Run(size, angle, colour, order, hidden, box, address)

    def restore_redrawn(self, page: Page, sight: Sight) -> None:
        """Show hidden glyphs again that a later text repeats at their place.

        PDFium keeps only the first of two equal characters at one place: of 978 under a white box
        and 960 over it that leaves a 6, and a 9 that is covered; of a figure over an invisible copy
        of it, nothing.  Whether they are seen, a picture of the page tells; one that is repeated in
        another size is not itself.
        """
        later = self._later_texts(page)
        shown = Shelves((glyph.box, glyph.box) for glyph in page.glyphs)
        hidden: list[tuple[Glyph, Hidden]] = []
        for glyph, reason in page.hidden:
            before = glyph.run
            glyph.run = self._redrawn_by(glyph, reason, later, shown, sight)
            if glyph.run is before:
                hidden.append((glyph, reason))
                continue
            page.glyphs.append(glyph)
            self._objects.unsure.add(glyph.run.order)
            one, other = sorted((before.size, glyph.run.size))
            if other > _OTHER_SIZE * one:
                self._false.append(glyph)
        page.hidden = hidden
        page.glyphs.sort(key=attrgetter("index"))

    def _later_texts(self, page: Page) -> Shelves[tuple[int, int, Box]]:
        """The order, address and box of each text after the first that is hidden."""
        first = min(glyph.run.order for glyph, _ in page.hidden)
        found = [
            (order, address, box)
            for address, (order, matrix) in self._runs.items()
            if order > first
            and (box := self._probe.bounds_of(ctypes.c_void_p(address), matrix)) is not None
        ]
        return Shelves((one[2], one) for one in sorted(found, reverse=True))

    def _redrawn_by(
        self,
        glyph: Glyph,
        reason: Hidden,
        later: Shelves[tuple[int, int, Box]],
        shown: Shelves[Box],
        sight: Sight,
    ) -> Run:
        """The last run after a hidden glyph's that draws it where it is seen; else its own."""
        own = glyph.run
        if reason == "off-page" or glyph.text in BLANKS:
            return own
        for order, address, box in later.reaching(glyph.top - 1, glyph.bottom):
            if order <= own.order:
                break
            run = self._run(address)
            x, y = glyph.middle
            if not run.angle and own.size:
                wide = (glyph.x1 - glyph.x0) * run.size / own.size
                x, y = glyph.x + wide / 2, glyph.y - run.size / 3
            if not contains(box, x, y) or any(contains(one, x, y) for one in shown.reaching(y, y)):
                continue
            glyph.run = run
            seen = not sight.why_hidden(glyph)
            glyph.run = own
            if seen:
                return run
        return own

    def name_fonts(self, glyphs: Iterable[Glyph]) -> None:
        """Look up the fonts of glyphs that will be told of."""
        for glyph in glyphs:
            if not glyph.run.font and glyph.run.address:
                glyph.run.font = self._font(ctypes.c_void_p(glyph.run.address))

    def lying(self, glyphs: Iterable[Glyph]) -> list[Glyph]:
        """The digits and signs of fonts that draw others than the file says.

        A blank that leaves ink is another character, and two digits are none of one glyph.  Nobody
        reads mirrored digits, or those that alone stand on their heads.
        """
        by_run: dict[int, list[Glyph]] = {}
        glyphs = list(glyphs)
        mirrored = self._objects.mirrored
        for glyph in glyphs:
            if glyph.text in DIGITS and not glyph.unmapped:
                by_run.setdefault(glyph.run.address, []).append(glyph)
        by_font: dict[int, list[Glyph]] = {}
        for address, digits in by_run.items():
            font = pdfium.text_font(ctypes.c_void_p(address)) if address else 0
            if font and self._draws_itself(font):
                self._objects.shapeless.add(address)
            else:
                by_font.setdefault(font or 0, []).extend(digits)
        inks: dict[int, list[Ink]] = {}
        for address, drawn in self._inks.items():
            if address in by_run:
                font = pdfium.text_font(ctypes.c_void_p(address))
                inks.setdefault(font or 0, []).extend(beside_digits(drawn))
        turned = [glyph for digits in by_run.values() for glyph in digits if glyph.run.angle == 180]
        if 2 * len(turned) > sum(map(len, by_run.values())):
            turned = []
        turned += [glyph for one, digits in by_run.items() if one in mirrored for glyph in digits]
        return [
            *self._false,
            *turned,
        ] + [
            glyph
            for font, digits in by_font.items()
            if font and lies(font, {glyph.text for glyph in digits}, inks.get(font, []))
            for glyph in digits
        ]

    def disguised(self, glyphs: Iterable[Glyph]) -> list[tuple[Glyph, str]]:
        """The kana and kanji of fonts that draw others than the file says, and what is seen.

        The latter is empty where a letter of such a font may be itself.  What is said to be another
        text than its glyphs are is not asked for: the font is not what says it.
        """
        by_run: dict[int, list[Glyph]] = {}
        for glyph in glyphs:
            if FIRST_LETTER <= glyph.text <= LAST_LETTER and not glyph.unmapped:
                by_run.setdefault(glyph.run.address, []).append(glyph)
        by_font: dict[int, list[Glyph]] = {}
        for address, written in by_run.items():
            font = pdfium.text_font(ctypes.c_void_p(address)) if address else 0
            if font and address not in self._objects.retold:
                by_font.setdefault(font, []).extend(written)
        found: list[tuple[Glyph, str]] = []
        for font, written in by_font.items():
            seen = drawn_as(font, {glyph.text for glyph in written})
            found.extend((glyph, seen.get(glyph.text, "")) for glyph in written if seen)
        return found

    def _draws_itself(self, font: int) -> bool:
        if font not in self._by_operators:
            self._by_operators[font] = not has_outlines(font)
        return self._by_operators[font]

    def _font(self, item: Any) -> str:
        font = pdfium.text_font(item)
        if not font:
            return ""
        name = self._fonts.get(font)
        if name is None:
            handle = ctypes.c_void_p(font)
            buffer = ctypes.create_string_buffer(256)
            pdfium.font_name(handle, buffer, ctypes.c_size_t(256))
            name = buffer.value.decode("utf-8", "replace")
            self._fonts[font] = name
        return name


def _is_retold(item: Any) -> bool:
    """Whether a text is said to be another one than its glyphs are (ActualText)."""
    length = ctypes.c_ulong()
    return any(
        pdfium.mark_text(
            ctypes.c_void_p(pdfium.get_mark(item, place)),
            b"ActualText",
            None,
            ctypes.c_ulong(0),
            ctypes.byref(length),
        )
        for place in range(pdfium.count_marks(item))
    )


def _are_one(first: Glyph, second: Glyph) -> bool:
    """Whether two digits are drawn by one glyph."""
    return (
        first.text in DIGITS
        and first.run is second.run
        and abs(first.x - second.x) < _NO_INK
        and abs(first.y - second.y) < _NO_INK
    )


def characters_of(text: Any, count: int) -> Sequence[str]:
    """Every character of a text page.

    In one call, where PDFium's text has one unit for each character; else one by one.  The first
    half of a pair of surrogates gives "\0", the second the character.
    """
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.whole_text(text, 0, count, buffer) == count + 1:
        whole = bytes(buffer)[: 2 * count].decode(_UTF_16, "surrogatepass")
        if len(whole) == count:
            return whole
    characters: list[str] = []
    high = 0
    for index in range(count):
        code = pdfium.char_unicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high, code = code, 0
        elif 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        characters.append(chr(code))
    return characters
