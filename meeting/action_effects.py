"""Did what an action was meant to change change? Read off the chart of the months after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from meeting.actions import Action
from metrics.model import Period, Polarity
from metrics.spc.chart_reading import (
    NEVER_JUDGED,
    ChartPoint,
    ChartReading,
    Footing,
    Mark,
    Rule,
    When,
)
from metrics.spc.limits import Options
from metrics.writing import several

RUN_LENGTH = Options().run_length


class Moved(Enum):
    """Whether the line moved as it was meant to."""

    MOVED = "moved"
    NOT_MOVED = "not moved"
    TOO_EARLY = "too early"
    NOT_JUDGED = "can’t be judged"


@dataclass(frozen=True)
class Verdict:
    """`words` is the whole sentence; `still_needed` the months until it can be judged."""

    moved: Moved
    words: str
    still_needed: int = 0


@dataclass(frozen=True)
class _Signal:
    """A run that chance alone does not make: its first and last month, and how many they are.

    `turned` is the month of its first step: a trend's first month is still where it was before.
    """

    rule: Rule
    is_better: bool
    is_high: bool
    began: Period
    turned: Period
    last: Period
    months: int

    def began_after(self, agreed: Period) -> bool:
        """Whether it began after `agreed`, or was no run then and has become one without it.

        One month on the better side before is as likely as not: it is no sign of a change.
        """
        since = self.last.months_after(agreed)
        stands_alone = self.rule in (Rule.SHIFT, Rule.TREND) and since >= RUN_LENGTH
        was_none = self.months - since < RUN_LENGTH
        return self.turned > agreed or (stands_alone and was_none)


def verdict_on(action: Action, reading: ChartReading) -> Verdict:
    """Whether the linked chart has moved the wanted way since the action was agreed.

    Only months after the one in which it was agreed count, and only runs that began in them, or
    that they complete by themselves. The latest run decides: an improvement that has turned since
    is none. Without a run, seven months or the month to look at show that it has not moved.
    """
    if reading.better is Polarity.NEITHER:
        return _not_judged("neither way is better")
    points_since = [
        point for point in reading.points if _period(point.when) > action.agreed and point.mark
    ]
    signals = list(_signals(reading.points, action.agreed))
    signals_since = [signal for signal in signals if signal.began_after(action.agreed)]
    if signals_since:
        return _verdict_by_signal(
            max(signals_since, key=lambda signal: signal.last), _period(points_since[-1].when)
        )
    if reading.footing not in (Footing.LIMITS, Footing.CONSTANT):
        return _not_judged(_why_not(reading))
    return _without_signal(action, points_since, [signal for signal in signals if signal.is_better])


def _without_signal(
    action: Action, after: Sequence[ChartPoint], before: Sequence[_Signal]
) -> Verdict:
    """Of months `after` without a run of their own; `before` are better runs that began earlier."""
    needed = RUN_LENGTH - len(after)
    last = _period(after[-1].when) if after else action.agreed
    has_looked = action.look is not None and bool(after) and last >= action.look
    if needed > 0 and not has_looked:
        until = action.look.months_after(last) if action.look else needed
        return _too_early(len(after), max(1, min(needed, until)))
    if before:
        began = f"it was better already, since {before[-1].began}, before this was agreed"
        return Verdict(Moved.NOT_MOVED, f"Not moved by this: {began}.")
    nothing = f"nothing unusual in the {_months(len(after))} since it was agreed"
    few = f"; a run would need {needed} more" if needed > 0 else ""
    return Verdict(Moved.NOT_MOVED, f"Not moved: {nothing}{few}.")


def _too_early(so_far: int, needed: int) -> Verdict:
    known = _months(so_far) if so_far else "no month"
    more = f"{needed} more needed" if so_far else f"{needed} needed"
    words = f"Too early to say: {known} known since it was agreed, {more}."
    return Verdict(Moved.TOO_EARLY, words, needed)


def _not_judged(why: str) -> Verdict:
    return Verdict(Moved.NOT_JUDGED, f"Can’t be judged: {why}.")


def _why_not(reading: ChartReading) -> str:
    if reading.footing in NEVER_JUDGED:
        return "its months share what they count or are too far apart for limits"
    if reading.footing is Footing.NO_DATA:
        return "there are no figures"
    if reading.footing is Footing.NO_RANGE:
        return "too few neighbouring months have values that differ"
    new = " since its line was started anew" if reading.is_rebased else ""
    return f"only {_months(reading.phase_points)}{new}"


def _verdict_by_signal(signal: _Signal, latest: Period) -> Verdict:
    how = {
        Rule.OUTSIDE: f"{_side(signal, 'above', 'below')} its usual range",
        Rule.TREND: f"{_months(signal.months)} {_side(signal, 'rising', 'falling')} in a row",
        Rule.SHIFT: f"{_months(signal.months)} in a row {_side(signal, 'above', 'below')} the mean",
        Rule.TWO_IN_THREE: f"near the {_side(signal, 'top', 'bottom')} of its usual range",
    }[signal.rule]
    if signal.is_better:
        return Verdict(Moved.MOVED, f"Moved: {how} {_when(signal, latest)}.")
    return Verdict(Moved.NOT_MOVED, f"Not moved but worse: {how} {_when(signal, latest)}.")


def _when(signal: _Signal, latest: Period) -> str:
    """Since when; a run that has ended is not told as if it went on."""
    if signal.last == latest:
        return f"in {latest}" if signal.began == latest else f"since {signal.began}"
    ended = f"from {signal.began} to {signal.last}"
    when = f"in {signal.last}" if signal.began == signal.last else ended
    return f"{when}, nothing unusual since"


def _side(signal: _Signal, high: str, low: str) -> str:
    return high if signal.is_high else low


def _signals(points: Sequence[ChartPoint], agreed: Period) -> Iterator[_Signal]:
    """What each marked month after `agreed` belongs to."""
    places = {point.when: place for place, point in enumerate(points)}
    for place, point in enumerate(points):
        last = _period(point.when)
        is_signal = point.mark in (Mark.IMPROVEMENT, Mark.CONCERN)
        if last > agreed and point.rule and point.since and is_signal:
            starts = places[point.since]
            turns = starts + 1 if point.rule is Rule.TREND else starts
            yield _Signal(
                point.rule,
                point.mark is Mark.IMPROVEMENT,
                bool(point.is_high),
                began=_period(points[starts].when),
                turned=_period(points[turns].when),
                last=last,
                months=place - starts + 1,
            )


def _period(when: When) -> Period:
    return when if isinstance(when, Period) else Period.of(when)


def _months(number: int) -> str:
    return several(number, "month")
