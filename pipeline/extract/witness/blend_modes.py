"""Blend modes that are given as an array: the first one that is known holds (ISO 32000, 11.6.3).

playa takes such an array for a fault and leaves out the whole state that it stands in, so that
text in it seemed to be drawn as if there were none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

LOST_ON_PAPER = frozenset(
    {
        *("Screen", "Lighten", "ColorDodge", "Overlay", "SoftLight", "Difference", "Exclusion"),
        *("Hue", "Saturation", "Color"),
    }
)
"""Blend modes in which dark text leaves white paper white."""
_OTHERS = frozenset(
    {"Normal", "Compatible", "Multiply", "Darken", "ColorBurn", "HardLight", "Luminosity"}
)
_DEEPEST = 8
"""Drawings within drawings."""


def settle_blend_modes(page: Any) -> None:
    """Put the mode that holds in the place of each array in the states that a page may use."""
    from playa import resolve  # noqa: PLC0415 - costly, and only needed here

    for state in _states(page.resources, set(), _DEEPEST):
        modes = resolve(state.get("BM"))
        if isinstance(modes, list):
            named = (resolve(one) for one in modes)
            known = [one for one in named if getattr(one, "name", "") in LOST_ON_PAPER | _OTHERS]
            del state["BM"]
            if known:
                state["BM"] = known[0]


def _states(resources: Any, seen: set[int], depth: int) -> Iterator[dict[str, Any]]:
    from playa import ContentStream, resolve  # noqa: PLC0415 - costly, and only needed here

    named = resolve(resources)
    if not isinstance(named, dict) or not depth:
        return
    states, forms = resolve(named.get("ExtGState")), resolve(named.get("XObject"))
    for one in states.values() if isinstance(states, dict) else ():
        state = resolve(one)
        if isinstance(state, dict):
            yield state
    for one in forms.values() if isinstance(forms, dict) else ():
        form = resolve(one)
        if isinstance(form, ContentStream) and (form.objid or id(form)) not in seen:
            seen.add(form.objid or id(form))
            yield from _states(form.attrs.get("Resources"), seen, depth - 1)
