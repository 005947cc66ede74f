from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Highlight, Layout, LayoutColumn, LegendRow, Normalized, Place, Remark
from pipeline.normalize import run
from pipeline.settings.decisions import Decision
from pipeline.validate.catalogue import BY_ID
from tests.normalize.plans import (
    PLACE,
    defaults,
    entry,
    facts,
    mine,
    mine_plan,
    plan,
    printed,
    project,
    row,
    simple,
)


def normalize(*rows, **fields) -> Normalized:
    return run(plan(rows, **fields), defaults(), edition=2025, area_code="35213")


def rules(normalized: Normalized) -> list[str]:
    return [remark.rule for remark in normalized.remarks if remark.rule != "identity.no-registry"]


# ------------------------------------------------------------------ the first document


def test_every_field_of_the_first_document() -> None:
    found = run(mine_plan(), mine(), edition=2025, area_code="35213")
    assert found.actual_fiscal_year == 2024
    assert [(r.rule, r.parameters) for r in found.remarks] == [
        ("year.baseline-undated", {"count": "130"})
    ]
    assert found.title == facts()["document"]["title"]
    for indicator, fact in zip(found.indicators, facts()["indicators"], strict=True):
        for field in ("baseline", "target", "actual", "next_target"):
            assert str(getattr(indicator, field).number) == fact[field].replace(",", "")
        assert indicator.name == fact["name"]
        assert indicator.unit == fact["unit"]
        assert indicator.status == fact["status"]
        assert indicator.note == fact["note"]
        assert indicator.direction == ("lower" if fact["lower_is_better"] else "higher")
        assert indicator.direction_basis == "declared"
        assert indicator.cumulative == ("(累計)" in fact["name"])
        assert indicator.registered
    assert len({indicator.id for indicator in found.indicators}) == 130


def test_every_project_of_the_first_document() -> None:
    found = run(mine_plan(), mine(), edition=2025, area_code="35213")
    for read, fact in zip(found.projects, facts()["projects"], strict=True):
        assert read.name == fact["name"]
        assert list(read.departments) == fact["departments"]
        assert read.repeated == fact["repeated"]


def test_years_of_the_values() -> None:
    found = run(mine_plan(), mine(), edition=2025, area_code="35213").indicators[0]
    assert [(seen.kind, seen.fiscal_year) for seen in found.observations] == [
        ("baseline", None),
        ("target", 2024),
        ("actual", 2024),
        ("target", 2025),
    ]


def test_without_a_registry_no_direction_is_wrong_and_one_remark_says_so() -> None:
    found = run(mine_plan(), defaults(), edition=2025, area_code="35213")
    assert [remark.rule for remark in found.remarks] == [
        "year.baseline-undated",
        "identity.no-registry",
    ]
    pairs = [
        (indicator.direction, "lower" if fact["lower_is_better"] else "higher")
        for indicator, fact in zip(found.indicators, facts()["indicators"], strict=True)
    ]
    assert not [pair for pair in pairs if pair[0] not in (pair[1], "unknown")]
    assert sum(decided == true for decided, true in pairs) >= 80
    assert not any(indicator.registered for indicator in found.indicators)


def test_it_is_pure_and_serialisable() -> None:
    first = run(mine_plan(), mine(), edition=2025, area_code="35213")
    again = run(mine_plan(), mine(), edition=2025, area_code="35213")
    data = msgspec.json.encode(first)
    assert data == msgspec.json.encode(again)
    assert msgspec.json.decode(data, type=Normalized) == first


# ------------------------------------------------------------------ views and years


def test_the_reported_year_is_the_latest_with_actual_values() -> None:
    columns = [
        entry("name", "指標", "来館者数"),
        entry("unit", "単位", "人"),
        entry("baseline", "基準値(H25)", "1"),
        *(entry("target", f"H{year} 期待値", str(year)) for year in range(26, 32)),
        *(entry("actual", f"H{year} 実績値", str(year)) for year in range(26, 30)),
        entry("actual", "H30 実績値", ""),
    ]
    found = normalize(row(columns))
    assert found.actual_fiscal_year == 2017
    (indicator,) = found.indicators
    assert [
        value and value.number
        for value in (
            indicator.baseline,
            indicator.target,
            indicator.actual,
            indicator.next_target,
        )
    ] == [Decimal(1), Decimal(29), Decimal(29), Decimal(30)]


