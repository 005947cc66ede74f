from __future__ import annotations

import pytest
from msgspec import structs

from pipeline.model import LegendRow
from pipeline.normalize import run
from pipeline.normalize.direction import Evidence, decide, gather, propose
from pipeline.settings.registry import RegistryEntry
from tests.normalize.plans import defaults, entry, plan, printed, row, simple


def evidence_of(**cells: str) -> tuple[Evidence, ...]:
    found = run(plan([simple(**cells)]), defaults(), edition=2025, area_code="")
    return gather(found.indicators[0], defaults().direction)


def decided(**cells: str) -> str:
    return decide(evidence_of(**cells))[0]


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("不登校率", "lower"),
        ("登校率", "higher"),
        ("むし歯のない3歳児の割合", "higher"),
        ("市ホームページのアクセス件数", "higher"),
    ],
)
def test_the_longest_word_at_the_end_of_a_name_tells_its_direction(name, direction) -> None:
    (found,) = [one for one in evidence_of(name=name) if one.kind == "words"]
    assert found.direction == direction


@pytest.mark.parametrize(
    ("cells", "direction"),
    [
        # a lower target proves nothing; the words alone are one kind
        (
            {
                "name": "スポーツ少年団指導者数",
                "unit": "人",
                "baseline": "33",
                "target": "30",
                "actual": "24",
                "status": "未達成",
            },
            "unknown",
        ),
        # a higher target of something that should be low
        (
            {
                "name": "実質公債費比率",
                "unit": "%",
                "baseline": "8.4",
                "target": "10.0",
                "actual": "8.6",
                "status": "目標達成",
                "next_target": "11.0",
            },
            "unknown",
        ),
        # the printed status, which is judged by the direction, does not count
        (
            {
                "name": "法定耐用年数を経過した管路の割合",
                "unit": "%",
                "baseline": "47.9",
                "target": "47.4",
                "actual": "48.1",
                "status": "目標達成",
            },
            "lower",
        ),
        # one kind alone is not enough
        ({"name": "県内での位置", "unit": "位", "actual": "5"}, "unknown"),
        ({"name": "財政力の順位", "unit": "位", "actual": "5"}, "lower"),
        ({"name": "ワースト順位", "unit": "位", "actual": "5"}, "unknown"),
        ({"name": "処理場の数", "unit": "施設", "baseline": "6", "target": "3"}, "unknown"),
        ({"name": "認知度ランキング", "unit": "位", "actual": "5"}, "lower"),
        # the last noun of a name counts
        (
            {"name": "被害防止研修の参加者数", "unit": "人", "baseline": "5", "target": "9"},
            "higher",
        ),
        ({"name": "有害鳥獣の被害額", "unit": "千円", "baseline": "9", "target": "5"}, "lower"),
        # a difference has no last noun
        (
            {
                "name": "社会増減（転入者数－転出者数）",
                "unit": "人",
                "baseline": "9",
                "target": "0",
            },
            "unknown",
        ),
        ({"name": "転入者数－転出者数", "unit": "人", "baseline": "9", "target": "0"}, "unknown"),
        ({"name": "要介護認定者数", "unit": "人", "baseline": "9", "target": "5"}, "lower"),
        ({"name": "温室効果ガスの削減率", "unit": "%", "baseline": "5", "target": "9"}, "higher"),
        # bounds
        ({"name": "待機児童数", "unit": "人", "target": "5以下"}, "lower"),
        ({"name": "健診の受診率", "unit": "%", "target": "95以上"}, "higher"),
        ({"name": "待機児童数", "unit": "人", "target": "5以上"}, "unknown"),
        # a letter says nothing
        (
            {
                "name": "数",
                "unit": "件",
                "baseline": "3",
                "target": "9",
                "actual": "11",
                "status": "A",
            },
            "unknown",
        ),
        # equal figures say nothing
        (
            {
                "name": "整備率",
                "unit": "%",
                "baseline": "5",
                "target": "5",
                "actual": "5",
                "status": "目標達成",
            },
            "unknown",
        ),
    ],
)
def test_what_the_evidence_decides(cells: dict[str, str], direction: str) -> None:
    assert decided(**cells) == direction


