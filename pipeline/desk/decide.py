"""What can be decided about a finding, and the decision as it is written into the corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec
import tomlkit
from msgspec.structs import replace
from tomlkit.items import AoT

from pipeline.assemble.decided import cells_of, row_before, text_at
from pipeline.assemble.logical_tables import column_edges
from pipeline.boxes import holds
from pipeline.cache import store
from pipeline.errors import SettingsError, UsageError
from pipeline.japanese.text import label
from pipeline.messages import N_, Language, translate
from pipeline.model import (
    Assembled,
    Box,
    Entry,
    Extracted,
    Finding,
    Indicator,
    IndicatorRow,
    Normalized,
    Printed,
    ProjectRow,
    Record,
    Severity,
    Validated,
)
from pipeline.settings import decisions as settings
from pipeline.settings.decisions import ACTIONS, GIVEN, VALUED, Action, Decision, read_direction
from pipeline.settings.files import packaged_defaults
from pipeline.settings.validate import load as load_rules
from pipeline.validate.catalogue import rule_of
from pipeline.validate.legend import given_rules, legend_text

_NAMES = frozenset({"name", "project"})
_RANK: dict[Severity, int] = {"blocker": 0, "error": 1, "warning": 2, "info": 3}
_OF_ROW: frozenset[Action] = frozenset({"name", "unit", "goal", "policy", "direction", "split"})
_AS_READ: dict[str, str] = {"A": "first", "B": "second"}
READINGS = {"A": N_("reading A: {value}"), "B": N_("reading B: {value}")}
RULES = N_("judge by these rules: ◎：目標値以上 / ○：基準値以上 / △：基準値未満")
SIDES = {"higher": N_("higher is better"), "lower": N_("lower is better")}


class Desk(Record):
    """One document on the desk: its artefacts, and where its decisions are written."""

    area: str
    edition: int
    corrections: str
    extracted: Extracted
    assembled: Assembled
    normalized: Normalized
    validated: Validated

    def found(self, key: str) -> Finding:
        """The finding of a key, or of its beginning.  Raises :class:`UsageError` if none fits."""
        exact = [one for one in self.validated.findings if one.key == key]
        fitting = exact or [one for one in self.validated.findings if one.key.startswith(key)]
        if len(fitting) == 1:
            return fitting[0]
        raise UsageError(
            N_("There is no finding {key}, or there are several that begin so."),
            advice=N_("See the open ones with: shihyo decide --list"),
            key=key,
        )


class Choice(Record):
    """One way to settle a finding: ``code`` is typed; ``typed``: a value is to be given.

    ``shown`` stands for the value in ``text``, where that is only a code.
    """

    code: str
    action: Action
    text: str
    value: str = ""
    shown: str = ""
    typed: bool = False


def desk_of(area: str, edition: int, output: Path, own_folder: Path) -> Desk:
    """The document that a run has made.  Raises :class:`UsageError` where there is none."""
    extracted = store.read_artefact(output / "1-extract.json", Extracted)
    assembled = store.read_artefact(output / "2-assemble.json", Assembled)
    normalized = store.read_artefact(output / "3-normalize.json", Normalized)
    validated = store.read_artefact(output / "4-validate.json", Validated)
    if extracted is None or assembled is None or normalized is None or validated is None:
        raise UsageError(
            N_("This document has not been run yet."),
            advice=N_("Run it first: shihyo run"),
            file=str(output),
        )
    return Desk(
        area=area,
        edition=edition,
        corrections=str(settings.path_of(own_folder, edition)),
        extracted=extracted,
        assembled=assembled,
        normalized=normalized,
        validated=validated,
    )


def is_open(found: Finding) -> bool:
    """Whether a finding waits for a decision: one that tells of more than a fact."""
    return (
        found.decided is None and found.severity != "info" and bool(rule_of(found.rule).settled_by)
    )


def open_findings(desk: Desk) -> list[Finding]:
    """What is to be decided: worst first, then by how many values hang on it."""
    waiting = [found for found in desk.validated.findings if is_open(found)]
    return sorted(waiting, key=lambda one: (_RANK[one.severity], -weight_of(desk, one)))


def weight_of(desk: Desk, found: Finding) -> int:
    """How many values hang on a finding: those of its layout, table or row, or statuses."""
    indicators = desk.normalized.indicators
    if found.rule.startswith(("status.no-rules", "legend.")):
        return sum(one.status is not None for one in indicators)
    rows = desk.assembled.indicators
    layout = [one for one in desk.assembled.layouts if one.key == found.parameters.get("key")]
    if layout:
        return sum(len(row.entries) for row in rows if row.table in layout[0].tables)
    if found.page is None or found.box is None:
        named = found.parameters.get("id") or found.subject
        return sum(len(one.observations) for one in indicators if named in (one.id, one.name))
    inside = [
        entry
        for row in rows
        for entry in row.entries
        if entry.printed.page == found.page and holds(found.box, entry.printed.box)
    ]
    return max(len(inside), 1)


# --------------------------------------------------------------------------- choices


def choices(found: Finding) -> tuple[Choice, ...]:
    """All ways to settle a finding, the likeliest first."""
    return tuple(_choices(found))


def _choices(found: Finding) -> Iterator[Choice]:
    for action in rule_of(found.rule).settled_by:
        if action == "value":
            for code, name in _AS_READ.items():
                if name in found.parameters:
                    text = label(found.parameters[name])
                    yield Choice(code=code, action="value", text=READINGS[code], value=text)
        if action == "direction":
            for side, text in SIDES.items():
                yield Choice(code=side, action="direction", text=text, value=side)
        elif action == "legend":
            yield from _legends(found)
        else:
            typed = action in VALUED
            yield Choice(code=action, action=action, text=ACTIONS[action], typed=typed)


def _legends(found: Finding) -> Iterator[Choice]:
    """The readings of a legend that were proposed, and rules in a person's own words."""
    for code, name in _AS_READ.items():
        if found.rule == "legend.two-readings" and name in found.parameters:
            text = found.parameters[name]
            yield Choice(code=code, action="legend", text=READINGS[code], value=code, shown=text)
    if found.rule == "legend.unconfirmed":
        yield Choice(code="legend", action="legend", text=ACTIONS["legend"])
    yield Choice(code="rules", action="legend", text=RULES, typed=True)


