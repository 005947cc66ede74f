"""How figures and years are printed."""

from __future__ import annotations

from decimal import Decimal

from tests.data.generate.features import Features

WIDE = str.maketrans("0123456789,.", "０１２３４５６７８９，．")


def number(value: Decimal, features: Features, unit: str = "") -> str:
    """A figure by the document's notation, with its unit where units stand in cells."""
    plain = f"{abs(value)}" if features.digits == "no-separator" else f"{abs(value):,}"
    if features.digits == "wide":
        plain = plain.translate(WIDE)
    if value < 0:
        plain = f"({plain})" if features.minus == "brackets" else f"{features.minus}{plain}"
    gap = " " if features.digits == "spaced-unit" else ""
    return f"{plain}{gap}{unit}" if unit else plain


def era(year: int, *, short: bool = False) -> str:
    name, first = (("R", "令和"), 2018) if year >= 2019 else (("H", "平成"), 1988)
    count = year - first
    if short:
        return f"{name[0]}{count}"
    return f"{name[1]}{'元' if count == 1 else count}年度"


def dated(word: str, year: int, form: str) -> str:
    """A heading of a column with its year."""
    forms = {
        "era-brackets": f"{word}\n（{era(year)}）",
        "era-before": f"{era(year)}\n{word}",
        "short": f"{word}\n({era(year, short=True)})",
        "wide-short": f"{word}（{era(year, short=True).translate(LETTERS)}）",
        "western": f"{word}\n（{year}年度）",
        "both": f"{_both(year)}\n{word}",
        "below": f"{word}\n{era(year).translate(WIDE)}",
        "end-of-year": f"{word}\n（{era(year)}末）",
        "untold": word,
    }
    return forms[form]


LETTERS = WIDE | str.maketrans("HR", "ＨＲ")


def year_alone(year: int, form: str) -> str:
    """A year as a heading of its own."""
    if form in {"short", "wide-short"}:
        text = era(year, short=True)
        return text.translate(LETTERS) if form == "wide-short" else text
    if form == "western":
        return f"{year}年度"
    return _both(year) if form == "both" else era(year)


def _both(year: int) -> str:
    return f"{era(year).removesuffix('年度')}（{year}）年度"