def test_a_part_of_a_year_and_a_forecast_do_not_make_a_year_reported() -> None:
    headers = {
        "平成13年実績": "110,000人",
        "平成14年実績": "117,857人",
        "平成15年9月30日現在": "65,016人",
        "平成15年末見込": "120,000人",
    }
    cells = [entry("actual", header, text) for header, text in headers.items()]
    found = run(
        plan([row([entry("name", "成果指標", "図書館入館者数"), *cells])]),
        defaults(),
        edition=2004,
        area_code="",
    )
    assert found.actual_fiscal_year == 2002
    (indicator,) = found.indicators
    assert indicator.actual is not None
    assert indicator.actual.number == 117857
    assert [seen.part for seen in indicator.observations] == [
        None,
        None,
        "平成15年9月30日現在",
        "見込",
    ]


def test_a_year_beyond_its_era_is_told_once() -> None:
    cells = [entry("name", "指標", "数"), entry("unit", "単位", "件")]
    rows = [row([*cells, entry("target", "目標平成32年", "5")]) for _ in range(3)]
    found = normalize(*rows)
    (remark,) = [r for r in found.remarks if r.rule == "year.outside-era"]
    assert (remark.expected, remark.parameters) == ("令和2", {"year": "2020"})
    assert rules(normalize(row([*cells, entry("target", "目標平成30年", "5")]))) == []


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("actual", "8,137（R5年度）", True),
        ("actual", "8,137（R6年度）", False),
        ("actual", "8,137", False),
        ("baseline", "8,137（R1年度）", False),
        ("actual", "8,137（R5：8,000）", False),
    ],
)
def test_a_value_of_another_year_than_its_column(kind, text: str, told: bool) -> None:
    cells = [entry("name", "指標", "数"), entry("unit", "単位", "件"), entry(kind, "R6 実績", text)]
    assert rules(normalize(row(cells))) == (["year.other-than-column"] if told else [])


def test_a_bare_figure_needs_no_unit() -> None:
    assert rules(normalize(simple("合計特殊出生率", None, actual="1.56"))) == []


def test_a_year_that_one_cell_names_is_not_the_reported_one() -> None:
    rows = [simple(f"指標{n}", actual="5", target="5") for n in range(15)]
    odd = row([entry("name", "指標", "別"), entry("actual", "実績", "5（R7）")])
    assert normalize(*rows, odd).actual_fiscal_year == 2024


def test_without_actual_values_it_is_the_year_before_the_edition() -> None:
    found = normalize(
        row(
            [
                entry("name", "指標", "新規就農者数"),
                entry("baseline", "現状値（2014年度）", "－"),
                entry("target", "目標値（2029年度）", "3人"),
            ]
        )
    )
    (indicator,) = found.indicators
    assert found.actual_fiscal_year == 2024
    assert indicator.actual is None
    assert indicator.baseline is not None
    assert indicator.baseline.missing == "not_available"
    assert indicator.target is not None
    assert indicator.target.number == 3
    assert indicator.next_target is None
    assert indicator.unit == "人"


def test_relative_years_of_headers() -> None:
    (indicator,) = normalize(
        row(
            [
                entry("name", "指標", "数"),
                entry("actual", "前年度実績", "1"),
                entry("target", "目標", "2"),
                entry("actual", "実績", "3"),
                entry("target", "次年度目標", "4"),
            ]
        )
    ).indicators
    assert [(seen.kind, seen.fiscal_year) for seen in indicator.observations] == [
        ("actual", 2023),
        ("target", None),
        ("actual", 2024),
        ("target", 2025),
    ]
    assert indicator.next_target is not None
    assert indicator.next_target.number == 4


