"""Notes that list indicators as of one direction: ※No.3、7は数値が低いほど良い指標."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import structs

from pipeline.japanese.text import label, match_key
from pipeline.model import Indicator, Printed
from pipeline.normalize.direction import side_told
from pipeline.settings.normalize import Sides

_NUMBER = r"[0-9]{1,3}(?:-[0-9]{1,2}){0,2}"
_MARK = r"(?:No\.?|№|番号|指標番号|指標|KPI)"
_AND = r"\s*(?:[、,・]|及び|および|と)\s*"
_SPAN = rf"{_NUMBER}(?:\s*[〜~]\s*(?:{_MARK}\s*)?[0-9]{{1,3}})?"
_LIST = re.compile(
    rf"{_MARK}\s*(?P<numbers>{_SPAN}(?:{_AND}(?:{_MARK}\s*)?{_SPAN})*)番?(?:の(?:指標|項目|KPI))?は"
)
_NAMED = re.compile(r"(?P<names>「[^」]+」(?:(?:[、,・]|及び|および|と)?「[^」]+」)*)(?:の指標)?は")


def with_listed(
    indicators: Sequence[Indicator], notes: Iterable[Printed], phrases: Sides
) -> list[Indicator]:
    """The indicators, those that a note lists with it, and the others as not listed by it.

    Not where one of the numbers in the list is that of several indicators.
    """
    known = list(indicators)
    for note in notes:
        text = label(note.text)
        found = _LIST.search(text) or _NAMED.search(text)
        if found is None or side_told(text[found.end() :], phrases) is None:
            continue
        meant = _meant(found, known)
        if meant:
            known = [
                structs.replace(one, listed=text)
                if at in meant
                else structs.replace(one, unmarked=one.unmarked or text)
                for at, one in enumerate(known)
            ]
    return known


def _meant(found: re.Match[str], indicators: Sequence[Indicator]) -> set[int]:
    """The places of the indicators that a list means; empty where that is not clear."""
    if "names" in found.re.groupindex:
        names = {match_key(name) for name in re.findall("「([^」]+)」", found["names"])}
        return {at for at, one in enumerate(indicators) if match_key(one.name) in names}
    wanted = set(_numbers(found["numbers"]))
    own = list(map(_own, indicators))
    counts = Counter(own)
    if any(counts[number] != 1 for number in wanted):
        return set()
    return {at for at, number in enumerate(own) if number in wanted}


def _numbers(text: str) -> Iterable[str]:
    for first, last in re.findall(
        rf"({_NUMBER})(?:\s*[〜~]\s*(?:{_MARK}\s*)?([0-9]{{1,3}}))?", text
    ):
        if last and first.isdecimal():
            yield from map(str, range(int(first), int(last) + 1))
        else:
            yield first


def _own(indicator: Indicator) -> str:
    """The number that stands beside an indicator."""
    texts = (seen.value.text or "" for seen in indicator.observations if seen.kind == "number")
    return re.sub(rf"^{_MARK}\s*|[.)]$", "", label(next(texts, "")))
