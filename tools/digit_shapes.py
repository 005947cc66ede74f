"""Write the shapes that digits are compared with: those of the typefaces that PDFium holds.

python tools/digit_shapes.py > pipeline/extract/pdf/digit_shapes.py
"""

from __future__ import annotations

import ctypes

import pypdfium2
from pypdfium2 import raw

from pipeline.extract.pdf.digits import contours, raster

TYPEFACES = ("Helvetica", "Helvetica-Bold", "Times-Roman", "Courier")
HEAD = '''"""The digits of four typefaces as ``tools/digit_shapes.py`` writes them."""

SIDE = 16
"""Bits to a row, and rows."""

SHAPES = {'''


def main() -> None:
    """Print the module."""
    document = pypdfium2.PdfDocument.new()
    print(HEAD)
    for digit in "0123456789":
        print(f'    "{digit}": (')
        for name in TYPEFACES:
            font = raw.FPDFText_LoadStandardFont(document.raw, name.encode())
            address = ctypes.cast(font, ctypes.c_void_p).value or 0
            print(f"        0x{raster(contours(address, digit)):064X},")
        print("    ),")
    print("}")


if __name__ == "__main__":
    main()
