"""Figures made by hand for the exports' tests: few, known, and without a database."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from data_access.load_info import LoadInfo
from data_access.settings import Settings, Target
from data_access.settings_file.reading import read_settings
from metrics.catalogue import CATALOGUE
from metrics.council.boards import metrics_on_slides
from metrics.figures import Figures
from metrics.model import SERVICE, Metric, Period, Tally
from metrics.stored.people import people_key

SEPTEMBER = Period(2016, 9)
UNITS: dict[str | None, str] = {"U1": "Unit 1", "U2": "Unit 2", "EAST": "East area"}
LOAD = LoadInfo(sources=("demo",), data_to=date(2016, 10, 3), invented=True)

Counted = Mapping[str, Mapping[str | None, tuple[float, float]]]

# metric key -> unit -> numerator and denominator in every month
KNOWN: Counted = {
    "caseload": {"U1": (87, 5), "U2": (83, 5), "EAST": (1250, 64)},
    "direct_work": {"U1": (227.5, 815.75), "U2": (212, 750), "EAST": (2082, 7891)},
    "sickness": {"U1": (3, 110), "U2": (0, 132), "EAST": (44, 1460)},
    "distance_travelled": {"U1": (3, 2), "U2": (0, 0), "EAST": (127, 84)},
    "visits_out_of_timescale": {"U1": (14, 98), "U2": (18, 82), "EAST": (219, 1254)},
    "recorded_in_time": {"U1": (90, 108), "U2": (69, 79), "EAST": (1018, 1249)},
}
# Of a metric that no test names any numbers will do.
ANY: Mapping[str | None, tuple[float, float]] = {"U1": (31, 62), "U2": (27, 45), "EAST": (400, 800)}
PLAIN: Counted = {key: KNOWN.get(key, ANY) for key in CATALOGUE}


def settings(**changes: object) -> Settings:
    target = Target("direct_work", 50, date(2015, 5, 1), "made up")
    values = {**vars(read_settings()), "council": "Anyshire", "targets": (target,), **changes}
    return Settings(**values)


def on_slides() -> tuple[Metric, ...]:
    """The metrics that have a slide: others are on Month alone."""
    return metrics_on_slides(settings())


def figures(
    counted: Counted = PLAIN,
    units: Mapping[str | None, str] = UNITS,
    load: LoadInfo = LOAD,
    months: int = 6,
    **changes: object,
) -> Figures:
    """The same numbers in each month up to September 2016; the service is their sum."""
    stored = [
        row
        for period in SEPTEMBER.run_up(months)
        for key, of_units in counted.items()
        for unit_id, pair in {**of_units, SERVICE: _sum(of_units)}.items()
        for row in (_row(key, unit_id, period, *pair), *_people(key, unit_id, period, *pair))
    ]
    named = [
        SimpleNamespace(unit_id=one, name=name, opened_on=None, closed_on=None, continues=None)
        for one, name in units.items()
        if one
    ]
    return Figures.of(load, settings(**changes), stored, named)  # type: ignore[arg-type]


def with_months(made: Figures, months: Mapping[tuple[str, str | None, Period], Tally]) -> Figures:
    """The figures with these months in place of theirs, and as many people behind each count."""
    people = {(people_key(key), unit, month): one for (key, unit, month), one in months.items()}
    load = replace(made.load, data_to=date(2016, 12, 31))
    return replace(made, tallies={**made.tallies, **months, **people}, load=load)


def _sum(of_units: Mapping[str | None, tuple[float, float]]) -> tuple[float, float]:
    total = sum((Tally(*pair) for pair in of_units.values()), Tally())
    return total.numerator, total.denominator


def _people(
    key: str, unit_id: str | None, period: Period, n: float, d: float
) -> Iterator[SimpleNamespace]:
    """Behind each count as many people: one for each."""
    metric = CATALOGUE.get(key)
    if metric:
        other = d - n if metric.measure.is_share else d
        yield _row(people_key(key), unit_id, period, n, other)


def _row(key: str, unit_id: str | None, period: Period, n: float, d: float) -> SimpleNamespace:
    assert key.partition(".")[0] in CATALOGUE
    return SimpleNamespace(
        metric=key, unit_id=unit_id, month=period.start, numerator=n, denominator=d
    )
