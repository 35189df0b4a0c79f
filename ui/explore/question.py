"""What Explore is asked by its address: which cut, over what, of which rows, beside what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select

from data_access.guard.open_rows import Restricted
from data_access.viewer import read_sums
from metrics.explore.comparing import Difference, difference
from metrics.explore.cutting import (
    Asked,
    Narrowed,
    Part,
    closed_counted,
    parts_from,
    rows_asked,
    summed_by_part,
    summed_by_worker,
    whole_of,
)
from metrics.explore.figures_over import months_counted, result_over, still_entered
from metrics.explore.offered import BY_UNIT
from metrics.explore.spans import Span
from metrics.kinds.apart import share_what_they_count
from metrics.model import Cut, Metric, Period, Scope, Tally, View
from metrics.result import Result
from metrics.spc.chart_reading import UNFINISHED
from ui.address import unit_address_parts
from ui.guard import sees_rows_of
from ui.session import Page

SHARED = "they count some of the same things, so that chance between them cannot be told"


@dataclass(frozen=True)
class Against:
    """What a figure is set beside: another unit, all others, or other months."""

    words: str
    scope: Scope
    span: Span
    is_rest: bool = False


@dataclass(frozen=True)
class Question:
    """One question to the rows of a figure, as its address says it."""

    page: Page
    said: Mapping[str, str]
    cut: Cut
    span: Span
    narrowed: tuple[Narrowed, ...]
    against: Against | None
    sort: str | None = None
    shows_rows: bool = False

    @property
    def metric(self) -> Metric:
        return self.page.address.metric

    @property
    def scope(self) -> Scope:
        return self.page.address.view.scope

    @property
    def when(self) -> str:
        """The span in words: of what does not add up over months, its end."""
        if self.metric.adds_up_over_months or len(self.span.months) == 1:
            return str(self.span)
        return f"at the end of {self.span.last}"

    @property
    def unit_name(self) -> str:
        return self.page.figures.units[self.scope.unit_id]

    def still_entered(self, scope: Scope, span: Span) -> list[Period]:
        return still_entered(self.page.figures, self.metric, scope, span)

    def is_so_far(self, span: Span, scope: Scope | None = None) -> bool:
        """Whether the figure shown, or that of `scope`, is not of the whole span as it will be.

        What is published will not change, and stays what it was called: "so far" if it was.
        """
        figures = self.page.live if self.narrowed else self.page.figures
        view = View(span.last, scope or self.scope)
        if span.last in figures.stamps and span.is_whole:
            return figures.reading(self.metric, view).latest in UNFINISHED
        entered = self.still_entered(view.scope, span)
        will_change = any(month not in figures.stamps for month in entered)
        return not span.is_whole or figures.is_provisional(span.last) or will_change

    @property
    def why_not_told(self) -> str:
        """Why no difference is judged: months of one side alone will still change."""
        if self.against is None:
            return ""
        if self.metric.why_not_compared and self.scope != self.against.scope:
            return self.metric.why_not_compared
        apart = self.span.last.months_after(self.against.span.last)
        if apart and share_what_they_count(self.metric, apart):
            return SHARED
        own = self.still_entered(self.scope, self.span)
        other = self.still_entered(self.against.scope, self.against.span)
        months = " and ".join(map(str, sorted({*own} ^ {*other})))
        return f"{months} {'are' if ' and ' in months else 'is'} still being entered" * bool(months)

    def compared(self, own: Tally | None, other: Tally | None) -> Difference:
        """How far one lies from the other, judged only where both are finished alike."""
        return difference(self.metric, own, other, self.why_not_told)

    def sees_all(self, scope: Scope) -> bool:
        """Whether all rows of the scope are open to the viewer: what is counted anew is it all."""
        return sees_rows_of(self.page.viewer, View(self.span.last, scope))

    def sees_some(self, scope: Scope) -> bool:
        """Whether any may be: of what is closed no sum is told, not even 0."""
        viewer = self.page.viewer
        return bool(viewer.units) if scope.is_service else viewer.may_see(scope.unit_id)

    def name_of_rows(self, scope: Scope) -> str:
        """What the rows counted anew are: all of a unit, or what of it is open to the viewer."""
        name = self.page.figures.units[scope.unit_id]
        if self.sees_all(scope):
            return name
        return "open to you" if scope.is_service else f"open to you in {name}"

    @property
    def name_told(self) -> str:
        """Whose the figure of the title is: what is narrowed is counted anew."""
        closed = not self.narrowed or not self.sees_some(self.scope)
        return self.unit_name if closed else self.name_of_rows(self.scope)

    @property
    def other_is_closed(self) -> bool:
        """Whether rows of what it is set beside are closed, so that nothing of it can be summed."""
        against = self.against
        if against is None or (against.scope == self.scope and not against.is_rest):
            return False
        return not self.sees_all(against.scope)

    def link(self, **changes: object) -> str:
        """The address of this question with some of it changed; None takes a part away."""
        parts = {"metric": self.metric.key, **self.page.address.unit, **self.said}
        return self.page.address.link("explore", **(parts | changes))

    def link_to_unit(self, unit_id: str | None) -> str:
        """The same question of another unit, without what is of this one: workers, its other."""
        unit = {"unit": None, **unit_address_parts(unit_id)}
        return self.link(**{**dict.fromkeys(self._of_the_unit), **unit})

    @property
    def _of_the_unit(self) -> list[str]:
        by_unit = ["cut"] if self.said.get("cut") == "unit_id" else []
        return ["against-unit", *by_unit, *(name for name in self.said if "worker_id" in name)]

    @property
    def kept_for_units(self) -> dict[str, str]:
        """What of the address another unit is asked as well."""
        kept = {name: said for name, said in self.said.items() if name not in self._of_the_unit}
        return {"metric": self.metric.key, **kept}

    @cached_property
    def whole(self) -> Result:
        """The figure of all rows, whatever is narrowed: as published where it is."""
        return result_over(self.page.figures, self.metric, self.scope, self.span)

    @cached_property
    def parts(self) -> list[Part]:
        return self.parts_of(self.scope, self.span)

    @cached_property
    def other_parts(self) -> list[Part]:
        """The same parts of what it is set beside; of the rest, of all rows but the unit's."""
        if self.against is None or self.other_is_closed:
            return []
        others = Narrowed(BY_UNIT, (self.scope.unit_id,), leaves_out=True)
        besides = (others,) if self.against.is_rest else ()
        return self.parts_of(self.against.scope, self.against.span, besides)

    @cached_property
    def others(self) -> Mapping[tuple[object, ...], Tally]:
        """What each part of it comes to there."""
        return {part.place: part.tally for part in self.other_parts}

    def parts_of(self, scope: Scope, span: Span, besides: tuple[Narrowed, ...] = ()) -> list[Part]:
        """The parts that the rows open to the viewer make, narrowed by what is `besides` too."""
        months = tuple(months_counted(self.page.live, self.metric, scope, span))
        if not months or not self.sees_some(scope):
            return []
        asked = Asked(self.metric, months, scope, (*self.narrowed, *besides), self.cut)
        add_up = summed_by_worker if self.cut.of_workers else summed_by_part
        return parts_from(self.sums(asked, lambda rows: add_up(rows, asked)), self.cut)

    def sums(self, asked: Asked, add_up: Callable[[Select], Select]) -> Sequence[Any]:
        """What the rows asked for come to, restricted ones set apart."""
        rows, page = rows_asked(asked, self.page.basis), self.page
        return read_sums(page.engine, rows, page.viewer, add_up, restricted=Restricted.SET_APART)

    @cached_property
    def rows_left_out(self) -> int:
        """How many rows of restricted records a question about what records say is not asked of.

        As many as a list of them all tells its reader.
        """
        by_record = any(one.cut.is_of_record for one in self.narrowed)
        months = tuple(months_counted(self.page.live, self.metric, self.scope, self.span))
        if not by_record or not months or not self.page.viewer.units:
            return 0
        others = tuple(one for one in self.narrowed if not one.cut.is_of_record)
        asked = Asked(self.metric, months, self.scope, others)
        return int(self.sums(asked, closed_counted)[0].rows)

    @cached_property
    def together(self) -> Part:
        """All parts that are shown, together."""
        return whole_of(self.parts, self.cut)


def view_of(question: Question) -> View:
    return View(question.span.last, question.scope)
