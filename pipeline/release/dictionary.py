"""The field dictionary: every released table and every field once.

From it come the CSV headers, the table schemas, the CSVW metadata, the data dictionary and the
notes of the workbook.  Same quantity, same name in all tables.  Header names, their number and
their order are the same every year.  A list of all fields, and for this reason one file.
"""

from __future__ import annotations

from typing import Literal

from pipeline.model import Record

FieldType = Literal["string", "integer", "number", "boolean"]

FORMAT_VERSION = "2.0"
"""Version of the release's form, in every file that has a place for one.

The first number changes when a reader of the last version could go wrong (a column, key or code
renamed, moved or of another meaning), the second when something is added.
"""

NOT_AVAILABLE = "***"
"""Sign for a value that does not exist or is not known (notation rule 1-13)."""
WITHHELD = "X"
"""Sign for a value that is held back: our reading of it is in doubt, or the document does so."""

SIGNS = {
    NOT_AVAILABLE: ("該当する数値がない、または不詳", "not available"),
    WITHHELD: (
        "公開を保留（読み取りに疑義、または資料で秘匿）",
        "withheld: the reading is in doubt, or the document withholds it",
    ),
}


class Field(Record):
    """One column.  ``header`` is the Japanese heading, ``name`` the English key.

    ``signs``: which of :data:`SIGNS` may stand instead of a value.  ``words``: the only words it
    holds, if they are few.  ``pattern``: what every value looks like (a regular expression).
    """

    name: str
    header: str
    type: FieldType
    description: str
    description_ja: str
    signs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    pattern: str = ""


class TableSpec(Record):
    """One released table.  ``file`` has places for the 6-digit ``code`` and the ``edition``.

    ``of``: the tables whose keys are used here, by the field that names them.
    """

    name: str
    file: str
    title: str
    title_ja: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    of: tuple[tuple[str, str], ...] = ()


def _field(
    name: str,
    header: str,
    kind: FieldType,
    description: str,
    ja: str,
    *signs: str,
    words: tuple[str, ...] = (),
    pattern: str = "",
) -> Field:
    return Field(
        name=name,
        header=header,
        type=kind,
        description=description,
        description_ja=ja,
        signs=signs,
        words=words,
        pattern=pattern,
    )


_NO, _HELD = NOT_AVAILABLE, WITHHELD
TEXT = r"(?:[^=+\-@\t\r].*|[+\-]?[0-9][0-9,]*(?:\.[0-9]+)?%?)"
"""What every text looks like: nothing that a spreadsheet takes for a formula."""

KINDS_JA = {
    "baseline": "基準値",
    "target": "目標値",
    "actual": "実績値",
    "next_target": "次期目標値",
    "rate": "達成率",
}
DIRECTIONS_JA = {"higher": "上向き", "lower": "下向き", "unknown": "不明"}
BASES_JA = {
    "declared": "登録",
    "printed": "資料に記載",
    "evidence": "複数の根拠による推定",
    "": NOT_AVAILABLE,
}
SEVERITIES_JA = {"blocker": "保留", "error": "誤り", "warning": "注意", "info": "情報"}
LEGEND_BASES_JA = {"profile": "設定", "legend": "凡例から読取", "": NOT_AVAILABLE}
WHOLE = "全体"
ONE_GOAL = "基本目標別"

