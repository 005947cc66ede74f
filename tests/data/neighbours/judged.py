# ruff: noqa: E501  (a line a row)
"""Invented towns that report what came of their plans: actuals, rates, arrows, statuses."""

from __future__ import annotations

from tests.data.neighbours.made import Report, grid, head


def kuzuhara() -> Report:
    """Rates of three years that are plain quotients, direction words, units in the base, A3."""
    r = Report(
        title="葛原市第５次総合計画「１３指標」の進捗状況",
        edition=2014,
        directed=True,
        style="@page{size:A3 landscape;margin:14mm} td{height:22pt}",
    )
    top = head(
        "指標",
        "内容",
        "単位",
        "現状値",
        "年度",
        "方向",
        "目標<br>平成32年",
        "23年度",
        "達成率(%)",
        "24年度",
        "達成率(%)",
        "25年度",
        "達成率(%)",
        "備考",
    )
    roles = [
        "name",
        "",
        "unit",
        "baseline@2010",
        "",
        "",
        "target@2020",
        "actual@2011",
        "rate@2011",
        "actual@2012",
        "rate@2012",
        "actual@2013",
        "rate@2013",
        "",
    ]
    up, down = "アップ", "ダウン"
    base = "平成22年度"
    r.add("<p class=right>平成26年8月　企画政策課</p>")
    r.table(top, roles, [
        ("-", "ごみの量", "市民1人1日当たりの排出量", "g/人", "611g/人¦611", base, down, "580", "581", "100.2", "593", "102.2", "586", "101.0", ""),
        ("+", "資源ごみの<br>リサイクル率¦資源ごみのリサイクル率", "総排出量に占める割合", "%", "14.20%¦14.20", base, up, "20.00", "14.80", "74.0", "15.10", "75.5", "15.60", "78.0", ""),
        ("+", "市民アンケートの<br>満足度¦市民アンケートの満足度", "住みよいと答えた割合", "%", "57.10%¦57.10", base, up, "70.00", "－¦!not_available", "－¦!not_available", "60.30", "86.1", "－¦!not_available", "－¦!not_available", "隔年で調査"),
        ("+", "観光客数", "主要3施設の入込", "人/年", "21,754人/年¦21754", base, up, "30,000", "22,410", "74.7", "23,880", "79.6", "25,050", "83.5", ""),
        ("+", "自主防災組織率", "組織のある自治会の割合", "%", "38.00%¦38.00", base, up, "93.00", "45.00", "48.4", "58.00", "62.4", "71.00", "76.3", "25年度は見込"),
        ("-", "犯罪発生件数", "刑法犯の認知件数", "件/年", "412件/年¦412", base, down, "350", "398", "113.7", "377", "107.7", "361", "103.1", ""),
        ("+", "がん検診受診率", "5種の平均", "%", "12.60%¦12.60", base, up, "50.00", "13.90", "27.8", "16.40", "32.8", "18.20", "36.4", ""),
        ("+", "保育所定員数", "認可保育所", "人", "540人¦540", base, up, "600", "540", "90.0", "560", "93.3", "560", "93.3", ""),
        ("+", "スポーツ施設の<br>利用者数¦スポーツ施設の利用者数", "体育館・プールの計", "人/年", "64,120人/年¦64120", base, up, "70,000", "65,240", "93.2", "66,018", "94.3", "67,930", "97.0", ""),
        ("+", "農地の集積率", "担い手への集積", "%", "18.40%¦18.40", base, up, "40.00", "19.60", "49.0", "22.40", "56.0", "25.10", "62.8", ""),
        ("-", "市債残高", "普通会計", "億円", "168.5億円¦168.5", base, down, "140.0", "164.2", "117.3", "159.9", "114.2", "156.1", "111.5", ""),
        ("+", "市税の収納率", "現年・滞納の計", "%", "88.30%¦88.30", base, up, "93.00", "88.90", "95.6", "89.70", "96.5", "90.40", "87.2", ""),
        ("+", "職員研修の参加者数", "派遣研修を含む", "人/年", "186人/年¦186", base, up, "250", "201", "80.4", "214", "85.6", "233", "93.2", ""),
    ], widths="12 13 5 8 7 6 7 6 6 6 6 6 6 6")  # fmt: skip
    r.fault("rate", "市税の収納率", "87.2", "97.2")
    r.add(
        "<p class=small>※　達成率は、実績値を目標値で除して求めた値であり、方向が「ダウン」の指標では"
        "100％を超えると目標に達していないことを表す。</p>"
    )
    return r


