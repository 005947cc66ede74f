"""Council papers without tables: ruby, pictures, empty pages; each by several producers.

Run: ``python -m tests.data.tableless.make``.
"""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "difficulties"))
from typeset import chromium, typeset, weasy  # noqa: E402

TITLE = "第三回定例会会議資料"
SENTENCES = (
    ("鳥獣被害", "ちょうじゅうひがい", "の防止について、次のとおり報告いたします。"),
    ("防災備蓄", "ぼうさいびちく", "の更新を進め、各地区へ配分しました。"),
    ("図書館", "としょかん", "の開館時間を延長し、利用の増加を図ります。"),
)
KINDS = ("ruby", "picture", "empty", "mixed")


def picture() -> bytes:
    """A drawing that stands for a photograph."""
    image = Image.new("RGB", (320, 200), (225, 235, 245))
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 200), (110, 70), (220, 200)], fill=(90, 140, 90))
    draw.ellipse((230, 20, 290, 80), fill=(240, 190, 60))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def html(kind: str) -> str:
    """The paper as HTML."""
    ruby = "".join(
        f"<p><ruby>{word}<rt>{reading}</rt></ruby>{rest}</p>" for word, reading, rest in SENTENCES
    )
    source = base64.b64encode(picture()).decode()
    shown = f'<p><img width="400" src="data:image/png;base64,{source}"></p>'
    body = {
        "ruby": ruby,
        "picture": shown,
        "empty": "",
        "mixed": f"{ruby}{shown}<div style='break-before: page'></div><p>{TITLE}</p>",
    }[kind]
    heading = "" if kind == "empty" else f"<h1>{TITLE}</h1>"
    return (
        "<html><head><meta charset='utf-8'><style>@page { size: A4; margin: 25mm; }"
        "body { font-family: 'IPAexGothic', 'IPAGothic', sans-serif; }"
        f"</style></head><body>{heading}{body}</body></html>"
    )


def by_weasyprint(kind: str) -> bytes:
    """WeasyPrint sets no ruby: the reading follows its word in small letters."""
    small = html(kind).replace("<rt>", "<rt style='font-size: 50%; vertical-align: super'>")
    return weasy(small)


def by_typst(kind: str) -> bytes:
    """Typst, the reading placed above its word."""
    ruby = "\n\n".join(
        f"#box[#place(top + left, dy: -0.7em, text(size: 5pt)[{reading}])#text(size: 11pt)[{word}]]"
        f"{rest}"
        for word, reading, rest in SENTENCES
    )
    numbers = ", ".join(map(str, picture()))
    shown = f"#image(bytes(({numbers})), width: 60%)"
    body = {
        "ruby": ruby,
        "picture": shown,
        "empty": "",
        "mixed": f"{ruby}\n\n{shown}\n#pagebreak()\n{TITLE}",
    }[kind]
    heading = "" if kind == "empty" else f"= {TITLE}\n\n"
    return typeset(
        f'#set text(font: "IPAGothic", lang: "ja")\n#set par(leading: 1em)\n{heading}{body}'
    )


def by_reportlab(kind: str) -> bytes:
    """ReportLab, with a font that is not embedded."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    if kind != "empty":
        canvas.setFont("HeiseiMin-W3", 16)
        canvas.drawString(80, 760, TITLE)
    if kind in ("ruby", "mixed"):
        for number, (word, reading, rest) in enumerate(SENTENCES):
            base = 700 - 40 * number
            canvas.setFont("HeiseiMin-W3", 11)
            canvas.drawString(80, base, word + rest)
            canvas.setFont("HeiseiMin-W3", 4.5)
            canvas.drawString(80, base + 11, reading)
    if kind in ("picture", "mixed"):
        canvas.drawImage(ImageReader(io.BytesIO(picture())), 80, 400, 320, 200)
    canvas.showPage()
    if kind == "mixed":
        canvas.setFont("HeiseiMin-W3", 11)
        canvas.drawString(80, 760, TITLE)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


PRODUCERS: dict[str, Callable[[str], bytes]] = {
    "chromium": lambda kind: chromium(html(kind)),
    "reportlab": by_reportlab,
    "typst": by_typst,
    "weasyprint": by_weasyprint,
}


def papers() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every paper."""
    for producer, make in PRODUCERS.items():
        for kind in KINDS:
            yield f"{producer}-{kind}", make(kind)


if __name__ == "__main__":
    for name, data in papers():
        (HERE / f"{name}.pdf").write_bytes(data)
        print(name, len(data))
