"""Small made-up metrics of every kind and measure, and figures of them, without a database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import (
    SERVICE,
    Beside,
    FigureKind,
    Followed,
    Measure,
    Metric,
    Period,
    Polarity,
    Tally,
    Words,
)
from tests.exports.made_up import LOAD, SEPTEMBER, UNITS, settings

SHARE = Words(
    numerator="closures that came back",
    denominator="closures followed",
    one_row_is="a closure",
    counted="closures followed",
    one_counted="closure",
    counted_one="closure followed",
)
AMOUNT = replace(SHARE, one_counted=None)
THINGS = Words(
    numerator="complaints received",
    denominator="children open in the month",
    one_row_is="a complaint, or a child",
    counted="children",
    counted_one="child",
)
CLOSED = Followed(12, "closed in {then}, followed to {now}")


def made_up(key: str, number: int, kind: FigureKind, **more: object) -> Metric:
    """A metric as others are declared, with nothing that its kind does not say."""
    values = {
        **vars(CATALOGUE["visits_out_of_timescale"]),
        "key": key,
        "number": number,
        "name": key.replace("_", " ").capitalize(),
        "short": None,
        "words": SHARE,
        "measure": Measure.PERCENT,
        "polarity": Polarity.LOWER_IS_BETTER,
        "adds_up_over_months": kind in (FigureKind.MONTHLY, FigureKind.FOLLOWED),
        "kind": kind,
        "beside": Beside(),
        "disputes": None,
        "cuts": (),
        **more,
    }
    return Metric(**values)  # type: ignore[arg-type]


COUNTED = {"measure": Measure.COUNT, "words": THINGS, "polarity": Polarity.NEITHER}
OF_A_STOCK = {"words": AMOUNT, "measure": Measure.PERCENT_ONE_DECIMAL}
KINDS = [
    made_up("made_monthly", 901, FigureKind.MONTHLY),
    made_up("made_followed", 902, FigureKind.FOLLOWED, followed=CLOSED),
    made_up("made_rolling", 903, FigureKind.ROLLING, **OF_A_STOCK),
    made_up("made_to_date", 904, FigureKind.CUMULATIVE),
    made_up("made_snapshot", 905, FigureKind.SNAPSHOT, **OF_A_STOCK),
    made_up("made_wave", 906, FigureKind.WAVE, fewest=10),
    made_up("made_count", 907, FigureKind.MONTHLY, **COUNTED),
    made_up("made_days", 908, FigureKind.MONTHLY, measure=Measure.DAYS, words=AMOUNT),
    made_up("made_per_1000", 909, FigureKind.MONTHLY, measure=Measure.PER_1000),
]
OF = {metric.key: metric for metric in KINDS}


def counted(metric: Metric, at: int, units: int = 1) -> Tally:
    """What the month so many before the last counts in so many units; rounds are half-yearly."""
    month = SEPTEMBER.shift(-at)
    if metric.kind is FigureKind.WAVE and month.month not in (3, 9):
        return Tally(0, 0)
    n = 40 + at % 5
    if metric.measure is Measure.COUNT:
        return Tally(units * (at % 3 == 0), units * n)
    if metric.measure is Measure.DAYS:
        return Tally(units * n * (90 + at % 7), units * n)
    return Tally(units * (8 + at % 4), units * n)


def kinds_of_figures(
    tallies: Mapping[tuple[str, str | None, Period], Tally] | None = None, months: int = 36
) -> Figures:
    """Every made-up metric's months in three units; `tallies` in place of some."""
    stored = {
        (metric.key, unit_id, SEPTEMBER.shift(-at)): counted(metric, at, units)
        for metric in KINDS
        for unit_id, units in {**dict.fromkeys(UNITS, 1), SERVICE: len(UNITS)}.items()
        for at in range(months)
    }
    load = replace(LOAD, data_to=date(2016, 12, 31))
    return Figures(
        load, settings(targets=()), {**stored, **(tallies or {})}, {**UNITS, SERVICE: "Service"}
    )
