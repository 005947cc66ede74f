"""What people decided: ``schemas/<area>-<slug>/corrections/<edition>.toml``.

::

    area = "35213"
    edition = 2025

    [[decision]]
    finding = "number.separator-0123456789"   # the doubt that it settles
    page = 6                                  # where it applies: a cell, a row or a table
    box = [365.8, 120.0, 420.1, 134.2]
    action = "value"
    value = "42.5"
    expect = "42,5"                           # what was printed when it was made
    reason = "課に確認"
    who = "企画課"
    when = "2026-11-26"

A decision never changes what was printed: it stands beside it.  It holds only as long as the paper
says what it was made for (``expect``; ``expected`` is what the rules expected then).  What is true
of later editions too is taken over by them: the role of a heading, a confirmed layout, the reading
of a legend that is printed alike, the direction and the unit of an indicator, how numbers are
written, and that a notice which comes back word for word was seen.

``notation`` says how all numbers of the document are meant that are written alike: ``negative`` or
``reference`` for those in brackets, ``joined`` for those that are broken over lines.

``table`` gives a role for each column as it was read: ``name unit baseline target@2024``, with the
fiscal year where the headings do not tell it, and ``target/actual`` where two columns were read as
one.  ``goal`` and ``policy`` hold for all rows whose names lie in the box.

``row`` and ``split`` give rows as they stand on the paper, their cells parted by ``|`` in the order
of the row beside them, rows by ``//``.  ``legend`` is the reading that was proposed (no value), the
other one (``B``), or the rules in words: ``◎：目標値以上 / ○：基準値以上 / △：基準値未満``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from pipeline.errors import SettingsError
from pipeline.japanese.text import match_key
from pipeline.messages import N_, translate
from pipeline.model import Box, Decided, Kind, Printed, Record
from pipeline.settings.files import find_in_toml, read_text, read_toml, refusal

FOLDER = "corrections"

Action = Literal[
    "value",
    "name",
    "unit",
    "year",
    "goal",
    "policy",
    "direction",
    "notation",
    "role",
    "table",
    "row",
    "split",
    "not-indicator",
    "join",
    "scope",
    "title",
    "layout",
    "legend",
    "seen",
]

ACTIONS: dict[Action, str] = {
    "value": N_("this value"),
    "name": N_("this name"),
    "unit": N_("this unit"),
    "year": N_("this fiscal year"),
    "goal": N_("under this goal"),
    "policy": N_("under this policy"),
    "direction": N_("this direction"),
    "notation": N_("numbers that are written so"),
    "role": N_("this column is"),
    "table": N_("this table has these columns"),
    "row": N_("these rows stand here (cells parted by |, rows by //)"),
    "split": N_("these are several rows (cells parted by |, rows by //)"),
    "not-indicator": N_("this is no indicator"),
    "join": N_("goes on with the row above"),
    "scope": N_("speaks of this goal"),
    "title": N_("the document has this title"),
    "layout": N_("this layout is read rightly"),
    "legend": N_("judge by the rules that were read from the legend"),
    "seen": N_("seen, it is as printed"),
}
"""What can be decided, in words."""

ROLES: dict[Kind, str] = {
    "name": N_("name of the indicator"),
    "unit": N_("unit"),
    "baseline": N_("baseline"),
    "target": N_("target"),
    "actual": N_("actual"),
    "rate": N_("rate"),
    "status": N_("status"),
    "direction": N_("direction"),
    "definition": N_("definition"),
    "note": N_("note"),
    "department": N_("department"),
    "number": N_("number"),
    "year": N_("year"),
    "source": N_("source"),
    "project": N_("project"),
    "summary": N_("summary"),
    "goal": N_("goal"),
    "policy": N_("policy"),
    "unknown": N_("not taken over"),
}
"""The roles of columns in words: a decision may be given in these too."""

_STAGES: dict[str, frozenset[Action]] = {
    "assemble": frozenset(
        {"role", "table", "row", "split", "not-indicator", "join", "scope", "layout"}
    ),
    "normalize": frozenset(
        {
            "value",
            "name",
            "unit",
            "year",
            "goal",
            "policy",
            "direction",
            "notation",
            "title",
            "row",
            "split",
        }
    ),
    "validate": frozenset({"seen", "legend"}),
}
VALUED: frozenset[Action] = frozenset(ACTIONS) - {
    "not-indicator",
    "join",
    "layout",
    "legend",
    "seen",
}
"""Actions that need a value."""
BELOW = "below"
"""The value of a join with the row below."""
PERSON = "person"
"""The reader of what a person typed from the page."""
OF_PLACES: frozenset[Action] = frozenset({"goal", "policy"})
"""Actions that place rows in the plan: all rows whose names lie in the box."""
NEXT_NAME = " // "
"""What parts the names of the rows that such an action places."""
GIVEN: frozenset[Action] = frozenset({"row", "split"})
"""Actions that give whole rows."""
_LASTING: frozenset[Action] = frozenset(
    {"role", "direction", "notation", "layout", "unit", "legend", "seen"}
)
NOTATIONS: dict[str, str] = {
    "negative": N_("numbers in brackets are negative"),
    "reference": N_("numbers in brackets are for reference, the value itself is missing"),
    "joined": N_("numbers that are broken over lines are one"),
}
"""How the numbers of a document may be written, in words."""
OF_NOTATION: dict[str, tuple[str, ...]] = {
    "number.only-in-brackets": ("negative", "reference"),
    "number.broken-line": ("joined",),
}
"""The rules that ask how all numbers are written which look alike, with the answers to each."""
_OF_INDICATOR: frozenset[Action] = frozenset({"direction", "unit"})
"""Actions that last for an indicator: they need its id."""
FIELDS: frozenset[str] = frozenset({*get_args(Kind), "next_target"})
"""What a field of an indicator or of a row may be."""
WHOLE: frozenset[str] = frozenset({"0", "全体", "whole"})
"""Values of a scope that mean the whole document."""
_LAYOUT_DISTANCE = 1.0
"""Points by which a box may have moved and still be the same."""

_DIRECTIONS = {
    "higher": "higher",
    "lower": "lower",
    "上向き": "higher",
    "下向き": "lower",
    "増やす": "higher",
    "減らす": "lower",
    "↑": "higher",
    "↓": "lower",
}


class Decision(Record):
    """One decision.  ``line``: where it begins in its file; 0 for one of an earlier edition.

    ``value``: text as it would be printed; a direction; a role, or those of a table's columns,
    parted by blanks; the number of a goal; rows of cells.  ``second``: what the second reader read
    when the decision was made, if that mattered; ``expected``: what the rules expected then.
    """

    action: Action
    reason: str
    finding: str = ""
    indicator: str = ""
    field: str = ""
    page: int | None = None
    box: Box | None = None
    layout: str = ""
    value: str = ""
    expect: str = ""
    second: str | None = None
    expected: str | None = None
    who: str = ""
    when: str = ""
    line: int = 0

    @property
    def carried(self) -> bool:
        """Whether it was made for an earlier edition."""
        return self.line == 0

    @property
    def target(self) -> tuple[object, ...]:
        """What it is about: two decisions with one target contradict each other."""
        if self.layout:
            return ("layout", self.layout)
        if self.indicator:
            return (self.action, self.indicator, self.field)
        if self.page is not None:
            return (self.action, self.page, self.box)
        if self.action == "role":
            return ("role", self.expect)
        if self.action in ("title", "legend", "notation"):
            asked = (rule for rule, ways in OF_NOTATION.items() if self.value in ways)
            return (self.action, *(asked if self.action == "notation" else ()))
        return (self.action, self.finding)

    def is_at(self, page: int, box: Box) -> bool:
        """Whether it is about just this place."""
        return (
            self.box is not None
            and page == self.page
            and all(
                abs(one - other) <= _LAYOUT_DISTANCE
                for one, other in zip(box, self.box, strict=True)
            )
        )

    def holds(self, printed: Printed) -> bool:
        """Whether the paper still says what the decision was made for."""
        second = self.second is None or _plain(self.second) == _plain(printed.second or "")
        texts = {_plain(self.expect)}
        if self.action in OF_PLACES:
            texts |= set(map(_plain, self.expect.split(NEXT_NAME)))
        return _plain(printed.text) in texts and second

    def holds_for(self, printed: str | None, expected: str | None) -> bool:
        """Whether a finding still says what the decision confirmed."""
        same = not self.expect or _plain(self.expect) == _plain(printed or "")
        return same and (self.expected is None or _plain(self.expected) == _plain(expected or ""))

    @property
    def rows(self) -> list[list[str]]:
        """The rows that were given, each with its cells."""
        rows = re.split(r"\s*(?://|／／)\s*", self.value.strip())
        return [[cell.strip() for cell in re.split(r"[|｜]", row)] for row in rows if row]

    def decided(self) -> Decided:
        """What is told of it beside the value."""
        return Decided(
            field=self.field or self.action,
            taken=self.value,
            reason=self.reason,
            who=self.who,
            when=self.when,
        )


def _plain(text: str) -> str:
    return "".join(text.split())


def read_direction(text: str) -> str | None:
    """``higher`` or ``lower`` as people write them: 上向き, 下向き, ↑, Higher."""
    return _DIRECTIONS.get(text.strip().lower())


class GivenColumn(Record):
    """The role that a person gave a column, and the fiscal year of its figures, if any."""

    kind: str
    fiscal_year: int | None = None


_ROLE = re.compile(r"([^@＠/／]+)(?:[@＠]([0-9０-９]{4}))?")
_PARTS = re.compile("[/／]")


def read_roles(text: str, more: Mapping[str, str] | None = None) -> str:
    """Roles of columns as people write them (指標名 目標値@2024), as their codes; else as it is.

    ``more``: further words for roles.
    """
    codes: dict[str, str] = {}
    for code, words in ROLES.items():
        codes |= dict.fromkeys((code, translate(words, "ja"), translate(words, "en")), code)

    def coded(word: str) -> str:
        found = _ROLE.fullmatch(word)
        if found is None:
            return word
        name = codes.get(found[1]) or (more or {}).get(match_key(found[1]), found[1])
        return f"{name}@{int(found[2])}" if found[2] else name

    whole = codes.get(text.strip())
    return whole or " ".join("/".join(map(coded, _PARTS.split(word))) for word in text.split())


def given_columns(value: str) -> list[tuple[GivenColumn, ...]]:
    """The columns that a decision on a table gives: of two roles where two were read as one.

    ``name target@2024/actual@2024 status`` are three columns as read, and four of the paper.
    """
    return [
        tuple(
            GivenColumn(kind=found[1], fiscal_year=int(found[2]) if found[2] else None)
            for part in word.split("/")
            if (found := _ROLE.fullmatch(part))
        )
        for word in value.split()
    ]


def _is_role_of(one: Decision) -> bool:
    """Whether a decision gives roles that there are: one for a heading, any for a table."""
    parts = [part for parts in given_columns(one.value) for part in parts]
    known = all(part.kind in get_args(Kind) for part in parts)
    plain = len(parts) == 1 and parts[0].fiscal_year is None
    return known and "//" not in one.value and (one.action == "table" or plain)


def role_words() -> str:
    """All roles, in words and as codes, for people to choose from."""
    return ", ".join(f"{translate(words, 'ja')}={code}" for code, words in ROLES.items())


def path_of(folder: Path, edition: int) -> Path:
    """The file of one edition in a municipality's folder."""
    return folder / FOLDER / f"{edition}.toml"


