"""What a column's heading says of its values: fiscal year, unit, and which part they are of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import structs

from pipeline.japanese.eras import Year, header_years, without_years
from pipeline.japanese.parts import PartWords
from pipeline.japanese.text import label
from pipeline.model import Entry, Kind, Record
from pipeline.normalize.units import UnitTable, unit_in_brackets
from pipeline.settings.normalize import Parts

VALUE_KINDS: frozenset[Kind] = frozenset({"baseline", "target", "actual", "rate"})


class Column(Record):
    """The heading of one column, read."""

    fiscal_year: int | None = None
    unit: str | None = None
    part: str | None = None
    calendar: bool = False


class Columns:
    """Reads the headings of rows; rows of one table share theirs."""

    def __init__(self, units: UnitTable, parts: Parts, edition: int) -> None:
        self._relative = {
            **dict.fromkeys(parts.next_year, edition),
            **dict.fromkeys(parts.previous_year, edition - 2),
        }
        self._edition = edition
        self._units = units
        self._parts = PartWords(parts.words, parts.header, parts.wrapped)
        self._read = lru_cache(maxsize=512)(self._read_headings)

    def of(self, entries: Sequence[Entry]) -> tuple[Column, ...]:
        """The column of each entry of a row."""
        return self._read(tuple((entry.kind, entry.header) for entry in entries))

    def _read_headings(self, headings: tuple[tuple[Kind, str], ...]) -> tuple[Column, ...]:
        years = header_years([header for _, header in headings], self._edition)
        read = [
            self._column(*heading, found) for heading, found in zip(headings, years, strict=True)
        ]
        columns: list[Column] = []
        latest: int | None = None
        reported = self._reported(headings, read)
        for (kind, header), column in zip(headings, read, strict=True):
            year = column.fiscal_year
            if kind == "actual":
                year = latest = self._edition - 1 if header == reported else year
            elif kind == "rate" and year is None:
                year = latest
            columns.append(structs.replace(column, fiscal_year=year))
        return tuple(columns)

    def _reported(self, headings: Sequence[tuple[Kind, str]], read: Sequence[Column]) -> str | None:
        """The heading of the one actual without a year beside last year's: 前年度実績 | 実績値."""
        actuals = [
            (header, column)
            for (kind, header), column in zip(headings, read, strict=True)
            if kind == "actual"
        ]
        undated = {header for header, one in actuals if one == Column(unit=one.unit)}
        last = self._edition - 2
        beside = any(self._relative_year(header) == last for header, _ in actuals)
        return undated.pop() if beside and len(undated) == 1 else None

    def _column(self, kind: Kind, header: str, years: tuple[Year, ...]) -> Column:
        year = years[-1].fiscal_year if years else self._relative_year(header)
        if kind not in VALUE_KINDS:
            return Column(fiscal_year=year if kind == "status" else None)
        _, unit = unit_in_brackets(without_years(header), self._units)
        return Column(
            fiscal_year=year,
            unit=unit.unit if unit else None,
            part=self._part(kind, header, years),
            calendar=bool(years) and years[-1].is_calendar,
        )

    def _relative_year(self, header: str) -> int | None:
        """The year of 次年度目標 or 前年度実績, counted from the edition."""
        folded = label(header)
        return next((year for word, year in self._relative.items() if word in folded), None)

    def _part(self, kind: Kind, header: str, years: tuple[Year, ...]) -> str | None:
        """男性, 見込, or the day of a figure taken within the year (9月30日現在)."""
        if word := self._parts.in_heading(header):
            return word
        last = years[-1] if years else None
        if kind == "actual" and last is not None and last.month not in (None, 3, 12):
            return label(header)[last.start : last.stop]
        return None
