"""A page's primitives to its tables, lines and leftovers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from pipeline.boxes import contains, overlaps, rounded, turned_back
from pipeline.extract.ink import Inks
from pipeline.extract.parted_lines import LINE_SPLIT, parted, parted_at_sides
from pipeline.extract.pdf.lines import (
    BLANKS,
    TextLine,
    cell_text,
    is_stacked,
    lines_of,
    quarter,
)
from pipeline.extract.pdf.primitives import Fill, Glyph, Page
from pipeline.extract.pdf.turn import turn_of, turned
from pipeline.extract.ruled import grid as grids
from pipeline.extract.ruled.areas import tiles_of
from pipeline.extract.ruled.cells import (
    Guess,
    build_table,
    centre,
    distribute,
    fill_of,
    find_grids,
    guesses_of,
)
from pipeline.extract.ruled.grid import Grid
from pipeline.extract.ruled.missing_sides import missing_sides
from pipeline.extract.ruled.overflow import gather_beyond, gather_overflow, pull_back
from pipeline.extract.ruled.undrawn_sides import undrawn_sides
from pipeline.extract.unruled import banded, framed, undivided
from pipeline.extract.unruled import tables as unruled
from pipeline.extract.unruled.column_headings import spread
from pipeline.extract.unruled.found import Before, Found
from pipeline.extract.unruled.gutters import rows_of
from pipeline.extract.unruled.head_rows import row_at_head
from pipeline.extract.unruled.joint_rules import Joined, joint_rules
from pipeline.extract.unruled.levels import Votes, votes_of
from pipeline.extract.unruled.merged_beside import with_merged
from pipeline.extract.unruled.merged_columns import Left
from pipeline.extract.unruled.names import with_names
from pipeline.extract.unruled.proved import proved_tables
from pipeline.extract.unruled.row_stripes import rules_of_stripes
from pipeline.extract.unruled.rows import Level
from pipeline.extract.unruled.sentences import worded_rows
from pipeline.extract.unruled.wrapped import with_wrapped_figures
from pipeline.extract.unruled.zones import Zone, zones
from pipeline.model import Box, Cell, Leftover, Line, Remark, Table
from pipeline.settings.extract import ExtractSettings

_NOTHING = Before()

_FEWEST_TILES = 2
"""Coloured cells that may be columns of a table, at least."""

_ALONG = 2.0
"""Points between a table and the rules along it, at most."""


class PageTables(msgspec.Struct):
    """What one page gives."""

    tables: list[Table]
    lines: list[Line]
    leftovers: list[Leftover]
    guesses: list[Guess] = []
    remarks: list[Remark] = []
    votes: Votes = msgspec.field(default_factory=Votes)


def read_tables(page: Page, settings: ExtractSettings, before: Before = _NOTHING) -> PageTables:
    """The tables of a page in reading order, the lines outside them, and what is left over.

    A page whose text lies on its side is read upright; all boxes are those of the page as
    displayed.  ``before``: how the page before ends.
    """
    turn = turn_of(page)
    if not turn:
        return read_upright(page, settings, before)
    found = read_upright(turned(page, turn), settings, before)

    def back(box: Box) -> Box:
        return rounded(turned_back(box, turn, page.width, page.height))

    replace = msgspec.structs.replace
    return PageTables(
        [
            replace(
                table,
                box=back(table.box),
                cells=tuple(replace(cell, box=back(cell.box)) for cell in table.cells),
            )
            for table in found.tables
        ],
        [replace(line, box=back(line.box)) for line in found.lines],
        [replace(leftover, box=back(leftover.box)) for leftover in found.leftovers],
        [replace(guess, box=back(guess.box)) for guess in found.guesses],
        [replace(remark, box=remark.box and back(remark.box)) for remark in found.remarks],
        found.votes,
    )


def read_upright(page: Page, settings: ExtractSettings, before: Before) -> PageTables:
    """:func:`read_tables` for a page whose text is upright."""
    striped: list[Found] = []

    def in_stripes(ruled: Sequence[Grid]) -> list[Box]:
        striped.extend(tables_of_stripes(page, ruled, settings, before))
        return [box_of_found(table) for table in striped]

    joined, found = _grids(page, settings, before, in_stripes)
    contents: list[list[list[Glyph]]] = [[[] for _ in grid.cells] for grid in found]
    outside, crossing = distribute(page.glyphs, found, contents)
    tables: list[Table] = []
    guesses: list[Guess] = []
    remarks: list[Remark] = []
    unread: dict[str, list[Glyph]] = {}
    inks = Inks(page)
    for grid, texts in zip(found, contents, strict=True):
        outside = pull_back(grid, texts, outside)
        outside, told = gather_beyond(page.number, grid, texts, outside)
        remarks.extend(told)
        if crossing:
            remarks.extend(gather_overflow(page.number, grid, texts))
        remarks.extend(judge_ink(inks, grid, texts, unread))
        table = build_table(page, grid, texts, unread.setdefault("ruby", []))
        if table is None:
            outside.extend(glyph for text in texts for glyph in text)
            continue
        if grounds := joined.grounds(grid.box):
            table = msgspec.structs.replace(table, method="horizontal", grounds=tuple(grounds))
        others = [other.box for other in found if other is not grid]
        table, outside = parted_further(
            page, grid, texts, table, outside, others=others, level=before.level, remarks=remarks
        )
        tables.append(table)
        if page.odd:
            guesses.extend(guesses_of(page.number, grid, texts))
    ordered = sorted(tables, key=lambda item: (item.box[1], item.box[0]))
    outside.sort(key=lambda glyph: glyph.index)
    unread["slanted"] = [glyph for glyph in outside if quarter(glyph.run.angle) is None]
    straight = [glyph for glyph in outside if quarter(glyph.run.angle) is not None]
    in_striped = {id(g) for table in striped for cell in table.cells for g in cell.glyphs}
    loose = [glyph for glyph in straight if id(glyph) not in in_striped]
    barriers = [*(table.box for table in ordered), *map(box_of_found, striped)]
    stripes = [fill.box for fill in tiles_of(page, found)]
    without = [
        *striped,
        *without_rules(page, loose, barriers, settings, stripes=stripes, before=before),
    ]
    for found_table in without:
        remarks.extend(judge_ink_of_rows(inks, found_table))
        ordered.append(unruled_table(page, found_table))
        guesses.extend(unruled_guesses(page.number, found_table))
        remarks.extend(unsure_lines(page.number, found_table))
    ordered.sort(key=lambda item: (item.box[1], item.box[0]))
    unread["leader"] = [glyph for item in without for glyph in item.leaders]
    taken = {id(g) for item in without for cell in item.cells for g in cell.glyphs}
    taken |= {id(glyph) for glyph in unread["leader"]}
    straight = [glyph for glyph in straight if id(glyph) not in taken]
    texts_outside = parted(lines_of(straight, split=LINE_SPLIT), ordered)
    lines = lines_outside(page.number, texts_outside, ordered, unread)
    votes = votes_of(rows_of([g for g in page.glyphs if g.run.angle == 0]))
    return PageTables(ordered, lines, left_over(page, ordered, unread), guesses, remarks, votes)


def _grids(
    page: Page,
    settings: ExtractSettings,
    before: Before,
    others: Callable[[Sequence[Grid]], list[Box]],
) -> tuple[Joined, list[Grid]]:
    """The grids of a page, the smaller first, and the undrawn rules that pieces of rules show."""
    upright = grids.edges_of(page.vertical, settings.snap, settings.join, settings.shortest_rule)
    lying = grids.edges_of(page.horizontal, settings.snap, settings.join, settings.shortest_rule)
    joined = joint_rules(page.horizontal, upright, page.glyphs, continued=before.cut)
    standing = [*joined.vertical, *missing_sides(lying, upright, page.glyphs)]
    found = find_grids(page, settings, (joined.horizontal, standing), others)
    found.sort(key=lambda item: (item.box[2] - item.box[0]) * (item.box[3] - item.box[1]))
    return joined, found


def left_over(
    page: Page, tables: Sequence[Table], unread: dict[str, list[Glyph]]
) -> list[Leftover]:
    """What stands in no table and no line, with the reason."""
    for glyph, reason in page.hidden:
        unread.setdefault(reason, []).append(glyph)
    return [
        Leftover(
            text=line.text,
            page=page.number,
            box=rounded(line.box),
            reason=reason,
            font=line.glyphs[0].run.font,
        )
        for reason, glyphs in unread.items()
        for line in parted_at_sides(lines_of(glyphs, split=LINE_SPLIT), tables)
    ]


def judge_ink(
    inks: Inks, grid: grids.Grid, contents: list[list[Glyph]], unread: dict[str, list[Glyph]]
) -> list[Remark]:
    """What ink says of the cells of a grid; figures that others replace leave their cell."""
    remarks: list[Remark] = []
    for number, cell in enumerate(grid.cells):
        told, replaced = inks.judge(cell.box, contents[number])
        remarks.extend(told)
        if replaced:
            unread.setdefault("struck-out", []).extend(replaced)
            gone = {id(glyph) for glyph in replaced}
            contents[number] = [glyph for glyph in contents[number] if id(glyph) not in gone]
    return remarks


def judge_ink_of_rows(inks: Inks, found: Found) -> list[Remark]:
    """What ink says of the cells of a table without ruled columns."""
    xs, ys = found.xs, found.ys
    return [
        remark
        for cell in found.cells
        for remark in inks.judge(
            (xs[cell.left], ys[cell.top], xs[cell.right], ys[cell.bottom]), cell.glyphs
        )[0]
    ]


def lines_outside(
    page: int, texts: Sequence[TextLine], tables: Sequence[Table], unread: dict[str, list[Glyph]]
) -> list[Line]:
    """The lines of text outside the tables; what is none goes to ``unread``, with the reason.

    That is ruby, and text in a table's box but in none of its cells.
    """
    lines: list[Line] = []
    for line in texts:
        if line.ruby:
            unread.setdefault("ruby", []).extend(line.glyphs)
        elif any(is_inside(line, table.box) for table in tables):
            unread.setdefault("in-table-gap", []).extend(line.glyphs)
        else:
            lines.append(
                Line(text=line.text, page=page, box=rounded(line.box), size=round(line.size, 2))
            )
    lines.sort(key=lambda line: (line.box[1], line.box[0]))
    return lines


def is_inside(line: TextLine, box: Box) -> bool:
    """Whether any letter of a line stands within a box."""
    x0, top, x1, bottom = line.box
    if x1 <= box[0] or box[2] <= x0 or bottom <= box[1] or box[3] <= top:
        return False
    return any(contains(box, *centre(glyph)) for glyph in line.glyphs if glyph.text not in BLANKS)


def parted_further(
    page: Page,
    grid: Grid,
    texts: list[list[Glyph]],
    table: Table,
    outside: list[Glyph],
    *,
    others: Sequence[Box],
    level: Level | None,
    remarks: list[Remark],
) -> tuple[Table, list[Glyph]]:
    """A ruled table with the names left of it, and with rows and columns that no rule parts.

    Gives it back with the glyphs that are still outside; doubts are added to ``remarks``.
    """
    named = with_names(grid, texts, outside, others)
    if named is not None:
        grid, texts = named
        taken = {id(glyph) for text in texts for glyph in text}
        outside = [glyph for glyph in outside if id(glyph) not in taken]
        table = build_table(page, grid, texts, []) or table
    rows = undivided.divided(grid, texts, level) if undivided.worth_trying(table) else None
    rows = rows or framed.divided(grid, texts, level)
    if rows is None:
        remarks.extend(undrawn_sides(page.number, grid, texts))
        return table, outside
    remarks.extend(unsure_lines(page.number, rows))
    return unruled_table(page, rows), outside


def unsure_lines(number: int, found: Found) -> list[Remark]:
    """A doubt for each line that may be of two rows, over both."""
    return [
        Remark(rule="reading.line-of-two-rows", page=number, box=rounded(box), printed=text)
        for text, box in found.unsure
    ]


def tables_of_stripes(
    page: Page, ruled: Sequence[Grid], settings: ExtractSettings, before: Before
) -> list[Found]:
    """The tables of a page whose columns are the sides of coloured cells."""
    boxes = [grid.box for grid in ruled]
    tiles = [(fill.box, fill.colour) for fill in tiles_of(page, ruled)]
    if len(tiles) < _FEWEST_TILES:
        return []
    upright = [
        glyph
        for glyph in page.glyphs
        if glyph.run.angle == 0 and not any(contains(box, *centre(glyph)) for box in boxes)
    ]
    free = free_rules(page, boxes, settings)

    def find(left: Sequence[Left]) -> list[Found]:
        merged = {id(glyph) for one in left for glyph in one.glyphs}
        rest = [glyph for glyph in upright if id(glyph) not in merged]
        own = [tile for tile in tiles if not any(one.holds(tile[0]) for one in left)]
        found = banded.find_tables(
            own, with_wrapped_figures(rows_of(rest)), free, boxes, before.level
        )
        lacking = [one for one in left if not any(one.is_of(table.xs, table.ys) for table in found)]
        beside = unruled.beside_merged(rest, lacking, free, before.level)
        taken = list(map(box_of_found, beside))
        others = (one for one in found if not any(overlaps(box_of_found(one), b) for b in taken))
        return [*others, *beside]

    areas = [box for box, _ in tiles]
    return with_merged(rows_of(upright), find, areas, before=before)


def box_of_found(found: Found) -> Box:
    """The box of a table without ruled columns."""
    return (found.xs[0], found.ys[0], found.xs[-1], found.ys[-1])


def without_rules(
    page: Page,
    straight: Sequence[Glyph],
    barriers: Sequence[Box],
    settings: ExtractSettings,
    *,
    stripes: Sequence[Box],
    before: Before,
) -> list[Found]:
    """The tables of a page that have neither ruled nor coloured columns.

    ``barriers``: the boxes of those that have; ``stripes``: coloured areas, which may be rows.
    """
    open_areas = [
        area for area in stripes if not any(overlaps(area, box, by=1.0) for box in barriers)
    ]
    free = free_rules(page, barriers, settings)
    free += rules_of_stripes(open_areas, rows_of([g for g in straight if g.run.angle == 0]))
    lines = lines_of(straight, split=LINE_SPLIT)
    if is_stacked(straight) or not unruled.worth_trying(lines, free):
        return []
    upright = [glyph for glyph in straight if glyph.run.angle == 0]
    areas = [fill.box for fill in page.fills if fill.box[3] - fill.box[1] < 0.5 * page.height]
    apart = [
        (table, lines)
        for table, lines in worded_rows(rows_of(upright), barriers)
        if not any(_lies_across(rule, box_of_found(table)) for rule in free)
    ]
    worded = [table for table, _ in apart]
    taken = {
        id(g) for _, lines in apart for row in lines for part in row.parts for g in part.glyphs
    }
    rest = [glyph for glyph in upright if id(glyph) not in taken]
    barriers = [*barriers, *map(box_of_found, worded)]

    def find(left: Sequence[Left]) -> list[Found]:
        merged = {id(glyph) for one in left for glyph in one.glyphs}
        glyphs = [glyph for glyph in rest if id(glyph) not in merged]
        whole = unruled.beside_merged(glyphs, left, free, before.level)
        glyphs = _without(glyphs, whole)
        limits = [*barriers, *map(box_of_found, whole)]
        whole += proved_tables(glyphs, free, limits, before.xs, before.level)
        glyphs = _without(glyphs, whole)
        limits = [*barriers, *map(box_of_found, whole)]
        whole_page = [glyph for glyph in page.glyphs if glyph.run.angle == 0]
        parts = zones(glyphs, _apart_from(free, whole), [*limits, *areas], whole_page)
        return whole + [
            one for zone in parts for one in _in_zone(zone, limits, before, proved=len(parts) > 1)
        ]

    found = worded + with_merged(rows_of(rest), find, before=before)
    boxes = [*barriers, *map(box_of_found, found)]
    alone = row_at_head(rows_of(_without(upright, found)), before, boxes)
    return [*found, *([alone] if alone is not None else [])]


def _in_zone(zone: Zone, barriers: Sequence[Box], before: Before, *, proved: bool) -> list[Found]:
    """The tables of a part of a page; ``proved``: look for proved ones in it first."""
    whole = []
    if proved:
        whole = proved_tables(zone.glyphs, zone.rules, barriers, (), before.level)
    limits = [*barriers, *map(box_of_found, whole)]
    rules = _apart_from(zone.rules, whole)
    others = unruled.find_tables(_without(zone.glyphs, whole), rules, limits, before)
    return [*whole, *(spread(one, rules) for one in others)]


def _without(glyphs: Sequence[Glyph], found: Sequence[Found]) -> list[Glyph]:
    """The glyphs that stand in none of some tables."""
    taken = {id(glyph) for table in found for cell in table.cells for glyph in cell.glyphs}
    return [glyph for glyph in glyphs if id(glyph) not in taken]


def _lies_across(rule: grids.Edge, box: Box) -> bool:
    """Whether a horizontal rule runs through a box."""
    return box[1] < rule.at < box[3] and rule.start < box[2] and box[0] < rule.end


def _apart_from(rules: Sequence[grids.Edge], tables: Sequence[Found]) -> list[grids.Edge]:
    """The horizontal rules that are of none of some tables."""
    return [rule for rule in rules if not any(_bounds(rule, box_of_found(one)) for one in tables)]


def _bounds(rule: grids.Edge, box: Box) -> bool:
    """Whether a horizontal rule runs through a box or along it."""
    near = box[1] - _ALONG <= rule.at <= box[3] + _ALONG
    return near and rule.start < box[2] and box[0] < rule.end


def free_rules(page: Page, boxes: Sequence[Box], settings: ExtractSettings) -> list[grids.Edge]:
    """Horizontal rules outside all ruled tables.

    The last one of coloured headings that no upright rule parts is also the first one of the rows
    below them.
    """
    edges, upright = (
        grids.edges_of(rules, settings.snap, settings.join, settings.shortest_rule)
        for rules in (page.horizontal, page.vertical)
    )
    ends = [(box, box[3] + (4 if _is_parted(upright, box) else -1)) for box in boxes]
    return [
        edge
        for edge in edges
        if not any(
            box[1] - 4 <= edge.at <= end and edge.start < box[2] and box[0] < edge.end
            for box, end in ends
        )
    ]


def _is_parted(upright: Sequence[grids.Edge], box: Box) -> bool:
    """Whether an upright rule stands in a box or at its side."""
    return any(
        box[0] - 1 <= rule.at <= box[2] + 1 and rule.start < box[3] - 1 and box[1] + 1 < rule.end
        for rule in upright
    )


def unruled_table(page: Page, found: Found) -> Table:
    """The table of rows and columns told by alignment."""
    xs, ys = found.xs, found.ys
    cells = []
    fills: dict[tuple[int, int], list[Fill]] = {}
    for cell in found.cells:
        box = (xs[cell.left], ys[cell.top], xs[cell.right], ys[cell.bottom])
        row = (cell.top, cell.bottom)
        if row not in fills:
            fills[row] = [one for one in page.fills if one.box[1] < box[3] and box[1] < one.box[3]]
        cells.append(
            Cell(
                row=cell.top,
                column=cell.left,
                row_span=cell.bottom - cell.top,
                column_span=cell.right - cell.left,
                box=rounded(box),
                text=cell_text(cell.glyphs),
                fill=fill_of(box, fills[row]),
            )
        )
    return Table(
        page=page.number,
        box=rounded((xs[0], ys[0], xs[-1], ys[-1])),
        cells=tuple(cells),
        method=found.method,
        open_top=found.open_top,
        open_bottom=found.open_bottom,
        grounds=tuple(found.grounds),
    )


def unruled_guesses(number: int, found: Found) -> list[Guess]:
    """What unmapped glyphs in the cells of an unruled table would mean by their codes."""
    xs, ys = found.xs, found.ys
    return [
        Guess(
            number,
            rounded((xs[cell.left], ys[cell.top], xs[cell.right], ys[cell.bottom])),
            cell_text(cell.glyphs, guess=True),
        )
        for cell in found.cells
        if any(glyph.unmapped for glyph in cell.glyphs)
    ]
