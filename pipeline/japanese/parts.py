"""Which part of a value a heading speaks of: 男性, 累計, 見込."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.japanese.text import label, match_key

_TOKENS = re.compile(r"[\s()（）［］\[\]【】・/／:：]+")


class PartWords:
    """Finds the words for parts in headings.

    ``words``: those that stand alone or in brackets; ``inside``: those that may stand within a
    word (実績見込); ``wrapped``: words that a line break cuts and that no part is to be found in.
    """

    def __init__(self, words: Sequence[str], inside: Sequence[str], wrapped: Sequence[str]) -> None:
        self._words = {match_key(word): word for word in words}
        self._inside = tuple(inside)
        self._wrapped = {"\n?".join(map(re.escape, word)): word for word in wrapped}

    def in_heading(self, heading: str) -> str | None:
        """The word for a part in a heading; ``None`` if it speaks of the plain value."""
        whole = "\n".join(map(label, heading.split("\n")))
        for wrapped, unbroken in self._wrapped.items():
            whole = re.sub(wrapped, unbroken, whole)
        for token in _TOKENS.split(whole):
            if word := self._words.get(match_key(token)):
                return word
        return next((word for word in self._inside if word in label(heading)), None)
