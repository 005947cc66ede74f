"""The fingerprint of a stage covers all code of ours that it uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cache import fingerprint
from pipeline.cache.fingerprint import (
    code_digest,
    imported_modules,
    library_versions,
    modules_behind,
)
from pipeline.chain import STAGES

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "pipeline").rglob("*.py")
)


def imports_by_syntax(module: str) -> set[str]:
    path = ROOT.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"relative import in {module}"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            found |= {one.value for one in node.args[:1] if isinstance(one, ast.Constant)}
    return {name for name in found if name in MODULES and name != "pipeline"}


@pytest.mark.parametrize("module", MODULES)
def test_no_import_is_overlooked(module: str) -> None:
    assert imports_by_syntax(module) <= imported_modules(module) | {module}


@pytest.mark.parametrize("module", MODULES)
def test_the_packages_of_what_is_imported_count_too(module: str) -> None:
    found = imported_modules(module)
    parts = [name.split(".") for name in found]
    above = {".".join(one[:end]) for one in parts for end in range(2, len(one))}
    assert above <= found
    assert "pipeline" not in found


ORDER = [stage.name for stage in STAGES]


@pytest.mark.parametrize("stage", ORDER)
def test_no_stage_imports_a_later_one(stage: str) -> None:
    later = ORDER[ORDER.index(stage) + 1 :]
    behind = modules_behind(f"pipeline.{stage}")
    assert [name for name in behind if name.split(".")[1] in later] == []


@pytest.mark.parametrize("stage", ["extract", "assemble", "normalize"])
def test_the_code_of_another_stage_settings_is_not_behind_a_stage(stage: str) -> None:
    others = {f"pipeline.settings.{name}" for name in ORDER if name != stage}
    assert others & set(modules_behind(f"pipeline.{stage}")) == set()


def test_library_versions_are_sorted_and_name_what_is_absent() -> None:
    assert library_versions(["no-such-library", "click"]).endswith("no-such-library=absent")


@pytest.mark.parametrize("stage", ORDER)
def test_the_packages_around_a_module_are_behind_it_too(stage: str) -> None:
    """Importing ``a.b.c`` runs ``a.b``."""
    behind = set(modules_behind(f"pipeline.{stage}"))
    assert {f"pipeline.{stage}", "pipeline.model", "pipeline.errors"} <= behind
    for module in behind:
        assert imported_modules(module) <= behind
        parts = module.split(".")
        around = {".".join(parts[:depth]) for depth in range(2, len(parts))}
        assert around <= behind


@pytest.mark.parametrize("reader", ["read", "witness.parse", "witness.compare", "scans"])
def test_the_readers_are_code_of_their_stage(reader: str) -> None:
    assert f"pipeline.extract.{reader}" in modules_behind("pipeline.extract")


def test_the_packages_of_an_imported_module_are_imported() -> None:
    found = imported_modules("pipeline.extract.read")
    assert {"pipeline.extract.pdf.page", "pipeline.extract.pdf", "pipeline.extract"} <= found


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of four modules: one uses two, directly and not, and leaves one alone."""

    def forget() -> None:
        for kept in (
            fingerprint._files,
            fingerprint._source,
            fingerprint._source_digest,
            imported_modules,
            code_digest,
        ):
            kept.cache_clear()

    monkeypatch.setattr(fingerprint, "_ROOT", tmp_path)
    for name, text in {
        "stage": "from pipeline.near import x\n",
        "near": "def late():\n    import pipeline.far\n",
        "far": "x = 1\n",
        "other": "x = 1\n",
    }.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    forget()
    yield tmp_path
    forget()


@pytest.mark.parametrize(
    ("changed", "matters"),
    [("stage", True), ("near", True), ("far", True), ("other", False)],
)
def test_a_digest_covers_the_code_that_a_stage_uses(
    package: Path, changed: str, matters: bool
) -> None:
    before = code_digest("pipeline.stage")
    assert modules_behind("pipeline.stage") == ("pipeline.far", "pipeline.near", "pipeline.stage")
    file = package / f"{changed}.py"
    file.write_text(file.read_text(encoding="utf-8") + "y = 2\n", encoding="utf-8")
    fingerprint._source.cache_clear()
    fingerprint._source_digest.cache_clear()
    code_digest.cache_clear()
    assert (code_digest("pipeline.stage") != before) == matters
