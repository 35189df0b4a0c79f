"""How often does a chart mark pure noise? `python -m bench.noise` writes it to docs/statistics.md.

Thousands of series in which nothing ever changes are judged at their latest month, all at once in
numpy: a second way of working the rules out, which a test holds against `metrics.spc.rules`.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincc, gammainc, gammaincc

PAGE = Path(__file__).parent.parent / "docs" / "statistics.md"
BEGIN, END = "<!-- noise: python -m bench.noise -->", "<!-- end of noise -->"
MONTHS, RUN, SERIES, SEED = 24, 7, 6_000, 2016
SHARES = (0.05, 0.1, 0.2, 0.3, 0.5)
SIZES = (5, 10, 15, 20, 30, 50)
MEANS = (0.5, 1.0, 2.0, 3.0, 5.0, 10.0)

Table = NDArray[np.float64]  # a series a row, a month a column
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Rates:
    """Shares of series whose latest month is marked: by single-value limits, by those chosen."""

    always_xmr: float
    chosen: float
    exact_used: float


def normal(rng: np.random.Generator, series: int) -> Rates:
    marked = xmr_marked(rng.normal(size=(series, MONTHS))).mean()
    return Rates(marked, marked, 0)


def counts(rng: np.random.Generator, series: int, mean: float, after: float = 0) -> Rates:
    x = rng.poisson(_steps(mean, after), size=(series, MONTHS)).astype(float)
    return _rates(x, count_marked(x), x.mean(axis=1) < 2)


def shares(rng: np.random.Generator, series: int, n: int, share: float, after: float = 0) -> Rates:
    x = rng.binomial(n, _steps(share, after), size=(series, MONTHS)).astype(float)
    pooled = x.sum(axis=1) / (n * MONTHS)
    is_small = (n < 20) | (n * np.minimum(pooled, 1 - pooled) < 5)
    return _rates(x / n, share_marked(x, n), is_small)


def _steps(level: float, after: float) -> Table:
    """The true level of each month: the last six at `after`, where it is given."""
    levels = np.full(MONTHS, float(level))
    levels[-6:] = after or level
    return levels


def _rates(values: Table, exact: Flags, is_exact: Flags) -> Rates:
    single = xmr_marked(values)
    chosen = np.where(is_exact, exact, single)
    return Rates(single.mean(), chosen.mean(), is_exact.mean())


def xmr_marked(values: Table) -> Flags:
    """Whether each series' latest month is marked on a chart of single values."""
    return latest_marked(values, _xmr_zones(values)) & (np.ptp(values, axis=1) > 0)


def _xmr_zones(values: Table) -> NDArray[np.int64]:
    away = values - values.mean(axis=1, keepdims=True)
    width = 2.66 * np.abs(np.diff(values)).mean(axis=1, keepdims=True)
    far = np.abs(away) - 1e-9 * np.abs(values).max(axis=1, keepdims=True)
    zone = (far > 0).astype(int) + (far > width * 2 / 3) + (far > width)
    return zone * np.sign(away).astype(int)


def uneven(rng: np.random.Generator, series: int, fewest: int, most: int) -> tuple[float, float]:
    """How often a month is outside limits of one width: any month, and the smallest tenth."""
    n = rng.integers(fewest, most + 1, size=(series, MONTHS))
    outside = np.abs(_xmr_zones(rng.binomial(n, 0.25) / n)) == 3
    return outside.mean(), outside[n <= np.quantile(n, 0.1, axis=1, keepdims=True)].mean()


def share_marked(x: Table, n: int) -> Flags:
    """The same on a p-chart with exact limits."""
    share = x.sum(axis=1, keepdims=True) / (n * x.shape[1])
    is_constant = np.ptp(x, axis=1) == 0
    share = np.where(is_constant[:, None], 0.5, share)
    scatter = _scatter((x / n - share) / np.sqrt(share * (1 - share) / n))

    def tails(k: Table) -> tuple[Table, Table]:
        p, few, many = np.broadcast_to(share, k.shape), k / scatter, (n - k) / scatter
        most = np.where(k == n, 1, betaincc(few + 1, np.where(k == n, 1, many), p))
        return most, np.where(k == 0, 1, betainc(np.where(k == 0, 1, few), many + 1, p))

    return _exactly_marked(x, tails, n) & ~is_constant


