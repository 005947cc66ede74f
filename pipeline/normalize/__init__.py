"""Stage 3, normalize: the plan as printed → typed values, units, years, directions, identities.

``text.py`` and ``eras.py`` of the package read words and years; here are numbers and cells
(:mod:`.numbers`, :mod:`.cells`), units, columns, rows, direction, identity and projects.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from pipeline.boxes import overlaps
from pipeline.japanese.controls import REPLACEMENT
from pipeline.japanese.eras import era_name, find_years
from pipeline.japanese.text import label, match_key
from pipeline.messages import N_
from pipeline.model import (
    PICTURE_READER,
    PLACE,
    Assembled,
    Box,
    Direction,
    Indicator,
    IndicatorRow,
    Kind,
    Layout,
    Normalized,
    Remark,
)
from pipeline.normalize import direction
from pipeline.normalize.bare_points import BARE_POINT, bare_points
from pipeline.normalize.columns import VALUE_KINDS
from pipeline.normalize.decided import (
    Rulings,
    decided_title,
    is_of_document,
    located,
    undated_year,
    with_decided_direction,
    years_for_none,
)
from pipeline.normalize.footnotes import notes_of
from pipeline.normalize.identity import (
    Match,
    Sighting,
    in_use,
    last_kept,
    match_all,
    provisional_id,
    same_place,
)
from pipeline.normalize.listed import with_listed
from pipeline.normalize.projects import highlight_fills, read_project
from pipeline.normalize.relisted import about_lists, relisted
from pipeline.normalize.rows import DISAGREE, ReadRow, RowReader, about_cell
from pipeline.normalize.told_years import told_baseline_year
from pipeline.normalize.units import UnitTable, multiple_of
from pipeline.normalize.views import with_views
from pipeline.settings.decisions import OF_NOTATION, Decision
from pipeline.settings.normalize import NormalizeSettings
from pipeline.settings.registry import RegistryEntry

LAYOUT = "layout.columns"
BESIDE = "reading.leftover-in-table"
_UNREADABLE = "reading.unreadable-glyph"
_OF_PLACES: frozenset[Kind] = frozenset({"goal", "policy"})
"""Roles that say where an indicator stands in the plan."""
_SHARE_OF_A_REPORTED_YEAR = 10
_NAMES_SHOWN = 3
_ARROWS = {"higher": "↑", "lower": "↓"}
DIRECTION_NAMES: dict[Direction, str] = {
    "higher": N_("higher is better"),
    "lower": N_("lower is better"),
    "unknown": N_("not known"),
}


def run(
    assembled: Assembled, settings: NormalizeSettings, *, edition: int, area_code: str
) -> Normalized:
    """Type every value of the plan.

    ``edition`` is the fiscal year that the document is about to begin; the reported year is the
    one before it, unless the headers of the actual values say otherwise.  Pure; total on any
    plan that :mod:`pipeline.assemble` can give.
    """
    asked, settings = settings, _with_year(settings, assembled)
    written = frozenset(one.value for one in asked.decisions if one.action == "notation")
    reader = RowReader(
        settings,
        assembled.legend,
        edition,
        assembled.notes,
        notation=written,
        rows=assembled.indicators,
    )
    rulings = Rulings(_located(assembled, reader, settings, edition, area_code))
    rows = _read(assembled.indicators, reader, rulings)
    reported = reported_year((row.indicator for row in rows), edition)
    borne = {row.indicator.note for row in rows}
    marked = [_of_marked(with_views(row, reported), borne) for row in rows]
    indicators = with_listed(marked, assembled.notes, settings.direction.phrases)
    printed = [(row.table, one) for row, one in zip(rows, indicators, strict=True)]
    lists = relisted(printed, settings.values.projects.repeated)
    rows = [row for at, row in enumerate(rows) if at not in lists]
    indicators = [one for at, one in enumerate(indicators) if at not in lists]
    matches = _identify(indicators, settings, edition)
    registry = {entry.id: entry for entry in settings.registry or ()}
    taken: Counter[str] = Counter()
    doubted = _doubted_layouts(assembled.layouts)
    unplaced, unjudged = _left_beside(rows, assembled.remarks)
    marks = settings.values.marks
    named: list[Indicator] = []
    remarks: list[Remark] = list(about_lists(printed, lists))
    rated = direction.of_rates(indicators, settings.direction)
    for row, indicator, match, rates in zip(rows, indicators, matches, rated, strict=True):
        entry = registry.get(match.id)
        known = _with_identity(indicator, entry, area_code, taken)
        known, doubts = _with_direction(known, entry, settings, rates)
        if (decision := rulings.direction_of(known)) is not None:
            known, doubts = with_decided_direction(known, decision), ()
        known = structs.replace(
            known,
            doubts=(
                *_doubts(row, reported),
                *dict.fromkeys(_of_notation(known, row.remarks, reported)),
                *doubted.get(row.table, ()),
                *([f"{BESIDE}:{PLACE}"] if row.table in unplaced else []),
                *([f"{BESIDE}:status"] if row.table in unjudged else []),
                *([f"{row.unplaced}:{PLACE}"] if row.unplaced else []),
            ),
            observations=(*known.observations, *notes_of(known, assembled.notes, marks)),
        )
        named.append(known)
        remarks.extend(_about(known, row.remarks))
        remarks.extend((*_about_identity(known, entry, match, settings), *doubts))
    fills = highlight_fills(assembled)
    words = settings.values.projects
    projects = tuple(
        rulings.project(found)
        for row in assembled.projects
        if (found := read_project(rulings.substituted(row), words, fills)) is not None
    )
    remarks.extend(_about_unread(named, assembled.remarks))
    remarks.extend(_about_years(assembled.indicators))
    remarks.extend(_about_baselines(named))
    remarks.extend(_about_units(rows, named, reader))
    remarks.extend(_about_registry(named, settings, edition, reader.units))
    remarks.extend(rulings.remarks())
    if not reader.undated:
        remarks.extend(years_for_none(asked.decisions))
    title, changed = decided_title(settings.decisions, assembled.title)
    if not title:
        remarks.append(Remark(rule="identity.no-title", page=1))
    remarks.extend(changed)
    return Normalized(
        document=assembled.document,
        title=title,
        edition=edition,
        actual_fiscal_year=reported,
        indicators=tuple(named),
        projects=projects,
        legend=assembled.legend,
        claims=assembled.claims,
        places=assembled.places,
        notes=assembled.notes,
        remarks=tuple(_asked_once((*assembled.remarks, *remarks))),
    )


def _with_year(settings: NormalizeSettings, assembled: Assembled) -> NormalizeSettings:
    """The settings with the year that a person, or a note, gave to all baselines without one."""
    year = undated_year(settings.decisions, settings.baseline_fiscal_year)
    if year is None:
        marks = settings.values.marks
        year = told_baseline_year(assembled.notes, assembled.indicators, marks)
    rest = tuple(
        one for one in settings.decisions if not is_of_document(one) and one.action != "notation"
    )
    return structs.replace(settings, baseline_fiscal_year=year, decisions=rest)


def _read(printed: Sequence[IndicatorRow], reader: RowReader, rulings: Rulings) -> list[ReadRow]:
    """Every row that names an indicator, as decided where something was decided."""
    found: list[ReadRow] = []
    for row, bare in zip(printed, bare_points(printed), strict=True):
        ruled = rulings.substituted(row)
        read = reader.read(ruled)
        if read is None:
            continue
        doubts = [one for one in bare if any(one is other for other in ruled.entries)]
        if doubts:
            told = (about_cell(BARE_POINT, read.indicator.name, one) for one in doubts)
            read = structs.replace(read, remarks=(*read.remarks, *told))
        found.append(rulings.applied(row, read))
    return found


def _located(
    assembled: Assembled,
    reader: RowReader,
    settings: NormalizeSettings,
    edition: int,
    area_code: str,
) -> tuple[Decision, ...]:
    """The decisions, each with its place: one on an indicator stands where that is printed."""
    decisions = settings.decisions
    if not any(one.indicator and one.page is None for one in decisions):
        return decisions
    rulings = Rulings([one for one in decisions if one.page is not None])
    rows = _read(assembled.indicators, reader, rulings)
    reported = reported_year((row.indicator for row in rows), edition)
    indicators = [with_views(row, reported) for row in rows]
    registry = {entry.id: entry for entry in settings.registry or ()}
    taken: Counter[str] = Counter()
    matches = _identify(indicators, settings, edition)
    known = [
        _with_identity(one, registry.get(match.id), area_code, taken)
        for one, match in zip(indicators, matches, strict=True)
    ]
    return located(decisions, known)


def _about_baselines(indicators: Sequence[Indicator]) -> Iterator[Remark]:
    """Said once: baselines whose year the document does not print bear none in the release."""
    undated = [
        seen.value.printed
        for one in indicators
        for seen in one.observations
        if seen.kind == "baseline" and seen.fiscal_year is None and seen.value.number is not None
    ]
    if undated:
        yield Remark(
            rule="year.baseline-undated",
            page=undated[0].page,
            parameters={"count": str(len(undated))},
        )


def reported_year(indicators: Iterable[Indicator], edition: int) -> int:
    """The latest year, before or at the edition, for which actual values stand in number.

    A column whose cells are still empty does not count, nor a year that only a few cells name,
    nor a part of a year or a forecast beside whole years.
    """
    reported = [
        seen
        for indicator in indicators
        for seen in indicator.observations
        if seen.kind == "actual" and seen.value.missing is None
        if seen.fiscal_year is not None and seen.fiscal_year <= edition
    ]
    whole = [seen for seen in reported if seen.part is None] or reported
    counts = Counter(seen.fiscal_year or 0 for seen in whole)
    if not counts:
        return edition - 1
    most = max(counts.values())
    return max(year for year, count in counts.items() if count * _SHARE_OF_A_REPORTED_YEAR >= most)


# --------------------------------------------------------------------------- identity


def sighting_of(indicator: Indicator) -> Sighting:
    """What identifies an indicator: its name, unit and place."""
    pictured = indicator.name_printed.reader == PICTURE_READER
    return Sighting(
        name=indicator.name, unit=indicator.unit, place=indicator.place, pictured=pictured
    )


def _identify(
    indicators: Sequence[Indicator], settings: NormalizeSettings, edition: int
) -> tuple[Match, ...]:
    sightings = [sighting_of(indicator) for indicator in indicators]
    return match_all(sightings, settings.registry or (), edition, settings.name_score)


def _with_identity(
    indicator: Indicator, entry: RegistryEntry | None, area_code: str, taken: Counter[str]
) -> Indicator:
    """The indicator with its registered id, else a provisional one that no other row has."""
    if entry is not None:
        unit = entry.unit if match_key(entry.unit) == match_key(indicator.unit) else indicator.unit
        return structs.replace(
            indicator,
            id=entry.id,
            registered=True,
            unit=unit,
            cumulative=entry.cumulative or indicator.cumulative,
        )
    identifier = provisional_id(area_code, sighting_of(indicator))
    taken[identifier] += 1
    if taken[identifier] > 1:
        identifier = f"{identifier}-{taken[identifier]}"
    return structs.replace(indicator, id=identifier)


def _about_identity(
    indicator: Indicator, entry: RegistryEntry | None, match: Match, settings: NormalizeSettings
) -> Iterator[Remark]:
    """A new indicator in a document that has a registry, and what it may be."""
    if settings.registry is None or entry is not None:
        return
    candidates = "; ".join(f"{c.id} {c.name} ({c.score})" for c in match.candidates)
    rule = "identity.similar" if candidates else "identity.new"
    yield _remark(rule, indicator, {"id": indicator.id, "candidates": candidates})


def _about_registry(
    indicators: Sequence[Indicator], settings: NormalizeSettings, edition: int, units: UnitTable
) -> Iterator[Remark]:
    """One remark if there is no registry; what the document lacks, moved or gave another unit.

    An edition older than those the registry was kept for may have indicators elsewhere.
    """
    if settings.registry is None:
        if indicators:
            unknown = [one for one in indicators if one.direction == "unknown"]
            names = "、".join(one.name for one in unknown[:_NAMES_SHOWN])
            counts = {"count": str(len(indicators)), "unknown": str(len(unknown))}
            counts["names"] = f" ({names})" if unknown else ""
            yield Remark(rule="identity.no-registry", parameters=counts)
        return
    present = {one.id for one in indicators}
    for entry in settings.registry:
        awaited = in_use(entry, edition) and (entry.first_edition or edition) <= edition
        if awaited and entry.id not in present:
            yield Remark(rule="identity.absent", subject=entry.name, parameters={"id": entry.id})
    ended = [one for one in settings.registry if one.retired == edition and one.id not in present]
    if ended:
        yield Remark(
            rule="identity.retired",
            parameters={
                "count": str(len(ended)),
                "names": "、".join(entry.name for entry in ended),
                "ids": " ".join(entry.id for entry in ended),
            },
        )
    if edition < last_kept(settings.registry):
        return
    places = {entry.id: entry for entry in settings.registry}
    for one in indicators:
        known = places.get(one.id)
        if known is not None and known.goal and not same_place(known, one.place):
            yield _remark("identity.moved", one, {"id": one.id})
        if known is not None and known.unit and one.unit and not units.same(known.unit, one.unit):
            told = {"id": one.id, "unit": one.unit, "registered": known.unit}
            yield _remark("identity.unit", one, told)


# --------------------------------------------------------------------------- direction


def _of_marked(indicator: Indicator, borne: Iterable[str]) -> Indicator:
    """An indicator that lacks a mark, if others bear it, and so have its note among theirs."""
    if indicator.unmarked and any(indicator.unmarked in note for note in borne):
        return indicator
    return structs.replace(indicator, unmarked="")


def _with_direction(
    indicator: Indicator,
    entry: RegistryEntry | None,
    settings: NormalizeSettings,
    rates: tuple[direction.Evidence, ...] = (),
) -> tuple[Indicator, tuple[Remark, ...]]:
    """The registry's direction; without one, what the evidence allows, as a proposal.

    ``rates``: what the printed rates of all indicators tell of this one.
    """
    if entry is not None and entry.direction != "unknown":
        known = structs.replace(
            indicator, direction=entry.direction, direction_basis=entry.basis or "declared"
        )
        return known, tuple(_about_column(known, settings))
    evidence = (*direction.gather(indicator, settings.direction), *rates)
    decided, basis = direction.decide(evidence)
    known = structs.replace(indicator, direction=decided, direction_basis=basis)
    if settings.registry is None or basis == "printed":
        return known, ()
    proposal = decided if decided != "unknown" else direction.propose(evidence)
    rule = "direction.undecided" if decided == "unknown" else "direction.proposed"
    return known, (_remark(rule, known, _proposal(proposal, evidence)),)


def _proposal(proposed: Direction, evidence: Iterable[direction.Evidence]) -> dict[str, str]:
    listed = (f"{found.what} {_ARROWS[found.direction]}" for found in evidence)
    return {"proposal": DIRECTION_NAMES[proposed], "evidence": ", ".join(listed) or "-"}


def _about_column(indicator: Indicator, settings: NormalizeSettings) -> Iterator[Remark]:
    """The document's own direction column against the registry."""
    for found in direction.gather(indicator, settings.direction):
        if found.kind == "column" and found.direction != indicator.direction:
            declared = DIRECTION_NAMES[indicator.direction]
            parameters = {"declared": declared, "column": found.what}
            yield _remark("direction.contradicts-registry", indicator, parameters)


