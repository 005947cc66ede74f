"""The document's own legend: which status word it gives for which figures.

Five forms are known: a table of example rows (figures and the word they get), a table of words
and explanations, a list (``◎:目標値以上 ○:目標値と同等``), and sentences
(:mod:`pipeline.assemble.legend_sentences`); the last two may fill a cell.  Words side by side
without rules are :mod:`pipeline.assemble.legend_rows`.
What an explanation means is read in the validate stage.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from pipeline.assemble.claims import paragraphs
from pipeline.assemble.columns import holds_measures
from pipeline.assemble.legend_rows import from_columns, from_rows, from_rows_of, with_rests
from pipeline.assemble.legend_sentences import from_sentences, in_half_width, spellings
from pipeline.assemble.lines import lines_of
from pipeline.assemble.vocabulary import Vocabulary
from pipeline.japanese.text import label
from pipeline.legend.explanations import read_explanation
from pipeline.legend.vocabulary import LegendVocabulary
from pipeline.model import FIRST_READER, Cell, Entry, Kind, LegendRow, Line, Printed, Table

_VALUES = ("baseline", "target", "actual", "rate")
_LONGEST_WORD = 12
"""Characters of a status word; a longer text explains one."""
_SCALE = ("1", "2", "3", "4", "5")
_SAME_SIDE = 2.0
"""Points by which the sides of a table on two pages differ, at most."""
_FEWEST = 2
"""Words that a legend explains, at least."""
_MOST_EXAMPLES = 2
"""Example rows of a word: one of an indicator that is to rise, and one of one that is to fall."""
_OTHER = re.compile(r"\n\s*(?=[※＊*]|[(（]?注|[^\n：:=＝]{2,10}[：:=＝])|\s+(?=※)")
"""Where a line begins that explains no status: a note, or the definition of another term."""
_NUMBER = re.compile(r"[0-9.,]+(?![0-9.,])%?(?!%|割|以|未満|〜|-|超|を|台|ポイント|[≦≧≤≥<>])")
"""A text that begins with a bare number: a count, no explanation."""
_COLOUR = r"[青黄赤緑橙灰白黒]色?\s?[:：…]"
"""A status that is a colour, behind a sign that shows it: ■青：達成."""
_NARROW = (
    r"(?<=[一-龠ぁ-ん])(?<![表図第])(?=[0-9A-Z０-９Ａ-Ｚ][:：](?:達成率|進捗率|[目実基][標績準]値))"
)
"""Where an entry begins behind a blank that was too narrow to be one: …100%以上4：達成率90%以上."""
_SEPARATOR = r"[:：…‥=＝⇒➡]+|―+|−+|->|→(?=[一-龠0-9０-９])|\s+"


def find_legend(
    tables: Sequence[Table],
    lines: Sequence[Line],
    vocabulary: Vocabulary,
    words: LegendVocabulary,
    statuses: Sequence[str] = (),
) -> tuple[LegendRow, ...]:
    """The rows of the legend, in reading order; empty if the document prints none.

    ``tables``: those that hold neither indicators nor projects.  ``statuses``: the statuses that
    the indicators bear, which a legend is expected to explain.  The first form that explains at
    least two words is taken, tables before lines; of several, the one that explains most of the
    statuses.
    """
    start = _starts((*words.words.all, *statuses, *_points(statuses)))
    found = [_from_examples(table, vocabulary, statuses) for table in tables]
    found += [
        (*_from_line_above(table, told, lines, words, start), *told)
        for table in tables
        if (told := _from_explanations(table, words, statuses))
    ]
    found += [_over_page_end(*pair, words, statuses) for pair in pairwise(tables)]
    found += list(_from_lines(lines, words, start))
    found += from_sentences(lines, words, statuses)
    found += [
        rows
        for table in tables
        for cell in table.cells
        if len(start.findall(cell.text)) > 1
        for rows in _from_lines(lines_of(cell, table.page), words, start)
    ]
    found += [
        rows
        for table in tables
        for cell in table.cells
        if len(cell.text) > _LONGEST_WORD
        for rows in from_sentences(lines_of(cell, table.page), words, statuses)
    ]
    found += [_from_cells(table, words, start) for table in tables]
    found += from_rows(lines, words, statuses)
    found += from_columns(lines, words, statuses)
    found += [from_rows_of(table, words, statuses) for table in tables]
    legends = [rows for rows in found if len({label(row.word.text) for row in rows}) >= 2]
    borne = {label(status) for status in statuses}
    return max(legends, key=lambda rows: len(borne & _words(rows)), default=())


def _points(statuses: Sequence[str]) -> tuple[str, ...]:
    """The points of a scale of which some are borne: one that no row bears is explained, too."""
    borne = {label(status) for status in statuses}
    return _SCALE if len(borne & set(_SCALE)) > 1 else ()


def _from_cells(
    table: Table, words: LegendVocabulary, start: re.Pattern[str]
) -> tuple[LegendRow, ...]:
    """The entries of a table of which each cell holds one: A：目標値以上 | B：基準値以上."""
    rows = [
        _entries(lines_of(cell, table.page), start, words)
        for cell in table.cells
        if start.match(cell.text)
    ]
    single = [found[0] for found in rows if len(found) == 1]
    return tuple(single) if len(_words(single)) == len(single) else ()


def _words(rows: Sequence[LegendRow]) -> set[str]:
    return {label(row.word.text) for row in rows}


# --------------------------------------------------------------------------- tables of examples


def _from_examples(
    table: Table, vocabulary: Vocabulary, statuses: Sequence[str]
) -> tuple[LegendRow, ...]:
    """Rows of figures with the status that they get; such a table has no column of names.

    Whatever its heading, a column that holds nothing but ``statuses`` is theirs (達成度).  Where a
    word stands in many rows, the names of the rows were lost, and nothing is explained.  So it is
    where a column of values holds words: names may stand in it.
    """
    rows = _rows(table)
    for at, row in enumerate(rows[:-1]):
        kinds = [None if cell is None else _kind(cell.text, vocabulary) for cell in row]
        if "status" not in kinds:
            kinds = _with_status(kinds, rows[at + 1 :], set(map(label, statuses)))
        figures = all(map(holds_measures, _values_below(kinds, rows[at + 1 :])))
        if not figures:
            continue
        if "status" in kinds and "name" not in kinds and len(set(kinds) & set(_VALUES)) >= 2:
            examples = (_example(table, row, kinds, body) for body in rows[at + 1 :])
            found = tuple(example for example in examples if example is not None)
            often = Counter(label(example.word.text) for example in found)
            return found if max(often.values(), default=0) <= _MOST_EXAMPLES else ()
    return ()


def _values_below(
    kinds: Sequence[Kind | None], body: Sequence[Sequence[Cell | None]]
) -> Iterator[list[str]]:
    """The filled cells of each column of values."""
    for kind, column in zip(kinds, zip(*body, strict=True), strict=True):
        filled = [cell.text for cell in column if cell is not None and cell.text.strip()]
        if kind in _VALUES and filled:
            yield filled


def _with_status(
    kinds: Sequence[Kind | None], body: Sequence[Sequence[Cell | None]], borne: Collection[str]
) -> list[Kind | None]:
    """The roles, that of the one column that holds nothing but statuses set."""
    words = [
        {_word_and_rule(cell.text)[0] for cell in column if cell is not None and cell.text.strip()}
        for column in zip(*body, strict=True)
    ]
    found = [at for at, told in enumerate(words) if len(told) > 1 and told <= set(borne)]
    settled = list(kinds)
    if len(found) == 1:
        settled[found[0]] = "status"
    return settled


def _kind(heading: str, vocabulary: Vocabulary) -> Kind | None:
    match = vocabulary.match(heading)
    return None if match is None else match.kind


def _example(
    table: Table,
    head: Sequence[Cell | None],
    kinds: Sequence[Kind | None],
    row: Sequence[Cell | None],
) -> LegendRow | None:
    entries = []
    status: Cell | None = None
    for above, kind, cell in zip(head, kinds, row, strict=True):
        if cell is None or above is None or not cell.text.strip():
            continue
        if kind == "status":
            status = cell
        elif kind in ("baseline", "target", "actual", "rate"):
            entries.append(
                Entry(kind=kind, header=label(above.text), printed=_printed(table, cell))
            )
    if status is None or not entries:
        return None
    word, rule = _word_and_rule(status.text)
    printed = _printed(table, status)
    return LegendRow(
        word=_with_text(printed, word), rule=_with_text(printed, rule), example=tuple(entries)
    )


def _word_and_rule(text: str) -> tuple[str, str]:
    """``目標達成(100%以上)`` → the word and what stands in the brackets, or after a colon."""
    folded = label(text)
    found = re.fullmatch(r"(?P<word>[^(:]+)(?:\((?P<inner>.*)\)|:(?P<after>.+))", folded)
    if found is None:
        return folded, ""
    return found["word"], found["inner"] or found["after"] or ""


# --------------------------------------------------------------------------- tables of words


def _over_page_end(
    table: Table, lower: Table, words: LegendVocabulary, statuses: Sequence[str]
) -> tuple[LegendRow, ...]:
    """The legend in a table that goes on in one on the next page, under its headings or none.

    Of what a page edge parts, one side may have one row.
    """
    heads, again = ([cell.text for cell in one.cells if not cell.row] for one in (table, lower))
    sides = zip(table.box[::2], lower.box[::2], strict=True)
    apart = any(abs(one - two) > _SAME_SIDE for one, two in sides) or len(heads) != len(again)
    if lower.page != table.page + 1 or apart:
        return ()
    skip = int(heads == again)
    count = 1 + max(cell.row for cell in table.cells) - skip
    rest = [replace(cell, row=cell.row + count) for cell in lower.cells if cell.row >= skip]
    whole = replace(table, cells=(*table.cells, *rest))
    later = {cell.box for cell in rest} - {cell.box for cell in table.cells}
    return tuple(
        replace(row, word=_on(lower.page, row.word), rule=_on(lower.page, row.rule))
        if row.word.box in later
        else row
        for row in _from_explanations(whole, words, statuses)
    )


def _on(page: int, printed: Printed) -> Printed:
    return replace(printed, page=page)


def _from_explanations(
    table: Table, words: LegendVocabulary, statuses: Sequence[str]
) -> tuple[LegendRow, ...]:
    """Two columns (or rows) of a table: short status words, and what they stand for."""
    known = {label(word) for word in (*words.words.all, *statuses)}
    if any(re.fullmatch("[0-9]", label(status)) for status in statuses):
        known.update("0123456789")  # a digit may be one that no indicator bears
    rows = _rows(table)
    columns = [list(column) for column in zip(*rows, strict=True)]
    for lanes in (columns, rows):
        for at, lane in enumerate(lanes[:-1]):
            if not _holds_words(lane, known):
                continue
            below = lanes[at + 1 :]
            if lanes is rows and table.method != "ruled":
                below = with_rests(below)
            told = [_paired(table, lane, other, known, words) for other in below]
            found = max(told, key=lambda rows: _comparing(rows, words), default=())
            if len(found) >= _FEWEST:
                return found
    return ()


def _from_line_above(
    table: Table,
    told: Sequence[LegendRow],
    lines: Sequence[Line],
    words: LegendVocabulary,
    start: re.Pattern[str],
) -> list[LegendRow]:
    """The first entry of a table that stands as a line right above it, if it is none ``told``.

    Striped tables lose a white first row to the text above them.
    """
    x0, top, x1, _ = table.box
    right_above = [
        line
        for line in lines
        if line.page == table.page
        and x0 <= line.box[0] < line.box[2] <= x1
        and -1 <= top - line.box[3] <= line.size
    ]
    rows = [row for line in right_above[-1:] for row in _entries([line], start, words)]
    return [row for row in rows if label(row.word.text) not in _words(told)]


def _comparing(rows: Sequence[LegendRow], words: LegendVocabulary) -> tuple[bool, int]:
    """How well a column explains its words: one that compares figures before one that does not."""
    return len(rows) >= _FEWEST, sum(_compares(row.rule.text, words) for row in rows)


def _holds_words(lane: Sequence[Cell | None], known: set[str]) -> bool:
    """At least two distinct status words, and nothing else but a heading.

    A mark or number that no row bears may stand among them.
    """
    texts = [label(cell.text) for cell in lane if cell is not None and cell.text.strip()]
    body = texts[1:] if texts and _status_word(texts[0], known) is None else texts
    words = [_status_word(text, known) for text in body]
    rare = [text for text, word in zip(body, words, strict=True) if word is None]
    few = len(rare) < len(body) - len(rare) >= 2
    return few and len(set(body)) == len(body) and all(len(text) == 1 for text in rare)


def _status_word(text: str, known: set[str]) -> str | None:
    """The status word that a cell holds, alone or before its gloss: ``◎ 達成``, ``A(順調)``."""
    if text in known:
        return text
    if len(text) > _LONGEST_WORD:
        return None
    found = re.match(r"[A-Za-z][+-]?(?![A-Za-z])|\([0-9]{1,2}\)|[^\w\s(]", text)
    return found.group() if found is not None and found.group() in known else None


def _paired(
    table: Table,
    lane: Sequence[Cell | None],
    other: Sequence[Cell | None],
    known: set[str],
    words: LegendVocabulary,
) -> tuple[LegendRow, ...]:
    """The words of a lane with their explanations in another; none unless most of these tell.

    As in lists, one among them may tell nothing (対策を講じながら進めている); none is a number.
    """
    rows = []
    told = 0
    for word, rule in zip(lane, other, strict=True):
        if word is None or rule is None or not rule.text.strip():
            continue
        text = label(word.text)
        status = _status_word(text, known) or (text if len(text) == 1 else None)
        if status is None:
            continue
        if _NUMBER.match(label(rule.text)) and label(rule.text) != "100%":
            return ()
        told += _tells(rule.text, words)
        printed = _printed(table, word)
        own = word.text if label(word.text) in known else status
        rows.append(LegendRow(word=_with_text(printed, own), rule=_printed(table, rule)))
    return tuple(rows) if told >= 2 and 2 * told > len(rows) else ()


def _tells(text: str, words: LegendVocabulary) -> bool:
    """Whether a text can explain a status: it is no bare number and speaks of figures."""
    folded = re.sub("^[がはもで]", "", "".join(label(text).split()))
    if _NUMBER.match(folded):
        return False
    return any(telling in folded for telling in words.legend.telling)


# --------------------------------------------------------------------------- sentences and lists


_AROUND = " 　\n、,。;；/／|｜■□◆◇●"
"""What may stand around an explanation and is no part of it."""


def _from_lines(
    lines: Sequence[Line], words: LegendVocabulary, start: re.Pattern[str]
) -> Iterator[tuple[LegendRow, ...]]:
    """Runs of neighbouring paragraphs in which status words are followed by explanations.

    A page edge may part a run.  An entry between two others is one, whatever it tells.
    """
    run: list[LegendRow] = []
    between: list[LegendRow] = []
    last: Line | None = None
    before: Line | None = None
    for paragraph in paragraphs(lines):
        rows = _entries(paragraph, start, words)
        follows, before = before, paragraph[-1]
        if not rows:
            between += _entries(paragraph, start, words, telling=False)
            continue
        over_edge = last is not None and last is follows and paragraph[0].page == last.page + 1
        if last is not None and not over_edge and not _neighbours(last, paragraph[0]):
            yield tuple(run)
            run = []
        rows, between = [*(between if run else ()), *rows], []
        run.extend(row for row in rows if label(row.word.text) not in _words(run))
        last = paragraph[-1]
    yield tuple(run)


def _starts(words: Sequence[str]) -> re.Pattern[str]:
    """A status word at the start of an entry, and what parts it from its explanation.

    ``A：…``, ``「A」…``, ``A（達成）：…``, ``「A」達成：…``; or the explanation stands in brackets:
    ``A（80%以上）``; or its own word does: ``（A）80%以上``.
    A mark needs nothing behind it where the explanation compares figures: ``◎目標値以上``; nor does
    a letter or digit before the words that such an explanation begins with: ``5達成率100%以上``.
    """
    forms = spellings(words)
    before = (
        r"(?:^|(?<=[\s、,。;；:：/／)）】\]「『\|｜(（※＊は・＞>〉》］\]])|(?=【)"
        rf"|(?<=[■□●◆◇])(?={_COLOUR})|{_NARROW})"
    )
    wrapped = "|".join(
        "\n?".join(map(re.escape, form)) for form in sorted(forms, key=len, reverse=True)
    )
    word = rf"[「『\"“【\[（(]?(?P<word>{wrapped})[」』\"”】\]）)]?(?:評価|判定|ランク)?"
    gloss = r"(?:[（(](?![^）)]{0,10}(?:以上|以下|未満|超))[^（()）%％]{1,10}[）)])?"
    band = r"[（(][^（()）]{1,10}[）)]\s*[:：=＝]\s*"
    inner = r"[（(](?P<inner>[^（()）]{2,40}(?:[（(][^（()）]*[）)][^（()）]*)?)[）)]"
    quoted = r"(?<=[」』】])[^\s：:、。「」『』【】]{1,12}\s*[：:]\s*"
    enclosed = r"(?<=[（(【].[）)】])(?=[^\s、。，（(：:])"
    bare = (
        rf"(?<=[◎○〇◯●△▲×✕☆★◇◆□■①-⑳])(?=[一-龠])(?!{_COLOUR})|(?<=[①-⑳])(?=[0-9０-９])"
        r"|(?<=[◎○〇◯●△▲×✕☆★◇◆□■])(?=[0-9０-９]{1,3}[%％](?:以上|未満|超|以下|[〜～~]))"
        r"|(?<=[0-9A-Z０-９Ａ-Ｚ])(?=達成率|目標値)"
    )
    parted = rf"{gloss}\s*(?:{_SEPARATOR})\s*|{band}|{inner}|{quoted}|{enclosed}|{bare}"
    return re.compile(rf"{before}{word}(?:{parted})")


def _entries(
    paragraph: Sequence[Line],
    start: re.Pattern[str],
    words: LegendVocabulary,
    *,
    telling: bool = True,
) -> list[LegendRow]:
    """The entries of a paragraph whose explanations tell something, and those between them.

    Not ``telling``: the one with which the paragraph begins, if it has no other.
    """
    text = "\n".join(line.text for line in paragraph)
    found: list[re.Match[str]] = []
    for match in start.finditer(text):
        if _wraps(text, match) or _closes_only(text, match):
            continue
        if not found or match.start() > found[-1].end():
            found.append(match)
    found = sorted([*found, *_alike(text, found, words)], key=lambda match: match.start())
    ends = [*(match.start() for match in found[1:]), len(text)]
    first = paragraph[0]
    rules = [
        (match["inner"] or _OTHER.split(text[match.end() : end])[0]).strip(_AROUND)
        for match, end in zip(found, ends, strict=False)
    ]
    told = [
        at
        for at, (match, rule) in enumerate(zip(found, rules, strict=True))
        if _tells(rule, words) and (_is_parted(match) or _compares(rule, words))
    ]
    if not telling and len(found) == 1 and found[0].start() == 0 and not found[0]["inner"]:
        told = [0]
    rows: list[LegendRow] = []
    last = _with_unjudged(told, rules, words)
    for at, (match, rule) in enumerate(zip(found, rules, strict=True)):
        between = len(told) > 1 and told[0] < at <= last and not match["inner"]
        if at in told or (between and rule):
            spot = Printed(text=rule, page=first.page, box=first.box, reader=FIRST_READER)
            word = match["word"].replace("\n", "")
            rows.append(LegendRow(word=_with_text(spot, in_half_width(word)), rule=spot))
    return rows


def _with_unjudged(told: Sequence[int], rules: Sequence[str], words: LegendVocabulary) -> int:
    """Where a list ends: behind its last explanation and what says that nothing is judged.

    ``◎：目標達成、△：基準値未満、－：評価対象外``.
    """
    given = (*words.legend.judged, *words.legend.absent, *words.legend.undefined)
    last = told[-1] if told else -1
    while last >= 0 and last + 1 < len(rules) and any(one in rules[last + 1] for one in given):
        last += 1
    return last


_UNKNOWN = (
    r"(?<=[\s、,。;；/／])(?P<word>[^\W\d_][^\s、,。:：…=＝(（）)]{{0,7}})(?<![率度値合標準注])"
    r"\s*{mark}\s*(?P<inner>(?!))?(?=(?P<rule>[^\s、,。;；/／]+))"
)
"""A word that no row bears before its explanation; ``mark``: what parts the two."""


def _alike(
    text: str, found: Sequence[re.Match[str]], words: LegendVocabulary
) -> Iterator[re.Match[str]]:
    """Entries of words that no row bears, between or behind entries of the same form.

    ``前進：基準値より改善、停滞：基準値と同じ``: without them the one before would go on.
    """
    marks = Counter(text[match.end("word") : match.end()].strip() for match in found)
    mark, often = next(iter(marks.most_common(1)), ("", 0))
    if often >= _FEWEST and mark and mark in ":：…=＝":
        for other in re.finditer(_UNKNOWN.format(mark=re.escape(mark)), text):
            inside = any(match.start() <= other.start("word") < match.end() for match in found)
            if other.start() > found[0].end() and not inside and _compares(other["rule"], words):
                yield other


def _closes_only(text: str, found: re.Match[str]) -> bool:
    """Whether a word is the last one in brackets that open before it: （…の場合は現状維持）."""
    closes = re.match(r"[」』”】\]）)]", text[found.end("word") :])
    return closes is not None and text[found.start("word") - 1] not in "「『“【[（("


def _is_parted(found: re.Match[str]) -> bool:
    """Whether something stands between a word and its explanation, or brackets about one."""
    return found.end() > found.end("word")


def _compares(rule: str, words: LegendVocabulary) -> bool:
    return read_explanation(rule, words.legend).kind == "conditions"


def _wraps(text: str, found: re.Match[str]) -> bool:
    """Whether a line merely breaks behind a word within it: …（達成｜率60%未満）."""
    begins = found.start() == 0 or text[found.start() - 1] == "\n"
    return not begins and text[found.end("word") : found.end()] == "\n"


def _neighbours(above: Line, line: Line) -> bool:
    """Whether a line belongs to the same list: on the same page, within three lines' height."""
    near = abs(line.box[1] - above.box[3]) <= 3 * max(line.size, above.size)
    return above.page == line.page and near


# --------------------------------------------------------------------------- cells


def _rows(table: Table) -> list[list[Cell | None]]:
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    rows = 1 + max((row for row, _ in cells), default=-1)
    columns = 1 + max((column for _, column in cells), default=-1)
    return [[cells.get((row, column)) for column in range(columns)] for row in range(rows)]


def _printed(table: Table, cell: Cell) -> Printed:
    return Printed(
        text=cell.text, page=table.page, box=cell.box, reader=table.reader, second=cell.second
    )


def _with_text(printed: Printed, text: str) -> Printed:
    return Printed(text=text, page=printed.page, box=printed.box, reader=printed.reader)
