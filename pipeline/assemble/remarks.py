"""What assembling noticed and cannot decide: text in no cell, tables and targets not understood."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec.structs import replace

from pipeline.assemble.captions import Above
from pipeline.assemble.columns import FIGURES, VALUES, Header
from pipeline.assemble.lines import by_page
from pipeline.assemble.logical_tables import column_texts, distinct, texts
from pipeline.assemble.read_tables import Read
from pipeline.assemble.table_keys import same_keys, table_key
from pipeline.assemble.vocabulary import (
    CERTAIN,
    Vocabulary,
    is_measure,
    is_number,
    is_year_only,
)
from pipeline.boxes import around, holds, overlaps
from pipeline.japanese.text import label, match_key
from pipeline.model import Box, Extracted, Kind, Line, Printed, Remark, Table
from pipeline.settings.assemble import AssembleSettings

_ROW_OF_FIGURES = 3
"""Figures side by side behind words that look like a row."""
_TOUCHING = 0.15
"""Font sizes between the last row of a table without rules and a line of it, at most."""
_SHORT = 6.0
"""Font sizes of a text that may be of a last column, at most."""
_FEWEST_RIGHT = 3
"""Rows beside which such a text stands, at least."""
_CLOSE = 4.0
"""Font sizes between a text and the rows that it may belong to."""
_FEWEST_BANDS = 4
"""Rows, at least, whose shading may be said to change by turns."""
_HEADING_ROWS = 4
"""Rows in which a heading is looked for."""
_UNDER = 4.0
"""Font sizes that a line of figures stands under its headings, at most."""
_PAIR = 2
"""Columns of a table of projects: a name, and what is said of it."""
_PAGES_ON = 2
"""Pages that a table may go on after its last row that was read."""
_OFFICE_FIRST = re.compile(r"[(（]([^()（）]+)[)）]")
"""How the last line of a project's name begins, with the office in brackets."""
_BEGINS = 6.0
"""Points from the side of a column to its texts, at most."""

_FEWEST_AGAIN = 3
"""Names of a table that shows indicators once more, at least."""
_FIGURES_BELOW = 2
"""Figures below a heading, at least, that make a table one of values."""
_OWN_NUMBER = re.compile(r"[0-9]{1,3}(?:-[0-9]{1,2}){0,2}")
_PARTS = re.compile(r"[\s()（）]+")
_DIALLED = re.compile(r"0[0-9]")
_SLANTED = "slanted"
_SAID_ONCE = "vocabulary."
"""Rules of this family speak of a word, wherever it stands."""


def leftovers_in_tables(extracted: Extracted, understood: Sequence[Read]) -> list[Remark]:
    """Text that lies in a table of rows but in none of its cells is a doubt about our reading.

    So are slanting digits all of which stand in an empty cell; those of a stamp over a page do not.
    """
    pieces = [piece for one in understood for piece in one.table.pieces]
    boxes = [(piece.page, piece.box) for piece in pieces]
    slanted = any(leftover.reason == _SLANTED for leftover in extracted.leftovers)
    empty = [
        (piece.page, cell.box)
        for piece in (pieces if slanted else ())
        for cell in piece.cells
        if not cell.text.strip()
    ]
    return [
        Remark(
            rule="reading.leftover-in-table",
            page=leftover.page,
            box=leftover.box,
            printed=leftover.text,
        )
        for leftover in extracted.leftovers
        if (
            leftover.reason == "in-table-gap"
            and any(page == leftover.page and overlaps(box, leftover.box) for page, box in boxes)
        )
        or (
            leftover.reason == _SLANTED
            and any(map(str.isdigit, leftover.text))
            and any(page == leftover.page and holds(box, leftover.box) for page, box in empty)
        )
    ]


