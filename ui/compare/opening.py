"""What Compare opens with: the rule, the report's own comparison counted again, and all asked."""

from collections.abc import Sequence

from markupsafe import Markup

from charts.tables import link, table
from meeting.comparing import Comparison
from metrics.compare.report_example import REPORT, Recount, example_sentences, recounted
from metrics.model import round_half_up, with_minus
from metrics.writing import written_date
from ui.session import Page

SOURCE = "Family Insights evaluation, Department for Education, 2017"
RULE = (
    "Whoever entered later had less time. So two groups are compared after the same time from"
    " entry, or not at all; it is said how many that rests on, and what so few could have shown."
)


def compare_title() -> Markup:
    return Markup(
        '<div class="cs-title"><h1>Two groups of cases, set beside each other after the same time'
        "</h1></div><p>{}</p>"
    ).format(RULE)


def example() -> Markup:
    """The evaluation's three contrasts, and what the same rate with half the time would give."""
    counted = [recounted(one) for one in REPORT]
    *_, open_question = example_sentences()
    headings = (
        "Its cases that were",
        "Model",
        "Before",
        "Difference, points",
        "95% interval",
        "If followed for as long",
        "By half the follow-up alone",
    )
    return Markup("<h2>An example: the evaluation’s own comparison</h2>{}<p>{}</p>{}").format(
        table(headings, map(_row, counted)),
        open_question,
        Markup(
            '<p class="cs-note cs-quiet">{}: 243 cases beside 300 before. It gives percentages;'
            " in brackets are the counts that round to them.</p>"
        ).format(SOURCE),
    )


def _row(one: Recount) -> tuple[object, ...]:
    of = one.reported
    return (
        of.what,
        f"{of.percent}% of {of.of} ({_run(one.counts)})",
        f"{of.percent_before}% of {of.of_before} ({_run(one.counts_before)})",
        f"{_points(one.least)} to {_points(one.most)}",
        f"{_points(one.low)} to {_points(one.high)}",
        "hardly by chance" if one.is_told_apart else "may be chance",
        f"{of.percent_before}% becomes {round_half_up(one.of_one_rate, 1)}%",
    )


def _run(counts: Sequence[int]) -> str:
    return f"{counts[0]}–{counts[-1]}" if len(counts) > 1 else str(counts[0])


def _points(number: float) -> str:
    return with_minus(f"{round_half_up(number, 1):+}")


def all_asked(page: Page, told: Sequence[Comparison]) -> Markup:
    """Every comparison that is told to the viewer, the latest first."""
    if not told:
        return Markup('<h2>Comparisons</h2><p class="cs-quiet">None has been asked yet.</p>')
    rows = [
        (
            link(page.address.link("compare", comparison=one.code, **page.address.unit), one.name),
            one.question,
            one.asked_by,
            written_date(one.asked_at),
            f"as at {written_date(one.as_at)}" if one.as_at else "not published",
        )
        for one in told
    ]
    headings = ("Comparison", "Question", "Asked by", "On", "Published")
    return Markup("<h2>Comparisons <small>{}</small></h2>{}").format(
        len(rows), table(headings, rows)
    )
