"""A figure over the periods up to this one, and every unit's on one scale."""

from collections.abc import Callable
from itertools import dropwhile

from markupsafe import Markup

from charts.beside import bars, ends_of, line
from charts.tables import folded, table
from metrics.explore.cutting import Asked, summed_by_month
from metrics.explore.figures_over import months_counted, tally_over
from metrics.explore.spans import Over, Span, spans_up_to
from metrics.model import Period, Scope, Tally
from metrics.sentence import count
from metrics.writing import several
from ui.explore.question import Question
from ui.explore.words import framed, narrowed_words

UNITS_AT_MOST, PERIODS_AT_ONCE, UNITS_IN_TABLE = 60, 13, 12
TallyOver = Callable[[Scope, Span], Tally | None]


def spans(question: Question) -> list[Span]:
    return spans_up_to(question.span, question.page.figures.months)


def tallies(question: Question) -> TallyOver:
    """A unit's tally over a span: stored where nothing is narrowed, else summed of the rows."""
    page, metric = question.page, question.metric
    if not question.narrowed:
        return lambda scope, span: tally_over(page.figures, metric, scope, span)
    summed = _summed(question)

    def of_rows(scope: Scope, span: Span) -> Tally | None:
        if not question.sees_some(scope):
            return None
        months = months_counted(page.live, metric, scope, span)
        found = [
            tally
            for (unit_id, month), tally in summed.items()
            if month in months and (scope.is_service or unit_id == scope.unit_id)
        ]
        return sum(found, Tally()) if found else None

    return of_rows


def _summed(question: Question) -> dict[tuple[str | None, Period], Tally]:
    """By unit and month, of the rows that are open to the viewer."""
    page = question.page
    months = {month for span in spans(question) for month in span.months}
    known = tuple(sorted(months & {*page.live.months}))
    if not known or not page.viewer.units:
        return {}
    asked = Asked(question.metric, known, Scope(), question.narrowed)
    rows = question.sums(asked, lambda rows: summed_by_month(rows, asked))
    return {
        (row.unit_id, Period.of(row.month)): Tally(row.numerator, row.denominator) for row in rows
    }


def periods_section(question: Question, tally_of: TallyOver) -> Markup:
    """One row a period, the latest first, with a bar: the chart is its own table."""
    rows = _period_rows(question, tally_of)
    headings = ("Period", "Value", "On one scale", "Counted", "Out of", "Remark")
    shown = table(headings, rows[:PERIODS_AT_ONCE])
    rest = rows[PERIODS_AT_ONCE:]
    earlier = folded("Earlier periods", table(headings, rest)) if rest else Markup("")
    whose = f"{question.name_told}{narrowed_words(question)}, by {question.span.over.words}"
    return Markup("<h2>{}</h2>{}").format(whose, framed(shown + earlier, whose))


def _period_rows(question: Question, tally_of: TallyOver) -> list[tuple[object, ...]]:
    measure = question.metric.measure
    known = [(span, tally_of(question.scope, span)) for span in spans(question)]
    told = list(dropwhile(lambda one: one[1] is None, known))[::-1]
    values = {span: question.metric.figure(tally) for span, tally in told}
    ends = ends_of(values.values())
    return [
        (
            str(span),
            measure.written(values[span]),
            bars(values[span], None, ends, False),
            count(tally.numerator) if tally else None,
            count(tally.denominator) if tally else None,
            standing(question, span),
        )
        for span, tally in told
    ]


def standing(question: Question, span: Span, scope: Scope | None = None) -> str:
    """What of a period is not there: months before the data, or those that are still to come."""
    figures, adds_up = question.page.figures, question.metric.adds_up_over_months
    missing = [month for month in span.months if month not in figures.months]
    notes = ["so far"] if question.is_so_far(span, scope) else []
    if missing and adds_up and len(missing) < len(span.months):
        notes.append(f"{len(span.months) - len(missing)} of {len(span.months)} months in the data")
    if span.over is Over.MONTH and span.last in figures.stamps and not question.narrowed:
        notes.append("published")
    return "; ".join(notes)


def units_section(question: Question, tally_of: TallyOver) -> Markup:
    """Every unit's run of periods, one picture each, all on one scale."""
    shown = spans(question)
    runs = unit_runs(question, tally_of)
    ends = ends_of(value for _, values in runs.values() for value in values)
    written = question.metric.measure.written
    drawn = Markup("").join(
        _unit_drawn(question, unit_id, name, values, ends)
        for unit_id, (name, values) in [*runs.items()][:UNITS_AT_MOST]
    )
    scale = (
        f"{shown[0]} to {shown[-1]}; every picture from {written(ends[0])} to {written(ends[1])}."
    )
    left_out = len(runs) - UNITS_AT_MOST
    scale += " A hollow point is so far." if question.is_so_far(shown[-1], Scope()) else ""
    scale += (
        f" {several(left_out, 'unit more is', 'units more are')} in the file."
        if left_out > 0
        else ""
    )
    return Markup(
        '<h2>Every unit{}</h2><p class="cs-note cs-quiet">{}</p>'
        '<div class="cs-multiples">{}</div>{}'
    ).format(narrowed_words(question), scale, drawn, _units_table(question, runs))


def names_told(question: Question) -> dict[str | None, str]:
    """Every unit's name; where sums are of rows, what of it is open to the viewer."""
    units = question.page.figures.units
    if not question.narrowed:
        return {**units}
    return {unit_id: question.name_of_rows(Scope(unit_id)) for unit_id in units}


def unit_runs(
    question: Question, tally_of: TallyOver
) -> dict[str | None, tuple[str, list[float | None]]]:
    """Name and values by unit, in their own order, of those that have any value."""
    figure, periods = question.metric.figure, spans(question)
    runs: dict[str | None, tuple[str, list[float | None]]] = {}
    for unit_id, name in names_told(question).items():
        found = [tally_of(Scope(unit_id), span) for span in periods]
        values = [figure(tally) for tally in found]
        if any(value is not None for value in values):
            runs[unit_id] = name, values
    return runs


def _unit_drawn(
    question: Question,
    unit_id: str | None,
    name: str,
    values: list[float | None],
    ends: tuple[float, float],
) -> Markup:
    written = question.metric.measure.written
    known = [value for value in values if value is not None]
    ends_words = f"between {written(min(known))} and {written(max(known))}"
    so_far = question.is_so_far(question.span, Scope(unit_id))
    says = f"{name}: {written(values[-1])} at last{' so far' * so_far}, {ends_words}"
    where = question.link_to_unit(unit_id)
    return Markup('<a href="{}" target="_self"{}><b>{}</b> <span>{}</span>{}</a>').format(
        where,
        Markup(' aria-current="true"') if unit_id == question.scope.unit_id else "",
        name,
        written(values[-1]),
        line(values, ends, says, so_far, question.metric.kind.has_limits),
    )


def _units_table(
    question: Question, runs: dict[str | None, tuple[str, list[float | None]]]
) -> Markup:
    """The pictures in numbers; of more units than a screen is wide, see the file."""
    if len(runs) > UNITS_IN_TABLE:
        return Markup("")
    written, periods = question.metric.measure.written, spans(question)
    rows = [
        (str(span), *(written(values[place]) for _, values in runs.values()))
        for place, span in reversed([*enumerate(periods)])
    ]
    headings = ("Period", *(name for name, _ in runs.values()))
    return folded(
        "The pictures as a table",
        framed(table(headings, rows), "Every unit by period"),
    )
