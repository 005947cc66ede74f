"""Headings → the plan's tree: which goal and policy a table stands under."""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from msgspec.structs import replace

from pipeline.japanese.numerals import whole_number
from pipeline.japanese.text import join_lines, label, match_key
from pipeline.model import Box, Line, Place, Printed, Remark
from pipeline.settings.assemble import AssembleSettings, Family

NUMERAL = re.compile("[0-9０-９一二三四五六七八九十Ⅰ-Ⅻ①-⑳IVX]")
_BARE_NUMBER = rf"[(（]?{NUMERAL.pattern}|第"
"""How a heading begins that bears a number and no word for a goal or policy: 1, (1), 第1章."""
ALIKE = 0.3
"""Points by which the sizes and left sides of two headings of one family differ, at most."""
_END = (10**9, 0.0)
"""A point behind all pages."""
_MOSTLY = 0.6
UNPLACED, BY_NUMBER = "structure.headings-begin-anew", "structure.goal-by-number"
SKIPPED, DAMAGED = "structure.goals-skipped", "structure.heading-damaged"
DOUBLE = 2
"""Parts of a number that names the goal and the policy (1-2)."""
Spot = tuple[int, float]
"""A page and a height on it."""
_BEFORE_NUMBER = 40
"""Characters within which the number of a heading stands, marks and brackets included."""


@dataclass(frozen=True)
class Heading:
    """A heading that was recognised: its family, number, title and where it stands."""

    family: Family
    numbers: tuple[int, ...]
    title: str
    page: int
    top: float
    size: float = 0.0
    bottom: float = 0.0
    left: float = 0.0
    right: float = 0.0
    first_bottom: float = 0.0
    larger: bool = False
    """Whether it is set larger than the text."""
    worded: bool = False
    """Whether a word says that it is one of the plan: 基本目標1, 施策2."""
    damaged: str = ""
    """What is printed, where only its siblings tell that it is one."""

    @property
    def number(self) -> int | None:
        """The heading's own number: the last one of 施策1-2; a title in a table may lack it."""
        return self.numbers[-1] if self.numbers else None

    @property
    def above(self) -> int | None:
        """The number of the level above, if the heading names it: the 1 of 施策1-2."""
        return self.numbers[-2] if len(self.numbers) > 1 else None


def plan_number(text: str) -> int | None:
    """1, １, 一, 十二, Ⅰ, ① → the number."""
    return whole_number(match_key(text).strip("()"))


def recognise(line: Line, settings: AssembleSettings, *, loose: bool = False) -> Heading | None:
    """The heading that a line is, by the first family whose pattern it fits.

    ``loose``: also without a gap between number and title, where the line is no running text.
    """
    if not NUMERAL.search(line.text, 0, _BEFORE_NUMBER):
        return None
    text = _bare(join_lines(line.text).strip(), settings)
    if not text or len(text) > 80 or re.search(settings.lines.contents, text):
        return None
    matches = [(family, re.match(family.pattern, text)) for family in settings.families]
    if loose and not any(found for _, found in matches) and not text.endswith("。"):
        matches = [(family, re.match(family.loose, text)) for family in settings.families]
    for family, found in matches:
        if not found or _is_content(found["title"], settings):
            continue
        printed = [found[name] for name in found.re.groupindex if name.startswith("number")]
        numbers = [plan_number(number) for number in printed if number is not None]
        known = tuple(number for number in numbers if number is not None)
        if not known or len(known) < len(numbers):
            continue
        return Heading(
            family=family,
            numbers=known,
            title=label(re.sub(settings.lines.verdict, "", found["title"])),
            page=line.page,
            top=line.box[1],
            size=line.size,
            bottom=line.box[3],
            first_bottom=line.box[3],
            left=line.box[0],
            right=line.box[2],
            worded=not re.match(_BARE_NUMBER, text),
        )
    return None


def _is_content(title: str, settings: AssembleSettings) -> bool:
    """Whether what follows a number speaks of a goal, or says what a status means."""
    lines = settings.lines
    return bool(re.match(lines.about, title) or re.match(lines.meaning, match_key(title)))


