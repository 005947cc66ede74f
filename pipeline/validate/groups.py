"""The status counts of the plan and of each goal: as claimed, as published, as recomputed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from pipeline.japanese.text import label
from pipeline.model import Claim, Group, Normalized
from pipeline.normalize.relisted import name_key
from pipeline.validate.statements import Amount, Statement
from pipeline.validate.statuses import Judged
from pipeline.validate.tally import Scope, Tally, is_blank, tally


def scopes(normalized: Normalized) -> tuple[Scope, ...]:
    """The whole plan, then each goal, then each policy, as the document orders them."""
    places = [*normalized.places, *(found.place for found in normalized.indicators)]
    goals = [Scope(place.goal_number) for place in places if place.goal_number is not None]
    policies = [
        Scope(place.goal_number, place.policy_number)
        for place in places
        if place.policy_number is not None
    ]
    return tuple(dict.fromkeys((Scope(), *goals, *policies)))


def tallies(
    normalized: Normalized, statuses: Sequence[str | None], words: Sequence[str]
) -> dict[Scope, Tally]:
    """The statuses, one an indicator, counted in every scope."""
    return {
        scope: tally(normalized.indicators, statuses, words, scope) for scope in scopes(normalized)
    }


def countings(
    normalized: Normalized,
    judged: Sequence[Judged],
    words: Sequence[str],
    repeated: Sequence[str] = (),
) -> list[dict[Scope, Tally]]:
    """The printed statuses counted row by row and, if it differs, repeated indicators once.

    ``repeated``: the words that mark a row as a repeat.  A status that the legend does not explain,
    but that holds most of one of its words, may have been read or printed wrongly: it is
    counted as it stands, and as that word.
    """
    each = [one.published for one in judged]
    seen: set[tuple[str, str]] = set()
    once: list[str | None] = []
    for one in judged:
        name = (name_key(one.indicator, repeated), one.indicator.unit)
        once.append(None if name in seen else one.published)
        seen.add(name)
    ways = [each] if once == each else [each, once]
    explained = [label(row.word.text) for row in normalized.legend if label(row.word.text)]
    meant = [[_meant(status, explained) for status in way] for way in ways]
    ways += [way for way in meant if way not in ways]
    return [tallies(normalized, statuses, words) for statuses in ways]


def _meant(status: str | None, explained: Sequence[str]) -> str | None:
    """The one word of the legend most of which stands in a foreign status."""
    if status is None or label(status) in explained or is_blank(status):
        return status
    said = label(status)
    shared = [(_shared(said, word), word) for word in explained]
    like = [((size, size / len(word)), word) for size, word in shared if 2 * size > len(word)]
    best = max((rank for rank, _ in like), default=None)
    words = {word for rank, word in like if rank == best}
    return words.pop() if len(words) == 1 else status


def _shared(said: str, word: str) -> int:
    """How many letters two words have in the same order."""
    blocks = SequenceMatcher(None, said, word, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def as_it_ought_to_be(
    normalized: Normalized, judged: Sequence[Judged], words: Sequence[str]
) -> dict[Scope, Tally]:
    """The statuses counted: as the rules give them where another one is printed, or none."""

    def right(one: Judged) -> str | None:
        held = one.verdict.open or one.published in one.verdict.words
        return one.published if held or one.recomputed is None else one.recomputed

    return tallies(normalized, [right(one) for one in judged], words)


def groups(
    normalized: Normalized,
    words: Sequence[str],
    judged: Sequence[Judged],
    claims: Sequence[tuple[Claim, Sequence[Statement]]],
) -> tuple[Group, ...]:
    """One group for the plan and one a goal; printed amounts are those stated first."""
    if not words:
        return ()
    claimed = [one for _, stated in claims for one in stated if isinstance(one, Amount)]
    before = tallies(normalized, [one.published for one in judged], words)
    after = tallies(normalized, [one.recomputed for one in judged], words)
    return tuple(_group(scope, claimed, before, after) for scope in before if scope.policy is None)


def _group(
    scope: Scope,
    claimed: Sequence[Amount],
    before: Mapping[Scope, Tally],
    after: Mapping[Scope, Tally],
) -> Group:
    return Group(
        goal_number=scope.goal,
        counts_printed=_stated(claimed, scope, "count"),
        percent_printed=_stated(claimed, scope, "share"),
        counts_published=dict(before[scope].counts),
        counts_recomputed=dict(after[scope].counts),
    )


def _stated(claimed: Sequence[Amount], scope: Scope, unit: str) -> dict[str, str]:
    amounts: dict[str, str] = {}
    for amount in claimed:
        told = amount.scope == scope and amount.unit == unit and not amount.described
        if told and len(amount.words) == 1:
            amounts.setdefault(amount.words[0], str(amount.value))
    return amounts
