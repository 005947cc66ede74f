"""How many planted faults the checks find, and how many alarms a clean document raises.

    python benchmarks/mutation.py [PDF] [--every N]

Each fault is planted alone into the normalized document; it counts as caught if a finding appears
that the document as it is does not have.  ``alone``: the document by itself; ``history``: with an
edition of the year before that printed the same baselines and announced this one's targets, for
faults in these (a number that no earlier edition prints cannot be compared with one).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline.assemble import run as assemble
from pipeline.extract import run as extract
from pipeline.model import Claim, Finding, Indicator, Normalized, Value
from pipeline.normalize import run as normalize
from pipeline.settings.load import load
from pipeline.settings.validate import ValidateSettings
from pipeline.validate import run as validate

ROOT = Path(__file__).resolve().parents[1]
FIELDS = ("baseline", "target", "actual", "next_target")
TO_REACH = {
    "status word changed": Decimal(100),
    "summary figure changed": Decimal(100),
    "ten times": Decimal(100),
    "a tenth": Decimal(100),
    "minus lost": Decimal(100),
    "row dropped": Decimal(100),
    "row doubled": Decimal(100),
}
"""The share in percent of each kind of fault that the checks are to catch without history."""


class Fault(NamedTuple):
    """A kind of fault, what was changed, the faulty document, and the clean one if another.

    ``field``: the one changed, if it is a number.
    """

    kind: str
    what: str
    document: Normalized
    clean: Normalized | None = None
    field: str = ""


# --------------------------------------------------------------------------- changing a document


def replace(record: Any, **changes: Any) -> Any:
    """A record with some fields changed."""
    return msgspec.structs.replace(record, **changes)


def with_row(document: Normalized, at: int, row: Indicator | None, *more: Indicator) -> Normalized:
    """The document with another row in place of one, or none."""
    rows = list(document.indicators)
    rows[at : at + 1] = [one for one in (row, *more) if one is not None]
    return replace(document, indicators=tuple(rows))


def with_number(indicator: Indicator, field: str, number: Decimal) -> Indicator:
    """The indicator with another number in one of its named views."""
    old: Value = getattr(indicator, field)
    new = replace(old, number=number, printed=replace(old.printed, text=f"{number:,}"))
    observations = tuple(
        replace(seen, value=new) if seen.value is old or (seen.value == old and _is(seen, field))
        else seen
        for seen in indicator.observations
    )  # fmt: skip
    return replace(indicator, **{field: new, "observations": observations})


def _is(seen: Any, field: str) -> bool:
    return bool(seen.kind == field.removeprefix("next_"))


def numbers(document: Normalized) -> Iterator[tuple[int, Indicator, str, Decimal]]:
    """Every number of the reported year: row, indicator, field, number."""
    for at, indicator in enumerate(document.indicators):
        for field in FIELDS:
            value = getattr(indicator, field)
            if value is not None and value.number is not None:
                yield at, indicator, field, value.number


# --------------------------------------------------------------------------- the faults


def status_changed(document: Normalized) -> Iterator[Fault]:
    words = sorted({one.status for one in document.indicators if one.status})
    for at, indicator in enumerate(document.indicators):
        for word in words:
            if word != indicator.status and indicator.status_printed is not None:
                printed = replace(indicator.status_printed, text=word)
                row = replace(indicator, status=word, status_printed=printed)
                what = f"{indicator.name} {indicator.status}→{word}"
                yield Fault("status word changed", what, with_row(document, at, row))


def numbers_changed(
    kind: str, change: Callable[[Decimal, int], Decimal | None]
) -> Callable[[Normalized], Iterator[Fault]]:
    """Faults in single numbers; ``change`` gets a number and its place, and may decline."""

    def faults(document: Normalized) -> Iterator[Fault]:
        for at, indicator, field, number in numbers(document):
            changed = change(number, at)
            if changed is not None and changed != number:
                what = f"{indicator.name} {field} {number}→{changed}"
                row = with_number(indicator, field, changed)
                yield Fault(kind, what, with_row(document, at, row), field=field)

    return faults


def digit_changed(number: Decimal, at: int) -> Decimal | None:
    """One digit, another for each row."""
    digits = list(number.as_tuple().digits)
    place = at % len(digits)
    digits[place] = (digits[place] + 1 + at % 8) % 10
    return Decimal((number.as_tuple().sign, tuple(digits), number.as_tuple().exponent))


def digits_swapped(number: Decimal, at: int) -> Decimal | None:
    """Two neighbouring digits, if they differ."""
    digits = list(number.as_tuple().digits)
    pairs = [place for place in range(len(digits) - 1) if digits[place] != digits[place + 1]]
    if not pairs:
        return None
    place = pairs[at % len(pairs)]
    digits[place], digits[place + 1] = digits[place + 1], digits[place]
    return Decimal((number.as_tuple().sign, tuple(digits), number.as_tuple().exponent))


def ten_times(number: Decimal, _at: int) -> Decimal | None:
    """A digit doubled or the point moved: the same decimals, ten times the number."""
    return (number * 10).quantize(number) if number else None


def a_tenth(number: Decimal, _at: int) -> Decimal | None:
    """The last digit lost."""
    shorter = (number / 10).quantize(number, rounding="ROUND_DOWN")
    return shorter if number and shorter else None


def thousand_times(number: Decimal, _at: int) -> Decimal | None:
    """Thousands written as units: 千円 in a row of 百万円."""
    return (number * 1000).quantize(number) if number else None


def minus_lost(document: Normalized) -> Iterator[Fault]:
    """One number of a row of negative ones has lost its sign."""
    for at, indicator in enumerate(document.indicators):
        values = [getattr(indicator, field) for field in FIELDS]
        if any(value is None or not value.number for value in values):
            continue
        negative = indicator
        for field in FIELDS:
            negative = with_number(negative, field, -getattr(indicator, field).number)
        clean = with_row(document, at, negative)
        for field in FIELDS:
            row = with_number(negative, field, getattr(indicator, field).number)
            what = f"{indicator.name} {field}"
            yield Fault("minus lost", what, with_row(document, at, row), clean)


def row_dropped(document: Normalized) -> Iterator[Fault]:
    for at, indicator in enumerate(document.indicators):
        yield Fault("row dropped", indicator.name, with_row(document, at, None))


def row_doubled(document: Normalized) -> Iterator[Fault]:
    for at, indicator in enumerate(document.indicators):
        row = with_row(document, at, indicator, indicator)
        yield Fault("row doubled", indicator.name, row)


def values_exchanged(document: Normalized) -> Iterator[Fault]:
    """The actuals of two neighbouring rows stand in each other's place."""
    rows = document.indicators
    for at in range(len(rows) - 1):
        one, other = rows[at], rows[at + 1]
        if one.actual is None or other.actual is None:
            continue
        if one.actual.number is None or other.actual.number is None:
            continue
        first = with_number(one, "actual", other.actual.number)
        second = with_number(other, "actual", one.actual.number)
        changed = with_row(with_row(document, at, first), at + 1, second)
        yield Fault("values exchanged", f"{one.name} ⇄ {other.name}", changed)


