"""Pie charts of the statuses: as a picture, as SVG, and as a chart of Word's own format."""

from __future__ import annotations

import io
import math
from decimal import Decimal

from PIL import Image, ImageDraw, ImageFont

from tests.data.mine.content import Chart

COLOURS = ("#4472c4", "#70ad47", "#a5a5a5", "#ed7d31")
GOTHIC = "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"


def label(word: str, share: Decimal) -> str:
    """A slice's label."""
    return f"{word} {share}%"


def slices(chart: Chart) -> list[tuple[str, str, float, float]]:
    """Label, colour and the two angles (clockwise degrees from the top) of every slice."""
    total = float(sum(share for _, share in chart.shares))
    angle, found = 0.0, []
    for (word, share), colour in zip(chart.shares, COLOURS, strict=True):
        end = angle + 360 * float(share) / total
        found.append((label(word, share), colour, angle, end))
        angle = end
    return found


def picture(chart: Chart, width: int = 640, height: int = 300) -> bytes:
    """The chart as a PNG."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(GOTHIC, 20)
    radius, x, y = height * 0.42, width * 0.3, height / 2
    for row, (text, colour, start, end) in enumerate(slices(chart)):
        box = (x - radius, y - radius, x + radius, y + radius)
        if end > start:
            draw.pieslice(box, start - 90, end - 90, fill=colour, outline="white", width=2)
        top = height * 0.22 + row * 44
        draw.rectangle((width * 0.6, top, width * 0.6 + 20, top + 20), fill=colour)
        draw.text((width * 0.6 + 30, top - 1), text, fill="black", font=font)
    data = io.BytesIO()
    image.quantize(16).save(data, "PNG", optimize=True)
    return data.getvalue()


def photograph(width: int = 480, height: int = 300) -> bytes:
    """A grey picture in a photograph's place, as a PNG."""
    image = Image.new("RGB", (width, height), "#d9d9d9")
    draw = ImageDraw.Draw(image)
    draw.line((0, 0, width, height), fill="#bfbfbf", width=3)
    draw.line((0, height, width, 0), fill="#bfbfbf", width=3)
    data = io.BytesIO()
    image.quantize(4).save(data, "PNG", optimize=True)
    return data.getvalue()


def svg(chart: Chart, width: int = 420, height: int = 180) -> str:
    """The chart as SVG with text labels."""
    radius, x, y = height * 0.42, width * 0.3, height / 2
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">'
    ]
    for row, (text, colour, start, end) in enumerate(slices(chart)):
        a, b = math.radians(start), math.radians(end)
        if end > start:
            large = int(end - start > 180)
            parts.append(
                f'<path d="M{x:.1f} {y:.1f} '
                f"L{x + radius * math.sin(a):.2f} {y - radius * math.cos(a):.2f} "
                f"A{radius:.1f} {radius:.1f} 0 {large} 1 "
                f'{x + radius * math.sin(b):.2f} {y - radius * math.cos(b):.2f} Z" '
                f'fill="{colour}"/>'
            )
        top = height * 0.2 + row * 28
        parts.append(
            f'<rect x="{width * 0.6:.0f}" y="{top:.0f}" width="12" height="12" fill="{colour}"/>'
            f'<text x="{width * 0.6 + 20:.0f}" y="{top + 11:.0f}" font-size="12">{text}</text>'
        )
    return "".join(parts) + "</svg>"


def drawing_ml(chart: Chart) -> bytes:
    """The chart as the XML of a chart part of a docx file, labelled with name and share."""

    def points(values: list[str], kind: str) -> str:
        inside = "".join(f'<c:pt idx="{i}"><c:v>{v}</c:v></c:pt>' for i, v in enumerate(values))
        code = "<c:formatCode>0.0</c:formatCode>" if kind == "num" else ""
        count = f'<c:ptCount val="{len(values)}"/>'
        return (
            f"<c:{kind}Ref><c:f/><c:{kind}Cache>{code}{count}{inside}</c:{kind}Cache></c:{kind}Ref>"
        )

    words = [word for word, _ in chart.shares]
    values = [str(share) for _, share in chart.shares]
    fills = "".join(
        f'<c:dPt><c:idx val="{i}"/><c:bubble3D val="0"/><c:spPr><a:solidFill>'
        f'<a:srgbClr val="{colour[1:]}"/></a:solidFill></c:spPr></c:dPt>'
        for i, colour in enumerate(COLOURS)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/><c:pieChart>'
        '<c:varyColors val="1"/><c:ser><c:idx val="0"/><c:order val="0"/>'
        f"{fills}<c:dLbls>"
        '<c:numFmt formatCode="0.0&quot;%&quot;" sourceLinked="0"/>'
        '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900"><a:latin typeface="IPAGothic"/>'
        '<a:ea typeface="IPAGothic"/></a:defRPr></a:pPr></a:p></c:txPr>'
        '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="1"/><c:showSerName val="0"/><c:showPercent val="0"/>'
        '<c:showBubbleSize val="0"/><c:separator> </c:separator></c:dLbls>'
        f"<c:cat>{points(words, 'str')}</c:cat><c:val>{points(values, 'num')}</c:val>"
        '</c:ser><c:firstSliceAng val="0"/></c:pieChart></c:plotArea>'
        '<c:plotVisOnly val="1"/></c:chart></c:chartSpace>'
    ).encode()
