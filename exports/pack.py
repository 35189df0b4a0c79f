"""What goes into a slide pack: the figures that its audience may see, its month and its units."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from data_access.problems import Problem
from exports.disclosure import Cell, everything, protected
from exports.text import PROTECTED, plain
from meeting.follow_up import Before
from metrics.catalogue import CATALOGUE
from metrics.council.words import worded
from metrics.figures import Figures
from metrics.model import SERVICE, Metric, Period, Result, Scope, View
from metrics.publication import Note

NOTHING_PLANNED = Before()
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
    meeting: Before = NOTHING_PLANNED
    # Each figure is judged once, however many slides tell it.
    told: dict[tuple[str, str | None], Result] = field(default_factory=dict, compare=False)

    @property
    def council(self) -> str:
        return plain(self.figures.settings.council)

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
    def not_as_set(self) -> list[str]:
        """A sentence where settings have changed since what is in the pack was counted."""
        told = self.figures.not_as_set(self.period)
        return [told] if told else []

    def worded(self, text: str) -> str:
        """A definition's words, filled in from the settings."""
        return worded(text, self.figures.settings, self.as_at)

    def result(self, metric: Metric, unit_id: str | None = SERVICE) -> Result:
        """The month's figure as it is told; without a chart of its own where a month is hidden."""
        place = (metric.key, unit_id)
        if place not in self.told:
            self.told[place] = self._told(metric, unit_id)
        return self.told[place]

    def _told(self, metric: Metric, unit_id: str | None) -> Result:
        found = self.figures.told(metric, View(self.period, Scope(unit_id)))
        if any(self.hides(one) for one in self.trend(metric, unit_id)):
            # Limits that leave months out would mark what is not unusual, and hide what is.
            found = replace(found, chart=None)
        if found.pair is None or not self.hides(found.pair):
            return found
        return replace(found, pair=replace(found.pair, withheld=PROTECTED))

    def trend(self, metric: Metric, unit_id: str | None = SERVICE) -> list[Result]:
        """The run-up to the month, oldest first."""
        return self.figures.trend(metric, Scope(unit_id), self.period)

    def notes(self, metric: Metric, unit_id: str | None = SERVICE) -> list[Note]:
        """What people wrote beside the figure's months."""
        return self.figures.notes_on(metric, View(self.period, Scope(unit_id)))

    def compared(self, metric: Metric) -> list[Result]:
        """The month's figure of each unit that has one or hides one, the service last."""
        results = [self.result(metric, unit_id) for unit_id in self.figures.units]
        return [one for one in results if one.tally is not None or self.hides(one)]

    def hides(self, result: Result) -> bool:
        """Whether there is a figure that this audience may not see."""
        view = result.view
        return (result.metric.key, view.scope.unit_id, view.period) in self.hidden


def pack(
    figures: Figures,
    period: Period,
    unit_ids: Sequence[str | None] | None,
    audience: str,
    meeting: Before = NOTHING_PLANNED,
) -> Pack:
    """The pack asked for; a month, unit or audience that is not known is one sentence.

    What the meeting has before it is for the service alone: people wrote it for each other.
    """
    if audience not in AUDIENCES:
        known = ", ".join(AUDIENCES)
        raise Problem(f"There is no audience {audience!r}: the audiences are {known}.")
    if period not in figures.months:
        raise Problem(f"There are no data for {period}: choose a month that the data cover.")
    chosen = _chosen(figures, period, unit_ids)
    disclosed = AUDIENCES[audience](figures)
    names = {unit_id: plain(name) or str(unit_id) for unit_id, name in figures.units.items()}
    shown = replace(disclosed.figures, units=names)
    inside = meeting if audience == "service" else NOTHING_PLANNED
    return Pack(shown, period, chosen, audience, disclosed.hidden, inside)


def _chosen(
    figures: Figures, period: Period, unit_ids: Sequence[str | None] | None
) -> tuple[str | None, ...]:
    known = [unit_id for unit_id in figures.units if unit_id != SERVICE]
    if unit_ids is None:
        return tuple(one for one in known if _was_open(figures, one, period))
    unknown = [one for one in unit_ids if one not in figures.units]
    if unknown:
        names = ", ".join(str(one) for one in known if one)
        raise Problem(f"There is no unit {unknown[0]}: the units are {names}.")
    return tuple(one for one in known if one in unit_ids)


def _was_open(figures: Figures, unit_id: str | None, period: Period) -> bool:
    """Whether anything was or could have been counted of the unit in the month."""
    return any((key, unit_id, period) in figures.tallies for key in CATALOGUE)
