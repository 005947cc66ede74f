"""The catalogue is complete: every rule that is raised has its texts, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.messages import translate
from pipeline.model import Finding
from pipeline.validate import docs
from pipeline.validate.catalogue import BY_ID, RULES, Rule, message, rule_of
from pipeline.validate.findings import finding

ROOT = Path(__file__).parents[2]
_RAISED = re.compile(rf"\"((?:{'|'.join(docs.FAMILIES)})\.[a-z][a-z-]+)\"")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def raised() -> set[str]:
    """The ids that stand in the code, except file names."""
    found: set[str] = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        if path.name != "catalogue.py":
            found |= set(_RAISED.findall(path.read_text(encoding="utf-8")))
    return {rule for rule in found if rule.rpartition(".")[2] not in ("toml", "csv", "json")}


def test_every_rule_that_is_raised_has_an_entry() -> None:
    assert raised() - set(BY_ID) == set()


def test_ids_are_unique_and_of_a_known_family() -> None:
    assert len(BY_ID) == len(RULES)
    assert {rule.family for rule in RULES} <= set(docs.FAMILIES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_texts_are_there_in_both_languages_with_the_same_placeholders(rule: Rule) -> None:
    for text in filter(None, (rule.title, rule.message, rule.advice, rule.explanation)):
        japanese = translate(text, "ja")
        assert re.search("[ぁ-んァ-ヶ一-龠]", japanese), f"no Japanese for: {text}"
        assert set(_PLACEHOLDER.findall(japanese)) <= set(_PLACEHOLDER.findall(text))


def test_a_finding_is_rendered_in_both_languages() -> None:
    found = Finding(
        rule="status.mismatch",
        key="k",
        severity="error",
        subject="指標",
        printed="目標\n達成",
        expected="改善",
        parameters={
            "baseline": "100",
            "target": "110",
            "actual": "105",
            "better": ", lower is better",
        },
    )
    assert message(found, "en") == (
        "指標: printed status 目標達成, but by the legend it is 改善 "
        "(baseline 100, target 110, actual 105, lower is better)."
    )
    assert "低いほど良い" in message(found, "ja")


def test_an_unknown_rule_is_rendered_too() -> None:
    found = Finding(rule="x.y", key="k", severity="warning", subject="何か", printed="字")
    assert message(found, "en") == "何か: 字"
    assert rule_of("x.y").severity == "warning"


def test_the_document_of_the_rules_is_up_to_date() -> None:
    written = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert written == "\n".join(docs.lines()) + "\n", (
        "run: python -m pipeline.validate.docs > docs/rules.md"
    )


@pytest.mark.parametrize(
    ("unknown", "names", "told"), [("0", "", "0件です。"), ("1", " (順位)", "1件です (順位)。")]
)
def test_without_a_registry_the_unknown_directions_are_counted(
    unknown: str, names: str, told: str
) -> None:
    parameters = {"count": "14", "unknown": unknown, "names": names}
    text = message(finding("identity.no-registry", "", parameters=parameters), "ja")
    assert text.endswith(f"改善の方向がわからない指標は{told}")
