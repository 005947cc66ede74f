"""Stamps in colour, taken out of a picture before it is read."""

from __future__ import annotations

import pytest

from pipeline.extract.ocr.colours import without_coloured_stamps

RED = (40, 45, 205)
SCALE = 200 / 72


@pytest.mark.parametrize(
    ("shape", "is_stamp"),
    [("ring", True), ("mark", False), ("bar", False)],
    ids=["a ring with a date", "a mark of a status", "a bar of a chart"],
)
def test_a_red_stamp_goes_and_what_it_touches_is_known(shape: str, is_stamp: bool) -> None:
    cv2, np = pytest.importorskip("cv2"), pytest.importorskip("numpy")
    colours = np.full((500, 500, 3), 255, np.uint8)
    if shape == "ring":
        cv2.circle(colours, (250, 250), 90, RED, 5)
        cv2.line(colours, (160, 230), (340, 230), RED, 4)
        cv2.line(colours, (160, 270), (340, 270), RED, 4)
    if shape == "mark":
        cv2.circle(colours, (250, 250), 14, RED, 4)
    if shape == "bar":
        cv2.rectangle(colours, (160, 230), (400, 260), RED, -1)
    for x in range(20, 480, 40):  # black shows through the ink of a stamp
        cv2.putText(colours, "8", (x, 240), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (0, 0, 0), 3)
    grey, mask = without_coloured_stamps(colours, SCALE)
    black = colours.max(axis=2) == 0
    red = (colours == RED).all(axis=2)
    assert bool(mask.any()) is is_stamp
    assert (grey[black] < 60).all()
    assert not mask[black].any()
    assert (grey[red] > 240).all() if is_stamp else (grey[red] < 200).all()


def test_a_picture_without_colour_is_the_same_in_grey() -> None:
    cv2, np = pytest.importorskip("cv2"), pytest.importorskip("numpy")
    grey = np.random.default_rng(1).integers(0, 256, (60, 80), dtype=np.uint8)
    found, mask = without_coloured_stamps(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), SCALE)
    assert (found == grey).all()
    assert not mask.any()
