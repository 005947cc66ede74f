"""Throw made input at the parsers, led by what code it reaches (atheris).

    make fuzz                        every parser for a minute
    make fuzz FUZZ="numbers 600"     one parser, for so many seconds

A parser may refuse its input with a typed error; anything else is a fault.  What was found is
printed and kept as ``fuzz-<parser>-…`` in the current folder: make a test of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["pipeline"]):
    from pipeline.editions import registry
    from pipeline.errors import ShihyoError
    from pipeline.extract.integrity import damage_of
    from pipeline.japanese import controls, eras, same_reading, text
    from pipeline.legend.explanations import read_explanation
    from pipeline.normalize.cells import Reader
    from pipeline.normalize.units import UnitTable
    from pipeline.notation import formula
    from pipeline.settings import decisions, files, normalize
    from pipeline.settings.legend import default_vocabulary
    from pipeline.settings.load import load

ROOT = Path(__file__).resolve().parent.parent
_SECONDS, _LONGEST = 60, 400


class Parsers:
    """The parsers by their names; each takes any text."""

    def __init__(self, folder: Path) -> None:
        settings = normalize.load(files.layers(ROOT, None), {})
        self._cells = Reader(settings, UnitTable(settings.units))
        self._words = default_vocabulary().legend
        self._folder = folder

    def numbers(self, given: str) -> None:
        """A cell's value is one thing: a number, a missing sign or words."""
        for piece in self._cells.read(given).pieces:
            kinds = (piece.number, piece.missing, piece.text)
            if sum(kind is not None for kind in kinds) > 1:
                raise AssertionError(kinds)

    def years(self, given: str) -> None:
        eras.find_years(given)
        eras.header_years(given.split("\n"))
        eras.without_years(given)

    def legends(self, given: str) -> None:
        read_explanation(given, self._words)

    def texts(self, given: str) -> None:
        """Nothing steers a terminal, and a text reads like itself."""
        text.label(given)
        text.match_key(given)
        if controls.is_control(controls.harmless(given)):
            raise AssertionError(given)
        if not same_reading.same_reading(given, given):
            raise AssertionError(given)

    def formulas(self, given: str) -> None:
        """What a spreadsheet would run as a formula is never released as it is."""
        shown = formula.sign_in_full_width(text.label(given))
        if shown and shown[0] in "=+-@" and not formula.is_number(shown):
            raise AssertionError(shown)

    def profiles(self, given: str) -> None:
        own = self._folder / "schemas" / "99001-town"
        own.mkdir(parents=True, exist_ok=True)
        (own / "profile.toml").write_text(given, encoding="utf-8", errors="replace")
        load(self._folder, own, "99001")

    def corrections(self, given: str) -> None:
        path = self._folder / "2025.toml"
        path.write_text(given, encoding="utf-8", errors="replace")
        decisions.read(path, "99001", 2025)

    def registries(self, given: str) -> None:
        (self._folder / "indicators.csv").write_text(given, encoding="utf-8", errors="replace")
        registry.read(self._folder)

    def damages(self, given: str) -> None:
        damage_of(given.encode(errors="replace"))


NAMES = ("numbers", "years", "legends", "texts", "formulas")
NAMES = (*NAMES, "profiles", "corrections", "registries", "damages")

_LINES = {
    "profiles": (
        '[municipality]\narea_code = "99001"\nname = "町"\n',
        '[validate]\n[[validate.status]]\nword = "A"\nrate = { at_least = 80 }\n',
        '[extract]\nseconds = 5\n[assemble.headers]\nname = ["指標"]\n',
    ),
    "corrections": (
        'area = "99001"\nedition = 2025\n[[decision]]\naction = "value"\nvalue = "5"\n'
        'reason = "r"\npage = 1\nbox = [1, 2, 3, 4]\nexpect = "4"\nfield = "actual"\n',
    ),
    "registries": (
        "id,name,unit,direction,basis,cumulative,goal,policy,first_edition,retired,"
        "former_names,note\na-1,数,人,lower,declared,yes,1,2,2025,,旧@2024,\n",
    ),
    "damages": (
        "%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode>>\nstream\nx\nendstream\nxref\n0 1\n"
        "0000000000 65535 f \nstartxref\n60\n%%EOF",
    ),
}


def seeds(name: str) -> list[str]:
    """Texts from which the search begins: what our own documents hold."""
    if name in _LINES:
        return list(_LINES[name])
    facts = json.loads((ROOT / "tests/data/mine/facts.json").read_text(encoding="utf-8"))
    found = [value for one in facts["indicators"] for value in one.values()]
    more = ["△1.2", "２，３４５人", "令和6年度", "R7～R9", "(△)120", "達成率が80％以上", "十二万"]
    return [str(one) for one in (*found[:200], *more)]


def search(name: str, seconds: int) -> None:
    """Search one parser for a time; ends this process."""
    with tempfile.TemporaryDirectory() as folder:
        parser: Callable[[str], None] = getattr(Parsers(Path(folder)), name)

        def once(data: bytes) -> None:
            try:
                parser(data.decode(errors="replace"))
            except ShihyoError:
                return

        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(seeds(name)):
            (corpus / str(number)).write_text(seed, encoding="utf-8")
        options = [f"-max_total_time={seconds}", f"-max_len={_LONGEST}", "-timeout=20"]
        options += [f"-artifact_prefix=fuzz-{name}-", "-print_final_stats=1", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, str(corpus)], once)
        atheris.Fuzz()


def main() -> int:
    """Search all parsers, or the one that is named; exit status 1 if a fault was found."""
    if len(sys.argv) == 3:
        search(sys.argv[1], int(sys.argv[2]))
        return 0
    faulty = []
    for name in NAMES:
        print(f"== {name}", flush=True)
        command = [sys.executable, __file__, name, str(_SECONDS)]
        if subprocess.run(command, check=False).returncode:
            faulty.append(name)
    print("faults in: " + ", ".join(faulty) if faulty else "no fault was found")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
