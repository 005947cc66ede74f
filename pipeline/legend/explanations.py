"""Reading an explanation of a legend: ``基準値以上、100%未満`` → the conditions that it states.

An explanation is read whole or not at all: whatever is left over after the comparisons and their
filling words makes it unreadable, so that no letter gets its meaning by half.

The grammar, an example a form, and what it is read as (a test reads each of them).  The words are
those of ``[legend]`` in ``status.toml``; figures are the actual, the target and the baseline.

Figures compared, in words or signs; what is not named is the actual:

    実績値が目標値以上                            reaches_target
    実績値≧目標値                                reaches_target
    基準値以上、目標値未満                        reaches_baseline worse_than_target
    基準値、目標値、実績値が同じ                  all_equal

A band of the rate, and a distance from a figure:

    達成率80％以上100％未満                       80<=rate<100
    80％≦達成率＜100％                            80<=rate<100
    基準値から±5％以内                            within 5% of baseline
    基準値から10％を超えて改善                    over 10% better than baseline

Two conditions of which one is enough, and which of two targets is meant:

    基準値を上回っている（目標値と同じ場合を含む）  better_than_baseline or equals_target
    目標値以上、又は基準値と同じ                  reaches_target or equals_baseline
    80％以上100％未満、又は基準値より改善         80<=rate<100 or better_than_baseline
    基準値と同じ、または悪くなった                not_better_than_baseline
    基準値とほぼ同じ                              equals_baseline (or judged)
    基準値より減少                                lower_than_baseline
    前年度を上回った                              better_than_previous
    中間目標を達成                                reaches_target (year target)
    目標達成率80％以上100％未満                   80<=rate<100

Nothing to compare, or other grounds than figures:

    それ以外                                      rest

    実績値が未集計                                missing actual
    目標値を設定していない                        missing target
    事業終了                                      judgement
    目標達成に向け順調に進んでいる                judgement

What takes something out again, or is left over, is not read:

    目標を達成しなかったもののうち改善            unreadable
    目標を除き達成                                unreadable
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.japanese.eras import without_years
from pipeline.japanese.text import label
from pipeline.legend.claim_words import any_of
from pipeline.legend.rules import Band, Condition, Field, Tolerance
from pipeline.legend.vocabulary import LegendWords

Comparison = Literal["reaches", "better", "equals", "worse", "not_better", "rises", "falls"]
Limit = Literal["target", "baseline"]

_ACTUAL, _TARGET, _BASELINE, _PREVIOUS = "Ⓐ", "Ⓣ", "Ⓑ", "Ⓟ"
_LIMITS: dict[str, Limit] = {_TARGET: "target", _BASELINE: "baseline"}
_OF: dict[str, Limit | Literal["previous"]] = {**_LIMITS, _PREVIOUS: "previous"}
_L = f"[{_TARGET}{_BASELINE}]"
_X = f"[{_TARGET}{_BASELINE}{_PREVIOUS}]"
_ANY = f"[{_ACTUAL}{_TARGET}{_BASELINE}{_PREVIOUS}]"
_NUMBER = r"(?<![0-9.])[0-9]{1,4}(?:\.[0-9]{1,2})?(?![0-9])"
_LONGEST_REST = 4
_LONGEST_NAME = 6
"""Letters of a name whose explanation stands in brackets behind it, at most."""
_LONGEST = 200
"""No explanation of a status is longer."""

_ALL_EQUAL = re.compile(
    rf"{_ANY}(?:={_ANY}){{2}}"
    rf"|{_ANY}(?:(?:と|及び|および)?{_ANY}){{2}}(?:が|は)?(?:すべて|全て|いずれも|みな)?"
    r"(?:同じ|同値|同一|同数|等しい|一致)(?:である|する|した)?"
)
_SIGN = re.compile(
    rf"(?P<left>{_ACTUAL}?)(?P<sign>≧|≥|>=|=>|≦|≤|<=|=<|>|<|=)(?P<of>{_X})"
    rf"|(?P<of_left>{_X})(?P<turned>≧|≥|>=|=>|≦|≤|<=|=<|>|<|=){_ACTUAL}"
)
_SIGNS: dict[str, Comparison] = {
    **dict.fromkeys(("≧", "≥", ">=", "=>"), "reaches"),
    ">": "better",
    "=": "equals",
    "<": "worse",
}
_TURNED = str.maketrans("≧≥≦≤<>", "≦≤≧≥><")
_TOLERANCE = re.compile(
    rf"(?P<sign>±|\+-|△|▲|-|−)?(?P<size>{_NUMBER})(?P<unit>%|ポイント|点)(?:以内|の範囲内|の範囲)"
    rf"|(?P<both>±|\+-)(?P<width>{_NUMBER})(?P<of>%|ポイント|点)"
)
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})%?(?:以上(?:〜|-|から)?|〜|-|から)(?P<high>{_NUMBER})%(?P<end>未満|以下|まで)?"
)
_LIMIT = re.compile(rf"(?P<limit>{_NUMBER})%(?P<end>以上|を?超|未満|以下)")

_RATE_NAME = r"(?:(?:目標|計画)?(?:達成|進捗|進ちょく|到達)(?:率|度|割合)|(?:実績値?/)?目標値?比)"
_LEAST, _MOST = r"≦|≤|<=|=<|<", r"≧|≥|>=|=>|>"
_BETWEEN = re.compile(
    rf"(?P<low>{_NUMBER})%?(?P<from>{_LEAST}){_RATE_NAME}(?P<to>{_LEAST})(?P<high>{_NUMBER})%"
    rf"|(?P<top>{_NUMBER})%?(?P<under>{_MOST}){_RATE_NAME}(?P<down>{_MOST})(?P<floor>{_NUMBER})%"
)
_RATE_SIGN = re.compile(
    rf"{_RATE_NAME}(?P<sign>{_LEAST}|{_MOST})(?P<limit>{_NUMBER})%"
    rf"|(?P<of>{_NUMBER})%(?P<turned>{_LEAST}|{_MOST}){_RATE_NAME}"
)
_WAY = re.compile(rf"(?:基準|当初|現状|策定時の?)値から目標値?まで(?:の間)?の(?={_RATE_NAME})")
"""What the rate is of that goes from the baseline to the target."""
_IN_BRACKETS = r"[^()]*(?:\([^()]*\)[^()]*)*"
_FORMULA = re.compile(
    rf"\({_RATE_NAME}[^()]*[=:は]{_IN_BRACKETS}[÷/∕]{_IN_BRACKETS}\)"
    rf"|(?<=[率度])\({_IN_BRACKETS}[÷/∕]{_IN_BRACKETS}\)"
)
"""How a rate is made, in brackets behind an explanation or its name: (達成率=実績値÷目標値×100)."""
_RATE_OF = re.compile(
    r"(?:実績の?)?(?:目標値?|計画値?)(?:に対する)?の?(?=(?:達成|進捗)(?:率|度|割合))"
)
"""What a rate is of: 目標達成率80%以上 speaks of no target that is reached."""
_INCLUDED = re.compile(r"\(([^()]*?)(?:場合)?(?:を|も)?含(?:む|みます|める)\)")
_ALTERNATIVE = re.compile(r"又は|または|もしくは|若しくは|あるいは|か(?=[^ぁ-ん])")


class Reading(NamedTuple):
    """What an explanation says.

    ``kind``: conditions on the figures, no figures to judge by, given by people on other grounds,
    all that no other word takes in, or not to be read.  ``also_judgement``: conditions, or else
    other grounds.
    ``or_when``: conditions that are enough as well.  ``target``: whether the explanation names the
    target of the year (中間目標, 単年度目標) or the last one (最終目標).
    """

    kind: Literal["conditions", "missing", "judgement", "rest", "unreadable"]
    when: tuple[Condition, ...] = ()
    band: Band | None = None
    within: Tolerance | None = None
    missing: tuple[Field, ...] = ()
    also_judgement: bool = False
    or_when: tuple[tuple[Condition, ...], ...] = ()
    target: Literal["", "year", "final"] = ""


_UNREADABLE = Reading("unreadable")


def read_explanation(text: str, words: LegendWords, *, since: bool = False) -> Reading:
    """The conditions that an explanation states; see :class:`Reading`.

    ``基準値を上回っている（目標値と同じ場合を含む）`` and ``A、又はB`` state two sets of them.
    ``since``: what improved did so since the baseline, of which another explanation speaks.
    """
    folded = _plain(text[:_LONGEST], words)
    folded = _since_baseline(folded, words) if since else folded
    if re.fullmatch(rf"(?:{any_of(words.rest)})の?(?:もの|場合|指標)?[。.]?", folded):
        return Reading("rest")
    refused = any(word in folded for word in (*words.paced, *words.excepting))
    if len(text) > _LONGEST or refused or _is_difference(folded, words):
        return _UNREADABLE
    folded = _without_gloss(folded, words)
    included = [found[1] for found in _INCLUDED.finditer(folded)]
    target, folded = _named_target(_INCLUDED.sub("", folded), words)
    reading = _read_alternatives(folded, words)
    for more in included:
        reading = _including(reading, _read_plain(more, words))
    return reading if target is None else reading._replace(target=target)


def _read_alternatives(folded: str, words: LegendWords) -> Reading:
    """A text read as one; else its parts between 又は, if each is comparisons and nothing else."""
    for text in dict.fromkeys((_CONSEQUENCE.sub("", folded), folded)):
        reading = _read_plain(text, words)
        if reading.kind != "unreadable":
            return reading
    first, *others = (_read_plain(part, words) for part in _ALTERNATIVE.split(folded))
    for other in others:
        first = _including(first, other)
    return first


_CONSEQUENCE = re.compile(
    r"(?:(?<=ており)|(?<=であり)|(?<=ため)|(?<=ことから))[、,。](?!又|ま|若|も|あ)[^、,。0-9%]{0,14}?"
    r"(?:取り?組(?:む|み)[^、,。0-9%]{0,4}|(?:見直|検討)[^、,。0-9%]{0,4}"
    r"|[がを](?:必要|要)[^、,。0-9%]{0,5}|に?努め[^、,。]{0,3})$"
)
"""What follows from a status, said behind its conditions: …しており、見直しが必要."""


def _including(reading: Reading, more: Reading) -> Reading:
    """A reading to which further comparisons belong: equality widens a limit that is named."""
    if _is_band(more) and _only_compares(reading):
        reading, more = more, reading
    if _is_band(reading) and _only_compares(more):
        return reading._replace(or_when=(*reading.or_when, more.when))
    if not (_only_compares(reading) and _only_compares(more)):
        return _UNREADABLE
    wider = _WIDENED.get(more.when, {})
    if wider.keys() & set(reading.when):
        return reading._replace(when=tuple(wider.get(one, one) for one in reading.when))
    return reading._replace(or_when=(*reading.or_when, more.when))


_WIDENED: dict[tuple[Condition, ...], dict[Condition, Condition]] = {
    ("equals_target",): {
        "better_than_target": "reaches_target",
        "worse_than_target": "not_better_than_target",
    },
    ("equals_baseline",): {
        "better_than_baseline": "reaches_baseline",
        "worse_than_baseline": "not_better_than_baseline",
    },
}
"""Equality that is included widens a limit that leaves it out."""


def _is_band(reading: Reading) -> bool:
    """Whether a reading is a band of the rate below the target, and nothing else."""
    grounds = reading.within is None and not reading.also_judgement and not reading.when
    band = reading.band
    below = band is not None and (band.at_least or band.above or 100) < 100
    return reading.kind == "conditions" and grounds and below


def _only_compares(reading: Reading) -> bool:
    grounds = reading.band is None and reading.within is None and not reading.also_judgement
    return reading.kind == "conditions" and grounds


def _without_gloss(folded: str, words: LegendWords) -> str:
    """The explanation in brackets behind a name of a few letters that adds nothing to it.

    ``未改善（基準値から改善していない）``, ``大幅未達（60%未満）``; 達成 alone is of the target.
    """
    if re.fullmatch(r"(?:達成|達成した|達成済み?)(?:もの|指標|項目|場合)?", folded):
        return f"目標を{folded}"
    found = re.fullmatch(rf"(?P<name>[^()0-9%]{{1,{_LONGEST_NAME}}})\((?P<inner>.+)\)", folded)
    if found is None or _read_alternatives(folded, words).kind != "unreadable":
        return folded
    name = re.sub(r"^(?:大幅)?[未不]", "", _tokenise(found["name"], words))
    told = _read_alternatives(found["inner"], words).kind == "conditions"
    return found["inner"] if told and _is_filler(name, words) else folded


def _named_target(
    folded: str, words: LegendWords
) -> tuple[Literal["", "year", "final"] | None, str]:
    """Which of two targets a text names, and the text with 目標 alone."""
    final, yearly = (
        re.compile(rf"(?:{any_of(map(label, names))})の?(?=目標|{_TARGET})")
        for names in (words.final, words.yearly)
    )
    is_final, is_yearly = bool(final.search(folded)), bool(yearly.search(folded))
    if is_final and is_yearly:
        return None, "?"
    plain = yearly.sub("", final.sub("", folded))
    return ("final" if is_final else "year" if is_yearly else ""), plain


def _read_plain(folded: str, words: LegendWords) -> Reading:
    """The conditions of a text that states one set of them."""
    if re.search(words.progress, folded) and not re.search("[0-9]%", folded):
        return Reading("judgement")
    bare = re.sub(words.progress, "", _RATE_OF.sub("", folded))
    whole = _with_target(_tokenise(bare, words), words)
    near = _nearly_same(whole, words)
    if near is not None:
        return near
    beyond, whole = _farther(whole, words)
    when, rest = _comparisons(whole, words)
    within, rest = (beyond, rest) if beyond is not None else _tolerance(rest, whole)
    band, rest = _band(rest)
    if within is not None:
        when = [one for one in when if not one.startswith("equals")]
    if when or within or band:
        return _conditions(when, band, within, rest, words)
    return _without_conditions(folded, words)


def _without_conditions(folded: str, words: LegendWords) -> Reading:
    """What a text says that compares nothing: figures are missing, or people judge."""
    if any(word in folded for word in words.undefined):
        return Reading("missing", missing=("target",))
    if any(word in folded for word in words.absent):
        return Reading("missing", missing=("actual",))
    if any(word in folded for word in words.judged):
        return Reading("judgement")
    return _UNREADABLE


def _nearly_same(whole: str, words: LegendWords) -> Reading | None:
    """基準値とほぼ同じ: what equals it, and what people find near enough."""
    near, equals = any_of(words.nearly), any_of(words.comparisons.equals)
    same = rf"(?P<of>{_X})(?:と|に)?(?:{near})(?:{equals})"
    found = re.search(same, whole)
    left = re.sub(same, "", whole, count=1)
    if found is None or not _is_filler(re.sub(_ACTUAL, "", left), words):
        return None
    return Reading("conditions", (_condition("equals", _OF[found["of"]]),), also_judgement=True)


def read_band(text: str) -> Band | None:
    """A text that is a band of rates and nothing else: ``50%以上80%未満``."""
    band, rest = _band(re.sub(r"[\s、,]", "", label(text)))
    return band if not rest else None


def _since_baseline(folded: str, words: LegendWords) -> str:
    """A text that names no baseline with one before what improved or declined: 未達成ながら改善.

    What came nearer to the target did so, too: 目標値に近づいた, 目標値との差が縮小.
    """
    base = label(words.baseline[0])
    target = rf"(?:{any_of(map(label, (*words.final, *words.yearly)))})?の?"
    target += rf"(?:{any_of(map(label, words.target))})"
    for pattern, meant in _NEARER:
        folded = re.sub(rf"{target}{pattern}{_ENDING}", base + meant, folded)
    if re.search(any_of(map(label, words.baseline)), folded):
        return folded
    folded = re.sub(r"^(?:現状)?維持(?=(?:している|した)?(?:もの|場合|指標)?$)", "横ばい", folded)
    change = any_of((*words.improved, *words.declined, "横ばい"))
    bare = rf"(?<!より)(?<!から)(?<!要大幅)(?<![にをと要])(?!{any_of(words.stalled)})(?={change})"
    return re.sub(bare, base + "より", folded, count=1)


_ENDING = (
    r"(?:い?[たる]|った|って|いて|して|した|する)?(?:いる|いない)?(?=$|[、。)もが]|又は|または)"
)
_NEARER = (
    (r"[にへ](?:近づ|近付|接近)", "より改善"),
    (r"との?(?:差|乖離|開き)が(?:縮小|縮ま)", "より改善"),
    (r"から(?:遠ざか|遠のい|離れ|後退)", "より悪化"),
    (r"との?(?:差|乖離|開き)が(?:拡大|広が)", "より悪化"),
    (r"との?(?:差|乖離|開き)[がはに](?:変わら|変化[がは]?)(?:ない|なし)", "と同じ"),
)
"""What is said of the way to the target, and what it means of the way from the baseline."""


def _plain(text: str, words: LegendWords) -> str:
    """The explanation without its year, with 割 and 半分 as percent, and limits in one form.

    That all is turned round where less is better goes without saying: the engine does it.
    """
    folded = without_years(label(text))
    folded = _FORMULA.sub("", "".join(folded.split()))
    folded = re.sub(r"([0-9])割", r"\g<1>0%", folded).replace("半分", "50%")
    folded = _bare_band(folded) or _share_of_target(folded, words)
    folded = re.sub(r"^目標値?に向か(?:って|い)、?(?=改善|前進|向上|進展)", "", folded)
    folded = re.sub(r"^現[状況]値(?=[がは](?!変))", "実績値", folded)
    folded = re.sub(r"(?:と比較して|に比較して|に比して|と比べて?|に比べて?)、?", "より", folded)
    folded = re.sub(r"(?<=[0-9]%)を達成", "以上", folded)
    folded = re.sub(r"(?<=どおり|.通り|.同じ|.同値)\(100%\)", "", folded)
    folded = re.sub(
        r"%(?:に満た|を?下回|に届か|に達し)(?:ない|る|った|っている|ていない)", "%未満", folded
    )
    folded = re.sub(rf"({_NUMBER})%?〜(?![0-9])", r"\1%以上", folded)
    folded = re.sub(rf"(?<![0-9%上])〜({_NUMBER}%)(?![未以])", r"\1以下", folded)
    folded = re.sub(rf"^(?:{_RATE_NAME})?(?:が|は)?100%$", "100%以上", folded)
    folded = _WAY.sub("", re.sub(r"^マイナス(?=$|の|と)", "0%未満", folded))
    folded = _RATE_SIGN.sub(_limit_in_words, _BETWEEN.sub(_range_in_words, folded))
    turned = rf"\([^()]*(?:{any_of(words.turned)})[^()]*\)"
    return re.sub(turned, "", folded)


_BARE_LIMIT = rf"(?:{_NUMBER})(?:以上|を?超|未満|以下)"
_BARE_RANGE = rf"{_NUMBER}(?:〜|-){_NUMBER}"
_BARE_BAND = re.compile(
    rf"(?:{_RATE_NAME})?(?:が|は)?(?:(?:{_BARE_LIMIT}){{1,2}}|{_BARE_RANGE}(?:未満|以下))"
    rf"|{_RATE_NAME}(?:が|は)?{_BARE_RANGE}"
)


def _bare_band(folded: str) -> str:
    """A band of rates without its sign of percent: 80以上100未満, or as ratios: 0.8以上1.0未満.

    Ratios bear a point and lie below 3; "" for all else.
    """
    plain = folded.replace("、", "").replace(",", "")
    if not _BARE_BAND.fullmatch(plain):
        return ""
    numbers = re.findall(_NUMBER, plain)
    ratios = any("." in one for one in numbers) and all(Decimal(one) < _RATIOS for one in numbers)
    if not ratios and not all(_RATES[0] <= Decimal(one) <= _RATES[1] for one in numbers):
        return ""
    factor = 100 if ratios else 1
    return re.sub(
        _NUMBER, lambda found: f"{(Decimal(found.group()) * factor).normalize():f}%", plain
    )


_RATIOS = 3
_RATES = (10, 300)
"""Figures without a sign that are ratios lie below the first; those in percent between these."""


def _share_of_target(folded: str, words: LegendWords) -> str:
    """A text in which a part of the target is a rate: 実績値≧目標値×0.8 → 達成率≧80%."""
    target, actual = (any_of(map(label, names)) for names in (words.target, words.actual))
    times = rf"(?:{target})値?[×xX*](?P<part>0\.[0-9]{{1,2}}|[0-9]{{2,3}}%)"
    if not re.search(times, folded):
        return folded
    sign = rf"{_LEAST}|{_MOST}"
    whole = rf"(?>(?:{target})値?)(?={sign})|(?<=[≧≦≥≤<>=])(?>(?:{target})値?)(?![×xX*])"
    folded = re.sub(whole, "100%", folded)
    folded = re.sub(times, lambda found: _in_percent(found["part"]), folded)
    return re.sub(rf"(?:{actual})値?(?={sign}|$)", "達成率", folded)


def _in_percent(part: str) -> str:
    return part if part.endswith("%") else f"{(Decimal(part) * 100).normalize():f}%"


_ENDS = {
    **dict.fromkeys(("≦", "≤", "<=", "=<"), ("以上", "以下")),
    **dict.fromkeys(("≧", "≥", ">=", "=>"), ("以下", "以上")),
    "<": ("超", "未満"),
    ">": ("未満", "超"),
}
"""What a sign says of the rate by the figure on its left, and by the one on its right."""


def _range_in_words(found: re.Match[str]) -> str:
    if found["low"]:
        return f"{found['low']}%{_ENDS[found['from']][0]}{found['high']}%{_ENDS[found['to']][1]}"
    low, high = _ENDS[found["down"]][1], _ENDS[found["under"]][0]
    return f"{found['floor']}%{low}{found['top']}%{high}"


def _limit_in_words(found: re.Match[str]) -> str:
    if found["limit"]:
        return f"{found['limit']}%{_ENDS[found['sign']][1]}"
    return f"{found['of']}%{_ENDS[found['turned']][0]}"


def _is_difference(text: str, words: LegendWords) -> bool:
    """Whether a percentage is how far something lies off (計画より10%以上遅れ), not a rate.

    Not where it is said of a figure that is compared: 基準値から10%を超えて改善.
    """
    text = _beyond(words).sub("", _tokenise(text, words))
    drift = any_of(words.drift)
    after = rf"%(?:以上|以下|未満|超|以内)?の?(?:{drift})"
    before = rf"(?:より|(?<!%)から|比べて?)(?:も|約|概ね)?{_NUMBER}%"
    return re.search(f"{after}|{before}", text) is not None


def _conditions(
    when: list[Condition],
    band: Band | None,
    within: Tolerance | None,
    rest: str,
    words: LegendWords,
) -> Reading:
    """Conditions of which nothing is left unread, but for a second ground of judgement."""
    judged = [word for word in words.judged if word in rest]
    if judged and "not_better_than_baseline" in when:
        rest = re.sub(rf"(?:{_ALTERNATIVE.pattern})?(?:{any_of(judged)})", "", rest)
        if when == ["not_better_than_baseline"]:
            rest = _ALTERNATIVE.sub("", rest)
    if not _is_filler(rest, words):
        return _UNREADABLE
    return Reading("conditions", tuple(when), band, within, (), also_judgement=bool(judged))


def _is_filler(rest: str, words: LegendWords) -> bool:
    """Whether nothing of weight is left: no figure, sign, negation, or ground for judgement."""
    if any(word in rest for word in words.judged):
        return False
    if _ALTERNATIVE.search(rest):
        return False
    left = re.sub(any_of(word for word in words.filler if len(word) > 1), "", rest)
    if any(word in left for word in words.weighty):
        return False
    left = re.sub(any_of(words.filler), "", left)
    return len(left) <= _LONGEST_REST and not re.search(rf"[0-9%<>=≧≦±]|{_ANY}", left)


def _tokenise(text: str, words: LegendWords) -> str:
    """The names of the figures as single signs; brackets, commas and spaces taken off."""
    tokens = {
        label(name): token
        for token, names in (
            (_ACTUAL, words.actual),
            (_TARGET, words.target),
            (_BASELINE, words.baseline),
            (_PREVIOUS, words.previous),
        )
        for name in names
    }
    named = rf"(?P<name>{any_of(tokens)})(?:値|の?水準(?=以|を|よ|に)|の値|の数値)?"
    text = re.sub(named, lambda found: tokens[found["name"]], text)
    return re.sub(r"[()「」『』\s、,。・:]", "", text)


def _comparisons(text: str, words: LegendWords) -> tuple[list[Condition], str]:
    """The comparisons in signs and in words, and the text without them."""
    found: list[Condition] = []
    if _ALL_EQUAL.search(text):
        found.append("all_equal")
        text = _ALL_EQUAL.sub("", text)
    for match in _SIGN.finditer(text):
        turned = (match["turned"] or "").translate(_TURNED)
        comparison = _SIGNS.get(match["sign"] or turned)
        if comparison is not None:
            found.append(_condition(comparison, _OF[match["of"] or match["of_left"]]))
            text = text.replace(match.group(), "", 1)
    text = _with_equality(text, words)
    unmoved = set(words.comparisons.equals)
    text, stalled = _stalled(text, [one for one in words.stalled if one not in unmoved])
    pattern, meanings = _phrases(words)
    for match in pattern.finditer(text):
        if not match["nearly"]:
            found.append(_condition(meanings[match["phrase"]], _OF[match["of"]]))
    text, alone = _stalled(pattern.sub("", text), words.stalled)
    if stalled or alone:
        found.append("not_better_than_baseline")
    if found:
        text = re.sub(rf"{_ACTUAL}[がはも]?", "", text)
    return found, text


def _with_target(text: str, words: LegendWords) -> str:
    """The target before a text that only says that it is not reached: 達していないが基準値以上."""
    short = any_of(word for word in words.comparisons.worse if re.match("未?[達到届及]", word))
    return f"{_TARGET}{text}" if _TARGET not in text and re.match(short, text) else text


def _with_equality(text: str, words: LegendWords) -> str:
    """同じ、または悪くなった and 維持または上回る as the one phrase that each of them means."""
    same = rf"(?:{any_of(words.comparisons.equals)}|維持)(?:である|する|した|している|で|の場合)?"
    over = any_of(words.comparisons.better)
    reached = r"(?:達成|到達)(?:する|した|している)?"
    text = re.sub(rf"{reached}(?:{_ALTERNATIVE.pattern})(?:{over})", "同じか上回", text)
    ways = ((words.comparisons.worse, "同じか悪化"), (words.comparisons.better, "同じか上回"))
    for phrases, meant in ways:
        either = (
            rf"{same}(?:{_ALTERNATIVE.pattern})(?:{_BASELINE}(?:より|を))?(?:{any_of(phrases)})"
        )
        reverse = (
            rf"(?:{any_of(phrases)})(?:っ?た|る|っている|した|している)?(?:{_ALTERNATIVE.pattern})"
        )
        text = re.sub(rf"{either}|{reverse}{same}", meant, text)
    return text


def _stalled(text: str, phrases: Sequence[str]) -> tuple[str, bool]:
    """A text without what says that nothing got better, and whether it said so."""
    worse = r"(?:(?:又は|または|もしくは|か)(?:悪化|低下|後退|減少))?"
    since = rf"(?:{_BASELINE}(?:から|より)の?)?"
    left, count = re.subn(rf"{since}(?:{any_of(phrases)}){worse}", "", text)
    return left, count > 0


@lru_cache(maxsize=4)
def _phrases(words: LegendWords) -> tuple[re.Pattern[str], dict[str, Comparison]]:
    """A comparison in words; ``nearly``: it is only a description (概ね目標達成)."""
    lists: dict[Comparison, tuple[str, ...]] = {
        "reaches": words.comparisons.reaches,
        "better": words.comparisons.better,
        "equals": words.comparisons.equals,
        "not_better": words.comparisons.not_better,
        "worse": words.comparisons.worse,
        "rises": words.comparisons.rises,
        "falls": words.comparisons.falls,
    }
    meanings = {phrase: name for name, phrases in lists.items() for phrase in phrases}
    near = any_of(words.nearly)
    link = "よりも|より|から|と?比べて?|に比べて?|対?比で?|には|を|に|と|は|が|の"
    between = rf"(?:{_ACTUAL}(?:が|は))?(?:{link})?(?:{_ACTUAL}(?:が|は|も))?"
    pattern = rf"(?P<nearly>(?:{near})(?={_X}))?(?P<of>{_X}){between}(?P<phrase>{any_of(meanings)})"
    return re.compile(pattern), meanings


def _condition(comparison: Comparison, of: Limit | Literal["previous"]) -> Condition:
    """The condition by its name; what rises over the target is better than it."""
    if of == "target" and comparison in ("rises", "falls"):
        comparison = "better" if comparison == "rises" else "worse"
    return _NAMES[comparison, of]


_NAMES: dict[tuple[Comparison, Limit | Literal["previous"]], Condition] = {
    ("reaches", "target"): "reaches_target",
    ("better", "target"): "better_than_target",
    ("equals", "target"): "equals_target",
    ("worse", "target"): "worse_than_target",
    ("not_better", "target"): "not_better_than_target",
    ("not_better", "baseline"): "not_better_than_baseline",
    ("reaches", "baseline"): "reaches_baseline",
    ("better", "baseline"): "better_than_baseline",
    ("equals", "baseline"): "equals_baseline",
    ("worse", "baseline"): "worse_than_baseline",
    ("rises", "baseline"): "higher_than_baseline",
    ("falls", "baseline"): "lower_than_baseline",
    ("not_better", "previous"): "not_better_than_previous",
    ("reaches", "previous"): "reaches_previous",
    ("better", "previous"): "better_than_previous",
    ("equals", "previous"): "equals_previous",
    ("worse", "previous"): "worse_than_previous",
    ("rises", "previous"): "higher_than_previous",
    ("falls", "previous"): "lower_than_previous",
}


@lru_cache(maxsize=4)
def _beyond(words: LegendWords) -> re.Pattern[str]:
    """How much better or worse than a figure something has to be: 基準値から10%を超えて改善."""
    return re.compile(
        rf"(?P<of>{_L})(?:から|よりも?|と比べて?|に比べて?|に対して?)"
        rf"(?P<size>{_NUMBER})(?P<unit>%|ポイント|点)(?:(?P<over>を?超(?:えて?)?)|以上)の?"
        rf"(?:(?P<better>{any_of(words.improved)})|{any_of(words.declined)})"
    )


def _farther(text: str, words: LegendWords) -> tuple[Tolerance | None, str]:
    """What lies farther off than a tolerance, and the text without it."""
    match = _beyond(words).search(text)
    if match is None:
        return None, text
    size, percent = Decimal(match["size"]), match["unit"] == "%"
    tolerance = Tolerance(
        of=_LIMITS[match["of"]],
        points=None if percent else size,
        percent=size if percent else None,
        side="better" if match["better"] else "worse",
        beyond="over" if match["over"] else "from",
    )
    return tolerance, text.replace(match.group(), "", 1)


def _tolerance(rest: str, whole: str) -> tuple[Tolerance | None, str]:
    """``±10%以内`` of the figure named before it, else of the baseline; a minus: only below it."""
    match = _TOLERANCE.search(rest)
    if match is None:
        return None, rest
    near = [sign for sign in rest[: match.start()] if sign in _LIMITS][-1:]
    near += [sign for sign in whole if sign in _LIMITS]
    size = Decimal(match["size"] or match["width"])
    percent = (match["unit"] or match["of"]) == "%"
    tolerance = Tolerance(
        of=_LIMITS[near[0]] if near else "baseline",
        points=None if percent else size,
        percent=size if percent else None,
        side="worse" if match["sign"] in ("△", "▲", "-", "−") else "both",
    )
    return tolerance, re.sub(_L, "", _TOLERANCE.sub("", rest, count=1), count=1)


def _band(rest: str) -> tuple[Band | None, str]:
    """A band of rates; the figures that it is a rate of go with it."""
    match = _RANGE.search(rest)
    if match is not None:
        low, high = Decimal(match["low"]), Decimal(match["high"])
        open_end = match["end"] == "未満"
        band = Band(at_least=low, below=high) if open_end else Band(at_least=low, at_most=high)
        rest = rest.replace(match.group(), "", 1)
    else:
        limits = {one["end"][-2:]: Decimal(one["limit"]) for one in _LIMIT.finditer(rest)}
        if not limits:
            return None, rest
        band = Band(
            at_least=limits.get("以上"),
            above=limits.get("を超", limits.get("超")),
            below=limits.get("未満"),
            at_most=limits.get("以下"),
        )
        rest = _LIMIT.sub("", rest)
    return band, rest.replace(_TARGET, "").replace(_ACTUAL, "")
