"""Logical tables → indicator and project rows, each with its place in the plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from pipeline.assemble import transposed as turned
from pipeline.assemble.captions import Above, bare_name
from pipeline.assemble.columns import (
    VALUES,
    Header,
    absent_cells,
    entries_of,
    is_banner,
    is_other_heading,
    merged_columns,
    merged_figures,
    merged_words,
    over_name_and_figures,
    repeats_header,
    row_in_heading,
    side_by_side,
    swallowed_words,
    unknown_headings,
    words_across,
)
from pipeline.assemble.cut_rows import (
    join_broken_figures,
    join_lines_of_rows,
    join_open_brackets,
)
from pipeline.assemble.damaged_headings import with_damaged
from pipeline.assemble.joined_projects import holds_two_names
from pipeline.assemble.layouts import layout_key
from pipeline.assemble.lines import without_contents
from pipeline.assemble.logical_tables import Logical, Placed, Row, distinct, texts
from pipeline.assemble.own_places import own_place
from pipeline.assemble.plan_tree import Heading, Tree, find_headings, headings_in
from pipeline.assemble.read_tables import Read, is_unnamed, roles_of_rows, sheets_of
from pipeline.assemble.section_rows import lone_text, section_headings
from pipeline.assemble.several_values import with_single_values
from pipeline.assemble.vocabulary import CERTAIN, Vocabulary, is_measure, is_number
from pipeline.assemble.year_rows import with_years_together
from pipeline.boxes import around, overlaps
from pipeline.japanese.text import label, match_key
from pipeline.model import Box, Entry, IndicatorRow, Line, Place, Printed, ProjectRow, Remark
from pipeline.settings.assemble import AssembleSettings

_UNIT_BEHIND = re.compile(r"[0-9](?P<unit>[^\W\d_]+|%)$")


def find_tree(
    valued: Sequence[Read],
    lines: Sequence[Line],
    printed: Sequence[Line],
    captions: Mapping[int, Above],
    settings: AssembleSettings,
    *,
    titles: Sequence[Heading] = (),
    projects: Sequence[Read] = (),
    others: Sequence[Read] = (),
) -> Tree:
    """The tree of headings, in lines and in rows of tables; the name of an indicator is none.

    ``valued``: the tables of indicators.  ``titles``: what tables that head sheets name.
    ``projects``: the tables of projects, which tell the headings that count where the indicators
    print their places themselves.  ``others``: all tables but those of indicators.
    ``printed``: all lines, also the page numbers of a table of contents.
    """
    names = {id(above.line) for above in captions.values()}
    sections = [heading for one in valued for heading in section_headings(one, settings)]
    named = [line for line in lines if id(line) not in names]
    every = find_headings(named, settings)
    headings = with_damaged(without_contents(every, printed, settings), named, settings)
    under = [] if projects and all(map(_prints_places, valued)) else list(valued)
    spots = [(one.table.page, one.table.box[1]) for one in under or [*valued, *projects]]
    spots += [(heading.page, heading.top + 1) for heading in sections]
    ordered = sorted(
        [*headings, *sections, *titles], key=lambda heading: (heading.page, heading.top)
    )
    cells = (cell for one in others for row in one.table.rows for cell in row if cell is not None)
    told = [*every, *(one for cell in cells for one in headings_in(cell.printed, settings))]
    return Tree(ordered, spots, settings, {(one.family.name, one.number) for one in told})


def _prints_places(read: Read) -> bool:
    """Whether a table names goal and policy in columns of its own."""
    kinds = {column.kind for column in read.header.columns} if read.header else set()
    return {"goal", "policy"} <= kinds


def _bear_one_unit(entries: Iterable[Entry]) -> bool:
    """Whether all figures of a row bear one and the same unit of their own: 41.2%, 50.0%."""
    texts = [match_key(entry.printed.text) for entry in entries if entry.kind in VALUES]
    found = [_UNIT_BEHIND.search(text) for text in texts if is_measure(text)]
    return len({None if one is None else one["unit"] for one in found} - {None}) == 1 and all(found)


def _names_nothing(text: str, *, beside: bool) -> bool:
    """Whether a text is no name: it is empty, or brackets alone with figures ``beside`` them."""
    key = match_key(text)
    return not key or (beside and re.fullmatch(r"\([^()]*\)", key) is not None)


class Collector:
    """Walks the logical tables in reading order and collects rows with their place.

    ``fills`` holds, for each project, the colours of its cells.
    """

    def __init__(
        self,
        tree: Tree,
        captions: Mapping[int, Above],
        units: Mapping[int, Printed],
        vocabulary: Vocabulary,
        settings: AssembleSettings,
    ) -> None:
        self._tree = tree
        self._units = units
        self._captions = captions
        self._vocabulary = vocabulary
        self._settings = settings
        self.indicators: list[IndicatorRow] = []
        self.projects: list[ProjectRow] = []
        self.fills: list[tuple[str, ...]] = []
        self.notes: list[Printed] = []
        self.remarks: list[Remark] = []
        self.understood: list[Read] = []
        self._rows: defaultdict[str, list[Row]] = defaultdict(list)
        self._end: tuple[Place, Place] | None = None

    def divide(self, lines: Sequence[Line]) -> None:
        """Make one row of the years of an indicator, and an entry of each value of a cell."""
        whole, unsure = with_years_together(self.indicators)
        self.indicators, remarks = with_single_values(whole, lines, self._vocabulary)
        self.remarks += [*unsure, *remarks]

    def keep(self, stays: Callable[[IndicatorRow | ProjectRow], bool]) -> None:
        """Only the rows that are told to stay, each once though two tables hold its place."""
        self.indicators = list(filter(stays, _once(self.indicators)))
        filled = zip(self.projects, self.fills, strict=True)
        kept = [(row, fill) for row, fill in filled if stays(row)]
        self.projects, self.fills = [row for row, _ in kept], [fill for _, fill in kept]

    def take(self, read: Read) -> None:
        """Add what one table holds, if it is of a kind that is known."""
        header = read.header
        sheets = sheets_of(read, self._vocabulary)
        if sheets:
            self.understood.append(read)
            for index, entries in enumerate(sheets):
                self._add_indicator(read, index, entries, self._place(read))
            return
        if header is None:
            return
        if not read.body:
            if header.is_indicators or header.is_projects:
                self.understood.append(read)
                self.remarks.append(_empty_remark(read.table))
            return
        roles = roles_of_rows(read, self._vocabulary)
        if roles is not None:
            self._take_turned(read, header, roles)
        elif is_unnamed(read) and id(read) in self._captions:
            self._take_unnamed(read, header)
        elif header.is_indicators:
            self._take_rows(read, header, projects=False)
        elif header.is_projects:
            self._take_rows(read, header, projects=True)

    def _take_turned(self, read: Read, header: Header, roles: int) -> None:
        above, ruled = self._above(read, header), read.table.method == "ruled"
        found = turned.blocks(header, read.body, roles, self._vocabulary, above, ruled=ruled)
        for block in found:
            self._add_indicator(read, block.row, block.entries, self._place(read))
        if found:
            self.understood.append(read)
            self.remarks.extend(turned.unknown_rows(read.body, roles, self._vocabulary))
            if read.table.method == "ruled":
                self.remarks.extend(turned.wordless_rows(header, read.body, roles))
            merged = turned.years_read_as_one(read.table, header, roles)
            self.remarks.extend(replace(one, parameters=_key(header)) for one in merged)
            self.remarks.extend(
                turned.unknown_columns(read.table, header, read.body, roles, self._vocabulary)
            )

    def _take_unnamed(self, read: Read, header: Header) -> None:
        above = self._above(read, header)
        if not any(entry.kind == "name" for entry in above):
            return
        self.understood.append(read)
        self.remarks.extend(unknown_headings(read.table, header))
        entries = (*above, *entries_of(read.body[0], header))
        self._add_indicator(read, 0, entries, self._place(read))

    def _above(self, read: Read, header: Header) -> list[Entry]:
        """The name and the unit that stand over a table: in its first row or in lines above.

        Of a card all that it says of its indicator.
        """
        if read.said:
            return list(read.said)
        above = self._captions.get(id(read), Above())
        name = above.name
        banner = next((row for row in read.table.rows[: header.skip] if is_banner(row)), None)
        if banner is not None:
            name = bare_name(distinct(banner)[0].printed, self._settings)
        entries = [Entry(kind="name", header="", printed=name)] if name else []
        return entries + ([Entry(kind="unit", header="", printed=above.unit)] if above.unit else [])

    def _take_rows(self, read: Read, header: Header, *, projects: bool) -> None:
        self.understood.append(read)
        self.remarks.extend(
            remark
            for remark in unknown_headings(read.table, header)
            if not (projects and self._vocabulary.is_budget(remark.printed or ""))
        )
        key = _key(header)
        merged = merged_columns(read.table, header, read.body, self._vocabulary)
        self.remarks.extend(replace(remark, parameters=key) for remark in merged)
        self.remarks.extend(row_in_heading(read.table, header))
        printed = place = self._place(read)
        if not header.count and self._end and self._end[0] == printed:
            place = self._end[1]
        body = _whole_rows(read, header)
        known = self._rows[key["key"]]
        known.extend(body)
        before = self._collected()
        places: list[Place | None] = []
        for row in body:
            entered = (
                None
                if repeats_header(row, header, read.table.rows)
                else self._after(row, place, over_name_and_figures(row, header))
            )
            place = entered or place
            places.append(None if entered is not None else place)
        self._end = (printed, place)
        for part in side_by_side(header.columns):
            for index, (row, where) in enumerate(zip(body, places, strict=True)):
                if where is None or repeats_header(row, header, read.table.rows):
                    continue
                if is_other_heading(row, self._vocabulary):
                    self._tell_heading(row)
                    continue
                entries = self._with_unit_above(read, entries_of(row, header, part))
                if not any(entry.printed.text.strip() for entry in entries):
                    continue
                if projects:
                    self._add_project(read, index, entries, row, where)
                else:
                    self._take_indicator(read, header, part, known, (index, row, entries, where))
        if self._collected() == before:
            self.remarks.append(_empty_remark(read.table))

    def _take_indicator(
        self,
        read: Read,
        header: Header,
        part: range,
        known: Sequence[Row],
        found: tuple[int, Row, tuple[Entry, ...], Place],
    ) -> None:
        """A row as an indicator, and what in it is merged or lacks; ``known``: all rows so far."""
        index, row, entries, where = found
        ruled = read.table.method == "ruled"
        over = over_name_and_figures(row, header) if ruled else None
        if over is not None and over.first in part:
            self._tell_over_all(over)
            return
        across = words_across(row, header, part) if ruled else None
        if across is not None and self._is_of_a_form(entries, across):
            return
        merged = merged_figures(row, header, part, self._vocabulary)
        cells = [one for one in merged if one is not across]
        self._tell_merged(cells, entries)
        if not is_banner(row) and any(piece.grounds for piece in read.table.pieces):
            joined = [one for one in merged_words(row, header, part) if "\n" in one.text]
            joined += swallowed_words(row, header, part, known)
            self._tell_joined(joined, header)
        absent = self._absent(read, row, header, part)
        self._add_indicator(read, index, (*entries, *absent), where)

    def _with_unit_above(self, read: Read, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """The entries with the unit that a line just above the table gives (単位：千円).

        Only where no column gives one, nor each figure of the row; one in brackets behind the name
        counts before it (観光客数（千人）).
        """
        unit = self._units.get(id(read))
        if unit is None or not any(entry.kind == "name" for entry in entries):
            return entries
        if any(entry.kind == "unit" for entry in entries) or _bear_one_unit(entries):
            return entries
        return (*entries, Entry(kind="unit", header="", printed=unit))

    def _tell_merged(self, cells: Sequence[Placed], entries: Sequence[Entry]) -> None:
        """A figure in a cell over columns of several kinds is none of theirs for certain."""
        name = next((label(e.printed.text) for e in entries if e.kind == "name"), "")
        self.remarks.extend(
            Remark(
                rule="structure.merged-figures",
                subject=name,
                page=cell.printed.page,
                box=cell.printed.box,
                printed=cell.text,
            )
            for cell in cells
        )

    def _tell_over_all(self, cell: Placed) -> None:
        """Words in place of a name and of all its figures are a title; with figures, a lost row."""
        text = label(cell.text)
        total = re.search(self._settings.lines.total, match_key(cell.text)) is not None
        digits = re.search("[0-9]", text) is not None
        rule = "structure.total-row" if total else "structure.section-row"
        self.remarks.append(
            Remark(
                rule="structure.row-too-short" if digits and not total else rule,
                subject=text,
                page=cell.printed.page,
                box=cell.printed.box,
                printed=text,
            )
        )

    def _tell_joined(self, cells: Sequence[Placed], header: Header) -> None:
        """A name that lies over the words beside it may bear them, where no rule parts them."""
        self.remarks.extend(
            Remark(
                rule="reading.cells-not-separated",
                subject=label(cell.text),
                page=cell.printed.page,
                box=cell.printed.box,
                printed=cell.text,
                parameters={
                    "column": label(header.columns[cell.first].header),
                    "beside": label(cell.text),
                },
            )
            for cell in cells
        )

    def _tell_heading(self, row: Row) -> None:
        """Headings within a table that are not its own: what the rows below are is not known."""
        cells = [cell for cell in distinct(row) if cell.text.strip()]
        self.remarks.append(
            Remark(
                rule="layout.other-headings",
                page=cells[0].printed.page,
                box=around([cell.printed.box for cell in cells]),
                printed=label(" | ".join(cell.text for cell in cells)),
            )
        )

    def _absent(self, read: Read, row: Row, header: Header, part: range) -> list[Entry]:
        """The cells that a ruled row lacks under headings of figures, as if they were empty.

        Each is told: the row may have lost what it holds.
        """
        absent = absent_cells(row, header, part) if read.table.method == "ruled" else []
        name = next(cell for cell in row if cell is not None).printed
        entries = []
        for index in absent:
            (left, right), column = read.table.edges[index : index + 2], header.columns[index]
            box = (left, name.box[1], right, name.box[3])
            place = replace(name, text="", second=None, box=box)
            entries.append(Entry(kind=column.kind, header=column.header, printed=place))
            self.remarks.append(
                Remark(
                    rule="structure.cell-missing",
                    subject=label(name.text),
                    page=name.page,
                    box=box,
                    parameters={"column": label(column.header)},
                )
            )
        return entries

    def _collected(self) -> int:
        """How much was read or told so far."""
        return len(self.indicators) + len(self.projects) + len(self.notes) + len(self.remarks)

    def _after(self, row: Row, place: Place, over: Placed | None = None) -> Place | None:
        """The place after a row that is a heading, a note or a title; ``None`` for other rows.

        ``over``: the cell that takes the place of its name and figures: a heading may have its
        department beside it.
        """
        printed = lone_text(row) or (over.printed if over is not None else None)
        if printed is None or is_number(printed.text):
            return None
        known = [one for one in headings_in(printed, self._settings) if self._tree.knows(one)]
        for heading in known:
            place = self._tree.entered(place, heading)
        if known:
            return place
        if not is_banner(row):
            return None
        if re.match(self._settings.lines.note, printed.text.strip()):
            self.notes.append(printed)
        else:
            self.remarks.append(
                Remark(
                    rule="structure.section-row",
                    subject=label(printed.text),
                    page=printed.page,
                    box=printed.box,
                    printed=printed.text,
                )
            )
        return place

    def _place(self, read: Read) -> Place:
        """Headings stand over whole tables, so the first piece decides."""
        return self._tree.at(read.table.page, read.table.box[1], read.table.box)

    def _add_indicator(
        self, read: Read, index: int, entries: tuple[Entry, ...], place: Place
    ) -> None:
        name = next((entry for entry in entries if entry.kind == "name"), None)
        values = [entry for entry in entries if entry.kind in VALUES | {"rate", "status"}]
        filled = any(entry.printed.text.strip() for entry in values)
        if name is None or _names_nothing(name.printed.text, beside=filled):
            if filled:
                remark = _row_remark("structure.row-without-name", entries, place)
                if read.table.method != "ruled":
                    boxes = [one.printed.box for one in entries if one.printed.text.strip()]
                    remark = replace(remark, box=_to_both_sides(around(boxes)))
                self.remarks.append(remark)
            return
        if self._is_heading(name, values):
            remark = _row_remark("layout.not-understood", entries, place)
            self.remarks.append(replace(remark, parameters={"pages": str(remark.page)}))
            return
        if re.fullmatch(self._settings.lines.total, match_key(name.printed.text)):
            self.remarks.append(_row_remark("structure.total-row", entries, place))
            return
        if re.search(self._settings.lines.placeholder, name.printed.text):
            self.remarks.append(_row_remark("structure.example-row", entries, place))
            return
        if not filled or (read.table.method != "ruled" and _has_one_word(values)):
            remark = _row_remark("structure.row-too-short", entries, place)
            if read.table.method != "ruled":
                box = _to_both_sides(name.printed.box)
                remark = replace(remark, page=name.printed.page, box=box)
            self.remarks.append(remark)
        if read.table.method != "ruled" and _filled(entries) == 1:
            return
        own = any(entry.kind == "policy" and entry.printed.text.strip() for entry in entries)
        spot = (name.printed.page, name.printed.box[1])
        self.indicators.append(
            IndicatorRow(
                place=own_place(entries, place, self._settings),
                entries=entries,
                table=read.table.number,
                row=index,
                method=read.table.method,
                unplaced="" if own else self._tree.doubt_at(*spot),
            )
        )

    def _is_of_a_form(self, entries: Sequence[Entry], words: Placed) -> bool:
        """Whether words across a row are what a form says below its indicators; else they are told.

        An indicator may have words in place of its figures, too.
        """
        name = next((one.printed.text for one in entries if one.kind == "name"), "")
        known = re.fullmatch(self._settings.lines.form, match_key(name)) is not None
        self.remarks.append(
            Remark(
                rule="structure.section-row" if known else "structure.row-too-short",
                subject=label(name),
                page=words.printed.page,
                box=words.printed.box,
                printed=label(f"{name} | {words.text}"),
            )
        )
        return known

    def _is_heading(self, name: Entry, values: Sequence[Entry]) -> bool:
        """Whether a row bears a word for names in place of one (指標名), and no figure."""
        found = self._vocabulary.match(name.printed.text)
        worded = found is not None and found.kind == "name" and found.score == CERTAIN
        return worded and not any(is_measure(value.printed.text) for value in values)

    def _add_project(
        self, read: Read, index: int, entries: tuple[Entry, ...], row: Row, place: Place
    ) -> None:
        name = next((entry for entry in entries if entry.kind == "project"), None)
        if name is None or not name.printed.text.strip():
            self.remarks.append(_row_remark("structure.row-without-name", entries, place))
            return
        office = self._settings.lines.department
        if holds_two_names(name.printed.text, name.header, office, ruled=read.table.is_drawn):
            subject = label(name.printed.text)
            self.remarks.append(
                Remark(
                    rule="reading.cells-not-separated",
                    subject=subject,
                    page=name.printed.page,
                    box=name.printed.box,
                    printed=name.printed.text,
                    parameters={"column": label(name.header), "beside": subject},
                )
            )
        self.fills.append(tuple(cell.fill for cell in distinct(row) if cell.fill))
        self.projects.append(
            ProjectRow(
                place=own_place(entries, place, self._settings),
                entries=entries,
                table=read.table.number,
                row=index,
            )
        )


def _whole_rows(read: Read, header: Header) -> list[Row]:
    """The rows below the heading; without ruled rows the lines of each put together."""
    if read.table.method == "ruled":
        return read.body
    if not header.is_projects:
        kinds = [column.kind for column in header.columns]
        figures = [index for index, kind in enumerate(kinds) if kind in VALUES]
        rows = join_broken_figures(read.body)
        return join_open_brackets(rows, kinds.index("name"), figures)
    names = [index for index, column in enumerate(header.columns) if column.kind == "project"]
    return join_lines_of_rows(read.body, names[0])


def _filled(entries: Sequence[Entry]) -> int:
    return sum(bool(entry.printed.text.strip()) for entry in entries)


def _empty_remark(table: Logical) -> Remark:
    return Remark(
        rule="reading.heading-without-rows",
        page=table.page,
        box=table.box,
        printed=label(" | ".join(texts(table.rows[-1]))),
    )


def _key(header: Header) -> dict[str, str]:
    """What a doubt about the columns of a table is decided by."""
    return {"key": layout_key(header)}


def _row_remark(rule: str, entries: Sequence[Entry], place: Place) -> Remark:
    filled = next((entry for entry in entries if entry.printed.text.strip()), entries[0])
    return Remark(
        rule=rule,
        subject=place.policy or place.goal,
        page=filled.printed.page,
        box=filled.printed.box,
        printed=label(" | ".join(entry.printed.text for entry in entries)),
    )


def _has_one_word(values: Sequence[Entry]) -> bool:
    """Whether a row has one word in place of all its figures, as headings of two columns have."""
    filled = [one.printed.text.strip() for one in values if one.printed.text.strip()]
    return len(values) > len(filled) == 1 and filled[0].isalpha()


def _to_both_sides(box: Box) -> Box:
    """The box of part of a row, into the rows above and below: it may be part of one of them."""
    x0, top, x1, bottom = box
    half = round((bottom - top) / 2, 2)
    return (x0, top - half, x1, bottom + half)


def _once(rows: Iterable[IndicatorRow]) -> Iterator[IndicatorRow]:
    """The rows without those that another table has given from the same place on the paper.

    Tables without all rules may overlap: headings with their first row, and all rows below.
    """
    given: dict[tuple[int, str], list[IndicatorRow]] = {}
    for row in rows:
        name = next((one.printed for one in row.entries if one.kind == "name"), None)
        if name is None:
            yield row
            continue
        alike = given.setdefault((name.page, label(name.text)), [])
        if not any(_shares(name, other) for other in alike if other.table != row.table):
            alike.append(row)
            yield row


def _shares(name: Printed, row: IndicatorRow) -> bool:
    """Whether the name of a row stands where another name stands."""
    return any(one.kind == "name" and overlaps(one.printed.box, name.box) for one in row.entries)
