"""All municipalities with their codes and readings: ``municipalities.csv``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.messages import N_
from pipeline.model import Record
from pipeline.settings.files import convert, merge_csv, strongest
from pipeline.settings.profile import Municipality, local_government_code

FILE_NAME = "municipalities.csv"
_SUFFIXES = ("し", "ちょう", "まち", "むら", "そん", "く", "けん", "ふ", "と")

_KANA = (
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん"
    "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔゎゕゖ"
)
_SYLLABLES = (
    "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho "
    "ma mi mu me mo ya yu yo ra ri ru re ro wa i e o n ga gi gu ge go za ji zu ze zo da ji zu de "
    "do ba bi bu be bo pa pi pu pe po vu wa ka ke"
)
_ROMAJI = dict(zip(_KANA, _SYLLABLES.split(), strict=True))
_SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}


class Entry(Record):
    """A prefecture, a municipality, or a special ward of Tokyo.  ``kana``: its reading."""

    area_code: str
    local_government_code: str
    prefecture: str
    name: str
    kana: str


def load_municipalities(folders: Sequence[Path]) -> dict[str, Entry]:
    """All municipalities by their 5-digit area code, from all layers.

    Raises :class:`SettingsError` for a code whose check digit is wrong.
    """
    rows = merge_csv(folders, FILE_NAME, "area_code")
    entries = convert(rows, list[Entry], strongest(folders, FILE_NAME))
    for entry, row in zip(entries, rows, strict=True):
        if not _is_right(entry):
            raise SettingsError(
                N_("Line {line}: {code} is not the area code {area} with its check digit."),
                file=str(row.path),
                line=row.line,
                code=entry.local_government_code,
                area=entry.area_code,
            )
    return {entry.area_code: entry for entry in entries}


def _is_right(entry: Entry) -> bool:
    try:
        return local_government_code(entry.area_code) == entry.local_government_code
    except ValueError:
        return False


def municipality(entry: Entry) -> Municipality:
    """A list entry as a profile names a municipality; the slug is its reading in Latin letters."""
    own = "" if entry.name == entry.prefecture else entry.prefecture
    return Municipality(
        area_code=entry.area_code, name=entry.name, slug=slug(entry), prefecture=own
    )


def slug(entry: Entry) -> str:
    """The reading without 市, 町, 村 …, in Hepburn letters: 美祢市 → ``mine``."""
    suffix = next((end for end in _SUFFIXES if entry.kana.endswith(end)), "")
    return romaji(entry.kana[: len(entry.kana) - len(suffix)] or entry.kana)


def romaji(kana: str) -> str:
    """Hiragana in Hepburn letters; long vowels are written as they are spelt."""
    letters = ""
    doubled = False
    for character in kana:
        if character == "っ":
            doubled = True
            continue
        letters = _append(letters, character)
        if doubled:
            letters = _double(letters, character)
            doubled = False
    return letters


def _append(letters: str, character: str) -> str:
    if character in _SMALL:
        vowel = _SMALL[character]
        stem = letters.removesuffix("i")
        glide = stem.endswith(("sh", "ch", "j")) and vowel.startswith("y")
        return stem + (vowel[1:] if glide else vowel)
    return letters + _ROMAJI.get(character, "")


def _double(letters: str, character: str) -> str:
    """A small っ doubles the consonant of the syllable after it."""
    syllable = _ROMAJI.get(character, "")
    at = len(letters) - len(syllable)
    first = "t" if syllable.startswith("ch") else syllable[:1]
    return letters[:at] + first + letters[at:]
