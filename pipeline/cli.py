"""The command ``shihyo``: parse, call, print.  Logic lives in the modules it calls.

One file, though a long one: most of it are the options and help texts of the commands, which are
read side by side so that the same option means the same everywhere.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from pipeline import __version__
from pipeline.desk.jobs import Failure, Options, Result, Watch, exit_code_of
from pipeline.errors import ExitCode, ShihyoError, UsageError, typed
from pipeline.japanese.controls import escaped, harmless
from pipeline.limits import collect_rarely
from pipeline.messages import N_, Language, translate
from pipeline.show.usage import speak, spoken

_LANG_KEY = "shihyo.language"


def _language() -> Language:
    """The language of this call: ``--lang``, else SHIHYO_LANG, else Japanese."""
    ctx = click.get_current_context(silent=True)
    chosen = ctx.find_root().meta.get(_LANG_KEY) if ctx else None
    return "en" if (chosen or os.environ.get("SHIHYO_LANG")) == "en" else "ja"


def _say(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text: nothing in it steers the terminal, and what the console lacks is a ``?``."""
    stream = sys.stderr if err else sys.stdout
    encoding = stream.encoding or "utf-8"
    shown = harmless(text, lines=True).encode(encoding, "replace").decode(encoding)
    click.echo(shown, err=err, nl=nl)


def _say_json(text: str) -> None:
    """Print JSON; escapes stand for what the terminal must not see or the console lacks."""
    click.echo(escaped(text, sys.stdout.encoding or "utf-8"))