def is_of_plan(line: Line, settings: AssembleSettings) -> bool:
    """Whether a line is a heading that words say is one of the plan: 基本目標1, 第2章."""
    heading = recognise(line, settings)
    return heading is not None and not NUMERAL.match(
        _bare(join_lines(line.text).strip(), settings).lstrip("(（")
    )


def _bare(text: str, settings: AssembleSettings) -> str:
    """A line without marks before it and without brackets around it or its number.

    The gap after a number stays: it is what tells a heading.
    """
    text = re.sub(settings.lines.ornament, "", text)
    found = re.match(settings.lines.brackets, text)
    return f"{found['inner']} {found['rest']}".strip() if found else text


def headings_in(printed: Printed, settings: AssembleSettings) -> list[Heading]:
    """The headings that the lines of a cell are; a line that is none goes on with the one above.

    Empty if the first line is no heading.
    """
    found: list[Heading] = []
    x0, top, x1, bottom = printed.box
    for index, text in enumerate(printed.text.split("\n")):
        box = (x0, round(top + index / 100, 2), x1, bottom)
        line = Line(text=text, page=printed.page, box=box, size=0.0)
        heading = recognise(line, settings, loose=True)
        if heading is not None:
            found.append(heading)
        elif found:
            title = label(re.sub(settings.lines.verdict, "", f"{found[-1].title}\n{text}"))
            found[-1] = dataclasses.replace(found[-1], title=title)
        else:
            return []
    return found


def families_in(lines: Sequence[Line], settings: AssembleSettings) -> frozenset[str]:
    """The families of the headings among lines."""
    found = (recognise(line, settings) for line in lines)
    return frozenset(heading.family.name for heading in found if heading is not None)


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
        alone = line.size > body + _LARGER or _is_title(line, settings)
        heading = recognise(line, settings, loose=alone) or _next_of(found, line, settings)
        if heading is not None:
            heading = dataclasses.replace(heading, larger=heading.size > body + _LARGER)
            found.append(heading)
            open_heading = heading if heading.larger else None
        elif open_heading is not None and _runs_on(open_heading, line, settings):
            found[-1] = dataclasses.replace(
                open_heading, title=label(f"{open_heading.title}\n{line.text}"), bottom=line.box[3]
            )
            open_heading = None
        else:
            open_heading = None
    return found


def _next_of(found: Sequence[Heading], line: Line, settings: AssembleSettings) -> Heading | None:
    """The heading that a line can only be after the last one of its family: 基本目標２人と文化….

    It has the next number, or the first one right below a heading of a higher level, and begins
    and is set as that one; so 人 is no unit.
    """
    heading = recognise(line, settings, loose=True)
    if heading is None:
        return None
    last = next((one for one in reversed(found) if one.family == heading.family), None)
    if last is None:
        return None
    above = found[-1]
    begins = (
        heading.worded
        and heading.number == 1
        and above.family.rank < heading.family.rank
        and above.page == heading.page
        and 0 <= heading.top - above.bottom <= 2 * max(above.size, heading.size)
    )
    goes_on = heading.numbers[:-1] == last.numbers[:-1] and heading.number == (last.number or 0) + 1
    follows = (
        (begins or goes_on)
        and abs(heading.size - last.size) <= ALIKE
        and abs(heading.left - last.left) <= ALIKE
        and not re.search("[。、]", line.text)
    )
    return heading if follows else None


def _is_title(line: Line, settings: AssembleSettings) -> bool:
    """Whether what follows a heading's number can be a title and not the rest of a sentence."""
    heading = recognise(line, settings, loose=True)
    return (
        heading is not None
        and not re.match(settings.lines.no_title, heading.title)
        and not re.search("[。、]", line.text)
    )


def _runs_on(heading: Heading, line: Line, settings: AssembleSettings) -> bool:
    gap = line.box[1] - heading.bottom
    return (
        not re.search(settings.lines.contents, line.text.strip())
        and line.page == heading.page
        and abs(line.size - heading.size) <= 0.3
        and -0.2 * line.size <= gap <= 0.9 * line.size
    )


