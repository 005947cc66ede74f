"""Stage 2: tables and lines → the plan as printed (tree, rows, legend, claims)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from pipeline.assemble import turned
from pipeline.assemble.claims import find_claims
from pipeline.assemble.headers import Vocabulary, is_number
from pipeline.assemble.headings import Heading, Tree, find_headings, recognise
from pipeline.assemble.highlights import find_highlights
from pipeline.assemble.legend import find_legend
from pipeline.assemble.lines import (
    caption_above,
    lines_above,
    notes_of,
    printed_of,
    title_of,
    unit_above,
    without_furniture,
)
from pipeline.assemble.rows import (
    VALUES,
    Header,
    entries_of,
    find_header,
    is_banner,
    repeats_header,
    unknown_headings,
)
from pipeline.assemble.stitch import (
    Logical,
    Row,
    column_edges,
    continues,
    distinct,
    is_cut,
    join_merged,
    join_rows,
    refit,
    rows_of,
    texts,
)
from pipeline.model import (
    Assembled,
    Entry,
    Extracted,
    IndicatorRow,
    Join,
    Line,
    Place,
    Printed,
    ProjectRow,
    Remark,
    Table,
)
from pipeline.settings.assemble import AssembleSettings
from pipeline.text import label

__all__ = ["run"]


@dataclass(frozen=True)
class Read:
    """A logical table with its heading, if it has one that is understood."""

    table: Logical
    header: Header | None

    @property
    def body(self) -> list[Row]:
        if self.header is None:
            return self.table.rows
        return self.table.rows[self.header.skip + self.header.count :]


def run(extracted: Extracted, settings: AssembleSettings) -> Assembled:
    """Read the plan out of what is on the paper.  Raises nothing: doubts become remarks."""
    vocabulary = Vocabulary(settings)
    boxed, tables = _split_boxes(extracted.tables)
    lines = without_furniture(extracted.lines, extracted.tables, extracted.document, settings)
    lines = sorted([*lines, *boxed], key=lambda line: (line.page, line.box[1], line.box[0]))
    read = _logical_tables(tables, lines, vocabulary)
    captions = _captions(read, lines, vocabulary, settings)
    tree = _tree(read, lines, captions, settings)
    collector = _Collector(tree, captions, vocabulary, settings)
    for one in read:
        collector.take(one)
    used = {id(piece) for one in collector.understood for piece in one.table.pieces}
    rest = [table for table in tables if id(table) not in used]
    statuses = _statuses(collector.indicators)
    legend = find_legend(rest, lines, vocabulary, settings.legend, statuses)
    claims = find_claims(
        rest,
        lines,
        (*statuses, *(row.word.text for row in legend)),
        tree.at,
        places=(*tree.places(), *(row.place for row in collector.indicators)),
        grammar=settings.legend.claims,
    )
    highlights = find_highlights(rest, lines, settings)
    spots = [
        *(row.word for row in legend),
        *(claim.printed for claim in claims),
        *(highlight.meaning for highlight in highlights),
    ]
    explained = {id(table) for table in rest if _speaks(table, spots)}
    return Assembled(
        document=extracted.document,
        title=title_of(lines, extracted.document, settings),
        places=tree.places(),
        indicators=tuple(collector.indicators),
        projects=tuple(collector.projects),
        legend=legend,
        claims=claims,
        highlights=highlights,
        notes=notes_of(lines, settings),
        joins=tuple(join for one in read for join in one.table.joins),
        remarks=(
            *extracted.remarks,
            *_leftover_remarks(extracted),
            *collector.remarks,
            *_not_understood(read, collector.understood, explained),
            *_headlines(lines, captions, settings),
        ),
    )


def _statuses(rows: Sequence[IndicatorRow]) -> tuple[str, ...]:
    """The distinct statuses that the indicators bear, in reading order."""
    entries = (entry for row in rows for entry in row.entries if entry.kind == "status")
    texts = (entry.printed.text.strip() for entry in entries)
    return tuple(dict.fromkeys(text for text in texts if text))


def _split_boxes(tables: Sequence[Table]) -> tuple[list[Line], list[Table]]:
    """Boxes of one cell hold text, not a table: their lines, and the remaining tables."""
    lines: list[Line] = []
    rest: list[Table] = []
    for table in tables:
        if len(table.cells) != 1:
            rest.append(table)
            continue
        cell = table.cells[0]
        printed = [text for text in cell.text.split("\n") if text.strip()]
        height = (cell.box[3] - cell.box[1]) / max(1, len(printed))
        for index, text in enumerate(printed):
            top = cell.box[1] + index * height
            box = (cell.box[0], round(top, 2), cell.box[2], round(top + height, 2))
            lines.append(Line(text=text, page=table.page, box=box, size=round(height * 0.6, 2)))
    return lines, rest


# --------------------------------------------------------------------------- logical tables


def _logical_tables(
    tables: Sequence[Table], lines: Sequence[Line], vocabulary: Vocabulary
) -> list[Read]:
    found: list[Read] = []
    for piece in tables:
        last = found[-1] if found else None
        if last is not None and continues(last.table.pieces[-1], piece, lines):
            header = _append(last, piece, vocabulary)
            if header is not None:
                found[-1] = Read(table=last.table, header=header)
                continue
        table = _single(piece, len(found))
        header = find_header(table.rows, vocabulary) or _inherited(table, found)
        found.append(Read(table=table, header=header))
    return found


def _single(piece: Table, number: int) -> Logical:
    edges = column_edges(piece)
    return Logical(
        number=number,
        edges=edges,
        rows=rows_of(piece, len(edges) - 1, lambda column: column),
        pieces=[piece],
    )


def _inherited(table: Logical, before: Sequence[Read]) -> Header | None:
    """The heading of an earlier table with the same columns, for one printed without its own."""
    for other in reversed(before):
        header = other.header
        if header is None or not (header.is_indicators or header.is_projects):
            continue
        same = len(other.table.edges) == len(table.edges) and all(
            abs((a - other.table.edges[0]) - (b - table.edges[0])) <= 4
            for a, b in zip(other.table.edges, table.edges, strict=True)
        )
        return Header(skip=0, count=0, columns=header.columns) if same else None
    return None


def _append(read: Read, piece: Table, vocabulary: Vocabulary) -> Header | None:
    """Put a further piece into a logical table; ``None`` if it is a table of its own."""
    table, header = read.table, read.header
    own = find_header(_single(piece, 0).rows, vocabulary)
    if own is not None and (header is None or not _same_header(own, header)):
        return None
    columns = len(table.edges)
    rows = refit(table, piece)
    if rows is None:
        return None
    if header is not None and len(table.edges) != columns:
        header = find_header(table.rows, vocabulary)
    while header is not None and rows and repeats_header(rows[0], header, table.rows):
        rows = rows[1:]
    table.joins.append(Join(table=table.number, row=len(table.rows), page=piece.page, how="table"))
    if rows and table.rows:
        rows = join_merged(table.rows, rows)
    body = table.rows[header.skip + header.count :] if header else table.rows
    if rows and body and is_cut(body[-1], rows[0], [*body[:-1], *rows[1:]]):
        table.rows[-1] = join_rows(body[-1], rows[0])
        table.joins.append(
            Join(
                table=table.number,
                row=len(table.rows) - 1,
                page=piece.page,
                how="row",
                text=label(" / ".join(texts(rows[0]))),
            )
        )
        rows = rows[1:]
    table.rows.extend(rows)
    table.pieces.append(piece)
    return header or Header(skip=0, count=0, columns=())


def _same_header(one: Header, other: Header) -> bool:
    return [label(column.header) for column in one.columns] == [
        label(column.header) for column in other.columns
    ]


# --------------------------------------------------------------------------- rows with roles


@dataclass(frozen=True)
class _Above:
    """What stands over a turned table: its name, its unit, and the line that is the name."""

    name: Printed | None = None
    unit: Printed | None = None
    line: Line | None = None
    told: frozenset[int] = frozenset()
    """The ids of lines that say again what the table says (its targets, its unit)."""


def _captions(
    read: Sequence[Read], lines: Sequence[Line], vocabulary: Vocabulary, settings: AssembleSettings
) -> dict[int, _Above]:
    """For each turned table (by id), what stands over it."""
    found: dict[int, _Above] = {}
    for before, one in zip([None, *read], read, strict=False):
        if one.header is None or turned.role_column(one.header, one.body, vocabulary) is None:
            continue
        last = before.table.pieces[-1] if before else None
        above = lines_above(lines, one.table.pieces[0], last, settings)
        line = caption_above(above, settings)
        found[id(one)] = _Above(
            name=_bare_caption(line, settings) if line else None,
            unit=unit_above(above, settings),
            line=line,
            told=frozenset(id(one) for one in above),
        )
    return found


def _bare_caption(line: Line, settings: AssembleSettings) -> Printed:
    """The line above a table without its number."""
    heading = recognise(line, settings)
    return replace(printed_of(line), text=heading.title if heading else line.text)


def _tree(
    read: Sequence[Read],
    lines: Sequence[Line],
    captions: Mapping[int, _Above],
    settings: AssembleSettings,
) -> Tree:
    """The tree of headings; a line that names one indicator is none of them."""
    names = {id(above.line) for above in captions.values()}
    spots = [
        (one.table.page, one.table.box[1])
        for one in read
        if id(one) in captions or (one.header is not None and one.header.is_indicators)
    ]
    headings = find_headings([line for line in lines if id(line) not in names], settings)
    return Tree(headings, spots, settings)


class _Collector:
    """Walks the logical tables in reading order and collects rows with their place."""

    def __init__(
        self,
        tree: Tree,
        captions: Mapping[int, _Above],
        vocabulary: Vocabulary,
        settings: AssembleSettings,
    ) -> None:
        self._tree = tree
        self.captions = captions
        self._vocabulary = vocabulary
        self._settings = settings
        self.indicators: list[IndicatorRow] = []
        self.projects: list[ProjectRow] = []
        self.remarks: list[Remark] = []
        self.understood: list[Read] = []

    def take(self, read: Read) -> None:
        """Add what one table holds, if it is of a kind that is known."""
        header = read.header
        if header is None or not read.body:
            return
        roles = turned.role_column(header, read.body, self._vocabulary)
        if roles is not None:
            self._take_turned(read, header, roles)
        elif header.is_indicators:
            self._take_rows(read, header, projects=False)
        elif header.is_projects:
            self._take_rows(read, header, projects=True)

    def statuses(self) -> tuple[str, ...]:
        """The distinct statuses that the indicators bear, in the order of their appearance."""
        words = (
            label(entry.printed.text)
            for row in self.indicators
            for entry in row.entries
            if entry.kind == "status"
        )
        return tuple(word for word in dict.fromkeys(words) if word)

    def _take_turned(self, read: Read, header: Header, roles: int) -> None:
        found = turned.blocks(header, read.body, roles, self._vocabulary, self._above(read, header))
        for block in found:
            self._add_indicator(read, block.row, block.entries, self._place(read))
        if found:
            self.understood.append(read)

    def _above(self, read: Read, header: Header) -> list[Entry]:
        """The name and the unit that stand over a table: in its first row or in lines above."""
        above = self.captions.get(id(read), _Above())
        name = above.name
        banner = next((row for row in read.table.rows[: header.skip] if is_banner(row)), None)
        if banner is not None:
            name = distinct(banner)[0].printed
        entries = [Entry(kind="name", header="", printed=name)] if name else []
        return entries + ([Entry(kind="unit", header="", printed=above.unit)] if above.unit else [])

    def _take_rows(self, read: Read, header: Header, *, projects: bool) -> None:
        self.understood.append(read)
        self.remarks.extend(unknown_headings(read.table, header))
        place: Place | None = None
        for index, row in enumerate(read.body):
            if repeats_header(row, header, read.table.rows):
                continue
            heading = self._section(row)
            if heading is not None:
                place = self._tree.entered(place or self._place(read), heading)
                continue
            entries = entries_of(row, header)
            if not any(entry.printed.text.strip() for entry in entries):
                continue
            where = place or self._place(read)
            if projects:
                self._add_project(read, index, entries, row, where)
            else:
                self._add_indicator(read, index, entries, where)

    def _section(self, row: Row) -> Heading | None:
        """The heading that a row is (one cell over the whole width, or alone in its row)."""
        filled = [cell for cell in distinct(row) if cell.text.strip()]
        if len(filled) != 1 or is_number(filled[0].text):
            return None
        printed = filled[0].printed
        line = Line(text=printed.text, page=printed.page, box=printed.box, size=0.0)
        heading = recognise(line, self._settings)
        return heading if heading and self._tree.entered(Place(), heading) != Place() else None

    def _place(self, read: Read) -> Place:
        """Headings stand over whole tables, so the first piece decides."""
        return self._tree.at(read.table.page, read.table.box[1])

    def _add_indicator(
        self, read: Read, index: int, entries: tuple[Entry, ...], place: Place
    ) -> None:
        name = next((entry for entry in entries if entry.kind == "name"), None)
        values = [entry for entry in entries if entry.kind in VALUES | {"rate", "status"}]
        if name is None or not name.printed.text.strip():
            if any(entry.printed.text.strip() for entry in values):
                self.remarks.append(_row_remark("structure.row-without-name", entries, place))
            return
        if not any(entry.kind in VALUES for entry in entries):
            self.remarks.append(_row_remark("structure.row-too-short", entries, place))
        self.indicators.append(
            IndicatorRow(
                place=_own_place(entries, place, self._settings),
                entries=entries,
                table=read.table.number,
                row=index,
                method=read.table.pieces[0].method,
            )
        )

    def _add_project(
        self, read: Read, index: int, entries: tuple[Entry, ...], row: Row, place: Place
    ) -> None:
        name = next((entry for entry in entries if entry.kind == "project"), None)
        if name is None or not name.printed.text.strip():
            self.remarks.append(_row_remark("structure.row-without-name", entries, place))
            return
        fills = [cell.fill for cell in distinct(row) if cell.fill]
        self.projects.append(
            ProjectRow(
                place=_own_place(entries, place, self._settings),
                entries=entries,
                table=read.table.number,
                row=index,
                fill=fills[0] if fills else None,
            )
        )


def _own_place(entries: Sequence[Entry], place: Place, settings: AssembleSettings) -> Place:
    """The place printed in the row itself (goal and policy columns), else the headings'."""
    goal = next((e.printed for e in entries if e.kind == "goal" and e.printed.text.strip()), None)
    policy = next(
        (e.printed for e in entries if e.kind == "policy" and e.printed.text.strip()), None
    )
    goal_number, goal_title = _numbered(goal, settings)
    policy_number, policy_title = _numbered(policy, settings)
    return Place(
        goal_number=goal_number if goal else place.goal_number,
        goal=goal_title if goal else place.goal,
        policy_number=policy_number if policy else place.policy_number,
        policy=policy_title if policy else place.policy,
    )


