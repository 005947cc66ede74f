"""A decision settles its doubt, stands beside what was printed, and holds while the paper does."""

from __future__ import annotations

import csv
import shutil

import pytest
from msgspec.structs import replace

from pipeline.cache.store import folder_digests
from pipeline.desk import decide
from pipeline.desk.choices import chosen
from pipeline.desk.corrections import save, undo
from pipeline.desk.waiting import open_findings
from pipeline.errors import ExitCode, SettingsError, UsageError
from pipeline.japanese.text import label
from pipeline.model import Finding, Normalized, Validated
from pipeline.settings import decisions
from pipeline.settings.decisions import ACTIONS, Decision
from pipeline.validate.catalogue import RULES
from pipeline.validate.decided import with_decisions
from tests.review.conftest import AREA, EDITION, SIGNED, Town

HEAD = f'area = "{AREA}"\nedition = {EDITION}\n'


def found_by(town: Town, rule: str, printed: str = "") -> Finding:
    found = [one for one in town.desk().validated.findings if one.rule == rule]
    return next(one for one in found if not printed or one.printed == printed)


def take(town: Town, found: Finding, what: str, **options: str) -> Decision:
    desk = town.desk()
    choice = chosen(found, what)
    made = decide.decision(desk, found, choice, reason="課に確認", **SIGNED, **options)
    save(town.corrections, AREA, EDITION, [made])
    return made


def indicator(town: Town, name: str) -> dict:
    return next(one for one in town.data()["indicators"] if one["name"] == name)


def test_a_report_full_of_doubts_is_decided_and_released(town) -> None:
    waiting = open_findings(town.desk())
    assert len(waiting) >= 25
    assert len({one.rule for one in waiting}) >= 18
    town.settle(waiting)
    assert town.run().exit_code == 0
    town.settle(open_findings(town.desk()))
    result = town.run()
    assert (result.exit_code, result.findings["blocker"], result.findings["error"]) == (0, 0, 0)
    assert open_findings(town.desk()) == []
    assert not [one for one in town.data()["indicators"] if "X" in one["missing"].values()]


def test_a_decided_value_stands_beside_what_was_printed(town) -> None:
    assert indicator(town, "体験農園の利用者数")["missing"] == {"actual": "X"}
    take(town, found_by(town, "number.separator", "14,20"), "1,420")
    town.run()
    released = indicator(town, "体験農園の利用者数")
    assert (released["actual"], released["missing"]) == ("1420", {})
    actual = next(one for one in released["values"] if one["kind"] == "actual")
    assert actual["printed"] == "14,20"
    assert actual["decided"] == {
        "field": "actual",
        "taken": "1,420",
        "reason": "課に確認",
        "who": "企画課",
        "when": "2026-04-01",
    }
    path = town.output / "release" / "provenance.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    row = next(row for row in rows if row["原文表記"] == "14,20")
    assert (row["決定"], row["決定者"], row["決定理由"]) == (
        "actual: 1,420",
        "企画課",
        "課に確認",
    )


def test_a_note_on_what_is_as_printed_is_published(town) -> None:
    found = found_by(town, "plausibility.share")
    take(town, found, "seen")
    town.run()
    settled = next(one for one in town.data()["findings"] if one["key"] == found.key)
    assert (settled["severity"], settled["decided"]["reason"]) == ("info", "課に確認")


@pytest.mark.parametrize(
    ("rule", "printed", "what", "name", "field", "expected"),
    [
        ("unit.missing", "", "人", "地産地消の協力店数", "unit", "人"),
        ("unit.unknown", "", "unit:件", "認定農業者数", "unit", "件"),
        ("release.formula", "", "リンク", "リンク", "actual", "2"),
        ("number.ditto", "", "7", "創業支援の件数", "actual", "7"),
        ("plausibility.sign", "", "value:240", "救急講習の受講者数", "actual", "240"),
        ("plausibility.magnitude", "100", "value:10", "介護予防の拠点数", "actual", "10"),
    ],
)
def test_fields_are_released_as_decided(town, rule, printed, what, name, field, expected) -> None:
    take(town, found_by(town, rule, printed), what)
    town.run()
    assert indicator(town, name)[field] == expected


