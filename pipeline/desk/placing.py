"""Where a decision stands in the document, and what is printed there."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.assemble.decided import text_at
from pipeline.boxes import holds
from pipeline.desk.waiting import NAMES, Desk, named_in
from pipeline.errors import UsageError
from pipeline.japanese.text import label
from pipeline.messages import N_
from pipeline.model import Box, Entry, Finding, Indicator, IndicatorRow, Printed, ProjectRow
from pipeline.settings.decisions import Action, Decision
from pipeline.validate.legend import legend_text

_OF_ROW: frozenset[Action] = frozenset({"name", "unit", "goal", "policy", "direction", "split"})

_ANYWHERE: frozenset[Action] = frozenset({"seen", "legend", "title", "role", "notation"})
"""Actions that are about no place."""


def placed(desk: Desk, found: Finding, made: Decision, field: str) -> Decision:
    """A decision with the place that its action is about."""
    if made.action == "layout":
        doubts = found.parameters.get("doubts", "")
        return replace(made, layout=found.parameters.get("key", ""), expect=doubts)
    if made.action in _ANYWHERE:
        expected = found.expected if made.action == "seen" else None
        return replace(made, expect=_expect(desk, found, made.action), expected=expected)
    if made.action == "year" and found.page is not None and found.box is None:
        return replace(made, field="baseline")
    if made.action == "table":
        layout = found.parameters.get("key", "")
        return replace(made, layout=layout, page=found.page, box=found.box)
    if made.action in ("join", "scope", "row"):
        expect = _expect(desk, found, made.action)
        return replace(made, page=found.page, box=found.box, expect=expect)
    return _in_row(desk, found, made, field)


def _expect(desk: Desk, found: Finding, action: Action) -> str:
    """What is printed where a decision is made that is about no row."""
    if action == "role":
        _, cell = _located(desk, found)
        return cell.header if cell is not None else found.printed or found.subject
    if action == "legend":
        return legend_text(desk.normalized.legend)
    if action == "title":
        return desk.assembled.title.text if desk.assembled.title else ""
    if action == "row":
        return text_at(desk.extracted, found.page, found.box)
    if action in ("seen", "notation"):
        return found.printed or "" if action == "seen" else ""
    return _cell_text(desk, found)


def _in_row(desk: Desk, found: Finding, made: Decision, field: str) -> Decision:
    """A decision with the cell of a row that it is about, and what is printed there."""
    row, entry = _located(desk, found)
    if made.action == "not-indicator":
        named = named_in(row)
        place = named.printed if named else None
        box = place.box if place else found.box
        return replace(made, page=found.page, box=box, expect=place.text if place else "")
    if made.action in _OF_ROW:
        entry = named_in(row)
    elif made.action == "value" and row is not None:
        entry = _valued(desk, found, row, entry, field)
    if entry is None:
        raise UsageError(
            N_("It is not clear which field {key} is about."),
            advice=N_("Say which one: --field actual (baseline, target, rate, status)"),
            key=found.key,
        )
    printed = entry.printed
    second = found.parameters.get("second") and printed.second
    lasting = made.action in ("direction", "unit")
    known = _indicator_in(desk, row) if lasting else None
    return replace(
        made,
        indicator=known.id if known else "",
        page=printed.page,
        box=printed.box,
        expect=printed.text,
        expected=known.unit if known and made.action == "unit" else None,
        second=second,
        field=entry.kind if made.action in ("value", "year") else "",
    )


def _indicator_in(desk: Desk, row: IndicatorRow | ProjectRow | None) -> Indicator | None:
    """The indicator of a row."""
    named = named_in(row)
    if named is None:
        return None
    return desk.by_name.get(named.printed)


def _cell_text(desk: Desk, found: Finding) -> str:
    """The text of the claim at a finding's place; empty where only the place tells."""
    for claim in desk.assembled.claims:
        if any(spot == (found.page, found.box) for spot in claim.spots):
            return claim.printed.text
    return ""


def _located(desk: Desk, found: Finding) -> tuple[IndicatorRow | ProjectRow | None, Entry | None]:
    """The row and the cell in which a finding stands: its own box, else the one around it."""
    if found.page is None or found.box is None:
        return None, None
    for fits in (_same, holds):
        for cell in desk.cells_at(found.page, found.box):
            if fits(cell.entry.printed.box, found.box):
                return cell.row, cell.entry
    return None, None


def _same(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def _valued(
    desk: Desk,
    found: Finding,
    row: IndicatorRow | ProjectRow,
    entry: Entry | None,
    field: str,
) -> Entry | None:
    """The cell whose value is meant: the named field, the finding's own cell, or what it prints."""
    if field:
        inside = [
            one
            for one in row.entries
            if found.box is not None and one.kind == field and holds(found.box, one.printed.box)
        ]
        if len(inside) == 1:
            return inside[0]
        wanted = _printed_of(desk, row, field)
        spots = [wanted.box] if wanted else []
        fitting = [one for one in row.entries if one.kind == field or one.printed.box in spots]
        return fitting[0] if len(fitting) == 1 or spots else None
    if entry is not None and entry.kind not in NAMES:
        return entry
    if entry is not None and "first" in found.parameters:
        return entry
    text = label(found.printed or "")
    alike = [one for one in row.entries if text and label(one.printed.text) == text]
    valued = [one for one in alike if one.kind not in NAMES]
    return valued[0] if len(valued) == 1 else entry if alike else None


def _printed_of(desk: Desk, row: IndicatorRow | ProjectRow, field: str) -> Printed | None:
    """Where the reported year's value of a field stands (there may be one for each year)."""
    value = getattr(_indicator_in(desk, row), field, None)
    return value.printed if value is not None and hasattr(value, "printed") else None
