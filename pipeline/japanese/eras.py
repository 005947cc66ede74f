"""Years and dates as Japanese documents print them: 令和6年度, R6, 平成25～29年度, 2014年度.

The eras are those of the era law and its predecessors; a fiscal year (年度) begins on 1 April and
bears the name of the year in which it begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import structs

from pipeline.japanese.numerals import kanji_number
from pipeline.japanese.text import label
from pipeline.model import Record


class Era(Record):
    """An era: its name, its letter, and its first day as (year, month, day)."""

    name: str
    letter: str
    begins: tuple[int, int, int]

    @property
    def zero(self) -> int:
        """The Western year before its first."""
        return self.begins[0] - 1


ERAS = (
    Era(name="明治", letter="M", begins=(1868, 10, 23)),
    Era(name="大正", letter="T", begins=(1912, 7, 30)),
    Era(name="昭和", letter="S", begins=(1926, 12, 25)),
    Era(name="平成", letter="H", begins=(1989, 1, 8)),
    Era(name="令和", letter="R", begins=(2019, 5, 1)),
)
_BY_NAME = {key: era for era in ERAS for key in (era.name, era.name[0], era.letter)}
_NEXT = dict(zip(ERAS, (*ERAS[1:], None), strict=True))

Basis = Literal["fiscal", "calendar", "unknown"]


class Year(Record):
    """A year, a date or a range of years found in a text.

    ``year`` and ``end`` are Western.  ``basis`` is fiscal for 年度, calendar for 年 and dates,
    unknown for a bare ``R6`` or ``2019``.  ``outside_era``: the year exists, but not under the
    era's name (平成40年度 is 令和10年度).  ``start`` and ``stop`` bound it in ``label(text)``.
    """

    year: int
    basis: Basis
    start: int
    stop: int
    end: int | None = None
    month: int | None = None
    day: int | None = None
    outside_era: bool = False

    @property
    def fiscal_year(self) -> int:
        """The fiscal year of a date; else the year itself (a range: its last)."""
        if self.month is not None and self.basis != "fiscal":
            return self.year - (self.month < 4)
        return self.end or self.year

    @property
    def is_calendar(self) -> bool:
        """Whether a whole calendar year is meant: 平成21年, neither 平成21年度 nor a date."""
        return self.basis == "calendar" and self.month is None

    @property
    def time_code(self) -> str:
        """The ten-digit time code of e-Stat: 2024100000 is fiscal, 2024000000 calendar 2024."""
        if self.is_calendar:
            return f"{self.end or self.year}000000"
        return time_code(self.fiscal_year)


def time_code(fiscal_year: int) -> str:
    """The e-Stat time code of a fiscal year."""
    return f"{fiscal_year:04}100000"


def era_name(year: int) -> str:
    """A fiscal year in the era's count: 2024 → 令和6, 2019 → 令和元 (as offices write it)."""
    era = next((era for era in reversed(ERAS) if era.begins[0] <= year), None)
    if era is None:
        return str(year)
    count = year - era.zero
    return f"{era.name}{'元' if count == 1 else count}"


_KANJI_COUNT = "[一二三四五六七八九十]{1,3}"
_COUNT = r"元|[0-9]{1,2}"
_DIGIT = "0-9\ufffd"
"""A digit, or a character that could not be read and may be one."""
_NAMED = rf"(?P<name>明治|大正|昭和|平成|令和)(?P<count>{_COUNT}|{_KANJI_COUNT})(?![{_DIGIT}])"
_FOLLOWS = "目|実|基準|現|見込|当初|計画|策定|中間|最終|期|累|KPI"
"""What follows a year that bears no 年 in a heading."""
_SHORT = (
    r"(?:(?<![一-龥])(?P<kanji>[昭平令])|(?<![A-Za-z0-9])(?P<letter>[HRS]))"
    rf"(?:\.|\s(?=[0-9]{{1,2}}(?:年|[)]|$|\s?(?:[(]|{_FOLLOWS}))))?"
    rf"(?P<short_count>{_COUNT})(?![{_DIGIT}]|(?!KPI)[A-Za-z])"
)
_OLD_SHORT = r"(?<![A-Za-z0-9])(?P<old>[MT])(?P<old_count>[0-9]{1,2})(?=年)"
_WESTERN = (
    rf"(?<![{_DIGIT}.,])(?P<western>186[89]|18[7-9][0-9]|(?:19|20)[0-9]{{2}})"
    rf"(?![{_DIGIT}]|[.,][0-9]{{3}})"
)
_PLAIN = rf"(?<![{_DIGIT}第.,])(?P<plain>[0-9]{{1,2}})(?=年度)"
_TOKEN = re.compile("|".join((_NAMED, _SHORT, _OLD_SHORT, _WESTERN, _PLAIN)))

