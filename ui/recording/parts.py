"""The Recording page's parts: seen and written down, how long it takes, who can mend what."""

from collections.abc import Sequence

from markupsafe import Markup

from charts.svg import two_lines
from charts.tables import folded, link, table
from data_access.database import read
from data_access.schema import PLAN_KINDS
from exports.csv_text import csv_file
from loading.checks.checklist import who_mends
from loading.checks.checks import issue_counts
from metrics.catalogue import paired_with
from metrics.figures import Figures
from metrics.lists.recording_lists import RECORDED
from metrics.lists.unvisited import is_doubtful, no_visit_key
from metrics.model import Measure, Metric, Scope, Tally, View
from metrics.result import Result
from metrics.sentence import (
    count,
    coverage_sentences,
    pair_share,
    pair_words,
    reading_sentences,
    spread_sentences,
    why_no_value,
)
from metrics.spc.month_charts import MONTHS_JUDGED
from ui.address import Address, unit_address_parts
from ui.frame import unit_picker
from ui.session import Page

SEEN = paired_with(RECORDED)
SHORT_FORMS = {"cin", "cp", "cla", "fte"}
HALF, NINE_IN_TEN = RECORDED.beside.quantiles


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
        unit_picker("recording", address, figures),
        " ".join(line for line in under if line),
        unvisited_warnings(address, figures),
    )


def _lower(words: str) -> str:
    return f"{words[0].lower()}{words[1:]}"


def unvisited_warnings(address: Address, figures: Figures) -> Markup:
    """A warning for each kind of plan of which so many were never visited that it can't be so."""
    tallies = {
        kind: figures.tallies.get(_place(no_visit_key(kind), address, Scope()), Tally())
        for kind in PLAN_KINDS
    }
    sentences = [
        f"{count(tally.numerator)} of {count(tally.denominator)} children on a {kind} plan have no"
        " visit since it began. So many at once is more often an extract that leaves visits out"
        " than practice: check the extract before these figures are used."
        for kind, tally in tallies.items()
        if is_doubtful(tally, figures.settings.no_visit_share)
    ]
    return Markup("").join(
        Markup('<p class="cs-doubt" role="note">{}</p>').format(line) for line in sentences
    )


def _place(companion: str, address: Address, scope: Scope) -> tuple:
    return f"{SEEN.key}.{companion}", scope.unit_id, address.view.period


def units_table(address: Address, figures: Figures) -> Markup:
    """Each unit's two figures, how long recording takes, its months; the service last."""
    high = max(
        (
            quantile.value
            for unit_id in figures.units_open(address.view.period)
            for result in _months(address, figures, unit_id)
            if (quantile := result.quantiles.get(NINE_IN_TEN.key))
        ),
        default=0,
    )
    rows = [
        _unit_row(address, figures, unit_id, high)
        for unit_id in figures.units_open(address.view.period)
        if _result(address, figures, SEEN, unit_id).tally is not None
        or _result(address, figures, RECORDED, unit_id).tally is not None
    ]
    headings = (
        "Unit", "Seen in time", "of visits due", "Recorded in time", "of visits with a date",
        "Date known", HALF.name, NINE_IN_TEN.name, "By month", "No visit at all",
    )  # fmt: skip
    caption = (
        f"Working days within which half (line) and nine in ten (dashed) of the visits were"
        f" recorded: each drawing covers {MONTHS_JUDGED} months at most, from 0 to {count(high)}."
    )
    return table(headings, rows, caption)


def _unit_row(
    address: Address, figures: Figures, unit_id: str | None, high: float
) -> tuple[object, ...]:
    seen, recorded = (_result(address, figures, metric, unit_id) for metric in (SEEN, RECORDED))
    line = _months(address, figures, unit_id)
    address_parts = unit_address_parts(unit_id)
    name = seen.unit_name
    is_chosen = unit_id == address.view.scope.unit_id
    unvisited = figures.tallies.get(_place("no_visit", address, Scope(unit_id)))
    return (
        link(address.link("recording", **address_parts), Markup("<b>{}</b>").format(name))
        if is_chosen
        else link(address.link("recording", **address_parts), name),
        *_share(address, seen),
        *_share(address, recorded),
        _date_known(recorded),
        *(_days(recorded, quantile.key) for quantile in (HALF, NINE_IN_TEN)),
        two_lines(_values(line, HALF.key), _values(line, NINE_IN_TEN.key), high, ""),
        _never(address, unvisited, address_parts),
    )


def _result(address: Address, figures: Figures, metric: Metric, unit_id: str | None) -> Result:
    return figures.result(metric, View(address.view.period, Scope(unit_id)))


def _months(address: Address, figures: Figures, unit_id: str | None) -> list[Result]:
    return figures.trend(RECORDED, Scope(unit_id), address.view.period)


def _values(line: Sequence[Result], key: str) -> list[float | None]:
    return [quantile.value if (quantile := result.quantiles.get(key)) else None for result in line]


def _share(address: Address, result: Result) -> tuple[object, object]:
    """The figure as the pair calls it, leading to its rows, and its n; or why there is none."""
    if result.value is None or result.tally is None:
        return "–", why_no_value(result) if result.tally is None else "0"
    address_parts = unit_address_parts(result.view.scope.unit_id)
    where = address.link("metric", metric=result.metric.key, **address_parts)
    return link(where, pair_share(result)), count(result.tally.denominator)


def _date_known(recorded: Result) -> str:
    (coverage_of_dates,) = RECORDED.beside.coverage
    known = recorded.companions.get(coverage_of_dates.key, Tally())
    return Measure.PERCENT.written(Measure.PERCENT.figure(known))


def _days(result: Result, key: str) -> object:
    quantile = result.quantiles.get(key)
    return count(quantile.value) if quantile else None


def _never(address: Address, tally: Tally | None, address_parts: dict[str, str]) -> object:
    if tally is None or not tally.denominator:
        return None
    shown = f"{count(tally.numerator)} of {count(tally.denominator)}"
    return link(address.link("recording", list="no_visit", **address_parts) + "#rows", shown)


def lag_table(address: Address, figures: Figures) -> Markup:
    """The twin of the drawings: each unit's working days by month, the latest first."""
    return folded("The working days as a table", table(LAG_HEADINGS, _lag_rows(address, figures)))


LAG_HEADINGS = ("Month", "Unit", HALF.name, NINE_IN_TEN.name, "Visits with a recording date")


def lag_csv(address: Address, figures: Figures) -> str:
    return csv_file(LAG_HEADINGS, _lag_rows(address, figures))


def _lag_rows(address: Address, figures: Figures) -> list[tuple]:
    return [
        (
            str(result.view.period),
            result.unit_name,
            result.quantiles[HALF.key].value,
            result.quantiles[NINE_IN_TEN.key].value,
            result.quantiles[HALF.key].n,
        )
        for unit_id in figures.units_open(address.view.period)
        for result in reversed(_months(address, figures, unit_id))
        if result.quantiles and not result.not_open
    ]


def issues_table(page: Page) -> Markup:
    """What the checks found, grouped by who can mend it: counts, which name nobody."""
    issue_rows = page.cached_as(issues_table, lambda: read(page.engine, issue_counts()))
    if not issue_rows:
        return Markup("<h2>Data issues</h2><p>None is written down: 'check' looks for them.</p>")
    rows = sorted(
        (
            who_mends(row.rule),
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
