"""The records that the stages hand on, in the order in which a number passes through them.

Everything here is frozen and serialisable.  A stage takes records of the stage before it and
gives records of its own; no record knows how it was made.

* Boxes are ``(x0, top, x1, bottom)`` in points on the page *as displayed* (after /Rotate and
  CropBox), y growing downwards, rounded to 0.01.  They are the only floats in the chain.
* Page numbers count from 1.  Rows and columns of cells count from 0.
* A number is a ``Decimal`` with the precision that was printed; it is written as a string.

The records of all stages stand in one file, since each refers to those before it and a reader
follows a number from the first to the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, dataclass_transform

import msgspec

Box = tuple[float, float, float, float]

Direction = Literal["higher", "lower", "unknown"]
Severity = Literal["blocker", "error", "warning", "info"]


@dataclass_transform(frozen_default=True, kw_only_default=True)
class _RecordMeta(msgspec.StructMeta):
    def __new__(
        cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **more: Any
    ) -> _RecordMeta:
        return super().__new__(
            cls, name, bases, body, frozen=True, kw_only=True, forbid_unknown_fields=True, **more
        )


class Record(msgspec.Struct, metaclass=_RecordMeta):
    """Base of all records: immutable, compared by value, refused if a field is unknown."""


FIRST_READER = "pdfium"
PICTURE_READER = "rapidocr"
"""The reader of tables and values that were read by character recognition."""
"""Who reads a table or line, where nothing else is said."""


# --------------------------------------------------------------------------- the atom


class Spot(Record):
    """A place on the paper."""

    page: int
    box: Box


class Printed(Record):
    """Text exactly as printed, and where.

    ``text`` keeps the lines of its cell, joined by ``\\n``.  ``continued`` lists the further
    places of a text that a page edge cut.  ``second`` is what the second reader read at the same
    places: ``None`` when it did not read them or was not asked.  ``sure``: it stands in a picture,
    and two engines of character recognition read it alike.  ``twice``: one of them read it twice
    alike, so that the document itself may confirm it.
    """

    text: str
    page: int
    box: Box
    reader: str
    second: str | None = None
    continued: tuple[Spot, ...] = ()
    sure: bool = False
    twice: bool = False


class Remark(Record):
    """What a stage noticed and cannot decide itself; ``rule`` is an id of the catalogue.

    The validate stage turns every remark into a :class:`Finding`.  ``subject`` is free text that
    says what it is about (an indicator's name, a heading, a page).
    """

    rule: str
    subject: str = ""
    page: int | None = None
    box: Box | None = None
    printed: str | None = None
    expected: str | None = None
    parameters: dict[str, str] = {}


class Decided(Record):
    """What a person decided of one field, in place of or beside what was printed.

    ``field``: value, name, unit, year, goal, policy, direction … ``taken``: what holds now.
    """

    field: str
    taken: str
    reason: str
    who: str
    when: str


# --------------------------------------------------------------------------- 1 extract


class Cell(Record):
    """One cell; a merged one stands at its first row and column and tells its spans.

    ``text`` is ``""`` for an empty cell.  ``fill`` is ``#rrggbb`` of a coloured background, else
    ``None`` (white counts as no fill).  ``sure``: two engines of character recognition read it
    alike.  ``twice``: one of them read its only figure twice alike.
    """

    row: int
    column: int
    box: Box
    text: str
    row_span: int = 1
    column_span: int = 1
    fill: str | None = None
    second: str | None = None
    sure: bool = False
    twice: bool = False


Matter = Literal["place", "columns", "rows", "headings", "names"]
"""What is decided on a table: where it is, what parts it, and which texts name what."""

Sign = Literal[
    "rules",
    "lines",
    "figures",
    "colours",
    "cells",
    "gutters",
    "joints",
    "short-rules",
    "left-out",
    "middles",
    "page-end",
]
"""What speaks for a decision on a table that is not fully ruled.

``rules``: horizontal ones of one width, or vertical ones between columns.  ``lines``: lines of text
that share gutters, or that stand apart.  ``figures``: lines of figures under headings.
``colours``: the sides of coloured cells.  ``cells``: ruled cells that hold several rows.
``gutters``: white that no text crosses.  ``joints``: pieces of horizontal rules that meet under
one another, cell by cell.  ``short-rules``: rules under headings over several
columns.  ``left-out``: rules that leave out merged cells.  ``middles``: headings over the middle of
their columns, or words beside each row of figures.  ``page-end``: a row that the page cuts.
"""


class Ground(Record):
    """A decision on a table that is not fully ruled: what it is about, and what spoke for it.

    ``count``: how many such signs there are.
    """

    decision: Matter
    sign: Sign
    count: int


class Table(Record):
    """A table on one page.

    ``method`` says what the cells rest on: all rules, horizontal rules with text alignment, text
    alignment alone, or a scan.  ``open_top``/``open_bottom``: the first or last row has no
    closing rule, so it may go on on the page before or after.  ``grounds``: the decisions that
    rules alone did not make, in their order.
    """

    page: int
    box: Box
    cells: tuple[Cell, ...]
    method: Literal["ruled", "horizontal", "text", "ocr"] = "ruled"
    reader: str = FIRST_READER
    open_top: bool = False
    open_bottom: bool = False
    grounds: tuple[Ground, ...] = ()


class Line(Record):
    """A line of text outside the tables, or a part of one that stands apart.  ``size``: points."""

    text: str
    page: int
    box: Box
    size: float


class Leftover(Record):
    """Glyphs that belong to no cell and no line, and why (``reason``: a short code)."""

    text: str
    page: int
    box: Box
    reason: str
    font: str = ""


class Origin(Record):
    """Where a raw file comes from, as told in its ``.toml`` file.  Unknown things stay empty."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""
    licence_note: str = ""
    published: str = ""
    retrieved: str = ""
    sha256: str = ""
    reconstruction: bool = False
    note: str = ""


class PageInfo(Record):
    """What one page is made of.  ``kind`` tells a page without readable text apart.

    ``turn``: the quarter turn in which its text is set, as displayed; 0 if upright.
    """

    number: int
    width: float
    height: float
    rotation: int = 0
    turn: int = 0
    glyphs: int = 0
    rules: int = 0
    images: int = 0
    kind: Literal["text", "scan", "outlined", "empty"] = "text"


class Document(Record):
    """The file itself.  ``title``, ``author`` and ``producer`` are its metadata, as written."""

    sha256: str
    pages: tuple[PageInfo, ...]
    title: str = ""
    author: str = ""
    producer: str = ""


class Extracted(Record):
    """What is on the paper, no meaning yet.  Tables and lines stand in reading order."""

    document: Document
    tables: tuple[Table, ...]
    lines: tuple[Line, ...]
    leftovers: tuple[Leftover, ...] = ()
    second_reader: str | None = None
    remarks: tuple[Remark, ...] = ()


# --------------------------------------------------------------------------- 2 assemble

Kind = Literal[
    "name",
    "unit",
    "baseline",
    "target",
    "actual",
    "rate",
    "status",
    "direction",
    "definition",
    "note",
    "department",
    "number",
    "year",
    "source",
    "project",
    "summary",
    "goal",
    "policy",
    "unknown",
]
"""Roles of a column.  The Japanese words for each are in ``schemas/default/headers.toml``."""


class Place(Record):
    """Where in the plan: goal (基本目標) and policy (基本方針, 施策); ``None``/"" if none."""

    goal_number: int | None = None
    goal: str = ""
    policy_number: int | None = None
    policy: str = ""

    @property
    def spot(self) -> tuple[int | str | None, int | str | None]:
        """Goal and policy by which two places are the same: their numbers, else their titles."""
        return (self.goal_number or self.goal, self.policy_number or self.policy)


class Entry(Record):
    """One cell with its role.  ``header`` is the printed heading(s) of its column.

    It may hold a year (``R6 目標``), a unit (``実績（人）``) or a part (``男性``): they are read in
    the normalize stage.
    """

    kind: Kind
    header: str
    printed: Printed


class IndicatorRow(Record):
    """One indicator as printed.  ``table`` counts the logical tables of the document.

    ``unplaced``: the rule by which its place in the plan is a doubt; empty if it is none.
    """

    place: Place
    entries: tuple[Entry, ...]
    table: int
    row: int
    method: Literal["ruled", "horizontal", "text", "ocr"] = "ruled"
    unplaced: str = ""


class ProjectRow(Record):
    """One project as printed; ``fill`` is the colour of its cells, if any."""

    place: Place
    entries: tuple[Entry, ...]
    table: int
    row: int
    fill: str | None = None


class LegendRow(Record):
    """One line of the document's own legend.

    ``word`` is the status word or mark, ``rule`` its explanation as printed, ``example`` the
    figures of an example row, if the legend gives one.
    """

    word: Printed
    rule: Printed
    example: tuple[Entry, ...] = ()


class Claim(Record):
    """A sentence, chart label or summary-table cell in which the document sums itself up.

    ``source``: ``list`` for a sentence that only names indicators which bear a status.
    ``named``: its own words or its heading name the part of the plan that it is about; else
    ``place`` is merely where it stands.  ``caption``: the line just above a table or chart.
    ``whole``: every amount of its row or column is an entry, the number of all the first or last.
    """

    source: Literal["sentence", "table", "label", "list"]
    place: Place
    printed: Printed
    entries: tuple[Entry, ...] = ()
    named: bool = False
    caption: str = ""
    whole: bool = False

    @property
    def spots(self) -> Iterator[tuple[int, Box]]:
        """Page and box of everything that it consists of: its lines, and its cells."""
        for printed in (self.printed, *(one.printed for one in self.entries)):
            yield printed.page, printed.box
            yield from ((one.page, one.box) for one in printed.continued)


class Highlight(Record):
    """What a cell colour means, by the document's own legend."""

    fill: str
    meaning: Printed


Evidence = Literal["word", "part", "position", "legend", "content"]
"""What speaks for the role of a column, strongest first.

``word``: the heading is a word of the vocabulary or of the profile.  ``part``: it ends or begins
with one.  ``position``: a year among columns of figures, or the later of two 現状値.  ``legend``:
the document's legend explains what its cells hold.  ``content``: its cells are such as that role
has.
"""


class LayoutColumn(Record):
    """One column: its heading as printed, the role it was read as, and what speaks for that.

    ``doubt`` says why the role is not certain (a message id of the catalogue); empty if it is.
    """

    header: str
    kind: Kind
    evidence: tuple[Evidence, ...] = ()
    doubt: str = ""


class Layout(Record):
    """How tables with the same headings were read, so that it can be looked at and confirmed.

    ``key`` is a digest of the headings as printed, folded and without their years, and of the
    roles that they were given: the same next year, another one if it were read differently.  A
    layout of which a column is in doubt blocks the release, told once; a key that stands in
    ``confirmed_layouts`` (the profile's ``[assemble]`` table, or a decision) is ``confirmed`` and
    raises no doubt.  ``tables`` counts as :attr:`IndicatorRow.table` does; ``samples`` are at most
    two of its rows.
    """

    key: str
    columns: tuple[LayoutColumn, ...]
    tables: tuple[int, ...]
    page: int
    box: Box
    samples: tuple[IndicatorRow, ...] = ()
    confirmed: bool = False

    @property
    def doubts(self) -> tuple[LayoutColumn, ...]:
        """The columns whose role is not certain; none once the layout is confirmed."""
        return () if self.confirmed else tuple(one for one in self.columns if one.doubt)


class Join(Record):
    """A row or table joined over a page edge, and how: kept so that it can be looked at."""

    table: int
    row: int
    page: int
    how: Literal["table", "row", "cell"]
    text: str = ""


class Assembled(Record):
    """The plan as printed: tree, rows, legend, claims."""

    document: Document
    title: Printed | None
    places: tuple[Place, ...]
    indicators: tuple[IndicatorRow, ...]
    projects: tuple[ProjectRow, ...] = ()
    legend: tuple[LegendRow, ...] = ()
    claims: tuple[Claim, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    notes: tuple[Printed, ...] = ()
    joins: tuple[Join, ...] = ()
    layouts: tuple[Layout, ...] = ()
    remarks: tuple[Remark, ...] = ()


# --------------------------------------------------------------------------- 3 normalize


class Value(Record):
    """One typed value.

    Exactly one of ``number``, ``missing`` and ``text`` is set: a number with the printed
    precision, the canonical sign of a missing value (``not_available``, ``not_yet``, …: see
    ``schemas/default/missing.csv``), or words that are the value (全員取得).

    ``bound``: the number is a limit (95%以上, 25以下).  ``upper``: the other end of a range.
    ``unit``: the unit printed in the cell itself, canonical.
    """

    printed: Printed
    number: Decimal | None = None
    missing: str | None = None
    text: str | None = None
    upper: Decimal | None = None
    bound: Literal["at_least", "at_most", "more_than", "less_than"] | None = None
    approximate: bool = False
    unit: str | None = None
    decided: Decided | None = None

    @property
    def in_words(self) -> bool:
        """What is printed stands for the value: words, or a range, which is no single number."""
        return self.text is not None or self.upper is not None


class Observation(Record):
    """A value of one kind, year and part (``part``: 男性, 全国順位 …).

    ``fiscal_year`` is the Western year in which the fiscal year begins, ``None`` if not printed.
    ``calendar``: it is the calendar year of that number instead (平成21年, not 平成21年度).
    """

    kind: Kind
    fiscal_year: int | None
    value: Value
    part: str | None = None
    calendar: bool = False


PLACE = "place"
"""The field of a doubt (``rule:field``) about where an indicator stands in the plan."""


class Indicator(Record):
    """One indicator with everything printed about it, typed.

    ``id`` is the registry's, or a provisional one (``registered`` is then false).
    The four named views are those of the reported year and point into ``observations``.
    ``status`` is the status word in its canonical form; ``rates`` are in ``observations``.
    ``listed`` is a note that lists it as one of a direction; ``unmarked`` is a note that lists
    others, or explains a mark as a direction, which other names bear and this one does not.
    """

    id: str
    registered: bool
    place: Place
    name: str
    name_printed: Printed
    unit: str
    direction: Direction
    direction_basis: str
    cumulative: bool
    observations: tuple[Observation, ...]
    page: int
    reader: str
    baseline: Value | None = None
    target: Value | None = None
    actual: Value | None = None
    next_target: Value | None = None
    status: str | None = None
    status_printed: Printed | None = None
    note: str = ""
    unmarked: str = ""
    listed: str = ""
    doubts: tuple[str, ...] = ()
    decided: tuple[Decided, ...] = ()

    @property
    def doubted(self) -> bool:
        """Whether a doubt is about more than its place in the plan."""
        return any(not doubt.endswith(f":{PLACE}") for doubt in self.doubts)


class Project(Record):
    """One project.  ``highlighted``: its cells carry the colour that the legend explains."""

    place: Place
    name: str
    departments: tuple[str, ...]
    summary: str
    highlighted: bool
    repeated: bool
    name_printed: Printed
    summary_printed: Printed | None = None


class Normalized(Record):
    """Typed values; the legend and the claims are handed on as printed."""

    document: Document
    title: str
    edition: int
    actual_fiscal_year: int
    indicators: tuple[Indicator, ...]
    projects: tuple[Project, ...]
    legend: tuple[LegendRow, ...] = ()
    claims: tuple[Claim, ...] = ()
    places: tuple[Place, ...] = ()
    notes: tuple[Printed, ...] = ()
    remarks: tuple[Remark, ...] = ()


# --------------------------------------------------------------------------- 4 validate


class Finding(Record):
    """One fault or doubt.  Its text is rendered at the edge, per language, from the catalogue.

    ``key`` is stable over reruns: the same fault has the same key.  One that a person has settled
    tells by ``decided`` what was decided; it is information then and withholds nothing.
    """

    rule: str
    key: str
    severity: Severity
    subject: str
    page: int | None = None
    box: Box | None = None
    printed: str | None = None
    expected: str | None = None
    parameters: dict[str, str] = {}
    decided: Decided | None = None


class Recomputed(Record):
    """The status of one indicator by the legend's rules; ``None`` where it cannot be computed."""

    id: str
    status: str | None


class Group(Record):
    """Status counts of the whole plan (``goal_number`` ``None``) or of one goal.

    ``counts_printed``/``percent_printed``: what the document claims of itself, as printed.
    """

    goal_number: int | None
    counts_printed: dict[str, str] = {}
    percent_printed: dict[str, str] = {}
    counts_published: dict[str, int] = {}
    counts_recomputed: dict[str, int] = {}


class AppliedRule(Record):
    """A status rule as it was applied, in words; ``basis``: where it was declared."""

    words: tuple[str, ...]
    ja: str
    en: str
    basis: Literal["profile", "legend"]


class Confirmed(Record):
    """A figure of a picture that other figures of the document, or the last edition, confirm."""

    page: int
    box: Box
    by: Literal["status", "rate", "sum", "edition"]


class Validated(Record):
    """The findings, and all that was recomputed.

    ``applied``: by which rules, in their order.  ``confirmed``: figures of pictures that are
    certain though only one engine of character recognition read them twice alike.
    """

    findings: tuple[Finding, ...]
    recomputed: tuple[Recomputed, ...]
    summary: tuple[Group, ...]
    applied: tuple[AppliedRule, ...] = ()
    confirmed: tuple[Confirmed, ...] = ()


# --------------------------------------------------------------------------- 5 release


class ReleasedFile(Record):
    """One file of the release."""

    sha256: str
    size: int


class Conformance(Record):
    """What the notation rules found in the released tables: items checked, places that fail."""

    items: int
    failures: int


class Released(Record):
    """The files of the release by name, and what was found while they were made.

    ``findings`` are those of the release itself: what the profile leaves open.
    """

    files: dict[str, ReleasedFile]
    findings: tuple[Finding, ...] = ()
    conformance: Conformance | None = None
