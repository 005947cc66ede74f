"""Numbers as printed to exact decimals: signs, separators, kanji numerals, broken lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline.japanese.numerals import KANJI_DIGITS

_MOST_DIGITS = 30
_SIGNED = re.compile(r"(?P<sign>[+\-▲△▼])?(?P<whole>[0-9][0-9,]*)?(?P<fraction>\.[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]+")
_MOST_DIGITS_OF_A_TERM = 16
_SECTIONS = re.compile(r"(?:([^兆億万]+)兆)?(?:([^兆億万]+)億)?(?:([^兆億万]+)万)?([^兆億万]+)?")
_CUT_SHORT = re.compile(r"[兆億万千百][1-9]$")
_UNIT_TERM = rf"[{KANJI_DIGITS[1:]}]|[0-9][0-9,]*(?:\.[0-9]+)?"
_TERMS = re.compile(
    rf"(?P<thousands>(?:{_UNIT_TERM})?千)?(?P<hundreds>(?:{_UNIT_TERM})?百)?"
    rf"(?P<tens>(?:{_UNIT_TERM})?十)?(?P<ones>{_UNIT_TERM})?"
)
_BROKEN = re.compile(
    r"(?P<before>[0-9][0-9,.]*[〜~-])?(?P<first>[+\-▲△▼]?[0-9][0-9,.]*)\n(?P<second>[0-9,.]*[0-9])"
    r"(?![0-9,.])"
)
"""A number that goes on in the next line, perhaps the upper end of a range."""
_REST_OF_DECIMALS = 2
_NAMES = {"千": "thousands", "百": "hundreds", "十": "tens", "": "ones"}


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
    """A number written with kanji numerals or multiples: 十二, 一〇〇, 3千, 1万2千, 2.5万.

    2万5 is none: it may be 20005 or 25000.
    """
    if _CUT_SHORT.search(text):
        return None
    sections = _SECTIONS.fullmatch(text)
    if sections is None or not text:
        return None
    total = Decimal(0)
    for section, size in zip(sections.groups(), (10**12, 10**8, 10**4, 1), strict=True):
        if section is not None:
            number = _section(section)
            if number is None:
                return None
            total += _times(number, size)
    return total


def _section(text: str) -> Decimal | None:
    """A number below 万: digits alone (一〇〇, 2.5), or with 千, 百 and 十 (二千五百)."""
    plain = _digits(text)
    if plain is not None:
        return plain
    terms = _TERMS.fullmatch(text)
    if terms is None:
        return None
    total = Decimal(0)
    for multiple, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        found = terms[_NAMES[multiple]]
        if found:
            number = _digits(found.removesuffix(multiple)) if found != multiple else Decimal(1)
            if number is None:
                return None
            total += _times(number, size)
    return total


def _digits(text: str) -> Decimal | None:
    """A number of digits alone, arabic or kanji."""
    if len(text) > _MOST_DIGITS_OF_A_TERM:
        return None
    if text and not set(text) - set(KANJI_DIGITS):
        return Decimal("".join(str(KANJI_DIGITS.index(digit)) for digit in text))
    return parse_decimal(text) if well_grouped(text) and text[:1].isdigit() else None


def _times(number: Decimal, size: int) -> Decimal:
    """A number by a power of ten, with no more decimals than it needs: 2.5万 is 25000."""
    exponent = number.as_tuple().exponent
    decimals = int(exponent) + len(str(size)) - 1
    return (number * size).quantize(Decimal(1).scaleb(min(0, decimals)))


_IN_PARTS = re.compile(
    r"(?P<sign>[△▲-])?(?P<parts>[0-9][0-9,.]*(?:\s*\n\s*[0-9,.]+){2,})(?![\s0-9,.])"
)
"""A number in a cell so narrow that it takes three lines or more, or several numbers."""


def join_broken_number(text: str, *, wide: bool = False, always: bool = False) -> str | None:
    """A number that a narrow cell broke over lines, whole again (``22,71`` / ``8``).

    It is joined where the parts alone are no numbers but the whole is, or where the upper end of a
    range would lie below its lower end (``8.4〜8`` / ``.9``); ``None`` where both the parts and the
    whole could be meant.  What follows the number stays as it is.

    ``wide``: the digits are of full width, between which lines break anywhere; of such ones, few
    behind decimals that go on (``100.0`` / ``0``) are theirs.  ``always``: a person says so of
    all.
    """
    parts = _IN_PARTS.match(text)
    if parts is not None and _is_well_formed(whole := "".join(parts["parts"].split())):
        if always or _is_only_whole(parts["parts"].split()):
            text = (parts["sign"] or "") + whole + text[parts.end() :]
        elif wide:
            return None
    found = _BROKEN.match(text)
    if found is None:
        return text
    before, first, second = found["before"] or "", found["first"], found["second"]
    tail = text[found.end() :]
    whole = first + second
    if not _is_well_formed(whole):
        return text
    alone = _is_well_formed(first) and second[0] not in ",."
    if before:
        lower, upper, joined = map(parse_decimal, (before.rstrip("〜~-"), first, whole))
        if lower is None or joined is None or joined <= lower:
            return None if alone else text
        alone = alone and upper is not None and upper > lower
    goes_on = wide and "." in first and second.isdigit() and len(second) <= _REST_OF_DECIMALS
    if not alone or goes_on or always:
        return before + whole + tail
    return None if not re.search("[0-9]", tail) else text


def _is_only_whole(parts: Sequence[str]) -> bool:
    """Whether parts of lines are numbers in no other way than all together: 208 / ,89 / 7."""
    ways = [1] + [0] * len(parts)
    for end in range(1, len(parts) + 1):
        starts = (
            at
            for at in range(end)
            if parts[at][0] not in ",." and _is_well_formed("".join(parts[at:end]))
        )
        ways[end] = sum(ways[at] for at in starts)
    return ways[-1] == 1


def _is_well_formed(text: str) -> bool:
    return parse_decimal(text) is not None and well_grouped(text)