def test_a_year_column_dates_the_value_beside_it() -> None:
    (indicator,) = normalize(
        row(
            [
                entry("name", "指標", "ごみの量"),
                entry("unit", "単位", "g/人"),
                entry("baseline", "現状値", "611g/人"),
                entry("year", "年度", "平成22年度"),
                entry("target", "目標平成32年", "580"),
                entry("actual", "23年度", "581"),
                entry("rate", "達成率(%)", "100.2"),
            ]
        )
    ).indicators
    values = {seen.kind: (seen.fiscal_year, seen.value.number) for seen in indicator.observations}
    assert values["baseline"] == (2010, Decimal(611))
    assert values["target"] == (2020, Decimal(580))
    assert values["actual"] == (2011, Decimal(581))
    assert values["rate"] == (2011, Decimal("100.2"))


def test_two_sexes_have_no_plain_value() -> None:
    found = normalize(simple("健康寿命", "歳", actual="男性79.83 女性84.35"))
    (indicator,) = found.indicators
    assert [(seen.part, str(seen.value.number)) for seen in indicator.observations] == [
        ("男性", "79.83"),
        ("女性", "84.35"),
    ]
    assert indicator.actual is None


def test_a_part_of_a_header() -> None:
    (indicator,) = normalize(
        row(
            [
                entry("name", "指標", "運動する人の割合"),
                entry("unit", "単位", "%"),
                entry("actual", "R6 実績\n男性", "30"),
                entry("actual", "R6 実績\n女性", "20"),
                entry("actual", "R6 見込", "25"),
            ]
        )
    ).indicators
    assert [seen.part for seen in indicator.observations] == ["男性", "女性", "見込"]


def test_no_two_values_share_kind_year_and_part() -> None:
    (indicator,) = normalize(simple(actual="373（973）（12）")).indicators
    keys = [(seen.kind, seen.fiscal_year, seen.part) for seen in indicator.observations]
    assert len(keys) == len(set(keys)) == 3


def test_figures_behind_a_name() -> None:
    (indicator,) = normalize(
        row(
            [
                entry("name", "指標名", "社会増減（人）\nH26年▲3,703→H31年▲2,000"),
                entry("target", "目安値", "▲2,700"),
                entry("actual", "実績値", "▲2,530"),
                entry("status", "進捗区分", "A"),
            ]
        )
    ).indicators
    assert (indicator.name, indicator.unit) == ("社会増減", "人")
    assert indicator.baseline is not None
    assert indicator.baseline.number == -3703
    assert [(seen.fiscal_year, seen.value.number) for seen in indicator.observations][-1] == (
        2019,
        Decimal(-2000),
    )


# ------------------------------------------------------------------ names, units, status


@pytest.mark.parametrize(
    ("printed_name", "name", "note"),
    [
        ("空き家の成約件数(累計)※", "空き家の成約件数(累計)", "※"),
        ("受診率\n※1", "受診率", "※1"),
        ("受診率（注２）", "受診率", "注2"),
        ("⑳ 受診率", "受診率", ""),
        ("㉑受診率", "受診率", ""),
        ("人 件 費", "人件費", ""),
        ("※", "※", ""),
    ],
)
def test_names(printed_name: str, name: str, note: str) -> None:
    (indicator,) = normalize(simple(printed_name, actual="1")).indicators
    assert (indicator.name, indicator.note) == (name, note)
    assert indicator.name_printed.text == printed_name


def test_a_footnote_is_kept_with_its_indicator() -> None:
    found = normalize(simple("件数※", actual="1"), notes=(printed("※売買と賃貸の計"),))
    notes = [seen for seen in found.indicators[0].observations if seen.kind == "note"]
    assert [seen.value.text for seen in notes] == ["※売買と賃貸の計"]


@pytest.mark.parametrize(
    ("name", "cumulative"),
    [
        ("就農者数(累計)", True),
        ("就農者数【累積】", True),
        ("延べ利用者数", False),
        ("就農者数累計", True),
        ("累計赤字の解消率", False),
    ],
)
def test_cumulative(name: str, cumulative: bool) -> None:
    assert normalize(simple(name, actual="1")).indicators[0].cumulative is cumulative


