"""From judged phases to what a chart says; and the XmR chart of any run of values."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from metrics.model import Period, Polarity
from metrics.spc.chart_reading import (
    Chart,
    ChartPoint,
    ChartReading,
    Footing,
    Latest,
    When,
)
from metrics.spc.limits import Options, Phase, Series, assurance, phases, xmr
from metrics.spc.rules import PointFinding, mark_of, point_findings

WHY_XMR = "Limits from the usual change between one month and the next"
RUN = "; a run is {} in a row."
RUN_OF_FEW = "; a run is {} in a row, fewer where a side of the mean is rare."
EXACT = frozenset({Chart.SHARES, Chart.COUNTS, Chart.DAYS_BETWEEN})
WHY_NONE = {
    Footing.NO_DATA: "There are no values to draw limits from.",
    Footing.TOO_FEW: "A plain line: limits need {fewest} {many}.",
    Footing.CONSTANT: "Every month is the same, so there are no limits to draw.",
    Footing.STANDS: "A plain line without limits: who is counted in a month is mostly counted in"
    " the next, so limits from its changes would mark nearly every month.",
    Footing.NO_RANGE: "A plain line: too few neighbouring months have values that differ.",
}
# A month of a constant series is as usual as can be: common cause, without limits.
JUDGED = frozenset({Footing.LIMITS, Footing.CONSTANT})
Count = tuple[float | None, float | None]
NOT_COUNTED: Count = (None, None)
NOTHING = PointFinding(None, 0, 0)


@dataclass(frozen=True)
class ChartRequest:
    """What is asked of a chart beside its numbers.

    `rebased` are the months with which new limits begin: somebody's recorded decision, never made
    here. A `latest` month that is not complete is shown and not judged; so are as many of those
    before it as `unfinished` says, itself among them.
    """

    better: Polarity
    target: float | None = None
    rebased: tuple[When, ...] = ()
    latest: Latest = Latest.COMPLETE
    unfinished: int = 1
    options: Options = Options()
    floor: float | None = None
    ceiling: float | None = None


@dataclass(frozen=True)
class Run:
    """Months in order without gaps; a month without a value is NaN, and its counts may be None."""

    months: Sequence[When]
    values: Series
    counts: Sequence[Count] = ()


def without_gaps(values: Mapping[Period, float]) -> Run:
    """The months from the first to the last, those that are missing as NaN."""
    if not values:
        return Run((), np.array([]))
    first, last = min(values), max(values)
    months = last.run_up(last.months_after(first) + 1)
    return Run(months, np.array([values.get(month, np.nan) for month in months], dtype=float))


def xmr_reading(run: Run, request: ChartRequest) -> ChartReading:
    """The XmR chart of any values, whatever they count."""
    complete = judgeable(run, request)
    return assembled(
        run, request, Chart.XMR, WHY_XMR, lambda part: xmr(complete[part], request.options)
    )


def judgeable(run: Run, request: ChartRequest) -> Series:
    """The values that may be judged: all but those of the last months that are not complete."""
    values = np.array(run.values, dtype=float)
    if request.latest is not Latest.COMPLETE:
        values[-request.unfinished :] = np.nan
    return values


def assembled(
    run: Run, request: ChartRequest, chart: Chart, why: str, phase_of: Callable[[slice], Phase]
) -> ChartReading:
    """What the chart says, each phase judged by `phase_of`."""
    all_phases = phases(run.values, _starts(run, request), phase_of)
    findings = [point_findings(phase, request.options) for phase in all_phases]
    last, end = all_phases[-1], (findings[-1] or [NOTHING])[-1]
    begins = len(run.months) - len(last.values)
    return ChartReading(
        points=tuple(_points(run, all_phases, findings, request.better)),
        chart=chart if any(phase.footing is Footing.LIMITS for phase in all_phases) else Chart.LINE,
        why=_why(chart, why, last.footing, request.options),
        footing=last.footing,
        latest=_latest(run, request),
        better=request.better,
        assurance=assurance(last, request.target, request.better),
        target=request.target,
        since=run.months[begins + end.starts] if end.rule else None,
        run=len(last.values) - end.starts if end.rule else 0,
        phase_from=run.months[begins] if begins < len(run.months) else None,
        phase_points=int(np.count_nonzero(~np.isnan(last.values))),
        is_rebased=len(all_phases) > 1,
        usual=last.usual,
        floor=request.floor,
        ceiling=request.ceiling,
    )


def _starts(run: Run, request: ChartRequest) -> list[int]:
    return [place for place, month in enumerate(run.months) if month in request.rebased]


def _why(chart: Chart, why: str, footing: Footing, options: Options) -> str:
    if footing in WHY_NONE:
        many = "gaps" if chart is Chart.DAYS_BETWEEN else "months"
        return WHY_NONE[footing].format(fewest=options.fewest_points, many=many)
    return why + (RUN_OF_FEW if chart in EXACT else RUN).format(options.run_length)


def _points(
    run: Run, all_phases: Sequence[Phase], findings: Sequence[list[PointFinding]], better: Polarity
) -> Iterator[ChartPoint]:
    counts = run.counts or [NOT_COUNTED] * len(run.months)
    shown = zip(run.months, _known(run.values), counts, strict=True)
    began = 0
    for phase, findings_of_phase in zip(all_phases, findings, strict=True):
        can_be_judged = phase.footing in JUDGED
        limits = map(_known, (phase.values, phase.lower, phase.upper))
        for finding, judged_value, lower, upper in zip(findings_of_phase, *limits, strict=True):
            month, value, tally = next(shown)
            is_judged = can_be_judged and judged_value is not None
            yield ChartPoint(
                month,
                value,
                phase.mean,
                lower,
                upper,
                finding.rule,
                mark_of(finding, better) if is_judged else None,
                finding.direction > 0 if finding.rule else None,
                *tally,
                run.months[began + finding.starts] if finding.rule else None,
            )
        began += len(findings_of_phase)


def _known(numbers: Series) -> list[float | None]:
    return [None if isnan(number) else number for number in numbers.tolist()]


def _latest(run: Run, request: ChartRequest) -> Latest:
    if not len(run.values) or isnan(run.values[-1]):
        return Latest.MISSING
    return request.latest
