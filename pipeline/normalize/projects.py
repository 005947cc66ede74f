"""Project rows: name, departments, summary, 【再掲】, and the colour that the legend explains."""

from __future__ import annotations

import colorsys
import re
from collections import Counter
from collections.abc import Sequence

from pipeline.japanese.text import label, match_key
from pipeline.model import Assembled, Entry, Printed, Project, ProjectRow
from pipeline.settings.normalize import Projects

_GROUP = re.compile(r"[(（\[［〔]([^()（）\[\]［］〔〕]*)[)）\]］〕]\s*$")
_SEPARATORS = re.compile(r"[、，,;；／/\n]|\s{2,}|及び|および|並びに")
_DOT = re.compile(r"[・･]")
_TAG = r"[【\[［(（〔〈<＜]\s*(?:{words})\s*[】\]］)）〕〉>＞]|^(?:{words})(?=\s)"
_NEAR = 0.06
_FAINT = 0.08


def is_department(text: str, endings: Sequence[str]) -> bool:
    """Whether a text is the name of an office by its ending (課, 室, センター …)."""
    folded = label(text)
    return 1 < len(folded) <= 30 and folded.endswith(tuple(endings))


def split_departments(text: str, endings: Sequence[str]) -> tuple[str, ...]:
    """The offices of a bracket or a department cell, in printed order, each once.

    A middle dot separates offices only where what stands on both sides is one: 農林課・商工課 are
    two, 生涯学習・スポーツ推進課 is one.
    """
    found: list[str] = []
    for part in _SEPARATORS.split(text):
        pieces = _DOT.split(part)
        if all(is_department(piece, endings) for piece in pieces):
            found.extend(map(label, pieces))
        else:
            found.append(label(part))
    return tuple(dict.fromkeys(filter(None, found)))


def split_name(text: str, endings: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """A project's name and the offices in the brackets at its end.

    A bracket counts if it stands on lines of its own or if offices are all that it holds.
    """
    departments: tuple[str, ...] = ()
    rest = text.rstrip()
    while found := _GROUP.search(rest):
        before = rest[: found.start()]
        inside = split_departments(_joined(found.group(1)), endings)
        own_line = before.rstrip(" 　").endswith("\n")
        offices = bool(inside) and all(is_department(name, endings) for name in inside)
        if not before.strip() or not inside or not (offices or (own_line and not departments)):
            break
        departments = (*inside, *departments)
        rest = before.rstrip()
    return rest, tuple(dict.fromkeys(departments))


def _joined(text: str) -> str:
    """Lines of one bracket: a line that ends in a separator ends an office, others go on."""
    return "".join(line.strip() for line in text.split("\n"))


def without_repeated(text: str, words: Sequence[str]) -> tuple[str, bool]:
    """A name less its 【再掲】, and whether it bore one."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    rest = re.sub(_TAG.replace("{words}", pattern), "", text)
    return rest.strip(), rest != text


def _hsv(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return colorsys.rgb_to_hsv(red, green, blue)


def same_colour(one: str, other: str) -> bool:
    """Whether two fills look alike: equal, or one hue among colours, or both grey alike."""
    if one == other:
        return True
    (hue, grey, value), (hue2, grey2, value2) = _hsv(one), _hsv(other)
    if (grey < _FAINT) != (grey2 < _FAINT):
        return False
    if grey < _FAINT:
        return abs(value - value2) <= _NEAR
    turn = abs(hue - hue2)
    return min(turn, 1 - turn) <= _NEAR


def highlight_fills(assembled: Assembled) -> tuple[str, ...]:
    """The fills that mean something: those the legend explains, else those of a minority."""
    if assembled.highlights:
        return tuple(highlight.fill for highlight in assembled.highlights)
    fills = Counter(row.fill for row in assembled.projects if row.fill is not None)
    return tuple(fill for fill, count in fills.items() if 2 * count < len(assembled.projects))


def _entry(row: ProjectRow, kinds: Sequence[str]) -> Entry | None:
    return next((entry for kind in kinds for entry in row.entries if entry.kind == kind), None)


def _summary(row: ProjectRow) -> Printed | None:
    found = _entry(row, ("summary", "definition"))
    return found.printed if found else None


def read_project(row: ProjectRow, words: Projects, fills: Sequence[str]) -> Project | None:
    """One project; ``None`` for a row without a name."""
    named = _entry(row, ("project", "name"))
    if named is None or not label(named.printed.text):
        return None
    text, repeated = without_repeated(named.printed.text, words.repeated)
    name, departments = split_name(text, words.department)
    name, more = without_repeated(name, words.repeated)
    office = _entry(row, ("department",))
    if office is not None:
        stated = split_departments(office.printed.text, words.department)
        departments = tuple(dict.fromkeys((*departments, *stated)))
    summary = _summary(row)
    return Project(
        place=row.place,
        name=label(name),
        departments=departments,
        summary=label(summary.text) if summary else "",
        highlighted=row.fill is not None and any(same_colour(row.fill, fill) for fill in fills),
        repeated=repeated or more,
        name_printed=named.printed,
        summary_printed=summary,
    )


def same_project(one: Project, other: Project) -> bool:
    """Whether two rows name the same project of the same offices."""
    return match_key(one.name) == match_key(other.name) and one.departments == other.departments