def beside_rows(lines: Sequence[Line], understood: Sequence[Read]) -> list[Remark]:
    """A doubt for the texts close beside rows that no rules hold together, or below them.

    They may be the goals or policies of the rows, the beginning of their names, the last line of a
    cell, or, where short ones stand to the right of most rows, a last column.
    """
    on_page = by_page(lines)
    remarks: list[Remark] = []
    for one in understood:
        for piece in one.table.pieces:
            if piece.method not in {"horizontal", "text"} and not _is_banded(piece):
                continue
            beside = [
                line
                for line in on_page[piece.page]
                if _is_left_of(line, piece) or _is_right_below(line, piece)
            ]
            right = [line for line in on_page[piece.page] if _is_right_of(line, piece)]
            bands = {(cell.box[1], cell.box[3]) for cell in piece.cells if cell.row_span == 1}
            held = sum(any(top < _height(line) < bottom for line in right) for top, bottom in bands)
            if held >= max(_FEWEST_RIGHT, len(bands) / 2):
                beside += right
            if beside:
                remarks.append(
                    Remark(
                        rule="reading.leftover-in-table",
                        page=piece.page,
                        box=around([line.box for line in beside]),
                        printed=label(" | ".join(line.text for line in beside)),
                    )
                )
    return remarks


def _is_banded(piece: Table) -> bool:
    """Whether whole rows are shaded by turns: such a table may have no rules, and end anywhere."""
    fills: defaultdict[int, set[str | None]] = defaultdict(set)
    for cell in piece.cells:
        fills[cell.row].add(cell.fill)
    bands = [fill for _, (fill, *more) in sorted(fills.items()) if not more]
    turns = sum(one != other for one, other in pairwise(bands))
    return len(bands) >= _FEWEST_BANDS and 3 * turns >= 2 * (len(bands) - 1)


def _is_left_of(line: Line, piece: Table) -> bool:
    gap = piece.box[0] - line.box[2]
    return piece.box[1] < _height(line) < piece.box[3] and -1 <= gap <= _CLOSE * line.size


def _is_right_of(line: Line, piece: Table) -> bool:
    """Whether a short text stands close to the right of rows, as high as they."""
    gap = line.box[0] - piece.box[2]
    short = line.box[2] - line.box[0] <= _SHORT * line.size
    return piece.box[1] < _height(line) < piece.box[3] and -1 <= gap <= _CLOSE * line.size and short


