"""Where the document sums itself up: sentences, chart labels and tables about its statuses.

Found here, as printed; what they state is read and checked in the validate stage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

import msgspec

from pipeline.assemble.cut_summaries import on_their_pages, with_rests
from pipeline.assemble.listed_statuses import Known, heading_key, listed_in
from pipeline.assemble.summary_headings import Plan
from pipeline.assemble.summary_tables import claims_of
from pipeline.boxes import overlaps
from pipeline.japanese.text import label
from pipeline.legend.claim_words import (
    NUMBER,
    amount_first_pattern,
    amount_pattern,
    any_of,
    in_percent,
    is_amount,
    level_pattern,
    part_of_all_pattern,
    place_named,
    with_units,
    word_pattern,
)
from pipeline.legend.descriptions import find_descriptions
from pipeline.legend.named_lists import find_named, names_in_texts, without_names
from pipeline.legend.vocabulary import ClaimWords, LegendVocabulary
from pipeline.model import FIRST_READER, Box, Claim, LegendRow, Line, Place, Printed, Spot, Table

_LONGEST_CAPTION = 40
"""Characters of a line that may say what a chart is of; a longer one is a sentence."""

Spotted = tuple[int, Box]
"""Page and box."""
PlaceAt = Callable[[int, float], Place]
"""The place in the plan of a point of the document: page, top."""


def find_claims(
    tables: Sequence[Table],
    lines: Sequence[Line],
    words: Sequence[str],
    at: PlaceAt,
    *,
    places: Sequence[Place],
    names: Sequence[str] = (),
    heads: Iterable[str] = (),
    legend: Sequence[LegendRow] = (),
    vocabulary: LegendVocabulary,
) -> tuple[Claim, ...]:
    """The claims of a document, in reading order.

    ``tables``: those that hold neither indicators nor projects.  ``words``: the status words that
    the document prints or explains; without them only bands of rates are counted.  ``names``:
    those of the indicators, of which texts may tell the statuses, ``heads``: the headings of these.
    No text goes on behind the ``legend``.
    """
    grammar = vocabulary.claims
    folded = tuple(dict.fromkeys(label(word) for word in words if label(word)))
    goals = tuple(dict.fromkeys((p.goal_number, p.goal) for p in places if p.goal_number))
    plan = Plan(folded, goals, vocabulary)
    known = names_in_texts(names)
    borne = Known(folded, known, frozenset(map(heading_key, heads)), grammar)
    apart = {(row.word.page, row.word.box) for row in legend}
    found = list(_from_lines(lines, folded, known, at, vocabulary, apart=apart)) if folded else []
    for table, pages in with_rests(tables, lines):
        here = at(table.page, table.box[1])
        caption = _captioned(table.page, table.box, lines, goals, grammar)
        for claim in claims_of(table, plan, here if caption is None else caption):
            named = claim.named or caption is not None
            above = claim.caption or _just_above(table.page, table.box, lines)
            above += _note_beside(table.page, table.box, lines, grammar, apart)
            claim = msgspec.structs.replace(claim, named=named, caption=above)  # noqa: PLW2901
            found.append(on_their_pages(claim, pages))
        captions = [line.text for line in lines if _is_caption(line, table.page, table.box)]
        found += listed_in(table, borne, here, captions, pages)
    return tuple(sorted(found, key=lambda claim: (claim.printed.page, claim.printed.box[1])))


# --------------------------------------------------------------------------- lines


def _from_lines(
    lines: Sequence[Line],
    words: tuple[str, ...],
    names: tuple[str, ...],
    at: PlaceAt,
    vocabulary: LegendVocabulary,
    *,
    apart: Collection[Spotted],
) -> Iterator[Claim]:
    grammar = vocabulary.claims
    forward = amount_pattern(words, grammar)
    labels: list[list[Line]] = []
    for paragraph in paragraphs(_with_values(lines, words, grammar), apart):
        text = in_percent(label("\n".join(line.text for line in paragraph)))
        if forward.fullmatch(text.strip("()、,・ ")):
            labels.append(paragraph)
        elif _is_list(paragraph[0], apart) and not re.search(
            rf"{NUMBER}\s?(?:{any_of(grammar.count)})", text
        ):
            continue  # ◎：100％
        elif source := _source(text, words, names, vocabulary):
            place = at(*_point(paragraph[0]))
            named = place_named(text, (), grammar)
            yield Claim(
                source=source,
                place=place,
                printed=_printed(paragraph),
                named=named is not None and named.goal_number == place.goal_number,
            )
    for chart in _charts(labels, at):
        yield _label_claim(chart, lines, at, grammar)


def _source(
    text: str, words: tuple[str, ...], names: tuple[str, ...], vocabulary: LegendVocabulary
) -> Literal["sentence", "list"] | None:
    """Whether a text counts statuses, or only names indicators that bear one."""
    grammar = vocabulary.claims
    said = (*words, *find_descriptions(text, vocabulary.legend))
    if _sums_up(without_names(text, said, names, grammar), words, vocabulary):
        return "sentence"
    return "list" if next(find_named(text, said, names, grammar), None) else None


def _sums_up(text: str, words: tuple[str, ...], vocabulary: LegendVocabulary) -> bool:
    """Whether a text counts statuses, by their words or by what these mean."""
    meant = find_descriptions(text, vocabulary.legend)
    return any(
        _claims(with_units(text, known, vocabulary.claims), known, vocabulary.claims)
        for known in dict.fromkeys((words, (*words, *(one for one in meant if one not in words))))
    )


def _claims(text: str, words: tuple[str, ...], grammar: ClaimWords) -> bool:
    """Whether a text sums statuses up.

    Status words are often common words (改善): one of them with a plain count (改善 3件) says so
    only where the text speaks of indicators.
    """
    if not any(word in text for word in words):
        return False
    goal = level_pattern(grammar.level).pattern
    shares = rf"{goal}[がはで:]?、?[(]?[0-9.]{{1,6}}\s?(?:{any_of(grammar.share)})"
    if re.search(rf"{any_of((*grammar.highest, *grammar.lowest))}|{shares}", text):
        return re.search(word_pattern(words), text) is not None
    if part_of_all_pattern(words, grammar).search(text):
        return True
    patterns = (amount_pattern(words, grammar), amount_first_pattern(words, grammar))
    found = [match for pattern in patterns for match in pattern.finditer(text)]
    named = {match["word"] for match in found}
    shared = any(unit in match["amounts"] for match in found for unit in grammar.share)
    return len(named) > 1 or bool(
        named and (shared or any(subject in text for subject in grammar.subject))
    )


def paragraphs(lines: Sequence[Line], apart: Collection[Spotted] = frozenset()) -> list[list[Line]]:
    """Lines that run on: same size, close below one another, each but the last filling its page.

    A line fills its page if it ends near where the longest line of the page ends: what may not be
    parted at the beginning of the next one, as (16.7％), would not have had room.  A list of
    statuses that begins at ``apart`` goes on in no other.
    """
    margins: dict[int, float] = {}
    for line in lines:
        margins[line.page] = max(margins.get(line.page, 0.0), line.box[2])
    found: list[list[Line]] = []
    for line in lines:
        if (
            found
            and not _is_list(found[-1][0], apart)
            and _runs_on(found[-1], line, margins[line.page])
        ):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _is_list(line: Line, apart: Collection[Spotted]) -> bool:
    """Whether a line is a list of what the statuses mean, and no sentence that says it."""
    return (line.page, line.box) in apart and len(re.findall("[:：…＝=]", line.text)) > 1


_BRACKETS = re.compile(r"[（(「『][^（()）「」『』]{1,12}[）)」』][、。，,]?")


def _whole(text: str) -> float:
    """The width, in sizes of the font, of a beginning in brackets that no line breaks."""
    found = _BRACKETS.match(text)
    return 0 if found is None else 1 + sum(1 if ord(one) > 255 else 0.6 for one in found.group())


def _runs_on(paragraph: Sequence[Line], line: Line, margin: float) -> bool:
    last = paragraph[-1]
    gap = line.box[1] - last.box[3]
    return (
        line.page == last.page
        and abs(line.size - last.size) < 0.6
        and -0.5 * line.size <= gap <= 1.2 * line.size
        and last.box[2] >= margin - max(3, _whole(line.text)) * line.size
        and abs(line.box[0] - paragraph[0].box[0]) <= 3 * line.size
    )


def _with_values(lines: Sequence[Line], words: tuple[str, ...], grammar: ClaimWords) -> list[Line]:
    """Chart labels of several lines, a status word over its amounts, as one line each."""
    found: list[Line] = []
    lowest: Line | None = None
    ticks = {id(line) for line in _ticks(lines)}
    for line in lines:
        if id(line) in ticks:
            found.append(line)
            lowest = None
            continue
        below = lowest is not None and _is_below(lowest, line)
        if below and is_amount(label(line.text), grammar):
            above = found[-1]
            text = f"{above.text} {line.text}"
            found[-1] = Line(text=text, page=above.page, box=above.box, size=above.size)
            lowest = line
            continue
        found.append(line)
        lowest = line if label(line.text) in words else None
    return found


def _ticks(lines: Sequence[Line]) -> Iterator[Line]:
    """The numbers along an axis: four or more in a row or a column, in equal steps."""
    numbered = [(line, number) for line in lines if (number := _tick(line.text)) is not None]
    for axis, along in ((1, 0), (2, 1)):
        groups: dict[tuple[int, int], list[tuple[float, int, Line]]] = {}
        for line, number in numbered:
            place = (line.page, round(line.box[axis] / 4))
            groups.setdefault(place, []).append((line.box[along], number, line))
        for group in groups.values():
            ordered = [number for _, number, _ in sorted(group, key=lambda one: one[0])]
            steps = {after - before for before, after in pairwise(ordered)}
            if len(ordered) >= 4 and len(steps) == 1 and steps != {0}:
                yield from (line for _, _, line in group)


def _tick(text: str) -> int | None:
    found = re.fullmatch(r"([0-9]{1,4})%?", label(text))
    return None if found is None else int(found[1])


def _is_below(above: Line, line: Line) -> bool:
    near = 0 <= line.box[1] - above.box[1] <= 2.5 * above.size
    return (
        above.page == line.page
        and near
        and line.box[0] < above.box[2]
        and above.box[0] < line.box[2]
    )


def _charts(labels: Sequence[list[Line]], at: PlaceAt) -> list[list[Line]]:
    """The labels of one chart: on one page, in one place of the plan, near one another."""
    charts: list[list[Line]] = []
    for paragraph in labels:
        first = paragraph[0]
        for chart in charts:
            same_page = chart[-1].page == first.page
            near = abs(chart[-1].box[1] - first.box[1]) <= 200
            if same_page and near and at(*_point(chart[0])) == at(*_point(first)):
                chart.extend(paragraph)
                break
        else:
            charts.append(list(paragraph))
    return charts


def _point(line: Line) -> tuple[int, float]:
    return line.page, line.box[1]


def _label_claim(
    chart: Sequence[Line], lines: Sequence[Line], at: PlaceAt, grammar: ClaimWords
) -> Claim:
    """The labels of a chart, in the place that its caption names, else where it stands."""
    top = chart[0]
    place = at(*_point(top))
    named = _captioned(top.page, top.box, lines, (), grammar)
    if named is not None and named.goal_number != place.goal_number:
        place = named
    return Claim(
        source="label",
        place=place,
        printed=_printed(chart),
        named=named is not None,
        caption=_just_above(top.page, top.box, [one for one in lines if one not in chart]),
    )


def _captioned(
    page: int,
    box: Box,
    lines: Sequence[Line],
    goals: Sequence[tuple[int | None, str]],
    grammar: ClaimWords,
) -> Place | None:
    """The part of the plan that the nearest caption above a chart or table names."""
    above = [line for line in lines if _is_caption(line, page, box)]
    for line in sorted(above, key=lambda line: line.box[1], reverse=True):
        named = place_named(label(line.text), goals, grammar)
        if named is not None:
            return named
    return None


def _just_above(page: int, box: Box, lines: Sequence[Line]) -> str:
    """The nearest line above a chart or table that may be its caption; "" without one."""
    above = [line for line in lines if _is_caption(line, page, box)]
    return max(above, key=lambda line: line.box[3]).text if above else ""


def _note_beside(
    page: int,
    box: Box,
    lines: Sequence[Line],
    grammar: ClaimWords,
    apart: Collection[Spotted],
) -> str:
    """The note beside a summary that says which indicators it leaves out: ※再掲の1指標を除く.

    ``apart``: where the legend stands, which is none (※△：基準値以上、同じ場合を含む).
    """
    notes = [
        line.text
        for line in lines
        if line.page == page
        and re.match(r"\s*(?:[※＊*]|[（(]?注)", line.text)
        and (0 <= line.box[1] - box[3] <= 30 or 0 <= box[1] - line.box[3] <= 60)
        and any(word in label(line.text) for word in grammar.narrowed)
        and not any(at == page and overlaps(spot, line.box) for at, spot in apart)
    ]
    return "".join(f" {note}" for note in notes)


def _is_caption(line: Line, page: int, box: Box) -> bool:
    """Whether a line can be the caption of what stands below it: near, short, and no sentence."""
    near = line.page == page and 0 <= box[1] - line.box[3] <= 150
    return near and len(line.text) <= _LONGEST_CAPTION and "。" not in line.text


def _printed(lines: Sequence[Line]) -> Printed:
    first = lines[0]
    return Printed(
        text="\n".join(line.text for line in lines),
        page=first.page,
        box=first.box,
        reader=FIRST_READER,
        continued=tuple(Spot(page=line.page, box=line.box) for line in lines[1:]),
    )