def mitsuike() -> Report:
    """A small table an indicator, years across with their roles in brackets, an arrow a number."""
    r = Report(
        title="三ツ池市総合戦略の数値目標の推移", edition=2017, style="td{text-align:center}"
    )
    r.add("<p class=right>H29.10.3　資料4</p><p>※　矢印は、左の欄の値と比べた増減を示す。</p>")
    small = [
        (1, "基本目標１　安心して子どもを産み育てるまち", [
            ("+‰", "合計特殊出生率に関する出生率", [("25", "基準値", "8.1‰"), ("27", "", "8.3‰ ↑"), ("28", "現状値", "8.0‰ ↓"), ("31", "目標値", "8.8‰")]),
            ("+％", "子育て環境に満足する保護者の割合", [("26", "基準値", "61.2%"), ("27", "", "62.0% ↑"), ("28", "現状値", "64.5% ↑"), ("31", "目標値", "70.0%")]),
            ("-人", "待機児童数", [("25", "基準値", "48人"), ("27", "", "0人 ↓"), ("28", "現状値", "0人 →"), ("31", "目標値", "0人")]),
        ]),
        (2, "基本目標２　にぎわいと働く場のあるまち", [
            ("+社", "市内に本店を置く法人数", [("25", "基準値", "7,014社"), ("27", "", "7,102社 ↑"), ("28", "現状値", "7,155社 ↑"), ("31", "目標値", "7,300社")]),
            ("+％", "駅周辺の歩行者通行量の増加率", [("25", "基準値", "100.0%"), ("27", "", "101.4% ↑"), ("28", "現状値", "99.8% ↓"), ("31", "目標値", "110.0%")]),
            ("+人", "創業支援による創業者数", [("26", "基準値", "31人"), ("27", "", "44人 ↑"), ("28", "現状値", "52人 ↑"), ("31", "目標値", "60人")]),
        ]),
        (3, "基本目標３　人が集い住み続けるまち", [
            ("+人", "転入者数", [("25", "基準値", "20,412人"), ("27", "", "21,118人 ↑"), ("28", "現状値", "21,346人 ↑"), ("31", "目標値", "22,000人")]),
            ("-戸", "空き家の数", [("25", "基準値", "4,310戸"), ("27", "", "4,352戸 ↑"), ("28", "現状値", "4,298戸 ↓"), ("31", "目標値", "4,000戸")]),
            ("+％", "住み続けたいと思う市民の割合", [("25", "基準値", "74.9%"), ("27", "", "－¦!not_available"), ("28", "現状値", "77.2%"), ("31", "目標値", "80.0%")]),
        ]),
    ]  # fmt: skip
    kinds = {"基準値": "baseline", "": "actual", "現状値": "actual", "目標値": "target"}
    for goal, title, tables in small:
        r.at(goal, None, f"<h2>{title}</h2>")
        for number, (better, name, columns) in enumerate(tables, start=1):
            r.add(f"<p>（{number}）{name}</p>")
            roles = ["name", *(f"{kinds[role]}@{1988 + int(year)}" for year, role, _ in columns)]
            shown = r.rows(roles, [(better, name, *(cell for _, _, cell in columns))])
            top = head(
                *(f"平成{y}" + (f"<br>（{role}）" if role else "") for y, role, _ in columns)
            )
            r.add(grid(top, [shown[0][1:]]))
        if goal == 2:
            r.add("<p class=small>参考）平成24年　6,988社</p>")
    return r


