"""``index.html``: what the plan promised and what happened, for citizens.

One file without anything from elsewhere: it is read without network and without JavaScript, which
only filters.  Every text stands in Japanese with English beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from html import escape
from typing import Any

from pipeline.release.content import Content
from pipeline.release.dictionary import (
    DIRECTIONS_JA,
    FORMAT_VERSION,
    KINDS_JA,
    LEGEND,
    NOT_AVAILABLE,
    SIGNS,
)
from pipeline.release.metadata import Metadata
from pipeline.release.view import NAMED

_ENGLISH = {
    "baseline": "baseline",
    "target": "target",
    "actual": "actual",
    "next_target": "next target",
}
_DIRECTIONS = {"higher": "higher is better", "lower": "lower is better", "unknown": "unknown"}
_WIDTH, _HEIGHT, _MARGIN = 240, 66, 14
_SHAPES = {
    "baseline": '<circle cx="{x}" cy="34" r="5" class="b"/>',
    "target": '<path d="M{x} 20V48" class="t"/>',
    "actual": '<circle cx="{x}" cy="34" r="6" class="a"/>',
    "next_target": '<path d="M{x} 27l6 7-6 7-6-7z" class="n"/>',
}
_STYLE = (
    "body{font-family:'Noto Sans JP','Hiragino Sans','Yu Gothic',Meiryo,sans-serif;color:#1a1a1a;"
    "background:#fff;line-height:1.6;margin:0}main,header,footer{max-width:70rem;margin:0 auto;"
    "padding:0 1rem}h2{border-bottom:2px solid #1f4e79;margin-top:2.5rem}article{border:1px solid "
    "#8a8a8a;border-radius:6px;padding:.5rem 1rem;margin:1rem 0;break-inside:avoid}h3{margin:.2rem "
    "0;font-size:1.05rem}table{border-collapse:collapse}th,td{border:1px solid #8a8a8a;padding:"
    ".15rem .6rem;text-align:left}td.f{text-align:right;font-variant-numeric:tabular-nums}"
    ".row{display:flex;flex-wrap:wrap;gap:1rem;align-items:center}.en{color:#4a4a4a;font-size:"
    ".85em}a{color:#0b4f9c}form{display:flex;flex-wrap:wrap;gap:1rem;margin:1rem 0}label{display:"
    "flex;flex-direction:column}input,select{font:inherit;padding:.2rem}.scroll{overflow-x:auto}"
    "svg .axis{stroke:#767676}svg .b{fill:#fff;stroke:#4a4a4a;stroke-width:2}svg .a{fill:#0b4f9c}"
    "svg .t{stroke:#b3261e;stroke-width:3}svg .n{fill:#fff;stroke:#b3261e;stroke-width:2}"
    "svg text{font-size:10px;fill:#1a1a1a}[hidden]{display:none}.differs{border-left:4px solid "
    "#b3261e;padding-left:.5rem}@media print{form,.skip{display:none}a{color:inherit}"
    "article{border-color:#000}}.skip{position:absolute;left:-999px}.skip:focus{left:0}"
)
_SCRIPT = (
    "const f=document.querySelector('form');f.hidden=false;const q=f.elements.q,s=f.elements.s,"
    "n=document.getElementById('count');function run(){let c=0;document.querySelectorAll('article')"
    ".forEach(a=>{const ok=a.textContent.includes(q.value.trim())&&(!s.value||a.dataset.status==="
    "s.value);a.hidden=!ok;c+=ok});n.textContent=c}f.addEventListener('input',run);"
    "f.addEventListener('submit',e=>e.preventDefault());run();"
)


def public_page(content: Content, data: Mapping[str, Any]) -> bytes:
    """The page's bytes.  ``data``: the content of ``data.json``."""
    about = content.metadata
    parts = [
        '<!doctype html>\n<html lang="ja"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f'<meta name="generator" content="shihyo format {FORMAT_VERSION}">',
        f"<title>{escape(about.title or about.dataset_id)}</title><style>{_STYLE}</style></head>",
        '<body><a class="skip" href="#main">本文へ / Skip to content</a>',
        *_header(about),
        '<main id="main">',
        *_filter(data["indicators"]),
        *_legend(content),
        *_goals(data["indicators"], about),
        "</main>",
        *_footer(content),
        f"<script>{_SCRIPT}</script></body></html>\n",
    ]
    return "".join(parts).encode()


def _both(japanese: str, english: str) -> str:
    return f'{escape(japanese)} <span class="en" lang="en">{escape(english)}</span>'


def _header(about: Metadata) -> Iterator[str]:
    yield f"<header><h1>{escape(about.title or about.dataset_id)}</h1><p>"
    year = about.actual_fiscal_year
    yield _both(f"{about.publisher} {year}年度の実績", f"results of fiscal year {year}")
    yield "</p>"
    if about.doubts:
        told = f"読み取りに疑義のある箇所が{about.doubts}件あり、該当する値は公開を保留しています。"
        yield f'<p class="differs">{_both(told, f"{about.doubts} doubts: values withheld")}</p>'
    yield "</header>"


