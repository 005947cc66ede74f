"""What earlier editions printed of the same indicators, for the charts of the public page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pipeline.japanese.text import match_key
from pipeline.model import Normalized, Record, Validated
from pipeline.release.view import Doubtful, observations


class Earlier(Record):
    """A number that an earlier edition printed, in that edition's unit."""

    kind: Literal["target", "actual"]
    fiscal_year: int
    number: str
    unit: str


def earlier_values(
    editions: Sequence[tuple[Normalized, Validated]], signs: Mapping[str, str]
) -> dict[str, tuple[Earlier, ...]]:
    """Indicator id → its targets and actuals by year; of two editions the newer one counts.

    ``editions``: the newest first.  Values in doubt, parts and values without a year are left out.
    """
    found: dict[str, dict[tuple[str, int], Earlier]] = {}
    for edition in editions:
        for identifier, value in _values(*edition, signs):
            found.setdefault(identifier, {}).setdefault((value.kind, value.fiscal_year), value)
    return {
        identifier: tuple(sorted(values.values(), key=lambda one: (one.fiscal_year, one.kind)))
        for identifier, values in found.items()
    }


def _values(
    normalized: Normalized, validated: Validated, signs: Mapping[str, str]
) -> Iterator[tuple[str, Earlier]]:
    doubtful = Doubtful(validated)
    for one in normalized.indicators:
        for shown in observations(one, normalized.actual_fiscal_year, signs, doubtful):
            seen = shown.observation
            if seen.kind not in ("target", "actual") or seen.part or seen.calendar:
                continue
            if seen.fiscal_year is not None and shown.number is not None:
                yield (
                    one.id,
                    Earlier(
                        kind="target" if seen.kind == "target" else "actual",
                        fiscal_year=seen.fiscal_year,
                        number=shown.number,
                        unit=match_key(one.unit),
                    ),
                )
