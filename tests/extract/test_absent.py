"""Pages with each thing absent: every function of reading must bear what a page lacks."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extract.page_tables import read_tables
from pipeline.extract.pdf.primitives import Fill, Glyph, Page, Rule, Run
from pipeline.extract.remarks import page_kind, page_remarks
from pipeline.extract.unruled.found import Before
from pipeline.settings.extract import ExtractSettings

WIDTH, HEIGHT = 595.0, 842.0
TEXTS = st.sampled_from(["指標", "目標値", "12.5", "％", "ひがい", " ", "\u3000", "①", "abc", "－"])
places = st.integers(0, 16).map(lambda step: 40.0 + 30.0 * step)


@st.composite
def words(draw: st.DrawFn, sizes: tuple[float, ...] = (10.5, 5.0, 24.0)) -> list[Glyph]:
    """One text object: upright or turned, ordinary or as small as ruby."""
    size, angle = draw(st.sampled_from(sizes)), draw(st.sampled_from([0, 0, 0, 90, 270, 37]))
    run = Run(size, angle, 0, draw(st.integers(0, 50)))
    x, y = draw(places), draw(places) + draw(st.sampled_from([0.0, -10.0, 3.0]))
    glyphs = []
    for number, character in enumerate(draw(TEXTS)):
        step = number * size
        dx, dy = {0: (step, 0.0), 90: (0.0, step), 270: (0.0, -step)}.get(angle, (step, step))
        left, base = x + dx, y + dy
        glyphs.append(
            Glyph(
                character,
                left,
                base,
                left,
                base - 0.88 * size,
                left + size,
                base + 0.12 * size,
                number,
                run,
            )
        )
    return glyphs


def rules() -> st.SearchStrategy[Rule]:
    def rule(at: float, ends: tuple[float, float]) -> Rule:
        return Rule(at, min(ends), max(ends), 0.5)

    return st.builds(rule, places, st.tuples(places, places))


def boxes() -> st.SearchStrategy[tuple[float, float, float, float]]:
    return st.builds(
        lambda x, y, wide, high: (x, y, x + wide, y + high), places, places, places, places
    )


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """A page whose parts are each there or not."""
    present = {name: draw(st.booleans()) for name in ("text", "rules", "fills", "images", "hidden")}
    glyphs = (
        [g for word in draw(st.lists(words(), max_size=14)) for g in word]
        if present["text"]
        else []
    )
    for index, glyph in enumerate(glyphs):
        glyph.index = index
    unseen = (
        [g for word in draw(st.lists(words(), max_size=3)) for g in word]
        if present["hidden"]
        else []
    )
    lying = draw(st.lists(rules(), max_size=8)) if present["rules"] else []
    standing = draw(st.lists(rules(), max_size=8)) if present["rules"] else []
    fills = draw(st.lists(boxes(), max_size=4)) if present["fills"] else []
    odd = [g for g in glyphs if g.text == "－"] if draw(st.booleans()) else []
    for glyph in odd:
        glyph.unmapped = True
    return Page(
        number=1,
        width=WIDTH,
        height=HEIGHT,
        rotation=0,
        glyphs=glyphs,
        hidden=[(g, "same-colour") for g in unseen],
        horizontal=lying,
        vertical=standing,
        fills=[Fill(box, 0xDDEEFF, order) for order, box in enumerate(fills)],
        images=draw(st.lists(boxes(), max_size=2)) if present["images"] else [],
        outlines=draw(st.sampled_from([0, 30, 500])),
        odd=odd,
        turned=any(g.run.angle for g in glyphs),
    )


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(page=pages(), continued=st.booleans())
def test_a_page_may_lack_anything_and_no_glyph_gets_lost(page: Page, continued: bool) -> None:
    found = read_tables(page, ExtractSettings(), Before(cut=continued))
    assert page_kind(page) in {"text", "scan", "outlined", "empty"}
    assert all(remark.page == 1 for remark in page_remarks(page, found))
    kept = "".join(
        [
            *(cell.text for table in found.tables for cell in table.cells),
            *(line.text for line in found.lines),
            *(left.text for left in found.leftovers),
        ]
    )
    printed = "".join(g.text for g in page.glyphs if not g.text.isspace() and not g.unmapped)
    assert folded(printed) <= folded(kept)


def folded(text: str) -> set[str]:
    """The characters of a text; note marks count as the digits that they are."""
    return set(unicodedata.normalize("NFKC", text))


def ruby_over(base: list[Glyph]) -> list[Glyph]:
    run = Run(base[0].run.size / 2, 0, 0, 1)
    return [
        Glyph("か", g.x, g.top - 1, g.x, g.top - 5, g.x + 5, g.top, len(base) + n, run)
        for n, g in enumerate(base)
    ]


@pytest.mark.parametrize("with_table", [False, True])
def test_ruby_outside_tables_is_left_over(with_table: bool) -> None:
    run = Run(10.0, 0, 0, 0)
    base = [
        Glyph(c, 100 + 10 * n, 200, 100 + 10 * n, 191, 110 + 10 * n, 201, n, run)
        for n, c in enumerate("被害防止")
    ]
    sides = [Rule(at, 300, 400, 0.5) for at in (300.0, 320.0, 340.0)] if with_table else []
    page = Page(
        number=1,
        width=WIDTH,
        height=HEIGHT,
        rotation=0,
        glyphs=[*base, *ruby_over(base)],
        hidden=[],
        horizontal=sides,
        vertical=[Rule(at, 300, 340, 0.5) for at in (300.0, 350.0, 400.0)] if with_table else [],
        fills=[],
        images=[],
    )
    found = read_tables(page, ExtractSettings())
    assert [line.text for line in found.lines] == ["被害防止"]
    assert [(left.text, left.reason) for left in found.leftovers] == [("かかかか", "ruby")]
