"""Tables beside those of indicators that tell their figures by words of their own."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from pipeline.assemble.columns import VALUES, Header
from pipeline.assemble.read_tables import Read
from pipeline.assemble.vocabulary import Vocabulary


def with_doubted(read: Sequence[Read], vocabulary: Vocabulary) -> list[Read]:
    """The tables, those as limited that may be of something else than the document's indicators.

    Their word for names is in common use (項目), while other tables have one that only tables of
    indicators have; and no word for their figures stands in these: 項目 | R2実績 | R6目標 in an
    appendix beside 指標名 | 基準値 | 目標値 | 実績値.
    """
    headers = [one.header for one in read if one.header is not None and one.header.is_indicators]
    own = [header for header in headers if "name" in header.told("own")]
    known = {word for header in own for word in _words(header, vocabulary)}
    if not known:
        return list(read)
    return [
        dataclasses.replace(one, header=dataclasses.replace(one.header, limited=True))
        if one.header is not None and _is_other(one.header, known, vocabulary)
        else one
        for one in read
    ]


def _is_other(header: Header, known: set[str], vocabulary: Vocabulary) -> bool:
    told = "name" in header.told("common") and "name" not in header.told("own")
    plain = header.is_indicators and not header.given
    return plain and told and not known & _words(header, vocabulary)


def _words(header: Header, vocabulary: Vocabulary) -> set[str]:
    """The words of the vocabulary that tell the figures of a table."""
    found = (vocabulary.match(one.header) for one in header.columns if one.kind in VALUES)
    return {match.word for match in found if match is not None}
