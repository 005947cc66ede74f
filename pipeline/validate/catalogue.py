"""Every rule of the checks: id, family, severity, and its texts as message ids.

A rule is found by its identifier here, in the code that raises it, in its test and in
``docs/rules.md`` (generated from this file).  The earlier stages name rules by id in their
remarks; they do not import this module.
"""

from __future__ import annotations

from pipeline.messages import N_
from pipeline.model import Record, Severity


class Rule(Record):
    """One rule.  ``message`` has placeholders filled from the finding's parameters.

    The placeholders ``{subject}``, ``{printed}``, ``{expected}`` and ``{page}`` are always there.
    """

    id: str
    severity: Severity
    title: str
    message: str
    advice: str

    @property
    def family(self) -> str:
        """The part of the id before the dot: reading, vocabulary, status, …"""
        return self.id.partition(".")[0]


RULES: tuple[Rule, ...] = (
    Rule(
        id="status.mismatch",
        severity="error",
        title=N_("Printed status contradicts the legend"),
        message=N_("{subject}: printed status {printed}, but by the legend it is {expected}."),
        advice=N_("Ask the department in charge; both statuses are published side by side."),
    ),
)

BY_ID = {rule.id: rule for rule in RULES}
