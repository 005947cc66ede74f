from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pipeline.editions import registry
from pipeline.editions.registry import (
    Proposal,
    RegistryFile,
    accept,
    accept_as,
    diff_text,
    new_ids,
    propose,
    put,
    read,
    render,
    retire,
    show_table,
    write,
)
from pipeline.errors import SettingsError, UsageError
from pipeline.normalize import run
from pipeline.settings.registry import FormerName, RegistryEntry, load_registry
from tests.normalize.plans import MINE, defaults, mine, mine_plan
from tests.series.editions import normalized

FILE = """# 架空市の登録簿
#
id,name,unit,direction,basis,cumulative,goal,policy,first_edition,retired,former_names,note
# 観光
a-1,"利用者数",人,higher,declared,no,1,1,2025,,,

# 産業（確認済み）
# 二行目
a-2,産出額,千円,higher,declared,no,2,1,2025,,,"年, 概数"
# おわり
"""


def folder(tmp_path: Path, text: str = FILE, encoding: str = "utf-8") -> Path:
    (tmp_path / "indicators.csv").write_bytes(text.encode(encoding))
    return tmp_path


def test_the_file_is_rendered_as_it_was(tmp_path: Path) -> None:
    assert render(read(folder(tmp_path))) == FILE
    assert render(read(MINE)) == (MINE / "indicators.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(("newline", "encoding"), [("\n", "utf-8"), ("\r\n", "utf-8-sig")])
def test_a_change_touches_its_own_line_only(tmp_path: Path, newline: str, encoding: str) -> None:
    where = folder(tmp_path, FILE.replace("\n", newline), encoding)
    changed = retire(read(where), "a-1", 2026)
    write(changed, where)
    data = (where / "indicators.csv").read_bytes()
    assert data == FILE.replace(
        'a-1,"利用者数",人,higher,declared,no,1,1,2025,,,',
        "a-1,利用者数,人,higher,declared,no,1,1,2025,2026,,",
    ).replace("\n", newline).encode(encoding)
    assert (load_registry(where) or ())[0].retired == 2026


def test_a_file_saved_by_a_spreadsheet_is_read_and_kept(tmp_path: Path) -> None:
    saved = FILE.replace("# 架空市の登録簿", '"# 架空市, 登録簿",,,,,,,,,,,')
    saved = saved.replace("# 産業（確認済み）", "# 産業（確認済み）,,,,,,,,,,,").replace(
        "a-2,", ",,,,,,,,,,,\na-2,"
    )
    where = folder(tmp_path, saved)
    assert [entry.id for entry in load_registry(where) or ()] == ["a-1", "a-2"]
    assert render(read(where)) == saved


def test_the_change_is_a_reviewable_diff(tmp_path: Path) -> None:
    before = read(folder(tmp_path))
    after = put(before, RegistryEntry(id="a-3", name="新しい", unit="件", first_edition=2026))
    assert [line for line in diff_text(before, after).splitlines()[2:] if line[0] in "+-"] == [
        "+a-3,新しい,件,unknown,,no,,,2026,,,"
    ]
    assert diff_text(before, before) == ""


def test_putting_what_is_there_changes_nothing(tmp_path: Path) -> None:
    before = read(folder(tmp_path))
    assert put(before, before.entries[0]) is before


def test_ids_are_never_given_twice(tmp_path: Path) -> None:
    registry = retire(read(folder(tmp_path)), "a-2", 2026)
    ids = new_ids(registry, "35213")
    assert [next(ids), next(ids)] == ["a-3", "a-4"]
    assert next(new_ids(RegistryFile(entries=()), "35213")) == "35213-001"
    assert next(new_ids(read(MINE), "35213")) == "35213-131"


@pytest.mark.parametrize("change", [retire, lambda r, i, e: accept_as(r, None, i, e)])
def test_an_unknown_id_is_refused(tmp_path: Path, change) -> None:
    with pytest.raises(UsageError):
        change(read(folder(tmp_path)), "a-9", 2026)


def test_what_could_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    where = folder(tmp_path)
    registry = read(where)
    twin = msgspec.structs.replace(registry.entries[0], id="a-7")
    with pytest.raises(SettingsError):
        write(put(registry, twin), where)
    assert (where / "indicators.csv").read_text(encoding="utf-8") == FILE


def test_a_field_over_several_lines_is_refused(tmp_path: Path) -> None:
    text = FILE.replace("年, 概数", "年,\n概数")
    with pytest.raises(SettingsError):
        read(folder(tmp_path, text))


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n"])
def test_a_registry_without_its_first_line_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / registry.FILE_NAME).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="first line"):
        registry.read(tmp_path)


