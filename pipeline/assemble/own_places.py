"""The place in the plan that a row itself prints: in columns of goals and policies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.assemble.plan_tree import recognise
from pipeline.japanese.text import label, match_key
from pipeline.model import Entry, Line, Place, Printed
from pipeline.settings.assemble import AssembleSettings


def own_place(entries: Sequence[Entry], place: Place, settings: AssembleSettings) -> Place:
    """The place printed in the row itself (goal and policy columns), else the headings'."""
    goal = next((e.printed for e in entries if e.kind == "goal" and e.printed.text.strip()), None)
    policy = next(
        (e.printed for e in entries if e.kind == "policy" and e.printed.text.strip()), None
    )
    goal_number, goal_title = _numbered(goal, settings)
    policy_number, policy_title = _numbered(policy, settings)
    return Place(
        goal_number=goal_number if goal else place.goal_number,
        goal=goal_title if goal else place.goal,
        policy_number=(policy_number or _numbering(entries, settings))
        if policy
        else place.policy_number,
        policy=policy_title if policy else place.policy,
    )


def _numbering(entries: Sequence[Entry], settings: AssembleSettings) -> int | None:
    """The number of a policy that stands in a column of its own (施策番号)."""
    words = settings.headers.get("policy", ())
    for entry in entries:
        text = match_key(entry.printed.text)
        if entry.kind == "number" and any(word in entry.header for word in words):
            return int(text) if re.fullmatch(r"[0-9]{1,2}", text) else None
    return None


def _numbered(printed: Printed | None, settings: AssembleSettings) -> tuple[int | None, str]:
    """The number and title of a goal or policy printed in a cell."""
    if printed is None:
        return None, ""
    text = " ".join(printed.text.split())
    line = Line(text=text, page=printed.page, box=printed.box, size=0.0)
    heading = recognise(line, settings, loose=True)
    if heading is not None:
        return heading.number, heading.title
    found = re.match(r"([0-9０-９]{1,2})(?:[-‐−－ー]([0-9０-９]{1,2}))?[\s.．、:：]*(?=\D)", text)
    if found is None:
        return None, label(printed.text)
    return int(found[2] or found[1]), label(text[found.end() :])
