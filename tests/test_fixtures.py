"""The committed fixtures hold what their expected files say, by a reading of its own."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
MINE = ROOT / "raw" / "35213-mine"


def folded(text: str) -> str:
    """Text without width variants and whitespace."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def table_rows(path: Path) -> list[list[str]]:
    """All rows of all tables, a row without figures joined to the one before it."""
    rows: list[list[str]] = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            for table in page.extract_tables():
                for cells in table:
                    row = [folded(cell or "") for cell in cells]
                    if rows and len(row) == len(rows[-1]) == 7 and row[0] and not any(row[1:]):
                        rows[-1][0] += row[0]
                    else:
                        rows.append(row)
    return rows


def facts_rows(facts: dict[str, list[dict[str, str]]]) -> list[list[str]]:
    """The seven cells of every indicator of a facts file."""
    keys = ("name", "unit", "baseline", "target", "actual", "status", "next_target")
    return [
        [folded(item[key] + (item["note"] if key == "name" else "")) for key in keys]
        for item in facts["indicators"]
    ]


def test_the_reconstruction_holds_all_130_indicators() -> None:
    facts = json.loads((DATA / "mine" / "facts.json").read_text("utf-8"))
    printed = [row for row in table_rows(MINE / "2025.pdf") if len(row) == 7 and row[1] != "単位"]
    assert printed == facts_rows(facts)


def test_the_reconstruction_says_that_it_is_one() -> None:
    origin = tomllib.loads((MINE / "2025.toml").read_text("utf-8"))
    assert origin["reconstruction"] is True
    assert origin["sha256"] == hashlib.sha256((MINE / "2025.pdf").read_bytes()).hexdigest()
    with pdfplumber.open(MINE / "2025.pdf") as pdf:
        assert "reconstruction" in pdf.metadata["Subject"]
    assert "復元版" in folded(whole_text(MINE / "2025.pdf"))


def whole_text(path: Path) -> str:
    """The text of all pages, with its line breaks.

    A full-width separator takes its neighbours' blanks along: PDFium sees gaps around it.
    """
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return unicodedata.normalize("NFKC", re.sub(r" *([，．]) *", r"\1", text))


def figures(facts: dict[str, list[dict[str, str]]]) -> Counter[str]:
    keys = ("baseline", "target", "actual", "next_target", "status")
    return Counter(folded(item[key]) for item in facts["indicators"] for key in keys)


REPLICAS = sorted((DATA / "producers").glob("*.pdf"))


@pytest.mark.parametrize("path", REPLICAS, ids=lambda path: path.stem)
def test_a_replica_holds_every_figure_and_status(path: Path) -> None:
    expected = json.loads((DATA / "producers" / "expected.json").read_text("utf-8"))
    assert not figures(expected) - Counter(whole_text(path).split())


@pytest.mark.parametrize("path", REPLICAS, ids=lambda path: path.stem)
def test_a_replica_lacks_no_character_of_the_summaries(path: Path) -> None:
    expected = json.loads((DATA / "producers" / "expected.json").read_text("utf-8"))
    needed = set(folded("".join(project["summary"] for project in expected["projects"])))
    assert needed <= set(whole_text(path))


def test_the_replicas_are_expected_to_say_what_the_facts_say() -> None:
    facts = json.loads((DATA / "mine" / "facts.json").read_text("utf-8"))
    expected = json.loads((DATA / "producers" / "expected.json").read_text("utf-8"))
    assert expected["indicators"] == facts["indicators"]
    assert len(expected["projects"]) == 77
    assert sum(project["highlighted"] for project in expected["projects"]) == 13


@pytest.mark.parametrize("edition", [2026, 2027])
def test_an_invented_edition_holds_its_figures_and_says_that_it_is_invented(edition: int) -> None:
    facts = json.loads((DATA / "editions" / f"{edition}.facts.json").read_text("utf-8"))
    text = whole_text(DATA / "editions" / f"{edition}.pdf")
    assert not figures(facts) - Counter(text.split())
    assert "架空" in text.splitlines()[1]
    with pdfplumber.open(DATA / "editions" / f"{edition}.pdf") as pdf:
        assert "INVENTED" in pdf.metadata["Subject"]


def named(path: Path) -> dict[str, dict[str, str]]:
    facts = json.loads(path.read_text("utf-8"))
    return {item["name"]: item for item in facts["indicators"]}


@pytest.mark.parametrize(
    ("edition", "before"),
    [(2026, DATA / "mine" / "facts.json"), (2027, DATA / "editions" / "2026.facts.json")],
)
def test_the_editions_differ_in_the_planted_changes_alone(edition: int, before: Path) -> None:
    planted = json.loads((DATA / "editions" / "changes.json").read_text("utf-8"))[str(edition)]
    changes = {
        (item["kind"], item.get("name") or item.get("from")): item for item in planted["changes"]
    }
    old, new = named(before), named(DATA / "editions" / f"{edition}.facts.json")
    renamed = {item["to"]: name for (kind, name), item in changes.items() if kind == "renamed"}
    found = {("retired", name) for name in old if name not in new} - {
        ("retired", name) for name in renamed.values()
    }
    for name, item in new.items():
        was = old.get(renamed.get(name, name))
        if was is None:
            found.add(("new", name))
            continue
        if name in renamed:
            found.add(("renamed", renamed[name]))
        if (was["goal"], was["policy"]) != (item["goal"], item["policy"]):
            found.add(("moved", name))
        if was["unit"] != item["unit"]:
            found.add(("unit_changed", name))
            continue
        for kind, last, now in (
            ("baseline_revised", "baseline", "baseline"),
            ("target_revised", "next_target", "target"),
            ("value_revised", "actual", "previous_actual"),
        ):
            if was[last] != item[now]:
                found.add((kind, name))
    assert found == set(changes)
