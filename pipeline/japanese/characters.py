"""Characters that are one for the reader and several for the computer.

Tables only; the rules that use them are in ``text.py``.
"""

from __future__ import annotations

_RADICAL_FORMS = (
    "⺂⺃⺅⺇⺉⺋⺎⺏⺐⺑⺒⺓⺔⺖⺘⺙⺛⺞⺟⺠⺡⺣⺤⺦⺨⺭⺮⺯⺰⺱⺲⺳⺹⺺⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆"
    "⻇⻈⻉⻊⻋⻌⻍⻎⻐⻑⻒⻓⻔⻕⻖⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳⼀"
    "⼁⼂⼃⼄⼅⼆⼇⼈⼉⼊⼋⼌⼍⼎⼏⼐⼑⼒⼓⼔⼕⼖⼗⼘⼙⼚⼛⼜⼝⼞⼟⼠⼡⼢⼣⼤⼥⼦⼧⼨⼩⼪⼫⼬"
    "⼭⼮⼯⼰⼱⼲⼳⼴⼵⼶⼷⼸⼹⼺⼻⼼⼽⼾⼿⽀⽁⽂⽃⽄⽅⽆⽇⽈⽉⽊⽋⽌⽍⽎⽏⽐⽑⽒⽓⽔⽕⽖⽗⽘"
    "⽙⽚⽛⽜⽝⽞⽟⽠⽡⽢⽣⽤⽥⽦⽧⽨⽩⽪⽫⽬⽭⽮⽯⽰⽱⽲⽳⽴⽵⽶⽷⽸⽹⽺⽻⽼⽽⽾⽿⾀⾁⾂⾃⾄"
    "⾅⾆⾇⾈⾉⾊⾋⾌⾍⾎⾏⾐⾑⾒⾓⾔⾕⾖⾗⾘⾙⾚⾛⾜⾝⾞⾟⾠⾡⾢⾣⾤⾥⾦⾧⾨⾩⾪⾫⾬⾭⾮⾯⾰"
    "⾱⾲⾳⾴⾵⾶⾷⾸⾹⾺⾻⾼⾽⾾⾿⿀⿁⿂⿃⿄⿅⿆⿇⿈⿉⿊⿋⿌⿍⿎⿏⿐⿑⿒⿓⿔⿕"
)
_IDEOGRAPHS = (
    "乛乚亻𠘨刂㔾兀尣尢𡯂巳幺彑忄扌攵旡歺母民氵灬爫丬犭礻𥫗糹纟罓罒㓁耂肀𦥑艹艹艹虎衤覀西见角"
    "𧢲讠贝𧾷车辶辶辶钅長镸长门𨸏阝青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟一"
    "丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮"
    "山巛工己巾干幺广廴廾弋弓彐彡彳心戈戸手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻"
    "爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至"
    "臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革"
    "韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"
)

RADICALS: dict[str, str] = dict(zip(_RADICAL_FORMS, _IDEOGRAPHS, strict=True))
"""Radicals of the Kangxi block and of the CJK Radicals Supplement → the ideograph they stand for.

After the property Equivalent_Unified_Ideograph of Unicode 14, with 戸 for ⼾ (the form in use in
Japan), and without the radicals in :data:`SEPARATE_RADICALS`.
"""

SEPARATE_RADICALS = "⺁⺄⺆⺈⺊⺌⺍⺕⺗⺜⺝⺢⺥⺧⺩⺪⺫⺬⺴⺵⺶⺷⺸⺻⺼⻏⻗"
"""Radicals whose glyph is another than that of their equivalent ideograph.

No font shares a glyph between the two, so no document means the ideograph by the radical.  Found
by drawing both in a sans and a serif face and comparing.
"""

TWINS: dict[str, str] = {
    "戶": "戸",
    "內": "内",
    "查": "査",
    "壳": "売",
    "团": "団",
    "册": "冊",
    "髙": "高",
    "﨑": "崎",
    "靑": "青",
    "黑": "黒",
    "黃": "黄",
}
"""Variant forms that name the same word: folded in keys, never in released text."""

BEGIN_NO_LINE = frozenset(
    "ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々、。，．・：；！？,.!?)）］〕｝〉》」』】]}"
)
"""Characters that begin no line (JIS X 4051): the one before them goes with them to the next."""
