"""Whole rows, read: every kind of column at once, in one order and in the other."""

from __future__ import annotations

import pytest
from msgspec import structs

from pipeline.model import Entry, Kind, LegendRow, Observation
from pipeline.normalize.rows import Legend, ReadRow, RowReader, with_whole_words
from tests.normalize.plans import defaults, entry, printed, row

LEGEND = tuple(
    LegendRow(word=printed(word), rule=printed("説明")) for word in ("A", "済", "目標達成")
)


def read(*cells: Entry, notes: tuple[str, ...] = ()) -> ReadRow | None:
    reader = RowReader(defaults(), LEGEND, 2025, tuple(map(printed, notes)))
    return reader.read(row(cells))


def seen(*cells: Entry, notes: tuple[str, ...] = ()) -> ReadRow:
    found = read(*cells, notes=notes)
    assert found is not None
    return found


def written(one: Observation) -> str:
    """An observation on one line: ``kind @year {part} value unit``."""
    value = one.value
    number = None if value.number is None else str(value.number)
    text = next(each for each in (number, value.text, f"?{value.missing}") if each is not None)
    year = [] if one.fiscal_year is None else [f"@{one.fiscal_year}"]
    part = [] if one.part is None else [f"{{{one.part}}}"]
    return " ".join([one.kind, *year, *part, text, *([value.unit] if value.unit else [])])


CELLS: tuple[tuple[Kind, str, str, str | None], ...] = (
    ("number", "No.", "12", "number 12"),
    ("goal", "基本目標", "一", None),
    ("policy", "施策", "二", None),
    ("unit", "単位", "人", None),
    ("name", "指標", "利用者数※1", None),
    ("definition", "定義", "年間", "definition 年間"),
    ("baseline", "基準値（R1）", "1,000", "baseline @2019 1000"),
    ("year", "年度", "R2", "year R2"),
    ("target", "R6 目標", "1,200以上", "target @2024 1200"),
    ("actual", "R6 実績", "1,100", "actual @2024 1100"),
    ("rate", "R6 達成率", "91.7%", "rate @2024 91.7 %"),
    ("status", "R5評価", "B", "status @2023 B"),
    ("status", "R6評価", "A", "status @2024 A"),
    ("direction", "方向", "増加", "direction 増加"),
    ("source", "出典", "統計", "source 統計"),
    ("source", "出典", " ", None),
    ("department", "担当", "総務課", "department 総務課"),
    ("summary", "説明", "まとめ", "summary まとめ"),
    ("unknown", "備考", "済", None),
    ("unknown", "R4 備考", "他", "unknown @2022 他"),
    ("note", "注", "注記", None),
    ("project", "事業", "事業名", None),
    ("actual", "R7 実績", "", "actual @2025 ?empty"),
)


@pytest.mark.parametrize("step", [1, -1])
def test_the_order_of_the_columns_does_not_matter(step: int) -> None:
    cells = CELLS[::step]
    found = seen(*(entry(kind, header, text) for kind, header, text, _ in cells))
    one = found.indicator
    assert (one.name, one.unit, one.note) == ("利用者数", "人", "※1 注記")
    assert (one.id, one.registered, one.direction) == ("", False, "unknown")
    assert found.unit_stated
    assert not found.remarks
    assert not found.disagreements
    told = [text for _, _, _, text in cells if text is not None]
    assert [written(each) for each in one.observations] == told
    years = {2019: "baseline", 2025: "actual"}
    assert [kind for kind, year, _ in found.columns if year in years] == [
        years[year] for year in (2019, 2025)[::step]
    ]
    statuses = [(each.word, each.fiscal_year) for each in found.statuses]
    assert statuses == [("B", 2023), ("A", 2024)][::step]


@pytest.mark.parametrize("name", [None, "", "　", "\n"])
def test_a_row_without_a_name_names_no_indicator(name: str | None) -> None:
    cells = [] if name is None else [entry("name", "指標", name)]
    assert read(*cells, entry("actual", "R6 実績", "5")) is None


