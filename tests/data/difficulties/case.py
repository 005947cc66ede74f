"""The list of difficulties: each a function that makes a PDF and says what is to be read in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Made = tuple[bytes, dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Case:
    name: str
    difficulty: str
    make: Callable[[str], Made]


CASES: dict[str, Case] = {}


def case(name: str, difficulty: str) -> Callable[[Callable[[str], Made]], Callable[[str], Made]]:
    """Put a function on the list under the name of its file."""

    def add(make: Callable[[str], Made]) -> Callable[[str], Made]:
        CASES[name] = Case(name=name, difficulty=difficulty, make=make)
        return make

    return add


def expect(
    *tables: dict[str, Any],
    lines: Sequence[str] = (),
    leftovers: Sequence[str] = (),
    remarks: Sequence[str] = (),
    kind: str | None = None,
) -> dict[str, Any]:
    """What a reader is to find; README.md explains each key."""
    facts: dict[str, Any] = {"tables": list(tables)}
    for key, texts in (("lines", lines), ("leftovers", leftovers), ("remarks", remarks)):
        if texts:
            facts[key] = list(texts)
    return facts | ({"kind": kind} if kind else {})