def _filter(indicators: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    words = dict.fromkeys(one["status_published"] for one in indicators)
    yield '<form hidden role="search"><label>'
    yield f'{_both("さがす", "search")}<input name="q" type="search"></label><label>'
    yield f'{_both("達成状況", "status")}<select name="s"><option value="">全て / all</option>'
    yield from (f"<option>{escape(word)}</option>" for word in words if word)
    yield f'</select></label><p role="status"><span id="count">{len(indicators)}</span> '
    yield f"{_both('件', 'indicators')}</p></form>"


def _legend(content: Content) -> Iterator[str]:
    rows = content.rows(LEGEND)
    if not rows:
        return
    yield f"<section><h2>{_both('達成状況', 'Status')}</h2>"
    yield '<div class="scroll" role="region" tabindex="0" aria-label="達成状況の凡例"><table><tr>'
    for japanese, english in (
        ("達成状況", "status"),
        ("判定基準（資料の記載）", "rule as printed"),
        ("判定基準（適用）", "rule as applied"),
        ("公表", "published"),
        ("再計算", "recomputed"),
    ):
        yield f'<th scope="col">{_both(japanese, english)}</th>'
    yield "</tr>"
    for row in rows:
        texts = (row["status"], row["rule_printed"], row["rule_applied"])
        yield "<tr>" + "".join(f"<td>{escape(_or_dash(text))}</td>" for text in texts)
        counts = (row["count_published"], row["count_recomputed"])
        yield "".join(f'<td class="f">{count}</td>' for count in counts) + "</tr>"
    yield "</table></div></section>"


def _or_dash(text: str) -> str:
    return "－" if text == NOT_AVAILABLE else text


def _goals(indicators: Sequence[Mapping[str, Any]], about: Metadata) -> Iterator[str]:
    before: tuple[Any, ...] | None = None
    for one in indicators:
        goal = (one["goal_number"], one["goal"])
        if goal != before:
            yield "</section>" if before is not None else ""
            number = "" if goal[0] is None else f"{goal[0]} "
            name = f"{number}{goal[1]}".strip()
            yield f"<section><h2>{escape(name) if name else _both('指標', 'Indicators')}</h2>"
            before = goal
        yield from _indicator(one, about)
    yield "</section>" if before is not None else ""


def _indicator(one: Mapping[str, Any], about: Metadata) -> Iterator[str]:
    published, recomputed = one["status_published"], one["status_recomputed"]
    yield f'<article data-status="{escape(published or "", quote=True)}">'
    yield f"<h3>{escape(one['name'])}</h3><p>{escape(one['policy'])}</p>"
    yield '<div class="row"><table>'
    for field in NAMED:
        if one[field] is None and field not in one["missing"]:
            continue
        shown = f"{one[field]} {one['unit']}".strip() if one[field] else one["missing"][field]
        yield f'<tr><th scope="row">{_both(KINDS_JA[field], _ENGLISH[field])}</th>'
        yield f'<td class="f">{escape(shown)}</td></tr>'
    yield f"</table>{chart(one)}</div>"
    direction = one["direction"]
    yield f"<p>{_both('改善の方向：' + DIRECTIONS_JA[direction], _DIRECTIONS[direction])}</p>"
    if published or recomputed:
        differs = recomputed is not None and published != recomputed
        yield '<p class="differs">' if differs else "<p>"
        yield _both(f"公表：{published or '－'}", "published")
        again = _both(f"再計算：{recomputed or '－'}", "recomputed")
        yield f"、{again}</p>"
    yield f"<p>{_page(one['page'], about)}</p></article>"


def _page(page: int, about: Metadata) -> str:
    text = _both(f"原資料 {page}ページ", f"page {page} of the paper")
    if not about.source_url:
        return text
    return f'<a href="{escape(about.source_url, quote=True)}#page={page}">{text}</a>'


def chart(one: Mapping[str, Any]) -> str:
    """Baseline, target, actual and next target on one scale; better is to the right."""
    figures = {field: Decimal(one[field]) for field in NAMED if one[field] is not None}
    if len(figures) < 2:
        return ""
    low, high = min(figures.values()), max(figures.values())
    span = (high - low) or Decimal(1)
    room = _WIDTH - 2 * _MARGIN
    better_left = one["direction"] == "lower"
    marks = []
    for field, figure in figures.items():
        share = Decimal("0.5") if high == low else (figure - low) / span
        x = _MARGIN + float(1 - share if better_left else share) * room
        marks.append(_SHAPES[field].format(x=f"{x:.1f}"))
    texts = "、".join(f"{KINDS_JA[field]} {one[field]}" for field in figures)
    ends = (high, low) if better_left else (low, high)
    return (
        f'<svg role="img" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'aria-label="{escape(texts, quote=True)}">'
        f'<path d="M{_MARGIN} 34H{_WIDTH - _MARGIN}" class="axis"/>{"".join(marks)}'
        f'<text x="2" y="62">{format(ends[0], "f")}</text>'
        f'<text x="{_WIDTH - 2}" y="62" text-anchor="end">{format(ends[1], "f")}</text></svg>'
    )


def _footer(content: Content) -> Iterator[str]:
    about = content.metadata
    yield f"<footer><h2>{_both('データ', 'Data')}</h2><ul>"
    names = [(table.file, table.spec.title_ja, table.spec.title) for table in content.tables]
    names += [
        ("data.xlsx", "全データ（Excel）", "workbook"),
        ("data.json", "全データ（JSON）", "JSON"),
        ("data-dictionary.html", "データ項目定義書", "data dictionary"),
    ]
    yield from (
        f'<li><a href="{escape(file, quote=True)}">{_both(japanese, english)}</a></li>'
        for file, japanese, english in names
    )
    yield "</ul><p>図：○ 基準値 baseline、│ 目標値 target、● 実績値 actual、"
    yield "◇ 次期目標値 next target（右ほど良い。改善の方向が不明な指標は右ほど大きい / "
    yield "better to the right; larger where the direction is unknown）</p><p>"
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
    yield f"<p>{_both('原資料', 'Source')}：{escape(about.document_title)}</p></footer>"