@pytest.mark.parametrize("kind", ["status", "summary", "source", "unknown", "year", "actual"])
def test_one_status_is_no_observation_whatever_stands_beside_it(kind: Kind) -> None:
    found = seen(
        entry("name", "指標", "数"), entry("status", "評価", "A"), entry(kind, "他", "5"),
        entry(kind, "他", "6"),
    )  # fmt: skip
    kinds = [one.kind for one in found.indicator.observations]
    assert kinds == (["status", "status", "status"] if kind == "status" else [kind, kind])


@pytest.mark.parametrize(
    ("word", "spelling"),
    [
        ("目標 達成", "目標達成"),
        ("済", "済"),
        ("Ａ", "A"),
        (" ① ", "①"),
        ("Ｂ", "B"),
        ("Ｂ＋", "B+"),
        ("①②", "(1)(2)"),
    ],
)
def test_a_status_in_the_spelling_of_the_legend_or_its_own(word: str, spelling: str) -> None:
    assert Legend(LEGEND).canonical(word) == spelling


@pytest.mark.parametrize(
    ("cells", "unit", "stated"),
    [
        ([("unit", "単位", "（件）")], "件", True),
        ([("unit", "単位", "件※2")], "件", True),
        ([("unit", "単位", "－"), ("actual", "R6 実績", "5回")], "回", False),
        ([("actual", "R6 実績（千人）", "5")], "千人", False),
        ([("rate", "R6 達成率（%）", "50"), ("actual", "R6 実績", "5")], "", False),
        ([("rate", "R6 達成率", "50%"), ("actual", "R6 実績", "5")], "", False),
        ([("actual", "R6 実績", "5人"), ("target", "R6 目標", "6人")], "人", False),
        ([("actual", "R6 実績", "5人"), ("target", "R6 目標", "年6人")], "人", False),
        ([("actual", "R6 実績", "年5人"), ("target", "R6 目標", "年6人")], "人/年", False),
        ([("actual", "R6 実績", "5人"), ("target", "R6 目標", "6件")], "", False),
        ([("actual", "R6 実績", "5人 女性6件")], "人", False),
    ],
)
def test_a_unit_of_the_column_the_headings_or_the_cells(
    cells: list[tuple[Kind, str, str]], unit: str, stated: bool
) -> None:
    found = seen(entry("name", "指標", "数"), *(entry(*cell) for cell in cells))
    assert (found.indicator.unit, found.unit_stated) == (unit, stated)


@pytest.mark.parametrize(
    ("name", "left", "note"),
    [
        ("数※1", "数", "※1"),
        ("数" + "".join(f"※{at}" for at in range(1, 10)), "数",
         " ".join(f"※{at}" for at in range(1, 10))),
        ("数" + "".join(f"※{at}" for at in range(1, 11)), "数※1",
         " ".join(f"※{at}" for at in range(2, 11))),
        ("数（※1）※2", "数", "※1 ※2"),
        ("※1", "※1", ""),
        ("（※1）※2", "(※1)", "※2"),
        ("数※123", "数※123", ""),
        ("数 ※", "数", "※"),
    ],
)  # fmt: skip
def test_footnote_marks_at_the_end_of_a_name(name: str, left: str, note: str) -> None:
    found = seen(entry("name", "指標", name)).indicator
    assert (found.name, found.note) == (left, note)


NOTE = "▼は減少を目指す指標"


