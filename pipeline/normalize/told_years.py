"""The year of baselines that a note gives for all of them: ※基準値は、令和元年度の数値です。"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.japanese.eras import find_years, without_years
from pipeline.japanese.text import label
from pipeline.model import IndicatorRow, Printed
from pipeline.normalize.footnotes import note_mark
from pipeline.settings.normalize import Marks

_EXCEPT = r"(?:特に|特段)?[^。、]{0,16}(?:限り|除き|除いて|場合(?:を除き)?(?:は)?)、?"
_REST = re.compile(
    r"(?:[\s「」、。)）]|年?度?末|時点|現在|における|の|実績|数値|値|データ|統計|もの|である|です"
    r"|とする|とします|としている|としています|を(?:基準|使用)(?:と?し(?:ている|ています|た))?)*"
)
"""What may stand around the year in such a note, and nothing else."""


def told_baseline_year(
    notes: Sequence[Printed], rows: Sequence[IndicatorRow], marks: Marks
) -> int | None:
    """The one fiscal year that the notes give for the columns of baselines, by their heading.

    ``None`` where no note does, where two notes differ, or where a column bears another heading.
    A note whose mark stands beside a name or a value speaks of that alone.
    """
    borne = "\n".join(entry.printed.text for row in rows for entry in row.entries)
    headings = {
        label(entry.header)
        for row in rows
        for entry in row.entries
        if entry.kind == "baseline" and not find_years(entry.header)
    }
    if len(headings) != 1:
        return None
    heading = re.escape(next(iter(headings)))
    said = re.compile(rf"{heading}(?:の?年度|欄)?(?:は|:|=)、?(?:{_EXCEPT})?(?P<told>[^。]+)")
    years: set[int] = set()
    for note in notes:
        mark = note_mark(note.text, marks)
        if mark and (mark[-1].isdigit() or mark in borne):
            continue
        for found in said.finditer(label(note.text)):
            told = find_years(found["told"])
            if len(told) == 1 and _REST.fullmatch(without_years(found["told"])):
                years.add(told[0].fiscal_year)
            elif told:
                return None
    return years.pop() if len(years) == 1 else None