CODE = _field(
    "local_government_code",
    "全国地方公共団体コード",
    "string",
    "6-digit code with check digit, as text",
    "検査数字を含む6桁のコード（文字列）",
    pattern=r"[0-9]{6}",
)
AREA = _field(
    "area_code",
    "地域コード",
    "string",
    "5-digit standard area code",
    "標準地域コード5桁",
    pattern=r"[0-9]{5}",
)
MUNICIPALITY = _field(
    "municipality", "地方公共団体名", "string", "Prefecture and name", "都道府県名と団体名", _NO
)
EDITION = _field(
    "edition",
    "資料年度",
    "integer",
    "Fiscal year that the document is about to begin (Western year)",
    "資料が対象とする年度（西暦）",
)
INDICATOR_ID = _field(
    "id",
    "指標ID",
    "string",
    "Stable id of the indicator, never used for another",
    "指標の固定ID。別の指標に再利用しない",
)
INDICATOR_NAME = _field("name", "指標名", "string", "Name of the indicator", "指標の名称", _HELD)
UNIT = _field("unit", "単位", "string", "Unit of the values", "数値の単位", _NO, _HELD)
GOAL_NUMBER = _field(
    "goal_number", "基本目標番号", "integer", "Number of the goal", "基本目標の番号", _NO
)
GOAL = _field("goal", "基本目標", "string", "Title of the goal", "基本目標の名称", _NO, _HELD)
POLICY_NUMBER = _field(
    "policy_number", "施策番号", "integer", "Number of the policy", "施策の番号", _NO
)
POLICY = _field(
    "policy", "施策", "string", "Title of the policy", "施策（基本方針）の名称", _NO, _HELD
)
PAGE = _field("page", "ページ", "integer", "Page of the PDF, from 1", "PDFのページ番号", _NO)
PRINTED = _field(
    "printed",
    "原文表記",
    "string",
    "As printed, on one line; a sign = + - @ at its head in full width",
    "印字されたままの文字（改行は空白、先頭の=+-@は全角）",
    _NO,
    _HELD,
)
KIND = _field(
    "kind",
    "値区分",
    "string",
    "基準値 (baseline), 目標値 (target), 実績値 (actual), 次期目標値 (next target), 達成率 (rate)",
    "基準値・目標値・実績値・次期目標値・達成率の別",
    words=tuple(KINDS_JA.values()),
)
TIME = _field(
    "time_code",
    "時間軸コード",
    "string",
    "Ten digits: YYYY100000 is a fiscal year, YYYY000000 a calendar year; *** if none is printed",
    "10桁の時間軸コード（YYYY100000は年度、YYYY000000は暦年）。資料に記載がなければ***",
    _NO,
    pattern=r"[0-9]{4}[01]00000|\*{3}",
)
FISCAL_YEAR = _field(
    "fiscal_year",
    "年度",
    "integer",
    "Western year; of a calendar year where the time code says so",
    "年度（西暦）。時間軸コードが暦年の場合は暦年",
    _NO,
)
PART = _field(
    "part",
    "内訳",
    "string",
    "Part of the value (sex, rank …)",
    "男女・順位などの内訳。なければ「全体」",
    _HELD,
)
VALUE = _field(
    "value",
    "指標値",
    "number",
    "The number, or *** or X",
    "数値。***は数値なし、Xは公開保留",
    _NO,
    _HELD,
)
VALUE_TEXT = _field(
    "value_text",
    "指標値の表記",
    "string",
    "The value in words where it is not a number",
    "数値でない場合を含む値の表記",
    _NO,
    _HELD,
)
MISSING = _field(
    "missing",
    "数値がない理由",
    "string",
    "Why there is no number; *** where there is one",
    "数値がない場合の理由。数値があれば***",
    _NO,
)
STATUS = _field("status", "達成状況", "string", "Status word", "達成状況の区分", _HELD)
COUNT_PUBLISHED = _field(
    "count_published",
    "件数（公表の達成状況）",
    "integer",
    "Count of the printed statuses",
    "指標表の達成状況を数えた件数",
)
COUNT_RECOMPUTED = _field(
    "count_recomputed",
    "件数（再計算）",
    "integer",
    "Count of the recomputed statuses",
    "再計算した達成状況の件数",
)

LONG = TableSpec(
    name="values",
    file="{code}_kpi_{edition}.csv",
    title="Values of the indicators (long form)",
    title_ja="指標の値（縦持ち）",
    fields=(
        CODE,
        AREA,
        MUNICIPALITY,
        EDITION,
        INDICATOR_ID,
        INDICATOR_NAME,
        KIND,
        TIME,
        FISCAL_YEAR,
        PART,
        UNIT,
        VALUE,
        VALUE_TEXT,
        MISSING,
    ),
    key=("id", "kind", "time_code", "part"),
    of=(("id", "indicators"),),
)

