"""Small whole numbers as plans and years write them: ３, 三, 十二, Ⅲ, III.

Amounts with 百, 千, 万 and separators are numbers of a table: :mod:`pipeline.normalize.numbers`.
"""

from __future__ import annotations

KANJI_DIGITS = "〇一二三四五六七八九"
_ROMAN = {"I": 1, "V": 5, "X": 10}


def kanji_number(text: str) -> int | None:
    """〇 to 九十九 as a number; ``None`` for anything else.

    >>> [kanji_number(text) for text in ("七", "十", "十二", "三十", "二十四", "百", "十十")]
    [7, 10, 12, 30, 24, None, None]
    """
    tens, ten, ones = text.rpartition("十")
    if not text or len(tens) > 1 or len(ones) > 1 or not set(tens + ones) <= set(KANJI_DIGITS):
        return None
    value = KANJI_DIGITS.index(ones) if ones else 0
    return value + 10 * (KANJI_DIGITS.index(tens) if tens else 1) if ten else value


def roman_number(text: str) -> int | None:
    """I to XXXIX as a number, letters only; ``None`` for anything else."""
    letters = text.upper()
    if not letters or not set(letters) <= set(_ROMAN):
        return None
    values = [_ROMAN[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))


def whole_number(text: str) -> int | None:
    """A folded numeral of any of these kinds, or plain digits."""
    if text.isdecimal():
        return int(text)
    roman = roman_number(text)
    return kanji_number(text) if roman is None else roman
