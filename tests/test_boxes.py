"""Things of a page found by their height are those that a look at all of them finds."""

from __future__ import annotations

import math
import random

import pytest

from pipeline.boxes import Shelves
from pipeline.extract.witness.compare import SameBoxes, _same_box
from pipeline.model import Box

RANDOM = random.Random(7)
BOXES: list[Box] = [
    (x, top, x + RANDOM.uniform(0, 80), top + RANDOM.choice((0.0, 12.0, 40.0, 900.0, 1500.0)))
    for x, top in ((RANDOM.uniform(-20, 500), RANDOM.uniform(-50, 900)) for _ in range(300))
]
BOXES += [(0.0, -math.inf, 10.0, math.inf), (0.0, math.nan, 1.0, 2.0)]


@pytest.mark.parametrize("high", [0.0, 5.0, 300.0, 5000.0, math.inf])
def test_what_reaches_a_height_is_found_in_order(high: float) -> None:
    shelves = Shelves((box, at) for at, box in enumerate(BOXES))
    for top in (-100.0, -20.0, 0.0, 19.9, 20.0, 333.3, 900.0, 5000.0):
        wanted = [at for at, box in enumerate(BOXES) if box[1] <= top + high and top <= box[3]]
        assert shelves.reaching(top, top + high) == wanted


def test_the_first_like_box_is_found() -> None:
    boxes = [(round(x / 8) * 8.0, round(y / 8) * 8.0, 600.0, 900.0) for x, y, *_ in BOXES[:200]]
    like = SameBoxes(boxes)
    for x, top, right, bottom in boxes:
        for shift in (0.0, 3.4, -3.4, 3.6, 7.0):
            box = (x + shift, top - shift, right, bottom)
            assert like.like(box) == next((one for one in boxes if _same_box(one, box)), None)
