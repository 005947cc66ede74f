"""The examples of the guide to status rules load as they stand, and name every condition."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from pipeline.legend.rules import Condition, Formula
from tests.validate.build import settings

GUIDE = (Path(__file__).parents[2] / "docs" / "status-rules.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_loads(example: str) -> None:
    assert settings(example).status


def test_every_condition_and_formula_is_explained() -> None:
    named = set(re.findall(r"[a-z_]+", GUIDE))
    assert {*get_args(Condition), *get_args(Formula)} <= named