def _remember_language(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value:
        ctx.find_root().meta[_LANG_KEY] = value
        speak(cast("Language", value))


class _Translated:
    """Help texts are message ids; they are translated when they are shown."""

    def get_short_help_str(self, limit: int = 45) -> str:
        return translate(cast("click.Command", self).short_help or "", _language())[: limit * 2]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        text = translate(cast("click.Command", self).help or "", _language())
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in text.split("\n"):
                formatter.write_text(paragraph)


class Command(_Translated, click.Command):
    """A command with translated help."""


class Group(_Translated, click.Group):
    """A group of commands with translated help."""

    command_class = Command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error becomes one paragraph and its exit code."""
        from pipeline.show.report import failure_text

        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            failure = Failure.of(typed(error), "")
            _say(failure_text(failure, _language()), err=True)
            ctx.exit(failure.exit_code)


class Option(click.Option):
    """An option with translated help."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None:
            return None
        return record[0], record[1].replace(
            self.help or "", translate(self.help or "", _language()), 1
        )


Function = TypeVar("Function", bound=Callable[..., Any])


def option(*names: str, **attributes: Any) -> Callable[[Function], Function]:
    """``click.option`` with translated help."""
    return click.option(*names, cls=Option, **attributes)


LANG = option(
    "--lang",
    type=click.Choice(["ja", "en"]),
    expose_value=False,
    is_eager=True,
    callback=_remember_language,
    help=N_("Language of messages (default: ja)."),
)


def _area_code(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    from pipeline.desk.municipality import read_area_code

    return None if value is None else read_area_code(value)


def area_option(**attributes: Any) -> Callable[[Function], Function]:
    """``--area``: a code of five or six digits, handed on as five."""
    help_text = N_("Area code of the municipality: 5 digits, or 6 with the check digit.")
    return option("--area", callback=_area_code, help=help_text, **attributes)


WORKSPACE = option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help=N_("Folder with raw/, schemas/ and extracted/ (default: the current one)."),
)


class Bar(Watch):
    """A progress bar on stderr; silent where stderr is no terminal."""

    def __init__(self, documents: int, language: Language, also: Watch | None = None) -> None:
        self._language = language
        self._also = also or Watch()
        self._steps = 5
        self._shown = sys.stderr.isatty()
        self._bar = click.progressbar(
            length=documents * self._steps,
            file=sys.stderr,
            hidden=not self._shown,
            item_show_func=lambda item: item or "",
        )

    def __enter__(self) -> Bar:
        self._bar.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.current_item = None
        self._bar.__exit__(None, None, None)

    def stage(self, stage: Any, runs: bool) -> None:
        from pipeline.show.report import STAGES

        self._also.stage(stage, runs)
        self._bar.update(1, translate(STAGES[stage], self._language))

    def waiting(self, folder: Path) -> None:
        self._also.waiting(folder)
        text = translate(
            N_("Another run is working on {folder}; waiting for it to end."),
            self._language,
            folder=str(folder),
        )
        _say(text, err=True)


@click.group(
    cls=Group,
    help=N_("From a municipality's yearly KPI report in PDF to validated open data."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__, prog_name="shihyo", cls=Option, help=N_("Show the version and exit.")
)
@LANG
def cli() -> None:
    pass


# --------------------------------------------------------------------------- run


@cli.command(
    help=N_(
        "Run the whole chain: tables, values, checks, open data.\n"
        "Without PDF: every PDF under raw/. Exit codes: 0 released; 1 doubts hold values back; "
        "2 usage; 3 unreadable; 4 encrypted; 5 no indicator table; 6 a limit was exceeded; "
        "7 settings invalid; 8 a worker died; 9 a fault of this program; "
        "10 disk or permission trouble; 130 interrupted."
    ),
    short_help=N_("PDF to validated open data"),
)
@click.argument("pdfs", metavar="[PDF]...", nargs=-1, type=click.Path(path_type=Path))
@option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help=N_("Put everything of the one document into this folder."),
)
@area_option()
@option(
    "--edition",
    type=click.IntRange(1900, 2099),
    help=N_("Fiscal year that the document is about to begin (2025)."),
)
@option("--profile", help=N_("Profile: a folder with profile.toml, or its name in schemas/."))
@option(
    "--second-reader",
    type=click.Choice(["always", "on-doubt", "never"]),
    help=N_("When a second, independent reader reads too (default: always)."),
)
@option("--no-ocr", is_flag=True, help=N_("Do not read pages that are pictures (scans)."))
@option("--password", help=N_("Password of an encrypted PDF."))
@option(
    "--jobs", type=click.IntRange(1, 64), default=1, help=N_("Municipalities to run at a time.")
)
@option("--force", is_flag=True, help=N_("Run every stage even if nothing has changed."))
@option("--dry-run", is_flag=True, help=N_("Only say what would run, and why."))
@option("--json", "as_json", is_flag=True, help=N_("One machine-readable result on stdout."))
@option(
    "--log-file",
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("Add what happens to this file, one JSON object a line."),
)
@WORKSPACE
@LANG
def run(
    pdfs: tuple[Path, ...],
    output: Path | None,
    area: str | None,
    edition: int | None,
    profile: str | None,
    second_reader: str | None,
    no_ocr: bool,
    password: str | None,
    jobs: int,
    force: bool,
    dry_run: bool,
    as_json: bool,
    log_file: Path | None,
    workspace: Path,
) -> None:
    from pipeline.batch.many import run_many
    from pipeline.desk.jobs import plan_one
    from pipeline.desk.log import Log
    from pipeline.desk.workspace import documents
    from pipeline.review.write import ReviewFiles
    from pipeline.show.report import plan_text

    language = _language()
    chosen = list(pdfs) or documents(workspace)
    if not chosen:
        raise UsageError(
            N_("There is no PDF under {folder}."),
            advice=N_("Put one there with: shihyo add PDF, or name a PDF."),
            file=str(workspace / "raw"),
            folder=str(workspace / "raw"),
        )
    if len(chosen) > 1 and (output or area or edition):
        raise UsageError(
            N_("--output, --area and --edition are for one document, but several were given."),
            advice=N_("Run the documents one by one."),
        )
    options = Options(
        workspace=str(workspace),
        output=str(output) if output else None,
        area=area,
        edition=edition,
        profile=profile,
        second_reader=cast("Any", second_reader or "always"),
        ocr=not no_ocr,
        password=password,
        force=force,
    )
    if dry_run:
        results = [plan_one(pdf, options) for pdf in chosen]
        _show(results, [plan_text(result, language) for result in results], as_json=as_json)
        sys.exit(exit_code_of(results))
    with Log(log_file, options) as log:
        with Bar(len(chosen), language, log) as bar:
            results = run_many(chosen, options, jobs, log.document, bar, beside=ReviewFiles)
        if output is None:
            _bring_series_up_to_date(workspace, results)
        texts = [] if as_json else [_run_text(result, options, language) for result in results]
        _show(results, texts, as_json=as_json)
        sys.exit(exit_code_of(results))


def _bring_series_up_to_date(workspace: Path, results: list[Result]) -> None:
    """The time series of every municipality whose documents were run."""
    from pipeline.editions.city import cities, update_series

    ran = {result.area_code for result in results if result.failure is None}
    for city in cities(workspace):
        if city.area_code in ran:
            update_series(city)


def _run_text(result: Result, options: Options, language: Language) -> str:
    """The report on one document, with what is new, renamed or gone since the last edition."""
    from pipeline.editions.city import changes
    from pipeline.show.report import result_text

    given = (Path(options.workspace), result.area_code, Path(result.output))
    return result_text(result, language, lambda: changes(*given))


def _show(results: list[Result], texts: list[str], *, as_json: bool) -> None:
    """Results on stdout, failures on stderr."""
    if as_json:
        _say_json(_json(results))
    for result, text in zip(results, texts, strict=False):
        _say(text + "\n", err=result.failure is not None, nl=False)


def _json(results: list[Result]) -> str:
    import msgspec

    documents = [msgspec.to_builtins(result) for result in results]
    for document, result in zip(documents, results, strict=True):
        document["cached"] = result.cached
        document["release"] = str(Path(result.output) / "release") if result.output else None
        if result.failure is not None:
            document["failure"] |= _in_both_languages(result.failure)
        for told, missing in zip(document["missing"], result.missing, strict=True):
            told.update(_in_both_languages(missing))
    content = {"exit_code": exit_code_of(results), "documents": documents}
    return msgspec.json.format(msgspec.json.encode(content), indent=2).decode()


def _in_both_languages(failure: Failure) -> dict[str, str]:
    return {
        f"{name}_{language}": translate(getattr(failure, name), language, **failure.parameters)
        for name in ("message", "advice")
        for language in cast("list[Language]", ["ja", "en"])
    }


@contextmanager
def _about(pdf: Path) -> Iterator[None]:
    """Errors that name no file are about this one."""
    try:
        yield
    except ShihyoError as error:
        error.file = error.file or str(pdf)
        raise


# --------------------------------------------------------------------------- inspect


@cli.command(
    help=N_("Show every table of a PDF as it was read, before any meaning is given."),
    short_help=N_("Tables as read, as text, JSON or picture"),
)
@click.argument("pdf", type=click.Path(path_type=Path))
@option("--page", type=click.IntRange(min=1), help=N_("Only this page."))
@option(
    "--png",
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("Draw the page with rules, cells, fills and leftovers into this file."),
)
@option("--json", "as_json", is_flag=True, help=N_("Machine-readable tables on stdout."))
@option("--no-ocr", is_flag=True, help=N_("Do not read pages that are pictures (scans)."))
@option("--password", help=N_("Password of an encrypted PDF."))
@WORKSPACE
@LANG
def inspect(
    pdf: Path,
    page: int | None,
    png: Path | None,
    as_json: bool,
    no_ocr: bool,
    password: str | None,
    workspace: Path,
) -> None:
    from pipeline.assemble import run as assemble
    from pipeline.desk.jobs import read_pdf
    from pipeline.extract import run as extract
    from pipeline.settings.load import load
    from pipeline.show import inspect as view

    data = read_pdf(pdf)
    settings = load(workspace, None)
    with _about(pdf):
        extracted = extract(
            data, settings.extract, password=password, second="never", ocr=not no_ocr
        )
    if png is not None:
        from pipeline.cache.store import write_atomically

        roles = view.roles_of(extracted, assemble(extracted, settings.assemble))
        drawn = view.draw_png(data, extracted, page or 1, roles, password=password)
        write_atomically(png, drawn)
    if as_json:
        import msgspec

        content = view.tables_json(extracted, page)
        _say_json(msgspec.json.format(msgspec.json.encode(content), indent=1).decode())
        return
    shown = view.tables_text(extracted, page, _language())
    pictures = view.pictures_text(extracted, page, _language())
    left = view.leftovers_text([one for one in extracted.leftovers if page in (None, one.page)])
    _say(shown or translate(N_("No table was found."), _language()))
    if pictures:
        _say(pictures)
    if left:
        _say(translate(N_("Left over:"), _language()) + "\n" + left)
    if png is not None:
        _say(translate(N_("Drawn: {path}"), _language(), path=str(png)), err=True)


# --------------------------------------------------------------------------- rules


@cli.command(
    help=N_("List every check by its id, or explain one: what it compares, what to do about it."),
    short_help=N_("List the checks, or explain one"),
)
@click.argument("rule", required=False)
@LANG
def rules(rule: str | None) -> None:
    from pipeline.show.report import rule_text, rules_text
    from pipeline.validate.catalogue import BY_ID

    if rule is None:
        _say(rules_text(_language()))
    elif rule in BY_ID:
        _say(rule_text(BY_ID[rule], _language()))
    else:
        raise UsageError(
            N_("There is no rule {rule}."), advice=N_("List them with: shihyo rules"), rule=rule
        )


AREA = area_option()
EDITION = option(
    "--edition",
    type=click.IntRange(1900, 2099),
    help=N_("Fiscal year that the document is about to begin (2025)."),
)


# --------------------------------------------------------------------------- decisions


def _box(_: click.Context, __: click.Parameter, value: str | None) -> Any:
    """Four numbers: a place on a page."""
    if value is None:
        return None
    try:
        x0, top, x1, bottom = (float(part) for part in value.split(","))
    except ValueError as error:
        raise UsageError(
            N_("A place is written as four numbers: 50,120,540,140"),
            advice=N_("See the places with: shihyo inspect PDF --json"),
        ) from error
    return (x0, top, x1, bottom)


@cli.command(
    help=N_(
        "Settle a finding: take reading A or B, give the value, or confirm what is printed.\n"
        "Without KEY the open findings are asked one by one; KEY title gives the document another "
        "title, KEY goal or policy places the rows in a box. Decisions are kept in "
        "schemas/…/corrections/ and hold until the paper changes."
    ),
    short_help=N_("Settle findings"),
)
@click.argument("key", required=False)
@option("--take", help=N_("A, B, a value, or another choice that the list shows."))
@option("--reason", help=N_("Why; it is published with the value."))
@option("--who", default="", help=N_("Who decided (default: the user of this computer)."))
@option("--field", default="", help=N_("Field of the indicator, where it is not clear."))
@option(
    "--page",
    type=click.IntRange(min=1),
    help=N_("Page on which the row stands, where it is not that of the finding."),
)
@option(
    "--box",
    callback=_box,
    help=N_("Where the row stands on the page, in points: x0,top,x1,bottom."),
)
@option("--list", "listed", is_flag=True, help=N_("Only list what is open."))
@option("--undo", is_flag=True, help=N_("Take the decision on this finding back."))
@option(
    "--from",
    "filled",
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("Take the filled columns of review.xlsx over."),
)
@EDITION
@AREA
@WORKSPACE
@LANG
def decide(
    key: str | None,
    take: str | None,
    reason: str | None,
    who: str,
    field: str,
    page: int | None,
    box: Any,
    listed: bool,
    undo: bool,
    filled: Path | None,
    edition: int | None,
    area: str | None,
    workspace: Path,
) -> None:
    from pipeline.desk.choices import chosen
    from pipeline.desk.decide import decision, moved, placing_rows, titled
    from pipeline.desk.waiting import open_findings
    from pipeline.settings.decisions import OF_PLACES
    from pipeline.show.decisions import open_text

    language = _language()
    desk = _desk(workspace, area, edition)
    signed = _signature(who)
    if undo:
        _undo(desk, key)
    elif filled is not None:
        _take_over(desk, filled, signed)
    elif key is None and (listed or take):
        _say(open_text(open_findings(desk), language))
    elif key is None:
        _walk(desk, signed)
    elif take is None:
        found = desk.found(key)
        _say(open_text([found], language))
    else:
        if not (reason or "").strip():
            raise UsageError(
                N_("A decision needs a reason."), advice=N_("Give it with: --reason TEXT")
            )
        given = {"reason": reason or "", **signed}
        if key == "title":
            _save(desk, [titled(desk, take, **given)])
            return
        if key in OF_PLACES:
            _save(desk, [placing_rows(desk, key, take, (page, box), **given)])
            return
        found = moved(desk.found(key), page, box)
        choice = chosen(found, take)
        _save(desk, [decision(desk, found, choice, field=field, **given)])


def _desk(workspace: Path, area: str | None, edition: int | None) -> Any:
    from pipeline.desk.jobs import own_folder
    from pipeline.desk.waiting import desk_of
    from pipeline.editions.city import city_of

    city = city_of(workspace, area)
    year = edition or max(city.pdfs)
    city.pdf(year)
    folder = own_folder(workspace, city.folder, city.schemas)
    return desk_of(city.area_code, year, city.output / str(year), folder)


def _signature(who: str) -> dict[str, str]:
    """Who decides, and today."""
    import getpass
    from datetime import date

    return {"who": who or getpass.getuser(), "when": date.today().isoformat()}


def _save(desk: Any, made: list[Any]) -> None:
    from pipeline.desk.corrections import keep

    keep(desk, made)
    told = {"count": len(made), "path": desk.corrections}
    _say(translate(N_("{count} decisions saved: {path}"), _language(), **told))
    _say(translate(N_("Next: shihyo run"), _language()))


def _take_over(desk: Any, filled: Path, signed: dict[str, str]) -> None:
    """What was filled in in a workbook; a line that cannot be used is told and ends with 2."""
    from pipeline.review.workbook import decisions_from

    language = _language()
    made, refused = decisions_from(desk, filled, **signed)
    for line in refused:
        why = translate(line.message, language, **line.parameters)
        text = translate(N_("Line {row} cannot be used: {why}"), language, row=line.row, why=why)
        _say(text, err=True)
    if made:
        _save(desk, made)
    elif not refused:
        _say(translate(N_("Nothing was filled in."), language))
    if refused:
        sys.exit(int(ExitCode.USAGE))


def _undo(desk: Any, key: str | None) -> None:
    from pipeline.desk.corrections import take_back

    if key is None:
        raise UsageError(N_("Name the finding whose decision is to be taken back."))
    count = take_back(desk, key)
    if not count:
        raise UsageError(
            N_("There is no decision on {key}."),
            advice=N_("See: {path}"),
            key=key,
            path=desk.corrections,
        )
    _say(translate(N_("The decision on {key} was taken back."), _language(), key=key))


def _walk(desk: Any, signed: dict[str, str]) -> None:
    """Every open finding in turn; an empty answer leaves it open.

    What was decided is saved though the walk is broken off.
    """
    from pipeline.desk.waiting import open_findings

    waiting = open_findings(desk)
    if not waiting:
        _say(translate(N_("Nothing is open."), _language()))
        return
    made: list[Any] = []
    try:
        for number, found in enumerate(waiting, start=1):
            _say(f"\n({number}/{len(waiting)})")
            made.extend(_asked(desk, found, signed))
    finally:
        if made:
            _save(desk, made)


def _asked(desk: Any, found: Any, signed: dict[str, str]) -> list[Any]:
    """The decision that a person gives on a finding, asked again until it can be; or none."""
    from pipeline.desk.choices import chosen
    from pipeline.desk.decide import decision
    from pipeline.show.decisions import open_text

    language = _language()
    _say(open_text([found], language))
    while True:
        asked = translate(N_("Decision (empty: later)"), language)
        take = click.prompt(asked, default="", show_default=False)
        if not take.strip():
            return []
        why = click.prompt(translate(N_("Reason"), language), default="", show_default=False)
        try:
            return [decision(desk, found, chosen(found, take), reason=why, **signed)]
        except UsageError as error:
            _say(translate(error.message, language, **error.parameters))
            _say(translate(error.advice, language, **error.parameters))


# --------------------------------------------------------------------------- handing on


def _released(pdf: Path | None, area: str | None, edition: int | None, workspace: Path) -> Result:
    """One document brought up to date; the only one of the workspace, if none is named."""
    from pipeline.desk.jobs import run_one
    from pipeline.desk.workspace import documents, placed

    found = [pdf] if pdf else []
    if pdf is None:
        for path in documents(workspace):
            spot = placed(path, workspace)
            if spot and area in (None, spot[0]) and edition in (None, spot[2]):
                found.append(path)
    if len(found) != 1:
        raise UsageError(
            N_("It is not clear which document is meant: {count} fit."),
            advice=N_("Name the PDF, or say --area and --edition."),
            count=str(len(found)),
        )
    own = {"area": area, "edition": edition} if pdf else {}
    return run_one(found[0], Options(workspace=str(workspace), **cast("Any", own)))


def _refuse_failure(result: Result) -> None:
    if result.failure is not None:
        from pipeline.show.report import failure_text

        _say(failure_text(result.failure, _language()), err=True)
        sys.exit(result.exit_code)


@cli.command(
    "release",
    help=N_(
        "Copy the open data of one document into a folder, to hand them on. An earlier copy there "
        "is exchanged as a whole; a folder that holds something else is left alone."
    ),
    short_help=N_("A clean copy of the open data"),
)
@click.argument("pdf", required=False, type=click.Path(path_type=Path))
@option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help=N_("The folder for the copy."),
)
@area_option()
@option(
    "--edition",
    type=click.IntRange(1900, 2099),
    help=N_("Fiscal year that the document is about to begin (2025)."),
)
@WORKSPACE
@LANG
def release(
    pdf: Path | None, target: Path, area: str | None, edition: int | None, workspace: Path
) -> None:
    from pipeline.desk.deliver import deliver

    result = _released(pdf, area, edition, workspace)
    _refuse_failure(result)
    made = deliver(Path(result.output), target)
    text = N_("{count} files are in {folder}.")
    _say(translate(text, _language(), count=len(made.files), folder=str(target)))
    sys.exit(result.exit_code)


