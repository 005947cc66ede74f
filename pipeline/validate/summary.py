"""Whether the document's own table agrees with what it says of itself in numbers.

Each statement of a claim is held against the statuses as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pipeline.japanese.text import label
from pipeline.legend.engine import in_limits, round_to
from pipeline.model import Box, Claim, Finding, Place
from pipeline.validate.findings import finding
from pipeline.validate.shares import agrees, are_shares_of, denominator, digits_of, is_count, wrong
from pipeline.validate.statements import Amount, Extreme, InBand, Statement, Total
from pipeline.validate.sums import Slip
from pipeline.validate.tally import Scope, Tally
from pipeline.validate.what_is_counted import of_others, without_others

_ENOUGH = 3
"""Shares that are all right prove that no row is missing; two may be right by chance."""

_ALL = "合計"
_HUNDRED = 100

Tallies = Mapping[Scope, Tally]


def check_bands(
    claims: Sequence[tuple[Claim, Sequence[Statement]]],
    rates: Sequence[tuple[Place, Sequence[Fraction]]],
) -> Iterator[Finding]:
    """Findings for bands that hold another number of the printed rates (place and percent).

    Told only of bands that count as many rates, taken together, as were read.  Beside a printed
    rate that is wrong stands what it ought to be; bands that count these are right.
    """
    for claim, stated in claims:
        bands = [one for one in stated if isinstance(one, InBand)] if rates else []
        for scope in dict.fromkeys(one.scope for one in bands):
            within = [rate for place, rate in rates if scope.holds(place)]
            inside = [one for one in bands if one.scope == scope]
            if sum(one.value for one in inside) != len(within) or all(
                one.value == sum(in_limits(rate[-1], one.band) for rate in within) for one in inside
            ):
                continue
            for one in inside:
                count = sum(in_limits(rate[0], one.band) for rate in within)
                if count != one.value:
                    yield finding(
                        "summary.count",
                        scope_name(one.scope),
                        printed=f"{one.heading} {one.value}",
                        expected=f"{one.heading} {count}",
                        page=claim.printed.page,
                        box=claim.printed.box,
                    )


class _Proved:
    """What the figures of a summary itself give instead of one that they contradict.

    ``rows_in_doubt``, ``mended``: see :func:`check_claims`.
    """

    def __init__(self, slips: Sequence[Slip], mended: Tallies | None, *, rows_in_doubt: bool):
        self.rows_in_doubt = rows_in_doubt
        self._mended = mended or {}
        self._right = {
            (one.scope, one.word, one.unit, one.value): one.right for one in slips if one.sure
        }

    def amount(self, one: Amount, counted: Tally) -> bool:
        """Whether that is what the rows give."""
        key = (one.scope, label(one.named), one.unit, one.value)
        return self._right.get(key) == counted.count(one.words)

    def is_mended(self, one: Amount, of: int) -> bool:
        """Whether an amount is that of the statuses as the rules give them."""
        counted = self._mended.get(one.scope)
        if counted is None:
            return False
        return is_count(one, counted) if one.unit == "count" else not wrong([one], counted, of)

    def are_mended(self, stated: Sequence[Statement]) -> bool:
        """Whether all amounts of a claim are those of the statuses as the rules give them."""
        return _counts(stated, self._mended)

    def total(self, one: Total, counted: Tally) -> Decimal | None:
        """The number of all that they give, if the rows give it too."""
        right = self._right.get((one.scope, "", "count", one.value))
        return right if right is not None and counted.is_number_of_all(right) else None


def _counts(stated: Sequence[Statement], tallies: Tallies) -> bool:
    """Whether a claim holds amounts of statuses, and these are all right by a counting."""
    amounts = [one for one in stated if isinstance(one, Amount)]
    others = any(isinstance(one, Extreme) for one in stated) or any(
        not tallies[one.scope].is_number_of_all(one.value)
        for one in stated
        if isinstance(one, Total) and one.scope in tallies
    )
    scopes = dict.fromkeys(one.scope for one in amounts)
    return (
        not others
        and bool(scopes)
        and all(
            scope in tallies
            and agrees([one for one in amounts if one.scope == scope], tallies[scope])
            for scope in scopes
        )
    )


def check_sums(
    slips: Sequence[Slip], countings: Sequence[Tallies], told: Sequence[Finding]
) -> Iterator[Finding]:
    """Findings for figures that others of their summary contradict.

    Not where the rows say the same, and are told so, nor where they say that it is right.
    """
    for one in slips:
        name = scope_name(one.scope)
        known = [found for found in told if found.subject == name and found.printed is not None]
        if one.sure:
            pattern = re.compile(rf"(?<![0-9.]){re.escape(str(one.value))}(?![0-9.])")
            known = [found for found in known if pattern.search(found.printed or "")]
        said = any(found.rule.startswith("summary.") for found in known)
        if not said and not any(_is_right(one, tallies) for tallies in countings):
            yield finding(
                "summary.sum",
                name,
                printed=_of_slip(one, one.value) if one.sure else _all_of(one),
                expected=_of_slip(one, one.right),
                page=one.claim.printed.page,
                box=one.claim.printed.box,
            )


def _is_right(one: Slip, tallies: Tallies) -> bool:
    """Whether the rows that were read give the very figure."""
    counted = tallies.get(one.scope)
    if counted is None or not counted.judged:
        return False
    if not one.word:
        return counted.is_number_of_all(one.value)
    amount = Amount(
        one.scope, tuple(w for w in counted.counts if label(w) == one.word), one.unit, one.value
    )
    return bool(amount.words) and agrees([amount], counted)


def check_claims(
    claims: Sequence[tuple[Claim, Sequence[Statement]]],
    countings: Sequence[Tallies],
    *,
    rows_in_doubt: bool = False,
    slips: Sequence[Slip] = (),
    mended: Tallies | None = None,
) -> Iterator[Finding]:
    """Findings for statements that the printed statuses contradict, one a claim and scope.

    ``slips``: figures that others of their summary contradict.  What these give, and the rows too,
    is right whether all rows were read or not.  ``mended``: the statuses as the rules give them; a
    claim that counts these is no other contradiction than that of the row, which is told there.

    ``rows_in_doubt``: rows may have been lost, joined or parted, so that no number proves that all
    were read: one that agrees may do so by chance.

    ``countings``: the ways of counting that a document may use (repeated rows once or each time);
    a claim that agrees with one of them is right, and the one that contradicts it least (the first
    of these) is what a finding is held against.

    The same wrong numbers repeated elsewhere (a sentence and its chart) are told once.  Where a
    number shows that rows are lacking, no rank of goals or statuses is contradicted by the others,
    and no share of those that lack them.
    """
    found = list(
        _contradicted(
            claims,
            countings,
            () if rows_in_doubt else claims,
            _Proved(slips, mended, rows_in_doubt=rows_in_doubt),
        )
    )
    lacking = {one.subject for one in found if one.rule == "structure.count-differs"}
    yield from (
        one
        for one in found
        if not (one.rule == "summary.comparison" and lacking)
        and not (one.rule == "summary.share" and one.subject in lacking)
    )


def _contradicted(
    claims: Sequence[tuple[Claim, Sequence[Statement]]],
    countings: Sequence[Tallies],
    known: Sequence[tuple[Claim, Sequence[Statement]]],
    proved: _Proved,
) -> Iterator[Finding]:
    """The findings of each claim, each once; ``known``: claims that may prove completeness."""
    proven = [_complete(known, tallies) for tallies in countings]
    strangers = set(of_others(claims, countings))
    told: set[tuple[str, str | None, str | None]] = set()
    for claim, stated in claims:
        told_by = [
            list(_check(claim, known_of, tallies, complete, proved))
            for tallies, complete in zip(countings, proven, strict=True)
            for known_of in [without_others(claim, stated, strangers, complete)]
        ]
        for found in [] if proved.are_mended(stated) else min(told_by, key=len, default=[]):
            same = (found.rule, found.subject, found.printed)
            if same not in told:
                told.add(same)
                yield found


def _complete(
    claims: Sequence[tuple[Claim, Sequence[Statement]]], tallies: Tallies
) -> frozenset[Scope]:
    """The parts of the plan of which a printed number proves that all rows were read.

    It is the number of all indicators, counts of the statuses that sum up to it, or shares of all
    statuses that are all right or can only be shares of so many.  Where it proves the whole plan
    and contradicts no goal, it proves every part of it; where it proves it and all goals but one,
    that one has the rows that are left.
    """
    proven: set[Scope] = set()
    lacking: set[Scope] = set()
    for claim, stated in claims:
        for stands, number in _numbers_of_all(stated, tallies):
            scope = stands if _is_named(claim, stands) else _of_number(number, stands, tallies)
            (proven if tallies[scope].is_number_of_all(number) else lacking).add(scope)
        for scope, shares in _of_all_statuses(stated, "share", tallies):
            counted = tallies[scope]
            if len(shares) >= _ENOUGH and (
                agrees(shares, counted) or are_shares_of(counted, shares)
            ):
                proven.add(scope)
    if Scope() in proven and not lacking - proven:
        proven |= set(tallies)
    goals = {scope for scope in tallies if scope.goal is not None and scope.policy is None}
    if Scope() in proven and len(goals - proven) == 1 and len(goals) > 1:
        proven |= goals
    return frozenset(proven)


def _of_number(number: Decimal, stands: Scope, tallies: Tallies) -> Scope:
    """The whole plan where its number stands below the last goal; else where it stands."""
    whole = Scope()
    own = tallies[stands].is_number_of_all(number)
    return whole if not own and tallies[whole].is_number_of_all(number) else stands


def _numbers_of_all(
    stated: Sequence[Statement], tallies: Tallies
) -> Iterator[tuple[Scope, Decimal]]:
    """How many indicators a claim says there are, by scope: as stated, and as its counts sum up."""
    for one in stated:
        if isinstance(one, Total) and one.scope in tallies:
            yield one.scope, one.value
    for scope, counts in _of_all_statuses(stated, "count", tallies):
        yield scope, sum((one.value for one in counts), Decimal())


def _of_all_statuses(
    stated: Sequence[Statement], unit: Literal["count", "share"], tallies: Tallies
) -> Iterator[tuple[Scope, list[Amount]]]:
    """The amounts of a claim by scope, where they name every status that is borne there."""
    amounts = [
        one
        for one in stated
        if isinstance(one, Amount)
        and one.unit == unit
        and len(one.words) == 1
        and not one.described
    ]
    for scope in dict.fromkeys(one.scope for one in amounts):
        within = [one for one in amounts if one.scope == scope]
        counted = tallies.get(scope)
        if counted is not None and len(within) > 1:
            borne = {word for word, count in counted.counts.items() if count}
            if borne <= {one.words[0] for one in within}:
                yield scope, within


def _check(
    claim: Claim,
    stated: Sequence[Statement],
    tallies: Tallies,
    complete: frozenset[Scope],
    proved: _Proved,
) -> Iterator[Finding]:
    yield from _check_amounts(claim, stated, tallies, complete, proved)
    yield from _check_rest(claim, stated, tallies, complete, proved)


def _check_amounts(
    claim: Claim,
    stated: Sequence[Statement],
    tallies: Tallies,
    complete: frozenset[Scope],
    proved: _Proved,
) -> Iterator[Finding]:
    """Findings for counts and shares of statuses.

    They contradict nothing where no status was read at all: these stand somewhere else then.
    """
    amounts = [statement for statement in stated if isinstance(statement, Amount)]
    for stands in dict.fromkeys(amount.scope for amount in amounts):
        within = [amount for amount in amounts if amount.scope == stands]
        if stands not in tallies or _is_of_another(
            within, stands, tallies, named=claim.named or stands != _stands(claim)
        ):
            continue
        totals = [one.value for one in stated if isinstance(one, Total) and one.scope == stands]
        here = _is_named(claim, stands) or _numbers_here(totals, stands, tallies)
        scope = stands if here else _likeliest(within, stands, tallies)
        if scope is None:
            yield unplaced(claim, within)
            continue
        counted = tallies[scope]
        order = {word: place for place, word in enumerate(counted.counts)}
        within = [amount._replace(scope=scope) for amount in within]
        within.sort(key=lambda amount: order.get(amount.words[0], len(order)))
        shares = [amount for amount in within if amount.unit == "share"]
        counts = [amount for amount in within if amount.unit == "count"]
        wrong_counts = [
            one
            for one in counts
            if not is_count(one, counted) and not proved.is_mended(one, counted.judged)
        ]
        of = denominator(shares, counted, totals)
        wrong_shares = [
            one
            for one in wrong(shares, counted, of)
            if not proved.is_mended(one, of) and not _follows(one, wrong_counts, of)
        ]
        judged = of == counted.judged == counted.indicators
        few = _are_few(wrong_shares, shares) and (judged or not proved.rows_in_doubt)
        known = any(tally.judged for tally in tallies.values()) and not _are_others(shares, counted)
        if wrong_counts:
            sure = scope in complete or all(proved.amount(one, counted) for one in wrong_counts)
            rule = "summary.count" if known and sure else "structure.count-differs"
            yield _amount_finding(claim, wrong_counts, counted, counted.judged, rule)
        if wrong_shares and known and (scope in complete or few):
            yield _amount_finding(claim, wrong_shares, counted, of, "summary.share")
        elif wrong_shares and not wrong_counts:
            yield _amount_finding(claim, wrong_shares, counted, of, "structure.count-differs")


def _follows(share: Amount, wrong_counts: Sequence[Amount], of: int) -> bool:
    """Whether a share is that of a count that is wrong itself, and told."""
    return any(
        one.words == share.words
        and of
        and abs(Fraction(100) * Fraction(one.value) / of - Fraction(share.value))
        < Fraction(1, 10 ** digits_of(share.value))
        for one in wrong_counts
    )


def _are_others(shares: Sequence[Amount], counted: Tally) -> bool:
    """Whether rows bear other statuses than those that are shared out among all, to a hundred.

    Such a row was read wrong: 目標 / 達成 of which one line was lost.
    """
    words = {word for one in shares for word in one.words}
    whole = abs(sum((one.value for one in shares), Decimal()) - _HUNDRED) < 1
    return whole and counted.count(words) < counted.judged


def _are_few(wrong_shares: Sequence[Amount], shares: Sequence[Amount]) -> bool:
    """Whether the other shares are right and so prove that no row is missing.

    A row more or less would change what all of them are of.  Where a row may have been lost and
    another one made, one without a status may stand for it: then this proves nothing.
    """
    right = len(shares) - len(wrong_shares)
    return right > len(wrong_shares) or right == len(wrong_shares) >= 2


def _is_named(claim: Claim, scope: Scope) -> bool:
    """Whether the words of a claim name the scope, or nothing narrower than the plan is open."""
    return claim.named or scope != _stands(claim) or scope == Scope()


def _numbers_here(totals: Sequence[Decimal], stands: Scope, tallies: Tallies) -> bool:
    """Whether a number of all says that a summary is of the part of the plan where it stands."""
    return any(
        tallies[stands].is_number_of_all(number) and not tallies[Scope()].is_number_of_all(number)
        for number in totals
    )


def _stands(claim: Claim) -> Scope:
    return Scope(claim.place.goal_number, claim.place.policy_number)


def _likeliest(within: Sequence[Amount], stands: Scope, tallies: Tallies) -> Scope | None:
    """What amounts are of that only stand somewhere: where most of them are right.

    ``None`` if they fit nowhere: then it is not known what they speak of, unless all parts of the
    plan are the same (it has one goal).
    """

    def right(scope: Scope) -> int:
        return sum(agrees([amount], tallies[scope]) for amount in within)

    best = max(tallies, key=lambda scope: (right(scope), scope == stands))
    if 2 * right(best) > len(within):
        return best
    return stands if all(one == tallies.get(stands) for one in tallies.values()) else None


def unplaced(claim: Claim, amounts: Sequence[Amount]) -> Finding:
    """The notice about amounts of which it is not known what they are of."""
    return finding(
        "summary.scope-unclear",
        scope_name(amounts[0].scope),
        printed="、".join(f"{one.named} {one.value:f}" for one in amounts),
        page=claim.printed.page,
        box=claim.printed.box,
    )


def _is_of_another(
    within: Sequence[Amount], scope: Scope, tallies: Tallies, *, named: bool
) -> bool:
    """Whether amounts are those of another part of the plan, to the last digit.

    Where a chart stands says little of what it shows; one or two amounts are looked for elsewhere
    only if they do not name their part.
    """
    if agrees(within, tallies[scope]):
        return False
    distinct = {(amount.words, amount.value) for amount in within if amount.value}
    if len(distinct) < (3 if named else 1):
        return False
    return any(agrees(within, one) for other, one in tallies.items() if other != scope)


def _of_slip(one: Slip, value: Decimal) -> str:
    return f"{one.word or _ALL} {value}{'%' if one.unit == 'share' else ''}"


def _all_of(one: Slip) -> str:
    """All figures of a summary that do not sum up."""
    figures = [f"{word} {count}" for word, count in one.counts.items()]
    return "、".join([*figures, f"{_ALL} {one.value}"])


def _amount_finding(
    claim: Claim, amounts: Sequence[Amount], counted: Tally, of: int, rule: str
) -> Finding:
    """One finding for all wrong amounts of a claim; they are of one scope and one unit."""
    share = amounts[0].unit == "share"
    printed = "、".join(f"{one.named} {one.value:f}{'%' if share else ''}" for one in amounts)
    expected = "、".join(
        f"{one.named} {_share_text(one, counted, of) if share else counted.count(one.words)}"
        for one in amounts
    )
    page, box = _spot(claim, amounts[0])
    return finding(
        rule,
        scope_name(amounts[0].scope),
        printed=printed,
        expected=expected,
        page=page,
        box=box,
        parameters={"of": str(of)} if share else {},
    )


def _spot(claim: Claim, amount: Amount) -> tuple[int, Box]:
    """Where an amount of a claim stands: its cell, or the line that says it, as far as it is known.

    The labels of a chart are lines of one claim, far from one another.
    """
    printed = claim.printed
    places = list(claim.spots)
    lines = zip(printed.text.split("\n"), places, strict=False)
    texts = [(text, text, *place) for text, place in lines]
    cells = [(e.header, e.printed.text, e.printed.page, e.printed.box) for e in claim.entries]
    number = re.compile(rf"(?<![0-9.]){re.escape(str(amount.value))}(?![0-9])")
    for heading, text, page, box in (*cells, *texts):
        named = any(label(word) in label(heading) for word in amount.words)
        if named and number.search(label(text).replace(",", "")):
            return page, box
    return places[0]


def _share_text(amount: Amount, counted: Tally, of: int) -> str:
    digits = digits_of(amount.value)
    exact = round_to(counted.share(amount.words, of), digits, "half_up")
    number = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{number:.{digits}f}%({counted.count(amount.words)}/{of})"


def scope_name(scope: Scope) -> str:
    """A scope as a finding's subject: its numbers, as the plan counts them."""
    if scope.goal is None:
        return "全体"
    return f"目標{scope.goal}" + (f"-{scope.policy}" if scope.policy is not None else "")


