"""``index.html``: what the plan promised and what happened, for citizens.

One file without anything from elsewhere: it is read without network and without JavaScript, which
only filters.  Every text stands in Japanese and in English; a switch shows one of them, without
JavaScript too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from pipeline.japanese.text import match_key
from pipeline.release.chart import Spot, chart
from pipeline.release.content import Content
from pipeline.release.dictionary import (
    DIRECTIONS_JA,
    FORMAT_VERSION,
    KINDS_JA,
    LEGEND,
    LONG,
    NOT_AVAILABLE,
    ONE_GOAL,
    SIGNS,
    SUMMARY,
    WHOLE,
    WITHHELD,
)
from pipeline.release.earlier import Earlier
from pipeline.release.metadata import Metadata
from pipeline.release.tables import Row
from pipeline.release.view import released_text

_ENGLISH = {
    "baseline": "baseline",
    "target": "target",
    "actual": "actual",
    "next_target": "next target",
    "rate": "rate",
}
_DIRECTIONS_JA = {
    "higher": f"{DIRECTIONS_JA['higher']}（大きい方が良い）",
    "lower": f"{DIRECTIONS_JA['lower']}（小さい方が良い）",
    "unknown": DIRECTIONS_JA["unknown"],
}
_DIRECTIONS = {
    "higher": "higher is better",
    "lower": "lower is better",
    "unknown": "direction unknown",
}
_STYLE = """
body{font-family:'Noto Sans JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif;color:#1a1a1a;
background:#fff;line-height:1.6;margin:0}
main,header,footer{max-width:72rem;margin:0 auto;padding:0 1rem}
h1{font-size:clamp(1.3rem,4vw,2rem);line-height:1.35;margin:1rem 0 .3rem}
h2{border-bottom:2px solid #1f4e79;margin-top:2.2rem;font-size:1.35rem}
h3{margin:0;font-size:1.05rem}
p{margin:.3rem 0}
a{color:#0b4f9c}
table{border-collapse:collapse}
th,td{border:1px solid #8a8a8a;padding:.15rem .6rem;text-align:left;font-weight:normal}
thead th{background:#e8eef4;font-weight:bold}
td.f{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.counts thead th{min-width:2.2em}
.scroll{overflow-x:auto}
.wide{min-width:38rem}
th[scope=row]{min-width:4.5em}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,31rem),1fr));gap:1rem}
article{border:1px solid #8a8a8a;border-radius:6px;padding:.7rem 1rem;break-inside:avoid}
.row{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:.5rem 0}
.row table{font-size:.9rem}
svg{flex:1 1 15rem;max-width:21rem;min-width:13rem;height:auto}
.small{font-size:.9rem;color:#4a4a4a}
.status{display:inline-block;border:1px solid #1f4e79;border-radius:1rem;padding:0 .7rem}
.differs{border-left:4px solid #b3261e;padding-left:.5rem}
form,.switch{display:flex;flex-wrap:wrap;gap:.6rem 1rem;margin:1rem 0;align-items:end}
.switch{border:0;padding:0;margin:.6rem 0;font-size:.9rem;align-items:center}
.switch legend{float:left;margin-right:1rem}
form label{display:flex;flex-direction:column;min-width:0;max-width:100%}
input[type=search],select{font:inherit;padding:.25rem;max-width:100%}
nav ul{columns:2 20rem;padding-left:1.2rem;margin:.3rem 0}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;list-style:none}
.key svg{width:1.6rem;min-width:0;flex:none;vertical-align:middle;margin-right:.3rem}
svg .g{stroke:#c4c4c4}
svg .l{fill:none;stroke:#0b4f9c;stroke-width:2}
svg .b{fill:#fff;stroke:#4a4a4a;stroke-width:2}
svg .a{fill:#0b4f9c}
svg .t{stroke:#b3261e;stroke-width:4}
svg .n{fill:#fff;stroke:#b3261e;stroke-width:2}
svg text{font-size:12px;fill:#1a1a1a}
[hidden]{display:none!important}
@media(max-width:32rem){form label{width:100%}th,td{padding:.15rem .35rem}
article{padding:.6rem .7rem}}
.en{color:#4a4a4a;font-size:.9em}
.en::before{content:" "}
@supports selector(:has(a)){
.en::before{content:none}
.en{color:inherit;font-size:inherit}
body:has(#lang-ja:checked) .en{display:none}
body:has(#lang-en:checked) .ja{display:none}
}
.skip{position:absolute;left:-999px}
.skip:focus{left:0;background:#fff;padding:.5rem}
@media print{form,.skip,.switch,nav{display:none}a{color:inherit}article{border-color:#000}
.cards{display:block}article{margin:.5rem 0}}
"""
_SCRIPT = """
const form=document.querySelector('form'),{q,s,g}=form.elements;
const fold=text=>text.normalize('NFKC').toLowerCase().trim();
const all=[...document.querySelectorAll('article')].map(a=>[a,fold(a.textContent)]);
function run(){
let count=0;const words=fold(q.value).split(/\\s+/);
for(const [a,text] of all){
const shown=words.every(w=>text.includes(w))&&(!s.value||a.dataset.status===s.value)
&&(!g.value||a.parentElement.parentElement.id===g.value);
a.hidden=!shown;count+=shown}
document.querySelectorAll('section.goal').forEach(
one=>{one.hidden=!one.querySelector('article:not([hidden])')});
document.getElementById('count').textContent=count}
form.hidden=false;form.addEventListener('input',run);
form.addEventListener('submit',event=>event.preventDefault());
document.querySelectorAll('[name=lang]').forEach(one=>one.addEventListener(
'change',()=>{document.documentElement.lang=one.value}));
run();
"""
_KEY = (
    ("baseline", '<circle cx="12" cy="8" r="5" class="b"/>'),
    ("target", '<path d="M2 8H22" class="t"/>'),
    ("actual", '<circle cx="12" cy="8" r="5" class="a"/>'),
    ("next_target", '<path d="M12 1l7 7-7 7-7-7z" class="n"/>'),
)


def public_page(
    content: Content,
    data: Mapping[str, Any],
    earlier: Mapping[str, Sequence[Earlier]] | None = None,
) -> bytes:
    """The page's bytes.

    ``data``: the content of ``data.json``; ``earlier``: by indicator, what earlier editions print.
    """
    about, indicators = content.metadata, data["indicators"]
    parts = [
        '<!doctype html>\n<html lang="ja"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f'<meta name="generator" content="shihyo format {FORMAT_VERSION}">',
        f"<title>{escape(about.title or about.dataset_id)}</title><style>{_STYLE}</style></head>",
        '<body><a class="skip" href="#main">本文へ / Skip to content</a>',
        *_header(content),
        '<main id="main">',
        *_legend(content),
        *_counts(content),
        *_filter(indicators),
        *_key(),
        *_goals(indicators, about, earlier or {}),
        "</main>",
        *_footer(content),
        f"<script>{_SCRIPT}</script></body></html>\n",
    ]
    return "".join(parts).encode()


def _both(japanese: str, english: str) -> str:
    """A text in both languages, of which the switch leaves one."""
    return (
        f'<span class="ja">{escape(japanese)}</span>'
        f'<span class="en" lang="en">{escape(english)}</span>'
    )


def _header(content: Content) -> Iterator[str]:
    about = content.metadata
    yield '<header><fieldset class="switch"><legend>言語 / Language</legend>'
    yield '<label><input type="radio" name="lang" id="lang-ja" value="ja" checked> 日本語</label>'
    yield '<label lang="en"><input type="radio" name="lang" id="lang-en" value="en"> English'
    yield f"</label></fieldset><h1>{escape(about.title or about.dataset_id)}</h1><p>"
    year = about.actual_fiscal_year
    yield f"{escape(about.publisher)}　" if about.publisher else ""
    yield _both(f"{year}年度の実績", f"Results of fiscal year {year}")
    yield f'　<a href="#data">{_both("データ", "Data")}</a></p>'
    if about.doubts:
        held = sum(row["value"] == WITHHELD for row in content.rows(LONG))
        told = f"読み取りに疑義のある箇所が{about.doubts}件あります。"
        told += f"公開を保留している値（X）：{held}個。"
        english = f"{about.doubts} doubts about the reading; values withheld (X): {held}"
        yield f'<p class="differs">{_both(told, english)}</p>'
    yield "</header>"


# --------------------------------------------------------------------------- the whole plan


def _table(label: str, head: Sequence[tuple[str, str]], words: Sequence[str] = ()) -> str:
    """The beginning of a table that scrolls on a narrow screen; ``words``: headings as printed."""
    names = [*(_both(*name) for name in head), *map(escape, words)]
    cells = "".join(f'<th scope="col">{name}</th>' for name in names)
    form = "counts" if words else "wide"
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(label, quote=True)}">'
        f'<table class="{form}"><thead><tr>{cells}</tr></thead><tbody>'
    )


def _legend(content: Content) -> Iterator[str]:
    rows = content.rows(LEGEND)
    if not rows:
        return
    yield f"<section><h2>{_both('達成状況', 'Status')}</h2>"
    yield _table(
        "達成状況の凡例 / What the statuses mean",
        (
            ("達成状況", "Status"),
            ("判定基準（資料の記載）", "Rule as printed"),
            ("判定基準（適用）", "Rule as applied"),
            ("公表", "Published"),
            ("再計算", "Recomputed"),
        ),
    )
    for row in rows:
        texts = (row["rule_printed"], row["rule_applied"])
        yield f'<tr><th scope="row">{escape(row["status"])}</th>'
        yield "".join(f"<td>{escape(_or_dash(text))}</td>" for text in texts)
        counts = (row["count_published"], row["count_recomputed"])
        yield "".join(f'<td class="f">{count}</td>' for count in counts) + "</tr>"
    yield "</tbody></table></div></section>"


def _or_dash(text: str) -> str:
    return "－" if text == NOT_AVAILABLE else text


def _counts(content: Content) -> Iterator[str]:
    """How many indicators of each goal have which status, as published and as recomputed."""
    rows = content.rows(SUMMARY)
    words = list(dict.fromkeys(row["status"] for row in rows))
    groups: dict[tuple[str, str, str], dict[str, Row]] = {}
    for row in rows:
        named = (row["group"], row["goal_number"], row["goal"])
        groups.setdefault(named, {})[row["status"]] = row
    if not any(group == ONE_GOAL for group, _, _ in groups):
        return
    yield f"<section><h2>{_both('基本目標別の達成状況', 'Status by goal')}</h2>"
    yield '<p class="small">'
    told = "公表の件数。矢印の右は凡例どおりに再計算した件数"
    yield _both(told, "Counts as published; behind an arrow as recomputed by the legend") + "</p>"
    yield _table("基本目標別の達成状況 / Status by goal", (("基本目標", "Goal"),), words)
    for (group, number, goal), counted in groups.items():
        name = _both(WHOLE, "All") if group == WHOLE else escape(_titled(number, goal))
        yield f'<tr><th scope="row">{name}</th>'
        for word in words:
            yield f'<td class="f">{_count(counted[word]) if word in counted else 0}</td>'
        yield "</tr>"
    yield "</tbody></table></div></section>"


def _count(row: Row) -> str:
    published, recomputed = row["count_published"], row["count_recomputed"]
    return published if published == recomputed else f"{published} → {recomputed}"


def _titled(number: Any, title: str) -> str:
    shown = "" if number in (None, NOT_AVAILABLE) else str(number)
    return f"{shown} {'' if title == NOT_AVAILABLE else title}".strip()


# --------------------------------------------------------------------------- indicators


def _filter(indicators: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    words = dict.fromkeys(filter(None, (one["status_published"] for one in indicators)))
    everything = '<option value="">全て / all</option>'
    yield f"<section><h2>{_both('指標', 'Indicators')}</h2>"
    yield '<form hidden role="search"><label>'
    yield f'{_both("さがす", "Search")}<input name="q" type="search"></label>'
    yield f'<label>{_both("基本目標", "Goal")}<select name="g">{everything}'
    for place, (number, title) in enumerate(_goals_of(indicators)):
        name = escape(_titled(number, title)) or "指標"
        yield f'<option value="goal-{place}">{name}</option>'
    yield f'</select></label><label>{_both("達成状況", "Status")}<select name="s">{everything}'
    yield from (f"<option>{escape(word)}</option>" for word in words)
    yield f'</select></label><p role="status"><span id="count">{len(indicators)}</span> '
    yield f"{_both('件', 'indicators')}</p></form>"
    yield '<nav aria-label="基本目標 / Goals"><ul>'
    for place, (number, title) in enumerate(_goals_of(indicators)):
        name = escape(_titled(number, title)) or _both("指標", "Indicators")
        yield f'<li><a href="#goal-{place}">{name}</a></li>'
    yield "</ul></nav>"


def _goals_of(indicators: Sequence[Mapping[str, Any]]) -> list[tuple[int | None, str]]:
    return list(dict.fromkeys((one["goal_number"], one["goal"]) for one in indicators))


def _key() -> Iterator[str]:
    yield '<ul class="key small">'
    for kind, shape in _KEY:
        drawn = f'<svg viewBox="0 0 24 16" aria-hidden="true">{shape}</svg>'
        yield f"<li>{drawn}{_both(KINDS_JA[kind], _ENGLISH[kind])}</li>"
    told = "図は上ほど良い。改善の方向が不明な指標は上ほど大きい。"
    english = "Better is above; where the direction is unknown, larger is above."
    yield f'</ul><p class="small">{_both(told, english)}</p></section>'


def _goals(
    indicators: Sequence[Mapping[str, Any]],
    about: Metadata,
    earlier: Mapping[str, Sequence[Earlier]],
) -> Iterator[str]:
    for place, goal in enumerate(_goals_of(indicators)):
        name = escape(_titled(*goal)) or _both("指標", "Indicators")
        yield f'<section class="goal" id="goal-{place}"><h2>{name}</h2><div class="cards">'
        for one in indicators:
            if (one["goal_number"], one["goal"]) == goal:
                yield from _indicator(one, about, earlier.get(one["id"], ()))
        yield "</div></section>"


def _indicator(
    one: Mapping[str, Any], about: Metadata, earlier: Sequence[Earlier]
) -> Iterator[str]:
    published, recomputed = one["status_published"], one["status_recomputed"]
    yield f'<article data-status="{escape(published or "", quote=True)}">'
    policy = _titled(one["policy_number"], one["policy"])
    yield f'<h3>{escape(one["name"])}</h3><p class="small">{escape(policy)}</p>'
    year = about.actual_fiscal_year
    past = before(one, earlier, year)
    yield '<div class="row"><table><tbody>'
    for value in one["values"]:
        yield f'<tr><th scope="row">{_named(value, year)}</th>'
        form = "" if value["value"] is None else ' class="f"'
        yield f"<td{form}>{escape(_shown(value))}</td></tr>"
    yield f"</tbody></table>{chart(_spots(one, past, year), one['direction'])}</div>"
    yield from _told_before(past, one["unit"])
    yield "<p>"
    if published or recomputed:
        yield f'<span class="status">{escape(published or "－")}</span> '
    direction = one["direction"]
    yield _both(f"改善の方向：{_DIRECTIONS_JA[direction]}", _DIRECTIONS[direction])
    yield f"　{_page(one['page'], about)}</p>"
    if recomputed is not None and published is not None and published != recomputed:
        told = f"資料の凡例どおりに再計算すると「{recomputed}」"
        yield f'<p class="differs">{_both(told, f"Recomputed by the legend: {recomputed}")}</p>'
    yield "</article>"


def _kind(value: Mapping[str, Any], actual_year: int) -> str:
    year = value["fiscal_year"]
    later = value["kind"] == "target" and year is not None and year > actual_year
    return "next_target" if later else str(value["kind"])


def _is_calendar(value: Mapping[str, Any]) -> bool:
    return str(value["time_code"]).endswith("000000")


def _named(value: Mapping[str, Any], actual_year: int) -> str:
    """Kind, year and part of a value."""
    kind, year = _kind(value, actual_year), value["fiscal_year"]
    when = "" if year is None else f"{year}年" if _is_calendar(value) else f"{year}年度"
    english = f"{_ENGLISH[kind]} {year or ''}".strip()
    part = f" {escape(value['part'])}" if value["part"] else ""
    return _both(f"{KINDS_JA[kind]} {when}".strip(), english) + part


def _shown(value: Mapping[str, Any]) -> str:
    """A value as it is released: number and unit, words, or the sign that stands for it."""
    if value["value"] is None:
        return str(value["text"] or value["missing"] or NOT_AVAILABLE)
    unit = "" if value["unit"] == NOT_AVAILABLE else value["unit"]
    if value["bound"] or value["approximate"]:
        return released_text(value["printed"])
    return f"{value['value']} {unit}".strip()


def before(
    one: Mapping[str, Any], earlier: Sequence[Earlier], actual_year: int
) -> tuple[Earlier, ...]:
    """What earlier editions print of years of which this one prints nothing, in the same unit."""
    printed = {(value["kind"], value["fiscal_year"]) for value in one["values"]}
    unit = match_key(one["unit"])
    return tuple(
        value
        for value in earlier
        if (value.kind, value.fiscal_year) not in printed
        and value.fiscal_year <= actual_year
        and value.unit == unit
    )


def _spots(one: Mapping[str, Any], past: Sequence[Earlier], actual_year: int) -> tuple[Spot, ...]:
    own = (
        Spot(
            mark=_kind(value, actual_year),
            year=value["fiscal_year"],
            number=value["value"],
            calendar=_is_calendar(value),
        )
        for value in one["values"]
        if value["kind"] != "rate" and value["part"] is None and value["value"] is not None
    )
    others = (Spot(mark=v.kind, year=v.fiscal_year, number=v.number) for v in past)
    return (*own, *others)


def _told_before(past: Sequence[Earlier], unit: str) -> Iterator[str]:
    """The numbers of earlier editions, which the drawing shows too."""
    if not past:
        return
    listed = [
        _both(
            f"{KINDS_JA[value.kind]} {value.fiscal_year}年度", f"{value.kind} {value.fiscal_year}"
        )
        + f" {value.number}"
        for value in past
    ]
    yield f'<p class="small">{_both("以前の資料：", "Earlier editions:")} {"; ".join(listed)}'
    yield f" ({escape(unit)})</p>"


def _page(page: int, about: Metadata) -> str:
    text = _both(f"原資料{page}ページ", f"page {page} of the paper")
    if not about.source_url:
        return text
    return f'<a href="{escape(about.source_url, quote=True)}#page={page}">{text}</a>'


# --------------------------------------------------------------------------- data


def _footer(content: Content) -> Iterator[str]:
    about = content.metadata
    yield f'<footer><h2 id="data">{_both("データ", "Data")}</h2><ul>'
    names = [(table.file, table.spec.title_ja, table.spec.title) for table in content.tables]
    names += [
        ("data.xlsx", "全データ（Excel）", "All tables as a workbook"),
        ("data.json", "全データ（JSON）", "All data (JSON)"),
        ("data-dictionary.html", "データ項目定義書", "Data dictionary"),
    ]
    yield from (
        f'<li><a href="{escape(file, quote=True)}">{_both(japanese, english)}</a></li>'
        for file, japanese, english in names
    )
    yield "</ul><p>"
    yield "、".join(f"{sign}：{_both(*texts)}" for sign, texts in SIGNS.items())
    yield "</p>"
    if about.licence is not None:
        title = escape(about.licence.title)
        if about.licence.url:
            title = f'<a href="{escape(about.licence.url, quote=True)}">{title}</a>'
        yield f"<p>{_both('ライセンス', 'Licence')}：{title}</p>"
    contact = " ".join(filter(None, (about.contact_name, about.contact_email)))
    if contact:
        yield f"<p>{_both('連絡先', 'Contact')}：{escape(contact)}</p>"
    source = escape(about.document_title)
    if about.source_url:
        source = f'<a href="{escape(about.source_url, quote=True)}">{source}</a>'
    yield f"<p>{_both('原資料', 'Source')}：{source}</p>"
    if about.landing_page:
        address = escape(about.landing_page, quote=True)
        yield f'<p>{_both("公開ページ", "Landing page")}：<a href="{address}">{address}</a></p>'
    yield "</footer>"
