"""The place in the plan that a row itself prints: in columns of goals and policies."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from pipeline.assemble.plan_tree import (
    BY_NUMBER,
    DOUBLE,
    UNPLACED,
    mostly,
    names_another,
    recognise,
)
from pipeline.assemble.vocabulary import is_number
from pipeline.japanese.text import label, match_key
from pipeline.model import Entry, IndicatorRow, Kind, Line, Place, Printed, Remark
from pipeline.settings.assemble import AssembleSettings

_BROKEN_BEFORE_NUMBER = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_]{0,3} ?[\d一二三四五六七八九十])")
"""Where a narrow cell breaks the word before a number: 基本目 標1."""


def own_place(entries: Sequence[Entry], place: Place, settings: AssembleSettings) -> Place:
    """The place printed in the row itself (goal and policy columns), else the headings'.

    Where nothing else tells the goal, a policy's double number does: 1-2 is the second of goal 1.
    """
    goal, policy = _printed(entries, "goal"), _printed(entries, "policy")
    lower = _below(policy, entries)
    if goal is None and lower is not None and place.goal_number is None and not place.goal:
        goal, policy = policy, lower
    goal_numbers, goal_title = numbered(goal.printed if goal else None, settings)
    numbers, policy_title = numbered(policy.printed if policy else None, settings)
    numbers = numbers or (_numbering(entries, settings) if policy else ())
    above = numbers[-2] if len(numbers) == DOUBLE else None
    found = Place(
        goal_number=_last(goal_numbers) if goal else place.goal_number,
        goal=goal_title if goal else place.goal,
        policy_number=_last(numbers) if policy else place.policy_number,
        policy=policy_title if policy else place.policy,
    )
    untold = found.goal_number is None and not found.goal
    return replace(found, goal_number=above) if untold else found


def by_numbers(
    rows: Sequence[IndicatorRow], titles: Mapping[int, str], settings: AssembleSettings
) -> tuple[list[IndicatorRow], list[Remark]]:
    """The rows whose policy's number (2-1) names another goal than the heading above them.

    Where most policies name the goal that they stand under, the number tells it (``titles``: of the
    goals that have headings); else, where one before does, the place of the row is a doubt: the
    heading of a goal may be a picture.  A remark for each such policy.
    """
    told = {id(row): (row, *_policy(row.entries, settings)) for row in rows}
    double = [one for one in told.values() if len(one[1]) == DOUBLE and one[2] is not None]
    policies = {(row.place, numbers) for row, numbers, _ in double}
    certain = mostly([place.goal_number in {None, numbers[0]} for place, numbers in policies])
    made = dict(told)
    remarks: dict[tuple[int, ...], Remark] = {}
    named: set[int | None] = set()
    for row, numbers, printed in double:
        place = row.place
        known = place.goal_number is not None and (certain or place.goal_number in named)
        if names_another(numbers, place, known):
            goal = numbers[0]
            found = replace(place, goal_number=goal, goal=titles.get(goal, ""))
            new = replace(row, place=found) if certain else replace(row, unplaced=UNPLACED)
            made[id(row)] = (new, numbers, printed)
            remarks.setdefault(numbers, _told(place, numbers, printed, certain=certain))
        elif numbers[0] == place.goal_number:
            named.add(place.goal_number)
    return [made[id(row)][0] for row in rows], list(remarks.values())


def _policy(
    entries: Sequence[Entry], settings: AssembleSettings
) -> tuple[tuple[int, ...], Printed | None]:
    """The numbers of the policy that a row prints and where, if it prints no goal."""
    policy = _printed(entries, "policy")
    if policy is None or _printed(entries, "goal") or _below(policy, entries):
        return (), None
    return numbered(policy.printed, settings)[0], policy.printed


def _told(
    place: Place, numbers: Sequence[int], printed: Printed | None, *, certain: bool
) -> Remark:
    return Remark(
        rule=BY_NUMBER if certain else UNPLACED,
        subject=place.policy,
        page=printed.page if printed else None,
        box=printed.box if printed else None,
        printed="-".join(map(str, numbers)),
        expected=str(place.goal_number) if certain else None,
    )


def _printed(entries: Sequence[Entry], kind: Kind) -> Entry | None:
    """The first text of this kind; a number alone goes on with the next text under its heading."""
    filled = [entry for entry in entries if entry.kind == kind and entry.printed.text.strip()]
    if not filled:
        return None
    first = filled[0]
    twin = next((one for one in filled[1:] if _heading(one) == _heading(first)), None)
    if twin is None or not is_number(first.printed.text):
        return first
    text = f"{first.printed.text} {twin.printed.text}"
    return replace(first, printed=replace(first.printed, text=text))


def _below(policy: Entry | None, entries: Sequence[Entry]) -> Entry | None:
    """The text of another column for policies, right of the first one (基本方針 | 施策)."""
    others = [
        entry
        for entry in entries
        if policy is not None and entry.kind == "policy" and _heading(entry) != _heading(policy)
    ]
    return _printed(others, "policy")


def _heading(entry: Entry) -> str:
    return match_key(entry.header)


def _last(numbers: Sequence[int]) -> int | None:
    return numbers[-1] if numbers else None


def _numbering(entries: Sequence[Entry], settings: AssembleSettings) -> tuple[int, ...]:
    """The number of a policy that stands in a column of its own (施策番号), with its goal's."""
    words = settings.headers.get("policy", ())
    for entry in entries:
        text = match_key(entry.printed.text)
        if entry.kind == "number" and any(word in match_key(entry.header) for word in words):
            found = re.fullmatch(r"([0-9]{1,2})(?:-([0-9]{1,2}))?", text)
            return tuple(int(number) for number in found.groups() if number) if found else ()
    return ()


def numbered(printed: Printed | None, settings: AssembleSettings) -> tuple[tuple[int, ...], str]:
    """The number of a goal or policy printed in a cell, after those above it, and its title."""
    if printed is None:
        return (), ""
    text = " ".join(printed.text.split())
    for form in dict.fromkeys((text, _BROKEN_BEFORE_NUMBER.sub("", text))):
        line = Line(text=form, page=printed.page, box=printed.box, size=0.0)
        heading = recognise(line, settings, loose=True)
        if heading is not None:
            return heading.numbers, heading.title
    found = re.match(r"([0-9０-９]{1,2})(?:[-‐−－ー]([0-9０-９]{1,2}))?[\s.．、:：]*(?=\D)", text)
    if found is None:
        return (), label(printed.text)
    return tuple(int(one) for one in found.groups() if one), label(text[found.end() :])
