"""The chain with stages that only write down what they were given: order, parts, editions."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec import structs

from pipeline import chain
from pipeline.cache import store
from pipeline.chain import STAGES, TAKES, Chain, Progress, StageName, Task, is_free, own_inputs
from pipeline.errors import NoIndicatorsError, SettingsError, UsageError
from pipeline.messages import texts_digest
from pipeline.model import (
    Assembled,
    Conformance,
    Document,
    Extracted,
    IndicatorRow,
    Normalized,
    Origin,
    PageInfo,
    Place,
    Remark,
    Validated,
)
from pipeline.release import Made
from pipeline.settings.decisions import Decision
from pipeline.settings.load import Settings, load

NAMES: list[StageName] = ["extract", "assemble", "normalize", "validate", "release"]
DOCUMENT = Document(sha256="0" * 64, pages=(PageInfo(number=1, width=9.0, height=9.0),))
ROW = IndicatorRow(place=Place(), entries=(), table=0, row=0)
PLAN = Assembled(document=DOCUMENT, title=None, places=(), indicators=(ROW,))


class Fakes:
    """The stages: what each was called with, and what it gives."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        self.gives: dict[str, Callable[..., Any]] = {
            "extract": lambda *_, **__: Extracted(document=DOCUMENT, tables=(), lines=()),
            "assemble": lambda *_, **__: PLAN,
            "normalize": lambda *_, edition, **__: Normalized(
                document=DOCUMENT,
                title="題",
                edition=edition,
                actual_fiscal_year=edition - 1,
                indicators=(),
                projects=(),
                remarks=(Remark(rule="own"),),
            ),
            "validate": lambda *_, **__: Validated(findings=(), recomputed=(), summary=()),
            "release": lambda *_, **__: Made(
                {"b.csv": b"22", "a.csv": b"1"}, (), Conformance(items=1, failures=0)
            ),
        }

    def module(self, name: str) -> SimpleNamespace:
        stage = name.removeprefix("pipeline.")

        def run(*given: Any, **named: Any) -> Any:
            self.calls.append((stage, given, named))
            return self.gives[stage](*given, **named)

        return SimpleNamespace(run=run)

    @property
    def ran(self) -> list[str]:
        """Which ran since last asked."""
        names = [name for name, _, _ in self.calls]
        self.calls.clear()
        return names


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> Fakes:
    made = Fakes()
    monkeypatch.setattr(chain, "import_module", made.module)
    return made


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load(tmp_path_factory.mktemp("workspace"), None, "35213")


@pytest.fixture
def task(settings: Settings, tmp_path: Path) -> Task:
    return at(settings, tmp_path, 2025)


def at(settings: Settings, folder: Path, edition: int, previous: Task | None = None) -> Task:
    place = folder / str(edition)
    place.mkdir(exist_ok=True)
    return Task(
        pdf=folder / f"{edition}.pdf",
        sha256="1" * 64,
        folder=place,
        area_code="35213",
        edition=edition,
        settings=settings,
        second_reader="never",
        previous=previous,
    )


def test_a_run_by_force_is_asked_for_by_name(task: Task) -> None:
    with pytest.raises(TypeError, match="positional argument"):
        Chain(task, True)  # type: ignore[misc]


def bring(task: Task, upto: StageName = "release", *, force: bool = False) -> dict[str, Any]:
    """Which stages ran, and why."""
    progress = Progress()
    Chain(task, force=force, progress=progress).run(upto)
    assert all(one.ran is bool(one.because) for one in progress.outcomes)
    return {one.stage: one.because for one in progress.outcomes}


def test_stages_run_in_order_with_what_the_chain_says_they_take(fakes: Fakes, task: Task) -> None:
    against = Remark(rule="told")
    progress = Progress(on_assembled=lambda _read, _plan: (against,))
    Chain(task, progress=progress).run()
    assert [name for name, _, _ in fakes.calls] == NAMES == [stage.name for stage in STAGES]
    calls = {name: (given, named) for name, given, named in fakes.calls}
    assert calls["extract"][0] == (task.pdf, task.settings.extract)
    assert calls["extract"][1] == {"password": None, "second": "never", "ocr": True}
    (read, assembling), _ = calls["assemble"]
    assert (read.document, assembling) == (DOCUMENT, task.settings.assemble)
    assert calls["normalize"] == (
        (PLAN, task.settings.normalize),
        {"edition": 2025, "area_code": "35213"},
    )
    (normalized, validating), named = calls["validate"]
    assert [one.rule for one in normalized.remarks] == ["own", "told"]
    assert (validating, named) == (task.settings.validate, {"previous": None})
    (released, validated, publishing), named = calls["release"]
    assert (released, validated.findings, publishing) == (normalized, (), task.settings.release)
    assert named == {"area_code": "35213", "origin": Origin(), "earlier": ()}
    made = Chain(task).value("release")
    assert {name: one.size for name, one in made.files.items()} == {"a.csv": 1, "b.csv": 2}
    assert made.conformance == Conformance(items=1, failures=0)


