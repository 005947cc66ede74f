"""Pages of a PDF as a scanner would give them: pictures, tilted, grey, noisy, compressed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter


@dataclass(frozen=True)
class Manner:
    """How pages are scanned.  ``tilt``: degrees.  ``noise``: grey levels.  ``quality``: of JPEG.

    ``uneven``: lit from one side, as in a photograph.  ``stamp``: a stamp lies on the page, grey or
    ``red``.
    """

    dots_per_inch: int = 200
    tilt: float = 0.0
    noise: float = 0.0
    quality: int = 0
    blur: float = 0.0
    uneven: bool = False
    stamp: bool = False
    red: bool = False
    turn: int = 0


def scanned(data: bytes, manner: Manner, pages: Sequence[int] | None = None) -> bytes:
    """A PDF of pictures of these pages (counted from 1; all of them if not given)."""
    document = pypdfium2.PdfDocument(data)
    chance = np.random.default_rng(7)
    scale = manner.dots_per_inch / 72
    pictures = []
    for number in pages or range(1, len(document) + 1):
        picture = document[number - 1].render(scale=scale).to_pil().convert("L")
        pictures.append(_scanned(picture, manner, chance))
    document.close()
    output = io.BytesIO()
    pictures[0].save(
        output,
        "PDF",
        resolution=manner.dots_per_inch,
        save_all=True,
        append_images=pictures[1:],
        creationDate=None,
    )
    return output.getvalue()


def _scanned(picture: Image.Image, manner: Manner, chance: np.random.Generator) -> Image.Image:
    if manner.red:
        picture = _stamped_red(picture)
    elif manner.stamp:
        _stamp(picture, 90)
    if manner.tilt:
        paper = 255 if picture.mode == "L" else (255, 255, 255)
        picture = picture.rotate(manner.tilt, resample=Image.Resampling.BICUBIC, fillcolor=paper)
    if manner.turn:
        picture = picture.rotate(manner.turn, expand=True)
    grey = np.asarray(picture, dtype=float)
    if manner.noise:
        grey = 0.88 * grey + 18 + chance.normal(0, manner.noise, grey.shape)
    if manner.uneven:
        height, width = grey.shape
        across, down = np.linspace(0.6, 1, width), np.linspace(1, 0.75, height)
        grey = grey * across[None, :] * down[:, None]
    picture = Image.fromarray(np.clip(grey, 0, 255).astype("uint8"))
    if manner.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(manner.blur))
    if manner.quality:
        compressed = io.BytesIO()
        picture.save(compressed, "JPEG", quality=manner.quality)
        picture = Image.open(compressed).convert(picture.mode)
    return picture


def _stamped_red(picture: Image.Image) -> Image.Image:
    """The picture with a stamp of red ink, through which black is seen."""
    ink = Image.new("RGB", picture.size, "white")
    _stamp(ink, (205, 45, 40))
    return ImageChops.multiply(picture.convert("RGB"), ink)


def _stamp(picture: Image.Image, ink: int | tuple[int, int, int]) -> None:
    """A round stamp with a date, over whatever stands there."""
    width, height = picture.size
    size = width // 8
    left, top = int(0.62 * width), int(0.55 * height)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((left, top, left + size, top + size), outline=ink, width=max(2, size // 40))
    for line in (0.38, 0.62):
        y = top + int(line * size)
        draw.line((left, y, left + size, y), fill=ink, width=max(2, size // 60))
