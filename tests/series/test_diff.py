from __future__ import annotations

import csv
import io
from decimal import Decimal

import msgspec
import pytest

from pipeline.editions.compare import (
    CHANGES,
    Change,
    diff,
    diff_csv,
    diff_findings,
    diff_table,
    kind_name,
    pair_editions,
)
from pipeline.model import Indicator, Normalized
from pipeline.validate.catalogue import BY_ID, message
from tests.series.editions import changes, facts, normalized, units

PAIRS = [(2025, 2026), (2026, 2027)]


def planted(edition: int) -> set[tuple[str, str, str]]:
    found = set()
    for change in changes(edition):
        name = change.get("name") or change["to"]
        found.add((change["kind"], name, str(change.get("fiscal_year", ""))))
    return found


def told(found: tuple[Change, ...]) -> set[tuple[str, str, str]]:
    return {(change.kind, change.name, str(change.fiscal_year or "")) for change in found}


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_exactly_the_planted_changes_are_found(before: int, after: int) -> None:
    found = diff(normalized(before), normalized(after), units())
    assert told(found) == planted(after)
    assert len(found) == len(changes(after))


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_values_before_and_after_are_as_printed(before: int, after: int) -> None:
    found = {
        (change.kind, change.name): (change.before, change.after)
        for change in diff(normalized(before), normalized(after), units())
    }
    for change in changes(after):
        if "from" in change and change["kind"] not in ("renamed", "moved"):
            assert found[change["kind"], change["name"]] == (change["from"], change["to"])
        if change["kind"] == "renamed":
            assert found["renamed", change["to"]] == (change["from"], change["to"])


@pytest.mark.parametrize("edition", [2025, 2026, 2027])
def test_an_edition_does_not_differ_from_itself(edition: int) -> None:
    assert diff(normalized(edition), normalized(edition), units()) == ()


def test_an_unlinked_renaming_is_shown_with_its_score_and_links_nothing() -> None:
    found = [c for c in diff(normalized(2025), normalized(2026), units()) if c.kind == "renamed"]
    assert all(change.score < 100 and "-x" in change.id for change in found)
    assert len(found) == 4


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_findings_have_a_rule_a_text_and_a_stable_key(before: int, after: int) -> None:
    older = normalized(before)
    found = diff_findings(diff(older, normalized(after), units()), older)
    again = diff_findings(diff(older, normalized(after), units()), older)
    assert found == again
    assert len({finding.key for finding in found}) == len(changes(after))
    assert {"history.new", "history.moved", "history.vanished"} <= {f.rule for f in found}
    for finding in found:
        assert finding.rule in BY_ID
        assert "{" not in message(finding, "ja")
        assert finding.subject in message(finding, "ja")


def test_the_csv_has_a_row_for_each_change() -> None:
    older, newer = normalized(2025), normalized(2026)
    data = diff_csv(diff(older, newer, units()), older, newer, code="352136")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert list(rows[0]) == [field.header for field in CHANGES.fields]
    assert {row["変更の種類"] for row in rows} == {
        kind_name(kind, "ja")
        for kind in (
            "new",
            "retired",
            "renamed",
            "moved",
            "unit_changed",
            "baseline_revised",
            "target_revised",
        )
    }
    assert len(rows) == len(changes(2026))


# ------------------------------------------------------------------ pairing


def with_one(edition: Normalized, index: int, **fields: object) -> Normalized:
    one = msgspec.structs.replace(edition.indicators[index], **fields)
    indicators = (*edition.indicators[:index], one, *edition.indicators[index + 1 :])
    return msgspec.structs.replace(edition, indicators=indicators)


def by_name(edition: Normalized, name: str) -> tuple[int, Indicator]:
    return next((n, one) for n, one in enumerate(edition.indicators) if one.name == name)


def test_every_indicator_is_in_at_most_one_pair() -> None:
    pairs = pair_editions(normalized(2025), normalized(2026))
    assert len({id(pair.older) for pair in pairs}) == len(pairs) == 128
    assert {pair.how for pair in pairs} == {"id", "likeness", "values"}