@pytest.mark.parametrize("upto", NAMES)
def test_a_run_ends_where_it_is_asked_to(upto: StageName, fakes: Fakes, task: Task) -> None:
    wanted = NAMES[: NAMES.index(upto) + 1]
    assert bring(task, upto) == dict.fromkeys(wanted, ("missing",))
    assert fakes.ran == wanted
    assert bring(task, upto) == dict.fromkeys(wanted, ())
    assert fakes.ran == []


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"sha256": "2" * 64}, {"extract": ("pdf",)}),
        ({"second_reader": "always"}, {"extract": ("second reader",)}),
        ({"ocr": False}, {"extract": ("ocr",)}),
        ({"edition": 2024}, {"normalize": ("edition",), "validate": ("normalize",),
                             "release": ("normalize",)}),
        ({"told": "x"}, {"normalize": ("told",)}),
        ({"area_code": "01100"}, {"normalize": ("area",), "release": ("area",)}),
        ({"origin": Origin(title="題")}, {"release": ("origin",)}),
        ({"pdf": Path("elsewhere.pdf"), "password": "x", "decided": Path()}, {}),
    ],
)  # fmt: skip
def test_a_change_runs_what_it_touches(
    change: dict[str, Any], because: dict[str, Any], fakes: Fakes, task: Task
) -> None:
    bring(task)
    fakes.ran  # noqa: B018 - begins anew
    changed = replace(task, **change)
    planned = {one.stage: one.because for one in Chain(changed).plan()}
    for name, why in planned.items():
        upstream = tuple(f"after {one}" for one in TAKES[name] if planned[one])
        assert why == (upstream or because.get(name, ()))
    assert fakes.ran == []
    assert {name: why for name, why in bring(changed).items() if why} == because
    assert fakes.ran == list(because)


@pytest.mark.parametrize("name", NAMES)
def test_the_settings_of_a_stage_run_it(name: StageName, fakes: Fakes, task: Task) -> None:
    bring(task)
    fields: dict[str, dict[str, Any]] = {
        "extract": {"seconds_stage": 1234.0},
        "assemble": {"confirmed_layouts": ("x",)},
        "normalize": {"baseline_fiscal_year": 1999},
        "validate": {"advisory": True},
        "release": {"line": 99},
    }
    own = structs.replace(getattr(task.settings, name), **fields[name])
    changed = replace(task, settings=structs.replace(task.settings, **{name: own}))
    assert {one: why for one, why in bring(changed).items() if why} == {name: ("settings",)}


def test_a_stage_runs_again_when_it_is_forced_or_its_artefact_is_damaged(
    fakes: Fakes, task: Task
) -> None:
    bring(task)
    assert bring(task, force=True) == dict.fromkeys(NAMES, ("forced",))
    (task.folder / STAGES[2].file).write_text("{}", encoding="utf-8")
    assert {name: why for name, why in bring(task).items() if why} == {"normalize": ("damaged",)}
    (task.folder / STAGES[3].file).unlink()
    assert {name: why for name, why in bring(task).items() if why} == {"validate": ("missing",)}
    (task.folder / "release" / "a.csv").write_bytes(b"other")
    assert {name: why for name, why in bring(task).items() if why} == {"release": ("damaged",)}
    (task.folder / "release" / "c.csv").write_bytes(b"more")
    assert {name: why for name, why in bring(task).items() if why} == {"release": ("damaged",)}
    assert store.folder_digests(task.folder / "release").keys() == {"a.csv", "b.csv"}


def test_a_reading_that_failed_is_tried_anew(fakes: Fakes, task: Task) -> None:
    for rule, tried in (("reading.second-failed", True), ("reading.ocr-failed", True),
                        ("reading.hidden-text", False)):  # fmt: skip
        fakes.gives["extract"] = lambda *_, rule=rule, **__: Extracted(
            document=DOCUMENT, tables=(), lines=(), remarks=(Remark(rule=rule),)
        )
        bring(task, force=True)
        assert bring(task)["extract"] == (("unfinished",) if tried else ())


def test_earlier_editions_are_read_and_are_parts_of_two_stages(
    fakes: Fakes, settings: Settings, tmp_path: Path
) -> None:
    first = at(settings, tmp_path, 2023)
    second = at(settings, tmp_path, 2024, first)
    third = at(settings, tmp_path, 2025, second)
    bring(third)
    before = [named["previous"] for name, _, named in fakes.calls if name == "validate"]
    assert [one and one.edition for one in before] == [2024, 2023, None]
    (earlier,) = [named["earlier"] for name, _, named in fakes.calls if name == "release"]
    assert [one.edition for one, _ in earlier] == [2024, 2023]
    parts = {}
    for stage in STAGES:
        header = store.read_header(third.folder / stage.file)
        assert header is not None
        parts[stage.name] = set(header.parts) & {"previous edition", "earlier editions"}
    assert parts == {
        "extract": set(), "assemble": set(), "normalize": set(),
        "validate": {"previous edition"}, "release": {"earlier editions"},
    }  # fmt: skip
    assert set(bring(third).values()) == {()}
    told = replace(second, told="x", previous=replace(first, told="y"))
    assert {name for name, why in bring(replace(third, previous=told)).items() if why} == set()
    changed = replace(third, previous=replace(second, edition=2022))
    because = {name: why for name, why in bring(changed).items() if why}
    assert because == {"validate": ("previous edition",), "release": ("earlier editions",)}