def of_stage(decisions: Sequence[Decision], stage: str) -> tuple[Decision, ...]:
    """The decisions that a stage carries out; the validate stage also settles what they name."""
    actions = _STAGES[stage]
    return tuple(
        one for one in decisions if one.action in actions or (stage == "validate" and one.finding)
    )


def place_of(folder: Path, area: str, edition: int, wanted: Decision) -> tuple[Path, int]:
    """The file and the line in which a decision that :func:`load` gave stands."""
    path, line = path_of(folder, edition), wanted.line
    for year in _earlier(folder, edition) if wanted.carried else ():
        for one in read(path_of(folder, year), area, year):
            if (one.action, one.value, one.expect) == (wanted.action, wanted.value, wanted.expect):
                path, line = path_of(folder, year), one.line
    return path, line


def _earlier(folder: Path, edition: int) -> list[int]:
    """The editions before one for which there are decisions, in order."""
    found = (int(path.stem) for path in (folder / FOLDER).glob("[0-9][0-9][0-9][0-9].toml"))
    return sorted(year for year in found if year < edition)


def load(folder: Path | None, area: str, edition: int | None) -> tuple[Decision, ...]:
    """The decisions for one edition, and what earlier editions' decisions still say of it.

    Raises :class:`SettingsError` with file and line for a damaged file, one for another document,
    an unknown key, a decision that cannot be, and two decisions for one target.
    """
    if folder is None or edition is None:
        return ()
    own = read(path_of(folder, edition), area, edition)
    known = {one.target for one in own}
    carried: dict[tuple[object, ...], Decision] = {}
    for year in _earlier(folder, edition):
        for one in read(path_of(folder, year), area, year):
            if _lasts(one):
                finding = one.finding if one.action in ("seen", "unit") else ""
                bare = msgspec.structs.replace(one, finding=finding, page=None, box=None, line=0)
                carried[bare.target] = bare
    return (*own, *(one for target, one in carried.items() if target not in known))


