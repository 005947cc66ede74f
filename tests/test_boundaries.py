"""Small things that decide what is told and released: each on both sides of its boundary."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from pipeline import chain
from pipeline.legend.engine import in_limits
from pipeline.legend.rules import Band
from pipeline.model import Finding, Observation, Remark, Spot, Validated, Value
from pipeline.normalize import run as normalize
from pipeline.release.view import Doubtful, shown_value, unit_of
from pipeline.validate.history import check_history, easier
from tests.normalize.plans import defaults, entry, plan, row
from tests.validate.build import document, indicator, printed, value


@pytest.mark.parametrize(
    ("limits", "inside"),
    [
        ({"at_least": 80}, {"80", "80.1"}),
        ({"above": 80}, {"80.1"}),
        ({"below": 80}, {"79.9"}),
        ({"at_most": 80}, {"79.9", "80"}),
    ],
)
def test_the_ends_of_a_band(limits: dict[str, int], inside: set[str]) -> None:
    band = Band(**{name: Decimal(limit) for name, limit in limits.items()})  # type: ignore[arg-type]
    rates = ("79.9", "80", "80.1")
    assert {rate for rate in rates if in_limits(Fraction(rate), band)} == inside


@pytest.mark.parametrize(
    ("next_target", "direction", "is_easier"),
    [
        ("119", "higher", True),
        ("120", "higher", False),
        ("121", "higher", False),
        ("121", "lower", True),
        ("120", "lower", False),
        ("119", "lower", False),
    ],
)
def test_an_equal_target_is_not_easier(next_target: str, direction: Any, is_easier: bool) -> None:
    assert easier(value(next_target), value("120"), direction) is is_easier


def ranged(upper: str) -> Any:
    """An indicator whose actual of fiscal 2024 is a range."""
    seen = Value(printed=printed(f"10~{upper}"), number=Decimal(10), upper=Decimal(upper))
    return indicator(
        "指標", identifier="x", actual=None,
        observations=(Observation(kind="actual", fiscal_year=2024, value=seen),),
    )  # fmt: skip


@pytest.mark.parametrize(("upper", "rules"), [("20", []), ("21", ["history.value-revised"])])
def test_a_revised_upper_bound_is_told(upper: str, rules: list[str]) -> None:
    now, before = document(ranged(upper), edition=2026), document(ranged("20"), edition=2025)
    assert [found.rule for found in check_history(now, before)] == rules


def doubtful(page: int, box: tuple[float, float, float, float]) -> Doubtful:
    found = Finding(
        rule="reading.readers-disagree", key="k", severity="blocker", subject="", page=page, box=box
    )
    return Doubtful(Validated(findings=(found,), recomputed=(), summary=()))


def test_a_doubt_about_the_name_withholds_every_value() -> None:
    one = indicator()
    elsewhere = msgspec.structs.replace(printed("105"), box=(300, 0, 340, 10))
    assert one.actual is not None
    actual = msgspec.structs.replace(one.actual, printed=elsewhere)
    on_name = msgspec.structs.replace(one, name_printed=printed("指標", page=3))
    assert doubtful(3, (0, 0, 50, 10)).holds(on_name, "actual", actual)
    assert not doubtful(4, (0, 0, 50, 10)).holds(on_name, "actual", actual)


def test_a_doubt_about_the_rest_of_a_cut_cell_withholds_its_value() -> None:
    one = indicator()
    assert one.actual is not None
    rest = Spot(page=2, box=(300, 20, 340, 30))
    cut = msgspec.structs.replace(one.actual.printed, continued=(rest,))
    actual = msgspec.structs.replace(one.actual, printed=cut)
    assert doubtful(2, (310, 22, 320, 28)).holds(one, "actual", actual)
    assert not doubtful(2, (400, 22, 420, 28)).holds(one, "actual", actual)


@pytest.mark.parametrize(
    ("text", "qualified"),
    [("95以上", {"bound": "at_least"}), ("約95", {"approximate": True}), ("95", {})],
)
def test_a_limit_is_released_in_words_beside_its_number(text: str, qualified: Any) -> None:
    limit = Value(printed=printed(text), number=Decimal(95), **qualified)
    assert shown_value(limit, {}, held=False) == ("95", None, text)
    assert shown_value(limit, {}, held=True)[:2] == (None, "X")


def test_a_rate_is_in_percent_whatever_the_indicator_is_in() -> None:
    one = indicator(unit="位")
    rate = Observation(kind="rate", fiscal_year=2024, value=Value(printed=printed("96"), unit="位"))
    assert (unit_of(one, rate), unit_of(one, one.observations[0])) == ("%", "位")


READ_TWICE = {
    "name": ("指標", "待機児童数", "待機児章数"),
    "unit": ("単位", "人", "入"),
    "status": ("達成状況", "改善", "悪化"),
    "direction": ("方向", "増加", "減少"),
    "year": ("目標年度", "令和6年度", "令和8年度"),
}
"""Of each field that is no value: its heading, its text, and another reading of it."""


@pytest.mark.parametrize("kind", READ_TWICE)
@pytest.mark.parametrize("differing", [False, True], ids=["alike", "different"])
def test_readers_that_differ_on_a_field_in_words_are_told(kind: Any, differing: bool) -> None:
    texts = {field: (head, text, text) for field, (head, text, _) in READ_TWICE.items()}
    if differing:
        texts[kind] = READ_TWICE[kind]
    cells = [entry(field, *text) for field, text in texts.items()]  # type: ignore[arg-type]
    found = normalize(plan([row(cells)]), defaults(), edition=2025, area_code="")
    told: list[Remark] = [one for one in found.remarks if one.rule == "reading.readers-disagree"]
    assert len(told) == differing
    assert found.indicators[0].doubts == (
        (f"reading.readers-disagree:{kind}",) if differing else ()
    )


def test_another_previous_edition_is_another_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "own_inputs", lambda stage, task: {})
    monkeypatch.setattr(chain, "fingerprint", lambda stage, task, inputs: inputs)
    stage = next(one for one in chain.STAGES if one.name == "validate")
    parts = []
    for previous, digest in ((None, ""), (object(), "a"), (object(), "b")):
        run = chain.Chain(SimpleNamespace(previous=previous))  # type: ignore[arg-type]
        monkeypatch.setattr(run, "_previous_digest", lambda digest=digest: digest)
        run._digests = dict.fromkeys(chain.TAKES["validate"], "same")
        parts.append(run._parts(stage))
    assert parts[0] != parts[1] != parts[2]
    assert parts[1]["previous edition"] == "a"