def sarashina() -> Report:
    """Base and target in the name's cell, ranks, last year in brackets, marks judged anew."""
    r = Report(title="更科野市創生戦略の政策評価（29年度）", edition=2018, judged=False)
    r.add(
        "<div class=box>【進捗区分】　Ａ：実績値が目安値以上　　Ｂ：実績値が目安値の80％以上100％未満<br>"
        "　　　　　　　Ｃ：実績値が目安値の80％未満　　－：実績値が把握できないもの</div>"
    )
    top = head("指標名", "目安値<br>（H29年度）", "実績値<br>（H29年度）", "進捗区分", "前年度")
    r.at(1, None, "<h2>基本目標１　自然減への歯止め</h2>")
    rows = [
        (
            "+",
            "合計特殊出生率",
            "H26年1.54→H31年1.68",
            "1.62",
            "1.56 (全国16位)¦1.56",
            "B",
            "A",
            "",
            "1.54",
            "1.68",
        ),
        (
            "+組",
            "結婚支援による婚姻件数(組)",
            "H26年312→H31年420",
            "380",
            "391",
            "A",
            "B",
            "",
            "312",
            "420",
        ),
        (
            "+％",
            "男性の育児休業取得率(％)",
            "H26年3.9→H31年13.0",
            "9.8",
            "－¦!not_available",
            "-",
            "B",
            "",
            "3.9",
            "13.0",
        ),
        (
            "+人",
            "保育士の確保数(人)",
            "H26年8,020→H31年8,600",
            "8,350",
            "8,137",
            "B",
            "B",
            "",
            "8,020",
            "8,600",
        ),
    ]
    rows2 = [
        ("+人", "社会増減(人)", "H26年▲3,703→H31年▲2,000", "▲2,700", "▲2,530", "A", "C (A※1)", "", "▲3,703", "▲2,000"),
        ("+人", "移住者数(人)", "H26年926→H31年1,400", "1,220", "1,274", "A", "A", "", "926", "1,400"),
        ("+人", "農業の新規就業者数(人)", "H26年219→H31年250", "240", "171", "C", "B", "", "219", "250"),
        ("+億円", "観光消費額(億円)", "H26年640→H31年800", "740", "745", "A", "A", "", "640", "800"),
        ("+件", "企業の誘致件数(件)", "H26年22→H31年40", "34", "38", "A", "B", "", "22", "40"),
        ("+人", "外国人延宿泊者数(人)", "H26年66,000→H31年210,000", "150,000", "132,400", "B", "A", "", "66,000", "210,000"),
    ]  # fmt: skip
    for goal, group in ((1, rows), (2, rows2)):
        if goal == 2:
            r.at(2, None, "<h2>基本目標２　社会増への転換</h2>")
        lines = []
        for better, name, run, guide, actual, status, last, _, base, target in group:
            meant = name.partition("(")[0]
            r.told(
                [
                    "name",
                    "target@2017",
                    "actual@2017",
                    "status",
                    "",
                    "baseline@2014",
                    "target@2019",
                ],
                [meant, guide, actual, status, last, base, target],
                better[0],
                better[1:],
            )
            shown = [f"{name}<br>{run}", guide, actual.partition("¦")[0], status, last]
            lines.append(shown)
        r.add(grid(top, lines, "44 14 18 12 12"))
    r.add("<p class=small>※1　国の統計の改定により、前年度の区分を見直した。</p>")
    return r


