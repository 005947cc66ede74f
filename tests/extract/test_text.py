"""Glyphs to lines of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.pdf.lines import cell_text, is_private, is_stacked, lines_of, mixes_sizes
from pipeline.extract.pdf.primitives import Glyph, Run
from tests.extract.conftest import glyphs_at


def texts(glyphs: list[Glyph], split: float | None = None) -> list[str]:
    return [line.text for line in lines_of(glyphs, split=split)]


def test_lines_are_read_top_to_bottom_whatever_their_drawing_order() -> None:
    assert texts(glyphs_at("下", y=120) + glyphs_at("上", y=100)) == ["上", "下"]


def test_glyphs_are_read_left_to_right_whatever_their_drawing_order() -> None:
    assert texts(glyphs_at("標", x=10) + glyphs_at("指", x=0)) == ["指標"]


def test_letters_side_by_side_stay_though_they_repeat() -> None:
    assert texts(glyphs_at("年１１１校")) == ["年１１１校"]


@pytest.mark.parametrize("times", [2, 3, 4])
def test_overprinted_letters_are_read_once(times: int) -> None:
    glyphs = [
        glyph
        for number in range(times)
        for glyph in glyphs_at("年１１１校", x=0.24 * number, y=100 + 0.24 * (number % 2))
    ]
    assert texts(glyphs) == ["年１１１校"]


def test_the_parts_of_a_ligature_are_both_kept() -> None:
    run = Run(10, 0, 0, 0)
    first = glyphs_at("f", run=run, index=0)
    second = glyphs_at("f", run=run, index=1)
    assert texts(first + second) == ["ff"]


@given(st.text(alphabet="0123456789", min_size=1, max_size=12))
def test_no_digit_is_ever_lost_or_doubled(number: str) -> None:
    assert texts(glyphs_at(number, advance=0.5)) == [number]


@given(st.text(alphabet="0123456789.,", min_size=1, max_size=12), st.integers(2, 4))
def test_no_digit_is_lost_by_overprinting(number: str, times: int) -> None:
    glyphs = [
        glyph
        for shift in range(times)
        for glyph in glyphs_at(number, x=0.2 * shift, advance=0.5, index=100 * shift)
    ]
    assert texts(glyphs) == [number]


def test_a_gap_between_latin_words_is_a_space_and_one_between_wide_letters_is_not() -> None:
    assert texts(glyphs_at("local", advance=0.5) + glyphs_at("tax", x=28, advance=0.5)) == [
        "local tax"
    ]
    assert texts(glyphs_at("人") + glyphs_at("件", x=20) + glyphs_at("費", x=40)) == ["人件費"]


def test_letters_set_apart_do_not_fall_into_words() -> None:
    glyphs = [glyph for i, c in enumerate("1998") for glyph in glyphs_at(c, x=9 * i, advance=0.5)]
    assert texts(glyphs) == ["1998"]


def test_superscripts_stay_in_their_line_and_ruby_leaves_it() -> None:
    note = glyphs_at("※1", x=30, y=96, size=5)
    assert texts(glyphs_at("直売所") + note) == ["直売所※1"]
    ruby = glyphs_at("しひょう", x=0, y=91, size=5)
    lines = lines_of(glyphs_at("指標") + ruby)
    assert [(line.text, line.ruby) for line in lines] == [("しひょう", True), ("指標", False)]
    assert cell_text(glyphs_at("指標") + ruby) == "指標"


def test_a_small_high_digit_after_a_figure_is_a_note_and_no_digit_of_it() -> None:
    note = glyphs_at("12", x=20, y=96, size=5, advance=0.5, index=9)
    assert texts(glyphs_at("25.3", advance=0.5) + note) == ["25.3¹²"]
    assert texts(glyphs_at("25.3", advance=0.5) + glyphs_at("1", x=20, advance=0.5)) == ["25.31"]


def test_a_digit_far_smaller_than_the_figure_is_no_note_of_it() -> None:
    """A damaged size may have shrunk it: it is asked about."""
    figure, tiny = glyphs_at("25.3", advance=0.5), Run(2, 0, 0, 0)
    more = glyphs_at("12", x=20, y=96, size=2, advance=0.5, index=9, run=tiny)
    assert texts(figure + more) == ["25.312"]
    assert mixes_sizes(figure + more)


@pytest.mark.parametrize(
    ("character", "private"),
    [("\u0378", True), ("\U0003ffff", True), ("\ue000", True), ("値", False), ("㎡", False)],
)
def test_a_character_that_unicode_does_not_assign_has_no_meaning(character, private) -> None:
    assert is_private(character) is private


def test_a_column_of_single_letters_is_one_line() -> None:
    glyphs = [
        glyph for i, c in enumerate("調査中") for glyph in glyphs_at(c, y=100 + 12 * i, index=i)
    ]
    assert texts(glyphs) == ["調査中"]


def test_columns_of_letters_are_read_from_right_to_left() -> None:
    right = [g for i, c in enumerate("産業") for g in glyphs_at(c, x=20, y=100 + 11 * i, index=i)]
    left = [g for i, c in enumerate("観光") for g in glyphs_at(c, x=0, y=100 + 11 * i, index=9 + i)]
    assert texts(right + left) == ["産業", "観光"]


def test_a_blank_that_ends_a_wrapped_line_is_no_column_of_letters() -> None:
    above = glyphs_at("番\u3000", x=0, y=100)
    assert texts([*above, *glyphs_at("号", x=5, y=112, index=9)]) == ["番\u3000号"]


def test_a_wrapped_number_is_no_column_of_letters() -> None:
    glyphs = glyphs_at("22,71", advance=0.5) + glyphs_at("8", y=112, advance=0.5, index=9)
    assert texts(glyphs) == ["22,71", "8"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_text_is_read_along_its_baseline(angle: int) -> None:
    run = Run(10, angle, 0, 0)
    steps = {90: (0, 10), 180: (-10, 0), 270: (0, -10)}[angle]
    glyphs = []
    for number, character in enumerate("実績"):
        x, y = 100 + steps[0] * number, 100 + steps[1] * number
        box = {
            90: (x - 1, y, x + 9, y + 10),
            180: (x - 10, y - 1, x, y + 9),
            270: (x - 9, y - 10, x + 1, y),
        }[angle]
        glyphs.append(Glyph(character, x, y, *box, number, run))
    assert texts(glyphs[::-1]) == ["実績"]


def test_texts_far_apart_on_one_line_are_split_only_where_asked() -> None:
    glyphs = glyphs_at("単位") + glyphs_at("基準値", x=60)
    assert texts(glyphs, split=1.6) == ["単位", "基準値"]
    assert len(texts(glyphs)) == 1


def test_an_unmapped_glyph_is_never_shown_as_a_letter() -> None:
    glyphs = glyphs_at("AB")
    glyphs[1].unmapped = True
    assert texts(glyphs) == ["A\ufffd"]
    assert [line.text for line in lines_of(glyphs, guess=True)] == ["AB"]


def test_leader_dots_part_a_heading_from_its_page_number() -> None:
    assert texts(glyphs_at("第１章・・・・・・・・12"), split=1.6) == [
        "第１章",
        "・・・・・・・・",
        "12",
    ]


def test_a_number_centred_beside_two_lines_is_read_before_them() -> None:
    number = glyphs_at("2.", x=10, y=107, advance=0.5)
    lines = [*glyphs_at("教室の", x=24, y=100), *glyphs_at("参加者数", x=24, y=114)]
    assert cell_text([*lines, *number]) == "2.\n教室の\n参加者数"
    inside = glyphs_at("2.", x=34, y=107, advance=0.5)
    assert cell_text([*lines, *inside]).startswith("教室の")


@pytest.mark.parametrize(
    ("between", "found"), [(0, ["利用者数文化課"]), (9, ["利用者数", "文化課"])]
)
def test_a_narrow_gap_parts_texts_that_were_not_drawn_together(between, found) -> None:
    """Between the two the second line of the first one's cell was drawn."""
    name, office = glyphs_at("利用者数"), glyphs_at("文化課", x=44)
    for number, glyph in enumerate(name):
        glyph.index = number
    for number, glyph in enumerate(office, start=len(name) + between):
        glyph.index = number
    assert texts([*name, *office], split=0.45) == found