@cli.command(
    help=N_(
        "Put the open data of one document onto a CKAN portal: the dataset is created or updated, "
        "and only what changed is sent. The key of the portal is read from SHIHYO_CKAN_KEY."
    ),
    short_help=N_("Put the open data onto a portal"),
)
@click.argument("pdf", required=False, type=click.Path(path_type=Path))
@option("--ckan", "url", required=True, help=N_("Address of the CKAN portal."))
@option("--organization", default="", help=N_("Organization of the portal that owns the dataset."))
@option("--with-doubts", is_flag=True, help=N_("Publish although doubts are open."))
@option("--dry-run", is_flag=True, help=N_("Only show what would be sent; nothing is asked."))
@area_option()
@option(
    "--edition",
    type=click.IntRange(1900, 2099),
    help=N_("Fiscal year that the document is about to begin (2025)."),
)
@WORKSPACE
@LANG
def publish(
    pdf: Path | None,
    url: str,
    organization: str,
    with_doubts: bool,
    dry_run: bool,
    area: str | None,
    edition: int | None,
    workspace: Path,
) -> None:
    from pipeline.desk import publish as publishing

    result = _released(pdf, area, edition, workspace)
    _refuse_failure(result)
    folder = Path(result.output) / "release"
    package = publishing.package_of(folder, organization=organization)
    if not with_doubts:
        publishing.refuse_open_doubts(package)
    if dry_run:
        import msgspec

        content = {"steps": publishing.planned(package), "dataset": package}
        _say_json(msgspec.json.format(msgspec.json.encode(content), indent=1).decode())
        return
    key = os.environ.get(publishing.KEY, "")
    if not key:
        raise UsageError(
            N_("The key of the portal is not set."),
            advice=N_("Put it into the environment as {variable}."),
            variable=publishing.KEY,
        )
    sent = 0
    texts = {"create": N_("created: {name}"), "update": N_("updated: {name}")}
    for step in publishing.publish(publishing.Portal(url, key), package, folder):
        _say(translate(texts[step.action], _language(), name=step.name))
        sent += 1
    if not sent:
        _say(translate(N_("The portal has it all already; nothing was sent."), _language()))