def tsukubane() -> Report:
    """A sheet an indicator, turned: a target and an actual for every year, rate and letters."""
    r = Report(title="筑波嶺町総合戦略　数値目標・ＫＰＩ進捗状況調書", edition=2019, directed=False)
    legend = (
        "<p class=small>※評価　A：順調（実績値≧期待値）　B+：概ね順調（期待値の80～99％）"
        "　B：やや遅れ（50～79％）　C：遅れ（50％未満）</p>"
    )
    years = ["H26", "H27", "H28", "H29", "H30"]
    cards = [
        (1, "しごとをつくる", [
            ("+億円", "製造品出荷額", "4,356", ["4,278", "4,300", "4,330", "4,350", "4,370"], "4,380", ["4,290", "4,310", "4,205", "4,402", "4,391"], "AABAA"),
            ("+人", "新規就農者数", "6", ["7", "8", "9", "10", "11"], "12", ["7", "6", "8", "10", "5"], "ABbAC"),
            ("+件", "創業支援件数", "15", ["18", "20", "22", "24", "26"], "28", ["20", "21", "17", "14", "21"], "AAbBb"),
            ("+千人", "観光入込客数", "812", ["820", "835", "850", "870", "890"], "900", ["801", "840", "866", "871", "895"], "bAAAA"),
        ]),
        (2, "ひとを呼びこむ", [
            ("+世帯", "移住世帯数", "4", ["5", "6", "7", "8", "9"], "10", ["5", "7", "5", "4", "9"], "AABBA"),
            ("+％", "図書館の利用登録率", "31.5", ["32.0", "33.0", "34.0", "35.0", "36.0"], "37.0", ["32.4", "32.9", "34.1", "33.8", "30.2"], "AbAbb"),
        ]),
    ]  # fmt: skip
    marks = {"A": "A", "b": "B+", "B": "B", "C": "C"}
    number = 0
    for goal, title, tables in cards:
        r.at(goal, None, f"<h2>基本目標{goal}　{title}</h2>")
        for better, name, base, targets, last, actuals, letters in tables:
            number += 1
            unit = better[1:]
            rates = [f"{float(a.replace(',', '')) / float(t.replace(',', '')) * 100:.1f}"
                     for a, t in zip(actuals, targets, strict=True)]  # fmt: skip
            right = [
                "A"
                if float(x) >= 100
                else "B+"
                if float(x) >= 80
                else "B"
                if float(x) >= 50
                else "C"
                for x in rates
            ]
            shown = [marks[letter] for letter in letters]
            if number == 1:
                shown[2] = "B+"
            roles = ["name", "baseline@2013", "target@2019"]
            cells = [name, base, last]
            for at, year in enumerate(range(2014, 2019)):
                roles += [f"target@{year}", f"actual@{year}", f"rate@{year}"]
                cells += [targets[at], actuals[at], rates[at]]
            planted = number == 5
            word = f"B+¦{right[4]}" if planted else f"{shown[4]}¦{right[4]}"
            roles, cells = [*roles, "status"], [*cells, word]
            r.told(roles, cells, better[0], unit)
            shown[4] = word.partition("¦")[0]
            r.add(f"<p>ＫＰＩ{number}　{name}　（H25）{base}{unit} → （H31）{last}{unit}</p>")
            r.add(
                grid(
                    head("", "現状値<br>H25", *years, "目標値<br>H31"),
                    [
                        ["期待値", "", *targets, last],
                        ["実績値", base, *actuals, ""],
                        ["達成率（％）", "", *rates, ""],
                        ["評価（※）", "", *shown, ""],
                    ],
                )
            )
            r.add(legend)
    return r