_SUFFIX = re.compile(r"(?P<fiscal>会計年度|学年度|年度|学年)|年(?!間|代|生|以|齢|次|後|前)")
_DATE = re.compile(
    r"年?(?P<month>1[0-2]|0?[1-9])月(?:(?P<day>3[01]|[12][0-9]|0?[1-9])日)?"
    r"|(?P<mark>[./-])(?P<m2>1[0-2]|0?[1-9])(?:(?P=mark)(?P<d2>3[01]|[12][0-9]|0?[1-9]))?(?![0-9])"
)
_AFTER_BARE = re.compile(rf"$|[()〜\-―/・→⇒:,末]|FY|{_FOLLOWS}")
_POINT = re.compile(r"末?(?:時点|現在(?!の?[値数状水])|末)?")
_RANGE_MARK = re.compile(r"\s*(?:〜|から|-|―|→|⇒)\s*")
_RANGE_END = re.compile(r"(?P<two>[0-9]{1,2})(?=年)(?!年間)")
_LIST_END = re.compile(r"[・,、](?P<two>[0-9]{1,2})(?=年度)")
_BETWEEN = re.compile(r"[)]?\s*[・/(=]?\s*")


def _count(text: str) -> int:
    """A year's number within its era: 元, 6, 十二."""
    if text == "元":
        return 1
    if text.isdigit():
        return int(text)
    return kanji_number(text) or 0


def _outside(era: Era, year: int, month: int | None, day: int | None) -> bool:
    """Whether the era does not name this time; a year may keep the name with which it began."""
    following = _NEXT[era]
    if month is None:
        return following is not None and year > following.begins[0]
    if (year, month, day or 31) < era.begins:
        return True
    return following is not None and (year, month, day or 1) >= following.begins


class _Found(Record):
    """A year before its context is known: ``plain`` is the 23 of an era-less 23年度."""

    value: Year
    era: Era | None = None
    plain: bool = False


def _western_of(found: re.Match[str]) -> tuple[int, Era | None]:
    """The Western year of a token and its era; 0 if there is no such year."""
    if western := found["western"]:
        return int(western), None
    name = found["name"] or found["kanji"] or found["letter"] or found["old"]
    count = _count(found["count"] or found["short_count"] or found["old_count"])
    era = _BY_NAME[name]
    return (era.zero + count if count else 0), era


def _token(text: str, found: re.Match[str]) -> _Found | None:
    """One token with its suffix, its date and its place; ``None`` if it is no year."""
    if found["plain"]:
        stop = found.end() + len("年度")
        point = _POINT.match(text, stop)
        stop = point.end() if point else stop
        value = Year(year=int(found["plain"]), basis="fiscal", start=found.start(), stop=stop)
        return _Found(value=value, plain=True)
    year, era = _western_of(found)
    if not year:
        return None
    basis: Basis = "unknown"
    month = day = None
    stop = found.end()
    if date := _DATE.match(text, stop):
        basis, stop = "calendar", date.end()
        month = int(date["month"] or date["m2"])
        day = int(date["day"] or date["d2"] or 0) or None
    elif suffix := _SUFFIX.match(text, stop):
        basis, stop = ("fiscal" if suffix["fiscal"] else "calendar"), suffix.end()
    elif era is None and not _AFTER_BARE.match(text, stop):
        return None
    start = found.start() - 2 * text[: found.start()].endswith(("西暦", "FY"))
    if text[start : start + 2] == "FY":
        basis = "fiscal"
    if point := _POINT.match(text, stop):
        stop = point.end()
    outside = era is not None and _outside(era, year, month, day)
    value = Year(
        year=year, basis=basis, start=start, stop=stop, month=month, day=day, outside_era=outside
    )
    return _Found(value=value, era=era)


def _replace(found: _Found, **changes: object) -> _Found:
    return structs.replace(found, value=structs.replace(found.value, **changes))


def _with_range(text: str, found: _Found) -> _Found:
    """平成25～29年度, 2013-17年度: the end of a range that does not repeat its era."""
    mark = _RANGE_MARK.match(text, found.value.stop)
    end = _RANGE_END.match(text, mark.end()) if mark else None
    if end is None or found.plain:
        return found
    two = int(end["two"])
    last = found.era.zero + two if found.era else found.value.year // 100 * 100 + two
    if last <= found.value.year:
        return found
    suffix = _SUFFIX.match(text, end.end())
    fiscal = suffix is not None and suffix["fiscal"] is not None
    stop = suffix.end() if suffix else end.end()
    return _replace(found, end=last, stop=stop, basis="fiscal" if fiscal else "calendar")


def _listed(text: str, found: _Found) -> Iterator[_Found]:
    """令和5・6年度: further years that share the era."""
    yield found
    while found.era is not None and (more := _LIST_END.match(text, found.value.stop)):
        stop = more.end() + len("年度")
        year = found.era.zero + int(more["two"])
        found = _replace(found, year=year, start=more.start("two"), stop=stop, basis="fiscal")
        yield found


