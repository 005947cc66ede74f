"""Legends told in sentences: …のものをA、…のものをBとした; ○は目標達成、△は改善を示す.

Only a sentence of which an explanation compares figures is a legend: prose uses the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.assemble.claims import paragraphs
from pipeline.japanese.text import in_full_width, label
from pipeline.legend.claim_words import any_of
from pipeline.legend.explanations import read_explanation
from pipeline.legend.vocabulary import LegendVocabulary
from pipeline.model import FIRST_READER, LegendRow, Line, Printed

_LONGEST_WORD = 12
_FEWEST = 2
"""Words that a sentence explains, at least, if it is a legend."""
_BEFORE = re.compile(
    r"^.*[。:：※\n]|^[^、。]{0,24}[はし]、(?:[^、。]{0,24}(?:により|によって|に応じて|に基づき|について|ごとに|で)、)*"
)
"""What stands before the first explanation of a sentence: 判定：, 評価区分は、達成率に応じて、."""
_GIVEN = (
    r"(?=、|,|。|$|\s|である|[とに](?:し|する|評価|判定|区分|分類|表|なる|なり)|で(?:示|表|評価|判定)"
    r"|を(?:付|つけ|記))"
    r"(?:と(?:し[てたま]?|する)?)?[しすた。、,\s]*"
)
"""What follows the word that an explanation gets: をA、 and をBとした."""
_LAST = r"[たの率%％標合る標目き上満下超成善持じ等化いス外]"
"""The last character of what may be an explanation before its word."""
_ENDS = re.compile(
    "(?:もの|場合|指標|項目|とき|以上|未満|以下|超|達成|改善|維持|同じ|同等|悪化|低下|マイナス|以外"
    "|[しっれい]た|ない|率[<>＜＞≦≧≤≥].*|[<>＜＞≦≧≤≥].*率)$"
)
"""How an explanation ends that stands before its word."""
_CLOSING = re.compile(
    r"(?:である)?(?:こと|もの|場合|状態|指標|項目)?[をにと]"
    r"(?:いう|いいます|示す|示し(?:ます|ている|ています)|表す|表し(?:ます|ている|ています)"
    r"|意味(?:する|します)|指す|指します|さす|する|した|します|しました|している|しています)[。.]?$"
)
"""How a sentence ends that says what a word means: …であることをいう."""


class _Forms(NamedTuple):
    """``given``: an explanation and its word; ``topic``: a word before its explanation."""

    given: re.Pattern[str]
    topic: re.Pattern[str]


def from_sentences(
    lines: Sequence[Line], words: LegendVocabulary, statuses: Sequence[str]
) -> Iterator[tuple[LegendRow, ...]]:
    """The legend that each paragraph tells in a sentence, if it does."""
    forms = _forms((*words.words.all, *statuses))
    for paragraph in paragraphs(lines):
        parts = [paragraph] if len(paragraph) == 1 else [paragraph, paragraph[1:]]
        for part in parts:  # a title may stand above it in the same size
            text = "".join(line.text for line in part)
            for entries in (_given_words(text, forms.given), _topics(text, forms.topic, words)):
                rows = _rows(entries, part[0])
                if len(rows) >= _FEWEST and _compare(rows, words):
                    yield rows


def spellings(words: Sequence[str]) -> tuple[str, ...]:
    """The words that may be statuses, each as given, folded, and in full width (``Ａ``)."""
    short = [word for word in words if len(word) <= _LONGEST_WORD]
    folded = [label(word) for word in short]
    return tuple(dict.fromkeys((*short, *folded, *map(in_full_width, folded))))


def in_half_width(word: str) -> str:
    """A word that is printed in full width, folded (``Ａ`` → ``A``); any other as it is."""
    return label(word) if word == in_full_width(label(word)) else word


def _forms(words: Sequence[str]) -> _Forms:
    """The patterns for these words, each bare, in quotes, or in brackets."""
    spelt = any_of(spellings(words))
    word = rf"[「『【\"“]?({spelt})[」』】\"”]?"
    given = re.compile(
        rf"(?<={_LAST})(?:(?:を|は)、?{word}{_GIVEN}"
        rf"|(?<=[合のき標目たい])、?[「『【]({spelt})[」』】]{_GIVEN}"
        rf"|に(?:は、?)?{word}を(?=、|付|つけ|記)(?:[付つけ記]|し?て?い?[るた])*[、。\s]*"
        rf"|[=＝⇒→:：]\s*({spelt})(?=[、,。\s）)]|$|[にとで](?:区|し|評|判|分|示))[、,。\s]*"
        rf"|[（(]({spelt})[）)](?=[、,。\s]|$|[でとの])[、,。\s]*)"
    )
    opens = r"(?:^|(?<=[、,。;；\s(（※「『【・の:：]))"
    quoted = rf"[「『【]({spelt})[」』】](?=[^\s、,。はがをにとのも])"
    topic = re.compile(rf"{opens}(?:{word}(?:評価|判定|ランク)?(?:とは|は|が)、?|{quoted})")
    return _Forms(given, topic)


def _word(found: re.Match[str]) -> str:
    """The word in whichever form it was found."""
    return next(text for text in found.groups() if text)


def _given_words(text: str, given: re.Pattern[str]) -> list[tuple[str, str]]:
    """Words with their explanations, each of which stands before its word."""
    entries: list[tuple[str, str]] = []
    start = 0
    for found in given.finditer(text):
        rule = text[start : found.start()].lstrip(" 　、,")
        rule = rule if entries else _BEFORE.sub("", rule)
        start = found.end()
        if _ENDS.search(rule):
            entries.append((_word(found), rule))
    return entries


def _topics(text: str, topic: re.Pattern[str], words: LegendVocabulary) -> list[tuple[str, str]]:
    """Words with their explanations, each of which stands behind its word.

    What all are compared with may stand before the first: ※基準値に比べ、↑は改善.
    """
    found = list(topic.finditer(text))
    if not found:
        return []
    figures = any_of((*words.legend.target, *words.legend.baseline))
    with_all = rf"(?:{figures})値?(?:と比較して|に比較して|と比べて?|に比べて?|に対して)、?$"
    common = re.search(with_all, text[: found[0].start()])
    head = common.group() if common is not None else ""
    ends = [*(match.start() for match in found[1:]), len(text)]
    rules = (text[match.end() : end] for match, end in zip(found, ends, strict=True))
    bare = (re.split(r"。(?=.)", rule)[0].rstrip("「『【、,。 　") for rule in rules)
    return [
        (_word(match), head + _CLOSING.sub("", rule))
        for match, rule in zip(found, bare, strict=True)
    ]


def _rows(entries: Sequence[tuple[str, str]], first: Line) -> tuple[LegendRow, ...]:
    rows: dict[str, LegendRow] = {}
    for word, rule in entries:
        if rule.strip():
            spot = Printed(text=rule, page=first.page, box=first.box, reader=FIRST_READER)
            own = Printed(
                text=in_half_width(word), page=first.page, box=first.box, reader=FIRST_READER
            )
            rows.setdefault(label(word), LegendRow(word=own, rule=spot))
    return tuple(rows.values())


def _compare(rows: Sequence[LegendRow], words: LegendVocabulary) -> bool:
    """Whether half of the explanations or more compare figures, and none begins with a title."""
    told = [read_explanation(row.rule.text, words.legend).kind for row in rows]
    titled = re.search("計画|報告|年度", rows[0].rule.text) and told[0] == "unreadable"
    return 2 * told.count("conditions") >= len(told) and not titled
