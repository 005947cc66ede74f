"""Pages whose text lies on its side: put upright while the plan is read.

Whatever asks what stands above what needs the order in which a person reads, with the sheet turned.
At the end every box is again that of the page as displayed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import msgspec

from pipeline.boxes import turned_back, upright
from pipeline.model import Assembled, Box, Document, Extracted, PageInfo, Record
from pipeline.settings.decisions import Decision

R = TypeVar("R")
Move = Callable[[Box, int, float, float], Box]
_QUARTERS = (90, 270)


class TurnedPages:
    """The pages of a document that are read turned, by their numbers."""

    def __init__(self, document: Document) -> None:
        self._pages: Mapping[int, PageInfo] = {
            page.number: page for page in document.pages if page.turn
        }
        self._document = document

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self._pages)

    def upright(self, extracted: Extracted) -> Extracted:
        """What is on the paper as it stands when each page is held upright."""
        pages = [
            msgspec.structs.replace(page, width=page.height, height=page.width)
            if page.turn in _QUARTERS
            else page
            for page in extracted.document.pages
        ]
        document = msgspec.structs.replace(extracted.document, pages=tuple(pages))
        return msgspec.structs.replace(self._moved(extracted, upright), document=document)

    def upright_decisions(self, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
        """Decisions with their places on the pages held upright."""
        return self._moved(decisions, upright)

    def as_displayed(self, plan: Assembled) -> Assembled:
        """A plan with its places on the pages as displayed."""
        return msgspec.structs.replace(self._moved(plan, turned_back), document=self._document)

    def _moved(self, item: R, move: Move, page: int | None = None) -> R:
        """A record, or a tuple of them, with every box moved; the page of a cell is its table's."""
        if isinstance(item, tuple | list):
            return cast("R", type(item)(self._moved(one, move, page) for one in item))
        if not isinstance(item, Record):
            return item
        page = getattr(item, "page", page)
        changed: dict[str, Any] = {
            name: self._moved(value, move, page)
            for name in item.__struct_fields__
            if name != "box" and isinstance(value := getattr(item, name), tuple | Record)
        }
        box, info = getattr(item, "box", None), self._pages.get(page or 0)
        if box is not None and info is not None:
            there = move(box, info.turn, info.width, info.height)
            changed["box"] = tuple(round(side, 2) for side in there)
        return msgspec.structs.replace(item, **changed)
