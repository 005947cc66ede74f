"""Footnotes: from the mark beside a name or a value to the note that it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.japanese.text import label
from pipeline.model import Indicator, Observation, Printed, Value
from pipeline.settings.normalize import Marks


def note_mark(text: str, marks: Marks) -> str:
    """The mark with its number with which a note begins (``※1``), or ``""``."""
    words = "|".join(map(re.escape, sorted(marks.notes, key=len, reverse=True)))
    found = re.match(rf"\(?(?P<mark>(?:{words})[0-9]{{0,2}})\)?", label(text))
    return found["mark"] if found else ""


def plain_marks(notes: Sequence[Printed], marks: Marks) -> frozenset[str]:
    """The signs with which notes begin and that no note numbers (※は速報値, and no ※1)."""
    found = {mark for note in notes if (mark := note_mark(note.text, marks))}
    numbered = {mark.rstrip("0123456789") for mark in found if mark[-1].isdigit()}
    return frozenset(mark for mark in found - numbered if not mark[-1].isalnum())


def find_note(mark: str, page: int, notes: Sequence[Printed], marks: Marks) -> Printed | None:
    """The note of a mark: the first on its page or the page after, if only one comes next.

    Two notes with the same mark on one page cannot be told apart: neither is taken.
    """
    same = [note for note in notes if note_mark(note.text, marks) == mark]
    for where in (page, page + 1):
        here = [note for note in same if note.page == where]
        if here:
            return here[0] if len(here) == 1 else None
    return None


def notes_of(indicator: Indicator, notes: Sequence[Printed], marks: Marks) -> Iterator[Observation]:
    """The texts that the marks in an indicator's note lead to, as observations of words."""
    for word in indicator.note.split(" "):
        if word and note_mark(word, marks) == word:
            found = find_note(word, indicator.page, notes, marks)
            if found is not None:
                value = Value(printed=found, text=label(found.text))
                yield Observation(kind="note", fiscal_year=None, value=value)