def chosen(found: Finding, take: str) -> Choice:
    """The choice that a person means: a code, its words in either language, or a value.

    A value is meant for the first action that takes one; ``unit:人`` names another action.
    Raises :class:`UsageError` for what cannot settle this finding.
    """
    wanted = take.strip()
    offered = choices(found)
    for one in offered:
        words = [label_of(one, language) for language in ("ja", "en")]
        said = len(wanted) > 2 and any(wanted in text for text in words)
        side = one.action == "direction" and read_direction(wanted) == one.value
        if not one.typed and (wanted.lower() == one.code.lower() or said or side):
            return one
    valued = [one for one in offered if one.typed]
    code, mark, rest = wanted.partition(":")
    for one in valued:
        if mark and code.strip() == one.code and rest.strip():
            return replace(one, value=rest.strip())
    reserved = {*ACTIONS, "rules", *(translate(text, "ja") for text in ACTIONS.values())}
    if wanted and valued and wanted not in reserved:
        return replace(valued[0], value=wanted)
    raise UsageError(
        N_("{take} does not settle {key}."),
        advice=N_("It can be settled by: {codes}"),
        take=wanted or "-",
        key=found.key,
        codes=", ".join(f"{one.code}:…" if one in valued else one.code for one in offered) or "-",
    )


def label_of(one: Choice, language: str) -> str:
    """A choice in words."""
    known: Language = "en" if language == "en" else "ja"
    parts = [translate(part, known) for part in (one.shown or one.value).split("\t")]
    return translate(one.text, known, value=" ".join(parts))


# --------------------------------------------------------------------------- the decision


def decision(
    desk: Desk,
    found: Finding,
    choice: Choice,
    *,
    reason: str,
    who: str,
    when: str,
    field: str = "",
) -> Decision:
    """The decision on a finding, with its place and what is printed there now.

    ``field``: which field of an indicator is meant.  Raises :class:`UsageError` where the place is
    not clear, and for a decision that cannot be.
    """
    signed = {"reason": reason, "who": who, "when": when}
    made = drafted(desk, found, choice, field=field, **signed)
    _check(desk, made)
    return made