@pytest.mark.parametrize(
    ("word", "direction", "basis"),
    [
        ("アップ", "higher", "printed"),
        ("ダウン", "lower", "printed"),
        ("減少を目指す", "lower", "printed"),
        ("↑", "higher", "printed"),
        ("ほげ", "unknown", ""),
    ],
)
def test_a_direction_column_declares(word: str, direction: str, basis: str) -> None:
    cells = [entry("name", "指標", "数"), entry("direction", "方向性", word)]
    (found,) = run(plan([row(cells)]), defaults(), edition=2025, area_code="").indicators
    assert (found.direction, found.direction_basis) == (direction, basis)


def test_a_column_that_contradicts_the_unit_is_not_followed() -> None:
    cells = [
        entry("name", "指標", "順位"),
        entry("unit", "単位", "位"),
        entry("direction", "方向性", "アップ"),
    ]
    (found,) = run(plan([row(cells)]), defaults(), edition=2025, area_code="").indicators
    assert found.direction == "unknown"


def test_words_in_the_name_declare() -> None:
    (found,) = run(
        plan([simple("不登校の割合（減らすことを目標とする指標）")]),
        defaults(),
        edition=2025,
        area_code="",
    ).indicators
    assert (found.name, found.direction) == ("不登校の割合", "lower")
    assert found.note == "減らすことを目標とする指標"


@pytest.mark.parametrize(
    ("evidence", "direction"),
    [
        ([], "unknown"),
        (["words higher"], "higher"),
        (["words higher", "unit lower"], "unknown"),
        (["words higher", "bound lower", "trend lower"], "lower"),
        (["column lower", "words higher", "bound higher"], "lower"),
    ],
)
def test_proposals(evidence: list[str], direction: str) -> None:
    pairs = [words.split() for words in evidence]
    found = tuple(Evidence(kind=kind, direction=side, what="") for kind, side in pairs)  # type: ignore[arg-type]
    assert propose(found) == direction


def registered(*entries: RegistryEntry):
    import msgspec

    return msgspec.structs.replace(defaults(), registry=entries)


def remarks_of(row_, *entries: RegistryEntry) -> dict[str, dict[str, str]]:
    found = run(plan([row_]), registered(*entries), edition=2025, area_code="35213")
    return {remark.rule: remark.parameters for remark in found.remarks}


def test_the_registry_decides() -> None:
    known = RegistryEntry(id="1", name="参加者数", unit="人", direction="lower", basis="declared")
    found = run(
        plan([simple("参加者数", "人", baseline="1", target="5")]),
        registered(known),
        edition=2025,
        area_code="",
    )
    assert (found.indicators[0].direction, found.indicators[0].direction_basis) == (
        "lower",
        "declared",
    )
    assert [remark.rule for remark in found.remarks] == ["year.baseline-undated"]


def test_a_column_against_the_registry_is_told() -> None:
    known = RegistryEntry(id="1", name="数", direction="lower", basis="declared")
    cells = row([entry("name", "指標", "数"), entry("direction", "方向性", "アップ")])
    assert set(remarks_of(cells, known)) == {"direction.contradicts-registry"}


def test_a_new_indicator_gets_its_evidence_listed() -> None:
    cells = simple("待機児童数", "人", baseline="9", target="5")
    found = remarks_of(cells, RegistryEntry(id="9", name="別の指標", retired=2020))
    assert set(found) == {"identity.new", "direction.proposed", "year.baseline-undated"}
    assert found["direction.proposed"] == {
        "proposal": "lower is better",
        "evidence": "待機児童 ↓, 9→5 ↓",
    }


def test_an_undecided_one_says_what_it_leans_to() -> None:
    found = remarks_of(simple("整備率", "%"), RegistryEntry(id="9", name="別", retired=2020))
    assert found["direction.undecided"]["proposal"] == "higher is better"


def test_a_printed_status_is_no_evidence() -> None:
    figures = {"name": "数", "baseline": "9", "target": "5", "actual": "3"}
    assert evidence_of(**figures, status="目標達成") == evidence_of(**figures)
    assert decided(**figures, status="目標達成") == "unknown"


