"""What the meeting's charts say of each figure; made once for a month, as it holds no person."""

from collections.abc import Mapping

from markupsafe import Markup

from metrics.catalogue import CATALOGUE
from metrics.chart_choice import Facts, chart_of
from metrics.chart_reading import ChartReading, Mark
from metrics.charting import Asked
from metrics.model import Metric, Scope, View
from metrics.spc_words import SHAPES, WORDS
from ui.meeting_room import Room

Readings = Mapping[tuple[str, str | None], ChartReading]


def readings(room: Room) -> Readings:
    """Every metric's chart of every unit and the service, in the meeting's month."""
    return room.page.kept_of(readings, lambda: _readings(room))


def _readings(room: Room) -> Readings:
    return {
        (metric.key, unit_id): reading(room, metric, View(room.agenda.month, Scope(unit_id)))
        for metric in CATALOGUE.values()
        for unit_id in room.figures.units
    }


def reading(room: Room, metric: Metric, view: View) -> ChartReading:
    run = room.figures.trend(metric, view.scope, view.period)
    last = run[-1]
    asked = Asked(metric.polarity, last.target, provisional=last.provisional)
    months, tallies = [one.view.period for one in run], [one.tally for one in run]
    return chart_of(months, tallies, Facts.of(metric), asked)


def icon(chart: ChartReading) -> Markup:
    """The shape of what the latest month is, with its word for who can't see it."""
    if chart.mark is None:
        return Markup('<i class="cs-mark">○<span class="cs-heard"> no limits yet</span></i>')
    css = {Mark.CONCERN: " cs-concern", Mark.IMPROVEMENT: " cs-better"}.get(chart.mark, "")
    return Markup('<i class="cs-mark{}">{}<span class="cs-heard"> {}</span></i>').format(
        css, SHAPES[chart.mark], WORDS[chart.mark]
    )
