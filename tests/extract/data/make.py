"""Make ``locked.pdf``: ``difficulties/landscape.pdf``, encrypted (AES-256) with a user password.

``python tests/extract/data/make.py`` needs pikepdf (tests/data/requirements.txt); the tests use
the committed file.
"""

from __future__ import annotations

from pathlib import Path

import pikepdf

HERE = Path(__file__).parent
PASSWORD = "himitsu"


def main() -> None:
    """Write the file."""
    source = HERE.parent.parent / "data" / "difficulties" / "landscape.pdf"
    with pikepdf.open(source) as pdf:
        locked = pikepdf.Encryption(owner="chief", user=PASSWORD)
        pdf.save(HERE / "locked.pdf", encryption=locked)


if __name__ == "__main__":
    main()
