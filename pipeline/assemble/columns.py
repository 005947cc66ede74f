"""Logical tables → what kind of table it is, and its rows with roles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from pipeline.assemble.cut_rows import is_cut_figure
from pipeline.assemble.logical_tables import Logical, Placed, Row, column_texts, distinct, texts
from pipeline.assemble.vocabulary import (
    CERTAIN,
    Match,
    Vocabulary,
    is_measure,
    is_number,
    is_year_only,
    looks_like_heading,
    without_remark,
)
from pipeline.japanese.eras import find_years
from pipeline.japanese.text import label, match_key
from pipeline.model import Entry, Kind, Remark

FIGURES: frozenset[Kind] = frozenset({"baseline", "target", "actual", "rate", "status"})
VALUES: frozenset[Kind] = frozenset({"baseline", "target", "actual"})
_BESIDE_FIGURES: frozenset[Kind] = frozenset({"note", "definition", "department"})
"""Roles of words that may stand right of a column of figures."""
_WORDS: frozenset[Kind] = frozenset({"department", "unit", "direction", "definition", "note"})
"""Roles of words that may stand beside a name."""
_HEADER_ROWS = 4
"""Rows of headings, at most."""
_FEWEST_MARKS = 3
"""Marks in a column, at least, that make it one of statuses by themselves."""
_LONGEST_FIGURE = 24
"""Characters of a cell that may be a figure; a longer one is a sentence with digits."""
_FEWEST_FIGURES = 2
_FEWEST_ACROSS = 3
"""Kinds of columns, at least, that words lie over which no single figure may stand for."""
"""Headings that end in a figure, from which a row may stand in them."""
_LONGEST_NUMBER = 5
"""Characters of what counts a row (12, ①, 1-2-3)."""
_LIKE_A_YEAR = re.compile(r"\d{1,2}|\d{1,4}(?:年度?|年?月|年度?末)|\d{1,2}[かカヵヶケ箇]年.*")


_NUMERALS = re.compile("[0-9０-９一二三四五六七八九十Ⅰ-Ⅻ]+")
_NUMBERED = re.compile(rf"[^\w]?\D{{0,4}}{_NUMERALS.pattern}\S{{0,4}}(?=\s)")

_ENDS_IN_A_FIGURE = re.compile(r"[0-9][0-9,.]*(?:%|[^\W0-9_]{1,3})?$")
"""A figure with its unit at the end of a name with which it was read as one cell."""
_FIGURE_FIRST = re.compile(r"(?:約|およそ|概ね|おおむね|年間?)?[△▲(+-]*[0-9][0-9,.]*[^。、]{0,12}")
"""A figure with what counts it, and a year at most; 約 may stand before it."""


@dataclass(frozen=True)
class Column:
    """A column's role and its heading as printed (two-level headings joined by ``\\n``)."""

    kind: Kind
    header: str
    score: int
    inferred: bool = False
    """The heading says nothing that is known; the role rests on what the column holds."""
    told: Literal["", "common", "own"] = ""
    """Whether the heading's word gives the role: one that other tables use as well, or its own."""
    parts_names: bool = False
    """It stands right of the names and tells rows of one name apart, under no word that does."""


@dataclass(frozen=True)
class Header:
    """The heading of a table: ``count`` rows after ``skip`` rows of title, one column each."""

    skip: int
    count: int
    columns: tuple[Column, ...]
    figures: bool = True
    """Whether a figure stands in a column of values, or there is no row below yet."""
    wordy: bool = True
    """Whether words stand in a column whose heading is unknown, or there is no row below yet."""
    limited: bool = False
    """Whether the figures may be of something else, as where limits and no target stand there."""
    given: bool = False
    """Whether a person gave the columns their roles."""
    inherited: bool = False
    """Whether they are those of an earlier table, and no cell bears out that they are meant."""

    @property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(column.kind for column in self.columns)

    def told(self, *strengths: str) -> frozenset[Kind]:
        """The roles that headings give by their words."""
        return frozenset(column.kind for column in self.columns if column.told in strengths)

    @property
    def is_indicators(self) -> bool:
        """Whether words say so: a name, and a target, a status, or a baseline with an actual.

        Where the word for the name is in common use or unknown, a target and one more are needed,
        or a status with two figures, or a baseline with an actual.
        """
        if "name" not in self.kinds or not VALUES & self.kinds or not self.figures:
            return False
        if self.limited:
            return False
        told, own = self.told("common", "own"), self.told("own")
        if "name" in own:
            return bool({"target", "status"} & told) or {"baseline", "actual"} <= self.kinds
        judged = "status" in own and len(told & VALUES) > 1
        both_ends = "target" in told and {"baseline", "actual"} <= own
        return judged or both_ends or ("target" in own and bool(told & (FIGURES - {"target"})))

    @property
    def is_unnamed(self) -> bool:
        """Whether values stand in it but no name: that of its one indicator stands above it.

        The word for the target is its own, or it is told beside a baseline and an actual, or these
        stand beside a status, or all four are told, one of them by its own word; a column of
        figures under an unknown word is no name.
        """
        words = {"name", "project", "goal", "policy", "definition", "summary"}
        words |= {"unknown"} if self.wordy else set()
        own, told_of = self.told("own"), self.told("common", "own")
        several = len(VALUES & self.kinds) > 1
        told = (
            "target" in own
            or ("target" in told_of and {"baseline", "actual"} <= own)
            or ("status" in own and {"baseline", "actual"} <= told_of)
            or (bool(own & VALUES) and {"baseline", "target", "actual", "status"} <= told_of)
        )
        return several and told and not words & self.kinds

    @property
    def is_projects(self) -> bool:
        return "project" in self.kinds and not VALUES & self.kinds