def test_no_file_is_an_empty_registry(tmp_path: Path) -> None:
    assert read(tmp_path).entries == ()
    assert render(read(tmp_path)).splitlines()[-1].startswith("id,name,unit,direction")


# ------------------------------------------------------------------ proposals


def proposals(edition: int, *, with_older: bool) -> dict[str, list[Proposal]]:
    found = propose(
        normalized(edition),
        read(MINE),
        mine().direction,
        area_code="35213",
        older=normalized(edition - 1) if with_older else None,
    )
    kinds: dict[str, list[Proposal]] = {}
    for proposal in found:
        kinds.setdefault(proposal.kind, []).append(proposal)
    return kinds


def test_with_the_edition_before_renamed_indicators_are_linked() -> None:
    found = proposals(2026, with_older=True)
    assert {proposal.entry.name for proposal in found["add"]} == {
        "公式アカウントの登録者数",
        "消防団員数",
        "窓口の予約利用件数",
    }
    assert {proposal.entry.id: proposal.entry.former_names for proposal in found["link"]} == {
        "35213-013": (FormerName(name="映画・CM等撮影数", last_edition=2025),),
        "35213-014": (FormerName(name="本市の認知度ランキング", last_edition=2025),),
        "35213-063": (FormerName(name="公民館講座等の受講者数", last_edition=2025),),
        "35213-092": (FormerName(name="防災イベント・出前講座・訓練参加者数", last_edition=2025),),
    }
    assert {proposal.entry.name for proposal in found["retire"]} == {
        "学校給食共同調理場数",
        "夢プランの策定地区数",
    }
    assert {proposal.evidence for proposal in found["update"]} == {
        ("千円 → 百万円",),
        ("4-2 → 5-1",),
    }


def test_without_it_near_names_are_candidates_only() -> None:
    found = proposals(2026, with_older=False)
    assert "link" not in found
    candidates = {proposal.entry.name: proposal.candidates for proposal in found["add"]}
    assert [c.id for c in candidates["市の認知度ランキング"]] == ["35213-014"]
    assert candidates["消防団員数"] == ()


def test_a_new_indicator_brings_its_direction_and_the_evidence() -> None:
    (found,) = (p for p in proposals(2026, with_older=True)["add"] if p.entry.name == "消防団員数")
    assert (found.entry.direction, found.entry.basis) == ("higher", "evidence")
    assert found.entry.first_edition == 2026
    assert [text.partition(":")[0] for text in found.evidence] == ["words", "trend"]


def test_after_acceptance_the_same_edition_proposes_nothing() -> None:
    registry = read(MINE)
    found = propose(
        normalized(2026),
        registry,
        mine().direction,
        area_code="35213",
        older=normalized(2025),
    )
    accepted = accept(registry, found)
    settings = msgspec.structs.replace(mine(), registry=accepted.entries)
    again = run(mine_plan(), settings, edition=2025, area_code="35213")
    assert [remark.rule for remark in again.remarks] == ["year.baseline-undated"]
    assert [one.id for one in again.indicators] == [f"35213-{n:03}" for n in range(1, 131)]
    assert len(accepted.entries) == 133


def test_a_declared_direction_goes_before_the_proposed_one() -> None:
    registry = read(MINE)
    (found,) = (p for p in proposals(2026, with_older=True)["add"] if p.entry.name == "消防団員数")
    changed = accept(registry, [found], side="lower")
    assert changed.entries[-1].direction == "lower"
    assert changed.entries[-1].basis == "declared"


def test_a_first_registry_has_every_indicator_in_order() -> None:
    document = run(mine_plan(), defaults(), edition=2025, area_code="35213")
    found = propose(document, RegistryFile(entries=()), defaults().direction, area_code="35213")
    registry = accept(RegistryFile(entries=()), found)
    assert [entry.id for entry in registry.entries] == [f"35213-{n:03}" for n in range(1, 131)]
    assert [entry.name for entry in registry.entries] == [one.name for one in document.indicators]


def test_linking_by_hand(tmp_path: Path) -> None:
    one = normalized(2026).indicators[0]
    changed = accept_as(read(folder(tmp_path)), one, "a-1", 2026)
    (entry,) = (entry for entry in changed.entries if entry.id == "a-1")
    assert entry.name == one.name
    assert entry.former_names == (FormerName(name="利用者数", last_edition=2025),)


# ------------------------------------------------------------------ shown


@pytest.mark.parametrize("language", ["ja", "en"])
def test_tables_for_people(language) -> None:
    shown = show_table(read(MINE), language)
    assert len(shown) == 131
    assert shown[1][:3] == ("35213-001", "観光交流人口", "万人")
    assert {len(row) for row in shown} == {7}
    assert (shown[0][1] == "指標") is (language == "ja")
