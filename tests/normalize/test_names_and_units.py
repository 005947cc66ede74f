"""What belongs to a name, what to a unit, and what to neither."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model import Indicator
from pipeline.normalize import run
from tests.normalize.plans import defaults, entry, plan, printed, row, simple


def read(*rows, notes: tuple[str, ...] = ()) -> Indicator:
    made = plan(rows, notes=tuple(printed(text) for text in notes))
    return run(made, defaults(), edition=2025, area_code="35213").indicators[0]


@pytest.mark.parametrize(
    ("name", "unit", "cell", "expected"),
    [
        ("自殺死亡率（人口10万対）", "人", "15.7", "人"),
        ("自殺死亡率（人口10万対）", None, "15.7人", "人"),
        ("死亡率（人口千人当たり）", None, "15.7", ""),
    ],
)
def test_what_a_figure_is_counted_against_belongs_to_the_name(name, unit, cell, expected) -> None:
    found = read(simple(name, unit, actual=cell, target=cell))
    assert (found.name, found.unit) == (name.translate({0xFF08: "(", 0xFF09: ")"}), expected)


@pytest.mark.parametrize(("heading", "cell"), [("達成率（％）", "98.2"), ("達成率", "98.2%")])
def test_the_unit_of_the_rate_is_not_that_of_the_indicator(heading, cell) -> None:
    found = read(
        row(
            [
                entry("name", "指標", "魅力度の順位"),
                entry("target", "R6 目標", "20"),
                entry("actual", "R6 実績", "18"),
                entry("rate", heading, cell),
            ]
        )
    )
    assert found.unit == ""


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("指標1 来館者の割合", "来館者の割合"),
        ("【KPI1-2】来館者の割合", "来館者の割合"),
        ("指標10項目の達成数", "指標10項目の達成数"),
    ],
)
def test_a_word_and_its_number_before_a_name_are_none_of_it(printed: str, name: str) -> None:
    assert read(simple(printed)).name == name


@pytest.mark.parametrize("mark", ["※1", "（※１）", "（※\n１）", "※\n2", "(注1)", "（注）"])
def test_a_note_mark_behind_a_name_is_none_of_it_though_a_line_parts_it(mark: str) -> None:
    assert read(simple(f"来館者の割合{mark}")).name == "来館者の割合"


@pytest.mark.parametrize("printed_name", ["交通事故件数（▼）", "▼交通事故件数", "交通事故件数▼"])
@pytest.mark.parametrize("note", ["※（▼）は減少を目指す指標", "※▼印のある指標は、低いほど良い"])
def test_a_mark_that_a_note_explains_is_a_direction_and_no_part_of_the_name(
    printed_name, note
) -> None:
    found = read(simple(printed_name), notes=(note,))
    assert (found.name, found.direction) == ("交通事故件数", "lower")


@pytest.mark.parametrize(
    "note",
    [
        "※指標名の（↑）は増加を目指す指標、（↓）は減少を目指す指標を示す。",
        "※増加を目指す指標には↑、減少を目指す指標には↓を付している。",
        "※↑：増加を目指す指標　↓：減少を目指す指標",
    ],
)
@pytest.mark.parametrize(("mark", "direction"), [("↑", "higher"), ("↓", "lower")])
def test_a_note_may_explain_several_marks(note, mark, direction) -> None:
    found = read(simple(f"相談の状況（{mark}）"), notes=(note,))
    assert (found.name, found.direction) == ("相談の状況", direction)


def test_a_mark_that_no_note_explains_stays() -> None:
    assert read(simple("交通事故件数（▼）"), notes=("※▼は新しい指標",)).name == "交通事故件数(▼)"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("MineColle\nctionの件数", "MineCollectionの件数"),
        ("公式LIN\nEの登録者数", "公式LINEの登録者数"),
        ("Facebook\nInstagramの登録者数", "Facebook Instagramの登録者数"),
    ],
)
def test_a_latin_word_that_the_edge_of_its_cell_broke_is_whole(cell, name) -> None:
    assert read(simple(cell)).name == name


def test_brackets_that_say_over_which_time_are_no_unit() -> None:
    found = read(simple("講座の参加者数（年間）", None, target="10人", actual="12人"))
    assert (found.name, found.unit) == ("講座の参加者数(年間)", "人")
    assert read(simple("平均の年齢（年）", None, actual="12")).unit == "年"


def test_a_heading_set_in_spaced_letters_tells_no_part() -> None:
    found = read(
        row(
            [
                entry("name", "指 標 名", "甲の数"),
                entry("target", "R6\n目 標 値", "10"),
                entry("actual", "R6\n実 績 値", "12"),
            ]
        )
    )
    assert [seen.part for seen in found.observations] == [None, None]
    assert found.actual is not None


def test_a_known_unit_has_no_blank_within() -> None:
    assert read(simple("排出量", "千t-CO 2", actual="12", target="12")).unit == "千t-CO2"
    assert read(simple("排出量", "xyz abc", actual="12", target="12")).unit == "xyz abc"


@pytest.mark.parametrize(
    ("unit", "cell"), [("箇所", "5か所"), ("t-CO2", "5ｔ-ＣＯ２"), ("ヶ所", "5カ所"), ("人", "5人")]
)
def test_a_cell_repeats_the_unit_of_its_column_in_other_letters(unit: str, cell: str) -> None:
    """Values of one unit are compared; those of two are not."""
    found = read(simple("整備の数", unit, target="6", actual=cell))
    assert {one.value.unit for one in found.observations} <= {None, found.unit}


@pytest.mark.parametrize(
    ("notes", "actual"),
    [
        (("※は速報値",), Decimal("46.3")),
        (("※ 速報値", "＊ 推計値"), Decimal("46.3")),
        (("※1 速報値", "※4 推計値"), None),
        (("※は速報値", "※4 推計値"), None),
        ((), None),
    ],
)
def test_a_digit_behind_a_sign_that_no_note_numbers_is_the_values(notes, actual) -> None:
    found = read(simple(actual="※46.3", target="50.0"), notes=notes)
    (value,) = (one.value for one in found.observations if one.kind == "actual")
    assert value.number == actual


@pytest.mark.parametrize(
    ("name", "told", "unit"),
    [
        ("来館者数（人）（再掲）", "来館者数(再掲)", "人"),
        ("来館者数（累計）（人）", "来館者数(累計)", "人"),
        ("来館者数（市内）（再掲）", "来館者数(市内)(再掲)", ""),
    ],
)
def test_a_unit_before_other_brackets_of_a_name(name: str, told: str, unit: str) -> None:
    found = read(row([entry("name", "指標", name), entry("actual", "R6 実績", "18")]))
    assert (found.name, found.unit) == (told, unit)


@pytest.mark.parametrize(
    ("name", "part", "told", "unit"),
    [
        ("検診の受診率", "①胃がん", "検診の受診率(1)胃がん", ""),
        ("検診の受診率", "①胃がん（％）", "検診の受診率(1)胃がん", "%"),
        ("健康寿命", "（男性）", "健康寿命(男性)", ""),
        ("健康寿命", "男性（歳）", "健康寿命(男性)", "歳"),
        ("健康寿命（歳）", "男性", "健康寿命(男性)", "歳"),
        ("利用者数", "施設（北部）", "利用者数(施設(北部))", ""),
    ],
)
def test_a_second_name_and_its_unit(name: str, part: str, told: str, unit: str) -> None:
    cells = [
        entry("name", "指標", name),
        entry("name", "指標", part),
        entry("target", "R6 目標", "20"),
        entry("actual", "R6 実績", "18"),
    ]
    found = read(row(cells))
    assert (found.name, found.unit) == (told, unit)


@pytest.mark.parametrize(
    ("name", "told", "unit"),
    [
        ("講習の修了者数（累計）", "講習の修了者数(累計)", "千円"),
        ("寄附の件数（件）", "寄附の件数", "件"),
        ("売上", "売上", "千円"),
    ],
)
def test_the_unit_of_a_name_counts_before_that_above_the_table(name, told, unit) -> None:
    cells = [
        entry("name", "指標", name),
        entry("actual", "R6 実績", "18"),
        entry("unit", "", "千円"),
    ]
    found = read(row(cells))
    assert (found.name, found.unit) == (told, unit)


def test_a_line_may_cut_the_year_of_a_figure() -> None:
    found = read(simple("来館者数", "人", baseline="672\n（令和元年\n度(2019)）"))
    assert found.baseline is not None
    assert found.baseline.number == Decimal(672)
    assert [one.fiscal_year for one in found.observations if one.kind == "baseline"] == [2019]
