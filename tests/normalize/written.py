"""How the tables of cases write what a cell says, on one line.

``number unit [bound] [~upper] [approx] {part} @year``; ``?sign`` for a missing value, ``"words"``
for words; values of one cell are separated by `` | ``, problems follow ``!``.
"""

from __future__ import annotations

from pipeline.normalize.amounts import Piece
from pipeline.normalize.cells import Reading

_BOUNDS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}


def write_piece(piece: Piece) -> str:
    if piece.missing is not None:
        words = [f"?{piece.missing}"]
    elif piece.text is not None:
        words = [f"“{piece.text}”"]
    else:
        words = [_BOUNDS.get(piece.bound or "", "") + str(piece.number)]
    if piece.upper is not None:
        words.append(f"~{piece.upper}")
    if piece.unit:
        words.append(piece.unit)
    if piece.approximate:
        words.append("approx")
    if piece.part:
        words.append("{" + piece.part + "}")
    if piece.fiscal_year:
        words.append(f"@{piece.fiscal_year}")
    return " ".join(words)


def write_reading(reading: Reading) -> str:
    text = " | ".join(map(write_piece, reading.pieces))
    problems = [problem.rule for problem in reading.problems]
    return " ! ".join((text, *problems))
