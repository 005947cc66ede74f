"""Text of a document or a file name is safe wherever it is shown, on any console."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk.jobs import Options, run_one
from pipeline.errors import ExitCode
from pipeline.japanese.controls import escaped, harmless, is_control

STEERING = "\x1b\x07\x9b\x85\u202e\u2066\u200f\u2028\ud800"
ROWS = [
    ["指標名", "単位", "基準値", "R6目標値", "R6実績値", "達成状況"],
    ["利\x1b[31m用者数", "人", "100", "120", "130", "達\u202e成"],
    ["参\ud800加率\x07あ", "％", "50\x9b", "60", "70", "未達成"],
]


def paper(rows: list[list[str]], title: bytes) -> bytes:
    """A ruled table whose font says by ToUnicode which characters its glyphs are."""
    code = {c: i for i, c in enumerate(dict.fromkeys("".join(t for r in rows for t in r)), start=1)}
    mapped = "".join(
        f"<{number:04x}><{character.encode('utf-16-be', 'surrogatepass').hex()}>\n"
        for character, number in code.items()
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        "/CMapType 2 def 1 begincodespacerange <0000><ffff> endcodespacerange\n"
        f"{len(code)} beginbfchar\n{mapped}endbfchar endcmap end end"
    ).encode()
    xs = [40, 200, 260, 340, 420, 500, 560]
    ys = [780 - 20 * row for row in range(len(rows) + 1)]
    drawn = [f"{xs[0]} {y} m {xs[-1]} {y} l S" for y in ys]
    drawn += [f"{x} {ys[0]} m {x} {ys[-1]} l S" for x in xs]
    drawn += [
        f"BT /F1 9 Tf {x + 3} {y - 14} Td <{''.join(f'{code[c]:04x}' for c in text)}> Tj ET"
        for y, row in zip(ys, rows, strict=False)
        for x, text in zip(xs, row, strict=False)
    ]
    content = "\n".join(drawn).encode()

    def stream(data: bytes) -> bytes:
        return b"<</Length %d>>\nstream\n%s\nendstream" % (len(data), data)

    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        stream(content),
        b"<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[6 0 R]"
        b"/ToUnicode 8 0 R>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/DW 1000/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/Odd/Flags 4/ItalicAngle 0/Ascent 880/Descent -120"
        b"/CapHeight 700/StemV 80/FontBBox[0 -120 1000 880]>>",
        stream(cmap),
        b"<</Title %s>>" % title,
    ]
    body = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer<</Size %d/Root 1 0 R/Info 9 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    )


def steers(text: str) -> list[str]:
    return [character for character in text if character not in "\r\n" and is_control(character)]


def run(pdf: Path, folder: Path, *options: str, encoding: str = "utf-8") -> tuple[int, str, str]:
    process = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", "run", str(pdf), "-o", str(folder), *options],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    return process.returncode, process.stdout.decode(encoding), process.stderr.decode(encoding)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "od\x1b]0;d\u202e.pdf"
    path.write_bytes(paper(ROWS, b"<feff001b005b0033d800009b202e0041>"))
    return path


def test_nothing_of_a_document_steers_a_terminal_or_a_file(odd: Path, tmp_path: Path) -> None:
    given_options = ("--area", "35213", "--edition", "2025")
    code, output, errors = run(odd, tmp_path / "out", *given_options)
    assert code == ExitCode.DOUBTS
    assert steers(output + errors) == []
    written = list((tmp_path / "out").rglob("*.*"))
    assert any(path.name == "data.json" for path in written)
    for path in written:
        if path.is_file() and path.suffix != ".lock":
            for text in texts_in(path):
                assert steers(text.replace("\t", "")) == [], path.name


def texts_in(path: Path) -> list[str]:
    """The texts of a file: its own, or those of the parts of a workbook or an archive."""
    if path.suffix not in {".xlsx", ".zip"}:
        return [path.read_text(encoding="utf-8-sig")]
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if name.endswith((".xml", ".csv", ".json"))]
        return [archive.read(name).decode("utf-8-sig") for name in parts]


def test_the_file_name_in_an_error_does_not_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "od\x1b]0;d\u202e.pdf"
    path.write_bytes(b"")
    code, _, errors = run(path, tmp_path / "out", "--area", "35213")
    assert code == ExitCode.UNREADABLE
    assert steers(errors) == []
    code, output, _ = run(path, tmp_path / "out", "--area", "35213", "--json")
    assert steers(output) == []
    assert json.loads(output)["documents"][0]["pdf"] == str(path)


def test_a_table_that_is_checked_does_not_steer_the_terminal(tmp_path: Path) -> None:
    """What `lint` quotes of a table and its name is a text of others, too."""
    path = tmp_path / "od\x1b]0;d\u202e.csv"
    path.write_text("番号,利\x1b[31m用者数\x07,\u202e人口\n1,\x9b5 0人,－\n", encoding="utf-8")
    for form in ((), ("--json",)):
        process = subprocess.run(
            [sys.executable, "-m", "pipeline.cli", "lint", str(path), *form],
            capture_output=True,
            check=False,
        )
        assert process.returncode == ExitCode.DOUBTS
        assert steers(process.stdout.decode() + process.stderr.decode()) == []


def test_one_function_alone_prints() -> None:
    """It alone makes text harmless; what prints beside it would print it raw."""
    package = Path(__file__).resolve().parent.parent / "pipeline"
    printing = re.compile(r"\bclick\.s?echo\(|\bprint\(")
    found = {
        path.name: len(printing.findall(path.read_text(encoding="utf-8")))
        for path in package.rglob("*.py")
    }
    assert {name: count for name, count in found.items() if count} == {"cli.py": 2}


@pytest.mark.parametrize("encoding", ["cp932", "latin-1", "ascii"])
def test_a_console_that_lacks_characters_gets_the_rest(
    encoding: str, root: Path, tmp_path: Path
) -> None:
    pdf = root / "raw/35213-mine/2025.pdf"
    options = ("--area", "35213", "--edition", "2025", "--second-reader", "never")
    code, output, errors = run(pdf, tmp_path / "out", *options, encoding=encoding)
    assert (code, errors) == (ExitCode.RELEASED, "")
    assert "130" in output
    code, output, _ = run(pdf, tmp_path / "out", *options, "--json", encoding=encoding)
    assert json.loads(output)["documents"][0]["indicators"] == 130


@given(st.text())
def test_harmless_text_steers_nothing_and_keeps_the_rest(text: str) -> None:
    clean = harmless(text + STEERING)
    assert steers(clean) == []
    assert "\n" not in clean
    assert [c for c in text if not is_control(c)] == [
        new for new, old in zip(clean, text, strict=False) if not is_control(old)
    ]


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["utf-8", "cp932", "ascii"]))
def test_escaped_json_means_the_same(text: str, encoding: str) -> None:
    shown = escaped(json.dumps({"text": text}, ensure_ascii=False), encoding)
    assert steers(shown) == []
    assert shown.encode(encoding)
    assert json.loads(shown) == {"text": text}


# --------------------------------------------------------------------------- whose document it is


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ({"area": "99999"}, "identity.unknown-area"),
        ({"area": "35213", "edition": 1900}, "identity.edition-contradicted"),
        ({"area": "35201", "edition": 2025}, "identity.area-contradicted"),
    ],
)
def test_options_that_the_document_contradicts_block_the_release(
    options: dict[str, object], rule: str, root: Path, tmp_path: Path
) -> None:
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes((root / "raw/35213-mine/2025.pdf").read_bytes())
    settings = Options(
        workspace=str(root), output=str(tmp_path / "out"), second_reader="never", **options
    )
    result = run_one(pdf, settings)
    assert result.exit_code == ExitCode.DOUBTS
    assert rule in blockers(tmp_path / "out")


def blockers(output: Path) -> set[str]:
    """The rules that hold the release back."""
    data = json.loads((output / "release/data.json").read_text(encoding="utf-8"))
    return {one["rule"] for one in data["findings"] if one["severity"] == "blocker"}


def test_the_profile_of_another_town_blocks_the_release(workspace: Path, tmp_path: Path) -> None:
    foreign = workspace / "schemas/35201-shimonoseki"
    foreign.mkdir()
    text = '[municipality]\narea_code = "35201"\nname = "下関市"\n'
    (foreign / "profile.toml").write_text(text, encoding="utf-8")
    pdf = tmp_path / "report.pdf"
    pdf.write_bytes((workspace / "raw/35213-mine/2025.pdf").read_bytes())
    result = run_one(
        pdf,
        Options(
            workspace=str(workspace),
            output=str(tmp_path / "out"),
            profile="35201-shimonoseki",
            second_reader="never",
        ),
    )
    assert result.exit_code == ExitCode.DOUBTS
    assert "identity.area-contradicted" in blockers(tmp_path / "out")


@pytest.mark.parametrize(("place", "given"), [("report.pdf", {"area": "35213"}), ("raw", {})])
def test_a_profile_of_another_town_than_the_one_told_blocks_the_release(
    place: str, given: dict[str, str], workspace: Path, tmp_path: Path
) -> None:
    """Its rules of status would be held against the document; under ``raw/`` its place tells."""
    foreign = workspace / "schemas/35201-shimonoseki"
    foreign.mkdir()
    own = (workspace / "schemas/35213-mine/profile.toml").read_text(encoding="utf-8")
    text = own.replace("35213", "35201").replace("美祢市", "下関市")
    (foreign / "profile.toml").write_text(text, encoding="utf-8")
    pdf = workspace / "raw/35213-mine/2025.pdf"
    if place != "raw":
        pdf = pdf.rename(workspace / place)
    options = {"profile": "35201-shimonoseki", "second_reader": "never", **given}
    result = run_one(
        pdf, Options(workspace=str(workspace), output=str(tmp_path / "out"), **options)
    )
    assert result.exit_code == ExitCode.DOUBTS
    assert "identity.foreign-profile" in blockers(tmp_path / "out")
    data = json.loads((tmp_path / "out/release/data.json").read_text(encoding="utf-8"))
    assert {one["status_recomputed"] for one in data["indicators"]} == {None}
    assert not any(any(one["counts_recomputed"].values()) for one in data["summary"]["groups"])


# --------------------------------------------------------------------------- broken vocabularies


@pytest.mark.parametrize(
    ("file", "content", "word"),
    [
        ("units.csv", "# note\nunit,aliases\n\nhito,x,y\n", "4"),
        ("units.csv", "aliases,dimension,scale\na,b,1\n", "unit"),
        ("missing.csv", "mark,sign\n?,no-data\n# note\n?,no-data\n", "4"),
        ("headings.toml", "[lines]\ntitle = '('\n", "title"),
        ("headings.toml", "[lines]\nunit = 'x'\n", "unit"),
        ("extract.toml", "seconds = nan\n", "seconds"),
    ],
)
def test_a_broken_vocabulary_is_told_with_file_and_line(
    file: str, content: str, word: str, workspace: Path
) -> None:
    path = workspace / "schemas/default" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    result = run_one(
        workspace / "raw/35213-mine/2025.pdf",
        Options(workspace=str(workspace), second_reader="never"),
    )
    assert result.exit_code == ExitCode.SETTINGS
    assert result.failure is not None
    assert result.failure.file == str(path.resolve())
    assert word in json.dumps(result.failure.parameters)


def test_a_wrong_key_of_the_profile_is_told_of_the_profile(workspace: Path) -> None:
    path = workspace / "schemas/35213-mine/profile.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n[extract]\nhobby = 1\n", encoding="utf-8")
    result = run_one(
        workspace / "raw/35213-mine/2025.pdf",
        Options(workspace=str(workspace), second_reader="never"),
    )
    assert result.failure is not None
    assert Path(result.failure.file or "").name == "profile.toml"
