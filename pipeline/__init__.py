"""Shihyo (指標): from a municipality's yearly KPI report in PDF to validated open data.

Read ``chain.py`` first: it lists the stages in order, what each takes and what it gives.
For analysts there is :func:`read`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.reading import Release

__version__ = "0.1.0"


def read(folder: str | Path) -> Release:
    """A release folder as typed pandas tables: see :mod:`pipeline.reading`."""
    from pipeline import reading  # noqa: PLC0415  (pandas is loaded for analysts alone)

    return reading.read(folder)