@pytest.mark.parametrize(
    ("name", "notes", "left", "aim", "unmarked"),
    [
        ("事故件数▼", (NOTE,), "事故件数", NOTE, ""),
        ("▼ 事故件数", (NOTE,), "事故件数", NOTE, ""),
        ("事故件数（▼）", (NOTE,), "事故件数", NOTE, ""),
        ("事故▼件数", (NOTE,), "事故▼件数", "", NOTE),
        ("事故件数", (NOTE,), "事故件数", "", NOTE),
        ("▼", (NOTE,), "▼", "", NOTE),
        ("事故件数▼", (), "事故件数▼", "", ""),
        ("事故件数▼", ("▼は昨年の値",), "事故件数▼", "", ""),
        ("事故件数▼", ("▼▲は減少を目指す指標",), "事故件数▼", "", ""),
        ("事故件数", ("減少を目指す指標",), "事故件数", "", ""),
        ("事故件数", (NOTE, "★は増加を目指す指標"), "事故件数", "", ""),
        ("事故件数★", (NOTE, "★は増加を目指す指標"), "事故件数", "★は増加を目指す指標", ""),
        ("事故件数（減少を目指す指標）", (), "事故件数", "減少を目指す指標", ""),
        ("事故件数（市内）（減少を目指す指標）", (), "事故件数(市内)", "減少を目指す指標", ""),
        ("事故件数（市内）", (), "事故件数(市内)", "", ""),
    ],
)
def test_a_mark_beside_a_name_that_a_note_explains(
    name: str, notes: tuple[str, ...], left: str, aim: str, unmarked: str
) -> None:
    found = seen(entry("name", "指標", name), notes=notes).indicator
    assert (found.name, found.note, found.unmarked) == (left, aim, unmarked)
    told = [one.value.text for one in found.observations if one.kind == "direction"]
    assert told == ([aim] if aim else [])


@pytest.mark.parametrize(
    ("name", "left", "figures"),
    [
        ("率 H26年1.54→H31年1.68", "率", ["baseline @2014 1.54", "target @2019 1.68"]),
        ("率（H26）1.54→（H31）1.68", "率", ["baseline @2014 1.54", "target @2019 1.68"]),
        ("率 H26年：1.54→H31年：1.68", "率", ["baseline @2014 1.54", "target @2019 1.68"]),
        ("H26年1.54→H31年1.68", "", ["baseline @2014 1.54", "target @2019 1.68"]),
        ("率→H26年1.54 H31年1.68", "率→H26年1.54 H31年1.68", []),
        ("率 H26年1.54 H31年1.68→", "率H26年1.54 H31年1.68→", []),
        ("率 H26年→H31年1.68", "率H26年→H31年1.68", []),
        ("率 H26年1.54→H31年", "率H26年1.54→H31年", []),
        ("率 H26年未定→H31年1.68", "率H26年未定→H31年1.68", []),
        ("率 H26年1.54→H31年未定", "率H26年1.54→H31年未定", []),
        ("率 1.54→H31年1.68", "率1.54→H31年1.68", []),
        ("率 H26年1.54→H31年1.68→R5年2", "率H26年1.54→H31年1.68→R5年2", []),
    ],
)
def test_figures_printed_behind_a_name(name: str, left: str, figures: list[str]) -> None:
    found = seen(entry("name", "指標", name)).indicator
    assert found.name == left
    assert [written(one) for one in found.observations] == figures


def test_figures_behind_a_name_that_a_cell_says_too_are_said_once() -> None:
    found = seen(
        entry("name", "指標", "率 H26年1.54→H31年1.68"), entry("baseline", "H26 基準", "1.54"),
        entry("target", "H31 目標", "1.70"),
    ).indicator  # fmt: skip
    assert [written(one) for one in found.observations] == [
        "baseline @2014 1.54", "target @2019 1.70", "target @2019 {別掲2} 1.68",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "years"),
    [
        ([("baseline", "基準値", "1")], [None]),
        ([("baseline", "基準値（R1）", "1")], [2019]),
        ([("target", "目標", "1")], [None]),
        ([("baseline", "基準値", "1"), ("year", "年度", "R2")], [2020]),
        ([("baseline", "基準値", "1"), ("target", "目標", "2"), ("year", "年度", "R2")],
         [None, 2020]),
        ([("baseline", "基準値", "1"), ("year", "年度", "R2"), ("target", "目標", "2"),
          ("year", "年度", "R3"), ("actual", "実績", "3"), ("year", "年度", "R4")],
         [2020, 2021, 2022]),
        ([("year", "年度", "未定"), ("baseline", "基準値", "1")], [None]),
        ([("actual", "実績", "1（R3）"), ("year", "年度", "R2")], [2021]),
    ],
)  # fmt: skip
def test_the_year_of_a_cell_of_its_own_of_its_column_or_of_a_year_beside_it(
    cells: list[tuple[Kind, str, str]], years: list[int | None]
) -> None:
    found = seen(entry("name", "指標", "数"), *(entry(*cell) for cell in cells)).indicator
    dated = [one.fiscal_year for one in found.observations if one.kind != "year"]
    assert dated == years


