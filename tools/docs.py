"""Write the documents that are made from the code; with --check only compare (exit status 1)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from pipeline import errors as typed_errors
from pipeline.chain import STAGES
from pipeline.cli import cli
from pipeline.errors import ExitCode, ShihyoError
from pipeline.messages import translate
from pipeline.release.data_dictionary import markdown
from pipeline.release.schema import data_schema
from pipeline.validate.docs import lines as rule_lines

ROOT = Path(__file__).resolve().parent.parent
_MADE = "<!-- Made from the code by `make docs`; do not edit. -->"


def dictionary() -> str:
    """Every released table and field."""
    return _MADE + "\n\n" + markdown("CODE", None)


def _options(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            names = ", ".join(f"`{name}`" for name in parameter.opts)
            text = parameter.help or ""
            yield f"| {names} | {translate(text, 'ja')} | {translate(text, 'en')} |"


def commands() -> str:
    """Every command and option, and the exit codes."""
    lines = [_MADE, "", "# Commands / コマンド", ""]
    for name, command in sorted(cli.commands.items()):
        usage = " ".join(command.collect_usage_pieces(click.Context(command)))
        lines += [f"## shihyo {name}", "", f"`shihyo {name} {usage}`", ""]
        for text in (translate(command.help or "", "ja"), translate(command.help or "", "en")):
            lines += [*text.split("\n"), ""]
        lines += ["| Option | 説明 | Description |", "|-|-|-|"]
        lines += _options(command)
        lines.append("")
    lines += ["## Exit codes / 終了コード", "", "| Code | Name |", "|-|-|"]
    lines += [f"| {int(code)} | {code.name} |" for code in ExitCode]
    return "\n".join(lines) + "\n"


CODES = {
    ExitCode.RELEASED: "Everything was released; contradictions of the document are findings.",
    ExitCode.DOUBTS: "Released, but values that this program is not sure of are held back as `X`.",
    ExitCode.SOME_FAILED: "`shihyo batch`: some documents failed, the others are released.",
    ExitCode.ALL_FAILED: "`shihyo batch`: no document was released.",
    ExitCode.INTERRUPTED: "Ctrl-C, SIGTERM; what was finished is kept, the last release is whole.",
}
"""What the exit codes mean that belong to no error."""


def errors() -> str:
    """Every exit code and every error: what happened, what to do."""
    kinds = [
        kind
        for kind in vars(typed_errors).values()
        if isinstance(kind, type) and issubclass(kind, ShihyoError) and kind is not ShihyoError
    ]
    lines = [_MADE, "", "# Errors and exit codes / エラーと終了コード", ""]
    for code in ExitCode:
        lines += [f"## {int(code)} {code.name}", ""]
        if code in CODES:
            lines += [CODES[code], ""]
        for kind in (kind for kind in kinds if kind.exit_code == code):
            lines += [f"### {kind.__name__}", "", f"{(kind.__doc__ or '').splitlines()[0]}", ""]
            for language in ("ja", "en"):
                message, advice = (
                    translate(kind.message, language),
                    translate(kind.advice, language),
                )
                lines += [f"- {message}", f"  → {advice}"]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def schemas() -> dict[str, str]:
    """The JSON Schema of ``data.json`` and of each stage's artefact."""
    made: dict[str, str] = {}
    own = json.dumps(data_schema(), ensure_ascii=False, indent=1, sort_keys=True)
    made["schemas/data.schema.json"] = own + "\n"
    for stage in STAGES:
        schema = msgspec.json.schema(stage.gives)
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
        made[f"schemas/artefacts/{stage.number}-{stage.name}.schema.json"] = text + "\n"
    return made


def documents() -> dict[str, str]:
    """Path → text of everything that is made from the code."""
    return {
        "docs/data-dictionary.md": dictionary(),
        "docs/commands.md": commands(),
        "docs/errors.md": errors(),
        "docs/rules.md": "\n".join(rule_lines()) + "\n",
        **schemas(),
    }


def main() -> int:
    """Write or compare."""
    stale = []
    for name, text in documents().items():
        path = ROOT / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{'stale' if '--check' in sys.argv else 'written'}: {name}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