@pytest.mark.parametrize(
    ("cells", "unit", "raised"),
    [
        ({"unit": "％", "actual": "5"}, "%", []),
        ({"unit": "箇所", "actual": "5"}, "箇所", []),
        ({"unit": "㎡", "actual": "5"}, "m²", []),
        ({"unit": "（人）", "actual": "5"}, "人", []),
        ({"unit": "人（延べ）", "actual": "5"}, "人(延べ)", []),
        ({"unit": "校（園）", "actual": "5"}, "校(園)", ["unit.unknown"]),
        ({"unit": "ほげ", "actual": "5"}, "ほげ", ["unit.unknown"]),
        ({"unit": "人", "actual": "5件"}, "人", ["unit.differs"]),
        ({"unit": "人", "actual": "年5人"}, "人", []),
        ({"unit": "－", "actual": "5件"}, "件", []),
        ({"unit": None, "actual": "5人", "target": "年6人"}, "人", []),
        ({"unit": None, "name": "来館者数（千人）", "actual": "5"}, "千人", []),
        ({"unit": None, "actual": "5"}, "", ["unit.missing"]),
        ({"unit": None, "actual": "設置"}, "", []),
    ],
)
def test_units(cells: dict[str, str], unit: str, raised: list[str]) -> None:
    found = normalize(simple(**cells))
    assert found.indicators[0].unit == unit
    assert rules(found) == raised


def test_an_unknown_unit_is_told_once() -> None:
    found = normalize(*(simple(f"指標{n}", "ほげ", actual="5") for n in range(5)))
    assert rules(found) == ["unit.unknown"]


def test_the_unit_of_a_header() -> None:
    found = normalize(
        row([entry("name", "指標", "来館者"), entry("actual", "R6実績（千人）", "5")])
    )
    assert found.indicators[0].unit == "千人"


LEGEND = tuple(
    LegendRow(word=printed(word), rule=printed("説明")) for word in ("◎", "○", "－", "目標達成")
)


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("〇", "○"),
        ("◯", "○"),
        ("◎", "◎"),
        ("−", "－"),
        ("①", "①"),
        ("Ａ", "A"),
        ("Ｂ＋", "B+"),
        ("目標 達成", "目標達成"),
        ("達成※1", "達成"),
        ("C (A※1)", "C (A※1)"),
        ("集計中", None),
        ("", None),
    ],
)
def test_status_words(status: str, word: str | None) -> None:
    (indicator,) = normalize(simple(actual="1", status=status), legend=LEGEND).indicators
    assert indicator.status == word
    assert indicator.status_printed is not None


def test_the_status_of_the_reported_year() -> None:
    (indicator,) = normalize(
        row(
            [
                entry("name", "指標", "数"),
                entry("actual", "R5実績", "1"),
                entry("actual", "R6実績", "2"),
                entry("status", "R5評価", "C"),
                entry("status", "R6評価", "A"),
            ]
        )
    ).indicators
    assert indicator.status == "A"
    kept = [seen.value.text for seen in indicator.observations if seen.kind == "status"]
    assert kept == ["C", "A"]


# ------------------------------------------------------------------ two readers, doubts


@pytest.mark.parametrize(
    ("first", "second", "agree"),
    [
        ("17,677", "１７，６７７", True),
        ("22,71\n8", "22,718", True),
        ("46.0", "46.0", True),
        ("46.0", "46", False),
        ("46.0", "460", False),
        ("▲5", "5", False),
        ("5", "", False),
        ("119.4", "1194.", False),
        ("100\n110", "100110", True),
    ],
)
def test_readings_are_compared_after_normalization(first: str, second: str, agree: bool) -> None:
    cells = [entry("name", "指標", "数", "数"), entry("actual", "R6 実績", first, second)]
    found = normalize(row([*cells, entry("unit", "単位", "人")]))
    assert ("reading.readers-disagree" not in rules(found)) is agree
    doubts = set(found.indicators[0].doubts) - {"number.broken-line:actual"}
    assert doubts == (set() if agree else {"reading.readers-disagree:actual"})


