"""What goes into a slide pack: the figures that its audience may see, its month and its units."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from data_access.problems import Problem
from exports.chosen import chosen_units, told_by
from exports.disclosure import Cell, Disclosed, everything, protected
from exports.text import EARLIER_HIDDEN, PROTECTED, one_line
from meeting.follow_up import PlannedMeeting
from metrics.agenda_rules import Worth, worth_the_rooms_time
from metrics.council.boards import left_off_slides, metrics_by_board, metrics_on_slides
from metrics.council.words import worded
from metrics.figures import Figures
from metrics.memory import Memory
from metrics.model import SERVICE, Metric, Period, Scope, Tally, View
from metrics.publication import Note
from metrics.result import Result
from metrics.spc.chart_details import run_up_kept

NOTHING_PLANNED = PlannedMeeting()
NOTHING_WORTH, RESULTS_KEPT = Worth((), (), (), (), (), ()), 2000
AUDIENCES = {"service": everything, "partners": protected, "public": protected}
AUDIENCE_WORDS = {"service": "the service", "partners": "partners", "public": "the public"}


@dataclass(frozen=True)
class Pack:
    """Everything that the slides are written from; holds no person, and nothing hidden."""

    figures: Figures
    period: Period
    unit_ids: tuple[str | None, ...]
    audience: str
    hidden: frozenset[Cell]
    meeting: PlannedMeeting = NOTHING_PLANNED
    # Asked for and open, and without any figure of the month: they make no slide, and are named.
    empty_units: tuple[str, ...] = ()
    # Each figure is judged once, however many slides tell it.
    _results: Memory[Result] = field(
        default_factory=lambda: Memory(RESULTS_KEPT), init=False, repr=False, compare=False
    )
    _worth: Memory[Worth] = field(
        default_factory=lambda: Memory(1), init=False, repr=False, compare=False
    )

    @property
    def council(self) -> str:
        return one_line(self.figures.settings.council)

    @property
    def is_for_the_service(self) -> bool:
        return self.audience == "service"

    @property
    def audience_words(self) -> str:
        return AUDIENCE_WORDS[self.audience]

    @property
    def is_provisional(self) -> bool:
        return self.figures.is_provisional(self.period)

    @property
    def as_at(self) -> date:
        return self.figures.as_at(self.period)

    @property
    def is_invented(self) -> bool:
        return self.figures.load.invented

    @property
    def without_slides(self) -> list[str]:
        """A sentence that names the units which have no slide, and one on such figures."""
        names = ", ".join(self.empty_units)
        empty = f"Without one of these figures in {self.period}, and so without a slide: {names}."
        return [*([empty] if names else []), *left_off_slides(self.figures.settings)]

    @cached_property
    def boards(self) -> list[list[Metric]]:
        """The metrics that the slides tell, by board."""
        return metrics_by_board(self.figures.settings)

    @property
    def metrics(self) -> list[Metric]:
        return [metric for board in self.boards for metric in board]

    @property
    def doubts(self) -> list[str]:
        """Why what is in the pack may be wrong, if anything is known to make it so."""
        told = self.figures.doubts(self.period)
        return [told] if told else []

    def worded(self, text: str) -> str:
        """A definition's words, filled in from the settings."""
        return worded(text, self.figures.settings, self.as_at)

    def result(self, metric: Metric, unit_id: str | None = SERVICE) -> Result:
        """The month's figure as it is told; without a chart of its own where a month is hidden."""
        return self._results.value(
            (metric.key, unit_id), lambda: self._result_as_told(metric, unit_id)
        )

    def _result_as_told(self, metric: Metric, unit_id: str | None) -> Result:
        result = self.figures.compared_result(metric, View(self.period, Scope(unit_id)))
        if any(self.hides(month) for month in self.charted_months(metric, unit_id)):
            # Limits that leave months out would mark what is not unusual, and hide what is.
            result = replace(result, chart=None, unjudged=EARLIER_HIDDEN)
        if result.pair is None or not self.hides(result.pair):
            return result
        return replace(result, pair=replace(result.pair, withheld=PROTECTED))

    def trend(self, metric: Metric, unit_id: str | None = SERVICE) -> list[Result]:
        """The run-up to the month, oldest first."""
        return self.figures.trend(metric, Scope(unit_id), self.period)

    def charted_months(self, metric: Metric, unit_id: str | None = SERVICE) -> list[Result]:
        """The months of the figure's chart: some may be those of a unit that this one continues."""
        return self.figures.charted_months(metric, View(self.period, Scope(unit_id)))

    def drawn_months(self, metric: Metric, unit_id: str | None = SERVICE) -> list[Result]:
        """The months under a figure's chart: those of its reading, else the run-up.

        A reading begins with the first month that has a value: a unit's own with its opening.
        """
        reading = self.result(metric, unit_id).chart
        if reading is None:
            return self.trend(metric, unit_id)
        read = {point.when for point in reading.points}
        months = self.charted_months(metric, unit_id)
        return [result for result in months if result.view.period in read]

    def notes(self, metric: Metric, unit_id: str | None = SERVICE) -> list[Note]:
        """What people wrote beside the figure's months."""
        return self.figures.notes_on(metric, View(self.period, Scope(unit_id)))

    def unit_before(self, metric: Metric, unit_id: str | None) -> list[Result]:
        """The months of the unit it continues, without a value where they are its own."""
        return [
            replace(result, tally=None) if result.view.scope.unit_id == unit_id else result
            for result in self.charted_months(metric, unit_id)
        ]

    @property
    def months(self) -> list[Period]:
        return self.figures.run_up(self.period)

    def by_month(self, results: Sequence[Result]) -> list[float | None]:
        """A value a month; None for those that `results` leave out."""
        values = {result.view.period: result.value for result in results}
        return [values.get(month) for month in self.months]

    @property
    def worth(self) -> Worth:
        """The items by rule; outside the service none: what may not be shown would judge."""
        if not self.is_for_the_service:
            return NOTHING_WORTH
        return self._worth.value((), lambda: worth_the_rooms_time(self.figures, self.period))

    def compared(self, metric: Metric) -> list[Result]:
        """The month's figure of each unit that has one or hides one, the service last."""
        results = [self.result(metric, unit_id) for unit_id in self.figures.units_open(self.period)]
        return [result for result in results if result.tally is not None or self.hides(result)]

    def hides(self, result: Result) -> bool:
        """Whether there is a figure that this audience may not see."""
        view = result.view
        return (result.metric.key, view.scope.unit_id, view.period) in self.hidden


