"""Random reports of towns that no profile knows, against the truth they were made from.

python benchmarks/unseen.py --seeds 0:1000 [--jobs 2] [--shrink] [--keep DIR]
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipeline.desk.jobs import Options, run_one
from tests.data.generate.document import Made, make
from tests.data.generate.features import CHOICES, Features, agreed, distance, draw
from tests.data.generate.produce import PRODUCERS
from tests.released import INVENTED, invented_town
from tests.scored import ASPECTS, FAULT, Score, kinds, score

T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """One document: its features, what came of it."""

    seed: int
    features: Features
    made: Made
    pdf: bytes
    score: Score


def released(pdf: Path, folder: Path, edition: int, readers: str) -> tuple[int, dict[str, Any]]:
    """The program's own answer: exit code and ``data.json``.  The only place that knows it.

    A fault of the program itself, which the command line ends with 9, gives the fault.
    """
    output = folder / "out"
    options = Options(
        workspace=str(invented_town(folder / "workspace")),
        output=str(output),
        area=INVENTED,
        edition=edition,
        second_reader=readers,
    )
    try:
        result = run_one(pdf, options)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return FAULT, {"crash": f"{type(error).__name__} {error} in {where.name}"}
    path = output / "release" / "data.json"
    return result.exit_code, json.loads(path.read_text("utf-8")) if path.exists() else {}


def run(seed: int, features: Features, readers: str = "always") -> Run:
    made = make(seed, features)
    pdf = PRODUCERS[features.producer](made.title, made.blocks, made.look)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "report.pdf"
        path.write_bytes(pdf)
        exit_code, data = released(path, folder, made.truth["document"]["edition"], readers)
    return Run(seed, features, made, pdf, score(made.truth, exit_code, data))


def run_seed(seed: int, producer: str | None = None, readers: str = "always") -> Run:
    return run(seed, draw(seed, **({"producer": producer} if producer else {})), readers)


# ------------------------------------------------------------------------------ shrinking


def shrunk(found: Run, kind: str) -> Run:
    """The document with the fewest features and rows in which the kind still fails.

    It is read by one reader only, for speed; a failure that needs two stays as large as it is.
    """
    best = found

    def still(features: Features) -> bool:
        nonlocal best
        if features == best.features:
            return False
        other = run(found.seed, features, "never")
        if kind not in kinds(other.score):
            return False
        best = other
        return True

    def with_rows(rows: Sequence[int]) -> bool:
        return bool(rows) and still(replace(best.features, keep=tuple(rows)))

    def with_features(names: Sequence[str]) -> bool:
        plain = {name: CHOICES[name][0] for name in CHOICES if name not in names}
        return still(agreed(replace(best.features, **plain)))

    still(agreed(replace(found.features, producer=CHOICES["producer"][0])))
    fewest(range(len(found.made.truth["indicators"])), with_rows)
    fewest([one.partition("=")[0] for one in distance(best.features)], with_features)
    fewest(best.features.keep or range(len(best.made.truth["indicators"])), with_rows)
    return best


def fewest(items: Iterable[T], holds: Callable[[Sequence[T]], bool]) -> list[T]:
    """The items without which it does not hold: a half is left out, then a quarter, and so on."""
    kept = list(items)
    size = max(len(kept) // 2, 1)
    while kept and size:
        at = 0
        while at < len(kept):
            fewer = kept[:at] + kept[at + size :]
            if holds(fewer):
                kept = fewer
            else:
                at += size
        size //= 2
    return kept


def keep(found: Run, kind: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kind.replace(' ', '-')}-{found.seed}.pdf"
    path.write_bytes(found.pdf)
    truth = json.dumps(found.made.truth, ensure_ascii=False, indent=1)
    path.with_suffix(".json").write_text(truth + "\n", encoding="utf-8")
    return path


# ------------------------------------------------------------------------------ telling


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "-|" * len(list(head))
    for row in rows:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"


OUTCOMES = ("exact", "doubted", "told", "told in part", "silent", "refused", "crash")


def report(runs: list[Run]) -> Iterator[str]:
    """The tables that stand in ``README.md``."""
    outcomes = Counter(one.score.outcome for one in runs)
    whole = len(runs)
    yield from table(
        ("documents", *OUTCOMES), [(whole, *(outcomes[outcome] for outcome in OUTCOMES))]
    )
    yield ""
    verdicts = ("right", "marked", "silent", "invented")
    tallies = {aspect: Counter[str]() for aspect in ASPECTS}
    for one in runs:
        for aspect, counts in one.score.tallies.items():
            tallies[aspect].update(counts)
    yield from table(
        ("of", *verdicts),
        [
            (aspect, *(counts[verdict] for verdict in verdicts))
            for aspect, counts in tallies.items()
        ],
    )
    yield ""
    told: Counter[str] = Counter()
    for one in runs:
        told.update(one.score.contradictions)
    yield from table(
        ("contradictions", "true", "false", "missed"),
        [("", *(told[verdict] for verdict in ("true", "false", "missed")))],
    )
    yield ""
    blockers = [one.score.blockers for one in runs]
    notices = [one.score.notices for one in runs]
    yield (
        f"Decisions a document: median {median(blockers)}, most {max(blockers)}; "
        f"notices: median {median(notices)}."
    )


def grouped(runs: Iterable[Run]) -> dict[str, list[Run]]:
    groups: dict[str, list[Run]] = defaultdict(list)
    for one in runs:
        for kind in kinds(one.score):
            groups[kind].append(one)
    return groups


def examples(groups: dict[str, list[Run]], per_kind: int) -> list[tuple[Run, str]]:
    """Of every kind the documents with the fewest features, as different as they are."""
    chosen = []
    for kind, group in groups.items():
        near = sorted(group, key=lambda one: len(distance(one.features)))
        chosen += [(one, kind) for one in near[:per_kind]]
    return chosen


def described(small: Run, kind: str, folder: Path | None) -> Iterator[str]:
    rows = len(small.made.truth["indicators"])
    yield f"- seed {small.seed}, {rows} rows: {', '.join(distance(small.features)) or 'plain'}"
    if folder is not None:
        yield f"  - {keep(small, kind, folder)}"
    alike = [bad for bad in small.score.failing if f"{bad.aspect} {bad.verdict}" == kind]
    for bad in alike[:2]:
        yield f"  - {bad.subject}: right `{bad.right}`, given `{bad.given}`"


def _shrunk(found: tuple[Run, str]) -> Run:
    return shrunk(*found)


def failures(
    runs: list[Run], folder: Path | None, per_kind: int, pool: ProcessPoolExecutor
) -> Iterator[str]:
    """What fails without a word, by kind, each shrunk."""
    groups = dict(sorted(grouped(runs).items(), key=lambda item: -len(item[1])))
    chosen = examples(groups, per_kind)
    last = ""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for (_, kind), small in zip(chosen, pool.map(_shrunk, chosen), strict=True):
        if kind != last:
            yield f"\n## {kind}: {len(groups[kind])} documents\n"
            last = kind
        if (kind, distance(small.features)) not in seen:
            seen.add((kind, distance(small.features)))
            yield from described(small, kind, folder)


def seeds_of(text: str) -> range:
    first, _, last = text.partition(":")
    return range(int(first), int(last)) if last else range(int(first), int(first) + 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=seeds_of, default=range(1000), metavar="A:B")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--producer", choices=sorted(PRODUCERS), help="only this one")
    parser.add_argument("--shrink", type=int, default=0, metavar="N", help="examples a kind")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="put the shrunk documents here")
    parser.add_argument("--second-reader", choices=("always", "never"), default="always")
    given = parser.parse_args()
    with ProcessPoolExecutor(given.jobs, mp_context=get_context("spawn")) as pool:
        each = partial(run_seed, producer=given.producer, readers=given.second_reader)
        runs = list(pool.map(each, given.seeds))
        tell(runs, given, pool)


def tell(runs: list[Run], given: argparse.Namespace, pool: ProcessPoolExecutor) -> None:
    print("\n".join(report(runs)))
    silent = [one for one in runs if list(kinds(one.score))]
    print("\nFailing: seeds", *(one.seed for one in silent))
    refused = Counter(one.score.exit_code for one in runs if one.score.outcome == "refused")
    if refused:
        print("Refused, by exit code:", dict(sorted(refused.items())))
    if given.shrink:
        for line in failures(silent, given.keep, given.shrink, pool):
            print(line, flush=True)


if __name__ == "__main__":
    main()
