"""Make raw/35213-mine/2025.pdf: a reconstruction of the city's report for Reiwa 7.

From the root of the repository: ``python -m tests.data.mine.make`` (tests/data/requirements.txt).
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pikepdf

from tests.data.mine import content, word

ROOT = Path(__file__).parents[3]
TARGET = ROOT / "raw" / "35213-mine" / "2025.pdf"
PROPERTIES = {
    "title": "第二次美祢市総合計画後期計画における令和7年度の実施について（復元版）",
    "subject": "美祢市の公表資料の復元 (reconstruction): figures of the city, sentences not",
    "keywords": "reconstruction; not the original document",
    "author": "Shihyo project",
}
ORIGIN = '''\
# Origin of 2025.pdf.  An empty string means: not known.
title = "第二次美祢市総合計画後期計画における令和7年度の実施について"
publisher = "美祢市"
url = ""
licence = ""
licence_note = """
The terms of the city's own document are not known. Sentences and layout of this reconstruction: \\
MIT, Shihyo project. Figures and names: the city's."""
published = ""
retrieved = ""
sha256 = "{sha256}"
reconstruction = true
note = """
A reconstruction made by this project: the figures and names are the city's, the sentences are \\
not. See README.md."""
'''
MADE = "D:20250601000000Z"


def settle(
    source: Path, target: Path, properties: dict[str, str], *, object_streams: bool = False
) -> None:
    """Give a PDF fixed dates, a fixed identifier and the properties, so that reruns agree.

    ``object_streams`` packs small objects together, which a PDF with many of them needs.
    """
    mode = pikepdf.ObjectStreamMode
    pikepdf.settings.set_flate_compression_level(9)
    with pikepdf.open(source) as pdf:
        if "/Metadata" in pdf.Root:
            del pdf.Root["/Metadata"]
        for name in ("/DocChecksum", "/ID"):
            if name in pdf.trailer:
                del pdf.trailer[name]
        for name, value in properties.items():
            pdf.docinfo[f"/{name.capitalize()}"] = value
        for name in ("/CreationDate", "/ModDate"):
            pdf.docinfo[name] = MADE
        target.parent.mkdir(parents=True, exist_ok=True)
        pdf.save(
            target,
            deterministic_id=True,
            object_stream_mode=mode.generate if object_streams else mode.preserve,
            recompress_flate=object_streams,
        )


def main() -> None:
    """Write the reconstruction."""
    report = content.load()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "2025.docx"
        word.write(content.blocks(report), word.Look(), source, PROPERTIES)
        settle(word.to_pdf(source, Path(folder)), TARGET, PROPERTIES)
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    TARGET.with_suffix(".toml").write_text(ORIGIN.format(sha256=digest), "utf-8")


if __name__ == "__main__":
    main()
