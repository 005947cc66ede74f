"""Settings of the normalize stage: units, missing marks, words beside numbers, the registry."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Literal

from msgspec.structs import replace

from pipeline.errors import SettingsError
from pipeline.messages import N_
from pipeline.model import Record
from pipeline.settings.decisions import Decision, of_stage
from pipeline.settings.files import Row, convert, from_toml, merge_csv, strongest
from pipeline.settings.registry import RegistryEntry, load_registry

UNITS, MISSING, SIGNS = "units.csv", "missing.csv", "missing_signs.csv"
VALUES, DIRECTION = "values.toml", "direction.toml"


class Unit(Record):
    """A unit: its released form, other printed forms, dimension, and size within it."""

    unit: str
    aliases: tuple[str, ...]
    dimension: str
    scale: Decimal


class MissingSign(Record):
    """What a missing value means: its canonical sign, the released sign, and its explanation."""

    sign: str
    released: Literal["***", "X"]
    ja: str
    en: str


class Bounds(Record):
    """Words after a number that make it a limit."""

    at_least: tuple[str, ...]
    at_most: tuple[str, ...]
    more_than: tuple[str, ...]
    less_than: tuple[str, ...]


class Approximate(Record):
    """Words before and after a number that make it approximate."""

    before: tuple[str, ...]
    after: tuple[str, ...]


class Parts(Record):
    """Words that say what a number in a cell is about.

    ``wrapped``: words of headings that begin like one of them where a line breaks.  ``beside``:
    words that stand before or behind a number without brackets, too.
    """

    words: tuple[str, ...]
    wrapped: tuple[str, ...]
    header: tuple[str, ...]
    next_year: tuple[str, ...]
    previous_year: tuple[str, ...]
    standing: tuple[str, ...]
    earlier: tuple[str, ...]
    beside: tuple[str, ...]
    scope: tuple[str, ...]


class Marks(Record):
    """Marks beside a value that are no part of it; ``negative``: a note on those around one."""

    notes: tuple[str, ...]
    negative: str
    trends: tuple[str, ...]


class Numerals(Record):
    """Units before which a single kanji numeral is a number, and words for zero."""

    units: tuple[str, ...]
    zero: tuple[str, ...]


class Names(Record):
    """Words in names that make an indicator cumulative; ends of names that need no unit.

    ``numbered``: words that lead to a name with its number (指標3 来館者数).  ``balances``: words
    of what may be negative and is the better the greater it is.
    """

    cumulative: tuple[str, ...]
    unitless: tuple[str, ...]
    numbered: tuple[str, ...]
    balances: tuple[str, ...]


class Projects(Record):
    """Words of the project tables: repeated ones, and the endings of departments' names."""

    repeated: tuple[str, ...]
    department: tuple[str, ...]


class Values(Record):
    """``values.toml``."""

    bounds: Bounds
    approximate: Approximate
    per: dict[str, tuple[str, ...]]
    parts: Parts
    marks: Marks
    numerals: Numerals
    names: Names
    projects: Projects


class Sides(Record):
    """Words for either direction."""

    higher: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()


class DirectionWords(Record):
    """``direction.toml``."""

    units: Sides
    column: Sides
    phrases: Sides
    words: Sides
    trends: tuple[str, ...] = ()


class NormalizeSettings(Record):
    """All that the normalize stage may read.

    ``missing``: mark → sign.  ``registry`` is ``None`` where the municipality has none.
    ``baseline_fiscal_year``: the year of a baseline whose column prints none.
    ``name_score``: from which likeness (0–100) a registered indicator is proposed for a new name.
    """

    units: tuple[Unit, ...]
    missing: dict[str, str]
    signs: tuple[MissingSign, ...]
    values: Values
    direction: DirectionWords
    registry: tuple[RegistryEntry, ...] | None = None
    baseline_fiscal_year: int | None = None
    name_score: int = 70
    decisions: tuple[Decision, ...] = ()


class _Section(Record):
    baseline_fiscal_year: int | None = None
    name_score: int = 70


def with_decisions(settings: NormalizeSettings, decisions: Sequence[Decision]) -> NormalizeSettings:
    """The settings with what was decided on one edition."""
    return replace(settings, decisions=of_stage(decisions, "normalize"))


def load(folders: Sequence[Path], section: dict[str, Any]) -> NormalizeSettings:
    """The settings of the normalize stage from vocabularies and a profile's ``[normalize]``.

    Raises :class:`SettingsError` for an unknown key, a scale that is no number, and a mark
    whose sign is not defined.
    """
    last = folders[-1] if folders else Path()
    written = convert(section, _Section, last / "profile.toml", table="normalize")
    signs = tuple(
        convert(row, MissingSign, strongest(folders, SIGNS))
        for row in merge_csv(folders, SIGNS, "sign")
    )
    return NormalizeSettings(
        units=tuple(_unit(row) for row in merge_csv(folders, UNITS, "unit")),
        missing=_missing(folders, {sign.sign for sign in signs}),
        signs=signs,
        values=from_toml(folders, VALUES, Values),
        direction=from_toml(folders, DIRECTION, DirectionWords),
        registry=load_registry(last),
        baseline_fiscal_year=written.baseline_fiscal_year,
        name_score=written.name_score,
    )


def _unit(row: Row) -> Unit:
    try:
        scale = Decimal(row["scale"])
    except InvalidOperation as error:
        raise SettingsError(
            N_("Line {line}: the scale of {unit} is no number: {scale}"),
            file=str(row.path),
            line=row.line,
            unit=row["unit"],
            scale=row["scale"],
        ) from error
    return Unit(
        unit=row["unit"],
        aliases=tuple(row["aliases"].split()),
        dimension=row["dimension"],
        scale=scale,
    )


def _missing(folders: Sequence[Path], signs: set[str]) -> dict[str, str]:
    rows = merge_csv(folders, MISSING, "mark")
    for row in rows:
        if row["sign"] not in signs:
            raise SettingsError(
                N_("Line {line}: the sign {sign} of {mark} is not in {signs}."),
                file=str(row.path),
                line=row.line,
                sign=row["sign"],
                mark=row["mark"],
                signs=SIGNS,
            )
    return {row["mark"]: row["sign"] for row in rows}
