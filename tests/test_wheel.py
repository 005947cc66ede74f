"""The wheel, installed into a fresh environment, works away from the repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory, root: Path) -> Path:
    """A new environment with the wheel; the dependencies are those of this one."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place)]
    subprocess.run([*build, str(root)], check=True, capture_output=True)
    wheel = next(place.glob("shihyo-*.whl"))
    venv.create(place / "env", with_pip=False)
    python = place / "env" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    own = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    (Path(own) / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--force-reinstall", str(wheel)], check=True)
    return python


def outside() -> dict[str, str]:
    """The environment of somebody who has only the wheel."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run(python: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = python.with_name("shihyo")
    return subprocess.run(
        [str(command), *arguments],
        cwd=cwd,
        env=outside(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_default_vocabularies_travel_in_it(installed: Path, tmp_path: Path) -> None:
    code = "import pipeline.settings.files as f; print(f.packaged_defaults())"
    found = subprocess.run(
        [str(installed), "-c", code],
        cwd=tmp_path,
        env=outside(),
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    assert Path(found).is_relative_to(installed.parent.parent)
    assert (Path(found) / "headers.toml").is_file()


def test_it_makes_a_workspace_and_runs_a_document(
    installed: Path, root: Path, tmp_path: Path
) -> None:
    assert run(installed, "new", "city", cwd=tmp_path).returncode == 0
    city = tmp_path / "city"
    profile = city / "schemas/35213-mine"
    profile.mkdir()
    for file in (root / "schemas/35213-mine").glob("*.*"):
        (profile / file.name).write_bytes(file.read_bytes())
    pdf = str(root / "raw/35213-mine/2025.pdf")
    assert run(installed, "add", pdf, "--workspace", "city", cwd=tmp_path).returncode == 0
    assert (city / "raw/35213-mine/2025.toml").is_file()
    process = run(installed, "run", "--json", "--second-reader", "never", cwd=city)
    result = json.loads(process.stdout)
    assert process.returncode == 0
    assert result["documents"][0]["indicators"] == 130
    assert (city / "extracted/35213-mine/2025/release/data.json").is_file()


def test_files_that_are_no_code_travel_in_it(installed: Path, root: Path) -> None:
    package = next(installed.parent.parent.rglob("site-packages/pipeline"))
    wanted = [
        path.relative_to(root / "pipeline")
        for pattern in ("review/assets/*", "desk/*.md", "release/*.j2", "release/assets/*")
        for path in (root / "pipeline").glob(pattern)
    ]
    assert len(wanted) >= 4
    assert [str(path) for path in wanted if not (package / path).is_file()] == []


def test_its_messages_are_japanese(installed: Path, tmp_path: Path) -> None:
    process = run(installed, "--help", cwd=tmp_path)
    assert "自治体のKPI報告書" in process.stdout
