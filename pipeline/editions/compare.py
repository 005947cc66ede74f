"""Several editions of one plan: what changed between two, and all values as one time series.

Two editions are compared on their normalized artefacts.  Indicators are paired by their id, then
by an exact name; what is left is paired where name, unit, place and the values that both editions
print speak for it.  Such a pair is shown as a renaming with its score: it links nothing, the
registry does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Literal

from pipeline.japanese.text import match_key
from pipeline.messages import N_, Language, translate
from pipeline.model import (
    Finding,
    Indicator,
    Normalized,
    Observation,
    Place,
    Printed,
    Record,
    Value,
)
from pipeline.normalize.units import UnitTable
from pipeline.release.dictionary import (
    CODE,
    EDITION,
    FISCAL_YEAR,
    INDICATOR_ID,
    INDICATOR_NAME,
    NOT_AVAILABLE,
    PAGE,
    Field,
    TableSpec,
)
from pipeline.release.tables import Row, write_csv
from pipeline.validate.findings import finding, settle

ChangeKind = Literal[
    "new",
    "retired",
    "renamed",
    "moved",
    "unit_changed",
    "baseline_revised",
    "target_revised",
    "value_revised",
]

_KIND_NAMES: dict[ChangeKind, str] = {
    "new": N_("new"),
    "retired": N_("retired"),
    "renamed": N_("renamed"),
    "moved": N_("moved to another policy"),
    "unit_changed": N_("unit changed"),
    "baseline_revised": N_("baseline revised"),
    "target_revised": N_("target revised"),
    "value_revised": N_("value revised"),
}
_RULES: dict[ChangeKind, str] = {
    "new": "history.new",
    "retired": "history.vanished",
    "renamed": "history.renamed",
    "moved": "history.moved",
    "unit_changed": "history.unit-changed",
    "baseline_revised": "history.baseline-changed",
    "target_revised": "history.target-changed",
    "value_revised": "history.value-revised",
}
_SIMILAR, _VERY_SIMILAR = 80, 90
_DISTINCT_DIGITS, _DISTINCT_DIGITS_HERE = 6, 4
_MARGIN = 5


class Pair(Record):
    """One indicator in two editions; ``how`` tells on what the pairing rests."""

    older: Indicator
    newer: Indicator
    how: Literal["id", "name", "likeness", "values"]
    score: int = 100


class Change(Record):
    """One difference between two editions.

    ``before`` and ``after`` are as printed.  ``score`` is below 100 where a renaming rests on
    likeness and values, and is not (yet) in the registry.
    """

    kind: ChangeKind
    id: str
    name: str
    before: str = ""
    after: str = ""
    fiscal_year: int | None = None
    score: int = 100
    printed: Printed | None = None


# --------------------------------------------------------------------------- pairing


def pair_editions(older: Normalized, newer: Normalized) -> tuple[Pair, ...]:
    """The indicators that both editions have, each in one pair, in the order of the newer one."""
    pairs = [
        *_paired_by(older, newer, "id"),
        *_paired_by(older, newer, "name"),
    ]
    done = {id(one) for pair in pairs for one in (pair.older, pair.newer)}
    before = [one for one in older.indicators if id(one) not in done]
    after = [one for one in newer.indicators if id(one) not in done]
    known = {id(pair.newer): pair for pair in (*pairs, *_paired_by_likeness(before, after))}
    return tuple(known[id(one)] for one in newer.indicators if id(one) in known)


def _paired_by(older: Normalized, newer: Normalized, how: Literal["id", "name"]) -> Iterator[Pair]:
    """Pairs of one id; or of one name that both editions bear once, among those without such."""

    def key(one: Indicator) -> str:
        return one.id if how == "id" else match_key(one.name)

    ids = {one.id for one in older.indicators} & {one.id for one in newer.indicators}
    rest = (
        [one for one in edition.indicators if how == "id" or one.id not in ids]
        for edition in (older, newer)
    )
    before, after = (_unique(indicators, key) for indicators in rest)
    for name, one in after.items():
        if name in before:
            yield Pair(older=before[name], newer=one, how=how)


def _unique(indicators: Iterable[Indicator], key: Any) -> dict[str, Indicator]:
    found: dict[str, list[Indicator]] = {}
    for one in indicators:
        found.setdefault(key(one), []).append(one)
    return {name: bearers[0] for name, bearers in found.items() if len(bearers) == 1}


def _paired_by_likeness(before: Sequence[Indicator], after: Sequence[Indicator]) -> Iterator[Pair]:
    """Renamed indicators: the best pairs first, none where a second one is nearly as good."""
    candidates = [
        pair for old in before for new in after if (pair := _candidate(old, new)) is not None
    ]
    taken: set[int] = set()
    for pair in sorted(candidates, key=lambda found: -found.score):
        rivals = (
            other.score
            for other in candidates
            if other is not pair and (other.older is pair.older or other.newer is pair.newer)
            if not {id(other.older), id(other.newer)} & taken
        )
        if {id(pair.older), id(pair.newer)} & taken or max(
            rivals, default=0
        ) > pair.score - _MARGIN:
            continue
        taken |= {id(pair.older), id(pair.newer)}
        yield pair


def _candidate(old: Indicator, new: Indicator) -> Pair | None:
    """Two names that may be one indicator.

    Names alike are enough where no value speaks against it; else the values must be the same,
    and telling enough (3 and 3 are not).
    """
    from rapidfuzz import fuzz  # noqa: PLC0415  (only for names that are not found)

    if match_key(old.unit) != match_key(new.unit):
        return None
    name = round(fuzz.ratio(match_key(old.name), match_key(new.name)))
    same, different = compare_values(old, new)
    here = _place_key(old.place) == _place_key(new.place)
    digits = sum(len(number.as_tuple().digits) for number in same)
    score = min(99, round(0.5 * name + 8 * min(len(same), 4) + (10 if here else 0)) - 8 * different)
    alike = name >= _SIMILAR and different < len(same)
    alike = alike or (name >= _VERY_SIMILAR and not same and not different)
    if alike:
        return Pair(older=old, newer=new, how="likeness", score=score)
    telling = digits >= (_DISTINCT_DIGITS_HERE if here else _DISTINCT_DIGITS)
    if len(same) >= 2 and not different and telling:
        return Pair(older=old, newer=new, how="values", score=score)
    return None


def compare_values(old: Indicator, new: Indicator) -> tuple[tuple[Decimal, ...], int]:
    """The numbers that two editions both print for one kind, year and part; and how many differ."""
    before, after = _numbers(old), _numbers(new)
    shared = [(before[key], after[key]) for key in before if key in after]
    same = tuple(one for one, other in shared if one == other)
    return same, len(shared) - len(same)


def _numbers(indicator: Indicator) -> dict[tuple[str, int | None, str | None], Decimal]:
    return {
        (seen.kind, None if seen.kind == "baseline" else seen.fiscal_year, seen.part): number
        for seen in indicator.observations
        if seen.kind in ("baseline", "target", "actual")
        and (seen.kind == "baseline" or seen.fiscal_year is not None)
        and (number := seen.value.number) is not None
    }


def _place_key(place: Place) -> tuple[int | None, int | None]:
    return (place.goal_number, place.policy_number)


# --------------------------------------------------------------------------- differences


def diff(older: Normalized, newer: Normalized, units: UnitTable) -> tuple[Change, ...]:
    """What the newer edition changed, in its order; what it no longer has comes last.

    Values are compared only where the unit is the same, and our reading doubts neither edition's.
    """
    pairs = {id(pair.newer): pair for pair in pair_editions(older, newer)}
    changes: list[Change] = []
    for one in newer.indicators:
        pair = pairs.get(id(one))
        if pair is None:
            changes.append(Change(kind="new", id=one.id, name=one.name, printed=one.name_printed))
        else:
            changes.extend(_changes_of(pair, units))
    kept = {id(pair.older) for pair in pairs.values()}
    changes.extend(
        Change(kind="retired", id=one.id, name=one.name, before=one.name)
        for one in older.indicators
        if id(one) not in kept
    )
    return tuple(changes)


def _changes_of(pair: Pair, units: UnitTable) -> Iterator[Change]:
    old, new = pair.older, pair.newer

    def change(kind: ChangeKind, before: str, after: str, **fields: Any) -> Change:
        fields = {"printed": new.name_printed, **fields}
        return Change(kind=kind, id=new.id, name=new.name, before=before, after=after, **fields)

    if match_key(old.name) != match_key(new.name):
        yield change("renamed", old.name, new.name, score=pair.score)
    if _place_key(old.place) != _place_key(new.place):
        yield change("moved", _place_text(old.place), _place_text(new.place))
    if old.doubted or new.doubted:
        return
    if not units.same(old.unit, new.unit):
        yield change("unit_changed", old.unit, new.unit)
        return
    if _revised(old.baseline, new.baseline):
        yield change(
            "baseline_revised",
            _text(old.baseline),
            _text(new.baseline),
            printed=new.baseline.printed if new.baseline else None,
        )
    before = {_key(seen): seen.value for seen in _dated(old)}
    for seen in _dated(new):
        value = before.get(_key(seen))
        if value is not None and _revised(value, seen.value):
            yield change(
                "target_revised" if seen.kind == "target" else "value_revised",
                _text(value),
                _text(seen.value),
                fiscal_year=seen.fiscal_year,
                printed=seen.value.printed,
            )


def _dated(indicator: Indicator) -> Iterator[Observation]:
    for seen in indicator.observations:
        if seen.kind in ("target", "actual") and seen.fiscal_year is not None:
            yield seen


def _key(seen: Observation) -> tuple[str, int | None, str | None]:
    return (seen.kind, seen.fiscal_year, seen.part)


def _revised(old: Value | None, new: Value | None) -> bool:
    """Whether a value is another one; one that was missing and is now known is no revision."""
    if old is None or new is None or old.missing is not None or new.missing is not None:
        return False
    return (old.number, old.upper, old.bound, old.text) != (
        new.number,
        new.upper,
        new.bound,
        new.text,
    )


def _text(value: Value | None) -> str:
    return "" if value is None else " ".join(value.printed.text.split())


def _place_text(place: Place) -> str:
    """``4-2 誰もが快適に暮らせるまちづくり``."""
    numbers = "-".join(str(number) for number in _place_key(place) if number is not None)
    return f"{numbers} {place.policy or place.goal}".strip()


# --------------------------------------------------------------------------- differences shown


def diff_findings(changes: Sequence[Change], older: Normalized) -> tuple[Finding, ...]:
    """The changes as findings, with stable keys; rules of the family ``history``."""
    return settle(
        finding(
            _RULES[change.kind],
            change.name,
            printed=change.printed or change.after or None,
            expected=change.before or None,
            parameters={"id": change.id, "edition": str(older.edition)},
        )
        if change.kind in ("new", "retired")
        else _changed_finding(change, older)
        for change in changes
    )


def _changed_finding(change: Change, older: Normalized) -> Finding:
    where = change.printed
    return finding(
        _RULES[change.kind],
        change.name,
        printed=change.after,
        expected=change.before,
        page=where.page if where else None,
        box=where.box if where else None,
        parameters={"id": change.id, "edition": str(older.edition)},
    )


def kind_name(kind: ChangeKind, language: Language) -> str:
    """The name of a kind of change, for people."""
    return translate(_KIND_NAMES[kind], language)


def diff_table(changes: Sequence[Change], language: Language) -> list[tuple[str, ...]]:
    """The changes as a table for people, its first row the heading."""
    heading = (N_("change"), N_("indicator"), N_("year"), N_("before"), N_("after"), N_("page"))
    rows = [
        (
            kind_name(change.kind, language) + (f" ({change.score})" if change.score < 100 else ""),
            change.name,
            str(change.fiscal_year or ""),
            change.before,
            change.after,
            str(change.printed.page) if change.printed else "",
        )
        for change in changes
    ]
    return [tuple(translate(word, language) for word in heading), *rows]


def _field(name: str, header: str, description: str, ja: str) -> Field:
    return Field(
        name=name, header=header, type="string", description=description, description_ja=ja
    )


CHANGES = TableSpec(
    name="changes",
    file="kpi_changes_{edition}.csv",
    title="Changes since the edition before",
    title_ja="前回資料からの変更",
    fields=(
        CODE,
        EDITION,
        _field("compared_with", "比較した資料年度", "Earlier edition", "比較した前回の資料年度"),
        _field("change", "変更の種類", "Kind of change", "新規・終了・名称変更などの別"),
        INDICATOR_ID,
        INDICATOR_NAME,
        FISCAL_YEAR,
        _field("before", "変更前", "As printed in the earlier edition", "前回資料の表記"),
        _field("after", "変更後", "As printed in the later edition", "今回資料の表記"),
        _field(
            "score",
            "一致度",
            "Likeness 0-100 of a renaming; 100 if the registry links the names",
            "名称変更とみた一致度（0～100）。登録簿で結び付いていれば100",
        ),
        PAGE,
    ),
    key=("id", "change", "fiscal_year", "before"),
)


def diff_rows(
    changes: Sequence[Change],
    older: Normalized,
    newer: Normalized,
    *,
    code: str,
    language: Language,
) -> Iterator[Row]:
    """The changes as rows of :data:`CHANGES`."""
    for change in changes:
        yield {
            "local_government_code": code,
            "edition": str(newer.edition),
            "compared_with": str(older.edition),
            "change": kind_name(change.kind, language),
            "id": change.id,
            "name": change.name,
            "fiscal_year": str(change.fiscal_year or NOT_AVAILABLE),
            "before": change.before or NOT_AVAILABLE,
            "after": change.after or NOT_AVAILABLE,
            "score": str(change.score),
            "page": str(change.printed.page) if change.printed else NOT_AVAILABLE,
        }


def diff_csv(
    changes: Sequence[Change], older: Normalized, newer: Normalized, *, code: str
) -> bytes:
    """The changes as CSV."""
    return write_csv(CHANGES, diff_rows(changes, older, newer, code=code, language="ja"))


# --------------------------------------------------------------------------- time series
