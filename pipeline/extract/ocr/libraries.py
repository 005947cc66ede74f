"""The libraries of character recognition that are installed."""

from __future__ import annotations

from pipeline.extract.ocr import engine, second


def libraries() -> tuple[str, ...]:
    """The distributions that shape a reading, of each engine that is there."""
    return tuple(name for one in (engine, second) if one.installed() for name in one.LIBRARIES)
