"""The ways to settle a finding, and which of them a person means."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.errors import UsageError
from pipeline.japanese.text import label
from pipeline.messages import N_, Language, translate
from pipeline.model import Finding, Record
from pipeline.settings.decisions import (
    ACTIONS,
    BELOW,
    NOTATIONS,
    OF_NOTATION,
    ROLES,
    VALUED,
    Action,
    read_direction,
)
from pipeline.validate.catalogue import rule_of

_AS_READ: dict[str, str] = {"A": "first", "B": "second"}

READINGS = {"A": N_("reading A: {value}"), "B": N_("reading B: {value}")}

RULES = N_("judge by these rules: ◎：目標値以上 / ○：基準値以上 / △：基準値未満")

HOLDS_NONE = N_("this table holds no indicators, nor do those like it in later editions")
_OF_TABLES = frozenset({"layout.not-understood", "reading.table-without-headings"})
"""Doubts about tables that were not taken over."""

IT_IS = N_("it is this: {value}")
KINDS = "kinds"
"""The parameter with the roles of which the one value of a cell may have any."""

JOINS_BELOW = N_("goes on in the row below")

SIDES = {"higher": N_("higher is better"), "lower": N_("lower is better")}


class Choice(Record):
    """One way to settle a finding: ``code`` is typed; ``typed``: a value is to be given.

    ``shown`` stands for the value in ``text``, where that is only a code.  ``field``: the one that
    the choice is about, where a finding leaves several.
    """

    code: str
    action: Action
    text: str
    value: str = ""
    shown: str = ""
    typed: bool = False
    field: str = ""


def choices(found: Finding) -> tuple[Choice, ...]:
    """All ways to settle a finding, the likeliest first."""
    return tuple(_choices(found))


def _choices(found: Finding) -> Iterator[Choice]:
    for action in rule_of(found.rule).settled_by:
        if action == "value":
            yield from _values(found)
        elif action == "direction":
            for side, text in SIDES.items():
                yield Choice(code=side, action="direction", text=text, value=side)
        elif action == "notation":
            for way in OF_NOTATION.get(found.rule, ()):
                yield Choice(code=way, action="notation", text=NOTATIONS[way], value=way)
        elif action == "layout" and found.rule in _OF_TABLES:
            yield Choice(code="none", action="layout", text=HOLDS_NONE)
        elif action == "legend":
            yield from _legends(found)
        elif action == "join":
            yield Choice(code=action, action=action, text=ACTIONS[action])
            yield Choice(code=BELOW, action=action, text=JOINS_BELOW, value=BELOW)
        else:
            typed = action in VALUED
            yield Choice(code=action, action=action, text=ACTIONS[action], typed=typed)


def _values(found: Finding) -> Iterator[Choice]:
    """What was read, the roles that the one value of a cell may have, or a value to be typed."""
    for code, name in _AS_READ.items():
        if name in found.parameters:
            text = label(found.parameters[name])
            yield Choice(code=code, action="value", text=READINGS[code], value=text)
    kinds = found.parameters.get(KINDS, "").split()
    if not kinds:
        yield Choice(code="value", action="value", text=ACTIONS["value"], typed=True)
    text = label(found.printed or "")
    for kind, role in ((kind, role) for kind, role in ROLES.items() if kind in kinds):
        yield Choice(code=kind, action="value", text=IT_IS, value=text, shown=role, field=kind)


def _legends(found: Finding) -> Iterator[Choice]:
    """The readings of a legend that were proposed, and rules in a person's own words."""
    for code, name in _AS_READ.items():
        if found.rule == "legend.two-readings" and name in found.parameters:
            text = found.parameters[name]
            yield Choice(code=code, action="legend", text=READINGS[code], value=code, shown=text)
    if found.rule == "legend.unconfirmed":
        yield Choice(code="legend", action="legend", text=ACTIONS["legend"])
    yield Choice(code="rules", action="legend", text=RULES, typed=True)


def chosen(found: Finding, take: str) -> Choice:
    """The choice that a person means: a code, its words in either language, or a value.

    A value is meant for the first action that takes one; ``unit:人`` names another action.
    Raises :class:`UsageError` for what cannot settle this finding.
    """
    wanted = take.strip()
    offered = choices(found)
    for one in offered:
        words = [label_of(one, language) for language in ("ja", "en")]
        said = len(wanted) > 2 and any(wanted in text for text in words)
        side = one.action == "direction" and read_direction(wanted) == one.value
        if not one.typed and (wanted.lower() == one.code.lower() or said or side):
            return one
    valued = [one for one in offered if one.typed]
    code, mark, rest = wanted.partition(":")
    for one in valued:
        if mark and code.strip() == one.code and rest.strip():
            return replace(one, value=rest.strip())
    reserved = {*ACTIONS, "rules", *(translate(text, "ja") for text in ACTIONS.values())}
    if wanted and valued and wanted not in reserved:
        return replace(valued[0], value=wanted)
    raise UsageError(
        N_("{take} does not settle {key}."),
        advice=N_("It can be settled by: {codes}"),
        take=wanted or "-",
        key=found.key,
        codes=", ".join(f"{one.code}:…" if one in valued else one.code for one in offered) or "-",
    )


def label_of(one: Choice, language: str) -> str:
    """A choice in words."""
    known: Language = "en" if language == "en" else "ja"
    parts = [translate(part, known) for part in (one.shown or one.value).split("\t")]
    return translate(one.text, known, value=" ".join(parts))
