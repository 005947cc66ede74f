"""Whether two readers read the same.

Digits, signs and decimal points must agree exactly.  What differs between parsers without
changing what is printed is folded: blanks, full and half width, radicals for ideographs, and
characters that fonts and producers map to one another.
"""

from __future__ import annotations

from functools import lru_cache

from pipeline.japanese.text import match_key

_MARKS = str.maketrans(
    {
        **dict.fromkeys("‧·∙⋅･•・⸱", "・"),
        **dict.fromkeys("〜～∼˜~", "~"),
        **dict.fromkeys("‐‑–—―─━⸺﹣－-−⁻ｰ", "-"),
        **dict.fromkeys("○◯〇⭕⚪", "○"),
        **dict.fromkeys('“”„‟〝〞″"', '"'),
        **dict.fromkeys("‘’‚‛′'", "'"),
        "￥": "¥",
        "\\": "¥",
    }
)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text freed of what parsers differ in without consequence."""
    return "".join(match_key(text.translate(_MARKS)).translate(_MARKS).split())


def same_reading(first: str, second: str) -> bool:
    """Whether two readings of one cell say the same."""
    return first == second or folded(first) == folded(second)
