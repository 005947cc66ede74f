"""Make the replicas: the same report by many producers, with other page geometry each.

From the root of the repository: ``python -m tests.data.producers.make [NAME…]``.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.data.mine import content, word
from tests.data.mine.make import settle
from tests.data.producers import fonts, platypus, reshape, sheets, typesetting, web
from tests.data.producers.variant import variant

HERE = Path(__file__).parent
REPORT = content.load()
TITLE = "第二次美祢市総合計画後期計画における令和7年度の実施について（復元版）"
PROPERTIES = {
    "title": TITLE,
    "subject": "Replica for tests (reconstruction): figures of 美祢市, sentences not",
    "author": "Shihyo project",
}


def office(name: str, look: word.Look, report: content.Report) -> None:
    """A Word file through LibreOffice Writer."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{name}.docx"
        word.write(content.blocks(report), look, source, PROPERTIES)
        settle(word.to_pdf(source, Path(folder)), HERE / f"{name}.pdf", PROPERTIES)


def writer() -> None:
    look = word.Look(
        margins=(20, 18, 18, 20),
        body=10.5,
        table=9.5,
        padding=1.5,
        mincho="IPA P明朝",
        gothic="IPA Pゴシック",
        chart_mm=(100, 45),
        text_charts=True,
    )
    office("writer", look, variant(REPORT, headers="none"))


def calc() -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "calc.xlsx"
        sheets.write(content.blocks(variant(REPORT, digits="half")), source)
        settle(word.to_pdf(source, Path(folder)), HERE / "calc.pdf", PROPERTIES)