# --------------------------------------------------------------------------- lint


@cli.command(
    help=N_(
        "Check any table, CSV or Excel, against the notation rules for open data: line, column, "
        "item and why. Exit codes: 0 nothing is wrong; 1 something is; 3 unreadable."
    ),
    short_help=N_("Check a table against the notation rules"),
)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@option("--json", "as_json", is_flag=True, help=N_("One machine-readable result on stdout."))
@LANG
def lint(files: tuple[Path, ...], as_json: bool) -> None:
    from pipeline.notation.sheets import read
    from pipeline.notation.together import check_together
    from pipeline.show.lint import lint_object, lint_text

    found = check_together([sheet for path in files for sheet in read(path)])
    if as_json:
        import msgspec

        _say_json(msgspec.json.format(msgspec.json.encode(lint_object(found)), indent=1).decode())
    else:
        _say(lint_text(found, _language()))
    broken = any(result.failures for _, results in found for result in results)
    sys.exit(int(ExitCode.DOUBTS if broken else ExitCode.RELEASED))


@cli.command(
    help=N_(
        "Open the review page of a document in the browser: decide in place, save, run again. "
        "It is served on this computer alone."
    ),
    short_help=N_("Decide in the browser"),
)
@option("--no-open", "closed", is_flag=True, help=N_("Only show the address; open no browser."))
@option("--who", default="", help=N_("Who decided (default: the user of this computer)."))
@EDITION
@AREA
@WORKSPACE
@LANG
def review(closed: bool, who: str, edition: int | None, area: str | None, workspace: Path) -> None:
    from pipeline.desk.jobs import run_one
    from pipeline.editions.city import city_of

    try:
        from pipeline.review.app import serve
    except ModuleNotFoundError as error:
        raise UsageError(
            N_("The review in the browser is not installed ({name})."),
            advice=N_("Install it with: pip install 'shihyo[review]'"),
            name=error.name or "",
        ) from error
    language = _language()
    city = city_of(workspace, area)
    pdf = city.pdf(edition or max(city.pdfs))
    options = Options(workspace=str(workspace))
    result = run_one(pdf, options)
    if result.failure is not None:
        _show([result], [_failure_text(result, language)], as_json=False)
        sys.exit(result.exit_code)

    def tell(address: str) -> None:
        _say(translate(N_("Open in the browser: {address}"), language, address=address))
        _say(translate(N_("It ends with Ctrl+C."), language))
        if not closed:
            click.launch(address)

    serve(pdf, options, _signature(who), tell)


