"""Collect everything that an office without an index of packages needs to install the program.

    python tools/bundle.py PLATFORM [--python 3.11] [--to dist]

PLATFORM is ``manylinux`` or ``win_amd64``.  Made is ``dist/shihyo-<version>-<platform>/`` and a
ZIP of it: wheels with their hashes, the program's own wheel, scripts that install it offline.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement

from pipeline import __version__

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "requirements" / "run.txt"

TAGS = {
    "manylinux": tuple(f"manylinux{tag}_x86_64" for tag in ("_2_28", "_2_27", "_2_17", "2014")),
    "win_amd64": ("win_amd64",),
}
SYSTEMS = {
    "manylinux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "win_amd64": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}

SH = """\
#!/bin/sh
# Install shihyo into a folder (default: ./shihyo) without any network.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-shihyo}
"${PYTHON:-python3}" -c 'import sys; sys.exit(sys.version_info[:2] != (MAJOR, MINOR))' || {
    echo "Python MAJOR.MINOR is needed; give it as PYTHON=/path/to/python" >&2; exit 1; }
"${PYTHON:-python3}" -m venv "$target"
"$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \\
    --find-links "$here/wheels" --require-hashes -r "$here/requirements.txt"
"$target/bin/shihyo" doctor
echo "$target/bin/shihyo"
"""

BAT = """\
@echo off
rem Install shihyo into a folder (default: shihyo) without any network.
setlocal
set "target=%~1"
if "%target%"=="" set "target=shihyo"
py -MAJOR.MINOR -m venv "%target%" || (echo Python MAJOR.MINOR is needed & exit /b 1)
"%target%\\Scripts\\python" -m pip install --quiet --disable-pip-version-check --no-index ^
    --find-links "%~dp0wheels" --require-hashes -r "%~dp0requirements.txt" || exit /b 1
"%target%\\Scripts\\shihyo" doctor
echo %target%\\Scripts\\shihyo
"""


def locked(platform: str, python: str) -> list[str]:
    """The pinned and hashed requirements that hold on a platform, without their markers."""
    text = LOCKED.read_text(encoding="utf-8").replace("\\\n", " ")
    where = {
        **SYSTEMS[platform],
        "platform_machine": "AMD64" if platform == "win_amd64" else "x86_64",
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }
    lines = []
    for line in text.splitlines():
        told, *hashes = re.split(r"\s+(?=--hash=)", line.partition(" #")[0].strip())
        if not told or told.startswith("#"):
            continue
        wanted = Requirement(told)
        if wanted.marker is None or Marker(str(wanted.marker)).evaluate(where):
            lines.append(" ".join((f"{wanted.name}{wanted.specifier}", *hashes)))
    return lines


_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q")
_NO_WHEEL = re.compile(r"No matching distribution found for ([\w.-]+)==")


def download(lines: list[str], platform: str, python: str, wheels: Path) -> list[str]:
    """Fetch the wheels; gives the lines as they hold for what was fetched.

    What is only published as source is built here; that works for any platform only if it is
    Python alone, else :class:`SystemExit` is raised.
    """
    built: list[str] = []
    tags = [part for tag in TAGS[platform] for part in ("--platform", tag)]
    while True:
        listed = wheels.parent / "requirements.txt"
        listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = subprocess.run(
            [
                *(*_PIP, "download", "--no-deps", "--require-hashes", "--only-binary=:all:"),
                *("--implementation", "cp", "--python-version", python, *tags),
                *("-d", str(wheels), "-r", str(listed)),
            ],
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if not done.returncode:
            return lines + built
        lacking = _NO_WHEEL.search(done.stderr)
        own = [line for line in lines if lacking and line.startswith(f"{lacking[1]}==")]
        if not own:
            raise SystemExit(done.stderr)
        lines = [line for line in lines if line not in own]
        built += [_built(line, wheels) for line in own]


def _built(line: str, wheels: Path) -> str:
    """Build one wheel from its hashed source; gives its line with the wheel's own hash."""
    source = wheels.parent / "source.txt"
    source.write_text(line + "\n", encoding="utf-8")
    before = set(wheels.iterdir())
    run(*_PIP, "wheel", "--no-deps", "--require-hashes", "-w", str(wheels), "-r", str(source))
    source.unlink()
    (made,) = set(wheels.iterdir()) - before
    if not made.name.endswith("-none-any.whl"):
        raise SystemExit(f"{made.name} is for this machine only")
    return f"{line.split(maxsplit=1)[0]} --hash=sha256:{digest(made)}"


def digest(path: Path) -> str:
    """The sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(*command: str) -> None:
    """One command; its failure is ours."""
    subprocess.run(command, check=True, cwd=ROOT)


def make(platform: str, python: str, to: Path) -> Path:
    """The folder of the bundle."""
    folder = to / f"shihyo-{__version__}-{platform}"
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    run(*_PIP, "wheel", "--no-deps", "--no-build-isolation", "-w", str(wheels), ".")
    (own,) = wheels.glob("shihyo-*.whl")
    lines = download(locked(platform, python), platform, python, wheels)
    lines.append(f"shihyo=={__version__} --hash=sha256:{digest(own)}")
    (folder / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    major, minor = python.split(".")
    for name, script in (("install.sh", SH), ("install.bat", BAT)):
        if name.endswith("bat") == (platform == "win_amd64"):
            text = script.replace("MAJOR", major).replace("MINOR", minor)
            ending = "\r\n" if name.endswith("bat") else "\n"
            (folder / name).write_text(text, encoding="utf-8", newline=ending)
            (folder / name).chmod(0o755)
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    sums = sorted(path for path in folder.rglob("*") if path.is_file())
    (folder / "SHA256SUMS").write_text(
        "".join(f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in sums),
        encoding="utf-8",
    )
    shutil.make_archive(str(folder), "zip", to, folder.name)
    return folder


def main() -> None:
    """Make the bundle and tell where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("platform", choices=sorted(TAGS))
    parser.add_argument("--python", default="3.11", help="version of Python on that machine")
    parser.add_argument("--to", type=Path, default=ROOT / "dist")
    given = parser.parse_args()
    folder = make(given.platform, given.python, given.to.resolve())
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    print(f"{folder} ({size:.0f} MB) and {folder.name}.zip")


if __name__ == "__main__":
    main()