def _height(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2


def _is_right_below(line: Line, piece: Table) -> bool:
    """Whether a text touches the last row of a table and stands under its further columns."""
    _, _, right, bottom = piece.box
    first = min((cell.box[2] for cell in piece.cells if cell.column == 0), default=right)
    touches = -line.size < line.box[1] - bottom <= _TOUCHING * line.size
    return touches and first <= line.box[0] and line.box[2] <= right + 1


def not_understood(
    read: Sequence[Read],
    understood: Sequence[Read],
    explained: set[int],
    examples: set[int],
    vocabulary: Vocabulary,
    *,
    names: Iterable[str],
    holds_none: Callable[[Read], bool],
) -> list[Remark]:
    """A remark for each table that was read but whose meaning is not known.

    One whose headings name indicators or tell figures, and that holds some, is a doubt, and so is
    one with the headings of an understood table, or beside sheets one that begins like them, or
    beside indicators one that tells a target or two kinds of values and no money, or one whose
    headings hold figures, or whose rows begin with words for values as those of an understood one
    do; unless it is an example of how to read the others, or a person saw that it ``holds_none``,
    or all its names are ``names`` of indicators of which the actual was read: it shows them again.
    What has one key (:func:`pipeline.assemble.table_keys.table_key`) is one doubt.
    """
    known = {id(one) for one in understood}
    alike = {_headings(one) for one in understood} - {()}
    read_names = frozenset(map(match_key, names))
    sheets = any(not _headings(one) for one in understood)
    beside = any(one.header is not None and one.header.is_indicators for one in understood)
    turned = frozenset().union(*(_words_of_rows(one, vocabulary) for one in understood))
    remarks: list[Remark] = []
    for one in read:
        if id(one) in known or all(id(piece) in explained for piece in one.table.pieces):
            continue
        none = holds_none(one)
        rule = "structure.table-not-understood"
        if one.header is not None and VALUES & one.header.kinds and not none:
            rule = "structure.value-table-not-understood"
        named = _names_indicators(one, vocabulary) or _tells_figures(one)
        named = (
            named
            or _joins_headings(one, vocabulary)
            or _joins_row_to_headings(one, vocabulary)
            or _headings(one) in alike
            or (sheets and _names_one(one, vocabulary))
        )
        named = named or (beside and _may_hold_indicators(one, vocabulary))
        named = named or not turned.isdisjoint(_words_of_rows(one, vocabulary))
        key = table_key(one)
        again = named and _names_only(one, read_names)
        if again:
            rule = "structure.value-table-not-understood"
        elif named and id(one) not in examples and not none:
            rule = "layout.not-understood"
        first = label(" | ".join(texts(one.table.rows[0]))) if one.table.rows else ""
        remarks.append(
            Remark(
                rule=rule,
                page=one.table.page,
                box=one.table.box,
                printed=first[:120],
                parameters={"key": key} if rule == "layout.not-understood" else {},
            )
        )
    return asked_once(remarks)


def _names_only(one: Read, names: frozenset[str]) -> bool:
    """Whether a column of names holds none that is not known, of several."""
    header = one.header
    columns = header.columns if header is not None else ()
    spots = [at for at, column in enumerate(columns) if column.kind == "name"]
    own = [match_key(text) for text in column_texts(one.body, spots[0])] if spots else []
    return len(own) >= _FEWEST_AGAIN and names.issuperset(own)


def _headings(one: Read) -> tuple[str, ...]:
    return tuple(match_key(column.header) for column in one.header.columns) if one.header else ()


def _words_of_rows(one: Read, vocabulary: Vocabulary) -> frozenset[str]:
    """The words for values with which rows of figures begin, as in turned tables: 年度実績 | 84."""
    found: set[str] = set()
    for piece in one.table.pieces:
        figures = {cell.row for cell in piece.cells if cell.column and is_measure(cell.text)}
        texts = (cell.text for cell in piece.cells if not cell.column and cell.row in figures)
        for word in (line for text in texts for line in text.split("\n")):
            match = vocabulary.match(word)
            if match is not None and match.kind in VALUES and match.score == CERTAIN:
                found.add(match_key(word))
    return frozenset(found)


def _names_one(one: Read, vocabulary: Vocabulary) -> bool:
    """Whether a table begins with a word for an indicator's name and one text, like a sheet."""
    first = [text for text in texts(one.table.rows[0]) if text.strip()] if one.table.rows else []
    found = vocabulary.match(first[0]) if len(first) > 1 else None
    if found is None or found.kind != "name":
        return False
    return found.score == CERTAIN and not found.common


def _tells_figures(one: Read) -> bool:
    """Whether headings give figures two roles by words that only tables of indicators have."""
    header = one.header
    return header is not None and header.figures and len(header.told("own") & FIGURES) > 1


def _joins_headings(one: Read, vocabulary: Vocabulary) -> bool:
    """Whether one heading over rows of figures holds words of two kinds of values: it is several.

    Nothing parts them where a page ends under the headings.
    """
    figures = [text for row in one.body for text in texts(row) if is_measure(text)]
    if one.header is None or len(figures) < _FIGURES_BELOW:
        return False
    for heading in {column.header for column in one.header.columns}:
        found = (vocabulary.match(part) for part in _PARTS.split(heading) if part)
        if len({one.kind for one in found if one and one.score == CERTAIN} & VALUES) > 1:
            return True
    return False


def _joins_row_to_headings(one: Read, vocabulary: Vocabulary) -> bool:
    """Whether rules are missing at the head of a table: between its headings, or below them.

    One cell names indicators in a line and tells values in another, or cells hold words of two
    kinds of values, each above a figure (実績値 above 61.2).
    """
    kinds: set[Kind] = set()
    head, body = one.table.rows[:_HEADING_ROWS], one.table.rows[1:]
    figures = any(is_measure(line) for row in body for text in texts(row) for line in _lines(text))
    for text in (text for row in head for text in texts(row)):
        first, *more = _lines(text)
        found = [vocabulary.match(line) for line in (first, *more)]
        told = [one for one in found if one is not None and one.score == CERTAIN]
        names = any(one.kind == "name" and not one.common for one in told)
        if figures and names and VALUES & {one.kind for one in told}:
            return True
        if found[0] in told and any(map(is_measure, more)):
            kinds.update(one.kind for one in told[:1])
    return len(kinds & VALUES) > 1


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _may_hold_indicators(one: Read, vocabulary: Vocabulary) -> bool:
    """Whether headings tell a target by its own word, or two kinds of values by any, over figures.

    A table of projects or of money may have such headings as well.
    """
    header = one.header
    if header is None or not header.figures:
        return False
    for column in header.columns:
        found = vocabulary.match(column.header)
        if vocabulary.is_beside(column.header) or (found and found.kind == "project"):
            return False
    return "target" in header.told("own") or len(header.told("common", "own") & VALUES) > 1


def _names_indicators(one: Read, vocabulary: Vocabulary) -> bool:
    """Whether a heading is a word that only tables of indicators have, above rows of figures."""
    for index, row in enumerate(one.table.rows[:_HEADING_ROWS]):
        found = [vocabulary.match(text) for text in texts(row) if text.strip()]
        if any(
            match is not None
            and match.kind == "name"
            and match.score == CERTAIN
            and not match.common
            for match in found
        ):
            below = [text for lower in one.table.rows[index + 1 :] for text in texts(lower)]
            return sum(map(is_number, below)) >= _FIGURES_BELOW
    return False


def speaks(table: Table, spots: Sequence[Printed]) -> bool:
    """Whether the legend, a claim or the meaning of a colour was read out of this table."""
    return any(spot.page == table.page and overlaps(table.box, spot.box) for spot in spots)


def headlines(
    lines: Sequence[Line], captions: Mapping[int, Above], settings: AssembleSettings
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


def rows_outside(
    lines: Sequence[Line],
    understood: Sequence[Read],
    explained: Sequence[Printed],
    vocabulary: Vocabulary,
    settings: AssembleSettings,
) -> list[Remark]:
    """A remark for each line of figures or headings that stands in no table.

    Tables without rules are found by alignment; what was missed must not be lost unseen.
    ``explained``: texts that were understood, such as the labels of a chart.
    """
    found: list[Remark] = []
    on_page = by_page(lines)
    last: list[Sequence[Line]] = []
    for row in _by_baseline(lines):
        last = [*last[1 - _HEADING_ROWS :], row]
        named = [*_wrapped_name(row, on_page[row[0].page]), *row]
        tokens = [token for line in named for token in line.text.split()]
        if _is_chart(tokens, settings):
            continue
        heading = _is_heading(row, vocabulary) and not _heads_a_table(row, understood)
        headed = _is_under_headings(last, vocabulary)
        cells = ["".join(line.text.split()) for line in named]
        like = _like_a_row(tokens) or _like_a_row(cells) or _in_columns(row, understood)
        like = like or _like_a_project(row, understood, settings.lines.department)
        if not heading and not headed and not like:
            continue
        box = around([line.box for line in named])
        page = row[0].page
        if any(spot.page == page and overlaps(spot.box, box) for spot in explained):
            continue
        found.append(
            Remark(
                rule="reading.row-outside-tables",
                page=page,
                box=box,
                printed=label(" | ".join(line.text for line in named)),
            )
        )
    return found


def _wrapped_name(row: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """The two lines left of a row of figures between which it stands: a name of two lines."""
    first = row[0]
    if not is_measure(first.text.strip()):
        return []
    middle, size = (first.box[1] + first.box[3]) / 2, first.size
    left = [line for line in lines if line.box[2] <= first.box[0]]
    above = [one for one in left if 0 < middle - (one.box[1] + one.box[3]) / 2 <= size]
    below = [one for one in left if 0 < (one.box[1] + one.box[3]) / 2 - middle <= size]
    return [above[-1], below[0]] if above and below else []


def _are_statuses(text: str, plain: Sequence[str]) -> bool:
    """Whether a text is nothing but several statuses, as over the shares of a chart."""
    statuses = "|".join(map(re.escape, sorted(plain, key=len, reverse=True)))
    return re.fullmatch(rf"(?:{statuses}){{2,}}", match_key(text)) is not None


def _is_chart(tokens: Sequence[str], settings: AssembleSettings) -> bool:
    """Whether texts are labels of a chart: shares of a whole, or the figures of a goal."""
    figures = [token for token in tokens if is_number(token)]
    words = "".join(token for token in tokens if not is_number(token))
    if re.match(settings.lines.part, match_key(words)):
        return True
    if not figures and _are_statuses(words, settings.legend.words.plain):
        return True
    shares = [match_key(figure).removesuffix("%") for figure in figures]
    if not figures or not all(match_key(figure).endswith("%") for figure in figures):
        return False
    plain = [share for share in shares if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", share)]
    whole = sum((Decimal(share) for share in plain), Decimal(0))
    return len(plain) == len(figures) and abs(whole - 100) <= 1


def _is_heading(row: Sequence[Line], vocabulary: Vocabulary) -> bool:
    """Whether lines side by side are the headings of indicators or projects, word for word."""
    found = [vocabulary.match(line.text) for line in row]
    kinds = {match.kind for match in found if match is not None and match.score == CERTAIN}
    if not all(match is not None for match in found):
        return False
    return len(kinds) > 1 and ("project" in kinds or ("name" in kinds and bool(VALUES & kinds)))


def _is_under_headings(rows: Sequence[Sequence[Line]], vocabulary: Vocabulary) -> bool:
    """Whether the last of some lines is of figures, and lines just above name two roles of them."""
    *above, row = rows
    if len(row) < _ROW_OF_FIGURES or sum(is_measure(one.text) for one in row) < _FIGURES_BELOW:
        return False
    found = [
        vocabulary.match(line.text)
        for others in above
        for line in others
        if line.page == row[0].page and 0 < row[0].box[1] - line.box[1] <= _UNDER * line.size
    ]
    roles = {one.kind for one in found if one is not None and one.score == CERTAIN}
    return len(roles & VALUES) > 1


def _in_columns(row: Sequence[Line], understood: Sequence[Read]) -> bool:
    """Whether lines side by side stand in the columns of a table without rules just before them."""
    spot = (row[0].page, row[0].box[1])
    if len(row) < 2:
        return False
    before = [
        (piece.page, piece.box[3], one)
        for one in understood
        for piece in one.table.pieces[-1:]
        if not one.table.is_drawn and (piece.page, piece.box[3]) <= (spot[0], spot[1] + 1)
    ]
    if not before:
        return False
    page, bottom, last = max(before, key=lambda item: item[:2])
    columns = list(pairwise(last.table.edges))
    stands = [
        next((at for at, x in enumerate(columns) if _is_between(line, x)), None) for line in row
    ]
    if None in stands:
        return False
    if spot[0] == page + 1 or (spot[0] == page and spot[1] - bottom <= 2 * row[0].size):
        return len(row) == len(columns) or (spot[0] == page and _says_again(row, stands, last))
    high = max(cell.box[3] - cell.box[1] for cell in last.table.pieces[-1].cells)
    return spot[0] == page and spot[1] - bottom <= high and _says_again(row, stands, last)


def _is_between(line: Line, column: tuple[float, float]) -> bool:
    return column[0] - 1 <= line.box[0] and line.box[2] <= column[1] + 1


def _says_again(row: Sequence[Line], stands: Sequence[int | None], table: Read) -> bool:
    """Whether lines begin with a name and one repeats the unit or direction of a row above."""
    kinds = [column.kind for column in table.header.columns] if table.header else []
    if not kinds or kinds[stands[0] or 0] != "name":
        return False
    return any(
        at is not None
        and kinds[at] in {"unit", "direction"}
        and any(
            (cell := cells[at]) is not None and match_key(cell.text) == match_key(line.text)
            for cells in table.body
        )
        for line, at in zip(row, stands, strict=True)
    )


def _like_a_project(row: Sequence[Line], understood: Sequence[Read], office: str) -> bool:
    """Whether two lines side by side begin where name and text of a table of projects do.

    A line that begins with an office in brackets is one with the text beside it, or alone.
    The table has no ruled columns and stands before them on their page or on one of those before.
    """
    begun = _OFFICE_FIRST.match(row[0].text.strip())
    alone = len(row) == 1 and begun is not None and bool(re.search(office, begun.group(1)))
    if len(row) != _PAIR and not alone:
        return False
    spot = (row[0].page, row[0].box[1])
    for one in understood:
        if one.header is None or not one.header.is_projects or len(one.table.edges) != _PAIR + 1:
            continue
        left, side, right = one.table.edges
        if (
            any(
                piece.method != "ruled"
                and (spot[0] - _PAGES_ON, 0.0) <= (piece.page, piece.box[1]) < spot
                for piece in one.table.pieces
            )
            and abs(row[0].box[0] - left) <= _BEGINS
            and (alone or _are_beside(row, side, right))
        ):
            return True
    return False


def _are_beside(row: Sequence[Line], side: float, right: float) -> bool:
    """Whether the second of two lines begins where the second of two columns does."""
    name, text = row
    return name.box[2] <= text.box[0] and side - _BEGINS <= text.box[0] < (side + right) / 2


def _heads_a_table(row: Sequence[Line], understood: Sequence[Read]) -> bool:
    """Whether the next table goes on below headings that were left alone at the end of a page."""
    spot = (row[0].page, row[0].box[3])
    later = [one for one in understood if (one.table.page, one.table.box[1]) >= spot]
    following = min(later, key=lambda one: (one.table.page, one.table.box[1]), default=None)
    return (
        following is not None
        and following.table.page <= row[0].page + 1
        and following.header is not None
        and following.header.count == 0
    )


def _by_baseline(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of the pages that stand at one height, left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.page, line.box[3])):
        last = rows[-1][0] if rows else None
        level = last is not None and abs(last.box[3] - line.box[3]) <= 0.4 * line.size
        if last is not None and last.page == line.page and level:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.box[0]) for row in rows]


def _like_a_row(tokens: Sequence[str]) -> bool:
    """Whether texts are like a row of a table: words, then two figures or a unit and three."""
    runs: list[list[str]] = [[]]
    worded = False
    for token in tokens:
        if is_measure(token) and not _DIALLED.match(token):
            runs[-1].append(token)
            if worded and len(runs[-1]) == 2 and len({t[-1].isdigit() for t in runs[-1]}) == 1:
                return True
        else:
            runs.append([])
            worded = worded or sum(map(str.isalpha, token)) >= 2
    begins_with_words = bool(tokens) and not is_number(tokens[0])
    return begins_with_words and max(map(len, runs)) >= _ROW_OF_FIGURES


def asked_once(remarks: Iterable[Remark]) -> list[Remark]:
    """The remarks, one doubt for all tables with one key, with the pages of them all.

    The others are told as tables that were not taken over.
    """
    kept: list[Remark] = []
    for remark in remarks:
        key = remark.parameters.get("key", "")
        like = (
            at
            for at, one in enumerate(kept)
            if key and one.rule == remark.rule and same_keys(key, one.parameters.get("key", ""))
        )
        at = next(like, None)
        if at is None:
            pages = {"pages": str(remark.page)} if key else {}
            kept.append(replace(remark, parameters={**remark.parameters, **pages}))
        else:
            before = kept[at].parameters
            on = dict.fromkeys([*before["pages"].split(", "), str(remark.page)])
            kept[at] = replace(kept[at], parameters={**before, "pages": ", ".join(on)})
            if remark.rule == "layout.not-understood":
                rule = "structure.table-not-understood"
                kept.append(replace(remark, rule=rule, parameters={}))
    return kept


def without_headings(
    read: Sequence[Read],
    understood: Sequence[Read],
    statuses: Sequence[str],
    *,
    explained: Sequence[str] = (),
    holds_none: Callable[[Read], bool],
) -> list[Remark]:
    """A doubt for each table that has no headings but rows like those of indicators.

    Such a row begins with words, holds two figures, and bears a status of this document, is the
    first of a table with as many columns as those of the indicators, or holds its figures under
    two columns of figures of a table of indicators before it, with figures in its first row.  A
    digit is no such status: it may be any figure; nor is a dash.  Beside sheets of one indicator,
    whose names stand above them, one row of figures as wide as theirs lost its headings.

    ``explained``: the statuses that the legend explains; a table of counts may name them all.
    """
    known = {id(one) for one in understood}
    indicators = sorted(
        (one for one in understood if one.header and one.header.is_indicators), key=_spot
    )
    widths = {len(one.table.edges) for one in indicators}
    sheets = {len(one.table.edges) for one in understood if one.header and one.header.is_unnamed}
    told = {word for word in map(match_key, statuses) if not is_number(word) and word.strip("-－―")}
    words = {match_key(word) for word in (*statuses, *explained)}
    remarks: list[Remark] = []
    for one in read:
        if id(one) in known or (one.header is not None and _says_roles(one.header)):
            continue
        body = one.body or one.table.rows
        rows = [[text.strip() for text in texts(row) if text.strip()] for row in body]
        like = [
            row
            for row in map(_without_number, rows)
            if row and _begins_a_row(row) and not _names_statuses(row, words)
        ]
        first = _without_number(next((row for row in rows if len(row) > 1), rows[0]))
        headless = any(map(is_measure, first[1:])) and not _names_statuses(first, words)
        judged = any(match_key(text) in told for row in like for text in row[1:])
        as_wide = len(one.table.edges) in widths and first in like
        goes_on = headless and _under_figures(one, indicators)
        alone = [row for row in rows if sum(map(is_measure, row)) > 1]
        if len(one.table.edges) in sheets and len(rows) == len(alone) == 1:
            like, as_wide = like or alone, True
        if like and (judged or as_wide or goes_on) and not holds_none(one):
            remarks.append(
                Remark(
                    rule="reading.table-without-headings",
                    page=one.table.page,
                    box=one.table.box,
                    printed=label(" | ".join(like[0])),
                    parameters={"key": table_key(one)},
                )
            )
    return asked_once(remarks)


def _says_roles(header: Header) -> bool:
    """Whether headings are more than the years that are left of them."""
    return any(
        column.kind != "unknown" or (column.header.strip() and not is_year_only(column.header))
        for column in header.columns
    )


def _without_number(row: list[str]) -> list[str]:
    """The texts of a row without the number that it may bear in front."""
    return row[1:] if row and _OWN_NUMBER.fullmatch(match_key(row[0])) else row


def _names_statuses(row: Sequence[str], words: set[str]) -> bool:
    """Whether a row holds nothing but different statuses behind its first cell: 5, 4, 3, 計.

    It heads a table of counts where the statuses are digits.
    """
    figures = [match_key(text) for text in row[1:] if is_measure(text)]
    return len(set(figures)) == len(figures) and words >= set(figures)


def _begins_a_row(row: Sequence[str]) -> bool:
    return not is_number(row[0]) and _like_a_row(row)


def _under_figures(one: Read, indicators: Sequence[Read]) -> bool:
    """Whether a row holds figures under two columns of figures of the table before it.

    ``indicators``: in the order in which they stand.
    """
    before = bisect_left(indicators, _spot(one), key=_spot)
    if not before:
        return False
    last = indicators[before - 1]
    kinds = [column.kind for column in last.header.columns] if last.header else []
    spans = [
        span
        for span, kind in zip(pairwise(last.table.edges), kinds, strict=False)
        if kind in VALUES
    ]
    for row in one.table.rows:
        middles = [
            (cell.printed.box[0] + cell.printed.box[2]) / 2
            for cell in distinct(row)
            if is_measure(cell.text)
        ]
        if sum(any(x0 < middle < x1 for middle in middles) for x0, x1 in spans) > 1:
            return True
    return False


def _spot(one: Read) -> tuple[int, float]:
    return (one.table.page, one.table.box[1])


def unruled(understood: Sequence[Read]) -> list[Remark]:
    """A remark for each page on which rows rest on the alignment of text."""
    boxes: dict[int, list[Box]] = {}
    for one in understood:
        for piece in one.table.pieces:
            if piece.method in {"horizontal", "text"}:
                boxes.setdefault(piece.page, []).append(piece.box)
    return [
        Remark(rule="reading.unruled-table", page=page, box=around(found))
        for page, found in sorted(boxes.items())
    ]


def said_once(remarks: Iterable[Remark]) -> list[Remark]:
    """The remarks, those about a word only where it stands first."""
    said: set[tuple[str, str]] = set()
    kept: list[Remark] = []
    for remark in remarks:
        key = (remark.rule, remark.subject)
        if key not in said or not remark.rule.startswith(_SAID_ONCE):
            kept.append(remark)
        said.add(key)
    return kept
