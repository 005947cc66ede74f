"""What a text says, freed of how it was set: four foldings, each for its own use.

* :func:`label`: for released names; keeps meaning, avoids characters that machines differ on;
* :func:`number_text`: for reading numbers; one digit, sign, separator and tilde for all of theirs;
* :func:`match_key`: for comparing names, headers and words; folds all that does not tell two apart;
* :func:`join_lines`: the lines of a cell as one, nothing else changed.

All are total and idempotent.  NFKC is not used on whole texts: it leaves most CJK radicals and
dashes as they are, and turns ㎡ into m2 and ① into 1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pipeline.japanese.characters import RADICALS, TWINS

_VOICED, _SEMI_VOICED = "\u3099", "\u309a"
_HYPHENS = "‐‑－﹣⁃˗"
_LONG_DASHES = "–—―─━‒⸺⸻"
_MINUS = "−⁻"
_TILDES = "~～∼∽˜〰﹏"
_MIDDLE_DOTS = "·‧∙⋅･•"
_DIGIT_NAMES = "❶❷❸❹❺❻❼❽❾❿⓫⓬⓭⓮⓯⓰⓱⓲⓳⓴"


_LAST_ROW_OF_FIRST_LEVEL = 0xCF


def _each(codes: Iterable[int], to: str | None) -> dict[int, str | None]:
    return dict.fromkeys(codes, to)


def _decomposed(code: int) -> str:
    """The first level of a compatibility decomposition: ㎡ → m² (and not m2)."""
    parts = unicodedata.decomposition(chr(code)).split()
    return "".join(chr(int(part, 16)) for part in parts if not part.startswith("<"))


def _enclosed(code: int) -> str:
    inner = unicodedata.normalize("NFKC", chr(code))
    plain = inner != chr(code) and inner.isalnum() and (len(inner) == 1 or inner.isdigit())
    return f"({inner})" if plain else inner


_ENCLOSED = (range(0x2460, 0x2500), range(0x3200, 0x32C0), range(0x32D0, 0x32FF))
_SQUARED = (range(0x32C0, 0x32D0), range(0x32FF, 0x3400))
_NUMERALS_AND_LIGATURES = (range(0x2160, 0x2180), range(0xFB00, 0xFB07), range(0xFFE0, 0xFFE7))
_MATHEMATICAL = (range(0x1D400, 0x1D800), range(0x2113, 0x2114), range(0x2116, 0x2117))


def _compatibility_forms() -> dict[int, str]:
    """機種依存文字 and presentation forms → what they mean, spelled out."""
    forms = {code: _enclosed(code) for block in _ENCLOSED for code in block}
    forms |= {code: _decomposed(code) or chr(code) for block in _SQUARED for code in block}
    for block in (*_NUMERALS_AND_LIGATURES, *_MATHEMATICAL, range(0x2121, 0x2122)):
        forms |= {code: unicodedata.normalize("NFKC", chr(code)) for code in block}
    forms |= {ord(mark): f"({number})" for number, mark in enumerate(_DIGIT_NAMES, start=1)}
    return {code: text.replace("ℓ", "l") for code, text in forms.items() if text != chr(code)}


def _width_forms() -> dict[int, str]:
    full = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    half = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF61, 0xFFA0)}
    return full | half


def _invisible() -> dict[int, str | None]:
    """Control, format and variation characters say nothing; a lone surrogate cannot be written."""
    controls = [
        code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\x0b\x0c\r\x85"
    ]
    marks = (0xAD, 0x34F, 0x61C, 0xFEFF, *range(0x180B, 0x180F), *range(0x200B, 0x2010))
    formats = (*range(0x202A, 0x202F), *range(0x2060, 0x2070), *range(0xFFF9, 0xFFFC))
    selectors = (*range(0xFE00, 0xFE10), *range(0xE0000, 0xE01F0))
    table = _each((*controls, *marks, *formats, *selectors), None)
    return table | _each(range(0xD800, 0xE000), "\ufffd")


def _whitespace() -> dict[int, str | None]:
    spaces = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    table = _each(map(ord, spaces + "\u202f\u205f\u3000\u2800\u3164\uffa0"), " ")
    return table | _each(map(ord, "\r\x0b\x0c\x85\u2028\u2029"), "\n")


_COMMON: dict[int, str | None] = {
    **_invisible(),
    **_whitespace(),
    **{ord(radical): ideograph for radical, ideograph in RADICALS.items()},
    **_width_forms(),
    **_compatibility_forms(),
    **_each(map(ord, _TILDES), "〜"),
    **_each(map(ord, "◯⭕⚪"), "○"),
    **_each((0x309B, 0xFF9E), _VOICED),
    **_each((0x309C, 0xFF9F), _SEMI_VOICED),
}


def _is_circled(code: int) -> bool:
    """Whether a character is a number or letter in a circle, which is no number by itself."""
    return 0x2460 <= code < 0x2500 or chr(code) in _DIGIT_NAMES


_LABEL: Mapping[int, str | None] = {
    **_COMMON,
    **_each(map(ord, _HYPHENS), "-"),
    **_each(map(ord, _LONG_DASHES), "―"),
    **_each(map(ord, _MIDDLE_DOTS), "・"),
}
_NUMBER: Mapping[int, str | None] = {
    **{code: text for code, text in _COMMON.items() if not _is_circled(code)},
    **_each(map(ord, _HYPHENS + _LONG_DASHES + _MINUS), "-"),
    **_each(map(ord, _MIDDLE_DOTS), "・"),
    ord("‚"): ",",
    ord("▴"): "▲",
    ord("▵"): "△",
    ord("∆"): "△",
    ord("Δ"): "△",
    ord("⊿"): "△",
}
_KEY: Mapping[int, str | None] = {
    **{ord(variant): common for variant, common in TWINS.items()},
    **_each(map(ord, "[{【〔〈《〘〖"), "("),
    **_each(map(ord, "]}】〕〉》〙〗"), ")"),
    **_each(map(ord, "「」『』“”‘’\"'`´〝〟"), None),
    **_each(map(ord, "ー―−"), "-"),
    **_each(map(ord, "、､"), ","),
    **_each(map(ord, " \n"), None),
}

_SPACE = re.compile(r"(?<=(.))( +)(?=(.))", re.DOTALL)
_SPACED_LETTERS = re.compile(r"\b[A-Za-z](?: [A-Za-z]){2,}\b")
_KANJI_NUMBER = re.compile(r"[〇一二三四五六七八九十百千]+")
_COUNTER = re.compile(r"[ケヶヵカか箇個ヵ](?=[所月年国村])")
_COMBINING = re.compile(f"[{_VOICED}{_SEMI_VOICED}]")
_PROLONGED_AS_MINUS = re.compile(r"(?<![ァ-ヺ])ー(?=[\d.])|^ー+$")
_BLANK = re.compile(r" *\n\s*| +")
_LEFTOVER_MARKS = str.maketrans({_VOICED: "゛", _SEMI_VOICED: "゜"})


def _is_latin(character: str) -> bool:
    """Whether a space beside this character separates words: ASCII and the Latin letters."""
    return " " < character < "\u0250"


def _needs_space(before: str, after: str) -> bool:
    if not (_is_latin(before) and _is_latin(after)):
        return False
    return before not in "([{/" and after not in ")]}/,.%:;"


def _join_break(before: str, after: str) -> str:
    """What a line break stands for: a space between Latin words, else nothing."""
    if before.isdigit() and after.isdigit():
        return ""
    return " " if before != "-" and _needs_space(before, after) else ""


def _wide(character: str) -> str:
    """A full-width Latin character as its ASCII twin."""
    return chr(ord(character) - 0xFEE0) if "！" <= character <= "～" else character


_POINT_AT_END = re.compile(r"(?<=[0-9０-９])[.．]$")


def join_lines(text: str) -> str:
    """The lines of a cell as one line, with a space only between Latin words."""
    if "\n" not in text and "\r" not in text:
        return text.strip()
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    joined = ""
    for line in filter(None, lines):
        if joined and not (_POINT_AT_END.search(joined) and line[0].isdigit()):
            joined += _join_break(_wide(joined[-1]), _wide(line[0]))
        joined += line
    return joined


def _compose(text: str) -> str:
    """Letters and their combining marks as one character; a mark that fits none stands alone."""
    if unicodedata.is_normalized("NFC", text) and not _COMBINING.search(text):
        return text
    return unicodedata.normalize("NFC", text).translate(_LEFTOVER_MARKS)


def _one_circle(found: re.Match[str]) -> str:
    """〇 is a zero within a kanji number, else the circle that offices type by it."""
    text = found.group()
    return text if text.strip("〇") else "○" * len(text)


def _drop_layout_spaces(text: str) -> str:
    if " " not in text:
        return text
    text = _SPACE.sub(lambda m: " " if _needs_space(m.group(1), m.group(3)) else "", text)
    return _SPACED_LETTERS.sub(lambda m: m.group().replace(" ", ""), text)


@lru_cache(maxsize=8192)
def columns_of(text: str) -> int:
    """Columns of half-width characters that a text takes in a sheet: a kanji has three bytes."""
    return (len(text) + len(text.encode())) // 2


@lru_cache(maxsize=8192)
def label(text: str) -> str:
    """The released form of a name or a word, on one line.

    Half-width Latin, full-width kana, radicals as ideographs, ① as (1), ㎡ as m², ㈱ as (株); one
    circle, one wave dash; no invisible characters and no spaces set for layout: a space stands
    only between Latin words.
    """
    folded = _compose(text.translate(_LABEL))
    if "〇" in folded:
        folded = _KANJI_NUMBER.sub(_one_circle, folded)
    return _drop_layout_spaces(join_lines(folded).strip())


_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def in_full_width(text: str) -> str:
    """A text with its Latin letters, digits and signs in full width: ``A`` → ``Ａ``."""
    return text.translate(_FULL_WIDTH)


@lru_cache(maxsize=8192)
def number_text(text: str) -> str:
    """The form in which numbers are read.

    Half-width digits, ``-`` for every dash and minus, ``〜`` for every tilde, ``,`` and ``.``;
    ▲ and △ stay, since only the context tells a minus from a mark.  A run of white space is one
    space, or one ``\\n`` where a line ended.
    """
    folded = _compose(text.translate(_NUMBER))
    folded = _PROLONGED_AS_MINUS.sub("-", folded.strip())
    return _BLANK.sub(lambda m: "\n" if "\n" in m.group() else " ", folded)


@lru_cache(maxsize=8192)
def match_key(text: str) -> str:
    """The key under which two printed forms of one name, header or word are the same.

    On top of :func:`label`: case, brackets, quotes, dashes, commas, white space, variant
    ideographs, and か所 = ヶ所 = カ所 = 箇所.  Marks such as ◎ ○ △ ×, + and - are kept: they tell
    status words apart.
    """
    folded = unicodedata.normalize("NFKC", label(text)).casefold().translate(_KEY)
    return _COUNTER.sub("か", unicodedata.normalize("NFC", folded))


_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Characters that are not shown but steer a display: escapes of terminals, turns of direction."""


def spelled_out(text: str) -> str:
    """A text as it can be shown anywhere: what would steer the display is spelled out."""
    return _STEERING.sub(lambda found: f"⟦U+{ord(found.group()):04X}⟧", text)


def is_letter(character: str) -> bool:
    """Whether a character is a letter of a script in which words are told by their letters.

    Those of Latin and Greek and kana stand in texts of every kind and are left out.
    """
    return unicodedata.category(character)[0] in "LM" and not (
        character < "\u0400" or "\u3040" <= character <= "\u30ff" or character >= "\uff00"
    )


def is_common(character: str) -> bool:
    """Whether a letter is an ideograph of JIS X 0208's first level, or stands for one.

    Some 99 of 100 ideographs in Japanese texts are; the second level has rare ones.
    """
    meant = RADICALS.get(character) or TWINS.get(character) or character
    try:
        code = unicodedata.normalize("NFKC", meant).encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and code[0] <= _LAST_ROW_OF_FIRST_LEVEL