def _check_rest(
    claim: Claim,
    stated: Sequence[Statement],
    tallies: Tallies,
    complete: frozenset[Scope],
    proved: _Proved,
) -> Iterator[Finding]:
    for statement in stated:
        if isinstance(statement, Total):
            yield from _check_total(claim, statement, tallies, complete, proved)
        elif isinstance(statement, Extreme):
            yield from _check_extreme(claim, statement, tallies)


def _check_total(
    claim: Claim, total: Total, tallies: Tallies, complete: frozenset[Scope], proved: _Proved
) -> Iterator[Finding]:
    """A number of all indicators that was not read: another one proves that it is misprinted.

    One that only stands in a part of the plan may be that of the whole.
    """
    counted, whole = tallies.get(total.scope), tallies.get(Scope())
    if not _is_named(claim, total.scope) and whole and whole.is_number_of_all(total.value):
        return
    if counted is not None and not counted.is_number_of_all(total.value):
        right = proved.total(total, counted)
        sure = total.scope in complete or right is not None
        yield finding(
            "summary.count" if sure else "structure.count-differs",
            scope_name(total.scope),
            printed=str(total.value),
            expected=str(right or counted.indicators),
            page=claim.printed.page,
            box=claim.printed.box,
        )


def _check_extreme(claim: Claim, extreme: Extreme, tallies: Tallies) -> Iterator[Finding]:
    if extreme.goal is None:
        counted = tallies.get(extreme.scope)
        ranked = {} if counted is None else dict(counted.counts)
        rankings: list[dict[str, Fraction]] = [{w: Fraction(n) for w, n in ranked.items()}]
        claimed = extreme.word
    else:
        goals = {
            str(scope.goal): one
            for scope, one in tallies.items()
            if scope.goal is not None and scope.policy is None and one.judged
        }
        rankings = [
            {goal: one.share([extreme.word], one.judged) for goal, one in goals.items()},
            {goal: Fraction(one.counts.get(extreme.word, 0)) for goal, one in goals.items()},
        ]
        claimed = str(extreme.goal)
    if claimed not in rankings[0]:
        return
    best = max if extreme.highest else min
    if any(ranking[claimed] == best(ranking.values()) for ranking in rankings):
        return
    right = [name for name, value in rankings[0].items() if value == best(rankings[0].values())]
    yield finding(
        "summary.comparison",
        extreme.word if extreme.goal is not None else scope_name(extreme.scope),
        printed=extreme.said,
        expected="、".join(right),
        page=claim.printed.page,
        box=claim.printed.box,
    )
