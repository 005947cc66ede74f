"""Rows that stand twice, repeats that differ, parts left empty, texts that cannot be released."""

from __future__ import annotations

import msgspec
import pytest

from pipeline.model import Finding, Indicator, Normalized, Place, Project, Remark
from pipeline.release.dictionary import WITHHELD
from pipeline.release.view import Doubtful, published_status
from pipeline.validate import run
from tests.validate.build import document, indicator, printed, settings

HERE = Place(goal_number=1, goal="目標", policy_number=1, policy="施策")
THERE = Place(goal_number=1, goal="目標", policy_number=2, policy="別の施策")


def project(name: str = "事業", place: Place = HERE, **fields: object) -> Project:
    given = {
        "place": place,
        "name": name,
        "departments": ("企画課",),
        "summary": f"{name}の概要",
        "highlighted": False,
        "repeated": False,
        "name_printed": printed(name),
        **fields,
    }
    return Project(**given)  # type: ignore[arg-type]


def told(normalized: Normalized, family: str = "structure") -> list[Finding]:
    found = run(normalized, settings()).findings
    return [one for one in found if one.rule.startswith(f"{family}.")]


def rules(*rows: Indicator | Project, places: tuple[Place, ...] = ()) -> list[str]:
    normalized = document(
        *(row for row in rows if isinstance(row, Indicator)),
        projects=tuple(row for row in rows if isinstance(row, Project)),
        places=places,
    )
    return [one.rule for one in told(normalized)]


def test_a_row_that_stands_twice_in_one_place() -> None:
    assert rules(indicator("一"), indicator("一", identifier="b")) == ["structure.duplicate"]


def test_a_row_repeated_under_another_policy_is_no_fault() -> None:
    assert rules(indicator("一"), indicator("一", policy=2)) == []


def elsewhere(one: Indicator) -> Indicator:
    """The indicator, its name printed on another page."""
    return msgspec.structs.replace(
        one, name_printed=msgspec.structs.replace(one.name_printed, page=2)
    )


def test_a_repeat_with_other_figures() -> None:
    other = elsewhere(indicator("一", policy=2, actual="104"))
    (found,) = told(document(indicator("一"), other))
    assert found.rule == "structure.repeated-differs"
    assert (found.printed, found.expected) == ("104", "105")


def test_what_only_one_of_two_rows_prints_contradicts_nothing() -> None:
    assert rules(indicator("一"), indicator("一", policy=2, baseline=None, actual="－")) == []


def test_a_namesake_elsewhere_with_no_figure_in_common_is_another_indicator() -> None:
    other = indicator("一", policy=2, baseline="1", target="3", actual="2")
    assert rules(indicator("一"), other) == []


def test_a_row_marked_as_a_repeat_is_held_against_its_original() -> None:
    marked = indicator("会員数(再掲)", policy=2, baseline="1", target="3", actual="1253")
    marked = elsewhere(marked)
    (found,) = told(document(indicator("会員数"), marked))
    assert (found.rule, found.subject) == ("structure.repeated-differs", "会員数(再掲)")
    assert rules(indicator("会員数"), indicator("会員数(再掲)", policy=2)) == []
    assert rules(indicator("会員数"), indicator("会員数【一部再掲】")) == []


def test_repeats_may_be_counted_once() -> None:
    rows = [indicator("会員数", status="達成"), indicator("会員数(再掲)", status="達成")]
    for text, rule in (
        ("達成は1指標", []),
        ("達成は2指標", []),
        ("全2指標のうち、達成は3指標", ["summary.count"]),
    ):
        found = run(document(*rows, claims=(text,)), settings()).findings
        assert [one.rule for one in found if one.rule.startswith("summary.")] == rule


def test_the_same_name_in_another_unit_is_another_indicator() -> None:
    assert rules(indicator("一"), indicator("一", actual="1", unit="%")) == []


def test_a_repeated_project_needs_its_first() -> None:
    first, again = project("甲"), project("甲", THERE, repeated=True)
    assert rules(first, again) == []
    assert rules(project("乙"), again) == ["structure.repeat-without-first"]


def test_a_project_twice_in_one_place() -> None:
    assert rules(project("甲"), project("甲")) == ["structure.project-twice"]
    assert rules(project("甲"), project("甲", THERE)) == []
    assert rules(project("甲"), project("甲", summary="別の内容")) == []


def test_a_project_without_department_among_others_that_have_one() -> None:
    many = [project(f"事業{number}") for number in range(5)]
    bare = project("甲", departments=())
    assert rules(*many, bare) == ["structure.project-without-department"]
    assert rules(project("乙"), bare) == []


def test_a_policy_without_rows_among_others_that_have_some() -> None:
    filled = [Place(goal_number=1, policy_number=n, policy=f"施策{n}") for n in range(1, 6)]
    rows = [indicator(f"{n}", policy=n) for n in range(1, 6)]
    empty = Place(goal_number=1, policy_number=6, policy="空の施策")
    assert rules(*rows, places=tuple(filled)) == []
    assert rules(*rows, places=(*filled, empty)) == ["structure.policy-without-table"]


def test_a_number_left_out_among_the_headings() -> None:
    places = [Place(goal_number=1, policy_number=number) for number in (1, 2, 4)]
    rows = [indicator(f"{number}", policy=number) for number in (1, 2, 4)]
    (found,) = told(document(*rows, places=tuple(places)))
    assert (found.rule, found.subject) == ("structure.number-gap", "1-3")
    beyond = [Place(goal_number=number) for number in (3, 4, 5)]
    rows = [indicator(f"{number}", goal=number, policy=None) for number in (3, 4, 5)]
    assert rules(*rows, places=tuple(beyond)) == []