def _failure_text(result: Result, language: Language) -> str:
    from pipeline.show.report import result_text

    return result_text(result, language)


# --------------------------------------------------------------------------- several editions


@cli.command(
    help=N_(
        "Compare two editions under raw/: new, retired and renamed indicators, changed units, "
        "revised baselines, targets and values."
    ),
    short_help=N_("What changed between two editions"),
)
@click.argument("older", type=click.IntRange(1900, 2099))
@click.argument("newer", type=click.IntRange(1900, 2099))
@option(
    "--csv",
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("Write the changes into this CSV file too."),
)
@option("--json", "as_json", is_flag=True, help=N_("One machine-readable result on stdout."))
@AREA
@WORKSPACE
@LANG
def diff(
    older: int, newer: int, csv: Path | None, as_json: bool, area: str | None, workspace: Path
) -> None:
    from pipeline.cache.store import write_atomically
    from pipeline.editions import compare as series
    from pipeline.editions.city import city_of, compare
    from pipeline.show.report import comparison_json, comparison_text

    city = city_of(workspace, area)
    found = compare(city, older, newer, Options(workspace=str(workspace)))
    if csv is not None:
        data = series.diff_csv(found.changes, found.older, found.newer, code=found.code)
        write_atomically(csv, data)
    if as_json:
        _say_json(comparison_json(found))
    else:
        _say(comparison_text(found, _language()))