def _lasts(one: Decision) -> bool:
    """Whether a decision says something of later editions too.

    The columns of a layout do, but for the years that they were given.
    """
    if one.action == "table":
        return bool(one.layout) and "@" not in one.value
    return one.action in _LASTING and (one.action not in _OF_INDICATOR or bool(one.indicator))


def read(path: Path, area: str, edition: int) -> tuple[Decision, ...]:
    """The decisions of one file, in order; none if there is no file."""
    if not path.is_file():
        return ()
    data = read_toml(path)
    _check_document(data, path, area, edition)
    text = read_text(path)
    lines = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if re.match(r"\s*\[\[\s*decision\s*\]\]", line)
    ]
    written = data.get("decision", [])
    if not isinstance(written, list) or len(lines) != len(written):
        raise SettingsError(
            N_("Write each decision under a line [[decision]] of its own."), file=str(path)
        )
    decisions = tuple(_decision(one, path, line) for one, line in zip(written, lines, strict=True))
    _check_targets(decisions, path)
    return decisions


def _check_document(data: dict[str, Any], path: Path, area: str, edition: int) -> None:
    if unknown := set(data) - {"area", "edition", "decision"}:
        raise SettingsError(
            N_("There is an unknown key: {key}."),
            file=str(path),
            line=find_in_toml(path, (min(unknown),))[0],
            key=min(unknown),
        )
    if (data.get("area"), data.get("edition")) != (area, edition):
        raise SettingsError(
            N_("The corrections are for another document: {area}, edition {edition}."),
            advice=N_("Put the file where it belongs, or correct area and edition in it."),
            file=str(path),
            area=str(data.get("area", "-")),
            edition=str(data.get("edition", "-")),
        )


