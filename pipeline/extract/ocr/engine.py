"""The recognition of characters: models of PP-OCR, which travel in RapidOCR's wheel.

RapidOCR finds the lines of text.  The lines themselves are recognised here, since the places of
the characters and a choice among some of them are needed, which it does not give.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.model import PICTURE_READER

NAME = PICTURE_READER

LIBRARIES = ("numpy", "onnxruntime", "opencv-python-headless", "rapidocr")
_MODULES = ("cv2", "numpy", "onnxruntime", "rapidocr")

FIGURES = "0123456789.,%-+△▲()"
"""What a figure is made of: a second reading of a figure chooses among these."""

_HEIGHT, _LEAST_WIDTH, _BATCH = 48, 160, 8
_LONGEST = 2000
"""Widest picture of a line, as the model sees it; longer ones are cut by their blanks."""


class Recognised(NamedTuple):
    """A line: its characters, the middle of each as a share of the width, the least certainty."""

    text: str
    places: tuple[float, ...]
    certainty: float


@cache
def installed() -> bool:
    """Whether the optional part is there."""
    return all(find_spec(module) for module in _MODULES)


class Engine:
    """Both models, loaded when they are first needed."""

    def lines(self, picture: Any) -> list[tuple[float, float, float, float]]:
        """The boxes of the lines of text in a grey picture, in its pixels."""
        import cv2  # noqa: PLC0415 - an optional part

        found = self._detector(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
        if found.boxes is None:
            return []
        boxes = []
        for corners in found.boxes:
            left, top = (float(corners[:, axis].min()) for axis in (0, 1))
            right, bottom = (float(corners[:, axis].max()) for axis in (0, 1))
            boxes.append((left, top, right, bottom))
        return boxes

    def recognise(self, pictures: Sequence[Any], *, only: str = "") -> list[Recognised]:
        """The text of grey pictures of one line each; ``only``: choose among these characters."""
        order = sorted(
            range(len(pictures)), key=lambda one: pictures[one].shape[1] / pictures[one].shape[0]
        )
        found: list[Recognised] = [Recognised("", (), 0.0)] * len(pictures)
        for batch in _batches(order):
            widths = [_width(pictures[one]) for one in batch]
            tensor = self._tensor([pictures[one] for one in batch], widths)
            scores = self._session.run(None, {self._input: tensor})[0]
            for one, width, chances in zip(batch, widths, scores, strict=True):
                found[one] = self._decoded(chances, width / tensor.shape[3], only)
        return found

    @cached_property
    def _detector(self) -> Any:
        from rapidocr import RapidOCR  # noqa: PLC0415 - an optional part

        parameters = {
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.use_rec": False,
            "Det.model_path": str(_model("det")),
        }
        return RapidOCR(params=parameters)

    @cached_property
    def _session(self) -> Any:
        import onnxruntime  # noqa: PLC0415 - an optional part

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        options.enable_cpu_mem_arena = False
        return onnxruntime.InferenceSession(
            str(_model("rec")), options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _input(self) -> str:
        return str(self._session.get_inputs()[0].name)

    @cached_property
    def _characters(self) -> list[str]:
        """By the model's own order: nothing, its characters, a blank."""
        listed = self._session.get_modelmeta().custom_metadata_map["character"]
        return ["", *listed.splitlines(), " "]

    def _tensor(self, pictures: Sequence[Any], widths: Sequence[int]) -> Any:
        import cv2  # noqa: PLC0415 - an optional part
        import numpy as np  # noqa: PLC0415

        widest = max(_LEAST_WIDTH, *widths)
        tensor = np.zeros((len(pictures), 3, _HEIGHT, widest), dtype=np.float32)
        for number, (picture, width) in enumerate(zip(pictures, widths, strict=True)):
            smaller = picture.shape[0] > _HEIGHT
            way = cv2.INTER_AREA if smaller else cv2.INTER_LINEAR
            resized = cv2.resize(picture, (width, _HEIGHT), interpolation=way)
            tensor[number, :, :, :width] = resized.astype(np.float32) / 127.5 - 1
        return tensor

    def _decoded(self, chances: Any, share: float, only: str) -> Recognised:
        """The likeliest character at each step; the same one twice in a row is one."""
        import numpy as np  # noqa: PLC0415 - an optional part

        if only:
            allowed = [n for n, one in enumerate(self._characters) if not one or one in only]
            kept = np.zeros_like(chances)
            kept[:, allowed] = chances[:, allowed]
            chances = kept
        best: list[int] = chances.argmax(axis=1).tolist()
        steps = [
            step
            for step in range(len(best))
            if best[step] and (not step or best[step] != best[step - 1])
        ]
        whole = len(best) * share
        return Recognised(
            "".join(self._characters[best[step]] for step in steps),
            tuple(min(1.0, (_middle(best, step) + 0.5) / whole) for step in steps),
            min((float(chances[step].max()) for step in steps), default=0.0),
        )


def _middle(best: Sequence[int], step: int) -> float:
    """The middle of the steps at which one character was seen in a row."""
    last: int = step
    while last + 1 < len(best) and best[last + 1] == best[step]:
        last += 1
    return (step + last) / 2


def _batches(order: Sequence[int]) -> list[Sequence[int]]:
    return [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]


def _width(picture: Any) -> int:
    height, width = picture.shape[:2]
    return max(8, min(_LONGEST, round(int(width) * _HEIGHT / int(height))))


def _model(part: str) -> Path:
    """The model file in the wheel.  Raises :class:`FileNotFoundError` if it is not there."""
    spec = find_spec("rapidocr")
    folder = Path(str(spec.origin)).parent / "models" if spec else Path()
    found = sorted(folder.glob(f"*_{part}_*.onnx"))
    if not found:
        raise FileNotFoundError(folder)
    return found[-1]
