from __future__ import annotations

import re

import pytest

from pipeline.legend import stated_rates
from pipeline.legend.stated_rates import stated_formulas
from pipeline.settings.legend import default_vocabulary

WORDS = default_vocabulary().legend
PROGRESS = "※進捗率＝（実績値－基準値）÷（目標値－基準値）×100"
PLAIN = "達成率＝実績値÷目標値×100"
LOWER = "※減少を目指す指標の達成率は、目標値÷実績値×100で算出"


@pytest.mark.parametrize(
    ("texts", "formulas"),
    [
        ([], set()),
        (["※達成率は小数第２位を四捨五入"], set()),
        ([PLAIN], {"plain", "inverse", "mirrored"}),
        ([PLAIN, LOWER], {"inverse"}),
        ([PROGRESS], {"progress"}),
        (["達成度：（現状値-実績）／（現状値-目標）"], {"progress"}),
        (["減少を目指す指標は（２－実績値÷目標値）×100"], {"mirrored"}),
        (["執行率＝決算額÷予算額×100"], set()),
    ],
)
def test_the_formula_that_a_document_states(texts: list[str], formulas: set[str]) -> None:
    assert stated_formulas(texts, [], WORDS) == formulas


def test_of_two_rates_the_one_that_the_legend_names_counts() -> None:
    assert stated_formulas([PLAIN, PROGRESS], ["進捗率が80％以上"], WORDS) == {"progress"}
    assert stated_formulas([PLAIN, PROGRESS], ["達成率が80％以上"], WORDS) == {
        "plain",
        "inverse",
        "mirrored",
    }


def test_the_examples_of_the_grammar_are_read_as_it_says() -> None:
    examples = re.findall(r"^    (\S+)  +([a-z, ]+)$", stated_rates.__doc__ or "", re.MULTILINE)
    assert len(examples) == 5
    for text, formulas in examples:
        assert stated_formulas([text], [], WORDS) == set(formulas.split(", "))
