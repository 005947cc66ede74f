"""A clean copy of a release for the officer to hand on: only whole, and never over other files."""

from __future__ import annotations

from pathlib import Path

from pipeline.cache import store
from pipeline.chain import RELEASE, is_free
from pipeline.errors import UsageError
from pipeline.messages import N_
from pipeline.model import Released


def deliver(output: Path, target: Path) -> Released:
    """Copy ``output/release`` to ``target``; an earlier copy there is exchanged as a whole.

    Raises :class:`UsageError` where the target holds something else, or the release was altered
    since it was made.
    """
    source = output / RELEASE
    made = store.read_artefact(output / "5-release.json", Released)
    if made is None or store.folder_digests(source) != {
        name: file.sha256 for name, file in made.files.items()
    }:
        raise UsageError(
            N_("The release was altered since it was made."),
            advice=N_("Make it anew with: shihyo run"),
            file=str(source),
        )
    if not is_free(target):
        raise UsageError(
            N_("The folder {folder} holds something else than a release."),
            advice=N_("Name an empty folder, or one with an earlier copy."),
            file=str(target),
            folder=str(target),
        )

    def fill(folder: Path) -> None:
        for name in made.files:
            store.write_atomically(folder / name, (source / name).read_bytes())

    store.replace_folder(target.resolve(), fill)
    return made
