"""The headings of tables that count indicators: the status that a column counts, and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from pipeline.japanese.text import label
from pipeline.legend.claim_words import NUMBER, any_of, is_amount, without_unit
from pipeline.legend.descriptions import find_descriptions
from pipeline.legend.vocabulary import ClaimWords, LegendVocabulary
from pipeline.model import Cell

_EXPLAINED = re.compile(r"(?P<mark>[A-Z]|[^\w\s])[\s:：]*[(（「]?[^\W\d_a-zA-Z][^0-9]*")
"""A mark or letter and its meaning in words."""

Unit = Literal["count", "share"]

_FEWEST_WORDS = 2
"""Status words in a heading of counts, at least."""


class Plan(NamedTuple):
    """What a heading may name: the status words, the goals, and the words of a summary."""

    words: tuple[str, ...]
    goals: Sequence[tuple[int | None, str]]
    vocabulary: LegendVocabulary

    @property
    def grammar(self) -> ClaimWords:
        """The words of a summary."""
        return self.vocabulary.claims


class Spot(NamedTuple):
    """A cell over one place of the grid; ``own``: the place is the cell's first."""

    cell: Cell
    own: bool

    @property
    def text(self) -> str:
        return label(self.cell.text)


class Column(NamedTuple):
    """A column's heading, and what it counts: ``目標達成(%)``; "" if no statuses.

    ``share_of``: the column of the counts of which it tells the share (``達成率`` beside ``達成``).
    """

    heading: str
    counts: str
    share_of: int | None = None


Lane = list[Spot | None]


def is_head(lane: Lane, plan: Plan) -> bool:
    """Whether a row or column is the heading of counts."""
    return words_in(lane, plan) >= _FEWEST_WORDS


def words_in(lane: Lane, plan: Plan) -> int:
    """How many different status words, or bands of rates, stand in a row or column.

    One beside the number of all is as telling as two.
    """
    headings = {spot.text for spot in lane if spot is not None}
    bands = {text for text in headings if is_band(text)}
    whole = plan.grammar.overall[0]
    words = {_counted_word(text, plan) for text in headings - bands} - {""}
    statuses = len(words - {whole})
    return max(statuses + (statuses == 1 and whole in words), len(bands))


def is_band(text: str) -> bool:
    """Whether a heading is a band of rates in percent: ``50%以上80%未満``."""
    limit = r"[0-9]{1,4}(?:\.[0-9]{1,2})?%?(?:以上|以下|未満|超|を超え)?"
    return (
        bool(re.fullmatch(rf"{limit}(?:〜|-|、|,)?(?:{limit})?", text))
        and "%" in text
        and (re.search("以上|以下|未満|超|〜|-", text) is not None)
    )


def columns_of(head: Lane, lanes: Sequence[Lane], plan: Plan) -> list[Column]:
    """What stands over each place, and what it counts; ``lanes``: those below the heading.

    The unit stands in the heading itself or, under a merged one, in the lane below it.
    """
    below = lanes[0] if lanes else []
    columns: list[Column] = []
    for at, spot in enumerate(head):
        if spot is not None and (shared := _shared(spot.text, columns, plan)) is not None:
            word = without_unit(columns[shared].counts, plan.grammar)
            columns.append(Column(spot.text, word + unit_mark("share", plan.grammar), shared))
            continue
        word = "" if spot is None else _counted_word(spot.text, plan)
        under = below[at] if at < len(below) else None
        units = [one.text for one in (spot, under) if one is not None and not is_band(one.text)]
        title = word and word + unit_mark(unit_of(units, plan.grammar), plan.grammar)
        columns.append(Column("" if spot is None else spot.text, title))
    return [
        one if one.share_of is None or _are_shares(at, columns, lanes, plan) else Column("", "")
        for at, one in enumerate(columns)
    ]


def _shared(heading: str, columns: Sequence[Column], plan: Plan) -> int | None:
    """The column of which a heading tells the share: 割合 of the one before, 達成率 of 達成."""
    stem = re.sub(
        rf"(?:指標)?の?(?:{any_of(plan.grammar.share_heading)}|率)(?:\(%\))?$", "", heading
    )
    if stem == heading or _counted_word(heading, plan):
        return None
    for at in range(len(columns) - 1, -1, -1):
        word = without_unit(columns[at].counts, plan.grammar)
        if columns[at].share_of is not None or not word or word in plan.grammar.overall:
            continue
        if stem == "" or word.endswith(stem):
            return at
    return None


def _are_shares(at: int, columns: Sequence[Column], lanes: Sequence[Lane], plan: Plan) -> bool:
    """Whether most figures of a column are those of its counts: it may hold mean rates instead."""
    of = columns[at].share_of
    whole = plan.grammar.overall[0]
    totals = [n for n, one in enumerate(columns) if without_unit(one.counts, plan.grammar) == whole]
    tried = hits = 0
    for lane in lanes:
        share, count, number = (
            (_number(lane[n]) if n is not None else None for n in (at, of, *totals[:1]))
            if totals
            else (None, None, None)
        )
        if share is not None and count is not None and number:
            tried += 1
            hits += abs(100 * count / number - share) < 1
    return 2 * hits > tried


def _number(spot: Spot | None) -> float | None:
    found = None if spot is None else re.match(NUMBER, spot.text)
    return None if found is None else float(found.group().replace(",", ""))


def _counted_word(heading: str, plan: Plan) -> str:
    """The status word, band, or word for all indicators that a heading is; "" for any other.

    What says of the target that it was reached is one too: 達成指標数 beside marks.
    """
    word = without_unit(heading, plan.grammar)
    if word in plan.grammar.totals:
        return plan.grammar.overall[0]
    if is_band(heading):
        return heading
    units = any_of((*plan.grammar.count_heading, *plan.grammar.count))
    bare = re.sub(rf"の?(?:{units})+$", "", word)
    meant = (
        one for one in (word, bare) if find_descriptions(one, plan.vocabulary.legend) == (one,)
    )
    found = next((one for one in (word, bare) if one in plan.words), next(meant, ""))
    return found or _explained_word(heading, plan)


def _explained_word(heading: str, plan: Plan) -> str:
    """The status mark before its meaning in words: ``A 目標達成``, ``◎(目標達成)``; else ""."""
    found = _EXPLAINED.fullmatch(heading)
    return found["mark"] if found and found["mark"] in plan.words else ""


def unit_of(texts: Sequence[str], grammar: ClaimWords) -> Unit | None:
    """The unit that headings name; a cell with an amount names none."""
    for text in texts:
        if is_amount(text, grammar):
            continue
        if any(word in text for word in (*grammar.share, *grammar.share_heading)):
            return "share"
        if re.search(rf"(?:{any_of((*grammar.count, *grammar.count_heading))})\)?$", text):
            return "count"
    return None


def unit_mark(unit: Unit | None, grammar: ClaimWords) -> str:
    if unit is None:
        return ""
    return f"({grammar.share[0] if unit == 'share' else grammar.count[0]})"