def is_banner(row: Row) -> bool:
    """Whether one cell takes the whole width of a table of several columns."""
    first = row[0] if len(row) > 1 else None
    whole = first is not None and first.last - first.first + 1 == len(row)
    return whole and len(distinct(row)) == 1


def is_like_banner(row: Row, rows: Sequence[Row]) -> bool:
    """Whether the only text of a row begins as the only text of another among ``rows``.

    第2節 begins as 第1節: a page edge may leave it in the first column, and where no rule parts
    the columns all of them stand there.
    """
    begun = _beginning(_only_text(row))
    return bool(begun) and any(_beginning(_only_text(other)) == begun for other in rows)


def _only_text(row: Row) -> str:
    """The text of a row that has one; else ``""``."""
    filled = [cell.text for cell in distinct(row) if cell.text.strip()]
    return filled[0] if len(filled) == 1 else ""


def _beginning(text: str) -> str:
    """The number with which a text begins, and what stands about it: 第#節, (#), #-#."""
    found = _NUMBERED.match(text.strip())
    return _NUMERALS.sub("#", found.group()) if found else ""


def find_header(rows: Sequence[Row], vocabulary: Vocabulary) -> Header | None:
    """The heading rows of a table, if it has any that are understood."""
    skip = 0
    while skip < min(3, len(rows)) and is_banner(rows[skip]):
        skip += 1
    count = 0
    for row in rows[skip : skip + _HEADER_ROWS]:
        above = rows[skip : skip + count]
        goes_on = _lower_level(row, rows, skip) or _closes_brackets(row, above)
        if _says_what_it_is(row, above, vocabulary):
            break
        if not looks_like_heading(texts(row), vocabulary) and not goes_on:
            break
        count += 1
    if not count:
        return None
    body = rows[skip + count :]
    columns = [
        _column(rows[skip : skip + count], index, vocabulary) for index in range(len(rows[0]))
    ]
    joined = _with_spare_years(columns, body)
    settled = _settled(joined, body, vocabulary)
    figures = not body or any(
        _is_figure(text)
        for index, column in enumerate(settled)
        if column.kind in VALUES
        for text in column_texts(body, index)
    )
    wordy = not body or any(
        not (is_number(text) or is_dash(text))
        for index, column in enumerate(settled)
        if column.kind == "unknown"
        for text in column_texts(body, index)
    )
    limited = _is_limited(settled, body, vocabulary)
    return Header(
        skip=skip, count=count, columns=settled, figures=figures, wordy=wordy, limited=limited
    )


def _is_limited(columns: Sequence[Column], body: Sequence[Row], vocabulary: Vocabulary) -> bool:
    """Whether figures are compared with limits and no target: 基準 | 実績, or 適合 beside them."""
    if any(column.kind == "target" for column in columns):
        return False
    limits = any(one.kind == "baseline" and vocabulary.is_limit(one.header) for one in columns)
    judged = [
        text
        for index, column in enumerate(columns)
        if column.kind == "status"
        for text in column_texts(body, index)
    ]
    return limits or vocabulary.conforms(judged)


def _says_what_it_is(row: Row, above: Sequence[Row], vocabulary: Vocabulary) -> bool:
    """Whether a row below years begins with what it is of: 達成状況 | | | 目標達成."""
    first = row[0]
    if first is None or not above or first is above[-1][0]:
        return False
    found = vocabulary.match(first.text) if first.text.strip() else None
    years = sum(map(is_year_only, texts(above[0])))
    return years > 1 and found is not None and found.kind in FIGURES