def summary_changed(document: Normalized) -> Iterator[Fault]:
    """One digit of a percentage or count in the summary."""
    for at, claim in enumerate(document.claims):
        text = claim.printed.text
        for place, character in enumerate(text):
            after = text[place + 1 : place + 4]
            if character not in "0123456789" or not any(sign in after for sign in "%.％"):
                continue
            changed = text[:place] + str((int(character) + 3) % 10) + text[place + 1 :]
            new: Claim = replace(claim, printed=replace(claim.printed, text=changed))
            claims = (*document.claims[:at], new, *document.claims[at + 1 :])
            what = f"{text[max(0, place - 6) : place + 4]!r} at {place}"
            yield Fault("summary figure changed", what, replace(document, claims=claims))


def unit_changed(document: Normalized) -> Iterator[Fault]:
    for at, indicator in enumerate(document.indicators):
        row = replace(indicator, unit="百万円" if indicator.unit != "百万円" else "千円")
        yield Fault("unit changed", indicator.name, with_row(document, at, row))


KINDS: tuple[Callable[[Normalized], Iterator[Fault]], ...] = (
    status_changed,
    summary_changed,
    numbers_changed("digit changed", digit_changed),
    numbers_changed("digits swapped", digits_swapped),
    numbers_changed("ten times", ten_times),
    numbers_changed("a tenth", a_tenth),
    numbers_changed("thousand times", thousand_times),
    minus_lost,
    row_dropped,
    row_doubled,
    values_exchanged,
    unit_changed,
)


