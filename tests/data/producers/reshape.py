"""Pages of a finished PDF put into other frames: a CropBox, a form XObject with a matrix."""

from __future__ import annotations

from pathlib import Path

import pikepdf


def crop(source: Path, target: Path) -> None:
    """Larger MediaBox with an origin that is not zero; the CropBox shows the old page."""
    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            page.mediabox = [left - 90, bottom - 60, right + 40, top + 75]
            page.cropbox = [left, bottom, right, top]
        pdf.save(target, deterministic_id=True)


def into_forms(source: Path, target: Path) -> None:
    """The content of every page inside two nested form XObjects, the outer one scaled by 0.8."""
    with pikepdf.open(source) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
            inner = pikepdf.Stream(pdf, page.Contents.read_bytes())
            inner.Type, inner.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            inner.BBox, inner.Resources = page.mediabox, page.Resources
            outer = pikepdf.Stream(pdf, b"q 1 0 0 1 0 0 cm /Inner Do Q")
            outer.Type, outer.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
            outer.BBox = page.mediabox
            outer.Matrix = [0.8, 0, 0, 0.8, 50, 90]
            outer.Resources = pikepdf.Dictionary(XObject={"/Inner": inner})
            page.Resources = pikepdf.Dictionary(XObject={"/Outer": outer})
            page.Contents = pikepdf.Stream(pdf, b"q 0.95 0 0 0.95 12 20 cm /Outer Do Q")
        pdf.save(target, deterministic_id=True)


def restrict(source: Path, target: Path) -> None:
    """Opens without a password, but copying is forbidden: common in town halls.

    The key is drawn anew each time, so this fixture is not the same on every run.
    """
    with pikepdf.open(source) as pdf:
        rights = pikepdf.Permissions(extract=False, modify_other=False, modify_annotation=False)
        pdf.save(target, encryption=pikepdf.Encryption(owner="owner", user="", R=6, allow=rights))
