"""``shihyo init``: a draft profile and registry from a document, with evidence and questions.

The draft holds what the document itself tells; what it does not tell is a question, a comment
line in the profile or a note in the registry.  The draft can be run as it is: whatever depends on
an open question stays a finding.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from pipeline.desk.municipality import folder_name
from pipeline.errors import NoIndicatorsError, UsageError
from pipeline.japanese.text import label, match_key
from pipeline.legend.rules import Band, StatusRule, Tolerance
from pipeline.messages import N_, Language, translate
from pipeline.model import Direction, Extracted, Indicator, Normalized, Record
from pipeline.normalize import DIRECTION_NAMES
from pipeline.normalize.direction import Evidence, EvidenceKind, decide, gather, propose
from pipeline.settings.files import packaged_defaults
from pipeline.settings.municipalities import load_municipalities, municipality
from pipeline.settings.normalize import NormalizeSettings
from pipeline.settings.profile import Municipality, local_government_code
from pipeline.settings.registry import COLUMNS, FILE_NAME, RegistryEntry, row_of
from pipeline.settings.validate import ValidateSettings
from pipeline.validate.catalogue import message
from pipeline.validate.findings import from_remark
from pipeline.validate.legend import Proposal, describe, lacking_words
from pipeline.validate.legend import propose as propose_rules

_MUNICIPALITY = re.compile(
    r"(?![市区町村本当各次期])[一-龠々ぁ-んァ-ヶー]{1,8}?[市区町村](?!民|分|域|間|画)"
)
EVIDENCE_NAMES: dict[EvidenceKind, str] = {
    "column": N_("column"),
    "rate": N_("printed rate"),
    "unit": N_("unit"),
    "words": N_("word"),
    "bound": N_("limit"),
    "unmarked": N_("no mark"),
    "trend": N_("figures"),
}
_FRONT = 2
"""Pages from the front on which a document names its municipality."""


class Draft(Record):
    """What is to be written: the folder's name in ``schemas/``, the two files, the questions.

    ``edition``: that of the document from which it was made.
    """

    folder: str
    profile: str
    registry: str
    questions: tuple[str, ...]
    edition: int


def draft(
    extracted: Extracted,
    normalized: Normalized,
    known: Municipality,
    settings: tuple[NormalizeSettings, ValidateSettings],
    language: Language = "ja",
) -> Draft:
    """A draft from a document that was normalized without a profile.  Pure."""
    writer = _Writer(language)
    normalize, validate = settings
    lacking = lacking_words(normalized, validate)
    proposal = None if lacking else propose_rules(normalized, validate)
    used = proposal if proposal is not None and proposal.follows else None
    profile = "\n".join(
        [
            *writer.head(normalized),
            *writer.municipality(known, extracted, _weight(normalized.indicators)),
            *writer.publication(known),
            *writer.headers(normalized),
            *writer.status(normalized, used),
            *writer.words(normalized),
        ]
    )
    entries = list(_entries(normalized, known.area_code, normalize, writer))
    return Draft(
        folder=f"{known.area_code}-{known.slug}" if known.slug else known.area_code,
        profile=profile.rstrip("\n") + "\n",
        registry=registry_text(entries, known, normalized.title, writer),
        questions=writer.questions,
        edition=normalized.edition,
    )


# --------------------------------------------------------------------------- the municipality


def known_municipality(area_code: str, workspace: Path, extracted: Extracted) -> Municipality:
    """The municipality of an area code: by the list, else as the document names it.

    Raises :class:`UsageError` for a code that cannot be one.
    """
    try:
        local_government_code(area_code)
    except ValueError as error:
        raise UsageError(
            N_("{area} is no 5-digit area code."),
            advice=N_("Give the code without its check digit: 35213, not 352136."),
            area=area_code,
        ) from error
    own = workspace / "schemas" / "default"
    folders = [packaged_defaults(), *([own] if own.is_dir() else [])]
    entry = load_municipalities(folders).get(area_code)
    if entry is not None:
        return municipality(entry)
    names = _named(extracted)
    return Municipality(area_code=area_code, name=names[0] if names else area_code)


def _named(extracted: Extracted) -> list[str]:
    """What on the front pages can be a municipality's name, the most frequent first."""
    words = (word for text in _front(extracted) for word in re.split(r"[\W\d_]+", text))
    found = Counter(match.group() for word in words if (match := _MUNICIPALITY.match(word)))
    return [name for name, _ in found.most_common()]


# --------------------------------------------------------------------------- the registry


def _entries(
    normalized: Normalized,
    area_code: str,
    settings: NormalizeSettings,
    writer: _Writer,
) -> Iterator[RegistryEntry]:
    """One entry an indicator, in the order of the document; what stands twice is asked about."""
    seen: set[tuple[str, str, int, int]] = set()
    for indicator in normalized.indicators:
        place = (indicator.place.goal_number or 0, indicator.place.policy_number or 0)
        thing = (indicator.name, indicator.unit, *place)
        if thing in seen:
            twice = N_("{name} stands twice; is it one indicator?")
            writer.ask(twice, _weight([indicator]), name=indicator.name)
            continue
        seen.add(thing)
        evidence = gather(indicator, settings.direction)
        direction, basis, note = _direction(indicator, evidence, writer)
        yield RegistryEntry(
            id=f"{area_code}-{len(seen):03d}",
            name=indicator.name,
            unit=indicator.unit,
            direction=direction,
            basis=basis,  # type: ignore[arg-type]
            cumulative=indicator.cumulative,
            goal=place[0],
            policy=place[1],
            first_edition=normalized.edition,
            note=note,
        )


def _direction(
    indicator: Indicator, evidence: Sequence[Evidence], writer: _Writer
) -> tuple[Direction, str, str]:
    """The direction, its basis, and the evidence (or the question) as a note."""
    distinct = tuple({(one.kind, one.direction): one for one in evidence}.values())
    direction, basis = decide(distinct)
    if indicator.direction != "unknown":
        direction, basis = indicator.direction, indicator.direction_basis or basis
    listed = "、".join(
        f"{writer.say(EVIDENCE_NAMES[one.kind])} {label(one.what)} → "
        f"{writer.say(DIRECTION_NAMES[one.direction])}"
        for one in distinct
    )
    if direction != "unknown":
        return direction, basis, writer.say(N_("Evidence: {evidence}"), evidence=listed)
    question = writer.ask(
        N_("{name}: is higher or lower better? Proposal: {proposal} ({evidence})"),
        _weight([indicator]),
        name=indicator.name,
        proposal=writer.say(DIRECTION_NAMES[propose(distinct)]),
        evidence=listed or "-",
    )
    return "unknown", "", question


def registry_text(
    entries: Sequence[RegistryEntry], known: Municipality, title: str, writer: _Writer
) -> str:
    """The registry as a file: comments, heading, one line an indicator."""
    stream = io.StringIO()
    for comment in (
        f"{known.name}: {title}",
        writer.say(N_("An id names one thing for ever and is never given to another.")),
        writer.say(N_("direction: higher or lower is better; unknown: see the note.")),
    ):
        stream.write(f"# {comment}\n")
    table = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(row_of(entry) for entry in entries)
    return stream.getvalue()


# --------------------------------------------------------------------------- the profile


class _Writer:
    """Writes the profile's parts and gathers the questions on the way."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._asked: list[tuple[int, str]] = []

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions, those first on which most values hang."""
        return tuple(text for _, text in sorted(self._asked, key=lambda one: -one[0]))

    def say(self, message: str, **parameters: object) -> str:
        return translate(message, self._language, **parameters)

    def ask(self, message: str, weight: int = 0, **parameters: object) -> str:
        """A question, remembered, as it stands in the file; ``weight``: values that hang on it."""
        question = self.say(message, **parameters)
        self._asked.append((weight, question))
        return self.say(N_("Question: {question}"), question=question)

    def head(self, normalized: Normalized) -> list[str]:
        text = N_("Draft from: {title} (edition {edition}). Check each line, answer the questions.")
        return [f"# {self.say(text, title=normalized.title, edition=normalized.edition)}", ""]

    def municipality(self, known: Municipality, extracted: Extracted, weight: int) -> list[str]:
        lines = []
        if match_key(known.name) not in match_key("".join(_front(extracted))):
            question = self.ask(
                N_("The document does not name {name}; is the area code {area} right?"),
                weight,
                name=known.name,
                area=known.area_code,
            )
            lines.append(f"# {question}")
        lines += ["[municipality]", f"area_code = {_quoted(known.area_code)}"]
        lines += [f"name = {_quoted(known.name)}"]
        lines += [f"slug = {_quoted(known.slug)}"] if known.slug else []
        lines += [f"prefecture = {_quoted(known.prefecture)}"] if known.prefecture else []
        return [*lines, ""]

    def publication(self, known: Municipality) -> list[str]:
        licence = self.ask(N_("Under which licence may the data be published?"))
        contact = self.ask(N_("Who answers questions about the data?"))
        address = self.ask(N_("Where will the data stand, and how often are they renewed?"))
        return [
            "[publication]",
            f"publisher = {_quoted(known.name)}",
            'dataset_title = ""',
            f"# {licence}",
            'licence = ""',
            f"# {contact}",
            'contact_name = ""',
            'contact_email = ""',
            f"# {address}",
            'publisher_url = ""',
            'landing_page = ""',
            'base_url = ""',
            'update_frequency = ""',
            'release_date = ""',
            "keywords = []",
            "",
        ]

    def headers(self, normalized: Normalized) -> list[str]:
        """Headings that were not understood, as lines to be completed."""
        unknown = dict.fromkeys(
            label(remark.printed or remark.subject)
            for remark in normalized.remarks
            if remark.rule in ("vocabulary.unknown-header", "vocabulary.unknown-figures-header")
        )
        lines = []
        for heading in unknown:
            weight = len(normalized.indicators)
            question = self.ask(N_("What does the column {heading} hold?"), weight, heading=heading)
            lines += [
                f"# {question}",
                "# [assemble.headers]",
                f"# actual = [{_quoted(heading)}]",
                "",
            ]
        return lines

    def words(self, normalized: Normalized) -> list[str]:
        """Units and marks that no vocabulary has, as questions at the end."""
        asked = ("unit.unknown", "unit.missing", "vocabulary.unknown-mark")
        told = [from_remark(one) for one in normalized.remarks if one.rule in asked]
        texts = dict.fromkeys(message(one, self._language) for one in told)
        self._asked.extend((1, text) for text in texts)
        lines = [f"# {self.say(N_('Question: {question}'), question=text)}" for text in texts]
        return ["", *lines] if lines else []

    def status(self, normalized: Normalized, proposal: Proposal | None) -> list[str]:
        """The rules of the legend, each with its printed explanation."""
        if not any(found.status for found in normalized.indicators):
            return []
        printed = {label(row.word.text): row for row in normalized.legend}
        if proposal is None:
            return self._unread(normalized)
        if proposal.apart:
            return self._two_readings(normalized, proposal)
        agreed = N_("The legend's rules; {right} of {judged} printed statuses follow them.")
        right = proposal.judged - proposal.mismatches
        lines = [f"# {self.say(agreed, right=right, judged=proposal.judged)}", "[validate]"]
        settings = proposal.settings
        lines += [f'target = "{settings.target}"'] if settings.target != "year" else []
        if any(rule.rate for rule in settings.status):
            lines += ["", "[validate.rate]", f'formula = "{settings.rate.formula}"']
            lines += ["pro_rata = true"] if settings.rate.pro_rata else []
        for rule in settings.status:
            row = printed.get(label(rule.words[0]))
            explained = label(row.rule.text) if row is not None else ""
            page = row.word.page if row is not None else 0
            evidence = self.say(N_("Legend, p. {page}: {text}"), page=page, text=explained)
            lines += ["", f"# {evidence}", *rule_lines(rule)]
        return lines

    def _two_readings(self, normalized: Normalized, proposal: Proposal) -> list[str]:
        """Both readings as comments, with the rows on which they differ; neither is in force."""
        names = (normalized.indicators[at].name for at in proposal.apart)
        question = self.ask(
            N_("The legend can be read in two ways; which is meant? These rows tell: {rows}"),
            _statuses(normalized),
            rows="、".join(names),
        )
        lines = [f"# {question}", "[validate]"]
        first, second = proposal.settings, proposal.rivals[0].settings
        for settings, other in ((first, second), (second, first)):
            parts = (self.say(part) for part in describe(settings, other).split("\t"))
            lines += ["", f"# {' '.join(parts)}"]
            lines += [f"# target = {_quoted(settings.target)}", "# [validate.rate]"]
            lines += [f"# formula = {_quoted(settings.rate.formula)}"]
            lines += ["# pro_rata = true"] if settings.rate.pro_rata else []
            lines += [f"# {line}" for rule in settings.status for line in rule_lines(rule)]
        return lines

    def _unread(self, normalized: Normalized) -> list[str]:
        """The legend as printed, for a person to make rules of."""
        question = self.ask(N_("By which rules are the statuses given?"), _statuses(normalized))
        lines = [f"# {question}", "[validate]"]
        for row in normalized.legend:
            lines.append(f"# {label(row.word.text)}: {label(row.rule.text)}")
        lines += ["# [[validate.status]]", '# word = "…"', '# when = ["reaches_target"]']
        return lines


def _weight(indicators: Sequence[Indicator]) -> int:
    """How many values hang on what is asked about indicators."""
    return sum(len(one.observations) for one in indicators)


def _statuses(normalized: Normalized) -> int:
    return sum(one.status is not None for one in normalized.indicators)


def _front(extracted: Extracted) -> list[str]:
    lines = [line.text for line in extracted.lines if line.page <= _FRONT]
    return [extracted.document.title, *lines]


def rule_lines(rule: StatusRule) -> list[str]:
    """A status rule as it is written in a profile."""
    lines = ["[[validate.status]]"]
    if len(rule.words) == 1:
        lines.append(f"word = {_quoted(rule.words[0])}")
    else:
        lines.append(f"words = [{', '.join(map(_quoted, rule.words))}]")
    for name in ("when", "missing", "indicators"):
        values: tuple[str, ...] = getattr(rule, name)
        if values:
            lines.append(f"{name} = [{', '.join(map(_quoted, values))}]")
    if rule.or_when:
        sets = (f"[{', '.join(map(_quoted, conditions))}]" for conditions in rule.or_when)
        lines.append(f"or_when = [{', '.join(sets)}]")
    for name in ("rate", "within"):
        part: Band | Tolerance | None = getattr(rule, name)
        if part is not None:
            lines.append(f"{name} = {_inline(part)}")
    flags = ("otherwise", "judgement", "also_judgement")
    return [*lines, *(f"{name} = true" for name in flags if getattr(rule, name))]


def _inline(record: Band | Tolerance) -> str:
    """The fields that differ from their defaults, as an inline table."""
    given = {
        name: value
        for name, value in msgspec.structs.asdict(record).items()
        if value is not None and not (name == "side" and value == "both")
    }
    fields = ", ".join(
        f"{name} = {_quoted(value) if isinstance(value, str) else value}"
        for name, value in given.items()
    )
    return f"{{ {fields} }}"


def _quoted(text: str) -> str:
    return msgspec.json.encode(text).decode()


# --------------------------------------------------------------------------- reading and writing


def initialize(
    pdf: bytes,
    area_code: str,
    workspace: Path,
    *,
    edition: int | None = None,
    password: str | None = None,
    language: Language = "ja",
) -> Draft:
    """Read a document without a profile and draft one.

    Raises the errors of the extract stage, :class:`NoIndicatorsError`, and :class:`UsageError` if
    the edition cannot be told from the document and is not given.
    """
    from pipeline.assemble import run as assemble  # noqa: PLC0415  (heavy, at use)
    from pipeline.desk.identify import edition_of  # noqa: PLC0415
    from pipeline.extract import run as extract  # noqa: PLC0415
    from pipeline.normalize import run as normalize  # noqa: PLC0415
    from pipeline.settings.load import load  # noqa: PLC0415

    settings = load(workspace, None)
    extracted = extract(pdf, settings.extract, password=password, second="never")
    assembled = assemble(extracted, settings.assemble)
    if not assembled.indicators:
        raise NoIndicatorsError
    year = edition or edition_of(assembled)
    if year is None:
        raise UsageError(
            N_("The edition cannot be told from the document."),
            advice=N_("Give it with --edition."),
        )
    known = known_municipality(area_code, workspace, extracted)
    normalized = normalize(assembled, settings.normalize, edition=year, area_code=area_code)
    drafted = draft(extracted, normalized, known, (settings.normalize, settings.validate), language)
    return msgspec.structs.replace(drafted, folder=folder_name(workspace, area_code))


def write(drafted: Draft, workspace: Path, *, force: bool = False) -> tuple[Path, ...]:
    """Write a draft's two files under ``schemas/``; returns their paths.

    Raises :class:`UsageError` rather than overwrite a profile or registry, unless forced.
    """
    from pipeline.cache.store import write_atomically  # noqa: PLC0415

    folder = workspace / "schemas" / drafted.folder
    files = {
        folder / "profile.toml": drafted.profile,
        folder / FILE_NAME: "\ufeff" + drafted.registry,  # so that Excel opens it as UTF-8
    }
    standing = next((path for path in files if path.exists()), None)
    if standing is not None and not force:
        raise UsageError(
            N_("There is a file {path} already."),
            advice=N_("Remove it first, or overwrite it with --force."),
            file=str(standing),
            path=str(standing),
        )
    for path, text in files.items():
        write_atomically(path, text.encode())
    return tuple(files)
