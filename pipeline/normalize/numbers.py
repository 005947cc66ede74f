"""Numbers as printed to exact decimals: signs, separators, kanji numerals, broken lines."""

from __future__ import annotations

import re
from decimal import Decimal

_MOST_DIGITS = 30
_SIGNED = re.compile(r"(?P<sign>[+\-▲△▼])?(?P<whole>[0-9][0-9,]*)?(?P<fraction>\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
KANJI_DIGITS = "〇一二三四五六七八九"
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
_TERM = re.compile(
    rf"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?|[{KANJI_DIGITS}]+)?(?P<multiple>[十百千万億兆])?"
)


def parse_decimal(text: str) -> Decimal | None:
    """A number in ``number_text`` form without unit: sign, separators, fraction; else ``None``.

    ▲, △ and ▼ before a digit are minus signs.
    """
    found = _SIGNED.fullmatch(text)
    if found is None or not (found["whole"] or found["fraction"]):
        return None
    digits = (found["whole"] or "0").replace(",", "") + (found["fraction"] or "")
    if len(digits) > _MOST_DIGITS or (found["whole"] or "").endswith(","):
        return None
    sign = "-" if found["sign"] and found["sign"] != "+" else ""
    return Decimal(sign + digits)


def signed_head(text: str) -> str:
    """The sign, digits and separators with which a text begins; ``""`` without a digit."""
    found = _SIGNED.match(text)
    head = found.group() if found else ""
    return head if head.lstrip("+-▲△▼") else ""


def well_grouped(text: str) -> bool:
    """Whether the separators of a number stand at every third digit, or nowhere."""
    found = _SIGNED.fullmatch(text)
    return found is None or not found["whole"] or _GROUPED.fullmatch(found["whole"]) is not None


def parse_numeral(text: str) -> Decimal | None:
    """A number written with kanji numerals or multiples: 十二, 一〇〇, 3千, 1万2千, 2.5万."""
    if re.fullmatch(rf"[{KANJI_DIGITS}]+", text):
        return Decimal("".join(str(KANJI_DIGITS.index(digit)) for digit in text))
    total = section = Decimal(0)
    last_large = last_small = 10**16
    position = 0
    while position < len(text):
        found = _TERM.match(text, position)
        if found is None or not found[0]:
            return None
        position = found.end()
        amount = _term(found["number"])
        multiple = found["multiple"]
        if amount is None:
            return None
        if multiple in _LARGE:
            size = _LARGE[multiple]
            if size >= last_large or (section == 0 and found["number"] is None):
                return None
            section += amount if found["number"] else 0
            total, section = total + section * size, Decimal(0)
            last_large, last_small = size, 10**16
            continue
        size = _SMALL.get(multiple or "", 1)
        if size >= last_small or (multiple is None and position < len(text)):
            return None
        section += amount * size
        last_small = size
    return total + section


def _term(number: str | None) -> Decimal | None:
    if number is None:
        return Decimal(1)
    if len(number) > 16:
        return None
    if number[0] in KANJI_DIGITS:
        return Decimal("".join(str(KANJI_DIGITS.index(digit)) for digit in number))
    return parse_decimal(number) if well_grouped(number) else None


def join_broken_number(text: str) -> str | None:
    """A number that a narrow cell broke over lines, whole again (``22,71`` / ``8``).

    It is joined where the parts alone are no numbers but the whole is; ``None`` where both the
    parts and the whole could be meant.
    """
    found = re.fullmatch(r"([+\-▲△▼]?[0-9][0-9,.]*)\n([0-9,.]*[0-9])(\D*)", text)
    if found is None:
        return text
    first, second, tail = found.groups()
    whole = first + second
    if parse_decimal(whole) is None or not well_grouped(whole):
        return text
    alone = parse_decimal(first) is not None and well_grouped(first) and second[0] not in ",."
    return None if alone else whole + tail