def test_a_cell_that_was_not_read_twice_is_no_doubt() -> None:
    assert normalize(simple(actual="5")).indicators[0].doubts == ()


def test_disagreement_names_both_readings_and_the_field() -> None:
    cells = [
        entry("name", "指標", "民生", "⺠生"),
        entry("unit", "単位", "人", "人"),
        entry("target", "R7 目標", "8", "3"),
        entry("actual", "R6 実績", "1"),
    ]
    found = normalize(row(cells))
    (remark,) = [r for r in found.remarks if r.rule == "reading.readers-disagree"]
    assert remark.parameters == {"first": "8", "second": "3", "column": "R6目標".replace("6", "7")}
    assert found.indicators[0].doubts == ("reading.readers-disagree:next_target",)


# ------------------------------------------------------------------ projects


@pytest.mark.parametrize(
    ("text", "name", "departments", "repeated"),
    [
        (
            "こども医療助成事業\n（福祉課、子育て支援課）",
            "こども医療助成事業",
            ("福祉課", "子育て支援課"),
            False,
        ),
        ("教育交流事業【再掲】\n（学校教育課）", "教育交流事業", ("学校教育課",), True),
        ("【再掲】教育交流事業（学校教育課）", "教育交流事業", ("学校教育課",), True),
        ("（再掲）教育交流事業\n（学校教育課）", "教育交流事業", ("学校教育課",), True),
        (
            "市史編さん事業\n（生涯学習・スポーツ推進課）",
            "市史編さん事業",
            ("生涯学習・スポーツ推進課",),
            False,
        ),
        ("道づくり\n（農林課・商工課）", "道づくり", ("農林課", "商工課"), False),
        (
            "生成AI導入事業（仮称）\n(デジタル推進課)",
            "生成AI導入事業(仮称)",
            ("デジタル推進課",),
            False,
        ),
        ("消防機庫整備事業\n（消防本部）", "消防機庫整備事業", ("消防本部",), False),
        (
            "長い名前の\n事業（世界ジオ\nパーク推進課）",
            "長い名前の事業",
            ("世界ジオパーク推進課",),
            False,
        ),
        ("住まい事業\n（建設課）\n（総務課）", "住まい事業", ("建設課", "総務課"), False),
        ("住まい事業（第２期）", "住まい事業(第2期)", (), False),
        ("再掲事業の整理\n（総務課）", "再掲事業の整理", ("総務課",), False),
        ("まちづくり（市民課", "まちづくり(市民課", (), False),
    ],
)
def test_projects(text: str, name: str, departments: tuple[str, ...], repeated: bool) -> None:
    (found,) = normalize(projects=(project(text),)).projects
    assert (found.name, found.departments, found.repeated) == (name, departments, repeated)


def test_only_the_colour_of_the_legend_highlights() -> None:
    rows = (project("甲", fill="#ffff00"), project("乙", fill="#dddddd"), project("丙"))
    legend = (Highlight(fill="#ffdc00", meaning=printed("黄色は重点")),)
    found = normalize(projects=rows, highlights=legend).projects
    assert [one.highlighted for one in found] == [True, False, False]


def test_without_a_legend_the_fill_of_a_minority_highlights() -> None:
    rows = (project("甲", fill="#ffff00"), *(project(f"乙{n}", fill="#eeeeff") for n in range(3)))
    found = normalize(projects=rows).projects
    assert [one.highlighted for one in found] == [True, False, False, False]


# ------------------------------------------------------------------ everything else


def test_remarks_of_earlier_stages_are_handed_on() -> None:
    from pipeline.model import Remark

    remark = Remark(rule="vocabulary.unknown-header", subject="備考2")
    assert normalize(simple(actual="1"), remarks=(remark,)).remarks[0] == remark