def sutsu() -> Report:
    """A count of indicators by bands of progress, 「その他」 explained, a formula in a box."""
    r = Report(title="須津野市第五次総合計画前期基本計画の達成状況", edition=2016, judged=False)
    roles = ["", "name", "unit", "baseline@2010", "target@2015", "actual@2015", "rate", ""]
    top = (
        "<tr><th rowspan=2>番号<th rowspan=2>施策指標<th rowspan=2>単位<th>策定時<th>中間目標値"
        "<th>実績値<th rowspan=2>進捗率<br>（％）<th rowspan=2>備考"
        "<tr><th>H22年度<th>H27年度<th>H27年度"
    )
    r.add(
        "<h2>１　達成状況の集計</h2>",
        grid(
            head("進捗率（中間目標値に対して）", "該当施策指標の数", "備考"),
            [["80％以上", "6", "うち100％以上が4"], ["50％以上80％未満", "2", ""], ["50％未満", "3", ""],
             ["その他", "1", "事業終了につき評価せず"], ["合計", "12", ""]],
            "50 25 25",
        ),
        "<div class=box>●進捗率の計算<br>進捗率（％）＝（実績値－策定時の値）÷（中間目標値－策定時の値）×100</div>",
        "<h2>２　施策指標の一覧</h2>",
    )  # fmt: skip
    r.at(1, None, "<h3>基本目標１　安全で暮らしやすいまち</h3>")
    r.table(top, roles, [
        ("+", "1", "自主防災会の訓練実施率", "％", "62.0", "82.0", "80.0", "90.0", ""),
        ("-", "2", "交通事故死傷者数", "人", "2,410", "2,010", "1,960", "112.5", ""),
        ("+", "3", "雨水貯留施設の整備率", "％", "40.0", "60.0", "48.0", "40.0", ""),
        ("+", "4", "市営住宅の耐震化戸数", "戸", "120", "200", "170", "62.5", "用地交渉に時間を要した。"),
    ], widths="6 28 7 9 11 9 9 21")  # fmt: skip
    r.at(2, None, "<h3>基本目標２　支えあい健やかに暮らすまち</h3>")
    r.table(top, roles, [
        ("+", "5", "特定健診受診率", "％", "30.0", "50.0", "38.4", "42.0", ""),
        ("+", "6", "生きがい教室の参加者数", "人", "1,000", "1,500", "1,620", "124.0", ""),
        ("+", "7", "ファミサポ会員数", "人", "400", "600", "560", "80.0", ""),
        ("-", "8", "保育所待機児童数", "人", "20", "0", "0", "100.0", "定員を90人増やした。"),
    ], widths="6 28 7 9 11 9 9 21")  # fmt: skip
    r.at(3, None, "<h3>基本目標３　産業が活気づくまち</h3>")
    r.table(top, roles, [
        ("+", "9", "工業団地の分譲率", "％", "50.0", "90.0", "70.0", "50.0", ""),
        ("+", "10", "農業体験の参加者数", "人", "300", "500", "550", "125.0", ""),
        ("+", "11", "商店街の空き店舗活用数（累計）¦商店街の空き店舗活用数(累計)", "店", "10", "30", "19", "45.0", ""),
        ("+", "12", "就業相談の件数", "件", "220", "260", "－¦!not_available", "－¦!not_available", "事業終了につき評価せず"),
    ], widths="6 28 7 9 11 9 9 21")  # fmt: skip
    for one in r.indicators:
        one["values"][-1]["fiscal_year"] = 2015
    return r


def isurugi() -> Report:
    """A part-year figure and a forecast stand beside full years; units in every cell."""
    r = Report(title="石動野市総合計画成果指標", edition=2004, style="@page{size:A4 landscape}")
    roles = [
        "", "name", "", "actual@2000", "actual@2001", "actual@2002", "actual@2003#平成15年9月30日現在",
        "actual@2003#見込", "target",
    ]  # fmt: skip
    top = head(
        "主要施策<br>コード", "成果指標", "区分", "平成12年", "平成13年<br>実績", "平成14年<br>実績",
        "平成15年9月30日<br>現在", "平成15年末<br>見込", "５ヵ年目標",
    )  # fmt: skip
    r.table(top, roles, [
        ("+人", "111", "図書館入館者数", "継続", "98,214人", "104,620人", "117,857人", "65,016人", "120,000人", "105,000人"),
        ("+台", "112", "公開用パソコンの台数", "継続", "36台", "58台", "96台", "109台", "109台", "120台"),
        ("+点", "113", "生涯学習の満足度", "新規", "なし¦!none", "2.77点", "2.81点", "なし¦!none", "2.85点", "3.00点"),
        ("+回", "121", "文化財の公開回数", "継続", "4回", "4回", "5回", "3回", "6回", "8回"),
        ("+か所", "211", "児童館", "新規", "なし¦!none", "なし¦!none", "なし¦!none", "なし¦!none", "1か所", "設置¦=設置"),
        ("+", "212", "環境基本計画", "新規", "なし¦!none", "なし¦!none", "なし¦!none", "なし¦!none", "策定中¦=策定中", "策定¦=策定"),
        ("-ｔ", "213", "可燃ごみの量", "継続", "8,412ｔ", "8,390ｔ", "8,255ｔ", "4,018ｔ", "8,100ｔ", "7,800ｔ"),
        ("+％", "311", "下水道普及率", "継続", "41.2％", "45.8％", "49.0％", "50.1％", "52.0％", "65.0％"),
        ("+人", "312", "市営バスの利用者数", "継続", "51,240人", "50,118人", "49,902人", "25,306人", "50,500人", "55,000人"),
        ("-件", "411", "交通事故の件数", "継続", "168件", "172件", "151件", "70件", "145件", "130件"),
    ])  # fmt: skip
    r.add("<p class=small>（注）平成15年9月30日現在の値は、年度途中のものである。</p>")
    return r