def _decision(written: dict[str, Any], path: Path, line: int) -> Decision:
    """One table of the file, checked."""
    given = {**written, "line": line}
    if "when" in given:
        given["when"] = str(given["when"])
    if unknown := set(given) - set(Decision.__struct_fields__):
        raise _refused(path, line, N_("Unknown key {key}."), key=min(unknown))
    try:
        made = msgspec.convert(given, Decision)
    except msgspec.ValidationError as error:
        raise refusal(str(error), path, line) from error
    if made.action == "direction":
        side = read_direction(made.value)
        made = msgspec.structs.replace(made, value=side or "")
    if made.action in ("role", "table"):
        made = msgspec.structs.replace(made, value=read_roles(made.value))
    if problem := problem_of(made):
        told = {"value": made.value, "field": made.field, "roles": role_words()}
        raise _refused(path, line, problem, **told)
    return made


def problem_of(one: Decision) -> str | None:
    """Why a decision cannot be carried out as it stands, as a message id."""
    placed = one.page is not None and one.box is not None
    needed: tuple[tuple[bool, str], ...] = (
        (bool(one.reason.strip()), N_("The reason is missing.")),
        (
            one.action not in VALUED or bool(one.value.strip()),
            N_("The value is missing or cannot be read."),
        ),
        (
            one.action not in _STAGES["validate"] or bool(one.finding),
            N_("The finding is missing."),
        ),
        (
            one.action != "layout" or bool(one.layout),
            N_("The layout is missing."),
        ),
        (
            one.action not in ("role", "table") or _is_role_of(one),
            N_("{value} is no role of a column: {roles}."),
        ),
        (
            one.action != "scope"
            or one.value in WHOLE
            or bool(re.fullmatch(r"[0-9]{1,2}", one.value)),
            N_("{value} is no number of a goal (0 for the whole document)."),
        ),
        (
            one.action != "notation" or one.value in NOTATIONS,
            N_("{value} is no way to write numbers: negative, reference, joined."),
        ),
        (
            not one.field or one.field in FIELDS,
            N_("{field} is no field of an indicator."),
        ),
        (
            _is_place(one),
            N_("Page and box are no place on paper (x0, top, x1, bottom in points)."),
        ),
        (
            one.action != "role" or bool(one.expect.strip()),
            N_("The heading is missing (expect)."),
        ),
        (
            one.action != "year" or bool(re.fullmatch(r"(?:19|20)[0-9]{2}", one.value)),
            N_("A year is written as 2024."),
        ),
        (
            one.action != "value" or not one.indicator or bool(one.field),
            N_("The field of the indicator is missing."),
        ),
        (
            one.action not in _STAGES["normalize"]
            or placed
            or bool(one.indicator)
            or one.action in ("notation", "title")
            or (one.action == "year" and one.field == "baseline"),
            N_("Page and box, or an indicator, are needed."),
        ),
        (
            one.action not in _STAGES["assemble"] - {"role", "layout"} or placed,
            N_("Page and box are needed."),
        ),
    )
    return next((message for holds, message in needed if not holds), None)


def _is_place(one: Decision) -> bool:
    """Whether page and box, where they are given, can be a place: finite, and in order."""
    if one.page is not None and one.page < 1:
        return False
    if one.box is None:
        return True
    x0, top, x1, bottom = one.box
    return all(map(math.isfinite, one.box)) and x0 <= x1 and top <= bottom


def _check_targets(decisions: Sequence[Decision], path: Path) -> None:
    """Refuse two decisions on one finding, and two that say different things of one target."""
    seen: dict[tuple[object, ...], Decision] = {}
    for one in decisions:
        for target in (one.target, *([("finding", one.finding)] if one.finding else [])):
            other = seen.setdefault(target, one)
            alike = target == one.target and other.value == one.value
            if other is not one and (target[0] == "finding" or not alike):
                raise _refused(
                    path,
                    one.line,
                    N_("There is a decision for the same target in line {other}."),
                    other=str(other.line),
                )


def _refused(path: Path, line: int, message: str, **parameters: str) -> SettingsError:
    return SettingsError(
        message,
        advice=N_("Correct the line, or take the decision back: shihyo decide --undo KEY"),
        file=str(path),
        page=None,
        line=str(line),
        **parameters,
    )
