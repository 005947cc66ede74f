"""The review page: one file without network, Japanese first, English at a touch."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup

from pipeline.messages import N_, translate
from pipeline.review.matter import verdict
from pipeline.review.reading import LANGUAGES
from pipeline.settings.decisions import ROLES

ASSETS = Path(__file__).with_name("assets")

TEXTS = {
    "review": N_("Review"),
    "parts": N_("Parts of this page"),
    "findings": N_("To decide and to know"),
    "charts": N_("Statuses by goal"),
    "layouts": N_("How the columns were read"),
    "legend": N_("How the statuses were read"),
    "marks": N_("merged cells and text outside of cells"),
    "sampled": N_("as read"),
    "joins": N_("Put together over page edges"),
    "colours": N_("Colours of cells"),
    "word": N_("word"),
    "explained": N_("as the document explains it"),
    "applied": N_("as it was applied"),
    "bearing": N_("rows"),
    "alike": N_("judged alike"),
    "apart": N_("judged otherwise"),
    "noLegend": N_("No rules are known; nothing was recomputed."),
    "values": N_("All values"),
    "paper": N_("The page"),
    "before": N_("previous page"),
    "after": N_("next page"),
    "pageOf": N_("page {page} of {count}"),
    "cropOf": N_("part of page {page}"),
    "show": N_("Show"),
    "goal": N_("Goal"),
    "kind": N_("Kind"),
    "search": N_("Search"),
    "keys": N_("Keys: j next, k previous, 1–9 choose, Enter keep, Esc back to the finding."),
    "all": N_("all"),
    "open": N_("to decide"),
    "blocker": N_("held back"),
    "error": N_("contradiction"),
    "warning": N_("notice"),
    "info": N_("information"),
    "settled": N_("decided"),
    "printed": N_("Printed"),
    "expected": N_("Expected"),
    "decided": N_("Decision"),
    "todo": N_("What to do"),
    "decide": N_("Decide"),
    "value": N_("Value"),
    "reason": N_("Reason"),
    "keep": N_("Keep and go on"),
    "again": N_("Keep anew"),
    "lacking": N_("Choose, and give the value and the reason."),
    "roles": N_("Roles, one for each column, parted by blanks: "),
    "undo": N_("Take back"),
    "made": N_("Your decisions"),
    "saved": N_("Decided so far: {count}"),
    "madeCount": N_("{count} decisions, not saved yet"),
    "download": N_("Download {path}"),
    "rerun": N_("Save and run again"),
    "put": N_("Put it into corrections/{path} of the municipality's folder, then: shihyo run"),
    "copy": N_("Copy"),
    "notKept": N_(
        "The application does not answer; it may have ended. Start it again: shihyo review"
    ),
    "copied": N_("Copied."),
    "notCopied": N_("The browser does not allow copying here; download the file."),
    "drop": N_("Forget them"),
    "running": N_("Running …"),
    "noneOpen": N_("Nothing is open: ready to publish."),
    "noneHere": N_("Nothing here; change the filter."),
    "noStatuses": N_("The document prints no statuses."),
    "whole": N_("whole"),
    "goalNumber": N_("goal {number}"),
    "published": N_("published"),
    "recomputed": N_("recomputed"),
    "id": N_("id"),
    "place": N_("place"),
    "indicator": N_("indicator"),
    "unit": N_("unit"),
    "direction": N_("direction"),
    "status": N_("status"),
    "baseline": N_("baseline"),
    "target": N_("target"),
    "actual": N_("actual"),
    "next_target": N_("next target"),
    "rate": N_("rate"),
    "progress": N_("from baseline to target"),
    "progressOf": N_("{share}% of the way from baseline to target"),
    "editions": N_("over the years"),
    "higher": N_("higher is better"),
    "lower": N_("lower is better"),
    "unknown": N_("not known"),
    "up": N_("upward"),
    "down": N_("downward"),
    "script": N_("This page needs JavaScript; the same is in review.xlsx."),
}
"""The words of the page, by the names under which template and script know them."""


@cache
def _texts() -> dict[str, dict[str, str]]:
    """All words in both languages."""
    named = {**TEXTS, **{f"role_{role}": text for role, text in ROLES.items()}}
    return {
        name: {language: translate(text, language) for language in LANGUAGES}
        for name, text in named.items()
    }


def review_page(shown: Mapping[str, Any], pictures: Sequence[bytes], token: str = "") -> bytes:
    """The page of one document.  ``token``: that of the local application that serves it."""
    said = {language: verdict(shown["counts"], language) for language in LANGUAGES}
    data = {"drafts": {}, **shown, "texts": _texts(), "verdict": said, "token": token}
    environment = Environment(
        loader=FileSystemLoader(ASSETS), autoescape=select_autoescape(default=True)
    )
    page = environment.get_template("review.html.j2").render(
        matter=shown,
        texts=_texts(),
        verdict=said,
        mood=_mood(shown["counts"]),
        connect="'self'" if token else "'none'",
        css=_asset("review.css"),
        script=_asset("review.js"),
        data=_inert(msgspec.json.encode(data)),
        pictures=[Markup(base64.b64encode(one).decode()) for one in pictures],
    )
    return page.encode()


def _mood(counts: Mapping[str, int]) -> str:
    return "" if counts["blockers"] else "look" if counts["open"] else "good"


def _asset(name: str) -> Markup:
    """A file of ours, put in as it is."""
    return Markup((ASSETS / name).read_text(encoding="utf-8"))


def _inert(data: bytes) -> Markup:
    """JSON that no text in it can end or leave: ``<``, ``>`` and ``&`` are written as escapes."""
    text = data.decode()
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)