def test_a_row_that_is_no_indicator_is_left_out(town) -> None:
    before = len(town.data()["indicators"])
    take(town, found_by(town, "structure.duplicate"), "not-indicator")
    town.run()
    assert len(town.data()["indicators"]) == before - 1


def test_a_row_goes_on_with_the_one_above(town) -> None:
    take(town, found_by(town, "structure.row-without-name"), "join")
    town.run()
    joined = indicator(town, "林道の整備延長")
    assert [one["printed"] for one in joined["values"] if one["kind"] == "actual"] == ["11.5\n9"]


def test_a_heading_gets_its_role(town) -> None:
    take(town, found_by(town, "vocabulary.unknown-header"), "role:actual")
    town.run()
    assert not [
        one for one in town.data()["findings"] if one["rule"] == "vocabulary.unknown-header"
    ]


def test_a_direction_is_declared_in_either_language(town) -> None:
    town.own.mkdir(parents=True, exist_ok=True)
    named = town.desk().normalized.indicators[0]
    printed = named.name_printed
    one = Decision(
        action="direction",
        value="lower",
        page=printed.page,
        box=printed.box,
        expect=printed.text,
        reason="要綱による",
    )
    save(town.corrections, AREA, EDITION, [one])
    town.corrections.write_text(
        town.corrections.read_text(encoding="utf-8").replace('"lower"', '"下向き"'),
        encoding="utf-8",
    )
    town.run()
    assert indicator(town, named.name)["direction"] == "lower"


def test_a_year_is_given_to_all_baselines(town) -> None:
    found = found_by(town, "number.separator", "14,20")
    one = Decision(
        action="year",
        field="baseline",
        value="2019",
        finding="year.baseline-undated-0",
        reason="計画書による",
    )
    save(town.corrections, AREA, EDITION, [one])
    assert found.page is not None
    assert town.run().failure is None


def test_a_value_of_an_indicator_by_its_id(town) -> None:
    named = next(one for one in town.desk().normalized.indicators if one.name == "宿泊者数")
    one = Decision(
        action="value", indicator=named.id, field="actual", value="45", expect="4..5", reason="確認"
    )
    save(town.corrections, AREA, EDITION, [one])
    town.run()
    assert indicator(town, "宿泊者数")["actual"] == "45"


def test_the_document_gets_another_title(town) -> None:
    one = decide.titled(town.desk(), "しらかば町実施状況", reason="表紙による", **SIGNED)
    save(town.corrections, AREA, EDITION, [one])
    town.run()
    assert town.data()["document"]["title"] == "しらかば町実施状況"
    save(town.corrections, AREA, EDITION, [replace(one, expect="前の題名")])
    assert town.run().exit_code == ExitCode.DOUBTS
    assert town.data()["document"]["title"] == one.expect


def test_a_row_that_no_reader_took_is_given_from_the_page(town) -> None:
    found = found_by(town, "reading.row-outside-tables")
    made = take(town, found, "row:図書館の貸出冊数|冊|12,000|13,000|12,800|13,500|")
    assert made.expect == "※図書館の貸出冊数　冊　12,000　13,000　12,800　13,500"
    town.run()
    given = indicator(town, "図書館の貸出冊数")
    assert (given["goal_number"], given["unit"], given["actual"]) == (2, "冊", "12800")
    actual = next(one for one in given["values"] if one["kind"] == "actual")
    assert (actual["page"], actual["decided"]["reason"]) == (found.page, "課に確認")
    assert given["reader"] == "person"
    assert next(one for one in town.data()["findings"] if one["key"] == found.key)["decided"]


def test_a_given_row_needs_all_its_cells(town) -> None:
    found = found_by(town, "reading.row-outside-tables")
    with pytest.raises(UsageError) as raised:
        take(town, found, "row:図書館の貸出冊数|冊|12,000")
    assert raised.value.parameters["count"] == "7"
    assert "学校図書の冊数 | 冊 | 12,000" in raised.value.parameters["example"]


