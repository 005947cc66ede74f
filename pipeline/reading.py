"""A release as typed tables, for analysts: ``pipeline.read("…/release")``."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.messages import N_
from pipeline.release.dictionary import FORMAT_VERSION, SIGNS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Release:
    """The tables of one release by their names; one that was not released has no rows.

    Columns bear the English names of the data dictionary.  Numbers are ``Decimal`` with the
    printed digits, whole numbers ``Int64``, truth values ``boolean``, everything else ``string``.
    Where a sign stands instead of a value the value is missing, and a column ``…_sign`` beside it
    holds the sign.
    """

    values: pd.DataFrame
    indicators: pd.DataFrame
    projects: pd.DataFrame
    summary: pd.DataFrame
    legend: pd.DataFrame
    provenance: pd.DataFrame
    findings: pd.DataFrame
    dataset: dict[str, Any]


def read(folder: str | Path) -> Release:
    """All tables of a release folder.

    Raises :class:`UsageError` for a folder that holds none, or one in a form of another version.
    """
    import pandas as pd  # noqa: PLC0415  (half a second, only for those who analyse)

    place = Path(folder)
    try:
        package = json.loads((place / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            N_("The folder holds no release."),
            advice=N_("Name the folder “release” that shihyo run has made."),
            file=str(place),
        ) from error
    version = str(package.get("format_version", ""))
    if version.partition(".")[0] != FORMAT_VERSION.partition(".")[0]:
        raise UsageError(
            N_("The release is of format {version}; this program reads format {known}."),
            advice=N_("Make it anew, or use the version of the program that made it."),
            file=str(place),
            version=version or "?",
            known=FORMAT_VERSION,
        )
    tables = {one["name"]: _table(place, one) for one in package["resources"]}
    names = [name for name in Release.__dataclass_fields__ if name != "dataset"]
    dataset = {key: value for key, value in package.items() if key != "resources"}
    return Release(**{name: tables.get(name, pd.DataFrame()) for name in names}, dataset=dataset)


def _table(place: Path, resource: dict[str, Any]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    with (place / resource["path"]).open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    columns: dict[str, Any] = {}
    for at, field in enumerate(resource["schema"]["fields"]):
        cells = [row[at] for row in rows]
        signs = [cell if cell in SIGNS else None for cell in cells]
        known = [None if sign else cell for cell, sign in zip(cells, signs, strict=True)]
        columns[field["title"]] = _typed(known, field["type"])
        if any(signs):
            columns[f"{field['title']}_sign"] = pd.Series(signs, dtype="string")
    return pd.DataFrame(columns)


def _typed(cells: list[str | None], kind: str) -> pd.Series[Any]:
    import pandas as pd  # noqa: PLC0415

    if kind == "number":
        return pd.Series([None if c is None else Decimal(c) for c in cells], dtype="object")
    if kind == "integer":
        return pd.Series([None if c is None else int(c) for c in cells], dtype="Int64")
    if kind == "boolean":
        return pd.Series([None if c is None else c == "1" for c in cells], dtype="boolean")
    return pd.Series(cells, dtype="string")
