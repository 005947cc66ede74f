"""What the validate stage may know: the status rules, how rates are made, and thresholds.

The rules are the ``[validate]`` table of a municipality's ``profile.toml``::

    [validate]
    target = "year"                        # or "final": judged against the plan's last target

    [validate.rate]
    formula = "inverse"                    # how 達成率 is made (see RateForm)

    [[validate.status]]
    word = "目標達成"
    when = ["reaches_target"]

    [[validate.status]]
    word = "概ね順調"
    rate = { at_least = 80, below = 100 }

    [[validate.status]]
    word = "遅れ"
    otherwise = true

The first rule that holds gives the word.  A set that overlaps or leaves a gap is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from msgspec.structs import replace

from pipeline.errors import SettingsError
from pipeline.legend.rules import (
    Band,
    Condition,
    Field,
    Period,
    RateForm,
    RuleSet,
    StatusRule,
    Tolerance,
)
from pipeline.legend.soundness import check_rules
from pipeline.legend.vocabulary import LegendVocabulary
from pipeline.messages import N_
from pipeline.model import Record
from pipeline.settings.decisions import Decision, of_stage
from pipeline.settings.files import (
    convert,
    find_in_toml,
    from_toml,
    merge_toml,
    packaged_defaults,
    strongest,
)
from pipeline.settings.legend import load_vocabulary


class Plausibility(Record):
    """``plausibility.toml``: what figures can be, by unit and name.

    ``times``: how many times larger or smaller than the nearest other value one must be to be
    looked at; ``doubtful_times``: the same for an actual, a row of few figures, and where lower
    is better, which all vary more; ``explained_within``: how near a power of ten must bring it.
    """

    share_units: tuple[str, ...]
    bounded_shares: tuple[str, ...]
    unbounded: tuple[str, ...]
    rank_units: tuple[str, ...]
    count_units: tuple[str, ...]
    averages: tuple[str, ...]
    times: Decimal
    doubtful_times: Decimal
    explained_within: Decimal


class ValidateSettings(RuleSet):
    """All that the validate stage reads.  ``repeated``: what marks a row as a repeat (再掲)."""

    vocabulary: LegendVocabulary
    plausibility: Plausibility
    repeated: tuple[str, ...] = ()
    advisory: bool = False
    decisions: tuple[Decision, ...] = ()


class _WrittenRule(Record):
    """A rule as written in the profile: one word or several."""

    word: str = ""
    words: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    or_when: tuple[tuple[Condition, ...], ...] = ()
    rate: Band | None = None
    within: Tolerance | None = None
    missing: tuple[Field, ...] = ()
    otherwise: bool = False
    judgement: bool = False
    also_judgement: bool = False
    indicators: tuple[str, ...] = ()


class _Section(Record):
    """The ``[validate]`` table as written."""

    status: tuple[_WrittenRule, ...] = ()
    rate: RateForm = RateForm()
    period: Period | None = None
    target: Literal["year", "final"] = "year"
    advisory: bool = False
    plausibility: dict[str, Any] = {}


def with_decisions(settings: ValidateSettings, decisions: Sequence[Decision]) -> ValidateSettings:
    """The settings with what was decided on one edition."""
    return replace(settings, decisions=of_stage(decisions, "validate"))


def load(folders: Sequence[Path], section: dict[str, Any]) -> ValidateSettings:
    """The settings of the validate stage from a profile's ``[validate]`` table.

    Raises :class:`SettingsError` for an unknown key, a rule without a condition, an empty band,
    and a rule set that overlaps or leaves a gap, with an example value.
    """
    path = (folders[-1] if folders else Path()) / "profile.toml"
    written = convert(section, _Section, path, table="validate")
    rules = tuple(_rule(rule, path) for rule in written.status)
    layers = list(folders) or [packaged_defaults()]
    settings = ValidateSettings(
        vocabulary=load_vocabulary(layers),
        plausibility=from_toml(layers, "plausibility.toml", Plausibility, **written.plausibility),
        repeated=_repeated(layers),
        status=rules,
        rate=written.rate,
        period=written.period,
        target=written.target,
        advisory=written.advisory,
    )
    if written.period is not None and written.period.last_year < written.period.first_year:
        line = find_in_toml(path, ("validate", "period"))[0] if path.is_file() else None
        raise SettingsError(
            N_("The period of the plan ends before it begins ([validate.period])."),
            file=str(path),
            line=line,
        )
    check_rules(settings, path)
    return settings


def _repeated(layers: Sequence[Path]) -> tuple[str, ...]:
    """The words for a repeat, of the vocabulary of projects: indicators bear the same."""
    path = strongest(layers, "values.toml")
    projects = merge_toml(layers, "values.toml").get("projects", {})
    return convert(projects.get("repeated", ()), tuple[str, ...], path)


def _rule(written: _WrittenRule, path: Path) -> StatusRule:
    words = ((written.word,) if written.word else ()) + written.words
    grounds = bool(written.when or written.rate or written.within)
    kinds = [grounds, bool(written.missing), written.otherwise, written.judgement]
    if not words:
        raise SettingsError(N_("A status rule has no word."), file=str(path))
    if sum(kinds) != 1:
        raise SettingsError(
            N_(
                "The status rule {word} needs exactly one of: conditions (when, rate, within), "
                "missing, otherwise, judgement."
            ),
            file=str(path),
            word=words[0],
        )
    for empty in (written.rate and _empty_band(written.rate), _empty_tolerance(written.within)):
        if empty:
            raise SettingsError(
                N_("The status rule {word} has a band without limits or with crossed limits."),
                file=str(path),
                word=words[0],
            )
    return StatusRule(
        words=words,
        when=written.when,
        or_when=written.or_when,
        rate=written.rate,
        within=written.within,
        missing=written.missing,
        otherwise=written.otherwise,
        judgement=written.judgement,
        also_judgement=written.also_judgement,
        indicators=written.indicators,
    )


def _empty_band(band: Band) -> bool:
    lows = [limit for limit in (band.at_least, band.above) if limit is not None]
    highs = [limit for limit in (band.below, band.at_most) if limit is not None]
    if len(lows) > 1 or len(highs) > 1 or not lows + highs:
        return True
    if not (lows and highs):
        return False
    closed = band.at_least is not None and band.at_most is not None
    return lows[0] > highs[0] or (lows[0] == highs[0] and not closed)


def _empty_tolerance(tolerance: Tolerance | None) -> bool:
    if tolerance is None:
        return False
    limits = [limit for limit in (tolerance.points, tolerance.percent) if limit is not None]
    return len(limits) != 1 or limits[0] < 0
