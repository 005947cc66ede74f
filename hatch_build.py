"""What the build makes: the compiled catalogue of messages, from its text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUE = "pipeline/locale/ja/LC_MESSAGES/shihyo.po"


def compile_catalogue(root: Path) -> None:
    """Write the ``.mo`` file beside the ``.po`` file, unless it is newer."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415  (only the build has it)
    from babel.messages.pofile import read_po  # noqa: PLC0415

    source = root / CATALOGUE
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime_ns > source.stat().st_mtime_ns:
        return
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale="ja")
    part = compiled.with_name(f"{compiled.name}.part")
    with part.open("wb") as stream:
        write_mo(stream, catalogue)
    part.replace(compiled)


class CustomBuildHook(BuildHookInterface):
    """Runs before every wheel, an editable one too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile the catalogue and let it travel, though git ignores it."""
        compile_catalogue(Path(self.root))
        build_data["artifacts"].append(str(Path(CATALOGUE).with_suffix(".mo")))