# --------------------------------------------------------------------------- choosing levels

_LARGER = 0.9
"""Points by which headings are set larger than the text."""
_SMALLER = 0.6
"""Points by which lines of a list are set smaller than headings."""
_UNDER = 2.0
"""Font sizes from a heading to one right under it, at most."""
_TOUCHING = 1.0
"""Points by which two rows of a table that touch may lie apart or into one another."""
_BESIDE = 12.0
"""Points by which headings of two columns of a page may differ in height."""


def _over_tables(
    headings: Sequence[Heading], spots: Sequence[tuple[int, float]]
) -> dict[str, set[Heading]]:
    """For each family, the headings that have a table at one of the ``spots`` below them."""
    over: dict[str, set[Heading]] = defaultdict(set)
    nearest: dict[str, Heading] = {}
    following = iter([*sorted(headings, key=_spot), None])
    heading = next(following)
    for spot in sorted(spots):
        while heading is not None and _spot(heading) < spot:
            nearest[heading.family.name] = heading
            heading = next(following)
        for name, above in nearest.items():
            over[name].add(above)
    return over


def _spot(heading: Heading) -> tuple[int, float]:
    return (heading.page, heading.top)


def _without_lists(
    headings: Sequence[Heading], spots: Sequence[tuple[int, float]]
) -> list[Heading]:
    """The headings less numbered lines that are set smaller than all headings over tables."""
    smallest = {
        name: min((heading.size for heading in over if heading.size), default=0.0)
        for name, over in _over_tables(headings, spots).items()
    }
    return [
        heading
        for heading in headings
        if not heading.size or heading.size > smallest.get(heading.family.name, 0.0) - _SMALLER
    ]


def choose_levels(
    headings: Sequence[Heading], spots: Sequence[tuple[int, float]], settings: AssembleSettings
) -> tuple[str, str]:
    """The families that carry the goals and the policies (either may be empty).

    ``spots`` are the places of the indicator tables.  The policy family is the one with the most
    headings that have tables of their own; the goal family is the highest of those above it.
    """
    over = _over_tables(headings, spots)
    counts = {name: len(found) for name, found in over.items()}
    rank = {heading.family.name: heading.family.rank for heading in headings}
    beneath = {heading.family.name: heading.family.beneath for heading in headings}
    if settings.goal_family or settings.policy_family:
        return settings.goal_family, settings.policy_family
    if not counts:
        return "", ""
    policy = max(counts, key=lambda name: (counts[name], -rank[name]))
    above = [name for name in counts if rank[name] < rank[policy]]
    numbers = {name: {h.number for h in headings if h.family.name == name} for name in rank}
    above = (
        [name for name in above if counts[name] > 1]
        or [name for name in above if len(numbers[name]) > 1]
        or above
    )
    if above:
        return min(above, key=lambda name: rank[name]), policy
    below = [
        name
        for name in counts
        if rank[name] > rank[policy]
        and (
            counts[name] > 1
            or beneath[name] == "words"
            or all(
                one.larger
                or one.above in numbers[policy]
                or _follows(one, headings, policy, settings)
                for one in over[name]
            )
        )
    ]
    if below:
        other = max(below, key=lambda name: (counts[name], beneath[name] == "words", -rank[name]))
        leads = beneath[policy] == "words" and _leads(other, policy, headings, spots)
        return (other, policy) if leads else (policy, other)
    return ("", policy) if beneath[policy] else (policy, "")


def _leads(
    upper: str, lower: str, headings: Sequence[Heading], spots: Sequence[tuple[int, float]]
) -> bool:
    """Whether below each heading of one family another one's comes before any table."""
    events = sorted(
        [(spot, "") for spot in spots]
        + [(_spot(one), one.family.name) for one in headings if one.family.name in {upper, lower}]
    )
    after = [name for (_, above), (_, name) in pairwise(events) if above == upper]
    return bool(after) and set(after) == {lower}


