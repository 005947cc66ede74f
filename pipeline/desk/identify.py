"""Whose document it is and of which edition, from the document itself; in doubt: not known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.japanese.eras import Year, find_years
from pipeline.japanese.text import label, match_key
from pipeline.model import Assembled, Extracted
from pipeline.settings.profile import Municipality

_REPORTS = re.compile("評価|検証|実績|進捗|達成|結果|報告|年度末")
"""Words of a title that reports on the year that it names."""
_RESULTS = re.compile(r"\s?実績|(?:末|における)?の?(?:時点)?の?(?:実績|達成|進捗|結果|決算|状況)")
"""What stands right behind a year of which a title tells the results: 令和6年度実績."""
_DATED = 25
"""The longest line that dates a document: 令和7年9月 青森町企画課."""
_FRONT = 2
"""Pages from the front on which a document names its municipality."""
_TITLE_WEIGHT = 5
"""A name in the title counts as much as so many in running text."""


def area_of(extracted: Extracted, title: str, known: Iterable[Municipality]) -> str | None:
    """The area code of the municipality that the document names most.

    ``known`` are all municipalities that there are.  The front pages, the metadata and the title
    (which counts more) are searched; a longer name is not taken for a shorter one within it
    (大津市, 津市).  ``None`` when two are named equally often, or when the name is borne by two.
    """
    codes: dict[str, set[str]] = {}
    whole: set[str] = set()
    for municipality in known:
        name = match_key(municipality.name)
        codes.setdefault(name, set()).add(municipality.area_code)
        if municipality.area_code.endswith("000"):
            whole.add(name)
    names = re.compile("|".join(map(re.escape, sorted(codes, key=len, reverse=True))))
    named = Counter(names.findall(match_key("\n".join(front_lines(extracted)))))
    for text in (title, extracted.document.title, extracted.document.author):
        for name in names.findall(match_key(text)):
            named[name] += _TITLE_WEIGHT
    ranked = sorted(named, key=lambda name: (-named[name], name in whole))
    if not ranked or len(codes[ranked[0]]) > 1:
        return None
    rivals = [name for name in ranked[1:] if named[name] == named[ranked[0]] and name not in whole]
    return None if rivals else next(iter(codes[ranked[0]]))


def edition_of(assembled: Assembled, front: Iterable[str] = ()) -> int | None:
    """The fiscal year that the document is about to begin.

    That is one after its latest actuals, if the title names that year, the year of the actuals,
    a span with one of them, or none.  Where the actuals bear no year, or none were understood, it
    is one after the year whose results the title reports.  A plan without actuals begins in the
    first year of its title.
    ``None`` where the document contradicts itself or does not say: 令和7年度評価報告書 may evaluate
    that year or the one before.  ``front``: the lines of the first pages, of which one may date it.
    """
    entries = [entry for row in assembled.indicators for entry in row.entries]
    actual = [entry for entry in entries if entry.kind == "actual" and entry.printed.text.strip()]
    dated = {year.fiscal_year for entry in actual for year in find_years(entry.header)}
    title = assembled.title.text if assembled.title else ""
    spans = [
        (year.year if year.end else year.fiscal_year, year.fiscal_year)
        for year in find_years(title)
    ]
    if dated:
        edition = max(dated) + 1
        fits = any(
            first <= year <= last for first, last in spans for year in (edition - 1, edition)
        )
        return edition if fits or not spans else None
    single = {last for first, last in spans if first == last}
    if len(single) == 1 and _REPORTS.search(title):
        return _after_report(title, max(single), _date_of(front))
    if actual:
        return None
    begins = {first for first, _ in spans}
    return min(begins) if len(begins) == 1 else None


def titled_year(assembled: Assembled) -> int | None:
    """The one year that the title of a report names, whichever year it reports on."""
    title = assembled.title.text if assembled.title else ""
    years = {one.fiscal_year for one in find_years(title) if not one.end}
    return years.pop() if len(years) == 1 and _REPORTS.search(title) else None


def _after_report(title: str, year: int, dated: int | None) -> int | None:
    """The edition of a report whose title names one year.

    The year is that of the results where the title says so (令和6年度実績), or names it last, in
    brackets.  Else it may be that in which the report was made: one of the same fiscal year as its
    date reports on the year before.  No report has all results of a year that has not ended.
    """
    folded = label(title)
    spans = [one for one in find_years(title) if one.fiscal_year == year]
    results = any(_RESULTS.match(folded[one.stop :]) or _is_last(folded, one) for one in spans)
    if dated is not None:
        return year + 1 if dated > year else year if dated == year and not results else None
    return year + 1 if results else None


def _is_last(folded: str, year: Year) -> bool:
    """Whether a year stands in brackets at the end of a title."""
    before, after = folded[: year.start].rstrip(), folded[year.stop :]
    return before.endswith("(") and re.fullmatch(r"[^()]{0,4}\)", after.strip()) is not None


def _date_of(front: Iterable[str]) -> int | None:
    """The fiscal year in which a document was made, by the lines that only date it."""
    found: set[int] = set()
    for text in front:
        dates = [one for one in find_years(text) if one.month is not None and one.end is None]
        if len(label(text)) <= _DATED and len(dates) == 1 and dates[0].start <= 1:
            found.add(dates[0].fiscal_year)
    return found.pop() if len(found) == 1 else None


def front_lines(extracted: Extracted) -> list[str]:
    """The lines of the pages on which a document says whose it is, and when it was made."""
    return [line.text for line in extracted.lines if line.page <= _FRONT]
