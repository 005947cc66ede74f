"""Ask for the known weaknesses of pinned dependencies, and say plainly where no answer is had.

python tools/audit.py requirements/run.txt

Exit status 0: each was looked up and has none; 1: some have; 2: some or all were not looked up, as
where the index that is reached from here tells nothing of weaknesses (on a closed network).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

NONE, SOME, UNKNOWN = 0, 1, 2


def judged(dependencies: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """The exit status and what is said of an answer of pip-audit."""
    weak = [
        f"{one['name']} {one['version']}: {', '.join(each['id'] for each in one['vulns'])}"
        for one in dependencies
        if one.get("vulns")
    ]
    skipped = [one["name"] for one in dependencies if "skip_reason" in one]
    if weak:
        return SOME, [*weak, *_untold(skipped, len(dependencies))]
    if skipped or not dependencies:
        return UNKNOWN, _untold(skipped, len(dependencies))
    return NONE, [f"No known weakness in {len(dependencies)} dependencies."]


def _untold(skipped: list[str], count: int) -> list[str]:
    if not skipped and count:
        return []
    if len(skipped) == count:
        return [
            "Nothing was audited: no database of weaknesses is reached from here (pip-audit asks "
            "pypi.org). Run this where it is."
        ]
    return [f"Not audited, {len(skipped)} of {count}: {', '.join(skipped)}."]


def main(arguments: list[str]) -> int:
    """Run pip-audit beside this interpreter, and print."""
    tool = Path(sys.executable).with_name("pip-audit")
    if not tool.exists():
        print("Nothing was audited: pip-audit is not installed (make audit does).", file=sys.stderr)
        return UNKNOWN
    command = [str(tool), "-f", "json", "--require-hashes", "--disable-pip", "-r", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        dependencies = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(done.stderr.strip()[-2000:], file=sys.stderr)
        dependencies = []
    status, lines = judged(dependencies)
    print("\n".join(lines), file=sys.stdout if status == NONE else sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
