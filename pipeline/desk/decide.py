"""The decision on a finding, as it is written into the corrections: drafted, placed, checked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from pipeline.assemble.decided import cells_of
from pipeline.assemble.logical_tables import column_edges
from pipeline.boxes import holds
from pipeline.desk.choices import Choice
from pipeline.desk.placing import placed
from pipeline.desk.waiting import Desk
from pipeline.errors import UsageError
from pipeline.japanese.text import label, match_key
from pipeline.messages import N_
from pipeline.model import Box, Finding, IndicatorRow, LayoutColumn
from pipeline.settings import decisions as settings
from pipeline.settings.decisions import GIVEN, NEXT_NAME, Action, Decision
from pipeline.settings.files import merge_toml, packaged_defaults
from pipeline.settings.validate import load as load_rules
from pipeline.validate.legend import given_rules


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
        value=choice.value if choice.action != "goal" else " ".join(choice.value.split()),
        who=who,
        when=when,
    )
    if made.action in ("role", "table"):
        made = replace(made, value=_roles(made.value))
    made = placed(desk, found, made, field or choice.field)
    problem = settings.problem_of(made)
    if problem is not None:
        raise UsageError(
            problem,
            advice=N_("See: shihyo decide --help"),
            value=made.value,
            field=made.field,
            roles=settings.role_words(),
        )
    return made


def _roles(text: str) -> str:
    """Roles as codes, also where they are given by a usual heading (目標, 所管課)."""
    return settings.read_roles(text, _usual_headings())


@cache
def _usual_headings() -> dict[str, str]:
    """The role of each heading of the packaged vocabulary."""
    heads = merge_toml([packaged_defaults()], "headers.toml")
    return {
        match_key(word): role for role in settings.ROLES for word in reversed(heads.get(role, ()))
    }


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
    rows: Sequence[IndicatorRow] = desk.assembled.indicators
    if made.action == "split":
        named = desk.names.get(made.page or 0, ())
        rows = [row for row, name in named if made.is_at(name.printed.page, name.printed.box)]
    if not rows:
        return []
    like = rows[0] if made.action == "split" else rows[desk.row_before(made)]
    return [label(printed.text) for printed in cells_of(like)]


def columns_at(desk: Desk, made: Decision) -> list[str]:
    """What stands over the columns of the table that a decision is about, column by column.

    Those of a layout are known; else what stands in the first row of the table at its place.
    """
    for layout in desk.assembled.layouts:
        if layout.key == made.layout:
            own = [one for one in layout.columns if not _is_above(one)]
            return [label(column.header) or "-" for column in own]
    for table in desk.tables.get(made.page or 0, ()):
        if made.is_at(table.page, table.box):
            edges = column_edges(table)
            first = {cell.box[0]: cell.text for cell in table.cells if cell.row == 0}
            return [label(first.get(edge, "")) or "-" for edge in edges[:-1]]
    return []


def _is_above(column: LayoutColumn) -> bool:
    """Whether a name stands above the table, and in none of its columns."""
    return column.kind == "name" and not column.header and "position" in column.evidence


def moved(found: Finding, page: int | None, box: Box | None) -> Finding:
    """A finding as if it stood at another place, where that is given."""
    return replace(
        found,
        page=found.page if page is None else page,
        box=found.box if box is None else box,
    )


def placing_rows(
    desk: Desk,
    action: Action,
    take: str,
    place: tuple[int | None, Box | None],
    *,
    reason: str,
    who: str,
    when: str,
) -> Decision:
    """The decision that all rows whose names lie in a box belong to a goal or policy.

    Raises :class:`UsageError` where none does, and without a number or title.
    """
    page, box = place
    named = desk.names.get(page or 0, ()) if box else ()
    names = [name.printed.text for _, name in named if box and holds(box, name.printed.box)]
    if not names or not take.strip():
        raise UsageError(
            N_("No indicator stands there, or no {action} was given."),
            advice=N_(
                "Say which rows, and the number and title: shihyo decide goal --take '1 TITLE' "
                "--page PAGE --box x0,top,x1,bottom"
            ),
            action=action,
        )
    return Decision(
        action=action,
        value=" ".join(take.split()),
        page=page,
        box=box,
        expect=NEXT_NAME.join(names),
        reason=reason,
        who=who,
        when=when,
    )


def titled(desk: Desk, title: str, *, reason: str, who: str, when: str) -> Decision:
    """The decision that the document has another title than the one that was read."""
    printed = desk.assembled.title.text if desk.assembled.title else ""
    return Decision(
        action="title", value=title.strip(), expect=printed, reason=reason, who=who, when=when
    )
