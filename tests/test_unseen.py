"""Random reports from fixed seeds: nothing may fail without a word that did not fail before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.assemble.vocabulary import Vocabulary
from pipeline.settings.assemble import load
from pipeline.settings.files import packaged_defaults
from tests import released, scored
from tests.data.generate.document import make
from tests.data.generate.features import CHOICES, Features, agreed
from tests.data.generate.fixed import KNOWN, SEEDS
from tests.data.generate.legends import FAMILIES
from tests.data.generate.words import STRANGE

FIXED = Path(__file__).parent / "data" / "generate" / "fixed"


def truth_of(seed: int) -> dict:
    return json.loads((FIXED / f"{seed}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("seed", SEEDS)
def test_what_differs_is_told(seed, tmp_path) -> None:
    truth = truth_of(seed)
    result, data = released.run(
        FIXED / f"{seed}.pdf",
        tmp_path / "out",
        released.invented_town(tmp_path / "workspace"),
        area=released.INVENTED,
        edition=truth["document"]["edition"],
        second_reader="never",
    )
    found = scored.score(truth, result.exit_code, data)
    untold = set(scored.kinds(found)) - set(KNOWN.get(seed, ()))
    assert not untold, "\n".join(map(str, found.failing))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seed_always_gives_the_same_truth(seed) -> None:
    truth = truth_of(seed)
    made = make(seed, Features(**truth["features"]))
    again = json.loads(json.dumps(made.truth))
    assert again | {"features": truth["features"]} == truth


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_of_a_feature_makes_a_document(name) -> None:
    for choice in dict.fromkeys(CHOICES[name]):
        features = agreed(Features(**{name: choice}))
        assert make(7, features).truth["indicators"]


def test_the_shrinker_can_leave_out_rows() -> None:
    whole = make(7, Features()).truth["indicators"]
    kept = make(7, Features(keep=(0, 3))).truth["indicators"]
    assert kept == [whole[0], whole[3]]


def test_the_plainest_document_has_no_fault_and_a_computable_status() -> None:
    truth = make(7, Features()).truth
    assert truth["faults"] == []
    assert all(one["status"] == one["status_by_legend"] for one in truth["indicators"])


@pytest.mark.parametrize(
    ("family", "better", "figures", "word"),
    [
        ("words", 1, (10, 20, 20), "目標達成"),
        ("words", 1, (10, 20, 10), "改善"),
        ("words", -1, (10, 5, 11), "未達成"),
        ("words", 1, (10, 10, 10), "現状維持"),
        ("circles", 1, (10, 20, 20), "○"),
        ("circles", -1, (20, 10, 9), "◎"),
        ("circles", -1, (20, 10, 20), "×"),
        ("letters", 1, (10, 20, 10), "B"),
        ("letters", -1, (20, 10, 21), "C"),
        ("bands", 1, (10, 100, 99), "B+"),
        ("bands", -1, (200, 100, 125), "B+"),
        ("bands", -1, (200, 100, 126), "B"),
        ("bands-over", 1, (10, 100, 109), "Ｂ"),
        ("points", 1, (10, 100, 69), "１"),
        ("base", -1, (10, 5, 9), "向上"),
        ("two", -1, (10, 5, 5), "達成"),
        ("weather", 1, (10, 20, 10), "●"),
        ("tolerance", 1, (100, 200, 110), "B"),
        ("tolerance", -1, (100, 50, 89), "A"),
        ("progress", -1, (100, 50, 60), "順調"),
        ("progress", 1, (100, 200, 149), "遅れ"),
        ("judgement", 1, (10, 20, 10), None),
    ],
)
def test_the_judge_follows_the_legend_to_the_letter(family, better, figures, word) -> None:
    assert FAMILIES[family].judge(better, *figures) == word


def truth_and_release() -> tuple[dict, dict]:
    """One indicator as the truth has it and as a faultless release gives it."""
    value = {"kind": "actual", "fiscal_year": 2024, "told": True, "value": "12", "printed": "12"}
    one = {
        "goal_number": 1,
        "policy_number": 2,
        "name": "窓口の利用者数",
        "unit": "人",
        "direction": "higher",
        "direction_told": True,
        "values": [value],
        "status": "A",
        "status_by_legend": "A",
    }
    given = {
        "goal_number": 1,
        "policy_number": 2,
        "name": "窓口の利用者数",
        "unit": "人",
        "direction": "higher",
        "values": [value | {"part": None, "missing_reason": None}],
        "status_published": "A",
        "status_recomputed": "A",
        "doubts": [],
    }
    return {"indicators": [one], "faults": []}, {"indicators": [given], "findings": []}


def test_a_faultless_release_is_exact() -> None:
    truth, data = truth_and_release()
    assert scored.score(truth, 0, data).outcome == "exact"


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"name": "窓口の利用者"}, "name silent"),
        ({"policy_number": 1}, "place silent"),
        ({"unit": "％"}, "unit silent"),
        ({"direction": "lower"}, "direction silent"),
        ({"status_published": "B"}, "status silent"),
        ({"status_recomputed": "B"}, "recomputed silent"),
        ({"values": []}, "value silent"),
    ],
)
def test_what_differs_without_a_word_is_silent(change, kind) -> None:
    truth, data = truth_and_release()
    data["indicators"][0] |= change
    found = scored.score(truth, 0, data)
    assert found.outcome == "silent"
    assert kind in scored.kinds(found)


@pytest.mark.parametrize(
    ("role", "word"), [(role, word) for role, words in STRANGE.items() for word in words]
)
def test_the_headings_that_no_list_knows_are_known_by_none(role: str, word: str) -> None:
    """Else the reports would no longer try what is told of such headings."""
    settings = load([packaged_defaults()], {})
    assert Vocabulary(settings).match(word) is None
    assert not [part for part in settings.hints.get(role, ()) if part in word]


def test_a_run_that_releases_nothing_is_no_success() -> None:
    truth, _ = truth_and_release()
    for code in (2, 5):
        found = scored.score(truth, code, {})
        assert found.outcome == "refused"
        assert list(scored.kinds(found)) == ["document refused"]


def test_what_differs_under_a_doubt_is_told() -> None:
    truth, data = truth_and_release()
    data["indicators"][0] |= {"unit": "％", "doubts": ["unit.differs"]}
    assert scored.score(truth, 1, data).outcome == "told"


def test_a_row_that_is_lost_and_one_that_is_invented() -> None:
    truth, data = truth_and_release()
    data["indicators"][0] |= {"name": "予算額", "values": []}
    assert set(scored.kinds(scored.score(truth, 0, data))) == {"name silent", "name invented"}


def test_contradictions_are_true_false_or_missed() -> None:
    truth, data = truth_and_release()
    fault = {"family": "status", "subject": "窓口の利用者数", "printed": "A", "expected": "B"}
    truth["faults"] = [fault | {"knowable": True}]
    assert scored.score(truth, 0, data).contradictions == {"missed": 1}
    told = {"rule": "status.mismatch", "severity": "error", "printed": "A", "expected": "B"}
    data["findings"] = [told | {"subject": "窓口の利用者数"}]
    assert scored.score(truth, 0, data).contradictions == {"true": 1}
    data["findings"] = [told | {"subject": "別の指標"}]
    assert scored.score(truth, 0, data).contradictions == {"false": 1, "missed": 1}
