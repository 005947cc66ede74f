"""Stage 5: the validated document as open data.  Pure: gives the files' bytes, writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import structs

from pipeline.model import Conformance, Finding, Normalized, Origin, Validated
from pipeline.release.archive import CHECKSUMS, archive, checksums
from pipeline.release.conformance import conformance, looked_at, totals
from pipeline.release.content import Content, json_bytes
from pipeline.release.data_dictionary import markdown, page
from pipeline.release.data_json import data_json
from pipeline.release.datapackage import csvw, datapackage
from pipeline.release.dictionary import LEGEND
from pipeline.release.earlier import earlier_values
from pipeline.release.estat import estat
from pipeline.release.jsonstat import jsonstat
from pipeline.release.metadata import gaps, metadata, taken_id
from pipeline.release.portal import ckan, list_rows
from pipeline.release.public_page import public_page
from pipeline.release.schema import data_schema
from pipeline.release.tables import tables, write_csv
from pipeline.release.workbook import workbook
from pipeline.settings.profile import local_government_code
from pipeline.settings.release import ReleaseSettings
from pipeline.validate.findings import settle

__all__ = ["Made", "run"]


class Made(NamedTuple):
    """The release: file name → bytes, and what was found while it was made."""

    files: dict[str, bytes]
    findings: tuple[Finding, ...]
    conformance: Conformance


def run(
    normalized: Normalized,
    validated: Validated,
    settings: ReleaseSettings,
    *,
    area_code: str,
    origin: Origin,
    earlier: Sequence[tuple[Normalized, Validated]] = (),
) -> Made:
    """The whole release, in every format.

    A value that a doubt about our reading touches is withheld and marked; everything else is
    released.  ``area_code`` is the 5-digit code; its check digit is computed.

    ``earlier``: editions before this one, the newest first, for the charts of the public page.
    """
    taken = taken_id(settings, [edition.edition for edition, _ in earlier])
    own = settle((*gaps(settings, origin, area_code), *taken))
    validated = structs.replace(validated, findings=settle((*validated.findings, *own)))
    code = local_government_code(area_code)
    about = metadata(normalized, validated, settings, area_code=area_code, origin=origin)
    content = Content(
        metadata=about,
        tables=tables(normalized, validated, settings, area_code=area_code, code=code),
    )
    data = data_json(normalized, validated, settings, about, content.rows(LEGEND))
    files = {table.file: write_csv(table.spec, table.rows) for table in content.tables}
    for table in content.tables:
        files[f"{table.file}-metadata.json"] = json_bytes(csvw(content, table))
    files["data.json"] = json_bytes(data)
    files["data.schema.json"] = json_bytes(data_schema())
    files["index.html"] = public_page(content, data, earlier_values(earlier, settings.signs))
    files["data.xlsx"] = workbook(content)
    files["kpi.json-stat.json"] = json_bytes(jsonstat(content))
    files |= estat(content)
    files["datapackage.json"] = json_bytes(datapackage(content, files))
    found = looked_at(content.tables)
    files["conformance.json"] = json_bytes(conformance(found))
    files["ckan.jsonl"] = ckan(content, files)
    files["opendata_list_row.csv"] = list_rows(content, files)
    specs = tuple(table.spec for table in content.tables)
    files["data-dictionary.md"] = markdown(code, about.edition, specs).encode()
    files["data-dictionary.html"] = page(code, about.edition, specs).encode()
    files[CHECKSUMS] = checksums(files)
    files[f"{code}_kpi_{about.edition}.zip"] = archive(files, about.dated)
    return Made(files, own, totals(found))