def is_dash(text: str) -> bool:
    """Whether a cell holds nothing but a sign for a figure that is missing."""
    return not match_key(text).strip("-")


def _is_figure(text: str) -> bool:
    return _has_digit(match_key(text)) and len(match_key(text)) <= _LONGEST_FIGURE


def _lower_level(row: Row, rows: Sequence[Row], skip: int) -> bool:
    """Whether a row still belongs to a heading cell that spans down from the first one."""
    first = rows[skip]
    return (
        row is not first
        and any(cell is not None and cell is above for cell, above in zip(row, first, strict=True))
        and not any(is_number(text) for text in texts(row))
    )


def _closes_brackets(row: Row, above: Sequence[Row]) -> bool:
    """Whether a row holds the rest of headings that broke within brackets: 実績値（Ｒ / ５）."""
    columns = zip(*above, row, strict=True) if above else ()
    closes = False
    for *heads, cell in columns:
        text = label(cell.text) if cell is not None else ""
        over = "".join(dict.fromkeys(label(head.text) for head in heads if head is not None))
        if over.count("(") > over.count(")") and text.count(")") > text.count("("):
            closes = True
        elif is_number(text):
            return False
    return closes


def stacked(texts: Iterable[str]) -> str:
    """Headings of several levels as one text, a line each.

    Where two digits would meet, a space parts them too: R1 over 5ヵ年目標 is no year 15.
    """
    heading = ""
    for text in texts:
        meet = heading[-1:].isdigit() and text[:1].isdigit()
        heading += (" " if meet else "\n" if heading else "") + text
    return heading


def _column(rows: Sequence[Row], index: int, vocabulary: Vocabulary) -> tuple[str, Match | None]:
    """The joined heading of a column and the role of its most telling part."""
    cells: list[Placed] = []
    for row in rows:
        cell = row[index]
        if cell is not None and cell not in cells and cell.text.strip():
            cells.append(cell)
    if len(cells) > 1 and is_year_only(cells[-1].text):
        cells = [cell for cell in cells[:-1] if not vocabulary.is_over_years(cell.text)] + cells[
            -1:
        ]
    heading = _joined([cell.text for cell in cells])
    whole = vocabulary.match(heading) if cells else None
    if whole and whole.score == CERTAIN:
        return heading, whole
    for cell in reversed(cells):
        found = vocabulary.match(cell.text)
        if found:
            return heading, found
    return heading, whole


def _joined(parts: Sequence[str]) -> str:
    """The texts of heading cells; figures of two of them are not one (R7 over 5ヵ年目標)."""
    joined = ""
    for part in parts:
        figures = joined[-1:].isdigit() and part.lstrip()[:1].isdigit()
        joined += ("" if not joined else " " if figures else "\n") + part
    return joined


def _with_spare_years(
    found: list[tuple[str, Match | None]], body: Sequence[Row]
) -> list[tuple[str, Match | None]]:
    """A year that stands over an empty column belongs to the heading on its right (R6 | 目標)."""
    joined = list(found)
    for index, ((year, _), (heading, match)) in enumerate(pairwise(found)):
        spare = is_year_only(year) and not column_texts(body, index) and bool(body)
        if spare and match is not None and match.kind in VALUES and not find_years(heading):
            joined[index] = ("", None)
            joined[index + 1] = (f"{year}\n{heading}", match)
    return joined


def _settled(
    found: list[tuple[str, Match | None]], body: Sequence[Row], vocabulary: Vocabulary
) -> tuple[Column, ...]:
    """Roles made consistent within one table."""
    kinds: list[Kind] = [match.kind if match else "unknown" for _, match in found]
    scores = [match.score if match else 0 for _, match in found]
    _numbers_are_no_names(kinds, found, body)
    names = [index for index, kind in enumerate(kinds) if kind == "name"]
    if len(names) > 1:
        strengths = [0 if match is None else match.strength for _, match in found]
        best = min(names, key=lambda index: (strengths[index], index))
        for index in names:
            if index != best and found[index][0] != found[best][0]:
                kinds[index] = "policy" if index < best else "definition"
    over = _over_figures(kinds, found, body, vocabulary)
    _aims_left_of_names_are_goals(kinds, body)
    _percents(kinds, found, body, vocabulary)
    _starts_of_years_are_no_baselines(kinds, found, vocabulary)
    _later_baselines_are_actual(kinds, found)
    _first_targets_no_longer_hold(kinds, found, vocabulary)
    _what_projects_did_is_a_summary(kinds, body)
    valued = bool(VALUES & set(kinds))
    for index, (heading, match) in enumerate(found):
        known = valued or "name" in kinds
        if known and match is None and is_year_only(heading) and _holds_figures(body, index):
            kinds[index] = "actual"
    valued = valued or "actual" in kinds
    if valued and "name" not in kinds:
        _name_from_content(kinds, found, body)
    for index, kind in enumerate(kinds):
        if valued and "name" in kinds and kind in {"project", "summary"}:
            above = kind == "project" and not _right_of_figures(index, kinds)
            kinds[index] = "policy" if above else "definition"
        if kind in {"goal", "policy"} and not valued:
            kinds[index] = "unknown"
        if kind in {"goal", "policy"} and valued and _says_more(index, kinds, scores):
            kinds[index] = "definition"
    second = _second_names(kinds, found, body, vocabulary)
    _lower_level_is_policy(kinds, found)
    _sentences_are_definitions(kinds, scores, body)
    if VALUES & set(kinds) and "name" in kinds:
        _status_from_content(kinds, body, vocabulary)
    return tuple(
        Column(
            kind=kind,
            header=heading,
            score=score,
            inferred=match is None
            and kind in {"name", "status"}
            and bool(heading.strip())
            and index != second,
            told="own" if index in over else _told(kind, match),
            parts_names=index == second,
        )
        for index, (kind, (heading, match), score) in enumerate(
            zip(kinds, found, scores, strict=True)
        )
    )