@cli.group(
    cls=Group,
    help=N_("The registry of indicators: their ids, directions and former names."),
    short_help=N_("Show and change the registry of indicators"),
)
def registry() -> None:
    pass


@registry.command(
    "show", help=N_("List the registered indicators."), short_help=N_("List the indicators")
)
@AREA
@WORKSPACE
@LANG
def registry_show(area: str | None, workspace: Path) -> None:
    from pipeline.editions import registry as registries
    from pipeline.editions.city import city_of, registry_folder
    from pipeline.show.report import registry_text

    known = registries.read(registry_folder(city_of(workspace, area)))
    _say(registry_text(known, _language()))


@registry.command(
    "propose",
    help=N_(
        "Say what a document would change in the registry: new indicators, new names of known "
        "ones, moved and ended ones, each with its evidence. Nothing is written."
    ),
    short_help=N_("What a document would change"),
)
@EDITION
@AREA
@WORKSPACE
@LANG
def registry_propose(edition: int | None, area: str | None, workspace: Path) -> None:
    from pipeline.editions.city import city_of, proposals
    from pipeline.show.report import proposals_text

    city = city_of(workspace, area)
    year, _, found = proposals(city, edition, Options(workspace=str(workspace)))
    _say(proposals_text(year, found, _language()))


def _side(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    from pipeline.settings.decisions import read_direction

    side = read_direction(value) if value else None
    if value and side is None:
        raise UsageError(
            N_("{value} is no direction."),
            advice=N_("Give higher (上向き) or lower (下向き)."),
            value=value,
        )
    return side


@registry.command(
    "accept",
    help=N_(
        "Carry out proposals by their ids and show the change of the file. "
        "--as links an indicator of the document to a registered one of your choice."
    ),
    short_help=N_("Carry out proposals"),
)
@click.argument("identifiers", metavar="ID...", nargs=-1)
@option("--all", "everything", is_flag=True, help=N_("All proposals."))
@option("--as", "registered", help=N_("Id of the registered indicator that it is."))
@option(
    "--direction",
    callback=_side,
    metavar="[higher|lower]",
    help=N_("Declare in which direction it gets better: higher (上向き) or lower (下向き)."),
)
@EDITION
@AREA
@WORKSPACE
@LANG
def registry_accept(
    identifiers: tuple[str, ...],
    everything: bool,
    registered: str | None,
    direction: str | None,
    edition: int | None,
    area: str | None,
    workspace: Path,
) -> None:
    from pipeline.editions import registry as registries
    from pipeline.editions.city import (
        chosen,
        city_of,
        indicator_of,
        proposals,
        registry_folder,
    )

    if bool(identifiers) == everything or (registered and len(identifiers) != 1):
        raise UsageError(
            N_("Name the ids to accept, or --all; --as takes exactly one."),
            advice=N_("See the proposals with: shihyo registry propose"),
        )
    city = city_of(workspace, area)
    folder = registry_folder(city)
    before = registries.read(folder)
    year, normalized, found = proposals(city, edition, Options(workspace=str(workspace)))
    if registered:
        one = indicator_of(normalized, identifiers[0])
        after = registries.accept_as(before, one, registered, year)
    else:
        side = cast("Any", direction)
        declared = [one for one in identifiers if registries.is_declarable(before, found, one)]
        rest = [one for one in identifiers if side is None or one not in declared]
        taken = found if everything else chosen(found, rest)
        after = registries.accept(before, taken, side=side)
        if side is not None:
            after = registries.declare(after, declared, side)
    _write_registry(before, after, folder)


@registry.command(
    "retire",
    help=N_("End indicators; their ids are never given to others."),
    short_help=N_("End an indicator"),
)
@click.argument("identifiers", metavar="ID...", nargs=-1, required=True)
@option(
    "--edition",
    type=click.IntRange(1900, 2099),
    required=True,
    help=N_("First edition without it."),
)
@AREA
@WORKSPACE
@LANG
def registry_retire(
    identifiers: tuple[str, ...], edition: int, area: str | None, workspace: Path
) -> None:
    from pipeline.editions import registry as registries
    from pipeline.editions.city import city_of, registry_folder

    folder = registry_folder(city_of(workspace, area))
    before = after = registries.read(folder)
    for identifier in identifiers:
        after = registries.retire(after, identifier, edition)
    _write_registry(before, after, folder)


def _write_registry(before: Any, after: Any, folder: Path) -> None:
    from pipeline.editions import registry as registries

    change = registries.diff_text(before, after)
    if change:
        registries.write(after, folder)
    _say(change or translate(N_("Nothing to change."), _language()), nl=not change)


@cli.command(
    help=N_(
        "Draft a profile and a registry for a municipality from its document, put the PDF into "
        "raw/ and run it. Each line bears its evidence; what the document does not tell is a "
        "question."
    ),
    short_help=N_("Draft a profile for a municipality"),
)
@click.argument("pdf", type=click.Path(path_type=Path))
@area_option(required=True)
@EDITION
@option("--password", help=N_("Password of an encrypted PDF."))
@option("--force", is_flag=True, help=N_("Overwrite a profile and a registry that are there."))
@WORKSPACE
@LANG
def init(
    pdf: Path, area: str, edition: int | None, password: str | None, force: bool, workspace: Path
) -> None:
    from pipeline.desk.draft import initialize, write
    from pipeline.desk.jobs import own_folder_of, place, read_pdf, run_one
    from pipeline.desk.waiting import desk_of, open_findings
    from pipeline.desk.workspace import placed
    from pipeline.model import Origin
    from pipeline.review.write import ReviewFiles
    from pipeline.show.report import draft_text, failure_text, first_steps, missing_lines

    language = _language()
    data = read_pdf(pdf)
    with _about(pdf):
        drafted = initialize(
            data, area, workspace, edition=edition, password=password, language=language
        )
    paths = write(drafted, workspace, force=force)
    if not placed(pdf, workspace):
        options = Options(
            workspace=str(workspace), area=area, edition=drafted.edition, password=password
        )
        pdf = place(pdf, options, Origin())
        paths = (*paths, pdf)
    _say(draft_text(drafted, paths, language) + "\n")
    options = Options(workspace=str(workspace), password=password)
    with Bar(1, language) as bar:
        result = run_one(pdf, options, bar, ReviewFiles)
    if result.failure is not None:
        _say(failure_text(result.failure, language), err=True)
        sys.exit(result.exit_code)
    _bring_series_up_to_date(workspace, [result])
    output = Path(result.output)
    desk = desk_of(area, drafted.edition, output, own_folder_of(area, options))
    waiting = len(open_findings(desk))
    _say(first_steps(result, waiting, output / "review.html", language))
    for text in missing_lines(result, language):
        _say(text)


@cli.command(
    help=N_(
        "Look at what a run needs: versions, optional parts, limits, folders, the console. "
        "Exit codes: 0 all is there; 10 something is wrong that a run would fail on."
    ),
    short_help=N_("Look at what a run needs"),
)
@option("--json", "as_json", is_flag=True, help=N_("One machine-readable result on stdout."))
@WORKSPACE
@LANG
def doctor(as_json: bool, workspace: Path) -> None:
    from pipeline.desk.doctor import examine
    from pipeline.show.doctor import doctor_json, doctor_text

    found = examine(workspace, sys.stdout.encoding or "utf-8")
    _say_json(doctor_json(found)) if as_json else _say(doctor_text(found, _language()))
    bad = any(one.verdict == "bad" for one in found)
    sys.exit(int(ExitCode.ENVIRONMENT if bad else ExitCode.RELEASED))


# --------------------------------------------------------------------------- workspace


@cli.command(
    help=N_("Make a workspace: a folder with raw/, schemas/ and extracted/."),
    short_help=N_("Make a workspace"),
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@LANG
def new(folder: Path) -> None:
    from pipeline.desk.workspace import create

    made = create(folder)
    language = _language()
    for path in made:
        _say(translate(N_("Made: {path}"), language, path=str(path)))
    _say(
        translate(
            N_("Next: shihyo init PDF --area CODE --workspace {folder}"),
            language,
            folder=str(folder),
        )
    )


@cli.command(
    help=N_("Put a PDF into raw/ with a file that tells where it comes from."),
    short_help=N_("Put a PDF into raw/"),
)
@click.argument("pdf", type=click.Path(path_type=Path))
@area_option()
@option(
    "--edition",
    type=click.IntRange(1900, 2099),
    help=N_("Fiscal year that the document is about to begin (2025)."),
)
@option("--title", default="", help=N_("Title of the document."))
@option("--publisher", default="", help=N_("Who publishes it."))
@option("--url", default="", help=N_("Where it was found."))
@option("--licence", default="", help=N_("Licence that the publisher states."))
@option("--published", default="", help=N_("Date of publication (YYYY-MM-DD)."))
@option("--retrieved", default="", help=N_("Date on which it was obtained (YYYY-MM-DD)."))
@WORKSPACE
@LANG
def add(
    pdf: Path,
    area: str | None,
    edition: int | None,
    workspace: Path,
    **known: str,
) -> None:
    import msgspec

    from pipeline.desk.jobs import place
    from pipeline.model import Origin

    options = Options(workspace=str(workspace), area=area, edition=edition)
    target = place(pdf, options, msgspec.convert(known, Origin))
    _say(translate(N_("Added: {path}"), _language(), path=str(target)))


# --------------------------------------------------------------------------- the door


# --------------------------------------------------------------------------- many documents


@cli.command(
    help=N_(
        "Run many documents and publish each release in one place.\n"
        "SOURCE: folders, patterns, PDFs, or CSV manifests with the columns area, edition, path; "
        "on this disk or on a store (s3://…). Only new, changed and failed documents run. "
        "Exit codes: 0 all released; 1 all released, some with doubts; 11 some failed; "
        "12 all failed."
    ),
    short_help=N_("many cities, many years"),
)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@option(
    "--to",
    "destination",
    required=True,
    help=N_("Where the releases go: a folder or an address on a store."),
)
@option(
    "--jobs",
    type=click.IntRange(1),
    default=None,
    help=N_("Municipalities that are run at the same time (default: as many as processors)."),
)
@option("--dask", default=None, help=N_("Address of a Dask scheduler that runs the documents."))
@option(
    "--journal",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help=N_("The journal, a line a document (default: journal.jsonl in the destination)."),
)
@option(
    "--second-reader",
    type=click.Choice(["always", "on-doubt", "never"]),
    help=N_("When a second, independent reader reads too (default: always)."),
)
@option("--no-ocr", is_flag=True, help=N_("Do not read pages that are pictures (scans)."))
@option("--force", is_flag=True, help=N_("Run documents that have not changed too."))
@option("--no-table", is_flag=True, help=N_("Do not write the table of all values (Parquet)."))
@option("--json", "as_json", is_flag=True, help=N_("Print the result as JSON."))
@WORKSPACE
@LANG
def batch(
    sources: tuple[str, ...],
    destination: str,
    jobs: int | None,
    dask: str | None,
    journal: Path | None,
    second_reader: str | None,
    no_ocr: bool,
    force: bool,
    no_table: bool,
    as_json: bool,
    workspace: Path,
) -> None:
    from pipeline.batch import catalogue, table
    from pipeline.batch.executors import executor_for
    from pipeline.batch.journal import NAME, Journal
    from pipeline.batch.run import run_batch
    from pipeline.batch.sources import find_sources
    from pipeline.batch.stores import Store
    from pipeline.settings.files import layers
    from pipeline.settings.municipalities import load_municipalities
    from pipeline.show.batch import BatchBar, summary_json, summary_text

    language = _language()
    known = load_municipalities(layers(workspace, None))
    found = find_sources(sources, known)
    store = Store(destination)
    store.check()
    beside = store.folder / NAME if store.folder else workspace / f"batch-{NAME}"
    workers = jobs or os.cpu_count() or 1
    options = Options(
        workspace=str(workspace),
        second_reader=cast("Any", second_reader or "always"),
        ocr=not no_ocr,
        force=force,
    )
    with BatchBar(len(found), language) as bar:
        summary = run_batch(
            found,
            options,
            store,
            Journal(journal or beside),
            lambda groups: executor_for(workers, groups, dask),
            on_done=bar.done,
        )
    catalogue.bring_up_to_date(store)
    if not no_table:
        changed = {done.area_code[:2] for done in summary.documents if done.state == "ran"}
        table.bring_up_to_date(store, changed)
    if as_json:
        _say_json(summary_json(summary))
    else:
        _say(summary_text(summary, store, language))
    sys.exit(summary.exit_code)


@cli.command(
    help=N_(
        "Find indicators of other municipalities that are like one: the same unit and direction, "
        "a like name.\n"
        "Nothing is linked in silence: --accept writes what you accept into concordance.csv."
    ),
    short_help=N_("like indicators of other cities"),
)
@option("--indicator", required=True, help=N_("The name of an indicator, or its id."))
@option("--in", "destination", required=True, help=N_("Where `shihyo batch` put the releases."))
@option("--accept", multiple=True, help=N_("The id of a proposal to accept (may be repeated)."))
@option("--who", default="", help=N_("Who accepts it."))
@option("--json", "as_json", is_flag=True, help=N_("Print the result as JSON."))
@WORKSPACE
@LANG
def compare(
    indicator: str,
    destination: str,
    accept: tuple[str, ...],
    who: str,
    as_json: bool,
    workspace: Path,
) -> None:
    from pipeline.batch import compare as likeness
    from pipeline.batch.stores import Store
    from pipeline.show.batch import accepted_text, proposals_json, proposals_text

    language = _language()
    known = likeness.known_indicators(Store(destination))
    asked = likeness.asked_for(indicator, known)
    file = workspace / "schemas" / likeness.FILE_NAME
    accepted = likeness.accepted_of(likeness.read(file), asked.name)
    found = likeness.proposals(asked, known, accepted)
    if accept:
        added = likeness.accept(file, asked.name, accept, found, who)
        _say(accepted_text(added, file, language))
    elif as_json:
        _say_json(proposals_json(asked, found))
    else:
        _say(proposals_text(asked, found, language))


def main(arguments: list[str] | None = None) -> None:
    """The console script.  An interruption and wrong usage end with their own exit codes.

    SIGTERM is an interruption: ended by it at once, the program would leave its pool of processes
    to the helper that cleans up behind it, which warns.
    """
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    collect_rarely()
    speak(_language())
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # better a "?" than no output on such a console
    try:
        code = cli.main(args=arguments, prog_name="shihyo", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):
        _say(translate(N_("Interrupted; what was finished is kept."), spoken()), err=True)
        sys.exit(int(ExitCode.INTERRUPTED))
    except click.ClickException as error:
        error.show()
        sys.exit(int(ExitCode.USAGE))
    except BrokenPipeError:  # whoever reads the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(int(ExitCode.ENVIRONMENT))
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