def test_a_twin_name_with_other_values_is_not_the_same_indicator() -> None:
    """病床利用率 of one hospital ends, that of another begins: names alike, values not."""
    older = normalized(2025)
    index, one = by_name(older, "経常収支比率(水道事業)")
    other_index, other = by_name(older, "経常収支比率(下水道事業)")
    without = msgspec.structs.replace(
        older, indicators=tuple(i for i in older.indicators if i.id != other.id)
    )
    new = msgspec.structs.replace(other, id="35213-xnew")
    newer = with_one(without, index, **{f: getattr(new, f) for f in Indicator.__struct_fields__})
    kinds = {(change.kind, change.name) for change in diff(without, newer, units())}
    assert kinds == {("new", other.name), ("retired", one.name)}
    assert other_index != index


def test_two_equally_good_candidates_are_none() -> None:
    older = normalized(2025)
    index, _ = by_name(older, "ふるさと交流大使数")
    gone = with_one(older, index, id="gone", name="ふるさと大使の人数一")
    again = msgspec.structs.replace(gone.indicators[index], id="a", name="ふるさと大使の人数二")
    twin = msgspec.structs.replace(gone.indicators[index], id="b", name="ふるさと大使の人数三")
    rest = tuple(one for one in older.indicators if one.name != "ふるさと交流大使数")
    newer = msgspec.structs.replace(older, indicators=(*rest, again, twin))
    assert sorted(change.kind for change in diff(gone, newer, units())) == ["new", "new", "retired"]


def test_a_value_that_our_reading_doubts_is_no_revision() -> None:
    older = normalized(2025)
    value = older.indicators[3].baseline
    assert value is not None
    other = msgspec.structs.replace(value, number=Decimal(1))
    newer = with_one(older, 3, baseline=other)
    assert {change.kind for change in diff(older, newer, units())} == {"baseline_revised"}
    doubted = with_one(newer, 3, doubts=("number.separator:baseline",))
    assert diff(older, doubted, units()) == ()


def test_precision_alone_is_no_revision() -> None:
    older = normalized(2025)
    value = older.indicators[3].baseline
    assert value is not None
    assert value.number is not None
    finer = msgspec.structs.replace(value, number=value.number.quantize(value.number / 100))
    assert diff(older, with_one(older, 3, baseline=finer), units()) == ()


@pytest.mark.parametrize(
    "other",
    [{"number": Decimal(9)}, {"upper": Decimal(21)}, {"bound": "at_most"}, {"text": "全員"}],
    ids=["number", "upper", "bound", "text"],
)
def test_each_part_of_a_value_can_be_revised(other: dict[str, object]) -> None:
    newer = normalized(2025)
    value = newer.indicators[3].baseline
    assert value is not None
    known = msgspec.structs.replace(
        value, number=Decimal(10), upper=Decimal(20), bound="at_least", text=None
    )
    older = with_one(newer, 3, baseline=known)
    assert diff(older, older, units()) == ()
    revised = with_one(newer, 3, baseline=msgspec.structs.replace(known, **other))
    assert [one.kind for one in diff(older, revised, units())] == ["baseline_revised"]


def test_a_value_that_becomes_known_is_no_revision() -> None:
    older = normalized(2025)
    value = older.indicators[3].baseline
    assert value is not None
    missing = msgspec.structs.replace(value, number=None, missing="not_yet")
    assert diff(with_one(older, 3, baseline=missing), older, units()) == ()


def test_the_facts_hold_every_indicator() -> None:
    for edition in (2025, 2026, 2027):
        assert len(normalized(edition).indicators) == len(facts(edition)["indicators"])
        assert normalized(edition).actual_fiscal_year == edition - 1


def test_a_table_for_people() -> None:
    table = diff_table(diff(normalized(2025), normalized(2026), units()), "ja")
    assert table[0] == ("変更", "指標", "年度", "変更前", "変更後", "ページ")
    assert ("目標値の変更", "企業誘致件数(累計)", "2025", "3", "4", "1") in table