@pytest.mark.parametrize(
    ("kind", "first", "second", "differs"),
    [
        ("actual", "5", "5", False),
        ("actual", "5", None, False),
        ("actual", "1,000", "1000", False),
        ("actual", "46.0", "46", True),
        ("actual", "5", "6", True),
        ("target", "5人", "5 人", False),
        ("baseline", "5", "", True),
        ("rate", "50%", "60%", True),
        ("name", "数\n量", "数量", False),
        ("name", "数", "教", True),
        ("unit", "人", "入", True),
        ("status", "A", "B", True),
        ("direction", "増", "減", True),
        ("year", "R2", "R3", True),
        ("definition", "あ", "い", False),
        ("note", "あ", "い", False),
        ("unknown", "あ", "い", False),
        ("number", "1", "2", False),
        ("source", "1", "2", False),
    ],
)
def test_two_readers_are_held_against_each_other_where_it_is_released(
    kind: Kind, first: str, second: str | None, differs: bool
) -> None:
    cell = entry(kind, "欄", first, second)
    name = () if kind == "name" else (entry("name", "指標", "数"),)
    found = seen(*name, cell)
    assert found.disagreements == (((kind, None),) if differs else ())
    told = [(one.rule, one.parameters) for one in found.remarks]
    parameters = {"first": first, "second": second or "", "column": "欄"}
    assert told == ([("reading.readers-disagree", parameters)] if differs else [])


@pytest.mark.parametrize(
    ("kind", "status", "rule"),
    [
        ("actual", None, "number.reference-only"),
        ("actual", "－", "number.reference-only"),
        ("actual", "B", "number.only-in-brackets"),
        ("actual", "済", "number.only-in-brackets"),
        ("target", None, "number.only-in-brackets"),
        ("baseline", None, "number.only-in-brackets"),
        ("target", "－", "number.only-in-brackets"),
    ],
)
def test_a_number_in_brackets_stands_for_an_actual_that_is_not_judged(
    kind: Kind, status: str | None, rule: str
) -> None:
    judged = [] if status is None else [entry("status", "評価", status)]
    found = seen(entry("name", "指標", "数"), entry(kind, "R6", "（5）"), *judged)
    assert [one.rule for one in found.remarks] == [rule]
    other = entry("summary", "説明", "－")
    assert seen(entry("name", "指標", "数"), entry(kind, "R6", "（5）"), other,
                *judged).remarks == found.remarks  # fmt: skip


@pytest.mark.parametrize(
    ("name", "figures", "number"),
    [
        ("社会増減数(転入-転出)", ("(178)", "(132)", "(140)"), -178),
        ("病院事業の経常収支", ("(5)百万円", "(3)百万円", "－"), -5),
        ("社会増減数", ("(178)", "(190)", "(140)"), None),  # a target below the baseline
        ("社会増減数", ("(178)", "(132)", "140"), None),  # a figure without brackets
        ("参加者数", ("(178)", "(132)", "(140)"), None),  # nothing that falls below zero
        ("社会増減数", ("(178)", "－", "(140)"), None),  # no target
    ],
)
def test_brackets_are_the_minus_of_a_balance_that_gets_better(name, figures, number) -> None:
    kinds: tuple[Kind, ...] = ("baseline", "target", "actual")
    cells = [entry(kind, kind, text) for kind, text in zip(kinds, figures, strict=True)]
    found = seen(entry("name", "指標", name), *cells)
    baseline = found.indicator.observations[0]
    assert (baseline.kind, baseline.value.number) == ("baseline", number)
    told = [one.rule for one in found.remarks if one.rule.startswith("number.")]
    rule = "number.only-in-brackets" if number is None else "number.below-zero-in-brackets"
    assert set(told) - {"number.reference-only"} == {rule}


