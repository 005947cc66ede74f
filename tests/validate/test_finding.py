"""Legends and claims found on the paper, in the forms that documents give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.assemble.claims import find_claims, paragraphs
from pipeline.assemble.legend import find_legend
from pipeline.assemble.vocabulary import Vocabulary
from pipeline.model import Cell, Claim, LegendRow, Line, Place, Printed, Table
from pipeline.settings.assemble import load
from pipeline.settings.files import packaged_defaults

SETTINGS = load([packaged_defaults()], {})
VOCABULARY = Vocabulary(SETTINGS)
WORDS = ("目標達成", "改善", "未達成")


def lines(*texts: str, page: int = 1, gap: float = 12) -> list[Line]:
    """Lines of ten points below one another, each as wide as its text."""
    return [
        Line(text=text, page=page, box=(50, n * gap, 50 + 10 * len(text), n * gap + 10), size=10)
        for n, text in enumerate(texts, start=5)
    ]


def table(*rows: str, spans: dict[tuple[int, int], tuple[int, int]] | None = None) -> Table:
    """A table from rows of cells parted by ``|``; ``-`` stands for what a merged cell covers."""
    cells = []
    for row, text in enumerate(rows):
        for column, cell in enumerate(text.split("|")):
            if cell.strip() == "<":
                continue
            down, across = (spans or {}).get((row, column), (1, 1))
            box = (50 + 60 * column, 300 + 20 * row, 110 + 60 * column, 320 + 20 * row)
            cells.append(
                Cell(
                    row=row,
                    column=column,
                    row_span=down,
                    column_span=across,
                    box=box,
                    text=cell.strip(),
                )
            )
    return Table(page=1, box=(50, 300, 400, 500), cells=tuple(cells))


def legend(tables: list[Table], text: list[Line], statuses: tuple[str, ...] = ()) -> list[object]:
    found = find_legend(tables, text, VOCABULARY, SETTINGS.legend, statuses)
    return [(row.word.text, row.rule.text) for row in found]


def test_a_legend_of_example_rows() -> None:
    examples = table(
        "基準値|R6 目標|R6 実績|達成状況",
        "100|110|120|目標達成（100%以上）",
        "100|110|95|未達成\n(基準値未満)",
    )
    assert legend([examples], []) == [("目標達成", "100%以上"), ("未達成", "基準値未満")]
    (first, _) = find_legend([examples], [], VOCABULARY, SETTINGS.legend)
    assert [(one.kind, one.printed.text) for one in first.example] == [
        ("baseline", "100"),
        ("target", "110"),
        ("actual", "120"),
    ]


def test_rows_whose_names_stand_with_a_value_are_no_legend() -> None:
    rows = table(
        "指標 基準値|目標値|実績値|達成状況",
        "事故の件数 168 (件)|150|172|未達成",
        "協力団体数 30 (団体)|33|40|達成",
    )
    assert legend([rows], []) == []


def test_rows_that_lost_their_names_are_no_legend() -> None:
    rows = (
        "基準値|R6 目標|R6 実績|達成状況",
        "10|12|13|達成",
        "5|7|8|達成",
        "4|9|9|達成",
        "3|6|5|未達成",
    )
    assert legend([table(*rows)], []) == []


@pytest.mark.parametrize(
    "rows",
    [
        ("区分|内容", "◎|目標値以上", "○|目標値と同等", "△|目標値未達成"),
        ("◎|目標値以上", "○|目標値と同等", "△|目標値未達成"),
        ("◎|○|△", "目標値以上|目標値と同等|目標値未達成"),
        ("評価|件数|基準", "◎|3|目標値以上", "○|4|目標値と同等", "△|5|目標値未達成"),
        ("区分|内容", "◎ 達成|目標値以上", "○（同等）|目標値と同等", "△：未達|目標値未達成"),
    ],
)
def test_a_legend_table(rows: tuple[str, ...]) -> None:
    assert legend([table(*rows)], []) == [
        ("◎", "目標値以上"),
        ("○", "目標値と同等"),
        ("△", "目標値未達成"),
    ]


def test_a_sentence_that_counts_statuses_is_no_legend() -> None:
    text = lines(
        "◎：目標値以上　○：基準値以上目標値未満",
        "目標達成（◎）が5指標、改善（○）が2指標となりました。",
        gap=90,
    )
    told = legend([], text, ("◎", "○"))
    assert told == [("◎", "目標値以上"), ("○", "基準値以上目標値未満")]


def test_words_in_quotes_may_stand_right_before_what_they_mean() -> None:
    text = lines(
        "「達成」目標値に達したもの、「改善」基準値を上回ったもの、「悪化」基準値を下回ったもの"
    )
    assert legend([], text, ("達成", "改善")) == [
        ("達成", "目標値に達したもの"),
        ("改善", "基準値を上回ったもの"),
        ("悪化", "基準値を下回ったもの"),
    ]


def test_points_that_no_row_bears_are_explained_where_others_are_borne() -> None:
    text = lines("３：達成率100％以上　２：達成率70％以上100％未満　１：達成率70％未満")
    assert legend([], text, ("３", "２")) == [
        ("3", "達成率100％以上"),
        ("2", "達成率70％以上100％未満"),
        ("1", "達成率70％未満"),
    ]


def test_points_may_stand_right_before_what_they_mean() -> None:
    text = lines("３達成率100％以上", "２達成率70％以上100％未満", "１達成率70％未満")
    assert legend([], text, ("３", "２")) == [
        ("3", "達成率100％以上"),
        ("2", "達成率70％以上100％未満"),
        ("1", "達成率70％未満"),
    ]
    assert legend([], lines("3目標値を見直した。", "2月に達成した。"), ("３", "２")) == []


@pytest.mark.parametrize(
    ("text", "statuses", "told"),
    [
        (
            "■青：達成　■黄：改善　■赤：悪化",
            ("青", "黄", "赤"),
            [("青", "達成"), ("黄", "改善"), ("赤", "悪化")],
        ),
        (
            "◎目標達成　○80％以上　△80％未満",
            ("◎", "○", "△"),
            [("◎", "目標達成"), ("○", "80％以上"), ("△", "80％未満")],
        ),
        (
            "◎：目標達成　△：基準値未満　－：評価対象外",
            ("◎", "△"),
            [("◎", "目標達成"), ("△", "基準値未満"), ("-", "評価対象外")],
        ),
        (
            "↑：前年度より上昇　↓：前年度より下降",
            ("↑", "↓"),
            [("↑", "前年度より上昇"), ("↓", "前年度より下降")],
        ),
    ],
    ids=["colours", "limits", "not judged", "the year before"],
)
def test_entries_of_a_line(
    text: str, statuses: tuple[str, ...], told: list[tuple[str, str]]
) -> None:
    assert legend([], lines(text), statuses) == told


def test_a_first_row_that_stands_as_a_line_above_its_table_is_of_it() -> None:
    above = Line(text="３達成率100％以上", page=1, box=(60.0, 286.0, 160.0, 296.0), size=10.0)
    rest = table("２|達成率70％以上100％未満", "１|達成率70％未満")
    whole = [
        ("3", "達成率100％以上"),
        ("２", "達成率70％以上100％未満"),
        ("１", "達成率70％未満"),
    ]
    assert legend([rest], [above], ("３", "２")) == whole


@pytest.mark.parametrize(
    "texts",
    [
        ("A：順調（実績値≧期待値）　B+：概ね順調（期待値の80～99%）　C：遅れ（80%未満）",),
        ("A：順調（実績値≧期待値）", "B+：概ね順調（期待値の80～99%）", "C：遅れ（80%未満）"),
        ("凡例", "「A」…順調（実績値≧期待値）", "「B+」…概ね順調（期待値の80～99%）",
         "「C」…遅れ（80%未満）", "※達成率は小数第2位を四捨五入"),
        ("評価：A（達成）＝順調（実績値≧期待値）／B+（概ね）＝概ね順調（期待値の80～99%）／"
         "C（未達）＝遅れ（80%未満）",),
        ("評価　A 順調（実績値≧期待値）、B+ 概ね順調（期待値の80～99%）、C 遅れ（80%未満）",),
    ],
)  # fmt: skip
def test_a_legend_in_lines(texts: tuple[str, ...]) -> None:
    assert legend([], lines(*texts)) == [
        ("A", "順調（実績値≧期待値）"),
        ("B+", "概ね順調（期待値の80～99%）"),
        ("C", "遅れ（80%未満）"),
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("目標達成 45.4%、改善 13.1%、未達成 30.8%でした。",),
        ("A 観光の振興", "B 農業の振興"),
        ("この計画は、目標を達成するために定めます。",),
    ],
)
def test_what_is_no_legend(texts: tuple[str, ...]) -> None:
    assert legend([], lines(*texts)) == []


@pytest.mark.parametrize(
    "text",
    [
        "※評価　Ａ：100％以上、Ｂ＋：80～99％、Ｃ：80％未満",
        "評価基準：Ａ…100％以上、Ｂ＋…80～99％、Ｃ…80％未満",
        "Ａ（100％以上）、Ｂ＋（80～99％）、Ｃ（80％未満）",
    ],
)
def test_full_width_letters_are_those_of_the_table(text: str) -> None:
    assert legend([], lines(text)) == [("A", "100％以上"), ("B+", "80～99％"), ("C", "80％未満")]


def test_explanations_in_brackets() -> None:
    text = "達成率により、A（100%以上）、B（80%以上100%未満）、C（80%未満）としました。"
    assert legend([], lines(text)) == [
        ("A", "100%以上"),
        ("B", "80%以上100%未満"),
        ("C", "80%未満"),
    ]


def test_the_legend_that_explains_most_statuses_is_taken() -> None:
    priority = table("区分|内容", "A|目標に直結する", "B|目標を支える")
    real = table("区分|内容", "◎|目標値以上", "×|目標値未満")
    assert legend([priority, real], [], ("◎", "×"))[0] == ("◎", "目標値以上")


def claims_behind_a_legend(text: list[Line], names: tuple[str, ...] = ()) -> tuple[Claim, ...]:
    """The claims of lines of which the first is the legend."""
    rule = Printed(text="", page=text[0].page, box=text[0].box, reader="test")
    return find_claims(
        [],
        text,
        ("◎", "△"),
        lambda page, top: Place(),
        places=(),
        names=names,
        legend=[LegendRow(word=rule, rule=rule)],
        vocabulary=SETTINGS.legend,
    )


def test_no_text_goes_on_behind_a_list_of_what_the_statuses_mean() -> None:
    text = lines("◎：目標値以上　△：目標値未満", "△の指標は「来訪者数」の1指標。")
    found = claims_behind_a_legend(text, names=("来訪者数",))
    assert [(one.source, one.printed.text) for one in found] == [("sentence", text[1].text)]


@pytest.mark.parametrize(
    ("entry", "claimed"), [("△：80％", 0), ("△：80％（3指標）", 1)], ids=["a limit", "a count"]
)
def test_a_limit_in_the_legend_is_no_share(entry: str, claimed: int) -> None:
    assert len(claims_behind_a_legend(lines(f"達成率　◎：100％　{entry}"))) == claimed


def test_the_last_entry_in_brackets_is_one() -> None:
    text = "達成率により評価（100％以上：◎、80％以上100％未満：○、80％未満：△）。"
    assert [word for word, _ in legend([], lines(text), ("◎", "○", "△"))] == ["◎", "○", "△"]


def claims(tables: list[Table], text: list[Line], words: tuple[str, ...] = WORDS) -> list[object]:
    places = [Place(goal_number=1, goal="人を育てる"), Place(goal_number=2, goal="産業を興す")]
    found = find_claims(
        tables,
        text,
        words,
        lambda page, top: Place(goal_number=9),
        places=places,
        vocabulary=SETTINGS.legend,
    )
    return [
        (
            claim.source,
            claim.place.goal_number,
            [f"{one.header} {one.printed.text}" for one in claim.entries]
            or claim.printed.text.replace("\n", ""),
        )
        for claim in found
    ]


def test_sentences_run_over_lines() -> None:
    texts = ("全体の達成状況は、目標達成 45.4%、改善 13.1%、", "未達成 30.8%でした。")
    assert claims([], lines(*texts)) == [("sentence", 9, "".join(texts))]


@pytest.mark.parametrize(
    "text",
    [
        "業務の改善 3件を行いました。",
        "業務改善が5.0%進みました。",
        "目標達成に向けて、3つの事業を行います。",
        "目標達成：100%以上",
        "45.4%でした。",
    ],
)
def test_what_is_no_claim(text: str) -> None:
    assert claims([], lines(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "改善は3指標です。",
        "全130指標のうち、59指標（45.4％）が目標達成です。",
        "目標達成の割合は基本目標1が最も低くなりました。",
        "目標達成3件、未達成4件",
        "目標達成は、基本目標1が30.4%、基本目標2が47.8%です。",
    ],
)
def test_what_is_a_claim(text: str) -> None:
    assert len(claims([], lines(text))) == 1


def test_labels_of_one_chart_are_one_claim() -> None:
    chart = [
        *lines("【基本目標2のKPI達成状況】"),
        Line(text="未達成", page=1, box=(100, 90, 130, 100), size=10),
        Line(text="30.8%", page=1, box=(100, 102, 130, 112), size=10),
        Line(text="目標達成 69.2%", page=1, box=(300, 150, 380, 160), size=10),
    ]
    assert claims([], chart) == [("label", 2, "未達成 30.8%目標達成 69.2%")]


def test_a_sentence_above_a_chart_is_not_its_caption() -> None:
    chart = [
        *lines("目標達成の割合は基本目標2が高くなりました。"),
        Line(text="未達成 30.8%", page=1, box=(100, 90, 180, 100), size=10),
    ]
    assert claims([], chart)[-1] == ("label", 9, "未達成 30.8%")


def test_the_numbers_along_an_axis_are_no_amounts() -> None:
    axis = [
        Line(text=f"{20 * n}%", page=1, box=(100 + 40 * n, 112, 120 + 40 * n, 122), size=10)
        for n in range(6)
    ]
    word = Line(text="未達成", page=1, box=(100, 100, 130, 110), size=10)
    assert claims([], [word, *axis]) == []
    assert claims([], [word, Line(text="20%", page=1, box=axis[0].box, size=10)]) == [
        ("label", 9, "未達成 20%")
    ]


@pytest.mark.parametrize(
    ("rows", "spans", "expected"),
    [
        (
            ("基本目標|目標達成|改善|未達成|合計", "1 人を育てる|3|2|1|6", "全体|5|4|3|12"),
            None,
            [(1, ["目標達成 3", "改善 2", "未達成 1", "全体 6"]),
             (None, ["目標達成 5", "改善 4", "未達成 3", "全体 12"])],
        ),
        (
            ("|目標達成|改善|未達成", "件数|3|2|1", "割合(%)|50.0|33.3|16.7"),
            None,
            [(9, ["目標達成(指標) 3", "改善(指標) 2", "未達成(指標) 1"]),
             (9, ["目標達成(%) 50.0", "改善(%) 33.3", "未達成(%) 16.7"])],
        ),
        (
            ("区分|件数|構成比", "目標達成|3|50.0", "改善|2|33.3", "未達成|1|16.7", "計|6|100"),
            None,
            [(9, ["目標達成(指標) 3", "改善(指標) 2", "未達成(指標) 1", "全体(指標) 6"]),
             (9, ["目標達成(%) 50.0", "改善(%) 33.3", "未達成(%) 16.7", "全体(%) 100"])],
        ),
        (
            ("基本目標|目標達成|<|未達成|<", "<|件数|割合|件数|割合", "産業を興す|3|75.0|1|25.0"),
            {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (1, 2)},
            [(2, ["目標達成(指標) 3", "目標達成(%) 75.0", "未達成(指標) 1", "未達成(%) 25.0"])],
        ),
        (
            ("基本目標||目標達成|未達成", "人を育てる|件数|3|1", "<|割合|75.0|25.0"),
            {(1, 0): (2, 1)},
            [(1, ["目標達成(指標) 3", "未達成(指標) 1"]),
             (1, ["目標達成(%) 75.0", "未達成(%) 25.0"])],
        ),
        (
            ("報告書|令和6年度実績|", "達成状況の集計||", "区分|件数|構成比", "目標達成|3|75.0",
             "未達成|1|25.0", "計|4|100", "未達成：80％以上|90％未満|"),
            None,
            [(9, ["目標達成(指標) 3", "未達成(指標) 1", "全体(指標) 4"]),
             (9, ["目標達成(%) 75.0", "未達成(%) 25.0", "全体(%) 100"])],
        ),
        (
            ("基本目標2の状況||", "区分|件数|構成比", "目標達成|3|75.0", "未達成|1|25.0"),
            None,
            [(2, ["目標達成(指標) 3", "未達成(指標) 1"]),
             (2, ["目標達成(%) 75.0", "未達成(%) 25.0"])],
        ),
        (("担当課|目標達成|未達成", "企画課|3|1"), None, []),
        (("進捗率|該当指標の数", "80%以上|3", "50%以上80%未満|2", "合計|5"), None,
         [(9, ["80%以上(指標) 3", "50%以上80%未満(指標) 2", "全体(指標) 5"])]),
        (("指標|目標値|実績値", "人口|3|1"), None, []),
        (("基本目標|指標数|目標達成指標数|達成率", "1 人を育てる|4|3|75.0%"), None,
         [(1, ["全体(指標) 4", "目標達成(指標) 3", "目標達成(%) 75.0%"])]),
        (("基本目標|指標数|目標達成|達成率", "1 人を育てる|4|3|92.1%"), None,
         [(1, ["全体(指標) 4", "目標達成 3"])]),
        (("基本目標|改善|割合|未達成|割合|計", "1 人を育てる|3|75%|1|25%|4"), None,
         [(1, ["改善 3", "改善(%) 75%", "未達成 1", "未達成(%) 25%", "全体 4"])]),
        (("区分|令和5年度|令和6年度|増減", "改善|4|3|△1", "未達成|1|1|0"), None,
         [(9, ["改善 4", "未達成 1"]), (9, ["改善 3", "未達成 1"]),
          (9, ["改善 △1", "未達成 0"])]),
    ],
)  # fmt: skip
def test_summary_tables(
    rows: tuple[str, ...],
    spans: dict[tuple[int, int], tuple[int, int]] | None,
    expected: list[object],
) -> None:
    found = [(goal, entries) for _, goal, entries in claims([table(*rows, spans=spans)], [])]  # type: ignore[misc]
    assert found == expected


def caption_above(below: Line, legend: tuple[LegendRow, ...] = ()) -> str:
    """What is said about a small summary that stands above a line."""
    (found, *_) = find_claims(
        [table("区分|件数", "目標達成|3", "未達成|1", "計|4")],
        [below],
        WORDS,
        lambda page, top: Place(),
        places=(),
        legend=legend,
        vocabulary=SETTINGS.legend,
    )
    return found.caption


@pytest.mark.parametrize(
    ("note", "beside"),
    [
        ("※再掲の1指標を除く。", True),
        ("（注）参考指標は集計に含まない。", True),
        ("※基準値は令和元年度の数値です。", False),
        ("再掲の指標を除くこととした。", False),
    ],
)
def test_a_note_beside_a_summary_says_what_it_leaves_out(note: str, beside: bool) -> None:
    below = Line(text=note, page=1, box=(50, 505, 300, 515), size=10)
    assert (note in caption_above(below)) is beside


def test_a_note_that_is_the_legend_leaves_nothing_out() -> None:
    below = Line(text="※△：基準値以上（同値を含む）", page=1, box=(50, 505, 300, 515), size=10)
    printed = Printed(text="△", page=1, box=below.box, reader="pdfium")
    assert below.text not in caption_above(below, (LegendRow(word=printed, rule=printed),))


def test_paragraphs_end_with_a_short_line() -> None:
    text = lines("あ" * 30, "い" * 10, "う" * 30, "え" * 5)
    assert [len(one) for one in paragraphs(text)] == [2, 2]


def test_what_stands_in_brackets_is_not_parted_and_may_leave_a_line_short() -> None:
    text = lines("あ" * 30, "い" * 25, "（16.7％）、「１」が３指標でした。", "う" * 25, "（16.7％")
    assert [len(one) for one in paragraphs(text)] == [3, 1, 1]


def test_an_entry_between_others_is_one_of_the_legend_whatever_it_tells() -> None:
    text = "Ａ：順調に進んでいる　Ｂ：あれこれ手を打つ　Ｃ：改善が必要　Ｄ：あれこれ手を打つ"
    assert [word for word, _ in legend([], lines(text))] == ["A", "B", "C"]
    parted = lines(*text.split("　"))
    assert [word for word, _ in legend([], parted)] == ["A", "B", "C"]


@pytest.mark.parametrize(
    "piece",
    ["1", "1,", "目標達成", "目標達成1%、", "A:", "A（", "◎・", "80%以上", "（", " "],
)
def test_endless_text_is_read_in_time(piece: str) -> None:
    """Twenty thousand pieces: anything that grew with the square would not come to an end."""
    text = piece * 20_000
    assert claims([], lines(text)) in ([], [("sentence", 9, text)], [("label", 9, text)])
    assert isinstance(legend([], lines(text)), list)


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_gives_an_answer(text: str, cells: list[str]) -> None:
    found = legend([table("|".join(cells) or " ")], lines(text), (text,))
    assert all(isinstance(row, tuple) for row in found)
    for _, goal, _ in claims([table("区分|件数", "|".join(cells) or " ")], lines(text)):  # type: ignore[misc]
        assert goal is None or isinstance(goal, int)


def test_a_legend_goes_on_over_a_page_edge() -> None:
    above, below = (
        lines("◎：目標値以上", page=1),
        lines("○：目標値と同等", "△：目標値未達成", page=2),
    )
    assert [word for word, _ in legend([], [*above, *below])] == ["◎", "○", "△"]
    between = lines("市民の皆さまへ", page=2, gap=3)
    assert [word for word, _ in legend([], [*above, *between, *below])] == ["○", "△"]


def test_a_line_that_breaks_within_a_word_begins_no_entry() -> None:
    first = Line(text="A＝達成（100％以上）、B＝遅れ（達成", page=1, box=(50, 60, 250, 70), size=10)
    second = Line(text="率100％未満）", page=1, box=(50, 72, 110, 82), size=10)
    assert legend([], [first, second], ("A", "B")) == [
        ("A", "達成（100％以上）"),
        ("B", "遅れ（達成\n率100％未満）"),
    ]


def test_a_legend_of_what_people_judge_is_found_whole() -> None:
    told = ("A：予定どおり進んでいる", "B：おおむね予定どおり進んでいる", "C：遅れている")
    assert [word for word, _ in legend([], lines(*told), ("A", "B"))] == ["A", "B", "C"]


def test_a_word_that_a_line_breaks_begins_an_entry() -> None:
    first = Line(
        text="※順調＝100％以上、やや遅れ＝50％以上、遅", page=1, box=(50, 60, 250, 70), size=10
    )
    second = Line(text="れ＝50％未満", page=1, box=(50, 72, 110, 82), size=10)
    words = [word for word, _ in legend([], [first, second], ("順調", "遅れ"))]
    assert words == ["順調", "やや遅れ", "遅れ"]


SENTENCES = {
    "実績値が目標値以上のものをA、基準値以上で目標値未満のものをB、基準値未満のものをCとしました。":
        [("A", "実績値が目標値以上のもの"), ("B", "基準値以上で目標値未満のもの"),
         ("C", "基準値未満のもの")],
    "「A」とは、目標値以上であることをいう。「B」とは、基準値と同じであることをいう。":
        [("A", "目標値以上"), ("B", "基準値と同じ")],
    "評価欄のAは目標値以上、Bは基準値以上、Cは基準値未満を表す。":
        [("A", "目標値以上"), ("B", "基準値以上"), ("C", "基準値未満")],
    "記号は、◎が目標達成、→が基準値と同じを表しています。":
        [("◎", "目標達成"), ("→", "基準値と同じ")],
    "目標値以上：A、基準値未満：B": [("A", "目標値以上"), ("B", "基準値未満")],
    "目標値以上＝A、基準値以上目標値未満＝B": [("A", "目標値以上"), ("B", "基準値以上目標値未満")],
    "目標値以上（A）、基準値未満（C）で評価した。": [("A", "目標値以上"), ("C", "基準値未満")],
    "目標を達成した場合は○、達していない場合は×を付した。":
        [("○", "目標を達成した場合"), ("×", "達していない場合")],
    "（A）目標値以上　（B）基準値未満": [("A", "目標値以上"), ("B", "基準値未満")],
    "①目標値以上、②基準値未満": [("①", "目標値以上"), ("②", "基準値未満")],
    "「A」目標達成：目標値以上　「B」低下：基準値未満": [("A", "目標値以上"), ("B", "基準値未満")],
    "評価はA（目標値以上）、B（基準値未満）とする。": [("A", "目標値以上"), ("B", "基準値未満")],
    "A（達成率≧100%） B（75%≦達成率<100%）": [("A", "達成率≧100%"), ("B", "75%≦達成率<100%")],
    "A：基準値以上　B：基準値未満　※減少が望ましい指標は逆":
        [("A", "基準値以上"), ("B", "基準値未満")],
    "【Ａ】目標値以上【Ｂ】基準値未満": [("A", "目標値以上"), ("B", "基準値未満")],
    "Ａ（目標値以上）　Ｂ（基準値未満）": [("A", "目標値以上"), ("B", "基準値未満")],
    "Ａ評価：目標値以上　Ｂ評価：基準値未満": [("A", "目標値以上"), ("B", "基準値未満")],
    "A（100%以上）・B（75%以上）": [("A", "100%以上"), ("B", "75%以上")],
    "達成率100％以上＝A、80％未満＝Cに区分する。": [("A", "達成率100％以上"), ("C", "80％未満")],
    "80％以上のものはA、それ以外はBとした。": [("A", "80％以上のもの"), ("B", "それ以外")],
    "達成率が100％以上の場合「Ａ」、80％未満の場合「Ｃ」としている。":
        [("A", "達成率が100％以上の場合"), ("C", "80％未満の場合")],
    "評価は、目標値を達成した「A」、改善していない「C」で表しています。":
        [("A", "目標値を達成した"), ("C", "改善していない")],
    "各指標の評価は、達成率により、100％以上を「A」、80％未満を「C」として表示した。":
        [("A", "100％以上"), ("C", "80％未満")],
    "目標に達した指標には◎を、基準値より悪くなった指標には▲を付した。":
        [("◎", "目標に達した指標"), ("▲", "基準値より悪くなった指標")],
    "達成率110％以上：Ａ　80％以上110％未満：Ｂ　80％未満：Ｃ":
        [("A", "達成率110％以上"), ("B", "80％以上110％未満"), ("C", "80％未満")],
    "達成率≧100％：Ａ、100％＞達成率：Ｂ": [("A", "達成率≧100％"), ("B", "100％＞達成率")],
    "Ａ評価は達成率100％以上、Ｂ評価は80％未満": [("A", "達成率100％以上"), ("B", "80％未満")],
    "A→目標値を達成、B→基準値未満": [("A", "目標値を達成"), ("B", "基準値未満")],
    "＜凡例＞◎ 達成済み（目標値以上） △ 未改善（基準値未満）":
        [("◎", "達成済み（目標値以上）"), ("△", "未改善（基準値未満）")],
    "※基準値に比べ、↑は改善、↓は悪化を示す。":
        [("↑", "基準値に比べ、改善"), ("↓", "基準値に比べ、悪化")],
    "Ａ：目標値以上（維持目標の場合は現状維持）　Ｂ：基準値未満":
        [("A", "目標値以上（維持目標の場合は現状維持）"), ("B", "基準値未満")],
    "Ａ…目標値以上、Ｂ…基準値より改善、停頓…基準値と同じ":
        [("A", "目標値以上"), ("B", "基準値より改善"), ("停頓", "基準値と同じ")],
    "「達成」は12指標、目標を達成した「改善」は5指標": [],
    "○は良い取組、△は今後の課題である。": [],
    "目標を達成、基準値を上回ることをA、B両課で確認した。": [],
}  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES)
def test_a_legend_in_a_sentence(text: str) -> None:
    line = Line(text=text, page=1, box=(50, 100, 540, 110), size=10)
    assert legend([], [line], ("A", "B", "C")) == SENTENCES[text]


def test_a_title_above_a_sentence_is_no_part_of_it() -> None:
    lines = [
        Line(text=text, page=1, box=(50, top, 540, top + 14), size=14)
        for top, text in ((80, "第2次計画の進捗状況報告書"), (100, "目標達成は○、基準値未満は×。"))
    ]
    assert legend([], lines, ("○", "×")) == [("○", "目標達成"), ("×", "基準値未満")]


def test_a_legend_of_one_entry_a_cell() -> None:
    cells = table("【評価】|A：目標値以上|B：基準値以上|C：基準値未満")
    assert legend([cells], []) == [("A", "目標値以上"), ("B", "基準値以上"), ("C", "基準値未満")]
