"""What is released of each value: exact, or marked; shared by all output formats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.boxes import overlaps
from pipeline.japanese.text import label, match_key
from pipeline.model import (
    Box,
    Decided,
    Group,
    Indicator,
    LegendRow,
    Normalized,
    Observation,
    Printed,
    Record,
    Validated,
    Value,
)
from pipeline.notation.formula import runs_as_formula, sign_in_full_width
from pipeline.release.dictionary import NOT_AVAILABLE, WITHHELD

_TOUCH = 0.5
"""Points by which boxes must overlap: neighbours share a rule and are not in doubt together."""
NAMED = ("baseline", "target", "actual", "next_target")
"""The four named views of an indicator, for the reported year."""

_RELEASED_KINDS = frozenset({"baseline", "target", "actual", "rate"})
_OF_THE_FILE = frozenset({"reading.damaged-file", "reading.dynamic-form"})
"""Doubts that hold back every value."""
_OF_ONE_TEXT = frozenset({"release.formula"})
"""Doubts that hold back one text and none of the values beside it."""
_OF_PICTURES = frozenset({"reading.by-ocr"})
"""Doubts that hold back all of a table but the figures that are certain."""
_OF_ROWS = frozenset({"layout.columns"})
"""Doubts that stand with each row that they are about, wherever they are shown."""
IN_WORDS, DOUBTED = "文字による表記", "読み取りに疑義"
"""Reasons for which there is no number that are no missing sign."""


class Shown(Record):
    """One observation as released.  ``number`` is plain decimal notation, or ``None``.

    ``sign`` stands where there is no number; ``words`` is the value in words.  ``field`` is the
    kind with next targets told apart.
    """

    field: str
    observation: Observation
    number: str | None
    sign: str | None
    words: str


def plain(number: Decimal) -> str:
    """A decimal in plain notation with its printed precision: ``46.0``, ``-2000``, ``0``."""
    return format(number, "f")


def released_text(text: str) -> str:
    """The released form of a name, a word or a note, in every format the same.

    A sign at its head stays in full width; what a spreadsheet would run is withheld.
    """
    return WITHHELD if runs_as_formula(text) else sign_in_full_width(label(text))


class Doubtful:
    """Where our reading is in doubt: values there are withheld, whoever raised the doubt."""

    def __init__(self, validated: Validated) -> None:
        self._spots: dict[int, list[tuple[str, Box]]] = {}
        self._confirmed = {(one.page, one.box) for one in validated.confirmed}
        self._everywhere = tuple(
            found.rule
            for found in validated.findings
            if found.severity == "blocker" and found.rule in _OF_THE_FILE
        )
        for finding in validated.findings:
            holds = finding.severity == "blocker" and finding.rule not in _OF_ONE_TEXT | _OF_ROWS
            if holds and finding.page is not None and finding.box:
                self._spots.setdefault(finding.page, []).append((finding.rule, finding.box))

    def rules_at(self, printed: Printed) -> tuple[str, ...]:
        """The rules of the doubts that touch a printed text."""
        sure = printed.sure or (printed.page, printed.box) in self._confirmed
        places = ((printed.page, printed.box), *((s.page, s.box) for s in printed.continued))
        here = (
            rule
            for page, own in places
            for rule, box in self._spots.get(page, ())
            if overlaps(box, own, _TOUCH) and not (sure and rule in _OF_PICTURES)
        )
        return (*self._everywhere, *here)

    def holds(self, indicator: Indicator, field: str, value: Value) -> bool:
        """Whether a value is held back.

        A doubt of the indicator is written ``rule:field``; one without a field holds back all
        its values.  A name that was read from a picture holds back no figure that is certain.
        """
        named = {doubt.partition(":")[2] for doubt in indicator.doubts}
        of_name = self.rules_at(indicator.name_printed)
        if named & {"", field} or not _OF_PICTURES.issuperset(of_name):
            return True
        return bool(self.rules_at(value.printed))

    def of(self, indicator: Indicator) -> list[str]:
        """All doubts of an indicator, each once."""
        found = list(indicator.doubts)
        status = indicator.status_printed
        for printed in (
            indicator.name_printed,
            *(observation.value.printed for observation in indicator.observations),
            *((status,) if status else ()),
        ):
            found.extend(self.rules_at(printed))
        return list(dict.fromkeys(found))


def published_status(indicator: Indicator, doubtful: Doubtful) -> str | None:
    """The status as the document prints it; a dash that is printed is one (－).

    It is withheld where a doubt touches it, but for words that were read from a picture.
    """
    seen = indicator.status_printed
    if seen and not _OF_PICTURES.issuperset(doubtful.rules_at(seen)):
        return WITHHELD
    if indicator.status is not None:
        return released_text(indicator.status)
    return released_text(seen.text if seen else "") or None


def shown_value(
    value: Value, signs: Mapping[str, str], *, held: bool
) -> tuple[str | None, str | None, str]:
    """(number, sign, words) of one value; ``signs``: canonical missing sign → released sign."""
    if held:
        return None, WITHHELD, WITHHELD
    if value.text is not None:
        return None, NOT_AVAILABLE, released_text(value.text)
    if value.upper is not None:  # its lines break within numbers too
        whole = "".join(map(str.strip, value.printed.text.splitlines()))
        return None, NOT_AVAILABLE, released_text(whole)
    if value.number is not None:
        number = plain(value.number)
        qualified = value.bound or value.approximate
        return number, None, released_text(value.printed.text) if qualified else number
    sign = signs.get(value.missing or "", NOT_AVAILABLE)
    return None, sign, sign


def field_of(observation: Observation, actual_fiscal_year: int) -> str:
    """The kind of an observation; targets after the reported year are next targets."""
    year = observation.fiscal_year
    if observation.kind == "target" and year is not None and year > actual_fiscal_year:
        return "next_target"
    return observation.kind


def observations(
    indicator: Indicator,
    actual_fiscal_year: int,
    signs: Mapping[str, str],
    doubtful: Doubtful,
) -> Iterator[Shown]:
    """The released observations of an indicator in printed order."""
    for observation in indicator.observations:
        if observation.kind not in _RELEASED_KINDS:
            continue
        field = field_of(observation, actual_fiscal_year)
        held = doubtful.holds(indicator, field, observation.value)
        number, sign, words = shown_value(observation.value, signs, held=held)
        yield Shown(field=field, observation=observation, number=number, sign=sign, words=words)


def unit_of(indicator: Indicator, observation: Observation) -> str:
    """The unit of one observation: a part (a rank beside a share) may have one of its own."""
    if observation.kind == "rate":
        return "%"
    own = observation.value.unit if observation.part else None
    return own or indicator.unit or NOT_AVAILABLE


def decision_text(decided: Decided | None) -> str:
    """What a person decided of a finding, in one line; empty if nothing was."""
    if decided is None:
        return ""
    taken = f"{decided.field}: {decided.taken}" if decided.taken else decided.field
    by = " ".join(filter(None, (decided.who, decided.when)))
    return f"{taken} — {decided.reason}" + (f" ({by})" if by else "")


def statuses(validated: Validated) -> dict[str, str | None]:
    """Indicator id → recomputed status."""
    return {entry.id: entry.status for entry in validated.recomputed}


def status_words(group: Group, legend: Sequence[LegendRow]) -> list[str]:
    """The status words of a group, in the order of the document's legend, then as they come."""
    counts = (
        group.counts_printed,
        group.percent_printed,
        group.counts_published,
        group.counts_recomputed,
    )
    words = list(dict.fromkeys(word for count in counts for word in count))
    order = {match_key(row.word.text): index for index, row in enumerate(legend)}
    return sorted(words, key=lambda word: order.get(match_key(word), len(order)))


def time_code(year: int | None, *, calendar: bool = False) -> str:
    """The e-Stat time code of a fiscal or calendar year; ``***`` where none is printed."""
    if year is None:
        return NOT_AVAILABLE
    return f"{year:04d}000000" if calendar else f"{year:04d}100000"


def missing_reason(shown: Shown, reasons: Mapping[str, str]) -> str | None:
    """Why there is no number, in the words of ``reasons`` (canonical sign → Japanese)."""
    value = shown.observation.value
    if shown.number is not None:
        return None
    if value.in_words and shown.sign != WITHHELD:
        return IN_WORDS
    if value.missing is not None:
        return reasons.get(value.missing, value.missing)
    return DOUBTED


def goal_titles(normalized: Normalized) -> dict[int, str]:
    """Goal number → title."""
    return {
        place.goal_number: place.goal
        for place in normalized.places
        if place.goal_number is not None
    }