def _aims_left_of_names_are_goals(kinds: list[Kind], body: Sequence[Row]) -> None:
    """目標 over words left of the names, with a target right of them: the plan's 目標1 …."""
    names = kinds.index("name") if "name" in kinds else 0
    if "goal" in kinds or "target" not in kinds[names:]:
        return
    for index in range(names):
        cells = [text for text in column_texts(body, index) if not is_dash(text)]
        if kinds[index] == "target" and cells and not any(map(is_measure, cells)):
            kinds[index] = "goal"
            return


def _what_projects_did_is_a_summary(kinds: list[Kind], body: Sequence[Row]) -> None:
    """Beside projects, sentences under 実績 or 目標 sum them up: 主な事業 | R6年度の実績."""
    told = [index for index, kind in enumerate(kinds) if kind in FIGURES]
    if "project" not in kinds or "name" in kinds or not told:
        return
    if all(_are_sentences(body, index) for index in told):
        for index in told:
            kinds[index] = "definition" if "summary" in kinds else "summary"


def _over_figures(
    kinds: list[Kind],
    found: Sequence[tuple[str, Match | None]],
    body: Sequence[Row],
    vocabulary: Vocabulary,
) -> frozenset[int]:
    """The columns whose word tells of values only where figures stand below it, now of that role.

    基準年度(R2) over figures is the baseline, 数値目標 beside another word for names the target.
    """
    over: set[int] = set()
    for index, (heading, match) in enumerate(found):
        role = vocabulary.over_figures(match.word) if match is not None else None
        if role in VALUES and kinds[index] != "name":
            figures = holds_measures(column_texts(body, index))
            years = kinds[index] == "year" and not find_years(heading)
            if figures and not (years and holds_years(column_texts(body, index))):
                kinds[index] = role
                over.add(index)
    return frozenset(over)


def _percents(
    kinds: list[Kind],
    found: Sequence[tuple[str, Match | None]],
    body: Sequence[Row],
    vocabulary: Vocabulary,
) -> None:
    """進捗状況 over percents alone is a rate; not beside another one, nor where actuals lack."""
    if "target" in kinds and "actual" not in kinds:
        return
    for index, (heading, match) in enumerate(found):
        role = vocabulary.over_figures(match.word) if match is not None else None
        if role != "rate" or role in kinds:
            continue
        cells = [match_key(text) for text in column_texts(body, index) if not is_dash(text)]
        percents = "%" in match_key(heading) or all("%" in text for text in cells)
        if cells and percents:
            kinds[index] = role if all(map(is_measure, cells)) else kinds[index]


def holds_measures(cells: Sequence[str]) -> bool:
    """Whether most of the cells that are no dash are figures, with a short unit or without."""
    filled = [match_key(text) for text in cells if not is_dash(text)]
    return 2 * sum(bool(_FIGURE_FIRST.fullmatch(text)) for text in filled) > len(filled)


def holds_years(cells: Sequence[str]) -> bool:
    """Whether half of the cells or more may be years, also ones without their era (27)."""
    bare = [text if is_year_only(text) else without_remark(text) for text in cells]
    likely = [find_years(text) or _LIKE_A_YEAR.fullmatch(text) for text in bare]
    return 2 * sum(map(bool, likely)) >= len(cells)


