"""What is said of a document without an indicator table, by what its pages show."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.chain import no_indicators
from pipeline.errors import InternalError, NoIndicatorsError, ShihyoError, UnreadableError
from pipeline.model import Assembled, Document, PageInfo, Remark


def told(kinds: list[str], *remarks: Remark, ocr: bool = True) -> ShihyoError:
    pages = tuple(
        PageInfo(number=number, width=595, height=842, kind=kind)  # type: ignore[arg-type]
        for number, kind in enumerate(kinds, start=1)
    )
    document = Document(sha256="0" * 64, pages=pages)
    return no_indicators(
        Path("report.pdf"),
        Assembled(document=document, title=None, places=(), indicators=(), remarks=remarks),
        ocr=ocr,
    )


def failed(page: int) -> Remark:
    return Remark(
        rule="reading.page-failed", page=page, parameters={"fault": f"p{page}", "trace": "t"}
    )


def damaged(page: int) -> Remark:
    return Remark(rule="reading.damaged-page", page=page)


def not_understood(page: int) -> Remark:
    return Remark(rule="structure.table-not-understood", page=page)


def recognised(page: int) -> Remark:
    return Remark(rule="reading.by-ocr", page=page)


def meaningless(page: int, count: int, where: str = "") -> Remark:
    rule = f"reading.unreadable-glyph{where}"
    return Remark(rule=rule, page=page, parameters={"count": str(count)})


def not_recognised(page: int) -> Remark:
    return Remark(rule="reading.ocr-failed", page=page, parameters={"problem": f"ocr{page}"})


CASES = {
    "text without tables": (["text"], [], NoIndicatorsError, "no table"),
    "blank": (["empty", "empty"], [], NoIndicatorsError, "blank"),
    "a scan": (["scan", "scan", "outlined"], [], NoIndicatorsError, "is a scan"),
    "outlines": (["scan", "outlined", "outlined"], [], NoIndicatorsError, "outlines"),
    "as many of either": (["scan", "outlined"], [], NoIndicatorsError, "outlines"),
    "a scan that was read": (["scan"], [recognised(1)], NoIndicatorsError, "recogni"),
    "a scan and blank pages": (["scan", "empty"], [], NoIndicatorsError, "is a scan"),
    "some pages are pictures": (["text", "scan"], [], NoIndicatorsError, "2"),
    "tables of other things": (["text"], [not_understood(1)], NoIndicatorsError, "both for"),
    "one page is damaged": (["text", "text"], [damaged(1)], NoIndicatorsError, "no table"),
    "all pages are damaged": (["empty"] * 2, [damaged(1), damaged(2)], UnreadableError, "None"),
    "pages that were recognised": (["text", "scan", "outlined"], [recognised(2)],
                                   NoIndicatorsError, ": 3"),
    "a few characters without meaning": (["text"], [meaningless(1, 20)],
                                         NoIndicatorsError, "no table"),
    "many characters without meaning": (["text"], [meaningless(1, 12),
                                                   meaningless(1, 9, "-outside")],
                                        NoIndicatorsError, "(21 characters)"),
    "recognition failed": (["text", "scan"], [not_recognised(2), not_recognised(3)],
                           NoIndicatorsError, "ocr2"),
    "blank and text": (["empty", "text"], [], NoIndicatorsError, "no table"),
    "three tables": (["text"], [not_understood(1)] * 3, NoIndicatorsError, "both for"),
    "a fault on one page": (["text", "text"], [failed(2)], InternalError, "p2"),
    "faults on two": (["text", "text"], [failed(1), failed(2)], InternalError, "p1"),
    "a fault and damage": (["empty"] * 2, [damaged(1), failed(2)], InternalError, "p2"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_reason_is_what_the_pages_show(name: str) -> None:
    kinds, remarks, kind, words = CASES[name]
    error = told(kinds, *remarks)
    assert type(error) is kind
    assert words in str(error)
    assert error.file == "report.pdf"


def test_a_fault_names_its_page() -> None:
    assert told(["text"] * 3, failed(3)).page == 3


def test_recognition_is_advised_where_it_was_not_wanted() -> None:
    wanted, refused = (told(["scan"], ocr=ocr).advice for ocr in (True, False))
    assert "--no-ocr" in refused
    assert wanted != refused
    assert told(["text", "scan"]).advice == wanted
    assert told(["text"]).advice != wanted
    assert told(["empty"], ocr=False).advice != refused
