"""Documents made from the code are up to date, and the README's claims are true."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def made() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("docs_tool", ROOT / "tools/docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.documents()


@pytest.mark.parametrize("name", sorted(made()))
def test_a_made_document_is_up_to_date(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == made()[name], "run: make docs"


@pytest.mark.parametrize("name", ["README.md", "README.ja.md", "CONTRIBUTING.md"])
def test_links_between_documents_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).exists(), target


def test_ci_runs_the_command_of_the_readme() -> None:
    assert re.search(r"^make test$", (ROOT / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE)
    assert "make test" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_requirements_are_pinned_and_hashed_and_name_no_index() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        assert "index" not in text
        pins = re.findall(r"^([a-z0-9-]+)==\S+", text, re.MULTILINE)
        assert pins
        assert len(pins) == len(re.findall(r"^\w", text, re.MULTILINE))
        assert text.count("--hash=sha256:") >= len(pins)


@pytest.mark.parametrize("name", ["ARCHITECTURE.md"])
def test_the_architecture_names_only_what_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:pipeline|schemas)/[\w./]+)`", text):
        assert (ROOT / path).exists(), path