INDICATORS = TableSpec(
    name="indicators",
    file="{code}_kpi_indicators.csv",
    title="Code table of the indicators",
    title_ja="指標のコード表",
    fields=(
        CODE,
        INDICATOR_ID,
        INDICATOR_NAME,
        UNIT,
        _field(
            "direction",
            "改善の方向",
            "string",
            "上向き (higher is better), 下向き (lower is better) or 不明",
            "上向き・下向き・不明の別",
            words=tuple(DIRECTIONS_JA.values()),
        ),
        _field(
            "direction_basis",
            "改善の方向の根拠",
            "string",
            "What the direction rests on",
            "方向の根拠（登録・推定など）",
            _NO,
        ),
        _field("cumulative", "累計", "boolean", "Whether values accumulate", "累計値であるか"),
        GOAL_NUMBER,
        GOAL,
        POLICY_NUMBER,
        POLICY,
        _field(
            "status_published",
            "達成状況（公表）",
            "string",
            "Status as the document prints it",
            "資料に記載された達成状況",
            _NO,
            _HELD,
        ),
        _field(
            "status_recomputed",
            "達成状況（再計算）",
            "string",
            "Status recomputed by the document's own legend",
            "凡例に従い再計算した達成状況",
            _NO,
            _HELD,
        ),
        _field(
            "note", "特記事項", "string", "Note to the indicator", "指標に付された注記", _NO, _HELD
        ),
        PAGE,
    ),
    key=("id",),
)

PROJECTS = TableSpec(
    name="projects",
    file="{code}_kpi_projects.csv",
    title="Projects",
    title_ja="事業",
    fields=(
        CODE,
        _field("number", "事業連番", "integer", "Order in the document", "資料での順番"),
        GOAL_NUMBER,
        GOAL,
        POLICY_NUMBER,
        POLICY,
        _field("project", "事業名", "string", "Name of the project", "事業の名称", _HELD),
        _field(
            "departments",
            "担当部署",
            "string",
            "Departments, separated by a semicolon",
            "担当課（複数は;区切り）",
            _NO,
            _HELD,
        ),
        _field("summary", "事業概要", "string", "What is done", "事業の概要", _NO, _HELD),
        _field("highlighted", "強調", "boolean", "Whether its cells are coloured", "着色セルか"),
        _field("repeated", "再掲", "boolean", "Whether marked 再掲", "再掲か"),
        PAGE,
    ),
    key=("number",),
)

SUMMARY = TableSpec(
    name="summary",
    file="{code}_kpi_summary.csv",
    title="Status counts",
    title_ja="達成状況の集計",
    fields=(
        CODE,
        EDITION,
        _field(
            "group",
            "集計範囲",
            "string",
            "全体 (the whole plan) or 基本目標別 (one goal)",
            "全体・基本目標別の別",
            words=(WHOLE, ONE_GOAL),
        ),
        GOAL_NUMBER,
        GOAL,
        STATUS,
        _field(
            "count_printed",
            "件数（資料の記載）",
            "integer",
            "Count that the document claims",
            "資料に記載された件数",
            _NO,
        ),
        _field(
            "percent_printed",
            "割合（資料の記載）",
            "number",
            "Share in percent that the document claims",
            "資料に記載された割合（％）",
            _NO,
        ),
        COUNT_PUBLISHED,
        COUNT_RECOMPUTED,
    ),
    key=("group", "goal_number", "status"),
)

