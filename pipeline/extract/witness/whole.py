"""Whether the drawing of a page goes on to its end, told by how its instructions end.

A stream that was cut before it was stored agrees with its length and its checksum, and readers
draw what is left of it without a word.  But a cut seldom falls between two instructions, outside
all that they open, and tags name parts of the page that are not there any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

_DEEPEST = 4
"""Drawings within drawings."""

_TEXTS = re.compile(
    rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+\)|<[0-9A-Fa-f\s]*+>|%[^\r\n]*+", re.DOTALL
)
_PICTURES = re.compile(rb"\bBI\s.{1,2000}?\sID\s.*?\sEI(?=\s|$)", re.DOTALL)
_PLAIN = re.compile(rb"(?<![^\s\])>])(q|Q|BT|ET)(?![^\s\[(</%])")
_OPERATORS = frozenset(
    b"b B b* B* BDC BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i j J K k "
    b"l M m MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w "
    b"W W* y ' \"".split()
)
_PART = re.compile(rb"/MCID\s+(\d{1,9})")
_NAMED_PART = re.compile(rb"/[^\s/<>\[\]()]+\s*/[^\s/<>\[\]()]+\s+BDC\b")
_LAST = re.compile(rb"(?:^|[\s\])>}])([^\s\[\](){}<>/%]+)$")
_PAIRS = ((b"BT", b"ET"), (b"q", b"Q"))


def is_cut(content: bytes) -> bool:
    """Whether instructions end in the middle of one, or within a text or state that they open."""
    if b"EI" in content:
        content = _PICTURES.sub(b" EI", content)
    texts: bytes | Callable[[re.Match[bytes]], bytes] = _blanked if b"%" in content else b"()"
    bare = _TEXTS.sub(texts, content).rstrip(b"\0\t\n\f\r ")
    if not bare:
        return False
    last = _LAST.search(bare)
    if last is None or last[1] not in _OPERATORS or bare.count(b"(") > bare.count(b"()"):
        return True
    seen: dict[bytes, int] = {}
    for one in _PLAIN.findall(bare):
        seen[one] = seen.get(one, 0) + 1
    return any(seen.get(opens, 0) > seen.get(closes, 0) for opens, closes in _PAIRS)


def _blanked(found: re.Match[bytes]) -> bytes:
    """What stands for a text; nothing for a remark."""
    return b"" if found[0].startswith(b"%") else b"()"


def page_is_cut(page: Any) -> bool:
    """Whether a page (a ``playa.Page``) or a drawing that it uses ends in the middle.

    A tagged file lists the parts of its pages: the last ones must be there.
    """
    contents = list(_drawings(page))
    if any(map(is_cut, contents)):
        return True
    drawn = {int(number) for one in contents for number in _PART.findall(one)}
    if not drawn or any(_NAMED_PART.search(one) for one in contents):
        return False
    return _last_part(page) > max(drawn)


def _last_part(page: Any) -> int:
    """The number of the last part of a page that the tree of the file's tags names."""
    try:
        parts = page.structure.parents if page.parent_key is not None else ()
    except (AttributeError, KeyError, TypeError, ValueError):
        return -1
    return max((number for number, part in enumerate(parts) if part is not None), default=-1)


def _drawings(page: Any) -> Iterator[bytes]:
    """The instructions of a page and of the drawings that it uses."""
    yield b"\n".join(stream.buffer for stream in page.streams)
    yield from _forms(page.resources, set(), _DEEPEST)


def _forms(resources: Any, seen: set[int], depth: int) -> Iterator[bytes]:
    from playa import ContentStream, resolve  # noqa: PLC0415 - costly, and only needed here

    named = resolve(resources)
    forms = resolve(named.get("XObject")) if isinstance(named, dict) else None
    for one in forms.values() if isinstance(forms, dict) and depth else ():
        stream = resolve(one)
        if not isinstance(stream, ContentStream):
            continue
        number = stream.objid or id(stream)
        kind = getattr(resolve(stream.attrs.get("Subtype")), "name", "")
        if kind == "Form" and number not in seen:
            seen.add(number)
            yield stream.buffer
            yield from _forms(stream.attrs.get("Resources"), seen, depth - 1)
