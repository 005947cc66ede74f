"""What sentences, chart labels and tables claim, and when the table contradicts it."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from msgspec.structs import replace

from pipeline.model import Claim, Entry, Finding, LegendRow, Normalized, Place, Remark, Spot
from pipeline.settings.legend import default_vocabulary
from pipeline.validate import run
from pipeline.validate.checks import ROWS_IN_DOUBT
from pipeline.validate.statements import Amount, Extreme, Total, statements
from pipeline.validate.summary import check_claims
from pipeline.validate.tally import Scope, Tally
from tests.validate.build import claim, document, indicator, printed, settings, table_row
from tests.validate.test_rates import rated

GRAMMAR = default_vocabulary().claims
WORDS = ("目標達成", "改善", "現状維持", "未達成")
MARKS = ("◎", "○", "△", "×", "－")
LETTERS = ("A", "B+", "B", "C")


def stated(text: str, words: tuple[str, ...] = WORDS, goal: int | None = None) -> list[object]:
    found: list[object] = []
    for one in statements(claim(text, goal), words, GRAMMAR, 2024):
        if isinstance(one, Amount):
            found.append((one.scope.goal, one.named, one.unit, str(one.value)))
        elif isinstance(one, Extreme):
            found.append((one.word, one.goal, "highest" if one.highest else "lowest"))
        elif isinstance(one, Total):
            found.append((one.scope.goal, "total", str(one.value)))
    return found


@pytest.mark.parametrize(
    ("text", "words", "goal", "expected"),
    [
        ("目標達成 45.4%、改善 13.1%", WORDS, None,
         [(None, "目標達成", "share", "45.4"), (None, "改善", "share", "13.1")]),
        ("「A」が13指標(48.1%)、「C」が0指標(0.0%)となりました", (), None, []),
        ("目標達成 ４５．４％", WORDS, None, [(None, "目標達成", "share", "45.4")]),
        ("目標達成\n45.4%", WORDS, None, [(None, "目標達成", "share", "45.4")]),
        ("目標達成の割合は45.4%(59件)でした。", WORDS, None,
         [(None, "目標達成", "share", "45.4"), (None, "目標達成", "count", "59")]),
        ("未達成が 48.0%となり", WORDS, 3, [(3, "未達成", "share", "48.0")]),
        ("基本目標3では、未達成が48.0%です", WORDS, None, [(3, "未達成", "share", "48.0")]),
        ("基本目標三の未達成は12件", WORDS, None, [(3, "未達成", "count", "12")]),
        ("基本目標１は目標達成7件、全体では目標達成58件", WORDS, None,
         [(1, "目標達成", "count", "7"), (None, "目標達成", "count", "58")]),
        ("全130指標のうち、目標達成は58指標", WORDS, None,
         [(None, "total", "130"), (None, "目標達成", "count", "58")]),
        ("14の指標のうち、Aが5、B+が4、Cが2となりました。", LETTERS, None,
         [(None, "total", "14"), (None, "A", "count", "5"), (None, "B+", "count", "4"),
          (None, "C", "count", "2")]),
        ("Cの8指標のうち、Aが5、Bが3", LETTERS, None, []),
        ("評価◎が9指標、未集計△は3指標、業務改善は2件", (*MARKS, "改善"), None,
         [(None, "◎", "count", "9"), (None, "△", "count", "3")]),
        ("全14指標のうち、10指標で改善した", WORDS, None,
         [(None, "total", "14"), (None, "改善", "count", "10")]),
        ("目標達成し、3指標で悪化した", ("目標達成し", "悪化"), None,
         [(None, "悪化", "count", "3")]),
        ("10指標で改善率が上がり、2指標が改善となるよう努め、1指標が維持に改善した",
         ("改善", "維持"), None, []),
        ("目標達成は1,058件", WORDS, None, [(None, "目標達成", "count", "1058")]),
        ("「◎」が9指標（25.0％）、「－」が1指標", MARKS, None,
         [(None, "◎", "count", "9"), (None, "◎", "share", "25.0"), (None, "－", "count", "1")]),
        ("B+評価は11件、Bは5件", LETTERS, None,
         [(None, "B+", "count", "11"), (None, "B", "count", "5")]),
        ("目標達成の割合は基本目標1が最も低い", WORDS, None, [("目標達成", 1, "lowest")]),
        ("目標達成の割合が最も低いのは基本目標1です", WORDS, None, [("目標達成", 1, "lowest")]),
        ("最も多いのは未達成です", WORDS, 2, [("未達成", None, "highest")]),
        ("目標達成の割合が最も高かったのは基本目標5（50.0%）、最も低かったのは基本目標1（30.4%）",
         WORDS, None,
         [(5, "目標達成", "share", "50.0"), (1, "目標達成", "share", "30.4"),
          ("目標達成", 5, "highest"), ("目標達成", 1, "lowest")]),
        ("目標達成は、基本目標1が30.4%、基本目標2が47.8%です", WORDS, None,
         [(1, "目標達成", "share", "30.4"), (2, "目標達成", "share", "47.8")]),
        ("目標達成の割合は基本目標3（25指標）が最も低い", WORDS, None, [("目標達成", 3, "lowest")]),
        ("目標達成と現状維持を合わせると56.2%です", WORDS, None,
         [(None, "目標達成・現状維持", "share", "56.2")]),
        ("目標達成は前年度の40.0%から増えました", WORDS, None, []),
        ("前年度は目標達成40.0%でした", WORDS, None, []),
        ("令和5年度は目標達成40.0%、令和6年度は目標達成45.4%でした", WORDS, None,
         [(None, "目標達成", "share", "45.4")]),
        ("令和6年度末時点で、目標達成45.4%", WORDS, None, [(None, "目標達成", "share", "45.4")]),
        ("59指標（45.4%）が目標達成、17指標（13.1%）が改善", WORDS, None,
         [(None, "目標達成", "count", "59"), (None, "目標達成", "share", "45.4"),
          (None, "改善", "count", "17"), (None, "改善", "share", "13.1")]),
        ("目標達成は80%以上を目指します", WORDS, None, []),
        ("基本目標3は、計画の最終年度に向けて、未達成が48.0%", WORDS, None,
         [(3, "未達成", "share", "48.0")]),
        ("前期比△5%、－3件", MARKS, None, []),
        ("△は5指標、－が3指標", MARKS, None,
         [(None, "△", "count", "5"), (None, "－", "count", "3")]),
        ("目標達成 59（45.4%）", WORDS, None,
         [(None, "目標達成", "count", "59"), (None, "目標達成", "share", "45.4")]),
        ("目標達成 59 45.4%", WORDS, None,
         [(None, "目標達成", "count", "59"), (None, "目標達成", "share", "45.4")]),
        ("目標達成は45.4%（40.0%）", WORDS, None, [(None, "目標達成", "share", "45.4")]),
        ("目標値以上（◎・○）は17指標（47.2%）", MARKS, None,
         [(None, "◎・○", "count", "17"), (None, "◎・○", "share", "47.2")]),
        ("「◎」と「○」は17指標", MARKS, None, [(None, "◎・○", "count", "17")]),
        ("目標達成、改善は、合わせて76指標", WORDS, None, []),
        ("目標達成、改善が76指標", WORDS, None, []),
        ("目標達成に向けて3件の事業を行います", WORDS, None, []),
        ("SDGsのAが20%", LETTERS, None, [(None, "A", "share", "20")]),
        ("AIの導入が20%", LETTERS, None, []),
        ("45.4%", WORDS, None, []),
    ],
)  # fmt: skip
def test_what_a_text_states(
    text: str, words: tuple[str, ...], goal: int | None, expected: list[object]
) -> None:
    assert stated(text, words, goal) == expected


def number_of_all(number: int, goal: int | None = None) -> Claim:
    """A summary that says only how many indicators there are."""
    entries = (Entry(kind="summary", header="全体", printed=printed(f"{number}件")),)
    place = Place(goal_number=goal)
    return Claim(source="table", place=place, printed=printed(""), entries=entries, named=True)


def plan(counts: dict[int, dict[str, int]], *claims: str | Claim) -> Normalized:
    """A plan with so many indicators of each status under each goal, and their number printed."""
    every = sum(sum(statuses.values()) for statuses in counts.values())
    return bare_plan(counts, number_of_all(every), *claims)


def bare_plan(counts: dict[int, dict[str, int]], *claims: str | Claim) -> Normalized:
    """The same where nothing says how many indicators there are."""
    rows = [
        indicator(f"指標{goal}{word}{number}", goal=goal, status=word)
        for goal, statuses in counts.items()
        for word, count in statuses.items()
        for number in range(count)
    ]
    return document(*rows, claims=claims)


def told(normalized: Normalized) -> list[Finding]:
    return [f for f in run(normalized, settings()).findings if f.rule.startswith("summary.")]


@pytest.mark.parametrize(
    ("borne", "rule"),
    [({}, "structure.count-differs"), ({"未達成": 2}, "summary.count")],
    ids=["none", "others"],
)
def test_counts_contradict_nothing_where_no_status_was_read(
    borne: dict[str, int], rule: str
) -> None:
    """They stand in a remark, say: the counts are a doubt about the reading then."""
    number = Total(Scope(), Decimal(2))
    one = claim("目標達成 1件、未達成 1件")
    stated = [*statements(one, WORDS, GRAMMAR, 2024), number]
    found = list(check_claims([(one, stated)], [{Scope(): Tally(borne, 2)}]))
    assert [each.rule for each in found] == [rule]


THIRDS = {1: {"達成": 1, "改善": 1, "未達成": 1}}


@pytest.mark.parametrize(
    "text",
    [
        "達成 33.3%、改善 33.3%、未達成 33.3%",
        "達成 33.4%、改善 33.3%、未達成 33.3%",
        "達成 33%、改善 33%、未達成 33%",
        "達成 1件(33%)、改善 1件(33%)",
    ],
)
def test_rounding_that_cannot_sum_to_100_is_understood(text: str) -> None:
    assert told(plan(THIRDS, text)) == []


@pytest.mark.parametrize(
    "text", ["達成 33.4%、改善 33.3%", "達成 34%、改善 33%、未達成 34%", "達成 2件、改善 1件"]
)
def test_what_no_rounding_explains_is_told(text: str) -> None:
    assert len(told(plan(THIRDS, text))) == 1


def test_cut_off_shares_are_accepted_only_together() -> None:
    counts = {1: {"達成": 2, "改善": 1}}
    assert told(plan(counts, "達成 66%、改善 33%")) == []
    assert told(plan(counts, "達成 67%、改善 33%")) == []
    assert len(told(plan({1: {"達成": 2, "改善": 4}}, "達成 33%、改善 66%、達成 34%"))) == 1


def test_shares_may_be_of_all_indicators_or_of_the_judged_ones() -> None:
    rows = [*(indicator(f"a{n}", status="達成") for n in range(3)), indicator("b", status=None)]
    assert told(document(*rows, claims=("達成 75%",))) == []
    assert told(document(*rows, claims=("達成 100%",))) == []
    assert len(told(document(*rows, claims=(number_of_all(4), "達成 80%")))) == 1


def test_a_wrong_share_does_not_make_the_right_ones_wrong() -> None:
    counts = {"◎": 5, "○": 3, "△": 5, "×": 2}
    rows = [indicator(f"{w}{n}", status=w) for w, count in counts.items() for n in range(count)]
    rows.append(indicator("未公表", status=None))
    text = "全16指標のうち、◎が31.3％、○が18.8％、△が31.3％、×が12.5％となった。"
    assert told(document(*rows, claims=(text,))) == []
    (found,) = told(document(*rows, claims=(text.replace("◎が31.3", "◎が37.5"),)))
    assert (found.printed, found.expected) == ("◎ 37.5%", "◎ 31.3%(5/16)")


def test_shares_of_all_accuse_nothing_where_a_row_bears_another_status() -> None:
    counts = {1: {"達成": 5, "改善": 2, "未達成": 3}}
    text = "達成 60%、改善 20%、未達成 20%"
    assert told(plan(counts, text))
    counts[1] = {"達成": 5, "改善": 2, "未達成": 2, "成": 1}
    assert not [one for one in told(plan(counts, text)) if one.severity == "error"]


def test_the_total_that_a_text_names_is_what_its_share_is_of() -> None:
    rows = [*(indicator(f"a{n}", status="達成") for n in range(3)), indicator("b", status=None)]
    (found,) = told(document(*rows, claims=("全4指標のうち、達成は80%です。",)))
    assert found.expected == "達成 75%(3/4)"


def test_a_wrong_share_among_cut_off_ones_stands_alone() -> None:
    counts = {1: {"達成": 2, "改善": 2, "未達成": 2}}
    (found,) = told(plan(counts, "達成 33.3%、改善 33.3%、未達成 34.0%"))
    assert found.printed == "未達成 34.0%"
    (found,) = told(
        plan({1: {"達成": 4, "改善": 1, "未達成": 1}}, "達成 66%、改善 16%、未達成 18%")
    )
    assert found.printed == "未達成 18%"


def test_a_wrong_claim_is_told_once_though_repeated() -> None:
    found = told(plan(THIRDS, "達成 40.0%", "達成 40.0%です。", "達成は40.0%"))
    assert [(f.subject, f.printed, f.expected) for f in found] == [
        ("全体", "達成 40.0%", "達成 33.3%(1/3)")
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("達成の割合は基本目標1が最も低い", False),
        ("達成の割合は基本目標2が最も低い", True),
        ("達成の割合が最も高いのは基本目標3です", False),
        ("達成の件数が最も多いのは基本目標3です", False),
        ("未達成の割合は基本目標3が最も高い", True),
        ("最も多いのは未達成です", False),
        ("最も多いのは達成です", True),
        ("達成の割合は基本目標9が最も低い", False),
    ],
)
def test_comparative_sentences(text: str, wrong: bool) -> None:
    counts = {
        1: {"達成": 1, "未達成": 3},
        2: {"達成": 2, "未達成": 2},
        3: {"達成": 3, "未達成": 1},
        4: {"達成": 2, "未達成": 3},
    }
    assert [f.rule for f in told(plan(counts, text))] == ["summary.comparison"] * wrong


def test_a_chart_in_the_wrong_place_is_recognised_by_its_figures() -> None:
    counts = {1: {"達成": 1, "改善": 2, "未達成": 3}, 2: {"達成": 4, "改善": 5, "未達成": 6}}
    overall = "達成5件、改善7件、未達成9件"
    misplaced = Claim(source="label", place=Place(goal_number=2), printed=printed(overall))
    assert told(plan(counts, misplaced)) == []
    wrong = Claim(
        source="label", place=Place(goal_number=2), printed=printed("達成5件、改善7件、未達成8件")
    )
    assert len(told(plan(counts, wrong))) == 1


def test_words_may_be_counted_together() -> None:
    counts = {1: {"達成": 3, "改善": 2, "未達成": 5}}
    assert told(plan(counts, "達成と改善は5指標（50%）です")) == []
    assert told(plan(counts, "達成・改善は2指標です")) == []
    (found,) = told(plan(counts, "達成と改善は6指標です"))
    assert (found.printed, found.expected) == ("達成・改善 6", "達成・改善 5")


def test_repeated_indicators_may_be_counted_once() -> None:
    rows = [
        indicator("甲", status="達成"),
        indicator("甲", policy=2, status="達成"),
        indicator("乙", status="未達成"),
    ]
    assert told(document(*rows, claims=("達成は2指標、未達成は1指標",))) == []
    assert told(document(*rows, claims=("達成は1指標、未達成は1指標",))) == []
    assert len(told(document(*rows, claims=("全3指標のうち、達成は3指標、未達成は1指標",)))) == 1


@pytest.mark.parametrize(
    ("claimed", "rules"),
    [
        (table_row(1, "1", {"達成": "1", "改善": "1", "未達成": "1", "合計": "3"}), []),
        (table_row(1, "1", {"達成": "2", "合計": "3"}), ["summary.count"]),
        (table_row(1, "1", {"達成": "1", "合計": "4"}), []),  # structure.count-differs
        (table_row(None, "割合(%)", {"達成": "33.3", "改善": "33.3"}), []),
        (table_row(None, "割合(%)", {"達成": "35.0"}), ["summary.share"]),
        (table_row(None, "", {"達成(件)": "1(33.3%)"}), []),
        (table_row(None, "", {"達成(件)": "2(33.3%)"}), ["summary.count"]),
        (table_row(7, "7", {"達成": "5"}), []),
    ],
)
def test_rows_of_a_summary_table(claimed: Claim, rules: list[str]) -> None:
    assert [f.rule for f in told(plan(THIRDS, claimed))] == rules


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"80%以上(指標)": "2", "50%以上80%未満(指標)": "1", "50%未満(指標)": "1"}, []),
        ({"80%以上(指標)": "3", "50%未満(指標)": "1"}, ["80%以上 2"]),
        ({"50〜79%(指標)": "1", "全体(指標)": "4"}, []),
        ({"50%未満(%)": "25.0"}, []),
    ],
)
def test_bands_of_rates_are_counted(cells: dict[str, str], expected: list[str]) -> None:
    rows = [
        rated(f"{rate}", target="200", actual=f"{2 * rate}", rate=f"{rate}")
        for rate in (120, 80, 79, 20)
    ]
    found = told(document(*rows, claims=(table_row(None, "件数", cells),)))
    assert [one.expected for one in found] == expected


def test_a_claim_stands_in_the_group_of_its_goal() -> None:
    claimed = table_row(1, "1", {"達成": "1", "改善": "1"})
    groups = {g.goal_number: g for g in run(plan(THIRDS, claimed), settings()).summary}
    assert groups[1].counts_printed == {"達成": "1", "改善": "1"}
    assert groups[None].counts_printed == {}


def test_a_scope_holds_its_policies() -> None:
    place = Place(goal_number=1, policy_number=2)
    assert Scope().holds(place)
    assert Scope(1).holds(place)
    assert Scope(1, 2).holds(place)
    assert not Scope(2).holds(place)
    assert not Scope(1, 1).holds(place)


# --------------------------------------------------------------------------- completeness, scopes

TWENTY = {1: {"達成": 5, "改善": 3, "未達成": 2}, 2: {"達成": 4, "改善": 4, "未達成": 2}}


def every(normalized: Normalized) -> list[tuple[str, str]]:
    found = run(normalized, settings()).findings
    return [
        (f.rule, f.subject) for f in found if f.rule.startswith(("summary.", "structure.count"))
    ]


@pytest.mark.parametrize(
    ("texts", "rules"),
    [
        # nothing proves that all rows were read: a row may be lost
        (["達成は10指標"], [("structure.count-differs", "全体")]),
        (["達成10件、改善7件、未達成4件"], [("structure.count-differs", "全体")]),
        (["全21指標のうち、達成は9指標"], [("structure.count-differs", "全体")]),
        (["達成 45.2%、改善 34.1%、未達成 20.7%"], [("structure.count-differs", "全体")]),
        # the number of all indicators is that which was read: the document is wrong
        (["全20指標のうち、達成は10指標"], [("summary.count", "全体")]),
        (["達成10件、改善6件、未達成4件"], [("summary.count", "全体")]),
        (["達成9件、改善7件、未達成4件", "全21指標のうち、達成は9指標"],
         [("summary.count", "全体")]),
        (["全20指標のうち、達成は9指標", "達成 45.2%、改善 34.1%、未達成 20.7%"],
         [("summary.share", "全体")]),
        # shares that are all right prove it too; one of three that is wrong is a misprint
        (["達成 45%、改善 35%、未達成 20%", "達成は10指標"], [("summary.count", "全体")]),
        (["達成 45%、改善 35%、未達成 25%"], [("summary.share", "全体")]),
        # not where another number shows that a row is missing
        (["達成 45%、改善 35%、未達成 25%", "全21指標のうち、達成は10指標"],
         2 * [("structure.count-differs", "全体")]),
        # the whole proves its goals, unless a goal's own number says that rows are missing
        (["全20指標のうち、達成は9指標", "基本目標1の達成は6指標"], [("summary.count", "目標1")]),
        (["全20指標のうち、達成は9指標", "基本目標1の達成は6指標、改善は3指標、未達成は2指標"],
         [("structure.count-differs", "目標1")]),
    ],
)  # fmt: skip
def test_a_count_that_differs_is_a_contradiction_only_if_all_was_read(
    texts: list[str], rules: list[tuple[str, str]]
) -> None:
    assert every(bare_plan(TWENTY, *texts)) == rules


@pytest.mark.parametrize("rule", sorted(ROWS_IN_DOUBT))
def test_a_number_that_agrees_proves_nothing_where_rows_are_in_doubt(rule: str) -> None:
    plan = bare_plan(TWENTY, "全20指標のうち、達成は10指標")
    doubted = msgspec.structs.replace(plan, remarks=(Remark(rule=rule, page=1),))
    assert every(doubted) == [("structure.count-differs", "全体")]


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        # under goal 2 stand the numbers of the whole plan, with and without a fault
        ("達成9件、改善7件、未達成4件", []),
        ("達成9件、改善7件、未達成5件", [("summary.count", "全体")]),
        # nothing fits: nobody is accused
        ("達成1件、改善9件、未達成7件", [("summary.scope-unclear", "目標2")]),
        # its own words name the goal
        ("基本目標2の達成は9件、改善は7件", [("summary.count", "目標2")]),
    ],
)
def test_where_a_claim_stands_does_not_say_what_it_counts(
    text: str, rules: list[tuple[str, str]]
) -> None:
    one = msgspec.structs.replace(claim(text, goal=2), named=text.startswith("基本目標2"))
    assert every(plan(TWENTY, one)) == rules


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("全20指標のうち、達成は9指標", []),
        ("全20指標のうち、達成は10指標", [("summary.count", "目標1")]),
    ],
)
def test_in_a_plan_of_one_goal_a_claim_is_of_it_wherever_it_stands(
    text: str, rules: list[tuple[str, str]]
) -> None:
    counts = {"達成": 9, "改善": 7, "未達成": 4}
    assert every(plan({1: counts}, claim(text, goal=1))) == rules


def test_bands_that_count_other_rates_than_were_read_accuse_nobody() -> None:
    rows = [rated(str(n), "100", str(n), str(n)) for n in (100, 90, 40)]
    for counts, rules in ((("1", "2"), ["summary.count"]), (("3", "1"), [])):
        row = table_row(None, "", dict(zip(("80%以上(件)", "80%未満(件)"), counts, strict=True)))
        found = run(document(*rows, claims=(row,)), settings()).findings
        assert [f.rule for f in found if f.rule.startswith("summary.")][:1] == rules


def test_a_wrong_amount_is_shown_where_it_stands() -> None:
    """Its cell, or its own label of a chart."""
    counts = {1: {"達成": 2, "改善": 1, "未達成": 1}}
    spots = [Spot(page=1, box=(0, top, 100, top + 10)) for top in (40, 80)]
    labels = Claim(
        source="label",
        place=Place(),
        printed=replace(printed("未達成 25%\n達成 60%\n改善 25%"), continued=tuple(spots)),
    )
    row = Claim(
        source="table",
        place=Place(goal_number=1),
        printed=printed("1"),
        entries=(
            Entry(kind="summary", header="改善", printed=printed("12", top=60)),
            Entry(kind="summary", header="合計", printed=printed("4")),
        ),
        named=True,
    )
    found = [one for claimed in (labels, row) for one in told(plan(counts, claimed))]
    assert [(one.printed, one.box) for one in found] == [
        ("達成 60%", (0, 40, 100, 50)),
        ("改善 12", (0, 60, 100, 70)),
    ]


def test_a_count_above_its_share_in_brackets_is_a_count() -> None:
    heading = claim("基本目標1", 1)
    entries = tuple(
        Entry(kind="summary", header=word, printed=printed(text))
        for word, text in (("目標達成", "4\n(57.1%)"), ("改善", "3 42.9%"))
    )
    found = statements(replace(heading, entries=entries), WORDS, GRAMMAR, 2024)
    assert [(one.named, one.unit, str(one.value)) for one in found if isinstance(one, Amount)] == [
        ("目標達成", "count", "4"),
        ("目標達成", "share", "57.1"),
        ("改善", "count", "3"),
        ("改善", "share", "42.9"),
    ]


@pytest.mark.parametrize(
    ("caption", "speaks_of_it"),
    [
        ("", True),
        ("令和6年度の達成状況", True),
        ("令和7年度の評価", True),
        ("令和5年度の達成状況", False),
        ("前年度の達成状況", False),
        ("計画期間最終年度の見込み", False),
    ],
)
def test_a_summary_under_a_caption_of_another_time_claims_nothing(
    caption: str, speaks_of_it: bool
) -> None:
    said = replace(claim("目標達成 45.4%"), source="label", caption=caption)
    assert bool(statements(said, WORDS, GRAMMAR, 2024)) is speaks_of_it


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("全20指標のうち、達成は10指標、改善は7指標、未達成は4指標", [("summary.count", "全体")]),
        ("全20指標のうち、達成は9指標、改善は7指標、未達成は4指標", []),
        ("全21指標のうち、達成は10指標、改善は7指標、未達成は4指標",
         [("structure.count-differs", "全体"), ("structure.count-differs", "目標2")]),
    ],
)  # fmt: skip
def test_the_number_of_all_indicators_proves_the_plan_below_its_last_goal(
    text: str, rules: list[tuple[str, str]]
) -> None:
    assert every(bare_plan(TWENTY, claim(text, goal=2))) == rules


def test_a_word_that_no_indicator_bears_is_not_the_one_that_ends_it() -> None:
    text = (
        "全20指標のうち、「達成」が9指標、「概ね達成」が0指標、「改善」が7指標、「未達成」が4指標"
    )
    assert every(bare_plan(TWENTY, text)) == []


@pytest.mark.parametrize(
    ("read", "said", "accused"),
    [
        ("105.3%達成", "達成 5指標、未達成 4指標", False),
        ("未成", "達成 4指標、未達成 5指標", False),
        ("継続", "達成 5指標、未達成 4指標", True),
    ],
    ids=["read together with a rate", "cut", "another word"],
)
def test_a_status_that_may_be_a_word_of_the_legend_accuses_no_summary(read, said, accused) -> None:
    """Its count is right if the status is that word; of another word this cannot be said."""
    legend = tuple(LegendRow(word=printed(word), rule=printed(word)) for word in ("達成", "未達成"))
    borne = ["達成"] * 4 + ["未達成"] * 4 + [read]
    rows = [indicator(f"指標{at}", status=status) for at, status in enumerate(borne)]
    one = claim(f"全9指標のうち、{said}")
    found = run(document(*rows, claims=(one,), legend=legend), settings()).findings
    assert any(one.rule.startswith("summary.") for one in found) is accused


@pytest.mark.parametrize(
    ("beside", "top", "accused"),
    [(0.0, 0.0, False), (400.0, 0.0, False), (0.0, 500.0, True)],
    ids=["its", "in its row", "another"],
)
def test_a_summary_of_which_a_part_is_hidden_accuses_nobody(beside, top, accused) -> None:
    rows = [indicator(f"指標{at}", status="達成") for at in range(3)]
    one = claim("全3指標のうち、達成 2指標、未達成 1指標")
    left, _, right, bottom = one.printed.box
    box = (left + beside, top, right + beside, bottom + top)
    hidden = Remark(rule="reading.hidden-text", page=1, box=box, printed="3")
    found = run(document(*rows, claims=(one,), remarks=(hidden,)), settings()).findings
    assert any(one.rule.startswith("summary.") for one in found) is accused
