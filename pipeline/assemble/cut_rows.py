"""Rows that a page edge, or the end of a line, cut in two: told apart from whole ones, and joined.

A join rests on what is missing from the rows on both sides and on how their texts end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.assemble.logical_tables import Placed, Row, column_texts, distinct
from pipeline.assemble.vocabulary import is_measure, is_number
from pipeline.japanese.text import label
from pipeline.model import Printed, Spot, Table

_NUMBERED = re.compile(
    r"(?:[【\[(<〈《「][^\W\d_]{0,6}|[^\W\d_]{2,6})\s*(?:[0-9]{1,2}|[IVX]+(?![A-Za-z]))(?![0-9])"
    r"|(?:[0-9]{1,2}|[IVX]+)(?:[-.][0-9]{1,2})*[\s.:、)\]】]"
)
"""How a goal or policy begins that has a number: 【基本目標1】, 施策1-1, (2), II."""

_GROUP = re.compile(
    r"(?:[(（][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}(?:[.．、]|-[0-9]{1,2}))\s*[^\W\d_]{2}"
    r"|[^\W\d_]{2,6}[0-9０-９]{1,2}(?:-[0-9０-９]{1,2})?[\s:：.．、][^\W\d_]{2}"
)
"""How the name of a group of rows begins that has a number: (2) 生涯学習, 施策1-2 防災."""

_FIGURES_OF_TWO_ROWS = 2
"""Columns with whole figures on both sides of a page edge: there are two rows then."""


def _blank(row: Row) -> set[int]:
    return {column for column, cell in enumerate(row) if cell is None or not cell.text.strip()}


def _usual(rows: Sequence[Row]) -> set[int]:
    """The columns that are filled in most of the rows."""
    if not rows:
        return set()
    blanks = [_blank(row) for row in rows]
    columns = range(len(rows[0]))
    return {
        column for column in columns if sum(column not in blank for blank in blanks) * 2 > len(rows)
    }


def _left_open(text: str) -> int:
    """How many brackets a text opens and does not close; negative if it closes more."""
    return sum(text.count(mark) for mark in "(（【「『") - sum(text.count(m) for m in ")）】」』")


def join_open_brackets(rows: Sequence[Row], column: int, figures: Sequence[int]) -> list[Row]:
    """Rows of which a table without ruled rows made two, one for each line, made whole.

    The text of a ``column`` opens a bracket above and closes it below, where no figure stands in
    the columns of ``figures``.
    """
    joined: list[Row] = []
    for row in rows:
        above = joined[-1][column] if joined else None
        here = row[column]
        bare = not any((cell := row[at]) is not None and is_measure(cell.text) for at in figures)
        if bare and above and here and _left_open(above.text) > 0 > _left_open(here.text):
            joined[-1] = join_rows(joined[-1], row)
        else:
            joined.append(row)
    return joined


def join_broken_figures(rows: Sequence[Row]) -> list[Row]:
    """Rows of which a table without ruled rows made two where all figures break, made whole.

    Of ``12.0 | 65.0`` above and ``0 | 5`` below; told as under a page edge, and the lower row
    lacks all else that is usual but words in one column: the rest of the name.
    """
    usual = _usual(rows)
    joined: list[Row] = []
    for row in rows:
        lacking = usual & _blank(row)
        figures = [cell for cell in distinct(row) if is_number(cell.text)]
        bare = len(distinct(row)) - len(_blank(row)) - len(figures) <= 1 < len(lacking)
        rest = tuple(cell if cell in figures else None for cell in row)
        if (
            joined
            and bare
            and not lacking & _blank(joined[-1])
            and _are_last_digits(joined[-1], rest, rows)
        ):
            joined[-1] = join_rows(joined[-1], row)
        else:
            joined.append(row)
    return joined


def is_cut(last: Row, first: Row, others: Sequence[Row]) -> bool:
    """Whether a page edge cut one row into ``last`` (above) and ``first`` (below).

    Evidence: a row that lacks most of what the ``others`` of this table have while its other
    part has it; a bracket opened above and not closed there, or a cell below that is nothing but
    a bracket; a cell above that does not end as the cells of its column end.  Two rows that both
    have figures in several of the same columns are two.
    """
    usual = _usual(others) or (set(range(len(last))) - _blank(last) - _blank(first))
    lacking_below = usual & _blank(first)
    lacking_above = usual & _blank(last)
    cut_figure = any(map(_is_cut_between, last, first)) or _figures_go_on(last, first, others)
    group = not lacking_above and _names_a_group(last, first)
    group = group or _heads_the_next(last, first, others)
    if not cut_figure and (group or _both_have_figures(last, first)):
        return False
    if cut_figure or (lacking_below and len(lacking_below) * 2 >= len(usual)):
        return True
    if lacking_above and len(lacking_above) * 2 >= len(usual) and not lacking_below:
        return True
    if lacking_above and lacking_below and not lacking_above & lacking_below:
        return True
    pairs = [
        (above, below, column_texts(others, index))
        for index, (above, below) in enumerate(zip(last, first, strict=True))
        if above is not None and below is not None
    ]
    if pairs and _both_whole(*pairs[0]):
        return False
    return any(_cut_inside(*pair) for pair in pairs)


def is_rest_of_row(upper: Table, lower: Table, rows: Sequence[Row]) -> bool:
    """Whether a piece holds but the words that are left of the row above, which the edge cut.

    The cells of both are open at the edge; where it has no text the piece may lack cells at all.
    """
    cut = upper.open_bottom and lower.open_top
    return cut and len(rows) == 1 and not any(is_measure(cell.text) for cell in distinct(rows[0]))


def is_last_line(above: Row, last: Row, whole: Sequence[Row]) -> bool:
    """Whether the ``last`` row before a page edge is but the last line of the row above it.

    Without rules the lines of a row may come apart.  It has words only, where the row above has
    text, and the two are together no higher than any of the ``whole`` rows, to a point.
    """
    filled = set(range(len(last))) - _blank(last)
    words = not any(is_measure(cell.text) for cell in distinct(last) if cell.text.strip())
    heights = [_height(row) for row in whole]
    return (
        bool(filled)
        and words
        and not filled & _blank(above)
        and 2 * len(filled) <= len(last) - len(_blank(above))
        and bool(heights)
        and _height(above) + _height(last) <= min(heights) + 1
    )


def _height(row: Row) -> float:
    """How high a row is, in points."""
    boxes = [cell.printed.box for cell in distinct(row)]
    return max((box[3] for box in boxes), default=0) - min((box[1] for box in boxes), default=0)


def _is_cut_between(above: Placed | None, below: Placed | None) -> bool:
    return above is not None and below is not None and is_cut_figure(above.text, below.text)


def is_cut_figure(above: str, below: str) -> bool:
    """Whether a figure ends short of three digits behind its separator, and the rest is below.

    So it is cut if it ends or goes on with its decimal mark: 12. / 5, or 119 / .4.
    """
    upper, rest = label(above), label(below)
    if begun := _BEGUN.search(upper):
        return _DIGITS.fullmatch(begun.group(1) + rest) is not None
    return any(pattern.search(f"{upper} {rest}") for pattern in _POINTED)


def _figures_go_on(above: Row, below: Row, others: Sequence[Row]) -> bool:
    """Whether all that stands below are last digits of some of the figures above: 12.0 / 0."""
    filled = [cell for cell in distinct(below) if cell.text.strip()]
    figures = [cell for cell in distinct(above) if is_measure(cell.text)]
    return len(filled) < len(figures) and _are_last_digits(above, below, others)


def _are_last_digits(above: Row, below: Row, others: Sequence[Row]) -> bool:
    """Whether all that stands below are digits under figures, and the figures break there.

    In their columns those of ``others`` do.
    """
    upper, lower = ([cell.text.strip() if cell else "" for cell in row] for row in (above, below))
    filled = [at for at, text in enumerate(lower) if text]
    return bool(filled) and all(
        is_measure(upper[at])
        and _ONLY_DIGITS.fullmatch(label(lower[at])) is not None
        and _break_at(column_texts(others, at), len(upper[at].split("\n")[-1]))
        for at in filled
    )


def _break_at(texts: Sequence[str], length: int) -> bool:
    """Whether a figure among the texts of a column goes on in a next line after so many letters."""
    broken = [text.split("\n") for text in texts if is_number("".join(text.split()))]
    return any(len(lines) > 1 and len(lines[0]) <= length for lines in broken)


def _names_a_group(last: Row, first: Row) -> bool:
    """Whether the only text below a whole row is the numbered name of a group: (2) 生涯学習."""
    texts = [cell.text.strip() for cell in distinct(first) if cell.text.strip()]
    opened = any(_left_open(cell.text) > 0 for cell in distinct(last))
    return len(texts) == 1 and not opened and _GROUP.match(texts[0]) is not None


def _heads_the_next(last: Row, first: Row, others: Sequence[Row]) -> bool:
    """Whether the only text above a page edge is the numbered name of the group that begins below.

    No row with more than that begins so (their names may be numbered).
    """
    texts = [cell for cell in distinct(last) if cell.text.strip()]
    if len(texts) != 1 or _GROUP.match(texts[0].text.strip()) is None or _left_open(texts[0].text):
        return False
    whole = [first, *(row for row in others if len(row) - len(_blank(row)) > 1)]
    return not any(_GROUP.match(cell.text.strip()) for row in whole for cell in distinct(row))


def _both_have_figures(above: Row, below: Row) -> bool:
    """Whether whole figures stand above and below in at least two columns.

    A figure in brackets, (227), is whole where the row below lacks nothing.
    """
    bare = _BARE if _blank(below) <= _blank(above) else ""
    pairs = {
        (id(upper), id(lower)): is_measure(upper.text) and is_measure(lower.text.strip(bare))
        for upper, lower in zip(above, below, strict=True)
        if upper is not None and lower is not None
    }
    return sum(pairs.values()) >= _FIGURES_OF_TWO_ROWS


def _both_whole(above: Placed, below: Placed, others: Sequence[str]) -> bool:
    """Whether the first cells above and below each end as the cells of their column end."""
    ending = usual_ending(others)
    upper, lower = above.text.strip(), below.text.strip()
    bare = _BRACKETED.fullmatch(lower)
    return bool(ending) and not bare and _ends(upper, ending) and _ends(lower, ending)


def _cut_inside(above: Placed, below: Placed, others: Sequence[str]) -> bool:
    """Whether one cell's text goes on below, told by its brackets and by how others end."""
    upper, lower = above.text.strip(), below.text.strip()
    if not upper or not lower:
        return False
    if _left_open(upper) > 0:
        return True
    if _BRACKETED.fullmatch(lower) and not any(_BRACKETED.fullmatch(text) for text in others):
        return True
    ending = usual_ending(others)
    return bool(ending) and not _ends(upper, ending) and _ends(lower, ending)


