"""Figures that wrap within their cells: lines whose numbers go on in the next line.

A number that breaks (12,3 / 45) leaves two lines of figures, as two rows would.  It is one where
a part is no number by its separators (12. / 5, or 12 / .5) and the whole is; and where nothing but
the same unit stands below several figures (1,200 / 人).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.pdf.lines import TextLine
from pipeline.extract.unruled.gutters import Row, is_figure
from pipeline.japanese.text import number_text

_NEXT_LINE = 1.8
"""Font sizes from a line of a cell to the next, at most."""
_SIGN = r"[-▲△]?[1-9][0-9]{0,2}"
_BROKEN = re.compile(rf"{_SIGN}(?:,[0-9]{{3}})*,[0-9]{{0,2}}|[0-9]+\.")
_WHOLE = re.compile(rf"(?:{_SIGN}(?:,[0-9]{{3}})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+)[^\d\s,.]{{0,4}}")
_UNIT = re.compile(
    r"[^\W\d_]{1,3}|[%％‰]|[^\d\s。、]{1,4}[/／][^\d\s。、]{1,4}|(?:[A-Za-z]{1,2}-)?[A-Za-z]{1,3}[23]"
)
_POWER = re.compile("[23]")
"""The digit that ends some units, on the line below their letters: t-CO / 2, km / 2."""
_OF_UNIT = re.compile(
    rf"(?:{_SIGN}(?:,[0-9]{{3}})*|[0-9]+)(?:\.[0-9]+)?(?P<unit>[^\d\s,.。、]{{1,8}}(?<=[A-Za-z])[23]"
    r"|[^\d\s,.。、]{1,8})"
)
"""A number with a unit, which may end in a digit behind a letter."""
_WHOLE_UNDER = re.compile(rf"(?:{_SIGN}(?:,[0-9]{{3}})*|[0-9]+)(?:\.[0-9]+)?[^\d\s,.]{{0,4}}")
"""A figure that is a number as it stands: what stands below it may be that of another row."""
_FEWEST_RESTS = 2
"""Broken numbers of a line that the next one makes whole, at least, whatever else stands in it."""
_FEWEST_UNITS = 2
"""Figures over the same unit, at least, that make it theirs."""


def with_wrapped_figures(rows: Sequence[Row]) -> list[Row]:
    """The lines, those of figures that go on put together with those that they go on in.

    What stands half way between the two is centred beside them, and of the same row.
    """
    found: list[Row] = []
    at = 0
    while at < len(rows):
        above, after = rows[at], rows[at + 1 : at + 3]
        count = next((n for n, row in enumerate(after, 1) if _goes_on(above, row, after)), 0)
        united = rows[at : at + 1 + count]
        if count:
            parts = sorted((p for row in united for p in row.parts), key=lambda part: part.box[0])
            middle = (above.middle + united[-1].middle) / 2
            found.append(Row(parts, middle, max(row.size for row in united)))
        else:
            found.append(above)
        at += len(united)
    return found


def _goes_on(above: Row, row: Row, after: Sequence[Row]) -> bool:
    """Whether all that stands below figures of a line is their rest or their unit.

    ``after``: the lines after the upper one, of which one may stand between the two, beside them.
    """
    if not 0 < row.middle - above.middle <= _NEXT_LINE * row.size:
        return False
    pairs = [(over, part) for part in row.parts if (over := _over(part, above)) is not None]
    pairs = [(over, part) for over, part in pairs if _may_go_on(over.text)]
    under = {id(part) for _, part in pairs}
    rests = [(over, part) for over, part in pairs if _is_rest(over.text, part.text)]
    wholes = [
        (over, part) for over, part in pairs if _WHOLE_UNDER.fullmatch(number_text(over.text))
    ]
    if len(rests) >= _FEWEST_RESTS and not wholes:
        return True
    if not pairs or any(is_figure(part.text) for part in row.parts if id(part) not in under):
        return False
    between = after[0].parts if after[0] is not row else []
    if any(_over(part, Row([over], 0, 1)) for part in between for over, _ in pairs):
        return False
    return len(rests) == len(pairs) or _have_one_unit(pairs)


def _have_one_unit(pairs: Sequence[tuple[TextLine, TextLine]]) -> bool:
    """Whether several figures, with what stands below them, are numbers of one unit, all alike.

    One of them shows that they go on: a number that does, or nothing but the rest of the unit.
    """
    units = set()
    goes_on = False
    for over, part in pairs:
        below = number_text(part.text)
        rest = below.lstrip("0123456789,.")
        whole = _OF_UNIT.fullmatch(number_text(over.text) + below)
        if whole is None or not (_UNIT.fullmatch(rest) or _POWER.fullmatch(below)):
            return False
        units.add(whole["unit"])
        goes_on = goes_on or _is_rest(over.text, part.text) or rest == below or not rest
    return len(pairs) >= _FEWEST_UNITS and len(units) == 1 and goes_on


def _may_go_on(text: str) -> bool:
    """Whether a text is a figure that may go on: 12,3 or 12, or 12. or 12千."""
    return is_figure(text) and any(map(str.isdigit, text))


def _over(part: TextLine, above: Row) -> TextLine | None:
    """The one text of the line above that stands over a text."""
    over = [one for one in above.parts if one.box[0] < part.box[2] and part.box[0] < one.box[2]]
    return over[0] if len(over) == 1 else None


def _opened(text: str) -> int:
    """How many brackets of a text are open at its end."""
    return sum(map(text.count, "(（")) - sum(map(text.count, ")）"))


def _is_rest(over: str, text: str) -> bool:
    """Whether a text ends the number above it, or the brackets behind that number."""
    behind = _opened(over) > 0 and over[:1] not in "(（"
    if behind and _opened(text) < 0 and not _opened(over + text):
        return True
    above, below = number_text(over), number_text(text)
    broken = _BROKEN.fullmatch(above) is not None and below[:1].isdigit()
    pointed = above[-1:].isdigit() and below[:1] in (".", ",")
    return (broken or pointed) and _WHOLE.fullmatch(above + below) is not None
