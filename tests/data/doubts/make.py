"""An invented report full of doubts: ``python -m tests.data.doubts.make`` writes ``2025.pdf``.

Names, figures and mistakes are invented.  The texts of the last table would be run by a page, a
terminal or a spreadsheet that takes them for more than text.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

FONT = "/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf"
WIDE, HIGH = 595.28, 841.89
LEFT, SIZE, LEADING = 48.0, 9.0, 11.0
HEADING = ("指標名", "単位", "基準値\n（R2）", "R6\n目標", "R6\n実績", "R7\n目標", "達成状況")
WIDTHS = (176.0, 44.0, 56.0, 56.0, 64.0, 56.0, 48.0)

LEGEND = (
    ("区分", "説明"),
    ("◎", "目標値を達成したもの"),
    ("○", "目標値に達していないが、基準値より改善したもの"),
    ("△", "基準値から改善していないもの"),
)
GOAL_1 = (
    ("有害鳥獣の捕獲数", "頭", "120", "150", "160", "160", "◎"),
    ("体験農園の利用者数", "人", "1,200", "1,500", "14,20", "1,600", "○"),
    ("特産品の売上高", "千円", "8,000", "9,000", "8,4,00", "9,500", "○"),
    ("空き家の登録数", "件", "10", "20", "12 15", "25", "○"),
    ("創業支援の件数", "件", "5", "10", "〃", "12", "△"),
    ("観光客の入込数", "千人", "300", "350", "340～320", "360", "○"),
    ("宿泊者数", "千人", "40", "50", "4..5", "55", "○"),
    ("商店街の出店数", "店", "3", "6", "3/8", "8", "○"),
    ("道の駅の来場者数", "千人", "90", "100", "(95)", "110", "○"),
    ("直売所の会員数", "人", "60", "80", "75（丙）", "90", "○"),
    ("新規就農者数", "人", "2", "5", "☆", "6", "○"),
    ("認定農業者数", "ホゲ", "30", "35", "33", "36", "○"),
    ("地産地消の協力店数", "", "12", "20", "15", "22", "○"),
    ("耕作放棄地の解消面積", "ha", "1.5", "3.0", "2.5", "3.5", "◎"),
    ("林道の整備延長", "km", "10.0", "12.0", "11.5", "12.5", "◇"),
    ("", "", "7", "8", "9", "10", "◎"),
    ("企業立地の件数", "件", "1", "2", "2", "3", "◎"),
    ("企業立地の件数", "件", "1", "2", "2", "3", "◎"),
)
GOAL_2 = (
    ("健診の受診率", "％", "40.0", "50.0", "152.0", "55.0", "◎"),
    ("健康教室の参加者数", "人", "500", "600", "5,80", "650", "○"),
    ("介護予防の拠点数", "箇所", "8", "10", "100", "11", "◎"),
    ("救急講習の受講者数", "人", "200", "250", "−240", "260", "○"),
    ("図書館の順位", "位", "5", "3", "0", "2", "◎"),
    ("子育て広場の利用者数", "人", "3,000", "3,600", "3,500", "3,700", ""),
    ("保育所の待機児童数", "人", "12", "5", "－", "3", "◎"),
    ("学校図書の冊数", "冊", "12,000", "13,000", "12,500", "13,500", "○"),
    ("合計", "", "15,765", "17,518", "17,072", "18,181", ""),
)
GOAL_4 = (
    ("<script>alert(1)</script>", "件", "1", "2", "2", "3", "◎"),
    ('=HYPERLINK("http://x")', "件", "1", "2", "2", "3", "◎"),
    ("逆順\u202eabc\u202c文字", "件", "1", "2", "2", "3", "◎"),
    ("<b>太字</b>&amp;指標", "件", "1", "2", "1,5,0", "3", "◎"),
)
WITHOUT_HEADING = (("災害時の備蓄数", "食", "1,000", "1,200", "1,100", "1,300", "○"),)
OTHER = (("備品名", "計画値", "備考欄"), ("トラック", "3", "更新"), ("発電機", "4", "増設"))


class Paper:
    def __init__(self, path: Path) -> None:
        pdfmetrics.registerFont(TTFont("Gothic", FONT))
        self.pdf = canvas.Canvas(str(path), pagesize=(WIDE, HIGH), invariant=1)
        self.pdf.setTitle("Test data: doubts")
        self.pdf.setAuthor("Shihyo tests")
        self.y = 56.0

    def text(self, text: str, size: float = 10.5, x: float = LEFT) -> None:
        self.pdf.setFont("Gothic", size)
        self.pdf.drawString(x, HIGH - self.y - size, text)
        self.y += size * 1.7

    def table(
        self, rows: Sequence[Sequence[str]], widths: Sequence[float] = WIDTHS, left: float = LEFT
    ) -> None:
        self.pdf.setLineWidth(0.5)
        for row in rows:
            height = max(text.count("\n") + 1 for text in row) * LEADING + 8
            x = left
            for text, width in zip(row, widths, strict=True):
                self.pdf.rect(x, HIGH - self.y - height, width, height)
                self.pdf.setFont("Gothic", SIZE)
                for number, line in enumerate(text.split("\n")):
                    self.pdf.drawString(x + 3, HIGH - self.y - 4 - SIZE - number * LEADING, line)
                x += width
            self.y += height
        self.y += 14

    def page(self) -> None:
        self.pdf.showPage()
        self.y = 56.0


def make(path: Path) -> None:
    paper = Paper(path)
    paper.text("令和7年度しらかば町総合計画実施状況報告書", 15)
    paper.text("しらかば町", 12)
    paper.text("達成状況の区分")
    paper.table(LEGEND, (60, 380))
    paper.text("基本目標1の達成率は、「◎」が40.0％となっています。")
    paper.page()
    paper.text("基本目標１　にぎわいのあるまち", 13)
    paper.table((HEADING, *GOAL_1))
    paper.page()
    paper.text("基本目標２　すこやかなまち", 13)
    paper.table((HEADING, *GOAL_2))
    paper.text("※ 図書館の貸出冊数　冊　12,000　13,000　12,800　13,500")
    paper.page()
    paper.text("基本目標４　あんしんなまち", 13)
    heading = (*HEADING[:4], "R6\n速報", *HEADING[4:])
    widths = (150.0, 44.0, 50.0, 50.0, 46.0, 64.0, 50.0, 46.0)
    paper.table((heading, *((*row[:4], "2", *row[4:]) for row in GOAL_4)), widths)
    paper.table(WITHOUT_HEADING)
    paper.table(OTHER, (160, 80, 80))
    paper.pdf.setFillColor(HexColor("#000000"))
    paper.page()
    paper.pdf.save()


if __name__ == "__main__":
    make(Path(__file__).with_name("2025.pdf"))
