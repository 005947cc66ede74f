"""Units: which one is printed, and how two of them compare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline.japanese.text import label, match_key
from pipeline.settings.normalize import Unit

_MULTIPLES = {
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "億": 100_000_000,
    "十億": 1_000_000_000,
    "百億": 10_000_000_000,
    "千億": 100_000_000_000,
    "兆": 1_000_000_000_000,
}
_APART = frozenset({"share", "money", "ratio", "rank", "score", "points", "grade"})
"""What a number counts is told by its unit alone."""
_LIKE_SHARES = frozenset({"share", "points", "score", "index", "rate"})
_TIMES = ("年", "月", "週", "日")
_MULTIPLE = re.compile("|".join(sorted(_MULTIPLES, key=len, reverse=True)))
_NUMBER_IN_MULTIPLES = re.compile(r"[0-9](?P<multiple>[百千万億兆])")
_BASE = re.compile(r"(?:人口)?(?P<number>[0-9]+|[0-9]*[十百千万億]+)(?P<rest>\D+)$")
_BRACKETED = re.compile(r"\((?P<inner>[^()]*)\)")
_DOTS = str.maketrans("", "", "・.")


def _key(text: str) -> str:
    return match_key(text).translate(_DOTS)


class UnitTable:
    """The vocabulary of units, indexed; the answers are remembered."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._by_key = {_key(form): unit for unit in units for form in (*unit.aliases, unit.unit)}
        self._answers: dict[str, Unit | None] = {}

    def find(self, text: str) -> Unit | None:
        """The unit that a text names, in any of its printed forms; ``None`` if it names none.

        千, 万, 百万 … before a known unit, brackets around it, and one known unit per another
        (``件/年``, ``人/10万人``) are understood.
        """
        if text not in self._answers:
            self._answers[text] = self._find(_key(text))
        return self._answers[text]

    def _find(self, key: str) -> Unit | None:
        if not key or len(key) > 40:
            return None
        bracketed = _BRACKETED.fullmatch(key)
        if bracketed:
            return self._find(bracketed["inner"])
        return self._by_key.get(key) or self._multiple(key) or self._rate(key)

    def _multiple(self, key: str) -> Unit | None:
        prefix = _MULTIPLE.match(key)
        base = self._by_key.get(key[prefix.end() :]) if prefix else None
        if prefix is None or base is None or base.scale != 1:
            return None
        scale = base.scale * _MULTIPLES[prefix[0]]
        return Unit(unit=prefix[0] + base.unit, aliases=(), dimension=base.dimension, scale=scale)

    def _rate(self, key: str) -> Unit | None:
        above, slash, below = key.partition("/")
        if not slash or "/" in below:
            return None
        top, bottom = self._find(above), self._find(below) or self._base(below)
        if top is None or bottom is None:
            return None
        return Unit(
            unit=f"{top.unit}/{below if below in _TIMES else bottom.unit}",
            aliases=(),
            dimension=f"{top.dimension} per {bottom.dimension}",
            scale=top.scale / bottom.scale,
        )

    def _base(self, key: str) -> Unit | None:
        """The base of a rate with a number: 10万人, 1,000人, 人口千人."""
        found = _BASE.fullmatch(key.replace(",", ""))
        unit = self._by_key.get(found["rest"]) if found else None
        if found is None or unit is None:
            return None
        size = _size(found["number"])
        if not size:
            return None
        name = found["number"] + unit.unit
        return Unit(unit=name, aliases=(), dimension=unit.dimension, scale=unit.scale * size)

    def canonical(self, text: str) -> str:
        """The released form of a known unit, else the text's label."""
        unit = self.find(text)
        return unit.unit if unit else label(text)

    def same(self, one: str, other: str) -> bool:
        """Whether two texts name the same unit, in whatever form."""
        first, second = self.find(one), self.find(other)
        if first is None or second is None:
            return match_key(one) == match_key(other)
        return (first.dimension, first.scale, first.unit) == (
            second.dimension,
            second.scale,
            second.unit,
        )

    def is_other_measure(self, one: str, other: str) -> bool:
        """Whether a number in one unit is another number in the other: 億円 and 百万円, % and 人.

        Unlike counters (件 and 回) leave the number what it is, and so do units that are not known.
        """
        first, second = self.find(one), self.find(other)
        if first is None or second is None:
            return False
        if first.dimension == second.dimension:
            return first.scale != second.scale
        dimensions = {first.dimension, second.dimension}
        if dimensions <= _LIKE_SHARES:
            return False
        per = any(" per " in dimension for dimension in dimensions)
        return bool(dimensions & _APART) and not per

    def is_per_time(self, one: str, other: str) -> bool:
        """Whether a unit is another one in each day, week or month: 回/日 and 回."""
        base, slash, time = one.partition("/")
        return bool(slash) and time in _TIMES[1:] and self.same(base, other)

    def is_multiple(self, unit: str) -> bool:
        """Whether a unit counts in thousands or more by its own words: 千人, 百万円."""
        found = self.find(unit)
        return found is not None and _MULTIPLE.match(found.unit) is not None

    def convert(self, number: Decimal, source: str, target: str) -> Decimal | None:
        """A number in another unit, for comparison only; ``None`` between unlike units."""
        first, second = self.find(source), self.find(target)
        if first is None or second is None or first.dimension != second.dimension:
            return None
        return number if first.scale == second.scale else number * first.scale / second.scale


def multiple_of(printed: str) -> str:
    """The multiple behind the digits of a number without a unit: 万 of 3.1万."""
    found = _NUMBER_IN_MULTIPLES.search(label(printed))
    return found["multiple"] if found else ""


def _size(number: str) -> Decimal:
    digits = re.match(r"[0-9]+", number)
    size = Decimal(digits[0]) if digits else Decimal(1)
    multiple = number[digits.end() :] if digits else number
    return size * _MULTIPLES.get(multiple, 1)


_TAIL = re.compile(
    r"^(?P<name>.*\S)\s*[(\[［【〔](?P<unit>[^()\[\]［］【】〔〕]+)[)\]］】〕]$", re.DOTALL
)


_PER_BASE = re.compile(r".*\((?:人口)?[0-9,]*[十百千万億]*人?(?:対|当たり|あたり|につき)\)$")


def is_base(name: str) -> bool:
    """Whether a name ends with what its figure is counted against: 自殺死亡率(人口10万対).

    That belongs to the name; what is counted is another unit, or none is printed.
    """
    return _PER_BASE.match(label(name)) is not None


def unit_in_brackets(text: str, units: UnitTable) -> tuple[str, Unit | None]:
    """A name or header and the unit in brackets at its end: 観光客数（千人） → 観光客数, 千人.

    Brackets that hold no known unit stay in the text.
    """
    folded = label(text)
    found = _TAIL.match(folded)
    unit = units.find(found["unit"].removeprefix("単位").lstrip(":：")) if found else None
    return (found["name"], unit) if found and unit else (folded, None)