def test_a_given_row_is_told_where_the_paper_has_changed(town) -> None:
    found = found_by(town, "reading.row-outside-tables")
    made = take(town, found, "row:図書館の貸出冊数|冊|12,000|13,000|12,800|13,500|")
    save(town.corrections, AREA, EDITION, [replace(made, expect="別の行")])
    assert town.run().exit_code == ExitCode.DOUBTS
    assert found_by(town, "decision.gone").expected == "別の行"


def test_a_row_is_parted_into_two(town) -> None:
    named = next(one for one in town.desk().normalized.indicators if one.name == "林道の整備延長")
    printed = named.name_printed
    one = Decision(
        action="split",
        page=printed.page,
        box=printed.box,
        expect=printed.text,
        value="林道の整備延長|km|10.0|12.0|11.5|12.5|◇//作業道の整備延長|km|7|8|9|10|◎",
        reason="紙面",
    )
    save(town.corrections, AREA, EDITION, [one])
    town.run()
    parted = [indicator(town, name) for name in ("林道の整備延長", "作業道の整備延長")]
    assert [one["actual"] for one in parted] == ["11.5", "9"]
    assert [one["values"][0]["decided"]["reason"] for one in parted] == ["紙面", "紙面"]
    spots = [one["values"][0]["box"] for one in parted]
    assert spots[0][3] == spots[1][1]


@pytest.mark.parametrize("given", ["table:name target", "table:name target note unit"])
def test_roles_are_given_for_every_column(town, given) -> None:
    found = found_by(town, "structure.value-table-not-understood")
    with pytest.raises(UsageError) as raised:
        take(town, found, given)
    assert raised.value.parameters["headings"] == "備品名 | 計画値 | 備考欄"


def test_a_table_gets_its_columns(town) -> None:
    found = found_by(town, "structure.value-table-not-understood")
    take(town, found, "table:name target note")
    town.run()
    assert indicator(town, "トラック")["note"] == "更新"
    assert "備品名" not in [one["name"] for one in town.data()["indicators"]]


def test_a_row_that_is_only_counted_needs_a_place(town) -> None:
    found = found_by(town, "structure.count-differs")
    cells = "row:河川の清掃回数|回|1|2|3|4|◎"
    with pytest.raises(UsageError):
        take(town, found, cells)
    desk = town.desk()
    there = decide.moved(found, 2, (48, 700, 540, 720))
    made = decide.decision(desk, there, chosen(there, cells), reason="紙面", **SIGNED)
    save(town.corrections, AREA, EDITION, [made])
    town.run()
    given = indicator(town, "河川の清掃回数")
    assert (given["goal_number"], given["actual"], given["page"]) == (1, "3", 2)


def test_the_statuses_are_judged_by_rules_that_a_person_gave(town) -> None:
    found = found_by(town, "legend.lacks-word")
    rules = "rules:◎：目標値以上 / ○：基準値以上 / △：基準値未満 / ◇：評価対象外"
    with pytest.raises(UsageError):
        take(town, found, "rules:◎：よい / ○：わるい")
    take(town, found, rules)
    town.run()
    judged = [one["status_recomputed"] for one in town.data()["indicators"]]
    assert judged.count("◎") > 2
    assert {"◎", "○"} <= set(judged)


# --------------------------------------------------------------------------- it no longer holds


def test_a_decision_for_another_print_is_told_and_not_applied(town) -> None:
    made = take(town, found_by(town, "number.separator", "14,20"), "1,420")
    save(town.corrections, AREA, EDITION, [replace(made, expect="14,10")])
    result = town.run()
    assert result.exit_code == ExitCode.DOUBTS
    told = found_by(town, "decision.expectation")
    assert (told.printed, told.expected) == ("14,20", "14,10")
    assert indicator(town, "体験農園の利用者数")["missing"] == {"actual": "X"}


def test_a_decision_whose_place_is_gone_is_told(town) -> None:
    made = take(town, found_by(town, "number.separator", "14,20"), "1,420")
    save(town.corrections, AREA, EDITION, [replace(made, page=4)])
    assert town.run().exit_code == ExitCode.DOUBTS
    assert found_by(town, "decision.gone").expected == "14,20"


def test_a_decision_that_settles_nothing_is_told(town) -> None:
    one = Decision(action="seen", finding="number.range-0000000000", reason="確認")
    save(town.corrections, AREA, EDITION, [one])
    town.run()
    assert found_by(town, "decision.unused").subject == "number.range-0000000000"