def drafted(
    desk: Desk,
    found: Finding,
    choice: Choice,
    *,
    reason: str = "-",
    who: str = "",
    when: str = "",
    field: str = "",
) -> Decision:
    """As :func:`decision`, while its value is still to be given."""
    made = Decision(
        action=choice.action,
        reason=reason.strip(),
        finding=found.key,
        value=choice.value if choice.action != "goal" else label(choice.value),
        who=who,
        when=when,
    )
    made = _placed(desk, found, made, field)
    problem = settings.problem_of(made)
    if problem is not None:
        raise UsageError(
            problem, advice=N_("See: shihyo decide --help"), line="-", value=made.value
        )
    return made


COUNTS = frozenset(
    {"structure.count-differs", "structure.number-gap", "structure.policy-without-table"}
)
"""Rules that tell of missing rows, but not where they stand."""


def _check(desk: Desk, made: Decision) -> None:
    """Refuse what could not be carried out: cells that do not fit, rules that cannot be read."""
    told = {one.key: one for one in desk.validated.findings}.get(made.finding)
    if made.action == "row" and told and told.rule in COUNTS and told.box == made.box:
        raise UsageError(
            N_("{key} does not say where the row stands."),
            advice=N_("Say it with: shihyo decide KEY --page PAGE --box x0,top,x1,bottom"),
            key=made.finding,
        )
    if made.action in GIVEN:
        cells = template(desk, made)
        fits = all(len(row) == len(cells) and row[0] for row in made.rows) and made.rows
        if not fits:
            raise UsageError(
                N_("A row has {count} cells here, parted by |, such as: {example}"),
                advice=N_("Give every cell; leave an empty one empty. Rows are parted by //."),
                count=str(len(cells)),
                example=" | ".join(cells),
            )
    if made.action == "table":
        headings = columns_at(desk, made)
        if headings and len(headings) != len(made.value.split()):
            raise UsageError(
                N_("The table has {count} columns: {headings}"),
                advice=N_("Give a role for each, parted by blanks; unknown for one to leave out."),
                count=str(len(headings)),
                headings=" | ".join(headings),
            )
    if made.action == "legend":
        rules = load_rules([packaged_defaults()], {})
        if given_rules(made.value, desk.normalized, rules) is None:
            raise UsageError(
                N_("These are no rules that can be applied: {value}"),
                advice=N_(
                    "Give every word of the table with its rule as a legend would: "
                    "◎：目標値以上 / ○：基準値以上 / △：基準値未満"
                ),
                value=made.value or "-",
            )


def cells_for(desk: Desk, made: Decision) -> list[str]:
    """What has to be given one by one: the cells of a row, a role for each column of a table."""
    if made.action in GIVEN:
        return template(desk, made)
    return columns_at(desk, made) if made.action == "table" else []


def template(desk: Desk, made: Decision) -> list[str]:
    """The cells that a given row must have: those of the row itself, or of the one before."""
    rows = desk.assembled.indicators
    if made.action == "split":
        rows = tuple(one for one in rows if made.is_at(*_name_spot(one)))
    if not rows:
        return []
    like = rows[0] if made.action == "split" else rows[row_before(rows, made)]
    return [label(printed.text) for printed in cells_of(like)]


def _name_spot(row: IndicatorRow) -> tuple[int, Box]:
    named = _named(row) or row.entries[0]
    return named.printed.page, named.printed.box


def columns_at(desk: Desk, made: Decision) -> list[str]:
    """What stands in the first row of the table at a decision's place, column by column."""
    for table in desk.extracted.tables:
        if made.is_at(table.page, table.box):
            edges = column_edges(table)
            first = {cell.box[0]: cell.text for cell in table.cells if cell.row == 0}
            return [label(first.get(edge, "")) or "-" for edge in edges[:-1]]
    return []


def moved(found: Finding, page: int | None, box: Box | None) -> Finding:
    """A finding as if it stood at another place, where that is given."""
    return replace(
        found,
        page=found.page if page is None else page,
        box=found.box if box is None else box,
    )


