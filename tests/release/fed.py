"""Two small releases made by hand: one with something of everything, one with next to nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from msgspec import structs

from pipeline.model import (
    AppliedRule,
    Box,
    Decided,
    Document,
    Finding,
    Group,
    Indicator,
    LegendRow,
    Normalized,
    Observation,
    Origin,
    PageInfo,
    Place,
    Printed,
    Project,
    Recomputed,
    Spot,
    Validated,
    Value,
)
from pipeline.release import Made, run
from pipeline.settings.files import packaged_defaults
from pipeline.settings.profile import Municipality, Publication
from pipeline.settings.release import ReleaseSettings, load

DECLARED = Publication(
    publisher="試験市",
    publisher_url="https://city.example.jp/",
    contact_name="企画課",
    contact_email="kikaku@city.example.jp",
    licence="CC BY 4.0",
    base_url="https://city.example.jp/data/",
    landing_page="https://city.example.jp/kpi",
    dataset_title="計画の<指標>",
    dataset_description="毎年度の実績",
    dataset_id="test-kpi-{edition}",
    keywords=("計画", "指標"),
    release_date="2025-06-01",
    update_frequency="年1回",
)
ORIGIN = Origin(
    title="試験市の計画 & 実績",
    publisher="試験市役所",
    url="https://city.example.jp/plan.pdf?a=1&b=2",
    licence="PDL1.0",
    published="2025-05-20",
)
DECIDED = Decided(field="value", taken="15.5", reason="原稿で確認", who="山田", when="2025-05-01")


def printed(text: str, top: float = 0, page: int = 1, **more: Any) -> Printed:
    return Printed(text=text, page=page, box=(10, top, 50.5, top + 10), reader="pdfium", **more)


def _value(shown: str, top: float, page: int = 1, **more: Any) -> Value:
    known = {} if set(more) & {"number", "text", "missing"} else {"number": Decimal(shown)}
    continued = more.pop("continued", ())
    return Value(printed=printed(shown, top, page, continued=continued), **known, **more)


def _seen(kind: Any, year: int | None, value: Value, part: str | None = None) -> Observation:
    return Observation(kind=kind, fiscal_year=year, value=value, part=part)


def _indicator(
    identifier: str, name: str, place: Place, *seen: Observation, top: float, **more: Any
) -> Indicator:
    views = {
        "baseline": ("baseline", None),
        "target": ("target", 2024),
        "actual": ("actual", 2024),
        "next_target": ("target", 2025),
    }
    named = {
        view: next(
            (
                one.value
                for one in seen
                if one.kind == kind and not one.part and year in (None, one.fiscal_year)
            ),
            None,
        )
        for view, (kind, year) in views.items()
    }
    known: dict[str, Any] = {
        "unit": "人",
        "direction": "higher",
        "direction_basis": "declared",
        "cumulative": False,
        "page": 1,
        "reader": "pdfium",
        "registered": True,
        **named,
    }
    return Indicator(
        id=identifier,
        place=place,
        name=name,
        name_printed=printed(name, top),
        observations=seen,
        **known | more,
    )


_FIRST = Place(goal_number=1, goal="目標A", policy_number=2, policy="方針あ")
_SECOND = Place(goal_number=2, goal="目標B", policy_number=None, policy="")

INDICATORS = (
    _indicator(
        "t-1", "参加者数\n（延べ）", _FIRST,
        _seen("baseline", 2019, _value("10", 0)),
        _seen("target", 2024, _value("20", 20)),
        _seen("actual", 2024, _value("15.50", 40, decided=DECIDED)),
        _seen("target", 2025, _value("25", 60)),
        _seen("rate", 2024, _value("77.5", 80)),
        _seen("unknown", 2024, _value("1", 90)),
        top=0,
        cumulative=True,
        status="改善",
        status_printed=printed("改善", 95),
        note="※ 令和6年度まで",
        decided=(
            structs.replace(DECIDED, field="name", taken="参加者数", who=""),
            structs.replace(DECIDED, field="status", taken="改善"),
            structs.replace(DECIDED, field="year", taken="2024"),
        ),
    ),
    _indicator(
        "t-2", "満足度", _FIRST,
        Observation(kind="baseline", fiscal_year=2018, calendar=True, value=_value("66.4", 100)),
        _seen("target", 2024, _value("95%\n以上", 120, number=Decimal(95), bound="at_least")),
        _seen("actual", 2024, _value("80～\n85", 140, number=Decimal(80), upper=Decimal(85))),
        _seen("actual", 2024, _value("3", 160, unit="位"), "全国順位"),
        _seen("actual", 2023, _value("約70", 170, number=Decimal(70), approximate=True)),
        top=100,
        unit="%",
        direction="lower",
        direction_basis="registry",
        status="達成",
        status_printed=printed("達成", 180),
    ),
    _indicator(
        "t-3", "=1+1", _SECOND,
        _seen("baseline", None, _value("-5", 200)),
        _seen("target", 2024, _value("30", 220)),
        _seen("actual", 2024, _value("集計中", 240, missing="not_yet")),
        _seen("target", 2025, _value("全員", 260, text="全員")),
        _seen("actual", None, _value("秘", 280, missing="withheld")),
        top=200,
        unit="",
        direction="unknown",
        direction_basis="none",
        page=2,
        status_printed=printed("－", 290),
        doubts=("reading.readers-disagree:target",),
    ),
    _indicator(
        "t-4", "件数", _SECOND,
        _seen("target", 2024, _value("8", 20, 3)),
        _seen("actual", 2024, _value("8.0", 40, 3)),
        _seen("target", 2025, _value("9", 60, 3, continued=(Spot(page=4, box=(0, 0, 9, 9)),))),
        _seen("target", 2026, _value("9", 80, 3)),
        top=400,
        status="達成",
    ),
    _indicator(
        "t-5", "同じ値", Place(),
        _seen("target", None, _value("8", 20, 5)),
        _seen("actual", 2024, _value("8", 40, 5)),
        _seen("actual", 2024, _value("1", 60, 5, unit="％"), "女性"),
        top=500,
    ),
    _indicator("t-6", "値なし", Place(), top=600, doubts=("reading.unread",)),
)  # fmt: skip


def _found(rule: str, severity: Any, page: int | None, box: Box | None, **more: Any) -> Finding:
    return Finding(rule=rule, key=rule, severity=severity, subject="件", page=page, box=box, **more)


FINDINGS = (
    _found("reading.leftover-in-table", "blocker", 4, (5.0, 5.0, 9.0, 9.0), printed=" 9 "),
    _found("reading.leftover-in-table", "blocker", 3, (50.0, 45.0, 60.0, 50.0)),
    _found("reading.leftover-in-table", "blocker", 3, (50.25, 45.0, 60.0, 50.0)),
    _found("layout.columns", "blocker", 5, (0.0, 0.0, 90.0, 90.0)),
    _found("release.formula", "blocker", 2, (0.0, 0.0, 90.0, 900.0), expected="X"),
    _found("status.differs", "error", 1, (0.0, 0.0, 90.0, 900.0), decided=DECIDED),
    _found("status.differs", "info", None, None),
)

VALIDATED = Validated(
    findings=FINDINGS,
    recomputed=(
        Recomputed(id="t-1", status="未達成"),
        Recomputed(id="t-2", status="達成"),
        Recomputed(id="t-3", status="改善"),
        Recomputed(id="t-4", status=None),
    ),
    summary=(
        Group(
            goal_number=None,
            counts_printed={"達成": "2", "改善": "1"},
            percent_printed={"達成": "50.0%"},
            counts_published={"達成": 2, "改善": 1, "－": 1},
            counts_recomputed={"達成": 1, "未達成": 1, "改善": 1},
        ),
        Group(
            goal_number=1,
            counts_published={"改善": 1, "達成": 1},
            counts_recomputed={"未達成": 1, "達成": 1},
        ),
        Group(goal_number=3, counts_published={"達成": 1}),
    ),
    applied=(
        AppliedRule(words=("達成",), ja="目標以上", en="at least the target", basis="legend"),
        AppliedRule(words=("改善", "好転"), ja="基準以上", en="at least", basis="profile"),
    ),
)

NORMALIZED = Normalized(
    document=Document(sha256="1" * 64, pages=(PageInfo(number=1, width=595, height=842),) * 5),
    title="計画",
    edition=2025,
    actual_fiscal_year=2024,
    indicators=INDICATORS,
    projects=(
        Project(
            place=_FIRST,
            name="事業\nあ",
            departments=("企画課", "財政課"),
            summary="概要",
            highlighted=True,
            repeated=False,
            name_printed=printed("事業あ", page=2),
        ),
        Project(
            place=Place(),
            name="事業い",
            departments=(),
            summary="",
            highlighted=False,
            repeated=True,
            name_printed=printed("事業い", page=4),
        ),
    ),
    legend=(
        LegendRow(word=printed("達　成", page=5), rule=printed("目標値以上", page=5)),
        LegendRow(word=printed("改善", page=5), rule=printed("基準値以上", page=5)),
    ),
    places=(_FIRST, _SECOND, Place(goal_number=None, goal="番号なし")),
)


def _earlier(edition: int, *seen: Observation, **more: Any) -> tuple[Normalized, Validated]:
    one = _indicator("t-1", "参加者数", _FIRST, *seen, top=0, **more)
    other = structs.replace(one, id="t-2", unit="人")
    normalized = structs.replace(
        NORMALIZED, edition=edition, actual_fiscal_year=edition - 1, indicators=(one, other)
    )
    return normalized, Validated(findings=(), recomputed=(), summary=())


EARLIER = (
    _earlier(
        2024,
        _seen("baseline", 2018, _value("7", 0)),
        _seen("target", 2023, _value("18", 20)),
        _seen("actual", 2023, _value("14", 40)),
        _seen("actual", 2023, _value("4", 40), "男性"),
        _seen("target", 2025, _value("26", 60)),
        _seen("target", 2026, _value("27", 60)),
        _seen("actual", None, _value("99", 80)),
        Observation(kind="actual", fiscal_year=2017, calendar=True, value=_value("98", 80)),
    ),
    _earlier(
        2023,
        _seen("target", 2023, _value("17", 20)),
        _seen("target", 2022, _value("16", 20)),
        _seen("actual", 2022, _value("12.5", 40)),
        _seen("actual", 2021, _value("－", 60, missing="not_available")),
    ),
    _earlier(
        2022,
        _seen("actual", 2020, _value("97", 40)),
        doubts=("reading.readers-disagree:actual",),
    ),
)


def settings(publication: Publication) -> ReleaseSettings:
    city = Municipality(area_code="01999", name="試験市", prefecture="試験県")
    return load([packaged_defaults()], city, publication)


def rich() -> Made:
    """The release of a document with something of everything, after three editions."""
    return run(
        NORMALIZED,
        VALIDATED,
        settings(DECLARED),
        area_code="01999",
        origin=ORIGIN,
        earlier=EARLIER,
    )


def bare() -> Made:
    """The release of one value, of which nothing was declared."""
    one = structs.replace(INDICATORS[0], place=Place(), status=None, status_printed=None, note="")
    only = structs.replace(one, observations=one.observations[2:3], target=None, decided=())
    alone = structs.replace(
        NORMALIZED, title="", indicators=(only,), projects=(), legend=(), places=()
    )
    return run(
        alone,
        Validated(findings=(), recomputed=(), summary=()),
        settings(Publication()),
        area_code="01999",
        origin=Origin(licence="市の規約"),
    )
