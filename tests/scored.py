"""A release beside the truth of a document: what is right, marked, silent, invented."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

from pipeline.japanese.text import label

Facts = dict[str, Any]
Verdict = Literal["right", "marked", "silent", "invented"]
ASPECTS = ("name", "place", "unit", "value", "year", "status", "direction", "recomputed")
ACCUSING = ("status.mismatch", "summary.", "arithmetic.", "plausibility.share", "plausibility.rank")
"""Rules that say that the document contradicts itself."""
EVIDENCE = {
    "status": ("status.",),
    "digit": ("status.", "arithmetic.", "plausibility."),
    "rate": ("arithmetic.", "status."),
    "count": ("summary.",),
    "share": ("summary.",),
    "total": ("summary.",),
}
"""What a planted fault may be told by."""
SILENT = {"silent", "invented", "false", "crash"}
RELEASING = (0, 1)
"""Exit codes of runs that release something."""
FAULT = 9
RELEASED_KINDS = ("baseline", "target", "actual", "rate")


@dataclass(frozen=True)
class Failing:
    """One thing that differs: what, of which indicator, what is right, what was given."""

    aspect: str
    verdict: str
    subject: str
    right: str
    given: str

    def __str__(self) -> str:
        return f"{self.aspect} {self.verdict}: {self.subject} | {self.right} | {self.given}"


@dataclass
class Score:
    """The tallies of one document."""

    exit_code: int
    tallies: dict[str, Counter[str]] = field(
        default_factory=lambda: {aspect: Counter() for aspect in ASPECTS}
    )
    contradictions: Counter[str] = field(default_factory=Counter)
    failing: list[Failing] = field(default_factory=list)
    blockers: int = 0
    notices: int = 0

    def note(self, aspect: str, verdict: str, subject: str, right: Any, given: Any) -> None:
        self.tallies[aspect][verdict] += 1
        if verdict != "right":
            self.failing.append(Failing(aspect, verdict, subject, str(right), str(given)))

    @property
    def silent(self) -> list[Failing]:
        """What is wrong and nobody is told."""
        return [one for one in self.failing if one.verdict in SILENT]

    @property
    def outcome(self) -> str:
        """What came of the document as a whole.

        ``doubted`` is right, but blocked; ``refused`` releases nothing, which is no success.
        """
        if self.exit_code == FAULT:
            return "crash"
        if self.exit_code not in RELEASING:
            return "refused"
        if self.exit_code == 0:
            return "silent" if self.silent else "told" if self.failing else "exact"
        if self.silent:
            return "told in part"
        return "told" if self.failing else "doubted"


def score(truth: Facts, exit_code: int, data: Facts) -> Score:
    """Compare one release (empty where nothing came out) with the truth."""
    made = Score(exit_code)
    if "crash" in data:
        made.failing.append(Failing("program", "crash", "", "", data["crash"]))
    elif exit_code not in RELEASING:
        made.failing.append(Failing("document", "refused", "", "", f"exit code {exit_code}"))
    if "indicators" not in data:
        return made
    findings = data["findings"]
    made.blockers = sum(one["severity"] == "blocker" for one in findings)
    made.notices = sum(one["severity"] == "warning" for one in findings)
    names = {label(one["name"]) for one in truth["indicators"]}
    told = Told(findings, names | {one["name"] for one in data["indicators"]})
    pairs, lost, invented = paired(truth["indicators"], data["indicators"])
    for expected, given in pairs:
        _score_indicator(made, expected, given, told)
    for expected in lost:
        verdict = "marked" if told.of(label(expected["name"])) or told.of_the_whole else "silent"
        made.note("name", verdict, expected["name"], expected["name"], "lost")
        made.tallies["value"][verdict] += len(expected["values"])
    for given in invented:
        verdict = "marked" if given["doubts"] else "invented"
        made.note("name", verdict, given["name"], "nothing", given["name"])
    held = {label(expected["name"]) for expected, given in pairs if _held(given)}
    _score_contradictions(made, truth["faults"], findings, held)
    return made


class Told:
    """Of whom the findings speak."""

    def __init__(self, findings: list[Facts], names: set[str]):
        self._loud = [one for one in findings if one["severity"] in {"blocker", "error", "warning"}]
        self.of_the_whole = any(
            one["severity"] == "blocker" and one["subject"] not in names for one in findings
        ) or self.rule("structure.value-table-not-understood")

    def of(self, name: str, *rules: str) -> bool:
        return any(
            one["subject"] == name and one["rule"].startswith(rules or ("",)) for one in self._loud
        )

    def rule(self, *rules: str) -> bool:
        """Whether a finding of such a rule stands in the document at all."""
        return any(one["rule"].startswith(rules) for one in self._loud)


def paired(
    expected: list[Facts], given: list[Facts]
) -> tuple[list[tuple[Facts, Facts]], list[Facts], list[Facts]]:
    """Indicators by name; what is left by likeness of name and figures; and what has no partner."""
    pairs: list[tuple[Facts, Facts]] = []
    left, free = [], list(given)
    for one in expected:
        match = next((other for other in free if other["name"] == label(one["name"])), None)
        if match is None:
            left.append(one)
            continue
        pairs.append((one, match))
        free.remove(match)
    lost = []
    for one in left:
        best = max(free, key=lambda other: _likeness(one, other), default=None)
        if best is None or _likeness(one, best) < 0.9:
            lost.append(one)
            continue
        pairs.append((one, best))
        free.remove(best)
    return pairs, lost, free


def _likeness(expected: Facts, given: Facts) -> float:
    """Of names, from 0 to 1, and of figures, from 0 to 1."""
    figures = Counter(value["value"] for value in expected["values"] if "value" in value)
    others = Counter(value["value"] for value in given["values"])
    shared = (figures & others).total() / max(figures.total(), 1)
    name = label(expected["name"])
    return SequenceMatcher(None, name, given["name"], autojunk=False).ratio() + shared


def _held(given: Facts) -> bool:
    """Whether a doubt is about more of an indicator than its place in the plan."""
    return any(not doubt.endswith(":place") for doubt in given["doubts"])


def _score_indicator(made: Score, expected: Facts, given: Facts, told: Told) -> None:
    name = label(expected["name"])
    doubted = _held(given)

    def verdict(right: bool, *rules: str) -> str:
        if right:
            return "right"
        marked = doubted or (bool(rules) and told.of(given["name"], *rules))
        return "marked" if marked else "silent"

    made.note("name", verdict(name == given["name"]), name, name, given["name"])
    place = (expected["goal_number"], expected["policy_number"])
    found = (given["goal_number"], given["policy_number"])
    of_place = verdict(place == found)
    if of_place == "silent" and given["doubts"]:
        of_place = "marked"
    made.note("place", of_place, name, place, found)
    unit = _unit(given["unit"] or "")
    right = unit == _unit(expected["unit"])
    made.note("unit", verdict(right, "unit."), name, expected["unit"], given["unit"])
    status = _status(expected["status"])
    shown = _status(given["status_published"])
    of_status = verdict(status == shown, "status.", "vocabulary.")
    if of_status == "silent" and not shown and told.rule("vocabulary.unknown-status-header"):
        of_status = "marked"
    made.note("status", of_status, name, status, shown)
    _score_direction(made, expected, given, told)
    _score_values(made, expected, given, told, name)


def _score_direction(made: Score, expected: Facts, given: Facts, told: Told) -> None:
    name = label(expected["name"])
    direction, found = expected["direction"], given["direction"]
    open_ = found == "unknown" or told.of(given["name"], "direction.")
    verdict = "right" if direction == found else "marked" if open_ else "silent"
    if verdict == "marked" and not expected["direction_told"]:
        verdict = "right"
    made.note("direction", verdict, name, direction, found)
    recomputed = given["status_recomputed"]
    if recomputed is not None:
        held = label(expected["status_by_legend"] or "")
        echoed = not held and label(recomputed) == label(given["status_published"] or "")
        verdict = "right" if label(recomputed) == held or echoed else "silent"
        made.note("recomputed", verdict, name, held, recomputed)


def _status(text: str | None) -> str:
    """A status; a dash says that there is none."""
    plain = label(text or "")
    return "" if plain in {"-", "―"} else plain


def _unit(text: str) -> str:
    """Units that are one: the counters, CO2 and CO₂, and a dash for none."""
    plain = normalize("NFKC", label(text)).replace("箇所", "か所").replace("ヶ所", "か所")
    return "" if plain in {"-", "―"} else plain


def _score_values(made: Score, expected: Facts, given: Facts, told: Told, name: str) -> None:
    free = [
        value for value in given["values"] if not value["part"] and value["kind"] in RELEASED_KINDS
    ]
    about = ("number.", "vocabulary.", "year.", "reading.", "structure.")
    told_of = _held(given) or told.of(given["name"], *about)
    undated = told.rule("year.")
    column = told.rule("vocabulary.unknown-header", "vocabulary.unknown-figures-header")
    for one in expected["values"]:
        match = _partner(one, free)
        if match is None:
            verdict = "marked" if told_of or column else "silent"
            made.note("value", verdict, name, _shown(one), "lost")
            continue
        free.remove(match)
        right = _same(one, match)
        verdict = "right" if right else "marked" if told_of else "silent"
        made.note("value", verdict, name, _shown(one), _shown(match))
        if one["kind"] == "rate":
            continue
        dated = _same_year(one, match)
        verdict = "right" if dated else "marked" if told_of or undated else "silent"
        year = f"{one['kind']} {match['fiscal_year']}"
        made.note("year", verdict, name, f"{one['kind']} {one['fiscal_year']}", year)
    for match in free:
        if match["value"] is not None:
            made.note("value", "marked" if told_of else "invented", name, "nothing", _shown(match))


def _shown(one: Facts) -> str:
    return f"{one['kind']} {one['fiscal_year']}: {one['printed']!r} = {one.get('value')}"


def _partner(one: Facts, free: list[Facts]) -> Facts | None:
    """The released value of the kind and year; else the one that bears another year."""
    alike = [other for other in free if other["kind"] == one["kind"]]
    dated = [other for other in alike if _same_year(one, other)]
    equal = [other for other in dated or alike if _same(one, other)]
    return next(iter(equal or dated or alike), None)


def _same_year(one: Facts, other: Facts) -> bool:
    if one["fiscal_year"] == other["fiscal_year"]:
        return True
    return not one["told"] and other["fiscal_year"] is None


def _same(one: Facts, other: Facts) -> bool:
    if "missing" in one:
        reasons = {one["missing"], _reasons()[one["missing"]]}
        return other["value"] is None and other["missing_reason"] in reasons
    if "text" in one:
        words = label(other["text"] or other["printed"])
        return other["value"] is None and words == label(one["text"])
    return bool(other["value"] == one["value"])


@cache
def _reasons() -> dict[str, str]:
    """The facts behind missing values, in the words of a release."""
    path = Path(__file__).parent.parent / "schemas" / "default" / "missing_signs.csv"
    with path.open(encoding="utf-8") as stream:
        rows = csv.DictReader(line for line in stream if not line.startswith("#"))
        return {row["sign"]: row["ja"] for row in rows}


def _score_contradictions(
    made: Score, faults: list[Facts], findings: Iterable[Facts], held: set[str]
) -> None:
    """Planted faults against what is told; nobody is accused of what is ``held`` back."""
    accused = [
        one for one in findings if one["severity"] == "error" and one["rule"].startswith(ACCUSING)
    ]
    planted_names = {label(fault["subject"]) for fault in faults if fault["subject"]}
    families = {fault["family"] for fault in faults}
    for finding in accused:
        of_summary = finding["rule"].startswith("summary.")
        if of_summary:
            true = bool(families & {"count", "share", "total"}) and _is_planted(finding, faults)
        else:
            true = any(name in (finding["subject"] or "") for name in planted_names)
        verdict = "true" if true else "false"
        made.contradictions[verdict] += 1
        if not true:
            subject = f"{finding['rule']} {finding['subject']}"
            made.failing.append(
                Failing("contradiction", "false", subject, str(finding["expected"]),
                        str(finding["printed"]))
            )  # fmt: skip
    for fault in faults:
        if label(fault["subject"] or "") in held:
            continue
        if not fault["knowable"] or any(_tells(finding, fault) for finding in findings):
            continue
        made.contradictions["missed"] += 1
        made.failing.append(
            Failing("contradiction", "missed", f"{fault['family']} {fault['subject']}",
                    fault["expected"], fault["printed"])
        )  # fmt: skip


def _tells(finding: Facts, fault: Facts) -> bool:
    if finding["severity"] == "info" or not finding["rule"].startswith(EVIDENCE[fault["family"]]):
        return False
    if finding["rule"].startswith("summary."):
        return _is_planted(finding, [fault])
    return label(fault["subject"]) in (finding["subject"] or "")


def _is_planted(finding: Facts, faults: Iterable[Facts]) -> bool:
    """Whether a finding about the summary bears the figure that was planted."""
    text = str(finding["printed"] or "").replace(",", "")
    return any(fault["printed"] and fault["printed"] in text for fault in faults)


def kinds(made: Score) -> Iterator[str]:
    """The kinds of what fails without being told, is missed or refused, each once."""
    yield from dict.fromkeys(
        f"{one.aspect} {one.verdict}"
        for one in made.failing
        if one.verdict in {*SILENT, "missed", "refused"}
    )