def _numbered(printed: Printed | None, settings: AssembleSettings) -> tuple[int | None, str]:
    """The number and title of a goal or policy printed in a cell."""
    if printed is None:
        return None, ""
    text = " ".join(printed.text.split())
    heading = recognise(Line(text=text, page=printed.page, box=printed.box, size=0.0), settings)
    if heading is not None:
        return heading.number, heading.title
    found = re.match(r"([0-9０-９]{1,2})(?:[-‐−－ー]([0-9０-９]{1,2}))?[\s.．、:：]*(?=\D)", text)
    if found is None:
        return None, label(printed.text)
    return int(found[2] or found[1]), label(text[found.end() :])


# --------------------------------------------------------------------------- remarks


def _row_remark(rule: str, entries: Sequence[Entry], place: Place) -> Remark:
    filled = next((entry for entry in entries if entry.printed.text.strip()), entries[0])
    return Remark(
        rule=rule,
        subject=place.policy or place.goal,
        page=filled.printed.page,
        box=filled.printed.box,
        printed=label(" | ".join(entry.printed.text for entry in entries)),
    )


def _leftover_remarks(extracted: Extracted) -> list[Remark]:
    """Glyphs that lie in a table's box but in none of its cells are a doubt about our reading."""
    remarks: list[Remark] = []
    for leftover in extracted.leftovers:
        touched = any(
            table.page == leftover.page and _touches(table.box, leftover.box)
            for table in extracted.tables
        )
        if touched and leftover.reason == "in-table-gap":
            remarks.append(
                Remark(
                    rule="reading.leftover-in-table",
                    page=leftover.page,
                    box=leftover.box,
                    printed=leftover.text,
                )
            )
    return remarks


