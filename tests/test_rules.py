"""Each rule that the code raises stands in the catalogue, and each of the catalogue is raised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.validate.catalogue import RULES

ROOT = Path(__file__).resolve().parent.parent
IDS = [rule.id for rule in RULES]
FAMILIES = "|".join(sorted({rule.family for rule in RULES}))
NAMED = re.compile(rf'"((?:{FAMILIES})\.[a-z]+(?:-[a-z]+)*)"')


def named_in(folder: str, *kinds: str) -> set[str]:
    return {
        name
        for kind in ("py", *kinds)
        for path in (ROOT / folder).rglob(f"*.{kind}")
        if path.name != "catalogue.py"
        for name in NAMED.findall(path.read_text(encoding="utf-8"))
        if not name.endswith((".toml", ".csv", ".md"))
    }


def test_ids_are_unique() -> None:
    assert len(set(IDS)) == len(IDS)


def test_every_rule_that_is_raised_is_in_the_catalogue() -> None:
    assert named_in("pipeline") - set(IDS) == set()


@pytest.mark.parametrize("rule", IDS)
def test_every_rule_of_the_catalogue_is_raised_somewhere(rule: str) -> None:
    assert rule in named_in("pipeline")


@pytest.mark.parametrize("rule", IDS)
def test_every_rule_has_a_test(rule: str) -> None:
    assert rule in named_in("tests", "json")  # expected remarks of the small PDFs are data


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_rule_says_what_to_do(rule) -> None:
    assert rule.title
    assert rule.message
    assert rule.advice
    assert rule.explanation


def test_only_doubts_about_our_reading_or_about_whose_document_it_is_block() -> None:
    blocking = {rule.family for rule in RULES if rule.severity == "blocker"}
    doubts = {"layout", "reading", "number", "structure", "vocabulary", "release", "decision"}
    assert blocking <= doubts | {"identity"}
