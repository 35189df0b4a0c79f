"""The Recording page's parts: its title with warnings, and who can mend what."""

from collections.abc import Sequence

from markupsafe import Markup

from charts.tables import table
from data_access.database import read
from data_access.schema import PLAN_KINDS
from data_access.words.agreeing import agreeing
from loading.checks.checklist import who_mends
from loading.checks.checks import issue_counts
from metrics.figures import Figures
from metrics.lists.recording_lists import RECORDED
from metrics.lists.unvisited import is_doubtful, no_visit_key
from metrics.model import Scope
from metrics.sentence import (
    count,
    coverage_sentences,
    pair_words,
    reading_sentences,
    spread_sentences,
)
from metrics.writing import several
from ui.address import Address
from ui.frame import unit_picker
from ui.recording.units import SEEN, no_visit_tally
from ui.session import Page

SHORT_FORMS = {"cin", "cp", "cla", "fte"}


def recording_title(address: Address, figures: Figures) -> Markup:
    """The two figures that are never told apart; under them how long recording takes."""
    seen, recorded = (figures.result(metric, address.view) for metric in (SEEN, RECORDED))
    under = [
        *spread_sentences(recorded),
        *coverage_sentences(recorded),
        recorded.expected,
        seen.expected,
    ]
    return Markup(
        '<div class="cs-title"><h1>{}: {}</h1><nav aria-label="This page">{}</nav></div>'
        '<p class="cs-under">{}</p>{}'
    ).format(
        seen.unit_name,
        _lower(pair_words(seen) or reading_sentences(seen)[0]),
        unit_picker("recording", address, figures.units_open(address.view.period)),
        " ".join(line for line in under if line),
        unvisited_warnings(address, figures),
    )


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def unvisited_warnings(address: Address, figures: Figures) -> Markup:
    """A warning for each kind of plan of which so many were never visited that it can't be so."""
    tallies = {
        kind: no_visit_tally(no_visit_key(kind), address, figures, Scope()) for kind in PLAN_KINDS
    }
    sentences = [
        f"{count(tally.numerator)} of {several(tally.denominator, 'child', 'children')} on a"
        f" {kind} plan"
        f" {agreeing(tally.numerator, 'has', 'have')} no"
        " visit since it began. So many at once is more often an extract that leaves visits out"
        " than practice: check the extract before these figures are used."
        for kind, tally in tallies.items()
        if is_doubtful(tally, figures.settings.no_visit_share)
    ]
    return Markup("").join(
        Markup('<p class="cs-doubt" role="note">{}</p>').format(line) for line in sentences
    )


def issues_table(page: Page) -> Markup:
    """What the checks found, grouped by who can mend it: counts, which name nobody."""
    issue_rows = page.cached_as(issues_table, lambda: read(page.engine, issue_counts()))
    if not issue_rows:
        return Markup("<h2>Data issues</h2><p>None is written down: 'check' looks for them.</p>")
    rows = sorted(
        (
            who_mends(row.rule, row.table_name),
            _rule_words(row.rule),
            row.table_name.replace("_", " "),
            row.severity,
            row.issues,
        )
        for row in issue_rows
    )
    headings = ("Can be mended by", "What", "In", "How bad", "Rows")
    return Markup("<h2>Data issues, by who can mend them</h2>{}<p class='cs-note'>{}</p>").format(
        table(headings, _mender_once(rows)),
        "Of the whole service, as found when the data were loaded; 'check' on the command line"
        " names the rows.",
    )


def _rule_words(rule: str) -> str:
    """As in "open CIN without visit"."""
    return " ".join(word.upper() if word in SHORT_FORMS else word for word in rule.split("_"))


def _mender_once(rows: Sequence[tuple]) -> list[tuple]:
    """The rows with who can mend them only where it changes."""
    return [
        ("" if place and rows[place - 1][0] == row[0] else row[0], *row[1:])
        for place, row in enumerate(rows)
    ]
