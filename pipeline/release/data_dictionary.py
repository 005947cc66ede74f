"""The data dictionary of a release, as Markdown and as a page: every column, every sign."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from pipeline.release.dictionary import FORMAT_VERSION, SIGNS, TABLES, Field, TableSpec, file_name

_TYPES = {"string": "文字列", "integer": "整数", "number": "数値", "boolean": "真偽（1・0）"}
_COLUMNS = ("項目名", "Name", "型 / Type", "記号 / Signs", "説明", "Description")
_STYLE = (
    "body{font-family:sans-serif;line-height:1.6;margin:2rem auto;max-width:70rem;padding:0 1rem;"
    "color:#1a1a1a;background:#fff}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "th{background:#e8eef4}.scroll{overflow-x:auto}"
)


def markdown(code: str, edition: int | None, tables: Sequence[TableSpec] = TABLES) -> str:
    """The dictionary in Markdown; without an edition its file names say ``YYYY``."""
    lines = ["# データ項目定義書 / Data dictionary", "", f"Format {FORMAT_VERSION}", ""]
    for spec in tables:
        lines += [f"## {spec.title_ja} / {spec.title}", "", _file_line(spec, code, edition), ""]
        lines += ["| " + " | ".join(_COLUMNS) + " |", "|-|-|-|-|-|-|"]
        lines += ["| " + " | ".join(map(_in_cell, _row(field))) + " |" for field in spec.fields]
        lines.append("")
    lines += ["## 記号 / Signs", "", "| Sign | 意味 | Meaning |", "|-|-|-|"]
    lines += [f"| `{sign}` | {ja} | {en} |" for sign, (ja, en) in SIGNS.items()]
    return "\n".join(lines) + "\n"


def page(code: str, edition: int, tables: Sequence[TableSpec] = TABLES) -> str:
    """The dictionary as one self-contained page."""
    parts = [
        '<!doctype html><html lang="ja"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>データ項目定義書 / Data dictionary</title><style>{_STYLE}</style></head><body>",
        f"<main><h1>データ項目定義書 / Data dictionary</h1><p>Format {FORMAT_VERSION}</p>",
    ]
    for spec in tables:
        parts.append(f"<h2>{escape(spec.title_ja)} / {escape(spec.title)}</h2>")
        parts.append(f"<p>{escape(_file_line(spec, code, edition)).replace('`', '')}</p>")
        parts.append(_html_table(_COLUMNS, map(_row, spec.fields), spec.title_ja))
    signs = ((sign, *texts) for sign, texts in SIGNS.items())
    parts.append("<h2>記号 / Signs</h2>")
    parts.append(_html_table(("Sign", "意味", "Meaning"), signs, "記号"))
    return "".join(parts) + "</main></body></html>\n"


def _html_table(head: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> str:
    cells = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f'<div class="scroll" role="region" aria-label="{escape(name)}" tabindex="0">'
        f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _file_line(spec: TableSpec, code: str, edition: int | None) -> str:
    name = file_name(spec, code, edition or 9999)
    name = name if edition else name.replace("9999", "YYYY")
    headers = {field.name: field.header for field in spec.fields}
    return f"File: `{name}`; key: {', '.join(headers[key] for key in spec.key)}."


def _row(field: Field) -> tuple[str, ...]:
    return (
        field.header,
        field.name,
        f"{_TYPES[field.type]} / {field.type}",
        " ".join(field.signs),
        field.description_ja,
        field.description,
    )


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("***", "\\*\\*\\*")
