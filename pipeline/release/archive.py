"""The whole release as one archive with the checksums of its files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256

CHECKSUMS = "SHA256SUMS"


def checksums(files: Mapping[str, bytes]) -> bytes:
    """One line a file, as ``sha256sum -c`` reads them."""
    lines = [f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
    return "".join(lines).encode()


def archive(files: Mapping[str, bytes], dated: str) -> bytes:
    """The archive's bytes.  Files are stored, not deflated: the same bytes on every system."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name, data in sorted(files.items()):
            packed.writestr(plain_entry(name, dated), data)
    return stream.getvalue()


def plain_entry(name: str, dated: str = "1980-01-01") -> zipfile.ZipInfo:
    """An entry that does not tell on which system it was made; dated 1980 at the earliest."""
    year, month, day = map(int, dated.split("-"))
    entry = zipfile.ZipInfo(name, date_time=(max(1980, year), month, day, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry
