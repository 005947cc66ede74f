"""Stage 4: recompute what the document claims, and gather every doubt and contradiction.

``run`` is pure: normalized values in, findings and recomputed statuses out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.model import Normalized, Validated
    from pipeline.settings.validate import ValidateSettings


def run(
    normalized: Normalized,
    settings: ValidateSettings,
    *,
    previous: Normalized | None = None,
) -> Validated:
    """Check a document against its own rules, its own summary and, if given, the last edition.

    Without declared rules those of the document's own legend are used, if they can be read and
    the printed statuses follow them.  ``recomputed`` has one entry for each indicator, in their
    order.  The remarks of the earlier stages are findings here.
    """
    from pipeline.validate.checks import check  # noqa: PLC0415  (settings import this package)

    return check(normalized, settings, previous)
