"""What the officer reads after a run: statuses by goal, the findings in plain words, the files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from pipeline.cache import store
from pipeline.chain import RELEASE
from pipeline.desk.jobs import Failure, Result
from pipeline.desk.waiting import is_open
from pipeline.editions.compare import diff_findings, diff_table
from pipeline.editions.registry import PROPOSALS, show_table
from pipeline.japanese.text import match_key, spelled_out
from pipeline.messages import N_, Language, translate
from pipeline.model import Conformance, Finding, Group, Normalized, Released, Severity, Validated
from pipeline.release.data_json import finding_object
from pipeline.release.dictionary import WITHHELD
from pipeline.release.view import Doubtful, observations, released_text, status_words
from pipeline.show.terminal import pad, table, width
from pipeline.validate.catalogue import RULES, Rule, message, rule_of

if TYPE_CHECKING:
    from pipeline.desk.draft import Draft
    from pipeline.editions.city import Comparison
    from pipeline.editions.registry import Proposal, RegistryFile

_SHOWN, _SHOWN_LEAST = 25, 3
"""Findings shown in the terminal, in all and of each severity; all are in ``findings.csv``."""

SEVERITIES: dict[Severity, str] = {
    "blocker": N_("held back"),
    "error": N_("contradiction"),
    "warning": N_("notice"),
    "info": N_("information"),
}
STAGES = {
    "extract": N_("reading the tables"),
    "assemble": N_("assembling the plan"),
    "normalize": N_("typing the values"),
    "validate": N_("checking"),
    "release": N_("writing the open data"),
}
_REASONS = {
    "missing": N_("not made yet"),
    "damaged": N_("the file was altered or damaged"),
    "forced": N_("forced"),
    "settings": N_("the settings changed"),
    "code": N_("the program changed"),
    "libraries": N_("a library changed"),
    "pdf": N_("the PDF changed"),
    "messages": N_("the texts changed"),
    "unfinished": N_("the second reader failed last time"),
}


def failure_text(failure: Failure, language: Language) -> str:
    """An expected error in one paragraph: what happened, where, what to do next."""
    place = failure.file or ""
    if failure.page is not None:
        page = translate(N_("page {page}"), language, page=failure.page)
        place = f"{place} ({page})"
    line = failure.parameters.get("line")
    if line and place and "{line}" not in failure.message:
        place = f"{place} ({translate(N_('line {line}'), language, line=line)})"
    problem = translate(failure.message, language, **failure.parameters)
    advice = translate(failure.advice, language, **failure.parameters)
    head = translate(N_("Error"), language)
    return f"{head}: {place or problem}\n" + (f"  {problem}\n" if place else "") + f"  → {advice}"


def result_text(
    result: Result, language: Language, proposals: Callable[[], Sequence[Proposal]] = tuple
) -> str:
    """The report on one document.  ``proposals``: what it would change in the registry."""
    if result.failure is not None:
        return failure_text(result.failure, language)
    folder = Path(result.output)
    normalized = store.read_artefact(folder / "3-normalize.json", Normalized)
    validated = store.read_artefact(folder / "4-validate.json", Validated)
    released = store.read_artefact(folder / "5-release.json", Released)
    if (
        normalized is None or validated is None or released is None
    ):  # another run took them away meanwhile
        return str(folder)
    return "\n".join(
        [
            *_head(result, normalized, language),
            "",
            *_summary(normalized, validated, language),
            "",
            *_since_last_year(normalized, validated, proposals, language),
            *_findings((*validated.findings, *released.findings), language),
            "",
            *_doubts(result, _withheld(normalized, validated), language),
            *_ending(folder, released.conformance, language),
            *missing_lines(result, language),
        ]
    )


def missing_lines(result: Result, language: Language) -> Iterator[str]:
    """What could not be written beside the release, and what to do."""
    for one in result.missing:
        yield translate(one.message, language, **one.parameters)
        yield "  → " + translate(one.advice, language, **one.parameters)


def _head(result: Result, normalized: Normalized, language: Language) -> Iterator[str]:
    yield normalized.title
    yield translate(
        N_("{indicators} indicators, {projects} projects (figures of fiscal year {year})"),
        language,
        indicators=result.indicators,
        projects=result.projects,
        year=normalized.actual_fiscal_year,
    )
    if result.cached:
        yield translate(N_("Nothing has changed: no stage had to run."), language)


def _summary(normalized: Normalized, validated: Validated, language: Language) -> list[str]:
    """Status × goal; a recomputed count stands behind the published one where they differ."""
    groups = [group for group in validated.summary if group.counts_published]
    words = status_words(groups[0], normalized.legend) if groups else []
    if not words:
        return [translate(N_("The document prints no statuses."), language)]
    heading = [
        translate(N_("whole"), language)
        if group.goal_number is None
        else translate(N_("goal {number}"), language, number=group.goal_number)
        for group in groups
    ]
    rows = [[translate(N_("status (published->recomputed)"), language), *heading]]
    after = _statuses_after(normalized, validated)
    rows += [
        [released_text(word), *(_count(group, word, after) for group in groups)] for word in words
    ]
    open_ones = [_not_recomputed(group) for group in groups]
    if any(open_ones):
        name = translate(N_("(not recomputed)"), language)
        rows.append([name, *(str(count) if count else "" for count in open_ones)])
    return table(rows)


def _not_recomputed(group: Group) -> int:
    """Indicators with a printed status whose status could not be recomputed."""
    if not group.counts_recomputed:
        return 0
    published = sum(group.counts_published.values())
    return max(0, published - sum(group.counts_recomputed.values()))


def _statuses_after(normalized: Normalized, validated: Validated) -> dict[int | None, Counter[str]]:
    """The statuses of each goal and of the whole (``None``), recomputed where they could be."""
    recomputed = {one.id: one.status for one in validated.recomputed}
    counts: dict[int | None, Counter[str]] = defaultdict(Counter)
    for one in normalized.indicators:
        if one.status is not None:
            word = recomputed.get(one.id) or one.status
            for goal in {None, one.place.goal_number}:
                counts[goal][match_key(word)] += 1
    return counts


def _count(group: Group, word: str, after: Mapping[int | None, Counter[str]]) -> str:
    """The published count; the recomputed one behind it, where some status was judged otherwise."""
    published = group.counts_published.get(word, 0)
    recomputed = after.get(group.goal_number, Counter())[match_key(word)]
    return str(published) if published == recomputed else f"{published}->{recomputed}"


_NAMED = 8
"""Indicators that a line names with their command; more are for ``registry propose``."""


_REGISTERED = ("identity.new", "identity.similar", "identity.absent", "history.vanished")
"""Rules that tell how the indicators differ from those of the registry."""


def _since_last_year(
    normalized: Normalized,
    validated: Validated,
    proposals: Callable[[], Sequence[Proposal]],
    language: Language,
) -> Iterator[str]:
    """What is new, renamed or gone, in a line each, with the command that takes it over.

    What is gone is not told of an indicator that may stand there under another name.
    """
    told = {
        one.parameters["id"]: one
        for one in validated.findings
        if one.rule in _REGISTERED and one.decided is None and "id" in one.parameters
    }
    proposed = [one for one in (proposals() if told else ()) if one.id in told]
    same: dict[str, tuple[str, str]] = {}
    for one in proposed:
        if one.kind == "link":
            old = one.entry.former_names[-1].name if one.entry.former_names else one.entry.name
            same[one.id] = (one.entry.id, old)
        elif one.kind == "add" and one.candidates:
            same[one.id] = (one.candidates[0].id, one.candidates[0].name)
    names = {key: spelled_out(found.subject) for key, found in told.items()}
    new = [one.id for one in proposed if one.kind == "add" and one.id not in same]
    known = {old for old, _ in same.values()}
    gone = [one.id for one in proposed if one.kind == "retire" and one.id not in known]
    lines = [
        *_line(N_("New indicators"), {key: names[key] for key in new}, "accept {ids}", language),
        *(_renamed(names[key], key, *old, language) for key, old in same.items()),
        *_line(
            N_("Gone"),
            {key: names[key] for key in gone},
            f"retire {{ids}} --edition {normalized.edition}",
            language,
        ),
    ]
    yield from (*lines, "") if lines else ()


def _line(kind: str, named: Mapping[str, str], command: str, language: Language) -> Iterator[str]:
    if not named:
        return
    few = len(named) <= _NAMED
    names = "、".join(list(named.values())[:_NAMED]) + ("" if few else " …")
    answer = command.format(ids=" ".join(named)) if few else "propose"
    yield f"{translate(kind, language)} ({len(named)}): {names} → shihyo registry {answer}"


def _renamed(name: str, identifier: str, known: str, old: str, language: Language) -> str:
    """One that is like a registered one, with the command that says it is the same."""
    text = N_("New or renamed: {name} (before: {old})")
    head = translate(text, language, name=name, old=spelled_out(old))
    return f"{head} → shihyo registry accept {identifier} --as {known}"


def _findings(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    if not findings:
        yield translate(N_("No findings."), language)
        return
    order: list[Severity] = ["blocker", "error", "warning", "info"]
    shown = 0
    for severity in order:
        found = [finding for finding in findings if finding.severity == severity]
        if not found:
            continue
        word = translate(SEVERITIES[severity], language)
        yield translate(N_("■ {severity}: {count}"), language, severity=word, count=len(found))
        first = found[: max(_SHOWN_LEAST, _SHOWN - shown)]
        shown += len(first)
        for finding in first:
            key = f"  〔{finding.key}〕" if is_open(finding) else ""
            text = spelled_out(message(finding, language))
            yield f"  {_spot(finding, language)}{text}{key}"
        if len(first) < len(found):
            rest = len(found) - len(first)
            yield translate(N_("  … and {count} more in findings.csv"), language, count=rest)
        if severity != "info":
            for rule in dict.fromkeys(finding.rule for finding in found):
                yield f"  → {translate(rule_of(rule).advice, language)}"


def _spot(finding: Finding, language: Language) -> str:
    if finding.page is None:
        return ""
    return translate(N_("[p. {page}] "), language, page=finding.page)


def _withheld(normalized: Normalized, validated: Validated) -> int:
    """How many values stand as X in the released files."""
    doubtful = Doubtful(validated)
    return sum(
        shown.sign == WITHHELD
        for one in normalized.indicators
        for shown in observations(one, normalized.actual_fiscal_year, {}, doubtful)
    )


def _doubts(result: Result, withheld: int, language: Language) -> Iterator[str]:
    held = result.findings.get("blocker", 0)
    if not held:
        return
    text = N_(
        "{count} doubts about the reading, none about a value that was read: nothing is withheld. "
        "Look at them before you publish."
    )
    if withheld:
        text = N_(
            "{count} doubts about the reading: {values} values are withheld (X). "
            "Look at them before you publish."
        )
    yield translate(text, language, count=held, values=withheld)
    yield translate(N_("Decide them one by one with: shihyo decide"), language)


def _ending(folder: Path, conformance: Conformance | None, language: Language) -> Iterator[str]:
    if conformance is not None:
        text = N_("Notation rules: {items} items checked in all tables, {failures} places differ.")
        counts = {"items": conformance.items, "failures": conformance.failures}
        yield translate(text, language, **counts)
    yield translate(N_("Open data: {folder}"), language, folder=str(folder / RELEASE))
    if (folder / "review.html").is_file():
        yield translate(N_("Look closer: {path}"), language, path=str(folder / "review.html"))


def plan_text(result: Result, language: Language) -> str:
    """What a run would do, stage by stage, and why."""
    if result.failure is not None:
        return failure_text(result.failure, language)
    lines = [f"{result.pdf} → {result.output}"]
    for stage in result.stages:
        name = translate(STAGES[stage.stage], language)
        if stage.ran:
            why = ", ".join(_reason(reason, language) for reason in stage.because)
            lines.append(translate(N_("  run   {stage}: {why}"), language, stage=name, why=why))
        else:
            lines.append(translate(N_("  keep  {stage}"), language, stage=name))
    return "\n".join(lines)


def _reason(reason: str, language: Language) -> str:
    if reason.startswith("after "):
        stage = translate(STAGES[reason.removeprefix("after ")], language)
        return translate(N_("follows “{stage}”"), language, stage=stage)
    if reason in _REASONS:
        return translate(_REASONS[reason], language)
    return translate(N_("an input changed ({name})"), language, name=reason)


# --------------------------------------------------------------------------- several editions


def comparison_text(found: Comparison, language: Language) -> str:
    """What a later edition changed, one change a line."""
    head = translate(
        N_("{older} → {newer}: {count} changes"),
        language,
        older=found.older.edition,
        newer=found.newer.edition,
        count=len(found.changes),
    )
    return "\n".join([head, *table(diff_table(found.changes, language))])


def comparison_json(found: Comparison) -> str:
    """The same as one JSON object, with the findings that it makes."""
    content = {
        "older": found.older.edition,
        "newer": found.newer.edition,
        "changes": [
            {
                "kind": change.kind,
                "id": change.id,
                "name": change.name,
                "before": change.before,
                "after": change.after,
                "fiscal_year": change.fiscal_year,
                "score": change.score,
                "page": change.printed.page if change.printed else None,
                "box": change.printed.box if change.printed else None,
            }
            for change in found.changes
        ],
        "findings": [finding_object(one) for one in diff_findings(found.changes, found.older)],
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2).decode()


def registry_text(known: RegistryFile, language: Language) -> str:
    """The registered indicators, one a line."""
    if not known.entries:
        return translate(N_("The registry is empty."), language)
    return "\n".join(table(show_table(known, language)))


def proposals_text(edition: int, found: Sequence[Proposal], language: Language) -> str:
    """What a document would change in the registry, each with its evidence."""
    lines = [
        translate(
            N_("{count} proposals from the edition {edition}"),
            language,
            count=len(found),
            edition=edition,
        )
    ]
    for proposal in found:
        entry = proposal.entry
        kind = translate(PROPOSALS[proposal.kind], language)
        target = f" → {entry.id}" if proposal.id != entry.id else ""
        lines.append(f"■ {kind}  {proposal.id}{target}  {entry.name} ({entry.unit or '-'})")
        lines += [f"    {text}" for text in proposal.evidence]
        lines += [f"    ? {one.id} {one.name} ({one.score})" for one in proposal.candidates]
    if found:
        lines.append(translate(N_("Accept with: shihyo registry accept ID"), language))
    return "\n".join(lines)


def draft_text(drafted: Draft, paths: Sequence[Path], language: Language) -> str:
    """Where the draft is, and the questions that it leaves, the weightiest first."""
    lines = [translate(N_("Made: {path}"), language, path=str(path)) for path in paths]
    if drafted.questions:
        lines.append(translate(N_("Questions that the document leaves open:"), language))
        lines += [f"  {number}. {text}" for number, text in enumerate(drafted.questions, start=1)]
    return spelled_out("\n".join(lines))


def first_steps(result: Result, waiting: int, page: Path, language: Language) -> str:
    """What to do after the first run of a new city, in the order in which it is done."""
    steps = [
        translate(N_("See what was understood: {path}"), language, path=str(page)),
        translate(N_("Answer the questions in the files above."), language),
    ]
    if waiting:
        text = N_("Decide what is open ({count}): shihyo review, review.xlsx or shihyo decide")
        steps.append(translate(text, language, count=waiting))
    steps.append(translate(N_("Then: shihyo run"), language))
    head = [*_counts(result, language), translate(N_("Next:"), language)]
    return "\n".join([*head, *(f"  {at}. {step}" for at, step in enumerate(steps, start=1))])


def _counts(result: Result, language: Language) -> Iterator[str]:
    """How many were read, and what holds values back, in a line."""
    text = N_("Read: {indicators} indicators, {projects} projects; held back: {held}.")
    yield translate(
        text,
        language,
        indicators=result.indicators,
        projects=result.projects,
        held=result.findings.get("blocker", 0),
    )


# --------------------------------------------------------------------------- rules


def rules_text(language: Language) -> str:
    """Every rule, one a line: id, severity, title."""
    columns = max(len(rule.id) for rule in RULES)
    words = [translate(word, language) for word in SEVERITIES.values()]
    severity = max(width(word) for word in words)
    return "\n".join(
        f"{rule.id:<{columns}}  {pad(translate(SEVERITIES[rule.severity], language), severity)}  "
        f"{translate(rule.title, language)}"
        for rule in sorted(RULES, key=lambda rule: rule.id)
    )


def rule_text(rule: Rule, language: Language) -> str:
    """One rule with what it compares and what to do about it."""
    severity = translate(SEVERITIES[rule.severity], language)
    parts = [f"{rule.id} ({severity})  {translate(rule.title, language)}"]
    parts += [translate(text, language) for text in (rule.explanation, rule.advice) if text]
    return "\n".join(parts)