LEGEND = TableSpec(
    name="legend",
    file="legend.csv",
    title="What the statuses mean",
    title_ja="達成状況の凡例",
    fields=(
        CODE,
        EDITION,
        _field("order", "凡例順", "integer", "Order of the legend", "凡例の順番"),
        STATUS,
        PRINTED,
        _field(
            "rule_printed",
            "判定基準（資料の記載）",
            "string",
            "Rule as the legend prints it",
            "凡例に記載された判定基準",
            _NO,
            _HELD,
        ),
        _field(
            "rule_applied",
            "判定基準（適用）",
            "string",
            "Rule by which statuses were recomputed; the first that holds gives the status",
            "再計算に用いた判定基準（適用順に判定し、最初に当てはまるもの）",
            _NO,
        ),
        _field(
            "rule_order",
            "適用順",
            "integer",
            "Order in which the applied rules are tried",
            "判定基準を当てはめる順番",
            _NO,
        ),
        _field(
            "rule_basis",
            "判定基準の根拠",
            "string",
            "Where the applied rule comes from",
            "適用した基準の出所",
            _NO,
            words=tuple(LEGEND_BASES_JA.values()),
        ),
        COUNT_PUBLISHED,
        COUNT_RECOMPUTED,
        PAGE,
    ),
    key=("order",),
)

PROVENANCE = TableSpec(
    name="provenance",
    file="provenance.csv",
    title="Where every value stands on the paper",
    title_ja="値の出所",
    fields=(
        INDICATOR_ID,
        _field("field", "項目", "string", "Field of the indicator", "指標の項目"),
        TIME,
        FISCAL_YEAR,
        PART,
        PAGE,
        _field("x0", "左端", "number", "Left edge in points", "左端（ポイント）"),
        _field("top", "上端", "number", "Upper edge in points from above", "上端（ポイント）"),
        _field("x1", "右端", "number", "Right edge in points", "右端（ポイント）"),
        _field("bottom", "下端", "number", "Lower edge in points", "下端（ポイント）"),
        PRINTED,
        _field("reader", "読取方法", "string", "Reader", "読み取りに使った方法"),
        _field(
            "decided", "決定", "string", "What a person decided", "人が決定した内容", _NO, _HELD
        ),
        _field("decided_by", "決定者", "string", "Who decided", "決定した人", _NO, _HELD),
        _field("decided_on", "決定日", "string", "When it was decided", "決定した日", _NO, _HELD),
        _field("decided_why", "決定理由", "string", "Why", "決定の理由", _NO, _HELD),
        _field(
            "sha256",
            "原資料SHA256",
            "string",
            "sha256 of the PDF",
            "原資料PDFのハッシュ値",
            pattern=r"[0-9a-f]{64}",
        ),
    ),
    key=("id", "field", "time_code", "part"),
    of=(("id", "indicators"),),
)

FINDINGS = TableSpec(
    name="findings",
    file="findings.csv",
    title="Findings",
    title_ja="検査結果",
    fields=(
        _field("rule", "規則ID", "string", "Id of the rule", "検査規則のID"),
        _field("rule_name", "規則名", "string", "What the rule tells", "検査規則の名称"),
        _field("key", "検査結果ID", "string", "Stable key of the finding", "検査結果の固定ID"),
        _field(
            "severity",
            "重大度",
            "string",
            "保留 (blocker), 誤り (error), 注意 (warning), 情報 (info)",
            "保留・誤り・注意・情報",
            words=tuple(SEVERITIES_JA.values()),
        ),
        _field("subject", "対象", "string", "What it is about", "検査対象", _NO, _HELD),
        PAGE,
        _field(
            "box",
            "位置",
            "string",
            "x0 top x1 bottom in points",
            "左・上・右・下の順（ポイント）",
            _NO,
        ),
        PRINTED,
        _field(
            "expected", "期待される値", "string", "What was expected", "期待される値", _NO, _HELD
        ),
        _field("message_ja", "説明", "string", "Explanation in Japanese", "日本語の説明", _HELD),
        _field(
            "message_en", "説明（英語）", "string", "Explanation in English", "英語の説明", _HELD
        ),
        _field(
            "decision",
            "決定内容",
            "string",
            "What a person decided, and why",
            "人が決定した内容と理由",
            _NO,
            _HELD,
        ),
    ),
    key=("key",),
)

TABLES = (LONG, INDICATORS, PROJECTS, SUMMARY, LEGEND, PROVENANCE, FINDINGS)


def file_name(table: TableSpec, code: str, edition: int) -> str:
    """The name of a table's file: ``352136_kpi_2025.csv``, ``provenance.csv``."""
    return table.file.format(code=code, edition=edition)
