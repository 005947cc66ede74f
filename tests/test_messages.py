"""One catalogue, two languages, nothing missing."""

from __future__ import annotations

import ast
import importlib.util
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from pipeline.messages import translate

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "pipeline/locale/ja/LC_MESSAGES/shihyo.po"


def tool():
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools/messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def code() -> set[str]:
    return {str(message.id) for message in tool().code_messages() if message.id}


def told(string: str | tuple[str, ...]) -> str:
    return string if isinstance(string, str) else "".join(string)


@pytest.fixture(scope="module")
def japanese() -> dict[str, str]:
    with PO.open("rb") as stream:
        return {str(m.id): told(m.string) for m in read_po(stream, locale="ja") if m.id}


def test_every_message_has_a_translation(code, japanese) -> None:
    assert {text for text in code if not japanese.get(text)} == set()


def test_no_translation_is_left_over(code, japanese) -> None:
    assert set(japanese) - code == set()


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def either(text: str) -> set[str]:
    """What a message with a plural may leave out: Japanese has one form."""
    return placeholders(text) if text.startswith("('") else set()


def test_translations_have_the_same_placeholders(japanese) -> None:
    different = {
        english: text
        for english, text in japanese.items()
        if not placeholders(text) <= placeholders(english)
        or placeholders(english) - placeholders(text) - {"unit", "page"} - either(english)
    }
    assert different == {}


def test_a_message_is_shown_even_when_a_parameter_is_missing() -> None:
    assert translate("There is no file {file}.", "en", other="x") == "There is no file {file}."


def test_no_settings_error_is_told_in_one_language_alone() -> None:
    """A problem written in the call was English in a Japanese sentence: id '001' stands twice."""
    calls = [
        (path.name, node.lineno, [keyword.arg for keyword in node.keywords])
        for path in sorted((ROOT / "pipeline").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "SettingsError"
        and not node.args
    ]
    assert [one[0] for one in calls if "problem" in one[2]] == ["files.py"]  # what msgspec says