def titled(desk: Desk, title: str, *, reason: str, who: str, when: str) -> Decision:
    """The decision that the document has another title than the one that was read."""
    printed = desk.assembled.title.text if desk.assembled.title else ""
    return Decision(
        action="title", value=title.strip(), expect=printed, reason=reason, who=who, when=when
    )


def _placed(desk: Desk, found: Finding, made: Decision, field: str) -> Decision:
    """A decision with the place that its action is about."""
    if made.action == "layout":
        return replace(made, layout=found.parameters.get("key", ""))
    if made.action in _ANYWHERE:
        expected = found.expected if made.action == "seen" else None
        return replace(made, expect=_expect(desk, found, made.action), expected=expected)
    if made.action == "year" and found.page is not None and found.box is None:
        return replace(made, field="baseline")
    if made.action in ("table", "join", "scope", "row"):
        expect = _expect(desk, found, made.action)
        return replace(made, page=found.page, box=found.box, expect=expect)
    return _in_row(desk, found, made, field)


_ANYWHERE: frozenset[Action] = frozenset({"seen", "legend", "title", "role"})
"""Actions that are about no place."""


def _expect(desk: Desk, found: Finding, action: Action) -> str:
    """What is printed where a decision is made that is about no row."""
    if action == "role":
        return found.printed or found.subject
    if action == "legend":
        return legend_text(desk.normalized.legend)
    if action == "title":
        return desk.assembled.title.text if desk.assembled.title else ""
    if action == "row":
        return text_at(desk.extracted, found.page, found.box)
    if action == "seen":
        return found.printed or ""
    return _cell_text(desk, found) if action != "table" else ""


def _in_row(desk: Desk, found: Finding, made: Decision, field: str) -> Decision:
    """A decision with the cell of a row that it is about, and what is printed there."""
    row, entry = _located(desk, found)
    if made.action == "not-indicator":
        named = _named(row)
        place = named.printed if named else None
        box = place.box if place else found.box
        return replace(made, page=found.page, box=box, expect=place.text if place else "")
    if made.action in _OF_ROW:
        entry = _named(row)
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
    named = _named(row)
    if named is None:
        return None
    known = (one for one in desk.normalized.indicators if one.name_printed == named.printed)
    return next(known, None)


def _cell_text(desk: Desk, found: Finding) -> str:
    """The text of the claim at a finding's place; empty where only the place tells."""
    for claim in desk.assembled.claims:
        if found.box == claim.printed.box and found.page == claim.printed.page:
            return claim.printed.text
    return ""


def _located(desk: Desk, found: Finding) -> tuple[IndicatorRow | ProjectRow | None, Entry | None]:
    """The row and the cell in which a finding stands: its own box, else the one around it."""
    if found.page is None or found.box is None:
        return None, None
    rows: tuple[IndicatorRow | ProjectRow, ...] = (
        *desk.assembled.indicators,
        *desk.assembled.projects,
    )
    for fits in (_same, holds):
        for row in rows:
            for entry in row.entries:
                if entry.printed.page == found.page and fits(entry.printed.box, found.box):
                    return row, entry
    return None, None