def test_a_value_is_not_confirmed_where_it_cannot_be(town) -> None:
    found = found_by(town, "number.separator", "14,20")
    save(town.corrections, AREA, EDITION, [Decision(action="seen", finding=found.key, reason="?")])
    assert town.run().exit_code == ExitCode.DOUBTS
    assert found_by(town, "decision.unused").subject == found.key


def test_undo_brings_the_doubt_back(town) -> None:
    found = found_by(town, "number.separator", "14,20")
    take(town, found, "1,420")
    town.run()
    assert undo(town.corrections, AREA, EDITION, found.key) == 1
    town.run()
    assert indicator(town, "体験農園の利用者数")["missing"] == {"actual": "X"}
    assert undo(town.corrections, AREA, EDITION, found.key) == 0


# --------------------------------------------------------------------------- the file


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[decision]]\naction = "seen"\nfinding = "a"\n', "4"),
        ('[[decision]]\naction = "seen"\nfinding = "a"\nreason = "r"\ncolour = "red"\n', "4"),
        ('\n\n[[decision]]\naction = "sing"\nfinding = "a"\nreason = "r"\n', "5"),
        ('[[decision]]\naction = "value"\nreason = "r"\nvalue = "1"\n', "4"),
        ('[[decision]]\naction = "year"\nindicator = "x"\nreason = "r"\nvalue = "令和"\n', "4"),
        ('[[decision]]\naction = "role"\nexpect = "x"\nreason = "r"\nvalue = "king"\n', "4"),
        ('[[decision]]\naction = "direction"\nindicator = "x"\nreason = "r"\nvalue = "?"\n', "4"),
        (2 * '[[decision]]\naction = "seen"\nfinding = "a"\nreason = "r"\n', "8"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, text, line) -> None:
    path = decisions.path_of(tmp_path, EDITION)
    path.parent.mkdir()
    path.write_text(HEAD + ("" if text.startswith("\n") else "\n") + text, encoding="utf-8")
    with pytest.raises(SettingsError) as raised:
        decisions.load(tmp_path, AREA, EDITION)
    assert raised.value.file == str(path)
    assert raised.value.parameters["line"] == line


@pytest.mark.parametrize(
    "text", ['area = "35213"\nedition = 2025\n', "area = [", HEAD + "colour = 1\n"]
)
def test_a_damaged_file_or_one_for_another_document_is_refused(tmp_path, text) -> None:
    path = decisions.path_of(tmp_path, EDITION)
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        decisions.load(tmp_path, AREA, EDITION)


def test_a_refused_file_leaves_the_release_alone(town) -> None:
    before = (town.output / "release" / "data.json").read_bytes()
    town.corrections.parent.mkdir(parents=True)
    town.corrections.write_text("area = [", encoding="utf-8")
    assert town.run().exit_code == ExitCode.SETTINGS
    assert (town.output / "release" / "data.json").read_bytes() == before


def test_comments_of_the_file_are_kept(town) -> None:
    take(town, found_by(town, "plausibility.share"), "seen")
    text = town.corrections.read_text(encoding="utf-8")
    town.corrections.write_text(text.replace("[[decision]]", "# 私の注\n[[decision]]"), "utf-8")
    take(town, found_by(town, "plausibility.rank"), "seen")
    assert "# 私の注" in town.corrections.read_text(encoding="utf-8")


def test_what_lasts_is_taken_over_into_the_next_edition(tmp_path) -> None:
    role = Decision(
        action="role", value="actual", expect="R6 速報", page=1, box=(0, 0, 1, 1), reason="確認"
    )
    value = Decision(action="value", value="1", page=1, box=(0, 0, 1, 1), expect="l", reason="確認")
    save(decisions.path_of(tmp_path, 2025), AREA, 2025, [role, value])
    carried = decisions.load(tmp_path, AREA, 2026)
    assert [(one.action, one.expect, one.carried) for one in carried] == [("role", "R6 速報", True)]