def _follows(
    heading: Heading, headings: Sequence[Heading], policy: str, settings: AssembleSettings
) -> bool:
    """Whether a heading stands right under one of a higher family and names no kind of content."""
    return not re.search(settings.lines.content, heading.title) and any(
        above.family.name == policy
        and above.page == heading.page
        and -_TOUCHING
        < heading.top - above.bottom
        < max(_UNDER * max(above.size, heading.size), _TOUCHING)
        for above in headings
    )


def without_inner(headings: Sequence[Heading], settings: AssembleSettings) -> list[Heading]:
    """The headings less those within a policy or before the plan that only say what follows them.

    (1) 成果指標 below (3) 防災 is no policy of that number: it begins the numbers anew, and
    (2) 主な取組 goes on with them.  So does one that stands again, word for word, in each of
    several policies.  One that goes on with the numbers of the plan stays.
    """
    again = _in_several(headings)
    kept: list[Heading] = []
    last: dict[str, Heading] = {}
    inner: dict[str, Heading] = {}
    for heading in headings:
        name, number = heading.family.name, heading.number
        begun, above = inner.get(name), last.get(name)
        says = re.search(settings.lines.inner, heading.title) is not None
        says = says or (above is not None and _key(heading) in again)
        after = (above.number or 0) + 1 if above is not None else None
        apart = begun is not None and after is not None and number != after
        goes_on = begun is not None and number == (begun.number or 0) + 1 and (says or apart)
        if ((says and number == 1) or goes_on) and not heading.worded:
            inner[name] = heading
            continue
        rank = heading.family.rank
        last = {one: it for one, it in last.items() if it.family.rank <= rank} | {name: heading}
        inner = {one: it for one, it in inner.items() if it.family.rank <= rank and one != name}
        kept.append(heading)
    return kept


def _key(heading: Heading) -> tuple[str, tuple[int, ...], str]:
    return (heading.family.name, heading.numbers, match_key(heading.title))


def _in_several(headings: Sequence[Heading]) -> set[tuple[str, tuple[int, ...], str]]:
    """The headings that stand several times, each time below another one that does not.

    The ones above are of one family: a policy that is named in a table and again over its projects
    stands below its goal there, and here below the last policy of the table.
    """
    counts = Counter(map(_key, headings))
    below: dict[tuple[str, tuple[int, ...], str], list[Heading | None]] = defaultdict(list)
    own: Heading | None = None
    for heading in headings:
        if counts[_key(heading)] > 1:
            below[_key(heading)].append(own)
        else:
            own = heading
    return {
        key
        for key, found in below.items()
        if len({None if one is None else one.family.name for one in found} - {None}) == 1
        and None not in found
        and len(set(found)) == len(found)
    }


def mostly(agree: Sequence[bool]) -> bool:
    """Whether so many policies name the goal that they stand under that all do."""
    return bool(agree) and sum(agree) > _MOSTLY * len(agree)


def names_another(numbers: Sequence[int], place: Place, named: bool) -> bool:
    """Whether a policy's number names another goal than it stands under: 2-1 under goal 1.

    ``named``: a policy before it named this goal.
    """
    return named and len(numbers) == DOUBLE and numbers[0] != place.goal_number


