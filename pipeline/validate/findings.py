"""Making findings: one form, one order, keys that stay."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from pipeline.boxes import overlaps
from pipeline.model import Box, Finding, Indicator, Normalized, Printed, Remark, Severity
from pipeline.validate.catalogue import rule_of

BY_OCR = "reading.by-ocr"
FOREIGN = "identity.foreign-profile"
_MERGED = "reading.columns-not-separated"
_READING = "reading."
_HIDDEN = "reading.hidden-text"
_LYING = "reading.digits-drawn-otherwise"
_OF_A_ROW = frozenset(
    {"reading.cells-not-separated", "structure.row-too-short", "structure.rows-of-one-name"}
)
"""Doubts about a row: another cell or the rest of it may hold its figures, or it has no name."""
_SUMMING_UP = ("summary.", "history.")
"""Families that compare rows with what is printed elsewhere."""

RANK: dict[Severity, int] = {"blocker": 0, "error": 1, "warning": 2, "info": 3}
"""The worst first."""


def finding(
    rule: str,
    subject: str,
    *,
    printed: Printed | str | None = None,
    expected: str | None = None,
    page: int | None = None,
    box: Box | None = None,
    parameters: dict[str, str] | None = None,
) -> Finding:
    """A finding without its key; page and box are taken from what was printed, if not given."""
    if isinstance(printed, Printed):
        page = printed.page if page is None else page
        box = printed.box if box is None else box
        printed = printed.text
    return Finding(
        rule=rule,
        key="",
        severity=rule_of(rule).severity,
        subject=subject,
        page=page,
        box=box,
        printed=printed,
        expected=expected,
        parameters=parameters or {},
    )


def about(
    rule: str,
    indicator: Indicator,
    *,
    printed: Printed | str | None = None,
    expected: str | None = None,
    **parameters: str,
) -> Finding:
    """A finding about an indicator; without anything printed it points to the name."""
    where = printed if isinstance(printed, Printed) else indicator.name_printed
    return finding(
        rule,
        indicator.name,
        printed=printed,
        expected=expected,
        page=where.page,
        box=where.box,
        parameters={"id": indicator.id, **parameters},
    )


def from_remark(remark: Remark) -> Finding:
    """What an earlier stage noticed, as a finding."""
    return finding(
        remark.rule,
        remark.subject,
        printed=remark.printed,
        expected=remark.expected,
        page=remark.page,
        box=remark.box,
        parameters=remark.parameters,
    )


def of_certain_readings(
    findings: Iterable[Finding], normalized: Normalized, *, of_rows: bool = True
) -> list[Finding]:
    """The findings without contradictions that rest on pictures, or on a damaged file.

    Where a row was read by character recognition, a wrong reading may be all that contradicts:
    no contradiction is told on its page, nor in what sums up rows of all pages.  Nor is one told
    of a table of which two columns may have been read as one, or of a row of which two cells may,
    or a figure of which is held back by a doubt about its own reading.  A summary of which a part
    cannot be seen accuses nobody.

    ``of_rows``: what sums up is held against rows; else a summary contradicts itself, whatever
    they are.
    """
    merged = _merged(normalized)
    unsure = {indicator.name for indicator in _of_unsure_rows(normalized)}
    rules = {remark.rule for remark in normalized.remarks}
    if "reading.damaged-file" in rules:
        return [found for found in findings if found.severity != "error"]
    pages = {remark.page for remark in normalized.remarks if remark.rule == BY_OCR}
    held = _by_page(filter(_withholds, normalized.remarks))
    hidden = _by_page(one for one in normalized.remarks if one.rule == _HIDDEN)
    sums = _LYING in rules or any(
        of_rows
        and (
            one.name_printed.page in pages
            or (one.status_printed is not None and _is_held(one.status_printed, held))
            or (one.status_printed is None and one.name in unsure)
        )
        for one in normalized.indicators
    )
    return [
        found
        for found in findings
        if found.severity != "error"
        or not (
            found.page in pages
            or (sums and found.rule.startswith(_SUMMING_UP))
            or found.subject in unsure
            or any(_stands_in(found, one) for one in merged)
            or (not found.rule.startswith(_READING) and _is_held(found, held))
            or (found.rule.startswith(_SUMMING_UP) and _is_beside(found, hidden))
        )
    ]


def are_by_foreign_rules(findings: Sequence[Finding]) -> bool:
    """Whether the rules are those of another municipality's profile.

    Contradictions to them, and statuses by them, are told once a person has said that they hold
    here too.
    """
    return any(one.rule == FOREIGN and one.decided is None for one in findings)


def stand_in_merged(normalized: Normalized) -> frozenset[str]:
    """The ids of indicators of which two columns, or two cells, may have been read as one.

    Which of their figures is the target and which the actual is not known.
    """
    merged = _merged(normalized)
    rows = {indicator.id for indicator in _of_unsure_rows(normalized)}
    return frozenset(
        indicator.id
        for indicator in normalized.indicators
        if indicator.id in rows or any(_stands_in(indicator.name_printed, one) for one in merged)
    )


def _of_unsure_rows(normalized: Normalized) -> list[Indicator]:
    """The indicators of whose rows a doubt speaks, by their name or where that stands."""
    told = [one for one in normalized.remarks if one.rule in _OF_A_ROW]
    names = {one.subject for one in told}
    rows, cells = _by_page(told), _by_page(filter(_withholds, normalized.remarks))
    return [
        indicator
        for indicator in normalized.indicators
        if indicator.name in names
        or any(_stands_in(indicator.name_printed, one) for one in rows[indicator.name_printed.page])
        or (
            not indicator.decided
            and any(_is_held(printed, cells) for printed in _printed(indicator))
        )
    ]


def _by_page(remarks: Iterable[Remark]) -> dict[int | None, list[Remark]]:
    found: dict[int | None, list[Remark]] = defaultdict(list)
    for one in remarks:
        found[one.page].append(one)
    return found


def _is_held(found: Finding | Printed, held: Mapping[int | None, Sequence[Remark]]) -> bool:
    """Whether what a finding points at, or a text, stands where a doubt about reading is."""
    return any(_stands_in(found, one) for one in held.get(found.page, ()))


def _is_beside(found: Finding, hidden: Mapping[int | None, Sequence[Remark]]) -> bool:
    """Whether text that cannot be seen stands as high as what a finding points at.

    What a summary says of one part of the plan stands in a row; a finding points at its words.
    """
    return found.box is not None and any(
        one.box is not None and one.box[1] < found.box[3] and found.box[1] < one.box[3]
        for one in hidden.get(found.page, ())
    )


def _withholds(remark: Remark) -> bool:
    """Whether a remark holds back what was read in its place; of a picture, other rules tell."""
    return (
        remark.rule.startswith(_READING)
        and remark.rule != BY_OCR
        and rule_of(remark.rule).severity == "blocker"
    )


def _printed(indicator: Indicator) -> Iterator[Printed]:
    """The figures of an indicator and its status, as printed."""
    if indicator.status_printed is not None:
        yield indicator.status_printed
    for seen in indicator.observations:
        yield seen.value.printed


def _merged(normalized: Normalized) -> list[Remark]:
    return [one for one in normalized.remarks if one.rule == _MERGED]


def _stands_in(found: Finding | Printed, remark: Remark) -> bool:
    """Whether what a finding points at, or a text, stands where a remark is about."""
    return (
        found.page == remark.page
        and found.box is not None
        and remark.box is not None
        and overlaps(found.box, remark.box)
    )


def settle(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings once each, worst first, then as they stand on the paper, each with its key.

    The key rests on the rule, the subject, what was printed and what was expected: not on the
    page, so that it outlives a new layout.  What is alike in all of these is told apart by its
    place, so that no key passes to another when one of them is settled.  A key that was given
    stays.
    """
    distinct = {msgspec.json.encode(found, order="sorted"): found for found in findings}
    ordered = sorted(distinct.items(), key=lambda item: (*_order(item[1]), item[0]))
    alike = Counter(_key(found) for _, found in ordered if not found.key)
    seen = {found.key for _, found in ordered}
    settled = []
    for _, found in ordered:
        key = found.key or _key(found)
        if not found.key and alike[key] > 1:
            key = f"{key}-{_digest(str(found.page), str(found.box))[:4]}"
        number = 2
        while not found.key and key in seen:
            key, number = f"{key.partition('~')[0]}~{number}", number + 1
        seen.add(key)
        settled.append(msgspec.structs.replace(found, key=key))
    return tuple(settled)


def _order(found: Finding) -> tuple[int, int, float, float, str, str]:
    left, top = found.box[:2] if found.box else (0.0, 0.0)
    return (RANK[found.severity], found.page or 0, top, left, found.rule, found.subject)


def _key(found: Finding) -> str:
    parts = (
        found.rule,
        found.parameters.get("id", found.subject),
        found.parameters.get("field", ""),
        found.printed or "",
        found.expected or "",
    )
    return f"{found.rule}-{_digest(*parts)[:10]}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
