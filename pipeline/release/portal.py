"""What portals import: a line for CKAN, and the rows of オープンデータ一覧 (list of open data)."""

from __future__ import annotations

import csv
import io
from hashlib import sha256
from typing import Any

import msgspec

from pipeline.release.content import Content
from pipeline.release.dictionary import FORMAT_VERSION
from pipeline.release.metadata import Metadata

_TITLES = {
    "data.json": ("全データ（JSON）", "All data in one typed file"),
    "data.xlsx": ("全データ（Excel）", "All tables as a workbook"),
    "kpi.json-stat.json": ("指標の値（JSON-stat）", "Values as a JSON-stat cube"),
}
_FORMATS = {"csv": ("CSV", "text/csv"), "json": ("JSON", "application/json")}
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

LIST_COLUMNS = (
    "全国地方公共団体コード",
    "地方公共団体名",
    "データセット_ID",
    "データセット_タイトル",
    "データセット_概要",
    "データセット_キーワード",
    "データセット_公開日",
    "データセット_最終更新日",
    "データセット_URL",
    "データセット_更新頻度",
    "データセット_準拠する標準",
    "データセット_対象期間",
    "データセット_連絡先名称",
    "データセット_連絡先メールアドレス",
    "データセット_備考",
    "ファイル_タイトル",
    "ファイル_アクセスURL",
    "ファイル_ダウンロードURL",
    "ファイル_説明",
    "ファイル形式",
    "ファイル_ライセンス",
    "ファイル_公開日",
    "ファイル_最終更新日",
)


def _described(content: Content, files: dict[str, bytes]) -> list[tuple[str, str, str]]:
    """(file, title, description) of what a portal lists: the tables, then the other data files."""
    listed = [(table.file, table.spec.title_ja, table.spec.title) for table in content.tables]
    return listed + [(name, *_TITLES[name]) for name in _TITLES if name in files]


def _format(name: str) -> tuple[str, str]:
    return _FORMATS.get(name.rpartition(".")[2], ("XLSX", _WORKBOOK))


def ckan(content: Content, files: dict[str, bytes]) -> bytes:
    """One line of JSON: what ``package_create`` takes."""
    return msgspec.json.encode(package(content, files)) + b"\n"


def package(content: Content, files: dict[str, bytes]) -> dict[str, Any]:
    """The dataset as CKAN knows it; places that nothing was declared for are left out."""
    about = content.metadata
    known = {
        "name": about.dataset_id,
        "title": about.title,
        "notes": about.description,
        "url": about.landing_page or about.source_url,
        "author": about.publisher,
        "maintainer": about.contact_name,
        "maintainer_email": about.contact_email,
        "license_id": about.licence.ckan if about.licence else "",
        "version": f"{about.edition}.{FORMAT_VERSION}",
        "tags": [{"name": word} for word in about.keywords],
        "extras": _extras(about),
        "resources": [
            {
                "name": title,
                "description": description,
                "url": about.url_of(name) or name,
                "format": _format(name)[0],
                "mimetype": _format(name)[1],
                "size": len(files[name]),
                "hash": sha256(files[name]).hexdigest(),
            }
            for name, title, description in _described(content, files)
        ],
    }
    return {key: value for key, value in known.items() if value not in ("", [])}


def _extras(about: Metadata) -> list[dict[str, str]]:
    licence = about.licence
    extras = {
        "local_government_code": about.code,
        "municipality": about.municipality,
        "edition": str(about.edition),
        "temporal": about.period,
        "update_frequency": about.update_frequency,
        "release_date": about.release_date,
        "licence": (licence.id or licence.title) if licence else "",
        "licence_url": licence.url if licence else "",
        "publisher_url": about.publisher_url,
        "source_url": about.source_url,
        "source_sha256": about.sha256,
        "format_version": FORMAT_VERSION,
        "open_doubts": str(about.doubts),
    }
    return [{"key": key, "value": value} for key, value in extras.items() if value]


def list_rows(content: Content, files: dict[str, bytes]) -> bytes:
    """The rows of the list of open data, one a file; what was not declared stays empty."""
    about = content.metadata
    licence = about.licence
    dataset = {
        "全国地方公共団体コード": about.code,
        "地方公共団体名": about.municipality,
        "データセット_ID": about.dataset_id,
        "データセット_タイトル": about.title,
        "データセット_概要": about.description,
        "データセット_キーワード": ";".join(about.keywords),
        "データセット_公開日": about.release_date,
        "データセット_最終更新日": about.release_date,
        "データセット_URL": about.landing_page,
        "データセット_更新頻度": about.update_frequency,
        "データセット_準拠する標準": "",
        "データセット_対象期間": about.period,
        "データセット_連絡先名称": about.contact_name,
        "データセット_連絡先メールアドレス": about.contact_email,
        "データセット_備考": about.source_url,
        "ファイル_ライセンス": (licence.id or licence.title) if licence else "",
        "ファイル_公開日": about.release_date,
        "ファイル_最終更新日": about.release_date,
    }
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, LIST_COLUMNS, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    for name, title, description in _described(content, files):
        address = about.url_of(name)
        writer.writerow(
            {
                **dataset,
                "ファイル_タイトル": title,
                "ファイル_アクセスURL": about.landing_page or address,
                "ファイル_ダウンロードURL": address,
                "ファイル_説明": description,
                "ファイル形式": _format(name)[0],
            }
        )
    return stream.getvalue().encode("utf-8-sig")