def html(name: str, sheet: web.Sheet, report: content.Report, tool: Callable[..., None]) -> None:
    """HTML through a browser or WeasyPrint."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"{name}.pdf"
        tool(web.page(content.blocks(report), sheet), made)
        settle(made, HERE / f"{name}.pdf", PROPERTIES, object_streams=True)


def chromium() -> None:
    sheet = web.Sheet(title=TITLE)
    html("chromium", sheet, variant(REPORT, headers="some"), web.chromium)


def chromium_truetype() -> None:
    sheet = web.Sheet(title=TITLE, font="IPAPGothic", margin="25mm 17mm", size="10.5pt")
    html("chromium-truetype", sheet, variant(REPORT, headers="all"), web.chromium)


def weasyprint() -> None:
    sheet = web.Sheet(title=TITLE, font="IPAGothic", margin="18mm 24mm", size="10.5pt")
    html("weasyprint", sheet, variant(REPORT, headers="none"), web.weasyprint)


def drawn(
    name: str, style: platypus.Style, report: content.Report, *, embedded: bool = True
) -> None:
    """ReportLab."""
    blocks = list(content.blocks(report))
    with tempfile.TemporaryDirectory() as folder:
        paths = fonts.cut(fonts.characters(blocks), Path(folder)) if embedded else {}
        platypus.register_fonts(paths)
        made = Path(folder) / f"{name}.pdf"
        platypus.write(blocks, style, made, TITLE)
        settle(made, HERE / f"{name}.pdf", PROPERTIES)


def reportlab_cid() -> None:
    style = platypus.Style(mincho="HeiseiMin-W3", gothic="HeiseiKakuGo-W5", cut_rows=False)
    drawn("reportlab-cid", style, variant(REPORT, headers="all"), embedded=False)


def reportlab_ttf() -> None:
    style = platypus.Style(size=10, leading=15, margins=(70, 60, 64, 60))
    drawn("reportlab-ttf", style, variant(REPORT, headers="none"))


def rotated() -> None:
    style = platypus.Style(turned=True, size=9)
    drawn("rotated-90", style, variant(REPORT, breaks=True))


def horizontal_rules() -> None:
    style = platypus.Style(grid=platypus.HorizontalRules, cut_rows=False, size=9, leading=13)
    drawn("horizontal-rules", style, variant(REPORT, percent_goals=()))


def no_rules() -> None:
    style = platypus.Style(
        grid=platypus.NoRules, cut_rows=False, size=9, leading=12, padding=6, mincho="gothic"
    )
    drawn("no-rules", style, variant(REPORT, percent_goals=()))


def horizontal_rules_html() -> None:
    sheet = web.Sheet(
        title=TITLE,
        font="IPAGothic",
        margin="20mm 22mm",
        cell="border: solid black; border-width: 0.5pt 0; padding: 4pt;",
        valign="middle",
    )
    report = variant(REPORT, headers="all")
    html("horizontal-rules-weasyprint", sheet, report, web.weasyprint)


def no_rules_html() -> None:
    sheet = web.Sheet(
        title=TITLE,
        font="IPAPGothic",
        margin="20mm 18mm",
        cell="border: none; padding: 5pt 6pt;",
        row="break-inside: avoid;",
    )
    html("no-rules-weasyprint", sheet, variant(REPORT, headers="none"), web.weasyprint)


def shaded() -> None:
    sheet = web.Sheet(
        title=TITLE,
        font="IPAPGothic",
        margin="23mm 21mm",
        size="9.5pt",
        cell="border: 0.75pt solid #8ea9db; padding: 3pt 4pt;",
        valign="middle",
        row="break-inside: avoid;",
        extra="tr:nth-child(odd) td { background: #f2f2f2; } .head td { background: #d9e2f3; }",
    )
    html("shaded", sheet, variant(REPORT), web.chromium)


def writer_double() -> None:
    look = word.Look(
        page=(182, 257),
        margins=(18, 15, 18, 15),
        body=9.5,
        table=8.5,
        padding=1,
        border="double",
        chart_mm=(95, 45),
    )
    office("writer-double", look, variant(REPORT, headers="all"))


def owner_password() -> None:
    style = platypus.Style(mincho="HeiseiKakuGo-W5", gothic="HeiseiKakuGo-W5", size=9)
    drawn("owner-password", style, variant(REPORT), embedded=False)
    with tempfile.TemporaryDirectory() as folder:
        made = (HERE / "owner-password.pdf").rename(Path(folder) / "owner-password.pdf")
        reshape.restrict(made, HERE / "owner-password.pdf")


def thin_rectangles() -> None:
    style = platypus.Style(grid=platypus.ThinRectangles, leading=13, margins=(50, 50, 50, 50))
    drawn("thin-rects", style, variant(REPORT, headers="none"))


def cell_boxes() -> None:
    style = platypus.Style(grid=platypus.CellBoxes, size=10, margins=(64, 48, 72, 48))
    drawn("cell-boxes", style, variant(REPORT))


def landscape() -> None:
    style = platypus.Style(page=(841.89, 595.28), margins=(45, 60, 45, 60), size=10)
    drawn("landscape", style, variant(REPORT, digits="full"))


def dashed_double() -> None:
    style = platypus.Style(grid=platypus.DashedAndDouble, margins=(58, 62, 58, 62))
    drawn("dashed-double", style, variant(REPORT))


def typst() -> None:
    blocks = list(content.blocks(variant(REPORT, headers="all")))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fonts.cut(fonts.characters(blocks), folder)
        typesetting.write(blocks, folder, folder / "typst.pdf")
        settle(folder / "typst.pdf", HERE / "typst.pdf", PROPERTIES, object_streams=True)


def cropbox() -> None:
    style = platypus.Style(size=9, leading=13.5, margins=(55, 52, 62, 52))
    drawn("cropbox", style, variant(REPORT, headers="all"))
    with tempfile.TemporaryDirectory() as folder:
        made = (HERE / "cropbox.pdf").rename(Path(folder) / "cropbox.pdf")
        reshape.crop(made, HERE / "cropbox.pdf")


def form_xobject() -> None:
    style = platypus.Style(size=10, leading=14.5, margins=(62, 58, 66, 58))
    drawn("form-xobject", style, variant(REPORT))
    with tempfile.TemporaryDirectory() as folder:
        made = (HERE / "form-xobject.pdf").rename(Path(folder) / "form-xobject.pdf")
        reshape.into_forms(made, HERE / "form-xobject.pdf")


MAKERS: dict[str, Callable[[], None]] = {
    "writer": writer,
    "calc": calc,
    "chromium": chromium,
    "chromium-truetype": chromium_truetype,
    "weasyprint": weasyprint,
    "reportlab-cid": reportlab_cid,
    "reportlab-ttf": reportlab_ttf,
    "typst": typst,
    "rotated-90": rotated,
    "horizontal-rules": horizontal_rules,
    "no-rules": no_rules,
    "cropbox": cropbox,
    "form-xobject": form_xobject,
    "thin-rects": thin_rectangles,
    "cell-boxes": cell_boxes,
    "landscape": landscape,
    "dashed-double": dashed_double,
    "horizontal-rules-weasyprint": horizontal_rules_html,
    "no-rules-weasyprint": no_rules_html,
    "shaded": shaded,
    "writer-double": writer_double,
    "owner-password": owner_password,
}


def expected(report: content.Report) -> dict[str, object]:
    """What every replica says, whatever its geometry; to be compared after NFKC and without
    whitespace."""
    filled = {entry["project"] for entry in report.planted["highlighted"]}
    projects = [
        {
            **project,
            "summary": content.summary_text(report, project),
            "highlighted": content.project_key(project) in filled,
        }
        for project in report.facts["projects"]
    ]
    return {
        "document": report.facts["document"],
        "columns": report.facts["columns"],
        "legend": report.facts["legend"],
        "highlight": {"fill": report.planted["highlight_fill"], "meaning": report.texts["swatch"]},
        "published_summary": report.facts["published_summary"],
        "places": report.facts["goals"],
        "indicators": report.facts["indicators"],
        "projects": projects,
    }


def main(names: list[str]) -> None:
    """Make the named replicas, or all, and the expected file."""
    for name in names or MAKERS:
        MAKERS[name]()
    text = json.dumps(expected(REPORT), ensure_ascii=False, indent=1)
    (HERE / "expected.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
