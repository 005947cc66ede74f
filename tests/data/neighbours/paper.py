# ruff: noqa: E501  (a line a row)
"""Invented towns set by ReportLab and, with legends, by Chromium."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.fonts import addMapping
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.data.neighbours.made import NOTICE, Report

FONT = "IPAMincho"
FILE = "/usr/share/fonts/opentype/ipafont-mincho/ipam.ttf"
pdfmetrics.registerFont(TTFont(FONT, FILE))
addMapping(FONT, 0, 0, FONT)


def said(text: str, size: float = 9, **options: Any) -> Paragraph:
    style = ParagraphStyle("x", fontName=FONT, fontSize=size, leading=size * 1.3, **options)
    return Paragraph(text, style)


def ruled(
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    *,
    repeat: int = 1,
    spans: Sequence[tuple[str, tuple[int, int], tuple[int, int]]] = (),
) -> Table:
    made = [[said(cell, 8.5) for cell in row] for row in rows]
    table = Table(made, widths, repeatRows=repeat)
    head = max(repeat, 1)
    table.setStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("BACKGROUND", (0, 0), (-1, head - 1), colors.HexColor("#e8e8e8")),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            *spans,
        ]
    )
    return table


def paper(report: Report, flow: Sequence[Flowable]) -> bytes:
    """The PDF of flowables, a page number and a footer on each page."""
    buffer = io.BytesIO()

    def foot(canvas: Any, document: Any) -> None:
        canvas.setFont(FONT, 8)
        canvas.drawCentredString(297, 24, f"- {document.page} -")
        canvas.drawString(45, 24, report.title)

    document = SimpleDocTemplate(
        buffer, pagesize=(595.3, 841.9), leftMargin=45, rightMargin=45, topMargin=45,
        bottomMargin=50, title=report.title, invariant=1,
    )  # fmt: skip
    first = [said(report.title, 15), Spacer(1, 8), said(NOTICE, 7.5), Spacer(1, 6)]
    document.build([*first, *flow], onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def agawa() -> tuple[Report, bytes]:
    """◎ ○ △ × with a class for equal, counts in a sentence, a table that goes on, notes in names."""
    r = Report(title="吾川野町総合戦略の検証結果（令和５年度実績）", edition=2024)
    top = ["番号", "重要業績評価指標（KPI）", "基準値<br/>（H30）", "目標値<br/>（R6）", "実績値<br/>（R5）", "達成<br/>状況", "備考"]  # fmt: skip
    roles = ["", "name", "baseline@2018", "target@2024", "actual@2023", "status", ""]
    widths = [32, 176, 62, 62, 62, 38, 73]
    flow: list[Any] = [
        said("　町では、総合戦略に掲げた重要業績評価指標について、外部委員の意見を聞いて毎年検証しています。"),
        Spacer(1, 4),
        ruled([["凡　例", "◎：目標値を上回ったもの　○：目標値と同等　△：目標値未達成　×：基準値から進捗なし　－：実績値が得られないもの"]], [50, 455], repeat=0),
        Spacer(1, 6),
        said("　検証の結果、全１６指標のうち◎は６指標、○は２指標、△は４指標、×は３指標でした。"),
        Spacer(1, 6),
    ]  # fmt: skip
    goals = [
        (1, "仁淀の恵みを生かした仕事づくり", [
            ("+人", "1", "新規就農者数(累計)", "12人", "30人", "34人", "◎", ""),
            ("+百万円", "2", "直販所の売上額※1¦直販所の売上額", "412百万円", "500百万円", "500百万円", "○", ""),
            ("+件", "3", "創業・第二創業の支援件数", "5件", "12件", "9件", "△", ""),
            ("+万人", "4", "観光施設の入込客数", "38.2万人", "45.0万人", "36.9万人", "×", "大雨による休館"),
            ("+人", "5", "紙すき体験の参加者数", "1,840人", "2,500人", "2,611人", "◎", ""),
        ]),
        (2, "結婚・出産・子育ての希望をかなえる", [
            ("+組", "6", "出会いの場を通じた成婚数", "2組", "5組", "6組", "◎", ""),
            ("+％", "7", "子育て支援に満足している保護者の割合（就学前児童）¦子育て支援に満足している保護者の割合(就学前児童)", "61.0％", "75.0％", "未集計¦!not_yet", "－", "R6に調査"),
            ("-人", "8", "保育所の待機児童数", "4人", "0人", "0人", "○", ""),
            ("+人", "9", "一時預かりの利用者数", "310人", "420人", "298人", "△¦×", ""),
        ]),
        (3, "住み続けたい町をつくる", [
            ("+人", "10", "移住者数(単年度)", "48人", "80人", "91人", "◎", ""),
            ("-戸", "11", "空き家の戸数※2¦空き家の戸数", "620戸", "560戸", "548戸", "◎", ""),
            ("+％", "12", "自主防災組織の活動率", "72.5％", "90.0％", "84.0％", "△", ""),
            ("+人", "13", "デマンドタクシーの登録者数", "205人", "400人", "372人", "△", ""),
            ("-件", "14", "交通事故（人身）の発生件数¦交通事故(人身)の発生件数", "61件", "50件", "66件", "×", ""),
            ("+％", "15", "マイナンバーカードの交付率", "14.1％", "80.0％", "82.3％", "◎", ""),
            ("+％", "16", "森林の間伐実施率", "55.0％", "70.0％", "51.5％", "×", ""),
        ]),
    ]  # fmt: skip
    for goal, title, rows in goals:
        r.at(goal)
        flow.append(said(f"基本目標{goal}　{title}", 11))
        made = [[cell.replace("<br>", "<br/>") for cell in row] for row in r.rows(roles, rows)]
        flow += [Spacer(1, 2), ruled([top, *made], widths), Spacer(1, 8)]
        if goal == 1:
            flow += [
                said("【主な取組】"),
                ruled([["取組名", "決算額（千円）", "担当課"], ["農業担い手支援事業", "8,420", "産業経済課"],
                       ["紙の里づくり推進事業", "3,100", "産業経済課"]], [250, 120, 135]),
                Spacer(1, 8),
            ]  # fmt: skip
    flow += [said("※1　税込みの額。", 8), said("※2　町の実態調査による推計値。", 8)]
    return r, paper(r, flow)


def tarami() -> tuple[Report, bytes]:
    """S A B C －: A is only above the base; goals as rows in one table without heading overleaf."""
    r = Report(
        title="多良見野町まち・ひと・しごと創生総合戦略　実施状況報告（令和元年度）", edition=2020
    )
    roles = ["name", "unit", "baseline@2014", "target@2019", "actual@2019", "status"]
    widths = [215, 45, 70, 70, 70, 35]
    legend = [["評価", "評価の基準"], ["S", "現在値が目標値を上回っているもの（目標値と同じ場合を含む）"],
              ["A", "現在値が基準値を上回っているもの"], ["B", "現在値が基準値と同水準（基準値の±10％以内）のもの"],
              ["C", "現在値が基準値を下回っているもの"], ["－", "現在値が把握できないもの"]]  # fmt: skip
    top = [["指標", "単位", "基準値", "目標値", "現在値", "評価"], ["", "", "平成26年度", "令和元年度", "令和元年度", ""]]  # fmt: skip
    groups = [
        (1, "基本目標１　しごとの創生", [
            ("+", "町内事業所の従業者数", "人", "8,120", "8,500", "9,210", "S"),
            ("+", "創業比率", "％", "5.6", "8.0", "6.9", "A"),
            ("+", "みかんの販売額", "百万円", "1,240", "1,400", "1,180", "B"),
            ("+", "就職相談会の参加者数", "人", "150", "240", "96", "C"),
            ("+", "企業立地件数（5年間の累計）¦企業立地件数(5年間の累計)", "件", "2", "6", "7", "S"),
        ]),
        (2, "基本目標２　ひとの流れの創生", [
            ("+", "転入者数", "人", "1,912", "2,000", "2,044", "S"),
            ("+", "空き家バンクの成約件数", "件", "3", "10", "8", "A"),
            ("+", "琴の海マラソンの参加者数", "人", "1,450", "2,000", "2,120", "A¦S"),
            ("+", "ホームページの閲覧数", "千件", "620", "800", "－¦!not_available", "－"),
        ]),
        (3, "基本目標３　まちの創生", [
            ("+", "健康教室の参加者数", "人", "860", "1,200", "842", "B"),
            ("+", "合計特殊出生率", "", "1.71", "1.80", "1.86", "S"),
            ("+", "子ども会の加入率", "％", "68.4", "75.0", "51.2", "C"),
            ("+", "公民館講座の受講者数", "人", "2,310", "2,600", "2,688", "S"),
            ("+", "乗合タクシーの利用者数", "人", "4,020", "6,000", "5,118", "A"),
        ]),
    ]  # fmt: skip
    rows: list[list[str]] = []
    spans: list[Any] = [("SPAN", (at, 0), (at, 1)) for at in (0, 1, 5)]
    spans.append(("BACKGROUND", (0, 1), (-1, 1), colors.HexColor("#e8e8e8")))
    for goal, title, group in groups:
        r.at(goal)
        spans.append(("SPAN", (0, 2 + len(rows)), (-1, 2 + len(rows))))
        rows += [[title, "", "", "", "", ""], *r.rows(roles, group)]
    flow = [
        said("１　評価の方法", 11), ruled(legend, [60, 330]), Spacer(1, 6),
        said("２　評価の結果", 11),
        said("　１４の指標のうち、Ｓが５、Ａが４、Ｂが３、Ｃが２となりました。"),
        Spacer(1, 360),
        ruled([*top, *rows], widths, repeat=0, spans=spans),
    ]  # fmt: skip
    r.fault("count", "", "3", "2")
    return r, paper(r, flow)


def naruto() -> tuple[Report, bytes]:
    """Cards: name, a target under another word, 当初値, bands in words, projects beneath."""
    r = Report(
        title="成東野市総合計画　後期基本計画の進み具合（令和５年度）", edition=2024, judged=False
    )
    flow: list[Any] = [
        said(
            "達成：めざそう値に達した　高：当初値より大きく向上した　中：横ばい　低：当初値より低下した",
            8.5,
        ),
        Spacer(1, 6),
    ]
    cards = [
        (1, "政策１　暮らしを守る", [
            (1, "防災", "自主防災組織の数", "組織", "64", "90", "91", "達成", [["防災士育成事業", "1,200"]]),
            (2, "防犯", "防犯灯のLED化率", "％", "38.0", "100.0", "86.5", "高", [["防犯灯整備事業", "9,480"], ["青色パトロール事業", "310"]]),
            (3, "消防", "消防団員の充足率", "％", "91.2", "95.0", "84.0", "低", [["消防団運営事業", "22,100"]]),
            (4, "交通", "乗合バスの利用者数", "人", "41,200", "50,000", "41,350", "中", [["地域公共交通事業", "38,700"]]),
        ]),
        (2, "政策２　人を育てる", [
            (1, "学校教育", "「学校が楽しい」と答えた児童の割合", "％", "88.1", "92.0", "92.4", "達成", [["学校支援員配置事業", "18,240"]]),
            (2, "生涯学習", "公民館の利用者数", "人", "58,900", "65,000", "44,120", "低", [["公民館講座事業", "2,030"]]),
            (3, "文化", "歴史民俗資料館の入館者数", "人", "6,120", "8,000", "7,740", "高", [["企画展開催事業", "1,890"]]),
            (4, "スポーツ", "週１回以上運動する人の割合", "％", "47.5", "55.0", "－¦!not_available", "－", [["市民スポーツ祭", "980"]]),
        ]),
        (3, "政策３　産業を伸ばす", [
            (1, "農業", "いちご狩りの入込客数", "千人", "118", "150", "151", "達成", [["観光農園支援事業", "1,450"]]),
            (2, "商工", "創業塾の修了者数", "人", "14", "30", "28", "高", [["創業支援事業", "760"]]),
        ]),
    ]  # fmt: skip
    roles = ["name", "unit", "baseline@2018", "target@2024", "actual@2023", "status"]
    for goal, title, group in cards:
        flow += [said(title, 12), Spacer(1, 3)]
        for policy, area, name, unit, base, target, actual, status, projects in group:
            r.at(goal, policy)
            shown = r.rows(roles, [("+", name, unit, base, target, actual, status)])[0]
            flow += [
                said(f"施策{goal}-{policy}　{area}", 10.5),
                ruled(
                    [["まちづくり指標", "単位", "当初値<br/>（H30）", "めざそう値<br/>（R6）", "現在値<br/>（R5）", "達成度"], shown],
                    [205, 45, 70, 75, 70, 40],
                ),
                Spacer(1, 2),
                ruled([["主な事業", "決算額（千円）"], *projects], [250, 100]),
                Spacer(1, 8),
            ]  # fmt: skip
    flow.append(PageBreak())
    flow.append(
        said("　この資料についてのお問い合わせは、企画政策課（内線２１３）までお願いします。")
    )
    return r, paper(r, flow)


TOWNS = {"agawa": agawa, "tarami": tarami, "naruto": naruto}
