"""The number of a row before the name in its cell."""

from __future__ import annotations

import pytest

from pipeline.assemble import run

HEAD = ["指標", "単位", "基準値", "目標値"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            ["1 来館者数", "2　65歳以上の会員数", "3 貸出冊数"],
            ["来館者数", "65歳以上の会員数", "貸出冊数"],
        ),
        (["1 来館者数", "2 会員数", "1 貸出冊数"], ["来館者数", "会員数", "貸出冊数"]),
        (["1 人当たり公園面積", "3 歳児の健診", "6 次産業化"], None),
        (["1 人当たり公園面積", "2 次救急の件数"], None),
        (["1 人当たり公園面積", "来館者数", "3 歳児の健診"], None),
    ],
)  # fmt: skip
def test_numbers_that_run_on_are_none_of_the_names(
    names, expected, table, extracted, settings
) -> None:
    rows = [[name, "人", "1", "2"] for name in names]
    found = run(extracted([table([HEAD, *rows])]), settings).indicators
    read = [e.printed.text for row in found for e in row.entries if e.kind == "name"]
    numbers = [e.printed.text for row in found for e in row.entries if e.kind == "number"]
    assert read == (expected or names)
    assert numbers == ([name[0] for name in names] if expected else [])


@pytest.mark.parametrize(
    ("names", "numbered"),
    [
        (["1 来館者数", "2 会員数", "3 貸出冊数"], True),
        (["1 来館者数", "3 会員数", "4 貸出冊数"], False),
        (["1 人当たり公園面積", "2 次救急の件数"], False),
    ],
)
def test_numbers_may_run_on_through_tables_of_one_row(
    names, numbered, table, extracted, settings
) -> None:
    tables = [
        table([HEAD, [name, "人", "1", "2"]], top=100.0 + 100 * at) for at, name in enumerate(names)
    ]
    found = run(extracted(tables), settings).indicators
    read = [e.printed.text for row in found for e in row.entries if e.kind == "name"]
    assert read == [name[2:] if numbered else name for name in names]
