"""What a summary speaks of when it is not of all indicators of the plan as they are reported.

Another time, another plan, some of the indicators only, or no indicators at all: figures of these
accuse no row.
"""

from __future__ import annotations

import re

from pipeline.japanese.eras import find_years, without_years
from pipeline.japanese.text import label
from pipeline.legend.claim_words import any_of
from pipeline.legend.vocabulary import ClaimWords

_TOPIC = r"[^、。]{0,10}?(?:は|では|には|において|も|(?=[、,:]))"
"""What follows a time that a sentence goes on to speak of: 前年度の評価では."""
_PLAN = re.compile(
    r"(?P<order>第?[0-9]{1,2}[期次])?(?:[一-龠ァ-ヶー・]{2,}(?:計画|戦略|大綱|プラン|ビジョン)"
    r"|(?<=[期次])[一-龠ァ-ヶー・]*(?:計画|戦略|大綱|プラン|ビジョン))(?=[のでは、])"
)
_OWN = re.compile(
    r".*(?:総合計画|総合戦略)|(?:本|当|全体|後期|中期)*(?:行動|基本|実施|全体)?計画|本戦略"
)
"""Plans of which a report of any municipality may speak as its own."""


def without_notation(caption: str) -> str:
    """A caption without what it says of figures in brackets: (　)内は前年度."""
    return re.sub(r"\(\s*\)(?:内|書き?|は)[^。]*", "", caption)


def is_of_another_time(caption: str, grammar: ClaimWords, year: int) -> bool:
    """Whether a caption speaks of an earlier year or of what is expected.

    A later year may be that of the report itself.
    """
    years = find_years(caption)
    earlier = bool(years) and max(one.fiscal_year for one in years) < year
    return earlier or any(word in caption for word in (*grammar.elsewhen, *grammar.expected))


def is_other_year(text: str, year: int) -> bool:
    """Whether the last year that a text names is another one than the reported one."""
    years = find_years(text)
    return bool(years) and year not in (years[-1].year, years[-1].end, years[-1].fiscal_year)


def is_elsewhen(sentence: str, at: int, grammar: ClaimWords) -> bool:
    """Whether a position speaks of another time: its clause does, or one before it went over to.

    ``前年度は達成9件、改善5件`` speaks of last year to its end, to 今年度, or to が、.
    """
    clause = re.split(r"[、,(]", sentence[:at])[-1]
    if any(word in clause for word in grammar.elsewhen):
        return True
    times = rf"(?P<earlier>{any_of(grammar.earlier)})|(?:{any_of(grammar.current)})"
    before = re.split(r"(?:が|ものの|に対して?)、", re.sub(r"\([^()]*\)", "", sentence[:at]))[-1]
    topics = [found["earlier"] for found in re.finditer(rf"(?:{times}){_TOPIC}", before)]
    return bool(topics) and topics[-1] is not None


def is_narrowed(text: str, grammar: ClaimWords) -> bool:
    """Whether a text counts some indicators only, others too, or something else."""
    if any(word in text for word in (*grammar.narrowed, *grammar.elsewhere)):
        return True
    speaks_of_them = any(word in text for word in ("指標", "KPI"))
    return not speaks_of_them and any(word in text for word in grammar.foreign)


def is_judged_otherwise(text: str, grammar: ClaimWords) -> bool:
    """Whether a text speaks of statuses that are not those of the table: 外部委員, 速報値."""
    return any(word in text for word in grammar.differing)


def is_neutral(text: str, grammar: ClaimWords) -> bool:
    """Whether a text says nothing that could narrow what is counted after it: 令和6年度の評価は."""
    bare = re.sub(r"\([^()]*\)", "", without_years(text))
    bare = re.split(rf"(?:が|ものの)、(?={any_of(grammar.current)})", bare)[-1]
    said = (*grammar.neutral, *grammar.link, *grammar.highest, *grammar.lowest)
    bare = re.sub(any_of(said), "", bare)
    return re.search(r"[一-龠々ァ-ヶA-Za-z0-9]|新た|すべて", bare) is None


def names_other_plan(text: str, title: str) -> bool:
    """Whether a text names a plan that is not that of the document, as its title names it."""
    own = label(title)
    for found in _PLAN.finditer(text):
        order = found["order"] or ""
        name = found.group().removeprefix(order)
        name = name.removeprefix("前期") if "前期" in own else name
        if (order and order not in own) or (name not in own and not _OWN.fullmatch(name)):
            return True
    return False
