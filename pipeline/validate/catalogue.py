"""Every rule of the checks: id, family, severity, and its texts as message ids.

A rule is found by its identifier here, in the code that raises it, in its test and in
``docs/rules.md`` (generated from this file).  The earlier stages name rules by id in their
remarks; they do not import this module.  The file is long because it is a list: one place to look
for any rule is worth more than short files.
"""

from __future__ import annotations

from pipeline.japanese.text import join_lines
from pipeline.messages import N_, Language, translate
from pipeline.model import Finding, Record, Severity
from pipeline.settings.decisions import Action


class Rule(Record):
    """One rule.  ``message`` has placeholders filled from the finding's parameters.

    The placeholders ``{subject}``, ``{printed}``, ``{expected}`` and ``{page}`` are always there.
    ``explanation`` says what is compared and why it matters; ``advice`` what to do about it.
    ``settled_by``: the decisions that settle it, the likeliest first; none where another file is
    its place (the registry, the corrections themselves).
    """

    id: str
    severity: Severity
    title: str
    message: str
    advice: str
    explanation: str = ""
    settled_by: tuple[Action, ...] = ("seen",)

    @property
    def family(self) -> str:
        """The part of the id before the dot: reading, vocabulary, status, …"""
        return self.id.partition(".")[0]


RULES: tuple[Rule, ...] = (
    Rule(
        id="status.mismatch",
        severity="error",
        settled_by=("seen", "value"),
        title=N_("Printed status contradicts the legend"),
        message=N_(
            "{subject}: printed status {printed}, but by the legend it is {expected} "
            "(baseline {baseline}, target {target}, actual {actual}{better})."
        ),
        advice=N_("Ask the department in charge; both statuses are published side by side."),
        explanation=N_(
            "Every status is recomputed from the printed figures by the rules of the document's "
            "own legend, as the profile states them or, without one, as they were read."
        ),
    ),
    Rule(
        id="status.differs",
        severity="info",
        title=N_("Printed status differs from the figures alone"),
        message=N_(
            "{subject}: printed status {printed}; by the figures alone it is {expected} "
            "(baseline {baseline}, target {target}, actual {actual}{better})."
        ),
        advice=N_("Nothing to do if the difference is a judgement of the department."),
        explanation=N_(
            "The profile says that statuses of this document also rest on judgement, so a "
            "difference is told but is no fault."
        ),
    ),
    Rule(
        id="status.no-rules",
        severity="warning",
        settled_by=("legend", "seen"),
        title=N_("Statuses are printed, but their rules are not known"),
        message=N_("{count} statuses are printed, but no rule is declared for them."),
        advice=N_("Declare the rules of the legend in the profile ([[validate.status]])."),
        explanation=N_(
            "The same letter means opposite things in two towns, so a status is never recomputed "
            "by habit: only by the rules in the profile."
        ),
    ),
    Rule(
        id="status.none-printed",
        severity="info",
        title=N_("The document prints no statuses"),
        message=N_("The document prints no status, so none was recomputed."),
        advice=N_("Nothing to do if the document is meant to have none."),
        explanation=N_("Said once for a document, not for each indicator."),
    ),
    Rule(
        id="status.column-empty",
        severity="warning",
        settled_by=("seen",),
        title=N_("A column of statuses holds no text"),
        message=N_(
            "The column {subject} is empty in all {count} rows: statuses may be shown by colours "
            "or pictures, which are not read."
        ),
        advice=N_(
            "Look at the page; if it shows statuses, obtain a table that prints them in words. "
            "If it shows none: shihyo decide KEY --take seen"
        ),
        explanation=N_("Nothing is released as a status that does not stand there as text."),
    ),
    Rule(
        id="status.without-actual",
        severity="warning",
        settled_by=("seen", "value"),
        title=N_("A status is printed although the actual is missing"),
        message=N_("{subject}: the status is {printed}, but the actual is printed as {expected}."),
        advice=N_("Ask on what the status rests."),
        explanation=N_("A status that rests on figures cannot be given without them."),
    ),
    Rule(
        id="status.left-out",
        severity="warning",
        title=N_("A status is left out"),
        message=N_("{subject}: no status is printed; by the legend it would be {expected}."),
        advice=N_("Ask for the status, or look whether it was cut off."),
        explanation=N_("Told only where most rows of the document have a status."),
    ),
    Rule(
        id="vocabulary.unknown-status",
        severity="warning",
        settled_by=("value", "seen"),
        title=N_("Unknown status word"),
        message=N_("{subject}: the status {printed} is not among the declared ones."),
        advice=N_("If it is right, declare it in the profile ([[validate.status]])."),
        explanation=N_("An unknown word is published as printed and never read as another one."),
    ),
    Rule(
        id="summary.share",
        severity="error",
        settled_by=("seen", "scope"),
        title=N_("Printed percentages contradict the table"),
        message=N_("{subject}: printed {printed}, but the table gives {expected}."),
        advice=N_("Ask which is right; the summary is published as printed and as recounted."),
        explanation=N_(
            "Percentages in sentences, tables and chart labels are recounted from the printed "
            "statuses. Rounding half up, cutting off, and adjusting to a sum of 100 are all "
            "accepted."
        ),
    ),
    Rule(
        id="summary.count",
        severity="error",
        settled_by=("seen", "scope"),
        title=N_("Printed counts contradict the table"),
        message=N_("{subject}: printed {printed}, but the table gives {expected}."),
        advice=N_("Ask which is right; the summary is published as printed and as recounted."),
        explanation=N_(
            "Counts in sentences, tables and chart labels are recounted from the printed statuses."
        ),
    ),
    Rule(
        id="summary.sum",
        severity="error",
        settled_by=("seen", "scope"),
        title=N_("A summary contradicts itself"),
        message=N_(
            "{subject}: printed {printed}, but the other figures of the summary give {expected}."
        ),
        advice=N_("Ask which is right; the summary is published as printed and as recounted."),
        explanation=N_(
            "Counts have to sum up to the number of all, parts of the plan to the whole, and a "
            "share is its count by the number of all. The figures of the summary alone say it, "
            "also where rows were not read whole."
        ),
    ),
    Rule(
        id="summary.comparison",
        severity="error",
        settled_by=("seen", "scope"),
        title=N_("A comparison in the text contradicts the table"),
        message=N_("{subject}: the text says {printed}, but by the table it is {expected}."),
        advice=N_("Ask which is right; the sentence is published as printed."),
        explanation=N_(
            "Sentences such as: the share is lowest in goal 1. Ties are accepted, and so is "
            "either "
            "reading (count or share) where the sentence does not say which."
        ),
    ),
    Rule(
        id="summary.named",
        severity="error",
        settled_by=("seen", "scope"),
        title=N_("A text names an indicator under another status"),
        message=N_("{subject}: a text or list says {printed}, but the table says {expected}."),
        advice=N_("Ask which is right; the sentence is published as printed."),
        explanation=N_(
            "Sentences such as: △ are A and B, and tables of names and statuses. Only names as "
            "they stand in the table are held against it, and only where all that is said of "
            "them can be read."
        ),
    ),
    Rule(
        id="summary.scope-unclear",
        severity="warning",
        settled_by=("seen", "scope"),
        title=N_("It is not clear what a summary counts"),
        message=N_(
            "A summary printed under {subject} ({printed}) does not say what it counts, and fits "
            "no part of the plan."
        ),
        advice=N_("Compare it with the table by hand; it was not used to check anything."),
        explanation=N_(
            "Where a summary stands says little of what it counts: it is held against the part "
            "that its words or its heading name, or that most of its numbers fit."
        ),
    ),
    Rule(
        id="structure.count-differs",
        severity="blocker",
        settled_by=("seen", "row"),
        title=N_("The document counts another number of indicators than were read"),
        message=N_(
            "{subject}: printed {printed}, but what was read gives {expected}; a row may not have "
            "been read."
        ),
        advice=N_(
            "Count the rows on the page. If all were read, the printed number is wrong: ask which "
            "is right, and mark this finding as seen."
        ),
        explanation=N_(
            "Where the document says how many indicators there are, that number proves that all "
            "were read. Where none does, a count that differs may be a row that was lost, and is "
            "no contradiction of the document."
        ),
    ),
    Rule(
        id="arithmetic.rate",
        severity="error",
        settled_by=("seen", "value"),
        title=N_("A printed rate is not what the figures give"),
        message=N_("{subject}: the rate {printed} is printed, but the figures give {expected}."),
        advice=N_("Ask which is wrong, the rate or a figure; the rate is published as printed."),
        explanation=N_(
            "The way in which the document makes its rates is found from all of them; rounding "
            "half up and cutting off are both accepted."
        ),
    ),
    Rule(
        id="arithmetic.rate-not-inverted",
        severity="info",
        title=N_("A rate above 100 may mean that the target is missed"),
        message=N_(
            "{subject}: the rate {printed} is actual divided by target although lower is better "
            "({count} such rates)."
        ),
        advice=N_("Tell the readers of the data: above 100 means not reached for these."),
        explanation=N_("Said once for a document."),
    ),
    Rule(
        id="plausibility.share",
        severity="error",
        settled_by=("seen", "value", "unit"),
        title=N_("A share of a whole lies outside 0 to 100%"),
        message=N_("{subject}: {printed} is printed for a share of a whole."),
        advice=N_("Check the figure and its unit with the department."),
        explanation=N_("Told for names that speak of a share, not for rates that may exceed 100."),
    ),
    Rule(
        id="plausibility.rank",
        severity="error",
        settled_by=("seen", "value", "unit"),
        title=N_("A rank is no positive whole number"),
        message=N_("{subject}: {printed} is printed for a rank."),
        advice=N_("Check the figure and its unit with the department."),
        explanation=N_("Ranks count from 1."),
    ),
    Rule(
        id="plausibility.cumulative-falls",
        severity="warning",
        settled_by=("seen", "value"),
        title=N_("A cumulative value has fallen"),
        message=N_("{subject}: {printed} is less than the earlier {expected}, though cumulative."),
        advice=N_("Ask whether it is really cumulative, or counted anew."),
        explanation=N_("What is counted from the start of the plan cannot become less."),
    ),
    Rule(
        id="plausibility.magnitude",
        severity="warning",
        settled_by=("seen", "value"),
        title=N_("A figure differs from its row by a power of ten"),
        message=N_("{subject}: {printed} is far from the other figures of its row ({expected})."),
        advice=N_("Look for a lost or doubled digit, or another unit (thousands, millions)."),
        explanation=N_(
            "Told only where the other figures agree with one another and a power of ten would "
            "bring this one near them."
        ),
    ),
    Rule(
        id="plausibility.sign",
        severity="warning",
        settled_by=("seen", "value"),
        title=N_("A figure has another sign than its row"),
        message=N_("{subject}: {printed} has another sign than the other figures ({expected})."),
        advice=N_("Look for a lost or added minus."),
        explanation=N_("Told only where the figure would be near the others without its sign."),
    ),
    Rule(
        id="plausibility.precision",
        severity="info",
        settled_by=("seen", "value"),
        title=N_("A figure has other decimals than its row"),
        message=N_("{subject}: {printed} has other decimals than all other figures of its row."),
        advice=N_("Look for a lost or added decimal point."),
        explanation=N_(
            "Decimals are compared as printed; round targets, 0 and 100 are common and not told."
        ),
    ),
    Rule(
        id="structure.duplicate",
        severity="warning",
        settled_by=("not-indicator", "seen"),
        title=N_("An indicator stands twice in one place"),
        message=N_("{subject} stands twice in the same part of the plan, with the same figures."),
        advice=N_("Look at both places; one may be left over."),
        explanation=N_("The same name, unit and figures under one policy."),
    ),
    Rule(
        id="structure.repeated-differs",
        severity="error",
        settled_by=("seen", "not-indicator"),
        title=N_("An indicator is printed twice with different figures"),
        message=N_("{subject}: printed as {printed} and elsewhere as {expected}."),
        advice=N_(
            "Ask which is right; rows are published as printed, but not those of a list that "
            "repeats other tables."
        ),
        explanation=N_("Figures of one kind, year and part are compared, and the statuses."),
    ),
    Rule(
        id="structure.relisted",
        severity="warning",
        settled_by=("seen",),
        title=N_("A list prints indicators once more"),
        message=N_(
            "The {count} rows of a list, from {subject} on, repeat indicators of other tables"
            " (p. {page}); they are not counted twice."
        ),
        advice=N_("Look whether the list holds the same indicators."),
        explanation=N_(
            "All its rows have the name and unit of a row elsewhere and no figure of another kind."
            " Rows that differ are told one by one."
        ),
    ),
    Rule(
        id="structure.repeat-without-first",
        severity="warning",
        title=N_("A repeated project has no first entry"),
        message=N_("{subject} is marked as repeated, but its first entry was not found."),
        advice=N_("Compare the names of the two entries."),
        explanation=N_("Projects marked 再掲 are matched by name."),
    ),
    Rule(
        id="structure.project-twice",
        severity="warning",
        title=N_("A project stands twice in one place"),
        message=N_("{subject} stands twice in the same part of the plan, with the same text."),
        advice=N_("Look at both places; one may be left over."),
        explanation=N_("The same name and summary under one policy."),
    ),
    Rule(
        id="structure.project-without-department",
        severity="warning",
        title=N_("A project has no department"),
        message=N_("{subject}: no department is printed, as it is for the other projects."),
        advice=N_("Ask for the department, or look whether it was cut off."),
        explanation=N_("Told only where most projects of the document have one."),
    ),
    Rule(
        id="structure.policy-without-table",
        severity="warning",
        settled_by=("seen", "row"),
        title=N_("A part of the plan has no rows"),
        message=N_("{subject}: neither indicators nor projects were found under this heading."),
        advice=N_("Look at the page: a table may not have been read."),
        explanation=N_("Told only where most parts of the plan have rows."),
    ),
    Rule(
        id="structure.number-gap",
        severity="warning",
        settled_by=("seen", "row"),
        title=N_("A number is left out"),
        message=N_("The numbers go on past {printed}, but {printed} itself was not found."),
        advice=N_("Look at the page: a heading or a row may not have been read."),
        explanation=N_(
            "Goals and policies that are numbered from 1 on are counted, and indicators whose "
            "numbers otherwise run on. An indicator that was dropped leaves its number out too."
        ),
    ),
    Rule(
        id="release.formula",
        severity="blocker",
        settled_by=("name", "value", "unit"),
        title=N_("A text would become a formula in a spreadsheet"),
        message=N_("{subject}: the text {printed} would become a formula when it is opened."),
        advice=N_("Correct the text; it is not changed by itself."),
        explanation=N_(
            "An expression or a call behind =, +, - or @ is executed, in quotes or not. Only this "
            "text is held back. Words behind a sign are released, with the sign in full width."
        ),
    ),
    Rule(
        id="release.undeclared",
        severity="info",
        title=N_("Nothing is declared for some places of the metadata"),
        message=N_(
            "{subject}, line {line}: not declared under [publication], so these places stay "
            "empty: {expected}."
        ),
        advice=N_("Write them into the profile; nothing is assumed for them."),
        explanation=N_(
            "Licence, contact, addresses, update frequency, day of release and keywords come from "
            "the profile; the licence also from the origin file."
        ),
    ),
    Rule(
        id="release.dataset-id-taken",
        severity="warning",
        title=N_("Two editions have the same dataset id"),
        message=N_(
            "{subject}, line {line}: the edition of {edition} has the dataset id {printed} too."
        ),
        advice=N_('Put the edition into its id: dataset_id = "…-{{edition}}" in the profile.'),
        explanation=N_(
            "A portal would put one edition in the place of the other; shihyo publish refuses that."
        ),
    ),
    Rule(
        id="legend.adopted",
        severity="info",
        title=N_("Status rules taken from the document's legend"),
        message=N_("No rules are declared; those of the legend were used: {printed}."),
        advice=N_("Check them with shihyo init and declare them in the profile."),
        explanation=N_(
            "An explanation is read whole or not at all. It is used only if the printed statuses "
            "follow it but for slips that have nothing in common, and no row is judged on which "
            "another plausible reading differs."
        ),
    ),
    Rule(
        id="legend.unreadable",
        severity="warning",
        settled_by=("legend", "seen"),
        title=N_("The legend could not be made into rules"),
        message=N_(
            "The legend could not be made into rules ({subject}: {printed}), so {count} statuses "
            "were not recomputed."
        ),
        advice=N_("Declare the rules of the legend in the profile ([[validate.status]])."),
        explanation=N_(
            "An explanation that cannot be read whole is not used, nor are rules that leave gaps "
            "or contradict one another."
        ),
    ),
    Rule(
        id="legend.lacks-word",
        severity="warning",
        settled_by=("legend", "seen"),
        title=N_("The legend does not explain a status that is printed"),
        message=N_(
            "The legend explains {printed}, but indicators bear {subject}; so none of {count} "
            "statuses was recomputed."
        ),
        advice=N_(
            "Look at the page whether a word of the legend or of the table was cut, or the legend "
            "explains something else; then declare the rules in the profile ([[validate.status]])."
        ),
        explanation=N_(
            "A legend that lacks a word may have been read by half; it judges nothing. A dash, "
            "and words that say that nothing is judged, need no explanation."
        ),
    ),
    Rule(
        id="legend.two-readings",
        severity="warning",
        settled_by=("legend", "seen"),
        title=N_("The legend can be read in two ways"),
        message=N_(
            "The legend ({printed}) can be read as: {first}; or as: {second}. {count} rows tell "
            "them apart and were not judged: {rows}."
        ),
        advice=N_(
            "Find out from these rows which is meant, and declare the rules in the profile "
            "([[validate.status]])."
        ),
        explanation=N_(
            "How a rate is made, which target is meant, and which of two explanations goes first "
            "is seldom said. The printed statuses decide; where too few of them do, the rows on "
            "which the readings differ are left open."
        ),
    ),
    Rule(
        id="structure.status-of-numbers",
        severity="blocker",
        settled_by=("role", "seen"),
        title=N_("The column of statuses holds numbers"),
        message=N_(
            "{count} statuses are numbers ({subject}: {printed}), which are no words of the "
            "legend; another column may have been read as the status."
        ),
        advice=N_(
            "Compare the table's headings with the page, and say what this column is: shihyo "
            "decide KEY --take role:rate; it is asked once and not every year."
        ),
        explanation=N_(
            "A status is one of few words. Where most are numbers that the rules do not know, "
            "nothing is recomputed."
        ),
    ),
    Rule(
        id="legend.unknown-word",
        severity="warning",
        title=N_("The legend explains a status that is not declared"),
        message=N_("The legend explains {printed}, which the profile does not declare."),
        advice=N_("The legend may have changed: compare it with the profile."),
        explanation=N_("Letters and marks change their meaning from year to year in one town."),
    ),
    Rule(
        id="legend.example",
        severity="error",
        title=N_("An example of the legend contradicts the declared rules"),
        message=N_(
            "The legend's example for {printed} gives {expected} by the rules of the profile."
        ),
        advice=N_("The legend may have changed: compare it with the profile."),
        explanation=N_("The figures of the legend's example rows are judged by the profile."),
    ),
    Rule(
        id="legend.differs",
        severity="error",
        title=N_("The legend differs from the declared rules"),
        message=N_(
            "The legend says {printed} for {subject}; for baseline {baseline}, target {target} and "
            "actual {actual} the profile gives {expected}."
        ),
        advice=N_("The legend may have changed: compare it with the profile."),
        explanation=N_(
            "The explanations of the legend are read and tried against the profile on both sides "
            "of every boundary."
        ),
    ),
    Rule(
        id="history.vanished",
        severity="warning",
        title=N_("An indicator of the last edition is missing"),
        message=N_("{subject} stood in the edition of {edition} and is not in this one."),
        advice=N_("If it was ended, retire it in the registry; if it was renamed, link the names."),
        explanation=N_("Indicators are matched with the last edition by their registered id."),
    ),
    Rule(
        id="history.new",
        severity="info",
        title=N_("An indicator is new since the last edition"),
        message=N_("{subject} did not stand in the edition of {edition}."),
        advice=N_("Register it, or link it with the indicator that it continues."),
        explanation=N_("Told where two editions are compared."),
    ),
    Rule(
        id="history.moved",
        severity="info",
        title=N_("An indicator stands under another policy than in the last edition"),
        message=N_(
            "{subject} stands under {printed}; in the edition of {edition} under {expected}."
        ),
        advice=N_("Nothing to do if the plan was rearranged."),
        explanation=N_("Told where two editions are compared."),
    ),
    Rule(
        id="history.renamed",
        severity="info",
        title=N_("An indicator has another name than in the last edition"),
        message=N_("{subject}: in the edition of {edition} the name was {expected}."),
        advice=N_("Nothing to do if the registry holds both names."),
        explanation=N_("The same registered indicator is printed under two names."),
    ),
    Rule(
        id="history.unit-changed",
        severity="warning",
        title=N_("The unit has changed since the last edition"),
        message=N_(
            "{subject}: the unit is {printed}; in the edition of {edition} it was {expected}."
        ),
        advice=N_("Check that all values are in the new unit."),
        explanation=N_("Values of two units cannot be compared, so no further value is."),
    ),
    Rule(
        id="history.baseline-changed",
        severity="warning",
        title=N_("The baseline has changed since the last edition"),
        message=N_(
            "{subject}: the baseline is {printed}; in the edition of {edition} it was {expected}."
        ),
        advice=N_("Ask whether the baseline was revised; if so, note why."),
        explanation=N_("A baseline is set once for a plan; a change is a revision or a slip."),
    ),
    Rule(
        id="history.target-changed",
        severity="warning",
        title=N_("The target is not the one announced in the last edition"),
        message=N_(
            "{subject}: the target is {printed}; the edition of {edition} announced {expected}."
        ),
        advice=N_("Ask whether the target was revised; if so, note why."),
        explanation=N_("The next year's target of the last edition is this edition's target."),
    ),
    Rule(
        id="history.value-revised",
        severity="warning",
        title=N_("A value of an earlier year has changed since the last edition"),
        message=N_(
            "{subject}: {printed} is printed; in the edition of {edition} it was {expected}."
        ),
        advice=N_("Ask whether the value was revised; if so, note why."),
        explanation=N_("Both editions print an actual of the same fiscal year."),
    ),
    Rule(
        id="history.easier-target",
        severity="info",
        title=N_("The next target is easier than this year's"),
        message=N_("{subject}: the next target is {printed}, easier than this year's {expected}."),
        advice=N_("Ask whether this is meant."),
        explanation=N_("Told only when an earlier edition is compared too."),
    ),
    Rule(
        id="reading.unreadable-glyph",
        severity="blocker",
        settled_by=("value", "name", "seen"),
        title=N_("Characters in a table that the PDF does not name"),
        message=N_(
            "Page {page}: {count} characters of the font {font} in a table have no known "
            "meaning ({codes})."
        ),
        advice=N_(
            "Look at the place on the page and decide what is printed there: shihyo decide KEY"
        ),
        explanation=N_(
            "A font may map its characters to codes without meaning; what is seen on "
            "paper is then unknown to any program."
        ),
    ),
    Rule(
        id="reading.unreadable-glyph-outside",
        severity="warning",
        title=N_("Characters outside tables that the PDF does not name"),
        message=N_(
            "Page {page}: {count} characters of the font {font} outside the tables have no "
            "known meaning ({codes})."
        ),
        advice=N_("Check that no heading or note is affected."),
        explanation=N_("As for characters in a table, but no value depends on them."),
    ),
    Rule(
        id="reading.hidden-text",
        severity="warning",
        title=N_("Invisible text in a table"),
        message=N_(
            "Page {page}: text that cannot be seen on the page lies in a table and was not "
            "taken over: {printed}"
        ),
        advice=N_("Check that the table shows what is meant; hidden text may be an old value."),
        explanation=N_("White, covered, clipped and invisible text is never released as a value."),
    ),
    Rule(
        id="reading.scanned-page",
        severity="warning",
        settled_by=("seen", "row"),
        title=N_("A page that is only a picture"),
        message=N_("Page {page} is a picture (a scan); it has no text to read."),
        advice=N_(
            "If it holds indicators, obtain the PDF made from the original file, or install "
            "character recognition: pip install 'shihyo[ocr]'"
        ),
        explanation=N_(
            "A picture of a page has no text; it can only be read by character recognition."
        ),
    ),
    Rule(
        id="reading.by-ocr",
        severity="blocker",
        title=N_("A table read from a picture"),
        message=N_(
            "Page {page} is a picture (a scan); a table on it was read by character recognition, "
            "which may be wrong anywhere: in names, headings, words, and figures released as X."
        ),
        advice=N_(
            "Compare this table with the paper, settle what differs, and then this finding; or "
            "obtain the PDF made from the original file."
        ),
        explanation=N_(
            "Of what was read from a picture only those figures are certain that stand alone in a "
            "cell with rules on all sides, that two independent engines read alike, one of them "
            "twice, and whose ink is that of their digits and signs alone; and those that one "
            "engine read twice alike where a printed rate or status, or the last edition, says the "
            "same and would not of any other digit. All others are held back; where two readings "
            "differ the cell is named besides."
        ),
    ),
    Rule(
        id="reading.scanned-without-table",
        severity="warning",
        title=N_("A picture on which no table was found"),
        message=N_(
            "Page {page} is a picture (a scan); character recognition found no table on it."
        ),
        advice=N_("Look at the page: if it holds indicators, they are missing."),
        explanation=N_("A table that is blurred or has no rules may be missed."),
    ),
    Rule(
        id="reading.ocr-failed",
        severity="blocker",
        title=N_("Character recognition failed"),
        message=N_("The pages that are pictures could not be read: {problem}"),
        advice=N_(
            "Run again; if it stays so, raise the limit in the profile ([extract] seconds_scan, "
            "megabytes_scan), or leave these pages out with --no-ocr."
        ),
        explanation=N_("Scanned pages are missing from what was read; the others were read."),
    ),
    Rule(
        id="reading.outlined-page",
        severity="warning",
        settled_by=("seen", "row"),
        title=N_("A page whose letters are drawings"),
        message=N_("Page {page} has drawn outlines instead of text; there is nothing to read."),
        advice=N_("If it holds indicators, obtain a PDF whose text was not converted to outlines."),
        explanation=N_(
            "Letters that were converted to drawings look like text but cannot be read as text."
        ),
    ),
    Rule(
        id="reading.cut-by-edge",
        severity="blocker",
        settled_by=("value", "name", "seen"),
        title=N_("Text that goes on beyond the edge of the page or of its cell"),
        message=N_(
            "Page {page}: a cell's text goes on beyond the edge of the page or of the cell and is "
            "cut."
        ),
        advice=N_("Obtain the whole text, or give the value: shihyo decide KEY --take VALUE"),
        explanation=N_("Of a figure or name that is cut, what is left is another one."),
    ),
    Rule(
        id="reading.unlikely-text",
        severity="blocker",
        title=N_("A table whose letters are unlikely"),
        message=N_(
            "Page {page}: {count} of {letters} letters of a table are such as Japanese is hardly "
            "written with ({printed}); the file may hold other text than is seen."
        ),
        advice=N_(
            "Compare the table with the page. If it is right, mark this finding as seen; else "
            "print the page, scan it and read the scan, or obtain another PDF."
        ),
        explanation=N_(
            "Some converters write a layer of text that has nothing to do with the letters on the "
            "page. What is left of it in the figures cannot be told by looking at them."
        ),
    ),
    Rule(
        id="reading.digits-drawn-otherwise",
        severity="blocker",
        title=N_("Digits that look like other digits"),
        message=N_(
            "Page {page}: {count} digits of a table are drawn otherwise than the file says they "
            "are (font {font})."
        ),
        advice=N_(
            "Compare the figures with the page. If they are right, mark this finding as seen; else "
            "print the page, scan it and read the scan, or obtain another PDF."
        ),
        explanation=N_(
            "What a character means stands in a table of its font, which some converters write "
            "wrongly. Both readers take the digits from it. The outlines of the digits are "
            "compared with those of common typefaces, and it is looked where the ink of points, "
            "commas, minus signs and blanks stands; one that is clearly another character puts all "
            "digits of its font in doubt, and so does a glyph that is said to be two digits. Where "
            "shapes, pictures, clips or annotations lie about figures, and where glyphs are said "
            "to be another text or have no outlines, the page is drawn and looked at; mirrored "
            "digits and those that alone stand on their heads count too."
        ),
    ),
    Rule(
        id="reading.letters-drawn-otherwise",
        severity="blocker",
        title=N_("Letters that look like other letters"),
        message=N_(
            "Page {page}: {count} kana and kanji are in a font ({font}) that draws others than the "
            "file says. Said and seen: {letters}."
        ),
        advice=N_(
            "Compare names, units and headings with the page. If they are right, mark this finding "
            "as seen; else print the page, scan it and read the scan, or obtain another PDF."
        ),
        explanation=N_(
            "What a letter means stands in a table of its font, which some converters write "
            "wrongly. Both readers take the letters from it. The outlines of kana and common kanji "
            "are compared with those of two typefaces by how their edges run. A letter that is "
            "clearly another one puts all letters of its font on the page in doubt. Letters that "
            "look alike cannot be told so, nor can those of fonts without outlines."
        ),
    ),
    Rule(
        id="reading.damaged-file",
        severity="blocker",
        title=N_("A file that is damaged"),
        message=N_(
            "The file is damaged: {streams} of its parts do not agree with their checksums, and "
            "{objects} do not stand where they should. Figures and letters may be missing or "
            "changed."
        ),
        advice=N_(
            "Obtain the file again. If it is the same everywhere, compare all values with the "
            "paper, then mark this finding as seen."
        ),
        explanation=N_(
            "Viewers repair a damaged file without a word, and both readers read the same damaged "
            "bytes. So every value of such a file is held back."
        ),
    ),
    Rule(
        id="reading.damaged-page",
        severity="blocker",
        title=N_("A page that cannot be read"),
        message=N_("Page {page} is damaged and could not be read."),
        advice=N_("Obtain the file again; its values are missing from what was read."),
        explanation=N_("One page of the file is broken; the others were read."),
    ),
    Rule(
        id="reading.cut-page",
        severity="blocker",
        title=N_("A page that ends in the middle"),
        message=N_(
            "Page {page}: the instructions that draw the page end in the middle; what they would "
            "have drawn after that is missing."
        ),
        advice=N_(
            "Obtain the file again. If it is the same everywhere, compare the page with the paper, "
            "give what is missing, then mark this finding as seen."
        ),
        explanation=N_(
            "Viewers show what is left of such a page without a word, and both readers read no "
            "more than that: rows and digits may be missing."
        ),
    ),
    Rule(
        id="reading.page-failed",
        severity="blocker",
        title=N_("A page on which this program failed"),
        message=N_("Page {page} was not read: the program itself has a fault ({fault})."),
        advice=N_(
            "Its values are missing. Send the file fault.txt beside the release to those who "
            "maintain the program; it holds no text of the document."
        ),
        explanation=N_("The document may be fine; the other pages were read."),
    ),
    Rule(
        id="reading.second-failed",
        severity="blocker",
        title=N_("The second reader failed"),
        message=N_("The second reader could not read the document: {problem}"),
        advice=N_(
            "Run again; if it stays so, raise the limit in the profile ([extract]), or accept one "
            "reading with --second-reader never and compare the values with the paper."
        ),
        explanation=N_("Every value is read by two independent readers; here one of them gave up."),
    ),
    Rule(
        id="reading.rules-without-table",
        severity="warning",
        title=N_("Ruled lines from which no table was read"),
        message=N_("Page {page}: there are ruled lines around text, but no table was read there."),
        advice=N_("See the page with: shihyo inspect --page {page} --png FILE"),
        explanation=N_(
            "Ruled lines around text usually are a table; this may be a drawing, or a "
            "table that was missed."
        ),
    ),
    Rule(
        id="reading.text-crosses-rule",
        severity="warning",
        settled_by=("seen", "value", "name"),
        title=N_("Text that runs over the edge of its cell"),
        message=N_(
            "Page {page}: a text runs over the edge of its cell and was taken whole into the "
            "cell it begins in: {printed}"
        ),
        advice=N_("Check the text and the value in the cell beside it."),
        explanation=N_("A long text may run into the next cell; it is kept whole and never cut."),
    ),
    Rule(
        id="reading.unruled-table",
        severity="warning",
        title=N_("A table read without ruled columns"),
        message=N_(
            "Page {page}: a table has no ruled columns; its columns were told by the "
            "alignment of the text."
        ),
        advice=N_("Compare the rows of this table with the paper."),
        explanation=N_(
            "Where no lines are drawn, columns are told by alignment, which is less certain."
        ),
    ),
    Rule(
        id="reading.grids-differ",
        severity="warning",
        title=N_("The readers divide a table differently"),
        message=N_(
            "Page {page}: the second reader found other cells in {count} places of a table."
        ),
        advice=N_("Compare this table with the paper."),
        explanation=N_(
            "Both readers look for cells on their own; where they divide a table "
            "differently, a row may be cut."
        ),
    ),
    Rule(
        id="reading.table-not-witnessed",
        severity="info",
        title=N_("A ruled table whose cells only one reader found"),
        message=N_(
            "Page {page}: the second reader did not find the cells of a ruled table; how it is "
            "divided rests on one reading."
        ),
        advice=N_("Compare the rows of this table with the paper."),
        explanation=N_(
            "The second reader looks for straight lines only; rules that are dotted, curved, "
            "pictures or missing at the edge are beyond it."
        ),
    ),
    Rule(
        id="reading.readers-disagree",
        severity="blocker",
        settled_by=("value", "name", "unit"),
        title=N_("The two readers read a cell differently"),
        message=N_(
            "{subject}: in the column {column} the first reader read {first}, the second {second}."
        ),
        advice=N_(
            "Look at the paper and decide: shihyo decide KEY --take A (or B); withheld until then."
        ),
        explanation=N_(
            "Two independent readers read every cell; digits, signs and decimal points must "
            "agree exactly."
        ),
    ),
    Rule(
        id="reading.cells-not-separated",
        severity="blocker",
        settled_by=("value", "split"),
        title=N_("Two cells that may have been read as one"),
        message=N_(
            "{subject}: in the column {column} of a table without all rules, {beside} may hold "
            "the text of two cells."
        ),
        advice=N_("Look at the paper and decide: shihyo decide KEY --take VALUE"),
        explanation=N_(
            "Where no rules part columns and rows, gaps do. A number with further text behind it, "
            "an empty cell behind a text that ends in a figure, or a name with half of a pair of "
            "brackets may be two cells in one."
        ),
    ),
    Rule(
        id="number.broken-line",
        severity="blocker",
        settled_by=("notation", "value", "split"),
        title=N_("A number broken over two lines"),
        message=N_(
            "{subject}: in the column {column}, {printed} may be one number broken over two "
            "lines, or two numbers ({count} such cells in all)."
        ),
        advice=N_(
            "Look at the paper. If all such cells hold one number: shihyo decide KEY --take "
            "joined; that holds for later editions too. Else give this value: --take value:VALUE"
        ),
        explanation=N_(
            "A number is joined over a line break only where its parts alone are no numbers."
        ),
    ),
    Rule(
        id="number.sign-apart",
        severity="blocker",
        settled_by=("value",),
        title=N_("A number whose sign stands apart"),
        message=N_(
            "{subject}: in the column {column}, {printed} may be a negative number, or a number "
            "beside a missing one."
        ),
        advice=N_("Look at the paper and decide: shihyo decide KEY --take VALUE"),
        explanation=N_("The sign of a number is never lost and never guessed."),
    ),
    Rule(
        id="number.separator",
        severity="blocker",
        settled_by=("value",),
        title=N_("Misplaced thousands separator"),
        message=N_(
            "{subject}: in the column {column}, the separators of {printed} do not stand at "
            "every third digit."
        ),
        advice=N_(
            "Ask the department in charge whether a digit is missing or the comma is a decimal "
            "point, and decide: shihyo decide KEY --take VALUE; it is withheld until then."
        ),
        explanation=N_(
            "Commas between digits must stand at every third digit from the right. Where they do "
            "not, which number is meant is in doubt: 42,5 may be 42.5 or 425."
        ),
    ),
    Rule(
        id="number.several",
        severity="warning",
        settled_by=("value", "seen"),
        title=N_("Several numbers in one cell"),
        message=N_(
            "{subject}: in the column {column}, {printed} holds several numbers and does not say "
            "which is the value."
        ),
        advice=N_("Decide: shihyo decide KEY --take VALUE; it is released in words until then."),
        explanation=N_(
            "A value is taken over only where the cell names one number, or says what each one is."
        ),
    ),
    Rule(
        id="number.unusual-form",
        severity="blocker",
        settled_by=("value", "seen"),
        title=N_("A number in an unusual form"),
        message=N_(
            "{subject}: in the column {column}, {printed} may be one number in an unusual form, a "
            "part of one, several, or words."
        ),
        advice=N_(
            "Look at the paper and decide: shihyo decide KEY --take VALUE; it is withheld until "
            "then."
        ),
        explanation=N_(
            "1 234, 1・234 and 三割五分 are most likely numbers, but 12・5 may be 12.5 or two "
            "numbers: a figure is taken over only where its form leaves no doubt. .6 is 0.6 where "
            "the document prints all such numbers so; else a digit may be lost before its point. "
            "So may one before a number that begins with 0 (093)."
        ),
    ),
    Rule(
        id="number.unreadable",
        severity="error",
        settled_by=("value", "seen"),
        title=N_("A number that cannot be read"),
        message=N_("{subject}: in the column {column}, {printed} is no well-formed number."),
        advice=N_(
            "Look at the paper and decide: shihyo decide KEY --take VALUE; it is released in "
            "words until then."
        ),
        explanation=N_(
            "Digits and signs that form no number by the rules of notation are kept as words."
        ),
    ),
    Rule(
        id="number.fraction",
        severity="warning",
        settled_by=("value", "seen"),
        title=N_("A fraction in a cell"),
        message=N_(
            "{subject}: in the column {column}, {printed} is a fraction; it is released in words."
        ),
        advice=N_("If a decimal value is meant, decide: shihyo decide KEY --take VALUE"),
        explanation=N_("Most fractions are no exact decimals, and 12/20 may mean 12 of 20."),
    ),
    Rule(
        id="number.in-words",
        severity="info",
        settled_by=("value", "seen"),
        title=N_("A value in words that holds a number"),
        message=N_(
            "{subject}: in the column {column}, {printed} is taken as words, not as a number."
        ),
        advice=N_("Nothing needs to be done unless a number is meant."),
        explanation=N_(
            "Sentences and words that hold digits (5年間で5人) are no figures to compare."
        ),
    ),
    Rule(
        id="number.words-among-figures",
        severity="warning",
        settled_by=("value", "seen"),
        title=N_("A word where a figure is expected"),
        message=N_(
            "{subject}: the column {column} holds {printed}, where a number is expected; it is "
            "released as words, and no value is."
        ),
        advice=N_(
            "Look at the page: it may be a digit, a mark or a number in another form. If so, "
            "decide: shihyo decide KEY --take VALUE"
        ),
        explanation=N_(
            "一 may be a dash, O a zero, ### a number that its cell was too narrow for. Targets in "
            "words are common and are only told where they may be taken for digits."
        ),
    ),
    Rule(
        id="number.ditto",
        severity="error",
        settled_by=("value", "seen"),
        title=N_("A ditto mark instead of a value"),
        message=N_(
            "{subject}: the column {column} says only {printed}; no value is taken over from "
            "elsewhere."
        ),
        advice=N_("Decide: shihyo decide KEY --take VALUE"),
        explanation=N_(
            "Every cell must hold its own value; nothing is taken over from the cell above."
        ),
    ),
    Rule(
        id="number.range",
        severity="error",
        settled_by=("value", "seen"),
        title=N_("A range that runs backwards"),
        message=N_(
            "{subject}: in the column {column}, the range {printed} ends below its beginning."
        ),
        advice=N_("Ask the department in charge."),
        explanation=N_("The first number of a range must not exceed the second."),
    ),
    Rule(
        id="number.bracket",
        severity="warning",
        settled_by=("value", "seen"),
        title=N_("Brackets that are not understood"),
        message=N_(
            "{subject}: in the column {column}, what ({bracket}) says of {printed} is not known; "
            "it is kept beside the value."
        ),
        advice=N_("Check that the value outside the brackets is the one meant."),
        explanation=N_(
            "Brackets are understood where they hold a year, a unit, a rank, or a word of "
            "values.toml."
        ),
    ),
    Rule(
        id="number.only-in-brackets",
        severity="blocker",
        settled_by=("notation", "value"),
        title=N_("A number in brackets where a value belongs"),
        message=N_(
            "{subject}: the column {column} holds only {printed}: by its brackets it may be "
            "negative, or a figure of another year ({count} such cells in all)."
        ),
        advice=N_(
            "Say how such numbers are meant, once for all of them and for later editions: "
            "shihyo decide KEY --take negative (or: --take reference); for this cell alone: "
            "--take value:VALUE"
        ),
        explanation=N_(
            "Brackets around a number are a minus sign in accounts, and in other papers a figure "
            "for reference. A note that says so decides; without one nobody can tell."
        ),
    ),
    Rule(
        id="number.below-zero-in-brackets",
        severity="warning",
        settled_by=("value", "seen"),
        title=N_("Brackets read as a minus sign"),
        message=N_("{subject}: {printed} and the other figures of the row are read as negative."),
        advice=N_(
            "Confirm it once: shihyo decide KEY --take seen; if it is not so, give the value: "
            "--take value:VALUE"
        ),
        explanation=N_(
            "The name is that of a balance, each figure of its row stands in brackets, and the "
            "target is better than the baseline only where they are negative."
        ),
    ),
    Rule(
        id="number.reference-only",
        severity="warning",
        settled_by=("value", "seen"),
        title=N_("Only a value in brackets"),
        message=N_(
            "{subject}: the column {column} holds only {printed} in brackets; it is kept for "
            "reference and the value counts as missing."
        ),
        advice=N_("If it is the value of the year, decide: shihyo decide KEY --take VALUE"),
        explanation=N_(
            "Offices put last year's figure in brackets while this year's is not known."
        ),
    ),
    Rule(
        id="vocabulary.unknown-mark",
        severity="warning",
        settled_by=("value", "seen"),
        title=N_("A mark whose meaning is not known"),
        message=N_(
            "{subject}: the column {column} says only {printed}, a mark that missing.csv does "
            "not have."
        ),
        advice=N_("If it stands for a missing value, add it to missing.csv."),
        explanation=N_(
            "A mark that is in no vocabulary is not taken for a missing value by habit."
        ),
    ),
    Rule(
        id="unit.unknown",
        severity="warning",
        settled_by=("unit", "seen"),
        title=N_("Unknown unit"),
        message=N_("{subject}: the unit {unit} is not in units.csv."),
        advice=N_("Check the spelling, or add it to units.csv."),
        explanation=N_(
            "Each unit is told once; values are taken over, but not converted or compared."
        ),
    ),
    Rule(
        id="unit.missing",
        severity="warning",
        settled_by=("unit", "seen"),
        title=N_("No unit"),
        message=N_(
            "{subject}: no unit is printed in a column, in brackets, or beside the numbers."
        ),
        advice=N_("Declare the unit in indicators.csv."),
        explanation=N_("A statistical table must state the unit of every number."),
    ),
    Rule(
        id="unit.differs",
        severity="warning",
        settled_by=("value", "unit", "seen"),
        title=N_("A unit in a cell that is not the row's"),
        message=N_("{subject}: {printed} bears the unit {unit}, the row {expected}."),
        advice=N_("Ask the department in charge which is right."),
        explanation=N_("The unit behind a number in a cell is compared with the unit column."),
    ),
    Rule(
        id="number.other-measure",
        severity="blocker",
        settled_by=("value", "unit", "seen"),
        title=N_("A cell counts in another measure than its row"),
        message=N_("{subject}: {printed} counts in {unit}, the row in {expected}."),
        advice=N_(
            "Say what the value is in the unit of the row: shihyo decide KEY --take VALUE; "
            "it is withheld until then."
        ),
        explanation=N_(
            "A number is released as printed, with the unit of its row. Where the cell has one of "
            "another size or kind (億円 in a row of 百万円), it would be another amount."
        ),
    ),
    Rule(
        id="identity.unknown-area",
        severity="blocker",
        title=N_("An area code that no municipality has"),
        message=N_("No municipality has the area code {subject}."),
        advice=N_(
            "Correct --area. If the municipality is new, add it to schemas/default/"
            "municipalities.csv, or make a profile with: shihyo init PDF --area {subject}"
        ),
        explanation=N_("The code is looked up in the list of all municipalities."),
    ),
    Rule(
        id="identity.area-contradicted",
        severity="blocker",
        title=N_("The document names another municipality"),
        message=N_("The document names the municipality {printed}, but {expected} was given."),
        advice=N_(
            "Correct --area or --profile. If the option is right, confirm it with a reason: "
            "shihyo decide KEY --take seen"
        ),
        explanation=N_(
            "What the options say is held against the names on the front pages and in the title."
        ),
    ),
    Rule(
        id="identity.foreign-profile",
        severity="blocker",
        title=N_("A profile of another municipality"),
        message=N_(
            "The profile is that of the municipality {printed}, but the document is run as one of "
            "{expected}."
        ),
        advice=N_(
            "Correct --profile or --area, or leave --profile out. If its rules of status and its "
            "headings hold here too, confirm it with a reason: shihyo decide KEY --take seen"
        ),
        explanation=N_(
            "Rules of status and roles of columns come from the profile: those of another town "
            "would accuse the document of contradictions that it does not have."
        ),
    ),
    Rule(
        id="identity.edition-contradicted",
        severity="blocker",
        title=N_("The document is of another edition"),
        message=N_(
            "The document is the edition {printed} by its own words, but {expected} was given."
        ),
        advice=N_(
            "Correct --edition. If the option is right, confirm it with a reason: "
            "shihyo decide KEY --take seen"
        ),
        explanation=N_("The years of the actuals and of the title tell the edition."),
    ),
    Rule(
        id="identity.no-title",
        severity="warning",
        settled_by=("title", "seen"),
        title=N_("The document prints no title"),
        message=N_("No line of the first page is the title of the document."),
        advice=N_("Give it: shihyo decide KEY --take TITLE"),
        explanation=N_("The title names the data in every file that has a place for it."),
    ),
    Rule(
        id="identity.no-registry",
        severity="info",
        title=N_("No registry of indicators"),
        message=N_(
            "There is no indicators.csv: all {count} indicators have provisional ids. "
            "Indicators whose direction is not known: {unknown}{names}."
        ),
        advice=N_("Make one with: shihyo init PDF, or: shihyo registry accept --all"),
        explanation=N_(
            "A registry gives each indicator an id that stays over the years, and declares "
            "its direction."
        ),
    ),
    Rule(
        id="identity.new",
        severity="warning",
        settled_by=(),
        title=N_("A new indicator"),
        message=N_("{subject} is not in indicators.csv; it has the provisional id {id}."),
        advice=N_("Register it with: shihyo registry accept ID"),
        explanation=N_(
            "Only names that the registry has, now or formerly, are linked with certainty."
        ),
    ),
    Rule(
        id="identity.similar",
        severity="warning",
        title=N_("A new name, perhaps of a known indicator"),
        message=N_(
            "{subject} is not in indicators.csv, but resembles: {candidates}. It has the "
            "provisional id {id}."
        ),
        advice=N_(
            "If it is one of them, link it with: shihyo registry accept ID --as "
            "REGISTERED; else register it as new."
        ),
        explanation=N_("Likeness of name, unit and place proposes a link; only a person makes it."),
    ),
    Rule(
        id="identity.retired",
        severity="info",
        title=N_("Indicators that are registered as ended"),
        message=N_("{count} indicators are registered as ended and not in this document: {names}."),
        advice=N_("Nothing to do."),
        explanation=N_("What was retired in the registry is not asked for again."),
    ),
    Rule(
        id="identity.absent",
        severity="warning",
        title=N_("A registered indicator is not in the document"),
        message=N_("{subject} ({id}) is registered but not in this document."),
        advice=N_("If it has ended, retire it with: shihyo registry retire ID --edition YEAR"),
        explanation=N_(
            "Registered indicators are looked for in every edition until they are retired."
        ),
    ),
    Rule(
        id="identity.moved",
        severity="info",
        title=N_("An indicator at another place in the plan"),
        message=N_("{subject} ({id}) stands under another policy than registered."),
        advice=N_("Update goal and policy in indicators.csv."),
        explanation=N_(
            "The place in the plan is compared with the one last confirmed in the registry."
        ),
    ),
    Rule(
        id="direction.proposed",
        severity="warning",
        settled_by=("direction",),
        title=N_("The direction of a new indicator rests on evidence"),
        message=N_("{subject}: {proposal}, on this evidence: {evidence}."),
        advice=N_("Confirm it with: shihyo registry accept ID --direction higher (or lower)"),
        explanation=N_(
            "Two kinds of evidence agree and none contradicts: unit, words of the name, "
            "limits, trend. The printed status is none, since it is judged by the direction."
        ),
    ),
    Rule(
        id="direction.undecided",
        severity="warning",
        settled_by=("direction", "seen"),
        title=N_("The direction of an indicator is not known"),
        message=N_(
            "{subject}: the document does not settle whether higher or lower is better; "
            "proposal: {proposal}; evidence: {evidence}."
        ),
        advice=N_(
            "Declare it in indicators.csv; until then no status is recomputed where it matters."
        ),
        explanation=N_(
            "A direction is declared or rests on two kinds of evidence; a target below the "
            "baseline alone proves nothing."
        ),
    ),
    Rule(
        id="direction.contradicts-registry",
        severity="error",
        settled_by=("direction", "seen"),
        title=N_("The document's direction contradicts the registry"),
        message=N_("{subject}: the document says {column}, indicators.csv says: {declared}."),
        advice=N_("Find out which is right, and correct indicators.csv if need be."),
        explanation=N_(
            "Where the document has a column for the direction, it is compared with the registry."
        ),
    ),
    Rule(
        id="structure.row-without-name",
        severity="blocker",
        settled_by=("join", "not-indicator", "seen"),
        title=N_("A row with figures has no name"),
        message=N_("A row with figures but without a name was read: {printed}"),
        advice=N_("Look at the page; the row is not released until its name is known."),
        explanation=N_("A row whose name was not read cannot be an indicator."),
    ),
    Rule(
        id="structure.merged-figures",
        severity="blocker",
        settled_by=("seen", "value", "split"),
        title=N_("One figure under several headings"),
        message=N_("{subject}: one cell stands under several headings of figures: {printed}"),
        advice=N_("Look at the page; the figure is withheld until its column is known."),
        explanation=N_("Words in such a cell hold for all its columns; a figure for none."),
    ),
    Rule(
        id="structure.rows-of-one-name",
        severity="blocker",
        settled_by=("seen",),
        title=N_("Several rows of figures under one name"),
        message=N_(
            "{subject}: several rows of figures stand beside this name, and nothing says what each "
            "of them tells; each would be released as an indicator of its own."
        ),
        advice=N_(
            "If each is an indicator, confirm it: shihyo decide KEY --take seen; else give the row "
            "as it is meant, or print in the document what the rows tell."
        ),
        explanation=N_(
            "A note (upper: target, lower: actual) or words beside the rows say what they tell."
        ),
    ),
    Rule(
        id="structure.one-value-of-several",
        severity="blocker",
        settled_by=("value",),
        title=N_("One value in a cell that ought to hold several"),
        message=N_(
            "{subject}: cells of the column {column} hold several values, this one only "
            "{printed}; which of them it is is not certain, and none is released."
        ),
        advice=N_("Say which one it is: shihyo decide KEY --take target (baseline, actual, rate)"),
        explanation=N_(
            "The other cells of the column hold as many values as the heading or a note names."
        ),
    ),
    Rule(
        id="structure.row-too-short",
        severity="blocker",
        settled_by=("join", "row", "not-indicator", "seen"),
        title=N_("A row has too few cells"),
        message=N_("A row has a name but no cells for its figures: {printed}"),
        advice=N_("Look at the page: the rules of this row may be incomplete."),
        explanation=N_("Each row of an indicator table must have cells for its figures."),
    ),
    Rule(
        id="structure.cell-missing",
        severity="blocker",
        settled_by=("value", "seen"),
        title=N_("A row has no cell under a heading"),
        message=N_("{subject}: the row has no cell under the heading {column}."),
        advice=N_(
            "Look at the page: the rules of this row may be incomplete. Say what stands there: "
            "shihyo decide KEY --take VALUE; or confirm that nothing does."
        ),
        explanation=N_(
            "An empty cell says that there is no value; where there is no cell, a value may have "
            "been lost."
        ),
    ),
    Rule(
        id="structure.value-table-not-understood",
        severity="warning",
        settled_by=("table", "row", "seen"),
        title=N_("A table with targets or actuals was not understood"),
        message=N_("A table that seems to hold targets or actuals was not taken over: {printed}"),
        advice=N_("If it holds indicators, add its headings to the vocabulary (headers.toml)."),
        explanation=N_("Some of its headings are those of figures, but none names indicators."),
    ),
    Rule(
        id="structure.table-not-understood",
        severity="info",
        settled_by=("seen", "table"),
        title=N_("A table of another kind"),
        message=N_("A table that holds neither indicators nor projects was left out: {printed}"),
        advice=N_("If it holds indicators, add its headings to the vocabulary (headers.toml)."),
        explanation=N_("Every table that was read and not used is told."),
    ),
    Rule(
        id="structure.headline-target",
        severity="info",
        title=N_("A target outside the tables"),
        message=N_("A target is printed outside the tables and was not taken over: {printed}"),
        advice=N_("Publish it separately if it is an indicator of its own."),
        explanation=N_("Only rows of tables become indicators."),
    ),
    Rule(
        id="vocabulary.unknown-header",
        severity="warning",
        settled_by=("role", "seen"),
        title=N_("A column heading is not in the vocabulary"),
        message=N_("The column headed {subject} was not understood; its cells are not released."),
        advice=N_("Add the heading to the vocabulary (headers.toml) under its role."),
        explanation=N_("Headings are matched to roles by the vocabulary; what is unknown is told."),
    ),
    Rule(
        id="vocabulary.unknown-status-header",
        severity="blocker",
        settled_by=("role", "seen"),
        title=N_("Statuses stand under a heading that is not in the vocabulary"),
        message=N_(
            "The cells headed {subject} hold words that the legend explains, but the heading is "
            "not known; these statuses would be missing from the release."
        ),
        advice=N_(
            "Decide that the column is that of the status (or add the heading to the profile under "
            "status, [assemble.headers]); if these are no statuses of the reported year, confirm "
            "that you have seen it."
        ),
        explanation=N_(
            "Where no column is that of the status and one holds nothing but words of the "
            "document's own legend, the statuses most likely stand there."
        ),
    ),
    Rule(
        id="vocabulary.unknown-figures-header",
        severity="blocker",
        settled_by=("role", "seen"),
        title=N_("Figures stand under a heading that is not in the vocabulary"),
        message=N_(
            "The column headed {subject} holds figures, but the heading is not known, and the "
            "table has no other column for its baseline, its target or its actual."
        ),
        advice=N_("Say what the column is: shihyo decide KEY --take role:target"),
        explanation=N_(
            "A table of indicators has a baseline, a target and an actual. Where one of them "
            "lacks, a column of figures that is not understood most likely holds it."
        ),
    ),
    Rule(
        id="reading.leftover-in-table",
        severity="blocker",
        settled_by=("seen", "row"),
        title=N_("Text in a table belongs to no cell"),
        message=N_("Text that lies in a table belongs to none of its cells: {printed}"),
        advice=N_("Look at the page; values that it touches are withheld."),
        explanation=N_("Every glyph of a table must lie in a cell."),
    ),
    Rule(
        id="reading.row-outside-tables",
        severity="blocker",
        settled_by=("row", "seen"),
        title=N_("Text that looks like a table row lies outside the tables"),
        message=N_("A line that looks like a row of figures was not read as a table: {printed}"),
        advice=N_("Look at the page: a table without rules may have been missed there."),
        explanation=N_(
            "Tables without rules are found by the alignment of their text; what looks like one of "
            "their rows and was left over is told, so that no row is lost unseen."
        ),
    ),
    Rule(
        id="reading.table-without-headings",
        severity="blocker",
        settled_by=("table", "layout", "row", "seen"),
        title=N_("A table without headings holds rows like those of indicators"),
        message=N_(
            "A table without headings was not taken over; its first row: {printed} (pages {pages})"
        ),
        advice=N_(
            "Look at the page: where its rows are of indicators, say what its columns are, as in "
            "the table that it goes on with (shihyo decide KEY --take 'table:…'); if they are of "
            "none: --take none. Either holds for such tables of later editions too."
        ),
        explanation=N_(
            "A table that goes on over a page edge is joined by its columns; where that fails, its "
            "rows are told so that they are not lost unseen."
        ),
    ),
    Rule(
        id="reading.columns-not-separated",
        severity="blocker",
        settled_by=("table", "seen"),
        title=N_("Two columns of a table without rules were read as one"),
        message=N_("Two columns may have been read as one: {subject} | {printed}"),
        advice=N_(
            "Look at the page; the values of this table are withheld. Give the columns their roles "
            "and part this one: shihyo decide KEY --take 'table:name target/actual …'; if it is "
            "one column, confirm it."
        ),
        explanation=N_("Columns without rules are told apart by the space between their texts."),
    ),
    Rule(
        id="reading.line-of-two-rows",
        severity="blocker",
        settled_by=("split", "seen"),
        title=N_("A line may belong to the row above or below"),
        message=N_("Page {page}: this line may be of the row above or of the row below: {printed}"),
        advice=N_("Look at the page; the values of both rows are withheld."),
        explanation=N_(
            "Without rules between rows, the place and the fullness of a line tell to which name "
            "it belongs; here they fit both. A status that is made of pieces of others (目標達) "
            "has lost a line to a row beside it, or taken one."
        ),
    ),
    Rule(
        id="reading.heading-without-rows",
        severity="blocker",
        settled_by=("row", "seen"),
        title=N_("Headings without rows below them"),
        message=N_("The headings of a table were read, but no row below them: {printed}"),
        advice=N_("Look at the page: the rows of this table may have been missed."),
        explanation=N_("A table of indicators or projects has at least one row."),
    ),
    Rule(
        id="reading.row-in-heading",
        severity="blocker",
        settled_by=("row", "seen"),
        title=N_("A row may have been read as part of the headings"),
        message=N_("The headings of a table end with figures, as a row would: {printed}"),
        advice=N_("Look at the page: give the row by hand if it is missing."),
        explanation=N_(
            "Where nothing parts the headings from the first row, both may be read as one."
        ),
    ),
    Rule(
        id="vocabulary.header-by-content",
        severity="warning",
        settled_by=("role", "seen"),
        title=N_("A column was understood by its contents"),
        message=N_("The heading {subject} is not known; its column was read by what it holds."),
        advice=N_("If it is right, add the heading to the vocabulary (headers.toml)."),
        explanation=N_(
            "A column of words before the figures is taken as the names, one of marks such as A "
            "or ◎ after them as the status, where no other column is that. A column of figures "
            "gets the one role that its table lacks, if its figures are the same quantity as those "
            "beside them and the legend, the printed rates or the years of the headings need that "
            "role there."
        ),
    ),
    Rule(
        id="layout.columns",
        severity="blocker",
        settled_by=("layout", "table"),
        title=N_("What the columns of a table are is not certain"),
        message=N_(
            "Of {tables} tables with the headings {subject}, it is not certain: {columns}. "
            "They would be released so: {rows} (layout {key})"
        ),
        advice=N_(
            "Compare these rows with the page. If they are right, confirm the layout: shihyo "
            "decide KEY --take layout; it is asked once and not every year. If not, give each "
            "column its role, and its year where it is not told: shihyo decide KEY --take "
            "'table:name target@2024 actual@2024 …'. Place rows under another goal or policy with: "
            "shihyo decide goal --take '1 TITLE' --page PAGE --box x0,top,x1,bottom"
        ),
        explanation=N_(
            "The role of a column needs two witnesses: its heading, and cells such as that role "
            "has. Where only one speaks, or they differ, it is asked once for all tables with the "
            "same headings."
        ),
    ),
    Rule(
        id="layout.not-understood",
        severity="blocker",
        settled_by=("table", "layout", "row", "seen"),
        title=N_("A table whose headings name indicators was not understood"),
        message=N_(
            "The headings of a table name indicators, but not what its figures are: {printed} "
            "(pages {pages})"
        ),
        advice=N_(
            "Say what its columns are: shihyo decide KEY --take 'table:…'; if it holds no "
            "indicators: --take none. Either holds for all such tables and for later editions."
        ),
        explanation=N_(
            "A table is one of indicators if its words say so: a name, and a target, a status, or "
            "a baseline with an actual. What only looks like one is never taken for one, and never "
            "left out unseen."
        ),
    ),
    Rule(
        id="layout.other-headings",
        severity="blocker",
        settled_by=("row", "seen"),
        title=N_("Other headings stand within a table"),
        message=N_("Within a table stand other headings than its own: {printed}"),
        advice=N_(
            "Compare the rows below them with the page: they were read under the headings above. "
            "Give what is missing as rows, or confirm that you have seen it."
        ),
        explanation=N_(
            "Headings in the middle of a table say that the columns mean something else from there "
            "on, or that another table begins."
        ),
    ),
    Rule(
        id="structure.goal-by-number",
        severity="warning",
        settled_by=("goal", "policy", "seen"),
        title=N_("A heading's number names another goal than the one above it"),
        message=N_("{subject}: numbered {printed}, but it stands under goal {expected}."),
        advice=N_("Look at the headings: one of them may be missing or misnumbered."),
        explanation=N_("The goal that the number names is taken; most headings agree with theirs."),
    ),
    Rule(
        id="structure.headings-begin-anew",
        severity="blocker",
        settled_by=("seen",),
        title=N_("The numbers of the headings begin anew"),
        message=N_(
            "{subject}: with the number {printed} the headings do not go on with those above; "
            "which of them are policies, and under which the rows below stand, is not certain."
        ),
        advice=N_(
            "Look at the headings and at the policies of the rows below. If they are right, "
            "confirm it; if not, add the words of those that are none to inner in the city's "
            "headings.toml, or place rows with: shihyo decide policy --take '1 TITLE' --page PAGE "
            "--box x0,top,x1,bottom"
        ),
        explanation=N_(
            "The policies of a goal are numbered one after another. Headings within a policy may "
            "be numbered in the same form; those that say what follows them (成果指標, 主な取組) "
            "are told apart by their words, others are a doubt."
        ),
    ),
    Rule(
        id="structure.goals-skipped",
        severity="blocker",
        settled_by=("goal", "seen"),
        title=N_("The numbers of the goals skip one"),
        message=N_(
            "{subject}: the document mentions a goal before number {printed} whose heading was not "
            "found; the rows above may belong to it."
        ),
        advice=N_(
            "Look for the heading of the missing goal in the document. If there is none, confirm "
            "it; if there is, place the rows below it with: shihyo decide goal --take '1 TITLE' "
            "--page PAGE --box x0,top,x1,bottom, and confirm it"
        ),
        explanation=N_(
            "The goals of a plan are numbered one after another. A heading that is a picture, or "
            "was read as the row of a table, leaves its indicators under the goal above it."
        ),
    ),
    Rule(
        id="structure.heading-damaged",
        severity="blocker",
        settled_by=("goal", "policy", "seen"),
        title=N_("A heading that only its neighbours tell"),
        message=N_(
            "{printed}: this line stands where the heading numbered {expected} is missing, and is "
            "set as the others, but does not read as they do; the rows below it are placed by it."
        ),
        advice=N_(
            "Compare the heading with the page. If it is the one that is missing, confirm it; if "
            "not, place the rows below it with: shihyo decide policy --take '1 TITLE' --page PAGE "
            "--box x0,top,x1,bottom, and confirm it"
        ),
        explanation=N_(
            "A damaged letter or digit of a heading would leave the rows below it under the "
            "heading above. It is told where the numbers of its siblings leave out the one that "
            "it bears, or where it begins as they do but for a character or two."
        ),
    ),
    Rule(
        id="structure.section-row",
        severity="info",
        title=N_("A row that is neither an indicator nor a known heading"),
        message=N_("A row of words was not taken as an indicator: {printed}"),
        advice=N_("If it is a heading of the plan, add its form to the profile."),
        explanation=N_("Titles inside tables are no indicators; headings of the plan are read."),
    ),
    Rule(
        id="structure.total-row",
        severity="info",
        title=N_("A row that adds up others"),
        message=N_("A row of totals was not taken as an indicator: {printed}"),
        advice=N_("Nothing to do."),
        explanation=N_("A total has no name of its own and is no indicator."),
    ),
    Rule(
        id="structure.example-row",
        severity="info",
        title=N_("A row that shows how to read the table"),
        message=N_("A row that is an example was not taken as an indicator: {printed}"),
        advice=N_("Nothing to do."),
        explanation=N_("○○ or △△ stands for a name in an example; no indicator bears it."),
    ),
    Rule(
        id="reading.form-fields",
        severity="info",
        title=N_("Text in form fields or notes"),
        message=N_(
            "Page {page}: text in form fields or notes on the page was read as part of it; "
            "the second reader does not see it."
        ),
        advice=N_("Compare the values in form fields with the paper."),
        explanation=N_(
            "What was typed into form fields or notes is part of the page but not of its text."
        ),
    ),
    Rule(
        id="reading.field-not-drawn",
        severity="blocker",
        title=N_("A field or note that the page does not show as it is"),
        message=N_(
            "Page {page}: a form field or typed note holds {printed}, and the page as drawn does "
            "not show it so; what is seen depends on the program that opens the file."
        ),
        advice=N_(
            "Open the file in a viewer that fills in forms, settle the value by what it shows, or "
            "print the file to a new PDF and read that."
        ),
        explanation=N_(
            "A field or note may have no appearance of its own, or one that is older than what it "
            "holds. Some viewers draw it anew and others leave it out."
        ),
    ),
    Rule(
        id="reading.dynamic-form",
        severity="blocker",
        title=N_("A form that a viewer lays out itself"),
        message=N_(
            "The file is a dynamic form (XFA): a viewer may show other values than those on its "
            "pages."
        ),
        advice=N_("Print the form to a new PDF from a viewer that supports it, and read that."),
        explanation=N_(
            "The pages of such a file are only a substitute; what is seen stands in data of its "
            "own. So every value is held back."
        ),
    ),
    Rule(
        id="year.outside-era",
        severity="info",
        title=N_("A year beyond its era"),
        message=N_(
            "The heading {printed} names a year that its era does not have; it is {expected} "
            "({year})."
        ),
        advice=N_("Nothing to do: the Western year is released."),
        explanation=N_("Plans made before 2019 count on in 平成; the year itself is certain."),
    ),
    Rule(
        id="year.baseline-undated",
        severity="info",
        settled_by=("year", "seen"),
        title=N_("Baselines without a year"),
        message=N_("The document prints no year for {count} baselines; they are released without."),
        advice=N_("If you know it, declare baseline_fiscal_year in the profile ([normalize])."),
        explanation=N_("A year is never invented; the time columns hold *** then."),
    ),
    Rule(
        id="year.other-than-column",
        severity="info",
        settled_by=("year", "seen"),
        title=N_("A value of another year than its column"),
        message=N_(
            "{subject}: in the column {column}, {printed} is of fiscal {year}; it is kept under "
            "that year."
        ),
        advice=N_("Nothing to do, if the figure of the column's year is not known yet."),
        explanation=N_("A year in brackets beside a number goes before the year of the heading."),
    ),
    Rule(
        id="reading.struck-out",
        severity="blocker",
        settled_by=("seen", "value", "not-indicator"),
        title=N_("Struck out text in a table"),
        message=N_("Page {page}: a line runs through a text in a table: {printed}"),
        advice=N_("Check whether the text or value still holds."),
        explanation=N_(
            "What is struck out does not hold any more, and nothing beside it says what does."
        ),
    ),
    Rule(
        id="reading.struck-out-replaced",
        severity="warning",
        title=N_("A struck out figure beside the one that holds"),
        message=N_(
            "Page {page}: {printed} is struck out; the figure beside it in the same cell was taken."
        ),
        advice=N_("Check that the figure that was not struck out is the one that holds."),
        explanation=N_("Corrections are printed as the old figure struck out beside the new one."),
    ),
    Rule(
        id="reading.mark-beside-figure",
        severity="blocker",
        settled_by=("value", "seen"),
        title=N_("A drawn mark beside a figure"),
        message=N_(
            "Page {page}: a drawn mark that is no character stands beside the figure {printed}; it "
            "may be a sign."
        ),
        advice=N_("Look at the page: the mark may be a minus sign or a decimal point."),
        explanation=N_(
            "Signs drawn as strokes or shapes look like characters but cannot be read as such."
        ),
    ),
    Rule(
        id="reading.drawn-in-cell",
        severity="blocker",
        settled_by=("value", "seen"),
        title=N_("A drawing or picture in the place of text"),
        message=N_(
            "Page {page}: a cell of the table holds a drawing or a picture where characters belong "
            "(text beside it: {printed})."
        ),
        advice=N_("Look at the page: a word, mark or number may be drawn there."),
        explanation=N_(
            "Letters that are drawn as outlines or pictures look like text but cannot be read as "
            "such; a cell that holds nothing else would be released as empty."
        ),
    ),
    Rule(
        id="reading.figures-of-two-sizes",
        severity="blocker",
        settled_by=("value", "seen"),
        title=N_("A figure set in two sizes"),
        message=N_("Page {page}: digits of two sizes stand on one line as one figure: {printed}"),
        advice=N_("Look at the page: the small digits may be the number of a note."),
        explanation=N_(
            "A small digit behind a figure may be the number of a note or a decimal of the figure."
        ),
    ),
    Rule(
        id="reading.overprinted",
        severity="blocker",
        settled_by=("value", "seen"),
        title=N_("Characters printed one over another"),
        message=N_(
            "Page {page}: a digit and another character are printed at the same place: {printed}"
        ),
        advice=N_(
            "Look at the page and decide which of them holds: shihyo decide KEY --take VALUE"
        ),
        explanation=N_(
            "A correction printed over the old figure, or a sign that strikes it out, leaves both "
            "in the file; read in a row they are a third figure."
        ),
    ),
    Rule(
        id="reading.partly-hidden",
        severity="blocker",
        settled_by=("value", "seen"),
        title=N_("A figure of which a part is hidden"),
        message=N_(
            "Page {page}: digits or signs that cannot be seen go on with the figure {printed}."
        ),
        advice=N_("Look at the page: what is seen may be only a part of the figure."),
        explanation=N_(
            "A part of a figure is covered, cut off or white; what is left is another figure, "
            "and may be meant or not."
        ),
    ),
    Rule(
        id="reading.side-not-drawn",
        severity="blocker",
        settled_by=("value", "seen", "split"),
        title=N_("Texts of several cells without a rule between them"),
        message=N_(
            "Page {page}: {printed} stands in one cell, but a text in each of the columns or rows "
            "over which it goes. A rule may be missing between them."
        ),
        advice=N_("Look at the page and decide: shihyo decide KEY --take VALUE, or seen"),
        explanation=N_(
            "A merged cell holds one text. Where a figure and another text stand on the two sides "
            "of a line that parts the other rows, they may be two cells, and so may two names in "
            "two rows."
        ),
    ),
    Rule(
        id="identity.unit",
        severity="warning",
        settled_by=("unit", "seen"),
        title=N_("An indicator in another unit than registered"),
        message=N_("{subject} ({id}) is printed in {unit}; registered is {registered}."),
        advice=N_(
            "Check the unit column of the document; if the unit was changed, accept it with: "
            "shihyo registry accept ID"
        ),
        explanation=N_(
            "The unit printed is compared with the one in the registry, also where no earlier "
            "edition is at hand. The unit is released as printed."
        ),
    ),
    Rule(
        id="legend.unconfirmed",
        severity="warning",
        settled_by=("legend", "seen"),
        title=N_("The printed statuses do not confirm the legend"),
        message=N_(
            "The legend was read, but the printed statuses do not confirm it, so {count} statuses "
            "were not recomputed. Indicators whose direction is not known: {unknown}."
        ),
        advice=N_(
            "Declare the direction of the indicators in indicators.csv (shihyo init proposes them)."
        ),
        explanation=N_(
            "Whether a value reaches its target depends on whether higher or lower is better. "
            "Where that is not known, or figures are lacking, a status is not recomputed."
        ),
    ),
    Rule(
        id="plausibility.transposed",
        severity="warning",
        settled_by=("seen", "value"),
        title=N_("Two digits may have changed places"),
        message=N_(
            "{subject}: {printed} differs from {expected} of the same row only by two "
            "neighbouring digits that changed places."
        ),
        advice=N_("Ask the department in charge which of the two is right."),
        explanation=N_(
            "Told only where the two figures ought to be equal: all others of the row are one "
            "number, or the next target would ask for less than this year's. Figures of one or "
            "two digits are left alone."
        ),
    ),
    Rule(
        id="decision.gone",
        severity="blocker",
        settled_by=(),
        title=N_("A decision whose place is gone"),
        message=N_(
            "corrections/{edition}.toml, line {line}: what it was decided for ({expected}) no "
            "longer stands there; {value} was not taken over."
        ),
        advice=N_("Decide anew, or take the decision back: shihyo decide --undo KEY"),
        explanation=N_("A decision is carried out only where it was made, never somewhere else."),
    ),
    Rule(
        id="decision.unfit",
        severity="blocker",
        settled_by=(),
        title=N_("A decision that does not fit what stands there"),
        message=N_(
            "corrections/{edition}.toml, line {line}: {value} does not fit the cells or columns "
            "that stand there, and was not taken over."
        ),
        advice=N_("Decide anew, or take the decision back: shihyo decide --undo KEY"),
        explanation=N_(
            "Given rows need a text for each cell, parted by |, and a table a role for each column."
        ),
    ),
    Rule(
        id="decision.expectation",
        severity="blocker",
        settled_by=(),
        title=N_("The paper no longer says what a decision was made for"),
        message=N_(
            "corrections/{edition}.toml, line {line} was made for {expected}, but {printed} is "
            "printed now; {value} was not taken over."
        ),
        advice=N_("Decide anew, or take the decision back: shihyo decide --undo KEY"),
        explanation=N_(
            "A decision keeps what was printed when it was made; a corrected document is read anew."
        ),
    ),
    Rule(
        id="decision.unused",
        severity="warning",
        settled_by=(),
        title=N_("A decision that settles nothing"),
        message=N_(
            "corrections/{edition}.toml, line {line}: there is nothing that it settles ({subject})."
        ),
        advice=N_("Take the decision back: shihyo decide --undo KEY"),
        explanation=N_("The finding is gone, or such a decision cannot settle it."),
    ),
)

BY_ID = {rule.id: rule for rule in RULES}


def rule_of(identifier: str) -> Rule:
    """The rule of an id; one that is not in the catalogue still gets its finding shown."""
    return BY_ID.get(identifier) or Rule(
        id=identifier,
        severity="warning",
        title=N_("A remark without an entry in the catalogue"),
        message=N_("{subject}: {printed}"),
        advice=N_("Look at the place named; please report the missing entry."),
    )


def message(found: Finding, language: Language) -> str:
    """The text of a finding.  Parts of a parameter (by tab) that are message ids are translated."""
    parameters = {
        name: " ".join(translate(part, language) for part in text.split("\t"))
        for name, text in found.parameters.items()
    }
    fixed = {
        "subject": found.subject,
        "printed": _one_line(found.printed),
        "expected": _one_line(found.expected),
        "page": "" if found.page is None else str(found.page),
    }
    return translate(rule_of(found.rule).message, language, **{**parameters, **fixed})


def _one_line(text: str | None) -> str:
    return " ".join(join_lines(text or "").split())