def test_cells_of_unknown_columns_are_kept() -> None:
    found = normalize(row([entry("name", "指標", "数"), entry("unknown", "ほげ", "ふが")]))
    assert [seen.value.text for seen in found.indicators[0].observations] == ["ふが"]


CELLS = st.text(
    st.sampled_from("0123456789,.▲－（）％人件年度R6H30→※①〇\n 目標男女約以上"), max_size=10
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=4))
@settings(max_examples=60)
def test_any_row_is_normalized(texts: list[tuple[str, ...]]) -> None:
    kinds = ("name", "unit", "baseline", "target", "actual")
    rows = [
        row(
            [
                entry(kind, text[::-1], text, text[1:])
                for kind, text in zip(kinds, cells, strict=True)
            ]
        )
        for cells in texts
    ]
    found = normalize(*rows)
    assert {remark.rule for remark in found.remarks} <= set(BY_ID)
    ids = [indicator.id for indicator in found.indicators]
    assert len(ids) == len(set(ids))
    assert msgspec.json.decode(msgspec.json.encode(found), type=Normalized) == found


def test_the_same_indicator_twice_has_two_ids() -> None:
    found = normalize(simple("数", actual="1"), simple("数", actual="1"))
    assert len({indicator.id for indicator in found.indicators}) == 2


def test_a_place_is_part_of_a_provisional_id() -> None:
    other = Place(goal_number=2, goal="別", policy_number=1, policy="別")
    first = normalize(row([entry("name", "指標", "数")], PLACE)).indicators[0]
    second = normalize(row([entry("name", "指標", "数")], other)).indicators[0]
    assert first.id != second.id
    assert first.id == normalize(row([entry("name", "指標", "数")], PLACE)).indicators[0].id


@pytest.mark.parametrize(
    "piece", [" ", "\n", "(", "()", "1,", "一万", "令和6年度・", "※", "1 ", "【再掲】", "（課）"]
)
def test_a_text_without_end_is_read(piece: str) -> None:
    """No pattern may take time by the square of a text's length: a hostile file has no limit."""
    text = f"あ{piece * 20_000}い"
    cells = [
        entry("name", "指標", text),
        entry("unit", "単位", text),
        entry("actual", text[:1000], text, f"{text}1"),
        entry("status", "状況", text),
        entry("year", "年度", text),
    ]
    found = normalize(row(cells), projects=(project(text, text),), title=printed(text))
    assert len(found.indicators) == len(found.projects) == 1
    assert found.indicators[0].doubts == ("reading.readers-disagree:actual",)


# ------------------------------------------------------------------ what stands around a name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("(1) 来館者数", "来館者数"),
        ("（１２）来館者数", "来館者数"),
        ("3. 来館者数", "来館者数"),
        ("・来館者数", "来館者数"),
        ("1人1日当たりのごみ排出量", "1人1日当たりのごみ排出量"),
        ("3.11を伝える催しの数", "3.11を伝える催しの数"),
    ],
)
def test_numbers_and_bullets_before_a_name_are_no_part_of_it(printed: str, name: str) -> None:
    (indicator,) = normalize(
        row([entry("name", "指標", printed), entry("actual", "R6 実績", "1")])
    ).indicators
    assert indicator.name == name
    assert indicator.name_printed.text == printed


def test_the_part_in_a_second_column_of_names_tells_rows_apart() -> None:
    found = normalize(
        *(
            row(
                [
                    entry("name", "指標", "健診の受診率（％）"),
                    entry("name", "指標", part),
                    entry("actual", "R6 実績", "1"),
                ]
            )
            for part in ("男性", "女性")
        )
    )
    assert [one.name for one in found.indicators] == ["健診の受診率(男性)", "健診の受診率(女性)"]
    assert [one.unit for one in found.indicators] == ["%", "%"]


@pytest.mark.parametrize(("title", "told"), [("第2次計画", []), (None, ["identity.no-title"])])
def test_a_document_without_a_title_is_a_doubt(title: str | None, told: list[str]) -> None:
    found = normalize(simple(), title=None if title is None else printed(title))
    assert [rule for rule in rules(found) if rule == "identity.no-title"] == told


