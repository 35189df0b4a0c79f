"""How often are new limits proposed though nothing changes? `python -m bench.proposals` says."""

import sys
from collections.abc import Callable
from functools import partial

import numpy as np

from metrics.model import Period, Polarity, Tally
from metrics.spc.chart_choice import Kind, ValueTraits, chart_of
from metrics.spc.chart_reading import ChartReading, When
from metrics.spc.charting import ChartRequest
from metrics.spc.new_limits import proposal

SERIES, SEED, FIRST = 2_000, 2016, Period(2014, 1)
RATIO = ValueTraits(Kind.RATIO, Polarity.LOWER_IS_BETTER)
SHARE = ValueTraits(Kind.SHARE, Polarity.LOWER_IS_BETTER, 100)
Drawn = list[Tally]


def proposed(tallies: Drawn, traits: ValueTraits) -> bool:
    """Whether the chart of these months proposes new limits."""
    months = [FIRST.shift(at) for at in range(len(tallies))]

    def reading(*rebased: When) -> ChartReading:
        return chart_of(months, tallies, traits, ChartRequest(traits.better, None, rebased))

    return proposal(reading(), reading) is not None


def of_hundred(draw: Callable[[], Drawn], traits: ValueTraits, series: int = SERIES) -> float:
    return 100 * sum(proposed(draw(), traits) for _ in range(series)) / series


def main(write: Callable[[str], object]) -> None:
    rng = np.random.default_rng(SEED)

    def normal(levels: np.ndarray) -> Drawn:
        return [Tally(float(value), 1) for value in 100 + levels + rng.normal(size=len(levels))]

    def shares(n: int, share: float, months: int) -> Drawn:
        return [Tally(int(x), n) for x in rng.binomial(n, share, months)]

    def line(name: str, draw: Callable[[], Drawn], traits: ValueTraits) -> None:
        write(f"| {name} | {of_hundred(draw, traits):.2f} |\n")

    for months in (24, 36):
        line(f"nothing changes, {months} months", partial(normal, np.zeros(months)), RATIO)
        for n, share in ((10, 0.3), (20, 0.2), (50, 0.2)):
            name = f"the same, {share:.0%} of {n}, {months} months"
            line(name, partial(shares, n, share, months), SHARE)
    for by in (2, 3, 4):
        step = np.repeat([0.0, by], 14)
        line(f"14 months, then 14 of {by} sd more", partial(normal, step), RATIO)
        ramp = np.append(np.linspace(-2 * by, 0, 6, endpoint=False), np.zeros(24))
        line(f"a ramp of 6 months from {2 * by} sd below", partial(normal, ramp), RATIO)


if __name__ == "__main__":
    main(sys.stdout.write)