def count_marked(x: Table) -> Flags:
    """The same for rare events, with Poisson's limits."""
    mean = np.maximum(x.mean(axis=1, keepdims=True), 1e-9)
    scatter = _scatter((x - mean) / np.sqrt(mean))

    def tails(k: Table) -> tuple[Table, Table]:
        some = np.where(k == 0, 1, k / scatter)
        least = np.where(k == 0, 1, gammainc(some, np.broadcast_to(mean / scatter, k.shape)))
        return gammaincc(k / scatter + 1, mean / scatter), least

    return _exactly_marked(x, tails, int(x.max()) + 1) & (np.ptp(x, axis=1) > 0)


def _scatter(away: Table) -> Table:
    changes = np.abs(np.diff(away)).mean(axis=1, keepdims=True)
    return np.maximum(1, (changes / 1.128) ** 2)


def _exactly_marked(
    x: Table, tails: Callable[[Table], tuple[Table, Table]], most_of_all: int
) -> Flags:
    most, least = tails(x)
    high = (least < 0.5).astype(int) + (least < 0.0227501) + (least < 0.0013499)
    low = (most < 0.5).astype(int) + (most < 0.0227501) + (most < 0.0013499)
    # A side's chance is the largest tail below a half that any count has.
    all_counts = np.tile(np.arange(most_of_all + 1.0), (len(x), 1))
    largest_tails = [np.where(tail < 0.5, tail, 0).max(axis=1) for tail in tails(all_counts)]
    runs = [
        np.maximum(4, np.ceil(-RUN / np.log2(np.maximum(tail, 1e-12)) - 1e-9))
        for tail in largest_tails
    ]
    return latest_marked(x, high - low, runs[1], runs[0])


def latest_marked(
    values: Table,
    zone: NDArray[np.int64],
    run_above: Table | int = RUN,
    run_below: Table | int = RUN,
) -> Flags:
    """Whether any of the four rules marks the latest month of each series."""
    marked = np.abs(zone[:, -1]) == 3
    for side, run in ((1, run_above), (-1, run_below)):
        on_side = np.sign(zone) == side
        near = on_side & (np.abs(zone) >= 2)
        steps = np.sign(np.diff(values[:, -RUN:])) == side
        in_a_row = np.cumprod(on_side[:, ::-1], axis=1).sum(axis=1)
        marked |= steps.all(axis=1) | (in_a_row >= run)
        marked |= near[:, -1] & on_side[:, -3:].all(axis=1) & (near[:, -3:].sum(axis=1) > 1)
    return marked


def lines(series: int = SERIES) -> Iterator[str]:
    """The two tables, as Markdown."""
    rng = np.random.default_rng(SEED)
    yield f"{series:,} series of {MONTHS} months for each line; runs of {RUN}."
    yield ""
    yield "| nothing changes | single values, % marked | chart chosen, % marked | exact limits, % |"
    yield "| --- | --- | --- | --- |"
    yield _line("normal", normal(rng, series))
    for mean in MEANS:
        yield _line(f"counts, {mean:g} a month", counts(rng, series, mean))
    for n in SIZES:
        for share in SHARES:
            yield _line(f"{share:.0%} of {n}", shares(rng, series, n, share))
    yield ""
    yield "| six months after a change | single values, % seen | chart chosen, % seen | exact, % |"
    yield "| --- | --- | --- | --- |"
    for mean, after in ((0.5, 2.0), (1.0, 3.0)):
        yield _line(f"counts, {mean:g} to {after:g}", counts(rng, series, mean, after))
    for n in SIZES:
        for before, after in ((0.1, 0.3), (0.2, 0.4), (0.2, 0.6)):
            name = f"{before:.0%} to {after:.0%} of {n}"
            yield _line(name, shares(rng, series, n, before, after))
    yield ""
    yield "| 25%, months of so many | outside, % of months | of the smallest tenth, % |"
    yield "| --- | --- | --- |"
    for fewest, most in ((60, 60), (40, 80), (30, 90), (10, 110)):
        rates = uneven(rng, series, fewest, most)
        yield f"| {fewest} to {most} | {100 * rates[0]:.2f} | {100 * rates[1]:.2f} |"


def _line(name: str, rates: Rates) -> str:
    percents = [f"{100 * rate:.1f}" for rate in (rates.always_xmr, rates.chosen)]
    return f"| {name} | {' | '.join(percents)} | {100 * rates.exact_used:.0f} |"


def main(write: Callable[[str], object]) -> None:
    table = "\n".join(lines())
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf-8")
    write(table + "\n")


if __name__ == "__main__":
    main(sys.stdout.write)
