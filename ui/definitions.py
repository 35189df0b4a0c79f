"""The Definitions page's parts: metrics' declarations, standards, sources, limits."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from charts.marks import alphabet
from charts.tables import link, table
from charts.words import words
from data_access.due.recording_standards import newest_first
from data_access.due.standards import first_review_in_care
from data_access.settings import Interval, Settings
from metrics.catalogue import CATALOGUE
from metrics.council.words import worded
from metrics.figures import Figures
from metrics.model import Metric, View
from metrics.sentence import direction, written_date
from metrics.sources.available import given_by
from metrics.spc.limits import Options
from metrics.stored.history import in_these_data
from metrics.targets import Aim, aim_of, is_of_the_service_alone
from metrics.worth.worth_saying import worth_saying_words
from metrics.writing import several, working_days_words
from ui.address import Address
from ui.listing.intervals import every_words

PHASES = {
    "always": "always",
    "first": "first visit in a placement",
    "until_review": "from a visit until the first review",
    "first_year": "first year of the placement",
    "later": "after the first year",
    "long_term": "later, meant to last to 18",
}
REVIEWS = {
    "first": "the first, after the plan began",
    "second": "the second, after the first was held",
    "later": "each later one, after the one before was held",
}
PARTS = {
    "standards": "Standards in force",
    "sources": "Sources",
    "available": "What each source can give",
    "signs": "Signs",
    "limits": "What a figure can’t tell",
}
TABLE_HEADINGS = ("Table", "Rows read", "Written", "Left out")
BEFORE_HEADINGS = ("Read the load before", "Written then", "Left out then")
LIMITS = (
    "Units hold tens of children: most change from month to month is chance. No figure is ranked.",
    f"A line is judged once it has {Options().fewest_points} months with a value. Of a hundred"
    " months in which nothing changes, one to three are marked by chance.",
    "Under each chart stands what its limits rest on. Analysts know those from the usual change"
    " between one month and the next, or from each month’s size, as an XmR chart; exact limits for"
    " each month’s own number as a p-chart, for a count as a c-chart (Poisson); days from one to"
    " the next as a g-chart.",
    "A load takes the place of all that was loaded before; with --add, what other sources brought"
    " stays. Figures of past months follow corrections in the sources; published months stay.",
    "Lists show what is recorded. A visit that nobody entered looks like a visit not made.",
)


def contents() -> Markup:
    """The metrics by name, each a link down this page."""
    places = {**{metric.key: metric.name for metric in CATALOGUE.values()}, **PARTS}
    links = Markup(" · ").join(link(f"#{place}", name) for place, name in places.items())
    title = '<div class="cs-title"><h1>What each figure counts</h1></div><p>{}</p>'
    return Markup(title).format(links)


def metric_declarations(address: Address, figures: Figures) -> Markup:
    """Every declaration, whole, in the meeting's order."""
    return Markup("").join(_metric(address, figures, metric) for metric in CATALOGUE.values())


def _metric(address: Address, figures: Figures, metric: Metric) -> Markup:
    return Markup('<section id="{}"><h2>{}. {}</h2>{}</section>').format(
        metric.key, metric.number, metric.name, _declaration(address, figures, metric)
    )


def what_it_counts(address: Address, figures: Figures) -> Markup:
    """The declaration of the metric that the address names, for beside its figure."""
    return _declaration(address, figures, address.metric)


def _declaration(address: Address, figures: Figures, metric: Metric) -> Markup:
    aim = aim_of(figures, metric, View(address.view.period))
    facts = {
        "Question": metric.question,
        "Counted": metric.words.numerator,
        "Out of": metric.words.denominator,
        "One row is": metric.words.one_row_is,
        "A month’s figure is of": metric.kind.value,
        **({"No rate below": str(metric.fewest)} if metric.fewest else {}),
        "Direction": direction(metric),
        "Target": _target_words(metric, aim),
        **({"How the target is made": aim.note} if aim.note else {}),
        "Worth saying": worth_saying_words(figures.settings.worth_saying, metric),
        "Told beside it": "; ".join(companion.name for companion in metric.beside.companions)
        or "nothing",
        "Reads": ", ".join(name.replace("_", " ") for name in metric.tables),
        "Source": worded(metric.source, figures.settings, figures.load.as_at),
        "In these data": in_these_data(figures.load, metric),
        "Sources that can give it": given_by(metric),
    }
    rules = Markup("").join(
        Markup("<li>{}</li>").format(worded(rule, figures.settings, figures.load.as_at))
        for rule in metric.edge_cases
    )
    return Markup('<dl>{}</dl><ul class="cs-rules">{}</ul>').format(_pairs(facts), rules)