@pytest.mark.parametrize(
    ("names", "note", "direction"),
    [
        (("苦情件数（▼）", "認定面積"), "※（▼）のあるものは、減少を目指す指標です。", "higher"),
        (("苦情件数", "認定面積"), "※（▼）のあるものは、減少を目指す指標です。", "unknown"),
        (("苦情件数（▼）", "認定面積"), "※（▼）は再掲です。", "unknown"),
    ],
    ids=["others bear the mark", "none bears it", "the mark means something else"],
)
def test_a_name_without_the_mark_of_the_others_goes_the_other_way(names, note, direction) -> None:
    figures = {"unit": "ha", "baseline": "10", "target": "20", "actual": "15"}
    rows = [simple(name=name, **figures) for name in names]
    made = structs.replace(plan(rows), notes=(printed(note),))
    found = run(made, defaults(), edition=2025, area_code="")
    assert found.indicators[1].direction == direction


@pytest.mark.parametrize(
    ("heading", "direction"),
    [("矢印", "lower"), ("前年比", "unknown"), ("基準からの増減", "unknown")],
)
def test_how_figures_moved_is_no_direction(heading: str, direction: str) -> None:
    cells = [
        entry("name", "指標", "認定面積"),
        entry("target", "R6 目標", "20"),
        entry("actual", "R6 実績", "15"),
        entry("unknown", heading, "↓"),
    ]
    found = run(plan([row(cells)]), defaults(), edition=2025, area_code="")
    assert found.indicators[0].direction == direction


@pytest.mark.parametrize(
    ("other", "direction"), [("▲", "lower"), ("－", "lower"), ("☆", "unknown")]
)
def test_a_column_that_holds_more_than_directions_tells_none(other: str, direction: str) -> None:
    rows = [
        [
            entry("name", "指標", name),
            entry("target", "R6 目標", "20"),
            entry("actual", "R6 実績", "15"),
            entry("unknown", "できばえ", mark),
        ]
        for name, mark in (("認定面積", "▲"), ("利用面積", other))
    ]
    found = run(plan([row(cells) for cells in rows]), defaults(), edition=2025, area_code="")
    assert found.indicators[0].direction == direction


def with_rates(*rows: str) -> list[str]:
    """The directions of rows ``name target actual rate``, of towns without a registry."""
    made = []
    for text in rows:
        name, target, actual, rate = text.split()
        cells = [entry("name", "指標", name), entry("target", "R6 目標", target)]
        cells += [entry("actual", "R6 実績", actual), entry("rate", "達成率", rate)]
        made.append(row(cells))
    found = run(plan(made), defaults(), edition=2025, area_code="")
    return [one.direction for one in found.indicators]


@pytest.mark.parametrize(
    ("rows", "directions"),
    [
        # One rate is target ÷ actual: the town turns it round where less is better.
        (("甲の数 20 25 80.0％", "乙の数 20 25 125.0％", "丙の数 20 20 100％"),
         ["lower", "higher", "unknown"]),
        # All are actual ÷ target: a town may make them so whichever way is better.
        (("甲の数 20 25 125.0％", "乙の数 20 10 50.0％"), ["unknown", "unknown"]),
        # A wrong rate tells nothing, and neither does one that would be both.
        (("甲の数 20 25 87.3％", "乙の数 1000 1001 100％"), ["unknown", "unknown"]),
        # Where one that is known speaks against it, the rates are made in some other way.
        (("受診者への満足度 20 25 80.0％", "来場者の満足度（高いほど良い） 20 25 80.0％"),
         ["unknown", "higher"]),
        (("甲の数（低いほど良い） 20 25 125.0％", "乙の数 20 25 80.0％", "丙の数 20 25 125.0％"),
         ["lower", "lower", "unknown"]),
    ],
)  # fmt: skip
def test_printed_rates_tell_the_direction(rows: tuple[str, ...], directions: list[str]) -> None:
    assert with_rates(*rows) == directions


def test_words_of_the_legend_under_an_unknown_heading_are_no_direction() -> None:
    cells = [
        entry("name", "指標", "認定面積"),
        entry("target", "R6 目標", "20"),
        entry("actual", "R6 実績", "15"),
    ]
    made = plan([row([*cells, entry("unknown", "できばえ", "低下")])])
    assert run(made, defaults(), edition=2025, area_code="").indicators[0].direction == "lower"
    legend = (LegendRow(word=printed("低下"), rule=printed("実績値が基準値より悪化")),)
    judged = structs.replace(made, legend=legend)
    assert run(judged, defaults(), edition=2025, area_code="").indicators[0].direction == "unknown"
