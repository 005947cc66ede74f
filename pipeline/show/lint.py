"""What ``shihyo lint`` says of a table: line, column, item and why; or that nothing is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.messages import N_, Language, translate
from pipeline.notation.items import Failure, Item, Result
from pipeline.notation.sheets import Sheet

_SHOWN = 5
"""Places shown of one item."""


def lint_text(found: Sequence[tuple[Sheet, Sequence[Result]]], language: Language) -> str:
    """The whole report."""
    lines: list[str] = []
    for sheet, results in found:
        broken = [result for result in results if result.failures]
        lines.append(sheet.name)
        if not broken:
            count = len(results)
            text = N_("  nothing is wrong: {count} items checked.")
            lines.append(translate(text, language, count=count))
        for result in broken:
            lines += _broken(sheet, result, language)
    return "\n".join(lines)


def _broken(sheet: Sheet, result: Result, language: Language) -> Iterator[str]:
    item, failures = result
    asks, why = translate(item.asks, language), translate(item.why, language)
    text = N_("  {item} {asks}: {count} places; {why}")
    yield translate(text, language, item=item.id, asks=asks, why=why, count=len(failures))
    for failure in failures[:_SHOWN]:
        yield f"    {_place(sheet, failure, language)}"
    if len(failures) > _SHOWN:
        more = N_("    … and {count} more")
        yield translate(more, language, count=len(failures) - _SHOWN)


def _place(sheet: Sheet, failure: Failure, language: Language) -> str:
    parts = []
    if failure.row is not None:
        parts.append(translate(N_("line {line}"), language, line=failure.row + 1))
    if failure.column is not None:
        name = sheet.header[failure.column] if failure.column < len(sheet.header) else ""
        text = N_("column {column} {name}")
        parts.append(translate(text, language, column=failure.column + 1, name=name).rstrip())
    if failure.text:
        parts.append(f"“{failure.text[:60]}”")
    return ", ".join(parts) or translate(N_("the whole table"), language)


def lint_object(found: Sequence[tuple[Sheet, Sequence[Result]]]) -> list[dict[str, object]]:
    """The same for machines: one entry a place."""
    return [
        _entry(sheet, result.item, failure)
        for sheet, results in found
        for result in results
        for failure in result.failures
    ]


def _entry(sheet: Sheet, item: Item, failure: Failure) -> dict[str, object]:
    return {
        "table": sheet.name,
        "item": item.id,
        "line": None if failure.row is None else failure.row + 1,
        "column": None if failure.column is None else failure.column + 1,
        "text": failure.text,
        "why_ja": translate(item.why, "ja"),
        "why_en": translate(item.why, "en"),
    }
