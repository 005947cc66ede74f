"""Settings of the assemble stage: words of headings and patterns of the plan's tree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

from msgspec.structs import replace

from pipeline.errors import SettingsError
from pipeline.japanese.eras import without_years
from pipeline.japanese.text import match_key
from pipeline.legend.vocabulary import LegendVocabulary
from pipeline.messages import N_
from pipeline.model import Kind, Record
from pipeline.settings.decisions import Decision, of_stage
from pipeline.settings.files import (
    convert,
    find_in_toml,
    from_toml,
    holding,
    merge_toml,
    standing,
    strongest,
)
from pipeline.settings.legend import load_vocabulary

_GAP = r"""(?:\s*[:：.．、｜|―—ー-]\s*|\s+|(?=[「『“"])|(?<=[)）]))"""
_STOP = r"""(?:\s*[:：.．、｜|―—]\s*|\s+|(?=[「『“"])|(?<=[)）]))"""
_NUMERAL = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}|[Ⅰ-Ⅻ]|[①-⑳]|[IVX]{1,4})"


_HINTS = "_hints"
_OVER_FIGURES = "_over_figures"
"""What ends the keys of ``headers.toml`` for words that are values only over figures."""


_OTHERS = ("superseded", "first", "limits", "conforming", "ledgers", "filled_in")
"""Keys of ``headers.toml`` for words that tell tables of other kinds."""


class Family(Record):
    """One way of writing a heading.  ``pattern`` has the groups ``number`` and ``title``.

    ``beneath``: what of it says that a level stands above: its words, or its double numbers.
    ``loose`` is the pattern without the gap between number and title, which some producers lose.
    """

    name: str
    rank: int
    pattern: str
    loose: str
    beneath: Literal["", "words", "numbers"] = ""


class LinePatterns(Record):
    """Regular expressions for lines outside the tables."""

    title: str
    page_number: str
    contents: str
    note: str
    unit: str
    byline: str
    naming: str
    headline: str
    department: str
    colour: str
    verdict: str
    total: str
    mark: str
    example: str
    period: str
    placeholder: str
    form: str
    no_title: str
    part: str
    ornament: str
    brackets: str
    about: str
    meaning: str
    content: str
    inner: str


class HeadingParts(Record):
    """The words of ``[parts]`` in ``values.toml`` that headings bear."""

    words: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    wrapped: tuple[str, ...] = ()
    next_year: tuple[str, ...] = ()
    previous_year: tuple[str, ...] = ()


class AssembleSettings(Record):
    """All that the assemble stage may read.

    ``headers``: role → words, without what was decided (:func:`with_roles`); ``common_headers``:
    those that other tables use as well, less what the profile itself declares;
    ``current_headers``: words for a baseline that beside another one are actuals;
    ``budget_headers``: words for money;
    ``difference_headers``: for what the other figures of a row give; ``apart_headers``: what
    follows a word for figures where the heading speaks of something else; ``over_figures``: role →
    words for something else that bear this role where figures stand below them; ``over_years``:
    headings that only say that years stand below them;
    ``elsewise``: parts of headings that speak of other figures than a plan's;
    ``hints``: role → parts of headings that say it of figures;
    ``counted``: the last words of names of what is counted; ``superseded``: what says of figures
    that they hold no longer, ``first`` that of targets beside others of their year; ``parts``:
    what says which part figures are of (男性, 累計); ``limits``: words for limits from outside;
    ``conforming``: what is said of figures that keep to one; ``ledgers``: words over what ledgers
    count; ``filled_in``: headings of a form that tells how another one is filled in.
    ``goal_family``/``policy_family`` fix the families of the tree for one municipality; empty:
    found from the document.  ``confirmed_layouts``: the keys of the layouts
    (:class:`pipeline.model.Layout`) that were looked at and found right.
    """

    headers: dict[str, tuple[str, ...]]
    common_headers: tuple[str, ...]
    current_headers: tuple[str, ...]
    budget_headers: tuple[str, ...]
    difference_headers: tuple[str, ...]
    apart_headers: tuple[str, ...]
    over_figures: dict[str, tuple[str, ...]]
    over_years: tuple[str, ...]
    elsewise: tuple[str, ...]
    hints: dict[str, tuple[str, ...]]
    counted: tuple[str, ...]
    superseded: tuple[str, ...]
    first: tuple[str, ...]
    parts: HeadingParts
    limits: tuple[str, ...]
    conforming: tuple[str, ...]
    ledgers: tuple[str, ...]
    filled_in: tuple[str, ...]
    families: tuple[Family, ...]
    lines: LinePatterns
    legend: LegendVocabulary
    goal_family: str = ""
    policy_family: str = ""
    header_score: int = 84
    confirmed_layouts: tuple[str, ...] = ()
    decisions: tuple[Decision, ...] = ()


class _FamilyEntry(Record):
    rank: int
    pattern: str
    beneath: Literal["", "words", "numbers"] = ""


class _Headings(Record):
    families: dict[str, _FamilyEntry]
    lines: LinePatterns


class _Section(Record):
    headers: dict[str, tuple[str, ...]] = {}
    headings: dict[str, _FamilyEntry] = {}
    goal_family: str = ""
    policy_family: str = ""
    header_score: int = 84
    confirmed_layouts: tuple[str, ...] = ()


def _with_gaps(pattern: str, times: str = "") -> str:
    return pattern.replace("{gap}", _GAP + times).replace("{stop}", _STOP + times)


def _compiled(pattern: str, place: Callable[[], tuple[Path, int | None]]) -> str:
    """The pattern in full, known to be good; ``place``: the file and line to blame if not."""
    full = pattern.replace("{m}", "[(（]?{n}[)）]?")
    full = full.replace("{n}", f"(?P<number>{_NUMERAL})")
    full = full.replace("{n2}", f"(?P<number2>{_NUMERAL})")
    full = full.replace("{n3}", f"(?P<number3>{_NUMERAL})")
    try:
        groups = re.compile(full).groupindex
    except re.error as error:
        path, line = place()
        raise SettingsError(
            N_("{pattern} is no regular expression: {problem}"),
            file=str(path),
            line=line,
            pattern=pattern,
            problem=str(error),
        ) from error
    if not {"number", "title"} <= set(groups):
        path, line = place()
        raise SettingsError(
            N_("{pattern} has to have a number ({number}) and a title ({title})."),
            file=str(path),
            line=line,
            pattern=pattern,
            number="{n}",
            title="(?P<title>…)",
        )
    return full


def _checked(lines: LinePatterns, defaults: Path, path: Path) -> LinePatterns:
    """The patterns as they are, each with the groups that the packaged one has."""
    packaged = convert(merge_toml([defaults], path.name), _Headings, path).lines
    for name in lines.__struct_fields__:
        pattern = getattr(lines, name)
        try:
            groups = re.compile(pattern).groupindex
        except re.error as error:
            raise _wrong(name, f"{pattern}: {error}", path) from error
        lacking = sorted(set(re.compile(getattr(packaged, name)).groupindex) - set(groups))
        if lacking:
            raise _wrong(name, f"{pattern}: (?P<{lacking[0]}>…)", path)
    return lines


def _wrong(name: str, problem: str, path: Path) -> SettingsError:
    return SettingsError(
        N_("The pattern {name} cannot be used: {problem}"),
        advice=N_("Write it as a regular expression with the groups of the packaged one."),
        file=str(path),
        name=name,
        problem=problem,
    )


def _place(folders: Sequence[Path], name: str) -> tuple[Path, int | None]:
    """The file and the line in which a family of headings is told."""
    return holding(
        (folders[-1] / "profile.toml", ("assemble", "headings", name, "pattern")),
        *(
            (path, ("families", name, "pattern"))
            for path in (standing(folders, "headings.toml") or [Path("headings.toml")])
        ),
    )


def _of_every_year(decided: Sequence[Decision], known: Collection[str]) -> list[Decision]:
    """Decisions on headings, without the years of their headings.

    Not where such headings with other years were given other roles: their years tell them apart;
    nor, in the edition itself, where the word is ``known`` without its year.
    """
    bare = [match_key(without_years(one.expect)) for one in decided]
    roles: dict[str, set[str]] = defaultdict(set)
    for word, one in zip(bare, decided, strict=True):
        roles[word].add(one.value)
    return [
        replace(one, expect=word)
        if word and len(roles[word]) == 1 and (one.carried or word not in known)
        else one
        for word, one in zip(bare, decided, strict=True)
    ]


def with_roles(settings: AssembleSettings) -> AssembleSettings:
    """The settings with the headings whose role a person decided under that role alone."""
    words = dict(settings.headers)
    known = {match_key(word) for own in words.values() for word in own}
    asked = [one for one in settings.decisions if one.action == "role"]
    decided = _of_every_year(asked, known)
    for one in decided:
        key = match_key(one.expect)
        for role, listed in words.items():
            words[role] = tuple(word for word in listed if match_key(word) != key)
        words[one.value] = (*words.get(one.value, ()), one.expect)
    named = {one.expect for one in decided}
    common = tuple(word for word in settings.common_headers if word not in named)
    return replace(settings, headers=words, common_headers=common)


def with_decisions(settings: AssembleSettings, decisions: Sequence[Decision]) -> AssembleSettings:
    """The settings with what was decided on one edition."""
    own = of_stage(decisions, "assemble")
    return replace(settings, decisions=own)


def _parts(folders: Sequence[Path]) -> HeadingParts:
    """The words in headings for parts of a value, of the vocabulary of values."""
    path = strongest(folders, "values.toml")
    parts = merge_toml(folders, "values.toml").get("parts", {})
    return convert(
        {key: parts.get(key, ()) for key in HeadingParts.__struct_fields__}, HeadingParts, path
    )


def load(folders: Sequence[Path], section: dict[str, Any]) -> AssembleSettings:
    """Headings' words and patterns from all layers, plus the profile's ``[assemble]`` table.

    Raises :class:`SettingsError` for an unknown role, key or an unusable pattern.
    """
    profile = folders[-1] / "profile.toml"
    own = convert(section, _Section, profile, table="assemble")
    words_file = strongest(folders, "headers.toml")
    words = convert(merge_toml(folders, "headers.toml"), dict[str, tuple[str, ...]], words_file)
    common, current = words.pop("common", ()), words.pop("current", ())
    budget = words.pop("budget", ())
    differences, apart = words.pop("difference", ()), words.pop("apart", ())
    over_years = words.pop("over_years", ())
    elsewise, counted = words.pop("elsewise", ()), words.pop("counted", ())
    others = {key: words.pop(key, ()) for key in _OTHERS}
    hints = {
        key.removesuffix(_HINTS): words.pop(key) for key in list(words) if key.endswith(_HINTS)
    }
    over = {
        role: words.pop(key)
        for key in list(words)
        if (role := key.removesuffix(_OVER_FIGURES)) != key
    }
    declared = {word for extra in own.headers.values() for word in extra}
    for role, extra in own.headers.items():
        words[role] = tuple(dict.fromkeys((*extra, *words.get(role, ()))))
    for role in (*words, *over, *hints):
        if role not in get_args(Kind):
            path, line = holding(
                (profile, ("assemble", "headers", role)),
                *((path, (role,)) for path in standing(folders, "headers.toml")),
            )
            raise SettingsError(
                N_("There is no role of the name {role} for the columns of a table."),
                advice=N_("The roles are: {roles}"),
                file=str(path),
                line=line,
                role=role,
                roles=", ".join(get_args(Kind)),
            )
    headings_file = strongest(folders, "headings.toml")
    headings = from_toml(folders, "headings.toml", _Headings)
    entries = {**headings.families, **own.headings}
    families = tuple(
        Family(
            name=name,
            rank=entry.rank,
            pattern=_compiled(_with_gaps(entry.pattern), partial(_place, folders, name)),
            loose=_compiled(_with_gaps(entry.pattern, "?"), partial(_place, folders, name)),
            beneath=entry.beneath,
        )
        for name, entry in entries.items()
    )
    for key, name in (("goal_family", own.goal_family), ("policy_family", own.policy_family)):
        if name and name not in entries:
            line = find_in_toml(profile, ("assemble", key))[0]
            raise SettingsError(
                N_("There is no family of headings of the name {name}."),
                advice=N_("The families are: {families}"),
                file=str(profile),
                line=line,
                name=name,
                families=", ".join(entries),
            )
    return AssembleSettings(
        headers=words,
        common_headers=tuple(word for word in common if word not in declared),
        current_headers=current,
        budget_headers=budget,
        difference_headers=differences,
        apart_headers=apart,
        over_figures=over,
        over_years=over_years,
        elsewise=elsewise,
        hints=hints,
        counted=counted,
        superseded=others["superseded"],
        first=others["first"],
        parts=_parts(folders),
        limits=others["limits"],
        conforming=others["conforming"],
        ledgers=others["ledgers"],
        filled_in=others["filled_in"],
        families=families,
        lines=_checked(headings.lines, folders[0], headings_file),
        legend=load_vocabulary(folders),
        goal_family=own.goal_family,
        policy_family=own.policy_family,
        header_score=own.header_score,
        confirmed_layouts=tuple(dict.fromkeys(own.confirmed_layouts)),
    )
