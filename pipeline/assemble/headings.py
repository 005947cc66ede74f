"""Headings → the plan's tree: which goal and policy a table stands under."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import Line, Place
from pipeline.settings.assemble import AssembleSettings, Family
from pipeline.text import join_lines, label, match_key

_KANJI = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_ROMAN = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True)
class Heading:
    """A heading that was recognised: its family, number, title and where it stands."""

    family: Family
    number: int
    title: str
    page: int
    top: float
    size: float = 0.0
    bottom: float = 0.0


def plan_number(text: str) -> int | None:
    """1, １, 一, 十二, Ⅰ, ① → the number."""
    folded = match_key(text).strip("()")
    if folded.isdecimal():
        return int(folded)
    if folded and all(character in "IVX" for character in folded.upper()):
        values = [_ROMAN[character] for character in folded.upper()]
        following = [*values[1:], 0]
        return sum(-v if v < n else v for v, n in zip(values, following, strict=True))
    if folded and all(character in {*_KANJI, "十"} for character in folded):
        tens, ten, ones = folded.rpartition("十")
        return (_KANJI.get(tens, 1) * 10 if ten else 0) + _KANJI.get(ones, 0)
    return None


def recognise(line: Line, settings: AssembleSettings) -> Heading | None:
    """The heading that a line is, by the first family whose pattern it fits."""
    text = join_lines(line.text).strip()  # the gap after a number is what tells a heading
    if not text or len(text) > 80 or re.search(settings.lines.contents, text):
        return None
    for family in settings.families:
        found = re.match(family.pattern, text)
        if not found:
            continue
        numbers = [found[name] for name in found.re.groupindex if name.startswith("number")]
        number = plan_number([n for n in numbers if n is not None][-1])
        if number is None:
            continue
        return Heading(
            family=family,
            number=number,
            title=label(found["title"]),
            page=line.page,
            top=line.box[1],
            size=line.size,
            bottom=line.box[3],
        )
    return None


def body_size(lines: Sequence[Line]) -> float:
    """The size in which most of the text is set, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def find_headings(lines: Sequence[Line], settings: AssembleSettings) -> list[Heading]:
    """All headings in reading order; one that runs on in the next line is completed."""
    body = body_size(lines)
    found: list[Heading] = []
    open_heading: Heading | None = None
    for line in lines:
        heading = recognise(line, settings)
        if heading is not None:
            found.append(heading)
            open_heading = heading if heading.size > body + 0.9 else None
        elif open_heading is not None and _runs_on(open_heading, line, settings):
            longer = Heading(
                family=open_heading.family,
                number=open_heading.number,
                title=label(f"{open_heading.title}\n{line.text}"),
                page=line.page,
                top=open_heading.top,
                size=open_heading.size,
                bottom=line.box[3],
            )
            found[-1] = longer
            open_heading = None
        else:
            open_heading = None
    return found


def _runs_on(heading: Heading, line: Line, settings: AssembleSettings) -> bool:
    gap = line.box[1] - heading.bottom
    return (
        not re.search(settings.lines.contents, line.text.strip())
        and line.page == heading.page
        and abs(line.size - heading.size) <= 0.3
        and -0.2 * line.size <= gap <= 0.9 * line.size
    )


# --------------------------------------------------------------------------- choosing levels


def _counts(headings: Sequence[Heading], spots: Sequence[tuple[int, float]]) -> dict[str, int]:
    """For each family, over how many distinct headings the tables at ``spots`` stand."""
    over: dict[str, set[tuple[int, float]]] = defaultdict(set)
    for spot in spots:
        nearest: dict[str, Heading] = {}
        for heading in headings:
            if (heading.page, heading.top) < spot:
                nearest[heading.family.name] = heading
        for name, heading in nearest.items():
            over[name].add((heading.page, heading.top))
    return {name: len(places) for name, places in over.items()}


def choose_levels(
    headings: Sequence[Heading], spots: Sequence[tuple[int, float]], settings: AssembleSettings
) -> tuple[str, str]:
    """The families that carry the goals and the policies (either may be empty).

    ``spots`` are the places of the indicator tables.  The policy family is the one with the most
    headings that have tables of their own; the goal family is the highest of those above it.
    """
    counts = _counts(headings, spots)
    rank = {heading.family.name: heading.family.rank for heading in headings}
    if settings.goal_family or settings.policy_family:
        return settings.goal_family, settings.policy_family
    if not counts:
        return "", ""
    policy = max(counts, key=lambda name: (counts[name], -rank[name]))
    above = [name for name in counts if rank[name] < rank[policy]]
    numbers = {name: {h.number for h in headings if h.family.name == name} for name in rank}
    above = [name for name in above if len(numbers[name]) > 1] or above
    if above:
        return min(above, key=lambda name: rank[name]), policy
    below = [name for name in counts if rank[name] > rank[policy] and counts[name] > 1]
    if below:
        return policy, max(below, key=lambda name: counts[name])
    return (policy, "") if rank[policy] <= 4 else ("", policy)


class Tree:
    """The plan's tree, walked in reading order."""

    def __init__(
        self,
        headings: Sequence[Heading],
        spots: Sequence[tuple[int, float]],
        settings: AssembleSettings,
    ) -> None:
        goal, policy = choose_levels(headings, spots, settings)
        self._goal, self._policy = goal, policy
        self.headings = [
            heading for heading in headings if heading.family.name in {goal, policy} - {""}
        ]

    def at(self, page: int, top: float) -> Place:
        """The place in the plan of something that stands at this point of the document."""
        place = Place()
        for heading in self.headings:
            if (heading.page, heading.top) >= (page, top):
                break
            place = self.entered(place, heading)
        return place

    def entered(self, place: Place, heading: Heading) -> Place:
        """The place after a heading."""
        if heading.family.name == self._goal:
            return Place(goal_number=heading.number, goal=heading.title)
        if heading.family.name == self._policy:
            return Place(
                goal_number=place.goal_number,
                goal=place.goal,
                policy_number=heading.number,
                policy=heading.title,
            )
        return place

    def places(self) -> tuple[Place, ...]:
        """All goals and policies in the order in which they are printed, each once."""
        place = Place()
        found: dict[Place, None] = {}
        for heading in self.headings:
            place = self.entered(place, heading)
            found[place] = None
        return tuple(found)
