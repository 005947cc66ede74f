"""What a person sees of a batch: how far it is, how it ended, which indicators are alike."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import click
import msgspec

from pipeline.batch.compare import Known, Proposal
from pipeline.batch.run import Summary
from pipeline.batch.stores import Store
from pipeline.batch.work import FAILED, RAN, UNCHANGED, Done
from pipeline.errors import ExitCode
from pipeline.japanese.controls import harmless
from pipeline.messages import N_, Language, translate
from pipeline.show.terminal import table

_ENDINGS = {
    ExitCode.RELEASED: N_("All documents are released."),
    ExitCode.DOUBTS: N_("All documents are released; doubts hold values of some back."),
    ExitCode.SOME_FAILED: N_("Some documents failed; the others are released."),
    ExitCode.ALL_FAILED: N_("No document is released."),
}


class BatchBar:
    """Documents done, failed, in doubt, the rate and the time left, on stderr; or silence."""

    def __init__(self, documents: int, language: Language) -> None:
        self._language = language
        self._failed = self._doubts = self._ran = 0
        self._started = time.monotonic()
        self._bar = click.progressbar(
            length=documents,
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
            show_pos=True,
            item_show_func=lambda item: item or "",
        )

    def __enter__(self) -> BatchBar:
        self._bar.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.current_item = None
        self._bar.__exit__(kind, error, trace)

    def done(self, done: Done) -> None:
        """A document ended."""
        self._failed += done.failed
        self._doubts += done.exit_code == ExitCode.DOUBTS
        self._ran += done.state != UNCHANGED
        minutes = (time.monotonic() - self._started) / 60
        text = translate(
            N_("failed {failed}, with doubts {doubts}, {rate} a minute"),
            self._language,
            failed=str(self._failed),
            doubts=str(self._doubts),
            rate=f"{self._ran / minutes:.0f}" if minutes else "-",
        )
        self._bar.update(1, text)


def summary_text(summary: Summary, destination: Store, language: Language) -> str:
    """How a batch ended: counts, each failure with its exit code and reason, and where it is."""
    states = summary.states
    counts = translate(
        N_("{ran} run, {unchanged} unchanged, {failed} failed"),
        language,
        ran=str(states[RAN]),
        unchanged=str(states[UNCHANGED]),
        failed=str(states[FAILED]),
    )
    lines = [translate(_ENDINGS[summary.exit_code], language), counts]
    for done in summary.documents:
        if done.failure is not None:
            reason = translate(done.failure.message, language, **done.failure.parameters)
            lines.append(f"  {done.exit_code}  {harmless(done.address)}: {harmless(reason)}")
    where = translate(N_("Releases and catalogue: {where}"), language, where=destination.address)
    return "\n".join([*lines, where])


def summary_json(summary: Summary) -> str:
    """The same, machine-readable: one object a document."""
    content = {
        "exit_code": int(summary.exit_code),
        "counts": dict(sorted(summary.states.items())),
        "documents": msgspec.to_builtins(summary.documents),
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def proposals_text(asked: Known, found: Sequence[Proposal], language: Language) -> str:
    """The indicators that are like one, and how to accept some."""
    head = translate(
        N_("{name} ({unit}, {direction}): {count} like indicators"),
        language,
        name=asked.name,
        unit=asked.unit,
        direction=asked.direction,
        count=str(len(found)),
    )
    heads = (N_("likeness"), N_("area"), N_("municipality"), "ID", N_("indicator"), "")
    rows = [tuple(translate(head, language) if head else "" for head in heads)]
    rows += [
        (
            f"{one.score:5.1f}",
            one.known.area_code,
            one.known.municipality,
            one.known.id,
            one.known.name,
            translate(N_("accepted"), language) if one.accepted else "",
        )
        for one in found
    ]
    advice = translate(N_("To accept some: --accept ID (may be repeated)"), language)
    return "\n".join([head, *table(rows), advice])


def proposals_json(asked: Known, found: Sequence[Proposal]) -> str:
    """The same, machine-readable."""
    content = {"indicator": msgspec.to_builtins(asked), "like": msgspec.to_builtins(found)}
    return json.dumps(content, ensure_ascii=False, indent=1)


def accepted_text(added: Sequence[Known], file: Path, language: Language) -> str:
    """What was written into the concordance file."""
    return translate(
        N_("{count} indicators were added to {file}."),
        language,
        count=str(len(added)),
        file=str(file),
    )
