"""Headings of the plan of which a character or two are damaged, told by their siblings.

A letter that a font, a converter or a typing error made another one (編本施策3 among 基本施策1, 2
and 4) leaves a line that no form of heading fits, and rows below it would stand under the heading
above.  So does a digit: after 1 and 2 and before 4 a heading that bears 9 is the third.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from pipeline.assemble.plan_tree import ALIKE, NUMERAL, Heading, plan_number
from pipeline.japanese.text import join_lines, label
from pipeline.model import Line
from pipeline.settings.assemble import AssembleSettings

_Spot = tuple[int, float, float]
"""A page, a height on it, and a left side."""
_NUMBER = re.compile(f"{NUMERAL.pattern}+")
_MOST = 2
"""Characters of the words before a number that may be damaged, if as many are not."""
_SECOND = 2
_NONE: tuple[Heading, ...] = ()
_LONGEST = 12
"""Characters before the number of a heading."""
_BETWEEN = " 　.．:：、】》〉＞>］]〕)）」-‐−－"


class _Lead(NamedTuple):
    """How the line of a heading begins: what stands before its own number, and right behind it."""

    before: str
    behind: str


def with_damaged(
    headings: Sequence[Heading], lines: Sequence[Line], settings: AssembleSettings
) -> list[Heading]:
    """The headings with those that only their siblings tell, in reading order.

    A line is one if it is set as its siblings are, begins as they do but for a character or two,
    and bears the number that lacks in their run; alone of its kind, since lines that begin alike
    among themselves are headings of another kind.
    """
    headings = sorted(headings, key=_spot)
    runs = _Runs(headings)
    leads = _leads(headings, lines)
    texts = [join_lines(line.text).strip() for line in lines]
    spots = {_spot(heading) for heading in headings}
    found = [runs.renumbered(index) for index in range(len(headings))]
    for line, text in zip(lines, texts, strict=True):
        spot = (line.page, line.box[1], line.box[0])
        if spot in spots or re.search(settings.lines.contents, text):
            continue
        for number, above, sure in runs.lacking(spot):
            if not _set_alike(line, above):
                continue
            fitting = _fitting(text, number, leads.get(above.family.name, set()), sure=sure)
            if fitting is not None and _is_alone(fitting[0], texts):
                found.append(_heading(line, fitting[1], number, above))
                break
    return sorted(found, key=_spot)


class _Runs:
    """Between which siblings something stands, of the headings in reading order."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self._headings = headings
        self._spots = [_spot(heading) for heading in headings]
        self._above = list(accumulate(headings, _open, initial=_NONE))
        self._behind = list(accumulate(reversed(headings), _open, initial=_NONE))[::-1]

    def lacking(self, spot: _Spot) -> Iterator[tuple[int, Heading, bool]]:
        """The numbers that lack at a point, each with a sibling beside it.

        And whether the siblings go on after that number, so that there was one of it.
        """
        index = bisect_left(self._spots, spot)
        for after in self._behind[index]:
            if after.number == _SECOND and _next_of(after, self._above[index]) is None:
                yield _SECOND - 1, after, True
        for above in self._above[index]:
            number = (above.number or 0) + 1
            follows = _next_of(above, self._behind[index])
            if follows is None or follows.number == 1:
                yield number, above, False
            elif (follows.number or 0) > number:
                yield number, above, follows.number == number + 1

    def renumbered(self, index: int) -> Heading:
        """A heading; with the number that lacks there, if it bears a later one.

        So where it stands between two of its family of which the second follows on that number.
        """
        here = self._headings[index]
        before = _next_of(here, self._above[index])
        after = _next_of(here, self._behind[index + 1])
        if before is None or after is None or None in {before.number, here.number, after.number}:
            return here
        lacking = (before.number or 0) + 1
        levels = {one.numbers[:-1] for one in (before, here, after)}
        if len(levels) > 1 or after.number != lacking + 1 or (here.number or 0) <= lacking:
            return here
        numbers = (*here.numbers[:-1], lacking)
        return dataclasses.replace(here, numbers=numbers, damaged=f"{here.number} {here.title}")


def _open(above: tuple[Heading, ...], heading: Heading) -> tuple[Heading, ...]:
    """The nearest headings of each level that another of it or of a higher one has not closed."""
    return (heading, *(one for one in above if one.family.rank < heading.family.rank))


def _next_of(heading: Heading, nearest: Sequence[Heading]) -> Heading | None:
    """The sibling among the nearest headings, if none of its level or a higher one is nearer."""
    first = next((one for one in nearest if one.family.rank <= heading.family.rank), None)
    return first if first is not None and first.family == heading.family else None


def _spot(heading: Heading) -> _Spot:
    return (heading.page, heading.top, heading.left)


def _leads(headings: Sequence[Heading], lines: Sequence[Line]) -> dict[str, set[_Lead]]:
    """How the headings of each family begin."""
    texts = {(line.page, line.box[1], line.box[0]): join_lines(line.text).strip() for line in lines}
    found: dict[str, set[_Lead]] = {}
    for heading in headings:
        text = texts.get(_spot(heading), "")
        numbers = list(_NUMBER.finditer(text))[: len(heading.numbers)]
        if heading.numbers and len(numbers) == len(heading.numbers):
            own = numbers[-1]
            lead = _Lead(text[: own.start()], text[own.end() : own.end() + 1])
            if len(lead.before) <= _LONGEST and plan_number(own[0]) == heading.number:
                found.setdefault(heading.family.name, set()).add(lead)
    return found


def _fitting(
    text: str, number: int, leads: Collection[_Lead], *, sure: bool
) -> tuple[_Lead, str] | None:
    """How a line begins, and its title, if it is the heading of that number but for some damage.

    ``sure``: the siblings go on behind it, so that one of that number must have been there.
    """
    for lead in leads:
        width = len(lead.before)
        own = _NUMBER.match(text, width)
        end = width + 1 if own is None else own.end()
        alike = text[end : end + 1] == lead.behind
        wrong = sum(a != b for a, b in zip(text[:width], lead.before, strict=False))
        if own is not None and plan_number(own[0]) == number:
            least = wrong + (not (alike and lead.behind.strip())) if sure else 2 * wrong
            fits = 0 < wrong <= _MOST and width >= least
        else:
            certain = sure or (width > 0 and bool(lead.behind.strip()))
            fits = own is None and wrong == 0 and alike and certain
        if fits:
            title = text[end + 1 :] if alike else text[end:]
            return _Lead(text[:width], text[width:end]), title.lstrip(_BETWEEN)
    return None


def _set_alike(line: Line, above: Heading) -> bool:
    return abs(line.size - above.size) <= ALIKE and abs(line.box[0] - above.left) <= ALIKE


def _is_alone(lead: _Lead, texts: Sequence[str]) -> bool:
    """Whether no other line begins with the same words and another number."""
    start = re.compile(re.escape(lead.before) + f"(?:{NUMERAL.pattern})+")
    numbered = {found[0] for one in texts if (found := start.match(one))}
    if _NUMBER.fullmatch(lead.behind):
        return len(numbered) == 1
    return sum(one.startswith(lead.before + lead.behind) for one in texts) == 1


def _heading(line: Line, title: str, number: int, sibling: Heading) -> Heading:
    return dataclasses.replace(
        sibling,
        numbers=(*sibling.numbers[:-1], number),
        title=label(title),
        page=line.page,
        top=line.box[1],
        size=line.size,
        bottom=line.box[3],
        first_bottom=line.box[3],
        left=line.box[0],
        right=line.box[2],
        damaged=join_lines(line.text).strip(),
    )