# --------------------------------------------------------------------------- measuring


def earlier_edition(document: Normalized) -> Normalized:
    """An edition of the year before that announced this one's targets."""
    rows = []
    for indicator in document.indicators:
        observations = tuple(
            replace(seen, fiscal_year=seen.fiscal_year)
            for seen in indicator.observations
            if seen.kind == "baseline"
        )
        rows.append(
            replace(
                indicator,
                target=None,
                actual=None,
                next_target=indicator.target,
                observations=observations,
            )
        )
    return replace(
        document,
        edition=document.edition - 1,
        actual_fiscal_year=document.actual_fiscal_year - 1,
        indicators=tuple(rows),
    )


def told(
    document: Normalized, settings: ValidateSettings, before: Normalized | None
) -> set[tuple[str, str, str | None, str | None]]:
    """The findings as what they say, without place."""
    found: tuple[Finding, ...] = validate(document, settings, previous=before).findings
    return {(one.rule, one.subject, one.printed, one.expected) for one in found}


def measure(
    document: Normalized,
    settings: ValidateSettings,
    before: Normalized | None,
    every: int = 1,
) -> dict[str, tuple[int, int, list[str]]]:
    """For each kind: faults caught, faults planted, and what was missed."""
    clean = told(document, settings, before)
    results: dict[str, tuple[int, int, list[str]]] = {}
    for faults in KINDS:
        for number, fault in enumerate(faults(document)):
            unprinted = before is not None and fault.field in ("actual", "next_target")
            if number % every or unprinted:
                continue
            base = clean if fault.clean is None else told(fault.clean, settings, before)
            caught = bool(told(fault.document, settings, before) - base)
            hits, planted, missed = results.get(fault.kind, (0, 0, []))
            rest = missed if caught else [*missed, fault.what]
            results[fault.kind] = (hits + caught, planted + 1, rest)
    return results


def load_document(pdf: Path, area_code: str, edition: int) -> tuple[Normalized, ValidateSettings]:
    """A document through the first three stages, with the settings of the fourth."""
    folder = next((ROOT / "schemas").glob(f"{area_code}-*"))
    settings = load(ROOT, folder)
    extracted = extract(pdf, settings.extract, second="never")
    assembled = assemble(extracted, settings.assemble)
    normalized = normalize(assembled, settings.normalize, edition=edition, area_code=area_code)
    return normalized, settings.validate


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdf", nargs="?", default=ROOT / "raw/35213-mine/2025.pdf", type=Path)
    parser.add_argument("--every", type=int, default=1, help="plant every N-th fault only")
    parser.add_argument("--missed", action="store_true", help="list what was missed")
    options = parser.parse_args()
    document, settings = load_document(options.pdf, options.pdf.parent.name[:5], 2025)
    started = time.perf_counter()
    alone = measure(document, settings, None, options.every)
    history = measure(document, settings, earlier_edition(document), options.every)
    print(f"clean document: {len(told(document, settings, None))} findings")
    print(f"{'fault':<24}{'planted':>8}{'alone':>9}{'history':>9}{'to reach':>10}")
    for kind, (hits, planted, missed) in alone.items():
        known, printed, _ = history[kind]
        shares = [f"{100 * hits / planted:.1f}%", f"{100 * known / printed:.1f}%"]
        goal = f"{TO_REACH[kind]}%" if kind in TO_REACH else ""
        print(f"{kind:<24}{planted:>8}{shares[0]:>9}{shares[1]:>9}{goal:>10}")
        if options.missed:
            print("".join(f"    {what}\n" for what in missed), end="")
    print(f"{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