def _merge(text: str, first: _Found, second: _Found) -> _Found | None:
    """令和6(2024)年度, 平成31・令和元年度: one year named twice; else ``None``."""
    a, b = first.value, second.value
    if first.plain or second.plain or a.fiscal_year != b.fiscal_year or a.end or b.end:
        return None
    if not _BETWEEN.fullmatch(text, a.stop, b.start):
        return None
    stop = b.stop + text.startswith(")", b.stop)
    suffix = _SUFFIX.match(text, stop)
    bases: tuple[Basis, ...] = (a.basis, b.basis)
    if suffix:
        stop = suffix.end()
        bases = (*bases, "fiscal" if suffix["fiscal"] else "calendar")
    order: tuple[Basis, ...] = ("fiscal", "calendar", "unknown")
    basis = next(basis for basis in order if basis in bases)
    return _replace(first, stop=stop, basis=basis, month=a.month or b.month, day=a.day or b.day)


def _span(first: _Found, second: _Found, text: str) -> _Found | None:
    """平成27年度～令和元年度: a range whose both ends are named; else ``None``."""
    mark = _RANGE_MARK.fullmatch(text, first.value.stop, second.value.start)
    if mark is None or mark[0].strip() in ("→", "⇒") or first.plain or second.plain:
        return None
    if first.value.end or second.value.end or first.value.year >= second.value.year:
        return None
    basis = second.value.basis if second.value.basis != "unknown" else first.value.basis
    return _replace(first, end=second.value.year, stop=second.value.stop, basis=basis)


@lru_cache(maxsize=4096)
def _scan(text: str) -> tuple[_Found, ...]:
    """All years of ``label(text)``, in order; era-less ones still plain."""
    folded = label(text)
    found: list[_Found] = []
    position = 0
    while match := _TOKEN.search(folded, position):
        token = _token(folded, match)
        position = match.end()
        if token is None:
            continue
        for item in _listed(folded, _with_range(folded, token)):
            joined = found and (_merge(folded, found[-1], item) or _span(found[-1], item, folded))
            if joined:
                found[-1] = joined
            else:
                found.append(item)
        position = max(position, found[-1].value.stop)
    return tuple(found)


def find_years(text: str) -> tuple[Year, ...]:
    """The years, dates and ranges of years in a text, in the order in which they stand.

    Meant for headers, brackets and year columns: a bare number such as 2019 counts as a year.
    Era-less years (``23年度``) are left out; see :func:`header_years`.
    """
    return tuple(found.value for found in _scan(text) if not found.plain)


def header_years(headers: Sequence[str], near: int | None = None) -> tuple[tuple[Year, ...], ...]:
    """The years of each header of a row; an era-less ``23年度`` takes the era of its neighbours.

    Without a neighbour that names its era it is of the era that brings it ``near`` a year, and is
    left out if there is none.
    """
    scans = [_scan(header) for header in headers]
    named = [(index, f.value.year) for index, scan in enumerate(scans) for f in scan if not f.plain]
    result: list[tuple[Year, ...]] = []
    for index, scan in enumerate(scans):
        context = min(named, key=lambda item: abs(item[0] - index), default=None)
        years = (_resolve(found, context[1] if context else near) for found in scan)
        result.append(tuple(year for year in years if year is not None))
    return tuple(result)


def _resolve(found: _Found, context: int | None) -> Year | None:
    if not found.plain:
        return found.value
    if context is None:
        return None
    candidates = [era.zero + found.value.year for era in ERAS]
    nearest = min(candidates, key=lambda year: abs(year - context))
    return _replace(found, year=nearest).value if abs(nearest - context) <= 15 else None


@lru_cache(maxsize=4096)
def without_years(text: str) -> str:
    """``label(text)`` less its years and what belongs to them: R6 目標 → 目標."""
    folded = label(text)
    ends = [0, *(found.value.stop for found in _scan(text))]
    starts = [*(found.value.start for found in _scan(text)), len(folded)]
    folded = " ".join(folded[a:b] for a, b in zip(ends, starts, strict=True))
    bare = label(re.sub(r"[(【\[〔〈]\s*[)】\]〕〉]", "", folded))
    return bare[1:-1] if re.fullmatch(r"\([^()]*\)", bare) else bare


_ONE_YEAR = r"(?:(?:19|20)[0-9]{2}|(?:令和|平成|昭和|[RHS])\.?(?:元|[0-9]{1,2}))(?:年度?)?"
_TWICE = re.compile(rf"(?P<one>{_ONE_YEAR})\s*\((?P<two>{_ONE_YEAR})\)\s*(?P<end>年度?)?")


def with_single_years(text: str) -> str:
    """A text in which a year that is told in both counts is told once: 2020(R2)年度 → 2020年度.

    Two years that differ stay.
    """

    def once(found: re.Match[str]) -> str:
        end = found["end"] or ""
        one, two = find_years(found["one"] + end), find_years(found["two"] + end)
        same = len(one) == len(two) == 1 and one[0].year == two[0].year
        return found["one"] + end if same else found.group()

    return _TWICE.sub(once, text)