_BRACKETED = re.compile(r"[(（【〔][^()（）【】〔〕]*[)）】〕]")
_BEGUN = re.compile(r"[0-9],([0-9]{0,2})$")
_ONLY_DIGITS = re.compile(r"[0-9]+")
_DIGITS = re.compile(r"[0-9]{3}(?:,[0-9]{3})*")
_POINTED = (re.compile(r"[0-9]\. [0-9]+$"), re.compile(r"[0-9] [.,][0-9]+(?:,[0-9]{3})*$"))
_BARE = "(（)） \n"
"""What stands about a figure in brackets, and blanks."""
_ENDINGS = (")）】", "。．")
_MANY = 0.8
"""Share of a column's texts that end alike, from which another end tells a cut."""


def _ends(text: str, ending: str) -> bool:
    return text.endswith(tuple(ending))


def usual_ending(texts_of_column: Sequence[str]) -> str:
    """The closing mark with which nearly all texts of a column end; ``""`` if there is none."""
    if len(texts_of_column) < 2:
        return ""
    for ending in _ENDINGS:
        share = sum(_ends(text, ending) for text in texts_of_column) / len(texts_of_column)
        if share >= _MANY:
            return ending
    return ""


def join_printed(above: Printed, below: Printed) -> Printed:
    """One text from its two places."""
    if not below.text.strip():
        return above
    if not above.text.strip():
        return below
    second = None
    if above.second is not None and below.second is not None:
        second = f"{above.second}\n{below.second}"
    return Printed(
        text=f"{above.text}\n{below.text}",
        page=above.page,
        box=above.box,
        reader=above.reader,
        second=second,
        continued=(*above.continued, Spot(page=below.page, box=below.box), *below.continued),
    )


