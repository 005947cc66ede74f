"""Lists that print indicators of other tables once more, with no figure of their own.

Reports close with an overview (指標一覧) of what their goals showed one by one, or open with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec.structs import replace

from pipeline.japanese.text import match_key
from pipeline.model import Indicator, Observation, Place, Remark, Value
from pipeline.normalize.columns import VALUE_KINDS
from pipeline.normalize.projects import without_repeated

_FEWEST = 3
"""Rows of which a list consists; fewer may be namesakes."""
_APART = Fraction(1, 5)
"""How many rows of a list may differ in a figure, or one: more are not the same indicators."""


def name_key(indicator: Indicator, repeated: Sequence[str]) -> str:
    """By which an indicator is told from others: its name less a mark that it is a repeat."""
    return match_key(without_repeated(indicator.name, repeated)[0])


def differing(one: Indicator, other: Indicator) -> list[tuple[str, str]]:
    """The figures of one kind, year and part, and the statuses, that two rows print differently.

    What only one of them prints contradicts nothing.  A figure without a year is held against the
    only one of its kind and part.
    """
    pairs = [
        (figure(seen.value), figure(twin.value))
        for seen in _values(one)
        if (twin := _twin(seen, one, other)) is not None and seen.value.unit == twin.value.unit
    ]
    if _may_be_of_one_year(one, other):
        pairs.append((one.status or "", other.status or ""))
    return [pair for pair in pairs if all(pair) and pair[0] != pair[1]]


def _may_be_of_one_year(one: Indicator, other: Indicator) -> bool:
    """Whether two statuses may judge one year: last year's actual has last year's status."""
    own, theirs = (
        {seen.fiscal_year for seen in row.observations if seen.kind == "actual"}
        for row in (one, other)
    )
    return not own or not theirs or None in own | theirs or not own.isdisjoint(theirs)


def _twin(seen: Observation, one: Indicator, other: Indicator) -> Observation | None:
    """What another row prints for the kind, year and part of a value; nothing where several may."""
    own = [found for found in _values(one) if _of_kind(found, seen)]
    theirs = [found for found in _values(other) if _of_kind(found, seen)]
    exact = [found for found in theirs if found.fiscal_year == seen.fiscal_year]
    if len(exact) == 1:
        return exact[0]
    sole = len(own) == len(theirs) == 1 and None in (seen.fiscal_year, theirs[0].fiscal_year)
    return theirs[0] if sole else None


def _values(indicator: Indicator) -> list[Observation]:
    return [seen for seen in indicator.observations if seen.kind in VALUE_KINDS]


def _of_kind(found: Observation, seen: Observation) -> bool:
    return (found.kind, found.part) == (seen.kind, seen.part)


def relisted(rows: Sequence[tuple[int, Indicator]], repeated: Sequence[str] = ()) -> dict[int, int]:
    """The positions of rows of lists, each with that of the row of another table that it repeats.

    ``rows``: number of the table and indicator, in document order.  A list holds at least three
    rows, all of which stand elsewhere with the same name and unit, with every figure that the list
    prints, and no figure of most that differs.  It has no places of its own: it names
    none, the same ones, or one for what stands at several.  ``repeated``: the words that mark a row
    as a repeat (再掲); such a row is kept.
    """
    tables: dict[int, list[int]] = defaultdict(list)
    keyed: dict[str, list[int]] = defaultdict(list)
    for at, (table, indicator) in enumerate(rows):
        tables[table].append(at)
        keyed[name_key(indicator, repeated)].append(at)
    found: dict[int, int] = {}
    for own in sorted(tables.values(), key=lambda positions: -positions[0]):
        if len(own) < _FEWEST or any(without_repeated(rows[at][1].name, repeated)[1] for at in own):
            continue
        firsts = _firsts(own, rows, keyed, repeated, found)
        if firsts is not None:
            found.update(firsts)
    return found


def _firsts(
    own: Sequence[int],
    rows: Sequence[tuple[int, Indicator]],
    keyed: dict[str, list[int]],
    repeated: Sequence[str],
    lists: dict[int, int],
) -> dict[int, int] | None:
    """The rows that the rows of one table repeat, if all do so and the table is a list."""
    table = rows[own[0]][0]
    pairs: dict[int, int] = {}
    less = False
    for at in own:
        indicator = rows[at][1]
        others = [
            other
            for other in keyed[name_key(indicator, repeated)]
            if rows[other][0] != table
            and other not in lists
            and other not in pairs.values()
            and _holds(rows[other][1], indicator)
        ]
        if not others:
            return None
        first = min(others, key=lambda other: len(differing(rows[other][1], indicator)))
        pairs[at] = first
        less |= not _holds(indicator, rows[first][1])
    later = all(first < at for at, first in pairs.items())
    apart = sum(bool(differing(rows[first][1], rows[at][1])) for at, first in pairs.items())
    if not (less or later) or apart > max(Fraction(1), _APART * len(pairs)):
        return None
    places = [(rows[at][1].place, rows[first][1].place) for at, first in pairs.items()]
    return pairs if _without_own_places(places) else None


def _without_own_places(places: Sequence[tuple[Place, Place]]) -> bool:
    """Whether the rows of a list stand nowhere, where their originals do, or all at one spot."""
    if all(not any(own.spot) or own.spot == first.spot for own, first in places):
        return True
    return len({own.spot for own, _ in places}) == 1 < len({first.spot for _, first in places})


def _holds(whole: Indicator, part: Indicator) -> bool:
    """Whether a row has the unit of another, and prints everything that the other does."""
    if part.unit not in {"", whole.unit} or (part.status and not whole.status):
        return False
    return all(_twin(seen, part, whole) is not None for seen in _values(part))


def figure(value: Value) -> str:
    """A number, a range or words as they are compared; empty for a sign that there is none."""
    if value.number is None:
        return value.text or ""
    return str(value.number) if value.upper is None else f"{value.number}〜{value.upper}"


def about_lists(rows: Sequence[tuple[int, Indicator]], lists: dict[int, int]) -> Iterator[Remark]:
    """One remark a list; one for each of its rows that differs from what it repeats."""
    counts = Counter(rows[at][0] for at in lists)
    for at in sorted(lists):
        table, indicator = rows[at]
        printed, first = indicator.name_printed, rows[lists[at]][1]
        remark = Remark(
            rule="structure.relisted",
            subject=indicator.name,
            page=printed.page,
            box=printed.box,
            printed=printed.text,
        )
        if count := counts.pop(table, 0):
            pages = {"count": str(count), "page": str(first.name_printed.page)}
            yield replace(remark, parameters=pages)
        apart = differing(indicator, first)
        if apart and not first.doubted and not indicator.doubted:
            yield replace(
                remark,
                rule="structure.repeated-differs",
                printed=" / ".join(own for own, _ in apart),
                expected=" / ".join(theirs for _, theirs in apart),
            )
