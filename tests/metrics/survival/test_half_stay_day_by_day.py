"""How long half stay, in a window and by unit, against a look at each day of each stay."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from data_access.database import empty, read
from data_access.load_info import LoadInfo
from data_access.schema import quantile, status_run
from loading.status_runs.median_stays import fill_median_stays
from metrics.model import SERVICE, Months, Period
from metrics.survival.median_stay import LONGER, MEDIAN
from tests.draws import draws
from tests.metrics.plain import AS_AT, days, last_lead
from tests.metrics.plain_runs import plain_runs
from tests.worlds import SETTINGS, World, loaded, stepping

LEVELS = {"CIN": "time_in_cin", "CP": "time_in_cp", "CLA": "time_in_cla"}
OCTOBER = Period(2016, 10)


def risks(world: World, level: str, held_from: date) -> dict[str | None, dict[int, list[int]]]:
    """By unit, and the service: by day of a stay, how many were at risk of ending, and ended."""
    found: dict[str | None, dict[int, list[int]]] = {}
    for child_id in {row["child_id"] for row in world.of("plan")}:
        for at, began, ended in plain_runs(world, child_id)[0]:
            if at != level:
                continue
            for day in days(max(began + timedelta(1), held_from), min(ended or AS_AT, AS_AT)):
                lead = last_lead(world, child_id, day)
                for unit_id in (SERVICE, lead["unit_id"] if lead else None):
                    tally = found.setdefault(unit_id, {}).setdefault((day - began).days, [0, 0])
                    tally[0] += 1
                    tally[1] += day == ended
    return found


def half(by_day: dict[int, list[int]]) -> tuple[str, int] | None:
    """The first day after which half or fewer stay; else the last on which any was seen."""
    if not any(ended for _, ended in by_day.values()):
        return None
    share = 1.0
    for day, (at_risk, ended) in sorted(by_day.items()):
        share *= 1 - ended / at_risk
        if share <= 0.5 + 1e-9:
            return MEDIAN, day
    return LONGER, max(by_day)


@draws(30)
@given(world=stepping(), held_from=st.sampled_from([date(2014, 4, 1), date(2016, 6, 20)]))
def test_agrees_with_a_look_at_each_day(shared_engine, world, held_from):
    """Also where the data begin within the stays. The rules of too few have tests of their own."""
    load = LoadInfo(data_from=held_from, data_to=AS_AT)
    settings = replace(SETTINGS, fewest_ended=1, fewest_at_risk=1)
    with loaded(shared_engine, world, only_for=[status_run]) as engine:
        with engine.begin() as connection:
            empty(connection, quantile)
            fill_median_stays(connection, Months(OCTOBER, OCTOBER), load, settings)
        rows = read(engine, select(quantile).where(quantile.c.key.in_((MEDIAN, LONGER))))
    found = {(row.metric, row.unit_id): (row.key, row.value) for row in rows}
    expected = {
        (key, unit_id): told
        for level, key in LEVELS.items()
        for unit_id, by_day in risks(world, level, held_from).items()
        if (told := half(by_day)) is not None
    }
    assert found == expected