def _target_words(metric: Metric, aim: Aim) -> str:
    if aim.value is None:
        return "none"
    whose = ", of the whole service" if is_of_the_service_alone(metric) else ""
    return f"{metric.measure.written(aim.value)}{whose}"


def _pairs(facts: dict[str, str]) -> Markup:
    return Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, value) for name, value in facts.items()
    )


def standards(figures: Figures) -> Markup:
    """How often a child is to be seen unless agreed otherwise, by this authority and by law."""
    settings = figures.settings
    rows = [
        (
            whose,
            interval.kind,
            _when_words(interval, settings),
            every_words(interval.every, interval.period),
            interval.applies_from,
            interval.source,
        )
        for whose, intervals in (
            ("authority", settings.visit_standards),
            ("law", settings.visit_laws),
        )
        for interval in intervals
    ]
    headings = ("Whose", "Plan", "When", "To be seen", "Applies from", "Source")
    return Markup(
        '<section id="standards"><h2>Standards in force</h2>{}<p>Figures count visits against the'
        " child’s own interval where one is agreed, else against the authority’s standard.</p>{}{}"
        "</section>"
    ).format(table(headings, rows), _recording_standards(settings), _review_standards(settings))


def _review_standards(settings: Settings) -> Markup:
    """By when each plan is to be reviewed; the first of a looked-after child is a setting apart."""
    first_in_care = first_review_in_care(settings)
    rows = [
        (
            one.kind,
            REVIEWS[one.phase],
            several(one.every, one.period.replace("_", " ").removesuffix("s")),
            "–" if one is first_in_care else one.applies_from,
            one.source,
        )
        for one in (*settings.review_standards, first_in_care)
    ]
    headings = ("Plan", "Review", "Within", "Applies from", "Source")
    return table(headings, rows)


def _recording_standards(settings: Settings) -> Markup:
    """Every one, the newest first: a visit is judged by the one in force on its day."""
    rows = [
        (
            f"within {working_days_words(standard.working_days)}",
            standard.applies_from,
            standard.source,
        )
        for standard in newest_first(settings)
    ]
    headings = ("A visit is to be recorded", "Visits made from", "Source")
    return table(headings, rows)


def _when_words(interval: Interval, settings: Settings) -> str:
    """The phase, and for which placements where the law has a rule of their own."""
    names = {limb.limb: limb.name for limb in settings.visit_limbs}
    if interval.limb not in names:
        return PHASES[interval.phase]
    phase = "at other times" if interval.phase == "always" else PHASES[interval.phase]
    return f"{names[interval.limb]}: {phase}"


def sources(figures: Figures) -> Markup:
    """What was loaded and when, table by table, and what no source supports."""
    load = figures.load
    facts = {
        "Loaded from": ", ".join(load.sources) or "not said",
        "Loaded on": written_date(load.taken_at.date()) if load.taken_at else "not said",
        "Data up to": written_date(load.as_at),
        "Invented": "yes: a demonstration council; no child, worker or figure is real"
        if load.invented
        else "no",
    }
    missing = Markup("").join(
        Markup("<li>{}: {}</li>").format(CATALOGUE[key].name, why)
        for key, why in load.not_in_source.items()
        if key in CATALOGUE
    )
    return Markup(
        '<section id="sources"><h2>Sources</h2><dl>{}</dl>{}<h3>Not in this source</h3>'
        "<ul>{}</ul></section>"
    ).format(
        _pairs(facts),
        _tables(figures),
        missing or Markup("<li>Nothing that the metrics need.</li>"),
    )


def _tables(figures: Figures) -> Markup:
    load = figures.load
    headings = TABLE_HEADINGS + (BEFORE_HEADINGS if load.tables_before else ())
    rows = [
        (name.replace("_", " "), *_counted(counts), *_counted(load.tables_before.get(name)))
        for name, counts in sorted(load.tables.items())
    ]
    return table(headings, [row[: len(headings)] for row in rows]) if rows else Markup("")


def _counted(counts: Mapping[str, Any] | None) -> tuple[int | None, int | None, str | None]:
    if counts is None:
        return (None, None, None)
    reasons = counts.get("left_out", {})
    left_out = "; ".join(f"{words(n)} {why.replace('_', ' ')}" for why, n in reasons.items())
    return (counts.get("read"), counts.get("written"), left_out or "none")


def signs() -> Markup:
    """The alphabet: each sign as it is drawn on every screen, with the one thing that it says."""
    return Markup('<section id="signs"><h2>Signs</h2>{}</section>').format(
        table(("Sign", "It says"), alphabet())
    )


def limits() -> Markup:
    items = Markup("").join(Markup("<li>{}</li>").format(limit) for limit in LIMITS)
    return Markup(
        '<section id="limits"><h2>What a figure can’t tell</h2>'
        '<ul class="cs-rules">{}</ul></section>'
    ).format(items)