def _numbers_are_no_names(
    kinds: list[Kind], found: Sequence[tuple[str, Match | None]], body: Sequence[Row]
) -> None:
    """Under one heading for names over two columns, numbers of rows stand before the names."""
    for left, right in pairwise(range(len(kinds))):
        if not kinds[left] == kinds[right] == "name" or found[left][0] != found[right][0]:
            continue
        marks = [match_key(text).strip("().") for text in column_texts(body, left)]
        counted = all(len(mark) <= _LONGEST_NUMBER and not mark.isalpha() for mark in marks)
        if marks and counted and not any(map(is_number, column_texts(body, right))):
            kinds[left] = "number"


def _second_names(
    kinds: list[Kind],
    found: Sequence[tuple[str, Match | None]],
    body: Sequence[Row],
    vocabulary: Vocabulary,
) -> int | None:
    """The column right of the names of which the words tell rows of one name apart: 男性, 女性.

    Other rows have none there.  The heading, if any, only says what is parted: 区分, 男女別.
    """
    names = [index for index, kind in enumerate(kinds) if kind == "name"]
    second = names[-1] + 1 if names else len(kinds)
    if second >= len(kinds) or found[second][1] is not None or kinds[second] != "unknown":
        return None
    heading = match_key(found[second][0])
    if heading and not heading.endswith("別") and not vocabulary.is_of_ledgers(heading):
        return None
    told = False
    for _, group in groupby(body, key=lambda row: _text_of(row[names[-1]])):
        words = [_text_of(row[second]) for row in group]
        plain = [word for word in words if not is_dash(word)]
        if len(words) == 1 and not plain:
            continue
        short = all(len(word) <= _LONGEST_FIGURE and not is_measure(word) for word in plain)
        if len(words) == 1 or not short or len(set(plain)) < len(words):
            return None
        told = True
    if not told:
        return None
    kinds[second] = "name"
    return second


def _text_of(cell: Placed | None) -> str:
    return match_key(cell.text) if cell is not None else ""


def _lower_level_is_policy(kinds: list[Kind], found: Sequence[tuple[str, Match | None]]) -> None:
    """Of two headings for goals (基本目標 | 政策) the right one is of policies, if no other is."""
    goals = [index for index, kind in enumerate(kinds) if kind == "goal"]
    if goals and "policy" not in kinds:
        lowest = found[goals[-1]][0]
        for index in goals:
            if found[index][0] == lowest and lowest != found[goals[0]][0]:
                kinds[index] = "policy"


def _sentences_are_definitions(
    kinds: list[Kind], scores: Sequence[int], body: Sequence[Row]
) -> None:
    """Sentences under a word for figures or statuses only describe: 取組状況, 実績・成果.

    The word is only a part of the heading, or another column bears the role.
    """
    found = [
        index for index, kind in enumerate(kinds) if kind in FIGURES and _are_sentences(body, index)
    ]
    others = [kind for index, kind in enumerate(kinds) if index not in found]
    for index in found:
        if scores[index] < CERTAIN or kinds[index] in others:
            kinds[index] = "definition"


def _are_sentences(body: Sequence[Row], index: int) -> bool:
    filled = [match_key(text) for text in column_texts(body, index)]
    long = [text for text in filled if text.endswith("。") or len(text) > _LONGEST_FIGURE]
    return bool(filled) and 2 * len(long) > len(filled) and not any(map(is_measure, filled))


def _says_more(index: int, kinds: Sequence[Kind], scores: Sequence[int]) -> bool:
    """Whether a column right of all values only ends in a word for the plan: 今後の取組方針."""
    return scores[index] < CERTAIN and _right_of_figures(index, kinds)


def _right_of_figures(index: int, kinds: Sequence[Kind]) -> bool:
    return index > max((at for at, kind in enumerate(kinds) if kind in FIGURES), default=index)


def _told(kind: Kind, match: Match | None) -> Literal["", "common", "own"]:
    if match is None or match.kind != kind:
        return ""
    return "common" if match.common else "own"


def _status_from_content(kinds: list[Kind], body: Sequence[Row], vocabulary: Vocabulary) -> None:
    """Take a column of marks (A, B+, ◎, ①) right of the values as the status, if there is none."""
    if "status" in kinds:
        return
    last_value = max(index for index, kind in enumerate(kinds) if kind in VALUES)
    for index in range(last_value + 1, len(kinds)):
        texts = column_texts(body, index)
        marks = sum(vocabulary.is_mark(text) for text in texts)
        if kinds[index] == "unknown" and marks == len(texts) >= _FEWEST_MARKS:
            kinds[index] = "status"
            return