def _whole(above: Placed, below: Placed) -> Placed:
    """A cell of which a page edge made two."""
    return Placed(
        printed=join_printed(above.printed, below.printed),
        first=above.first,
        last=above.last,
        fill=above.fill or below.fill,
        rows=above.rows,
    )


def join_rows(last: Row, first: Row) -> Row:
    """The two parts of a cut row made whole, column by column."""
    made: dict[tuple[int, int], Placed] = {}
    joined: list[Placed | None] = []
    for above, below in zip(last, first, strict=True):
        if above is None or below is None or above is below:
            joined.append(above or below)
            continue
        key = (id(above), id(below))
        if key not in made:
            made[key] = _whole(above, below)
        joined.append(made[key])
    return tuple(joined)


def join_lines_of_rows(rows: Sequence[Row], column: int) -> list[Row]:
    """Rows of which a table without ruled rows made several, one for each line, made whole.

    Told by how the texts of a ``column`` end, as names end with their office in brackets: what
    follows before such an end, and what has nothing in that column, belongs to the row above.
    """
    ending = _bracketed_ending(column_texts(rows, column))
    if not ending:
        return list(rows)
    joined: list[Row] = []
    for row in rows:
        cell = row[column]
        text = cell.text.strip() if cell is not None else ""
        above = joined[-1][column] if joined else None
        open_above = above is not None and not _ends(above.text.strip(), ending)
        if joined and (not text or open_above):
            joined[-1] = join_rows(joined[-1], row)
        else:
            joined.append(row)
    return joined