def test_an_edition_that_cannot_be_read_is_left_out_of_the_release(
    fakes: Fakes, settings: Settings, tmp_path: Path
) -> None:
    first = at(settings, tmp_path, 2023)
    second = at(settings, tmp_path, 2024, first)

    def broken(*_: Any, edition: int, **__: Any) -> Any:
        if edition == 2023:
            raise UsageError("x")
        return Fakes().gives["normalize"](edition=edition)

    fakes.gives["normalize"] = broken
    bring(at(settings, tmp_path, 2025, second))
    (earlier,) = [named["earlier"] for name, _, named in fakes.calls if name == "release"]
    assert [one.edition for one, _ in earlier] == []
    with pytest.raises(UsageError) as told:
        bring(second)
    assert told.value.file == str(first.pdf)


def lost(task: Task, fakes: Fakes, count: int, bad: int) -> Task:
    """A task with so many decisions, of which one takes the last indicator away."""
    decisions = tuple(
        Decision(action="not-indicator", reason="x", value=f"v{at}", line=10 + at)
        for at in range(count)
    )

    def assemble(_read: Any, own: Any, **_: Any) -> Assembled:
        gone = any(one.line == 10 + bad for one in own.decisions)
        return structs.replace(PLAN, indicators=() if gone else (ROW,))

    fakes.gives["assemble"] = assemble
    own = structs.replace(task.settings.assemble, decisions=decisions)
    changed = structs.replace(task.settings, assemble=own)
    return replace(task, settings=changed, decided=Path("schemas/35213-town"))


@pytest.mark.parametrize(("count", "bad"), [(n, at) for n in (1, 2, 3, 7) for at in range(n)])
def test_the_decision_with_which_the_last_indicator_went_is_named(
    count: int, bad: int, fakes: Fakes, task: Task
) -> None:
    with pytest.raises(SettingsError) as told:
        bring(lost(task, fakes, count, bad))
    assert told.value.parameters["line"] == str(10 + bad)
    assert told.value.parameters["value"] == f"v{bad}"


def test_without_an_indicator_no_decision_is_blamed_for_it(fakes: Fakes, task: Task) -> None:
    blamed = lost(task, fakes, 2, 0)
    for one in (
        replace(blamed, decided=None),
        replace(blamed, settings=task.settings),
        blamed,
    ):
        fakes.gives["assemble"] = lambda *_, **__: structs.replace(PLAN, indicators=())
        with pytest.raises(NoIndicatorsError):
            bring(one)


def test_what_a_stage_rests_on_besides_earlier_ones(task: Task) -> None:
    parts = {stage.name: own_inputs(stage, task) for stage in STAGES}
    assert parts["extract"]["pdf"] == task.sha256
    assert parts["extract"]["second reader"] == "never"
    assert parts["extract"]["ocr"] not in ("", "off")
    assert own_inputs(STAGES[0], replace(task, ocr=False))["ocr"] == "off"
    assert parts["assemble"] == {}
    assert parts["normalize"] == {"edition": "2025", "area": "35213", "told": ""}
    assert parts["validate"] == {"messages": texts_digest()}
    assert set(parts["release"]) == {"area", "origin", "messages"}


def test_where_a_release_may_be_put(tmp_path: Path, fakes: Fakes, task: Task) -> None:
    place = task.folder / "release"
    assert is_free(place)
    place.mkdir()
    assert is_free(place)
    for mark in ("SHA256SUMS", "datapackage.json"):
        (place / mark).write_text("", encoding="utf-8")
        assert is_free(place) is (mark == "datapackage.json")
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    assert not is_free(file)
    (place / "SHA256SUMS").unlink()
    with pytest.raises(UsageError):
        bring(task)
    assert fakes.ran == []
    bring(task, "validate")
    (task.folder / STAGES[-1].file).write_text("", encoding="utf-8")
    assert bring(task)["release"] == ("damaged",)


def test_all_stages_but_reading_are_bounded_and_other_documents_have_their_own_limits(
    fakes: Fakes, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = at(settings, tmp_path, 2024)
    bring(second, "validate")
    fakes.ran  # noqa: B018 - begins anew
    bounded: list[str] = []

    @contextlib.contextmanager
    def within(seconds: float, megabytes: int) -> Iterator[None]:
        assert (seconds, megabytes) == (
            settings.extract.seconds_stage,
            settings.extract.megabytes,
        )
        known = len(fakes.calls)
        yield
        bounded.extend(name for name, _, _ in fakes.calls[known:])

    monkeypatch.setattr(chain.limits, "within", within)
    bring(replace(at(settings, tmp_path, 2025, second), told="x"))
    assert bounded == ["assemble", "normalize", "validate", "release"]