def test_a_release_with_decisions_is_the_same_bytes_elsewhere(town, tmp_path) -> None:
    town.settle(open_findings(town.desk()))
    town.run()
    elsewhere = Town(tmp_path / "elsewhere")
    for part in ("raw", "schemas"):
        shutil.copytree(town.workspace / part, elsewhere.workspace / part)
    elsewhere.run()
    made = [folder_digests(one.output / "release") for one in (town, elsewhere)]
    assert made[0] == made[1] != {}


# --------------------------------------------------------------------------- every rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_finding_names_what_settles_it(rule) -> None:
    """A decision of each kind that the catalogue names settles a finding of the rule."""
    if not rule.settled_by:
        place = "shihyo registry accept" if rule.family == "identity" else "shihyo decide --undo"
        assert rule.family in ("decision", "identity")
        assert place in rule.advice
    for action in rule.settled_by:
        found = Finding(rule=rule.id, key=f"{rule.id}-1", severity=rule.severity, subject="指標")
        one = Decision(action=action, finding=found.key, reason="確認", line=7)
        (settled,) = with_decisions((found,), [one])
        if rule.id == "layout.columns":  # no more told where its layout is settled
            assert settled == found
        else:
            assert (settled.severity, settled.decided) == ("info", one.decided())
        assert action in ACTIONS
    findings = Finding(rule=rule.id, key=f"{rule.id}-1", severity=rule.severity, subject="指標")
    assert with_decisions((findings,), []) == (findings,)


def test_a_choice_is_read_in_codes_words_and_values() -> None:
    found = Finding(
        rule="reading.readers-disagree",
        key="k",
        severity="blocker",
        subject="s",
        parameters={"first": "1,234", "second": "1,284"},
    )
    assert chosen(found, "a").value == "1,234"
    assert chosen(found, "B").value == "1,284"
    assert chosen(found, "1,235").value == "1,235"
    assert chosen(found, "unit:人").action == "unit"
    with pytest.raises(UsageError):
        chosen(found, "seen")
    side = Finding(rule="direction.undecided", key="k", severity="warning", subject="s")
    assert [chosen(side, text).value for text in ("下向き", "lower", "higher is better")] == [
        "lower",
        "lower",
        "higher",
    ]


def test_a_second_reading_is_taken_and_its_doubt_is_gone(town) -> None:
    from pipeline.cache import store
    from pipeline.normalize import run as normalize
    from pipeline.settings.load import load
    from pipeline.validate import run as validate

    desk = town.desk()
    row = desk.assembled.indicators[0]
    at = next(place for place, one in enumerate(row.entries) if one.kind == "actual")
    doubled = replace(row.entries[at].printed, second="168")
    entries = list(row.entries)
    entries[at] = replace(entries[at], printed=doubled)
    assembled = replace(
        desk.assembled,
        indicators=(replace(row, entries=tuple(entries)), *desk.assembled.indicators[1:]),
    )

    def run(decided: tuple[Decision, ...]) -> tuple[Normalized, Validated]:
        settings = load(town.workspace, None, AREA)
        own = replace(settings.normalize, decisions=decided)
        normalized = normalize(assembled, own, edition=EDITION, area_code=AREA)
        return normalized, validate(normalized, settings.validate)

    normalized, validated = run(())
    found = next(one for one in validated.findings if one.rule == "reading.readers-disagree")
    again = replace(desk, assembled=assembled, normalized=normalized, validated=validated)
    made = decide.decision(again, found, chosen(found, "B"), reason="紙面", **SIGNED)
    assert (made.value, made.expect, made.second) == ("168", "160", "168")
    decided, after = run((made,))
    assert str(decided.indicators[0].actual.number) == "168"
    assert decided.indicators[0].actual.printed == doubled
    assert decided.indicators[0].doubts == ()
    assert not [one for one in after.findings if one.rule == "reading.readers-disagree"]
    assert store.settings_digest(decided) != store.settings_digest(normalized)


def test_the_columns_of_a_layout_are_those_that_were_read(town) -> None:
    desk = town.desk()
    layout = desk.assembled.layouts[0]
    made = Decision(action="table", reason="紙面", layout=layout.key, value="name", page=1)
    assert decide.columns_at(desk, made) == [label(one.header) for one in layout.columns]