# --------------------------------------------------------------------------- remarks


def _remark(rule: str, indicator: Indicator, parameters: dict[str, str]) -> Remark:
    printed = indicator.name_printed
    return Remark(
        rule=rule,
        subject=indicator.name,
        page=printed.page,
        box=printed.box,
        printed=printed.text,
        parameters=parameters,
    )


def _about(indicator: Indicator, remarks: Iterable[Remark]) -> Iterator[Remark]:
    """A row's remarks under the indicator's released name."""
    for remark in remarks:
        yield structs.replace(remark, subject=indicator.name)


def _doubts(row: ReadRow, reported: int) -> tuple[str, ...]:
    """The fields of an indicator on which the readers disagree, as ``rule:field``."""
    fields = (_field(kind, year, reported) for kind, year in row.disagreements)
    return tuple(dict.fromkeys(f"{DISAGREE}:{field}" for field in fields))


def _of_notation(indicator: Indicator, remarks: Iterable[Remark], reported: int) -> Iterator[str]:
    """The fields whose number may be meant in two ways by how it is written, as ``rule:field``."""
    for remark in remarks:
        doubtful = remark.rule in (*OF_NOTATION, "number.separator")
        for seen in indicator.observations if doubtful else ():
            printed = seen.value.printed
            here = (printed.page, printed.box) == (remark.page, remark.box)
            if here and seen.value.decided is None:
                yield f"{remark.rule}:{_field(seen.kind, seen.fiscal_year, reported)}"


