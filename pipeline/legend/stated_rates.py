"""How a document says that its rates are made: ※進捗率＝（実績値－基準値）÷（目標値－基準値）×100.

The texts that are read, and the formulas that each allows (a test reads each of them):

    達成率＝実績値÷目標値×100                                   plain, inverse, mirrored
    減少を目指す指標の達成率は、目標値÷実績値×100で算出         inverse
    進捗率＝（実績値－基準値）÷（目標値－基準値）×100           progress
    基準値から目標値までの進捗度が50％以上                      progress
    減少を目指す指標は（２－実績値÷目標値）×100                 mirrored
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.japanese.text import label
from pipeline.legend.claim_words import any_of
from pipeline.legend.rules import Formula
from pipeline.legend.vocabulary import LegendWords

_ACTUAL, _TARGET, _BASELINE = "Ⓐ", "Ⓣ", "Ⓑ"
_SIGNS = str.maketrans("÷∕−‐–ー[]", "//----()")
_NAME = re.compile(r"[一-龠々]{1,8}[率度合](?=[(=:は])")
"""The rate that a formula is of, before its sign of equality."""
_FORMULAS: tuple[tuple[str, frozenset[Formula]], ...] = (
    (rf"\({_ACTUAL}-{_BASELINE}\)/\({_TARGET}-{_BASELINE}\)", frozenset({"progress"})),
    (rf"\({_BASELINE}-{_ACTUAL}\)/\({_BASELINE}-{_TARGET}\)", frozenset({"progress"})),
    (
        rf"{_BASELINE}から{_TARGET}まで(?:の間)?の(?:進捗|達成|到達)(?:率|度)",
        frozenset({"progress"}),
    ),
    (rf"2-\(?{_ACTUAL}/{_TARGET}|\(2{_TARGET}-{_ACTUAL}\)/{_TARGET}", frozenset({"mirrored"})),
    (rf"\({_TARGET}-\({_ACTUAL}-{_TARGET}\)\)/{_TARGET}", frozenset({"mirrored"})),
    (rf"{_TARGET}/{_ACTUAL}", frozenset({"inverse"})),
    (rf"{_ACTUAL}/{_TARGET}", frozenset({"plain", "inverse", "mirrored"})),
)
"""The first that a text holds is its formula; one of the figures alone leaves open what is done
where less is better."""


def stated_formulas(
    texts: Iterable[str], legend: Iterable[str], words: LegendWords
) -> frozenset[Formula]:
    """The formulas that the texts of a document leave open; empty if they say nothing.

    ``legend``: its explanations.  Of several rates, those that they name count.
    """
    explanations = [label(text) for text in legend]
    found = list(_stated([*texts, *explanations], words))
    spoken = "".join(explanations)
    named = [formulas for name, formulas in found if name and name in spoken]
    sets = named or [formulas for _, formulas in found]
    both = frozenset.intersection(*sets) if sets else frozenset()
    return both or frozenset().union(*sets)


def _stated(texts: Iterable[str], words: LegendWords) -> Iterator[tuple[str, frozenset[Formula]]]:
    figures = ((_ACTUAL, words.actual), (_TARGET, words.target), (_BASELINE, words.baseline))
    for text in texts:
        plain = "".join(label(text).split()).translate(_SIGNS)
        name = _NAME.search(plain)
        short = plain
        for sign, names in figures:
            short = re.sub(rf"(?:{any_of(names)})", sign, short)
        for pattern, formulas in _FORMULAS:
            if re.search(pattern, short):
                yield name.group() if name else "", formulas
                break
