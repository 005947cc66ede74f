"""A report that cannot be opened without its password.

Run: ``python -m tests.data.encrypted.make``.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf

HERE = Path(__file__).parent
PASSWORD = "himitsu"


def main() -> None:
    """Write ``report.pdf``: one of the difficulties, encrypted (AES, 256 bits)."""
    with pikepdf.open(HERE.parent / "difficulties" / "overflowing-name.pdf") as document:
        document.save(HERE / "report.pdf", encryption=pikepdf.Encryption(user=PASSWORD, owner=""))


if __name__ == "__main__":
    main()