def _starts_of_years_are_no_baselines(
    kinds: list[Kind], found: Sequence[tuple[str, Match | None]], vocabulary: Vocabulary
) -> None:
    """A plan starts once: R6当初 beside R7当初 are budgets as first voted."""
    first = [
        index
        for index, kind in enumerate(kinds)
        if kind == "baseline" and vocabulary.is_first(found[index][0])
    ]
    if len({_years_of(found[index][0]) for index in first}) > 1:
        for index in first:
            kinds[index] = "unknown"


def _later_baselines_are_actual(
    kinds: list[Kind], found: Sequence[tuple[str, Match | None]]
) -> None:
    """現状値 is a baseline in one town and the latest actual in another.

    Beside a baseline by another word (当初値) all 現況値 are actuals; of several by one word the
    first stays the baseline.  With no word for one and no actual in the table, the last is actual.
    """
    baselines = [index for index, kind in enumerate(kinds) if kind == "baseline"]
    if len(baselines) < 2:
        return
    current = [index for index in baselines if (match := found[index][1]) and match.current]
    later = current if len(current) < len(baselines) else baselines[1:]
    if not current:
        later = baselines[-1:] if "actual" not in kinds else []
    for index in later:
        kinds[index] = "actual"


def _first_targets_no_longer_hold(
    kinds: list[Kind], found: Sequence[tuple[str, Match | None]], vocabulary: Vocabulary
) -> None:
    """当初目標値 beside another target of its year (改定後目標値) is none that holds."""
    targets = [index for index, kind in enumerate(kinds) if kind == "target"]
    first = [index for index in targets if vocabulary.is_first(found[index][0])]
    years = {index: _years_of(found[index][0]) for index in targets}
    for index in first:
        others = (other for other in targets if other not in first)
        if any(years[other] == years[index] for other in others):
            kinds[index] = "unknown"


def _years_of(heading: str) -> frozenset[int]:
    return frozenset(year.fiscal_year for year in find_years(heading))


def _mostly_numbers(body: Sequence[Row], index: int) -> bool:
    values = column_texts(body, index)
    digits = [text for text in values if any(c.isdigit() for c in match_key(text))]
    return bool(values) and 2 * len(digits) > len(values)


def _holds_figures(body: Sequence[Row], index: int) -> bool:
    """Whether a column holds figures, or nothing but signs for missing ones."""
    filled = column_texts(body, index)
    return _mostly_numbers(body, index) or (bool(filled) and all(map(is_dash, filled)))


def _name_from_content(
    kinds: list[Kind], found: Sequence[tuple[str, Match | None]], body: Sequence[Row]
) -> None:
    """Take the column of words left of the first value as the name, if its heading is unknown."""
    first_value = next(index for index, kind in enumerate(kinds) if kind in VALUES)
    for index in reversed(range(first_value)):
        if kinds[index] not in {"unknown", "project", "summary", "policy"}:
            continue
        words = [text for text in column_texts(body, index) if not is_number(text)]
        if len(words) >= 2 and len(set(words)) * 2 > len(words) and not _is_status(found[index]):
            kinds[index] = "name"
            return


def _is_status(found: tuple[str, Match | None]) -> bool:
    return found[1] is not None and found[1].kind == "status"


def repeats_header(row: Row, header: Header, rows: Sequence[Row]) -> bool:
    """Whether a row is one of the heading rows printed again, or all of them in one."""
    wanted = [match_key(text) for text in texts(row)]
    if any(wanted) and wanted == [match_key(column.header) for column in header.columns]:
        return True
    return any(
        wanted == [match_key(text) for text in texts(original)]
        for original in rows[header.skip : header.skip + header.count]
    )


def is_other_heading(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row below a heading is one itself: words for a name and two roles, no figure."""
    filled = [text for text in texts(row) if text.strip()]
    if any(is_measure(text) for text in filled):
        return False
    found = [vocabulary.match(text) for text in filled]
    kinds = {match.kind for match in found if match is not None and match.score == CERTAIN}
    return "name" in kinds and len(kinds & {*VALUES, "unit"}) > 1


def entries_of(row: Row, header: Header, part: range | None = None) -> tuple[Entry, ...]:
    """The cells of a row with their roles, left to right.

    Words in a cell merged over several columns (事業終了) hold for each of them; a figure there
    stands for the first alone, and :func:`merged_figures` tells of it.
    """
    entries: list[Entry] = []
    seen: set[int] = set()
    for index in part if part is not None else range(len(row)):
        cell, column = row[index], header.columns[index]
        if cell is None:
            continue
        if id(cell) in seen and (column.kind not in FIGURES or _has_digit(cell.text)):
            continue
        seen.add(id(cell))
        if column.kind == "unknown" and not column.header.strip() and not cell.text.strip():
            continue
        entries.append(Entry(kind=column.kind, header=column.header, printed=cell.printed))
    return tuple(entries)


def merged_figures(row: Row, header: Header, part: range, vocabulary: Vocabulary) -> list[Placed]:
    """The cells of a row that hold one figure under headings of several kinds.

    One of them may be that of names: a name and the figure beside it then.  Nor is a word of a
    heading (備考) what stands for several figures.
    """
    covered: dict[int, set[Kind]] = {}
    for index in part:
        cell, column = row[index], header.columns[index]
        if cell is None or not (_has_digit(cell.text) or _is_heading(cell.text, vocabulary)):
            continue
        beside = column.kind == "name" and (
            any(map(is_measure, cell.text.split()[1:]))
            or _ENDS_IN_A_FIGURE.search(match_key(cell.text)) is not None
        )
        if column.kind in FIGURES or beside:
            covered.setdefault(id(cell), set()).add(column.kind)
    return [cell for cell in distinct(row) if len(covered.get(id(cell), ())) > 1]


def _is_heading(text: str, vocabulary: Vocabulary) -> bool:
    match = vocabulary.match(text)
    return match is not None and match.score == CERTAIN


def words_across(row: Row, header: Header, part: range) -> Placed | None:
    """The cell of words that takes the place of a row's unit and figures, if there is one.

    So forms go on below their indicators: what was done, and what comes next.
    """
    covered: dict[int, set[Kind]] = {}
    for index in part:
        cell = row[index]
        if cell is not None and cell.text.strip():
            covered.setdefault(id(cell), set()).add(header.columns[index].kind)
    told = {header.columns[index].kind for index in part}
    needed = (told & VALUES) | (told & {"unit"})
    return next(
        (
            cell
            for cell in distinct(row)
            if "name" not in (kinds := covered.get(id(cell), set()))
            and needed <= kinds
            and len(kinds & (FIGURES | {"unit"})) >= _FEWEST_ACROSS
            and not is_measure(cell.text)
        ),
        None,
    )


def over_name_and_figures(row: Row, header: Header) -> Placed | None:
    """The cell that takes the place of a row's name and of all its figures, if there is one."""
    needed = ({column.kind for column in header.columns} & VALUES) | {"name"}
    for cell in distinct(row):
        kinds = {
            column.kind for one, column in zip(row, header.columns, strict=False) if one is cell
        }
        if needed <= kinds and len(kinds) > _FEWEST_ACROSS and cell.text.strip():
            return cell
    return None


def merged_words(row: Row, header: Header, part: range) -> list[Placed]:
    """The cells of a row in which a name and the words of the column beside it may be one text."""
    covered: dict[int, set[Kind]] = {}
    for index in part:
        cell, column = row[index], header.columns[index]
        if cell is not None and column.kind in _WORDS | {"name"}:
            covered.setdefault(id(cell), set()).add(column.kind)
    return [
        cell
        for cell in distinct(row)
        if "name" in (kinds := covered.get(id(cell), set())) and len(kinds) > 1
    ]


def swallowed_words(row: Row, header: Header, part: range, body: Sequence[Row]) -> list[Placed]:
    """The name of a row that ends in words of a column beside it, which has none of its own there.

    Other rows have these words in that column: 企画課 behind a name that all but touches it.
    ``body``: the rows of this table, and of those with its headings.
    """
    names = [row[at] for at in part if header.columns[at].kind == "name"]
    words = {
        match_key(text)
        for at in part
        if header.columns[at].kind in _WORDS
        and ((cell := row[at]) is None or cell in names or not cell.text.strip())
        for text in column_texts(body, at)
    }
    return [
        name
        for name in names
        if name is not None
        and any(
            word and len(word) < len(key := match_key(name.text)) and key.endswith(word)
            for word in words
        )
    ]


def absent_cells(row: Row, header: Header, part: range) -> list[int]:
    """The columns of figures and statuses in which a row with a name has no cell at all."""
    named = any(row[i] is not None and header.columns[i].kind == "name" for i in part)
    if not named or is_banner(row):
        return []
    return [i for i in part if row[i] is None and header.columns[i].kind in FIGURES]


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


def unknown_headings(table: Logical, header: Header) -> list[Remark]:
    """A remark for each column whose heading is not in the vocabulary, where it stands."""
    remarks: dict[Column, Remark] = {}
    for index, column in enumerate(header.columns):
        if column.kind != "unknown" or not column.header.strip() or column in remarks:
            continue
        cell = table.rows[header.skip][index] if header.count else None
        remarks[column] = Remark(
            rule="vocabulary.unknown-header",
            subject=column.header.replace("\n", " "),
            page=cell.printed.page if cell else table.page,
            box=cell.printed.box if cell else None,
            printed=column.header,
        )
    return list(remarks.values())


def merged_columns(
    table: Logical, header: Header, body: Sequence[Row], vocabulary: Vocabulary
) -> list[Remark]:
    """A doubt, on each page, if two columns of a table without ruled columns were read as one.

    Most cells hold two figures then, or remarks that begin with one, or the heading over figures
    makes no sense (one of money or of differences does); or it is two headings, 指標 and 単位.  Not
    where a person gave the columns.
    """
    if table.method == "ruled" or header.given:
        return []
    for index, column in enumerate(header.columns):
        cells = column_texts(body, index) if column.kind in VALUES | {"unknown"} else []
        two = [text for text in cells if _holds_two_figures(text)]
        known = vocabulary.is_beside(column.header)
        unnamed = column.kind == "unknown" and not known and _mostly_numbers(body, index)
        if column.kind in _BESIDE_FIGURES:
            cells = column_texts(body, index)
            two = [text for text in cells if text[:1].isdigit()]
            two *= not _stands_alone(column, index, body, header, vocabulary)
        if column.kind == "name" and _is_of_several(column.header, vocabulary):
            cells = two = column_texts(body, index)
        if cells and (2 * len(two) > len(cells) or unnamed):
            return [
                Remark(
                    rule="reading.columns-not-separated",
                    subject=column.header.replace("\n", " "),
                    page=piece.page,
                    box=piece.box,
                    printed=(two or cells)[0],
                )
                for piece in table.pieces
            ]
    return []


def _is_of_several(header: str, vocabulary: Vocabulary) -> bool:
    """Whether the words of a heading are headings of several columns, and together none."""
    words = header.split()
    whole = vocabulary.match("".join(words))
    if whole is not None and whole.score == CERTAIN:
        return False
    matches = [vocabulary.match(word) for word in words]
    kinds = {match.kind for match in matches if match is not None and match.score == CERTAIN}
    return len(kinds) > 1 and None not in matches


def _holds_two_figures(text: str) -> bool:
    """Whether a cell holds several figures, and not one that is broken over its lines."""
    lines = text.split("\n")
    broken = len(lines) > 1 and all(is_cut_figure(*pair) for pair in pairwise(lines))
    return not broken and sum(map(is_number, text.split())) > 1


def _stands_alone(
    column: Column, index: int, body: Sequence[Row], header: Header, vocabulary: Vocabulary
) -> bool:
    """Whether remarks that begin with a digit (3月に…, 5年ぶりの…) are no figures of another one.

    Their heading is one known word, and each row with such a remark has its figures, or a text
    between an empty one and the remark.
    """
    match = vocabulary.match(column.header)
    if match is None or match.score != CERTAIN:
        return False
    others = [at for at, one in enumerate(header.columns) if one.kind in FIGURES]
    return not any(
        _is_next_free(row, at, index)
        for row in body
        if (remark := row[index]) is not None and remark.text.strip()[:1].isdigit()
        for at in others
    )


def _is_next_free(row: Row, at: int, index: int) -> bool:
    """Whether a cell and all from it to that of a column are empty: its text may stand there."""
    cells = row[min(at, index + 1) : max(at + 1, index)]
    return not any(cell is not None and cell.text.strip() for cell in cells)


def row_in_heading(table: Logical, header: Header) -> list[Remark]:
    """A doubt if headings of figures end with figures: a row may have been read as part of them.

    No rule parts them then.  What may be a year (27, 2015, 27年度) is no figure here.
    """
    held = [
        column.header
        for column in header.columns
        if column.kind in VALUES | {"unknown", "rate"}
        and (last := column.header.rpartition("\n")[2]) != column.header
        and is_measure(last)
        and not find_years(last)
        and not _LIKE_A_YEAR.fullmatch(match_key(last))
    ]
    if len(held) < _FEWEST_FIGURES:
        return []
    printed = label(" | ".join(column.header for column in header.columns))
    return [Remark(rule="reading.row-in-heading", page=table.page, box=table.box, printed=printed)]


def side_by_side(columns: Sequence[Column]) -> list[range]:
    """The column ranges of the tables that one grid holds side by side (their headings repeat)."""
    width = len(columns)
    for count in range(width // 2, 1, -1):
        step, rest = divmod(width, count)
        if rest:
            continue
        parts = [
            [(c.kind, match_key(c.header)) for c in columns[at : at + step]]
            for at in range(0, width, step)
        ]
        if all(part == parts[0] for part in parts) and "name" in {kind for kind, _ in parts[0]}:
            return [range(at, at + step) for at in range(0, width, step)]
    return [range(width)]