def test_a_wide_blank_that_is_not_drawn_is_one_among_letters_set_tight() -> None:
    """Browsers write no glyph for it; 以上　Ｂ…: each status begins its own explanation."""
    line = [*glyphs_at("達成率が９割以上"), *glyphs_at("Ｂ…それ未満", x=90)]
    assert texts(line) == ["達成率が９割以上 Ｂ…それ未満"]


def test_letters_spread_over_a_cell_are_one_word() -> None:
    line = [glyph for at, one in enumerate("実績値") for glyph in glyphs_at(one, x=20 * at)]
    assert texts(line) == ["実績値"]


def test_two_figures_far_apart_stay_two_whatever_stands_beside_them() -> None:
    apart = glyphs_at("↑", x=0) + glyphs_at("44", x=110, advance=0.5)
    assert texts(apart + glyphs_at("52", x=215, advance=0.5)) == ["↑ 44 52"]
    spread = [glyph for at, digit in enumerate("1024") for glyph in glyphs_at(digit, x=30.0 * at)]
    assert texts(spread) == ["1024"]


@pytest.mark.parametrize(
    ("last", "stacked"), [(")", False), ("上", True)], ids=["a-bracket-may-begin-no-line", "words"]
)
def test_lines_of_one_letter_are_lines(last: str, stacked: bool) -> None:
    glyphs = [
        glyph
        for at, said in enumerate(["達", "成", "率", "（", f"率{last}"])
        for glyph in glyphs_at(said, x=50, y=100 + 14 * at, size=10, advance=1.0, index=4 * at)
    ]
    assert is_stacked(glyphs) is stacked
    assert (cell_text(glyphs) == "達\n成\n率\n（\n率)") is not stacked
