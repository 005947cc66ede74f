"""Whether the plan holds together: rows that stand twice, repeats that differ, parts left empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from pipeline.japanese.text import match_key
from pipeline.model import Finding, Indicator, Normalized, Place, Project
from pipeline.normalize.projects import without_repeated
from pipeline.normalize.relisted import differing, figure, name_key
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.findings import about, finding

T = TypeVar("T")

_MOST = Fraction(4, 5)
"""What most of a document does, the rest is asked about."""


def check_structure(normalized: Normalized, settings: ValidateSettings) -> Iterator[Finding]:
    """Findings about rows and places, taken together."""
    yield from check_duplicates(normalized.indicators, settings.repeated)
    yield from check_projects(normalized.projects)
    yield from check_places(normalized)


def _groups(items: Iterable[tuple[Hashable, T]]) -> list[list[T]]:
    """What shares a key, where more than one does."""
    groups: dict[Hashable, list[T]] = defaultdict(list)
    for key, item in items:
        groups[key].append(item)
    return [group for group in groups.values() if len(group) > 1]


def check_duplicates(
    indicators: Sequence[Indicator], repeated: Sequence[str] = ()
) -> Iterator[Finding]:
    """An indicator that stands twice: in one place, or in two with partly different values.

    Rows in doubt contradict nothing, nor do rows beside one name.
    ``repeated``: the words that mark a row as a repeat (再掲); such a row is no namesake, and may
    stand anywhere.
    """
    named = ((name_key(found, repeated), found.unit) for found in indicators)
    for group in _groups(zip(named, indicators, strict=True)):
        first = group[0]
        for other in group[1:]:
            marked = _is_marked(first, repeated) or _is_marked(other, repeated)
            if not marked and _is_namesake(other, first):
                continue
            apart = differing(other, first)
            if apart:
                if first.doubted or other.doubted or _in_one_cell(first, other):
                    continue
                yield about(
                    "structure.repeated-differs",
                    other,
                    printed=" / ".join(printed for printed, _ in apart),
                    expected=" / ".join(expected for _, expected in apart),
                )
            elif not marked and other.place.spot == first.place.spot:
                yield about("structure.duplicate", other, printed=other.name_printed)


def _in_one_cell(one: Indicator, other: Indicator) -> bool:
    """Whether two rows bear one printed name."""
    first, second = one.name_printed, other.name_printed
    return (first.page, first.box) == (second.page, second.box)


def _is_marked(indicator: Indicator, repeated: Sequence[str]) -> bool:
    return without_repeated(indicator.name, repeated)[1]


def _is_namesake(one: Indicator, other: Indicator) -> bool:
    """Whether two rows share a name (参加者数) and nothing else: place and all figures differ."""
    if one.place.spot == other.place.spot:
        return False
    pairs = zip(_figures(one)[:-1], _figures(other)[:-1], strict=True)
    return not any(figure and figure == twin for figure, twin in pairs)


def _figures(indicator: Indicator) -> tuple[str, ...]:
    values = (indicator.baseline, indicator.target, indicator.actual, indicator.next_target)
    return (*("" if value is None else figure(value) for value in values), indicator.status or "")


def check_projects(projects: Sequence[Project]) -> Iterator[Finding]:
    """A repeat without its first, a project twice in one place, one without a department."""
    originals = {match_key(project.name) for project in projects if not project.repeated}
    for project in projects:
        if project.repeated and match_key(project.name) not in originals:
            yield finding(
                "structure.repeat-without-first", project.name, printed=project.name_printed
            )
    placed = ((match_key(project.name), project.place.spot) for project in projects)
    for group in _groups(zip(placed, projects, strict=True)):
        for other in group[1:]:
            if _summary(other) == _summary(group[0]):
                yield finding("structure.project-twice", other.name, printed=other.name_printed)
    without = [project for project in projects if not project.departments]
    if len(projects) - len(without) >= _MOST * len(projects):
        for project in without:
            yield finding(
                "structure.project-without-department", project.name, printed=project.name_printed
            )


def _summary(project: Project) -> str:
    return match_key(project.summary)


def check_places(normalized: Normalized) -> Iterator[Finding]:
    """A policy without rows, and a gap in the numbering of goals or policies."""
    filled = {found.place.spot for found in normalized.indicators}
    filled |= {project.place.spot for project in normalized.projects}
    policies = [place for place in normalized.places if place.policy_number or place.policy]
    empty = [place for place in policies if place.spot not in filled]
    if policies and len(policies) - len(empty) >= _MOST * len(policies):
        for place in empty:
            yield finding("structure.policy-without-table", place.policy or place.goal)
    yield from _check_numbers(normalized.places)


def _check_numbers(places: Sequence[Place]) -> Iterator[Finding]:
    goals = {place.goal_number for place in places if place.goal_number is not None}
    yield from _gaps("", goals)
    for goal in sorted(goals):
        numbers = {
            place.policy_number
            for place in places
            if place.goal_number == goal and place.policy_number is not None
        }
        yield from _gaps(f"{goal}-", numbers)


def _gaps(before: str, numbers: set[int]) -> Iterator[Finding]:
    """Numbers left out between 1 and the largest, if it is a numbering that begins at 1."""
    if len(numbers) < 2 or min(numbers) != 1 or max(numbers) > 2 * len(numbers):
        return
    for number in range(1, max(numbers)):
        if number not in numbers:
            yield finding("structure.number-gap", f"{before}{number}", printed=f"{before}{number}")