def test_a_name_that_would_become_a_formula_blocks() -> None:
    (found,) = told(document(indicator("=HYPERLINK(1)")), "release")
    assert (found.rule, found.severity) == ("release.formula", "blocker")
    assert told(document(indicator("－"), indicator("A=B")), "release") == []
    (found,) = told(document(indicator(), projects=(project("＋1+1", summary=""),)), "release")
    assert found.subject == "＋1+1"
    assert told(document(indicator("＋10を知っている割合"), indicator("=SUMの会")), "release") == []


def test_every_remark_of_an_earlier_stage_is_a_finding() -> None:
    remark = Remark(
        rule="vocabulary.unknown-header",
        subject="見出し",
        page=3,
        box=(1, 2, 3, 4),
        printed="謎",
        parameters={"column": "2"},
    )
    found = run(document(indicator(), remarks=(remark, remark)), settings()).findings
    (one,) = [one for one in found if one.rule == remark.rule]
    assert (one.subject, one.page, one.box, one.printed) == ("見出し", 3, (1, 2, 3, 4), "謎")
    assert one.parameters == {"column": "2"}


def test_a_remark_without_an_entry_in_the_catalogue_is_shown_too() -> None:
    remark = Remark(rule="reading.something-new", subject="何か")
    found = run(document(indicator(), remarks=(remark,)), settings()).findings
    assert "reading.something-new" in {one.rule for one in found}


def test_findings_are_ordered_by_severity_and_place() -> None:
    remarks = (
        Remark(rule="reading.b", subject="二", page=2, box=(0, 5, 1, 6)),
        Remark(rule="reading.a", subject="一", page=2, box=(0, 4, 1, 5)),
        Remark(rule="reading.c", subject="三", page=1),
    )
    rows = [indicator("=1"), indicator("乙")]
    found = run(document(*rows, remarks=remarks), settings()).findings
    assert [one.subject for one in found] == ["=1", "三", "一", "二", "試験の計画"]


def test_alike_findings_keep_their_own_keys() -> None:
    """A key does not pass to another finding when those before it are settled."""

    def keys(pages: tuple[int, ...]) -> dict[int | None, str]:
        remarks = tuple(Remark(rule="reading.a", subject="同じ", page=page) for page in pages)
        found = run(document(indicator(), remarks=remarks), settings()).findings
        return {one.page: one.key for one in found if one.rule == "reading.a"}

    three = keys((1, 2, 3))
    assert len(set(three.values())) == 3
    assert keys((2, 3)) == {page: three[page] for page in (2, 3)}


def test_a_key_does_not_depend_on_the_page() -> None:
    keys = {
        run(document(remarks=(Remark(rule="reading.a", subject="同じ", page=page),)), settings())
        .findings[0]
        .key
        for page in (1, 2)
    }
    assert len(keys) == 1


def test_a_number_whose_separators_are_misplaced_is_withheld() -> None:
    row = indicator("満足度", actual="42,5")
    assert row.actual is not None
    spot = msgspec.structs.replace(row.actual.printed, box=(200, 0, 240, 10))
    actual = msgspec.structs.replace(row.actual, printed=spot)
    doubt = Remark(
        rule="number.separator", subject=row.name, page=1, box=spot.box, printed=spot.text
    )
    doubtful = Doubtful(run(document(row, remarks=(doubt,)), settings()))
    assert doubtful.holds(row, "actual", actual)
    assert row.target is not None
    assert not doubtful.holds(row, "target", row.target)


def told_of(normalized: Normalized, rule: str) -> list[Finding]:
    return [one for one in run(normalized, settings()).findings if one.rule == rule]


@pytest.mark.parametrize(
    ("page", "box", "told"),
    [(1, (0, 0, 500, 500), False), (2, (0, 0, 500, 500), True), (1, (0, 700, 500, 800), True)],
    ids=["its table", "another page", "another table"],
)
def test_no_contradiction_is_told_of_a_table_with_columns_read_as_one(page, box, told) -> None:
    remark = Remark(rule="reading.columns-not-separated", page=page, box=box, printed="1 2")
    wrong = indicator("利用者の割合", unit="%", actual="130")

    def accused(*remarks: Remark) -> bool:
        return bool(told_of(document(wrong, remarks=remarks), "plausibility.share"))

    assert accused()
    assert accused(remark) is told


def test_no_contradiction_is_told_of_rows_that_may_have_other_names() -> None:
    wrong = indicator("利用者の割合", unit="%", actual="130")
    one = Remark(rule="structure.rows-of-one-name", subject=wrong.name, page=1)
    assert not told_of(document(wrong, remarks=(one,)), "plausibility.share")


def test_a_status_that_a_doubt_touches_is_withheld() -> None:
    row = indicator("満足度", status="改善")
    box = (300, 0, 340, 10)
    spot = msgspec.structs.replace(printed("改善"), box=box)
    seen = msgspec.structs.replace(row, status_printed=spot)
    rule = "reading.cells-not-separated"
    doubt = Remark(rule=rule, subject=row.name, page=1, box=box, printed="602 改善")
    doubtful = Doubtful(run(document(seen, remarks=(doubt,)), settings()))
    assert published_status(seen, doubtful) == WITHHELD
    assert doubtful.of(seen) == [rule]
    assert published_status(seen, Doubtful(run(document(seen), settings()))) == "改善"