def pack(
    figures: Figures,
    period: Period,
    unit_ids: Sequence[str | None] | None,
    audience: str,
    meeting: PlannedMeeting = NOTHING_PLANNED,
    boards: Sequence[str] | None = None,
) -> Pack:
    """The pack asked for; a month, unit, audience or board that is not known is one sentence.

    Of `boards`, by their keys, it tells the figures; unless said, of those that the settings have
    on slides. What may be shown is decided over all figures, whichever boards are chosen. What the
    meeting has before it is for the service alone: people wrote it for each other.
    """
    if audience not in AUDIENCES:
        known = ", ".join(AUDIENCES)
        raise Problem(f"There is no audience {audience!r}: the audiences are {known}.")
    if period not in figures.months:
        raise Problem(f"There are no data for {period}: choose a month that the data cover.")
    figures = told_by(figures, boards)
    chosen = chosen_units(figures, period, unit_ids)
    disclosed = AUDIENCES[audience](_as_kept(figures, period))
    names = {unit_id: one_line(name) or str(unit_id) for unit_id, name in figures.units.items()}
    named_figures = replace(disclosed.figures, units=names)
    inside = meeting if audience == "service" else NOTHING_PLANNED
    told = tuple(one for one in chosen if _is_told(figures, disclosed, one, period))
    empty = tuple(names[unit_id] for unit_id in chosen if unit_id and unit_id not in told)
    return Pack(named_figures, period, told, audience, disclosed.hidden, inside, empty)


def _is_told(figures: Figures, disclosed: Disclosed, unit_id: str | None, period: Period) -> bool:
    """Whether anything that is on slides was there to count, or is hidden.

    What hides one is never called empty: that it counted 0 would give its companion away.
    """
    cells = [(metric.key, unit_id, period) for metric in metrics_on_slides(figures.settings)]
    is_counted = any(figures.tallies.get(cell) not in (None, Tally()) for cell in cells)
    return is_counted or any(cell in disclosed.hidden for cell in cells)


def _as_kept(figures: Figures, period: Period) -> Figures:
    """With all that a published month keeps of those before it, though no data hold them now.

    Only for what shows nothing but that month: the ones before it can't be opened.
    """
    kept = {
        (metric, view.scope.unit_id, view.period): tally
        for (metric, unit_id, published), words in figures.published_words.items()
        if published == period and words.chart
        for view, tally in run_up_kept(words.chart, Scope(unit_id)).values()
        if tally
    }
    supported = {metric for metric, _, _ in kept}
    missing = {k: why for k, why in figures.load.not_in_source.items() if k not in supported}
    load = replace(figures.load, not_in_source=missing)
    return replace(figures, load=load, tallies={**figures.tallies, **kept}) if kept else figures
