"""What a slide's charts show, in words, for those who cannot see them."""

from collections.abc import Sequence

from metrics.result import Result
from metrics.sentence import verdict


def trend_described(trend: Sequence[Result], result: Result) -> str:
    """The line from its first month to its last, or points; and what its chart says."""
    known = [of_month for of_month in trend if of_month.value is not None]
    last = trend[-1]
    months = f"{trend[0].view.period} to {last.view.period}"
    chart = "Line chart" if last.metric.kind.has_limits else "Points side by side"
    about = f"{chart}: {last.metric.name}, {last.unit_name}, {months}"
    if not known:
        return f"{about}; no month has a value."
    values = sorted(known, key=lambda of_month: of_month.value or 0)
    target = "" if last.target is None else f"Target {last.metric.measure.written(last.target)}."
    told = verdict(result) if result.chart else f"{verdict(result)} {target}".strip()
    return (
        f"{about}. Last value {known[-1].written} in {known[-1].view.period};"
        f" lowest {values[0].written}, highest {values[-1].written}. {told}"
    ).strip()


def units_described(compared: Sequence[Result]) -> str:
    """What the bars show, for those who cannot see them."""
    bars = ", ".join(f"{result.unit_name} {result.written}" for result in compared)
    return f"Bar chart: {compared[-1].metric.name} in {compared[-1].view.period}: {bars}."
