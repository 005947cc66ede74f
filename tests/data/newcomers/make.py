"""Towns that no test knew: ``python -m tests.data.newcomers.make`` writes them anew."""

from __future__ import annotations

import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.data.generate.document import make
from tests.data.generate.features import Features, draw
from tests.data.generate.make import small_pdf
from tests.data.newcomers.seeds import SEEDS

HERE = Path(__file__).parent


def write(seed: int) -> None:
    """The PDF and the truth of a seed, with the features that it had when it was first made."""
    path = HERE / f"{seed}.json"
    known = json.loads(path.read_text("utf-8"))["features"] if path.exists() else None
    features = Features(**known) if known else draw(seed)
    made = make(seed, features)
    (HERE / f"{seed}.pdf").write_bytes(small_pdf(made, features.producer))
    path.write_text(json.dumps(made.truth, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        list(pool.map(write, SEEDS))
