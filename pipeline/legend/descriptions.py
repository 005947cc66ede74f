"""Statuses named by what they mean: ``目標を達成した指標``, ``基準値より悪化した3指標``.

A document that judges with marks sums up in words.  Such a phrase is read as an explanation of a
legend is, and stands for the statuses that the document's own rules give wherever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.japanese.text import label
from pipeline.legend.claim_words import any_of
from pipeline.legend.engine import holds, judge
from pipeline.legend.explanations import read_explanation
from pipeline.legend.rules import RateForm, StatusRule
from pipeline.legend.soundness import critical_cases
from pipeline.legend.vocabulary import LegendWords

_ENDING = (
    r"(?:した|しなかった|して(?:いる|いた|いない)|できた|できなかった|となった|った|って(?:いる|いた)|"
    r"き?なかった|な?かった|(?:さ?れ)?なかった|[たるいのし])?"
)
_ALONE = r"(?:目標値?)?(?:達成|未達成|未達)(?:した)?"
"""What says of the target that it is reached, without naming it."""


@lru_cache(maxsize=8)
def _pattern(words: LegendWords) -> re.Pattern[str]:
    figures = any_of(map(label, (*words.target, *words.baseline)))
    verbs = any_of(label(verb) for group in _groups(words) for verb in group)
    later = any_of(map(label, (*words.final, *words.yearly)))
    phrase = rf"(?:(?:{later})の?)?(?:{figures})(?:より|から|[をにとは])(?:{verbs}){_ENDING}"
    return re.compile(rf"(?<![一-龠々ァ-ヶー])(?:{phrase}|{_ALONE})(?![率度値]|に向け)")


def _groups(words: LegendWords) -> tuple[Sequence[str], ...]:
    said = words.comparisons
    return said.reaches, said.better, said.equals, said.not_better, said.worse


def find_descriptions(text: str, words: LegendWords) -> tuple[str, ...]:
    """The phrases of a folded text (see ``text.label``) that say what a status may mean."""
    return tuple(dict.fromkeys(found.group() for found in _pattern(words).finditer(text)))


def described(
    phrase: str, rules: Sequence[StatusRule], form: RateForm, words: LegendWords
) -> tuple[str, ...] | None:
    """The statuses of which a phrase holds always, where it never holds of the others.

    ``None``: it holds of some figures of a status only, or is not read.
    """
    meant = _as_rule(phrase, words)
    if meant is None or not rules or any(rule.indicators for rule in rules):
        return None
    seen: dict[str, set[bool | None]] = {}
    for case in critical_cases([*rules, meant], form):
        status = judge(case.figures, rules, form).status if case.improves else None
        if status is not None:
            truth = holds(meant, case.figures, form, case.direction)
            seen.setdefault(status, set()).add(truth)
    if not seen or any(len(truths) > 1 for truths in seen.values()):
        return None
    return tuple(word for word, truths in seen.items() if truths == {True})


def _as_rule(phrase: str, words: LegendWords) -> StatusRule | None:
    """A phrase as a rule of conditions; ``None`` if it says anything else."""
    alone = re.fullmatch(_ALONE, phrase) is not None and not phrase.startswith("目標")
    reading = read_explanation(f"目標{phrase}" if alone else phrase, words)
    bare = (
        not reading.target
        and reading.band is None
        and reading.within is None
        and not reading.also_judgement
    )
    if reading.kind != "conditions" or not bare:
        return None
    return StatusRule(words=(phrase,), when=reading.when, or_when=reading.or_when)