class Tree:
    """The plan's tree, walked in reading order.

    ``mentioned``: families and numbers of headings that stand anywhere, also in contents, summaries
    and other tables.
    """

    def __init__(
        self,
        headings: Sequence[Heading],
        spots: Sequence[tuple[int, float]],
        settings: AssembleSettings,
        mentioned: Collection[tuple[str, int | None]] = (),
    ) -> None:
        headings = without_inner(headings, settings)
        goal, policy = choose_levels(headings, spots, settings)
        self._goal, self._policy = goal, policy
        set_as_headings = _without_lists(headings, spots)
        known = [one for one in set_as_headings if one.family.name in {goal, policy} - {""}]
        goals = (index for index, heading in enumerate(known) if heading.family.name == goal)
        self.headings = known[next(goals, 0) :]
        self._titles = {
            heading.number: heading.title
            for heading in reversed(self.headings)
            if heading.family.name == goal
        }
        self._names_goals = False
        self._names_goals = self._policies_name_goals()
        self._spots = [_spot(heading) for heading in self.headings]
        self._places = [Place()]
        for heading in self.headings:
            self._places.append(self.entered(self._places[-1], heading))
        self._unsure = self._broken()
        self._skipped = list(self._goals_skipped(mentioned))
        self._damaged = list(self._below_damaged())

    def _policies_name_goals(self) -> bool:
        """Whether the first number of 施策1-2 is that of the goal: so where no goals stand above.

        Where they do, most of the policies must agree with the goal that they stand under.
        """
        agree: list[bool] = []
        place = Place()
        for heading in self.headings:
            if heading.family.name == self._policy and heading.above is not None:
                agree.append(place.goal_number in {None, heading.above})
            place = self.entered(place, heading)
        return mostly(agree)

    def knows(self, heading: Heading) -> bool:
        """Whether a heading is of a family that carries goals or policies."""
        return heading.family.name in {self._goal, self._policy} - {""}

    def at(self, page: int, top: float, box: Box | None = None) -> Place:
        """The place in the plan of something that stands at this point of the document.

        ``box``: of two headings side by side the one above it counts.
        """
        first = bisect_left(self._spots, (page, float("-inf")))
        place = self._places[first]
        for heading in self.headings[first : bisect_left(self._spots, (page, top))]:
            if box is None or not self._beside(heading, box):
                place = self.entered(place, heading)
        return place

    def _beside(self, heading: Heading, box: Box) -> bool:
        """Whether a heading belongs to another column of the page than what stands in ``box``."""
        if heading.left < box[2] and box[0] < heading.right:
            return False
        return any(
            other.family.name == heading.family.name
            and abs(other.top - heading.top) <= _BESIDE
            and other.left < box[2]
            and box[0] < other.right
            for other in self._on_page(heading.page)
        )

    def _on_page(self, page: int) -> list[Heading]:
        first = bisect_left(self._spots, (page, float("-inf")))
        return self.headings[first : bisect_left(self._spots, (page + 1, float("-inf")))]

    def entered(self, place: Place, heading: Heading) -> Place:
        """The place after a heading."""
        if heading.family.name == self._goal:
            return Place(goal_number=heading.number, goal=heading.title)
        if heading.family.name != self._policy:
            return place
        goal_number, goal = place.goal_number, place.goal
        if self._names_goals and heading.above is not None and heading.above != goal_number:
            goal_number, goal = heading.above, self._titles.get(heading.above, "")
        return Place(
            goal_number=goal_number,
            goal=goal,
            policy_number=heading.number,
            policy=heading.title,
        )

    def titles(self) -> dict[int, str]:
        """The titles of the goals by their numbers."""
        return {number: title for number, title in self._titles.items() if number is not None}

    def places(self) -> tuple[Place, ...]:
        """All goals and policies in the order in which they are printed, each once."""
        place = Place()
        found: dict[Place, None] = {}
        for heading in self.headings:
            place = self.entered(place, heading)
            found[place] = None
        return tuple(found)

    def _broken(self) -> list[tuple[Heading, Spot]]:
        """The first heading of each part of the plan whose numbers do not run on, and its end.

        A number that comes again under another title, or a smaller one, may begin headings within
        a policy, or follow them: which of them are policies is not known until the next goal.  A
        heading that stood there before begins no such part, nor do headings side by side.  Nor do
        numbers run on where 2-1 follows 1-1 under goal 1: the heading of goal 2 may be a picture.
        """
        found: list[tuple[Heading, Spot]] = []
        seen: set[tuple[Place, tuple[int, ...], str]] = set()
        highest: dict[str, tuple[int, ...]] = {}
        place = Place()
        first: Heading | None = None
        named = False
        for heading in self.headings:
            is_goal = heading.family.name == self._goal
            if is_goal and first is not None and first.family.name != self._goal:
                found.append((first, _spot(heading)))
                first = None
            key = (Place() if is_goal else place, heading.numbers, match_key(heading.title))
            known = (
                key in seen
                or not heading.numbers
                or heading.numbers > highest.get(heading.family.name, ())
            )
            lost = not self._names_goals and names_another(heading.numbers, place, named)
            if not lost and (known or self._has_beside(heading)):
                seen.add(key)
            elif first is None:
                first = heading
            named = named or (heading.above is not None and heading.above == place.goal_number)
            if is_goal:
                place, named = self.entered(Place(), heading), False
                highest = {self._goal: highest.get(self._goal, ())}
            highest[heading.family.name] = max(
                heading.numbers, highest.get(heading.family.name, ())
            )
        return [*found, (first, _END)] if first is not None else found

    def _has_beside(self, heading: Heading) -> bool:
        """Whether another heading stands beside this one, in another column of the page."""
        return any(
            other is not heading
            and abs(other.top - heading.top) <= _BESIDE
            and (other.right <= heading.left or heading.right <= other.left)
            for other in self._on_page(heading.page)
        )

    def _goals_skipped(
        self, mentioned: Collection[tuple[str, int | None]]
    ) -> Iterator[tuple[Heading, Spot]]:
        """The headings of goals before which one is missing, and where its part may begin.

        A goal that the document mentions has a heading, which was lost (a picture, a row of another
        table): what follows it stands under the goal above, or under none.
        """
        start: Spot = (0, 0.0)
        last = 0
        for heading in self.headings:
            if heading.family.name != self._goal or heading.number is None:
                continue
            skipped = range(last + 1, heading.number)
            if any((self._goal, one) in mentioned for one in skipped) and not self._names_goals:
                yield heading, start
            start, last = _spot(heading), heading.number

    def _below_damaged(self) -> Iterator[tuple[Heading, Spot]]:
        """The headings that only their siblings tell, each with where its part of the plan ends."""
        for index, heading in enumerate(self.headings):
            if heading.damaged:
                rest = self.headings[index + 1 :]
                over = {heading.family.name, self._goal}
                ends = (_spot(one) for one in rest if one.family.name in over)
                yield heading, next(ends, _END)

    def doubt_at(self, page: int, top: float) -> str:
        """The rule by which the place of a row is a doubt, for the numbers of the headings above.

        Empty if they leave none.
        """
        spot = (page, top)
        if any(_spot(first) <= spot < end for first, end in self._unsure):
            return UNPLACED
        if any(_spot(heading) <= spot < end for heading, end in self._damaged):
            return DAMAGED
        skipped = any(start <= spot < _spot(after) for after, start in self._skipped)
        return SKIPPED if skipped else ""

    def remarks(self, spots: Sequence[Spot]) -> list[Remark]:
        """A remark for each policy whose number names another goal than the one above it.

        And one for each part of the plan whose numbers do not run on, or skip goals, where rows
        stand in it; ``spots``: where the rows stand that have no place of their own.
        """
        found = [
            _about(first, UNPLACED)
            for first, end in self._unsure
            if any(_spot(first) <= spot < end for spot in spots)
        ]
        found += [
            replace(_about(after, SKIPPED), printed=str(after.number))
            for after, start in self._skipped
            if any(start <= spot < _spot(after) for spot in spots)
        ]
        found += [
            replace(_about(heading, DAMAGED), printed=heading.damaged, expected=_numbers(heading))
            for heading, end in self._damaged
            if any(_spot(heading) <= spot < end for spot in spots)
        ]
        place = Place()
        for heading in self.headings if self._goal else ():
            entered = self.entered(place, heading)
            if (
                heading.family.name == self._policy
                and place.goal_number is not None
                and entered.goal_number != place.goal_number
            ):
                goal = str(place.goal_number)
                found.append(replace(_about(heading, BY_NUMBER), expected=goal))
            place = entered
        return found


def _about(heading: Heading, rule: str) -> Remark:
    return Remark(
        rule=rule,
        subject=heading.title,
        page=heading.page,
        box=(heading.left, heading.top, heading.right, heading.bottom),
        printed=_numbers(heading),
    )


def _numbers(heading: Heading) -> str:
    return "-".join(map(str, heading.numbers))