def tokoro() -> Report:
    """An evaluation sheet: kinds of indicators down the side, each with target and actual rows."""
    r = Report(title="常呂野市事務事業評価シート", edition=2015, judged=False)
    top = head(
        "区分", "指標名", "単位", "", "25年度", "26年度", "27年度", "最終<br>目標値", "目標<br>年度"
    )
    sheets = [
        ("検診事業", "12,480", [
            ("対象指標", "+", "検診の対象者数", "人", None, ["8,410", "8,392", "－"], "－", "－"),
            ("活動指標", "+", "検診の実施回数", "回", ["40", "42", "44"], ["40", "43", "－"], "46", "29年度"),
            ("成果指標", "+", "検診の受診率", "％", ["28.0", "30.0", "32.0"], ["27.4", "30.6", "－"], "36.0", "29年度"),
        ]),
        ("除雪対策事業", "98,300", [
            ("活動指標", "+", "除雪の出動日数", "日", ["25", "25", "25"], ["31", "22", "－"], "25", "29年度"),
            ("成果指標", "-", "除雪への苦情件数", "件", ["120", "110", "100"], ["134", "96", "－"], "80", "29年度"),
        ]),
    ]  # fmt: skip
    for at, (name, budget, group) in enumerate(sheets, start=1):
        r.add(
            grid(
                head("事務事業名", "担当課", "事業費（千円）"),
                [[name, "健康推進課" if at == 1 else "道路河川課", budget]],
            )
        )
        rows = []
        for kind, better, title, unit, targets, actuals, final, year in group:
            if targets is None:
                continue
            roles, cells = ["name", "unit"], [title, unit]
            for offset, (target, actual) in enumerate(zip(targets, actuals, strict=True)):
                cell = actual if actual != "－" else "－¦!not_available"
                roles += [f"target@{2013 + offset}", f"actual@{2013 + offset}"]
                cells += [target, cell]
            r.told([*roles, "target@2017"], [*cells, final], better)
            rows.append(
                [f"<td rowspan=2>{kind}", f"<td rowspan=2>{title}", f"<td rowspan=2>{unit}",
                 "目標値", *targets, f"<td rowspan=2>{final}", f"<td rowspan=2>{year}"]
            )  # fmt: skip
            rows.append(["実績値", *actuals])
        r.add(grid(top, rows))
        r.add(
            grid(
                head("事業費の内訳（千円）", "25年度決算", "26年度決算", "27年度予算"),
                [["委託料", "8,120", "8,260", "8,400"], ["需用費", "1,204", "1,188", "1,210"],
                 ["その他", "2,916", "2,870", "2,870"]],
            )
        )  # fmt: skip
    return r


TOWNS = {
    "kuzuhara": kuzuhara,
    "mitsuike": mitsuike,
    "sarashina": sarashina,
    "tsukubane": tsukubane,
    "sutsu": sutsu,
    "isurugi": isurugi,
    "tokoro": tokoro,
}
