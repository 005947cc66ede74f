"""The report on a fault of this program: what to send, without a word of the document."""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipeline import __version__
from pipeline.cache import store
from pipeline.cache.fingerprint import code_digest
from pipeline.errors import InternalError

NAME = "fault.txt"
_LIBRARIES = ("msgspec", "pdfplumber", "playa-pdf", "pypdfium2", "rapidfuzz")


def write_report(errors: Iterable[InternalError], folder: Path | None) -> Path | None:
    """Write the report into a folder, or where that cannot be the one for temporary files.

    Returns its path; ``None`` if it could be written nowhere.
    """
    data = report(errors).encode()
    for place in (folder, Path(tempfile.gettempdir()) / f"shihyo-{store.digest_of(data)[:12]}"):
        if place is not None:
            try:
                store.write_atomically(place / NAME, data)
            except OSError:
                continue
            return place / NAME
    return None


def report(errors: Iterable[InternalError]) -> str:
    """The report's text: versions, then each fault with the page and the way it took."""
    lines = [
        f"shihyo {__version__}, code {code_digest('pipeline.chain')[:12]}",
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        *(f"{name} {_version(name)}" for name in _LIBRARIES),
    ]
    for error in errors:
        page = f", page {error.page}" if error.page else ""
        lines += ["", f"Fault: {error.parameters.get('fault', '?')}{page}"]
        lines.append(error.parameters.get("trace", ""))
    return "\n".join(lines) + "\n"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"
