"""Every field of every file of two small releases is as it was when it was last looked at.

What the release writes on purpose otherwise is kept anew, and its difference looked at, by

    python -m tests.release.test_kept && git diff tests/release/kept
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from pipeline.release import Made
from tests.release.fed import bare, rich

KEPT = Path(__file__).parent / "kept"
RELEASES: dict[str, Callable[[], Made]] = {"rich": rich, "bare": bare}
_OF_THE_DICTIONARY = ("data-dictionary", "data.schema.json", "SHA256SUMS")
"""Texts that are the same in every release, and digests of what is compared here anyhow."""


def told(made: Made) -> dict[str, str]:
    """File → text.  Of the workbook its cells, of the archive its names."""
    texts: dict[str, str] = {}
    book = _digest(made.files["data.xlsx"])
    for name, data in made.files.items():
        if name.startswith(_OF_THE_DICTIONARY):
            continue
        if name == "conformance.json":
            texts[name] = "\n".join(_failures(json.loads(data)))
        elif name.endswith(".xlsx"):
            texts[name] = "\n".join(_cells(data))
        elif name.endswith(".html"):
            texts[name] = data.decode().replace("><", ">\n<")
        elif name.endswith(".zip"):
            texts[name] = "\n".join(_entries(data))
        else:
            texts[name] = data.decode().replace(book, "-")
    findings = (f"{one.rule} {one.subject} {one.printed} {one.expected}" for one in made.findings)
    texts["findings"] = "\n".join((*findings, repr(made.conformance)))
    return texts


def _digest(data: bytes) -> str:
    """How a portal is told a file, of which the libraries decide the bytes."""
    return f'"size":{len(data)},"hash":"{sha256(data).hexdigest()}"'


def _failures(found: dict) -> Iterator[str]:
    for table in found["tables"]:
        yield f"{table['file']}: {len(table['items'])} items"
        for item in table["items"]:
            if item["failures"]:
                yield f"  {item['id']}: {item['failures']} {item['places']}"


def _cells(data: bytes) -> Iterator[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    about = book.properties
    yield f"{about.title} | {about.creator} | {about.description} | {about.created}"
    for sheet in book:
        widths = [(name, round(one.width)) for name, one in sheet.column_dimensions.items()]
        yield f"{sheet.title} {sheet.freeze_panes} {sheet.auto_filter.ref} {widths}"
        for row in sheet.iter_rows():
            yield " | ".join(f"{one.value!r} {one.number_format} {one.font.b:d}" for one in row)


def _entries(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for one in packed.infolist():
            yield f"{one.filename} {one.date_time} {one.external_attr:o} {one.create_system}"


@pytest.mark.parametrize("name", RELEASES)
def test_every_field_is_as_it_was(name: str) -> None:
    texts = told(RELEASES[name]())
    folder = KEPT / name
    kept = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert kept == {f"{file}.txt" for file in texts}
    for file, text in texts.items():
        before = (folder / f"{file}.txt").read_text(encoding="utf-8")
        assert text.replace("\r\n", "\n").splitlines() == before.splitlines(), file


def keep() -> None:
    """Write what the releases say now."""
    shutil.rmtree(KEPT, ignore_errors=True)
    for name, made in RELEASES.items():
        for file, text in told(made()).items():
            path = KEPT / name / f"{file}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("\r\n", "\n").rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    keep()