@pytest.mark.parametrize(
    ("kinds", "doubts"),
    [
        ((), ()),
        (("policy",), ("layout.columns:place",)),
        (("target",), ("layout.columns:next_target", "layout.columns:target")),
        (("policy", "actual"), ("layout.columns:actual", "layout.columns:place")),
        (("name", "actual"), ("layout.columns",)),
    ],
)
def test_a_layout_in_doubt_holds_back_what_its_columns_are_about(kinds, doubts) -> None:
    """In every table of the layout, not only in the first one."""
    rows = [
        msgspec.structs.replace(simple(name=f"指標{n}", target="5"), table=n) for n in (1, 2, 3)
    ]
    columns = tuple(LayoutColumn(header=kind, kind=kind, doubt="?") for kind in kinds)
    layout = Layout(key="k", columns=columns, tables=(1, 2), page=1, box=(0, 0, 1, 1))
    found = run(plan(rows, layouts=(layout,)), defaults(), edition=2025, area_code="")
    assert [one.doubts for one in found.indicators] == [doubts, doubts, ()]
    held = any(doubt != "layout.columns:place" for doubt in doubts)
    assert [one.doubted for one in found.indicators] == [held, held, False]


def decided_notation(value: str, *, line: int = 1) -> Decision:
    return Decision(action="notation", reason="紙面", value=value, line=line)


@pytest.mark.parametrize(
    ("value", "number", "missing"),
    [("negative", Decimal(-12), None), ("reference", None, "reference-only")],
)
def test_how_numbers_in_brackets_are_meant_is_one_question(value, number, missing) -> None:
    rows = [
        msgspec.structs.replace(
            simple(name, target=str(20 + at), actual=f"({12 + at})", status="A"), row=at
        )
        for at, name in enumerate(("甲", "乙", "丙"))
    ]
    found = normalize(*rows)
    asked = [one for one in found.remarks if one.rule == "number.only-in-brackets"]
    assert [one.parameters["count"] for one in asked] == ["3"]
    assert all("number.only-in-brackets:actual" in one.doubts for one in found.indicators)
    for line in (1, 0):  # of this edition, and of an earlier one
        settings = msgspec.structs.replace(
            defaults(), decisions=(decided_notation(value, line=line),)
        )
        after = run(plan(rows), settings, edition=2025, area_code="35213")
        assert not [one for one in after.remarks if one.rule.startswith(("number.", "decision."))]
        first = after.indicators[0]
        assert first.doubts == ()
        assert first.actual is not None
        assert first.actual.number == number
        assert (first.actual.missing is None) is (missing is None)


@pytest.mark.parametrize(
    ("text", "number"), [("１２３\n４５０", 123450), ("１\n２，３\n４５", 12345), ("12\n人", 12)]
)
def test_numbers_of_several_lines_are_one_if_a_person_says_so(text: str, number: int) -> None:
    settings = msgspec.structs.replace(defaults(), decisions=(decided_notation("joined"),))
    found = run(plan([simple(actual=text)]), settings, edition=2025, area_code="35213")
    assert found.indicators[0].actual is not None
    assert found.indicators[0].actual.number == number


def test_a_number_of_three_lines_is_asked_about() -> None:
    assert "number.broken-line" in rules(normalize(simple(actual="１２\n３４\n５")))


@pytest.mark.parametrize(
    ("left", "right", "doubts"),
    [(-20.0, -5.0, ("place",)), (15.0, 40.0, ("status",)), (2.0, 8.0, ())],
    ids=["left", "right", "within"],
)
def test_what_stands_beside_rows_may_be_their_place_or_their_status(left, right, doubts) -> None:
    rule = "reading.leftover-in-table"
    told = Remark(rule=rule, page=1, box=(left, 0.0, right, 30.0), printed="向上")
    made = plan([simple(actual="5", target="4")], remarks=(told,))
    (found,) = run(made, defaults(), edition=2025, area_code="35213").indicators
    assert found.doubts == tuple(f"{rule}:{field}" for field in doubts)