def test_a_note_on_brackets_goes_before_the_name_of_a_balance() -> None:
    cells = [entry("baseline", "基準", "(9)"), entry("target", "目標", "(5)")]
    found = seen(entry("name", "指標", "社会増減数"), *cells, notes=("※( )内は前年度の値",))
    assert found.indicator.observations[0].value.number is None


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("MineColle\nction", "MineCollection"),
        ("C\nPU", "CPU"),
        ("CP\nU", "CPU"),
        ("Facebook\nInstagram", "Facebook\nInstagram"),
        ("WEB\nSITE", "WEB\nSITE"),
        ("Web\nSite", "Web\nSite"),
        ("the Colle\nction of", "the Collection of"),
        ("A of Colle\nction B", "A of Collection B"),
        ("市の\n数", "市の\n数"),
    ],
)
def test_a_latin_word_broken_over_two_lines(text: str, whole: str) -> None:
    assert with_whole_words(text) == whole


def test_what_further_columns_of_names_say_is_a_part_of_the_name() -> None:
    further = [entry("name", "区分", text) for text in ("（男性）", "", "若年")]
    found = seen(entry("name", "指標", "受診率"), *further).indicator
    assert found.name == "受診率(男性)(若年)"


@pytest.mark.parametrize(
    ("kind", "text", "years"),
    [
        ("actual", "5（R5年度）", {"year": "2023", "expected_year": "2024"}),
        ("target", "5（R7年度）", {"year": "2025", "expected_year": "2024"}),
        ("actual", "5（R6年度）", None),
        ("actual", "5", None),
        ("baseline", "5（R5年度）", None),
        ("rate", "5（R5年度）", None),
        ("actual", "男性5（R5年度） 女性6（R5年度）", None),
    ],
)
def test_a_cell_of_another_year_than_its_column(
    kind: Kind, text: str, years: dict[str, str] | None
) -> None:
    found = seen(entry("name", "指標", "数"), entry(kind, "R6値", text))
    told = [one for one in found.remarks if one.rule == "year.other-than-column"]
    column = {"column": "R6値"}
    assert [one.parameters for one in told] == ([] if years is None else [column | years])


def test_the_year_that_a_profile_gives_is_that_of_baselines_without_one() -> None:
    own = structs.replace(defaults(), baseline_fiscal_year=2019)
    reader = RowReader(own, (), 2025)
    kinds: tuple[Kind, ...] = ("actual", "baseline", "rate", "target")
    cells = [entry("name", "指標", "数"), *(entry(kind, "値", "5") for kind in kinds)]
    found = reader.read(row([*cells, entry("baseline", "R2 基準", "4")]))
    assert found is not None
    years = [one.fiscal_year for one in found.indicator.observations]
    assert years == [None, 2019, None, None, 2020]
    assert reader.undated


@pytest.mark.parametrize(
    ("header", "text", "calendar"),
    [
        ("令和6年度実績", "5", False),
        ("令和6年実績", "5", True),
        ("令和6年度実績", "5（令和6年）", True),
        ("令和6年実績", "5（令和6年度）", False),
        ("実績", "5（令和6年）", True),
    ],
)
def test_a_year_is_of_the_calendar_if_it_is_not_a_fiscal_one(
    header: str, text: str, calendar: bool
) -> None:
    (one,) = seen(entry("name", "指標", "数"), entry("actual", header, text)).indicator.observations
    assert (one.fiscal_year, one.calendar) == (2024, calendar)