def _same(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def _named(row: IndicatorRow | ProjectRow | None) -> Entry | None:
    entries = row.entries if row is not None else ()
    return next((entry for entry in entries if entry.kind in _NAMES), None)


def _valued(
    desk: Desk,
    found: Finding,
    row: IndicatorRow | ProjectRow,
    entry: Entry | None,
    field: str,
) -> Entry | None:
    """The cell whose value is meant: the named field, the finding's own cell, or what it prints."""
    if field:
        wanted = _printed_of(desk, row, field)
        spots = [wanted.box] if wanted else []
        fitting = [one for one in row.entries if one.kind == field or one.printed.box in spots]
        return fitting[0] if len(fitting) == 1 or spots else None
    if entry is not None and entry.kind not in _NAMES:
        return entry
    if entry is not None and "first" in found.parameters:
        return entry
    text = label(found.printed or "")
    alike = [one for one in row.entries if text and label(one.printed.text) == text]
    valued = [one for one in alike if one.kind not in _NAMES]
    return valued[0] if len(valued) == 1 else entry if alike else None


def _printed_of(desk: Desk, row: IndicatorRow | ProjectRow, field: str) -> Printed | None:
    """Where the reported year's value of a field stands (there may be one for each year)."""
    named = _named(row)
    for one in desk.normalized.indicators:
        if named is not None and one.name_printed == named.printed:
            value = getattr(one, field, None)
            return value.printed if value is not None and hasattr(value, "printed") else None
    return None


# --------------------------------------------------------------------------- the file


def save(path: Path, area: str, edition: int, made: Sequence[Decision]) -> None:
    """Write decisions into the corrections, each in the place of an earlier one on its finding.

    Raises :class:`SettingsError` rather than write into a file that cannot be read.
    """
    text = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    settings.read(path, area, edition)
    document = tomlkit.parse(text) if text else _empty(area, edition)
    for one in made:
        _drop(document, partial(_replaces, one))
        table = tomlkit.table()
        for name, value in fields_of(one).items():
            table.add(name, value)
        table.add(tomlkit.nl())
        listed = document.get("decision")
        if not isinstance(listed, AoT):
            listed = tomlkit.aot()
            document.add("decision", listed)
        listed.append(table)
    written = tomlkit.dumps(document)
    _write_checked(path, written, area, edition)


def _write_checked(path: Path, text: str, area: str, edition: int) -> None:
    """Put the file in place; the old one comes back if the new one could not be read."""
    before = path.read_bytes() if path.is_file() else None
    store.write_atomically(path, text.encode())
    try:
        settings.read(path, area, edition)
    except SettingsError:
        if before is None:
            path.unlink()
        else:
            store.write_atomically(path, before)
        raise


def undo(path: Path, area: str, edition: int, key: str) -> int:
    """Take the decisions on a finding back; gives how many there were."""
    settings.read(path, area, edition)
    if not path.is_file():
        return 0
    document = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    dropped = _drop(document, lambda old: old.get("finding") == key)
    if dropped:
        _write_checked(path, tomlkit.dumps(document), area, edition)
    return dropped


def _empty(area: str, edition: int) -> tomlkit.TOMLDocument:
    document = tomlkit.document()
    document.add(tomlkit.comment("人が決めたこと。印字された文字は変えず、その横に残ります。"))
    document.add(tomlkit.comment("What people decided; what was printed stays beside it."))
    document.add("area", area)
    document.add("edition", edition)
    document.add(tomlkit.nl())
    return document


def _drop(document: tomlkit.TOMLDocument, is_meant: Callable[[Mapping[str, object]], bool]) -> int:
    """Remove the decisions that are meant; gives how many there were."""
    listed = document.get("decision")
    if not isinstance(listed, AoT):
        return 0
    meant = [index for index, old in enumerate(listed) if is_meant(old)]
    for index in reversed(meant):
        del listed[index]
    return len(meant)


def _replaces(one: Decision, old: Mapping[str, object]) -> bool:
    """Whether a new decision takes the place of an old one."""
    if one.finding and old.get("finding") == one.finding:
        return True
    given = {name: old[name] for name in old if name in Decision.__struct_fields__}
    try:
        return msgspec.convert({**given, "line": 1}, Decision).target == one.target
    except msgspec.ValidationError:
        return False


def fields_of(one: Decision) -> dict[str, object]:
    """The fields of a decision that say something, in their order in the file."""
    written: dict[str, object] = {}
    for name in _ORDER:
        value = getattr(one, name)
        if value not in ("", None):
            written[name] = list(value) if isinstance(value, tuple) else value
    return written


_ORDER = (
    "finding",
    "indicator",
    "field",
    "layout",
    "page",
    "box",
    "action",
    "value",
    "expect",
    "second",
    "expected",
    "reason",
    "who",
    "when",
)


def toml_of(one: Decision) -> str:
    """One decision as it stands in the file."""
    document = tomlkit.document()
    listed = tomlkit.aot()
    table = tomlkit.table()
    for name, value in fields_of(one).items():
        table.add(name, value)
    listed.append(table)
    document.add("decision", listed)
    return tomlkit.dumps(document)