def _asked_once(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """The remarks, one for all cells that ask how the numbers of the document are written.

    Each of these cells is held back by a doubt of its indicator.
    """
    found = list(remarks)
    cells = Counter(remark.rule for remark in found)
    told: set[str] = set()
    for remark in found:
        if remark.rule not in OF_NOTATION:
            yield remark
        elif remark.rule not in told:
            told.add(remark.rule)
            count = {"count": str(cells[remark.rule])}
            yield structs.replace(remark, parameters={**remark.parameters, **count})


def _doubted_layouts(layouts: Iterable[Layout]) -> dict[int, tuple[str, ...]]:
    """Table → what a layout in doubt holds back of its rows, as ``rule:field``.

    A column of places holds back none of the values beside it, one of values its own; any other
    doubt, as of the names, holds back the whole row.
    """
    found: dict[int, tuple[str, ...]] = {}
    for layout in layouts:
        kinds = {column.kind for column in layout.doubts}
        fields = {PLACE if kind in _OF_PLACES else kind for kind in kinds}
        fields |= {"next_target"} if "target" in kinds else set()
        rules = tuple(f"{LAYOUT}:{field}" for field in sorted(fields))
        if kinds - _OF_PLACES - VALUE_KINDS:
            rules = (LAYOUT,)
        found.update(dict.fromkeys(layout.tables, rules if kinds else ()))
    return found


def _about_unread(indicators: Iterable[Indicator], remarks: Sequence[Remark]) -> Iterator[Remark]:
    """Names, units and places with characters of no known meaning that stand outside tables.

    Those in tables were told with their cells.
    """
    told = [one for one in remarks if one.rule == _UNREADABLE and one.box]
    seen: set[str] = set()
    for indicator in indicators:
        where, place = indicator.name_printed, indicator.place
        texts = {
            text: text in (indicator.name, indicator.unit)
            for text in (place.goal, place.policy, indicator.unit, indicator.name)
            if REPLACEMENT in text
        }
        if any(one.page == where.page and one.box and overlaps(one.box, where.box) for one in told):
            continue
        for text, own in texts.items():
            if text in seen and not own:
                continue
            seen.add(text)
            yield Remark(
                rule=_UNREADABLE,
                subject=indicator.name,
                page=where.page,
                box=where.box if own else None,
                printed=text,
                parameters={
                    "font": "?",
                    "codes": f"U+{ord(REPLACEMENT):04X}",
                    "count": str(text.count(REPLACEMENT)),
                },
            )


def _left_beside(
    rows: Iterable[ReadRow], remarks: Iterable[Remark]
) -> tuple[frozenset[int], frozenset[int]]:
    """The tables beside whose rows text stands that no cell holds: on the left, on the right.

    It may be the goal or policy of the rows there, here their status.
    """
    beside: dict[int | None, list[Box]] = defaultdict(list)
    for one in remarks:
        if one.rule == BESIDE and one.box:
            beside[one.page].append(one.box)
    left: set[int] = set()
    right: set[int] = set()
    for row in rows:
        name = row.indicator.name_printed
        figures = [seen.value.printed.box[2] for seen in row.indicator.observations]
        for box in beside[name.page]:
            if box[1] < name.box[3] and name.box[1] < box[3]:
                if box[2] <= name.box[0] + 1:
                    left.add(row.table)
                elif row.indicator.status is None and box[0] >= max(figures, default=0.0) - 1:
                    right.add(row.table)
    return frozenset(left), frozenset(right)


def _field(kind: Kind, year: int | None, reported: int) -> str:
    return "next_target" if kind == "target" and (year or 0) > reported else kind


def _about_years(rows: Iterable[IndicatorRow]) -> Iterator[Remark]:
    """Headers with a year that exists, but not under its era's name, once each."""
    first = {entry.header: entry.printed for row in reversed([*rows]) for entry in row.entries}
    for header, printed in reversed(first.items()):
        for year in find_years(header):
            if year.outside_era:
                yield Remark(
                    rule="year.outside-era",
                    subject=label(header),
                    page=printed.page,
                    printed=header,
                    expected=era_name(year.year),
                    parameters={"year": str(year.year)},
                )


def _about_units(
    rows: Sequence[ReadRow], indicators: Sequence[Indicator], reader: RowReader
) -> Iterator[Remark]:
    """Units that the vocabulary lacks, once each; cells whose unit is another than the row's."""
    units = reader.units
    unknown: set[str] = set()
    for row, one in zip(rows, indicators, strict=True):
        if one.unit and units.find(one.unit) is None and match_key(one.unit) not in unknown:
            unknown.add(match_key(one.unit))
            yield _remark("unit.unknown", one, {"unit": one.unit, "column": ""})
        numbers = any(seen.value.number is not None for seen in one.observations)
        if not one.unit and numbers and not reader.is_unitless(one.name):
            yield _remark("unit.missing", one, {})
        yield from _about_cell_units(one, reader, stated=row.unit_stated)


def _about_cell_units(indicator: Indicator, reader: RowReader, *, stated: bool) -> Iterator[Remark]:
    """Cells whose unit is not the row's; where the row has none, not that of its first cell."""
    units = reader.units
    counted = [
        seen
        for seen in indicator.observations
        if seen.value.number is not None and seen.part is None and seen.kind != "rate"
    ]
    whole = indicator.unit or next(filter(None, (seen.value.unit for seen in counted)), "")
    for seen in counted:
        printed = seen.value.printed
        unit = (seen.value.unit or "").removesuffix("/年")
        multiple = "" if unit else multiple_of(printed.text)
        if multiple and units.is_multiple(whole):
            rule = "number.other-measure"
        elif not unit or units.same(unit, whole.removesuffix("/年")):
            continue
        elif units.is_other_measure(unit, whole) or (
            units.is_per_time(unit, whole) and not reader.is_counted_by_time(indicator.name)
        ):
            rule = "number.other-measure"
        elif stated:
            rule = "unit.differs"
        else:
            continue
        yield Remark(
            rule=rule,
            subject=indicator.name,
            page=printed.page,
            box=printed.box,
            printed=printed.text,
            expected=whole,
            parameters={"unit": unit or multiple},
        )
