"""The documents of one workspace, one after another or several municipalities at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.batch.executors import Processes
from pipeline.desk.jobs import Beside, Failure, Options, Result, Watch, run_one
from pipeline.errors import WorkerError


def run_many(
    pdfs: list[Path],
    options: Options,
    jobs: int,
    on_done: Callable[[Result], Any],
    watch: Watch | None = None,
    *,
    beside: Callable[[], Beside] = Beside,
) -> list[Result]:
    """Run documents one after another, or ``jobs`` municipalities at a time.

    ``beside`` is called for each in the process that runs it, which takes a class of a module.
    The results stand in the order of ``pdfs`` whatever the number of processes.
    """
    if jobs <= 1 or len(pdfs) <= 1:
        results = []
        for pdf in pdfs:
            result = run_one(pdf, options, watch, beside)
            on_done(result)
            results.append(result)
        return results
    by_folder: dict[Path, list[Path]] = {}
    for pdf in sorted(pdfs):
        by_folder.setdefault(pdf.parent, []).append(pdf)
    done: dict[Path, Result] = {}
    groups = list(by_folder.values())
    work = partial(_run_group, options=options, beside=beside)
    for group, ended in Processes(jobs).run(work, groups):
        for pdf, result in zip(group, ended or [_died(pdf) for pdf in group], strict=True):
            done[pdf] = result
            on_done(result)
    return [done[pdf] for pdf in pdfs]


def _run_group(pdfs: list[Path], options: Options, beside: Callable[[], Beside]) -> list[Result]:
    """The editions of one municipality in order: a later one looks at the earlier one's values."""
    return [run_one(pdf, options, beside=beside) for pdf in pdfs]


def _died(pdf: Path) -> Result:
    failure = Failure.of(WorkerError(), str(pdf))
    return Result(pdf=str(pdf), exit_code=failure.exit_code, failure=failure)
