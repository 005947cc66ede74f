"""Names of projects that hold the text of two cells, where rows are not parted by rules."""

from __future__ import annotations

import re

from pipeline.japanese.text import label, match_key

_HEADING = 3
"""Characters of a heading that stands in no name by chance (事業名), at least."""
_BRACKET = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")


def holds_two_names(name: str, heading: str, office: str, *, ruled: bool) -> bool:
    """Whether a name goes on behind the office in its brackets, or bears the heading over names.

    ``office``: the ending of what is one (課, 室).  In a ``ruled`` cell two names have an office
    each; upright rules alone make one cell of many rows.
    """
    folded = label(name)
    offices = [one for one in _BRACKET.finditer(folded) if re.search(office, one.group(1))]
    parts = [_BRACKET.sub("", folded[one.end() :]).strip() for one in offices]
    if any(parts) and (not ruled or not parts[-1]):
        return True
    key = match_key(heading)
    return len(key) >= _HEADING and key in match_key(folded)
