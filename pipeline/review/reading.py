"""How a document was read, for people to look at: columns, joins, spans, legend, directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pipeline.boxes import overlaps
from pipeline.desk.draft import EVIDENCE_NAMES
from pipeline.desk.waiting import Desk
from pipeline.japanese.text import label
from pipeline.japanese.text import spelled_out as shown
from pipeline.messages import N_, Language, translate
from pipeline.model import (
    AppliedRule,
    Box,
    Indicator,
    IndicatorRow,
    Layout,
    LayoutColumn,
    LegendRow,
)
from pipeline.normalize.direction import gather
from pipeline.release.view import statuses
from pipeline.settings.normalize import DirectionWords

LANGUAGES: tuple[Language, Language] = ("ja", "en")
ARROWS = {"higher": "↑", "lower": "↓"}
BASES = {
    "declared": N_("declared in the registry or by a decision"),
    "printed": N_("printed in the document"),
    "evidence": N_("from several pieces of evidence"),
    "": N_("not known"),
}
"""On what a direction rests."""
JOINS = {
    "table": N_("the table goes on from the page before"),
    "row": N_("the row goes on here"),
    "cell": N_("the cell goes on here"),
}
"""How pieces were put together."""
_PROOFS = 3
_MARKS = 400
"""Joined cells and left-overs that are drawn: more would hide the page and swell the file."""


def layouts(desk: Desk) -> list[dict[str, Any]]:
    """How the tables were read: heading and role of each column, doubts, two rows each."""
    return [
        {
            "key": one.key,
            "page": one.page,
            "box": one.box,
            "confirmed": one.confirmed,
            "columns": [
                {
                    "header": shown(label(column.header)),
                    "kind": column.kind,
                    "doubt": _doubt(one, column),
                }
                for column in one.columns
            ],
            "samples": [_sample(one, row) for row in one.samples],
        }
        for one in desk.assembled.layouts
    ]


def _doubt(layout: Layout, column: LayoutColumn) -> dict[str, str] | None:
    if column not in layout.doubts:
        return None
    return {language: translate(column.doubt, language) for language in LANGUAGES}


def _sample(layout: Layout, row: IndicatorRow) -> list[str]:
    """What a row has under each column of its layout."""
    left = list(row.entries)
    cells = []
    for column in layout.columns:
        wanted = label(column.header), column.kind
        entry = next((one for one in left if (label(one.header), one.kind) == wanted), None)
        if entry is not None:
            left.remove(entry)
        cells.append(shown(label(entry.printed.text)) if entry else "")
    return cells


def joins(desk: Desk) -> list[dict[str, Any]]:
    """Tables and rows that were put together, in reading order."""
    return [
        {
            "page": one.page,
            "how": {language: translate(JOINS[one.how], language) for language in LANGUAGES},
            "text": shown(label(one.text)),
        }
        for one in desk.assembled.joins
    ]


def marks(desk: Desk) -> list[dict[str, Any]]:
    """Merged cells of the tables that were read, and text that belongs to no cell and no line."""
    return list(islice(_marks(desk), _MARKS))


def _marks(desk: Desk) -> Iterator[dict[str, Any]]:
    for rest in desk.extracted.leftovers:
        if label(rest.text):
            yield {
                "kind": "leftover",
                "page": rest.page,
                "box": rest.box,
                "text": shown(label(rest.text)),
            }
    names: dict[int, list[Box]] = defaultdict(list)
    for one in desk.normalized.indicators:
        names[one.page].append(one.name_printed.box)
    for table in desk.extracted.tables:
        if any(overlaps(table.box, box) for box in names[table.page]):
            for cell in table.cells:
                if cell.row_span > 1 or cell.column_span > 1:
                    yield {"kind": "span", "page": table.page, "box": cell.box, "text": ""}


def highlights(desk: Desk) -> list[dict[str, str]]:
    """What the colours of cells mean, by the document's own words."""
    return [
        {"fill": one.fill, "text": shown(label(one.meaning.text))}
        for one in desk.assembled.highlights
    ]


# --------------------------------------------------------------------------- statuses


def legend(desk: Desk) -> list[dict[str, Any]]:
    """Each status word: as explained, as applied, and the rows that bear it out or gainsay it."""
    recomputed = statuses(desk.validated)
    told: dict[str, LegendRow] = {}
    for row in desk.normalized.legend:
        told.setdefault(label(row.word.text), row)
    applied = {label(word): rule for rule in desk.validated.applied for word in rule.words}
    borne = [label(one.status) for one in desk.normalized.indicators if one.status]
    words = dict.fromkeys((*told, *applied, *borne))
    return [
        {
            "word": shown(word),
            **_explained(told.get(word)),
            "applied": {"ja": applied[word].ja, "en": applied[word].en}
            if word in applied
            else None,
            **_rows(desk.normalized.indicators, word, recomputed),
        }
        for word in words
    ]


def _explained(row: LegendRow | None) -> dict[str, Any]:
    if row is None:
        return {"rule": "", "page": None, "box": None}
    return {
        "rule": shown(label(row.rule.text)),
        "page": row.word.page,
        "box": row.word.box,
    }


def _applied(rule: AppliedRule | None) -> dict[str, str] | None:
    return {"ja": rule.ja, "en": rule.en} if rule is not None else None


def _rows(
    indicators: Sequence[Indicator], word: str, recomputed: dict[str, str | None]
) -> dict[str, Any]:
    """How many rows bear a word, how many of them are judged alike, and which prove or gainsay."""
    borne = [one for one in indicators if one.status and label(one.status) == word]
    alike = [one for one in borne if label(recomputed.get(one.id) or "") == word]
    apart = [one for one in borne if label(recomputed.get(one.id) or word) != word]
    return {
        "borne": len(borne),
        "alike": len(alike),
        "apart": len(apart),
        "proofs": [{"id": one.id, "name": shown(one.name)} for one in alike[:_PROOFS]],
        "against": [{"id": one.id, "name": shown(one.name)} for one in apart[:_PROOFS]],
    }


# --------------------------------------------------------------------------- directions


def evidence(indicator: Indicator, words: DirectionWords) -> dict[str, str]:
    """On what a direction rests, in words."""
    distinct = {(one.kind, one.direction): one for one in gather(indicator, words)}.values()

    def say(language: Language) -> str:
        listed = (
            f"{translate(EVIDENCE_NAMES[one.kind], language)} {label(one.what)} "
            f"{ARROWS[one.direction]}"
            for one in distinct
        )
        basis = translate(BASES.get(indicator.direction_basis, BASES[""]), language)
        return shown("; ".join((basis, *listed)))

    return {language: say(language) for language in LANGUAGES}