def _touches(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _not_understood(
    read: Sequence[Read],
    understood: Sequence[Read],
    explained: set[int],
) -> list[Remark]:
    """A remark for each table that was read but whose meaning is not known."""
    known = {id(one) for one in understood}
    remarks: list[Remark] = []
    for one in read:
        if id(one) in known or any(id(piece) in explained for piece in one.table.pieces):
            continue
        valued = one.header is not None and bool(VALUES & one.header.kinds)
        first = label(" | ".join(texts(one.table.rows[0]))) if one.table.rows else ""
        remarks.append(
            Remark(
                rule="structure.value-table-not-understood"
                if valued
                else "structure.table-not-understood",
                page=one.table.page,
                box=one.table.box,
                printed=first[:120],
            )
        )
    return remarks


def _speaks(table: Table, spots: Sequence[Printed]) -> bool:
    """Whether the legend, a claim or the meaning of a colour was read out of this table."""
    return any(spot.page == table.page and _touches(table.box, spot.box) for spot in spots)


def _headlines(
    lines: Sequence[Line], captions: Mapping[int, _Above], settings: AssembleSettings
) -> list[Remark]:
    """Targets printed outside the tables are told, never silently passed."""
    told = frozenset().union(*(above.told for above in captions.values()))
    return [
        Remark(
            rule="structure.headline-target",
            page=line.page,
            box=line.box,
            printed=line.text,
            subject=label(line.text),
        )
        for line in lines
        if re.search(settings.lines.headline, line.text) and id(line) not in told
    ]