def _bracketed_ending(texts_of_column: Sequence[str]) -> str:
    """The closing brackets, if most texts of a column end with one or are nothing else."""
    bare = [text for text in texts_of_column if _BRACKETED.fullmatch(text)]
    ended = [text for text in texts_of_column if _ends(text, _ENDINGS[0])]
    return _ENDINGS[0] if bare and 2 * len(ended) >= len(texts_of_column) else ""


def join_merged(above: list[Row], below: list[Row]) -> list[Row]:
    """A cell merged over rows on both sides of a page edge has its text on one side, or parted.

    Gives both parts the whole text, in ``above`` itself and in the rows returned.  Both sides have
    text of one cell where all cells above begin with a number and the first below does not.  Of a
    cell of two rows each side has one: it is told by the other cells of its column.
    """
    for column, (upper, lower) in enumerate(zip(above[-1], below[0], strict=True)):
        if upper is not None and lower is None and _is_open(below, column, upper):
            below = _filled(below, column, upper)
        if upper is None or lower is None:
            continue
        if max(upper.rows, lower.rows) == 1 and not _is_cut_to_one(above, below, column):
            continue
        if upper.text.strip() and lower.text.strip():
            if _is_parted(above, column, lower):
                whole = _whole(upper, lower)
                for index in range(len(above)):
                    above[index] = _with(above[index], column, upper, whole)
                below = [_with(row, column, lower, whole) for row in below]
            continue
        if not upper.text.strip() and not lower.text.strip():
            continue
        blank, full = (lower, upper) if upper.text.strip() else (upper, lower)
        if blank is upper:
            for index in range(len(above) - upper.rows, len(above)):
                above[index] = _with(above[index], column, upper, full)
        else:
            below = [_with(row, column, lower, full) for row in below]
    return below


def _is_open(below: Sequence[Row], column: int, upper: Placed) -> bool:
    """Whether no cell stands under a page edge where one merged over rows goes on.

    Its sides at the page edge are not drawn.  All other cells of the column hold text, so that
    none lacks its own.
    """
    rest = [cell for row in below if (cell := row[column]) is not None]
    return upper.rows > 1 and bool(upper.text.strip()) and all(c.text.strip() for c in rest)


def _filled(below: Sequence[Row], column: int, upper: Placed) -> list[Row]:
    """The rows with a cell in the first ones, which have none in its column."""
    count = next((at for at, row in enumerate(below) if row[column] is not None), len(below))
    return [
        (*row[:column], upper, *row[column + 1 :]) if at < count else row
        for at, row in enumerate(below)
    ]


def _is_cut_to_one(above: Sequence[Row], below: Sequence[Row], column: int) -> bool:
    """Whether an empty cell under a page edge is the lower half of one merged over two rows.

    It is the only empty one of a column at the left, others of which are merged.
    """
    upper, lower = above[-1][column], below[0][column]
    cells = [row[column] for row in (*above, *below)]
    rest = [cell for cell in cells if cell is not None and cell is not lower]
    left = {id(cell) for row in below for cell in row[:column] if cell is None or cell.rows == 1}
    return (
        upper is not None
        and lower is not None
        and not lower.text.strip()
        and not left
        and any(cell.rows > 1 for cell in rest)
        and all(cell.text.strip() for cell in rest)
    )


def is_numbered(text: str) -> bool:
    """Whether a text begins with the number of a goal or policy: 【基本目標1】, 施策1-1, (2)."""
    return bool(_NUMBERED.match(label(text))) and not is_number(text)


def _is_parted(above: Sequence[Row], column: int, lower: Placed) -> bool:
    """Whether a merged cell under a page edge goes on with a text that is numbered above."""
    numbered = [is_numbered(text) for text in column_texts(above, column)]
    body = numbered[numbered.index(True) :] if True in numbered else []
    return bool(body) and all(body) and not is_numbered(lower.text)


def _with(row: Row, column: int, old: Placed, new: Placed) -> Row:
    if row[column] is not old:
        return row
    return tuple(new if cell is old else cell for cell in row)
